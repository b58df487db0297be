//! `new --summary` on real books: what it writes builds, and mdBook's page has the title that was asked for.

use super::support::BookTest;

/// A book without documents, with this summary and the chapters that it names.
fn book(summary: &str, chapters: &[&str]) -> BookTest {
    let book = BookTest::new();
    book.toml("documents = \"all\"\nfail-on = \"never\"\nhistory = false\n")
        .file("src/SUMMARY.md", summary);
    for chapter in chapters {
        book.file(&format!("src/{chapter}"), "# A chapter\n");
    }
    book
}

#[test]
fn a_book_with_a_new_chapter_builds() {
    let affixes = "# Summary\n\n[Preface](preface.md)\n\n- [D](d.md)\n\n---\n\n[Imprint](imprint.md)\n";
    let affixed: &[&str] = &["preface.md", "d.md", "imprint.md"];
    #[rustfmt::skip]
    let cases: &[(&str, &[&str], &str, &str)] = &[
        ("# S\n\n", &[], "n.md", "Ends with \\"),
        ("# S\n\n", &[], "a (b/n.md", "T"),
        (affixes, affixed, "n.md", "In the middle"),
        (affixes, affixed, "new folder/(n) [o]_p_.md", "[a](b) `c` *d* _e_ & <f> {{#include g}}"),
        ("- [D](d.md)\r\n  - [E](x/e.md)\r\n", &["d.md", "x/e.md"], "x/n&amp;\u{e9}.md", "&amp; é"),
        ("\u{feff}# S\n\n* [D](d.md)", &["d.md"], "n%41.md", "Percent"),
        ("", &[], "n.md", "Alone"),
    ];
    for (summary, chapters, path, title) in cases {
        let book = book(summary, chapters);
        let path = format!("src/{path}");
        let run = book.run(&["new", "adr", &path, "--title", title, "--summary"]);
        assert_eq!(run.code, 0, "{path}: {}", run.stderr);
        assert!(run.stderr.contains("added it to src/SUMMARY.md"), "{}", run.stderr);
        let build = book.build();
        assert_eq!(
            build.code,
            0,
            "{path}: {}\n{}",
            book.read("src/SUMMARY.md"),
            build.stderr
        );
        // Nothing was made up: mdBook would write a file for a chapter that it does not find.
        let files = book.sources().len();
        assert_eq!(files, 2 + 1 + chapters.len(), "{path}: {}", book.read("src/SUMMARY.md"));
        let json = book.json();
        assert_eq!(json["documents"], chapters.len() + 1, "{json}");
    }
}

#[test]
fn what_cannot_be_listed_is_said_with_the_line_to_add() {
    let book = book("# S\n", &[]);
    let run = book.run(&["new", "adr", "src/a%20b.md", "--title", "Odd", "--summary"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("error: it is not listed") && run.stderr.contains("`- [Odd](a%20b.md)`"),
        "{}",
        run.stderr
    );
    assert_eq!(book.read("src/SUMMARY.md"), "# S\n");
}

#[test]
fn a_chapter_that_is_listed_is_only_written() {
    let summary = "# S\n\n- [N](./n.md)\n";
    let book = book(summary, &[]);
    for (path, args) in [("src/n.md", &["--summary"] as &[&str]), ("src/n.md", &[])] {
        let mut all = vec!["new", "adr", path];
        all.extend(args);
        let run = book.run(&all);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("SUMMARY.md lists it already"), "{}", run.stderr);
        assert_eq!(book.read("src/SUMMARY.md"), summary);
        std::fs::remove_file(book.path(path)).unwrap();
    }
}

#[test]
fn a_summary_that_mdbook_cannot_read_is_left_alone() {
    let summary = "- no link\n";
    let book = book(summary, &[]);
    let run = book.run(&["new", "adr", "src/n.md", "--summary"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("`src/SUMMARY.md` cannot be read"), "{}", run.stderr);
    assert_eq!(book.read("src/SUMMARY.md"), summary);
    assert!(!book.path("src/n.md").exists());
}

#[test]
fn a_title_of_several_lines_is_one_line() {
    let book = book("# S\n", &[]);
    let run = book.run(&[
        "new",
        "adr",
        "src/n.md",
        "--title",
        "One\n# Two\r\n\n three ",
        "--summary",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        book.read("src/SUMMARY.md").contains("- [One # Two three](n.md)"),
        "{}",
        book.read("src/SUMMARY.md")
    );
    assert!(
        book.read("src/n.md").contains("One # Two three\n"),
        "{}",
        book.read("src/n.md")
    );
}
