//! The registers of what there is: components, endpoints, external services.

use std::collections::BTreeMap;

use super::{Book, Cell, PageBlock, Table, Tone};
use crate::facts::{Digest, Placed};
use crate::naming;
use crate::record::{Endpoint, Said, Service, TechnologySource};

/// The components with what they are for and what they are built with.
pub fn components(book: &Book<'_>) -> Vec<PageBlock> {
    let mut table = Table::new("Components", &["Component", "Document", "Purpose", "Technologies"]);
    for (digest, placed) in book.all(|digest| &digest.records.components) {
        let component = &placed.record;
        let own = TechnologySource::Component(component.name.text.clone());
        let technologies = digest
            .records
            .technologies
            .iter()
            .filter(|one| one.record.source == own);
        let technologies: Vec<&str> = technologies.map(|one| one.record.name.text.as_str()).collect();
        table.rows.push(vec![
            Cell::link(&component.name.text, &placed.target),
            book.document(digest, &digest.target),
            said(component.purpose.as_ref()),
            Cell::text(technologies.join(", ")),
        ]);
    }
    book.shown(table, "No component")
}

/// The endpoints: who serves each, and whether the API documentation describes it. `kind` is a method.
pub fn endpoints(book: &Book<'_>) -> Vec<PageBlock> {
    let columns = ["Endpoint", "What it does", "Component", "Documented", "Document"];
    let mut table = Table::new("Endpoints", &columns);
    for digest in book.documents.iter().copied() {
        let mut alike: BTreeMap<(&str, &str), Vec<&Placed<Endpoint>>> = BTreeMap::new();
        for placed in &digest.records.endpoints {
            let endpoint = &placed.record;
            if book.kind.is_empty() || endpoint.method.eq_ignore_ascii_case(book.kind) {
                alike
                    .entry((&endpoint.pattern, &endpoint.method))
                    .or_default()
                    .push(placed);
            }
        }
        for named in alike.into_values() {
            let Some(first) = named.first() else { continue };
            let text = named.iter().find_map(|one| one.record.text.as_deref()).unwrap_or("");
            let mut components: Vec<&str> = named.iter().filter_map(|one| one.record.component.as_deref()).collect();
            components.dedup();
            let described = named.iter().find(|one| one.record.component.is_none());
            let documented = match described {
                Some(one) => Cell::link("yes", &one.target),
                None if digest.documents_endpoints => Cell::text("no").toned(Tone::Fair),
                None => Cell::text("not here"),
            };
            table.rows.push(vec![
                Cell::link(
                    format!("{} {}", first.record.method, first.record.path.text),
                    &first.target,
                ),
                Cell::text(text),
                Cell::text(components.join(", ")),
                documented,
                book.document(digest, &digest.target),
            ]);
        }
    }
    book.shown(table, "No endpoint")
}

/// The external services with the documents that use them. `kind` is a protocol.
pub fn services(book: &Book<'_>) -> Vec<PageBlock> {
    let mut by_name: BTreeMap<String, Vec<(&Digest, &Placed<Service>)>> = BTreeMap::new();
    let wanted = naming::normalise(book.kind);
    for (digest, placed) in book.all(|digest| &digest.records.services) {
        let protocol = placed
            .record
            .protocol
            .as_ref()
            .map(|protocol| naming::normalise(&protocol.text));
        if wanted.is_empty() || protocol.is_some_and(|protocol| protocol.contains(&wanted)) {
            by_name
                .entry(naming::normalise(&placed.record.name.text))
                .or_default()
                .push((digest, placed));
        }
    }
    let columns = [
        "Service",
        "Purpose",
        "Protocol",
        "Authentication",
        "Rate limits",
        "Documents",
    ];
    let mut table = Table::new("External services", &columns);
    for named in by_name.into_values() {
        let Some((_, first)) = named.first() else { continue };
        let value = |of: fn(&Service) -> &Option<Said>| {
            let mut values: Vec<&str> = named
                .iter()
                .filter_map(|(_, one)| Some(of(&one.record).as_ref()?.text.as_str()))
                .collect();
            values.dedup();
            Cell::text(values.join("; "))
        };
        let documents = named.iter().map(|(digest, one)| Cell::link(digest.name(), &one.target));
        table.rows.push(vec![
            book.leading(&first.record.name.text, &first.target),
            value(|service| &service.purpose),
            value(|service| &service.protocol),
            value(|service| &service.authentication),
            value(|service| &service.rate_limits),
            if book.own {
                Cell::default()
            } else {
                Cell::listed(documents)
            },
        ]);
    }
    book.shown(table, "No external service")
}

fn said(said: Option<&Said>) -> Cell {
    Cell::text(said.map(|said| said.text.clone()).unwrap_or_default())
}
