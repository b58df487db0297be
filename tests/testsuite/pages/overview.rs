//! What the overview says first, and where it ends.

use super::*;

#[test]
fn the_overview_says_first_what_needs_attention() {
    let parcel = example_chapter("parcel-tracking.md")
        .replace("**Next Review Date**: 2027-04-14", "**Next Review Date**: 2026-01-14")
        .replace("## 🚧 Known Limitations", "## 🚧 Other Things");
    assert!(parcel.contains("Other Things\n"), "the example has another heading now");
    let returns = example_chapter("returns-portal.md");
    let book = BookTest::new();
    book.toml("fail-on = \"never\"\n[output.markdown]\n").chapters(&[
        ("o.md", "# O\n\n<!-- archdoc: overview -->\n"),
        ("a.md", parcel.as_str()),
        ("b.md", &returns),
    ]);
    let page = book.built("o.md");
    let attention = page.split_once("**Documents**").unwrap().0;
    let sentences: Vec<&str> = attention.lines().filter(|line| line.starts_with("- ")).collect();
    for (sentence, expected) in sentences.iter().zip([
        "- [Parcel Tracking](a.md) is said to be finished, and 1 section is not complete: Known Limitations",
        "- [Parcel Tracking](a.md) contradicts 2 ticked items of its review: Known limitations are documented, References are complete and accurate",
        "- [Parcel Tracking](a.md) was due for review on 2026-01-14",
        "- [Returns Portal](b.md) is a draft without 2 sections of its template: Disaster Recovery, Known Limitations",
    ]) {
        assert_eq!(*sentence, expected);
    }
    assert_eq!(sentences.len(), 4, "{sentences:?}");
    assert!(attention.contains("**Needs attention (4)**"), "{attention}");
    assert!(page.contains("As of 2026-"), "{page}");
    // The legend has what occurs, and nothing else.
    assert!(
        page.contains("✔ complete · ◔ placeholders left · ✘ missing · ▤ template text\n"),
        "{page}"
    );
    // Everything is listed, not only the bad.
    assert!(
        page.contains("| [Returns Portal](b.md) | 0.3 | Draft | 7 of 21 | 2 of 10 |"),
        "{page}"
    );
    assert!(
        page.contains("✘ missing") && page.contains("▤ template") && page.contains("✔ complete"),
        "{page}"
    );
    let terminal = book.run(&["status"]).stdout;
    assert!(
        terminal.contains("Parcel Tracking is said to be finished"),
        "{terminal}"
    );
    assert!(
        terminal.contains("  Returns Portal   0.3      Draft     7 of 21"),
        "{terminal}"
    );
    let markdown = book.run(&["status", "--format", "markdown"]).stdout;
    assert!(
        markdown.contains("| Returns Portal | 0.3 | Draft |") && !markdown.contains("]("),
        "{markdown}"
    );
    let to_file = book.run(&["status", "--format", "markdown", "--output", "summary.md"]);
    assert_eq!((to_file.code, to_file.stdout.as_str()), (0, ""));
    assert_eq!(book.read("summary.md"), markdown);
    let nowhere = book.run(&["status", "--output", "no/such/folder.md"]);
    assert_eq!(nowhere.code, 2);
    assert!(
        nowhere.stderr.contains("`no/such/folder.md` cannot be written: "),
        "{}",
        nowhere.stderr
    );
}

/// A list that nobody reads to its end is none: the gravest come first, and the rest is counted by its kind.
#[test]
fn a_long_list_of_what_needs_attention_says_what_it_leaves_out() {
    let draft = |name: &str, next: &str| {
        format!(
            "# Architecture Documentation: {name}\n\n**Version**: 1.0\n**Status**: Draft\n\n## Executive Summary\n\nIt is.\n\n---\n\n\
             **Document Status**: Draft\n**Last Reviewed By**: Ada Park on 2026-01-03\n**Next Review Date**: {next}\n"
        )
    };
    let book = BookTest::new();
    book.toml("documents = [\"d*.md\"]\n[output.markdown]\n");
    let mut chapters: Vec<(String, String)> = (0..15)
        .map(|number| {
            (
                format!("d{number}.md"),
                draft(&format!("Service {number}"), "2026-01-14"),
            )
        })
        .collect();
    chapters.push(("o.md".to_owned(), "# O\n\n<!-- archdoc: overview -->\n".to_owned()));
    chapters.push((
        "p.md".to_owned(),
        "# P\n\n<!-- archdoc: overview; limit=3 -->\n".to_owned(),
    ));
    let chapters: Vec<(&str, &str)> = chapters
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    book.chapters(&chapters);
    book.build();
    for (page, shown, rest) in [
        ("book/o.md", 20, "… and 10 more: 10 documents that lack sections."),
        (
            "book/p.md",
            3,
            "… and 27 more: 12 overdue reviews, 15 documents that lack sections.",
        ),
    ] {
        let text = book.read(page);
        let attention = text.split_once("**Documents**").unwrap().0;
        assert!(attention.contains("**Needs attention (30)**"), "{attention}");
        assert_eq!(
            attention.lines().filter(|line| line.starts_with("- ")).count(),
            shown,
            "{attention}"
        );
        assert!(attention.contains(rest), "{attention}");
    }
}
