//! `unclosed-block`: a code block, a comment or other HTML swallows what follows it.

use super::{Check, Finding, Findings, Group, Rule, listed};
use crate::diagnostic::{Level, Levels};
use crate::document::{Hiding, LostHeading, closing};
use crate::facts::Facts;
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "unclosed-block",
    group: Group::Content,
    levels: Levels::always(Level::Error),
    page: include_str!("unclosed_block.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let hidden = |lost: &LostHeading| match lost.hiding {
        Hiding::Fence(block) | Hiding::Unclosed(block) => Some(block),
        _ => None,
    };
    let mut swallowed: Vec<(Span, &str, bool)> = facts
        .nodes()
        .filter_map(|(_, node, spec)| Some((hidden(node.lost.as_ref()?)?, spec.title.as_str(), spec.depth == 1)))
        .collect();
    swallowed.sort_by_key(|(block, ..)| *block);
    // One fence that is never closed turns every later one inside out: the first block is the cause of all.
    let hiding = swallowed.iter().map(|(block, ..)| *block);
    let first = hiding
        .chain(facts.document.unclosed_blocks().map(|block| block.span))
        .min();
    let Some(block) = first else { return };
    let top = swallowed.iter().any(|(_, _, top)| *top);
    let names: Vec<&str> = swallowed
        .iter()
        .filter(|(_, _, depth)| *depth == top)
        .map(|(_, name, _)| *name)
        .collect();
    let text = facts.text(block);
    let line = text.lines().next().unwrap_or("").trim_end();
    let closing = closing(text);
    let (what, help) = if !text.trim_start().starts_with('<') {
        // No backticks around backticks.
        let help = format!("where it should end, write a line of nothing but {closing}");
        ("code block", help)
    } else {
        let what = if closing == "-->" { "comment" } else { "block of HTML" };
        (what, format!("close it with `{closing}` where it should end"))
    };
    let message = match names.len() {
        0 => format!("this {what} is never closed"),
        _ => format!("this {what} swallows {}", listed(names, 4)),
    };
    findings.push(Finding {
        label: format!("the {what} begins here"),
        help: Some(help),
        ..Finding::at(Span::new(block.start, block.start + line.len()), message)
    });
}
