//! The registers of what was decided, what it is built with, and what it must do.

use std::collections::{BTreeMap, BTreeSet};

use super::{Book, Cell, PageBlock, Table, Tone, day};
use crate::facts::{Digest, Placed};
use crate::naming;
use crate::record::{Decision, Technology};

/// The decisions, with the day they first stood in their document. What was superseded is said so.
pub fn decisions(book: &Book<'_>) -> Vec<PageBlock> {
    let mut table = Table::new("Decisions", &["Decision", "Status", "Document", "Since"]);
    let wanted = naming::normalise(book.kind);
    for (digest, placed) in book.all(|digest| &digest.records.decisions) {
        let decision = &placed.record;
        let status = decision
            .status
            .as_ref()
            .map(|status| status.text.clone())
            .unwrap_or_default();
        if !wanted.is_empty() && !naming::normalise(&status).starts_with(&wanted) {
            continue;
        }
        table.rows.push(vec![
            Cell::link(name(decision), &placed.target),
            Cell::text(&status).toned(match naming::normalise(&status) {
                status if status.starts_with("superseded") || status.starts_with("deprecated") => Tone::Quiet,
                status if status.starts_with("rejected") => Tone::Quiet,
                _ => Tone::Plain,
            }),
            // A decision record is its own document.
            match placed.target == digest.target {
                true => Cell::default(),
                false => book.document(digest, &digest.target),
            },
            day(placed.first_seen),
        ]);
    }
    book.shown(table, "No decision")
}

fn name(decision: &Decision) -> String {
    match decision.number {
        Some(number) => format!("{number}. {}", decision.title.text),
        None => decision.title.text.clone(),
    }
}

/// The technologies, with the documents that name them, their versions, and where two versions cannot both be right.
pub fn technologies(book: &Book<'_>) -> Vec<PageBlock> {
    let mut by_key: BTreeMap<String, Vec<(&Digest, &Placed<Technology>)>> = BTreeMap::new();
    let wanted = naming::normalise(book.kind);
    for (digest, placed) in book.all(|digest| &digest.records.technologies) {
        let role = placed.record.role.as_deref().map(naming::normalise);
        if wanted.is_empty() || role.is_some_and(|role| role == wanted) {
            by_key.entry(placed.record.key()).or_default().push((digest, placed));
        }
    }
    let mut table = Table::new("Technologies", &["Technology", "Used as", "Versions", "Documents"]);
    for named in by_key.into_values() {
        let Some((_, first)) = named.first() else { continue };
        let conflict = named
            .iter()
            .any(|(_, one)| named.iter().any(|(_, other)| one.record.contradicts(&other.record)));
        let all = versions(named.iter().map(|(_, one)| *one));
        let mut roles: Vec<&str> = named.iter().filter_map(|(_, one)| one.record.role.as_deref()).collect();
        roles.sort_unstable();
        roles.dedup();
        let mut documents: Vec<(&Digest, &Placed<Technology>)> = Vec::new();
        for (digest, placed) in &named {
            if !documents.iter().any(|(other, _)| other.path == digest.path) {
                documents.push((*digest, *placed));
            }
        }
        // Where versions differ, it matters who uses which.
        let links = documents.iter().map(|(digest, placed)| {
            let own = named.iter().filter(|(other, _)| other.path == digest.path);
            let own = versions(own.map(|(_, one)| *one));
            let link = Cell::link(digest.name(), &placed.target);
            match conflict && !own.is_empty() {
                true => link.and(format!(" ({own})")),
                false => link,
            }
        });
        table.rows.push(vec![
            book.leading(&first.record.name.text, &first.target),
            Cell::text(roles.join(", ")),
            Cell::text(all)
                .and(if conflict { " (they differ)" } else { "" })
                .toned(if conflict { Tone::Fair } else { Tone::Plain }),
            if book.own { Cell::default() } else { Cell::listed(links) },
        ]);
    }
    book.shown(table, "No technology")
}

/// The versions that are named, each once.
fn versions<'a>(named: impl Iterator<Item = &'a Placed<Technology>>) -> String {
    let versions: BTreeSet<&str> = named.filter_map(|one| one.record.version.as_deref()).collect();
    versions.into_iter().collect::<Vec<_>>().join(", ")
}

/// The requirements, with where each is mentioned beside its definition. `kind` is `functional` or `non-functional`.
pub fn requirements(book: &Book<'_>) -> Vec<PageBlock> {
    let columns = ["Requirement", "What it asks for", "Kind", "Document", "Mentioned in"];
    let mut table = Table::new("Requirements", &columns);
    let wanted = naming::normalise(book.kind);
    for (digest, placed) in book.all(|digest| &digest.records.requirements) {
        let requirement = &placed.record;
        let kind = if requirement.functional {
            "functional"
        } else {
            "non-functional"
        };
        if !wanted.is_empty() && naming::normalise(kind) != wanted {
            continue;
        }
        let mut places: Vec<_> = digest
            .mentions
            .iter()
            .filter(|(id, _)| id.eq_ignore_ascii_case(&requirement.id))
            .map(|(_, target)| target)
            .collect();
        places.dedup();
        let sections = places.into_iter().map(|target| {
            let section = digest.sections.iter().rfind(|section| section.target == *target);
            let name = section.and_then(|section| section.heading.as_deref());
            Cell::link(name.unwrap_or("its text"), target)
        });
        let mentioned = Cell::listed(sections);
        table.rows.push(vec![
            Cell::link(&requirement.id, &placed.target),
            Cell::text(&requirement.text.text),
            Cell::text(if wanted.is_empty() { kind } else { "" }),
            book.document(digest, &digest.target),
            // What has no number of its own cannot be mentioned by it.
            match requirement.id.ends_with(|last: char| last.is_ascii_digit()) {
                true if mentioned.is_empty() => Cell::text("never"),
                true => mentioned,
                false => Cell::default(),
            },
        ]);
    }
    book.shown(table, "No requirement")
}
