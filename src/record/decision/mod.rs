//! Design decisions with their five parts: as sections, as paragraphs, as rows of a table, as links to records.
//!
//! The parts of a decision are read where it stands under its own heading. A decision of a table or a link has a
//! number and a title here; what else there is to know stands elsewhere.

mod list;
mod parts;

use super::reader::{Passage, Reader, Said, numbered_as};
use crate::naming::Words;
use crate::source::Span;

/// A design decision.
#[derive(Debug, Clone, Default)]
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
    pub options_at: Option<Span>,
}

/// The path of the section in the template.
pub(super) const SECTION: &str = "design-decisions";

/// Words in front of a decision's number.
static LABELS: Words = Words::new(
    "decision, adr, madr, dr, ad, add, dd, d, kd, design decision, architecture decision, architectural decision, \
     architecture decision record",
);

impl Decision {
    fn named(number: Option<u32>, title: Said) -> Self {
        Self {
            number,
            title,
            ..Self::default()
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
    let listed = |passages: &[Passage<'_>]| passages.iter().flat_map(list::read).collect::<Vec<_>>();
    let mut found = reader
        .section(SECTION)
        .map_or_else(Vec::new, |section| listed(&section.passages()));
    for section in reader.instances("design-decisions/decision") {
        let Some(heading) = section.heading() else {
            continue;
        };
        let (number, title) = split(&heading.text);
        let title = Said::new(title, heading.name).filled();
        let passages = section.passages();
        let mut decision = Decision::named(number, title.unwrap_or_else(|| Said::heading(heading)));
        parts::read(&passages, &mut decision);
        if !decision.has_part() && number.is_none() {
            // `### Overview` with a table or a list of links is no decision but holds some.
            let listed = listed(&passages);
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
    let digits = text.strip_suffix(after).unwrap_or("");
    let outline = after.strip_prefix(['.', ')', ':']).filter(|rest| rest.starts_with(' '));
    match (digits.parse().ok(), outline) {
        (Some(number), Some(rest)) => (Some(number), rest.trim_start()),
        _ => (None, text),
    }
}

/// The number and the title of a text that calls itself a decision.
fn labelled(text: &str) -> Option<(u32, &str)> {
    numbered_as(text, &LABELS).map(|numbered| (numbered.number, numbered.rest))
}

#[cfg(test)]
mod tests;
