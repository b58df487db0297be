//! `undrawn-component`: a component that the diagrams of the architecture do not name.

use super::{Check, Finding, Findings, Group, Rule, listed};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::record::{Component, Diagram};

pub static RULE: Rule = Rule {
    name: "undrawn-component",
    group: Group::Content,
    levels: Levels::always(Level::Info),
    page: include_str!("undrawn_component.md"),
    check: Check::Document(check),
};

/// The section whose diagrams show the components.
const SECTION: &str = "system-architecture";

/// The section whose diagrams may show them too.
const DETAILS: &str = "component-details";

fn parent(diagram: &Diagram) -> &str {
    diagram.section.split('/').next().unwrap_or("")
}

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let inside = |diagram: &&Diagram| parent(diagram) == SECTION;
    let diagrams: Vec<&Diagram> = facts.records.diagrams.iter().filter(inside).collect();
    // What an image shows is not known, and it may show everything.
    if diagrams.is_empty() || diagrams.iter().any(|diagram| !diagram.is_readable()) {
        return;
    }
    let components = &facts.records.components;
    let names: Vec<&str> = components
        .iter()
        .map(|component| component.name.text.as_str())
        .collect();
    let all = || {
        facts
            .records
            .diagrams
            .iter()
            .filter(|diagram| parent(diagram) == SECTION || parent(diagram) == DETAILS)
    };
    let shown = |component: &&Component| all().any(|diagram| diagram.shows(&component.name.text, &names));
    let undrawn: Vec<&Component> = components.iter().filter(|component| !shown(component)).collect();
    let section = facts.outline.section(facts.template, SECTION);
    let heading = section.and_then(|(_, node)| facts.document.headings.get(node.heading?));
    let place = heading.map_or("the architecture", |heading| heading.text.as_str());
    let finding = |component: &Component, message: String, help: String| Finding {
        label: "no box has this name".to_owned(),
        help: Some(help),
        section: Some(SECTION.to_owned()),
        ..Finding::at(component.name.span, message)
    };
    if let (true, [first, _, ..]) = (undrawn.len() == components.len(), undrawn.as_slice()) {
        let names = listed(names, 6);
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
