//! Where the documents of a book stand: the contract's shape, as JSON and for people.
//!
//! Taken from facts while a document is at hand, rendered when the book is read. Nothing is computed here.

use jiff::civil::Date;
use serde::Serialize;

use crate::facts::{AskedField, Facts, LogEntry, Outcome};
use crate::outline::State;
use crate::record::{
    Component, Decision, Diagram, Endpoint, Entity, Limitation, Operations, Phase, Queue, Recovery, Reference,
    Requirement, Said, Security, Service, Stakeholder, Technology,
};
use crate::source::Span;

/// All documents of a book.
#[derive(Debug, Serialize)]
struct Status<'a> {
    schema: u8,
    as_of: String,
    documents: &'a [DocumentStatus],
}

/// Where one document stands.
#[derive(Debug, Serialize)]
pub struct DocumentStatus {
    path: String,
    title: String,
    template: String,
    stage: &'static str,
    fields: Vec<FieldStatus>,
    sections: Vec<SectionStatus>,
    extra: Vec<HeadingStatus>,
    change_log: Vec<LogEntry>,
    review: Option<ReviewStatus>,
    decisions: Vec<Lined<Decision>>,
    technologies: Vec<Lined<Technology>>,
    requirements: Vec<Lined<Requirement>>,
    limitations: Vec<Lined<Limitation>>,
    stakeholders: Vec<Lined<Stakeholder>>,
    roadmap: Vec<Lined<Phase>>,
    components: Vec<Lined<Component>>,
    endpoints: Vec<Lined<Endpoint>>,
    services: Vec<Lined<Service>>,
    entities: Vec<Lined<Entity>>,
    queues: Vec<Lined<Queue>>,
    diagrams: Vec<Lined<Diagram>>,
    references: Vec<Lined<Reference>>,
    security: Security,
    operations: Operations,
    recovery: Recovery,
}

/// A record with the line that it stands on.
#[derive(Debug, Serialize)]
struct Lined<T> {
    #[serde(flatten)]
    record: T,
    line: Option<usize>,
}

/// Records with their lines; `said` is what of a record stands on its line.
fn lined<T: Clone>(facts: &Facts<'_>, records: &[T], said: impl Fn(&T) -> &Said) -> Vec<Lined<T>> {
    let line = |record: &T| facts.line(said(record).span);
    records
        .iter()
        .map(|record| Lined {
            line: line(record),
            record: record.clone(),
        })
        .collect()
}

#[derive(Debug, Serialize)]
struct FieldStatus {
    block: &'static str,
    key: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct SectionStatus {
    id: String,
    heading: Option<String>,
    line: Option<usize>,
    state: State,
    #[serde(skip)]
    title: String,
    #[serde(skip)]
    depth: u8,
}

#[derive(Debug, Serialize)]
struct HeadingStatus {
    heading: String,
    level: u8,
    line: Option<usize>,
}

#[derive(Debug, Serialize)]
struct ReviewStatus {
    done: usize,
    total: usize,
    items: Vec<ReviewItemStatus>,
    last_reviewed: Option<String>,
    next_review: Option<String>,
    overdue: bool,
}

#[derive(Debug, Serialize)]
struct ReviewItemStatus {
    text: String,
    ticked: bool,
    waived: bool,
    evidence: Option<&'static str>,
    outcome: Outcome,
    why: String,
}

/// Where the document of the chapter at `path` stands.
pub fn of(path: &str, facts: &Facts<'_>) -> DocumentStatus {
    let records = facts.records;
    let line = |span: Span| facts.line(span);
    let heading = |index: usize| facts.document.headings.get(index);
    let sections = facts.nodes().map(|(_, node, spec)| {
        let heading = node.heading.and_then(heading);
        SectionStatus {
            id: spec.id.clone(),
            heading: heading.map(|heading| heading.text.clone()),
            line: heading.and_then(|heading| line(heading.span)),
            state: node.state,
            title: spec.title.clone(),
            depth: spec.depth,
        }
    });
    let extra = facts
        .outline
        .extras
        .iter()
        .filter_map(|index| heading(*index))
        .map(|heading| HeadingStatus {
            heading: heading.text.clone(),
            level: heading.level,
            line: line(heading.span),
        });
    DocumentStatus {
        path: path.to_owned(),
        title: facts.title(),
        template: facts.template.name.clone(),
        stage: facts.outline.stage.name(),
        fields: fields("header", facts.header())
            .chain(fields("footer", facts.footer()))
            .collect(),
        sections: sections.collect(),
        extra: extra.collect(),
        change_log: facts.log(),
        review: review(facts),
        decisions: lined(facts, &records.decisions, |decision| &decision.title),
        technologies: lined(facts, &records.technologies, |technology| &technology.name),
        requirements: lined(facts, &records.requirements, |requirement| &requirement.text),
        limitations: lined(facts, &records.limitations, |limitation| &limitation.text),
        stakeholders: lined(facts, &records.stakeholders, |stakeholder| &stakeholder.role),
        roadmap: lined(facts, &records.roadmap, |phase| &phase.name),
        components: lined(facts, &records.components, |component| &component.name),
        endpoints: lined(facts, &records.endpoints, |endpoint| &endpoint.path),
        services: lined(facts, &records.services, |service| &service.name),
        entities: lined(facts, &records.entities, |entity| &entity.name),
        queues: lined(facts, &records.queues, |queue| &queue.name),
        diagrams: lined(facts, &records.diagrams, |diagram| &diagram.text),
        references: lined(facts, &records.references, |reference| &reference.text),
        security: records.security.clone(),
        operations: records.operations.clone(),
        recovery: records.recovery.clone(),
    }
}

fn fields(block: &'static str, asked: Vec<AskedField<'_>>) -> impl Iterator<Item = FieldStatus> {
    asked.into_iter().filter_map(move |asked| {
        Some(FieldStatus {
            block,
            key: asked.spec.key.clone(),
            value: asked.field?.value.clone(),
        })
    })
}

fn review(facts: &Facts<'_>) -> Option<ReviewStatus> {
    let standing = facts.standing();
    let iso = |date: Option<Date>| date.map(|date| date.to_string());
    let (done, total) = match standing.review {
        Some(progress) => progress,
        None if standing.last_reviewed.is_none() && standing.next_review.is_none() => return None,
        None => (0, 0),
    };
    let items = facts.judged_items().into_iter().map(|judged| ReviewItemStatus {
        text: judged.item.text.clone(),
        ticked: judged.item.ticked,
        waived: judged.item.waived.is_some(),
        evidence: judged.evidence.map(|pass| if pass { "pass" } else { "fail" }),
        outcome: judged.outcome,
        why: judged.why,
    });
    Some(ReviewStatus {
        done,
        total,
        items: items.collect(),
        last_reviewed: iso(standing.last_reviewed),
        next_review: iso(standing.next_review),
        overdue: standing.overdue,
    })
}

/// The documents as one line of JSON.
pub fn json(as_of: Date, documents: &[DocumentStatus]) -> String {
    let status = Status {
        schema: 1,
        as_of: as_of.to_string(),
        documents,
    };
    let mut text = serde_json::to_string(&status).unwrap_or_default();
    text.push('\n');
    text
}

/// The documents for people: a block each, its fields, its sections, its review.
pub fn text(as_of: Date, documents: &[DocumentStatus]) -> String {
    let mut text = String::new();
    for document in documents {
        text.push_str(&format!("{} ({}): {}\n", document.title, document.path, document.stage));
        for field in &document.fields {
            text.push_str(&format!("  {}: {}\n", field.key, field.value));
        }
        for section in document.sections.iter().filter(|section| section.depth == 1) {
            text.push_str(&format!("  {:14}  {}\n", section.state.name(), section.title));
        }
        if let Some(review) = &document.review {
            text.push_str(&format!("  review: {} of {}", review.done, review.total));
            if let Some(date) = &review.last_reviewed {
                text.push_str(&format!(", last on {date}"));
            }
            if let Some(date) = &review.next_review {
                text.push_str(&format!(
                    ", {} {date}",
                    if review.overdue { "overdue since" } else { "next on" }
                ));
            }
            text.push('\n');
            for item in &review.items {
                text.push_str(&format!(
                    "    {:12}  {} ({})\n",
                    item.outcome.name(),
                    item.text,
                    item.why
                ));
            }
        }
        text.push('\n');
    }
    text.push_str(&format!("as of {as_of}\n"));
    text
}
