//! The roadmap: phases with their time and their tasks.
//!
//! A phase is a heading, a row of a table, or a key with a list. It reads what is planned and never asks for the day.

mod table;

use jiff::civil::Date;

use super::reader::{
    Grid, Line, Passage, Reader, Said, Section, has_word, numbered_as, parenthesis, says_none, with_rest,
};
use crate::document::{Heading, UnitKind};
use crate::naming::{self, Words};
use crate::values::{find_period, read_period};

/// A phase of the roadmap.
#[derive(Debug, Clone)]
pub struct Phase {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name, `Q1 2027`.
    pub name: Said,
    /// The last day of its time, where that can be read.
    pub last: Option<Date>,
    /// Its tasks.
    pub tasks: Vec<RoadmapTask>,
}

/// A task of a phase.
#[derive(Debug, Clone)]
pub struct RoadmapTask {
    /// What is to be done.
    pub text: Said,
    /// Whether it is ticked, or said to be done.
    pub done: bool,
    /// Whether it is still to be done: not done, not struck out, not put off.
    pub open: bool,
    /// Whether it has a box to tick.
    pub boxed: bool,
}

/// Keys that say when a phase is.
static WHEN: Words =
    Words::new("timeline, timeframe, time frame, time, target, target date, when, due, date, quarter, eta");

/// Words for done, and for what will not be done in its phase.
static DONE: Words = Words::new("done, completed, complete, shipped, delivered, released, implemented, finished");
static PUT_OFF: Words = Words::new(
    "deferred, postponed, moved, dropped, cancelled, canceled, withdrawn, rejected, n/a, not applicable, obsolete, \
     superseded, descoped",
);

/// Reads the phases.
pub fn read(reader: Reader<'_>) -> Vec<Phase> {
    let Some(section) = reader.section("future-roadmap") else {
        return Vec::new();
    };
    let roadmap = section.heading_name().contains("roadmap");
    let mut phases: Vec<Phase> = section.passages().iter().flat_map(without_heading).collect();
    for section in reader.instances("future-roadmap/phase") {
        phases.extend(
            section
                .heading()
                .map(|heading| of_heading(&section, heading, roadmap))
                .into_iter()
                .flatten(),
        );
    }
    phases
}

/// The phase of a heading, or the phases of a table below it. In a section that calls itself a `roadmap` every heading
/// with tasks is a phase; `Next Steps` holds others too.
fn of_heading(section: &Section<'_>, heading: &Heading, roadmap: bool) -> Vec<Phase> {
    let numbered = numbered_phase(&heading.text);
    let rest = numbered.and_then(|numbered| Said::new(numbered.rest, heading.name).filled());
    let name = rest.unwrap_or_else(|| Said::heading(heading));
    let lines: Vec<Line<'_>> = section
        .passages()
        .into_iter()
        .flat_map(|passage| passage.lines)
        .collect();
    let stated = || {
        let mut fields = lines.iter().filter(|line| line.is_field(&WHEN));
        find_period(&fields.find_map(|line| line.field)?.value)
    };
    let period = find_period(&name.text)
        .or_else(|| find_period(&heading.text))
        .or_else(stated);
    let grids = Grid::of(&lines);
    let mut tasks = tasks(&lines, 1);
    tasks.extend(grids.iter().flat_map(table::tasks));
    let all_done = is_ticked_off(&heading.text);
    for task in tasks.iter_mut().filter(|task| all_done && !task.boxed) {
        (task.done, task.open) = (true, false);
    }
    if tasks.is_empty() && period.is_none() && !grids.is_empty() {
        return grids.iter().flat_map(table::phases).collect();
    }
    let timed = || roadmap || speaks_of_time(&heading.text);
    if numbered.is_none() && period.is_none() && (tasks.is_empty() || !timed()) {
        return Vec::new();
    }
    vec![Phase {
        number: numbered.map(|numbered| numbered.number),
        name,
        last: period.map(|period| period.last),
        tasks,
    }]
}

/// `Short-term`, `Next`, `In 6 months`: a time that is no period of the calendar.
fn speaks_of_time(heading: &str) -> bool {
    let words = [
        "term",
        "short",
        "near",
        "mid",
        "long",
        "next",
        "now",
        "later",
        "immediate",
        "future",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "vision",
        "version",
        "milestone",
        "phase",
        "mvp",
        "quarter",
    ];
    has_word(&naming::normalise(heading), &words)
}

/// Phases that have no heading of their own: rows, and keys with a list or a value.
fn without_heading(passage: &Passage<'_>) -> Vec<Phase> {
    let mut phases: Vec<Phase> = passage.grids().iter().flat_map(table::phases).collect();
    let top = |line: &Line<'_>| line.unit.depth <= 1 && !line.unsaid;
    for (line, behind) in with_rest(&passage.lines).filter(|(line, _)| top(line)) {
        let named = match line.field {
            Some(field) => Said::key(field),
            None if line.is_item() || line.unit.kind == UnitKind::Prose => line.said(),
            None => continue,
        };
        let Some((number, name, last)) = phase_name(&named) else {
            continue;
        };
        let below = match line.field {
            Some(_) => line.below(behind),
            // A paragraph in bold is a heading to its author; an item holds the items below it.
            None => line.deeper(behind),
        };
        let mut tasks = tasks(below, line.unit.depth.saturating_add(1));
        if let Some(value) = line.value().filter(|_| tasks.is_empty()) {
            let mut task = task(line, &value.text);
            task.text.span = value.span;
            tasks.push(task);
        }
        phases.push(Phase {
            number,
            name: Said::new(name, named.span),
            last,
            tasks,
        });
    }
    phases
}

fn numbered_phase(text: &str) -> Option<naming::Numbered<'_>> {
    numbered_as(text, &["phase", "milestone", "stage", "release", "iteration", "wave"])
}

/// `Phase 1 (Q1 2027)`, `Q1 2027`: what a phase is called where nothing else says that it is one.
fn phase_name(said: &Said) -> Option<(Option<u32>, String, Option<Date>)> {
    let short = said.text.split_whitespace().count() <= 8;
    if let Some(numbered) = numbered_phase(&said.text).filter(|_| short) {
        let name = if numbered.rest.is_empty() {
            &said.text
        } else {
            numbered.rest
        };
        let period = find_period(&said.text);
        return Some((Some(numbered.number), name.to_owned(), period.map(|period| period.last)));
    }
    let period = read_period(&said.text)?;
    Some((None, said.text.clone(), Some(period.last)))
}

/// The tasks among some lines: those with a box, at any depth; where there are none, the items at `depth`.
fn tasks(lines: &[Line<'_>], depth: u8) -> Vec<RoadmapTask> {
    let boxed = |line: &Line<'_>| matches!(line.unit.kind, UnitKind::Item { task: Some(_) });
    let any_boxed = lines.iter().any(boxed);
    let wanted = |line: &&Line<'_>| match any_boxed {
        true => boxed(line),
        false => line.is_item() && line.unit.depth == depth,
    };
    let said = |line: &&Line<'_>| !line.unsaid && !line.is_field(&WHEN) && !says_none(&line.unit.text);
    let lines = lines.iter().filter(wanted).filter(said);
    lines.map(|line| task(line, &line.unit.text)).collect()
}

fn task(line: &Line<'_>, text: &str) -> RoadmapTask {
    let ticked = match line.unit.kind {
        UnitKind::Item { task } => task,
        _ => None,
    };
    let put_off = || line.place().is_struck() || marked(text, &PUT_OFF);
    let done = ticked.unwrap_or(false) || is_ticked_off(text);
    RoadmapTask {
        text: Said::new(text, line.place().words()),
        done,
        open: !done && !put_off(),
        boxed: ticked.is_some(),
    }
}

/// `✅`, or a word for done where remarks stand: at the ends, in parentheses.
fn is_ticked_off(text: &str) -> bool {
    text.contains(['✅', '✔', '☑']) || marked(text, &DONE)
}

/// Whether a remark at an end of the text begins with one of `words`: `(moved to Phase 3)`, `Done: …`, `… – done`.
fn marked(text: &str, words: &[&str]) -> bool {
    // What sets a remark apart: most tasks have none.
    if !text.contains([':', '-', '–', '—', ')']) {
        return false;
    }
    let lower = text.trim().to_lowercase();
    let first = lower.split_once([':', '–', '—']).map_or("", |(first, _)| first);
    let last = [('–', " – "), ('—', " — "), ('-', " - "), (':', ": ")]
        .iter()
        .filter(|(sign, _)| lower.contains(*sign))
        .filter_map(|(_, mark)| lower.rsplit_once(mark))
        .map(|(_, last)| last);
    let inside = parenthesis(&lower).map(|(_, inside)| inside);
    let remarks = last.chain(inside);
    let begins = |remark: &str| {
        let remark = remark.trim_start_matches(|c: char| !c.is_alphanumeric());
        words.iter().any(|word| {
            remark
                .strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    words.contains(&first.trim()) || remarks.into_iter().any(begins)
}

#[cfg(test)]
mod tests;
