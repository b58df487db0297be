//! A checklist that is a table: which column names the items and which says how they stand. A table of questions,
//! of signatures or of symbols has no such column and is no checklist.

use super::mark::{self, Sort};
use super::waiver::stated;
use super::words::{self, Tick};
use crate::document::{Document, Inlines, Row, RunKind, Table};
use crate::naming;
use crate::source::Span;

/// A row that is an item.
#[derive(Debug)]
pub struct Line<'d> {
    /// The row.
    pub row: &'d Row,
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
const STATUS: &[&str] = &[
    "status",
    "state",
    "result",
    "results",
    "outcome",
    "verdict",
    "assessment",
    "answer",
    "compliance",
    "completion",
    "resultado",
    "estado",
    "ergebnis",
    "statut",
    "статус",
    "результат",
    "状态",
    "状態",
    "结果",
    "結果",
    "상태",
    "결과",
];
/// Words that a status column's name may consist of: `Yes/No`, `Done?`, `Pass / Fail / N/A`.
const ANSWERS: &[&str] = &[
    "pass",
    "passed",
    "fail",
    "failed",
    "yes",
    "no",
    "n",
    "a",
    "y",
    "na",
    "done",
    "complete",
    "completed",
    "ok",
    "or",
    "compliant",
    "met",
    "satisfied",
    "addressed",
    "verified",
    "checked",
    "reviewed",
    "finding",
    "partial",
    "ja",
    "nein",
    "sí",
    "oui",
    "non",
    "implemented",
    "approved",
];
const ITEM: &[&str] = &[
    "item",
    "items",
    "checklist",
    "checklist item",
    "check item",
    "criterion",
    "criteria",
    "requirement",
    "question",
    "task",
    "check",
    "checks",
    "checkpoint",
    "description",
    "review item",
    "what to check",
    "activity",
    "control",
    "expectation",
];
/// Columns that are neither, whatever stands in them.
const OTHER: &[&str] = &[
    "no",
    "nr",
    "id",
    "ref",
    "notes",
    "note",
    "comment",
    "comments",
    "remarks",
    "owner",
    "responsible",
    "assignee",
    "evidence",
    "date",
    "due",
    "due date",
    "priority",
    "severity",
    "required",
    "mandatory",
    "optional",
    "weight",
    "category",
    "reviewer",
    "link",
    "links",
    "action",
    "actions",
    "rationale",
    "applicable",
];
const PEOPLE: &[&str] = &[
    "name",
    "role",
    "reviewer",
    "approver",
    "stakeholder",
    "person",
    "signatory",
    "team member",
];
const SYMBOLS: &[&str] = &["symbol", "icon", "legend", "emoji", "mark", "key", "meaning"];

/// The items of a table, in order; none where it is no checklist.
pub fn items<'d>(document: &Document, table: &'d Table) -> Vec<Line<'d>> {
    let names: Vec<String> = table
        .header
        .cells
        .iter()
        .map(|cell| naming::normalise(&document.plain(cell)))
        .collect();
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| shown(document, cell)).collect())
        .collect();
    let named = |words: &[&str]| names.iter().any(|name| words.contains(&name.as_str()));
    if named(SYMBOLS)
        || names
            .iter()
            .any(|name| name.starts_with("sign") && name.contains("signature"))
    {
        return Vec::new();
    }
    let Some(status) = status(&names, &rows) else {
        return Vec::new();
    };
    let Some(item) = item_column(&names, &rows, &status) else {
        return Vec::new();
    };
    let people = names.get(item).is_some_and(|name| PEOPLE.contains(&name.as_str()));
    if people && !boxed(&rows, &status) {
        return Vec::new();
    }
    table
        .rows
        .iter()
        .zip(&rows)
        .filter_map(|(row, texts)| line(row, texts, item, &status))
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

fn status(names: &[String], rows: &[Vec<String>]) -> Option<Status> {
    let choice: Vec<(usize, Tick)> = names
        .iter()
        .enumerate()
        .filter_map(|(column, name)| Some((column, polar(name)?)))
        .collect();
    // Counts and descriptions stand under `Pass` and `Fail` too: then they are no answers.
    let answers = |column: usize| {
        rows.iter()
            .all(|row| row.get(column).is_none_or(|text| blank(text) || marked(text)))
    };
    if choice.len() > 1 && choice.iter().any(|(_, tick)| *tick == Tick::Done) {
        let all = choice.iter().all(|(column, _)| answers(*column));
        return all.then_some(Status::Choice(choice));
    }
    let columns = || (0..names.len()).map(|column| (column, Count::of(rows, column)));
    let headed = columns().find(|(column, count)| {
        names.get(*column).is_some_and(|name| names_status(name)) && count.said + count.empty >= count.other
    });
    if let Some((column, _)) = headed {
        return Some(Status::Column(column));
    }
    // A mark in front of what the first column with words in it names is the item's.
    let first = columns().find(|(column, _)| worded(rows, *column));
    if first.is_some_and(|(_, count)| count.marked > 0 && count.marked * 2 >= rows.len()) {
        return Some(Status::InItem);
    }
    let spoken = columns().filter(|(column, count)| {
        let excluded = names.get(*column).is_some_and(|name| OTHER.contains(&name.as_str()));
        !excluded && count.said > 0 && count.other == 0 && count.said >= count.empty
    });
    let (column, _) = spoken.max_by_key(|(column, count)| (count.said, usize::MAX - column))?;
    Some(Status::Column(column))
}

fn names_status(name: &str) -> bool {
    let other = OTHER.contains(&name) || name.is_empty();
    !other
        && (name.split(' ').any(|word| STATUS.contains(&word)) || name.split(' ').all(|word| ANSWERS.contains(&word)))
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
    fn of(rows: &[Vec<String>], column: usize) -> Self {
        let mut count = Self::default();
        for text in rows.iter().map(|row| row.get(column).map_or("", |text| text.trim())) {
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

fn item_column(names: &[String], rows: &[Vec<String>], status: &Status) -> Option<usize> {
    let taken = |column: usize| match status {
        Status::Column(status) => *status == column,
        Status::Choice(columns) => columns.iter().any(|(other, _)| *other == column),
        Status::InItem => !rows
            .iter()
            .any(|row| row.get(column).is_some_and(|text| mark::leading(text).is_some())),
    };
    let free = || (0..names.len()).filter(|column| !taken(*column));
    let is = |column: &usize, words: &[&str]| names.get(*column).is_some_and(|name| words.contains(&name.as_str()));
    let named = ITEM.iter().find_map(|word| free().find(|column| is(column, &[word])));
    named
        .or_else(|| free().find(|column| !is(column, OTHER) && worded(rows, *column)))
        .or_else(|| free().find(|column| worded(rows, *column)))
}

/// Whether the rows stand in boxes.
fn boxed(rows: &[Vec<String>], status: &Status) -> bool {
    let columns: Vec<usize> = match status {
        Status::Column(column) => vec![*column],
        Status::Choice(columns) => columns.iter().map(|(column, _)| *column).collect(),
        Status::InItem => return true,
    };
    let mut cells = rows
        .iter()
        .flat_map(|row| columns.iter().filter_map(|column| row.get(*column)));
    cells.any(|text| text.starts_with(['[', '☐', '☑', '☒']) && mark::leading(text).is_some())
}

fn line<'d>(row: &'d Row, texts: &[String], item: usize, status: &Status) -> Option<Line<'d>> {
    let inlines = row.cells.get(item)?;
    let mut text = texts.get(item)?.clone();
    // A name in bold over an otherwise empty row is a heading, and a total is a sum.
    let alone = texts
        .iter()
        .enumerate()
        .all(|(column, text)| column == item || text.is_empty());
    let heading = alone && inlines.runs.iter().all(|run| run.strong);
    let total = ["total", "score", "totals"].contains(&naming::normalise(&text).as_str());
    if text.is_empty() || heading || total {
        return None;
    }
    let (mut tick, mut reason, mut crossed, mut span) = (Tick::Open, String::new(), false, inlines.span);
    match status {
        Status::Column(column) => {
            let said = texts.get(*column)?;
            span = row.cells.get(*column)?.span;
            crossed = mark::sign(said).is_some_and(|mark| mark.sort == Sort::Cross);
            if let Some((found, rest)) = mark::cell(said) {
                (tick, reason) = (found, stated(rest).to_owned());
            }
        }
        Status::Choice(columns) => {
            let picked = |column: usize| texts.get(column).is_some_and(|text| picked(text));
            let mut found = columns.iter().filter(|(column, _)| picked(*column));
            if let (Some((column, answer)), None) = (found.next(), found.next()) {
                tick = *answer;
                span = row.cells.get(*column)?.span;
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
fn worded(rows: &[Vec<String>], column: usize) -> bool {
    rows.iter().any(|row| {
        row.get(column)
            .is_some_and(|text| text.chars().any(char::is_alphabetic))
    })
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
