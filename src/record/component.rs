//! Components: what each is for, what it does, and what it is made of.

use super::reader::{NamedRow, Reader, Said, Section};
use crate::document::UnitKind;
use crate::naming::{self, Words};

/// A component.
#[derive(Debug, Clone, Default)]
pub struct Component {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name.
    pub name: Said,
    /// What it is for.
    pub purpose: Option<Said>,
    /// What it is responsible for.
    pub responsibilities: Vec<Said>,
    /// Whether it shows a data model.
    pub data_models: bool,
    /// Whether it shows its configuration.
    pub configuration: bool,
}

/// The path of the section in the template, and that of the sections of one component each.
pub(super) const SECTION: &str = "component-details";
pub(super) const COMPONENT: &str = "component-details/component";
static PURPOSE: Words = Words::new("purpose, description, overview, summary, role, function, what it does");
static RESPONSIBILITIES: Words = Words::new(
    "responsibilities, responsibility, key responsibilities, features, key features, functions, functionality, \
     capabilities",
);
const NAME: [&str; 5] = ["component", "name", "service", "module", "component name"];

/// Reads the components: one under each heading, else one in each row of a table or in each item with a key.
pub fn read(reader: Reader<'_>) -> Vec<Component> {
    let mut found = reader.headed_or_in_rows(COMPONENT, &[SECTION], of_section, of_row);
    if reader.section(COMPONENT).is_some() {
        found.retain(|component| component.number.is_some() || is_one(&component.name.text));
    } else if found.is_empty() {
        found.extend(reader.section(SECTION).iter().flat_map(of_items));
    }
    found
}

/// Whether a heading names one component, and not many, a picture of them, or how they hang together.
fn is_one(name: &str) -> bool {
    static OTHERS: Words = Words::new(
        "architecture, communication, components, componentes, composants, design, diagram, diagrama, diagrams, \
         hierarchy, interaction, interactions, overview, pattern, patterns, principles, structure, services",
    );
    let name = naming::normalise(name);
    let last = name.split(' ').next_back().unwrap_or("");
    !OTHERS.contains(&last) && !name.starts_with("component ") && !name.starts_with("diagram")
}

fn of_section(section: &Section<'_>) -> Component {
    let (number, name) = section.name();
    // The text that stands right under the heading.
    let opening = section.lines().first();
    let opening = opening.filter(|line| line.unit.kind == UnitKind::Prose && !line.unsaid);
    Component {
        number,
        name,
        purpose: section.value(&PURPOSE).or_else(|| opening.map(|line| line.said())),
        responsibilities: section.items(&RESPONSIBILITIES),
        data_models: section.has_code(&["data models", "data model", "models"]),
        configuration: section.has_code(&["configuration", "config", "settings"]),
    }
}

fn of_row(row: &NamedRow<'_>) -> Option<Component> {
    Some(Component {
        name: row.value(&NAME)?,
        purpose: row.value(&PURPOSE),
        responsibilities: row.value(&RESPONSIBILITIES).into_iter().collect(),
        ..Component::default()
    })
}

fn of_items(section: &Section<'_>) -> Vec<Component> {
    let fields = section.top_items().filter_map(|line| line.field);
    let component = |field| Component {
        name: Said::key(field),
        purpose: Said::value(field).filled(),
        ..Component::default()
    };
    fields.map(component).collect()
}

#[cfg(test)]
mod tests {
    use crate::record::tests::records;

    #[test]
    fn components_are_read_in_their_forms() {
        for (markdown, expected) in [
            (
                "### Component 1: Till\n\n**Purpose**: Takes money.\n\n**Responsibilities**:\n- Count\n- Give change\n\n\
                 **Data Models**:\n```rust\nstruct Till;\n```\n\n### Component 2: Scale\n\nWeighs.\n\n#### Configuration\n\n```yaml\na: 1\n```\n",
                vec![
                    "Some(1) Till: Takes money. [Count, Give change] models",
                    "Some(2) Scale: Weighs. [] config",
                ],
            ),
            (
                "### Component 1: Till\n\n#### Purpose\n\nTakes money.\n\n#### Responsibilities\n\n- Count\n\nText.\n",
                vec!["Some(1) Till: Takes money. [Count]"],
            ),
            (
                "| Role | Component |\n|---|---|\n| takes money | Till |\n| - | Scale |\n",
                vec!["None Till: takes money []", "None Scale: - []"],
            ),
            (
                "- **Till**: takes money\n  - **Drawer**: opens\n- **Scale**: weighs\n",
                vec!["None Till: takes money []", "None Scale: weighs []"],
            ),
            (
                "### Component 1: [Component Name]\n\n**Purpose**: [What this component does]\n",
                vec![],
            ),
            ("A till and a scale.\n\n- a till\n", vec![]),
        ] {
            let all = records(&format!("## Component Details\n\n{markdown}")).components;
            let shown = all.iter().map(|component| {
                let purpose = component.purpose.as_ref().map_or("-", |purpose| &purpose.text);
                let all: Vec<&str> = component
                    .responsibilities
                    .iter()
                    .map(|said| said.text.as_str())
                    .collect();
                let models = if component.data_models { " models" } else { "" };
                let config = if component.configuration { " config" } else { "" };
                format!(
                    "{:?} {}: {purpose} [{}]{models}{config}",
                    component.number,
                    component.name.text,
                    all.join(", ")
                )
            });
            assert_eq!(shown.collect::<Vec<_>>(), expected, "{markdown}");
        }
    }
}
