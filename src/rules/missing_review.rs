//! `missing-review`: a document says that it is approved, and not by whom or when.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::Stage;
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::{FieldState, StageWord, stage_of};

pub static RULE: Rule = Rule {
    name: "missing-review",
    group: Group::Review,
    levels: Levels::by_stage(Level::Off, Level::Info, Level::Error),
    page: include_str!("missing_review.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let approved = facts.footer().iter().find(|asked| {
        let value = asked.field.map_or("", |field| field.value.as_str());
        asked.slot.state == FieldState::Filled && matches!(stage_of(value), StageWord::Known(Stage::Final))
    });
    let (Some(approved), Some(reviewed)) = (approved.and_then(|asked| asked.field), facts.reviewed_by()) else {
        return;
    };
    // A field that is missing, or still the template's, is reported as that.
    let Some(span) = reviewed.span else {
        return;
    };
    let lacks = match (reviewed.names.is_empty(), reviewed.date) {
        (false, None) => Some(("no day that can be read", "when it was reviewed")),
        (true, Some(_)) => Some(("nobody is named", "who reviewed it")),
        _ => None,
    };
    if let Some((label, what)) = lacks {
        findings.push(Finding {
            label: label.to_owned(),
            related: vec![(approved.value_span, "the document is approved".to_owned())],
            help: Some("write `NAME on YYYY-MM-DD`".to_owned()),
            ..Finding::at(span, format!("the document is approved, and does not say {what}"))
        });
    }
}
