//! What of a text counts for its history: which sections it has, which version it says it is, what it lists.
//!
//! Two texts whose facts are alike say the same, whatever their white space.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::change_log::{ChangeLog, LogRow};
use super::{FOLLOWED, Reader, change_log};
use crate::document::{Document, HeadingId};
use crate::history::RevisionFacts;
use crate::naming;
use crate::outline::Outline;
use crate::template::{CHECKLIST, FieldKind, Template};

/// The headings of the sections that tell of the document's history, not of what it describes.
pub fn bookkeeping(
    document: &Document,
    outline: &Outline,
    template: &Template,
    log: Option<&ChangeLog>,
) -> Vec<HeadingId> {
    let checklist = outline.section(template, CHECKLIST).and_then(|(_, node)| node.heading);
    let section = change_log::section(outline, template).and_then(|node| node.heading);
    let at_top = |id: &HeadingId| document.headings[*id].level == outline.base && outline.in_sections.contains(*id);
    let own = log.and_then(|log| log.heading).filter(at_top);
    checklist.into_iter().chain(section).chain(own).collect()
}

/// Reads what counts out of one revision of a document.
pub(super) fn read(document: &Document, outline: &Outline, template: &Template) -> RevisionFacts {
    let reader = Reader {
        document,
        outline,
        template,
    };
    let log = change_log::read(reader);
    let item = |kind: &'static str| move |key: String| (kind.to_owned(), naming::normalise(&key));
    let items = FOLLOWED
        .iter()
        .flat_map(|kind| (kind.keys)(reader).into_iter().map(item(kind.name)));
    let bookkeeping = bookkeeping(document, outline, template, log.as_ref());
    let source = document.text.as_str();
    let footer = outline.footer_start(document).unwrap_or(source.len());
    let text = |from: usize, to: usize| source.get(from..to).unwrap_or("");
    let mut content = DefaultHasher::new();
    let mut sections = Vec::new();
    for id in outline.in_sections {
        let heading = &document.headings[id];
        if heading.level != outline.base {
            continue;
        }
        let (start, end) = (heading.section.start, heading.section.end.min(footer));
        let hash = words_hash(&[text(start, end)]);
        // A change log may stand below a heading that is about something else.
        let log = log.as_ref().map(|log| log.span);
        let log = log.filter(|log| start <= log.start && log.end <= end);
        if !bookkeeping.contains(&id) {
            let said = log.map_or(hash, |log| words_hash(&[text(start, log.start), text(log.end, end)]));
            (&heading.text, said).hash(&mut content);
        }
        sections.push((naming::normalise(&heading.text), hash));
    }
    RevisionFacts {
        version: version(document, outline, template),
        sections,
        items: items.collect(),
        content: content.finish(),
        rows: log.iter().flat_map(|log| &log.rows).filter_map(row_key).collect(),
    }
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

/// A hash of the words of some texts: white space makes no difference.
pub(super) fn words_hash(texts: &[&str]) -> u64 {
    let mut words = String::with_capacity(texts.iter().map(|text| text.len() + 1).sum());
    let mut add = |word: &str| {
        words.push_str(word);
        words.push(' ');
    };
    for line in texts.iter().flat_map(|text| text.split('\n')).map(str::trim) {
        if is_spaced_once(line) {
            add(line);
        } else {
            line.split_whitespace().for_each(&mut add);
        }
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(words.as_bytes());
    hasher.finish()
}

/// Whether a line, which has no white space at its ends, is sure to have none in it but single blanks.
fn is_spaced_once(line: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~');
    !line.is_empty() && line.bytes().fold(true, |all, byte| all & plain(byte)) && !line.contains("  ")
}

fn version(document: &Document, outline: &Outline, template: &Template) -> Option<String> {
    let mut slots = outline.header.slots.iter().zip(&template.header);
    let (slot, _) = slots.find(|(_, spec)| spec.kind == FieldKind::Version)?;
    Some(document.fields[slot.field?].value.clone())
}

/// What makes a hand-written row of the change log another one: its words. One that is planned or yet to be filled in
/// tells of nothing that was done, and has none.
pub fn row_key(row: &LogRow) -> Option<String> {
    let cells = [&row.version, &row.date, &row.author, &row.changes];
    let cells: Vec<&str> = cells.into_iter().map(|cell| cell.as_deref().unwrap_or("")).collect();
    (!row.planned && !row.placeholder).then(|| cells.join("\u{1f}"))
}
