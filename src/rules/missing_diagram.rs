//! `missing-diagram`: a section has no diagram where the template has one.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::document::UnitKind;
use crate::facts::Facts;
use crate::outline::{Node, Standing, State};
use crate::template::DiagramKind;

pub static RULE: Rule = Rule {
    name: "missing-diagram",
    group: Group::Content,
    levels: Levels::by_stage(Level::Info, Level::Info, Level::Warning),
    page: include_str!("missing_diagram.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (id, node, spec) in facts.nodes() {
        let heading = node.heading(facts.document);
        let (Some(heading), Some(kind)) = (heading, spec.diagram) else {
            continue;
        };
        let there = matches!(node.state, State::Placeholder | State::Partial | State::Complete);
        let drawn = facts
            .records
            .diagrams
            .iter()
            .any(|diagram| heading.section.contains(diagram.text.span));
        let flows = kind == DiagramKind::Flow && facts.reader().has_steps(id);
        if !there || drawn || flows || facts.is_explained(node) || is_left(node) || facts.points_elsewhere(id) {
            continue;
        }
        findings.push(Finding {
            label: "no diagram stands under this heading".to_owned(),
            template: Some((spec.span, "the template has one here".to_owned())),
            help: Some(match kind {
                DiagramKind::Parts => {
                    "draw it with characters or mermaid, show an image, or link to where it is".to_owned()
                }
                DiagramKind::Flow => {
                    "draw it, as little as `A → B → C` in a code block, list its steps, or link to where it is"
                        .to_owned()
                }
            }),
            section: Some(spec.id.clone()),
            ..Finding::at(heading.name, format!("`{}` has no diagram", heading.text))
        });
    }
}

/// Whether the template's own picture still stands there, or code that is never closed: that is what is wrong.
pub(super) fn is_left(node: &Node) -> bool {
    node.parts
        .iter()
        .any(|part| part.unit.kind == UnitKind::Code && part.standing != Standing::Own)
}
