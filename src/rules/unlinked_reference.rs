//! `unlinked-reference`: a reference that leads nowhere.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "unlinked-reference",
    group: Group::Content,
    levels: Levels::always(Level::Info),
    page: include_str!("unlinked_reference.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let dead = |reference: &&crate::record::Reference| reference.target.is_none() && !reference.citation;
    for reference in facts.records.references.iter().filter(dead) {
        let text = &reference.text.text;
        findings.push(Finding {
            label: "neither a link nor a document's number".to_owned(),
            help: Some("make it a link, `[words](address)`, or name a path or a number, such as `RFC 9110`".to_owned()),
            section: Some("references".to_owned()),
            ..Finding::at(reference.text.span, format!("the reference `{text}` leads nowhere"))
        });
    }
}
