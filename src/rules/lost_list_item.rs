//! `lost-list-item`: a list item is a link reference definition, so that nothing of it is on the page.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::document::Definition;
use crate::edit::Edit;
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "lost-list-item",
    group: Group::Content,
    levels: Levels::always(Level::Error),
    page: include_str!("lost_list_item.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for definition in facts
        .document
        .definitions
        .iter()
        .filter(|definition| definition.item.is_some())
    {
        let label = format!("[{}]", definition.label);
        // The template's own line: it waits to be filled in, and that is said.
        if facts.template.is_placeholder(&label) {
            continue;
        }
        let shown = facts.text(definition.span).trim_end();
        let span = crate::source::Span::new(definition.span.start, definition.span.start + shown.len());
        findings.push(Finding {
            label: "Markdown reads this as the target of a link".to_owned(),
            help: Some(format!("write it as `{}`", repaired(facts, definition))),
            fix: Some((
                Applicability::Safe,
                vec![Edit::replace(span, repaired(facts, definition))],
            )),
            ..Finding::at(
                span,
                format!("this list item is empty on the page: `{label}:` defines a link"),
            )
        });
    }
}

/// A link where the target is an address, else a term and its text.
fn repaired(facts: &Facts<'_>, definition: &Definition) -> String {
    let text = facts.text(definition.span);
    let rest = text.find("]:").and_then(|at| text.get(at + 2..)).unwrap_or("").trim();
    let address = definition.target.contains("://") || definition.target.starts_with(['#', '/', '.']);
    if address && rest == definition.target {
        format!("[{}]({})", definition.label, definition.target)
    } else {
        format!("**{}**: {rest}", definition.label)
    }
}
