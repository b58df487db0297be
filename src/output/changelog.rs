//! The merged change logs of a book, as Markdown and as JSON. Pure: it renders, and computes nothing.

use jiff::civil::Date;

use super::wire;
use crate::facts::{LogEntry, LogSource, UNRELEASED};
use crate::history::short;
use crate::markdown::escaped;

/// The change log of a document.
#[derive(Debug)]
pub struct DocumentLog {
    /// The path of its chapter.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its rows, newest first.
    pub change_log: Vec<LogEntry>,
}

/// The logs as one line of JSON.
pub fn json(as_of: Date, documents: &[DocumentLog]) -> String {
    wire::documents(as_of, documents)
}

/// The logs as Markdown: a heading and a table each.
pub fn markdown(documents: &[DocumentLog]) -> String {
    let mut text = String::new();
    for document in documents {
        if !text.is_empty() {
            text.push('\n');
        }
        let name = if document.title.is_empty() {
            &document.path
        } else {
            &document.title
        };
        text.push_str(&format!("## {}\n\n", escaped(name)));
        if document.change_log.is_empty() {
            text.push_str("No changes.\n");
            continue;
        }
        text.push_str("| Date | Version | Author | Changes |\n|------|---------|--------|---------|\n");
        for entry in &document.change_log {
            text.push_str(&row(entry));
        }
    }
    text
}

fn row(entry: &LogEntry) -> String {
    let shown = |text: &Option<String>| escaped(text.as_deref().unwrap_or(""));
    let mut changes = shown(&entry.changes);
    let version = match (&entry.version, entry.source) {
        (None, LogSource::Git) => UNRELEASED.to_owned(),
        (version, _) => shown(version),
    };
    if let Some(short) = entry.commit.as_deref().map(short) {
        let sections: String = entry
            .sections
            .iter()
            .map(|section| format!("{}, ", escaped(section)))
            .collect();
        let sections = sections
            .strip_suffix(", ")
            .map(|all| format!("{all}; "))
            .unwrap_or_default();
        changes.push_str(&format!(" ({sections}`{short}`)"));
    }
    let date = entry
        .iso_date
        .as_ref()
        .or(entry.date.as_ref())
        .map(|date| escaped(date))
        .unwrap_or_default();
    format!("| {date} | {version} | {} | {changes} |\n", shown(&entry.author))
}
