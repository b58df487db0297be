//! `unticked-item`: a final document has an open item in its review checklist.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::facts::Outcome;
use crate::template::CHECKLIST;

pub static RULE: Rule = Rule {
    name: "unticked-item",
    group: Group::Review,
    levels: Levels::by_stage(Level::Off, Level::Off, Level::Warning),
    page: include_str!("unticked_item.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for judged in facts.judged_items() {
        let help = match judged.outcome {
            Outcome::Ready => format!("tick it: {}", judged.why),
            Outcome::Pending => "do it and tick it, or write `N/A: reason` behind it".to_owned(),
            _ => continue,
        };
        // What the item waits for has a finding of its own where it is a fault.
        let sections = if judged.outcome == Outcome::Pending {
            judged.sections.clone()
        } else {
            Vec::new()
        };
        let text = &judged.item.text;
        findings.push(Finding {
            label: "open".to_owned(),
            help: Some(help),
            section: Some(CHECKLIST.to_owned()),
            because_of_rules: super::contradicted_item::explained_by(&sections),
            because_of: sections,
            consequence: format!("so the item `{text}` of the review checklist is still open"),
            ..Finding::at(
                judged.item.span,
                format!("`{text}` is not ticked, {}", facts.strictness()),
            )
        });
    }
}
