//! `missing-subsection`: a sub-section of the template is not in a section that is otherwise there.

use super::missing_section::missing;
use super::{Check, Finding, Findings, Group, Rule, listed};
use crate::diagnostic::{Applicability, Level, Levels, Severity, Stage};
use crate::facts::Facts;
use crate::outline::{Node, State};
use crate::source::Span;
use crate::template::{Instances, SectionSpec};

pub static RULE: Rule = Rule {
    name: "missing-subsection",
    group: Group::Structure,
    levels: Levels::by_stage(Level::Info, Level::Info, Level::Warning),
    page: include_str!("missing_subsection.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (id, parent, spec) in facts.nodes() {
        let there = matches!(parent.state, State::Placeholder | State::Partial | State::Complete);
        if !there || facts.is_explained(parent) {
            continue;
        }
        let children = facts.outline.children(id);
        let children = children.map(|(_, child)| (child, child.spec(facts.template)));
        let demanded: Vec<(&Node, &SectionSpec)> = children.filter(|(_, spec)| !spec.optional).collect();
        let gone: Vec<(&Node, &SectionSpec)> = demanded
            .iter()
            .copied()
            .filter(|(child, _)| child.is_missing() && child.lost.is_none())
            .collect();
        if gone.len() > 1 && gone.len() == demanded.len() {
            findings.extend(none_of_them(facts, parent, spec, &gone));
            continue;
        }
        for (child, spec) in gone {
            // A team may have its reasons for another division of the section.
            let mut finding = missing(facts, child, spec, Applicability::Suggested);
            finding.message = format!("{} in `{}`", finding.message, parent_title(facts, parent));
            // What the author may call as he likes may also stand there in another form: in a table, in prose.
            finding.at_most = (spec.instances == Instances::Any).then_some(Severity::Info);
            if facts.outline.stage != Stage::Final {
                finding.template = Some((spec.span, "the template has it here".to_owned()));
            }
            findings.push(finding);
        }
    }
}

fn parent_title(facts: &Facts<'_>, parent: &Node) -> String {
    let heading = parent.heading(facts.document);
    heading.map_or_else(String::new, |heading| heading.text.clone())
}

/// A section that is divided in another way than the template's is one finding, not one for each part.
fn none_of_them(
    facts: &Facts<'_>,
    parent: &Node,
    spec: &SectionSpec,
    gone: &[(&Node, &SectionSpec)],
) -> Option<Finding> {
    let name = parent.name_span(facts.document)?;
    let names = listed(gone.iter().map(|(_, spec)| spec.title.as_str()), 5);
    let mut finding = Finding::at(
        name,
        format!(
            "`{}` has none of its sub-sections: {names}",
            parent_title(facts, parent)
        ),
    );
    finding.label = "divided in another way, or not at all".to_owned();
    finding.template = gone.first().map(|(_, first)| {
        (
            Span::new(first.span.start, first.span.end),
            "the first of them".to_owned(),
        )
    });
    finding.section = Some(spec.id.clone());
    finding.help =
        Some("add the headings, or write `Not applicable: <reason>` under those that do not apply".to_owned());
    Some(finding)
}
