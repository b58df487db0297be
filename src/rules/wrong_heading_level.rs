//! `wrong-heading-level`: a section's heading is on another level than its siblings.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Applicability, Level, Levels, Severity};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::outline::Found;
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
        let heading = node.heading.and_then(|heading| facts.document.headings.get(heading));
        let Some(heading) = heading.filter(|_| node.found == Found::WrongLevel) else {
            continue;
        };
        let wanted = facts.outline.base + spec.depth - 1;
        let message = format!(
            "`{}` is a heading of level {}, not {wanted}",
            heading.text, heading.level
        );
        let marks = Span::new(heading.span.start, heading.span.start + usize::from(heading.level));
        let mut finding = Finding::at(marks, message);
        finding.label = format!("expected `{}`", "#".repeat(usize::from(wanted)));
        finding.template = Some((spec.span, "its level in the template".to_owned()));
        finding.section = Some(spec.id.clone());
        finding.help = Some(format!("write `{} {}`", "#".repeat(usize::from(wanted)), heading.text));
        // What a team does inside a section is its own business.
        finding.at_most = (spec.depth > 1).then_some(Severity::Info);
        if facts.text(marks).bytes().all(|byte| byte == b'#') {
            let edit = Edit::replace(marks, "#".repeat(usize::from(wanted)));
            finding.fix = Some((Applicability::Suggested, vec![edit]));
        } else {
            finding.span = heading.name;
        }
        findings.push(finding);
    }
}
