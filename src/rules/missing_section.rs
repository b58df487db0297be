//! `missing-section`: a section of the template is not in the document.

use super::{Check, Finding, Findings, Group, Rule, line_end};
use crate::diagnostic::Applicability;
use crate::diagnostic::{Level, Levels};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::outline::Node;
use crate::source::Span;
use crate::template::SectionSpec;

pub static RULE: Rule = Rule {
    name: "missing-section",
    group: Group::Structure,
    levels: Levels::by_stage(Level::Warning, Level::Error, Level::Error),
    page: include_str!("missing_section.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, node, spec) in facts.nodes() {
        if node.is_missing() && node.lost.is_none() && spec.depth == 1 && !spec.optional {
            findings.push(missing(facts, node, spec));
        }
    }
}

/// The finding for a section that is not there; `missing-subsection` makes the same.
pub(super) fn missing(facts: &Facts<'_>, node: &Node, spec: &SectionSpec) -> Finding {
    let name = spec
        .group
        .as_ref()
        .map_or_else(|| spec.title.clone(), |group| format!("{group} 1"));
    let (label, place) = place(facts, node.insertion);
    let mut finding = Finding::at(Span::at(place), format!("`{name}` is missing"));
    finding.label = label.to_owned();
    finding.template = Some((spec.span, format!("required here, {}", facts.strictness())));
    finding.section = Some(spec.id.clone());
    finding.help = Some(match node.maybe.and_then(|maybe| facts.document.headings.get(maybe)) {
        Some(heading) => format!(
            "rename `{}` if it is meant, or add `alias = [\"{}\"]` to section \"{}\" in book.toml",
            heading.text, heading.text, spec.id
        ),
        None => format!(
            "add the heading `{} {}` with its text, or with `Not applicable: <reason>` under it",
            "#".repeat(usize::from(spec.depth) + 1),
            spec.heading
        ),
    });
    if let Some(heading) = node.maybe.and_then(|maybe| facts.document.headings.get(maybe)) {
        finding
            .related
            .push((heading.name, "this name is something like it".to_owned()));
    }
    finding.fix = fix(facts, node, spec);
    finding
}

fn place(facts: &Facts<'_>, offset: usize) -> (&'static str, usize) {
    let text = facts.document.text.as_str();
    if facts
        .document
        .headings
        .iter()
        .any(|heading| heading.span.start == offset)
    {
        return ("expected before this heading", offset);
    }
    if offset >= text.trim_end().len() {
        return ("expected here, at the end", text.trim_end().len());
    }
    ("expected before this line", offset)
}

/// The template's section, put where it belongs.
fn fix(facts: &Facts<'_>, node: &Node, spec: &SectionSpec) -> Option<(Applicability, Vec<Edit>)> {
    if facts.outline.base != 2 || node.maybe.is_some() {
        return None;
    }
    let end = line_end(facts);
    let body = facts.template.file.text().get(spec.body.start..spec.body.end)?;
    let body = body.lines().collect::<Vec<_>>().join(end);
    let before = facts.document.text.as_str().get(..node.insertion)?;
    let gap = if before.is_empty() || before.ends_with("\n\n") || before.ends_with("\r\n\r\n") {
        String::new()
    } else if before.ends_with('\n') {
        end.to_owned()
    } else {
        end.repeat(2)
    };
    Some((
        Applicability::Safe,
        vec![Edit::insert(node.insertion, format!("{gap}{body}{end}{end}"))],
    ))
}
