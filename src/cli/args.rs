//! What can be typed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use jiff::civil::Date;

use crate::output::Format;
use crate::settings::FailOn;

/// Holds architecture documents in an mdBook to their template.
///
/// Without a command it is the mdBook preprocessor: mdBook starts it and talks to it. To turn it on, add the line
/// `[preprocessor.archdoc]` to book.toml.
///
/// Exit codes: 0 clean, 1 findings at or above `fail-on`, 2 could not run.
#[derive(Debug, Parser)]
#[command(
    name = "mdbook-archdoc",
    version,
    after_long_help = "\
Examples:
  mdbook-archdoc check docs                        check the book in the folder docs
  mdbook-archdoc status docs                       see where it stands
  mdbook-archdoc explain missing-section           understand a finding
  mdbook-archdoc new architecture src/payments.md  begin a document"
)]
pub struct Args {
    /// The day that counts as today, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the documents of a book, as the build does
    Check(Check),
    /// Show where the documents stand: the overview of a book, or all of one document
    Status(Status),
    /// Print the change log of each document: its own rows and the commits that they do not tell of
    Changelog(Changelog),
    /// Show the fixes that are safe, and write them on request
    Fix(Fix),
    /// Write a new document from a template
    New(New),
    /// List templates, show what one demands, check one
    #[command(subcommand)]
    Template(TemplateCommand),
    /// List the rules with their levels
    Rules,
    /// Explain a rule: what it does, why, an example and its cure
    Explain(Explain),
    /// Say by the exit code whether an output is supported; mdBook asks this
    Supports(Supports),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mdbook-archdoc check                              the book around the current folder
  mdbook-archdoc check docs/src/payments.md         one document of a book
  mdbook-archdoc check --format concise --skipped   a line for each finding, and what was not checked")]
pub struct Check {
    /// The book's folder, or chapters of one book [default: the book around the current folder]
    #[arg(value_name = "BOOK|FILE")]
    pub paths: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, default_value = "full", value_parser = format())]
    pub format: Format,
    /// The severity from which on findings fail the run [default: `fail-on` in book.toml]
    #[arg(long, value_name = "LEVEL", value_parser = fail_on())]
    pub fail_on: Option<FailOn>,
    /// Name the chapters that are not documents, with the reason
    #[arg(long)]
    pub skipped: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mdbook-archdoc status                             the overview: documents, sections, what needs attention
  mdbook-archdoc status src/payments.md             one document, with its fields, its sections and its review
  mdbook-archdoc status --format json               all that was read: fields, sections, decisions, requirements, …
  mdbook-archdoc status --format markdown --output \"$GITHUB_STEP_SUMMARY\"")]
pub struct Status {
    /// The book's folder, or chapters of one book [default: the book around the current folder]
    #[arg(value_name = "BOOK|FILE")]
    pub paths: Vec<PathBuf>,
    /// How to print it; JSON holds all that was read
    #[arg(long, value_enum, default_value_t = StatusFormat::Text)]
    pub format: StatusFormat,
    /// Write it to this file instead of stdout; what the file held is gone
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum StatusFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mdbook-archdoc changelog                          of all documents of the book
  mdbook-archdoc changelog --document src/payments.md --since 1.2
`mdbook-archdoc fix --write` adds the rows that are missing to the documents.")]
pub struct Changelog {
    /// The book's folder [default: the book around the current folder]
    #[arg(value_name = "BOOK")]
    pub book: Option<PathBuf>,
    /// The chapter whose log is wanted: a file, from here or from the book's folder [default: all documents]
    #[arg(long, value_name = "PATH")]
    pub document: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ChangelogFormat::Markdown)]
    pub format: ChangelogFormat,
    /// Only what is newer than this version, or as new as this day, YYYY-MM-DD
    #[arg(long, value_name = "VERSION|DATE")]
    pub since: Option<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum ChangelogFormat {
    Markdown,
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mdbook-archdoc fix                                see what would change
  mdbook-archdoc fix --write src/payments.md        change it
A build never changes a file; only this command does.")]
pub struct Fix {
    /// The book's folder, or chapters of one book [default: the book around the current folder]
    #[arg(value_name = "BOOK|FILE")]
    pub paths: Vec<PathBuf>,
    /// Show the changes, and change nothing; what happens without --write
    #[arg(long, conflicts_with = "write")]
    pub diff: bool,
    /// Write the changes to the book's files
    #[arg(long)]
    pub write: bool,
    /// Apply the fixes too that are likely right and want a look
    #[arg(long)]
    pub suggested: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mdbook-archdoc new architecture src/payments.md --author \"Ada Park\" --summary
  mdbook-archdoc new adr src/decisions/0003-use-queues.md")]
pub struct New {
    /// The template: a built-in one (`template list` has them), a kind of book.toml, or a Markdown file of the book
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// The file to write, among the chapters of a book; one that is there is never overwritten
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// The title [default: made from the file's name]
    #[arg(long)]
    pub title: Option<String>,
    /// The author [default: the placeholder stays]
    #[arg(long)]
    pub author: Option<String>,
    /// Add the document to SUMMARY.md, behind the chapters of its folder
    #[arg(long)]
    pub summary: bool,
}

#[derive(Debug, Subcommand)]
pub enum TemplateCommand {
    /// List the built-in templates
    List,
    /// Show a template: as Markdown, or what it demands and which line demands it
    #[command(after_help = "\
Examples:
  mdbook-archdoc template show architecture > docs/template.md   begin a template of your own
  mdbook-archdoc template show docs/template.md --format tree")]
    Show {
        /// A built-in template, or a Markdown file: from here, or from the folder of the book around
        name: String,
        /// How to show it: the text, or what it demands, for people or programs
        #[arg(long, value_enum, default_value_t = TemplateFormat::Markdown)]
        format: TemplateFormat,
    },
    /// Check a template for what contradicts itself
    Check {
        /// A built-in template, or a Markdown file: from here, or from the folder of the book around
        name: String,
    },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum TemplateFormat {
    Markdown,
    Tree,
    Json,
}

#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The rule's name, as findings and `mdbook-archdoc rules` show it: `missing-section`
    pub rule: String,
}

#[derive(Debug, clap::Args)]
pub struct Supports {
    /// The output's name, `html`
    pub renderer: String,
}

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(|(name, _)| name)).try_map(|name| name.parse::<Format>())
}

fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::ALL.map(|(name, _)| name))
        .try_map(|name| FailOn::named(&name).ok_or("unknown level"))
}
