//! `misspelt-section`: a heading is nearly the name of a section that is missing.

use super::{Check, Finding, Findings, Group, Rule, alias};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::markdown::escaped;
use crate::outline::Found;

pub static RULE: Rule = Rule {
    name: "misspelt-section",
    group: Group::Structure,
    levels: Levels::always(Level::Warning),
    page: include_str!("misspelt_section.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for (_, node, spec) in facts.nodes() {
        let heading = node.heading(facts.document);
        let Some(heading) = heading.filter(|_| node.found == Found::Misspelt) else {
            continue;
        };
        let mut finding = Finding::at(heading.name, format!("`{}` looks like `{}`", heading.text, spec.title));
        finding.label = "misspelt section name".to_owned();
        finding.template = Some((spec.span, "the template's name".to_owned()));
        finding.section = Some(spec.id.clone());
        finding.help = Some(format!("write `{}`, or {}", spec.title, alias(&heading.text, spec)));
        finding.fix = Some((
            Applicability::Suggested,
            vec![Edit::replace(heading.name, escaped(&spec.heading))],
        ));
        findings.push(finding);
    }
}
