//! `missing-item`: the review checklist lacks an item that the template has.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::State;
use crate::template::CHECKLIST;

pub static RULE: Rule = Rule {
    name: "missing-item",
    group: Group::Review,
    levels: Levels::by_stage(Level::Info, Level::Info, Level::Warning),
    page: include_str!("missing_item.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let node = facts.outline.section(facts.template, CHECKLIST).map(|(_, node)| node);
    let items = facts.records.review.as_ref().map_or(&[][..], |review| &review.items);
    // Without any item it is there in name only. Where it is empty or waived, or not there, other rules speak.
    let named =
        node.is_some_and(|node| matches!(node.state, State::Complete | State::Partial) && !facts.is_explained(node));
    let elsewhere = node.is_some_and(|node| node.region.len() > 1);
    if items.is_empty() && (!named || elsewhere) {
        return;
    }
    let there = |index: usize| items.iter().any(|item| item.template_item == Some(index));
    let asked = facts.template.checklist.iter().enumerate();
    let missing: Vec<&str> = asked
        .filter(|(index, _)| !there(*index))
        .map(|(_, text)| text.as_str())
        .collect();
    // A checklist of one's own replaces the template's.
    if missing.is_empty() || !items.is_empty() && missing.len() * 2 > facts.template.checklist.len() {
        return;
    }
    let Some(span) = node.and_then(|node| node.name_span(facts.document)) else {
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
