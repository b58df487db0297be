//! `section-out-of-order`: a section stands elsewhere among its siblings than in the template.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::Misplaced;
use crate::site::BOOK_TOML;

pub static RULE: Rule = Rule {
    name: "section-out-of-order",
    group: Group::Structure,
    levels: Levels::always(Level::Info),
    page: include_str!("section_out_of_order.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, node, spec) in facts.nodes() {
        let (word, other) = match node.misplaced {
            Some(Misplaced::After(other)) => ("after", other),
            Some(Misplaced::Before(other)) => ("before", other),
            None => continue,
        };
        let heading = node.heading(facts.document);
        let other = facts.outline.nodes[other].heading(facts.document);
        let (Some(heading), Some(other)) = (heading, other) else {
            continue;
        };
        let message = format!("`{}` should come {word} `{}`", heading.text, other.text);
        let mut finding = Finding::at(heading.name, message);
        finding.label = "out of the template's order".to_owned();
        finding
            .related
            .push((other.name, format!("expected {word} this section")));
        finding.template = Some((spec.span, "its place in the template".to_owned()));
        finding.section = Some(spec.id.clone());
        finding.help = Some(format!(
            "move it, or turn the rule off in {BOOK_TOML}: `section-out-of-order = \"off\"`"
        ));
        findings.push(finding);
    }
}
