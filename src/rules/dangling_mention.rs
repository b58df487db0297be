//! `dangling-mention`: a requirement, a decision or a limitation is mentioned by a number that the document does not have.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Finding, Findings, Group, Rule, listed};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::record::Mention;

pub static RULE: Rule = Rule {
    name: "dangling-mention",
    group: Group::Content,
    levels: Levels::always(Level::Warning),
    page: include_str!("dangling_mention.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let defined = defined(facts);
    let mut mentions: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in &facts.records.mentions {
        mentions.entry(&mention.id).or_default().push(mention);
    }
    for (id, mentions) in mentions {
        let label = id.trim_end_matches(|c: char| c.is_ascii_digit());
        // Only what the document itself numbers can be missing in it.
        let (Some(ids), Some(first)) = (defined.get(label), mentions.first()) else {
            continue;
        };
        if ids.contains(id) {
            continue;
        }
        let last = ids.iter().max_by_key(|id| (id.len(), *id)).map_or("", String::as_str);
        let more = mentions.len() - 1;
        findings.push(Finding {
            label: "nothing has this number".to_owned(),
            related: mentions
                .iter()
                .skip(1)
                .take(2)
                .map(|mention| (mention.text.span, "and here".to_owned()))
                .collect(),
            notes: vec![format!(
                "the document has {}",
                listed(ids.iter().map(String::as_str), 12)
            )],
            help: Some(format!(
                "write down `{id}`, or mention the one that is meant; the last one is `{last}`"
            )),
            ..Finding::at(
                first.text.span,
                match more {
                    0 => format!("`{id}` is mentioned and not there"),
                    _ => format!("`{id}` is mentioned {} times and not there", more + 1),
                },
            )
        });
    }
}

/// What the document numbers, by what it calls it.
fn defined(facts: &Facts<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let records = facts.records;
    let requirements = records.requirements.iter().map(|requirement| requirement.id.clone());
    let decisions = records
        .decisions
        .iter()
        .filter_map(|decision| Some(format!("Decision {}", decision.number?)));
    let limitations = records
        .limitations
        .iter()
        .filter_map(|limitation| Some(format!("Limitation {}", limitation.number?)));
    let mut defined: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for id in requirements.chain(decisions).chain(limitations) {
        let label = id.trim_end_matches(|c: char| c.is_ascii_digit());
        if label.len() < id.len() {
            defined.entry(label.to_owned()).or_default().insert(id);
        }
    }
    defined
}
