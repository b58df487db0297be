//! `todo-marker`: a word in the text says that something is still to be written.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels, Severity};
use crate::document::Marker;
use crate::facts::Facts;
use crate::outline::{FieldState, Node, Standing, State};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "todo-marker",
    group: Group::Content,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("todo_marker.md"),
    check: Check::Document(check),
};

/// Sections that speak of what is to come: there a team may well not know yet.
const PLANS: [&str; 2] = ["change-log", "future-roadmap"];

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let markers = facts.records.markers.iter().copied();
    let found: Vec<Marker> = markers.filter(|marker| !is_explained(facts, marker.span)).collect();
    for line in found.chunk_by(|a, b| a.line == b.line) {
        findings.extend(line.first().map(|first| finding(facts, first, line.len())));
    }
    // Values that only look like values: of front matter, for one.
    for asked in facts.header().iter().chain(facts.footer()) {
        let Some(field) = asked.field.filter(|_| asked.slot.state == FieldState::Marker) else {
            continue;
        };
        if !found.iter().any(|marker| field.value_span.contains(marker.span)) {
            let line = usize::MAX;
            let span = field.value_span;
            findings.push(finding(facts, &Marker { span, line }, 1));
        }
    }
}

fn finding(facts: &Facts<'_>, marker: &Marker, count: usize) -> Finding {
    let section = section(facts, marker.span.start);
    let id = section.map(|node| node.spec(facts.template).id.clone());
    let plans = id
        .as_deref()
        .is_some_and(|id| PLANS.contains(&id.split('/').next().unwrap_or("")));
    Finding {
        label: match count {
            1 => "something is missing here".to_owned(),
            many => format!("the first of {many} on this line"),
        },
        section: id,
        help: Some("write what is missing; where nobody knows it yet, say who will, and by when".to_owned()),
        at_most: plans.then_some(Severity::Info),
        ..Finding::at(
            marker.span,
            format!("`{}` is still to be written", facts.text(marker.span)),
        )
    }
}

/// Whether another rule speaks for the text at a span: it is the template's, or its section is.
fn is_explained(facts: &Facts<'_>, span: Span) -> bool {
    let section = section(facts, span.start);
    let gone = section
        .is_some_and(|node| matches!(node.state, State::NotApplicable | State::Template) || facts.is_explained(node));
    let of_template = section.is_some_and(|node| {
        let parts = node.parts.iter().filter(|part| part.unit.span.contains(span));
        parts.into_iter().any(|part| match &part.standing {
            Standing::Placeholder(spans) => spans.iter().any(|open| open.contains(span)),
            Standing::Sample | Standing::Demand | Standing::Instruction => true,
            Standing::Own | Standing::Marker | Standing::Blank => false,
        })
    });
    let mut asked = facts.header().iter().chain(facts.footer());
    let in_field = asked.any(|asked| {
        let placeholder = asked.slot.state == FieldState::Placeholder;
        placeholder && asked.field.is_some_and(|field| field.span.contains(span))
    });
    gone || of_template || in_field
}

/// The section of the template, the innermost one, that an offset stands in.
fn section<'a>(facts: &Facts<'a>, offset: usize) -> Option<&'a Node> {
    let holding = facts.outline.nodes.iter().filter(|node| {
        let heading = node.heading(facts.document);
        heading.is_some_and(|heading| heading.section.start <= offset && offset < heading.section.end)
    });
    let footer = facts.outline.footer_start(facts.document);
    let in_footer = footer.is_some_and(|footer| footer <= offset);
    holding.filter(|_| !in_footer).max_by_key(|node| node.heading)
}
