//! The marks around what archdoc itself has put on a page, and a text without it.
//!
//! What is marked is nobody's word: it is neither read nor shown, but made anew, so that it does not matter who wrote it.
//! A mark hides nothing else: one without its counterpart means nothing, and where a comment is only shown, as code, it is
//! no mark.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use super::parse;
use crate::markdown::Dialect;
use crate::source::Span;

/// Begins what archdoc has put on a page.
pub const BEGIN: &str = "<!-- archdoc: computed -->";
/// Ends it.
pub const END: &str = "<!-- archdoc: end -->";
/// Stands on a line, of a list or a table, all of which archdoc has put there.
pub const LINE: &str = "<!-- archdoc: computed; line -->";

/// The words of marks, with the keys that they have.
pub const WORDS: [(&str, &[&str]); 2] = [("computed", &["instead", "line"]), ("end", &[])];

/// How often a text is looked through: what is taken out may show that what seemed to be code is none. No page that
/// archdoc made needs a second time.
const ROUNDS: usize = 4;

/// A mark in a text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    span: Span,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Begins; the author's text in whose place the other one stands.
    Begin(Option<Span>),
    End,
    Line,
}

/// The parts of a text that are its author's, in order; none where that is all of it.
pub fn authored(text: &str) -> Option<Vec<Span>> {
    let mut kept = once(text)?;
    for _ in 1..ROUNDS {
        let Some(further) = once(&joined(text, &kept)) else {
            break;
        };
        kept = within(&kept, &further);
    }
    Some(kept)
}

/// A text without what is marked in it.
pub fn without(text: &str) -> Cow<'_, str> {
    authored(text).map_or(Cow::Borrowed(text), |kept| Cow::Owned(joined(text, &kept)))
}

/// Whether what stands at `offset` is shown as code.
pub fn is_code(text: &str, offset: usize) -> bool {
    let mut events = Dialect::default().parser(text).into_offset_iter();
    events.any(|(event, at)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) && at.contains(&offset))
}

/// The comments of a piece of HTML, in order.
pub fn comments(html: &str) -> Vec<Span> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = html
        .get(at..)
        .and_then(|rest| rest.find("<!--"))
        .map(|start| at + start)
    {
        let comment = html.get(start..).unwrap_or("");
        at = start + comment.find("-->").map_or(comment.len(), |end| end + 3);
        found.push(Span::new(start, at));
    }
    found
}

/// The text that the parts of a text make together.
pub fn joined(text: &str, kept: &[Span]) -> String {
    kept.iter().filter_map(|span| text.get(span.start..span.end)).collect()
}

/// Where a span of a text stands in what `kept` leaves of it; `None` where it reaches into what is gone.
pub fn among(kept: &[Span], span: Span) -> Option<Span> {
    let mut before = 0;
    for part in kept {
        if part.contains(span) {
            return Some(Span::new(
                before + span.start - part.start,
                before + span.end - part.start,
            ));
        }
        before += part.len();
    }
    None
}

/// Spans of what `kept` leaves of a text, as spans of the text itself.
fn within(kept: &[Span], further: &[Span]) -> Vec<Span> {
    let mut spans = Vec::new();
    for span in further {
        let mut before = 0;
        for part in kept {
            let (from, to) = (span.start.max(before), span.end.min(before + part.len()));
            if from < to {
                spans.push(Span::new(part.start + from - before, part.start + to - before));
            }
            before += part.len();
        }
    }
    spans
}

/// The parts that are left where what is marked is taken out, once.
fn once(text: &str) -> Option<Vec<Span>> {
    let marks = marks(text);
    let cuts = cuts(text, &marks);
    if cuts.is_empty() {
        return None;
    }
    let (mut kept, mut done) = (Vec::with_capacity(cuts.len() + 1), 0);
    for (cut, instead) in cuts {
        kept.push(Span::new(done, cut.start));
        kept.extend(instead);
        done = cut.end;
    }
    kept.push(Span::new(done, text.len()));
    kept.retain(|span| !span.is_empty());
    Some(kept)
}

/// What is taken out, in order, and what of it stays; nothing overlaps.
fn cuts(text: &str, marks: &[Mark]) -> Vec<(Span, Option<Span>)> {
    let lines: Vec<Span> = marks
        .iter()
        .filter(|mark| mark.kind == Kind::Line)
        .map(|mark| whole_lines(text, mark.span))
        .collect();
    let mut cuts: Vec<(Span, Option<Span>)> = lines.iter().map(|line| (*line, None)).collect();
    let mut open: Vec<(Span, Option<Span>)> = Vec::new();
    // The lines come in their order, as the marks do.
    let mut at = 0;
    for mark in marks {
        while lines.get(at).is_some_and(|line| line.end <= mark.span.start) {
            at += 1;
        }
        if lines.get(at).is_some_and(|line| line.contains(mark.span)) {
            continue;
        }
        match mark.kind {
            Kind::Begin(instead) => open.push((mark.span, instead)),
            Kind::End => cuts.extend(open.pop().map(|(begin, instead)| {
                let both = Span::new(begin.start, mark.span.end);
                let cut = if instead.is_none() && stands_alone(text, both) {
                    whole_lines(text, both)
                } else {
                    both
                };
                (cut, instead)
            })),
            Kind::Line => {}
        }
    }
    cuts.sort_by_key(|(cut, _)| (cut.start, std::cmp::Reverse(cut.end)));
    let mut apart: Vec<(Span, Option<Span>)> = Vec::new();
    for (cut, instead) in cuts {
        match apart.last_mut() {
            // A pair in a pair goes with it; a line may hold a part of one.
            Some((last, _)) if cut.start < last.end => last.end = last.end.max(cut.end),
            Some((last, None)) if cut.start == last.end && instead.is_none() => last.end = cut.end,
            _ => apart.push((cut, instead)),
        }
    }
    // The last line has no end of its own: the one in front of it came with it.
    if let Some((last, None)) = apart.last_mut()
        && last.end == text.len()
        && line_end(text.get(..last.end).unwrap_or("")) == 0
        && stands_alone(text, *last)
    {
        last.start -= line_end(text.get(..last.start).unwrap_or(""));
    }
    apart
}

/// How many bytes of line end a text ends with.
fn line_end(text: &str) -> usize {
    let ends = ["\r\n", "\n", "\r"];
    ends.iter().find(|end| text.ends_with(**end)).map_or(0, |end| end.len())
}

/// Whether nothing else stands on the lines of a span.
fn stands_alone(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or("");
    let below = text.get(span.end..).unwrap_or("");
    (before.is_empty() || line_end(before) > 0) && (below.is_empty() || below.starts_with(['\r', '\n']))
}

/// The lines of a span, with the end of the last one.
fn whole_lines(text: &str, span: Span) -> Span {
    let start = text.get(..span.start).and_then(|before| before.rfind(['\r', '\n']));
    let below = text.get(span.end..).unwrap_or("");
    let line = below.find(['\r', '\n']).unwrap_or(below.len());
    let end = match below.get(line..).unwrap_or("") {
        end if end.starts_with("\r\n") => 2,
        "" => 0,
        _ => 1,
    };
    Span::new(start.map_or(0, |at| at + 1), span.end + line + end)
}

/// The marks of a text, in order.
fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    if !may_hold(text) {
        return found;
    }
    for (event, at) in Dialect::default().parser(text).into_offset_iter() {
        let html = text.get(at.clone()).unwrap_or("");
        match event {
            Event::Start(Tag::HtmlBlock) => {
                let comments = comments(html).into_iter();
                found.extend(comments.filter_map(|comment| mark(text, comment.shifted(at.start))));
            }
            Event::InlineHtml(_) if html.starts_with("<!--") => found.extend(mark(text, at.into())),
            _ => {}
        }
    }
    found
}

/// Whether there is a comment that may be a mark: few texts have one.
fn may_hold(text: &str) -> bool {
    // Looked for at once first, which is quicker by far.
    let words = if text.contains("archdoc:") { text } else { "" };
    words.match_indices("archdoc:").any(|(at, lead)| {
        let word = text.get(at + lead.len()..).unwrap_or("").trim_start();
        WORDS.iter().any(|(mark, _)| word.starts_with(mark))
    })
}

/// The mark that the comment at `span` is. One that archdoc would not write is none.
fn mark(text: &str, span: Span) -> Option<Mark> {
    let comment = text.get(span.start..span.end)?.trim_end();
    let directive = parse(comment, span.start).filter(|found| found.trouble.is_none())?;
    let (_, keys) = WORDS.iter().find(|(word, _)| *word == directive.word)?;
    let strange = directive
        .options
        .iter()
        .any(|option| !keys.contains(&option.key.as_str()));
    // Two halves of a directive of the host's must not come together.
    let in_braces = text.get(..span.start)?.ends_with('{');
    if strange || in_braces || comment.contains(['\r', '\n']) {
        return None;
    }
    let kind = match (
        directive.word.as_str(),
        directive.find("line"),
        directive.find("instead"),
    ) {
        ("end", ..) => Kind::End,
        (_, Some(_), None) => Kind::Line,
        (_, Some(_), Some(_)) => return None,
        (_, None, instead) => Kind::Begin(instead.map(|option| option.value_at.shifted(span.start))),
    };
    Some(Mark {
        span: Span::new(span.start, span.start + comment.len()),
        kind,
    })
}
