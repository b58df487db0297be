//! Lines that look like headings and are none: hidden in a fence, a comment or HTML, or without their space.
//!
//! A chapter full of them is not a chapter without sections; who compares it with a template wants to know.

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
    /// A comment that is never closed, whose bytes these are.
    Comment(Span),
    /// A block of HTML, which runs on to the next empty line.
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
            Hiding::Comment(span) => Hiding::Comment(span.shifted(by)),
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

pub(super) fn in_html(document: &mut Document, html: &str, span: Span) {
    let start = html.trim_start();
    if start.starts_with("<!--") {
        // What stands in a closed comment was taken out on purpose.
        if !start.contains("-->") {
            collect(document, span, false, Hiding::Comment(span));
        }
        return;
    }
    let after_first = html.find('\n').map_or(html.len(), |at| at + 1);
    collect(
        document,
        Span::new(span.start + after_first, span.end),
        false,
        Hiding::Html(span),
    );
}

pub(super) fn in_paragraph(document: &mut Document, inlines: &Inlines) {
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
        let heading = heading_like(line, hiding == Hiding::ByteOrderMark);
        found.extend(heading.map(|(level, name)| (span, level, name.to_owned(), hiding)));
    }
    for (span, level, name, hiding) in found {
        push(document, span, level, name, hiding);
    }
}

/// Whether a fenced block, all of it, lacks its closing fence.
pub(super) fn fence_is_open(block: &str) -> bool {
    let mut lines = block.trim_end().lines();
    let Some(first) = lines.next().map(str::trim_start) else {
        return false;
    };
    let Some(mark) = first.chars().next() else {
        return false;
    };
    let wanted = first.chars().take_while(|char| *char == mark).count();
    let closing = lines.next_back().map_or("", str::trim);
    !(closing.len() >= wanted && closing.chars().all(|char| char == mark))
}
