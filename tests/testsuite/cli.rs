//! The command line: what is printed where, and the exit codes. Help and lists are compared word for word;
//! `SNAPSHOTS=overwrite cargo test --test testsuite cli` writes them anew.

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
fn help() {
    let book = BookTest::new();
    assert_data_eq!(
        printed(&book, &["--help"]),
        str![[r#"
Holds architecture documents in an mdBook to their template.

Without a command it is the mdBook preprocessor: mdBook starts it and talks to it. To turn it on, add the line `[preprocessor.archdoc]` to book.toml.

Exit codes: 0 clean, 1 findings at or above `fail-on`, 2 could not run.

Usage: mdbook-archdoc [OPTIONS] [COMMAND]

Commands:
  check      Check the documents of a book, as the build does
  status     Show where the documents stand: the overview of a book, or all of one document
  changelog  Print the change log of each document: its own rows and the commits that they do not tell of
  fix        Show the fixes that are safe, and write them on request
  new        Write a new document from a template
  template   List templates, show what one demands, check one
  rules      List the rules with their levels
  explain    Explain a rule: what it does, why, an example and its cure
  supports   Say by the exit code whether an output is supported; mdBook asks this
  help       Print this message or the help of the given subcommand(s)

Options:
      --as-of <DATE>
          The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]

  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Examples:
  mdbook-archdoc check docs                        check the book in the folder docs
  mdbook-archdoc status docs                       see where it stands
  mdbook-archdoc explain missing-section           understand a finding
  mdbook-archdoc new architecture src/payments.md  begin a document

"#]]
    );
    assert_data_eq!(
        printed(&book, &["-h"]),
        str![[r#"
Holds architecture documents in an mdBook to their template

Usage: mdbook-archdoc [OPTIONS] [COMMAND]

Commands:
  check      Check the documents of a book, as the build does
  status     Show where the documents stand: the overview of a book, or all of one document
  changelog  Print the change log of each document: its own rows and the commits that they do not tell of
  fix        Show the fixes that are safe, and write them on request
  new        Write a new document from a template
  template   List templates, show what one demands, check one
  rules      List the rules with their levels
  explain    Explain a rule: what it does, why, an example and its cure
  supports   Say by the exit code whether an output is supported; mdBook asks this
  help       Print this message or the help of the given subcommand(s)

Options:
      --as-of <DATE>  The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
  -h, --help          Print help (see more with '--help')
  -V, --version       Print version

"#]]
    );
}

#[test]
fn help_of_the_commands_that_show_and_write() {
    let book = BookTest::new();
    assert_data_eq!(
        printed(&book, &["status", "--help"]),
        str![[r#"
Show where the documents stand: the overview of a book, or all of one document

Usage: mdbook-archdoc status [OPTIONS] [BOOK|FILE]...

Arguments:
  [BOOK|FILE]...  The book's folder, or chapters of one book [default: the book around the current folder]

Options:
      --as-of <DATE>     The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
      --format <FORMAT>  How to print it; JSON holds all that was read [default: text] [possible values: text, json, markdown]
      --output <FILE>    Write it to this file instead of stdout; what the file held is gone
  -h, --help             Print help

Examples:
  mdbook-archdoc status                             the overview: documents, sections, what needs attention
  mdbook-archdoc status src/payments.md             one document, with its fields, its sections and its review
  mdbook-archdoc status --format json               all that was read: fields, sections, decisions, requirements, …
  mdbook-archdoc status --format markdown --output "$GITHUB_STEP_SUMMARY"

"#]]
    );
    assert_data_eq!(
        printed(&book, &["changelog", "--help"]),
        str![[r#"
Print the change log of each document: its own rows and the commits that they do not tell of

Usage: mdbook-archdoc changelog [OPTIONS] [BOOK]

Arguments:
  [BOOK]  The book's folder [default: the book around the current folder]

Options:
      --as-of <DATE>          The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
      --document <PATH>       The chapter whose log is wanted: a file, from here or from the book's folder [default: all documents]
      --format <FORMAT>       How to print it [default: markdown] [possible values: markdown, json]
      --since <VERSION|DATE>  Only what is newer than this version, or as new as this day, YYYY-MM-DD
  -h, --help                  Print help

Examples:
  mdbook-archdoc changelog                          of all documents of the book
  mdbook-archdoc changelog --document src/payments.md --since 1.2
`mdbook-archdoc fix --write` adds the rows that are missing to the documents.

"#]]
    );
    assert_data_eq!(
        printed(&book, &["new", "--help"]),
        str![[r#"
Write a new document from a template

Usage: mdbook-archdoc new [OPTIONS] <KIND> <PATH>

Arguments:
  <KIND>  The template: a built-in one (`template list` has them), a kind of book.toml, or a Markdown file of the book
  <PATH>  The file to write, among the chapters of a book; one that is there is never overwritten

Options:
      --as-of <DATE>     The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
      --title <TITLE>    The title [default: made from the file's name]
      --author <AUTHOR>  The author [default: the placeholder stays]
      --summary          Add the document to SUMMARY.md, behind the chapters of its folder
  -h, --help             Print help

Examples:
  mdbook-archdoc new architecture src/payments.md --author "Ada Park" --summary
  mdbook-archdoc new adr src/decisions/0003-use-queues.md

"#]]
    );
    assert_data_eq!(
        printed(&book, &["template", "--help"]),
        str![[r#"
List templates, show what one demands, check one

Usage: mdbook-archdoc template [OPTIONS] <COMMAND>

Commands:
  list   List the built-in templates
  show   Show a template: as Markdown, or what it demands and which line demands it
  check  Check a template for what contradicts itself
  help   Print this message or the help of the given subcommand(s)

Options:
      --as-of <DATE>  The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
  -h, --help          Print help

"#]]
    );
    assert_data_eq!(
        printed(&book, &["template", "list", "--help"]),
        str![[r#"
List the built-in templates

Usage: mdbook-archdoc template list [OPTIONS]

Options:
      --as-of <DATE>  The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
  -h, --help          Print help

"#]]
    );
    assert_data_eq!(
        printed(&book, &["template", "show", "--help"]),
        str![[r#"
Show a template: as Markdown, or what it demands and which line demands it

Usage: mdbook-archdoc template show [OPTIONS] <NAME>

Arguments:
  <NAME>  A built-in template, or a Markdown file: from here, or from the folder of the book around

Options:
      --as-of <DATE>     The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
      --format <FORMAT>  How to show it: the text, or what it demands, for people or programs [default: markdown] [possible values: markdown, tree, json]
  -h, --help             Print help

Examples:
  mdbook-archdoc template show architecture > docs/template.md   begin a template of your own
  mdbook-archdoc template show docs/template.md --format tree

"#]]
    );
    assert_data_eq!(
        printed(&book, &["template", "check", "--help"]),
        str![[r#"
Check a template for what contradicts itself

Usage: mdbook-archdoc template check [OPTIONS] <NAME>

Arguments:
  <NAME>  A built-in template, or a Markdown file: from here, or from the folder of the book around

Options:
      --as-of <DATE>  The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
  -h, --help          Print help

"#]]
    );
}

#[test]
fn help_of_the_commands() {
    let book = BookTest::new();
    assert_data_eq!(
        printed(&book, &["check", "--help"]),
        str![[r#"
Check the documents of a book, as the build does

Usage: mdbook-archdoc check [OPTIONS] [BOOK|FILE]...

Arguments:
  [BOOK|FILE]...  The book's folder, or chapters of one book [default: the book around the current folder]

Options:
      --as-of <DATE>     The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
      --format <FORMAT>  How to print the findings [default: full] [possible values: full, concise, json]
      --fail-on <LEVEL>  The severity from which on findings fail the run [default: `fail-on` in book.toml] [possible values: error, warning, never]
      --skipped          Name the chapters that are not documents, with the reason
  -h, --help             Print help

Examples:
  mdbook-archdoc check                              the book around the current folder
  mdbook-archdoc check docs/src/payments.md         one document of a book
  mdbook-archdoc check --format concise --skipped   a line for each finding, and what was not checked

"#]]
    );
    assert_data_eq!(
        printed(&book, &["fix", "--help"]),
        str![[r#"
Show the fixes that are safe, and write them on request

Usage: mdbook-archdoc fix [OPTIONS] [BOOK|FILE]...

Arguments:
  [BOOK|FILE]...  The book's folder, or chapters of one book [default: the book around the current folder]

Options:
      --as-of <DATE>  The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
      --diff          Show the changes, and change nothing; what happens without --write
      --write         Write the changes to the book's files
      --suggested     Apply the fixes too that are likely right and want a look
  -h, --help          Print help

Examples:
  mdbook-archdoc fix                                see what would change
  mdbook-archdoc fix --write src/payments.md        change it
A build never changes a file; only this command does.

"#]]
    );
    assert_data_eq!(
        printed(&book, &["rules", "--help"]),
        str![[r#"
List the rules with their levels

Usage: mdbook-archdoc rules [OPTIONS]

Options:
      --as-of <DATE>  The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
  -h, --help          Print help

"#]]
    );
    assert_data_eq!(
        printed(&book, &["explain", "--help"]),
        str![[r#"
Explain a rule: what it does, why, an example and its cure

Usage: mdbook-archdoc explain [OPTIONS] <RULE>

Arguments:
  <RULE>  The rule's name, as findings and `mdbook-archdoc rules` show it: `missing-section`

Options:
      --as-of <DATE>  The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
  -h, --help          Print help

"#]]
    );
    assert_data_eq!(
        printed(&book, &["supports", "--help"]),
        str![[r#"
Say by the exit code whether an output is supported; mdBook asks this

Usage: mdbook-archdoc supports [OPTIONS] <RENDERER>

Arguments:
  <RENDERER>  The output's name, `html`

Options:
      --as-of <DATE>  The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
  -h, --help          Print help

"#]]
    );
}

#[test]
fn version() {
    let version = format!("mdbook-archdoc {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(printed(&BookTest::new(), &["--version"]), version);
}

#[test]
fn check_in_full() {
    let run = flawed().run(&["check"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(
        run.stdout,
        str![[r#"
error[invalid-value]: `Finito` is not a value of `Status`
 --> src/a.md:4:13
  |
4 | **Status**: Finito
  |             ^^^^^^ not one of the choices
  |
 ::: template.md:4:3
  |
4 | **Status**: [Draft/In Progress/Complete]
  |   -------------------------------------- the choices
  |
  = help: write `Draft`, `In Progress` or `Complete`

warning[misspelt-section]: `Purpos` looks like `Purpose`
 --> src/a.md:8:4
  |
8 | ## Purpos
  |    ^^^^^^ misspelt section name
  |
 ::: template.md:8:1
  |
8 | ## Purpose
  | ---------- the template's name
  |
  = help: write `Purpose`, or add `alias = ["Purpos"]` under `[preprocessor.archdoc.section."purpose"]` in book.toml

info[section-out-of-order]: `Parts` should come before `Limits`
  --> src/a.md:14:4
   |
11 | ## Limits
   |    ------ expected before this section
...
14 | ## Parts
   |    ^^^^^ out of the template's order
   |
  ::: template.md:11:1
   |
11 | ## Parts
   | -------- its place in the template
   |
   = help: move it, or turn the rule off in book.toml: `section-out-of-order = "off"`


"#]]
    );
    assert_data_eq!(
        run.stderr,
        str![[r#"
archdoc: 1 document checked; 1 error, 1 warning, 1 info

"#]]
    );
}

#[test]
fn check_concise() {
    let run = flawed().run(&["check", "--format", "concise"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(
        run.stdout,
        str![[r#"
src/a.md:4:13: error[invalid-value]: `Finito` is not a value of `Status`
src/a.md:8:4: warning[misspelt-section]: `Purpos` looks like `Purpose`
src/a.md:14:4: info[section-out-of-order]: `Parts` should come before `Limits`

"#]]
    );
    assert_data_eq!(
        run.stderr,
        str![[r#"
archdoc: 1 document checked; 1 error, 1 warning, 1 info

"#]]
    );
}

#[test]
fn check_json() {
    let run = flawed().run(&["check", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let start = r#"{"schema":1,"as_of":"2026-11-22","documents":1,"skipped":[],"findings":[{"rule":""#;
    assert!(run.stdout.starts_with(start), "{}", run.stdout);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_data_eq!(
        serde_json::to_string_pretty(&report).unwrap(),
        str![[r#"
{
  "as_of": "2026-11-22",
  "documents": 1,
  "findings": [
    {
      "column": 13,
      "end_column": 19,
      "end_line": 4,
      "fix": null,
      "help": "write `Draft`, `In Progress` or `Complete`",
      "included_from": [],
      "line": 4,
      "message": "`Finito` is not a value of `Status`",
      "notes": [],
      "path": "src/a.md",
      "rule": "invalid-value",
      "section": null,
      "severity": "error",
      "template": {
        "line": 4,
        "path": "template.md"
      }
    },
    {
      "column": 4,
      "end_column": 10,
      "end_line": 8,
      "fix": {
        "applicability": "suggested",
        "edits": [
          {
            "end": 84,
            "path": "src/a.md",
            "start": 78,
            "text": "Purpose"
          }
        ]
      },
      "help": "write `Purpose`, or add `alias = [\"Purpos\"]` under `[preprocessor.archdoc.section.\"purpose\"]` in book.toml",
      "included_from": [],
      "line": 8,
      "message": "`Purpos` looks like `Purpose`",
      "notes": [],
      "path": "src/a.md",
      "rule": "misspelt-section",
      "section": "purpose",
      "severity": "warning",
      "template": {
        "line": 8,
        "path": "template.md"
      }
    },
    {
      "column": 4,
      "end_column": 9,
      "end_line": 14,
      "fix": null,
      "help": "move it, or turn the rule off in book.toml: `section-out-of-order = \"off\"`",
      "included_from": [],
      "line": 14,
      "message": "`Parts` should come before `Limits`",
      "notes": [],
      "path": "src/a.md",
      "rule": "section-out-of-order",
      "section": "parts",
      "severity": "info",
      "template": {
        "line": 11,
        "path": "template.md"
      }
    }
  ],
  "schema": 1,
  "skipped": [],
  "summary": {
    "error": 1,
    "info": 1,
    "warning": 1
  }
}
"#]]
        .raw()
    );
}

#[test]
fn the_formats_say_the_same() {
    let book = BookTest::example();
    let json = found(&book.json());
    let concise = book.run(&["check", "--format", "concise"]).stdout;
    let lines: Vec<String> = json
        .iter()
        .map(|f| {
            format!(
                "{}:{}:{}: {}[{}]: {}",
                f.path, f.line, f.column, f.severity, f.rule, f.message
            )
        })
        .collect();
    assert_eq!(concise.lines().collect::<Vec<_>>(), lines);
    let full = book.run(&["check"]).stdout;
    let heads = full
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    let expected: Vec<String> = json
        .iter()
        .map(|f| format!("{}[{}]: {}", f.severity, f.rule, f.message))
        .collect();
    assert_eq!(heads.collect::<Vec<_>>(), expected);
}

#[test]
fn fixes_of_the_json_are_bytes_of_the_file() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("- A gauge", "- [Gaugé 👥]: x\n- A gauge"));
    let text = book.read("src/a.md");
    let fix = &book.json()["findings"][0]["fix"];
    assert_eq!(fix["applicability"], "safe");
    let edit = &fix["edits"][0];
    let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
    assert_eq!(&text[at("start")..at("end")], "[Gaugé 👥]: x");
    assert_eq!(edit["path"], "src/a.md");
}

#[test]
fn one_chapter_can_be_checked() {
    let book = flawed();
    book.chapters(&[("a.md", book.read("src/a.md").as_str()), ("b.md", SMALL_DOCUMENT)]);
    assert_eq!(book.run(&["check", "src/a.md"]).code, 1);
    let run = book.run(&["check", "src/b.md"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (0, "", "archdoc: 1 document checked\n")
    );
    // From anywhere inside the book.
    let mut inside = super::support::program(&book.path("src"));
    let run = super::support::run(inside.args(["check", "--format", "json", "b.md", "a.md"]), b"");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["documents"], 2);
}

/// A chapter alone is judged as it is in its book: with its sub-chapters, and beside the book's other documents.
#[test]
fn one_chapter_is_judged_as_in_its_book() {
    let book = BookTest::example();
    let text = book.read("src/parcel-tracking.md");
    let (before, rest) = text.split_once("## 🔍 Design Decisions").unwrap();
    let (_, after) = rest.split_once("## 📚 Technology Stack").unwrap();
    book.file(
        "src/parcel-tracking.md",
        format!("{before}## 📚 Technology Stack{after}"),
    );
    let of_book = book.findings();
    for chapter in ["src/parcel-tracking.md", "src/returns-portal.md"] {
        let run = book.run(&["check", "--format", "json", chapter]);
        let alone = found(&serde_json::from_str(&run.stdout).unwrap());
        let expected: Vec<_> = of_book.iter().filter(|found| found.path == chapter).cloned().collect();
        assert_eq!(alone, expected, "{chapter}");
    }
}

#[test]
fn what_was_not_checked_is_named_on_request() {
    let book = BookTest::example();
    book.toml("exclude = [\"archdoc.md\"]\n").file(
        "src/SUMMARY.md",
        "[I](introduction.md)\n\n- [P](parcel-tracking.md)\n- [R](returns-portal.md)\n- [A](archdoc.md)\n",
    );
    let run = book.run(&["check", "--format", "concise", "--skipped"]);
    let skipped: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| !line.contains("returns-portal"))
        .collect();
    assert_eq!(
        skipped,
        [
            "src/introduction.md: not a document",
            "src/archdoc.md: left out by book.toml"
        ]
    );
    assert_eq!(
        book.json()["skipped"],
        json!([
            { "path": "src/introduction.md", "why": "not a document" },
            { "path": "src/archdoc.md", "why": "left out by book.toml" },
        ])
    );
}

#[test]
fn chapters_that_are_listed_in_vain_are_named_and_counted() {
    let book = BookTest::example();
    book.file(
        "src/SUMMARY.md",
        "- [P](parcel-tracking.md)\n- [Gone](to/come.md)\n- [Theirs](../../theirs.md)\n- [Draft]()\n",
    );
    let run = book.run(&["check", "--format", "concise", "--skipped"]);
    assert_eq!(
        run.stdout,
        "src/SUMMARY.md:3:3: warning[unread-file]: `../theirs.md` lies outside the book's folder, and was not read\n\
         ../theirs.md: the file lies outside the book's folder\n\
         src/to/come.md: the file does not exist\n"
    );
    assert!(run.stderr.contains("2 chapters are not documents"), "{}", run.stderr);
    // What stops the host stops the command.
    for (path, bytes) in [("src/bad.md", &b"# B\xff"[..]), ("src/folder/a.md", b"# A\n")] {
        let name = path.trim_start_matches("src/").trim_end_matches("a.md");
        book.file(path, bytes)
            .file("src/SUMMARY.md", format!("- [A]({name})\n"));
        assert!(refused(&book, &["check"]).contains("mdBook cannot build the book either"));
    }
}

#[test]
fn the_option_outweighs_book_toml() {
    let book = flawed();
    assert_eq!(book.run(&["check", "--fail-on", "never"]).code, 0);
    book.toml("template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n");
    assert_eq!(book.run(&["check"]).code, 0);
    assert_eq!(book.run(&["check", "--fail-on", "error"]).code, 1);
}

#[test]
fn the_day_is_an_input() {
    let book = BookTest::small(SMALL_DOCUMENT);
    assert_eq!(book.json()["as_of"], "2026-11-22");
    let run = book.run(&["check", "--format", "json", "--as-of", "2024-02-29"]);
    assert_eq!(
        serde_json::from_str::<Value>(&run.stdout).unwrap()["as_of"],
        "2024-02-29"
    );
    assert_data_eq!(
        refused(&book, &["check", "--as-of", "2024-02-30"]),
        str![[r#"
error: invalid value '2024-02-30' for '--as-of <DATE>': parsed date is not valid: parameter 'day' for `2024-02` is invalid, must be in range `1..=29`

For more information, try '--help'.

"#]]
    );
    let mut odd = super::support::program(&book.path(""));
    let run = super::support::run(odd.arg("check").env("SOURCE_DATE_EPOCH", "today"), b"");
    assert_eq!(run.code, 2);
    assert_data_eq!(
        run.stderr,
        str![[r#"
error: SOURCE_DATE_EPOCH is `today`, not a number of seconds since 1970
  = help: set it to a number such as the output of `git log -1 --format=%ct`

"#]]
    );
}

#[test]
fn fix_shows_and_then_writes() {
    let book = BookTest::small(
        &SMALL_DOCUMENT
            .replace("- A gauge and a table", "- [Gauge]: mechanical")
            .replace(
                "## Limits\nSays nothing about wind.\n\n",
                "##Limits\r\nSays nothing about wind.\n\n",
            ),
    );
    let before = book.sources();
    let run = book.run(&["fix", "--diff"]);
    assert_eq!(run.code, 0);
    assert_data_eq!(
        run.stdout,
        str![[r#"
--- a/src/a.md
+++ b/src/a.md
@@ -9,9 +9,9 @@
 Tells boats when they can cross the bar.
 
 ## Parts
-- [Gauge]: mechanical
-
-##Limits
+- **Gauge**: mechanical
+
+## Limits
 Says nothing about wind.
 
 ## History

"#]]
    );
    assert_data_eq!(
        run.stderr,
        str![[r#"
archdoc: 2 findings can be fixed, 0 findings left
archdoc: nothing was changed, `--write` does it

"#]]
    );
    assert_eq!(book.sources(), before);
    assert_eq!(book.run(&["fix"]).stdout, book.run(&["fix", "--diff"]).stdout);
    assert_eq!(book.sources(), before);

    let run = book.run(&["fix", "--write"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_data_eq!(
        run.stderr,
        str![[r#"
archdoc: 2 findings fixed, 0 findings left

"#]]
    );
    let fixed = SMALL_DOCUMENT
        .replace("- A gauge and a table", "- **Gauge**: mechanical")
        .replace("## Limits\n", "## Limits\r\n");
    assert_eq!(book.read("src/a.md"), fixed);
    assert_eq!(book.findings(), []);
    let after = book.sources();
    assert_eq!(book.run(&["fix", "--write"]).code, 0);
    assert_eq!(book.sources(), after);
}

#[test]
fn a_diff_is_exact_and_messages_never_act_on_a_terminal() {
    let marked = "- [Gauge]: mechanical\n- \u{1b}[31ma table\u{1b}]0;x\u{7}\n";
    let book = BookTest::small(&SMALL_DOCUMENT.replace("- A gauge and a table\n", marked));
    let diff = book.run(&["fix", "--diff"]).stdout;
    assert!(diff.contains("\n - \u{1b}[31ma table\u{1b}]0;x\u{7}\n"), "{diff:?}");
    let refused = refused(&book, &["explain", "a\u{1b}[31m"]);
    assert!(!refused.contains('\u{1b}') && refused.contains("[31m"), "{refused:?}");
}

#[test]
fn suggested_fixes_are_applied_on_request_only() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("## Purpose", "## Purpos"));
    book.run(&["fix", "--write"]);
    assert!(book.read("src/a.md").contains("## Purpos\n"));
    book.run(&["fix", "--write", "--suggested"]);
    assert_eq!(book.read("src/a.md"), SMALL_DOCUMENT);
}

#[test]
fn fix_of_a_document_that_lacks_everything_converges() {
    let book = BookTest::small("# Service: Tides\n\n**Owner**: Maren Oltmanns\n**Status**: Draft\n");
    book.run(&["fix", "--write"]);
    let once = book.read("src/a.md");
    let missing: Vec<String> = places(&book.findings())
        .into_iter()
        .filter(|it| it.contains("missing"))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "{once}");
    book.run(&["fix", "--write"]);
    assert_eq!(book.read("src/a.md"), once);
    let body = SMALL_TEMPLATE.split_once("## Purpose").unwrap().1;
    for line in body.lines().filter(|line| !line.is_empty()) {
        assert_eq!(once.matches(line).count(), 1, "{line}\n{once}");
    }
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
