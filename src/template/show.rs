//! A compiled template, shown: as Markdown that compiles to the same, as a tree with the provenance of each demand,
//! and as JSON. And what is wrong with a template in itself.

use serde::Serialize;

use super::{FieldKind, FieldSpec, Instances, SectionSpec, Template};
use crate::source::Span;

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
}

#[derive(Debug, Serialize)]
struct FieldJson<'t> {
    key: &'t str,
    kind: &'static str,
    required: bool,
    aliases: &'t [String],
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
                .map(field_json)
                .collect(),
            path,
            line,
        }
    });
    let shown = TemplateJson {
        schema: 1,
        name: &template.name,
        title: &template.title_text,
        header: template.header.iter().map(field_json).collect(),
        sections: sections.collect(),
        footer: template.footer.iter().map(field_json).collect(),
    };
    let mut text = serde_json::to_string(&shown).unwrap_or_default();
    text.push('\n');
    text
}

fn field_json(spec: &FieldSpec) -> FieldJson<'_> {
    FieldJson {
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
        Some(place) => (
            place.file.path().to_owned(),
            Some(place.file.position(place.span.start).line),
        ),
        None => (template.name.clone(), None),
    }
}

/// What the template demands, a line each, with the line that demands it.
pub fn tree(template: &Template) -> String {
    let mut text = format!("{}\n", template.name);
    let mut line = |depth: usize, name: &str, what: &str, span: Span| {
        let (path, line) = place(template, span);
        let at = line.map_or(path.clone(), |line| format!("{path}:{line}"));
        let label = format!("{}{name}", "  ".repeat(depth));
        text.push_str(&format!("{label:48}  {what} ({at})\n"));
    };
    for field in &template.header {
        line(1, &format!("{}:", field.key), &field_demand(field), field.span);
    }
    for spec in &template.sections {
        let depth = usize::from(spec.depth);
        line(depth, &spec.title, &section_demand(spec), spec.span);
        for field in spec.fields.iter().filter(|field| field.is_asked()) {
            line(depth + 1, &format!("{}:", field.key), &field_demand(field), field.span);
        }
    }
    for field in &template.footer {
        line(1, &format!("{}:", field.key), &field_demand(field), field.span);
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

/// The template as Markdown that compiles to the same template, with what refines it written into it.
pub fn markdown(template: &Template) -> String {
    let text = template.text.as_str();
    let first = template.sections.first().map_or(text.len(), |spec| spec.span.start);
    let mut shown = text.get(..first).unwrap_or("").to_owned();
    template
        .header
        .iter()
        .chain(&template.footer)
        .for_each(|field| field_mark(&mut shown, field));
    let mut done = first;
    for spec in &template.sections {
        shown.push_str(text.get(done..spec.span.end).unwrap_or(""));
        done = spec.span.end.max(done);
        let own = text
            .get(spec.span.end..)
            .map_or("", |rest| rest.split("\n#").next().unwrap_or(""));
        if !spec.optional {
            shown.push_str("\n<!-- archdoc: required -->\n");
        } else if !own.contains("archdoc: optional") {
            shown.push_str("\n<!-- archdoc: optional -->\n");
        }
        if !spec.aliases.is_empty() && !own.contains("archdoc: alias") {
            shown.push_str(&format!(
                "\n<!-- archdoc: alias; name=\"{}\" -->\n",
                spec.aliases.join(", ")
            ));
        }
        if !own.contains("archdoc: field") {
            spec.fields.iter().for_each(|field| field_mark(&mut shown, field));
        }
    }
    shown.push_str(text.get(done..).unwrap_or(""));
    shown
}

/// What refines a field, as a comment.
fn field_mark(shown: &mut String, field: &FieldSpec) {
    if !field.optional && field.aliases.is_empty() {
        return;
    }
    let optional = if field.optional { "; optional" } else { "" };
    let alias = match field.aliases.as_slice() {
        [] => String::new(),
        aliases => format!("; alias=\"{}\"", aliases.join(", ")),
    };
    shown.push_str(&format!(
        "\n<!-- archdoc: field; name=\"{}\"{optional}{alias} -->\n\n",
        field.key
    ));
}

/// What is wrong with a template in itself: where, and what.
pub fn problems(template: &Template) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for (index, spec) in template.sections.iter().enumerate() {
        let earlier = template.sections.get(..index).unwrap_or(&[]);
        let siblings = || earlier.iter().filter(|other| other.parent == spec.parent);
        if siblings().any(|other| other.id == spec.id) {
            found.push((
                spec.span,
                format!("`{}` stands twice, and a document can have it once", spec.title),
            ));
        }
        let shared = spec
            .aliases
            .iter()
            .find(|alias| siblings().any(|other| other.name == **alias || other.aliases.contains(alias)));
        if let Some(alias) = shared {
            found.push((
                spec.span,
                format!("`{}` has the name `{alias}`, which another section has too", spec.title),
            ));
        }
        let required = spec
            .children
            .iter()
            .filter_map(|child| template.sections.get(*child))
            .filter(|child| !child.optional);
        if spec.group.is_some() && required.clone().any(|child| child.group.is_some()) && spec.optional {
            found.push((
                spec.span,
                format!("`{}` may be left out, and demands what stands in it", spec.title),
            ));
        }
    }
    for fields in [&template.header, &template.footer] {
        for (index, field) in fields.iter().enumerate() {
            if fields.iter().take(index).any(|other| other.name == field.name) {
                found.push((field.span, format!("`{}` is asked for twice", field.key)));
            }
        }
    }
    found
}
