//! The merged change log as rows that leave the document: for JSON, for the command line, for the book's own log.

use serde::Serialize;

use super::{Facts, Unlogged};
use crate::markdown::one_line;
use crate::naming;
use crate::record::{Direction, LogRow};
use crate::values::read_date;

/// A row of a merged change log. Texts are as a reader reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// What stands for the date; of a commit its day.
    pub date: Option<String>,
    /// What it says, `YYYY-MM-DD`; none where that would be a guess.
    pub iso_date: Option<String>,
    /// The version; none for a commit that no version has yet.
    pub version: Option<String>,
    /// Who made the change.
    pub author: Option<String>,
    /// What changed.
    pub changes: Option<String>,
    /// The sections that a commit changed.
    #[serde(skip)]
    pub sections: Vec<String>,
    /// Where it comes from.
    pub source: LogSource,
    /// The full hash of a commit.
    pub commit: Option<String>,
}

/// Where a row of a merged change log comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogSource {
    /// Somebody wrote it.
    Table,
    /// It is a commit.
    Git,
}

impl LogEntry {
    fn of_row(row: &LogRow) -> Self {
        Self {
            date: row.date.clone(),
            iso_date: row.reading.iso_text(),
            version: row.version.clone(),
            author: row.author.clone(),
            changes: row.changes.clone(),
            sections: Vec::new(),
            source: LogSource::Table,
            commit: None,
        }
    }

    fn of_commit(one: &Unlogged<'_>) -> Self {
        let date = one.commit.date.map(|date| date.to_string());
        Self {
            iso_date: date.clone(),
            date,
            version: one.version.clone(),
            author: Some(one_line(&one.commit.author)),
            changes: Some(one.text.clone()),
            sections: one.sections.clone(),
            source: LogSource::Git,
            commit: Some(one.commit.hash.clone()),
        }
    }
}

impl Facts<'_> {
    /// The merged change log in the order of the document's own: the rows that people wrote, and at their newer end the
    /// commits that they do not tell of.
    pub fn log(&self) -> Vec<LogEntry> {
        let log = self.records.change_log.as_ref();
        let mut rows: Vec<LogEntry> = log.iter().flat_map(|log| &log.rows).map(LogEntry::of_row).collect();
        let mut commits: Vec<LogEntry> = self.unlogged().iter().map(LogEntry::of_commit).collect();
        if log.is_none_or(|log| log.direction == Direction::Descending) {
            commits.extend(rows);
            return commits;
        }
        commits.reverse();
        rows.extend(commits);
        rows
    }

    /// The merged change log, the newest row first.
    pub fn log_newest_first(&self) -> Vec<LogEntry> {
        let mut log = self.log();
        let direction = self.records.change_log.as_ref().map(|log| log.direction);
        if direction.is_some_and(|direction| direction != Direction::Descending) {
            log.reverse();
        }
        log
    }
}

/// The rows of a log, newest first, that are newer than a version or as new as a day. A version that no row has leaves
/// all of them.
pub fn since(log: Vec<LogEntry>, since: &str) -> Vec<LogEntry> {
    if let Some(date) = read_date(since).iso_text() {
        return log
            .into_iter()
            .filter(|entry| entry.iso_date.as_ref().is_none_or(|own| *own >= date))
            .collect();
    }
    let wanted = naming::normalise(since);
    let is_it = |entry: &LogEntry| {
        entry
            .version
            .as_ref()
            .is_some_and(|version| naming::normalise(version) == wanted)
    };
    log.into_iter().take_while(|entry| !is_it(entry)).collect()
}
