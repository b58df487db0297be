//! Endpoints, `METHOD /path`: those that components name, and those that the API documentation describes.
//!
//! It reads what stands in a list, a table, a heading or code, never a mention in the middle of a sentence. Whether the
//! two sides agree is for a rule; here is only said how far each side tells the whole.

mod path;

use serde::Serialize;

use super::passage::{Grid, Passage, says_none};
use super::{Line, Reader, Said};
use crate::document::UnitKind;
use crate::outline::{Node, State};
use crate::source::Span;

/// An endpoint.
#[derive(Debug, Clone, Serialize)]
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
#[derive(Debug, Default)]
pub struct Endpoints {
    /// Those of components first.
    pub all: Vec<Endpoint>,
    /// How far both sides tell the whole.
    pub coverage: Coverage,
}

/// Reads the endpoints, those of components first.
pub fn read(reader: Reader<'_>) -> Endpoints {
    let mut all: Vec<Endpoint> = Vec::new();
    let mut coverage = Coverage {
        components: true,
        documentation: true,
    };
    for node in reader.outline.nodes.iter().filter(|node| is_component(reader, node)) {
        let before = all.len();
        let name = reader.instance_name(node).1.text;
        let waived = node.state == State::NotApplicable;
        let there = matches!(node.state, State::Placeholder | State::Partial | State::Complete);
        let told = there && of_component(reader, node, &name, &mut all);
        coverage.components &= waived || told && (all.len() > before || states_none(reader, node));
    }
    match reader.section("api-documentation") {
        Some((index, _)) => {
            let passages = reader.all_passages(index);
            coverage.documentation = passages.iter().all(|passage| tells_all(reader, passage));
            for passage in &passages {
                of_documentation(reader, passage, &mut all);
            }
        }
        None => coverage.documentation = false,
    }
    Endpoints { all, coverage }
}

fn is_component(reader: Reader<'_>, node: &Node) -> bool {
    node.heading.is_some() && node.spec(reader.template).id == "component-details/component"
}

/// Adds the endpoints of a component; whether what it says of them is filled in and leads nowhere else.
fn of_component(reader: Reader<'_>, node: &Node, name: &str, all: &mut Vec<Endpoint>) -> bool {
    let mut told = true;
    for passage in reader.passages(node) {
        for (at, line) in passage.lines.iter().enumerate() {
            let context = context(&passage.lines, at).unwrap_or(passage.name);
            if !context.is_empty() && !about_own_api(context) {
                continue;
            }
            if !context.is_empty() {
                told &= !line.unsaid && !leads_elsewhere(reader, line.unit.span);
            }
            if !line.unsaid {
                for found in of_line(reader, line) {
                    add(all, found, Some(name));
                }
            }
        }
        let grids: Vec<Grid> = reader.grids(&passage.lines);
        for found in grids.iter().flat_map(|grid| of_grid(reader, grid)) {
            add(all, found, Some(name));
        }
    }
    told
}

/// Whether a component says that it has no endpoint.
fn states_none(reader: Reader<'_>, node: &Node) -> bool {
    let passages = reader.passages(node);
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
fn context<'a>(lines: &[Line<'a>], at: usize) -> Option<&'a str> {
    let line = lines.get(at)?;
    if line.field.is_some() && line.unit.depth == 0 {
        return Some(line.name);
    }
    let mut depth = line.unit.depth;
    let mut key = None;
    for above in lines.get(..at)?.iter().rev() {
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
    let has = |words: &[&str]| name.split(' ').any(|word| words.contains(&word));
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
    has(&own) && !has(&others)
}

/// Whether a passage of the API documentation is filled in and leads nowhere else.
fn tells_all(reader: Reader<'_>, passage: &Passage<'_>) -> bool {
    passage
        .lines
        .iter()
        .all(|line| !line.unsaid && (line.unit.kind == UnitKind::Code || !leads_elsewhere(reader, line.unit.span)))
}

/// Whether some text leads to a description of an API that stands elsewhere.
fn leads_elsewhere(reader: Reader<'_>, span: Span) -> bool {
    let source = reader.document.text.get(span).to_lowercase();
    let tools = [
        "openapi", "swagger", "postman", "redoc", "graphql", "asyncapi", ".proto",
    ];
    let speaks = |text: &str| {
        ["api", "reference", "endpoint", "spec"]
            .iter()
            .any(|word| text.contains(word))
    };
    tools.iter().any(|tool| source.contains(tool))
        || reader.links(span).iter().any(|link| {
            let target = link.target.to_lowercase();
            !target.starts_with('#') && (speaks(&target) || speaks(&reader.document.text.get(link.span).to_lowercase()))
        })
}

fn of_documentation(reader: Reader<'_>, passage: &Passage<'_>, all: &mut Vec<Endpoint>) {
    if let Some(heading) = passage.heading {
        for found in of_text(reader, heading.name, &heading.text) {
            add(all, found, None);
        }
    }
    for line in passage.lines.iter().filter(|line| !line.unsaid) {
        for found in of_line(reader, line) {
            add(all, found, None);
        }
    }
    for found in reader
        .grids(&passage.lines)
        .iter()
        .flat_map(|grid| of_grid(reader, grid))
    {
        add(all, found, None);
    }
}

/// An endpoint that was found, still without the place that names it.
type Found = (String, Said, Option<String>);

fn add(all: &mut Vec<Endpoint>, (method, path, text): Found, component: Option<&str>) {
    let pattern = path::pattern(&path.text);
    let known = all
        .iter()
        .any(|known| known.component.as_deref() == component && known.method == method && known.pattern == pattern);
    if !known {
        all.push(Endpoint {
            method,
            path,
            pattern,
            text,
            component: component.map(str::to_owned),
        });
    }
}

fn of_line(reader: Reader<'_>, line: &Line<'_>) -> Vec<Found> {
    let span = line.unit.span;
    match line.unit.kind {
        UnitKind::Code => of_code(reader, span),
        UnitKind::Item { .. } | UnitKind::Prose => of_text(reader, span, &line.unit.text),
        UnitKind::Field(_) | UnitKind::Label(_) => {
            let Some(field) = line.field else { return Vec::new() };
            let mut found = of_text(reader, span, &line.unit.text);
            if found.is_empty() {
                let parts = field.value.split([',', ';']);
                found.extend(parts.flat_map(|part| of_text(reader, field.value_span, part)));
            }
            found
        }
        _ => Vec::new(),
    }
}

fn of_text(reader: Reader<'_>, span: Span, text: &str) -> Vec<Found> {
    let Some(call) = path::call(text) else {
        return Vec::new();
    };
    let path = Said {
        text: call.path.to_owned(),
        span: reader.find(span, call.path),
    };
    found(&call, &path)
}

fn found(call: &path::Call<'_>, path: &Said) -> Vec<Found> {
    let text = Some(call.text.to_owned()).filter(|text| !text.is_empty());
    call.methods
        .iter()
        .map(|method| ((*method).to_owned(), path.clone(), text.clone()))
        .collect()
}

/// Requests in code, a line each, and the paths of an OpenAPI description.
fn of_code(reader: Reader<'_>, span: Span) -> Vec<Found> {
    let mut all = Vec::new();
    let mut offset = span.start;
    let mut open: Option<(usize, Said)> = None;
    for line in reader.document.text.get(span).split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let at = |path: &str| {
            let from = line.find(path).unwrap_or(0);
            Said {
                text: path.to_owned(),
                span: Span::new(start + from, start + from + path.len()),
            }
        };
        let bare = line.trim();
        let indent = line.len() - line.trim_start().len();
        let key = bare.strip_suffix(':').map(|key| key.trim_matches(['"', '\'']));
        if let Some(call) = path::call(bare).filter(|_| !bare.starts_with('/')) {
            all.extend(found(&call, &at(call.path)));
        } else if let Some(path) = key.filter(|key| key.starts_with('/')) {
            open = Some((indent, at(path)));
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
fn of_grid(reader: Reader<'_>, grid: &Grid) -> Vec<Found> {
    let method = grid.column(&["method", "verb", "methods"]);
    let path = grid.column(&["path", "endpoint", "url", "route", "uri", "resource"]);
    let text = grid.column(&["description", "purpose", "summary", "action", "notes"]);
    let mut all = Vec::new();
    for row in &grid.rows {
        let one = row
            .iter()
            .find(|cell| path::call(&cell.text).is_some())
            .map(|cell| (cell.text.clone(), cell.span));
        let two = || {
            let (method, path) = (row.get(method?)?, row.get(path?)?);
            let joined = format!("{} {}", method.text.trim_matches('`'), path.text.trim_matches('`'));
            Some((joined, path.span))
        };
        let Some((line, span)) = one.or_else(two) else { continue };
        let Some(call) = path::call(&line) else { continue };
        let path = Said {
            text: call.path.to_owned(),
            span: reader.find(span, call.path),
        };
        let described = text.and_then(|text| row.get(text)).map(|said| said.text.clone());
        let methods = call.methods.iter();
        all.extend(methods.map(|method| ((*method).to_owned(), path.clone(), described.clone())));
    }
    all
}

#[cfg(test)]
mod tests;
