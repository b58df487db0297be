//! `version-mismatch`: the header and the newest row of the change log name different versions.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::FieldState;
use crate::record::ColumnRole;
use crate::template::FieldKind;
use crate::values::read_version;

pub static RULE: Rule = Rule {
    name: "version-mismatch",
    group: Group::ChangeLog,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("version_mismatch.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let log = facts.records.change_log.as_ref();
    let Some((log, newest)) = log.and_then(|log| Some((log, log.newest()?))) else {
        return;
    };
    let Some(logged) = newest.version_reading.as_ref().filter(|_| !newest.placeholder) else {
        return;
    };
    for asked in facts.header().iter().chain(facts.footer()) {
        let filled = asked.slot.state == FieldState::Filled && asked.spec.kind == FieldKind::Version;
        let Some(field) = asked.field.filter(|_| filled) else {
            continue;
        };
        let Some(version) = read_version(&field.value).filter(|version| version != logged) else {
            continue;
        };
        let behind = if !version.comparable(logged) {
            "make the two agree"
        } else if version < *logged {
            "raise the version of the document to that of its newest row"
        } else {
            "add a row for the version that the document has"
        };
        findings.push(Finding {
            label: "the document's version".to_owned(),
            related: vec![(
                log.cell(newest, ColumnRole::Version),
                format!("the newest row is of {logged}"),
            )],
            help: Some(behind.to_owned()),
            section: Some("change-log".to_owned()),
            ..Finding::at(
                field.value_span,
                format!(
                    "the document says that it is version {}, its change log ends with {logged}",
                    field.value
                ),
            )
        });
    }
}
