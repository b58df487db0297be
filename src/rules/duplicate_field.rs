//! `duplicate-field`: a field of the header or the footer says two things.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels, Severity};
use crate::facts::{AskedField, Facts};
use crate::outline::FieldState;
use crate::template::FieldKind;
use crate::values::{read_date, read_version};

pub static RULE: Rule = Rule {
    name: "duplicate-field",
    group: Group::Fields,
    levels: Levels::always(Level::Warning),
    page: include_str!("duplicate_field.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for asked in facts.header().iter().chain(facts.footer()) {
        findings.extend(finding(facts, asked));
    }
}

fn finding(facts: &Facts<'_>, asked: &AskedField<'_>) -> Option<Finding> {
    let first = asked.field.filter(|_| asked.slot.state == FieldState::Filled)?;
    let others = asked.slot.also.iter().map(|also| &facts.document.fields[*also]);
    let other = others
        .into_iter()
        .find(|other| !other.value.is_empty() && !same(&first.value, &other.value))?;
    Some(Finding {
        label: format!("says `{}`", other.value),
        related: vec![(first.span, "this one counts".to_owned())],
        help: Some(format!("keep one `{}`, with the value that is true", first.key)),
        // Several people are often named one by one.
        at_most: (asked.spec.kind == FieldKind::Person).then_some(Severity::Info),
        ..Finding::at(
            other.span,
            format!("`{}` stands here with another value than before", other.key),
        )
    })
}

/// Whether two values say the same: the same words, day or version.
fn same(a: &str, b: &str) -> bool {
    let days = (read_date(a).iso(), read_date(b).iso());
    let versions = (read_version(a), read_version(b));
    a.to_lowercase() == b.to_lowercase()
        || days.0.is_some() && days.0 == days.1
        || versions.0.is_some() && versions.0 == versions.1
}
