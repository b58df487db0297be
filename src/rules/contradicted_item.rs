//! `contradicted-item`: an item of the review checklist is ticked, and the document says otherwise.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::facts::Outcome;
use crate::template::CHECKLIST;

pub static RULE: Rule = Rule {
    name: "contradicted-item",
    group: Group::Review,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("contradicted_item.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for judged in facts.judged_items() {
        if judged.outcome != Outcome::Contradicted {
            continue;
        }
        let text = &judged.item.text;
        findings.push(Finding {
            label: "ticked".to_owned(),
            related: judged.at.map(|at| (at, judged.why.clone())).into_iter().collect(),
            help: Some("take the tick away until it is so, or write what is missing".to_owned()),
            section: Some(CHECKLIST.to_owned()),
            because_of: judged.sections.clone(),
            consequence: format!("so the ticked item `{text}` of the review checklist is not true"),
            ..Finding::at(judged.item.span, format!("`{text}` is ticked, but {}", judged.why))
        });
    }
}
