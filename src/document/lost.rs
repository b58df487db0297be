//! Lines that look like headings and are none: hidden in a fence, a comment or HTML, or without their space.
//!
//! A chapter full of them is not a chapter without sections; who compares it with a template wants to know.

use super::ask::{Begins, begins_at, ends};
use super::{Code, Document, Inlines, RunKind};
use crate::source::Span;

/// A line that looks like a heading and is none.
#[derive(Debug, Clone)]
pub struct LostHeading {
    /// The line.
    pub span: Span,
    /// How many `#` it begins with.
    pub level: u8,
    /// What follows them.
    pub text: String,
    /// Why it is none.
    pub hiding: Hiding,
}

/// What keeps a line from being a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hiding {
    /// A fenced code block, whose bytes these are.
    Fence(Span),
    /// A comment or other HTML that is never closed, whose bytes these are.
    Unclosed(Span),
    /// A block of HTML that an empty line ends.
    Html(Span),
    /// Four spaces or a tab in front of it.
    Indented,
    /// No space behind the `#`.
    NoSpace,
    /// A byte order mark in front of it, which an included file brought.
    ByteOrderMark,
    /// It stands in a quote.
    Quote,
    /// It stands in a list.
    List,
}

impl LostHeading {
    /// The same heading, `by` bytes further on.
    pub(super) fn shifted(self, by: usize) -> Self {
        let hiding = match self.hiding {
            Hiding::Fence(span) => Hiding::Fence(span.shifted(by)),
            Hiding::Unclosed(span) => Hiding::Unclosed(span.shifted(by)),
            Hiding::Html(span) => Hiding::Html(span.shifted(by)),
            other => other,
        };
        Self {
            span: self.span.shifted(by),
            hiding,
            ..self
        }
    }
}

pub(super) fn push(document: &mut Document, span: Span, level: u8, text: String, hiding: Hiding) {
    document.lost_headings.push(LostHeading {
        span,
        level,
        text,
        hiding,
    });
}

/// The level and text of a line that begins with `#`; `spaced` says whether a space must follow.
fn heading_like(line: &str, spaced: bool) -> Option<(u8, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let gap = rest.starts_with([' ', '\t']);
    let text = rest.trim().trim_end_matches('#').trim_end();
    let ok = (1..=6).contains(&level) && gap == spaced && !text.is_empty();
    ok.then_some((u8::try_from(level).unwrap_or(6), text))
}

fn lines(text: &str, at: usize) -> impl Iterator<Item = (Span, &str)> {
    let mut offset = at;
    text.split_inclusive('\n').map(move |line| {
        let start = offset;
        offset += line.len();
        let shown = line.trim_end();
        (Span::new(start, start + shown.len()), shown)
    })
}

fn collect(document: &mut Document, area: Span, indented: bool, hiding: Hiding) {
    let text = document.text.get(area);
    if !text.contains('#') {
        return;
    }
    let mut found = Vec::new();
    for (span, line) in lines(text, area.start) {
        let start = line.trim_start();
        if !start.starts_with('#') || (!indented && line.len() - start.len() > 3) {
            continue;
        }
        found.extend(heading_like(start, true).map(|(level, name)| (span, level, name.to_owned())));
    }
    for (span, level, name) in found {
        push(document, span, level, name, hiding);
    }
}

pub(super) fn in_code(document: &mut Document, code: &Code, span: Span) {
    let hiding = if code.fenced {
        Hiding::Fence(span)
    } else {
        Hiding::Indented
    };
    collect(document, code.body, !code.fenced, hiding);
}

/// In a block of HTML that nothing closes.
pub(super) fn in_unclosed(document: &mut Document, span: Span) {
    collect(document, span, false, Hiding::Unclosed(span));
}

/// In a block of HTML that the next empty line ends. What has an end of its own holds what it does on purpose.
pub(super) fn in_html(document: &mut Document, span: Span) {
    let html = document.text.get(span);
    let body = html.find('\n').map_or(html.len(), |at| at + 1);
    let before = document.lost_headings.len();
    collect(
        document,
        Span::new(span.start + body, span.end),
        false,
        Hiding::Html(span),
    );
    let first = document.lost_headings.get(before).map(|lost| lost.span.start);
    let is_ended = |at: usize| {
        let above = document.text.get(Span::new(span.start, at)).trim_end();
        ends(document.dialect, above)
    };
    if !first.is_none_or(is_ended) {
        document.lost_headings.truncate(before);
    }
}

/// In a paragraph, whose bytes are those of `block`.
pub(super) fn in_paragraph(document: &mut Document, inlines: &Inlines, block: Span) {
    let mut found = Vec::new();
    for line in inlines.lines() {
        let Some(first) = line.first().filter(|run| run.kind == RunKind::Text) else {
            continue;
        };
        let span = Span::new(first.span.start, line.last().map_or(first.span.end, |run| run.span.end));
        // Code may run on over the end of the line.
        let shown = document.text.get(span).lines().next().unwrap_or("");
        let span = Span::new(span.start, span.start + shown.len());
        let (line, hiding) = match shown.strip_prefix('\u{feff}') {
            Some(rest) => (rest, Hiding::ByteOrderMark),
            None => (shown, Hiding::NoSpace),
        };
        if !line.starts_with('#') {
            continue;
        }
        let Some((level, name)) = heading_like(line, hiding == Hiding::ByteOrderMark) else {
            continue;
        };
        // With its space, or without the mark, it is one: not where it is escaped, or so far
        // in that it goes on with the line above.
        let lead = document.text.get(Span::new(block.start, span.start));
        let lead = lead.rsplit('\n').next().unwrap_or("");
        let marks = "#".repeat(usize::from(level));
        let cured = format!("{lead}{marks} {name}");
        let begins = begins_at(document.dialect, &cured, lead.len());
        if matches!(begins, Some(Begins::Heading(found, _)) if found == level) {
            found.push((span, level, name.to_owned(), hiding));
        }
    }
    for (span, level, name, hiding) in found {
        push(document, span, level, name, hiding);
    }
}

/// What closes a block that nothing closes: the marks of a fence, or what ends HTML that begins like this.
pub fn closing(block: &str) -> String {
    let start = block.trim_start();
    let ends = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")];
    if let Some((_, end)) = ends.iter().find(|(begin, _)| start.starts_with(begin)) {
        return (*end).to_owned();
    }
    match start.strip_prefix('<') {
        Some(tag) => {
            let end = tag.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tag.len());
            // In small letters, however it begins: no other does.
            format!("</{}>", tag.get(..end).unwrap_or("").to_ascii_lowercase())
        }
        None => start.chars().take_while(|c| matches!(c, '`' | '~')).collect(),
    }
}
