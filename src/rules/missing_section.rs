//! `missing-section`: a section of the template is not in the document.

use super::{Check, Finding, Findings, Group, Rule, alias, line_start, required};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::naming::normalise;
use crate::outline::{Node, is_instruction};
use crate::source::Span;
use crate::template::{SectionSpec, section_text};

pub static RULE: Rule = Rule {
    name: "missing-section",
    group: Group::Structure,
    levels: Levels::by_stage(Level::Warning, Level::Error, Level::Error),
    page: include_str!("missing_section.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, node, spec) in facts.nodes() {
        if node.is_missing() && node.lost.is_none() && spec.depth == 1 && !spec.optional {
            findings.push(missing(facts, node, spec, Applicability::Safe));
        }
    }
}

/// The finding for a section that is not there; `missing-subsection` makes the same.
pub(super) fn missing(facts: &Facts<'_>, node: &Node, spec: &SectionSpec, applicability: Applicability) -> Finding {
    let name = spec.example();
    let (label, place) = place(facts, node.insertion);
    let mut finding = Finding::at(Span::at(place), format!("`{name}` is missing"));
    finding.label = label.to_owned();
    finding.template = Some((spec.span, required(facts)));
    finding.section = Some(spec.id.clone());
    if let Some(heading) = node.maybe.map(|maybe| &facts.document.headings[maybe]) {
        finding.related.push((heading.name, "is this meant?".to_owned()));
        finding.help = Some(format!(
            "if so, rename it to `{}`, or {}",
            spec.title,
            alias(&heading.text, spec)
        ));
    } else {
        let marks = "#".repeat(usize::from(facts.outline.base + spec.depth - 1));
        finding.fix = fix(facts, node, spec).map(|edit| (applicability, vec![edit]));
        let by = match &finding.fix {
            Some((Applicability::Safe, _)) => " with `mdbook-archdoc fix`",
            Some((Applicability::Suggested, _)) => " with `mdbook-archdoc fix --suggested`",
            None => "",
        };
        finding.help = Some(format!(
            "add `{marks} {}`{by}; where it does not apply, write `Not applicable: <reason>` under it",
            spec.heading
        ));
    }
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

/// The template's section, put where it belongs. None where a reader would not find it there as the template has it, or
/// where it would take in what stands behind it.
fn fix(facts: &Facts<'_>, node: &Node, spec: &SectionSpec) -> Option<Edit> {
    if facts.outline.base != facts.template.base {
        return None;
    }
    let end = facts.line_end();
    let body = section_text(facts.template, spec);
    let body = body.lines().collect::<Vec<_>>().join(end);
    // Whoever finds nothing but an instruction takes it out again, heading and all.
    let (_, below) = body.split_once('\n').unwrap_or_default();
    // What a directive of mdBook's brings in is nobody's to promise.
    let mut braces = body.split("{{").skip(1);
    if is_instruction(below.trim()) || braces.any(|inside| inside.trim_start().starts_with('#')) {
        return None;
    }
    let text = facts.document.text.as_str();
    // Other white space is text to Markdown.
    let written = text.trim_end_matches([' ', '\t', '\r', '\n']).len();
    let (at, gap, rest) = if node.insertion >= written {
        let gap = if written == 0 { 0 } else { 2 };
        (written, gap, 0)
    } else {
        let at = line_start(facts, node.insertion);
        let before = text.get(..at)?;
        let apart = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\r\n\r\n");
        (at, usize::from(!apart), 2)
    };
    let gap = end.repeat(gap);
    let edit = Edit::insert(at, format!("{gap}{body}{}", end.repeat(rest)));
    // Where something stays open it would take the section in, and the section what stands behind it.
    if facts.document.deeper_at(at) != 0 {
        return None;
    }
    let name = facts.document.heading_in(&edit, gap.len())?;
    (normalise(&name) == spec.name).then_some(edit)
}
