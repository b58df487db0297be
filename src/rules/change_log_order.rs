//! `change-log-order`: a row of the change log stands out of order.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::record::LogRow;

pub static RULE: Rule = Rule {
    name: "change-log-order",
    group: Group::ChangeLog,
    levels: Levels::by_stage(Level::Info, Level::Info, Level::Warning),
    page: include_str!("change_log_order.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(log) = &facts.records.change_log else {
        return;
    };
    let dated: Vec<_> = log
        .rows
        .iter()
        .filter(|row| !row.planned && !row.continues)
        .filter_map(|row| Some((row, row.reading.iso()?)))
        .collect();
    let steps = || dated.windows(2).filter_map(|pair| Some((pair.first()?, pair.last()?)));
    let later = steps().filter(|(above, below)| above.1 < below.1).count();
    let earlier = steps().filter(|(above, below)| above.1 > below.1).count();
    if later == 0 || earlier == 0 {
        return;
    }
    let oldest_first = later >= earlier;
    let broken = steps().find(|(above, below)| {
        if oldest_first {
            above.1 > below.1
        } else {
            above.1 < below.1
        }
    });
    let Some(((above, before), (row, date))) = broken else {
        return;
    };
    let (order, side) = if oldest_first {
        ("oldest", "later")
    } else {
        ("newest", "earlier")
    };
    findings.push(Finding {
        label: "out of order".to_owned(),
        related: vec![(above.span, format!("of {before}, {side} than the row below it"))],
        help: Some(format!(
            "put the rows in one order: this log begins with the {order} one"
        )),
        section: Some("change-log".to_owned()),
        ..Finding::at(
            row.span,
            format!("the row of {date}{} stands out of order", version(row)),
        )
    });
}

fn version(row: &LogRow) -> String {
    let version = row.version.as_deref().filter(|version| !version.is_empty());
    version
        .map(|version| format!(" (version {version})"))
        .unwrap_or_default()
}
