//! The message as it lies there: the members that are read, everything else passed over.
//! It must never copy a value that is not asked for.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::error::{EnvelopeError, MESSAGE, Place, host_version, one_line, split};
use super::{FileTexts, HostChapter, SPACE};
use crate::cores::{Cores, each};

/// The message as it lies there. What these types do not list is not looked at.
pub(super) struct Message<'a> {
    pub(super) context: &'a RawValue,
    pub(super) book: Book<'a>,
}

#[derive(Deserialize)]
#[serde(expecting = "the context, an object")]
pub(super) struct Context<'a> {
    #[serde(borrow)]
    pub(super) root: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) renderer: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) mdbook_version: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) config: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(expecting = "the book, an object")]
pub(super) struct Book<'a> {
    #[serde(borrow)]
    pub(super) items: Option<Vec<Item<'a>>>,
    #[serde(borrow)]
    pub(super) sections: Option<Vec<Item<'a>>>,
}

/// An item of the book: a chapter, or what holds none (separator, part title, a variant of a later host).
pub(super) struct Item<'a>(Option<Chapter<'a>>);

#[derive(Deserialize)]
#[serde(expecting = "a chapter, an object")]
pub(super) struct Chapter<'a> {
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

/// A chapter and where it stands in the book.
struct Placed<'a> {
    chapter: Chapter<'a>,
    depth: usize,
}

fn flatten<'a>(items: Vec<Item<'a>>, depth: usize, placed: &mut Vec<Placed<'a>>) {
    for mut chapter in items.into_iter().filter_map(|item| item.0) {
        let below = chapter.sub_items.take().unwrap_or_default();
        placed.push(Placed { chapter, depth });
        flatten(below, depth + 1, placed);
    }
}

/// The text of the message, and who sent it.
#[derive(Debug, Clone)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) host: Option<String>,
    /// The bytes that are the book; none where the context could not be read.
    pub(super) book: Range<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str, context: Option<&RawValue>) -> Self {
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

    pub(super) fn bytes(&self, range: Range<usize>) -> &'a [u8] {
        self.text.as_bytes().get(range).unwrap_or_default()
    }

    /// The bytes that `raw`, which borrows from the text, stands for.
    pub(super) fn range(&self, raw: &RawValue) -> Range<usize> {
        let part = raw.get();
        let start = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        start..start + part.len()
    }

    pub(super) fn context(&self, raw: &'a RawValue) -> Result<Context<'a>, EnvelopeError> {
        serde_json::from_str(raw.get())
            .map_err(|error| self.malformed(MESSAGE, self.range(raw).start, &split(&error).0))
    }

    pub(super) fn config(&self, raw: &RawValue) -> Result<serde_json::Value, EnvelopeError> {
        serde_json::from_str(raw.get()).map_err(|error| {
            let subject = "`config` of mdBook's context";
            self.malformed(subject, self.range(raw).start, &split(&error).0)
        })
    }

    /// The chapters among `items` in the order of the book, each before those inside it.
    pub(super) fn chapters(
        &self,
        items: Vec<Item<'a>>,
        on_disk: &FileTexts,
    ) -> Result<Vec<HostChapter>, EnvelopeError> {
        let mut placed = Vec::new();
        flatten(items, 0, &mut placed);
        // Texts are taken out of their quotes, which is nearly all there is to decode.
        each(
            &Cores::all(),
            placed.into_iter().enumerate().collect(),
            |(index, placed)| self.chapter(&placed, index, on_disk.get(&index)),
        )
        .into_iter()
        .collect()
    }

    fn chapter(
        &self,
        placed: &Placed<'a>,
        index: usize,
        on_disk: Option<&Arc<String>>,
    ) -> Result<HostChapter, EnvelopeError> {
        let raw = &placed.chapter;
        // A member that is not there has no place: a neighbour tells which chapter it is.
        let neighbour = raw.name.or(raw.content).or(raw.path);
        let near = neighbour.map_or(self.book.start, |raw| self.range(raw).start);
        let label = || {
            let known = [raw.name, raw.path].into_iter().flatten();
            let mut names = known.filter_map(|raw| serde_json::from_str::<String>(raw.get()).ok());
            match names.next() {
                Some(name) => format!("chapter `{}`", one_line(&name)),
                None => format!("chapter {} of the book", index + 1),
            }
        };
        let string = |member, value| self.string(|| format!("`{member}` of {}", label()), value, near);
        let optional = |member, value: Option<_>| value.map(|_| string(member, value)).transpose();
        let name = string("name", raw.name)?;
        let path = optional("path", raw.path)?;
        let source_path = optional("source_path", raw.source_path)?;
        let content = string("content", raw.content)?;
        let same = on_disk.filter(|text| ***text == content);
        Ok(HostChapter {
            name,
            path,
            source_path,
            content: same.cloned().unwrap_or_else(|| Arc::new(content)),
            depth: placed.depth,
            raw: raw.content.map(|content| self.range(content)).unwrap_or_default(),
        })
    }

    /// The string that `value` is; `near` is where to point when there is no value.
    pub(super) fn string(
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

    pub(super) fn malformed(&self, subject: &str, byte: usize, why: &str) -> EnvelopeError {
        EnvelopeError::Malformed {
            subject: subject.to_owned(),
            place: Place::at(self.text.as_bytes(), byte),
            why: why.to_owned(),
            host: self.host.clone(),
        }
    }
}
