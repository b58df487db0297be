//! `overdue-roadmap`: the time of a phase is over, and some of its tasks are open.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels, Severity};
use crate::facts::Facts;
use crate::record::RoadmapTask;

pub static RULE: Rule = Rule {
    name: "overdue-roadmap",
    group: Group::Content,
    levels: Levels::always(Level::Warning),
    page: include_str!("overdue_roadmap.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for phase in &facts.records.roadmap {
        let Some(last) = phase.last.filter(|last| *last < facts.as_of) else {
            continue;
        };
        let open: Vec<&RoadmapTask> = phase.tasks.iter().filter(|task| task.open).collect();
        let Some(first) = open.iter().find(|task| task.boxed).or(open.first()) else {
            continue;
        };
        let left = match (open.len(), phase.tasks.len()) {
            (1, 1) => "its one task is open".to_owned(),
            (open, all) if open == all => format!("all of its {all} tasks are open"),
            (1, all) => format!("one of its {all} tasks is open"),
            (open, all) => format!("{open} of its {all} tasks are open"),
        };
        findings.push(Finding {
            label: format!("ended on {last}"),
            related: vec![(first.text.span, "still open".to_owned())],
            notes: vec![format!("as of {}", facts.as_of)],
            help: Some("tick what is done, and move the rest to a phase that is still to come".to_owned()),
            section: Some("future-roadmap".to_owned()),
            // Without boxes nobody can say that something is done.
            at_most: (!first.boxed).then_some(Severity::Info),
            ..Finding::at(phase.name.span, format!("`{}` is over, and {left}", phase.name.text))
        });
    }
}
