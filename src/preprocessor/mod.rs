//! mdBook's protocol: a book comes in, the enriched book goes out. The only room that knows the host's JSON.
//!
//! It never prints and never exits: what there is to say goes back to its caller, beside the book.

mod embed;
mod envelope;
mod pages;

use std::collections::BTreeMap;

use jiff::civil::Date;
use semver::Version;

pub use embed::Archdoc;
pub use envelope::{Envelope, EnvelopeError};

use crate::book::{Listed, chapters};
use crate::check::{Asked, Checked, Request, check, fails};
use crate::config::{self, Config};
use crate::edit::apply;
use crate::enrich::{enrich, host_edits};
use crate::files::Files;
use crate::history::Git;
pub use crate::history::Pipeline;
use crate::output::{Format, Report, render, summary_line};
use crate::rules;
use pages::{BookPages, Kept};

/// What a build is told besides the book.
#[derive(Debug, Clone, Copy)]
pub struct Build {
    /// The day that counts as today.
    pub as_of: Date,
    /// Whether messages may have colours.
    pub colour: bool,
    /// The pipeline that the build runs in, if it is one.
    pub pipeline: Option<Pipeline>,
}

/// The answer to the host.
#[derive(Debug)]
pub struct Answer {
    /// The book, as JSON: what stdout gets.
    pub book: Vec<u8>,
    /// What people should read; empty for an output that is not the book's first one.
    pub messages: String,
    /// Whether the findings fail the build.
    pub failed: bool,
}

/// What a book's chapters become, and what is to be said about it.
struct Processed {
    contents: BTreeMap<usize, String>,
    messages: String,
    failed: bool,
}

/// The host's book, whatever form it came in.
struct HostBook<'a> {
    root: &'a str,
    renderer: &'a str,
    version: &'a str,
    config: serde_json::Value,
    chapters: Vec<Listed<'a>>,
}

/// Answers the host's message.
///
/// # Errors
/// Where the message is not what mdBook sends.
pub fn answer(input: &[u8], build: Build) -> Result<Answer, EnvelopeError> {
    let envelope = Envelope::decode(input)?;
    let listed = envelope.chapters().iter().map(|chapter| Listed {
        name: &chapter.name,
        source: chapter.path.as_ref().and(chapter.source_path.as_deref()),
        page: chapter.path.as_deref(),
        content: Some(&chapter.content),
        depth: chapter.depth,
    });
    let processed = process(
        HostBook {
            root: envelope.root(),
            renderer: envelope.renderer(),
            version: envelope.mdbook_version(),
            config: envelope.config()?,
            chapters: listed.collect(),
        },
        build,
    );
    Ok(Answer {
        book: envelope.encode(&processed.contents),
        messages: processed.messages,
        failed: processed.failed,
    })
}

fn process(host: HostBook<'_>, build: Build) -> Processed {
    let files = Files::new(host.root);
    let book_toml = files.read("book.toml").ok();
    let (mut config, mut problems) = config::read(&host.config, book_toml.as_ref(), &rules::names());
    if is_before_0_5(host.version) {
        config.dialect.admonitions = false;
        config.dialect.definition_lists = false;
        config.dialect.smart_punctuation = false;
    }
    let contents: Vec<Option<&str>> = host.chapters.iter().map(|chapter| chapter.content).collect();
    let served = host
        .chapters
        .iter()
        .map(|chapter| Some(pages::served(chapter.page?, &host.config)));
    let served: Vec<Option<String>> = served.collect();
    let listed = host.chapters.into_iter().zip(&served).map(|(chapter, page)| Listed {
        page: page.as_deref(),
        ..chapter
    });
    let chapters = chapters(&files, &config.src, listed);
    let paths: Vec<&str> = chapters.iter().map(|chapter| chapter.path.as_str()).collect();
    problems.extend(config::unmatched(&config, &paths));
    let book_pages = BookPages::of(&contents, &config, host.renderer, &files);
    let git = Git::default();
    let request = Request {
        config: &config,
        problems: &problems,
        book_toml: book_toml.as_ref(),
        files: &files,
        as_of: build.as_of,
        history: Asked {
            source: &git,
            pipeline: build.pipeline,
        },
        only: &[],
    };
    let checked = check(request, &chapters, |document, facts, found| {
        let mut edits = enrich(facts, config.enrich, config.repository_url.as_deref());
        let digest = book_pages.digest(document, facts, found, config.dialect);
        if let Some(digest) = &digest {
            edits.extend(book_pages.in_document(facts, digest, config.enrich));
        }
        let changed = document.chapters.iter().filter_map(|chapter| {
            let content = contents.get(chapter.index).copied().flatten()?;
            let edits = host_edits(&document.document, &chapter.file, &edits, content);
            (!edits.is_empty()).then(|| (chapter.index, apply(content, &edits).0))
        });
        Kept {
            contents: changed.collect(),
            chapters: document.chapters.iter().map(|chapter| chapter.index).collect(),
            digest,
        }
    });
    let mut changed: BTreeMap<usize, String> = book_pages.elsewhere(&chapters, &checked.documents, build.as_of);
    let first = first_output(&config, &host.config).is_none_or(|first| first == host.renderer);
    Processed {
        messages: if first {
            messages(&checked, build)
        } else {
            String::new()
        },
        failed: !config.serving && fails(&checked.diagnostics, config.fail_on),
        contents: {
            changed.extend(checked.documents.into_iter().flat_map(|kept| kept.contents));
            changed
        },
    }
}

fn messages<T>(checked: &Checked<T>, build: Build) -> String {
    let skipped: Vec<(String, String)> = checked
        .skipped
        .iter()
        .map(|(path, why)| (path.clone(), why.text()))
        .collect();
    let report = Report {
        as_of: build.as_of,
        documents: checked.documents.len(),
        skipped: &skipped,
        diagnostics: &checked.diagnostics,
        suppressed: checked.suppressed,
    };
    let mut text = render(&report, Format::Full, build.colour);
    text.push_str(&summary_line(&report));
    text.push('\n');
    text
}

/// The first output for which the host runs archdoc: findings are the same for all, and said once.
fn first_output<'c>(config: &'c Config, value: &serde_json::Value) -> Option<&'c str> {
    let only = value
        .pointer("/preprocessor/archdoc/renderers")
        .and_then(serde_json::Value::as_array);
    let runs =
        |output: &&String| only.is_none_or(|only| only.iter().any(|name| name.as_str() == Some(output.as_str())));
    config.outputs.iter().find(runs).map(String::as_str)
}

/// mdBook 0.4 has neither admonitions nor definition lists.
fn is_before_0_5(version: &str) -> bool {
    Version::parse(version).is_ok_and(|version| version < Version::new(0, 5, 0))
}

/// Whether archdoc runs for an output. `test` is none: rustdoc would read the pages as the author's code.
pub fn supports(renderer: &str) -> bool {
    renderer != "test"
}
