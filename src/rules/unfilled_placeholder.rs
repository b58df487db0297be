//! `unfilled-placeholder`: a text in brackets still stands where the author's should.

use super::template_text::first_placeholder;
use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::document::{BlockId, BlockKind, brackets};
use crate::facts::{AskedField, Facts};
use crate::outline::{FieldState, Node, NodeId, Standing, State, unpicked};
use crate::source::Span;
use crate::template::FieldKind;

pub static RULE: Rule = Rule {
    name: "unfilled-placeholder",
    group: Group::Content,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("unfilled_placeholder.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let header = facts.header();
    let footer = facts.footer();
    let title = title(facts);
    let untouched = facts.outline.header.untouched() || facts.outline.footer.untouched();
    block(
        facts,
        "header",
        header,
        facts.outline.header.untouched(),
        title,
        findings,
    );
    for (id, node, spec) in facts.nodes() {
        if node.heading.is_none() || facts.is_explained(node) {
            continue;
        }
        if node.state == State::Template {
            findings.extend(whole(facts, id, node, &spec.id));
        } else {
            findings.extend(each(facts, node, &spec.id));
        }
    }
    block(
        facts,
        "footer",
        footer,
        facts.outline.footer.untouched() && untouched,
        None,
        findings,
    );
}

/// The placeholder in the title.
fn title(facts: &Facts<'_>) -> Option<Span> {
    let title = facts.outline.title(facts.document)?;
    // `KEP-NNNN: A title` has no brackets.
    let given = title.text.contains("NNNN") && facts.template.title_text.contains("NNNN");
    in_heading(facts, title.block).or(given.then_some(title.name))
}

fn in_heading(facts: &Facts<'_>, block: BlockId) -> Option<Span> {
    let BlockKind::Heading(inlines) = &facts.document.blocks[block].kind else {
        return None;
    };
    brackets(facts.document, inlines)
        .into_iter()
        .find(|bracket| facts.template.is_placeholder(facts.text(*bracket)))
}

/// Header or footer: one finding if nothing is filled in, else one for each field.
fn block(
    facts: &Facts<'_>,
    name: &str,
    fields: &[AskedField<'_>],
    untouched: bool,
    title: Option<Span>,
    findings: &mut Findings,
) {
    let open: Vec<(&AskedField<'_>, Span)> = fields
        .iter()
        .filter(|asked| asked.slot.state == FieldState::Placeholder)
        .filter_map(|asked| Some((asked, asked.field?.value_span)))
        .collect();
    if untouched {
        let first = title.or(open.first().map(|(_, span)| *span)).unwrap_or_default();
        let names: Vec<&str> = open.iter().map(|(asked, _)| asked.spec.key.as_str()).collect();
        findings.push(Finding {
            label: "the first placeholder".to_owned(),
            help: Some("replace them with your own values, brackets and all".to_owned()),
            ..Finding::at(
                first,
                format!("the {name} is not filled in: {}", super::listed(names, 6)),
            )
        });
        return;
    }
    findings.extend(title.map(|span| placeholder(facts, span, None)));
    for (asked, span) in open {
        // A menu that nobody picked from is for `invalid-value`.
        let menu = match (&asked.spec.kind, asked.field) {
            (FieldKind::Choice(choices), Some(field)) => unpicked(&field.value, choices),
            _ => false,
        };
        if !menu {
            findings.push(placeholder(facts, span, None));
        }
    }
}

/// A section of which nothing is filled in.
fn whole(facts: &Facts<'_>, id: NodeId, node: &Node, path: &str) -> Option<Finding> {
    let first = first_placeholder(facts, id)?;
    let heading = node.heading(facts.document)?;
    let count = count(facts, id);
    let mut finding = Finding::at(first, format!("`{}` is not filled in", heading.text));
    finding.label = match count {
        1 => "the template's placeholder".to_owned(),
        _ => format!("the first of {count} placeholders"),
    };
    finding.section = Some(path.to_owned());
    finding.help = Some("write the section, or `Not applicable: <reason>` under its heading".to_owned());
    Some(finding)
}

fn count(facts: &Facts<'_>, id: NodeId) -> usize {
    let below = facts.outline.children(id).map(|(child, _)| count(facts, child));
    spans(&facts.outline.nodes[id]).count() + below.sum::<usize>()
}

fn spans(node: &Node) -> impl Iterator<Item = Span> + '_ {
    node.parts
        .iter()
        .flat_map(|part| match &part.standing {
            Standing::Placeholder(spans) => spans.as_slice(),
            _ => &[],
        })
        .copied()
}

/// The placeholders of a section that is partly filled in, its heading's first.
fn each(facts: &Facts<'_>, node: &Node, id: &str) -> Vec<Finding> {
    let heading = node.heading(facts.document);
    let in_name = heading.and_then(|heading| in_heading(facts, heading.block));
    in_name
        .into_iter()
        .chain(spans(node))
        .map(|span| placeholder(facts, span, Some(id)))
        .collect()
}

fn placeholder(facts: &Facts<'_>, span: Span, section: Option<&str>) -> Finding {
    let text = facts.text(span);
    Finding {
        label: "the template's placeholder".to_owned(),
        section: section.map(str::to_owned),
        help: Some("replace it with your own text, brackets and all".to_owned()),
        ..Finding::at(span, format!("`{text}` is not filled in"))
    }
}
