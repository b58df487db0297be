//! `leftover-instruction`: what the template says to its author still stands in the document.

use super::{Check, Finding, Findings, Group, Rule, removed};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::document::{BlockKind, Heading, brackets};
use crate::facts::Facts;
use crate::outline::{Node, NodeId, Standing, State};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "leftover-instruction",
    group: Group::Content,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("leftover_instruction.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (id, node, spec) in facts.nodes() {
        if facts.is_explained(node) || node.state == State::NotApplicable {
            continue;
        }
        let found = if node.state != State::Template {
            instructions(node).map(|span| left(facts, span)).collect()
        } else if speaks_for(facts, id) {
            whole(facts, node).into_iter().collect()
        } else {
            Vec::new()
        };
        findings.extend(found.into_iter().map(|finding| Finding {
            section: Some(spec.id.clone()),
            ..finding
        }));
    }
}

/// Whether an instruction is all that a section holds: then nothing else need be said about it.
pub(super) fn speaks_for(facts: &Facts<'_>, id: NodeId) -> bool {
    let node = &facts.outline.nodes[id];
    let only = node.parts.iter().all(|part| part.standing == Standing::Instruction);
    only && !node.parts.is_empty() && facts.outline.children(id).all(|(_, child)| child.is_missing())
}

fn instructions(node: &Node) -> impl Iterator<Item = Span> + '_ {
    let left = node.parts.iter().filter(|part| part.standing == Standing::Instruction);
    left.map(|part| part.unit.span)
}

fn left(facts: &Facts<'_>, span: Span) -> Finding {
    let text = facts.text(span).trim_end();
    let span = Span::new(span.start, span.start + text.len());
    let shown = text
        .lines()
        .next()
        .unwrap_or("")
        .trim_start_matches(['-', '*', '+', ' ']);
    Finding {
        label: "meant for whoever fills in the template".to_owned(),
        help: Some("take it out".to_owned()),
        fix: Some((Applicability::Safe, vec![removed(facts, span)])),
        ..Finding::at(span, format!("`{shown}` is the template's instruction"))
    }
}

/// A section with nothing but the instruction under it. Where its heading is the template's too, it can go.
fn whole(facts: &Facts<'_>, node: &Node) -> Option<Finding> {
    let heading = node.heading(facts.document)?;
    let span = instructions(node).next()?;
    let text = facts.text(span).trim_end();
    let end = Span::new(span.start, span.start + text.len());
    let open = is_open(facts, heading);
    let whole = Span::new(heading.span.start, end.end);
    let fix = (open && node.parts.len() == 1).then(|| (Applicability::Safe, vec![removed(facts, whole)]));
    let by = if fix.is_some() {
        " with `mdbook-archdoc fix`"
    } else {
        ""
    };
    Some(Finding {
        label: "the template's instruction".to_owned(),
        help: Some(format!("write it, or take it out, heading and all{by}")),
        fix,
        ..Finding::at(
            end,
            format!("nothing but an instruction stands under `{}`", heading.text),
        )
    })
}

/// Whether a placeholder is left in a heading.
fn is_open(facts: &Facts<'_>, heading: &Heading) -> bool {
    let BlockKind::Heading(inlines) = &facts.document.blocks[heading.block].kind else {
        return false;
    };
    let mut names = brackets(facts.document, inlines).into_iter();
    names.any(|name| facts.template.is_placeholder(facts.text(name)))
}
