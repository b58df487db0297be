//! `empty-field`: a field of the header, the footer or a section has no value.

use super::{Check, Finding, Findings, Group, Rule, required};
use crate::diagnostic::{Level, Levels, Severity};
use crate::facts::{Answer, Facts};
use crate::outline::FieldState;
use crate::source::Span;
use crate::template::FieldPlace;

pub static RULE: Rule = Rule {
    name: "empty-field",
    group: Group::Fields,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("empty_field.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for asked in facts.header().iter().chain(facts.footer()) {
        let Some(field) = asked.field.filter(|_| asked.slot.state == FieldState::Empty) else {
            continue;
        };
        findings.push(Finding {
            label: "its value is missing".to_owned(),
            template: Some((asked.spec.span, required(facts))),
            help: Some(format!("write the value behind `{}`", field.key)),
            ..Finding::at(field.key_span, format!("`{}` has no value", field.key))
        });
    }
    sections(facts, findings);
}

fn sections(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<Span> = Vec::new();
    for (id, node, spec) in facts.nodes() {
        let heading = node.heading(facts.document);
        let Some(heading) = heading else { continue };
        for asked in facts.section_fields(id) {
            let Answer::Empty(field) = asked.answer else { continue };
            if seen.contains(&field.key_span) {
                continue;
            }
            seen.push(field.key_span);
            let detail = asked.spec.place == FieldPlace::Below || asked.spec.optional || !asked.spec.open;
            findings.push(Finding {
                label: "its value is missing".to_owned(),
                template: Some((asked.spec.span, "the template has it here".to_owned())),
                help: Some(format!("write the value behind `{}`, or take the line out", field.key)),
                section: Some(spec.id.clone()),
                at_most: Some(if detail { Severity::Info } else { Severity::Warning }),
                ..Finding::at(
                    field.key_span,
                    format!("`{}` in `{}` has no value", field.key, heading.text),
                )
            });
        }
    }
}
