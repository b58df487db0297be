//! The change log of the whole book: what people wrote, and the commits that they forgot, a row a commit.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Book, Cell, PageBlock, Table, Tone};
use crate::facts::{Digest, LogEntry, LogSource, UNRELEASED, commit_address};
use crate::history::short;

/// A row of the book's log: a row of a document's, or a commit to one or several documents.
struct Row<'a> {
    entry: &'a LogEntry,
    documents: Vec<(&'a Digest, &'a LogEntry)>,
}

/// The versions over time, and the log by month.
pub fn parts(book: &Book<'_>) -> Vec<PageBlock> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut commits: BTreeMap<&str, usize> = BTreeMap::new();
    for digest in book.documents.iter().copied() {
        let mut entries: Vec<&LogEntry> = digest.change_log.iter().collect();
        if !digest.newest_first {
            entries.reverse();
        }
        for entry in entries {
            if let Some(at) = entry.commit.as_deref().and_then(|hash| commits.get(hash).copied()) {
                if let Some(row) = rows.get_mut(at) {
                    row.documents.push((digest, entry));
                }
                continue;
            }
            if let Some(hash) = &entry.commit {
                commits.insert(hash, rows.len());
            }
            rows.push(Row {
                entry,
                documents: vec![(digest, entry)],
            });
        }
    }
    // The newest first; what has no day that is certain comes last, in the order of its own log.
    rows.sort_by_key(|row| Reverse((row.entry.iso_date.as_deref(), row.entry.time)));
    let mut parts = Vec::new();
    let versions = versions(book);
    if versions.columns.len() > 2 && !book.own {
        parts.extend(book.shown(versions, "No version"));
    }
    let mut left = book.rows();
    let all = rows.len();
    let mut months: Vec<(String, Vec<Row<'_>>)> = Vec::new();
    for row in rows {
        let month = row.entry.iso_date.as_deref().and_then(|date| date.get(..7));
        let month = month.unwrap_or("Without a certain date").to_owned();
        match months.last_mut() {
            Some((last, rows)) if *last == month => rows.push(row),
            _ => months.push((month, vec![row])),
        }
    }
    for (month, rows) in months {
        if left == 0 {
            break;
        }
        parts.push(PageBlock::Caption(month));
        let mut table = Table::new("Changes", &["Date", "Document", "Version", "Author", "Changes"]);
        table.rows = rows.iter().take(left).map(|row| cells(book, row)).collect();
        left -= table.rows.len();
        parts.push(PageBlock::Table(table.without_empty_columns()));
    }
    if all == 0 {
        parts.push(PageBlock::Paragraph(Cell::text("No change.")));
    } else {
        parts.extend(book.more(all.saturating_sub(book.rows())));
    }
    parts
}

fn cells(book: &Book<'_>, row: &Row<'_>) -> Vec<Cell> {
    let entry = row.entry;
    let text = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
    let documents = row
        .documents
        .iter()
        .map(|(digest, _)| book.document(digest, &digest.target));
    let mut versions: Vec<&str> = row
        .documents
        .iter()
        .filter_map(|(_, entry)| match (&entry.version, entry.source) {
            (Some(version), _) => Some(version.as_str()),
            (None, LogSource::Git) => Some(UNRELEASED),
            (None, LogSource::Table) => None,
        })
        .collect();
    versions.dedup();
    let sections: BTreeSet<&str> = row
        .documents
        .iter()
        .flat_map(|(_, entry)| &entry.sections)
        .map(String::as_str)
        .collect();
    let mut changes = text(&entry.changes);
    if let Some((hash, short)) = entry.commit.as_deref().map(|hash| (hash, short(hash))) {
        let sections: Vec<&str> = sections.into_iter().collect();
        if !sections.is_empty() {
            changes = changes.and(format!(": {}", sections.join(", ")));
        }
        changes = match book.repository.and_then(|repository| commit_address(repository, hash)) {
            Some(address) => changes.and(" (").and_away(short, address).and(")"),
            None => changes.and(format!(" ({short})")),
        };
    }
    vec![
        Cell::whole(entry.date.clone().unwrap_or_default()),
        Cell::listed(documents.filter(|cell| !cell.is_empty())),
        Cell::text(versions.join(", ")),
        text(&entry.author),
        changes,
    ]
}

/// Documents by quarters, with the versions that came in each.
fn versions(book: &Book<'_>) -> Table {
    let quarter = |entry: &LogEntry| -> Option<String> {
        let date = entry.iso_date.as_deref()?;
        let month: u8 = date.get(5..7)?.parse().ok()?;
        Some(format!("{} Q{}", date.get(..4)?, month.div_ceil(3)))
    };
    let written = |digest: &Digest| -> Vec<(String, String)> {
        let entries = digest
            .change_log
            .iter()
            .filter(|entry| entry.source == LogSource::Table);
        entries
            .filter_map(|entry| Some((quarter(entry)?, entry.version.clone()?)))
            .collect()
    };
    let mut quarters: BTreeSet<String> = BTreeSet::new();
    for digest in book.documents {
        quarters.extend(written(digest).into_iter().map(|(quarter, _)| quarter));
    }
    let mut table = Table::new("Versions over time", &["Document"]);
    table.grid = true;
    table.columns.extend(quarters.iter().cloned());
    for digest in book.documents {
        let own = written(digest);
        if own.is_empty() {
            continue;
        }
        let mut row = vec![Cell::link(digest.name(), &digest.target)];
        for column in &quarters {
            let mut here: Vec<&str> = own
                .iter()
                .filter(|(quarter, _)| quarter == column)
                .map(|(_, version)| version.as_str())
                .collect();
            here.sort_unstable();
            here.dedup();
            let tone = if here.is_empty() { Tone::Plain } else { Tone::Good };
            row.push(Cell::text(here.join(", ")).toned(tone));
        }
        table.rows.push(row);
    }
    table
}
