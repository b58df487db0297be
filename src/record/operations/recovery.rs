//! What the document promises for a disaster: how long the system may be away, how much may be lost, what is done.
//!
//! Objectives are read where they are stated, from fields, tables and headings. A sentence is read only where a
//! duration stands right behind the objective's name.

use serde::Serialize;

use super::super::passage::{Passage, says_none};
use super::super::{Line, Reader, Said};
use crate::document::UnitKind;
use crate::naming;
use crate::values::{read_duration, read_durations};

/// What the document promises for a disaster.
#[derive(Debug, Clone, Default, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
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
    #[serde(skip)]
    pub elsewhere: bool,
}

/// The two recovery objectives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
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
const FAILOVER: [&str; 11] = [
    "failover process",
    "failover procedure",
    "failover",
    "failover steps",
    "recovery steps",
    "recovery process",
    "recovery procedure",
    "recovery procedures",
    "restore procedure",
    "steps",
    "procedure",
];

/// Reads what is promised for a disaster.
pub fn read(reader: Reader<'_>) -> Recovery {
    let Some((index, _)) = reader.section("disaster-recovery") else {
        return Recovery::default();
    };
    let passages = reader.all_passages(index);
    let mut recovery = Recovery::default();
    for passage in &passages {
        of_tables(reader, passage, &mut recovery.objectives);
        of_heading(reader, passage, &mut recovery.objectives);
        for line in passage.lines.iter().filter(|line| !line.unsaid) {
            of_line(reader, line, &mut recovery.objectives);
        }
    }
    recovery.failover = failover(&passages);
    let longest = |kind: ObjectiveKind| {
        let of_kind: Vec<&Objective> = recovery
            .objectives
            .iter()
            .filter(|objective| objective.kind == kind)
            .collect();
        let longest = of_kind.iter().max_by_key(|objective| objective.seconds).copied()?;
        // The first of those that are equal.
        let first = of_kind
            .into_iter()
            .find(|objective| objective.seconds == longest.seconds)?;
        Some((first.text.clone(), first.seconds))
    };
    let (rto, rpo) = (longest(ObjectiveKind::Rto), longest(ObjectiveKind::Rpo));
    recovery.rto_seconds = rto.as_ref().and_then(|(_, seconds)| *seconds);
    recovery.rpo_seconds = rpo.as_ref().and_then(|(_, seconds)| *seconds);
    recovery.rto = rto.map(|(said, _)| said);
    recovery.rpo = rpo.map(|(said, _)| said);
    recovery
}

/// Which objectives a name speaks of.
fn kinds(name: &str) -> Vec<ObjectiveKind> {
    let name = naming::normalise(name);
    let speaks = |short: &str, long: &str| name.split(' ').any(|word| word == short) || name.contains(long);
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
    let elsewhere = seconds.is_none() && !reader.links(text.span).is_empty();
    Some(Objective {
        kind,
        scope,
        text,
        seconds,
        elsewhere,
    })
}

fn of_line(reader: Reader<'_>, line: &Line<'_>, found: &mut Vec<Objective>) {
    let kept = !matches!(line.unit.kind, UnitKind::Row | UnitKind::Header | UnitKind::Code);
    let Some(field) = line.field.filter(|field| kept && !kinds(&field.key).is_empty()) else {
        if kept {
            spoken(reader, &line.said(), found);
        }
        return;
    };
    let whole = Said {
        text: field.value.clone(),
        span: field.value_span,
    };
    match kinds(&field.key).as_slice() {
        // `RTO: 4 hours, RPO: 1 hour` in one line.
        [kind] if !kinds(&field.value).is_empty() => {
            let at = ["RPO", "RTO", "Recovery"]
                .iter()
                .filter_map(|name| field.value.find(name))
                .min()
                .unwrap_or(0);
            let own = field
                .value
                .get(..at)
                .unwrap_or("")
                .trim_end_matches([' ', ',', ';', '/', '|', '(']);
            let said = Said {
                text: own.to_owned(),
                span: reader.find(field.value_span, own),
            };
            if read_duration(own).is_some() {
                found.extend(objective(reader, *kind, None, said));
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
                for (kind, text) in [(first, one), (second, two)] {
                    let said = Said {
                        text: (*text).to_owned(),
                        span: reader.find(field.value_span, text),
                    };
                    found.extend(objective(reader, *kind, None, said));
                }
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
        let end = behind.find([',', ';', ')', '.', '/']).unwrap_or(behind.len());
        let value = behind.get(..end).unwrap_or("");
        let value = value.split(" and ").next().unwrap_or(value).trim();
        if read_duration(value).is_some() {
            let text = Said {
                text: value.to_owned(),
                span: reader.find(said.span, value),
            };
            found.extend(objective(reader, kind, None, text));
        }
    }
}

/// `#### RTO` with its value below it.
fn of_heading(reader: Reader<'_>, passage: &Passage<'_>, found: &mut Vec<Objective>) {
    let kinds = passage.heading.map_or_else(Vec::new, |heading| kinds(&heading.text));
    let [kind] = kinds.as_slice() else { return };
    let plain =
        |line: &&Line<'_>| line.field.is_none() && matches!(line.unit.kind, UnitKind::Prose | UnitKind::Item { .. });
    let line = passage.lines.iter().filter(|line| !line.unsaid).find(plain);
    // A sentence about the objective is no value of it.
    if let Some(line) = line.filter(|line| !read_durations(&line.unit.text).is_empty()) {
        found.extend(objective(reader, *kind, None, line.said()));
    }
}

/// A column for each objective, or a row.
fn of_tables(reader: Reader<'_>, passage: &Passage<'_>, found: &mut Vec<Objective>) {
    for grid in reader.grids(&passage.lines) {
        let mut columns: Vec<(usize, ObjectiveKind)> = Vec::new();
        for (at, column) in grid.columns.iter().enumerate() {
            if let [kind] = kinds(column).as_slice() {
                columns.push((at, *kind));
            }
        }
        for row in &grid.rows {
            let scope = row.first().map(|cell| cell.text.clone());
            for (at, kind) in &columns {
                let cell = row.get(*at).cloned();
                found.extend(cell.and_then(|cell| objective(reader, *kind, scope.clone().filter(|_| *at > 0), cell)));
            }
            let named = row.first().map_or_else(Vec::new, |cell| kinds(&cell.text));
            if let ([kind], true, Some(value)) = (named.as_slice(), columns.is_empty(), row.get(1)) {
                let target = grid
                    .column(&["target", "value", "objective", "goal"])
                    .filter(|at| *at > 0);
                let value = target.and_then(|at| row.get(at)).unwrap_or(value);
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
                named = line.field.is_some_and(|field| field.value.is_empty()) && line.is_field(&FAILOVER);
            }
            let step = line.is_item() && line.unit.depth == 1 && !line.unsaid && !says_none(&line.unit.text);
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
