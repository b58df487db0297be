//! `empty-change-log`: the change log has no row.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::State;

pub static RULE: Rule = Rule {
    name: "empty-change-log",
    group: Group::ChangeLog,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("empty_change_log.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(log) = facts.records.change_log.as_ref().filter(|log| log.rows.is_empty()) else {
        return;
    };
    let section = facts.outline.section(facts.template, "change-log");
    let told = |state| {
        matches!(
            state,
            State::Missing | State::Empty | State::Template | State::NotApplicable | State::Placeholder
        )
    };
    if section.is_some_and(|(_, node)| told(node.state)) {
        return;
    }
    findings.push(Finding {
        label: "its columns, and nothing below them".to_owned(),
        help: Some("add a row for the document's first version".to_owned()),
        section: Some("change-log".to_owned()),
        ..Finding::at(log.span, "the change log has no row")
    });
}
