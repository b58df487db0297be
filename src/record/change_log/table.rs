//! Tables: those that the parser sees, and lines that a person reads as one although a blank line, a rule of another
//! width or a comment keeps the parser from it. It must never go back over a line, and never take prose for a row.

use super::super::reader::{Row, Said};
use super::columns::{self, Columns};
use super::rows;
use super::text::{Reading, folded};
use super::{ChangeLog, ColumnRole, Label, LogColumn, LogForm};
use crate::document::{self, Block, BlockKind, Document, Inlines, Run};
use crate::source::{Span, Text, after_line, start_of_line};
use crate::values::{DateReading, is_plausible_version, read_dates, read_version};

/// A table whose header names the columns of a change log.
#[derive(Debug)]
pub(super) struct LogTable {
    header: Row,
    rows: Vec<Row>,
    pub columns: Columns,
    form: LogForm,
    /// Whether the rule below the header is there.
    pub ruled: bool,
    /// Whether most rows have more cells than the header.
    wide: bool,
    /// The line above the header, where it stands in the same paragraph.
    pub label: Option<Label>,
    /// Where a first row goes.
    top: usize,
    /// The block that follows it.
    pub next: usize,
}

/// The longest header, in bytes; what is longer is a sentence.
const MAX_HEADER: usize = 80;

/// A line that may be a row.
struct Line {
    row: Row,
    /// Whether a pipe stands in it.
    piped: bool,
    /// Whether it begins with one.
    opened: bool,
}

/// The table that begins in the block at `at`, if its header is that of a change log.
pub(super) fn grid(document: &Document, blocks: &[Block], at: usize) -> Option<LogTable> {
    let block = blocks.get(at)?;
    let lines = lines(document, block)?;
    let parsed = matches!(block.kind, BlockKind::Table(_));
    let (head, columns) = header(&lines, parsed)?;
    let label = head
        .checked_sub(1)
        .filter(|_| !parsed)
        .and_then(|above| paragraph_line(block, above))
        .and_then(|line| Label::of_line(document, line));
    let header = lines.get(head)?.row.clone();
    let mut grid = LogTable {
        top: after_line(document.text.as_str(), header.span.end),
        header,
        rows: Vec::new(),
        columns,
        form: if parsed { LogForm::Table } else { LogForm::LooseTable },
        ruled: parsed,
        wide: false,
        label,
        next: at + 1,
    };
    if parsed && head == 0 {
        // The rule stands between.
        grid.top = after_line(document.text.as_str(), grid.top);
    }
    let mut open = grid.take(lines.into_iter().skip(head + 1), &document.text);
    while let Some(block) = blocks.get(grid.next).filter(|_| open) {
        match &block.kind {
            BlockKind::Comment => {}
            BlockKind::Paragraph(_) => {
                let lines = self::lines(document, block).unwrap_or_default();
                let count = grid.header.cells.len();
                let Some(first) = lines.first() else { break };
                if !first.opened && (first.row.cells.len() != count || count < 3) {
                    break;
                }
                grid.form = LogForm::LooseTable;
                open = grid.take(lines.into_iter(), &document.text);
            }
            _ => break,
        }
        grid.next += 1;
    }
    grid.fit();
    Some(grid)
}

/// The header among some lines: the first one of a table, or its first row where the header is a caption; in a
/// paragraph the first line that names columns.
fn header(lines: &[Line], parsed: bool) -> Option<(usize, Columns)> {
    let named = |line: &Line| {
        let headers = line.row.cells.iter().map(|cell| cell.text.as_str());
        let may_be = line.piped && headers.clone().all(|header| header.len() <= MAX_HEADER);
        columns::columns(headers.filter(|_| may_be)).filter(Columns::fit_named)
    };
    if !parsed {
        return lines.iter().enumerate().find_map(|(at, line)| Some((at, named(line)?)));
    }
    let first = lines.first()?;
    let caption = first.row.cells.iter().filter(|cell| !cell.text.is_empty()).count() <= 1;
    named(first)
        .map(|columns| (0, columns))
        .or_else(|| Some((1, lines.get(1).filter(|_| caption).and_then(named)?)))
}

fn lines(document: &Document, block: &Block) -> Option<Vec<Line>> {
    match &block.kind {
        BlockKind::Table(table) => {
            let rows = std::iter::once(&table.header).chain(&table.rows);
            Some(rows.map(|row| table_line(document, row)).collect())
        }
        // Most paragraphs are prose, and cost nothing.
        BlockKind::Paragraph(_) if !document.text.get(block.span).contains('|') => None,
        BlockKind::Paragraph(inlines) => Some(inlines.lines().map(|line| loose_line(document, line)).collect()),
        _ => None,
    }
}

fn paragraph_line(block: &Block, at: usize) -> Option<&[Run]> {
    block.paragraph().and_then(|inlines: &Inlines| inlines.lines().nth(at))
}

fn table_line(document: &Document, row: &document::Row) -> Line {
    let source = document.text.get(row.span);
    let mut row = Row::new(row, |cell| folded(&Reading::of(&cell.runs, &document.text).text));
    row.span.end = row.span.start + source.trim_end().len();
    // A cell that the row lacks stands behind its line end.
    for cell in &mut row.cells {
        cell.span = Span::new(cell.span.start.min(row.span.end), cell.span.end.min(row.span.end));
    }
    Line {
        piped: row.cells.len() < 2 || source.contains('|'),
        opened: true,
        row,
    }
}

/// A line of a paragraph, parted at its pipes.
fn loose_line(document: &Document, line: &[Run]) -> Line {
    let reading = Reading::of(line, &document.text);
    let end = reading.text.len();
    let span = reading.span(0, end);
    let blank = |from: usize, to: usize| reading.text.get(from..to).is_none_or(|text| text.trim().is_empty());
    let opened = reading.pipes.first().is_some_and(|first| blank(0, *first));
    let closed = reading.pipes.last().is_some_and(|last| blank(*last + 1, end)) && reading.pipes.len() > 1;
    let piped = !reading.pipes.is_empty();
    let mut from = 0;
    let mut cells = Vec::new();
    for (nth, pipe) in reading.pipes.iter().copied().chain(std::iter::once(end)).enumerate() {
        let outer = nth == 0 && opened || pipe == end && closed;
        if !outer {
            cells.push(reading.part(from, pipe));
        }
        from = pipe + 1;
    }
    Line {
        row: Row { span, cells },
        piped,
        opened,
    }
}

/// The rule between header and rows.
fn is_rule(line: &Line) -> bool {
    let cells = &line.row.cells;
    let dashes = |text: &str| text.contains('-') && text.chars().all(|c| matches!(c, '-' | ':' | ' '));
    line.piped
        && cells.iter().all(|cell| cell.text.is_empty() || dashes(&cell.text))
        && cells.iter().any(|cell| dashes(&cell.text))
}

impl LogTable {
    /// Takes lines as rows up to the first that is none; whether all were.
    fn take(&mut self, lines: impl Iterator<Item = Line>, text: &Text) -> bool {
        for line in lines {
            if !line.piped {
                return false;
            }
            if is_rule(&line) {
                if self.rows.is_empty() && !self.ruled {
                    self.ruled = true;
                    self.top = after_line(text.as_str(), line.row.span.end);
                }
                continue;
            }
            let same = |(one, other): (&Said, &Said)| one.text == other.text;
            if !self.header.cells.iter().zip(&line.row.cells).all(same) {
                self.rows.push(line.row);
            }
        }
        true
    }

    /// Gives every row as many cells as the header has.
    fn fit(&mut self) {
        let count = self.header.cells.len();
        let mut wide = 0;
        for row in &mut self.rows {
            let extra = row.cells.get(count..).unwrap_or(&[]);
            wide += usize::from(extra.iter().any(|cell| !cell.text.is_empty()));
            row.cells.truncate(count);
            let end = row.span.end;
            row.cells.resize_with(count, || Said::new("", Span::at(end)));
        }
        self.wide = wide > 0 && wide * 2 >= self.rows.len();
    }

    /// Whether the rows hold what the header says. `named` where the text around says that this is a change log.
    pub fn is_plausible(&self, named: bool) -> bool {
        let column = |role| -> Vec<&str> {
            let at = self.columns.at(role);
            let texts = self.rows.iter().filter_map(|row| row.text(at));
            texts.filter(|text| text.contains(char::is_alphanumeric)).collect()
        };
        let (dates, versions) = (column(ColumnRole::Date), column(ColumnRole::Version));
        let readings = read_dates(&dates);
        let unread = readings
            .iter()
            .filter(|reading| **reading == DateReading::Unreadable)
            .count();
        let files = versions.iter().filter(|text| is_file(text)).count();
        let odd = versions
            .iter()
            .filter(|text| !is_plausible_version(text) && read_version(text).is_some())
            .count();
        let untold = |reading: &DateReading| {
            matches!(
                reading,
                DateReading::Unreadable | DateReading::Word | DateReading::Empty
            )
        };
        let told = !readings.iter().all(untold);
        if self.wide || files * 2 > versions.len() {
            return false;
        }
        if named {
            return dates.is_empty()
                || unread < dates.len()
                || dates.iter().any(|date| date.contains(|c: char| c.is_ascii_digit()));
        }
        told && unread * 2 <= dates.len() && odd * 2 <= versions.len()
    }

    /// The change log that it is.
    pub fn into_log(self, document: &Document) -> ChangeLog {
        let first = self.rows.first().map(|row| row.span);
        let last = self.rows.last().map_or(self.header.span, |row| row.span);
        let columns = self.columns;
        let header = self.header.cells.into_iter().zip(&columns.roles);
        let named = header.map(|(cell, role)| LogColumn {
            role: *role,
            header: cell.text,
            span: cell.span,
        });
        let named = named.collect();
        let rows = rows::rows(self.rows, &columns);
        let text = &document.text;
        let written = rows.last().map(|row| row.more.last().copied().unwrap_or(row.span).end);
        ChangeLog {
            form: self.form,
            columns: named,
            direction: rows::direction(&rows),
            heading: None,
            span: Span::new(self.header.span.start, last.end.max(self.top.min(text.as_str().len()))),
            top: first
                .filter(|_| written.is_some())
                .map_or(self.top, |first| start_of_line(text.as_str(), first.start)),
            bottom: written.map_or(self.top, |end| after_line(text.as_str(), end)),
            rows,
        }
    }
}

/// Whether a version is the name of a file or of a script.
fn is_file(text: &str) -> bool {
    let text = text.trim();
    let dotted = [".sql", ".py", ".md", ".txt", ".json", ".yaml", ".yml", ".ts", ".js"];
    text.contains("__") || dotted.iter().any(|end| text.ends_with(end)) || {
        let named = |part: &str| part.len() > 2 && part.chars().all(char::is_alphabetic);
        !text.contains(' ') && text.split('_').filter(|part| named(part)).count() > 1
    }
}
