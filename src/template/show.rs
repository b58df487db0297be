//! A compiled template, shown: as Markdown that compiles to the same, as a tree with the provenance of each demand,
//! and as JSON.

use serde::Serialize;

use super::compile::section_headings;
use super::{FieldKind, FieldSpec, Instances, SectionSpec, Template};
use crate::document;
use crate::edit::{Edit, apply};
use crate::markdown::Dialect;
use crate::source::{Place, Span};

/// A demand, for programs.
#[derive(Debug, Serialize)]
struct SectionJson<'t> {
    id: &'t str,
    heading: &'t str,
    depth: u8,
    required: bool,
    group: Option<&'t str>,
    aliases: &'t [String],
    fields: Vec<FieldJson<'t>>,
    path: String,
    line: Option<usize>,
    /// Where it is said that it may be left out, or that it may not.
    refined: Option<PlaceJson>,
}

#[derive(Debug, Serialize)]
struct FieldJson<'t> {
    key: &'t str,
    kind: &'static str,
    required: bool,
    aliases: &'t [String],
    path: String,
    line: Option<usize>,
    refined: Option<PlaceJson>,
}

#[derive(Debug, Serialize)]
struct PlaceJson {
    path: String,
    line: Option<usize>,
}

#[derive(Debug, Serialize)]
struct TemplateJson<'t> {
    schema: u8,
    name: &'t str,
    title: &'t str,
    header: Vec<FieldJson<'t>>,
    sections: Vec<SectionJson<'t>>,
    footer: Vec<FieldJson<'t>>,
}

/// The template as one line of JSON.
pub fn json(template: &Template) -> String {
    let sections = template.sections.iter().map(|spec| {
        let (path, line) = place(template, spec.span);
        SectionJson {
            id: &spec.id,
            heading: &spec.heading,
            depth: spec.depth,
            required: !spec.optional,
            group: spec.group.as_deref(),
            aliases: &spec.aliases,
            fields: spec
                .fields
                .iter()
                .filter(|field| field.is_asked())
                .map(|field| field_json(template, field))
                .collect(),
            path,
            line,
            refined: spec.refined.as_ref().map(place_json),
        }
    });
    let shown = TemplateJson {
        schema: 1,
        name: &template.name,
        title: &template.title_text,
        header: template
            .header
            .iter()
            .map(|field| field_json(template, field))
            .collect(),
        sections: sections.collect(),
        footer: template
            .footer
            .iter()
            .map(|field| field_json(template, field))
            .collect(),
    };
    let mut text = serde_json::to_string(&shown).unwrap_or_default();
    text.push('\n');
    text
}

fn place_json(place: &Place) -> PlaceJson {
    let (path, line) = of_place(place);
    PlaceJson { path, line }
}

fn field_json<'t>(template: &Template, spec: &'t FieldSpec) -> FieldJson<'t> {
    let (path, line) = place(template, spec.span);
    FieldJson {
        path,
        line,
        refined: spec.refined.as_ref().map(place_json),
        key: &spec.key,
        kind: kind(spec),
        required: !spec.optional,
        aliases: &spec.aliases,
    }
}

fn kind(spec: &FieldSpec) -> &'static str {
    match spec.kind {
        FieldKind::Text => "text",
        FieldKind::Date => "date",
        FieldKind::Version => "version",
        FieldKind::Choice(_) => "choice",
        FieldKind::Person => "person",
        FieldKind::Sample => "sample",
        FieldKind::Below => "below",
    }
}

fn place(template: &Template, span: Span) -> (String, Option<usize>) {
    match template.text.place(span) {
        Some(place) => of_place(&place),
        None => (template.name.clone(), None),
    }
}

fn of_place(place: &Place) -> (String, Option<usize>) {
    let line = place.file.position(place.span.start).line;
    (place.file.path().to_owned(), Some(line))
}

/// What the template demands, a line each, with the line that demands it.
pub fn tree(template: &Template) -> String {
    let mut text = format!("{}\n", template.name);
    let mut line = |depth: usize, name: &str, what: &str, (span, refined): (Span, &Option<Place>)| {
        let (path, line) = match refined {
            Some(place) => of_place(place),
            None => place(template, span),
        };
        let at = line.map_or(path.clone(), |line| format!("{path}:{line}"));
        let label = format!("{}{name}", "  ".repeat(depth));
        text.push_str(&format!("{label:48}  {what} ({at})\n"));
    };
    for field in &template.header {
        line(
            1,
            &format!("{}:", field.key),
            &field_demand(field),
            (field.span, &field.refined),
        );
    }
    for spec in &template.sections {
        let depth = usize::from(spec.depth);
        line(depth, &spec.title, &section_demand(spec), (spec.span, &spec.refined));
        for field in spec.fields.iter().filter(|field| field.is_asked()) {
            line(
                depth + 1,
                &format!("{}:", field.key),
                &field_demand(field),
                (field.span, &field.refined),
            );
        }
    }
    for field in &template.footer {
        line(
            1,
            &format!("{}:", field.key),
            &field_demand(field),
            (field.span, &field.refined),
        );
    }
    text
}

fn section_demand(spec: &SectionSpec) -> String {
    let required = if spec.optional { "optional" } else { "required" };
    let many = if spec.optional { "any number of" } else { "one or more" };
    match (&spec.group, &spec.instances) {
        (None, _) => required.to_owned(),
        (Some(label), Instances::Numbered) => format!("{required}, {many} `{label} n`"),
        (Some(label), Instances::Beginning(_)) => format!("{required}, {many} `{label} …`"),
        (Some(_), Instances::Any) => format!("{required}, {many}, whatever their names"),
    }
}

fn field_demand(spec: &FieldSpec) -> String {
    let required = if spec.optional { "optional" } else { "required" };
    match &spec.kind {
        FieldKind::Choice(choices) => format!("{required}, one of {}", choices.join(", ")),
        _ => format!("{required}, {}", kind(spec)),
    }
}

/// The words that refine a demand: what they say is written anew.
const REFINING: [&str; 6] = ["alias", "extends", "field", "optional", "remove", "required"];

/// The template as Markdown that compiles to the same template, with what refines it written into it.
pub fn markdown(template: &Template) -> String {
    let text = template.text.as_str();
    let document = document::parse(template.text.clone(), Dialect::default());
    let refining = document
        .directives
        .iter()
        .filter(|directive| REFINING.contains(&directive.word.as_str()));
    let mut edits: Vec<Edit> = refining.map(|directive| Edit::replace(directive.span, "")).collect();
    let first = section_headings(&document).first();
    let first = first.map_or(text.len(), |first| document.headings[first].span.start);
    let fields = template.header.iter().chain(&template.footer);
    let of_blocks: String = fields.filter_map(field_mark).collect();
    if !of_blocks.is_empty() {
        edits.push(Edit::insert(first, format!("{of_blocks}\n")));
    }
    for spec in &template.sections {
        let word = if spec.optional { "optional" } else { "required" };
        let mut marks = format!("\n<!-- archdoc: {word} -->\n");
        if !spec.aliases.is_empty() {
            let names = spec.aliases.join(", ");
            marks.push_str(&format!("\n<!-- archdoc: alias; name=\"{names}\" -->\n"));
        }
        marks.extend(spec.fields.iter().filter_map(field_mark));
        edits.push(Edit::insert(spec.span.end, marks));
    }
    apply(text, &edits).0
}

/// What refines a field, as a comment.
fn field_mark(field: &FieldSpec) -> Option<String> {
    let inferred = !matches!(field.kind, FieldKind::Below | FieldKind::Sample);
    let word = match field.optional {
        true => "; optional",
        false if field.open && !inferred || field.refined.is_some() => "; required",
        false => "",
    };
    let alias = match field.aliases.as_slice() {
        [] => String::new(),
        aliases => format!("; alias=\"{}\"", aliases.join(", ")),
    };
    let says = !word.is_empty() || !alias.is_empty();
    says.then(|| format!("\n<!-- archdoc: field; name=\"{}\"{word}{alias} -->\n", field.key))
}
