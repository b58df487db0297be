//! `unclosed-block`: a code block or a comment swallows what follows it.

use super::{Check, Finding, Findings, Group, Rule, listed};
use crate::diagnostic::{Level, Levels};
use crate::document::{BlockKind, Hiding};
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
    let mut swallowed: Vec<(Span, &str, bool)> = facts
        .nodes()
        .filter_map(|(_, node, spec)| {
            let lost = facts.document.lost_headings.get(node.lost?)?;
            match lost.hiding {
                Hiding::Fence(block) => Some((block, spec.title.as_str(), spec.depth == 1)),
                Hiding::Comment(block) => Some((block, spec.title.as_str(), spec.depth == 1)),
                _ => None,
            }
        })
        .collect();
    swallowed.sort_by_key(|(block, ..)| *block);
    let open = facts
        .document
        .blocks
        .iter()
        .find(|block| matches!(&block.kind, BlockKind::Code(code) if code.unclosed));
    // One fence that is never closed turns every later one inside out: the first block is the cause of all.
    let first = swallowed
        .first()
        .map(|(block, ..)| *block)
        .into_iter()
        .chain(open.map(|block| block.span))
        .min();
    let Some(block) = first else { return };
    let top = swallowed.iter().any(|(_, _, top)| *top);
    let names: Vec<&str> = swallowed
        .iter()
        .filter(|(_, _, depth)| *depth == top)
        .map(|(_, name, _)| *name)
        .collect();
    let line = facts.text(block).lines().next().unwrap_or("").trim_end();
    let comment = line.trim_start().starts_with("<!--");
    let (what, closing) = if comment {
        ("comment", "-->")
    } else {
        ("code block", line.trim_start())
    };
    // No backticks around backticks.
    let closing = if comment {
        format!("close it with `{closing}` where it should end")
    } else {
        let fence: String = closing.chars().take_while(|c| matches!(c, '`' | '~')).collect();
        format!("where it should end, write a line of nothing but {fence}")
    };
    let message = match names.len() {
        0 => format!("this {what} is never closed"),
        _ => format!("this {what} swallows {}", listed(names, 4)),
    };
    findings.push(Finding {
        label: format!("the {what} begins here"),
        help: Some(closing),
        ..Finding::at(Span::new(block.start, block.start + line.len()), message)
    });
}
