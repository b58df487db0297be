//! Entities of the data model, and how they hang together.

use super::reader::{NamedRow, Reader, Said, Section};
use crate::naming::Words;

/// An entity.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name.
    pub name: Said,
    /// Its relations to others, each as written: `Has many: Tracking Events`.
    pub relationships: Vec<Said>,
}

const SECTION: &str = "data-architecture/data-models";
const ENTITY: &str = "data-architecture/data-models/entity";
const NAME: [&str; 6] = ["entity", "name", "table", "model", "entity name", "collection"];
static RELATIONSHIPS: Words =
    Words::new("relationships, relationship, relations, associations, references, foreign keys");

/// Reads the entities: one under each heading, else one in each row of a table.
pub fn read(reader: Reader<'_>) -> Vec<Entity> {
    reader.headed_or_in_rows(ENTITY, &[SECTION], of_section, of_row)
}

fn of_section(section: &Section<'_>) -> Entity {
    let (number, name) = section.name();
    Entity {
        number,
        name,
        relationships: section.items(&RELATIONSHIPS),
    }
}

fn of_row(row: &NamedRow<'_>) -> Option<Entity> {
    Some(Entity {
        number: None,
        name: row.value(&NAME)?,
        relationships: row.value(&RELATIONSHIPS).into_iter().collect(),
    })
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
