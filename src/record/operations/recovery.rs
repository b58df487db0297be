//! What the document promises for a disaster: how long the system may be away, how much may be lost, what is done.
//!
//! Objectives are read where they are stated, from fields, tables and headings. A sentence is read only where a
//! duration stands right behind the objective's name.

use super::super::reader::{Line, Passage, Reader, Said, has_word, says_none};
use crate::document::UnitKind;
use crate::naming::{self, Words};
use crate::values::{read_duration, read_durations};

/// What the document promises for a disaster.
#[derive(Debug, Clone, Default)]
pub struct Recovery {
    /// The recovery time objective, as written; of several the longest.
    pub rto: Option<Said>,
    /// The same in seconds, where it can be read.
    pub rto_seconds: Option<u64>,
    /// The recovery point objective, as written; of several the longest.
    pub rpo: Option<Said>,
    /// The same in seconds, where it can be read.
    pub rpo_seconds: Option<u64>,
    /// The steps of the failover.
    pub failover: Vec<Said>,
    /// All objectives, in the order of the document.
    pub objectives: Vec<Objective>,
}

/// A recovery objective.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Which one.
    pub kind: ObjectiveKind,
    /// What it is for, where a table has one for each of several things.
    pub scope: Option<String>,
    /// The value as written.
    pub text: Said,
    /// The same in seconds, where it can be read; of several the longest.
    pub seconds: Option<u64>,
    /// Whether the value is a link: then it stands elsewhere.
    pub elsewhere: bool,
}

/// The two recovery objectives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectiveKind {
    /// Recovery time objective.
    Rto,
    /// Recovery point objective.
    Rpo,
}

impl ObjectiveKind {
    /// `RTO` or `RPO`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rto => "RTO",
            Self::Rpo => "RPO",
        }
    }
}

/// Names of the list of what is done.
static FAILOVER: Words = Words::new(
    "failover process, failover procedure, failover, failover steps, recovery steps, recovery process, recovery \
     procedure, recovery procedures, restore procedure, steps, procedure",
);

/// Reads what is promised for a disaster.
pub fn read(reader: Reader<'_>) -> Recovery {
    let passages = reader.passages("disaster-recovery");
    let mut objectives = Vec::new();
    for passage in &passages {
        of_tables(reader, passage, &mut objectives);
        objectives.extend(of_heading(reader, passage));
        for line in passage.written_lines() {
            of_line(reader, line, &mut objectives);
        }
    }
    let longest = |kind: ObjectiveKind| {
        let of_kind = objectives.iter().filter(|objective| objective.kind == kind);
        // The first of those that are equal.
        of_kind.rev().max_by_key(|objective| objective.seconds)
    };
    let (rto, rpo) = (longest(ObjectiveKind::Rto), longest(ObjectiveKind::Rpo));
    Recovery {
        rto: rto.map(|rto| rto.text.clone()),
        rto_seconds: rto.and_then(|rto| rto.seconds),
        rpo: rpo.map(|rpo| rpo.text.clone()),
        rpo_seconds: rpo.and_then(|rpo| rpo.seconds),
        failover: failover(&passages),
        objectives,
    }
}

/// Which objectives a name speaks of.
fn kinds(name: &str) -> Vec<ObjectiveKind> {
    let name = naming::normalise(name);
    let speaks = |short: &str, long: &str| has_word(&name, &[short]) || name.contains(long);
    let rto = speaks("rto", "recovery time objective").then_some(ObjectiveKind::Rto);
    let rpo = speaks("rpo", "recovery point objective").then_some(ObjectiveKind::Rpo);
    rto.into_iter().chain(rpo).collect()
}

fn objective(reader: Reader<'_>, kind: ObjectiveKind, scope: Option<String>, text: Said) -> Option<Objective> {
    let open = ["tbd", "tba", "tbc", "to be"]
        .iter()
        .any(|word| text.text.to_lowercase().starts_with(word));
    if text.text.is_empty() || says_none(&text.text) && read_duration(&text.text).is_none() || open {
        return None;
    }
    let seconds = read_durations(&text.text).iter().map(|reading| reading.seconds).max();
    let elsewhere = seconds.is_none() && !reader.place(text.span).links().is_empty();
    Some(Objective {
        kind,
        scope,
        text,
        seconds,
        elsewhere,
    })
}

fn of_line(reader: Reader<'_>, line: &Line<'_>, found: &mut Vec<Objective>) {
    if matches!(line.unit.kind, UnitKind::Row | UnitKind::Header | UnitKind::Code) {
        return;
    }
    let named = line.field.map(|field| (field, kinds(&field.key)));
    let Some((field, kinds)) = named.filter(|(_, kinds)| !kinds.is_empty()) else {
        return spoken(reader, &line.said(), found);
    };
    let place = reader.place(field.value_span);
    let whole = Said::value(field);
    match kinds.as_slice() {
        // `RTO: 4 hours, RPO: 1 hour` in one line.
        [kind] if !self::kinds(&field.value).is_empty() => {
            let names = ["RPO", "RTO", "Recovery"];
            let at = names.iter().filter_map(|name| field.value.find(name)).min();
            let own = field.value.split_at(at.unwrap_or(0)).0;
            let own = own.trim_end_matches([' ', ',', ';', '/', '|', '(']);
            if read_duration(own).is_some() {
                found.extend(objective(reader, *kind, None, place.find(own)));
                spoken(reader, &whole, found);
            } else {
                found.extend(objective(reader, *kind, None, whole));
            }
        }
        [kind] => found.extend(objective(reader, *kind, None, whole)),
        // `RTO/RPO: 4 hours / 1 hour`.
        [first, second] => {
            let parts: Vec<&str> = field.value.split(['/', ',', ';']).map(str::trim).collect();
            if let [one, two] = parts.as_slice() {
                found.extend(objective(reader, *first, None, place.find(one)));
                found.extend(objective(reader, *second, None, place.find(two)));
            }
        }
        _ => {}
    }
}

/// `an RTO of 4 hours`: an objective in a sentence, where a duration stands right behind it.
fn spoken(reader: Reader<'_>, said: &Said, found: &mut Vec<Objective>) {
    for (kind, name) in [(ObjectiveKind::Rto, "RTO"), (ObjectiveKind::Rpo, "RPO")] {
        let Some((_, behind)) = said.text.split_once(name) else {
            continue;
        };
        let mut behind = behind.trim_start_matches([' ', ':', '=', '(', '*']);
        for word in ["of ", "is ", "target ", "at "] {
            behind = behind.strip_prefix(word).unwrap_or(behind);
        }
        let value = behind.split([',', ';', ')', '.', '/']).next().unwrap_or(behind);
        let value = value.split(" and ").next().unwrap_or(value).trim();
        if read_duration(value).is_some() {
            found.extend(objective(reader, kind, None, reader.place(said.span).find(value)));
        }
    }
}

/// `#### RTO` with its value below it.
fn of_heading(reader: Reader<'_>, passage: &Passage<'_>) -> Option<Objective> {
    let kinds = kinds(&passage.heading?.text);
    let [kind] = kinds.as_slice() else { return None };
    let plain = |line: &&Line<'_>| line.field.is_none() && (line.is_item() || line.unit.kind == UnitKind::Prose);
    let line = passage.written_lines().find(plain)?;
    // A sentence about the objective is no value of it.
    let timed = !read_durations(&line.unit.text).is_empty();
    timed.then(|| objective(reader, *kind, None, line.said())).flatten()
}

/// A column for each objective, or a row.
fn of_tables(reader: Reader<'_>, passage: &Passage<'_>, found: &mut Vec<Objective>) {
    for grid in passage.grids() {
        let columns = grid.columns.iter().enumerate();
        let columns = columns.filter_map(|(at, column)| match kinds(column).as_slice() {
            [kind] => Some((at, *kind)),
            _ => None,
        });
        let columns: Vec<(usize, ObjectiveKind)> = columns.collect();
        let target = grid
            .column(&["target", "value", "objective", "goal"])
            .filter(|at| *at > 0);
        for row in &grid.rows {
            let Some(first) = row.cell(Some(0)) else { continue };
            for (at, kind) in &columns {
                let scope = Some(first.text.clone()).filter(|_| *at > 0);
                let cell = row.cell(Some(*at)).cloned();
                found.extend(cell.and_then(|cell| objective(reader, *kind, scope, cell)));
            }
            if let ([kind], true, Some(value)) = (kinds(&first.text).as_slice(), columns.is_empty(), row.cell(Some(1)))
            {
                let value = row.cell(target).unwrap_or(value);
                found.extend(objective(reader, *kind, None, value.clone()));
            }
        }
    }
}

/// The steps below a name for them.
fn failover(passages: &[Passage<'_>]) -> Vec<Said> {
    for passage in passages {
        let headed = passage.heading.is_some() && FAILOVER.contains(&passage.name);
        let mut named = false;
        let mut steps = Vec::new();
        let mut loose = Vec::new();
        for line in &passage.lines {
            if line.unit.depth == 0 {
                named = line.is_bare_key() && line.is_field(&FAILOVER);
            }
            let step = line.is_top_item() && !line.unsaid && !says_none(&line.unit.text);
            if step && named {
                steps.push(line.said());
            } else if step && headed && line.field.is_none_or(|field| kinds(&field.key).is_empty()) {
                loose.push(line.said());
            }
        }
        if !steps.is_empty() {
            return steps;
        }
        // One item is a remark and no procedure.
        if loose.len() > 1 {
            return loose;
        }
    }
    Vec::new()
}
