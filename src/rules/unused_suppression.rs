//! `unused-suppression`: a comment allows findings that there are not.

use super::{Check, Finding, Findings, Group, Rule, allowed, removed};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::edit::Edit;
use crate::facts::{Allow, Facts, Scope};
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "unused-suppression",
    group: Group::Comments,
    levels: Levels::always(Level::Warning),
    page: include_str!("unused_suppression.md"),
    check: Check::Allows,
};

/// What an allow names for nothing. `judged` has the index of each rule that ran, and whether there was something.
pub fn findings(facts: &Facts<'_>, allow: &Allow<'_>, judged: &[(usize, bool)]) -> Findings {
    let unused: Vec<usize> = judged.iter().filter(|(_, hit)| !hit).map(|(index, _)| *index).collect();
    if unused.is_empty() {
        return Vec::new();
    }
    if unused.len() == allow.rules.len() {
        return vec![Finding {
            fix: Some((Applicability::Safe, vec![removed(facts, allow.directive.span)])),
            help: Some("take the comment out, or put it under the heading of the section that it is for".to_owned()),
            ..found(allow, allow.directive.span, &allowed(allow))
        }];
    }
    let one = |index: usize| {
        let (name, span) = allow.rules.get(index).copied()?;
        Some(Finding {
            fix: without(allow, index).map(|edit| (Applicability::Safe, vec![edit])),
            help: Some(format!("take `{name}` out of the list")),
            ..found(allow, span, &format!("`{name}` is"))
        })
    };
    unused.into_iter().filter_map(one).collect()
}

fn found(allow: &Allow<'_>, span: Span, what: &str) -> Finding {
    let where_ = match allow.scope {
        Scope::Document => "in this document",
        Scope::Section(..) => "in this section",
        Scope::Named(_) => "in the section that it names",
    };
    Finding {
        label: format!("nothing {where_} needs it"),
        ..Finding::at(span, format!("{what} allowed here, and not found"))
    }
}

/// The list without one of its names and the comma beside it.
fn without(allow: &Allow<'_>, index: usize) -> Option<Edit> {
    let (_, own) = allow.rules.get(index)?;
    let next = allow.rules.get(index + 1);
    let before = index.checked_sub(1).and_then(|before| allow.rules.get(before));
    match (before, next) {
        (Some((_, before)), _) => Some(Edit::replace(Span::new(before.end, own.end), "")),
        (None, Some((_, next))) => Some(Edit::replace(Span::new(own.start, next.start), "")),
        (None, None) => None,
    }
}
