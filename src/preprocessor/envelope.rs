//! The host's message `[context, book]`: which chapters it holds, and the answer with the content of some replaced.
//! It must never decode and write again what is not replaced: all other bytes of the book go back as they came.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

/// How many levels of chapters the host's JSON reader can take: one level is three of JSON, and it allows 127.
const MAX_LEVELS: usize = 41;

const BY_HAND: &str = "this program is run by mdBook; to check a book by hand type `mdbook-archdoc check`";

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
    pub parent: Option<usize>,
    /// The bytes of the message that are the JSON string of `content`, quotes included.
    raw: Range<usize>,
}

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
        let mut chapters = Vec::new();
        source.flatten(items, 0, None, &mut chapters)?;
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
        let new: usize = edits.iter().map(|(_, text)| text.len()).sum();
        // An eighth more for escapes.
        let mut out = Vec::with_capacity(end - start + new + new / 8);
        let mut done = start;
        for (raw, text) in edits {
            out.extend_from_slice(self.source.bytes(done..raw.start));
            let before = out.len();
            if serde_json::to_writer(&mut out, text).is_err() {
                // Writing a string to memory does not fail; if it did, the author's text would stand.
                out.truncate(before);
                out.extend_from_slice(self.source.bytes(raw.clone()));
            }
            done = raw.end;
        }
        out.extend_from_slice(self.source.bytes(done..end));
        out
    }
}

const MESSAGE: &str = "mdBook's message";

/// The message as it lies there. What these types do not list is not looked at.
struct Message<'a> {
    context: &'a RawValue,
    book: Book<'a>,
}

#[derive(Deserialize)]
#[serde(expecting = "the context, an object")]
struct Context<'a> {
    #[serde(borrow)]
    root: Option<&'a RawValue>,
    #[serde(borrow)]
    renderer: Option<&'a RawValue>,
    #[serde(borrow)]
    mdbook_version: Option<&'a RawValue>,
    #[serde(borrow)]
    config: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(expecting = "the book, an object")]
struct Book<'a> {
    #[serde(borrow)]
    items: Option<Vec<Item<'a>>>,
    #[serde(borrow)]
    sections: Option<Vec<Item<'a>>>,
}

/// An item of the book: a chapter, or what holds none (separator, part title, a variant of a later host).
struct Item<'a>(Option<Chapter<'a>>);

#[derive(Deserialize)]
#[serde(expecting = "a chapter, an object")]
struct Chapter<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    name: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    content: Option<&'a RawValue>,
    #[serde(borrow)]
    path: Option<&'a RawValue>,
    #[serde(borrow)]
    source_path: Option<&'a RawValue>,
    #[serde(borrow)]
    sub_items: Option<Vec<Item<'a>>>,
}

/// Keeps a `null` apart from a member that is not there.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

impl<'de> Deserialize<'de> for Message<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = Message<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the array `[context, book]`")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let context = seq.next_element()?;
                let book = seq.next_element()?;
                let mut more = 0;
                while seq.next_element::<IgnoredAny>()?.is_some() {
                    more += 1;
                }
                let count = usize::from(context.is_some()) + usize::from(book.is_some()) + more;
                match (context, book) {
                    (Some(context), Some(book)) if more == 0 => Ok(Message { context, book }),
                    _ => Err(A::Error::custom(format_args!(
                        "expected the array `[context, book]`, found one of length {count}"
                    ))),
                }
            }
        }
        deserializer.deserialize_seq(Pair)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Item<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Variant;
        impl<'de> Visitor<'de> for Variant {
            type Value = Item<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an item of the book, a string or an object")
            }

            fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
                Ok(Item(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut chapter = None;
                while let Some(variant) = map.next_key::<String>()? {
                    if variant == "Chapter" {
                        chapter = Some(map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Item(chapter))
            }
        }
        deserializer.deserialize_any(Variant)
    }
}

/// The text of the message, and who sent it.
#[derive(Debug)]
struct Source<'a> {
    text: &'a str,
    host: Option<String>,
    /// The bytes that are the book; none where the context could not be read.
    book: Range<usize>,
}

impl<'a> Source<'a> {
    fn new(text: &'a str, context: Option<&RawValue>) -> Self {
        let host = context.and_then(host_version);
        let mut source = Self { text, host, book: 0..0 };
        // The book is what stands between the context's comma and the last bracket: no second scan is needed.
        let after = context.map_or(text.len(), |context| source.range(context).end);
        let rest = text.get(after..).unwrap_or_default();
        let book = rest.trim_start_matches(|c| c == ',' || SPACE.contains(&c));
        let start = text.len() - book.len();
        let book = book.trim_end_matches(SPACE);
        let book = book.strip_suffix(']').unwrap_or(book).trim_end_matches(SPACE);
        source.book = start..start + book.len();
        source
    }

    fn bytes(&self, range: Range<usize>) -> &'a [u8] {
        self.text.as_bytes().get(range).unwrap_or_default()
    }

    /// The bytes that `raw`, which borrows from the text, stands for.
    fn range(&self, raw: &RawValue) -> Range<usize> {
        let part = raw.get();
        let start = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        start..start + part.len()
    }

    fn context(&self, raw: &'a RawValue) -> Result<Context<'a>, EnvelopeError> {
        serde_json::from_str(raw.get())
            .map_err(|error| self.malformed(MESSAGE, self.range(raw).start, &split(&error).0))
    }

    /// Appends the chapters among `items`, each before those inside it.
    fn flatten(
        &self,
        items: Vec<Item<'a>>,
        depth: usize,
        parent: Option<usize>,
        chapters: &mut Vec<HostChapter>,
    ) -> Result<(), EnvelopeError> {
        for chapter in items.into_iter().filter_map(|item| item.0) {
            let index = chapters.len();
            chapters.push(self.chapter(&chapter, depth, parent, index + 1)?);
            let below = chapter.sub_items.unwrap_or_default();
            self.flatten(below, depth + 1, Some(index), chapters)?;
        }
        Ok(())
    }

    fn chapter(
        &self,
        raw: &Chapter<'a>,
        depth: usize,
        parent: Option<usize>,
        ordinal: usize,
    ) -> Result<HostChapter, EnvelopeError> {
        // A member that is not there has no place: a neighbour tells which chapter it is.
        let neighbour = raw.name.or(raw.content).or(raw.path);
        let near = neighbour.map_or(self.book.start, |raw| self.range(raw).start);
        let label = || {
            let known = [raw.name, raw.path].into_iter().flatten();
            let mut names = known.filter_map(|raw| serde_json::from_str::<String>(raw.get()).ok());
            match names.next() {
                Some(name) => format!("chapter `{}`", one_line(&name)),
                None => format!("chapter {ordinal} of the book"),
            }
        };
        let string = |member, value| self.string(|| format!("`{member}` of {}", label()), value, near);
        let optional = |member, value: Option<_>| value.map(|_| string(member, value)).transpose();
        Ok(HostChapter {
            name: string("name", raw.name)?,
            path: optional("path", raw.path)?,
            source_path: optional("source_path", raw.source_path)?,
            content: string("content", raw.content)?,
            depth,
            parent,
            raw: raw.content.map(|content| self.range(content)).unwrap_or_default(),
        })
    }

    /// The string that `value` is; `near` is where to point when there is no value.
    fn string(
        &self,
        subject: impl Fn() -> String,
        value: Option<&RawValue>,
        near: usize,
    ) -> Result<String, EnvelopeError> {
        let Some(raw) = value else {
            return Err(self.malformed(&subject(), near, "expected a string, found nothing"));
        };
        serde_json::from_str(raw.get()).map_err(|error| {
            let start = self.range(raw).start;
            match split(&error) {
                (why, _) if error.is_data() => self.malformed(&subject(), start, &why),
                (why, inside) => {
                    let why = format!("expected a string, found a broken one ({why})");
                    self.malformed(&subject(), start + inside, &why)
                }
            }
        })
    }

    fn malformed(&self, subject: &str, byte: usize, why: &str) -> EnvelopeError {
        EnvelopeError::Malformed {
            subject: subject.to_owned(),
            place: Place::at(self.text.as_bytes(), byte),
            why: why.to_owned(),
            host: self.host.clone(),
        }
    }
}

fn utf8(input: &[u8]) -> Result<&str, EnvelopeError> {
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
fn scan_error(text: &str, error: &serde_json::Error) -> EnvelopeError {
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

fn host_version(context: &RawValue) -> Option<String> {
    let context: Context<'_> = serde_json::from_str(context.get()).ok()?;
    let version: String = serde_json::from_str(context.mdbook_version?.get()).ok()?;
    Some(one_line(&version))
}

/// What the library says, the expected before the found; and how many bytes of the line stand before the place.
fn split(error: &serde_json::Error) -> (String, usize) {
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
fn one_line(text: &str) -> String {
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
    fn at(input: &[u8], byte: usize) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_preprocessor::book::{Book as HostBook, BookItem};
    use proptest::prelude::*;
    use serde_json::Value;

    const CONTEXT: &str = r#"{"root":"/b","config":{"book":{"src":"docs"}},"renderer":"html",
"mdbook_version":"0.5.4","new":[1]}"#;
    const CHAPTER: &str = r#""number":null,"path":"a.md","source_path":null,"parent_names":[]"#;

    fn message(book: &str) -> String {
        format!(" [\n{CONTEXT} ,\t{book}\r\n] ")
    }

    /// `levels` chapters, each in the one before.
    fn nested(levels: usize) -> String {
        let open = format!(r#"{{"Chapter":{{"name":"n","content":"c",{CHAPTER},"sub_items":["#);
        let (open, close) = (open.repeat(levels), "]}}".repeat(levels));
        format!(r#"{{"items":[{open}{close}]}}"#)
    }

    #[derive(Debug, Clone)]
    enum Node {
        Chapter(String, Option<String>, String, Vec<Node>),
        Other(String),
    }

    fn nodes() -> impl Strategy<Value = Vec<Node>> {
        let other = prop_oneof![
            Just(r#""Separator""#.to_owned()),
            Just(r#"{ "PartTitle" : "A \u00e9 part" }"#.to_owned()),
            Just(r#""Later""#.to_owned()),
            Just(r#"{"Later":{"content":"x","sub_items":[{"Chapter":1}]}}"#.to_owned()),
        ];
        let text = "([a-z#\\\\\"/\n\r\t\u{8}\u{7f} |é🔄\u{fe0f}\u{2028}]|\\PC){0,12}";
        let path = proptest::option::of("[a-zü/]{1,6}");
        let parts = move || (text, path.clone(), text);
        let leaf = prop_oneof![
            other.prop_map(Node::Other),
            parts().prop_map(|(name, path, content)| Node::Chapter(name, path, content, vec![])),
        ];
        let node = leaf.prop_recursive(6, 24, 4, move |inner| {
            (parts(), prop::collection::vec(inner, 0..4))
                .prop_map(|((name, path, content), below)| Node::Chapter(name, path, content, below))
        });
        prop::collection::vec(node, 0..5)
    }

    /// Writes a tree as a host of odd habits might; `choices` say which. A content is written as `<U+1 index U+1>`,
    /// which nothing else can contain, and listed with its noisy JSON string.
    struct Writer<'n> {
        choices: std::iter::Cycle<std::slice::Iter<'n, u8>>,
        contents: Vec<(String, String)>,
    }

    impl Writer<'_> {
        fn choose<T: Copy>(&mut self, options: &[T]) -> T {
            options[usize::from(*self.choices.next().unwrap()) % options.len()]
        }

        fn string(&mut self, text: &str) -> String {
            let mut out = String::from("\"");
            for c in text.chars() {
                if self.choose(&[true, false, false]) {
                    let units = c.encode_utf16(&mut [0; 2]).to_vec();
                    units.iter().for_each(|unit| out += &format!("\\u{unit:04X}"));
                } else if c == '/' {
                    out += self.choose(&["/", "\\/"]);
                } else {
                    let json = serde_json::to_string(&c).unwrap();
                    out += json.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
                }
            }
            out + "\""
        }

        fn list(&mut self, open: char, values: Vec<String>, close: char) -> String {
            let mut out = String::from(open);
            for (index, value) in values.iter().enumerate() {
                out += if index > 0 { "," } else { "" };
                out += self.choose(&["", " ", "\n\t", "\r\n  "]);
                out += value;
                out += self.choose(&["", "  ", "\n"]);
            }
            out.push(close);
            out
        }

        fn items(&mut self, nodes: &[Node]) -> String {
            let items = nodes.iter().map(|node| match node {
                Node::Other(json) => json.clone(),
                Node::Chapter(name, path, content, below) => {
                    let json = self.string(content);
                    let marker = format!("\u{1}{}\u{1}", self.contents.len());
                    self.contents.push((content.clone(), json));
                    let name = self.string(name);
                    let path = path.as_ref().map_or("null".to_owned(), |p| self.string(p));
                    let mut members = vec![
                        format!(r#""name":{name}"#),
                        format!(r#""content" : {marker}"#),
                        format!(r#""path":{path}"#),
                        format!(r#""sub_items" :{}"#, self.items(below)),
                        r#""number":[1, 2]"#.to_owned(),
                    ];
                    if self.choose(&[true, false]) {
                        members.push(r#""later":{"content":"\ud800","n":1.50e+3}"#.to_owned());
                        members.push(format!(r#""source_path":{path}"#));
                    }
                    let first = self.choose(&[0, 1, 2, 3, 4]);
                    members.rotate_left(first);
                    let chapter = self.list('{', members, '}');
                    self.list('{', vec![format!(r#""Chapter":{chapter}"#)], '}')
                }
            });
            let items = items.collect();
            self.list('[', items, ']')
        }
    }

    /// The oracle: the same edit on a decoded book.
    fn edit(items: &mut Value, next: &mut usize, new: &BTreeMap<usize, String>) {
        for item in items.as_array_mut().unwrap() {
            let Some(chapter) = item.get_mut("Chapter") else {
                continue;
            };
            if let Some(text) = new.get(next) {
                chapter["content"] = text.as_str().into();
            }
            *next += 1;
            edit(&mut chapter["sub_items"], next, new);
        }
    }

    proptest! {
        #[test]
        fn only_replaced_contents_change(
            nodes in nodes(),
            choices in prop::collection::vec(any::<u8>(), 1..40),
            new in prop::collection::btree_map(0..12_usize, "(\\PC|[\n\"\\\\]){0,9}", 0..6),
            old in any::<bool>(),
        ) {
            let mut writer = Writer { choices: choices.iter().cycle(), contents: vec![] };
            let items = writer.items(&nodes);
            let key = if old { "sections" } else { "items" };
            let members = vec![r#""__non_exhaustive":null"#.to_owned(), format!(r#""{key}":{items}"#)];
            let book = writer.list('{', members, '}');
            let mut new = new;
            if let Some((content, _)) = writer.contents.get(3) {
                // What the chapter has already, whatever its escapes.
                new.insert(3, content.clone());
            }
            let mut before = book.clone();
            let mut after = book;
            for (index, (content, json)) in writer.contents.iter().enumerate() {
                let marker = format!("\u{1}{index}\u{1}");
                before = before.replace(&marker, json);
                let changed = new.get(&index).filter(|text| *text != content);
                let changed = changed.map(|text| serde_json::to_string(text).unwrap());
                after = after.replace(&marker, changed.as_ref().unwrap_or(json));
            }
            let message = message(&before);
            let envelope = Envelope::decode(message.as_bytes()).unwrap();
            let contents = envelope.chapters().iter().map(|chapter| &chapter.content);
            prop_assert!(contents.eq(writer.contents.iter().map(|(content, _)| content)));
            for (index, chapter) in envelope.chapters().iter().enumerate() {
                prop_assert!(chapter.parent.is_none_or(|parent| parent < index));
                let above = chapter.parent.map(|parent| envelope.chapters()[parent].depth + 1);
                prop_assert_eq!(chapter.depth, above.unwrap_or(0));
            }
            prop_assert_eq!(envelope.encode(&BTreeMap::new()), before.as_bytes());
            let answer = envelope.encode(&new);
            prop_assert_eq!(std::str::from_utf8(&answer), Ok(after.as_str()));
            // `Value` cannot hold a lone surrogate, which members that nobody reads may have.
            let value = |text: &str| serde_json::from_str::<Value>(&text.replace(r"\ud800", "")).unwrap();
            let mut expected = value(&before);
            edit(&mut expected[key], &mut 0, &new);
            prop_assert_eq!(value(&after), expected);
        }

        #[test]
        fn no_damage_panics(at in 0..2000_usize, len in 0..4_usize, by in prop::collection::vec(any::<u8>(), 0..5)) {
            let mut bytes = message(&nested(6)).into_bytes();
            let start = at.min(bytes.len());
            let end = (start + len).min(bytes.len());
            bytes.splice(start..end, by);
            match Envelope::decode(&bytes) {
                Ok(envelope) => prop_assert!(!envelope.encode(&BTreeMap::from([(0, "x".into())])).is_empty()),
                Err(error) => prop_assert!(!error.to_string().contains('\n')),
            }
        }
    }

    #[test]
    fn the_typed_host_reads_the_answer() {
        let book = format!(
            r#"{{"items":[{{"Chapter":{{"name":"A","content":"a\n",{CHAPTER},"sub_items":[
                {{"Chapter":{{"name":"B","content":"b","number":[1],"sub_items":[],"path":"b.md","source_path":"b.md",
                "parent_names":["A"]}}}}]}}}},"Separator",{{"PartTitle":"P"}},{{"Chapter":{{"name":"Draft","content":"",
                "number":null,"sub_items":[],"path":null,"source_path":null,"parent_names":[]}}}}]}}"#
        );
        let message = message(&book);
        let envelope = Envelope::decode(message.as_bytes()).unwrap();
        let seen = envelope.chapters().iter().map(|c| {
            (
                c.name.as_str(),
                c.path.as_deref(),
                c.source_path.as_deref(),
                c.content.as_str(),
                c.parent,
            )
        });
        let expected = [
            ("A", Some("a.md"), None, "a\n", None),
            ("B", Some("b.md"), Some("b.md"), "b", Some(0)),
            ("Draft", None, None, "", None),
        ];
        assert!(seen.eq(expected));

        let (_, mut typed) = mdbook_preprocessor::parse_input(message.as_bytes()).unwrap();
        typed.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item {
                chapter.content = format!("{} \u{1f504} \"new\"\r\n", chapter.name);
            }
        });
        let new = ["A", "B", "Draft"].map(|name| format!("{name} \u{1f504} \"new\"\r\n"));
        let answer = envelope.encode(&new.into_iter().enumerate().collect());
        assert_eq!(serde_json::from_slice::<HostBook>(&answer).unwrap(), typed);
    }

    #[test]
    fn the_context_is_read() {
        let message = message(r#"{"items":[]}"#);
        let envelope = Envelope::decode(message.as_bytes()).unwrap();
        assert_eq!((envelope.root(), envelope.renderer()), ("/b", "html"));
        assert_eq!((envelope.mdbook_version(), envelope.src().as_str()), ("0.5.4", "docs"));
        assert_eq!(envelope.config().unwrap()["book"]["src"], "docs");
        assert!(envelope.chapters().is_empty());
        assert_eq!(envelope.encode(&BTreeMap::from([(7, "x".into())])), br#"{"items":[]}"#);

        for config in ["", r#","config":{"book":{}}"#, r#","config":[]"#] {
            let context = format!(r#"{{"root":"","renderer":"","mdbook_version":"1"{config}}}"#);
            let text = format!(r#"[{context},{{"sections":[]}}]"#);
            let envelope = Envelope::decode(text.as_bytes()).unwrap();
            assert_eq!(envelope.src(), "src");
            assert_eq!(envelope.config().unwrap().is_null(), config.is_empty());
        }
    }

    #[test]
    fn levels_end_where_the_host_ends() {
        for levels in [1, 6, MAX_LEVELS, MAX_LEVELS + 1, 100, 50_000] {
            let book = nested(levels);
            let host = serde_json::from_str::<HostBook>(&book);
            assert_eq!(host.is_ok(), levels <= MAX_LEVELS, "{levels}");
            let message = message(&book);
            match Envelope::decode(message.as_bytes()) {
                Ok(envelope) => {
                    assert_eq!(envelope.chapters().last().unwrap().depth + 1, levels);
                    assert_eq!(envelope.encode(&BTreeMap::new()), book.as_bytes());
                }
                Err(error) => assert!(
                    levels > MAX_LEVELS && matches!(error, EnvelopeError::TooDeep { .. }),
                    "{levels}: {error}"
                ),
            }
        }
    }

    #[test]
    fn every_shorter_message_ends_in_the_middle() {
        let whole = message(&nested(2).replace("\"c\"", "\"é🔄\\ud83d\\udd04\""));
        let whole = whole.trim_end().as_bytes();
        let with_context = CONTEXT.len() + 10;
        for end in 0..whole.len() {
            match Envelope::decode(&whole[..end]).unwrap_err() {
                EnvelopeError::Empty => assert!(end < 2),
                EnvelopeError::Truncated { byte, host } => {
                    assert_eq!(byte, end);
                    assert!(end < with_context || host.as_deref() == Some("0.5.4"), "{end}");
                }
                other => panic!("{end}: {other}"),
            }
        }
        assert!(Envelope::decode(whole).is_ok());
    }

    /// What is wrong, where it begins (text of the input that occurs once there), and why.
    #[test]
    fn bad_input_is_explained() {
        const SENT: &str = "mdBook 0.5.4 sent what it should not: please report this";
        const NEWER: &str = "sent by mdBook 0.9.1, but this version of mdbook-archdoc knows 0.4 and 0.5: update it";
        let newer = |root: &str| format!(r#"[{{{root}"mdbook_version":"0.9.1"}},{{"items":[]}}]"#);
        let chapter = |members: &str| message(&format!(r#"{{"items":[{{"Chapter":{{{members}}}}}]}}"#));
        let m = "mdBook's message";
        let long = format!(r#""{}, expected""#, "long ".repeat(9999));
        #[rustfmt::skip]
        let cases = [
            ("[]".to_owned(), "]", m, "expected the array `[context, book]`, found one of length 0", BY_HAND),
            ("[{}]".into(), "]", m, "expected the array `[context, book]`, found one of length 1", BY_HAND),
            (message("{}, 3"), "] ", m, "expected the array `[context, book]`, found one of length 3", SENT),
            ("{}".into(), "{", m, "expected the array `[context, book]`, found an object", BY_HAND),
            ("# é\n".into(), "#", m, "not JSON (expected value)", BY_HAND),
            (message("{} x"), "x\r", m, "not JSON (expected `,` or `]`)", SENT),
            (r#"["a",{}]"#.into(), "\"a", m, "expected the context, an object, found string \"a\"", BY_HAND),
            (newer(""), "{\"mdb", "`root` of mdBook's context", "expected a string, found nothing", NEWER),
            (newer(r#""root": [],"#), "[],", "`root` of mdBook's context", "expected a string, found an array", NEWER),
            (message("{ }"), "{ }", m,
                "expected `items` (mdBook 0.5) or `sections` (mdBook 0.4) in the book, found neither", SENT),
            (message(r#"{"items":5}"#), "5}", m, "expected an array, found integer `5`", SENT),
            (message(r#"{"items":[5]}"#), "5]", m,
                "expected an item of the book, a string or an object, found integer `5`", SENT),
            (chapter(r#""name":"é\nb","path":null"#), "\"é", "`content` of chapter `é b`",
                "expected a string, found nothing", SENT),
            (chapter(r#""name":"A","content": null"#), "null}", "`content` of chapter `A`",
                "expected a string, found null", SENT),
            (chapter(r#""name":"é","content":"é\ud800\u0041""#), "1\"}", "`content` of chapter `é`",
                "expected a string, found a broken one (lone leading surrogate in hex escape)", SENT),
            (chapter(r#""path":"x.md","content":"""#), "\"\"}", "`name` of chapter `x.md`",
                "expected a string, found nothing", SENT),
            (chapter(r#""name":"A","content":"","path":{ }"#), "{ }", "`path` of chapter `A`",
                "expected a string, found an object", SENT),
            (chapter(""), "{\"items", "`name` of chapter 1 of the book", "expected a string, found nothing", SENT),
            (chapter(r#""name":"A","name":"B""#), "\":\"B", m, "duplicate field `name`", SENT),
            (message(&long), "\"\r\n]", m, "…", SENT),
        ];
        for (input, start, subject, why, cure) in cases {
            let byte = input.find(start).unwrap();
            let before = input.get(..byte).unwrap();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            let expected = format!("{subject} at byte {byte} (line {line}, column {column}): {why}; {cure}");
            let error = Envelope::decode(input.as_bytes()).unwrap_err().to_string();
            if why == "…" {
                assert!(
                    error.len() < 420 && error.contains(why) && error.ends_with(cure),
                    "{error}"
                );
            } else {
                assert_eq!(error, expected, "{input}");
            }
        }
        for (input, expected) in [
            (&b""[..], "expected mdBook's message on standard input, found nothing"),
            (b" \n", "expected mdBook's message on standard input, found nothing"),
            (
                b"[\n\"\xc3\xa9\xff\"]",
                "mdBook's message at byte 5 (line 2, column 3): expected UTF-8, found another encoding",
            ),
            (
                b"[{}]\xc3",
                "mdBook's message at byte 4 (line 1, column 5): expected UTF-8, found another encoding",
            ),
        ] {
            let error = Envelope::decode(input).unwrap_err();
            assert_eq!(error.to_string(), format!("{expected}; {BY_HAND}"));
        }
    }
}
