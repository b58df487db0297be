//! Endpoints, `METHOD /path`: those that components name, and those that the API documentation describes.
//!
//! It reads what stands in a list, a table, a heading or code, never a mention in the middle of a sentence. Whether the
//! two sides agree is for a rule; here is only said how far each side tells the whole.

mod path;

use super::component::COMPONENT;
use super::reader::{Line, Passage, Place, Reader, Said, Section, has_word, says_none};
use crate::document::UnitKind;
use crate::outline::State;

/// An endpoint.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// `GET`, in capitals.
    pub method: String,
    /// The path as written.
    pub path: Said,
    /// The path with each variable part as `{}`: `/parcels/4711` and `/parcels/{number}` are the same.
    pub pattern: String,
    /// What it does, where the line says so.
    pub text: Option<String>,
    /// The component that names it; none for the API documentation.
    pub component: Option<String>,
}

/// How far each side tells all endpoints that there are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Coverage {
    /// Every component names its endpoints or says that it has none, and none leads elsewhere for them.
    pub components: bool,
    /// The API documentation is filled in and leads nowhere else for them.
    pub documentation: bool,
}

/// The endpoints of a document.
#[derive(Debug, Clone, Default)]
pub struct Endpoints {
    /// Those of components first.
    pub all: Vec<Endpoint>,
    /// How far both sides tell the whole.
    pub coverage: Coverage,
}

impl std::ops::Deref for Endpoints {
    type Target = [Endpoint];

    fn deref(&self) -> &[Endpoint] {
        &self.all
    }
}

/// Reads the endpoints, those of components first.
pub fn read(reader: Reader<'_>) -> Endpoints {
    let mut all: Vec<Endpoint> = Vec::new();
    let mut coverage = Coverage {
        components: true,
        documentation: true,
    };
    for section in reader
        .all_with_path(COMPONENT)
        .filter(|section| section.node.heading.is_some())
    {
        let before = all.len();
        let name = section.name().1.text;
        let waived = section.node.state == State::NotApplicable;
        let told = section.has_content() && of_component(reader, &section, &name, &mut all);
        coverage.components &= waived || told && (all.len() > before || states_none(&section));
    }
    match reader.section("api-documentation") {
        Some(section) => {
            let passages = section.all_passages();
            coverage.documentation = passages.iter().all(tells_all);
            for passage in &passages {
                of_documentation(reader, passage, &mut all);
            }
        }
        None => coverage.documentation = false,
    }
    Endpoints { all, coverage }
}

/// Adds the endpoints of a component; whether what it says of them is filled in and leads nowhere else.
fn of_component(reader: Reader<'_>, section: &Section<'_>, name: &str, all: &mut Vec<Endpoint>) -> bool {
    let mut told = true;
    for passage in section.passages() {
        for (at, line) in passage.lines.iter().enumerate() {
            let context = context(passage.lines.split_at(at).0, line).unwrap_or(passage.name);
            if !context.is_empty() && !about_own_api(context) {
                continue;
            }
            if !context.is_empty() {
                told &= !line.unsaid && !leads_elsewhere(line.place());
            }
            if !line.unsaid {
                add(all, of_line(line), Some(name));
            }
        }
        add(all, of_grids(reader, &passage), Some(name));
    }
    told
}

/// Whether a component says that it has no endpoint.
fn states_none(section: &Section<'_>) -> bool {
    let passages = section.passages();
    let lines = passages.iter().flat_map(|passage| &passage.lines);
    let mut fields = lines.filter_map(|line| Some((line.name, line.field?)));
    fields.any(|(name, field)| {
        let value = field.value.to_lowercase();
        about_own_api(name)
            && !value.is_empty()
            && (says_none(&value) || value.starts_with("no ") || value.starts_with("internal"))
    })
}

/// The key that a line stands below: of the item that holds it, or of the field in front of its list or code.
fn context<'a>(above: &[Line<'a>], line: &Line<'a>) -> Option<&'a str> {
    if line.field.is_some() && line.unit.depth == 0 {
        return Some(line.name);
    }
    let mut depth = line.unit.depth;
    let mut key = None;
    for above in above.iter().rev() {
        let block =
            above.unit.depth == 0 && matches!(above.unit.kind, UnitKind::Code | UnitKind::Row | UnitKind::Header);
        if block || above.unit.depth >= depth && !(depth == 0 && above.unit.depth == 0) {
            continue;
        }
        depth = above.unit.depth;
        key = above.field.map(|_| above.name).or(key);
        // `- Interfaces:` in a list without a key of its own says enough.
        if key.is_some() || depth == 0 {
            break;
        }
    }
    key
}

/// Whether what stands under this name are a component's own endpoints, and not those that it calls.
fn about_own_api(name: &str) -> bool {
    let own = [
        "api",
        "apis",
        "endpoint",
        "endpoints",
        "route",
        "routes",
        "interface",
        "interfaces",
        "rest",
        "http",
        "operations",
        "exposes",
    ];
    let others = [
        "external",
        "upstream",
        "downstream",
        "third",
        "consumed",
        "consumes",
        "calls",
        "called",
        "uses",
        "used",
        "outbound",
        "dependencies",
        "client",
    ];
    has_word(name, &own) && !has_word(name, &others)
}

/// Whether a passage of the API documentation is filled in and leads nowhere else.
fn tells_all(passage: &Passage<'_>) -> bool {
    let elsewhere = |line: &Line<'_>| line.unit.kind != UnitKind::Code && leads_elsewhere(line.place());
    passage.lines.iter().all(|line| !line.unsaid && !elsewhere(line))
}

/// Whether some text leads to a description of an API that stands elsewhere.
fn leads_elsewhere(place: Place<'_>) -> bool {
    let source = place.source().to_lowercase();
    let tools = [
        "openapi", "swagger", "postman", "redoc", "graphql", "asyncapi", ".proto",
    ];
    let speaks = |text: &str| {
        ["api", "reference", "endpoint", "spec"]
            .iter()
            .any(|word| text.contains(word))
    };
    tools.iter().any(|tool| source.contains(tool))
        || place.links().iter().any(|link| {
            let target = link.target.to_lowercase();
            let shown = || place.part(link.span).source().to_lowercase();
            !target.starts_with('#') && (speaks(&target) || speaks(&shown()))
        })
}

fn of_documentation(reader: Reader<'_>, passage: &Passage<'_>, all: &mut Vec<Endpoint>) {
    if let Some(heading) = passage.heading {
        add(all, of_text(reader.place(heading.name), &heading.text), None);
    }
    for line in passage.written_lines() {
        add(all, of_line(line), None);
    }
    add(all, of_grids(reader, passage), None);
}

/// An endpoint that was found, still without the place that names it.
type Found = (String, Said, Option<String>);

fn add(all: &mut Vec<Endpoint>, found: Vec<Found>, component: Option<&str>) {
    for (method, path, text) in found {
        let pattern = path::pattern(&path.text);
        let same = |other: &Endpoint| {
            other.component.as_deref() == component && other.method == method && other.pattern == pattern
        };
        if !all.iter().any(same) {
            all.push(Endpoint {
                method,
                path,
                pattern,
                text,
                component: component.map(str::to_owned),
            });
        }
    }
}

fn of_line(line: &Line<'_>) -> Vec<Found> {
    let place = line.place();
    match (line.unit.kind, line.field) {
        (UnitKind::Code, _) => of_code(place),
        (UnitKind::Item { .. } | UnitKind::Prose, _) => of_text(place, &line.unit.text),
        (UnitKind::Field(_) | UnitKind::Label(_), Some(field)) => {
            let mut found = of_text(place, &line.unit.text);
            if found.is_empty() {
                let parts = field.value.split([',', ';']);
                found.extend(parts.flat_map(|part| of_text(place.part(field.value_span), part)));
            }
            found
        }
        _ => Vec::new(),
    }
}

fn of_text(place: Place<'_>, text: &str) -> Vec<Found> {
    path::call(text).map_or_else(Vec::new, |call| found(&call, &place.find(call.path)))
}

fn found(call: &path::Call<'_>, path: &Said) -> Vec<Found> {
    let text = Some(call.text.to_owned()).filter(|text| !text.is_empty());
    let methods = call.methods.iter();
    methods
        .map(|method| ((*method).to_owned(), path.clone(), text.clone()))
        .collect()
}

/// Requests in code, a line each, and the paths of an OpenAPI description.
fn of_code(place: Place<'_>) -> Vec<Found> {
    let mut all = Vec::new();
    let mut open: Option<(usize, Said)> = None;
    for line in place.source_lines() {
        let source = line.source();
        let bare = source.trim();
        let indent = source.len() - source.trim_start().len();
        let key = bare.strip_suffix(':').map(|key| key.trim_matches(['"', '\'']));
        if let Some(call) = path::call(bare).filter(|_| !bare.starts_with('/')) {
            all.extend(found(&call, &line.find(call.path)));
        } else if let Some(path) = key.filter(|key| key.starts_with('/')) {
            open = Some((indent, line.find(path)));
        } else if let Some((outer, path)) = open.as_ref().filter(|(outer, _)| indent > *outer) {
            let method = key.map(str::to_uppercase).unwrap_or_default();
            let (methods, rest) = path::methods(&method);
            if rest.is_empty() && indent <= outer + 8 {
                all.extend(methods.iter().map(|method| ((*method).to_owned(), path.clone(), None)));
            }
        }
    }
    all
}

/// Rows with a method and a path in one cell or in two.
fn of_grids(reader: Reader<'_>, passage: &Passage<'_>) -> Vec<Found> {
    let mut all = Vec::new();
    for grid in passage.grids() {
        let method = grid.column(&["method", "verb", "methods"]);
        let path = grid.column(&["path", "endpoint", "url", "route", "uri", "resource"]);
        let text = grid.column(&["description", "purpose", "summary", "action", "notes"]);
        for row in &grid.rows {
            let one = row.cells.iter().find(|cell| path::call(&cell.text).is_some()).cloned();
            let two = || {
                let (method, path) = (row.cell(method)?, row.cell(path)?);
                let joined = format!("{} {}", method.text.trim_matches('`'), path.text.trim_matches('`'));
                Some(Said::new(joined, path.span))
            };
            let Some(line) = one.or_else(two) else { continue };
            let described = row.cell(text).map(|said| said.text.clone());
            let found = of_text(reader.place(line.span), &line.text).into_iter();
            all.extend(found.map(|(method, path, _)| (method, path, described.clone())));
        }
    }
    all
}

#[cfg(test)]
mod tests;
