//! What is kept of a change log: its form, its columns, its rows and where they stand. It judges nothing.

use crate::document::HeadingId;
use crate::source::Span;
use crate::values::{DateReading, Version};

/// A change log.
#[derive(Debug)]
pub struct ChangeLog {
    /// How it is written.
    pub form: LogForm,
    /// Its columns, in the document's own order. A list or headings have those that are used, without a header.
    pub columns: Vec<LogColumn>,
    /// Its rows, in the order written. Blank ones are left out.
    pub rows: Vec<LogRow>,
    /// Which of its ends is the newer one.
    pub direction: Direction,
    /// The heading that it stands under.
    pub heading: Option<HeadingId>,
    /// All of it: the table with its header, the list, the versions with what stands below them.
    pub span: Span,
    /// Where a row goes that is to be the first one: the start of a line.
    pub top: usize,
    /// Where a row goes that is to be the last one: behind the end of a line, or the end of the text. Blank rows that
    /// a template left stand behind it.
    pub bottom: usize,
}

/// How a change log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogForm {
    /// A table.
    Table,
    /// Lines that a person reads as a table and the parser does not, at least not all of them.
    LooseTable,
    /// A list, an item for each row.
    List,
    /// A heading of this level for each version.
    Headings(u8),
    /// A line that begins in bold for each row, and what stands below it.
    Lines,
}

/// A column of a change log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogColumn {
    /// What it holds.
    pub role: ColumnRole,
    /// Its header as a reader reads it.
    pub header: String,
    /// The header's bytes.
    pub span: Span,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRole {
    /// When.
    Date,
    /// The version.
    Version,
    /// Who; where no column says who wrote it, who approved it.
    Author,
    /// What changed.
    Changes,
    /// How far the version has come.
    Status,
    /// Anything else.
    Other,
}

/// Which way a change log grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The newest row is the last one.
    Ascending,
    /// The newest row is the first one.
    Descending,
    /// Its rows do not say.
    Unknown,
}

/// A row of a change log. A column that the log does not have is `None`, an empty cell is empty. Texts are as a reader
/// reads them, with a line end where the cell has one.
#[derive(Debug)]
pub struct LogRow {
    /// What stands for the date.
    pub date: Option<String>,
    /// What it says; `Empty` where there is no date.
    pub reading: DateReading,
    /// What stands for the version.
    pub version: Option<String>,
    /// What it says, if it is one.
    pub version_reading: Option<Version>,
    /// Who made the change.
    pub author: Option<String>,
    /// What changed. Rows below that carry nothing but more of it have theirs here too.
    pub changes: Option<String>,
    /// The row's bytes, without its line end.
    pub span: Span,
    /// The bytes of what stands in each of the log's columns; empty spans where nothing does.
    pub cells: Vec<Span>,
    /// The rows below that were read as part of this one.
    pub more: Vec<Span>,
    /// Whether date and version are empty because they are those of the row above, though somebody else is named.
    pub continues: bool,
    /// Whether it says of itself that it is yet to come: `2.0 | TBD`, `Unreleased`.
    pub planned: bool,
    /// Whether something in it is still to be filled in: `[Name]`, `YYYY-MM-DD`.
    pub placeholder: bool,
}

impl ColumnRole {
    /// All that a change log has one column for.
    pub(super) const NAMED: [Self; 5] = [Self::Date, Self::Version, Self::Author, Self::Changes, Self::Status];

    /// Whether what stands in its column says something of a change.
    pub(super) fn counts(self) -> bool {
        !matches!(self, Self::Status | Self::Other)
    }
}

impl ChangeLog {
    /// The column that holds `role`, by its index.
    pub fn column(&self, role: ColumnRole) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }

    /// The place of what a row says in one of its columns; the row itself where it says nothing there.
    pub fn cell(&self, row: &LogRow, role: ColumnRole) -> Span {
        let cell = self.column(role).and_then(|column| row.cells.get(column));
        cell.copied().filter(|cell| !cell.is_empty()).unwrap_or(row.span)
    }

    /// The newest row that tells of something that has happened; none where the rows do not say which it is.
    pub fn newest(&self) -> Option<&LogRow> {
        let mut done = self.rows.iter().filter(|row| !row.planned && !row.continues);
        match self.direction {
            Direction::Ascending => done.next_back(),
            Direction::Descending => done.next(),
            Direction::Unknown => done.next().filter(|_| done.next().is_none()),
        }
    }
}
