//! Components: what each is for, what it does, and what it is made of.

use serde::Serialize;

use super::{Line, Reader, Said, TableRow};
use crate::document::UnitKind;
use crate::naming;
use crate::outline::Node;

/// A component.
#[derive(Debug, Clone, Serialize)]
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

/// The path of the section in the template.
pub(super) const SECTION: &str = "component-details";
const PURPOSE: [&str; 7] = [
    "purpose",
    "description",
    "overview",
    "summary",
    "role",
    "function",
    "what it does",
];
const RESPONSIBILITIES: [&str; 8] = [
    "responsibilities",
    "responsibility",
    "key responsibilities",
    "features",
    "key features",
    "functions",
    "functionality",
    "capabilities",
];
const NAME: [&str; 5] = ["component", "name", "service", "module", "component name"];

/// Reads the components: one under each heading, else one in each row of a table or in each item with a key.
pub fn read(reader: Reader<'_>) -> Vec<Component> {
    let instances = reader.instances("component-details/component");
    let headings = !instances.is_empty();
    let found: Vec<Component> = instances
        .into_iter()
        .map(|(_, node)| of_section(reader, node))
        .filter(|component| component.number.is_some() || is_one(&component.name.text))
        .collect();
    if headings {
        return found;
    }
    let Some((index, node)) = reader.section(SECTION) else {
        return Vec::new();
    };
    let rows: Vec<Component> = reader
        .rows(index)
        .into_iter()
        .filter_map(|row| of_row(reader, row))
        .collect();
    if rows.is_empty() { of_items(reader, node) } else { rows }
}

/// Whether a heading names one component, and not many, a picture of them, or how they hang together.
fn is_one(name: &str) -> bool {
    const OTHERS: [&str; 18] = [
        "architecture",
        "communication",
        "components",
        "componentes",
        "composants",
        "design",
        "diagram",
        "diagrama",
        "diagrams",
        "hierarchy",
        "interaction",
        "interactions",
        "overview",
        "pattern",
        "patterns",
        "principles",
        "structure",
        "services",
    ];
    let name = naming::normalise(name);
    let last = name.split(' ').next_back().unwrap_or("");
    !OTHERS.contains(&last) && !name.starts_with("component ") && !name.starts_with("diagram")
}

fn of_section(reader: Reader<'_>, node: &Node) -> Component {
    let (number, name) = reader.instance_name(node);
    let section = reader.open(node);
    Component {
        number,
        name,
        purpose: section.value(&PURPOSE).or_else(|| opening(&section.lines)),
        responsibilities: section.items(&RESPONSIBILITIES),
        data_models: section.has_code(&["data models", "data model", "models"]),
        configuration: section.has_code(&["configuration", "config", "settings"]),
    }
}

/// The text that stands right under the heading.
fn opening(lines: &[Line<'_>]) -> Option<Said> {
    let first = lines.first()?;
    (first.unit.kind == UnitKind::Prose && !first.unsaid).then(|| first.said())
}

fn of_row(reader: Reader<'_>, row: TableRow<'_>) -> Option<Component> {
    let responsibilities = reader.cell(&row, &RESPONSIBILITIES);
    Some(Component {
        number: None,
        name: reader.cell(&row, &NAME)?,
        purpose: reader.cell(&row, &PURPOSE),
        responsibilities: responsibilities.into_iter().collect(),
        data_models: false,
        configuration: false,
    })
}

fn of_items(reader: Reader<'_>, node: &Node) -> Vec<Component> {
    let lines = reader.lines(node).into_iter();
    let items = lines.filter(|line| line.is_item() && line.unit.depth == 1 && !line.unsaid);
    let fields = items.filter_map(|line| line.field);
    let component = |field: &crate::document::Field| Component {
        number: None,
        name: Said {
            text: field.key.clone(),
            span: field.key_span,
        },
        purpose: (!field.value.is_empty()).then(|| Said {
            text: field.value.clone(),
            span: field.value_span,
        }),
        responsibilities: Vec::new(),
        data_models: false,
        configuration: false,
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
