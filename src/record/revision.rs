//! What of a text counts for its history: which sections it has, which version it says it is, what it lists.
//!
//! Two texts whose facts are alike say the same, whatever their white space.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::change_log::{ChangeLog, LogRow, ReadAll};
use super::{FOLLOWED, Followed, Reader, change_log};
use crate::document::{Document, Heading};
use crate::history::RevisionFacts;
use crate::naming;
use crate::outline::{Outline, Sections};
use crate::source::Span;
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

/// A revision and the sections that it is made of.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) facts: RevisionFacts,
    /// As many as the facts have sections; none where the text does not fall into its sections.
    pub(super) parts: Vec<Part>,
    /// The levels and texts of its headings.
    pub(super) headings: Vec<(u8, String)>,
    /// Which of its headings is which section.
    pub(super) sections: Sections,
}

/// A section of a revision, up to where the next one begins.
#[derive(Debug)]
pub(super) struct Part {
    /// Where its heading begins.
    pub(super) start: usize,
    heading: String,
    /// Its headings, its own first.
    pub(super) headings: Range<usize>,
    /// Where each of them begins, from the start of the section.
    pub(super) heads: Vec<usize>,
    /// A hash of what it says of the system; none where it tells of the document's history.
    pub(super) said: Option<u64>,
    /// What is read out of it.
    pub(super) feeds: Feeds,
    /// Its headings as they are written, each with nothing below it but an empty line.
    pub(super) bare: Vec<String>,
}

/// What is read out of a section, beside the hash of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Feeds {
    /// Items of these kinds, in the order of [`FOLLOWED`].
    pub(super) items: [bool; 3],
    /// The change log, or what could be taken for one.
    pub(super) log: bool,
    /// What tells where the header ends and the footer begins.
    pub(super) frame: bool,
}

impl Feeds {
    const ALL: Self = Self {
        items: [true; 3],
        log: true,
        frame: true,
    };

    /// Whether it is nothing at all.
    pub(super) fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// With what `other` feeds.
    pub(super) fn and(self, other: Self) -> Self {
        let [decisions, limitations, components] = other.items;
        Self {
            items: [
                self.items[0] || decisions,
                self.items[1] || limitations,
                self.items[2] || components,
            ],
            log: self.log || other.log,
            frame: self.frame || other.frame,
        }
    }

    /// Whether both feed the same.
    pub(super) fn meets(self, other: Self) -> bool {
        self.log && other.log
            || self.frame && other.frame
            || self.items.iter().zip(other.items).any(|(own, other)| *own && other)
    }
}

impl Part {
    pub(super) fn hash_into(&self, content: &mut DefaultHasher) {
        if let Some(said) = self.said {
            (&self.heading, said).hash(content);
        }
    }
}

/// Reads what counts out of one revision of a document.
pub(super) fn read(document: &Document, outline: &Outline, template: &Template) -> Read {
    let reader = Reader {
        document,
        outline,
        template,
    };
    let ReadAll { log, candidates, named } = change_log::read_all(document, outline, template);
    let feeders = Feeders::of(reader, candidates, named);
    let bookkeeping = bookkeeping(document, outline, template, log.as_ref());
    let footer = document
        .blocks
        .get(outline.footer_at)
        .map_or(document.text.as_str().len(), |block| block.span.start);
    let text = |from: usize, to: usize| document.text.as_str().get(from..to).unwrap_or("");
    let mut content = DefaultHasher::new();
    let mut sections = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for (index, heading) in document.headings.iter().enumerate() {
        if heading.level != outline.base || index < outline.first_section {
            continue;
        }
        let (start, end) = (heading.section.start, heading.section.end.min(footer));
        let hash = words_hash(&[text(start, end)]);
        // A change log may stand below a heading that is about something else.
        let within = log
            .as_ref()
            .map(|log| log.span)
            .filter(|log| start <= log.start && log.end <= end);
        let said = || within.map_or(hash, |log| words_hash(&[text(start, log.start), text(log.end, end)]));
        let own = inside(document, outline, index);
        let part = Part {
            start,
            heading: heading.text.clone(),
            said: (!bookkeeping.contains(&index)).then(said),
            feeds: feeders.feeds(reader, &own),
            heads: headings(document, &own).map(|one| one.span.start - start).collect(),
            bare: headings(document, &own).map(|one| bare(document, one)).collect(),
            headings: own,
        };
        part.hash_into(&mut content);
        parts.push(part);
        sections.push((naming::normalise(&heading.text), hash));
    }
    if !is_divided(document, outline) {
        parts.clear();
    }
    let facts = RevisionFacts {
        version: version(document, outline, template),
        sections,
        items: FOLLOWED.iter().flat_map(|kind| items(reader, kind)).collect(),
        content: content.finish(),
        rows: log.iter().flat_map(|log| &log.rows).filter_map(row_key).collect(),
    };
    let headings = document.headings.iter();
    Read {
        facts,
        parts,
        headings: headings.map(|heading| (heading.level, heading.text.clone())).collect(),
        sections: outline.sections(),
    }
}

/// Whether a text falls into its sections: nothing in one of them says how another is read.
fn is_divided(document: &Document, outline: &Outline) -> bool {
    let text = document.text.as_str();
    let open = document.front_matter.is_none() && (text.starts_with("---") || text.starts_with("+++"));
    // At level 1 a section could be taken for the title. A definition and a footnote reach everywhere.
    outline.base > 1 && !open && document.definitions.is_empty() && !text.contains("[^")
}

/// The headings of the section at `index`, its own first.
fn inside(document: &Document, outline: &Outline, index: usize) -> Range<usize> {
    let behind = document.headings.get(index + 1..).unwrap_or(&[]);
    let below = behind.iter().take_while(|below| below.level > outline.base).count();
    index..index + 1 + below
}

fn headings<'d>(document: &'d Document, own: &Range<usize>) -> impl Iterator<Item = &'d Heading> {
    document.headings.get(own.clone()).unwrap_or(&[]).iter()
}

fn bare(document: &Document, heading: &Heading) -> String {
    format!("{}\n\n", document.text.get(heading.span).trim_end())
}

/// Where what is read out of sections stands, beside the hash of their words.
struct Feeders {
    /// The headings of the sections that hold items, for each kind.
    items: [Vec<Range<usize>>; 3],
    /// Everything that could be read as a change log.
    candidates: Vec<Span>,
    /// The headings that say that a change log follows.
    named: Vec<usize>,
    /// Whether the first heading is a title, and what it says holds for the text directly below it alone: it is not the
    /// name of a change log.
    title: bool,
    /// Whether fields in the first section can turn its heading into a subtitle.
    subtitle: bool,
}

impl Feeders {
    fn of(reader: Reader<'_>, candidates: Vec<Span>, named: Vec<usize>) -> Self {
        let Reader {
            document,
            outline,
            template,
        } = reader;
        let of_kind = |path: &str| {
            let nodes = outline.nodes.iter().filter(|node| {
                let rest = node.spec(template).id.strip_prefix(path);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            nodes.map(|node| node.region.clone()).collect()
        };
        let first = template.tops_named(outline.names.heading(outline.first_section));
        Self {
            items: [0, 1, 2].map(|at| FOLLOWED.get(at).map_or_else(Vec::new, |kind| of_kind(kind.path))),
            candidates,
            named,
            title: document.title().is_some() && !change_log::is_log_name(outline.names.heading(0)),
            subtitle: !first.iter().any(|top| top.exact),
        }
    }

    /// What is read out of the section with these headings.
    fn feeds(&self, reader: Reader<'_>, own: &Range<usize>) -> Feeds {
        let (document, outline) = (reader.document, reader.outline);
        let Some(heading) = document.headings.get(own.start) else {
            return Feeds::ALL;
        };
        let next = document.headings.get(own.end);
        let below_title = heading.parent.is_none_or(|parent| parent == 0 && self.title);
        if !below_title || next.is_some_and(|next| next.level != outline.base) {
            return Feeds::ALL;
        }
        let meets = |region: &Range<usize>| region.start < own.end && own.start < region.end;
        let section = heading.section;
        let is_in = |log: &Span| log.start < section.end && section.start < log.end;
        Feeds {
            items: self.items.each_ref().map(|regions| regions.iter().any(meets)),
            log: self.named.iter().any(|heading| own.contains(heading)) || self.candidates.iter().any(is_in),
            frame: own.start <= outline.first_section && self.subtitle || next.is_none(),
        }
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
    Some(document.fields.get(slot.field?)?.value.clone())
}

/// The items of a kind: the kind, and the key.
pub(super) fn items(reader: Reader<'_>, kind: &Followed) -> Vec<(String, String)> {
    let texts = (kind.keys)(reader);
    let item = |text: &String| (kind.name.to_owned(), naming::normalise(text));
    texts.iter().map(item).collect()
}

/// What makes a hand-written row of the change log another one: its words. One that is planned or yet to be filled in
/// tells of nothing that was done, and has none.
pub fn row_key(row: &LogRow) -> Option<String> {
    let cells = [&row.version, &row.date, &row.author, &row.changes];
    let cells: Vec<&str> = cells.into_iter().map(|cell| cell.as_deref().unwrap_or("")).collect();
    (!row.planned && !row.placeholder).then(|| cells.join("\u{1f}"))
}
