//! `broken-include`: a file that a chapter includes cannot be read.

use super::{Check, Finding, Findings, Group, Rule};
use crate::book::UnreadBy;
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
    let broken = facts.broken_includes.iter();
    for broken in broken.filter(|include| include.unread_by == UnreadBy::Everybody) {
        findings.push(Finding {
            label: "mdBook leaves this on the page as it is".to_owned(),
            help: Some(broken.help.clone().unwrap_or_else(|| {
                "mend the path; it starts from the folder of the file that it stands in".to_owned()
            })),
            ..Finding::at(broken.span, broken.why.clone())
        });
    }
}
