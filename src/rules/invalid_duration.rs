//! `invalid-duration`: a recovery objective that is no duration.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;

pub static RULE: Rule = Rule {
    name: "invalid-duration",
    group: Group::Fields,
    levels: Levels::always(Level::Warning),
    page: include_str!("invalid_duration.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for objective in &facts.records.recovery.objectives {
        if objective.seconds.is_some() || objective.elsewhere {
            continue;
        }
        let of = objective
            .scope
            .as_ref()
            .map_or_else(String::new, |scope| format!(" of `{scope}`"));
        findings.push(Finding {
            label: format!("the {}{of}", objective.kind.name()),
            help: Some("write how long it may take, as `4 hours`, `< 15 minutes`, `near zero` or `PT15M`".to_owned()),
            section: Some("disaster-recovery/recovery-procedures".to_owned()),
            ..Finding::at(
                objective.text.span,
                format!("`{}` cannot be read as a duration", objective.text.text),
            )
        });
    }
}
