//! Where the program's output goes: a full disk, a pipe that nobody reads any more, a stream that takes nothing.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;

use super::support::{BookTest, SMALL_DOCUMENT, program};

/// Every command that prints a result.
#[rustfmt::skip]
const PRINTING: &[&[&str]] = &[
    &["check"], &["check", "--format", "concise"], &["check", "--format", "json"], &["check", "--format", "concise", "--skipped"],
    &["status"], &["status", "--format", "json"], &["status", "--format", "markdown"],
    &["changelog"], &["changelog", "--format", "json"], &["fix", "--suggested"],
    &["template", "list"], &["template", "show", "adr"], &["template", "show", "adr", "--format", "tree"],
    &["template", "show", "adr", "--format", "json"], &["template", "check", "template.md"],
    &["rules"], &["explain", "missing-section"], &["--help"], &["check", "--help"], &["--version"], &["help"],
    &[],
];

/// A book about which each command has something to say.
fn book() -> BookTest {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("## Limits", "## Limmits"));
    let template = book.read("template.md");
    let twice = "\n## Ends\n\n<!-- archdoc: optional -->\n\n<!-- archdoc: required -->\n";
    book.file("template.md", format!("{template}{twice}"))
        .toml("template = \"template.md\"\nfail-on = \"never\"\n")
        .file("src/b.md", "# Not a document\n")
        .file("src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n");
    book
}

/// The host's message, where there is no command.
fn message(book: &BookTest) -> String {
    let chapter = json!({ "Chapter": {
        "name": "A", "content": book.read("src/a.md"), "number": [1], "sub_items": [], "path": "a.md",
        "source_path": "a.md", "parent_names": [],
    } });
    let config =
        json!({ "preprocessor": { "archdoc": { "template": "template.md", "documents": "all", "fail-on": "never" } } });
    let root = book.path("");
    json!([
        { "root": root.to_str().unwrap(), "renderer": "html", "mdbook_version": "0.5.4", "config": config },
        { "items": [chapter] },
    ])
    .to_string()
}

/// Runs it with these streams: how it ends, and what it says.
fn run(book: &BookTest, args: &[&str], stdout: Stdio, stderr: Stdio) -> (i32, String) {
    let mut command: Command = program(&book.path(""));
    command.args(args).stdin(Stdio::piped()).stdout(stdout).stderr(stderr);
    let mut child = command.spawn().unwrap();
    drop(command);
    let _ = child.stdin.take().unwrap().write_all(message(book).as_bytes());
    let output = child.wait_with_output().unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// A disk that is full; none on systems without one to try.
#[allow(clippy::print_stderr, reason = "a test that is left out says so")]
fn full() -> Option<File> {
    let full = OpenOptions::new().write(true).open("/dev/full").ok();
    if full.is_none() {
        eprintln!("left out: this system has no /dev/full");
    }
    full
}

#[test]
fn a_result_that_cannot_be_written_is_a_failure() {
    let Some(full) = full() else { return };
    let book = book();
    for args in PRINTING {
        let (whole, _) = run(&book, args, Stdio::null(), Stdio::null());
        assert!(whole < 2, "{args:?}");
        let (code, said) = run(&book, args, full.try_clone().unwrap().into(), Stdio::piped());
        assert_eq!(code, 2, "{args:?}: {said}");
        let message = "error: the result cannot be written to stdout: No space left on device";
        assert_eq!(said.matches(message).count(), 1, "{args:?}: {said}");
    }
}

/// The standard library takes such a stream for one that swallows all.
#[cfg(unix)]
#[test]
fn a_stream_that_is_open_for_reading_alone_takes_no_result() {
    let book = book();
    for args in PRINTING {
        let stdout = File::open(book.path("book.toml")).unwrap();
        let (code, said) = run(&book, args, stdout.into(), Stdio::piped());
        assert_eq!(code, 2, "{args:?}: {said}");
        assert!(said.contains("cannot be written to stdout"), "{args:?}: {said}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure_and_nothing_is_said() {
    let book = book();
    for args in PRINTING {
        let (whole, said) = run(&book, args, Stdio::null(), Stdio::piped());
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(
            run(&book, args, writer.into(), Stdio::piped()),
            (whole, said),
            "{args:?}"
        );
    }
}

#[test]
fn messages_that_cannot_be_written_change_nothing() {
    let book = book();
    let refused: &[&[&str]] = &[&["chekc"], &["check", "src/gone.md"], &["explain", "x"]];
    for args in PRINTING.iter().chain(refused) {
        let (whole, _) = run(&book, args, Stdio::null(), Stdio::null());
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(run(&book, args, Stdio::null(), writer.into()).0, whole, "{args:?}");
        if let Some(full) = full() {
            assert_eq!(run(&book, args, Stdio::null(), full.into()).0, whole, "{args:?}");
        }
    }
}
