//! The command line: what is printed where, and the exit codes. Help and lists are compared word for word;
//! `SNAPSHOTS=overwrite cargo test --test testsuite cli` writes them anew.

mod check;
mod fix;
mod help;
mod refused;

use std::ffi::OsStr;

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use super::support::{BookTest, SMALL_DOCUMENT, SMALL_TEMPLATE, found, places};

/// A book with an error, a warning and an information.
fn flawed() -> BookTest {
    BookTest::small(
        "\
# Service: Tide tables

**Owner**: Maren Oltmanns
**Status**: Finito

---

## Purpos
Tells boats when they can cross the bar.

## Limits
Says nothing about wind.

## Parts
- A gauge and a table

## History

| Date | Author | Changes |
|------|--------|---------|
| 2026-04-02 | Maren Oltmanns | First version |
",
    )
}

/// What a run printed to stdout, and nothing to stderr, with exit code 0.
fn printed<S: AsRef<OsStr>>(book: &BookTest, args: &[S]) -> String {
    let run = book.run(args);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout.replace("mdbook-archdoc.exe", "mdbook-archdoc")
}

/// What a run that could not do its work printed to stderr, and nothing to stdout.
fn refused<S: AsRef<OsStr>>(book: &BookTest, args: &[S]) -> String {
    let run = book.run(args);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    run.stderr.replace("mdbook-archdoc.exe", "mdbook-archdoc")
}

#[test]
fn rules() {
    assert_data_eq!(printed(&BookTest::new(), &["rules"]), snapbox::file!["rules.txt"]);
}

#[test]
fn every_rule_that_is_listed_is_explained() {
    let book = BookTest::new();
    let list = printed(&book, &["rules"]);
    let names: Vec<&str> = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.len() > 20 && names.is_sorted());
    for name in names {
        assert!(printed(&book, &["explain", name]).contains(name), "{name}");
    }
}

#[test]
fn explain_knows_the_nearest_name() {
    let book = BookTest::new();
    assert_data_eq!(
        refused(&book, &["explain", "mising-section"]),
        str![[r#"
error: there is no rule `mising-section`
  = help: did you mean `missing-section`?

"#]]
    );
    assert_data_eq!(
        refused(&book, &["explain", "qqq"]),
        str![[r#"
error: there is no rule `qqq`
  = help: `mdbook-archdoc rules` lists them

"#]]
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let book = BookTest::new();
    let text = "# A\n\n- [Part]: word\n".repeat(5000);
    book.toml("documents = \"all\"\nfail-on = \"never\"\n")
        .chapters(&[("a.md", text)]);
    let mut child = super::support::program(&book.path(""))
        .arg("check")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn status_lists_what_the_template_does_not_speak_of_apart() {
    let text = SMALL_DOCUMENT.replace(
        "## Limits\n",
        "## Glossary\n\n### Neap tide\n\nA low one.\n\n## Limits\n",
    );
    let book = BookTest::small(&text);
    let run = book.run(&["status", "--format", "json"]);
    let status: Value = serde_json::from_str(&run.stdout).unwrap();
    let line = |heading: &str| text.lines().position(|line| line == heading).unwrap() + 1;
    assert_eq!(
        status["documents"][0]["extra"],
        json!([
            { "heading": "Glossary", "level": 2, "line": line("## Glossary") },
            { "heading": "Neap tide", "level": 3, "line": line("### Neap tide") },
        ])
    );
}
