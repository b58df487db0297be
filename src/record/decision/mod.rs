//! Design decisions with their five parts: as sections, as paragraphs, as rows of a table, as links to records.
//!
//! The parts of a decision are read where it stands under its own heading. A decision of a table or a link has a
//! number and a title here; what else there is to know stands elsewhere.

mod list;
mod parts;

use serde::Serialize;

use super::{Reader, Said};
use crate::naming;
use crate::source::Span;

/// A design decision.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its title.
    pub title: Said,
    /// Its status, where it has one: `Accepted`, `Superseded by 4`.
    pub status: Option<Said>,
    /// What prompted it.
    pub context: Option<Said>,
    /// What was considered.
    pub options: Vec<Said>,
    /// What was chosen.
    pub decision: Option<Said>,
    /// Why.
    pub rationale: Option<Said>,
    /// What follows from it.
    pub consequences: Option<Said>,
    /// Where the options begin; none where it has no such part, or where they are told in prose and cannot be counted.
    #[serde(skip)]
    pub options_at: Option<Span>,
}

/// The path of the section in the template.
pub(super) const SECTION: &str = "design-decisions";

/// Words in front of a decision's number.
const LABELS: [&str; 13] = [
    "decision",
    "adr",
    "madr",
    "dr",
    "ad",
    "add",
    "dd",
    "d",
    "kd",
    "design decision",
    "architecture decision",
    "architectural decision",
    "architecture decision record",
];

impl Decision {
    fn named(number: Option<u32>, title: Said) -> Self {
        Self {
            number,
            title,
            status: None,
            context: None,
            options: Vec::new(),
            decision: None,
            rationale: None,
            consequences: None,
            options_at: None,
        }
    }

    fn has_part(&self) -> bool {
        let parts = [
            &self.context,
            &self.decision,
            &self.rationale,
            &self.consequences,
            &self.status,
        ];
        parts.iter().any(|part| part.is_some()) || self.options_at.is_some() || !self.options.is_empty()
    }
}

/// Reads the decisions.
pub fn read(reader: Reader<'_>) -> Vec<Decision> {
    let mut found = Vec::new();
    if let Some((_, node)) = reader.section(SECTION) {
        for passage in reader.passages(node) {
            found.extend(list::read(reader, &passage));
        }
    }
    for (_, node) in reader.instances("design-decisions/decision") {
        let Some(heading) = node.heading(reader.document) else {
            continue;
        };
        let (number, title) = split(&heading.text);
        let title = Said {
            text: if title.is_empty() {
                heading.text.clone()
            } else {
                title.to_owned()
            },
            span: heading.name,
        };
        let passages = reader.passages(node);
        let mut decision = Decision::named(number, title);
        parts::read(reader, &passages, &mut decision);
        if !decision.has_part() && number.is_none() {
            // `### Overview` with a table or a list of links is no decision but holds some.
            let listed: Vec<Decision> = passages
                .iter()
                .flat_map(|passage| list::read(reader, passage))
                .collect();
            if !listed.is_empty() {
                found.extend(listed);
                continue;
            }
        }
        found.push(decision);
    }
    found
}

/// The number that a decision's heading begins with, and its title: `ADR-007: Use Kafka`, `2. Use Kafka`.
fn split(text: &str) -> (Option<u32>, &str) {
    if let Some((number, rest)) = labelled(text) {
        return (Some(number), rest);
    }
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(..text.len() - after.len()).unwrap_or("");
    let outline = after.strip_prefix(['.', ')', ':']).filter(|rest| rest.starts_with(' '));
    match (digits.parse().ok(), outline) {
        (Some(number), Some(rest)) => (Some(number), rest.trim_start()),
        _ => (None, text),
    }
}

/// The number and the title of a text that calls itself a decision.
fn labelled(text: &str) -> Option<(u32, &str)> {
    let known = |label: &str| LABELS.iter().any(|known| label.eq_ignore_ascii_case(known));
    let numbered = naming::numbered(text).filter(|numbered| known(numbered.label))?;
    Some((numbered.number, numbered.rest))
}

#[cfg(test)]
mod tests;
