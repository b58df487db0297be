//! `undrawn-component`: a component that the diagrams of the architecture do not name.

use super::{Check, Finding, Findings, Group, Rule, listed};
use crate::diagnostic::{Level, Levels};
use crate::facts::{ARCHITECTURE, Facts};
use crate::record::Component;

pub static RULE: Rule = Rule {
    name: "undrawn-component",
    group: Group::Content,
    levels: Levels::always(Level::Info),
    page: include_str!("undrawn_component.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut diagrams = facts.architecture_diagrams().peekable();
    // What an image shows is not known, and it may show everything.
    if diagrams.peek().is_none() || diagrams.any(|diagram| !diagram.is_readable()) {
        return;
    }
    let components = &facts.records.components;
    let undrawn = facts.undrawn();
    let section = facts.outline.section(facts.template, ARCHITECTURE);
    let heading = section.and_then(|(_, node)| node.heading(facts.document));
    let place = heading.map_or("the architecture", |heading| heading.text.as_str());
    let finding = |component: &Component, message: String, help: String| Finding {
        label: "no box has this name".to_owned(),
        help: Some(help),
        section: Some(ARCHITECTURE.to_owned()),
        ..Finding::at(component.name.span, message)
    };
    if let (true, [first, _, ..]) = (undrawn.len() == components.len(), undrawn) {
        let names = listed(components.iter().map(|component| component.name.text.as_str()), 6);
        findings.push(finding(
            first,
            format!("the diagrams of `{place}` name none of the components: {names}"),
            "draw the components, or name them as the diagrams do".to_owned(),
        ));
        return;
    }
    for component in undrawn {
        let name = &component.name.text;
        findings.push(finding(
            component,
            format!("the diagrams of `{place}` do not name `{name}`"),
            format!("draw `{name}`, or give its box this name"),
        ));
    }
}
