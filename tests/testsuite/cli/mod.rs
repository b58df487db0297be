//! The command line: what is printed where, and the exit codes. Help and lists are compared word for word;
//! `SNAPSHOTS=overwrite cargo test --test testsuite cli` writes them anew.

mod check;
mod fix;
mod help;
mod refused;

use std::ffi::OsStr;

use serde_json::{Value, json};
use snapbox::{IntoData, assert_data_eq, str};

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
    assert_data_eq!(
        printed(&BookTest::new(), &["rules"]),
        str![[r#"
broken-include           error                     content
change-log-behind        info / warning / warning  change log
change-log-columns       info                      change log
change-log-order         info / info / warning     change log
changed-since-review     off / info / warning      review
contradicted-item        info / warning / error    review
dangling-mention         warning                   content
date-mismatch            info / warning / warning  change log
dropped-cells            error                     content
duplicate-field          warning                   fields
duplicate-item           warning                   content
duplicate-section        warning                   structure
empty-change-log         info / warning / error    change log
empty-field              info / warning / error    fields
empty-section            warning / error / error   content
expired-suppression      warning                   comments
future-date              warning                   change log
history-incomplete       warning                   book
incomplete-row           info / warning / warning  change log
invalid-config           error                     book
invalid-date             error                     fields
invalid-duration         warning                   fields
invalid-value            error                     fields
invalid-version          error                     fields
leftover-instruction     info / warning / error    content
lost-list-item           error                     content
malformed-task           warning                   review
misnumbered-item         warning                   content
misplaced-section        info / info / warning     structure
missing-code             info / info / warning     content
missing-diagram          info / info / warning     content
missing-field            info / warning / error    fields
missing-item             info / info / warning     review
missing-review           off / info / error        review
missing-section          warning / error / error   structure
missing-subsection       info / info / warning     structure
missing-title            warning                   structure
misspelt-field           warning                   fields
misspelt-section         warning                   structure
no-document              error                     book
overdue-roadmap          warning                   content
review-date-order        warning                   review
review-overdue           info / info / warning     review
section-alias            off                       structure
section-out-of-order     info                      structure
status-conflict          info / warning / error    review
swallowed-heading        error                     content
technology-conflict      warning                   content
template-text            info / warning / error    content
thin-decision            info                      content
todo-marker              info / warning / error    content
unclosed-block           error                     content
undrawn-component        info                      content
unexplained-suppression  info                      comments
unfilled-placeholder     info / warning / error    content
unknown-directive        error                     comments
unknown-rule             error                     book
unlinked-reference       info                      content
unmatched-endpoint       info                      content
unread-file              warning                   content
unticked-item            off / off / warning       review
unused-suppression       warning                   comments
version-mismatch         info / warning / error    change log
version-not-increasing   info / warning / warning  change log
wrong-heading-level      warning                   structure

Three levels are those of drafts / of documents in review / of final ones.
`mdbook-archdoc explain RULE` says more; `[preprocessor.archdoc.rules]` in book.toml sets levels.

"#]]
    );
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
