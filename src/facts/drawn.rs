//! Which components the diagrams of the architecture show, by the names in their boxes.

use super::Facts;
use crate::record::{Component, Diagram, Words};

/// The section whose diagrams show the components.
pub const ARCHITECTURE: &str = "system-architecture";

/// The section whose diagrams may show them too.
const DETAILS: &str = "component-details";

impl<'a> Facts<'a> {
    /// The diagrams of the architecture itself.
    pub fn architecture_diagrams(&self) -> impl Iterator<Item = &'a Diagram> {
        let diagrams = self.records.diagrams.iter();
        diagrams.filter(|diagram| top(diagram) == ARCHITECTURE)
    }

    /// The components that no diagram shows whose text can be read.
    pub fn undrawn(&self) -> &[&'a Component] {
        self.once.undrawn.get_or_init(|| {
            let components = &self.records.components;
            let names = Words::of(components.iter().map(|component| component.name.text.as_str()));
            let diagrams = self.records.diagrams.iter();
            let of_components = diagrams.filter(|diagram| matches!(top(diagram), ARCHITECTURE | DETAILS));
            let diagrams: Vec<&Diagram> = of_components.collect();
            let shown = |component: &&Component| {
                let name = component.name.text.as_str();
                diagrams.iter().any(|diagram| diagram.shows(name, &names))
            };
            components.iter().filter(|component| !shown(component)).collect()
        })
    }
}

/// The section at the top that a diagram stands in.
fn top(diagram: &Diagram) -> &str {
    diagram.section.split('/').next().unwrap_or("")
}
