//! One run, three ways to it: what the build says, what `check` says and what an embedding program is told is the same
//! for the same book, and so are the pages.

use std::sync::{Arc, Mutex};

use mdbook_archdoc::Archdoc;
use mdbook_driver::MDBook;

use super::support::{BookTest, SMALL_DOCUMENT, SMALL_TEMPLATE, example_chapter};

/// The settings of a book that is held to the small template.
const SMALL: &str = "template = \"template.md\"\ndocuments = \"all\"\n";

/// The small document with what is wrong with it.
fn broken() -> String {
    let broken = SMALL_DOCUMENT.replace("Complete", "Finito");
    broken.replace("- A gauge", "- [Gauge]: x")
}

/// A book with the small template.
fn book(name: &'static str, toml: &str, chapters: &[(&str, &str)]) -> (&'static str, BookTest) {
    let book = BookTest::new();
    book.toml(toml).file("template.md", SMALL_TEMPLATE).chapters(chapters);
    (name, book)
}

/// Books of many kinds, each with a name.
fn books() -> Vec<(&'static str, BookTest)> {
    let mut books = books_with_chapters_alone();
    books.extend(books_with_more_than_chapters());
    books
}

fn books_with_chapters_alone() -> Vec<(&'static str, BookTest)> {
    let template = include_str!("../../src/template/builtin/architecture.md");
    let (broken, parcel) = (broken(), example_chapter("parcel-tracking.md"));
    let crlf = format!("\u{feff}{}", broken.replace('\n', "\r\n"));
    vec![
        ("the example", BookTest::example()),
        book("the template itself", "", &[("a.md", template), ("b.md", "# B\n")]),
        book(
            "a template of its own",
            SMALL,
            &[("a.md", &broken), ("sub/b.md", SMALL_DOCUMENT)],
        ),
        book("line ends and a mark", SMALL, &[("a.md", &crlf)]),
        book("no document", "", &[("a.md", "# A\n"), ("b.md", "# B\n")]),
        book(
            "nearly a document",
            "",
            &[("a.md", "# A\n\n## Stakeholders\n\n## Change Log\n")],
        ),
        book(
            "mistakes in book.toml",
            "tempalte = 1\nfail-on = \"al\"\n\n[preprocessor.archdoc.rules]\nx = 1\n",
            &[("a.md", &broken)],
        ),
        book("no such template", "template = \"gone.md\"\n", &[("a.md", &broken)]),
        book(
            "left out",
            "exclude = [\"a.md\"]\n",
            &[("a.md", &broken), ("b.md", &parcel.replace("## 📚", "## "))],
        ),
        book(
            "levels",
            &format!("{SMALL}\n[preprocessor.archdoc.rules]\ninvalid-value = \"info\"\n"),
            &[("a.md", &broken)],
        ),
        book(
            "mdBook's own keys",
            &format!("{SMALL}before = [\"links\"]\nrenderers = [\"html\"]\n"),
            &[("a.md", &broken)],
        ),
        book(
            "no smart punctuation",
            &format!(
                "{SMALL}\n[output.html]\nsmart-punctuation = false\nadmonitions = false\ndefinition-lists = false\n"
            ),
            &[("a.md", &broken)],
        ),
    ]
}

fn books_with_more_than_chapters() -> Vec<(&'static str, BookTest)> {
    let broken = broken();
    let mut books = Vec::new();
    let includes = book(
        "includes",
        SMALL,
        &[(
            "a.md",
            "{{#include part.txt}}\n\n{{#include gone.txt}}\n## Limits\n{{#include part.txt:99}}\n",
        )],
    );
    includes
        .1
        .file("src/part.txt", broken.split("## Limits").next().unwrap());
    books.push(includes);
    let drafts = book(
        "drafts and parts",
        SMALL,
        &[("a.md", &broken), ("b.md", SMALL_DOCUMENT)],
    );
    drafts.1.file(
        "src/SUMMARY.md",
        "[P](b.md)\n\n# Part\n\n- [Draft]()\n  - [A](a.md)\n---\n- [C](c/README.md)\n",
    );
    drafts.1.file("src/c/README.md", "# C\n");
    books.push(drafts);
    let nested = book(
        "chapters in chapters",
        SMALL,
        &[
            ("a.md", &broken),
            ("b.md", SMALL_DOCUMENT),
            ("c.md", "# C\n"),
            ("d.md", SMALL_DOCUMENT),
        ],
    );
    let marked = book("a mark before the summary", SMALL, &[("a.md", &broken)]);
    marked.1.file("src/SUMMARY.md", "\u{feff}# Summary\n\n- [A](a.md)\n");
    books.push(marked);
    nested.1.toml(&format!("{SMALL}fail-on = \"never\"\n")).file(
        "src/SUMMARY.md",
        "- [A](a.md)\n  - [Draft]()\n  - [B](b.md)\n    - [C](c.md)\n- [D](d.md)\n",
    );
    books.push(nested);
    books
}

/// What the build says about the findings, without what it adds where it fails.
fn said_by_the_build(book: &BookTest) -> (String, bool) {
    let run = book.build();
    let text = run.stderr;
    let text = match text.split_once("error: the findings fail this build") {
        Some((before, _)) => before.to_owned(),
        None => text,
    };
    (text, run.code != 0)
}

#[test]
fn the_build_and_check_say_the_same() {
    for (name, book) in books() {
        let (built, failed) = said_by_the_build(&book);
        let check = book.run(&["check"]);
        assert_eq!(built, format!("{}{}", check.stdout, check.stderr), "{name}");
        assert_eq!(i32::from(failed), check.code, "{name}");
        assert!(built.contains("archdoc: "), "{name}");
    }
}

/// However a path is written, in SUMMARY.md and in book.toml, it means what it means written plainly: for the build, for
/// `check` and for `fix`.
#[test]
fn paths_mean_the_same_however_they_are_written() {
    let broken = SMALL_DOCUMENT.replace("- A gauge", "- [Gauge]: x");
    let ways = |path: &str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        vec![
            path.to_owned(),
            format!("./{path}"),
            format!("././{path}"),
            format!("{folder}/./{name}"),
            format!("{folder}//{name}"),
            format!("sub/../{path}"),
            format!("./sub/.././{path}"),
        ]
    };
    let settings = [
        "documents = \"all\"\n",
        "documents = [\"sub/*.md\", \"a.md\"]\n",
        "documents = [\"**/*.md\"]\nexclude = [\"sub/b.md\"]\n",
        "documents = [\"./sub/**\", \"src/a.md\"]\nexclude = [\"./sub/README.md\"]\n",
        "documents = [\"sub/README.md\"]\n\n[preprocessor.archdoc.kind.other]\ntemplate = \"template.md\"\ndocuments = [\"sub/b.md\", \"A.md\"]\n",
    ];
    for settings in settings {
        let mut plain = None;
        for way in 0..7 {
            let book = BookTest::new();
            book.toml(&format!("template = \"template.md\"\n{settings}"))
                .file("template.md", SMALL_TEMPLATE);
            let mut summary = String::new();
            for path in ["a.md", "A.md", "sub/b.md", "sub/README.md", "sub/index/c d.md"] {
                book.file(&format!("src/{path}"), &broken);
                summary.push_str(&format!("- [X](<{}>)\n", ways(path)[way]));
            }
            book.file("src/SUMMARY.md", summary);
            let (built, _) = said_by_the_build(&book);
            let check = book.run(&["check"]);
            assert_eq!(
                built,
                format!("{}{}", check.stdout, check.stderr),
                "way {way}: {settings}"
            );
            assert!(book.run(&["fix", "--write"]).code == 0);
            let fixed: Vec<Vec<u8>> = book.sources().into_iter().map(|(_, text)| text).collect();
            let fixed = fixed
                .into_iter()
                .filter(|text| text.starts_with(b"# Service"))
                .collect::<Vec<_>>();
            assert_eq!(
                *plain.get_or_insert_with(|| (built.clone(), fixed.clone())),
                (built, fixed),
                "way {way}: {settings}"
            );
        }
    }
}

#[test]
fn an_embedding_program_is_told_the_same_and_gets_the_same_pages() {
    for (name, book) in books() {
        let toml = book.read("book.toml");
        if !toml.contains("[output.") {
            book.file("book.toml", format!("{toml}\n[output.markdown]\n"));
        }
        let run = book.build();
        let by_command = book.pages();
        let told = Arc::new(Mutex::new(String::new()));
        let mut embedded = MDBook::load(book.path("")).unwrap();
        let to = Arc::clone(&told);
        let today = "2026-11-22".parse().unwrap();
        embedded.with_preprocessor(Archdoc::new(today, move |text| to.lock().unwrap().push_str(text)));
        let result = embedded.build();
        assert_eq!(result.is_ok(), run.code == 0, "{name}: {result:?}");
        if result.is_ok() {
            assert!(!by_command.is_empty(), "{name}");
            assert_eq!(book.pages(), by_command, "{name}");
        }
        assert!(run.stderr.starts_with(told.lock().unwrap().as_str()), "{name}");
    }
}

#[test]
fn a_second_run_says_the_same() {
    for (name, book) in books() {
        let first = book.run(&["check", "--format", "json"]).stdout;
        assert_eq!(book.run(&["check", "--format", "json"]).stdout, first, "{name}");
    }
}
