//! Entities of the data model, and how they hang together.

use serde::Serialize;

use super::{Reader, Said};
use crate::outline::Node;

/// An entity.
#[derive(Debug, Clone, Serialize)]
pub struct Entity {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name.
    pub name: Said,
    /// Its relations to others, each as written: `Has many: Tracking Events`.
    pub relationships: Vec<Said>,
}

const SECTION: &str = "data-architecture/data-models";
const NAME: [&str; 6] = ["entity", "name", "table", "model", "entity name", "collection"];
const RELATIONSHIPS: [&str; 6] = [
    "relationships",
    "relationship",
    "relations",
    "associations",
    "references",
    "foreign keys",
];

/// Reads the entities: one under each heading, else one in each row of a table.
pub fn read(reader: Reader<'_>) -> Vec<Entity> {
    let instances = reader.instances("data-architecture/data-models/entity");
    let found: Vec<Entity> = instances
        .into_iter()
        .map(|(_, node)| of_section(reader, node))
        .collect();
    if !found.is_empty() {
        return found;
    }
    let Some((index, _)) = reader.section(SECTION) else {
        return Vec::new();
    };
    let rows = reader.rows(index).into_iter();
    let entity = |row| {
        Some(Entity {
            number: None,
            name: reader.cell(&row, &NAME)?,
            relationships: reader.cell(&row, &RELATIONSHIPS).into_iter().collect(),
        })
    };
    rows.filter_map(entity).collect()
}

fn of_section(reader: Reader<'_>, node: &Node) -> Entity {
    let (number, name) = reader.instance_name(node);
    Entity {
        number,
        name,
        relationships: reader.open(node).items(&RELATIONSHIPS),
    }
}

#[cfg(test)]
mod tests {
    use crate::record::tests::records;

    #[test]
    fn entities_are_read_in_their_forms() {
        for (markdown, expected) in [
            (
                "#### Entity 1: Parcel\n```json\n{}\n```\n\n**Relationships**:\n- Has many: Events\n- Belongs to: Shop\n\n\
                 #### Entity 2: Shop\n\n**Relationships**: Has many Parcels, Has one Owner\n",
                vec![
                    "Some(1) Parcel [Has many: Events; Belongs to: Shop]",
                    "Some(2) Shop [Has many Parcels; Has one Owner]",
                ],
            ),
            (
                "| Entity | Relationships |\n|---|---|\n| Parcel | has many events |\n| Shop | |\n",
                vec!["None Parcel [has many events]", "None Shop []"],
            ),
            (
                "#### Entity 1: Parcel\n\nText.\n\n**Relationships**:\n- Has many: [Related entities]\n",
                vec!["Some(1) Parcel []"],
            ),
            ("Parcels and shops.\n", vec![]),
        ] {
            let all = records(&format!("## Data Architecture\n\n### Data Models\n\n{markdown}")).entities;
            let shown = all.iter().map(|entity| {
                let all: Vec<&str> = entity.relationships.iter().map(|said| said.text.as_str()).collect();
                format!("{:?} {} [{}]", entity.number, entity.name.text, all.join("; "))
            });
            assert_eq!(shown.collect::<Vec<_>>(), expected, "{markdown}");
        }
    }
}
