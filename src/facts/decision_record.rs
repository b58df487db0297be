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
        let numbered = naming::numbered(&title.text);
        Some(Decision {
            number: numbered.as_ref().map(|numbered| numbered.number),
            title: Said {
                text: numbered
                    .map_or(title.text.as_str(), |numbered| numbered.rest)
                    .to_owned(),
                span: title.span,
            },
            status: self.decision_status(),
            context: None,
            options: Vec::new(),
            decision: None,
            rationale: None,
            consequences: None,
            options_at: None,
        })
    }

    /// What its header or its own section says of its status.
    fn decision_status(&self) -> Option<Said> {
        let asked = self.header().into_iter().find(|asked| asked.spec.name == "status");
        if let Some(field) = asked
            .filter(|asked| asked.slot.state == FieldState::Filled)
            .and_then(|asked| asked.field)
        {
            return Some(Said {
                text: field.value.clone(),
                span: field.value_span,
            });
        }
        let (_, node) = self.outline.section(self.template, "status")?;
        let part = node.parts.iter().find(|part| part.standing == Standing::Own)?;
        Some(Said {
            text: part.unit.text.clone(),
            span: part.unit.span,
        })
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
