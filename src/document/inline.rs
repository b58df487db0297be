//! The text inside a block, as runs: what a reader reads, and how it is marked.

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::source::{Span, Text};

/// The text of a paragraph, a heading or a cell.
#[derive(Debug, Clone, Default)]
pub struct Inlines {
    /// From the first run or mark to the last.
    pub span: Span,
    /// The runs, in order.
    pub runs: Vec<Run>,
    /// The links and images.
    pub links: Vec<Link>,
}

/// A stretch of text that is marked alike.
#[derive(Debug, Clone)]
pub struct Run {
    /// Its bytes; for code with its backticks.
    pub span: Span,
    /// What it is.
    pub kind: RunKind,
    /// Whether it is `**strong**`.
    pub strong: bool,
    /// Whether it is `~~struck~~`.
    pub struck: bool,
    /// The link or image that it belongs to.
    pub link: Option<usize>,
    /// What a reader reads, where that is not the bytes themselves.
    pub reads: Option<Box<str>>,
}

/// What a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// Text.
    Text,
    /// `code`.
    Code,
    /// HTML, which a reader does not read.
    Html,
    /// A line end in the source that is a space on the page.
    SoftBreak,
    /// A line end on the page.
    HardBreak,
    /// A footnote's mark.
    Footnote,
}

/// A link or an image.
#[derive(Debug, Clone)]
pub struct Link {
    /// All of its bytes.
    pub span: Span,
    /// Where it leads.
    pub target: String,
    /// Whether it is an image.
    pub image: bool,
}

impl Run {
    fn joins(&self, next: &Self) -> bool {
        self.kind == RunKind::Text
            && next.kind == RunKind::Text
            && self.span.end == next.span.start
            && (self.strong, self.struck, self.link) == (next.strong, next.struck, next.link)
            && self.reads.is_none()
            && next.reads.is_none()
    }

    /// What a reader reads.
    pub fn text<'a>(&'a self, text: &'a Text) -> &'a str {
        match self.kind {
            RunKind::Html | RunKind::Footnote => "",
            RunKind::SoftBreak | RunKind::HardBreak => " ",
            RunKind::Text | RunKind::Code => self.reads.as_deref().unwrap_or_else(|| text.get(self.span)),
        }
    }
}

impl Inlines {
    /// The whole as a reader reads it, white space folded.
    pub fn plain(&self, text: &Text) -> String {
        plain(&self.runs, text)
    }

    /// The runs of each line of the source.
    pub fn lines(&self) -> impl Iterator<Item = &[Run]> {
        self.runs
            .split(|run| matches!(run.kind, RunKind::SoftBreak | RunKind::HardBreak))
            .filter(|line| !line.is_empty())
    }
}

/// Runs as a reader reads them, white space folded.
pub fn plain(runs: &[Run], text: &Text) -> String {
    shown(runs, text).into_owned()
}

/// The same, borrowed where the text says it just so.
pub fn shown<'t>(runs: &'t [Run], text: &'t Text) -> Cow<'t, str> {
    if let [run] = runs {
        let text = run.text(text);
        return if is_folded(text) {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(folded(text))
        };
    }
    let mut all = String::with_capacity(runs.iter().map(|run| run.span.len()).sum());
    for run in runs {
        all.push_str(run.text(text));
    }
    Cow::Owned(if is_folded(&all) { all } else { folded(&all) })
}

/// White space folded to single spaces, none at the ends.
pub fn folded(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    // Where the word begins that has not been taken over yet.
    let mut word = None;
    for (at, byte) in text.bytes().enumerate() {
        let space = match byte {
            b'\t'..=b'\r' | b' ' => true,
            // Only at the first byte of a character is there one to ask.
            0x80.. => text.get(at..).is_some_and(|rest| rest.starts_with(char::is_whitespace)),
            _ => false,
        };
        match (space, word) {
            (true, Some(start)) => {
                push_word(&mut result, text.get(start..at).unwrap_or(""));
                word = None;
            }
            (false, None) if text.is_char_boundary(at) => word = Some(at),
            _ => {}
        }
    }
    push_word(&mut result, word.and_then(|start| text.get(start..)).unwrap_or(""));
    result
}

fn push_word(result: &mut String, word: &str) {
    if !result.is_empty() && !word.is_empty() {
        result.push(' ');
    }
    result.push_str(word);
}

/// Whether folding would change nothing. Bytes are quicker to look at than characters, and all of them quicker than each in
/// turn.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or(&[]);
    let odd = bytes.iter().fold(false, |odd, byte| odd | !matches!(byte, b' '..=b'~'));
    let double = bytes
        .iter()
        .zip(next)
        .fold(false, |double, (a, b)| double | (*a == b' ' && *b == b' '));
    !odd && !double && !text.starts_with(' ') && !text.ends_with(' ') || odd && is_folded_beyond_ascii(text)
}

fn is_folded_beyond_ascii(text: &str) -> bool {
    let mut space = true;
    for c in text.chars() {
        match c {
            ' ' if space => return false,
            ' ' => space = true,
            c if c.is_whitespace() => return false,
            _ => space = false,
        }
    }
    !space
}

/// Gathers inline events into [`Inlines`].
#[derive(Debug, Default)]
pub struct Gatherer {
    inlines: Inlines,
    strong: usize,
    struck: usize,
    open_links: Vec<usize>,
    /// All that is marked, with its marks.
    marked: Option<Span>,
}

impl Gatherer {
    /// Takes one inline event.
    pub fn take(&mut self, event: &Event<'_>, span: Span, source: &str) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::End(TagEnd::Strikethrough) => self.struck = self.struck.saturating_sub(1),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                self.open_links.pop();
            }
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.run(RunKind::Text, span, Some(text), source);
            }
            Event::Code(text) => self.run(RunKind::Code, span, Some(text), source),
            Event::Html(_) | Event::InlineHtml(_) => self.run(RunKind::Html, span, None, source),
            Event::SoftBreak => self.run(RunKind::SoftBreak, span, None, source),
            Event::HardBreak => self.run(RunKind::HardBreak, span, None, source),
            Event::FootnoteReference(_) => self.run(RunKind::Footnote, span, None, source),
            Event::End(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        let image = matches!(tag, Tag::Image { .. });
        let marked = self.marked.unwrap_or(span);
        self.marked = Some(Span::new(marked.start.min(span.start), marked.end.max(span.end)));
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link {
                dest_url, link_type, ..
            }
            | Tag::Image {
                dest_url, link_type, ..
            } => {
                self.open_links.push(self.inlines.links.len());
                let mail = *link_type == LinkType::Email;
                self.inlines.links.push(Link {
                    span,
                    target: if mail {
                        format!("mailto:{dest_url}")
                    } else {
                        dest_url.to_string()
                    },
                    image,
                });
            }
            _ => {}
        }
    }

    fn run(&mut self, kind: RunKind, span: Span, reads: Option<&str>, source: &str) {
        let bytes = source.get(span.start..span.end);
        let run = Run {
            span,
            kind,
            strong: self.strong > 0,
            struck: self.struck > 0,
            link: self.open_links.last().copied(),
            reads: reads.filter(|text| bytes != Some(text)).map(Into::into),
        };
        // The parser hands `[x]` over as three texts; what touches and is marked alike is one run.
        match self.inlines.runs.last_mut() {
            Some(last) if last.joins(&run) => last.span.end = span.end,
            _ => self.inlines.runs.push(run),
        }
    }

    /// What was gathered; `at` is where it stands if nothing was.
    pub fn finish(mut self, at: Span) -> Inlines {
        let starts = self.inlines.runs.iter().map(|run| run.span.start);
        let starts = starts.chain(self.marked.map(|marked| marked.start));
        let ends = self.inlines.runs.iter().map(|run| run.span.end);
        let ends = ends.chain(self.marked.map(|marked| marked.end));
        self.inlines.span = match (starts.min(), ends.max()) {
            (Some(start), Some(end)) => Span::new(start, end),
            _ => at,
        };
        self.inlines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However it is done, the words are joined by single spaces.
        #[test]
        fn white_space_is_folded(text in "([a-z. \u{a0}\u{2009}\t\r\n─é\u{7f}\u{85}]|  ){0,40}") {
            let naive = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(folded(&text), naive.clone());
            prop_assert!(!is_folded(&text) || naive == text);
            prop_assert!(is_folded(&naive));
        }
    }
}
