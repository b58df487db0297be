//! From cells to rows: which row is blank, which goes on from the one above, which is yet to come, and which way the
//! log grows. It must never drop a row that says something, nor change what a cell says.

use super::columns::Columns;
use super::{Direction, LogRow};
use crate::source::Span;
use crate::values::{DateReading, is_placeholder, plain, read_dates, read_version};

/// What stands in a cell, and where.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub span: Span,
    pub text: String,
}

/// A row before it is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Raw {
    pub span: Span,
    pub cells: Vec<Cell>,
}

/// Words for what is yet to come, in lower case and without accents.
const PLANNED: &str = "tbd, tba, tbc, to be determined, planned, upcoming, scheduled, future, unreleased, not yet, not started, \
     pending release, geplant, unveroffentlicht, a venir, prevu, planificado, planificada, planeado, pendiente, planejado, \
     planejada, previsto, prevista, a definir, por definir, gepland, планируется, запланировано, planowane, 待定, 计划, 计划中, \
     予定, 미정, 예정";

/// The rows that `raws` are, in their order.
pub(super) fn rows(raws: Vec<Raw>, columns: &Columns) -> Vec<LogRow> {
    let raws: Vec<Raw> = raws.into_iter().filter(|raw| !is_blank(raw, columns)).collect();
    let dates: Vec<&str> = raws.iter().map(|raw| text(raw, columns.date).unwrap_or("")).collect();
    let readings = read_dates(&dates);
    let mut rows: Vec<LogRow> = Vec::with_capacity(raws.len());
    for (raw, reading) in raws.iter().zip(readings) {
        let row = row(raw, reading, columns);
        let goes_on = goes_on(&row) && !rows.is_empty();
        match rows.last_mut().filter(|above| goes_on && is_by_same(&row, above)) {
            Some(above) => join(above, row),
            None => rows.push(LogRow {
                continues: goes_on,
                ..row
            }),
        }
    }
    mark_planned(&mut rows, &raws, columns);
    rows
}

fn text(raw: &Raw, column: Option<usize>) -> Option<&str> {
    column.map(|column| raw.cells.get(column).map_or("", |cell| cell.text.as_str()))
}

/// Whether nothing is said in the columns that count.
fn is_blank(raw: &Raw, columns: &Columns) -> bool {
    [columns.date, columns.version, columns.author, columns.changes]
        .iter()
        .filter_map(|column| text(raw, *column))
        .all(|text| !text.contains(char::is_alphanumeric))
}

fn row(raw: &Raw, reading: DateReading, columns: &Columns) -> LogRow {
    let own = |column| text(raw, column).map(str::to_owned);
    let unfilled = |column| text(raw, column).is_some_and(|text| is_placeholder(text) && read_version(text).is_none());
    let (date, version, author, changes) = (columns.date, columns.version, columns.author, columns.changes);
    LogRow {
        date: own(date),
        reading,
        version: own(version),
        version_reading: text(raw, version).and_then(read_version),
        author: own(author),
        changes: own(changes),
        span: raw.span,
        cells: raw.cells.iter().map(|cell| cell.span).collect(),
        more: Vec::new(),
        continues: false,
        planned: false,
        placeholder: reading == DateReading::Placeholder || [version, author, changes].into_iter().any(unfilled),
    }
}

/// Whether a row carries neither date nor version, so that those of the row above are meant.
fn goes_on(row: &LogRow) -> bool {
    let empty = |text: &Option<String>| text.as_deref().is_none_or(str::is_empty);
    empty(&row.date) && empty(&row.version) && !empty(&row.changes)
}

fn is_by_same(row: &LogRow, above: &LogRow) -> bool {
    row.author.as_deref().is_none_or(str::is_empty) || row.author == above.author
}

fn join(above: &mut LogRow, row: LogRow) {
    if let (Some(all), Some(more)) = (&mut above.changes, row.changes) {
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(&more);
    }
    above.placeholder |= row.placeholder;
    above.more.push(row.span);
}

/// A row is planned where it says so in the place of its date, its version or its status. A date that is not known is
/// a plan only where the log has other dates.
fn mark_planned(rows: &mut [LogRow], raws: &[Raw], columns: &Columns) {
    let dated = rows.iter().any(|row| row.reading.days().is_some());
    let mut statuses = raws.iter().filter(|_| columns.status.is_some()).peekable();
    for row in rows {
        let mut status = false;
        while let Some(raw) = statuses.next_if(|raw| raw.span.start <= row.span.start) {
            status = raw.span == row.span && text(raw, columns.status).is_some_and(is_planned);
        }
        let date = row.reading.days().is_none() && row.date.as_deref().is_some_and(is_planned);
        let version = row.version_reading.is_none() && row.version.as_deref().is_some_and(is_planned);
        row.planned = status || version || date && dated;
    }
}

fn is_planned(text: &str) -> bool {
    let text = plain(text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    PLANNED.split(", ").any(|word| {
        let rest = text.strip_prefix(word);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Which way rows grow: what their versions and their dates say more often.
pub(super) fn direction(rows: &[LogRow]) -> Direction {
    let done: Vec<&LogRow> = rows.iter().filter(|row| !row.planned && !row.continues).collect();
    let mut votes = 0i64;
    for pair in done.windows(2) {
        let [one, other] = pair else { continue };
        let versions = one.version_reading.as_ref().zip(other.version_reading.as_ref());
        let versions = versions.filter(|(one, other)| one.comparable(other));
        votes += versions.map_or(0, |(one, other)| other.cmp(one) as i64);
        if let Some(((from, until), (first, last))) = one.reading.days().zip(other.reading.days()) {
            votes += i64::from(first > until) - i64::from(last < from);
        }
    }
    match votes {
        1.. => Direction::Ascending,
        0 => Direction::Unknown,
        _ => Direction::Descending,
    }
}
