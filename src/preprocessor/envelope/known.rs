//! Texts that are known before they are decoded: nearly all chapters are what their files say.
//!
//! It must never take a string for a text's that `serde_json` would write otherwise: only then do edits of the text, made
//! in the string, give the very bytes that the edited text would.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::{Deref, Range};
use std::sync::{Arc, LazyLock};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::edit::{Edit, applied};
use crate::source::SourceFile;

/// What a chapter's content is likely to be, by the chapter's index.
pub type Known = BTreeMap<usize, Likely>;

/// What a content is likely to be.
#[derive(Debug)]
pub struct Likely {
    /// The file that holds the text.
    pub file: Arc<SourceFile>,
    /// Where in the text edits begin and end, in order.
    pub ends: Vec<usize>,
}

/// The Markdown of a chapter.
#[derive(Debug, Clone)]
pub enum Content {
    /// Taken out of its quotes.
    Decoded(String),
    /// The text of a file; with offsets in it, and how far behind the string's first quote each stands.
    Known(Arc<SourceFile>, Vec<(usize, usize)>),
}

impl Deref for Content {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Decoded(text) => text,
            Self::Known(file, _) => file.text(),
        }
    }
}

impl Content {
    /// The content that the JSON string `raw` is, if it is the text that it is likely to be.
    pub(super) fn known(raw: &str, likely: &Likely) -> Option<Self> {
        let text = likely.file.text().as_bytes();
        let mut rest = Rest(raw.strip_prefix('"')?.strip_suffix('"')?.as_bytes());
        let all = rest.0.len();
        let mut done = 0;
        let mut places = Vec::with_capacity(likely.ends.len());
        for end in &likely.ends {
            rest.pass(text.get(done..*end)?)?;
            places.push((*end, all - rest.0.len()));
            done = *end;
        }
        rest.pass(text.get(done..)?)?;
        rest.0.is_empty().then(|| Self::Known(Arc::clone(&likely.file), places))
    }

    /// Edits of the text as replacements in its JSON string, relative to the string's start; none where one of them ends
    /// where nobody expected it.
    pub(super) fn spliced(&self, edits: &[Edit]) -> Option<Vec<(Range<usize>, Vec<u8>)>> {
        let Self::Known(file, places) = self else {
            return None;
        };
        let place = |offset: usize| {
            let at = places.binary_search_by_key(&offset, |(known, _)| *known).ok()?;
            Some(places.get(at)?.1 + 1)
        };
        let (applied, _) = applied(file.text(), edits);
        let splice = |edit: &Edit| {
            let mut quoted = Vec::with_capacity(edit.text.len() + edit.text.len() / 16);
            write_bare(&mut quoted, &edit.text).ok()?;
            Some((place(edit.span.start)?..place(edit.span.end)?, quoted))
        };
        applied.into_iter().map(splice).collect()
    }
}

/// Writes a text as it stands between the quotes of a JSON string.
fn write_bare(to: impl Write, text: &str) -> serde_json::Result<()> {
    struct Bare;
    impl Formatter for Bare {
        fn begin_string<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
            Ok(())
        }

        fn end_string<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
            Ok(())
        }
    }
    text.serialize(&mut Serializer::with_formatter(to, Bare))
}

/// What `serde_json` writes for each character of ASCII.
static ASCII: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let written = |byte: u8| {
        let mut written = Vec::new();
        // Writing to memory does not fail.
        let _ = write_bare(&mut written, char::from(byte).encode_utf8(&mut [0; 4]));
        written
    };
    (0..128).map(written).collect()
});

/// What is left of a JSON string, without its quotes, while it is compared with a text.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Passes over `text` as `serde_json` writes it; none where something else stands there.
    fn pass(&mut self, mut text: &[u8]) -> Option<()> {
        loop {
            // Up to the next escape, a string holds nothing that has to be one.
            let both = self.0.iter().zip(text);
            let plain = both.take_while(|(a, b)| a == b && **a != b'\\').count();
            self.0 = self.0.get(plain..)?;
            text = text.get(plain..)?;
            let Some((byte, behind)) = text.split_first() else {
                return Some(());
            };
            self.0 = self.0.strip_prefix(ASCII.get(usize::from(*byte))?.as_slice())?;
            text = behind;
        }
    }
}
