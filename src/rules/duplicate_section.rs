//! `duplicate-section`: a section stands in the document twice.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "duplicate-section",
    group: Group::Structure,
    levels: Levels::always(Level::Warning),
    page: include_str!("duplicate_section.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for duplicate in &facts.outline.duplicates {
        let heading = &facts.document.headings[duplicate.heading];
        let node = &facts.outline.nodes[duplicate.node];
        let mut finding = Finding::at(
            heading.name,
            format!("`{}` is already a section of this document", heading.text),
        );
        finding.label = "what stands under this one is not checked".to_owned();
        finding.related.extend(
            node.name_span(facts.document)
                .map(|first| (first, "this one counts".to_owned())),
        );
        finding.section = Some(node.spec(facts.template).id.clone());
        finding.help = Some("put both under one heading, or give this one a name of its own".to_owned());
        findings.push(finding);
    }
}
