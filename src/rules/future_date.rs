//! `future-date`: a day by which something is said to have happened is yet to come.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::outline::FieldState;
use crate::record::ColumnRole;
use crate::source::Span;
use crate::values::read_date;

pub static RULE: Rule = Rule {
    name: "future-date",
    group: Group::ChangeLog,
    levels: Levels::always(Level::Warning),
    page: include_str!("future_date.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // East of Greenwich it is tomorrow already.
    let latest = facts.as_of.saturating_add(1.day());
    let mut found = |span: Span, date: Date, message: String| {
        if date > latest {
            findings.push(Finding {
                label: "yet to come".to_owned(),
                notes: vec![format!("as of {}", facts.as_of)],
                help: Some("write the day on which it happened".to_owned()),
                ..Finding::at(span, message)
            });
        }
    };
    let logs = facts.records.change_log.iter();
    for (log, row) in logs.flat_map(|log| log.rows.iter().map(move |row| (log, row))) {
        if let Some(date) = row.reading.iso().filter(|_| !row.planned) {
            let at = log.cell(row, ColumnRole::Date);
            found(at, date, format!("the change log tells of a change on {date}"));
        }
    }
    let updated = facts
        .last_updated()
        .filter(|asked| asked.slot.state == FieldState::Filled);
    if let Some(field) = updated.and_then(|asked| asked.field)
        && let Some(date) = read_date(&field.value).iso()
    {
        found(field.value_span, date, format!("`{}` is {date}", field.key));
    }
}
