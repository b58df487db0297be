//! Environment, arguments and folders that are not UTF-8, as systems other than Windows have them.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

use std::sync::{Arc, Mutex};

use mdbook_archdoc::Archdoc;
use mdbook_driver::MDBook;

use super::change_log::Repository;
use super::support::{BookTest, Run, SMALL_DOCUMENT, program, run};

fn odd() -> &'static OsStr {
    OsStr::from_bytes(b"odd-\xff\xc3")
}

fn with(folder: &std::path::Path, args: &[&OsStr], variables: &[(&OsStr, &OsStr)]) -> Run {
    let run = run(program(folder).args(args).envs(variables.iter().copied()), b"");
    assert!(
        !run.stderr.contains("panicked"),
        "{args:?} {variables:?}: {}",
        run.stderr
    );
    run
}

fn os<'a>(args: &'a [&'a str]) -> Vec<&'a OsStr> {
    args.iter().map(OsStr::new).collect()
}

#[rustfmt::skip]
const COMMANDS: &[&[&str]] = &[
    &["check"], &["check", "src/a.md"], &["status", "--format", "json"], &["changelog"], &["fix"],
    &["template", "show", "template.md"], &["template", "check", "template.md"], &["rules"], &["explain", "missing-section"],
    &["new", "adr", "src/a.md"], &["--help"], &["supports", "html"],
];

#[test]
fn variables_for_somebody_else_are_let_be() {
    let book = BookTest::small(SMALL_DOCUMENT);
    let odd_name = OsStr::from_bytes(b"ARCHDOC_TEST_\xff");
    for args in COMMANDS {
        let plain = with(&book.path(""), &os(args), &[]);
        for name in ["ARCHDOC_TEST", "MDBOOK_VERSION", "MDBOOK", "LC_CTYPE", "CI"]
            .map(OsStr::new)
            .into_iter()
            .chain([odd_name])
        {
            let run = with(&book.path(""), &os(args), &[(name, odd())]);
            assert_eq!(
                (run.code, &run.stdout),
                (plain.code, &plain.stdout),
                "{args:?} {name:?}"
            );
        }
    }
}

#[test]
fn variables_for_mdbook_and_the_day_have_to_be_utf_8() {
    let book = BookTest::small(SMALL_DOCUMENT);
    let odd_key = OsString::from_vec_of("MDBOOK_BOOK__TITLE_", b"\xff");
    #[rustfmt::skip]
    let cases = [
        (OsStr::new("MDBOOK_BOOK__TITLE"), odd(), "error: the environment variable `MDBOOK_BOOK__TITLE` is not UTF-8"),
        (OsStr::new("MDBOOK_PREPROCESSOR__ARCHDOC__FAIL_ON"), odd(), "`MDBOOK_PREPROCESSOR__ARCHDOC__FAIL_ON` is not UTF-8"),
        (&odd_key, OsStr::new("x"), "error: the environment variable `MDBOOK_BOOK__TITLE_\u{fffd}` is not UTF-8"),
        (OsStr::new("SOURCE_DATE_EPOCH"), odd(), "error: SOURCE_DATE_EPOCH is `odd-\u{fffd}\u{fffd}`, not a number of seconds"),
    ];
    for (name, value, expected) in cases {
        let run = with(&book.path(""), &os(&["check"]), &[(name, value)]);
        assert_eq!(run.code, 2, "{name:?}: {}", run.stderr);
        assert!(run.stderr.contains(expected), "{name:?}: {}", run.stderr);
    }
    let run = with(&book.path(""), &[], &[(OsStr::new("SOURCE_DATE_EPOCH"), odd())]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

trait FromParts {
    fn from_vec_of(text: &str, bytes: &[u8]) -> OsString;
}

impl FromParts for OsString {
    fn from_vec_of(text: &str, bytes: &[u8]) -> OsString {
        let mut whole = OsString::from(text);
        whole.push(OsStr::from_bytes(bytes));
        whole
    }
}

/// What is run in the book's folder.
const FROM_INSIDE: &[&[&str]] = &[
    &["check"],
    &["check", "src/a.md", "--format", "concise"],
    &["check", "--format", "json"],
    &["status"],
    &["status", "--format", "json"],
    &["changelog"],
    &["changelog", "--document", "src/a.md"],
    &["fix"],
    &["template", "show", "template.md"],
    &["template", "check", "template.md"],
    &["fix", "--write"],
    &["check"],
];

/// The same book, with its repository, in a folder of either kind.
#[test]
fn a_book_in_such_a_folder_is_a_book() {
    let repository = Repository::new("");
    repository
        .write("Boats and ships.", &["| 1.0 | 2026-01-10 | First version | Ada |"])
        .commit("Take ships, too");
    let from = repository.book.path("");
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join(odd());
    if let Err(error) = std::fs::create_dir(&folder) {
        eprintln!("left out: this system has no such folders: {error}");
        return;
    }
    let copied = std::process::Command::new("cp")
        .arg("-R")
        .arg(from.join("."))
        .arg(&folder)
        .status();
    assert!(copied.unwrap().success());
    for args in FROM_INSIDE {
        let (there, here) = (with(&from, &os(args), &[]), with(&folder, &os(args), &[]));
        // Where it is, JSON says, as far as JSON can.
        let named = |run: &Run| {
            run.stdout
                .lines()
                .filter(|line| !line.contains("\"root\""))
                .collect::<String>()
        };
        assert_eq!(
            (here.code, named(&here), here.stderr),
            (there.code, named(&there), there.stderr),
            "{args:?}"
        );
    }
    // From outside, by a path that is not UTF-8 itself.
    let chapter = folder.join("src/a.md");
    for (args, path) in [
        (["check"], &folder),
        (["check"], &chapter),
        (["status"], &folder),
        (["changelog"], &folder),
        (["fix"], &chapter),
    ] {
        let run = with(around.path(), &[OsStr::new(args[0]), path.as_os_str()], &[]);
        assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
    }
    let new = folder.join("src/n.md");
    let run = with(
        around.path(),
        &[
            OsStr::new("new"),
            OsStr::new("adr"),
            new.as_os_str(),
            OsStr::new("--summary"),
        ],
        &[],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let summary = std::fs::read_to_string(folder.join("src/SUMMARY.md")).unwrap();
    assert!(summary.contains("- [N](n.md)"), "{summary}");
}

/// A program that embeds mdBook hands over the folder as it is, and lines are still those of the author's files.
#[test]
fn a_book_in_such_a_folder_is_built_by_an_embedding_program() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("## Limits", "## Limmits"));
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join(odd());
    if std::fs::create_dir(&folder).is_err() {
        eprintln!("left out: this system has no such folders");
        return;
    }
    std::fs::create_dir(folder.join("src")).unwrap();
    for file in ["book.toml", "template.md", "src/SUMMARY.md", "src/a.md"] {
        std::fs::copy(book.path(file), folder.join(file)).unwrap();
    }
    let told = [book.path(""), folder].map(|root| {
        let told = Arc::new(Mutex::new(String::new()));
        let to = Arc::clone(&told);
        let mut embedded = MDBook::load(root).unwrap();
        let today = "2026-11-22".parse().unwrap();
        embedded.with_preprocessor(Archdoc::new(today, move |text| to.lock().unwrap().push_str(text)));
        let _ = embedded.build();
        told.lock().unwrap().clone()
    });
    assert!(told[0].contains("src/a.md:14:"), "{}", told[0]);
    assert_eq!(told[0], told[1]);
}

#[test]
fn arguments_that_are_not_utf_8_are_refused_in_words() {
    let book = BookTest::small(SMALL_DOCUMENT);
    let before = book.sources();
    #[rustfmt::skip]
    let commands: &[&[&str]] = &[
        &["check"], &["check", "src/a.md"], &["check", "--format"], &["check", "--fail-on"], &["status"], &["status", "--format"],
        &["changelog"], &["changelog", "--document"], &["changelog", "--since"], &["changelog", "--format"], &["fix"],
        &["template", "show"], &["template", "check"], &["template"], &["explain"], &["rules"], &[], &["--as-of"], &["help"],
        &["new"], &["new", "adr"], &["new", "adr", "src/n.md", "--title"], &["new", "adr", "src/n.md", "--author"],
        &["supports", "html"],
    ];
    for args in commands {
        let mut all = os(args);
        let path = std::path::Path::new("src").join(odd());
        all.push(path.as_os_str());
        let run = with(&book.path(""), &all, &[]);
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        assert!(
            run.stderr.starts_with("error: ") && run.stdout.is_empty(),
            "{args:?}: {}",
            run.stderr
        );
        assert_eq!(book.sources(), before, "{args:?}");
    }
    let run = with(&book.path(""), &[OsStr::new("supports"), odd()], &[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}

#[test]
fn a_chapter_whose_path_summary_md_cannot_hold_is_not_written() {
    let book = BookTest::small(SMALL_DOCUMENT);
    let before = book.sources();
    for path in [&b"src/n-\xff.md"[..], b"src/\xff/n.md"] {
        for more in [&[] as &[&str], &["--summary"]] {
            let mut args = os(&["new", "adr"]);
            args.push(OsStr::from_bytes(path));
            args.extend(os(more));
            let run = with(&book.path(""), &args, &[]);
            assert_eq!(run.code, 2, "{}", run.stderr);
            assert!(
                run.stderr.contains("is not UTF-8, which SUMMARY.md has to be")
                    && run.stderr.contains("nothing was written"),
                "{}",
                run.stderr
            );
            assert_eq!(book.sources(), before);
        }
    }
    // A page for somebody else may be called as one likes.
    let path = std::path::Path::new("status").join(odd());
    std::fs::create_dir(book.path("status")).unwrap();
    let run = with(
        &book.path(""),
        &[OsStr::new("status"), OsStr::new("--output"), path.as_os_str()],
        &[],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(book.path("status").join(odd()).is_file());
}
