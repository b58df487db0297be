//! `change-log-columns`: the change log has no column for the date, the version or what changed.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::record::{ColumnRole, LogForm};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "change-log-columns",
    group: Group::ChangeLog,
    levels: Levels::always(Level::Info),
    page: include_str!("change_log_columns.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(log) = facts
        .records
        .change_log
        .as_ref()
        .filter(|log| log.form == LogForm::Table)
    else {
        return;
    };
    let asked = [
        (ColumnRole::Date, "Date"),
        (ColumnRole::Version, "Version"),
        (ColumnRole::Changes, "Changes"),
    ];
    let lacking: Vec<&str> = asked
        .into_iter()
        .filter(|(role, _)| log.column(*role).is_none())
        .map(|(_, name)| name)
        .collect();
    let (Some(first), Some(last)) = (log.columns.first(), log.columns.last()) else {
        return;
    };
    if !lacking.is_empty() {
        findings.push(Finding {
            label: "its columns".to_owned(),
            help: Some(format!("add a column {}", super::listed(lacking.iter().copied(), 3))),
            section: Some("change-log".to_owned()),
            ..Finding::at(
                Span::new(first.span.start, last.span.end),
                format!("the change log does not say {}", words(&lacking)),
            )
        });
    }
}

fn words(lacking: &[&str]) -> String {
    let word = |name: &&str| match *name {
        "Date" => "when",
        "Version" => "in which version",
        _ => "what",
    };
    let words: Vec<&str> = lacking.iter().map(word).collect();
    format!("{} something changed", words.join(" and "))
}
