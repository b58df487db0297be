//! A checklist that is a table: which column names the items and which says how they stand. A table of questions,
//! of signatures or of symbols has no such column and is no checklist.

use super::super::reader::{Grid, Row, has_word};
use super::mark::{self, Sort};
use super::waiver::stated;
use super::words::{self, Tick};
use crate::document::{self, Document, Inlines, RunKind, Table};
use crate::naming::{self, Words};
use crate::source::Span;

/// A row that is an item.
#[derive(Debug)]
pub struct Line<'d> {
    /// The row.
    pub row: &'d document::Row,
    /// The cell that names it.
    pub item: &'d Inlines,
    /// Its text.
    pub text: String,
    /// How it stands.
    pub tick: Tick,
    /// What the cell says beside it.
    pub reason: String,
    /// Whether its box has a cross in it.
    pub crossed: bool,
    /// The cell, or the mark, that says so.
    pub mark: Span,
}

/// How the rows say how they stand.
enum Status {
    /// In one column.
    Column(usize),
    /// In one column each for yes, no and the like, marked where it is so.
    Choice(Vec<(usize, Tick)>),
    /// In front of the item's name.
    InItem,
}

/// Words of which one makes a column's name that of a status.
static STATUS: Words = Words::new(
    "status, state, result, results, outcome, verdict, assessment, answer, compliance, completion, resultado, estado, \
     ergebnis, statut, статус, результат, 状态, 状態, 结果, 結果, 상태, 결과",
);
/// Words that a status column's name may consist of: `Yes/No`, `Done?`, `Pass / Fail / N/A`.
static ANSWERS: Words = Words::new(
    "pass, passed, fail, failed, yes, no, n, a, y, na, done, complete, completed, ok, or, compliant, met, satisfied, \
     addressed, verified, checked, reviewed, finding, partial, ja, nein, sí, oui, non, implemented, approved",
);
static ITEM: Words = Words::new(
    "item, items, checklist, checklist item, check item, criterion, criteria, requirement, question, task, check, \
     checks, checkpoint, description, review item, what to check, activity, control, expectation",
);
/// Columns that are neither, whatever stands in them.
static OTHER: Words = Words::new(
    "no, nr, id, ref, notes, note, comment, comments, remarks, owner, responsible, assignee, evidence, date, due, due \
     date, priority, severity, required, mandatory, optional, weight, category, reviewer, link, links, action, \
     actions, rationale, applicable",
);
static PEOPLE: Words = Words::new("name, role, reviewer, approver, stakeholder, person, signatory, team member");
const SYMBOLS: &[&str] = &["symbol", "icon", "legend", "emoji", "mark", "key", "meaning"];

/// The items of a table, in order; none where it is no checklist.
pub fn items<'d>(document: &Document, table: &'d Table) -> Vec<Line<'d>> {
    let grid = Grid::new(document, table, &table.rows, |cell| shown(document, cell));
    let signed = |name: &str| name.starts_with("sign") && name.contains("signature");
    if grid.position(|name| SYMBOLS.contains(&name) || signed(name)).is_some() {
        return Vec::new();
    }
    let status = status(&grid);
    let item = status.as_ref().and_then(|status| item_column(&grid, status));
    let (Some(status), Some(item)) = (status, item) else {
        return Vec::new();
    };
    if grid.is_named(item, &PEOPLE) && !boxed(&grid, &status) {
        return Vec::new();
    }
    let rows = table.rows.iter().zip(&grid.rows);
    rows.filter_map(|(row, texts)| line(row, texts, item, &status))
        .collect()
}

/// A cell's text; a box of HTML reads as one of brackets.
fn shown(document: &Document, cell: &Inlines) -> String {
    let text = document.plain(cell);
    let input = cell.runs.iter().filter(|run| run.kind == RunKind::Html);
    match input
        .filter_map(|run| super::html::checkbox(document.text.get(run.span)))
        .next()
    {
        Some(ticked) if mark::leading(&text).is_none() => format!("{} {text}", if ticked { "[x]" } else { "[ ]" }),
        _ => text,
    }
}

fn status(grid: &Grid) -> Option<Status> {
    let names = || grid.columns.iter().enumerate();
    let choice: Vec<(usize, Tick)> = names()
        .filter_map(|(column, name)| Some((column, polar(name)?)))
        .collect();
    // Counts and descriptions stand under `Pass` and `Fail` too: then they are no answers.
    let answers = |column: usize| grid.texts(column).all(|text| blank(text) || marked(text));
    if choice.len() > 1 && choice.iter().any(|(_, tick)| *tick == Tick::Done) {
        let all = choice.iter().all(|(column, _)| answers(*column));
        return all.then_some(Status::Choice(choice));
    }
    let columns = || names().map(|(column, name)| (column, name.as_str(), Count::of(grid, column)));
    let mut headed = columns().filter(|(_, name, count)| names_status(name) && count.said + count.empty >= count.other);
    if let Some((column, ..)) = headed.next() {
        return Some(Status::Column(column));
    }
    // A mark in front of what the first column with words in it names is the item's.
    let first = columns().find(|(column, ..)| worded(grid, *column));
    if first.is_some_and(|(_, _, count)| count.marked > 0 && count.marked * 2 >= grid.rows.len()) {
        return Some(Status::InItem);
    }
    let spoken = columns().filter(|(_, name, count)| {
        !OTHER.contains(name) && count.said > 0 && count.other == 0 && count.said >= count.empty
    });
    let (column, ..) = spoken.max_by_key(|(column, _, count)| (count.said, usize::MAX - column))?;
    Some(Status::Column(column))
}

fn names_status(name: &str) -> bool {
    let other = OTHER.contains(&name) || name.is_empty();
    !other && (has_word(name, &STATUS) || name.split(' ').all(|word| ANSWERS.contains(&word)))
}

/// What a column says whose name is an answer.
fn polar(name: &str) -> Option<Tick> {
    Some(match name {
        "yes" | "pass" | "passed" | "ok" | "done" | "met" | "y" | "complete" | "compliant" | "ja" | "sí" | "oui" => {
            Tick::Done
        }
        "no" | "fail" | "failed" | "not met" | "n" | "partial" | "partially" | "open" | "pending" | "todo"
        | "non compliant" | "nein" | "non" => Tick::Open,
        "n a" | "na" | "not applicable" => Tick::Waived,
        _ => return None,
    })
}

/// What stands in a column's cells.
#[derive(Default)]
struct Count {
    said: usize,
    empty: usize,
    other: usize,
    marked: usize,
}

impl Count {
    fn of(grid: &Grid, column: usize) -> Self {
        let mut count = Self::default();
        for text in grid.texts(column).map(str::trim) {
            let named = |rest: &str| !rest.trim().is_empty() && words::said(rest).is_none();
            let marked = mark::leading(text).is_some_and(|mark| mark.sort != Sort::Hint && named(mark.rest));
            count.marked += usize::from(marked);
            match mark::cell(text) {
                _ if blank(text) => count.empty += 1,
                // An answer is short, or begins with a mark: `Complete the list of …` is a task.
                Some((_, rest)) if rest.split_whitespace().count() <= 6 => count.said += 1,
                _ => count.other += 1,
            }
        }
        count
    }
}

fn item_column(grid: &Grid, status: &Status) -> Option<usize> {
    let taken = |column: usize| match status {
        Status::Column(status) => *status == column,
        Status::Choice(columns) => columns.iter().any(|(other, _)| *other == column),
        Status::InItem => !grid.texts(column).any(|text| mark::leading(text).is_some()),
    };
    let free = || (0..grid.columns.len()).filter(|column| !taken(*column));
    let named = ITEM
        .iter()
        .find_map(|word| free().find(|column| grid.is_named(*column, &[word])));
    named
        .or_else(|| free().find(|column| !grid.is_named(*column, &OTHER) && worded(grid, *column)))
        .or_else(|| free().find(|column| worded(grid, *column)))
}

/// Whether the rows stand in boxes.
fn boxed(grid: &Grid, status: &Status) -> bool {
    let columns: Vec<usize> = match status {
        Status::Column(column) => vec![*column],
        Status::Choice(columns) => columns.iter().map(|(column, _)| *column).collect(),
        Status::InItem => return true,
    };
    let mut cells = columns.into_iter().flat_map(|column| grid.texts(column));
    cells.any(|text| text.starts_with(['[', '☐', '☑', '☒']) && mark::leading(text).is_some())
}

fn line<'d>(row: &'d document::Row, texts: &Row, item: usize, status: &Status) -> Option<Line<'d>> {
    let inlines = row.cells.get(item)?;
    let mut text = texts.text(Some(item))?.to_owned();
    // A name in bold over an otherwise empty row is a heading, and a total is a sum.
    let mut cells = texts.cells.iter().enumerate();
    let alone = cells.all(|(column, cell)| column == item || cell.text.is_empty());
    let heading = alone && inlines.runs.iter().all(|run| run.strong);
    let total = ["total", "score", "totals"].contains(&naming::normalise(&text).as_str());
    if text.is_empty() || heading || total {
        return None;
    }
    let (mut tick, mut reason, mut crossed, mut span) = (Tick::Open, String::new(), false, inlines.span);
    match status {
        Status::Column(column) => {
            let said = texts.cell(Some(*column))?;
            span = said.span;
            crossed = mark::sign(&said.text).is_some_and(|mark| mark.sort == Sort::Cross);
            if let Some((found, rest)) = mark::cell(&said.text) {
                (tick, reason) = (found, stated(rest).to_owned());
            }
        }
        Status::Choice(columns) => {
            let cells = columns
                .iter()
                .filter_map(|(column, tick)| Some((texts.cell(Some(*column))?, *tick)));
            let mut found = cells.filter(|(cell, _)| picked(&cell.text));
            if let (Some((cell, answer)), None) = (found.next(), found.next()) {
                (tick, span) = (answer, cell.span);
            }
        }
        Status::InItem => {
            let mark = mark::leading(&text)?;
            (tick, crossed) = (mark.tick, mark.sort == Sort::Cross);
            text = mark.rest.trim().to_owned();
        }
    }
    Some(Line {
        row,
        item: inlines,
        text,
        tick,
        reason,
        crossed,
        mark: span,
    })
}

/// Whether there are words in a column.
fn worded(grid: &Grid, column: usize) -> bool {
    grid.texts(column).any(|text| text.contains(char::is_alphabetic))
}

fn blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '_'))
}

/// Whether a cell holds a mark or an answer, and not a number or a sentence.
fn marked(text: &str) -> bool {
    let text = text.trim();
    mark::leading(text).is_some()
        || matches!(text, "v" | "V" | "*" | "•" | "●" | "+")
        || mark::cell(text).is_some() && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a cell of a column for one answer is marked.
fn picked(text: &str) -> bool {
    let text = text.trim();
    let empty = text.starts_with(['☐', '⬜', '□', '◻', '⚪', '▢']);
    match mark::leading(text) {
        Some(mark) => mark.tick == Tick::Done || !empty && mark.sort != Sort::Box,
        None => !blank(text),
    }
}
