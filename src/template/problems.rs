//! What is wrong with a template in itself: demands that contradict each other, names that would never be found, and
//! comments that say nothing.

use super::{FieldSpec, SectionSpec, Template};
use crate::directive::{Directive, PAGES};
use crate::document::{self, Document, HeadingId};
use crate::markdown::Dialect;
use crate::naming::nearest;
use crate::source::Span;

/// A contradiction: where it stands in the template, and what it is.
pub type Contradiction = (Span, String);

/// The words that a comment in a template may begin with, each with its keys.
const WORDS: [(&str, &[&str]); 7] = [
    ("alias", &["name"]),
    ("extends", &["template"]),
    ("field", &["alias", "name", "optional", "required"]),
    ("optional", &[]),
    ("remove", &[]),
    ("repeat", &[]),
    ("required", &[]),
];

/// The words that mean something in a chapter: a template may bring them along.
const OF_CHAPTERS: [&str; 3] = ["allow", "document", "enrich"];

/// Everything that is wrong with a template, in the order of its text.
pub fn problems(template: &Template) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (index, spec) in template.sections.iter().enumerate() {
        names(template, index, spec, &mut found);
    }
    for fields in [&template.header, &template.footer] {
        for (index, field) in fields.iter().enumerate() {
            if fields.iter().take(index).any(|other| other.name == field.name) {
                found.push((field.span, format!("`{}` is asked for twice", field.key)));
            }
        }
    }
    let document = document::parse(template.text.clone(), Dialect::default());
    found.extend(document.directives.iter().filter_map(word));
    marks(template, &document, &mut found);
    found.sort_by_key(|(span, _)| span.start);
    found
}

/// The comments of a template that say nothing.
pub fn comments(template: &Template) -> Vec<Contradiction> {
    if !template.text.as_str().contains("archdoc:") {
        return Vec::new();
    }
    let document = document::parse(template.text.clone(), Dialect::default());
    document.directives.iter().filter_map(word).collect()
}

/// Names that two sections of one parent have.
fn names(template: &Template, index: usize, spec: &SectionSpec, found: &mut Vec<Contradiction>) {
    let siblings = || {
        let others = template.sections.iter().enumerate();
        others.filter(move |(at, other)| *at != index && other.parent == spec.parent)
    };
    if siblings().any(|(at, other)| at < index && other.id == spec.id) {
        found.push((
            spec.span,
            format!("`{}` stands twice, and a document can have it once", spec.title),
        ));
        return;
    }
    let taken = |alias: &&String| {
        let named =
            |(at, other): (usize, &SectionSpec)| other.name == **alias || at < index && other.aliases.contains(alias);
        siblings().any(named)
    };
    if let Some(alias) = spec.aliases.iter().find(taken) {
        found.push((
            spec.span,
            format!("`{}` has the name `{alias}`, which another section has too", spec.title),
        ));
    }
}

/// A comment whose word or key means nothing in a template.
fn word(directive: &Directive) -> Option<Contradiction> {
    if let Some(trouble) = directive.trouble {
        return Some((directive.span, trouble.to_owned()));
    }
    let meant = |name: &str, known: &[&'static str]| {
        let meant = nearest(name, known.iter().copied());
        meant.map_or_else(
            || format!("write `{}`", known.join("`, `")),
            |meant| format!("did you mean `{meant}`?"),
        )
    };
    let word = directive.word.as_str();
    if OF_CHAPTERS.contains(&word) || PAGES.contains(&word) {
        return None;
    }
    let Some((_, keys)) = WORDS.iter().find(|(word, _)| *word == directive.word) else {
        let cure = meant(&directive.word, &WORDS.map(|(word, _)| word));
        return Some((
            directive.word_span,
            format!("`{}` means nothing in a template; {cure}", directive.word),
        ));
    };
    let unknown = directive
        .options
        .iter()
        .find(|option| !keys.contains(&option.key.as_str()))?;
    let cure = if keys.is_empty() {
        "it has no keys".to_owned()
    } else {
        meant(&unknown.key, keys)
    };
    Some((
        directive.span,
        format!("`{}` has no `{}`; {cure}", directive.word, unknown.key),
    ))
}

/// Comments that contradict each other or have no effect, and those that name a field which is not there.
fn marks(template: &Template, document: &Document, found: &mut Vec<Contradiction>) {
    let own = |id: Option<HeadingId>| {
        let start = id.map_or(0, |id| document.headings[id].span.end);
        let first = document.headings.first().map(|first| first.span.start);
        let end = id.map(|id| document.next_heading_at(id)).or(first);
        let area = Span::new(start, end.unwrap_or(template.text.as_str().len()));
        document
            .directives
            .iter()
            .filter(move |directive| area.contains(directive.span))
    };
    for (id, heading) in document.headings.enumerate() {
        let has = |word: &str| own(Some(id)).any(|directive| directive.word == word);
        if has("optional") && has("required") {
            found.push((
                heading.span,
                format!("`{}` is both optional and required", heading.text),
            ));
        }
        let spec = template.sections.iter().find(|spec| spec.span == heading.span);
        if has("repeat") && spec.is_some_and(|spec| spec.group.is_none()) {
            let message = format!(
                "`{0}` cannot repeat, a document can have it once; number it, `{0} 1`, or leave room for a name, \
                 `{0}: [Name]`",
                heading.text
            );
            found.push((heading.span, message));
        }
    }
    for id in std::iter::once(None).chain(document.headings.ids().iter().map(Some)) {
        let heading = id.map(|id| &document.headings[id]);
        let spec = heading.and_then(|heading| template.sections.iter().find(|spec| spec.span == heading.span));
        let fields: Vec<&FieldSpec> = match spec {
            Some(spec) => spec.fields.iter().collect(),
            None => template.header.iter().chain(&template.footer).collect(),
        };
        for directive in own(id).filter(|directive| directive.word == "field") {
            found.extend(field(directive, &fields));
        }
    }
}

fn field(directive: &Directive, fields: &[&FieldSpec]) -> Option<Contradiction> {
    let has = |key: &str| directive.option(key).is_some();
    let Some(name) = directive.option("name") else {
        return Some((
            directive.span,
            "`field` does not say which; write `name=\"…\"`".to_owned(),
        ));
    };
    let wanted = crate::naming::normalise(name);
    if fields.iter().all(|field| field.name != wanted) {
        let meant = nearest(name, fields.iter().map(|field| field.key.as_str()));
        let cure = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        return Some((directive.span, format!("there is no field `{name}` here{cure}")));
    }
    let both = has("optional") && has("required");
    both.then(|| (directive.span, format!("`{name}` is both optional and required")))
}
