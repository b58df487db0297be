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
pub type LikelyContents = BTreeMap<usize, Likely>;

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
        let text = likely.file.text();
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

/// How many bytes two texts begin with alike. Eight are compared at once, as long as that goes.
fn alike(one: &[u8], other: &[u8]) -> usize {
    let eight = |text: &[u8], at: usize| text.get(at..)?.first_chunk().copied().map(u64::from_ne_bytes);
    let mut done = 0;
    while let (Some(a), Some(b)) = (eight(one, done), eight(other, done)) {
        if a != b {
            break;
        }
        done += 8;
    }
    let (one, other) = (one.get(done..), other.get(done..));
    let rest = one.unwrap_or_default().iter().zip(other.unwrap_or_default());
    done + rest.take_while(|(a, b)| a == b).count()
}

impl Rest<'_> {
    /// Passes over `text` as `serde_json` writes it; none where something else stands there.
    fn pass(&mut self, text: &str) -> Option<()> {
        for (index, part) in text.split('\\').enumerate() {
            if index > 0 {
                self.pass_one(b'\\')?;
            }
            self.pass_part(part.as_bytes())?;
        }
        Some(())
    }

    /// Passes over a part without a backslash, so that it differs from the string at each escape; what is the same needs
    /// none.
    fn pass_part(&mut self, mut part: &[u8]) -> Option<()> {
        loop {
            let same = alike(self.0, part);
            self.0 = self.0.get(same..)?;
            let (byte, behind) = match part.get(same..)?.split_first() {
                None => return Some(()),
                Some(split) => split,
            };
            self.pass_one(*byte)?;
            part = behind;
        }
    }

    fn pass_one(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(ASCII.get(usize::from(byte))?.as_slice())?;
        Some(())
    }
}
