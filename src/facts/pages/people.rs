//! The registers of people and of what is referred to.

use std::collections::BTreeMap;

use super::{Book, Cell, PageBlock, Table, day};
use crate::facts::{Digest, Target};
use crate::naming;

/// The people with their roles, the documents they stand in, and the last review of those.
pub fn stakeholders(book: &Book<'_>) -> Vec<PageBlock> {
    let mut people: BTreeMap<String, Person<'_>> = BTreeMap::new();
    for (digest, placed) in book.all(|digest| &digest.records.stakeholders) {
        let stakeholder = &placed.record;
        for name in &stakeholder.people {
            let person = people.entry(naming::normalise(name)).or_insert_with(|| Person {
                name,
                roles: Vec::new(),
                documents: Vec::new(),
            });
            if !person.roles.contains(&stakeholder.role.text.as_str()) {
                person.roles.push(&stakeholder.role.text);
            }
            if !person.documents.iter().any(|(other, _)| other.path == digest.path) {
                person.documents.push((digest, &placed.target));
            }
        }
    }
    let mut table = Table::new("Stakeholders", &["Name", "Role", "Documents", "Last review"]);
    for (key, person) in people {
        let reviewed = person.documents.iter().filter(|(digest, _)| {
            let mut reviewers = digest.reviewers.iter();
            reviewers.any(|reviewer| naming::normalise(reviewer) == key)
        });
        let last = reviewed.filter_map(|(digest, _)| digest.standing.last_reviewed).max();
        let documents = person
            .documents
            .iter()
            .map(|(digest, target)| Cell::link(digest.name(), target));
        let Some((_, first)) = person.documents.first() else {
            continue;
        };
        table.rows.push(vec![
            book.leading(person.name, first),
            Cell::text(person.roles.join(", ")),
            if book.own {
                Cell::default()
            } else {
                Cell::listed(documents)
            },
            day(last),
        ]);
    }
    book.shown(table, "No stakeholder")
}

struct Person<'a> {
    name: &'a str,
    roles: Vec<&'a str>,
    documents: Vec<(&'a Digest, &'a Target)>,
}

/// What the documents refer to. `kind` is `link` or `text`.
pub fn references(book: &Book<'_>) -> Vec<PageBlock> {
    let mut table = Table::new("References", &["Reference", "Leads to", "Document"]);
    for (digest, placed) in book.all(|digest| &digest.records.references) {
        let reference = &placed.record;
        let kind = if reference.target.is_some() { "link" } else { "text" };
        if !book.kind.is_empty() && book.kind != kind {
            continue;
        }
        table.rows.push(vec![
            book.leading(&reference.text.text, &placed.target),
            match reference.target.as_deref() {
                Some(target) if target.starts_with("https://") || target.starts_with("http://") => {
                    Cell::default().and_away(target, target)
                }
                target => Cell::text(target.unwrap_or("")),
            },
            book.document(digest, &placed.target),
        ]);
    }
    book.shown(table, "No reference")
}
