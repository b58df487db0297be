//! What of a text counts for its history: which sections it has, which version it says it is, what it lists.
//!
//! Two texts whose facts are alike say the same, whatever their white space.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::change_log::LogRow;
use super::{Reader, change_log, component, decision, limitation};
use crate::document::Document;
use crate::history::RevisionFacts;
use crate::naming;
use crate::outline::Outline;
use crate::template::{CHECKLIST, FieldKind, Template};

/// The sections that tell of the document's history, not of what it describes.
pub const BOOKKEEPING: [&str; 2] = [change_log::SECTION, CHECKLIST];

/// Reads what counts out of one revision of a document.
pub fn revision(document: &Document, outline: &Outline, template: &Template) -> RevisionFacts {
    let reader = Reader {
        document,
        outline,
        template,
    };
    let bookkeeping: Vec<usize> = BOOKKEEPING
        .iter()
        .filter_map(|id| outline.section(template, id)?.1.heading)
        .collect();
    let footer = document
        .blocks
        .get(outline.footer_at)
        .map_or(document.text.as_str().len(), |block| block.span.start);
    let mut content = DefaultHasher::new();
    let mut sections = Vec::new();
    for (index, heading) in document.headings.iter().enumerate() {
        if heading.level != outline.base || index < outline.first_section {
            continue;
        }
        let end = heading.section.end.min(footer);
        let text = document.text.as_str().get(heading.section.start..end).unwrap_or("");
        let hash = words_hash(text);
        if !bookkeeping.contains(&index) {
            (&heading.text, hash).hash(&mut content);
        }
        sections.push((naming::normalise(&heading.text), hash));
    }
    RevisionFacts {
        version: version(document, outline, template),
        sections,
        items: items(reader),
        content: content.finish(),
        rows: rows(document, outline, template),
    }
}

/// A hash of the words of a text: white space makes no difference.
fn words_hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for word in text.split_whitespace() {
        word.hash(&mut hasher);
    }
    hasher.finish()
}

fn version(document: &Document, outline: &Outline, template: &Template) -> Option<String> {
    let is_version = |spec: usize| {
        template
            .header
            .get(spec)
            .is_some_and(|spec| spec.kind == FieldKind::Version)
    };
    let slot = outline.header.slots.iter().find(|slot| is_version(slot.spec))?;
    Some(document.fields.get(slot.field?)?.value.clone())
}

fn items(reader: Reader<'_>) -> Vec<(String, String)> {
    let decisions = decision::read(reader)
        .into_iter()
        .map(|decision| ("decision".to_owned(), naming::normalise(&decision.title.text)));
    let limitations = limitation::read(reader)
        .into_iter()
        .map(|limitation| ("limitation".to_owned(), naming::normalise(&limitation.text.text)));
    let components = component::read(reader)
        .into_iter()
        .map(|component| ("component".to_owned(), naming::normalise(&component.name.text)));
    decisions.chain(limitations).chain(components).collect()
}

/// The keys of the rows of the change log.
fn rows(document: &Document, outline: &Outline, template: &Template) -> Vec<String> {
    let log = change_log::read(document, outline, template);
    let rows = log.iter().flat_map(|log| &log.rows);
    rows.filter_map(row_key).collect()
}

/// What makes a hand-written row of the change log another one: its words. One that is planned or yet to be filled in
/// tells of nothing that was done, and has none.
pub fn row_key(row: &LogRow) -> Option<String> {
    let cells = [&row.version, &row.date, &row.author, &row.changes];
    let cells: Vec<&str> = cells.into_iter().map(|cell| cell.as_deref().unwrap_or("")).collect();
    (!row.planned && !row.placeholder).then(|| cells.join("\u{1f}"))
}
