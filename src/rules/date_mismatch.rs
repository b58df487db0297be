//! `date-mismatch`: the document says that it was last updated before the newest row of its change log.

use jiff::ToSpan;

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::outline::FieldState;
use crate::record::ColumnRole;
use crate::values::read_date;

pub static RULE: Rule = Rule {
    name: "date-mismatch",
    group: Group::ChangeLog,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Warning),
    page: include_str!("date_mismatch.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let log = facts.records.change_log.as_ref();
    let newest = log.and_then(|log| Some((log, log.newest()?)));
    let Some((log, row, logged)) = newest.and_then(|(log, row)| Some((log, row, row.reading.iso()?))) else {
        return;
    };
    // A day yet to come is its own mistake, and not to be copied.
    if logged > facts.as_of.saturating_add(1.day()) {
        return;
    }
    let updated = facts
        .last_updated()
        .filter(|asked| asked.slot.state == FieldState::Filled);
    if let Some(field) = updated.and_then(|asked| asked.field)
        && let Some(date) = read_date(&field.value).iso().filter(|date| *date < logged)
    {
        findings.push(Finding {
            label: "the document's date".to_owned(),
            related: vec![(log.cell(row, ColumnRole::Date), format!("changed on {logged}"))],
            help: Some(format!("write {logged}, or the day of the last change")),
            section: Some("change-log".to_owned()),
            ..Finding::at(
                field.value_span,
                format!("`{}` is {date}, and the change log has a change of {logged}", field.key),
            )
        });
    }
}
