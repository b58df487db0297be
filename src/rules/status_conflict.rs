//! `status-conflict`: the header and the footer disagree about the status, or the status is not true.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::diagnostic::{Severity, Stage};
use crate::facts::AskedField;
use crate::facts::Facts;
use crate::outline::{FieldState, StageWord, State, stage_of};

pub static RULE: Rule = Rule {
    name: "status-conflict",
    group: Group::Review,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("status_conflict.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let header = stage(facts.header());
    let footer = stage(facts.footer());
    if let (Some((above, first)), Some((below, second))) = (&header, &footer) {
        // Approved goes with Complete, and Review with In Progress; a draft that is in review is on its way.
        if (*first == Stage::Final) != (*second == Stage::Final) {
            findings.push(Finding {
                label: "the footer".to_owned(),
                related: vec![(above.value_span, format!("the header says `{}`", above.value))],
                help: Some("make the two agree".to_owned()),
                ..Finding::at(
                    below.value_span,
                    format!("`{}` and `{}` cannot both be true", above.value, below.value),
                )
            });
            return;
        }
    }
    let Some((field, _)) = header
        .into_iter()
        .chain(footer)
        .find(|(_, stage)| *stage == Stage::Final)
    else {
        return;
    };
    let open: Vec<(String, &str)> = facts
        .nodes()
        .filter(|(_, node, spec)| {
            spec.depth == 1
                && matches!(
                    node.state,
                    State::Empty | State::Template | State::Placeholder | State::Partial
                )
                || spec.depth == 1 && node.is_missing() && node.lost.is_none() && !spec.optional
        })
        .map(|(_, _, spec)| (spec.id.clone(), spec.title.as_str()))
        .collect();
    if open.is_empty() {
        return;
    }
    let names = super::listed(open.iter().map(|(_, title)| *title), 6);
    let verb = if open.len() == 1 { "is" } else { "are" };
    findings.push(Finding {
        label: "says that it is finished".to_owned(),
        help: Some("finish what is open, or take the status back".to_owned()),
        // By default each open section is an error of its own. A book that made those quiet wants no louder echo.
        at_most: Some(Severity::Info),
        because_of: open.iter().map(|(id, _)| id.clone()).collect(),
        consequence: format!("so the status `{}` is not true", field.value),
        ..Finding::at(
            field.value_span,
            format!("the document is `{}`, but {names} {verb} not complete", field.value),
        )
    });
}

/// The first field that holds the document's status.
fn stage<'a>(fields: &[AskedField<'a>]) -> Option<(&'a crate::document::Field, Stage)> {
    fields.iter().find_map(|asked| {
        let field = asked.field.filter(|_| asked.slot.state == FieldState::Filled)?;
        let says_so = asked.spec.name.split(' ').any(|word| word == "status");
        match stage_of(&field.value) {
            StageWord::Known(stage) if says_so => Some((field, stage)),
            _ => None,
        }
    })
}
