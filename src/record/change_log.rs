//! The change log that people wrote: its rows, whatever form it has.

use crate::document::Document;
use crate::outline::Outline;
use crate::source::Span;
use crate::template::Template;
use crate::values::DateReading;

/// A change log.
#[derive(Debug)]
pub struct ChangeLog {
    /// Its rows, in the order written.
    pub rows: Vec<LogRow>,
}

/// A row of a change log. A column that the log does not have is `None`, an empty cell is empty.
#[derive(Debug)]
pub struct LogRow {
    /// What stands for the date.
    pub date: Option<String>,
    /// What it says.
    pub reading: DateReading,
    /// What stands for the version.
    pub version: Option<String>,
    /// Who made the change.
    pub author: Option<String>,
    /// What changed.
    pub changes: Option<String>,
    /// The row's bytes.
    pub span: Span,
}

/// Reads the change log of a document.
pub fn read(_document: &Document, _outline: &Outline, _template: &Template) -> Option<ChangeLog> {
    None
}
