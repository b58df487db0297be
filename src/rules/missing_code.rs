//! `missing-code`: a section tells in prose what the template shows as code.

use super::missing_diagram::is_left;
use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::State;

pub static RULE: Rule = Rule {
    name: "missing-code",
    group: Group::Content,
    levels: Levels::by_stage(Level::Info, Level::Info, Level::Warning),
    page: include_str!("missing_code.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (id, node, spec) in facts.nodes().filter(|(_, _, spec)| spec.code) {
        let heading = node.heading(facts.document);
        let is_there = matches!(node.state, State::Placeholder | State::Partial | State::Complete);
        let Some(heading) = heading.filter(|_| is_there && !facts.is_explained(node) && !is_left(node)) else {
            continue;
        };
        if facts.reader().shows_data(id) || facts.points_elsewhere(id) {
            continue;
        }
        findings.push(Finding {
            label: "nothing but prose stands under this heading".to_owned(),
            template: Some((spec.span, "the template has code here".to_owned())),
            help: Some("show it in a code block, a table or a list, include it, or link to where it stands".to_owned()),
            section: Some(spec.id.clone()),
            ..Finding::at(heading.name, format!("`{}` has no code", heading.text))
        });
    }
}
