//! `invalid-version`: the version field holds no version.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::FieldState;
use crate::template::FieldKind;
use crate::values::is_plausible_version;

pub static RULE: Rule = Rule {
    name: "invalid-version",
    group: Group::Fields,
    levels: Levels::always(Level::Error),
    page: include_str!("invalid_version.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for asked in facts.header().iter().chain(facts.footer()) {
        let filled = asked.slot.state == FieldState::Filled && asked.spec.kind == FieldKind::Version;
        let Some(field) = asked
            .field
            .filter(|field| filled && !is_plausible_version(&field.value))
        else {
            continue;
        };
        findings.push(Finding {
            label: format!("the value of `{}`", field.key),
            template: Some((asked.spec.span, "a version is asked for here".to_owned())),
            help: Some("write a version, such as `1.2`".to_owned()),
            ..Finding::at(field.value_span, format!("`{}` is not a version", field.value))
        });
    }
}
