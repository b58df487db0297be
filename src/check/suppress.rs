//! Suppression: findings that the document itself allows are taken out, once, after all rules have run.
//!
//! No rule knows of it. What is allowed and changes nothing, or is allowed no longer, becomes a finding here; it never
//! decides what a finding is, and a comment never takes out what is said of comments.

use std::collections::BTreeMap;

use crate::facts::{Allow, Facts};
use crate::rules::{Finding, Rule, expired_suppression, rule, unused_suppression};

/// A finding and the rule that made it.
#[derive(Debug)]
pub struct Found {
    /// The rule.
    pub rule: &'static Rule,
    /// What it found.
    pub finding: Finding,
}

/// The findings that stay, those about the suppressions among them, and how many are gone.
///
/// `runs` says whether a rule is on: of one that is off, nobody can say whether it would have found something.
pub fn apply(facts: &Facts<'_>, found: Vec<Found>, runs: impl Fn(&Rule) -> bool) -> (Vec<Found>, usize) {
    let allows = facts.allows();
    if allows.is_empty() {
        return (found, 0);
    }
    let mut kept: Vec<Found> = Vec::new();
    let mut hits: Vec<Vec<bool>> = allows.iter().map(|allow| vec![false; allow.rules.len()]).collect();
    let mut of_rule: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, allow) in allows.iter().enumerate() {
        for (index, (name, _)) in allow.rules.iter().enumerate() {
            of_rule.entry(name).or_default().push((at, index));
        }
    }
    let before = found.len();
    for found in found {
        let mut hidden = false;
        let asked = of_rule.get(found.rule.name).filter(|_| found.rule.can_be_allowed());
        for &(at, index) in asked.into_iter().flatten() {
            let Some(allow) = allows.get(at).filter(|allow| covers(facts, allow, &found.finding)) else {
                continue;
            };
            if let Some(hit) = hits.get_mut(at).and_then(|hits| hits.get_mut(index)) {
                *hit = true;
            }
            hidden |= !allow.is_expired(facts.as_of);
        }
        if !hidden {
            kept.push(found);
        }
    }
    let suppressed = before - kept.len();
    for (allow, hits) in allows.iter().zip(&hits) {
        if allow.is_expired(facts.as_of) && hits.contains(&true) {
            kept.push(Found {
                rule: &expired_suppression::RULE,
                finding: expired_suppression::finding(facts, allow),
            });
        } else if allow.is_local(facts) {
            let judged: Vec<(usize, bool)> = judged(allow, hits, &runs);
            let findings = unused_suppression::findings(facts, allow, &judged);
            kept.extend(findings.into_iter().map(|finding| Found {
                rule: &unused_suppression::RULE,
                finding,
            }));
        }
    }
    (kept, suppressed)
}

fn covers(facts: &Facts<'_>, allow: &Allow<'_>, finding: &Finding) -> bool {
    allow.covers(facts, finding.span, finding.section.as_deref())
}

/// The rules of an allow, by their index, that exist and have run, and whether something of theirs was covered.
fn judged(allow: &Allow<'_>, hits: &[bool], runs: impl Fn(&Rule) -> bool) -> Vec<(usize, bool)> {
    let can = |name: &str| rule(name).is_some_and(|rule| rule.can_be_allowed() && runs(rule));
    let rules = allow.rules.iter().zip(hits).enumerate();
    rules
        .filter(|(_, ((name, _), _))| can(name))
        .map(|(index, (_, hit))| (index, *hit))
        .collect()
}
