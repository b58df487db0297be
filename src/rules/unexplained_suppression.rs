//! `unexplained-suppression`: a comment allows findings and does not say why.

use super::{Check, Finding, Findings, Group, Rule, allowed};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "unexplained-suppression",
    group: Group::Comments,
    levels: Levels::always(Level::Info),
    page: include_str!("unexplained_suppression.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for allow in facts.allows() {
        // A comment that names no rule allows nothing; that is what is wrong with it.
        if allow.reason.is_empty() && !allow.rules.is_empty() {
            findings.push(Finding {
                label: "a reason is missing".to_owned(),
                help: Some("add `; reason=\"…\"` in front of the `-->`".to_owned()),
                ..Finding::at(
                    allow.directive.span,
                    format!("{} allowed here, and the comment does not say why", allowed(&allow)),
                )
            });
        }
    }
}
