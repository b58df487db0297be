//! `empty-section`: a section has a heading and nothing under it.

use super::{Check, Finding, Findings, Group, Rule, required};
use crate::diagnostic::{Level, Levels, Severity};
use crate::facts::Facts;
use crate::outline::State;
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "empty-section",
    group: Group::Content,
    levels: Levels::by_stage(Level::Warning, Level::Error, Level::Error),
    page: include_str!("empty_section.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, node, spec) in facts.nodes() {
        let heading = node.heading(facts.document);
        let Some(heading) = heading.filter(|_| node.state == State::Empty && !facts.is_explained(node)) else {
            continue;
        };
        if swallowed(facts, heading.section) {
            continue;
        }
        let finding = match &node.waiver {
            Some(waiver) => Finding {
                label: "a reason is missing".to_owned(),
                help: Some("write `Not applicable: <reason>`".to_owned()),
                ..Finding::at(
                    waiver.span,
                    format!("`{}` does not say why it does not apply", heading.text),
                )
            },
            None => Finding {
                label: "nothing stands under this heading".to_owned(),
                help: Some("write the section, or `Not applicable: <reason>`".to_owned()),
                ..Finding::at(heading.name, format!("`{}` is empty", heading.text))
            },
        };
        findings.push(Finding {
            template: Some((spec.span, required(facts))),
            section: Some(spec.id.clone()),
            at_most: (spec.depth > 1 || spec.optional).then_some(Severity::Warning),
            ..finding
        });
    }
}

/// Whether HTML that is never closed begins in the section, for which `unclosed-block` has a finding: who knows
/// what it hides.
fn swallowed(facts: &Facts<'_>, section: Span) -> bool {
    let mut unclosed = facts.document.unclosed_blocks();
    unclosed.any(|block| section.contains(block.span))
}
