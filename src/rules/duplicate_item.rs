//! `duplicate-item`: two instances of a group have the same name.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "duplicate-item",
    group: Group::Content,
    levels: Levels::always(Level::Warning),
    page: include_str!("duplicate_item.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for series in &facts.records.series {
        for (at, member) in series
            .members
            .iter()
            .enumerate()
            .filter(|(_, member)| !member.name.is_empty())
        {
            let (earlier, _) = series.members.split_at(at);
            let Some(first) = earlier.iter().find(|first| first.name == member.name) else {
                continue;
            };
            findings.push(Finding {
                label: "the same name again".to_owned(),
                related: vec![(first.text.span, "the first one".to_owned())],
                help: Some("put what both say under one heading, or give this one a name of its own".to_owned()),
                section: Some(series.section.clone()),
                ..Finding::at(
                    member.text.span,
                    format!(
                        "`{}` has the name of an earlier {}",
                        member.text.text,
                        series.label.to_lowercase()
                    ),
                )
            });
        }
    }
}
