//! `thin-decision`: a decision for which only one option was considered.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "thin-decision",
    group: Group::Content,
    levels: Levels::always(Level::Info),
    page: include_str!("thin_decision.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for decision in &facts.records.decisions {
        let (Some(at), [only]) = (decision.options_at, decision.options.as_slice()) else {
            continue;
        };
        findings.push(Finding {
            label: "two or more are expected below".to_owned(),
            related: vec![(only.span, "the only one".to_owned())],
            help: Some(
                "name what else was possible, if only to leave things as they were, and why it was not chosen"
                    .to_owned(),
            ),
            section: Some("design-decisions/decision".to_owned()),
            ..Finding::at(at, format!("`{}` names only one option", decision.title.text))
        });
    }
}
