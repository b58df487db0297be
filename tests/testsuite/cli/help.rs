//! The help of the program and of its commands, word for word.

use super::*;

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
fn help_of_the_commands_that_show() {
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
}

#[test]
fn help_of_new() {
    let book = BookTest::new();
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
}

#[test]
fn help_of_template() {
    let book = BookTest::new();
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
}

#[test]
fn help_of_template_show_and_check() {
    let book = BookTest::new();
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
fn help_of_check_and_fix() {
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
}

#[test]
fn help_of_the_commands_about_rules() {
    let book = BookTest::new();
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
