//! What a template says in comments and in marks behind its names: optional, repeated, known by another name.

use super::{FieldSpec, Template};
use crate::directive::Directive;
use crate::document::{self, BlockKind, Document, HeadingId, units};
use crate::naming;
use crate::source::Span;

/// The directives that speak of the section of a heading: below it, in front of the next heading.
fn marks<'d>(document: &'d Document, id: HeadingId, word: &str) -> impl Iterator<Item = &'d Directive> {
    let own = Span::new(document.headings[id].span.end, document.next_heading_at(id));
    document
        .directives
        .iter()
        .filter(move |directive| own.contains(directive.span) && directive.word == word)
}

pub(super) fn alias_marks(document: &Document, id: HeadingId) -> Vec<String> {
    let names = marks(document, id, "alias").filter_map(|directive| directive.option("name"));
    names
        .flat_map(|names| names.split(','))
        .map(naming::normalise)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Whether a heading's section may be left out, and where that is said, or the contrary.
pub(super) fn optional_mark(document: &Document, id: HeadingId) -> (bool, Option<Span>) {
    if let Some(directive) = marks(document, id, "required").next() {
        return (false, Some(directive.span));
    }
    let heading = &document.headings[id];
    let lower = heading.text.to_lowercase();
    let words = ["(optional)", "[optional]", "(if applicable)"]
        .iter()
        .any(|mark| lower.contains(mark));
    let at = marks(document, id, "optional")
        .next()
        .map(|directive| directive.span)
        .or_else(|| words.then_some(heading.span))
        .or_else(|| optional_comment(document, heading));
    (at.is_some(), at)
}

/// A comment such as `<!-- optional -->` or `<!-- This is an optional element. -->` right above or below the heading.
fn optional_comment(document: &Document, heading: &document::Heading) -> Option<Span> {
    let blocks = document.blocks.ids();
    let beside = [
        blocks.before(heading.block).last(),
        blocks.behind(heading.block).first(),
    ];
    let blocks = beside.into_iter().flatten().map(|block| &document.blocks[block]);
    blocks
        .filter(|block| matches!(block.kind, BlockKind::Comment))
        .find(|block| {
            let text = document.text.get(block.span).to_lowercase();
            let words = text.trim().trim_start_matches("<!--").trim_start();
            let begins = words.starts_with("optional")
                || words.starts_with("this is an optional")
                || words.starts_with("this section is optional");
            // One above belongs to this heading only if it stands right above it, not at the end of another section.
            let near = block.span.start > heading.span.start
                || document
                    .text
                    .get(Span::new(block.span.start, heading.span.start))
                    .trim_end()
                    .ends_with("-->");
            begins && near
        })
        .map(|block| block.span)
}

pub(super) fn repeat_mark(document: &Document, id: HeadingId) -> bool {
    marks(document, id, "repeat").next().is_some()
        || units(document, &document.blocks[document.own_blocks(id)])
            .iter()
            .any(|unit| unit.text.to_lowercase().starts_with("[repeat"))
}

/// Applies `<!-- archdoc: field; name="Author"; optional; alias="Owner" -->`, or `required` for `optional`, to the fields of the section that it stands
/// in, or in front of the first one to those of header and footer.
pub(super) fn field_marks(template: &mut Template, document: &Document) {
    for directive in document.directives.iter().filter(|directive| directive.word == "field") {
        let name = directive.option("name").map(naming::normalise).unwrap_or_default();
        let aliases = directive
            .option("alias")
            .unwrap_or("")
            .split(',')
            .map(naming::normalise);
        let aliases: Vec<String> = aliases.filter(|alias| !alias.is_empty()).collect();
        let above = document
            .headings
            .iter()
            .rfind(|heading| heading.span.end <= directive.span.start);
        let section = above.and_then(|above| template.sections.iter_mut().find(|spec| spec.span == above.span));
        let mut fields: Vec<&mut FieldSpec> = match section {
            Some(spec) => spec.fields.iter_mut().collect(),
            None => template.header.iter_mut().chain(&mut template.footer).collect(),
        };
        for field in fields.iter_mut().filter(|field| field.name == name) {
            field.aliases.extend(aliases.iter().cloned());
            field.optional |= directive.option("optional").is_some();
            if directive.option("optional").or(directive.option("required")).is_some() {
                field.refined = document.text.place(directive.span);
            }
            if directive.option("required").is_some() {
                field.optional = false;
                field.open = true;
            }
        }
    }
}
