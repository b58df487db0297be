//! Included files: findings at their own lines, edits in the page alone, and an expansion that is mdBook's own.

use super::support::{BookTest, COMPUTED, MARKS, SMALL_DOCUMENT, enriched, places, unmarked};

/// A book whose chapter is this text, with these files beside it.
fn book(chapter: &str, files: &[(&str, &str)]) -> BookTest {
    let book = BookTest::small(chapter);
    for (path, text) in files {
        book.file(path, text);
    }
    book
}

/// The header of the small document, which gets a hard break, and the rest of it.
fn parts() -> (String, String) {
    let (header, rest) = SMALL_DOCUMENT.split_once("---\n").unwrap();
    (header.to_owned(), format!("---\n{rest}"))
}

#[test]
fn findings_stand_in_the_included_file() {
    let (header, rest) = parts();
    let broken = header.replace("Complete", "Finito");
    let limits =
        "Intro, not included.\n\n<!-- ANCHOR: limits -->\n## Limits\n\n- [Wind]: none\n<!-- ANCHOR_END: limits -->\n";
    let chapter = format!(
        "{{{{#include parts/header.md}}}}\n{}",
        rest.replace(
            "## Limits\nSays nothing about wind.\n",
            "{{#include ./parts/deep/limits.md:limits}}\n"
        )
    );
    let book = book(
        &chapter,
        &[("src/parts/header.md", &broken), ("src/parts/deep/limits.md", limits)],
    );
    assert_eq!(
        places(&book.findings()),
        [
            "src/parts/header.md:4:13 error invalid-value",
            "src/parts/deep/limits.md:6:3 error lost-list-item",
        ]
    );
    let report = book.json();
    assert_eq!(report["findings"][0]["included_from"][0]["path"], "src/a.md");
    assert_eq!(report["findings"][0]["included_from"][0]["line"], 1);
    let full = book.run(&["check"]).stdout;
    assert!(full.contains("--> src/parts/header.md:4:13"), "{full}");
    assert!(full.contains("src/a.md:1"), "{full}");
}

#[test]
fn findings_behind_an_include_keep_the_chapter_s_lines() {
    let chapter = SMALL_DOCUMENT
        .replace("- A gauge and a table", "{{#include parts.md}}")
        .replace("2026-04-02 |", "2026-04-02 | [Name] |");
    let broken = chapter.replace("Says nothing about wind.", "[What it cannot do]");
    let line = broken.lines().position(|line| line.contains("[What it")).unwrap() + 1;
    let book = book(&broken, &[("src/parts.md", "- one\n- two\n\n- three\n- four\n")]);
    assert!(
        places(&book.findings()).contains(&format!("src/a.md:{line}:1 error unfilled-placeholder")),
        "{:?}",
        places(&book.findings())
    );
}

#[test]
fn a_section_and_a_table_may_begin_in_one_file_and_end_in_another() {
    let chapter = SMALL_DOCUMENT
        .replace(
            "## Limits\nSays nothing about wind.\n",
            "{{#include limits.md}}\nAnd [What it cannot do] besides.\n",
        )
        .replace(
            "| 2026-04-02 | Maren Oltmanns | First version |",
            "| 2026-04-02 | Maren Oltmanns | First version |\n{{#include rows.md}}",
        );
    let rows = "| 2026-05-31 | Maren Oltmanns | Neap tides |\n| 2026-06-30 | [Name] | Gales |\n";
    let book = book(
        &chapter,
        &[
            ("src/limits.md", "## Limits\n\nSays nothing about wind,\n"),
            ("src/rows.md", rows),
        ],
    );
    let line = chapter.lines().position(|line| line.contains("[What it")).unwrap() + 1;
    assert_eq!(
        places(&book.findings()),
        [
            format!("src/a.md:{line}:5 error unfilled-placeholder"),
            "src/rows.md:2:16 error unfilled-placeholder".to_owned(),
        ]
    );
}

#[test]
fn what_cannot_be_included_is_found_at_the_directive() {
    let limits = |directive: &str| SMALL_DOCUMENT.replace("Says nothing about wind.", directive);
    let cases = [
        ("{{#include gone.md}}", "15:1"),
        ("See {{#include gone.md:3:4}} there.", "15:5"),
        ("{{#include part.md:gone}}", "15:1"),
        ("{{#include a.md}}", "15:1"),
        ("{{ #rustdoc_include gone.rs:2 }}", "15:1"),
    ];
    for (directive, place) in cases {
        let book = book(&limits(directive), &[("src/part.md", "Text.\n")]);
        let found = places(&book.findings());
        assert_eq!(found, [format!("src/a.md:{place} error broken-include")], "{directive}");
    }
    let outside = book(&limits("{{#include ../../outside.md}}"), &[]);
    assert_eq!(places(&outside.findings()), ["src/a.md:15:1 warning unread-file"]);
    // Written as text, or none at all.
    for directive in ["\\{{#include gone.md}}", "{{#title Tides}} Text."] {
        let book = book(&limits(directive), &[]);
        assert_eq!(places(&book.findings()), Vec::<String>::new(), "{directive}");
    }
}

#[test]
fn a_circle_of_includes_is_found_and_ends() {
    let limits = SMALL_DOCUMENT.replace("Says nothing about wind.", "Text.\n{{#include b.md}}");
    let book = book(
        &limits,
        &[
            ("src/b.md", "B {{#include c.md}}\n"),
            ("src/c.md", "C {{#include b.md}}\n"),
        ],
    );
    assert_eq!(places(&book.findings()), ["src/c.md:1:3 error broken-include"]);
    book.toml("template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n");
    assert_eq!(book.build().code, 0);
}

#[test]
fn includes_that_nest_too_deep_are_no_circle() {
    let nested = |depth: usize| {
        let names: Vec<String> = (0..depth).map(|at| format!("src/part-{at}.txt")).collect();
        let mut files: Vec<(&str, String)> = names
            .iter()
            .zip(names.iter().skip(1))
            .map(|(name, next)| {
                (
                    name.as_str(),
                    format!("{{{{#include {}}}}}\n", next.trim_start_matches("src/")),
                )
            })
            .collect();
        files.push((names[depth - 1].as_str(), "Says nothing about wind.\n".to_owned()));
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let chapter = SMALL_DOCUMENT.replace("Says nothing about wind.", "{{#include part-0.txt}}");
        book(&chapter, &files).findings()
    };
    assert_eq!(nested(10), []);
    let found = nested(11);
    assert_eq!(found[0].rule, "broken-include");
    assert!(found[0].message.contains("the include number 11"), "{found:?}");
}

#[test]
fn a_fix_changes_the_included_file() {
    let limits = SMALL_DOCUMENT.replace("Says nothing about wind.", "{{#include part.md:2}}");
    let book = book(&limits, &[("src/part.md", "- [Not]: this\n- [Wind]: none\n")]);
    let chapter = book.read("src/a.md");
    book.run(&["fix", "--write"]);
    assert_eq!(book.read("src/part.md"), "- [Not]: this\n- **Wind**: none\n");
    assert_eq!(book.read("src/a.md"), chapter);
    assert_eq!(book.findings(), []);
}

#[test]
fn a_mark_at_the_start_of_an_included_file_hides_its_heading() {
    // mdBook takes it away from a chapter and leaves it in what is included.
    let chapter = SMALL_DOCUMENT.replace("## Limits\nSays nothing about wind.\n", "{{#include limits.md}}\n");
    let book = book(
        &chapter,
        &[("src/limits.md", "\u{feff}## Limits\n\nSays nothing about wind.\n")],
    );
    assert_eq!(places(&book.findings()), ["src/limits.md:1:1 error swallowed-heading"]);
    book.run(&["fix", "--write"]);
    assert_eq!(book.read("src/limits.md"), "## Limits\n\nSays nothing about wind.\n");
    assert_eq!(book.findings(), []);
}

/// The chapter's page in Markdown with enrichment and without, after mdBook's own `links`.
fn pages(book: &BookTest) -> (String, String) {
    let toml = "template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n";
    book.toml(&format!("{toml}\n[output.markdown]\n"));
    let with = book.built("a.md");
    book.toml(&format!("{toml}enrich = false\n\n[output.markdown]\n"));
    (with, book.built("a.md"))
}

/// The lines of a page, without what archdoc adds: hard breaks, the computed line and the empty lines around it.
fn own_lines(page: &str) -> Vec<String> {
    let page = unmarked(page);
    page.split_inclusive('\n')
        .filter(|line| !line.trim().is_empty() && !line.starts_with(COMPUTED))
        .map(|line| line.replace("  \n", "\n").replace("  \r\n", "\r\n"))
        .collect()
}

/// An include whose text is edited is expanded by archdoc, one whose text is not by mdBook: the page is the same but for
/// the edits.
#[test]
fn the_expansion_is_that_of_mdbook() {
    let (header, rest) = parts();
    let numbered = format!("one\n{header}six\n");
    let anchored = format!(
        "before\n<!-- ANCHOR: head -->\n{}<!-- ANCHOR: inner -->\n**Status**: Complete\n<!-- ANCHOR_END: inner -->\n\
         <!-- ANCHOR_END: head -->\nafter\n",
        header.replace("**Status**: Complete\n\n", "")
    );
    let cases: [(&str, &str, &str); 12] = [
        ("the whole file", "{{#include part.md}}", &header),
        (
            "without a line end at its end",
            "{{#include part.md}}",
            header.trim_end(),
        ),
        ("white space in the directive", "{{  #include   part.md  }}", &header),
        ("some lines", "{{#include part.md:2:5}}", &numbered),
        ("from a line on", "{{#include part.md:2:}}", &numbered),
        ("up to a line", "{{#include part.md::4}}\n", &header),
        ("an anchor", "{{#include part.md:head}}", &anchored),
        ("a path with dots", "{{#include ./sub/../part.md}}", &header),
        (
            "with text around it",
            "<!-- x -->\n\n{{#include part.md}} and more",
            &header,
        ),
        ("other line ends", "{{#include part.md}}", &header.replace('\n', "\r\n")),
        (
            "a mark at its start",
            "{{#include part.md}}",
            &format!("\u{feff}{header}"),
        ),
        ("lines beyond its end", "{{#include part.md:1:99}}", &header),
    ];
    for (what, directive, part) in cases {
        let book = book(
            &format!("{directive}\n{rest}"),
            &[("src/part.md", part), ("src/sub/x.md", "")],
        );
        let (with, without) = pages(&book);
        assert!(!without.contains("{{#"), "{what}: {without}");
        assert_ne!(with, without, "{what}: nothing was edited, nothing is compared");
        assert_eq!(own_lines(&with), own_lines(&without), "{what}");
        assert_eq!(book.read("src/part.md"), part, "{what}");
    }
}

#[test]
fn directives_are_those_that_mdbook_finds() {
    let (header, rest) = parts();
    let directives = [
        "{{#include part.md and more}}",
        "{{{#include part.md}}}",
        "{{#include\npart.md}}",
        "{{#include\tpart.md\t}}",
        "{{ # include part.md }}",
        "{{#Include part.md}}",
        "{{#includes part.md}}",
        "{{#include}}",
        "{{#include part.md}",
        "{{#include part.md:1:4:9}}",
        "{{#include part.md:0:4}}",
        "{{#include part.md:4:1}}",
        "{{#include part.md:1:x}}",
        "{{#rustdoc_include part.md}}",
        "\\{{#include part.md}} and {{#include part.md}}\n\n{{#include part.md}}",
        "\\{{ #include part.md}}",
        "\\{{#include part.md\n\n{{#include part.md}}",
        "`{{#include part.md}}`",
    ];
    for directive in directives {
        let book = book(&format!("{directive}\n\n{rest}"), &[("src/part.md", &header)]);
        let (with, without) = pages(&book);
        assert_eq!(own_lines(&with), own_lines(&without), "{directive}");
        let broken = places(&book.findings())
            .into_iter()
            .find(|it| it.contains("broken-include"));
        assert_eq!(broken, None, "{directive}");
    }
}

#[test]
fn lines_that_are_hidden_stay_hidden() {
    let (header, rest) = parts();
    let code = "```rust\n{{#rustdoc_include code.rs:2}}\n```\n";
    let book = book(
        &format!("{{{{#include part.md}}}}\n{rest}"),
        &[
            ("src/part.md", &format!("{header}{code}")),
            ("src/code.rs", "fn main() {\n    shown();\n}\n"),
        ],
    );
    let (with, without) = pages(&book);
    assert!(without.contains("# fn main() {\n    shown();\n# }"), "{without}");
    assert_eq!(own_lines(&with), own_lines(&without));
}

#[test]
fn includes_in_an_edited_include_are_read_from_where_they_stand() {
    let (header, rest) = parts();
    let inner = header.replace("**Status**", "{{#include deep/more.md}}\n**Status**");
    let book = book(
        &format!("{{{{#include parts/header.md}}}}\n{rest}"),
        &[
            ("src/parts/header.md", &inner),
            ("src/parts/deep/more.md", "**Team**: Tides\n"),
        ],
    );
    let (with, without) = pages(&book);
    assert!(without.contains("**Team**: Tides"), "{without}");
    assert_ne!(with, without);
    assert_eq!(own_lines(&with), own_lines(&without));
}

#[test]
fn an_include_that_is_not_edited_stays_a_directive() {
    // The playground and the title are mdBook's own, and the page is built after archdoc.
    let limits = SMALL_DOCUMENT
        .replace(
            "Says nothing about wind.",
            "{{#include part.md}}\n\n{{#playground code.rs}}\n\n\\{{#include x.md}}",
        )
        .replace("# Service: Tide tables", "{{#title Tides!}}\n# Service: Tide tables");
    let book = book(
        &limits,
        &[("src/part.md", "Part of it.\n"), ("src/code.rs", "fn main() {}\n")],
    );
    let (with, without) = pages(&book);
    assert_eq!(with, enriched(&without, 4));
    assert!(with.contains("Part of it.") && with.contains("fn main()") && with.contains("{{#include x.md}}"));
    book.toml("template = \"template.md\"\ndocuments = \"all\"\n");
    assert!(book.built("a.html").contains("<title>Tides!"));
}

#[test]
fn directives_that_text_from_outside_brings_stay_text() {
    // An edit in an included file puts its text into the chapter, which `links` reads afterwards: once, as before.
    let (header, rest) = parts();
    let part = format!("{}\n\\{{{{#include secret.md}}}}\n", header.trim_end());
    let book = book(
        &format!("{{{{#include part.md}}}}\n{rest}"),
        &[("src/part.md", &part), ("src/secret.md", "SECRET\n")],
    );
    let (with, without) = pages(&book);
    assert!(!without.contains("SECRET") && !with.contains("SECRET"), "{with}");
    assert_eq!(own_lines(&with), own_lines(&without));
}

#[test]
fn a_directive_of_many_lines_that_stays_on_the_page_stays_whole() {
    let (header, rest) = parts();
    let (title, fields) = header.split_once("\n\n").unwrap();
    let directive = format!("{{{{#include gone.md\n\n{fields}}}}}\n");
    let book = book(&format!("{title}\n\n{directive}\n{rest}"), &[]);
    book.toml("template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n\n[output.markdown]\n");
    let page = book.built("a.md");
    assert!(page.contains(&directive), "{page}");
}

/// What is marked in an included file makes archdoc put the file in the directive's place: what is left in it is read from
/// where it stood.
#[test]
fn directives_in_an_include_with_marks_are_read_from_where_they_stand() {
    let (header, rest) = parts();
    let mark = format!("{}\n\nOld.\n\n{}\n", MARKS[0], MARKS[1]);
    for directive in [
        "{{#playground code.rs}}",
        "{{#playground ./code.rs editable}}",
        "{{#rustdoc_include code.rs:2}}",
        "{{#rustdoc_include deep/../code.rs:2:3}}",
        "{{#rustdoc_include ../more.rs:shown}}",
        "{{#include gone.md}}",
        "{{#include nothing.md:1:2 }} and {{  #playground   code.rs  }}",
        "\\{{#playground code.rs}} and \\{{#include gone.md}}",
        "{{#include deep/inner.md}}",
    ] {
        let part = format!("{header}{directive}\n\n");
        let files = [
            ("src/parts/code.rs", "fn main() {\n    shown();\n}\n"),
            ("src/parts/deep/code.rs", "fn deep() {\n    below();\n}\n"),
            (
                "src/parts/deep/inner.md",
                "{{#rustdoc_include code.rs:2}}\n{{#playground ../code.rs}}\n",
            ),
            (
                "src/more.rs",
                "fn a() {}\n// ANCHOR: shown\nfn b() {}\n// ANCHOR_END: shown\n",
            ),
            // The chapter's own folder has others of these names.
            ("src/code.rs", "fn wrong() {}\n"),
            ("src/gone.md", "wrong\n"),
        ];
        let chapter = format!("{{{{#include parts/header.md}}}}\n{rest}");
        let plain = book(&chapter, &files);
        plain.file("src/parts/header.md", &part);
        let marked = book(&chapter, &files);
        marked.file("src/parts/header.md", format!("{part}{mark}"));
        let (_, expected) = pages(&plain);
        let (with, without) = pages(&marked);
        let same = |page: &str| page.replace("../", "").replace("{{#include parts/", "{{#include ");
        assert_eq!(own_lines(&same(&without)), own_lines(&same(&expected)), "{directive}");
        assert_eq!(own_lines(&same(&with)), own_lines(&same(&expected)), "{directive}");
        assert!(!with.contains("wrong"), "{directive}: {with}");
    }
}

/// mdBook does not read an include and what stands around it together.
#[test]
fn an_include_with_marks_makes_no_directive_with_what_stands_around_it() {
    let (header, rest) = parts();
    let mark = format!("{}\n\nOld.\n\n{}\n", MARKS[0], MARKS[1]);
    for (before, part, behind) in [
        ("{", "{#include secret.md}}", ""),
        ("{{#inc", "lude secret.md}}", ""),
        ("", "\n{{#include secret.md", "}}"),
        ("\\", "{{#playground code.rs}}", ""),
    ] {
        let book = book(
            &format!("{header}{before}{{{{#include part.md}}}}{behind}\n\n{rest}"),
            &[
                ("src/part.md", part),
                ("src/secret.md", "SECRET\n"),
                ("src/code.rs", "CODE\n"),
            ],
        );
        let (_, expected) = pages(&book);
        let marked = match behind {
            "" => format!("{part}\n\n{mark}"),
            _ => format!("{mark}{part}"),
        };
        book.file("src/part.md", marked);
        let (_, page) = pages(&book);
        assert!(!page.contains("SECRET"), "{page}");
        assert_eq!(page.contains("CODE"), expected.contains("CODE"), "{page}");
    }
}
