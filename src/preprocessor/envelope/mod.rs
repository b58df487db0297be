//! The host's message `[context, book]`: which chapters it holds, and the answer with the content of some replaced.
//! It must never decode and write again what is not replaced: all other bytes of the book go back as they came.

mod error;
#[cfg(test)]
mod tests;
mod wire;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

pub use self::error::EnvelopeError;
use self::error::{MESSAGE, scan_error, split, utf8};
use self::wire::{Message, Source};
use crate::cores::each;

/// The white space of JSON.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// The host's message, decoded as far as this program needs it and borrowing its text.
#[derive(Debug)]
pub struct Envelope<'a> {
    source: Source<'a>,
    root: String,
    renderer: String,
    mdbook_version: String,
    config: &'a RawValue,
    chapters: Vec<HostChapter>,
}

/// One chapter of the host's book, a draft as well as a written one.
#[derive(Debug)]
pub struct HostChapter {
    /// The name in the summary, without its number.
    pub name: String,
    /// The path of the page below the source folder, as earlier preprocessors left it; none for a draft.
    pub path: Option<String>,
    /// The path of the file below the source folder; none for a draft and for a chapter without a file.
    pub source_path: Option<String>,
    /// The Markdown, as earlier preprocessors left it.
    pub content: String,
    /// How many chapters enclose this one; 0 at the top level.
    pub depth: usize,
    /// The index in [`Envelope::chapters`] of the chapter that encloses this one.
    #[allow(dead_code, reason = "the tree is whole; who asks for depth alone need not know")]
    pub parent: Option<usize>,
    /// The bytes of the message that are the JSON string of `content`, quotes included.
    raw: Range<usize>,
}
impl<'a> Envelope<'a> {
    /// Reads the message that the host writes to standard input.
    ///
    /// # Errors
    ///
    /// The input is not a whole message, or lacks what every host sends: see [`EnvelopeError`].
    pub fn decode(input: &'a [u8]) -> Result<Self, EnvelopeError> {
        let text = utf8(input)?;
        if text.trim_matches(SPACE).is_empty() {
            return Err(EnvelopeError::Empty);
        }
        let Message { context, book } = serde_json::from_str(text).map_err(|error| scan_error(text, &error))?;
        let source = Source::new(text, Some(context));
        let found = source.context(context)?;
        let Some(items) = book.items.or(book.sections) else {
            let why = "expected `items` (mdBook 0.5) or `sections` (mdBook 0.4) in the book, found neither";
            return Err(source.malformed(MESSAGE, source.book.start, why));
        };
        let near = source.range(context).start;
        let member = |name, value| source.string(|| format!("`{name}` of mdBook's context"), value, near);
        let chapters = source.chapters(items)?;
        Ok(Self {
            root: member("root", found.root)?,
            renderer: member("renderer", found.renderer)?,
            mdbook_version: member("mdbook_version", found.mdbook_version)?,
            config: found.config.unwrap_or(RawValue::NULL),
            chapters,
            source,
        })
    }

    /// The folder of the book, as the host gives it.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The renderer that the host runs this program for, such as `html`.
    #[must_use]
    pub fn renderer(&self) -> &str {
        &self.renderer
    }

    /// The host's version, such as `0.5.4`.
    #[must_use]
    pub fn mdbook_version(&self) -> &str {
        &self.mdbook_version
    }

    /// The whole `book.toml` as the host understood it, environment overrides included; null where the host sent none.
    ///
    /// # Errors
    ///
    /// A value in it cannot be decoded.
    pub fn config(&self) -> Result<serde_json::Value, EnvelopeError> {
        serde_json::from_str(self.config.get()).map_err(|error| {
            let byte = self.source.range(self.config).start;
            let subject = "`config` of mdBook's context";
            self.source.malformed(subject, byte, &split(&error).0)
        })
    }

    /// The folder of the sources below [`Envelope::root`]: `book.src`, which hosts leave out when it is `src`.
    #[must_use]
    #[allow(dead_code, reason = "said once more in the configuration; the tests hold both alike")]
    pub fn src(&self) -> String {
        let config = self.config().unwrap_or_default();
        let src = config.pointer("/book/src").and_then(|src| src.as_str());
        src.unwrap_or("src").to_owned()
    }

    /// Every chapter in the order of the book, drafts included.
    #[must_use]
    pub fn chapters(&self) -> &[HostChapter] {
        &self.chapters
    }

    /// The book that the host expects on standard output: its own bytes, but for the chapters whose index in
    /// [`Envelope::chapters`] is a key of `replacements`. Where the text is what the chapter has, or no chapter
    /// has the index, nothing changes.
    #[must_use]
    pub fn encode(&self, replacements: &BTreeMap<usize, String>) -> Vec<u8> {
        let mut edits: Vec<(Range<usize>, &str)> = replacements
            .iter()
            .filter_map(|(&index, text)| Some((self.chapters.get(index)?, text)))
            .filter(|(chapter, text)| chapter.content != **text)
            .map(|(chapter, text)| (chapter.raw.clone(), text.as_str()))
            .collect();
        // A host may write `sub_items` before `content`: the order of chapters is not that of bytes.
        edits.sort_unstable_by_key(|(raw, _)| raw.start);
        let Range { start, end } = self.source.book;
        // Writing a string to memory does not fail; if it did, the author's text would stand.
        let edits = each(edits, |(raw, text)| {
            // As much as the text takes, with its quotes and line ends.
            let mut quoted = Vec::with_capacity(text.len() + text.len() / 16);
            if serde_json::to_writer(&mut quoted, text).is_err() {
                quoted = self.source.bytes(raw.clone()).to_vec();
            }
            (raw, quoted)
        });
        let mut parts = Vec::with_capacity(2 * edits.len() + 1);
        let mut done = start;
        for (raw, quoted) in edits {
            parts.push(Cow::Borrowed(self.source.bytes(done..raw.start)));
            parts.push(Cow::Owned(quoted));
            done = raw.end;
        }
        parts.push(Cow::Borrowed(self.source.bytes(done..end)));
        joined(parts)
    }
}

/// The parts, one behind the other. A book is large: each core puts its share of them in their places.
fn joined(parts: Vec<Cow<'_, [u8]>>) -> Vec<u8> {
    let mut out = vec![0; parts.iter().map(|part| part.len()).sum()];
    let mut rest = out.as_mut_slice();
    let mut placed = Vec::with_capacity(parts.len());
    for part in parts {
        let (place, behind) = rest.split_at_mut(part.len());
        placed.push((place, part));
        rest = behind;
    }
    each(placed, |(place, part)| place.copy_from_slice(&part));
    out
}
