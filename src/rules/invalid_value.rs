//! `invalid-value`: a field with a fixed choice holds something else, or the whole choice.

use super::{Check, Finding, Findings, Group, Rule, either};
use crate::diagnostic::{Level, Levels};
use crate::facts::{AskedField, Facts};
use crate::outline::{FieldState, StageWord, stage_of, unpicked};
use crate::template::FieldKind;

pub static RULE: Rule = Rule {
    name: "invalid-value",
    group: Group::Fields,
    levels: Levels::always(Level::Error),
    page: include_str!("invalid_value.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let outline = facts.outline;
    let header = facts.header().iter().filter(|_| !outline.header.untouched());
    let footer = facts.footer().iter().filter(|_| !outline.footer.untouched());
    for asked in header.chain(footer) {
        findings.extend(finding(asked));
    }
}

fn finding(asked: &AskedField<'_>) -> Option<Finding> {
    let FieldKind::Choice(choices) = &asked.spec.kind else {
        return None;
    };
    let field = asked
        .field
        .filter(|_| matches!(asked.slot.state, FieldState::Filled | FieldState::Placeholder))?;
    let menu = unpicked(&field.value, choices);
    let lower = field.value.to_lowercase();
    let listed_value = choices.iter().any(|choice| lower.starts_with(&choice.to_lowercase()));
    // Teams have words of their own for how far a document has come; a known one of them will do.
    let known = stage_of(&field.value) != StageWord::Unknown;
    if !menu && (listed_value || known || asked.slot.state == FieldState::Placeholder) {
        return None;
    }
    let choices = either(choices.iter().map(String::as_str));
    let message = if menu {
        format!("`{}` still lists all its choices", field.key)
    } else {
        format!("`{}` is not a value of `{}`", field.value, field.key)
    };
    Some(Finding {
        label: if menu {
            "nothing is picked".to_owned()
        } else {
            "not one of the choices".to_owned()
        },
        template: Some((asked.spec.span, "the choices".to_owned())),
        help: Some(format!("write {choices}")),
        ..Finding::at(field.value_span, message)
    })
}
