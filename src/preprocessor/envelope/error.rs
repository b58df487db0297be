//! What is wrong with a message, where, and what to do about it: one line each.
//! It must never say more of the message than fits on that line.

use std::fmt;

use serde_json::error::Category;
use serde_json::value::RawValue;

use super::wire::{Context, Source};
use super::{Envelope, SPACE};

/// How many levels of chapters the host's JSON reader can take: one level is three of JSON, and it allows 127.
pub(super) const MAX_LEVELS: usize = 41;

pub(super) const BY_HAND: &str = "this program is run by mdBook; to check a book by hand type `mdbook-archdoc check`";
pub(super) const MESSAGE: &str = "mdBook's message";

/// Why the host's message could not be read. Each is one line that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Nothing, or only white space.
    #[error("expected mdBook's message on standard input, found nothing; {BY_HAND}")]
    Empty,
    /// Bytes that are not UTF-8.
    #[error("mdBook's message at {place}: expected UTF-8, found another encoding; {BY_HAND}")]
    NotUtf8 { place: Place },
    /// The input ends before the message does; `byte` is the length of the input.
    #[error(
        "mdBook's message ends in the middle (byte {byte}): expected the rest of `[context, book]`, found the \
         end of the input; {}",
        match host {
            Some(version) => format!("mdBook {version} stopped while it wrote, its own messages say why"),
            None => BY_HAND.to_owned(),
        }
    )]
    Truncated { byte: usize, host: Option<String> },
    /// Chapters in chapters, deeper than a host can read back.
    #[error(
        "mdBook's message at {place}: expected at most {MAX_LEVELS} levels of chapters, found more; mdBook cannot \
         read such a book back from any preprocessor: move chapters up in `SUMMARY.md`"
    )]
    TooDeep { place: Place },
    /// Not JSON, or JSON of another shape; `subject` is what is wrong, the message or a named member of it.
    #[error("{subject} at {place}: {why}; {}", cure(.host.as_deref()))]
    Malformed {
        subject: String,
        place: Place,
        why: String,
        /// The version of the host, where the message got that far.
        host: Option<String>,
    },
}

/// A place in the message: the byte counts from 0, line and column (in characters) from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub byte: usize,
    pub line: usize,
    pub column: usize,
}

pub(super) fn utf8(input: &[u8]) -> Result<&str, EnvelopeError> {
    std::str::from_utf8(input).map_err(|error| {
        let (valid, _) = input.split_at(error.valid_up_to());
        match Envelope::decode(valid) {
            // The last character is cut off because the message is.
            Err(EnvelopeError::Truncated { host, .. }) if error.error_len().is_none() => {
                let byte = input.len();
                EnvelopeError::Truncated { byte, host }
            }
            _ => EnvelopeError::NotUtf8 {
                place: Place::at(input, valid.len()),
            },
        }
    })
}

/// What went wrong while the message was scanned.
pub(super) fn scan_error(text: &str, error: &serde_json::Error) -> EnvelopeError {
    let rest = text.trim_start_matches(SPACE).strip_prefix('[').unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
    let context = values.next().and_then(Result::ok);
    let source = Source::new(text, context);
    let (why, column) = split(error);
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let byte = lines.map(str::len).sum::<usize>() + column;
    match error.classify() {
        Category::Eof => EnvelopeError::Truncated {
            byte: text.len(),
            host: source.host,
        },
        // The library has no category for it, only this text.
        _ if why.starts_with("recursion limit") => EnvelopeError::TooDeep {
            place: Place::at(text.as_bytes(), byte),
        },
        Category::Data => source.malformed(MESSAGE, byte, &why),
        Category::Syntax | Category::Io => source.malformed(MESSAGE, byte, &format!("not JSON ({why})")),
    }
}

pub(super) fn host_version(context: &RawValue) -> Option<String> {
    let context: Context<'_> = serde_json::from_str(context.get()).ok()?;
    let version: String = serde_json::from_str(context.mdbook_version?.get()).ok()?;
    Some(one_line(&version))
}

/// What the library says, the expected before the found; and how many bytes of the line stand before the place.
pub(super) fn split(error: &serde_json::Error) -> (String, usize) {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let why = text.strip_suffix(&position).unwrap_or(&text);
    let types = why
        .strip_prefix("invalid type: ")
        .and_then(|rest| rest.rsplit_once(", expected "));
    let why = match types {
        Some((found, expected)) => {
            let json = |name| match name {
                "map" | "a map" => "an object",
                "sequence" | "a sequence" => "an array",
                other => other,
            };
            &format!("expected {}, found {}", json(expected), json(found))
        }
        None => why,
    };
    (one_line(why), error.column().saturating_sub(1))
}

/// Text of the message within one of ours: on one line, and of a long one the two ends.
pub(super) fn one_line(text: &str) -> String {
    let length = text.chars().count();
    let shorter = text.chars().enumerate().filter_map(|(at, c)| match at {
        _ if at < 60 || at + 100 >= length => Some(if c.is_control() { ' ' } else { c }),
        60 => Some('…'),
        _ => None,
    });
    shorter.collect()
}

fn cure(host: Option<&str>) -> String {
    match host {
        Some(version) if version.starts_with("0.4.") || version.starts_with("0.5.") => {
            format!("mdBook {version} sent what it should not: please report this")
        }
        Some(version) => {
            format!("sent by mdBook {version}, but this version of mdbook-archdoc knows 0.4 and 0.5: update it")
        }
        None => BY_HAND.to_owned(),
    }
}

impl Place {
    pub(super) fn at(input: &[u8], byte: usize) -> Self {
        let before = input.get(..byte).unwrap_or(input);
        let mut lines = before.rsplit(|&b| b == b'\n');
        // Continuation bytes of UTF-8 belong to the character that began before them.
        let line = lines.next().unwrap_or_default().iter();
        Self {
            byte: before.len(),
            column: line.filter(|&&b| b & 0xC0 != 0x80).count() + 1,
            line: lines.count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { byte, line, column } = self;
        write!(f, "byte {byte} (line {line}, column {column})")
    }
}
