//! `changed-since-review`: the document changed since its last review.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "changed-since-review",
    group: Group::Review,
    levels: Levels::by_stage(Level::Off, Level::Info, Level::Warning),
    page: include_str!("changed_since_review.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let standing = facts.standing();
    let Some(changed) = standing.changed.as_ref().filter(|changed| !changed.is_empty()) else {
        return;
    };
    let (Some(reviewed), Some(date)) = (facts.reviewed_by(), standing.last_reviewed) else {
        return;
    };
    // An overdue review lists what changed, too.
    let Some(span) = reviewed.span.filter(|_| !standing.overdue) else {
        return;
    };
    findings.push(Finding {
        label: "reviewed before that".to_owned(),
        help: Some("have the changes reviewed, and write down who did and when".to_owned()),
        ..Finding::at(
            span,
            format!(
                "{} changed since the review on {date}",
                super::listed(changed.iter().map(String::as_str), 10)
            ),
        )
    });
}
