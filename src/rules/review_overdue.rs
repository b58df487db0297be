//! `review-overdue`: the day of the next review is past.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "review-overdue",
    group: Group::Review,
    levels: Levels::by_stage(Level::Info, Level::Info, Level::Warning),
    page: include_str!("review_overdue.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some((span, date)) = facts.next_review().filter(|(_, date)| *date < facts.as_of) else {
        return;
    };
    // A day before the last review is a mistake of its own.
    if facts
        .reviewed_by()
        .and_then(|reviewed| reviewed.date)
        .is_some_and(|last| date < last)
    {
        return;
    }
    let changed = &facts.standing().changed;
    let mut notes = vec![format!("as of {}", facts.as_of)];
    if let Some(changed) = changed {
        notes.push(match changed.as_slice() {
            [] => "nothing changed since the last review".to_owned(),
            changed => format!(
                "changed since the last review: {}",
                super::listed(changed.iter().map(String::as_str), 10)
            ),
        });
    }
    findings.push(Finding {
        label: "is past".to_owned(),
        notes,
        help: Some(
            "review the document and write down who did and when; where nothing changed, a later day is enough"
                .to_owned(),
        ),
        ..Finding::at(span, format!("the review is overdue since {date}"))
    });
}
