//! `lost-list-item`: a list item is a link reference definition, so that nothing of it is on the page.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::document::Definition;
use crate::edit::Edit;
use crate::facts::Facts;
use crate::source::Span;

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
        let span = Span::new(definition.span.start, definition.span.start + shown.len());
        // Where links of the text need the definition, the list is what is wrong.
        let (help, fix) = if used(facts, &label, definition.span) {
            (format!("put it below the list: other text links to `{label}`"), None)
        } else {
            let repaired = repaired(facts, definition);
            let help = format!("write `{repaired}`");
            (help, Some((Applicability::Safe, vec![Edit::replace(span, repaired)])))
        };
        findings.push(Finding {
            label: "Markdown reads this as the target of a link".to_owned(),
            help: Some(help),
            fix,
            ..Finding::at(
                span,
                format!("this list item is empty on the page: `{label}:` defines a link"),
            )
        });
    }
}

/// Whether the label in its brackets stands anywhere else.
fn used(facts: &Facts<'_>, label: &str, definition: Span) -> bool {
    let (text, label) = (
        facts.document.text.as_str().to_ascii_lowercase(),
        label.to_ascii_lowercase(),
    );
    text.match_indices(&label).any(|(at, _)| at != definition.start)
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
