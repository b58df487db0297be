//! `malformed-task`: a box of the review checklist is not shown as a box.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::Applicability;
use crate::diagnostic::{Level, Levels};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::record::Mark;
use crate::template::CHECKLIST;

pub static RULE: Rule = Rule {
    name: "malformed-task",
    group: Group::Review,
    levels: Levels::always(Level::Warning),
    page: include_str!("malformed_task.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for item in facts.records.review.iter().flat_map(|review| &review.items) {
        if item.mark != Mark::Malformed {
            continue;
        }
        let written = facts.text(item.mark_span);
        let right = if item.ticked { "[x]" } else { "[ ]" };
        let behind = facts.document.text.as_str().get(item.mark_span.end..).unwrap_or("");
        let gap = if behind.starts_with([' ', '\t']) { "" } else { " " };
        let boxed = written.starts_with('[') && written.ends_with(']');
        findings.push(Finding {
            label: "a reader sees these characters".to_owned(),
            help: Some(format!("write `{right}` and a blank")),
            section: Some(CHECKLIST.to_owned()),
            fix: boxed.then(|| {
                (
                    Applicability::Suggested,
                    vec![Edit::replace(item.mark_span, format!("{right}{gap}"))],
                )
            }),
            ..Finding::at(item.mark_span, format!("`{}` is no box of a task list", written.trim()))
        });
    }
}
