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
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for series in &facts.records.series {
        let node = series.node.map(|node| &facts.outline.nodes[node]);
        let explained = node.is_some_and(|node| {
            matches!(node.state, State::Template | State::NotApplicable) || facts.is_explained(node)
        });
        if explained {
            continue;
        }
        judge(
            series,
            &|id| facts.records.mentions.iter().any(|mention| mention.id == id),
            findings,
        );
    }
}

/// Judges the numbers of a series. What is `mentioned` and not there, `dangling-mention` has a finding for.
fn judge(series: &Series, mentioned: &dyn Fn(&str) -> bool, findings: &mut Findings) {
    // A number that stands twice is the number that is missing further down.
    if !has_repeat(series) {
        findings.extend(misplaced(series).map_or_else(|| gaps(series, mentioned), |finding| vec![finding]));
    }
    findings.extend(repeats(series));
}

fn has_repeat(series: &Series) -> bool {
    let mut numbers: Vec<(u32, String)> = series
        .members
        .iter()
        .filter_map(|member| Some((member.number?, member.label.to_lowercase())))
        .collect();
    let all = numbers.len();
    numbers.sort();
    numbers.dedup();
    numbers.len() < all
}

/// The one member whose number is wrong, where the numbers behind it go on as if it were right: 1, 2, 8, 4.
fn misplaced(series: &Series) -> Option<Finding> {
    let number = |at: usize| series.members.get(at).and_then(|member| member.number);
    let expected = |at: usize| {
        let before = at.checked_sub(1).map_or(Some(series.first.saturating_sub(1)), number)?;
        let expected = before.saturating_add(1);
        let free = series.members.iter().all(|member| member.number != Some(expected));
        free.then_some(expected)
    };
    let at = (0..series.members.len()).find(|at| {
        let expected = expected(*at);
        let behind = expected.map(|expected| expected.saturating_add(1));
        expected.is_some() && number(*at) > expected && number(at + 1) == behind
    })?;
    let member = series.members.get(at)?;
    let expected = expected(at)?;
    Some(Finding {
        label: "out of the order of its neighbours".to_owned(),
        help: Some(format!("number it {expected}, and mend what mentions it")),
        section: Some(series.section.clone()),
        at_most: Some(Severity::Info),
        ..Finding::at(
            member.text.span,
            format!(
                "`{}` stands where `{}{expected}` is expected",
                member.text.text,
                prefix(member)
            ),
        )
    })
}

/// What stands in front of a member's number, as it is written: `FR`, `Limitation `.
fn prefix(member: &Member) -> &str {
    let digit = member.text.text.find(|c: char| c.is_ascii_digit());
    digit.and_then(|at| member.text.text.get(..at)).unwrap_or("")
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
        let (earlier, _) = series.members.split_at(at);
        let Some(first) = earlier.iter().find(same) else {
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
fn gaps(series: &Series, mentioned: &dyn Fn(&str) -> bool) -> Findings {
    let own = |member: &&Member| member.label.eq_ignore_ascii_case(&series.label) && member.number.is_some();
    let mut members: Vec<&Member> = series.members.iter().filter(own).collect();
    // Records that are numbered in their own way have their other numbers elsewhere.
    if members.len() < series.members.iter().filter(|member| member.number.is_some()).count() {
        return Findings::new();
    }
    members.sort_by_key(|member| member.number);
    let mut found = Findings::new();
    let mut expected = series.first;
    for member in members {
        let Some(number) = member.number else { continue };
        let missing = number.saturating_sub(expected);
        // Blocks of numbers, `FR101` and `FR201`, are a habit and no gap.
        let block = number >= 10 && number % 10 <= 1;
        // As this one is written: `FR2`, `Limitation 2`.
        let prefix = prefix(member);
        let explained = missing == 1 && mentioned(&format!("{prefix}{expected}"));
        if missing > 0 && !block && !explained {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Said;
    use crate::source::Span;

    fn series(members: &str) -> Series {
        let member = |text: &str| {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
            let (label, number) = text.split_at(at);
            Member {
                label: label.to_owned(),
                number: number.parse().ok(),
                name: String::new(),
                text: Said {
                    text: text.to_owned(),
                    span: Span::default(),
                },
            }
        };
        Series {
            section: String::new(),
            node: None,
            label: "FR".to_owned(),
            first: 1,
            members: members.split_whitespace().map(member).collect(),
        }
    }

    #[test]
    fn numbers_are_judged_as_a_whole() {
        for (members, expected) in [
            ("FR1 FR2 FR3", ""),
            ("FR3 FR2 FR1", ""),
            ("FR1 FR3", "FR3 in front of it no FR2"),
            ("FR2 FR3", "FR2 in front of it no FR1"),
            ("FR1 FR5", "FR5 in front of it no FR2-FR4"),
            ("FR1 FR2 FR8 FR4 FR5", "FR8 instead of FR3"),
            ("FR1 FR2 FR2 FR4", "FR2 again"),
            ("FR101 FR102 FR201", ""),
            ("ADR3 ADR9", ""),
            ("ADR3 ADR3", "ADR3 again"),
            ("FR1 ADR1", ""),
            ("x FR1 y FR2", ""),
            ("FR4294967295 FR1", "FR4294967295 in front of it no FR2-FR4294967294"),
        ] {
            let series = series(members);
            let mut found = Findings::new();
            judge(&series, &|_| false, &mut found);
            let shown: Vec<String> = found
                .iter()
                .map(|finding| {
                    let message = finding.message.replace('`', "");
                    let message = message.replace(" has the number of an earlier one", " again");
                    let message = message
                        .replace(" stands where ", " instead of ")
                        .replace(" is expected", "");
                    message
                        .replace(" stands here, and there is no ", " in front of it no ")
                        .replace(" to ", "-")
                })
                .collect();
            assert_eq!(shown.join(", "), expected, "{members}");
        }
    }
}
