//! Tables: the names of their columns and the rows that somebody filled in, each cell with its place. It finds columns
//! by their names, and never by where they stand.

use super::{Line, Said};
use crate::document::{self, Document, Inlines, Table, UnitKind};
use crate::naming;
use crate::source::Span;

/// A table.
#[derive(Debug)]
pub struct Grid {
    /// The header's cells, normalised.
    pub columns: Vec<String>,
    /// The rows below the header.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its bytes.
    pub span: Span,
    /// What stands in its cells.
    pub cells: Vec<Said>,
}

/// A row with the names of its table's columns.
#[derive(Debug, Clone, Copy)]
pub struct NamedRow<'g> {
    pub(super) grid: &'g Grid,
    pub(super) row: &'g Row,
}

impl Grid {
    /// The tables among some lines, with the rows that somebody filled in.
    pub fn of(lines: &[Line<'_>]) -> Vec<Self> {
        let mut grids = Vec::new();
        for (line, behind) in super::with_rest(lines).filter(|(line, _)| line.unit.kind == UnitKind::Header) {
            let document = line.place().document;
            grids.extend(line.place().table().map(|table| {
                let end = behind.iter().position(|line| !line.is_row()).unwrap_or(behind.len());
                let mut filled = behind.iter().take(end).filter(|line| !line.unsaid).peekable();
                let is_filled = |row: &&document::Row| filled.next_if(|line| line.unit.span == row.span).is_some();
                let rows: Vec<&document::Row> = table.rows.iter().filter(is_filled).collect();
                Self::new(document, table, rows, |cell| document.plain(cell))
            }));
        }
        grids
    }

    /// Some rows of a table, with the text that `shown` gives each cell.
    pub fn new<'d>(
        document: &Document,
        table: &Table,
        rows: impl IntoIterator<Item = &'d document::Row>,
        shown: impl Fn(&Inlines) -> String,
    ) -> Self {
        let header = table.header.cells.iter();
        Self {
            columns: header.map(|cell| naming::normalise(&document.plain(cell))).collect(),
            rows: rows.into_iter().map(|row| Row::new(row, &shown)).collect(),
        }
    }

    /// Whether a column has one of these names.
    pub fn is_named(&self, column: usize, names: &[&str]) -> bool {
        self.columns
            .get(column)
            .is_some_and(|name| names.contains(&name.as_str()))
    }

    /// What stands in the cells of a column.
    pub fn texts(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.text(Some(column)))
    }

    /// The first column whose name is as asked for.
    pub fn position(&self, is: impl Fn(&str) -> bool) -> Option<usize> {
        self.columns.iter().position(|name| is(name))
    }

    /// The first column whose name is one of `names` or has one of them as a word; earlier names go first.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let whole = |name: &&str| self.position(|column| column == *name);
        let word = |name: &&str| self.position(|column| column.split(' ').any(|word| word == *name));
        names.iter().find_map(whole).or_else(|| names.iter().find_map(word))
    }
}

impl Row {
    /// A row with the text that `shown` gives each cell.
    pub fn new(row: &document::Row, shown: impl Fn(&Inlines) -> String) -> Self {
        let cells = row.cells.iter().map(|cell| Said::new(shown(cell), cell.span));
        Self {
            span: row.span,
            cells: cells.collect(),
        }
    }

    /// What stands in a column, where there is such a one.
    pub fn cell(&self, column: Option<usize>) -> Option<&Said> {
        self.cells.get(column?)
    }

    /// The text of a column's cell.
    pub fn text(&self, column: Option<usize>) -> Option<&str> {
        self.cell(column).map(|cell| cell.text.as_str())
    }

    /// The cell of a column, where it says something.
    pub fn filled(&self, column: Option<usize>) -> Option<&Said> {
        self.cell(column).filter(|cell| !cell.text.is_empty())
    }
}

impl NamedRow<'_> {
    /// What it says in the column of one of these names, which are normalised.
    pub fn value(&self, names: &[&str]) -> Option<Said> {
        let column = self.grid.position(|name| names.contains(&name));
        let cell = self.row.cell(column)?;
        let nothing = matches!(cell.text.as_str(), "" | "-" | "–" | "—" | "?");
        (!nothing).then(|| cell.clone())
    }
}
