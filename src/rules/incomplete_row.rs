//! `incomplete-row`: a row of the change log lacks its date, its version or what changed.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "incomplete-row",
    group: Group::ChangeLog,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Warning),
    page: include_str!("incomplete_row.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for row in facts.records.change_log.iter().flat_map(|log| &log.rows) {
        if row.planned || row.placeholder || row.continues {
            continue;
        }
        // A column that the log does not have is `None`.
        let empty = |cell: &Option<String>| cell.as_ref().is_some_and(|text| text.trim().is_empty());
        let parts = [
            (&row.date, "date"),
            (&row.version, "version"),
            (&row.changes, "word about what changed"),
        ];
        let lacking: Vec<&str> = parts
            .into_iter()
            .filter(|(cell, _)| empty(cell))
            .map(|(_, name)| name)
            .collect();
        if lacking.is_empty() {
            continue;
        }
        findings.push(Finding {
            label: "this row".to_owned(),
            help: Some("fill it in, or take the row out".to_owned()),
            section: Some("change-log".to_owned()),
            ..Finding::at(
                row.span,
                format!("a row of the change log has no {}", lacking.join(" and no ")),
            )
        });
    }
}
