//! What cannot run, and what is wrong with the configuration, says why.

use super::*;

#[test]
fn what_cannot_run_says_why() {
    let book = flawed();
    assert_data_eq!(
        refused(&book, &["chekc"]),
        str![[r#"
error: unrecognized subcommand 'chekc'

  tip: a similar subcommand exists: 'check'

Usage: mdbook-archdoc [OPTIONS] [COMMAND]

For more information, try '--help'.

"#]]
    );
    assert_data_eq!(
        refused(&book, &["check", "--format", "sarfi"]),
        str![[r#"
error: invalid value 'sarfi' for '--format <FORMAT>'
  [possible values: full, concise, json]

For more information, try '--help'.

"#]]
    );
    assert_data_eq!(
        refused(&book, &["check", "--fail-on", "fatal"]),
        str![[r#"
error: invalid value 'fatal' for '--fail-on <LEVEL>'
  [possible values: error, warning, never]

For more information, try '--help'.

"#]]
    );
}

#[test]
fn paths_and_options_that_do_not_go_together_say_why() {
    let book = flawed();
    assert_data_eq!(
        refused(&book, &["check", "src/gone.md"]),
        str![[r#"
error: there is no file or folder `src/gone.md`

"#]]
    );
    assert_data_eq!(
        refused(&book, &["check", "src/SUMMARY.md"]),
        str![[r#"
error: `src/SUMMARY.md` is not a chapter of the book
  = help: list it in SUMMARY.md, or name the book's folder

"#]]
    );
    assert_data_eq!(
        refused(&book, &["fix", "--diff", "--write"]),
        str![[r#"
error: the argument '--diff' cannot be used with '--write'

Usage: mdbook-archdoc fix --diff [BOOK|FILE]...

For more information, try '--help'.

"#]]
    );
    let other = flawed();
    let (one, two) = (book.path("src/a.md"), other.path("src/a.md"));
    assert_data_eq!(
        refused(&book, &[OsStr::new("check"), one.as_ref(), two.as_ref()]),
        str![[r#"
error: the paths belong to different books
  = help: run it once for each book

"#]]
    );
}

#[test]
fn a_folder_that_is_no_book_says_why() {
    let nowhere = BookTest::new();
    std::fs::remove_file(nowhere.path("book.toml")).unwrap();
    assert_data_eq!(
        refused(&nowhere, &["check"]),
        str![[r#"
error: there is no book.toml in `.` or in a folder around it
  = help: name the folder of an mdBook: `mdbook-archdoc check path/to/book`

"#]]
    );
    let empty = BookTest::new();
    assert_data_eq!(
        refused(&empty, &["check"]),
        str![[r#"
error: the file `src/SUMMARY.md` does not exist
  = help: an mdBook lists its chapters in SUMMARY.md, in the folder that `book.src` names

"#]]
    );
    empty.file("book.toml", "[book\n");
    let message = refused(&empty, &["check"]);
    assert!(message.starts_with("error: book.toml cannot be read: "), "{message}");
    // What mdBook does not accept, it says itself.
    empty.file("book.toml", "[archdoc]\n");
    let message = refused(&empty, &["check"]);
    assert!(
        message.starts_with("error: book.toml cannot be read: ") && message.contains("archdoc"),
        "{message}"
    );
}

#[test]
fn mistakes_in_book_toml_are_findings_with_their_place() {
    let book = BookTest::small(SMALL_DOCUMENT);
    book.toml(
        "tempalte = \"template.md\"\ndocuments = \"al\"\n\n[preprocessor.archdoc.rules]\nmising-section = \"error\"\n\
         empty-section = \"loud\"\n",
    );
    let run = book.run(&["check"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(
        run.stdout,
        str![[r#"
error[invalid-config]: unknown key `tempalte`
 --> book.toml:5:1
  |
5 | tempalte = "template.md"
  | ^^^^^^^^
  |
  = help: did you mean `template`?

error[invalid-config]: unknown value `al` of `documents`
 --> book.toml:6:13
  |
6 | documents = "al"
  |             ^^^^
  |
  = help: did you mean `all`?

error[unknown-rule]: unknown rule `mising-section`
 --> book.toml:9:1
  |
9 | mising-section = "error"
  | ^^^^^^^^^^^^^^
  |
  = help: did you mean `missing-section`?

error[invalid-config]: unknown level `loud` of `empty-section`
  --> book.toml:10:17
   |
10 | empty-section = "loud"
   |                 ^^^^^^
   |
   = help: the levels are `off`, `info`, `warning`, `error`


"#]]
    );
}

#[test]
fn globs_that_match_no_chapter_are_found_and_fail_nothing() {
    let book = BookTest::small(SMALL_DOCUMENT);
    let toml = |documents: &str| {
        let kind = "[preprocessor.archdoc.kind.adr]\ntemplate = \"adr\"\ndocuments = [\"decisions/*.md\"]\n";
        book.toml(&format!(
            "template = \"template.md\"\ndocuments = {documents}\nexclude = [\"old/*.md\"]\n\n{kind}"
        ));
        book.run(&["check", "--format", "concise"])
    };
    let run = toml("[\"a.md\", \"srevices/**\"]");
    let found: Vec<&str> = run
        .stdout
        .lines()
        .map(|line| line.split(": ").next().unwrap())
        .collect();
    assert_eq!(
        (run.code, found),
        (0, vec!["book.toml:6:22", "book.toml:7:12"]),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("warning[invalid-config]: `srevices/**` in `documents` matches no chapter")
    );
    assert!(
        run.stdout
            .contains("warning[invalid-config]: `old/*.md` in `exclude` matches no chapter")
    );
    // Who checks one chapter is told the same.
    assert_eq!(
        book.run(&["check", "src/a.md", "--format", "concise"]).stdout,
        run.stdout
    );
    // None matches any: that there is no document says it all.
    let run = toml("[\"srevices/**\"]");
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("error[no-document]") && !run.stdout.contains("srevices/**` in"),
        "{}",
        run.stdout
    );
}
