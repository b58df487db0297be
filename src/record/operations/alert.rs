//! Alerts, `condition (window)`: items below a severity, or rows of a table.
//!
//! A remark in parentheses that is no duration stays part of the condition.

use super::super::reader::{Grid, Line, Passage, Row, Said, parenthesis, says_none};
use super::timed;
use crate::naming::Words;
use crate::values::read_duration;

/// An alert, `condition (window)`.
#[derive(Debug, Clone)]
pub struct Alert {
    /// How bad it is: `Critical`, `Warning`; empty where it does not say.
    pub severity: String,
    /// When it fires.
    pub condition: Said,
    /// How long the condition must hold, in seconds, where that is written.
    pub window: Option<u64>,
}

/// Words for how bad an alert is.
static SEVERITIES: Words = Words::new(
    "critical, warning, warn, error, info, informational, high, medium, low, major, minor, urgent, p0, p1, p2, p3, \
     p4, emergency",
);

/// Reads the alerts of a passage.
pub fn alerts(passage: &Passage<'_>) -> Vec<Alert> {
    let mut found: Vec<Alert> = passage.grids().iter().flat_map(alerts_of_grid).collect();
    let heading = passage.heading.and_then(|heading| severity(&heading.text));
    let mut severity = heading.unwrap_or_default();
    for line in &passage.lines {
        let named = line.field.and_then(|field| self::severity(&field.key));
        match (line.field, named) {
            (Some(field), Some(named)) if field.value.is_empty() => severity = named,
            (Some(field), Some(named)) if !line.unsaid && !says_none(&field.value) => {
                found.push(alert(named, &field.value, line));
            }
            _ if line.is_item() && !line.unsaid && !line.is_waived() => {
                found.push(alert(severity.clone(), &line.unit.text, line));
            }
            _ => {}
        }
    }
    found
}

fn alert(severity: String, text: &str, line: &Line<'_>) -> Alert {
    let (condition, window) = timed(text);
    Alert {
        severity,
        condition: line.place().find(condition),
        window,
    }
}

/// `Critical` of `Critical Alerts`; a name that says more is no severity.
fn severity(name: &str) -> Option<String> {
    let name = parenthesis(name).map_or(name, |(before, _)| before);
    let mut words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = words.next()?;
    let lower = first.to_lowercase();
    let kinds = [
        "alert",
        "alerts",
        "alarm",
        "alarms",
        "level",
        "severity",
        "priority",
        "conditions",
    ];
    let only = words.all(|word| kinds.contains(&word.to_lowercase().as_str()));
    (only && (SEVERITIES.contains(&lower.as_str()) || lower.starts_with("sev"))).then(|| first.to_owned())
}

fn alerts_of_grid(grid: &Grid) -> Vec<Alert> {
    let condition = grid.column(&["condition", "trigger", "threshold", "alert", "name"]);
    let severity = grid.column(&["severity", "level", "priority"]);
    let window = grid.column(&["window", "for", "duration", "time"]);
    let row = |row: &Row| {
        let cell = row.filled(condition)?;
        let (text, own) = timed(&cell.text);
        let window = row.cell(window).and_then(|cell| read_duration(&cell.text));
        Some(Alert {
            severity: row.cell(severity).map_or_else(String::new, |cell| cell.text.clone()),
            condition: Said::new(text, cell.span),
            window: own.or(window.map(|reading| reading.seconds)),
        })
    };
    grid.rows.iter().filter_map(row).collect()
}
