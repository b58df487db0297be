//! `template-text`: a section is the template's own sample text, word for word.

use super::{Check, Finding, Findings, Group, Rule, leftover_instruction};
use crate::diagnostic::{Level, Levels, Severity};
use crate::facts::Facts;
use crate::outline::{Node, NodeId, Standing, State};

pub static RULE: Rule = Rule {
    name: "template-text",
    group: Group::Content,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("template_text.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (id, node, spec) in facts.nodes() {
        let heading = node.heading(facts.document);
        let Some(heading) = heading.filter(|_| !facts.is_explained(node)) else {
            continue;
        };
        if node.state != State::Template {
            left_in_edited(facts, node, spec.id.as_str(), findings);
            continue;
        }
        if has_placeholder(facts, id) || leftover_instruction::speaks_for(facts, id) {
            continue;
        }
        let demands = node
            .parts
            .iter()
            .all(|part| part.standing != Standing::Sample || part.unit.text.ends_with(':'));
        let list = demands && node.parts.iter().any(|part| part.standing == Standing::Demand);
        let message = if list {
            format!("nothing in `{}` is ticked", heading.text)
        } else {
            format!("`{}` is the template's sample text, word for word", heading.text)
        };
        let mut finding = Finding::at(heading.name, message);
        finding.label = if list {
            "as the template has it".to_owned()
        } else {
            "nothing under it is your own".to_owned()
        };
        finding.template = Some((spec.span, "the same text stands here".to_owned()));
        finding.section = Some(spec.id.clone());
        finding.help = Some(if list {
            "go through the list and tick what is true".to_owned()
        } else {
            "write what is true of your system, or `Not applicable: <reason>`".to_owned()
        });
        finding.at_most = list.then_some(Severity::Info);
        findings.push(finding);
    }
}

/// Whether a placeholder is left in a node or below it: `unfilled-placeholder` then speaks for the section.
pub(super) fn has_placeholder(facts: &Facts<'_>, id: NodeId) -> bool {
    first_placeholder(facts, id).is_some()
}

/// The first placeholder in a node or below it.
pub(super) fn first_placeholder(facts: &Facts<'_>, id: NodeId) -> Option<crate::source::Span> {
    let mut parts = facts.outline.nodes[id].parts.iter();
    let own = parts.find_map(|part| match &part.standing {
        Standing::Placeholder(spans) => spans.first().copied(),
        _ => None,
    });
    let children = facts.outline.children(id);
    let below = children.filter_map(|(child, _)| first_placeholder(facts, child));
    own.into_iter().chain(below).min()
}

/// Single samples between the author's own text: worth knowing, and often true as they stand.
fn left_in_edited(facts: &Facts<'_>, node: &Node, id: &str, findings: &mut Findings) {
    if matches!(node.state, State::NotApplicable | State::Missing | State::Unread) {
        return;
    }
    let samples: Vec<_> = node
        .parts
        .iter()
        .filter(|part| {
            part.standing == Standing::Sample && part.unit.text.split(' ').count() > 1 && !part.unit.text.ends_with(':')
        })
        .collect();
    let Some(first) = samples.first() else { return };
    let more = samples.len() - 1;
    let message = match more {
        0 => "this is the template's sample text".to_owned(),
        _ => format!(
            "this and {more} more {} are the template's sample text",
            if more == 1 { "line" } else { "lines" }
        ),
    };
    let span = crate::source::Span::new(
        first.unit.span.start,
        first.unit.span.start + facts.text(first.unit.span).trim_end().len(),
    );
    findings.push(Finding {
        label: "word for word".to_owned(),
        section: Some(id.to_owned()),
        help: Some("say it in your own words if it is true, or take it out".to_owned()),
        at_most: Some(Severity::Info),
        ..Finding::at(span, message)
    });
}
