//! `missing-section`: a section of the template is not in the document.

use super::{Check, Finding, Findings, Group, Rule, alias, line_start, required};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::document::{begins_at, ends};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::outline::Node;
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
    if let Some(heading) = node.maybe.and_then(|maybe| facts.document.headings.get(maybe)) {
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
    let dialect = facts.document.dialect;
    let text = facts.document.text.as_str();
    let written = text.trim_end().len();
    if node.insertion >= written {
        // What stays open to the end would take the section in.
        let last = facts.document.blocks.len().checked_sub(1);
        let open = last.is_some_and(|last| facts.document.unclosed.contains(&last));
        if open || !ends(dialect, &body) {
            return None;
        }
        let gap = if written == 0 { String::new() } else { end.repeat(2) };
        return Some(Edit::insert(written, format!("{gap}{body}")));
    }
    let at = line_start(facts, node.insertion);
    let before = text.get(..at)?;
    let gap = if before.is_empty() || before.ends_with("\n\n") || before.ends_with("\r\n\r\n") {
        ""
    } else {
        end
    };
    let section = format!("{gap}{body}{end}{end}");
    let next = facts.document.blocks.partition_point(|block| block.span.end <= at);
    let behind = Span::new(at, facts.document.blocks.get(next)?.span.end);
    let alone = begins_at(dialect, facts.text(behind), 0);
    let together = begins_at(dialect, &format!("{section}{}", facts.text(behind)), section.len());
    (alone.is_some() && alone == together).then(|| Edit::insert(at, section))
}
