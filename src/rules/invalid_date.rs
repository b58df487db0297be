//! `invalid-date`: a field that should hold a day holds something else.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::{AskedField, Facts};
use crate::outline::FieldState;
use crate::template::FieldKind;
use crate::values::{DateReading, read_date};

pub static RULE: Rule = Rule {
    name: "invalid-date",
    group: Group::Fields,
    levels: Levels::always(Level::Error),
    page: include_str!("invalid_date.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for asked in facts.header().iter().chain(facts.footer()) {
        findings.extend(finding(facts, asked));
    }
}

fn finding(facts: &Facts<'_>, asked: &AskedField<'_>) -> Option<Finding> {
    let field = asked.field.filter(|_| asked.slot.state == FieldState::Filled)?;
    let value = match asked.spec.kind {
        FieldKind::Date => field.value.as_str(),
        // `[Name] on [Date]`: what stands behind the last `on`, where it begins with a number.
        FieldKind::Person => field
            .value
            .rsplit_once(" on ")
            .map(|(_, date)| date)
            .filter(|date| date.starts_with(|c: char| c.is_ascii_digit()))?,
        _ => return None,
    };
    let (what, help) = match read_date(value) {
        DateReading::Date(_) | DateReading::Empty | DateReading::Placeholder => return None,
        DateReading::Ambiguous => (
            "can be read in two ways",
            "write the year first, then month and day: `YYYY-MM-DD`",
        ),
        DateReading::Impossible => (
            "is a day that does not exist",
            "write a day of the calendar, as `YYYY-MM-DD`",
        ),
        DateReading::Month { .. } | DateReading::Year(_) => ("has no day", "write the day too, as `YYYY-MM-DD`"),
        DateReading::Word => ("is not a date", "write a date, as `YYYY-MM-DD`"),
        DateReading::Unreadable => ("cannot be read as a date", "write it as `YYYY-MM-DD`"),
    };
    let at = facts
        .text(field.value_span)
        .rfind(value)
        .map_or(field.value_span, |at| {
            let start = field.value_span.start + at;
            crate::source::Span::new(start, start + value.len())
        });
    Some(Finding {
        label: format!("the value of `{}`", field.key),
        template: Some((asked.spec.span, "a date is asked for here".to_owned())),
        help: Some(help.to_owned()),
        ..Finding::at(at, format!("`{value}` {what}"))
    })
}
