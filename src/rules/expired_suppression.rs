//! `expired-suppression`: the last day of a comment that allows findings has gone by.

use super::{Check, Finding, Group, Rule, listed};
use crate::diagnostic::{Level, Levels};
use crate::facts::{Allow, Facts};

pub static RULE: Rule = Rule {
    name: "expired-suppression",
    group: Group::Comments,
    levels: Levels::always(Level::Warning),
    page: include_str!("expired_suppression.md"),
    check: Check::Allows,
};

/// The finding for an allow that would still be needed.
pub fn finding(facts: &Facts<'_>, allow: &Allow<'_>) -> Finding {
    let until = allow.until.map(|day| day.to_string()).unwrap_or_default();
    let names = listed(allow.rules.iter().map(|(name, _)| *name), 4);
    let (was, is) = if allow.rules.len() == 1 {
        ("was", "is")
    } else {
        ("were", "are")
    };
    let at = allow.directive.find("until").map_or(allow.directive.span, |option| {
        option.value_at.shifted(allow.directive.span.start)
    });
    Finding {
        label: format!("counted from {}", facts.as_of),
        notes: (!allow.reason.is_empty())
            .then(|| format!("the reason was: {}", allow.reason))
            .into_iter()
            .collect(),
        help: Some("mend what it allows and take the comment out, or write a later day".to_owned()),
        ..Finding::at(
            at,
            format!("{names} {was} allowed until {until}, and {is} reported again"),
        )
    }
}
