//! A change log as a list, an item for each version or each day. It must never read a list of which some items are
//! something else.

use std::ops::Range;

use super::super::reader::{Row, Said};
use super::columns::Columns;
use super::head::{self, Head};
use super::rows;
use super::text::{Reading, folded};
use super::{ChangeLog, ColumnRole, LogColumn, LogForm};
use crate::document::{Block, BlockKind, Document, Item, List};
use crate::source::{Span, after_line, start_of_line};

/// An entry of a list, or a version with its heading.
pub(super) struct Entry {
    pub span: Span,
    pub head: Head,
    /// The text that the head is of.
    pub reading: Reading,
    /// What stands below it.
    pub below: Vec<String>,
    /// Where that ends.
    pub end: usize,
}

/// Reads lists, one directly below the other, of which every item begins with a date or a version.
pub(super) fn read(document: &Document, lists: &[&List]) -> Option<ChangeLog> {
    let items = lists
        .iter()
        .flat_map(|list| &list.items)
        .filter(|item| !item.blocks.is_empty());
    let entries: Vec<Entry> = items.map(|item| entry(document, item)).collect::<Option<_>>()?;
    let span = Span::new(entries.first()?.span.start, entries.last()?.span.end);
    log(document, entries, LogForm::List, span)
}

fn entry(document: &Document, item: &Item) -> Option<Entry> {
    if item.task.is_some() {
        return None;
    }
    let reading = Reading::of(&item.paragraph()?.runs, &document.text);
    let head = head::head(&reading.text, reading.strong)?;
    let mut below = Vec::new();
    for block in item.blocks.iter().skip(1) {
        texts(document, block, 0, &mut below);
    }
    Some(Entry::new(document, item.span, head, reading, below))
}

/// The texts of a block as a reader reads them, a line each.
pub(super) fn texts(document: &Document, block: &Block, depth: usize, lines: &mut Vec<String>) {
    match &block.kind {
        BlockKind::Heading(inlines) | BlockKind::Paragraph(inlines) => {
            lines.push(folded(&Reading::of(&inlines.runs, &document.text).text));
        }
        BlockKind::Table(table) => {
            for row in std::iter::once(&table.header).chain(&table.rows) {
                let cells = row.cells.iter().map(|cell| document.plain(cell));
                lines.push(cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" "));
            }
        }
        BlockKind::Code(code) => lines.push(document.text.get(code.body).trim_end().to_owned()),
        _ if depth < 64 => block
            .children()
            .for_each(|block| texts(document, block, depth + 1, lines)),
        _ => {}
    }
}

/// The change log that some entries are.
pub(super) fn log(document: &Document, entries: Vec<Entry>, form: LogForm, span: Span) -> Option<ChangeLog> {
    let first = entries.first()?;
    let mut order = vec![ColumnRole::Version, ColumnRole::Date];
    if first.head.date_first {
        order.reverse();
    }
    order.extend([ColumnRole::Author, ColumnRole::Changes]);
    let used = |role: &ColumnRole| {
        *role == ColumnRole::Changes || entries.iter().any(|entry| entry.head.part(*role).is_some())
    };
    order.retain(used);
    let all = entries.iter().map(|entry| entry.row(&order)).collect();
    let named = order.iter().map(|role| LogColumn {
        role: *role,
        header: String::new(),
        span: Span::at(span.start),
    });
    let named = named.collect();
    let columns = Columns {
        roles: order,
        ..Columns::default()
    };
    let rows = rows::rows(all, &columns);
    Some(ChangeLog {
        form,
        columns: named,
        direction: rows::direction(&rows),
        heading: None,
        top: start_of_line(document.text.as_str(), span.start),
        bottom: after_line(document.text.as_str(), span.end),
        span,
        rows,
    })
}

impl Head {
    fn part(&self, role: ColumnRole) -> Option<&Range<usize>> {
        match role {
            ColumnRole::Date => self.date.as_ref(),
            ColumnRole::Version => self.version.as_ref(),
            ColumnRole::Author => self.author.as_ref(),
            ColumnRole::Changes | ColumnRole::Status | ColumnRole::Other => None,
        }
    }
}

impl Entry {
    /// An entry that stands in a place, without the white space at its end.
    pub fn new(document: &Document, place: Span, head: Head, reading: Reading, below: Vec<String>) -> Self {
        let end = place.start + document.text.get(place).trim_end().len();
        Self {
            span: Span::new(place.start, end),
            head,
            reading,
            below,
            end,
        }
    }

    fn row(&self, order: &[ColumnRole]) -> Row {
        let cell = |role: &ColumnRole| match (role, self.head.part(*role)) {
            (ColumnRole::Changes, _) => self.changes(),
            (_, Some(range)) => self.reading.part(range.start, range.end),
            (_, None) => Said::new("", Span::at(self.span.start)),
        };
        Row {
            span: self.span,
            cells: order.iter().map(cell).collect(),
        }
    }

    fn changes(&self) -> Said {
        let own = self.reading.part(self.head.rest, self.reading.text.len());
        let lines = std::iter::once(&own.text)
            .chain(&self.below)
            .filter(|line| !line.is_empty());
        let text = lines.map(String::as_str).collect::<Vec<_>>().join("\n");
        let end = if self.below.is_empty() { own.span.end } else { self.end };
        Said::new(text, Span::new(own.span.start, end))
    }
}
