//! Typed facts read out of a document: what rules, evidence, pages and JSON speak of.
//!
//! Read once, with the bytes that each stands in. Nothing after this room looks at Markdown again, and nothing here
//! judges: a record says what is written, also where that is not enough.

mod change_log;
mod component;
mod data;
mod decision;
mod diagram;
mod endpoint;
mod integration;
mod limitation;
mod mention;
mod operations;
mod reader;
mod reference;
mod requirement;
mod review;
mod roadmap;
mod security;
mod series;
mod stakeholder;
mod technology;

pub use change_log::{
    ChangeLog, ColumnRole, Direction, LogForm, LogRow, may_hold_log, names_log, read as read_log,
    section as log_section,
};
pub use component::Component;
pub use data::Entity;
pub use decision::Decision;
pub use diagram::{Diagram, Words};
pub use endpoint::{Endpoint, Endpoints};
pub use integration::{Queue, Service};
pub use limitation::Limitation;
pub use mention::Mention;
pub use operations::{Alert, Cache, Objective, ObjectiveKind, Operations, Recovery};
pub use reader::{Line, Reader, Said, with_rest};
pub use reference::Reference;
pub use requirement::Requirement;
pub use review::{Mark, Review, ReviewItem};
pub use roadmap::{Phase, RoadmapTask};
pub use security::{Role, Security};
pub use series::{Member, Series};
pub use stakeholder::Stakeholder;
pub use technology::{Technology, TechnologySource};

use crate::document::{Document, Marker, markers};
use crate::outline::Outline;
use crate::template::Template;

/// The kinds of records, a row each: its name, its type, what reads it. `placed` are lists of which each record has its
/// place, given by one of its fields, and which may be `followed` by history: that field is the key then, and the
/// records stand in the section with that path. They are kept of each document, as are the `whole` ones; the `inner` ones
/// are for rules and evidence. `$each!` makes what it wants of the rows.
macro_rules! kinds {
    ($each:ident) => {
        $each! {
            placed {
                /// Its decisions.
                decisions: Vec<Decision> = decision::read, by Decision.title,
                    followed as "decision" in decision::SECTION;
                /// The technologies that it names.
                technologies: Vec<Technology> = technology::read, by Technology.name;
                /// Its requirements.
                requirements: Vec<Requirement> = requirement::read, by Requirement.text;
                /// Its limitations.
                limitations: Vec<Limitation> = limitation::read, by Limitation.text,
                    followed as "limitation" in limitation::SECTION;
                /// Its stakeholders.
                stakeholders: Vec<Stakeholder> = stakeholder::read, by Stakeholder.role;
                /// The phases of its roadmap.
                roadmap: Vec<Phase> = roadmap::read, by Phase.name;
                /// Its components.
                components: Vec<Component> = component::read, by Component.name,
                    followed as "component" in component::SECTION;
                /// Its endpoints, and how far components and API documentation tell all of them.
                endpoints: Endpoints = endpoint::read, by Endpoint.path;
                /// The external services that it uses.
                services: Vec<Service> = integration::services, by Service.name;
                /// Its entities.
                entities: Vec<Entity> = data::read, by Entity.name;
                /// Its topics and queues.
                queues: Vec<Queue> = integration::queues, by Queue.name;
                /// Its diagrams.
                diagrams: Vec<Diagram> = diagram::read, by Diagram.text;
                /// Its references.
                references: Vec<Reference> = reference::read, by Reference.text;
            }
            whole {
                /// What it says about access.
                security: Security = security::read;
                /// What it says about running the system.
                operations: Operations = operations::read;
                /// What it promises for a disaster.
                recovery: Recovery = operations::recovery;
            }
            inner {
                /// Where it mentions requirements, decisions and limitations by their number.
                mentions: Vec<Mention> = mention::read;
                /// Where it says that something is still to be written.
                markers: Vec<Marker> = |reader: Reader<'_>| markers(reader.document);
                /// What is numbered, or repeated under one heading each.
                series: Vec<Series> = series::read;
                /// The change log that people wrote, if there is one.
                change_log: Option<ChangeLog> = change_log::read;
                /// The review checklist, if there is one.
                review: Option<Review> = review::read;
            }
        }
    };
}
pub(crate) use kinds;

macro_rules! records {
    (
        placed { $($(#[$about:meta])* $name:ident: $list:ty = $read:expr, by $one:ident.$at:ident
            $(, followed as $kind:literal in $path:expr)?;)* }
        $($group:ident { $($(#[$whole_about:meta])* $whole:ident: $type:ty = $read_whole:expr;)* })*
    ) => {
        /// Everything that was read out of one document.
        #[derive(Debug, Default)]
        pub struct Records {
            $($(#[$about])* pub $name: $list,)*
            $($($(#[$whole_about])* pub $whole: $type,)*)*
        }

        /// Reads the records of a document.
        pub fn read(document: &Document, outline: &Outline, template: &Template) -> Records {
            let reader = Reader { document, outline, template };
            Records {
                $($name: $read(reader),)*
                $($($whole: ($read_whole)(reader),)*)*
            }
        }

        /// The kinds of records that history follows.
        pub const FOLLOWED: &[Followed] = &[$($(Followed {
            name: $kind,
            path: $path,
            keys: |reader| $read(reader).iter().map(|one: &$one| one.$at.text.clone()).collect(),
        },)?)*];
    };
}
kinds!(records);

/// A kind of records that history follows: when each came into the document, by its key.
#[derive(Debug)]
pub struct Followed {
    /// What history calls it.
    pub name: &'static str,
    /// The path of the section that holds them.
    pub path: &'static str,
    /// The texts that their keys are made of.
    pub keys: fn(Reader<'_>) -> Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;
    use crate::markdown::Dialect;
    use crate::outline::outline;
    use crate::source::{SourceFile, Text};
    use crate::template::{DEFAULT, load};

    /// The records of a document of the built-in template.
    pub fn records(markdown: &str) -> Records {
        let (template, _) = load(DEFAULT, None, &Files::new("."), &Default::default());
        let template = template.expect("the built-in template");
        let document = crate::document::parse(Text::of_file(&SourceFile::new("a.md", markdown)), Dialect::default());
        let outline = outline(&document, &template);
        read(&document, &outline, &template)
    }
}
