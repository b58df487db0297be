//! Books built by mdBook, with the program as its preprocessor.

use super::support::{BookTest, SMALL_DOCUMENT, example_chapter};

/// How often `needle` stands in `text`.
fn count(text: &str, needle: &str) -> usize {
    text.matches(needle).count()
}

#[test]
fn the_book_comes_back_checked_and_enriched() {
    let book = BookTest::example();
    let run = book.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        count(
            &run.stderr,
            "archdoc: 8 documents checked, 5 chapters are not documents"
        ),
        1,
        "{}",
        run.stderr
    );
    let page = book.read("book/parcel-tracking.html");
    // Four header fields, three footer fields and the outcomes of ten items, each on a line of its own.
    assert_eq!(count(&page, "<br"), 3 + 2 + 10, "{page}");
    assert!(page.contains("10 of 10"));
    assert!(page.contains("next review 2027-04-14."), "{page}");
    let late = book.read("book/address-check.html");
    assert!(late.contains("next review 2026-11-11, overdue."), "{late}");
}

#[test]
fn a_build_leaves_the_sources_alone() {
    let book = BookTest::example();
    let before = book.sources();
    book.built("index.html");
    assert_eq!(book.sources(), before);
}

#[test]
fn without_enrichment_the_pages_are_those_of_a_book_without_archdoc() {
    let with = BookTest::example();
    with.toml("enrich = false\nfail-on = \"never\"\n\n[output.markdown]\n[output.html]\n");
    with.build();
    let without = BookTest::example();
    // `renderers = []` is mdBook's own way to turn a preprocessor off.
    without.toml("renderers = []\n\n[output.markdown]\n[output.html]\n");
    without.build();
    for page in ["introduction", "parcel-tracking", "returns-portal", "archdoc"] {
        for page in [format!("book/html/{page}.html"), format!("book/markdown/{page}.md")] {
            assert_eq!(with.read(&page), without.read(&page), "{page}");
        }
    }
    assert_eq!(
        with.read("book/markdown/parcel-tracking.md"),
        with.read("src/parcel-tracking.md")
    );
}

#[test]
fn chapters_that_are_no_documents_keep_their_pages() {
    let with = BookTest::example();
    let without = BookTest::example();
    without.toml(
        "renderers = []\n[output.html]\ngit-repository-url = \"https://github.com/mdbook-archdoc/mdbook-archdoc\"\n",
    );
    let page = "introduction.html";
    let body = |page: &str| {
        page.split("<main>")
            .nth(1)
            .unwrap()
            .split("</main>")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(body(&with.built(page)), body(&without.built(page)));
}

#[test]
fn findings_fail_the_build_and_say_where() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("## Limits\nSays nothing about wind.\n\n", ""));
    let run = book.build();
    assert_eq!(run.code, 101, "{}", run.stderr);
    assert!(
        run.stderr.contains("error[missing-section]: `Limits` is missing"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("--> src/a.md:14:1"), "{}", run.stderr);
    assert!(run.stderr.contains("exited unsuccessfully"), "{}", run.stderr);
    assert!(!book.path("book/index.html").exists());
}

#[test]
fn fail_on_says_what_fails() {
    // `severity` is that of the one finding.
    let cases = [
        ("error", "", 101),
        ("error", "fail-on = \"never\"\n", 0),
        ("warning", "", 0),
        ("warning", "fail-on = \"warning\"\n", 101),
        ("info", "fail-on = \"warning\"\n", 0),
        ("off", "fail-on = \"warning\"\n", 0),
    ];
    for (level, fail_on, code) in cases {
        let book = BookTest::small(&SMALL_DOCUMENT.replace("## Limits\nSays nothing about wind.\n\n", ""));
        book.toml(&format!(
            "template = \"template.md\"\ndocuments = \"all\"\n{fail_on}\n[preprocessor.archdoc.rules]\nmissing-section = \"{level}\"\n"
        ));
        let run = book.build();
        assert_eq!(run.code, code, "{level} {fail_on}{}", run.stderr);
        assert_eq!(
            run.stderr.contains("[missing-section]"),
            level != "off",
            "{}",
            run.stderr
        );
        assert_eq!(
            book.run(&["check"]).code,
            i32::from(code != 0),
            "check, {level} {fail_on}"
        );
    }
}

#[test]
fn the_environment_overrides_book_toml() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("## Limits\nSays nothing about wind.\n\n", ""));
    let run = book.build_with(&[("MDBOOK_PREPROCESSOR__ARCHDOC__FAIL_ON", "never")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn several_outputs_say_the_findings_once() {
    let broken = SMALL_DOCUMENT.replace("## Limits\nSays nothing about wind.\n\n", "");
    for outputs in [
        "",
        "[output.html]\n",
        "[output.html]\n[output.markdown]\n",
        "[output.markdown]\n",
    ] {
        let book = BookTest::small(&broken);
        book.toml(&format!(
            "template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n{outputs}"
        ));
        let run = book.build();
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(count(&run.stderr, "[missing-section]"), 1, "{outputs}{}", run.stderr);
        assert_eq!(
            count(&run.stderr, "archdoc: 1 document checked"),
            1,
            "{outputs}{}",
            run.stderr
        );
    }
}

#[test]
fn findings_are_said_for_the_first_output_that_archdoc_runs_for() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("## Limits\nSays nothing about wind.\n\n", ""));
    book.toml(
        "template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\nrenderers = [\"markdown\"]\n\
         [output.html]\n[output.markdown]\n",
    );
    let run = book.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(count(&run.stderr, "[missing-section]"), 1, "{}", run.stderr);
}

#[test]
fn a_book_without_documents_fails_with_one_error_that_says_what_to_do() {
    let book = BookTest::new();
    book.chapters(&[("a.md", "# A\n\nText.\n"), ("b.md", "# B\n\n## More\n\nText.\n")]);
    let run = book.build();
    assert_eq!(run.code, 101, "{}", run.stderr);
    assert_eq!(count(&run.stderr, "error["), 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[no-document]"), "{}", run.stderr);
    assert!(run.stderr.contains("documents = "), "{}", run.stderr);
    assert!(run.stderr.contains("<!-- archdoc: document -->"), "{}", run.stderr);
    // One error in one summary, and what mdBook adds: not one for each section of each chapter.
    assert!(run.stderr.lines().count() < 20, "{}", run.stderr);
}

#[test]
fn every_chapter_can_be_held_to_the_template() {
    let book = BookTest::new();
    book.toml("documents = \"all\"\n")
        .chapters(&[("a.md", "# A\n\nText.\n"), ("b.md", "# B\n\nText.\n")]);
    let run = book.build();
    assert_eq!(run.code, 101);
    assert_eq!(count(&run.stderr, "archdoc: 2 documents checked;"), 1, "{}", run.stderr);
    for path in ["src/a.md", "src/b.md"] {
        let missing = book
            .findings()
            .iter()
            .filter(|it| it.path == path && it.rule == "missing-section")
            .count();
        assert_eq!(missing, 21, "{path}");
    }
}

#[test]
fn a_readme_is_checked_under_its_own_name_and_enriched_on_its_page() {
    let book = BookTest::small("");
    book.chapters(&[("README.md", SMALL_DOCUMENT.replace("2026-04-02", "soon"))]);
    book.toml("template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n");
    let page = book.built("index.html");
    assert!(page.contains("<br"), "{page}");
    assert!(book.findings().iter().all(|it| it.path == "src/README.md"));
}

#[test]
fn the_sources_may_stand_in_another_folder() {
    for src in ["docs", ".", "docs/book"] {
        let book = BookTest::new();
        book.file("template.md", super::support::SMALL_TEMPLATE)
            .file(&format!("{src}/SUMMARY.md"), "- [A](a.md)\n")
            .file(&format!("{src}/a.md"), SMALL_DOCUMENT.replace("Complete", "Finito"))
            .file(
                "book.toml",
                format!(
                    "[book]\nsrc = \"{src}\"\n[preprocessor.archdoc]\ntemplate = \"template.md\"\n\
                     documents = [\"*.md\"]\nfail-on = \"never\"\n"
                ),
            );
        let run = book.build();
        assert_eq!(run.code, 0, "{}", run.stderr);
        let path = if src == "." {
            "a.md".to_owned()
        } else {
            format!("{src}/a.md")
        };
        assert!(
            run.stderr.contains(&format!("--> {path}:4:13")),
            "{src}: {}",
            run.stderr
        );
        assert!(book.read("book/a.html").contains("<br"), "{src}");
    }
}

#[test]
fn drafts_parts_and_separators_do_not_matter() {
    let book = BookTest::small(SMALL_DOCUMENT);
    book.file(
        "src/SUMMARY.md",
        "# Summary\n\n[Before](before.md)\n\n# Part\n\n- [Draft]()\n  - [A](a.md)\n    - [Deep]()\n\n---\n\n- [A again](b.md)\n\n---\n\n[After](after.md)\n",
    )
    .file("src/before.md", "# Before\n")
    .file("src/after.md", "# After\n")
    .file("src/b.md", SMALL_DOCUMENT);
    book.toml("template = \"template.md\"\n");
    let page = book.built("b.html");
    assert!(page.contains("<br"));
    assert!(book.read("book/a.html").contains("<br"));
}

#[test]
fn a_document_of_the_example_has_the_same_words_on_its_page() {
    // What is added stands beside the author's text, which stays: every line of prose is on the page.
    let book = BookTest::example();
    let page = book.built("parcel-tracking.html");
    let prose = example_chapter("parcel-tracking.md");
    let prose = prose
        .lines()
        .filter(|line| line.len() > 40 && line.chars().all(|c| c.is_ascii_alphabetic() || " ,.".contains(c)));
    let mut lines = 0;
    for line in prose {
        assert!(page.contains(line), "{line}");
        lines += 1;
    }
    assert!(lines > 3);
}
