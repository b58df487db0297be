//! A template that extends another one: the two Markdown files put together, section by section.
//!
//! The result is one text that knows which file each of its bytes stands in, so that everything after it, messages
//! included, works as with any other template.

use std::sync::Arc;

use super::compile::{footer, section_headings};
use super::sections::shown_title;
use crate::document::{self, Document, Heading};
use crate::ids::IdList;
use crate::markdown::Dialect;
use crate::naming;
use crate::source::{SourceFile, Span, Text, TextBuilder};

/// The template that a file extends, by its name: `<!-- archdoc: extends; template="architecture" -->`.
pub fn extended_by(file: &Arc<SourceFile>) -> Option<String> {
    let document = document::parse(Text::of_file(file), Dialect::default());
    let directive = document
        .directives
        .iter()
        .find(|directive| directive.word == "extends")?;
    directive.option("template").map(str::to_owned)
}

/// A section of one of the two files: its path and its own bytes, up to the next heading.
struct FileSection {
    path: String,
    span: Span,
    of_child: bool,
    is_bare: bool,
    removed: bool,
}

/// The text of `base` with the sections of `child`: those of the same path replace, others stand behind the one that
/// they follow in `child`, and one marked `<!-- archdoc: remove -->` takes the section out.
pub fn extended(base: &Text, child: &Arc<SourceFile>) -> Text {
    let child_text = Text::of_file(child);
    let documents = [
        document::parse(base.clone(), Dialect::default()),
        document::parse(child_text.clone(), Dialect::default()),
    ];
    let [of_base, of_child] = &documents;
    let mut parts = parts(of_base, false);
    let footer = parts.last().map(|part| part.span.end);
    let mut after: Option<usize> = None;
    for part in self::parts(of_child, true) {
        let at = parts.iter().position(|known| known.path == part.path);
        match at {
            Some(at) if part.removed => {
                let below = format!("{}/", part.path);
                parts.retain(|known| known.path != part.path && !known.path.starts_with(&below));
                after = at.checked_sub(1);
            }
            Some(at) => {
                after = Some(at);
                if let Some(known) = parts.get_mut(at).filter(|_| !part.is_bare) {
                    *known = part;
                }
            }
            None if part.removed => {}
            None => {
                // Behind the section that it follows, and all that stands below that one.
                let next = after.map_or(0, |after| {
                    let below = parts
                        .get(after)
                        .map(|known| format!("{}/", known.path))
                        .unwrap_or_default();
                    let inner = parts
                        .iter()
                        .skip(after + 1)
                        .take_while(|known| known.path.starts_with(&below) && !part.path.starts_with(&below));
                    after + 1 + inner.count()
                });
                parts.insert(next.min(parts.len()), part);
                after = Some(next);
            }
        }
    }
    let mut builder = TextBuilder::default();
    let head = |document: &Document| Span::new(0, sections_at(document));
    let own_head = of_child
        .fields
        .iter()
        .any(|field| field.span.start < sections_at(of_child));
    let (text, document) = if own_head {
        (&child_text, of_child)
    } else {
        (base, of_base)
    };
    builder.append(text, head(document));
    for part in &parts {
        let text = if part.of_child { &child_text } else { base };
        builder.append(text, part.span);
    }
    if let Some(end) = footer {
        builder.append(base, Span::new(end, base.as_str().len()));
    }
    builder.finish(child)
}

/// The first section that `child` takes out and `base` does not have: its line, its path and the nearest right one.
pub fn removed_in_vain(base: &Text, child: &Arc<SourceFile>) -> Option<(usize, String, Option<String>)> {
    let of_base = document::parse(base.clone(), Dialect::default());
    let of_child = document::parse(Text::of_file(child), Dialect::default());
    let known = parts(&of_base, false);
    let gone = parts(&of_child, true)
        .into_iter()
        .find(|part| part.removed && known.iter().all(|known| known.path != part.path))?;
    let nearest = naming::nearest(&gone.path, known.iter().map(|part| part.path.as_str())).map(str::to_owned);
    Some((child.position(gone.span.start).line, gone.path, nearest))
}

/// Where the first section begins.
fn sections_at(document: &Document) -> usize {
    let first = section_headings(document).first();
    first.map_or(document.text.as_str().len(), |first| {
        document.headings[first].span.start
    })
}

fn parts(document: &Document, of_child: bool) -> Vec<FileSection> {
    let sections = section_headings(document);
    let footer = footer_start(document);
    let mut paths: IdList<String, Heading> = document.headings.map(|_| String::new());
    let mut parts = Vec::new();
    for id in sections {
        let heading = &document.headings[id];
        let slug = naming::slug(&shown_title(&heading.text));
        let above = heading.parent.filter(|parent| sections.contains(*parent));
        let path = above.map_or(slug.clone(), |above| format!("{}/{slug}", paths[above]));
        let span = Span::new(heading.span.start, document.next_heading_at(id).min(footer));
        let own = Span::new(heading.span.end, span.end);
        let removed = document
            .directives
            .iter()
            .any(|directive| directive.word == "remove" && own.contains(directive.span));
        parts.push(FileSection {
            path: path.clone(),
            span,
            of_child,
            is_bare: document.text.get(own).trim().is_empty(),
            removed,
        });
        paths[id] = path;
    }
    parts
}

/// Where the footer of a template begins: its last rule, where fields and nothing else stand behind it.
fn footer_start(document: &Document) -> usize {
    let first = document.blocks[footer(document)].first();
    first.map_or(document.text.as_str().len(), |block| block.span.start)
}
