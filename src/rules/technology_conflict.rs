//! `technology-conflict`: one technology is named with two versions.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels, Severity};
use crate::facts::Facts;
use crate::record::{Technology, TechnologySource};

pub static RULE: Rule = Rule {
    name: "technology-conflict",
    group: Group::Content,
    levels: Levels::always(Level::Warning),
    page: include_str!("technology_conflict.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let all: Vec<(String, &Technology)> = facts
        .records
        .technologies
        .iter()
        .filter(|technology| technology.version.is_some())
        .map(|technology| (technology.key(), technology))
        .collect();
    for (at, (key, technology)) in all.iter().enumerate() {
        let same = |(other, _): &&(String, &Technology)| other == key;
        // What is said twice alike is reported once.
        let repeated = all
            .iter()
            .take(at)
            .filter(same)
            .any(|(_, other)| other.version == technology.version);
        if repeated {
            continue;
        }
        let first = all
            .iter()
            .take(at)
            .filter(same)
            .find(|(_, other)| technology.contradicts(other));
        let Some((_, first)) = first else {
            continue;
        };
        // Two components may each have a version of their own, if no other line says which one is meant.
        let agreed = all
            .iter()
            .filter(same)
            .any(|(_, other)| !is_component(other) && !technology.contradicts(other));
        let own = is_component(technology) && (is_component(first) || agreed);
        findings.push(Finding {
            label: said(technology),
            related: vec![(first.name.span, said(first))],
            help: Some("give the version that is in use in each of these places, or in one of them only".to_owned()),
            at_most: own.then_some(Severity::Info),
            ..Finding::at(
                technology.name.span,
                format!(
                    "`{}` stands here with another version than elsewhere",
                    technology.name.text
                ),
            )
        });
    }
}

fn is_component(technology: &Technology) -> bool {
    matches!(technology.source, TechnologySource::Component(_))
}

fn said(technology: &Technology) -> String {
    format!("version {}", technology.version.as_deref().unwrap_or("unknown"))
}
