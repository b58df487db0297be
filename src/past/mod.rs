//! What a revision's text counts for the history of its document: which sections it has, which version it says it is, what
//! it lists, which rows its change log has.
//!
//! Two texts that count the same say the same, whatever their white space. This room asks no git, and what changed
//! between two revisions is not for it to say.

mod parts;
mod revisions;

use std::hash::{DefaultHasher, Hash, Hasher};

pub use revisions::Revisions;

use crate::document::{Document, Heading, HeadingId};
use crate::history::RevisionFacts;
use crate::naming;
use crate::outline::Outline;
use crate::record::{ChangeLog, FOLLOWED, Followed, LogRow, Reader, log_section, read_log};
use crate::template::{CHECKLIST, FieldKind, Template};

/// The headings of the sections that tell of the document's history, not of what it describes.
pub fn bookkeeping(
    document: &Document,
    outline: &Outline,
    template: &Template,
    log: Option<&ChangeLog>,
) -> Vec<HeadingId> {
    let checklist = outline.section(template, CHECKLIST).and_then(|(_, node)| node.heading);
    let section = log_section(outline, template).and_then(|node| node.heading);
    let at_top = |id: &HeadingId| document.headings[*id].level == outline.base && outline.in_sections.contains(*id);
    let own = log.and_then(|log| log.heading).filter(at_top);
    checklist.into_iter().chain(section).chain(own).collect()
}

/// What makes a hand-written row of the change log another one: its words. One that is planned or yet to be filled in
/// tells of nothing that was done, and has none.
pub fn row_key(row: &LogRow) -> Option<String> {
    let cells = [&row.version, &row.date, &row.author, &row.changes];
    let cells: Vec<&str> = cells.into_iter().map(|cell| cell.as_deref().unwrap_or("")).collect();
    (!row.planned && !row.placeholder).then(|| cells.join("\u{1f}"))
}

/// What counts in one revision of a file that a document includes: which lines it has. What they are is for the
/// document to say.
pub fn included_revision(text: &str) -> RevisionFacts {
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    RevisionFacts {
        content: words_hash(&[text]),
        rows: text.lines().map(line).filter(|line| !line.is_empty()).collect(),
        ..RevisionFacts::default()
    }
}

/// What counts in a text, section by section.
#[derive(Debug, Clone)]
struct Reading {
    version: Option<String>,
    sections: Vec<Section>,
    /// Kind and key of each item.
    items: Vec<(String, String)>,
    rows: Vec<String>,
}

/// A section at the top.
#[derive(Debug, Clone)]
struct Section {
    heading: String,
    name: String,
    /// A hash of all its words.
    words: u64,
    /// A hash of what it says of the system; none where it tells of the document's history.
    content: Option<u64>,
}

impl Reading {
    /// Reads a document in full.
    fn of(reader: Reader<'_>) -> Self {
        Self {
            items: FOLLOWED.iter().flat_map(|kind| items(reader, kind)).collect(),
            ..Self::of_frame(reader)
        }
    }

    /// Reads all but the items.
    fn of_frame(reader: Reader<'_>) -> Self {
        let Reader {
            document,
            outline,
            template,
        } = reader;
        let log = read_log(reader);
        let bookkeeping = bookkeeping(document, outline, template, log.as_ref());
        Self {
            version: version(document, outline, template),
            sections: sections(document, outline, &bookkeeping, log.as_ref()),
            items: Vec::new(),
            rows: log.iter().flat_map(|log| &log.rows).filter_map(row_key).collect(),
        }
    }

    fn into_facts(self) -> RevisionFacts {
        let mut content = DefaultHasher::new();
        for section in &self.sections {
            if let Some(said) = section.content {
                (&section.heading, said).hash(&mut content);
            }
        }
        let sections = self.sections.into_iter().map(|section| (section.name, section.words));
        RevisionFacts {
            version: self.version,
            sections: sections.collect(),
            items: self.items,
            content: content.finish(),
            rows: self.rows,
        }
    }
}

fn sections(
    document: &Document,
    outline: &Outline,
    bookkeeping: &[HeadingId],
    log: Option<&ChangeLog>,
) -> Vec<Section> {
    let source = document.text.as_str();
    let text = |from: usize, to: usize| source.get(from..to).unwrap_or("");
    let footer = outline.footer_start(document).unwrap_or(source.len());
    let headings = outline.in_sections.iter().map(|id| (id, &document.headings[id]));
    let at_top = headings.filter(|(_, heading)| heading.level == outline.base);
    let section = |(id, heading): (HeadingId, &Heading)| {
        let (start, end) = (heading.section.start, heading.section.end.min(footer));
        let words = words_hash(&[text(start, end)]);
        // A change log may stand below a heading that is about something else.
        let log = log.map(|log| log.span);
        let log = log.filter(|log| start <= log.start && log.end <= end);
        let content = || log.map_or(words, |log| words_hash(&[text(start, log.start), text(log.end, end)]));
        Section {
            heading: heading.text.clone(),
            name: naming::normalise(&heading.text),
            words,
            content: (!bookkeeping.contains(&id)).then(content),
        }
    };
    at_top.map(section).collect()
}

/// Kind and key of each item of a kind.
fn items(reader: Reader<'_>, kind: &Followed) -> Vec<(String, String)> {
    let item = |key: String| (kind.name.to_owned(), naming::normalise(&key));
    (kind.keys)(reader).into_iter().map(item).collect()
}

fn version(document: &Document, outline: &Outline, template: &Template) -> Option<String> {
    let mut slots = outline.header.slots.iter().zip(&template.header);
    let (slot, _) = slots.find(|(_, spec)| spec.kind == FieldKind::Version)?;
    Some(document.fields[slot.field?].value.clone())
}

/// A hash of the words of some texts: white space makes no difference.
fn words_hash(texts: &[&str]) -> u64 {
    let mut words = String::with_capacity(texts.iter().map(|text| text.len() + 1).sum());
    for word in texts.iter().flat_map(|text| text.split_whitespace()) {
        words.push_str(word);
        words.push(' ');
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(words.as_bytes());
    hasher.finish()
}
