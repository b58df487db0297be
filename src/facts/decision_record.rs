//! A document that is a decision record itself, and since when what a document lists is there.

use jiff::civil::Date;

use super::Facts;
use crate::naming;
use crate::outline::{FieldState, Standing};
use crate::record::{Decision, Said};

/// The sections that make a template one of decision records.
const DECIDED: [&str; 2] = ["decision", "decision-outcome"];

impl Facts<'_> {
    /// The decision that the document is, if its template is that of a decision record.
    pub fn as_decision(&self) -> Option<Decision> {
        let is_record = DECIDED
            .iter()
            .any(|id| self.template.sections.iter().any(|spec| spec.id == *id));
        let title = self.document.title().filter(|_| is_record)?;
        let (number, name) = number_of(&title.text);
        let status = self.outline.section(self.template, "status");
        let at = status.and_then(|(_, node)| node.name_span(self.document));
        Some(Decision {
            number,
            title: Said {
                text: name.to_owned(),
                span: title.span,
            },
            status: self.decision_status().map(|text| Said {
                text,
                span: at.unwrap_or(title.span),
            }),
            context: None,
            options: Vec::new(),
            decision: None,
            rationale: None,
            consequences: None,
            options_at: None,
        })
    }

    /// What the header of a decision record, or its section, says of its status.
    pub fn decision_status(&self) -> Option<String> {
        let asked = self.header().iter().find(|asked| asked.spec.name == "status");
        let filled = asked.filter(|asked| asked.slot.state == FieldState::Filled);
        if let Some(field) = filled.and_then(|asked| asked.field) {
            return Some(field.value.clone());
        }
        let (_, node) = self.outline.section(self.template, "status")?;
        let part = node.parts.iter().find(|part| part.standing == Standing::Own)?;
        Some(part.unit.text.clone())
    }

    /// The day of the commit that first had an item; none where git does not know.
    pub fn first_seen(&self, kind: &str, key: &str) -> Option<Date> {
        let past = self.past.as_ref().filter(|past| past.show)?;
        let days = past.chapters.iter().map(|chapter| chapter.first_seen(kind, key));
        days.flatten().filter_map(|revision| revision.commit.date).min()
    }

    /// The day of the commit that first had the document; none where git does not know.
    pub fn first_day(&self) -> Option<Date> {
        let past = self.past.as_ref().filter(|past| past.show)?;
        let first = past.chapters.first().filter(|chapter| chapter.baselines.is_empty())?;
        first.revisions.last()?.commit.date
    }
}

/// The number that the title of a decision record begins with, `7.` or `ADR 7:`, and what follows it.
fn number_of(title: &str) -> (Option<u32>, &str) {
    if let Some(numbered) = naming::numbered(title) {
        return (Some(numbered.number), numbered.rest);
    }
    let digits = title.len() - title.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = title.split_at_checked(digits).unwrap_or(("", title));
    match (number.parse().ok(), rest.strip_prefix(['.', ':', ')'])) {
        (Some(number), Some(rest)) => (Some(number), rest.trim_start()),
        _ => (None, title),
    }
}
