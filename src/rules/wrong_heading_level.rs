//! `wrong-heading-level`: a section's heading is on another level than its siblings.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Applicability, Level, Levels, Severity};
use crate::document::Heading;
use crate::edit::Edit;
use crate::facts::Facts;
use crate::outline::{Found, Node};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "wrong-heading-level",
    group: Group::Structure,
    levels: Levels::always(Level::Warning),
    page: include_str!("wrong_heading_level.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, node, spec) in facts.nodes() {
        let heading = node.heading(facts.document);
        let Some(heading) = heading.filter(|_| node.found == Found::WrongLevel) else {
            continue;
        };
        let wanted = facts.outline.base + spec.depth - 1;
        let message = format!(
            "`{}` is a heading of level {}, not {wanted}",
            heading.text, heading.level
        );
        let marks = marks(facts, heading);
        let mut finding = Finding::at(marks.unwrap_or(heading.name), message);
        finding.label = format!("expected `{}`", "#".repeat(usize::from(wanted)));
        finding.template = Some((spec.span, "its level in the template".to_owned()));
        finding.section = Some(spec.id.clone());
        finding.help = Some(format!("write `{} {}`", "#".repeat(usize::from(wanted)), heading.text));
        // What a team does inside a section is its own business.
        finding.at_most = (spec.depth > 1).then_some(Severity::Info);
        if marks.is_some() {
            finding.fix = Some((Applicability::Suggested, moved(facts, node, heading.level, wanted)));
        }
        findings.push(finding);
    }
}

/// The heading on the level `wanted`, and the deeper ones below it moved along.
fn moved(facts: &Facts<'_>, node: &Node, level: u8, wanted: u8) -> Vec<Edit> {
    let headings = &facts.document.headings[node.region];
    let deeper = headings.iter().skip(1).all(|heading| heading.level > level);
    let moving = headings.iter().take(if deeper { headings.len() } else { 1 });
    let edit = |heading: &Heading| {
        let level = (heading.level + wanted).saturating_sub(level).clamp(1, 6);
        Some(Edit::replace(marks(facts, heading)?, "#".repeat(usize::from(level))))
    };
    moving.filter_map(edit).collect()
}

/// The `#` that a heading begins with; none where it is underlined.
fn marks(facts: &Facts<'_>, heading: &Heading) -> Option<Span> {
    let level = usize::from(heading.level);
    let span = Span::new(heading.span.start, heading.span.start + level);
    // A heading that is underlined may begin with a character of more than one byte, of which a span holds none.
    (facts.text(span) == "#".repeat(level)).then_some(span)
}
