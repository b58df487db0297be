//! The parts that a text falls into: what stands in front of the first section, and each section up to the next one.
//!
//! A part says the same wherever it stands between others. It must never be one in which something reaches beyond its
//! end, or that another part could change.

use std::sync::Arc;

use super::words_hash;
use crate::document::{Document, Heading, HeadingId, parse};
use crate::ids::Ids;
use crate::markdown::Dialect;
use crate::record::may_hold_log;
use crate::source::{SourceFile, Text};

/// How a section at the top begins.
const MARK: &str = "## ";
/// The level of its heading.
pub(super) const LEVEL: u8 = 2;

/// What stands in front of the first section, or a section up to the next one.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) text: String,
    /// Its headings, each with nothing below it.
    pub(super) bare: String,
    /// How many they are.
    pub(super) headings: usize,
    /// A hash of its words.
    pub(super) words: u64,
    /// Whether anything in it could be read as a change log.
    pub(super) may_hold_log: bool,
}

/// The parts of a text, out of those that are `read` already where it has the same; none where it does not fall into parts.
pub(super) fn cut(text: &str, read: &[Arc<Part>], dialect: Dialect) -> Option<Vec<Arc<Part>>> {
    let mut parts = Vec::with_capacity(read.len() + 1);
    let mut rest = text;
    while !rest.is_empty() || parts.is_empty() {
        let is_first = parts.is_empty();
        let mut read = read.iter().take(if is_first { 1 } else { usize::MAX });
        let part = match read.find(|part| (is_first || !part.text.is_empty()) && part.begins(rest)) {
            Some(part) => Arc::clone(part),
            None => Arc::new(Part::alone(first_part(rest, is_first), dialect)?),
        };
        rest = rest.get(part.text.len()..)?;
        parts.push(part);
    }
    (parts.len() > 1).then_some(parts)
}

/// The parts of a document that was read as a whole; none where it does not fall into parts.
pub(super) fn parts_of(document: &Document) -> Option<Vec<Arc<Part>>> {
    let (headings, text) = (&document.headings, document.text.as_str());
    let sections = headings.ids().iter().filter(|id| headings[*id].level == LEVEL);
    let begins = std::iter::once(None).chain(sections.clone().map(Some));
    let ends = sections.clone().map(Some).chain([None]);
    let part = |(from, to): (Option<HeadingId>, Option<HeadingId>)| {
        let own = from.map_or(headings.ids(), |from| headings.ids().from(from));
        let own = to.map_or(own, |to| own.before(to));
        let start = from.map_or(0, |from| headings[from].span.start);
        let end = to.map_or(text.len(), |to| headings[to].span.start);
        Part::of(document, own, text.get(start..end)?).map(Arc::new)
    };
    let is_closed = document.unclosed.is_empty() && sections.clone().next().is_some();
    is_closed.then(|| begins.zip(ends).map(part).collect()).flatten()
}

impl Part {
    /// None where it is not closed when a heading follows.
    fn alone(text: &str, dialect: Dialect) -> Option<Self> {
        let mut ended = text.to_owned();
        if !(text.is_empty() || text.ends_with('\n')) {
            ended.push('\n');
        }
        let end = ended.len();
        ended.push_str("## End\n");
        let document = parse(Text::of_file(&SourceFile::new("", ended)), dialect);
        let headings = document.headings.ids();
        let last = headings.last()?;
        let is_closed = document.headings[last].span.start == end;
        is_closed
            .then(|| Self::of(&document, headings.before(last), text))
            .flatten()
    }

    /// The part of a document with these headings. None where something in it reaches further, or another section begins
    /// in it.
    fn of(document: &Document, headings: Ids<Heading>, text: &str) -> Option<Self> {
        let own = &document.headings[headings];
        let is_section = text.starts_with(MARK);
        let is_own = |(index, heading): (usize, &Heading)| match is_section {
            true => heading.level > LEVEL || index == 0,
            false => heading.level != LEVEL,
        };
        let matter = ["---", "+++"].iter().any(|fence| text.starts_with(fence)) && document.front_matter.is_none();
        let reaches = matter || !document.definitions.is_empty() || text.contains("[^");
        if reaches || !own.iter().enumerate().all(is_own) {
            return None;
        }
        let bare = |heading: &Heading| format!("{}\n\n", document.text.get(heading.span).trim_end());
        Some(Self {
            text: text.to_owned(),
            bare: own.iter().map(bare).collect(),
            headings: own.len(),
            words: words_hash(&[text]),
            may_hold_log: may_hold_log(document, headings),
        })
    }

    /// Whether `text` begins with it, and another part behind it.
    fn begins(&self, text: &str) -> bool {
        let ends = self.text.is_empty() || self.text.ends_with('\n');
        let behind = text.strip_prefix(self.text.as_str());
        behind.is_some_and(|behind| behind.is_empty() || ends && behind.starts_with(MARK))
    }
}

/// What stands in front of the first section, or the section that `text` begins with.
fn first_part(text: &str, is_first: bool) -> &str {
    if is_first && text.starts_with(MARK) {
        return "";
    }
    let end = text.find("\n## ").map_or(text.len(), |end| end + 1);
    text.get(..end).unwrap_or(text)
}
