//! `missing-item`: the review checklist lacks an item that the template has.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::template::CHECKLIST;

pub static RULE: Rule = Rule {
    name: "missing-item",
    group: Group::Review,
    levels: Levels::by_stage(Level::Info, Level::Info, Level::Warning),
    page: include_str!("missing_item.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(review) = &facts.records.review else {
        return;
    };
    let there = |index: usize| review.items.iter().any(|item| item.template_item == Some(index));
    let asked = facts.template.checklist.iter().enumerate();
    let missing: Vec<&str> = asked
        .filter(|(index, _)| !there(*index))
        .map(|(_, text)| text.as_str())
        .collect();
    // A checklist of one's own replaces the template's.
    if missing.is_empty() || missing.len() * 2 > facts.template.checklist.len() {
        return;
    }
    let heading = facts
        .outline
        .section(facts.template, CHECKLIST)
        .and_then(|(_, node)| node.name_span(facts.document));
    let Some(span) = heading else {
        return;
    };
    findings.push(Finding {
        label: format!("lacks {} of {} items", missing.len(), facts.template.checklist.len()),
        help: Some("add each with an open box, or with `N/A: reason` where it does not apply".to_owned()),
        section: Some(CHECKLIST.to_owned()),
        ..Finding::at(
            span,
            format!("the review checklist lacks {}", super::listed(missing, 10)),
        )
    });
}
