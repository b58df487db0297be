//! The registers of what is promised, what is known to be wanting, and what is to come.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Book, Cell, Part, Table, Target, Tone, day};
use crate::facts::{Digest, Placed};
use crate::record::{ObjectiveKind, Phase, Said};

/// Recovery time and recovery point of each document, and of each part that has its own.
pub fn recovery(book: &Book<'_>) -> Vec<Part> {
    let columns = ["Document", "For", "Recovery time (RTO)", "Recovery point (RPO)"];
    let mut table = Table::new("Recovery objectives", &columns);
    for digest in book.documents {
        let recovery = &digest.recovery;
        let mut scopes: Vec<Option<&str>> = Vec::new();
        for objective in &recovery.objectives {
            if !scopes.contains(&objective.scope.as_deref()) {
                scopes.push(objective.scope.as_deref());
            }
        }
        let section = digest.sections.iter().find(|section| section.id == "disaster-recovery");
        let target = section.map_or(&digest.target, |section| &section.target);
        for scope in scopes {
            let value = |kind: ObjectiveKind| {
                let objectives = recovery.objectives.iter();
                let mut own = objectives.filter(|one| one.kind == kind && one.scope.as_deref() == scope);
                Cell::text(own.next().map(|one| one.text.text.clone()).unwrap_or_default())
            };
            table.rows.push(vec![
                Cell::link(digest.name(), target),
                Cell::text(scope.unwrap_or("")),
                value(ObjectiveKind::Rto),
                value(ObjectiveKind::Rpo),
            ]);
        }
        if recovery.objectives.is_empty() && (recovery.rto.is_some() || recovery.rpo.is_some()) {
            let text =
                |said: &Option<Said>| Cell::text(said.as_ref().map(|said| said.text.clone()).unwrap_or_default());
            let name = Cell::link(digest.name(), target);
            table
                .rows
                .push(vec![name, Cell::default(), text(&recovery.rto), text(&recovery.rpo)]);
        }
    }
    book.shown(table, "No recovery objective")
}

/// The limitations with the day that each first stood in its document.
pub fn limitations(book: &Book<'_>) -> Vec<Part> {
    let mut table = Table::new("Known limitations", &["Limitation", "Document", "Since"]);
    for (digest, placed) in book.all(|digest| &digest.limitations) {
        let limitation = &placed.record;
        let number = limitation
            .number
            .map(|number| format!("{number}. "))
            .unwrap_or_default();
        table.rows.push(vec![
            Cell::text(format!("{number}{}", limitation.text.text)),
            Cell::link(digest.name(), &placed.target),
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
pub fn roadmap(book: &Book<'_>) -> Vec<Part> {
    let mut phases: Vec<(&Digest, &Placed<Phase>)> = book.all(|digest| &digest.roadmap).collect();
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
        let (_, words, tone) = progress(phase, book.as_of);
        table.rows.push(vec![
            Cell::link(&phase.name.text, &placed.target),
            book.document(digest, &digest.target),
            Cell::text(words).toned(tone),
            Cell::text(open.join("; ")),
        ]);
    }
    let timeline = timeline(book, &phases);
    let mut parts = Vec::new();
    if timeline.columns.len() > 2 {
        parts.extend(book.shown(timeline, "No phase"));
        parts.push(Part::Paragraph(Cell::text("✔ done · ◐ under way · ○ to come · ⚠ late")));
    }
    parts.extend(book.shown(table, "No phase of a roadmap"));
    parts
}

/// A sign, words and a tone for how far a phase is.
fn progress(phase: &Phase, as_of: Date) -> (char, String, Tone) {
    let counted = phase.tasks.iter().filter(|task| task.done || task.open);
    let (done, all) = counted.fold((0, 0), |(done, all), task| (done + usize::from(task.done), all + 1));
    let words = format!("{done} of {all} done");
    match (done, all) {
        (_, 0) => ('○', "no task".to_owned(), Tone::Quiet),
        (done, all) if done == all => ('✔', words, Tone::Good),
        _ if is_late(phase, as_of) => ('⚠', format!("late, {words}"), Tone::Bad),
        (0, _) => ('○', words, Tone::Plain),
        _ => ('◐', words, Tone::Fair),
    }
}

/// Documents by quarters.
fn timeline(book: &Book<'_>, phases: &[(&Digest, &Placed<Phase>)]) -> Table {
    let quarter = |phase: &Phase| {
        let last = phase.last?;
        Some((last.year(), (last.month() + 2) / 3))
    };
    let quarters: BTreeSet<(i16, i8)> = phases
        .iter()
        .filter_map(|(_, placed)| quarter(&placed.record))
        .collect();
    let mut table = Table::new("Roadmap by quarter", &["Document"]);
    table.grid = true;
    table
        .columns
        .extend(quarters.iter().map(|(year, quarter)| format!("Q{quarter} {year}")));
    for digest in book.documents {
        let own: Vec<&Placed<Phase>> = digest
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
                let (sign, words, tone) = progress(&placed.record, book.as_of);
                let target: &Target = &placed.target;
                cell.pieces.extend(Cell::sign(sign, words, target, tone).pieces);
                cell.tone = cell.tone.max(tone);
            }
            row.push(cell);
        }
        table.rows.push(row);
    }
    table
}
