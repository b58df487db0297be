//! `misplaced-section`: a sub-section stands in another section than the template's.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::Found;

pub static RULE: Rule = Rule {
    name: "misplaced-section",
    group: Group::Structure,
    levels: Levels::by_stage(Level::Info, Level::Info, Level::Warning),
    page: include_str!("misplaced_section.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, node, spec) in facts.nodes() {
        let heading = node.heading(facts.document);
        let Some(heading) = heading.filter(|_| node.found == Found::WrongParent && !facts.is_explained(node)) else {
            continue;
        };
        let own = facts.parent(node).and_then(|parent| parent.heading(facts.document));
        let Some(own) = own else { continue };
        let stands = heading.parent.map(|parent| &facts.document.headings[parent]);
        let message = match stands.filter(|stands| stands.level > 1 || facts.outline.base == 1) {
            Some(stands) => format!("`{}` stands in `{}`, not in `{}`", heading.text, stands.text, own.text),
            None => format!("`{}` does not stand in `{}`", heading.text, own.text),
        };
        findings.push(Finding {
            label: "expected in another section".to_owned(),
            related: vec![(own.name, "the template has it in this one".to_owned())],
            template: Some((spec.span, "its place in the template".to_owned())),
            section: Some(spec.id.clone()),
            help: Some(format!("move it below `{}`, with all that stands under it", own.text)),
            ..Finding::at(heading.name, message)
        });
    }
}
