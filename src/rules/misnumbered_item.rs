//! `misnumbered-item`: numbers of a group or of items repeat, or leave a gap.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels, Severity};
use crate::facts::Facts;
use crate::outline::State;
use crate::record::{Member, Series};

pub static RULE: Rule = Rule {
    name: "misnumbered-item",
    group: Group::Content,
    levels: Levels::always(Level::Warning),
    page: include_str!("misnumbered_item.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for series in &facts.records.series {
        let node = series.node.and_then(|node| facts.outline.nodes.get(node));
        let explained = node.is_some_and(|node| {
            matches!(node.state, State::Template | State::NotApplicable) || facts.is_explained(node)
        });
        if explained {
            continue;
        }
        let repeats = repeats(series);
        // A number that stands twice is the number that is missing further down.
        if repeats.is_empty() {
            findings.extend(gaps(series));
        }
        findings.extend(repeats);
    }
}

/// Members with a number that an earlier one has; where the name is the same too, the whole is there twice.
fn repeats(series: &Series) -> Findings {
    let mut found = Findings::new();
    for (at, member) in series
        .members
        .iter()
        .enumerate()
        .filter(|(_, member)| member.number.is_some())
    {
        let same = |first: &&Member| first.number == member.number && first.label.eq_ignore_ascii_case(&member.label);
        let Some(first) = series.members.get(..at).unwrap_or(&[]).iter().find(same) else {
            continue;
        };
        if !member.name.is_empty() && member.name == first.name {
            continue;
        }
        let numbers = series.members.iter().filter_map(|member| member.number);
        let free = numbers.max().unwrap_or(0).saturating_add(1);
        found.push(Finding {
            label: "the same number again".to_owned(),
            related: vec![(first.text.span, "the first one".to_owned())],
            help: Some(format!("number them one by one; the next free number is {free}")),
            section: Some(series.section.clone()),
            ..Finding::at(
                member.text.span,
                format!("`{}` has the number of an earlier one", member.text.text),
            )
        });
    }
    found
}

/// The first member behind each gap, in the order of the numbers.
fn gaps(series: &Series) -> Findings {
    let own = |member: &&Member| member.label.eq_ignore_ascii_case(&series.label) && member.number.is_some();
    let mut members: Vec<&Member> = series.members.iter().filter(own).collect();
    // Records that are numbered in their own way have their other numbers elsewhere.
    if members.len() < series.members.iter().filter(|member| member.number.is_some()).count() {
        return Findings::new();
    }
    members.sort_by_key(|member| member.number);
    let mut found = Findings::new();
    let mut expected = 1;
    for member in members {
        let Some(number) = member.number else { continue };
        let missing = number.saturating_sub(expected);
        // Blocks of numbers, `FR101` and `FR201`, are a habit and no gap.
        let block = number >= 10 && number % 10 <= 1;
        if missing > 0 && !block {
            // As this one is written: `FR2`, `Limitation 2`.
            let digit = member.text.text.find(|c: char| c.is_ascii_digit());
            let prefix = digit.and_then(|at| member.text.text.get(..at)).unwrap_or("");
            let gone = match missing {
                1 => format!("`{prefix}{expected}`"),
                _ => format!("`{prefix}{expected}` to `{prefix}{}`", number.saturating_sub(1)),
            };
            let help = "number them without a gap, or say what became of the missing ones";
            found.push(Finding {
                label: "the first one behind the gap".to_owned(),
                help: Some(help.to_owned()),
                section: Some(series.section.clone()),
                at_most: Some(Severity::Info),
                ..Finding::at(
                    member.text.span,
                    format!("`{}` stands here, and there is no {gone}", member.text.text),
                )
            });
        }
        expected = number.saturating_add(1);
    }
    found
}
