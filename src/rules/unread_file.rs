//! `unread-file`: mdBook shows a file that archdoc did not read.

use super::{Check, Finding, Findings, Group, Rule};
use crate::book::UnreadBy;
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "unread-file",
    group: Group::Content,
    levels: Levels::always(Level::Warning),
    page: include_str!("unread_file.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let unread = facts.broken_includes.iter();
    for include in unread.filter(|include| include.unread_by == UnreadBy::Archdoc) {
        findings.push(Finding {
            label: "mdBook shows what archdoc did not check".to_owned(),
            notes: notes(facts),
            help: include.help.clone(),
            ..Finding::at(include.span, include.why.clone())
        });
    }
}

fn notes(facts: &Facts<'_>) -> Vec<String> {
    let note = "what is not in the rest of the document may stand there, so nothing is called missing";
    (!facts.outline.is_whole).then(|| note.to_owned()).into_iter().collect()
}
