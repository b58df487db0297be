//! The registers of what is promised, what is known to be wanting, and what is to come.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Book, Cell, PageBlock, Table, Tone, day, legend};
use crate::facts::{Digest, Placed};
use crate::markdown::one_line;
use crate::record::{ObjectiveKind, Phase};

/// Recovery time and recovery point of each document, and of each part that has its own.
pub fn recovery(book: &Book<'_>) -> Vec<PageBlock> {
    let columns = ["Document", "For", "Recovery time (RTO)", "Recovery point (RPO)"];
    // Where all rows speak of one document, its name stands above them, and the values lead to their place.
    let own = usize::from(book.own);
    let mut table = Table::new("Recovery objectives", columns.get(own..).unwrap_or(&columns));
    for digest in book.documents {
        let section = digest.sections.iter().find(|section| section.id == "disaster-recovery");
        let target = section.map_or(&digest.target, |section| &section.target);
        for (scope, rto, rpo) in objectives(digest) {
            let value = |value: Option<&str>| value.map(|value| book.leading(value, target)).unwrap_or_default();
            let row = [
                Cell::link(digest.name(), target),
                Cell::text(scope.unwrap_or("")),
                value(rto),
                value(rpo),
            ];
            table.rows.push(row.into_iter().skip(own).collect());
        }
    }
    book.shown(table, "No recovery objective")
}

/// What a document promises: for what, the recovery time and the recovery point.
fn objectives(digest: &Digest) -> Vec<(Option<&str>, Option<&str>, Option<&str>)> {
    let recovery = &digest.records.recovery;
    let mut scopes: Vec<Option<&str>> = Vec::new();
    for objective in &recovery.objectives {
        if !scopes.contains(&objective.scope.as_deref()) {
            scopes.push(objective.scope.as_deref());
        }
    }
    let value = |scope: Option<&str>, kind: ObjectiveKind| {
        let mut objectives = recovery.objectives.iter();
        let own = objectives.find(|one| one.kind == kind && one.scope.as_deref() == scope);
        own.map(|one| one.text.text.as_str())
    };
    let mut rows: Vec<_> = scopes
        .into_iter()
        .map(|scope| {
            (
                scope,
                value(scope, ObjectiveKind::Rto),
                value(scope, ObjectiveKind::Rpo),
            )
        })
        .collect();
    if rows.is_empty() && (recovery.rto.is_some() || recovery.rpo.is_some()) {
        rows.push((
            None,
            recovery.rto.as_ref().map(|said| said.text.as_str()),
            recovery.rpo.as_ref().map(|said| said.text.as_str()),
        ));
    }
    rows
}

/// The limitations with the day that each first stood in its document.
pub fn limitations(book: &Book<'_>) -> Vec<PageBlock> {
    let mut table = Table::new("Known limitations", &["Limitation", "Document", "Since"]);
    for (digest, placed) in book.all(|digest| &digest.records.limitations) {
        let limitation = &placed.record;
        table.rows.push(vec![
            // The number leads to its place; what has none is led to by its document, or by itself.
            match limitation.number {
                Some(number) => {
                    Cell::link(format!("{number}."), &placed.target).and(format!(" {}", limitation.text.text))
                }
                None => book.leading(&limitation.text.text, &placed.target),
            },
            book.document(digest, limitation.number.map_or(&placed.target, |_| &digest.target)),
            day(placed.first_seen),
        ]);
    }
    book.shown(table, "No limitation")
}

/// Whether the time of a phase is over, and tasks of it are open.
pub fn is_late(phase: &Phase, as_of: Date) -> bool {
    phase.last.is_some_and(|last| last < as_of) && phase.tasks.iter().any(|task| task.open)
}

/// The roadmap: a timeline by quarter, and a row a phase.
pub fn roadmap(book: &Book<'_>) -> Vec<PageBlock> {
    let mut phases: Vec<(&Digest, &Placed<Phase>)> = book.all(|digest| &digest.records.roadmap).collect();
    phases.sort_by_key(|(_, placed)| placed.record.last.unwrap_or(Date::MAX));
    let mut table = Table::new("Roadmap", &["Phase", "Document", "Progress", "Still open"]);
    for (digest, placed) in &phases {
        let phase = &placed.record;
        let open: Vec<&str> = phase
            .tasks
            .iter()
            .filter(|task| task.open)
            .map(|task| task.text.text.as_str())
            .collect();
        let Progress { words, tone, .. } = progress(phase, book.as_of);
        table.rows.push(vec![
            Cell::link(unbroken(&phase.name.text), &placed.target),
            book.document(digest, &digest.target),
            Cell::whole(words).toned(tone),
            Cell::text(open.join("; ")),
        ]);
    }
    let timeline = timeline(book, &phases);
    let mut parts = Vec::new();
    if timeline.columns.len() > 2 {
        parts.extend(book.shown(timeline, "No phase"));
        parts.push(PageBlock::Paragraph(meanings(&phases, book.as_of)));
    }
    parts.extend(book.shown(table, "No phase of a roadmap"));
    parts
}

/// The name with what is a number of something, or a day, on one line: `Q1 2027`, `Phase 2`.
fn unbroken(name: &str) -> String {
    let mut text = String::new();
    for (at, word) in one_line(name).split(' ').enumerate() {
        if at > 0 {
            let number = word.contains(|c: char| c.is_ascii_digit());
            text.push(if number { '\u{a0}' } else { ' ' });
        }
        text.push_str(word);
    }
    text
}

/// How far a phase is.
struct Progress {
    sign: &'static str,
    /// What the sign stands for.
    what: &'static str,
    /// The sign with the numbers of tasks, `◐ 2/4`.
    short: String,
    words: String,
    tone: Tone,
}

fn progress(phase: &Phase, as_of: Date) -> Progress {
    let counted = phase.tasks.iter().filter(|task| task.done || task.open);
    let (done, all) = counted.fold((0, 0), |(done, all), task| (done + usize::from(task.done), all + 1));
    let (sign, what, tone) = match (done, all) {
        (_, 0) => ("·", "without tasks", Tone::Quiet),
        (done, all) if done == all => ("✔", "done", Tone::Good),
        _ if is_late(phase, as_of) => ("⚠", "late", Tone::Bad),
        (0, _) => ("○", "to come", Tone::Plain),
        _ => ("◐", "under way", Tone::Fair),
    };
    let numbers = format!("{done} of {all} done");
    Progress {
        sign,
        what,
        short: match all {
            0 => sign.to_owned(),
            all => format!("{sign}\u{a0}{done}/{all}"),
        },
        words: match (what, all) {
            (_, 0) => "no task".to_owned(),
            ("late", _) => format!("late, {numbers}"),
            _ => numbers,
        },
        tone,
    }
}

/// What the signs of the timeline mean, those that occur.
fn meanings(phases: &[(&Digest, &Placed<Phase>)], as_of: Date) -> Cell {
    let dated = phases.iter().filter(|(_, placed)| placed.record.last.is_some());
    let signs = dated
        .map(|(_, placed)| progress(&placed.record, as_of))
        .map(|progress| (progress.sign, progress.what, progress.tone));
    Cell::text(format!("{} · 2/4: two of four tasks are done", legend(signs)))
}

/// Documents by quarters.
fn timeline(book: &Book<'_>, phases: &[(&Digest, &Placed<Phase>)]) -> Table {
    let quarter_of = |day: Date| (day.year(), (day.month() + 2) / 3);
    let quarter = |phase: &Phase| phase.last.map(quarter_of);
    let mut quarters: BTreeSet<(i16, i8)> = phases
        .iter()
        .filter_map(|(_, placed)| quarter(&placed.record))
        .collect();
    // Where we stand is a part of the picture, though nothing may end in this quarter.
    let now = quarter_of(book.as_of);
    if !quarters.is_empty() {
        quarters.insert(now);
    }
    let mut table = Table::new("Roadmap by quarter", &["Document"]);
    table.grid = true;
    table
        .columns
        .extend(quarters.iter().map(|column| match (column, *column == now) {
            ((year, quarter), false) => format!("Q{quarter} {year}"),
            ((year, quarter), true) => format!("Q{quarter} {year} (now)"),
        }));
    for digest in book.documents {
        let own: Vec<&Placed<Phase>> = digest
            .records
            .roadmap
            .iter()
            .filter(|placed| quarter(&placed.record).is_some())
            .collect();
        if own.is_empty() {
            continue;
        }
        let mut row = vec![Cell::link(digest.name(), &digest.target)];
        for column in &quarters {
            let mut cell = Cell::default();
            for placed in own.iter().filter(|placed| quarter(&placed.record) == Some(*column)) {
                let progress = progress(&placed.record, book.as_of);
                if !cell.is_empty() {
                    cell = cell.and(" ");
                }
                let words = format!("{}, {}", placed.record.name.text, progress.words);
                cell.tone = cell.tone.max(progress.tone);
                cell = cell.and_all(Cell::sign(progress.short, words, &placed.target, progress.tone));
            }
            row.push(cell);
        }
        table.rows.push(row);
    }
    table
}
