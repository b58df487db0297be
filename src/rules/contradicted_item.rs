//! `contradicted-item`: an item of the review checklist is ticked, and the document says otherwise.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels, Severity};
use crate::facts::{Facts, Outcome};
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
            because_of_rules: explained_by(&judged.sections),
            because_of: judged.sections.clone(),
            // Neither time alone nor what became of another file turns a build red.
            at_most: judged.from_outside.then_some(Severity::Warning),
            consequence: format!("so the ticked item `{text}` of the review checklist is not true"),
            ..Finding::at(judged.item.span, format!("`{text}` is ticked, but {}", judged.why))
        });
    }
}

/// The rules whose finding says the same, though it stands in none of the sections: the footer tells who reviewed.
pub fn explained_by(sections: &[String]) -> &'static [&'static str] {
    if sections.iter().any(|path| path == "stakeholders") {
        &["changed-since-review", "missing-review", "review-overdue"]
    } else {
        &[]
    }
}
