//! The host's message `[context, book]`: which chapters it holds, and the answer with the content of some replaced.
//! It must never decode and write again what is not replaced: all other bytes of the book go back as they came.

mod error;
#[cfg(test)]
mod tests;
mod wire;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::value::RawValue;

pub use self::error::EnvelopeError;
use self::error::{MESSAGE, scan_error, utf8};
use self::wire::{Message, Source};
use crate::cores::{Cores, each};
use crate::edit::{Edit, applied, apply};

/// The white space of JSON.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// The host's message, decoded as far as this program needs it and borrowing its text.
#[derive(Debug, Clone)]
pub struct Envelope<'a> {
    source: Source<'a>,
    host: Host,
    chapters: Vec<HostChapter>,
}

/// What the host says besides its chapters.
#[derive(Debug, Clone)]
pub struct Host {
    /// The folder of the book, as the host gives it.
    pub root: PathBuf,
    /// The renderer that the host runs this program for, such as `html`.
    pub renderer: String,
    /// The host's version, such as `0.5.4`.
    pub version: String,
    /// The whole configuration as the host understood it, environment overrides included; null where the host sent none.
    pub config: serde_json::Value,
}

/// What stands in front of the book, where so much of the message is there and is what a host sends.
#[must_use]
pub fn host(start: &[u8]) -> Option<Host> {
    let context = start.trim_ascii_start().strip_prefix(b"[")?;
    let context = serde_json::Deserializer::from_slice(context)
        .into_iter::<&RawValue>()
        .next()?
        .ok()?;
    let found: wire::Context<'_> = serde_json::from_str(context.get()).ok()?;
    let string = |value: Option<&RawValue>| serde_json::from_str::<String>(value?.get()).ok();
    Some(Host {
        root: string(found.root)?.into(),
        renderer: string(found.renderer)?,
        version: string(found.mdbook_version)?,
        config: serde_json::from_str(found.config.unwrap_or(RawValue::NULL).get()).ok()?,
    })
}

/// The texts of chapters by their indexes in [`Envelope::chapters`].
pub type FileTexts = BTreeMap<usize, Arc<String>>;

/// One chapter of the host's book, a draft as well as a written one.
#[derive(Debug, Clone)]
pub struct HostChapter {
    /// The name in the summary, without its number.
    pub name: String,
    /// The path of the page below the source folder, as earlier preprocessors left it; none for a draft.
    pub path: Option<String>,
    /// The path of the file below the source folder; none for a draft and for a chapter without a file.
    pub source_path: Option<String>,
    /// The Markdown, as earlier preprocessors left it.
    pub content: Arc<String>,
    /// How many chapters enclose this one; 0 at the top level.
    pub depth: usize,
    /// The bytes of the message that are the JSON string of `content`, quotes included.
    raw: Range<usize>,
}

/// What becomes of a chapter's content.
#[derive(Debug)]
pub enum Change {
    /// It gives way to another one.
    Text(String),
    /// It is edited.
    Edits(Vec<Edit>),
}

impl Change {
    /// The text that `content` becomes.
    pub fn of(self, content: &str) -> String {
        match self {
            Self::Text(text) => text,
            Self::Edits(edits) => apply(content, &edits).0,
        }
    }
}

impl HostChapter {
    /// What stands for which bytes of the message after a change, in their order; `message` is all of it.
    fn replaced(&self, change: Change, message: &str) -> Option<Vec<(Range<usize>, String)>> {
        let edits = match change {
            Change::Text(text) if *self.content == text => return None,
            // Writing a string to memory does not fail; if it did, the author's text would stand.
            Change::Text(text) => return Some(vec![(self.raw.clone(), serde_json::to_string(&text).ok()?)]),
            Change::Edits(edits) => edits,
        };
        let mut walk = Walk {
            json: message.get(self.raw.clone())?.strip_prefix('"')?,
            at: 0,
            text: 0,
        };
        let start = self.raw.start + 1;
        let replacement = |edit: &Edit| {
            let quoted = serde_json::to_string(&edit.text).ok()?;
            let bare = quoted.strip_prefix('"')?.strip_suffix('"')?;
            let (from, to) = (walk.place(edit.span.start)?, walk.place(edit.span.end)?);
            Some((start + from..start + to, bare.to_owned()))
        };
        let (applied, _) = applied(&self.content, &edits);
        applied.into_iter().map(replacement).collect()
    }
}

/// A way through a JSON string, beside the text that it is.
struct Walk<'m> {
    /// What stands behind its first quote.
    json: &'m str,
    /// How far the way has come in it, in bytes.
    at: usize,
    /// How many bytes of the text that is.
    text: usize,
}

impl Walk<'_> {
    /// Where the byte at `offset` of the text stands, which is no longer passed.
    fn place(&mut self, offset: usize) -> Option<usize> {
        while self.text < offset {
            let rest = self.json.get(self.at..)?;
            let plain = rest.find('\\').unwrap_or(rest.len()).min(offset - self.text);
            let (json, text) = if plain > 0 { (plain, plain) } else { escape(rest)? };
            self.at += json;
            self.text += text;
        }
        Some(self.at)
    }
}

/// How long the escape is that a part of a JSON string begins with, and how long what it stands for. A character beyond
/// the first 65,536 takes two.
fn escape(json: &str) -> Option<(usize, usize)> {
    let mut lengths = [2, 6, 12].into_iter();
    lengths.find_map(|length| {
        let quoted = format!("\"{}\"", json.get(..length)?);
        let text: String = serde_json::from_str(&quoted).ok()?;
        Some((length, text.len()))
    })
}

impl<'a> Envelope<'a> {
    /// Reads the message that the host writes to standard input.
    ///
    /// # Errors
    ///
    /// The input is not a whole message, or lacks what every host sends: see [`EnvelopeError`].
    pub fn decode(input: &'a [u8]) -> Result<Self, EnvelopeError> {
        Self::decode_beside(input, &FileTexts::new())
    }

    /// Reads the message. The content of a chapter that is its text `on_disk` is held there, and not once more.
    ///
    /// # Errors
    ///
    /// As [`Envelope::decode`].
    pub fn decode_beside(input: &'a [u8], on_disk: &FileTexts) -> Result<Self, EnvelopeError> {
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
        let chapters = source.chapters(items, on_disk)?;
        let host = Host {
            root: member("root", found.root)?.into(),
            renderer: member("renderer", found.renderer)?,
            version: member("mdbook_version", found.mdbook_version)?,
            config: found
                .config
                .map_or(Ok(serde_json::Value::Null), |config| source.config(config))?,
        };
        Ok(Self { source, host, chapters })
    }

    /// What the host says besides its chapters.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Every chapter in the order of the book, drafts included.
    #[must_use]
    pub fn chapters(&self) -> &[HostChapter] {
        &self.chapters
    }

    /// The book that the host expects on standard output, in pieces: its own bytes, but for the chapters that change.
    /// `change` is asked for each by its index in [`Envelope::chapters`] and its content.
    #[must_use]
    pub fn encode(self, change: impl Fn(usize, &str) -> Option<Change> + Sync) -> Vec<Cow<'a, [u8]>> {
        let Self { source, chapters, .. } = self;
        // Each chapter is gone once it has its answer: a book is in memory twice as it is.
        let chapters = chapters.into_iter().enumerate().collect();
        let replaced = each(&Cores::all(), chapters, |(index, chapter)| {
            chapter.replaced(change(index, &chapter.content)?, source.text)
        });
        let mut replaced: Vec<(Range<usize>, String)> = replaced.into_iter().flatten().flatten().collect();
        // A host may write `sub_items` before `content`: the order of chapters is not that of bytes.
        // Two insertions in one place stay in their order.
        replaced.sort_by_key(|(raw, _)| raw.start);
        let Range { start, end } = source.book;
        let mut pieces = Vec::with_capacity(2 * replaced.len() + 1);
        let mut done = start;
        for (raw, text) in replaced {
            pieces.push(Cow::Borrowed(source.bytes(done..raw.start)));
            pieces.push(Cow::Owned(text.into_bytes()));
            done = raw.end;
        }
        pieces.push(Cow::Borrowed(source.bytes(done..end)));
        pieces
    }
}
