//! `empty-field`: a field of the header or the footer has no value.

use super::{Check, Finding, Findings, Group, Rule, required};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::FieldState;

pub static RULE: Rule = Rule {
    name: "empty-field",
    group: Group::Fields,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("empty_field.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for asked in facts.header().into_iter().chain(facts.footer()) {
        let Some(field) = asked.field.filter(|_| asked.slot.state == FieldState::Empty) else {
            continue;
        };
        findings.push(Finding {
            label: "its value is missing".to_owned(),
            template: Some((asked.spec.span, required(facts))),
            help: Some(format!("write the value behind `{}`", field.key)),
            ..Finding::at(field.key_span, format!("`{}` has no value", field.key))
        });
    }
}
