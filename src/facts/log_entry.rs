//! The merged change log as rows that leave the document: for JSON, for the command line, for the book's own log.

use super::{Facts, Unlogged};
use crate::markdown::one_line;
use crate::record::{Direction, LogRow};
use crate::values::{Version, is_plausible_version, read_date, read_version};

/// A row of a merged change log. Texts are as a reader reads them.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// When a commit was made, in seconds, for the order within a day.
    pub time: Option<i64>,
    /// The sections that a commit changed.
    pub sections: Vec<String>,
    /// Where it comes from.
    pub source: LogSource,
    /// The full hash of a commit.
    pub commit: Option<String>,
}

/// Where a row of a merged change log comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
            time: None,
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
            time: Some(one.commit.time),
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
        if self.begins_with_newest() {
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
        if !self.begins_with_newest() {
            log.reverse();
        }
        log
    }

    /// Whether the newest row of the merged change log is its first one.
    pub fn begins_with_newest(&self) -> bool {
        let log = self.records.change_log.as_ref();
        log.is_none_or(|log| log.direction == Direction::Descending)
    }
}

/// From where on the rows of a log are wanted.
#[derive(Debug, Clone)]
pub enum Since {
    /// From this day on: `YYYY-MM-DD`, or no more of it than the month or the year.
    Date(String),
    /// What came after this version.
    Version(Version),
}

impl Since {
    /// Reads a version or a date; `None` where the text is neither. Words are no version here: `yesterday` would be one.
    pub fn read(text: &str) -> Option<Self> {
        // `2.1` and `2026.01` are versions, `2026-01` is a month.
        let dashed = text.contains(|c: char| matches!(c, '-' | '/') || c.is_whitespace());
        match read_date(text).iso_text().filter(|_| dashed) {
            Some(date) => Some(Self::Date(date)),
            None => read_version(text)
                .filter(|_| is_plausible_version(text))
                .map(Self::Version),
        }
    }

    /// The rows of a log, newest first, that are as new. Of a log that has not the version, those that are newer by
    /// their own.
    pub fn of(&self, log: Vec<LogEntry>) -> Vec<LogEntry> {
        match self {
            Self::Date(date) => {
                let recent =
                    |own: &String| own.get(..date.len().min(own.len())) >= date.get(..own.len().min(date.len()));
                let rows = log.into_iter();
                rows.filter(|entry| entry.iso_date.as_ref().is_none_or(recent))
                    .collect()
            }
            Self::Version(version) => {
                let reached = |entry: &LogEntry| {
                    let own = entry.version.as_deref().and_then(read_version);
                    own.is_some_and(|own| own == *version || own.comparable(version) && own < *version)
                };
                log.into_iter().take_while(|entry| !reached(entry)).collect()
            }
        }
    }
}
