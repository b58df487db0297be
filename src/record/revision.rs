//! What of a text counts for its history: which sections it has, which version it says it is, what it lists.
//!
//! Two texts whose facts are alike say the same, whatever their white space.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::change_log::{ChangeLog, LogRow};
use super::{Reader, change_log, component, decision, limitation};
use crate::document::Document;
use crate::history::RevisionFacts;
use crate::naming;
use crate::outline::Outline;
use crate::template::{CHECKLIST, FieldKind, Template};

/// The headings of the sections that tell of the document's history, not of what it describes.
pub fn bookkeeping(document: &Document, outline: &Outline, template: &Template, log: Option<&ChangeLog>) -> Vec<usize> {
    let checklist = outline.section(template, CHECKLIST).and_then(|(_, node)| node.heading);
    let section = change_log::section(outline, template).and_then(|node| node.heading);
    let own = log.and_then(|log| log.heading).filter(|index| {
        let heading = document.headings.get(*index);
        heading.is_some_and(|heading| heading.level == outline.base && *index >= outline.first_section)
    });
    checklist.into_iter().chain(section).chain(own).collect()
}

/// Reads what counts out of one revision of a document.
pub fn revision(document: &Document, outline: &Outline, template: &Template) -> RevisionFacts {
    let reader = Reader {
        document,
        outline,
        template,
    };
    let log = change_log::read(document, outline, template);
    let bookkeeping = bookkeeping(document, outline, template, log.as_ref());
    let footer = document
        .blocks
        .get(outline.footer_at)
        .map_or(document.text.as_str().len(), |block| block.span.start);
    let text = |from: usize, to: usize| document.text.as_str().get(from..to).unwrap_or("");
    let mut content = DefaultHasher::new();
    let mut sections = Vec::new();
    for (index, heading) in document.headings.iter().enumerate() {
        if heading.level != outline.base || index < outline.first_section {
            continue;
        }
        let (start, end) = (heading.section.start, heading.section.end.min(footer));
        let hash = words_hash(text(start, end));
        if !bookkeeping.contains(&index) {
            // A change log may stand below a heading that is about something else.
            let within = log
                .as_ref()
                .map(|log| log.span)
                .filter(|log| start <= log.start && log.end <= end);
            let said = within.map_or(hash, |log| {
                words_hash(&[text(start, log.start), text(log.end, end)].join(" "))
            });
            (&heading.text, said).hash(&mut content);
        }
        sections.push((naming::normalise(&heading.text), hash));
    }
    RevisionFacts {
        version: version(document, outline, template),
        sections,
        items: items(reader),
        content: content.finish(),
        rows: log.iter().flat_map(|log| &log.rows).filter_map(row_key).collect(),
    }
}

/// What counts in one revision of a file that a document includes: which lines it has. What they are is for the
/// document to say.
pub fn included_revision(text: &str) -> RevisionFacts {
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    RevisionFacts {
        content: words_hash(text),
        rows: text.lines().map(line).filter(|line| !line.is_empty()).collect(),
        ..RevisionFacts::default()
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

/// What makes a hand-written row of the change log another one: its words. One that is planned or yet to be filled in
/// tells of nothing that was done, and has none.
pub fn row_key(row: &LogRow) -> Option<String> {
    let cells = [&row.version, &row.date, &row.author, &row.changes];
    let cells: Vec<&str> = cells.into_iter().map(|cell| cell.as_deref().unwrap_or("")).collect();
    (!row.planned && !row.placeholder).then(|| cells.join("\u{1f}"))
}
