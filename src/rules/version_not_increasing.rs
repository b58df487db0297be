//! `version-not-increasing`: a row of the change log has an older version than the row before it.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::record::{ColumnRole, Direction};

pub static RULE: Rule = Rule {
    name: "version-not-increasing",
    group: Group::ChangeLog,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Warning),
    page: include_str!("version_not_increasing.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(log) = facts
        .records
        .change_log
        .as_ref()
        .filter(|log| log.direction != Direction::Unknown)
    else {
        return;
    };
    let rows = log.rows.iter().filter(|row| !row.planned && !row.continues);
    let mut versions: Vec<_> = rows
        .filter_map(|row| Some((row, row.version_reading.as_ref()?)))
        .collect();
    if log.direction == Direction::Descending {
        versions.reverse();
    }
    for pair in versions.windows(2) {
        let [(older, before), (row, version)] = pair else {
            continue;
        };
        // Where the dates are out of order as well, it is the rows that are.
        let in_order = older
            .reading
            .iso()
            .zip(row.reading.iso())
            .is_none_or(|(older, newer)| older <= newer);
        if before.comparable(version) && version < before && in_order {
            findings.push(Finding {
                label: "a later change with an earlier version".to_owned(),
                related: vec![(log.cell(older, ColumnRole::Version), format!("{before} came before it"))],
                help: Some("give each change a version that is not below the one before".to_owned()),
                section: Some("change-log".to_owned()),
                ..Finding::at(
                    log.cell(row, ColumnRole::Version),
                    format!("version {version} follows {before}"),
                )
            });
        }
    }
}
