//! `broken-include`: a file that a chapter includes cannot be read.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "broken-include",
    group: Group::Content,
    levels: Levels::always(Level::Error),
    page: include_str!("broken_include.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for broken in facts.broken_includes {
        findings.push(Finding {
            label: "mdBook leaves this on the page as it is".to_owned(),
            help: Some(broken.help.clone().unwrap_or_else(|| {
                "mend the path; it starts from the folder of the file that it stands in".to_owned()
            })),
            ..Finding::at(broken.span, broken.why.clone())
        });
    }
}
