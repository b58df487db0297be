//! From cells to rows: which row is blank, which goes on from the one above, which is yet to come, and which way the
//! log grows. It must never drop a row that says something, nor change what a cell says.

use super::super::reader::Row;
use super::columns::Columns;
use super::{ColumnRole, Direction, LogRow};
use crate::naming::Words;
use crate::values::{DateReading, is_placeholder, plain, read_dates, read_version};

/// Words for what is yet to come, in lower case and without accents.
static PLANNED: Words = Words::new(
    "tbd, tba, tbc, to be determined, planned, upcoming, scheduled, future, unreleased, not yet, not started, \
     pending release, geplant, unveroffentlicht, a venir, prevu, planificado, planificada, planeado, pendiente, planejado, \
     planejada, previsto, prevista, a definir, por definir, gepland, планируется, запланировано, planowane, 待定, 计划, 计划中, \
     予定, 미정, 예정",
);

/// The rows that those of a table are, in their order.
pub(super) fn rows(all: Vec<Row>, columns: &Columns) -> Vec<LogRow> {
    let all: Vec<Row> = all.into_iter().filter(|row| !is_blank(row, columns)).collect();
    let date = columns.at(ColumnRole::Date);
    let dates: Vec<&str> = all.iter().map(|row| row.text(date).unwrap_or("")).collect();
    let readings = read_dates(&dates);
    let mut rows: Vec<LogRow> = Vec::with_capacity(all.len());
    for (row, reading) in all.iter().zip(readings) {
        let row = log_row(row, reading, columns);
        let goes_on = goes_on(&row) && !rows.is_empty();
        match rows.last_mut().filter(|above| goes_on && is_by_same(&row, above)) {
            Some(above) => join(above, row),
            None => rows.push(LogRow {
                continues: goes_on,
                ..row
            }),
        }
    }
    mark_planned(&mut rows, &all, columns);
    rows
}

/// Whether nothing is said in the columns that count.
fn is_blank(row: &Row, columns: &Columns) -> bool {
    let mut said = columns.roles.iter().zip(&row.cells).filter(|(role, _)| role.counts());
    said.all(|(_, cell)| !cell.text.contains(char::is_alphanumeric))
}

fn log_row(row: &Row, reading: DateReading, columns: &Columns) -> LogRow {
    let text = |role| row.text(columns.at(role));
    let own = |role| text(role).map(str::to_owned);
    let unfilled = |role| text(role).is_some_and(|text| is_placeholder(text) && read_version(text).is_none());
    let others = [ColumnRole::Version, ColumnRole::Author, ColumnRole::Changes];
    LogRow {
        date: own(ColumnRole::Date),
        reading,
        version: own(ColumnRole::Version),
        version_reading: text(ColumnRole::Version).and_then(read_version),
        author: own(ColumnRole::Author),
        changes: own(ColumnRole::Changes),
        span: row.span,
        cells: row.cells.iter().map(|cell| cell.span).collect(),
        more: Vec::new(),
        continues: false,
        planned: false,
        placeholder: reading == DateReading::Placeholder || others.into_iter().any(unfilled),
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
fn mark_planned(rows: &mut [LogRow], all: &[Row], columns: &Columns) {
    let dated = rows.iter().any(|row| row.reading.days().is_some());
    let status_at = columns.at(ColumnRole::Status);
    let mut statuses = all.iter().filter(|_| status_at.is_some()).peekable();
    for row in rows {
        let mut status = false;
        while let Some(written) = statuses.next_if(|written| written.span.start <= row.span.start) {
            status = written.span == row.span && written.text(status_at).is_some_and(is_planned);
        }
        let date = row.reading.days().is_none() && row.date.as_deref().is_some_and(is_planned);
        let version = row.version_reading.is_none() && row.version.as_deref().is_some_and(is_planned);
        row.planned = status || version || date && dated;
    }
}

fn is_planned(text: &str) -> bool {
    let text = plain(text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    PLANNED.iter().any(|word| {
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
