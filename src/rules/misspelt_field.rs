//! `misspelt-field`: the key of a field is nearly the name of one that is missing.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::document::Carrier;
use crate::edit::Edit;
use crate::facts::Facts;
use crate::markdown::escaped;
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "misspelt-field",
    group: Group::Fields,
    levels: Levels::always(Level::Warning),
    page: include_str!("misspelt_field.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for asked in facts.header().iter().chain(facts.footer()) {
        let Some(field) = asked.field.filter(|_| asked.slot.misspelt) else {
            continue;
        };
        let key = facts.text(field.key_span);
        let name = key.trim_end().trim_end_matches([':', '：']).trim_end();
        let span = Span::new(field.key_span.start, field.key_span.start + name.len());
        // The keys of front matter have a form of their own.
        let fix = (name == field.key && field.carrier != Carrier::FrontMatter).then(|| {
            (
                Applicability::Suggested,
                vec![Edit::replace(span, escaped(&asked.spec.key))],
            )
        });
        findings.push(Finding {
            label: "misspelt field name".to_owned(),
            template: Some((asked.spec.span, "the template's name".to_owned())),
            help: Some(format!("write `{}`", asked.spec.key)),
            fix,
            ..Finding::at(span, format!("`{}` looks like `{}`", field.key, asked.spec.key))
        });
    }
}
