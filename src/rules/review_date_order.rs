//! `review-date-order`: the next review lies before the last one.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "review-date-order",
    group: Group::Review,
    levels: Levels::always(Level::Warning),
    page: include_str!("review_date_order.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(reviewed) = facts.reviewed_by() else {
        return;
    };
    let (Some(span), Some(last)) = (reviewed.span, reviewed.date) else {
        return;
    };
    if last > facts.as_of.saturating_add(jiff::ToSpan::day(1)) {
        findings.push(Finding {
            label: "yet to come".to_owned(),
            notes: vec![format!("as of {}", facts.as_of)],
            help: Some("write the day on which it was reviewed".to_owned()),
            ..Finding::at(span, format!("the last review is said to have been on {last}"))
        });
        return;
    }
    if let Some((next_span, next)) = facts.next_review().filter(|(_, next)| *next < last) {
        findings.push(Finding {
            label: "the next review".to_owned(),
            related: vec![(span, format!("reviewed on {last}"))],
            help: Some("write the day on which it is to be reviewed next".to_owned()),
            ..Finding::at(
                next_span,
                format!("the next review, on {next}, lies before the last one"),
            )
        });
    }
}
