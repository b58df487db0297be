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
mod passage;
mod place;
mod read;
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
pub use endpoint::{Coverage, Endpoint};
pub use integration::{Queue, Service};
pub use limitation::Limitation;
pub use mention::Mention;
pub use operations::{ObjectiveKind, Operations, Recovery};
pub use place::TableRow;
use read::Opened;
pub use read::{Line, Reader, Said};
pub use reference::Reference;
pub use requirement::Requirement;
pub use review::{Mark, Review, ReviewItem};
pub use roadmap::{Phase, RoadmapTask};
pub use security::Security;
pub use series::{Member, Series};
pub use stakeholder::Stakeholder;
pub use technology::{Technology, TechnologySource};

use crate::document::{Document, Marker, markers};
use crate::outline::Outline;
use crate::template::Template;

/// Everything that was read out of one document.
#[derive(Debug, Default)]
pub struct Records {
    /// The technologies that it names.
    pub technologies: Vec<Technology>,
    /// Its requirements.
    pub requirements: Vec<Requirement>,
    /// Where it mentions requirements, decisions and limitations by their number.
    pub mentions: Vec<Mention>,
    /// Where it says that something is still to be written.
    pub markers: Vec<Marker>,
    /// Its diagrams.
    pub diagrams: Vec<Diagram>,
    /// Its components.
    pub components: Vec<Component>,
    /// Its entities.
    pub entities: Vec<Entity>,
    /// The external services that it uses.
    pub services: Vec<Service>,
    /// Its topics and queues.
    pub queues: Vec<Queue>,
    /// What it says about access.
    pub security: Security,
    /// What it says about running the system.
    pub operations: Operations,
    /// What it promises for a disaster.
    pub recovery: Recovery,
    /// Its endpoints.
    pub endpoints: Vec<Endpoint>,
    /// How far components and API documentation tell all endpoints.
    pub endpoint_coverage: Coverage,
    /// Its decisions.
    pub decisions: Vec<Decision>,
    /// Its limitations.
    pub limitations: Vec<Limitation>,
    /// Its roadmap.
    pub roadmap: Vec<Phase>,
    /// Its references.
    pub references: Vec<Reference>,
    /// Its stakeholders.
    pub stakeholders: Vec<Stakeholder>,
    /// What is numbered, or repeated under one heading each.
    pub series: Vec<Series>,
    /// The change log that people wrote, if there is one.
    pub change_log: Option<ChangeLog>,
    /// The review checklist, if there is one.
    pub review: Option<Review>,
}

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

/// The kinds of records that history follows.
pub const FOLLOWED: [Followed; 3] = [
    Followed {
        name: "decision",
        path: decision::SECTION,
        keys: |reader| decision::read(reader).into_iter().map(|one| one.title.text).collect(),
    },
    Followed {
        name: "limitation",
        path: limitation::SECTION,
        keys: |reader| limitation::read(reader).into_iter().map(|one| one.text.text).collect(),
    },
    Followed {
        name: "component",
        path: component::SECTION,
        keys: |reader| component::read(reader).into_iter().map(|one| one.name.text).collect(),
    },
];

/// Reads the records of a document.
pub fn read(document: &Document, outline: &Outline, template: &Template) -> Records {
    let reader = Reader {
        document,
        outline,
        template,
    };
    let endpoint::Endpoints {
        all: endpoints,
        coverage,
    } = endpoint::read(reader);
    Records {
        technologies: technology::read(reader),
        requirements: requirement::read(reader),
        mentions: mention::read(reader),
        markers: markers(document),
        diagrams: diagram::read(reader),
        components: component::read(reader),
        entities: data::read(reader),
        services: integration::services(reader),
        queues: integration::queues(reader),
        security: security::read(reader),
        operations: operations::read(reader),
        recovery: operations::recovery(reader),
        endpoints,
        endpoint_coverage: coverage,
        decisions: decision::read(reader),
        limitations: limitation::read(reader),
        roadmap: roadmap::read(reader),
        references: reference::read(reader),
        stakeholders: stakeholder::read(reader),
        series: series::read(reader),
        change_log: change_log::read(document, outline, template),
        review: review::read(document, outline, template),
    }
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
