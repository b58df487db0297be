//! `section-alias`: a section stands in the document under another name than the template's.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::markdown::escaped;
use crate::outline::Found;

pub static RULE: Rule = Rule {
    name: "section-alias",
    group: Group::Structure,
    levels: Levels::always(Level::Off),
    page: include_str!("section_alias.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, node, spec) in facts.nodes() {
        let heading = node.heading(facts.document);
        let Some(heading) = heading.filter(|_| node.found == Found::Alias) else {
            continue;
        };
        findings.push(Finding {
            label: "another name for the section".to_owned(),
            template: Some((spec.span, "the template's name".to_owned())),
            section: Some(spec.id.clone()),
            help: Some(format!("write `{}`", spec.title)),
            fix: Some((
                Applicability::Suggested,
                vec![Edit::replace(heading.name, escaped(&spec.heading))],
            )),
            ..Finding::at(
                heading.name,
                format!("`{}` is called `{}` in the template", heading.text, spec.title),
            )
        });
    }
}
