//! `change-log-behind`: commits changed the document, and its change log does not tell of them.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::Applicability;
use crate::diagnostic::{Level, Levels};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::facts::{Unlogged, day, log_rows};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "change-log-behind",
    group: Group::ChangeLog,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Warning),
    page: include_str!("change_log_behind.md"),
    check: Check::WholeDocument(check),
};

/// How many commits are listed.
const LISTED: usize = 10;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // A log without a row is behind by everything; that it is empty is another finding.
    let Some((log, newest)) = facts
        .records
        .change_log
        .as_ref()
        .and_then(|log| Some((log, log.newest()?)))
    else {
        return;
    };
    let unlogged = facts.unlogged();
    if unlogged.is_empty() {
        return;
    }
    let since = match newest.version.as_deref().filter(|version| !version.is_empty()) {
        Some(version) => format!(" since {version}"),
        None => newest
            .reading
            .iso_text()
            .map(|date| format!(" since {date}"))
            .unwrap_or_default(),
    };
    let what = match super::listed(sections(facts, unlogged).iter().map(String::as_str), 6) {
        empty if empty.is_empty() => "the document".to_owned(),
        sections => sections,
    };
    let count = match unlogged.len() {
        1 => "1 commit".to_owned(),
        many => format!("{many} commits"),
    };
    let mut notes: Vec<String> = unlogged.iter().take(LISTED).map(told).collect();
    if unlogged.len() > LISTED {
        notes.push(format!("and {} older ones", unlogged.len() - LISTED));
    }
    let fix = log_rows(facts, log, unlogged, None)
        .map(|(at, rows)| (Applicability::Safe, vec![Edit::replace(Span::at(at), rows)]));
    findings.push(Finding {
        label: "the newest row".to_owned(),
        notes,
        help: Some(match fix {
            Some(_) => "add a row for them, or let `mdbook-archdoc fix --write` add one for each".to_owned(),
            None => "add a row for them".to_owned(),
        }),
        section: Some("change-log".to_owned()),
        fix,
        ..Finding::at(
            newest.span,
            format!(
                "{count}{since} changed {what}, and the change log does not mention {}",
                if unlogged.len() == 1 { "it" } else { "them" }
            ),
        )
    });
}

/// The sections that some of the commits changed, in the document's order.
fn sections(facts: &Facts<'_>, unlogged: &[Unlogged<'_>]) -> Vec<String> {
    let changed = |name: &String| unlogged.iter().any(|one| one.sections.contains(name));
    facts
        .section_names()
        .into_iter()
        .map(|(_, name)| name)
        .filter(changed)
        .collect()
}

fn told(one: &Unlogged<'_>) -> String {
    format!(
        "{} {} {}: {}",
        one.commit.short(),
        day(one.commit.date),
        one.commit.author,
        one.text
    )
}
