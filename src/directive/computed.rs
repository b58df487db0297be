//! The marks around what archdoc itself has put on a page, and a text without it.
//!
//! What is marked is nobody's word: it is neither read nor shown, but made anew, so that it does not matter who wrote it.
//! A mark hides nothing else: one without its counterpart means nothing, and where a comment is only shown, as code, it is
//! no mark.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use super::{host, parse};
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
/// archdoc made needs a second time; of one that needs more than these nothing is taken out, so that the marks are found.
const ROUNDS: usize = 32;

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

/// The parts of a text that are its author's, in order; none where that is all of it. In what is left nothing can be taken
/// out, and it asks the host for what each part asks for alone.
pub fn authored(text: &str) -> Option<Vec<Span>> {
    let mut kept = once(text)?;
    for _ in 0..ROUNDS {
        let left = joined(text, &kept);
        let Some(further) = once(&left) else {
            let ends = kept.iter().scan(0, |at, part| {
                *at += part.len();
                Some(*at)
            });
            return (!host::any_across(&left, ends)).then_some(kept);
        };
        kept = within(&kept, &further);
    }
    None
}

/// Whether an author's words can be kept in a mark, as its `instead`.
pub fn can_be_kept(words: &str) -> bool {
    let plain = |c: char| !c.is_control() && !matches!(c, '"' | '<' | '>' | '|' | '\\' | '{' | '`');
    !words.is_empty() && words.trim() == words && words.chars().all(plain) && !words.contains("--")
}

/// A text without what is marked in it.
pub fn without(text: &str) -> Cow<'_, str> {
    authored(text).map_or(Cow::Borrowed(text), |kept| Cow::Owned(joined(text, &kept)))
}

/// What of a text is shown as code, in order.
pub fn code(text: &str) -> Vec<Span> {
    let events = Dialect::default().parser(text).into_offset_iter();
    let code = events.filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))));
    code.map(|(_, at)| at.into()).collect()
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

/// Spans of what `kept` leaves of a text, as spans of the text itself; both in order.
fn within(kept: &[Span], further: &[Span]) -> Vec<Span> {
    let (mut spans, mut before, mut parts) = (Vec::new(), 0, kept.iter().peekable());
    for span in further {
        while let Some(part) = parts.peek() {
            let (from, to) = (span.start.max(before), span.end.min(before + part.len()));
            if from < to {
                spans.push(Span::new(part.start + from - before, part.start + to - before));
            }
            // The next span may begin in the same part.
            if span.end < before + part.len() {
                break;
            }
            before += part.len();
            parts.next();
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
    let kept = directive.option("instead").is_none_or(can_be_kept);
    if strange || !kept || comment.contains(['\r', '\n']) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_marked_is_taken_out() {
        let block = format!("{BEGIN}\n\nx\n\n{END}");
        for (text, expected) in [
            (format!("a\n{block}\nb\n"), "a\nb\n"),
            (format!("a\n{block}\n\nb\n"), "a\n\nb\n"),
            (format!("a\n{block}"), "a"),
            (format!("a\n{block}\n"), "a\n"),
            (format!("a\n{block}\n{block}"), "a"),
            (format!("{block}\n{block}\na"), "a"),
            (block.clone(), ""),
            (format!("a\n{block}\nb\n").replace('\n', "\r\n"), "a\r\nb\r\n"),
            (format!("a\r\n{block}"), "a"),
            // Behind other words nothing but the words goes.
            (format!("a{BEGIN} x{END}\nb\n"), "a\nb\n"),
            (format!("a {BEGIN}x\n\n## y\n{END} b\n"), "a  b\n"),
            (format!("| a{BEGIN} x{END} | b |\n"), "| a | b |\n"),
            (format!("> {BEGIN}\n> x\n> {END}\n> b\n"), "> \n> b\n"),
            (format!("- a\n- x {LINE}\n- b\n"), "- a\n- b\n"),
            (format!("- a\n- x {LINE}"), "- a"),
            (format!("| a |\n|---|\n| x {LINE} |\n| b |\n"), "| a |\n|---|\n| b |\n"),
            (format!("x {LINE} {BEGIN}\ny\n{END}\n"), "y\n<!-- archdoc: end -->\n"),
            // In one another.
            (format!("a\n{BEGIN}\n{BEGIN}\nx\n{END}\nx\n{END}\nb\n"), "a\nb\n"),
            (format!("a\n{BEGIN}\nx {LINE}\ny\n{END}\nb\n"), "a\nb\n"),
            // The author's words are there, whatever stands in their place.
            (
                "a <!-- archdoc: computed; instead=\"[D]\" -->x<!-- archdoc: end --> b\n".to_owned(),
                "a [D] b\n",
            ),
            // As the grammar has it.
            (
                "a\n<!--archdoc:computed-->\nx\n<!--   archdoc: end   -->\nb\n".to_owned(),
                "a\nb\n",
            ),
            // What is taken out has hidden more of it.
            (
                format!("{BEGIN}\n<pre>\n{END}\n\n`{BEGIN}`x\n\n<b>{BEGIN}y{END}\n"),
                "\n`<!-- archdoc: computed -->`x\n\n<b>\n",
            ),
        ] {
            assert_eq!(without(&text), expected, "{text}");
        }
    }

    #[test]
    fn half_a_mark_and_one_that_is_shown_take_nothing_out() {
        for text in [
            format!("{BEGIN}\nx\n"),
            format!("x\n{END}\n"),
            format!("{END}\nx\n{BEGIN}\n"),
            format!("```\n{BEGIN}\nx\n{END}\n```\n"),
            format!("    {BEGIN}\n    x\n    {END}\n"),
            format!("a `{BEGIN}x{END}` b\n"),
            format!("a \\{BEGIN}x\\{END} b\n"),
            format!("{BEGIN}\n```\n{END}\n```\n"),
            format!("{BEGIN}\n~~~\nx\n{END}\n"),
            format!("<!-- {BEGIN} -->\nx\n<!-- {END} -->\n"),
            format!("a {{{BEGIN}x{END}{{#include x}}}}\n"),
            format!("a {{{{{BEGIN}x{END}#include x}}}}\n"),
            format!("a {{{{#inc{BEGIN}x{END}lude x}}}}\n"),
            format!("a {{{{#include {BEGIN}x{END}x}}}}\n"),
            format!("a {{{{#include x}}{BEGIN}x{END}}}\n"),
            format!("a \\{{{{#{BEGIN}x{END}include x}}}}\n"),
            format!("a \\{{{{#include x {BEGIN}\n\n{END}}}}}\n"),
            "a <!-- archdoc: computed; instead=\"{\" -->x<!-- archdoc: end -->{#include x}}\n".to_owned(),
            "a <!-- archdoc: computed; instead=\"{{#include x}}\" -->x<!-- archdoc: end -->\n".to_owned(),
            "a {{<!-- archdoc: computed; instead=\"#include\" -->x<!-- archdoc: end --> x}}\n".to_owned(),
            "a <!-- archdoc: computed; instead=\"\" -->x<!-- archdoc: end -->\n".to_owned(),
            "a <!-- archdoc: computed; instead=\"`\" -->x<!-- archdoc: end -->\n".to_owned(),
            "a <!-- archdoc: computed; instead=\"\\\" -->x<!-- archdoc: end -->*b*\n".to_owned(),
            "a <!-- archdoc: computed; instead=\"<b\" -->x<!-- archdoc: end -->\n".to_owned(),
            "<!-- archdoc: computed; part=\"x\" -->x<!-- archdoc: end; of=\"x\" -->\n".to_owned(),
            "<!-- archdoc: computed\n-->\nx\n<!-- archdoc:\nend -->\n".to_owned(),
            "<!-- archdoc: computed; line; instead=\"x\" -->\n".to_owned(),
            "<!-- archdoc: computed; instead=\"x -->y<!-- archdoc: end -->\n".to_owned(),
            "<!-- archdoc: computed".to_owned(),
            "archdoc: computed; archdoc: end\n".to_owned(),
            "<!-- archdoc: overview -->\n".to_owned(),
        ] {
            assert_eq!(authored(&text), None, "{text}");
        }
    }

    /// Lines that hide each other: each is code until the one in front of it is gone.
    fn nested(depth: usize) -> String {
        let line = |at: usize| format!("x {LINE} {} {}\n", "`".repeat(at), "`".repeat(at + 1));
        (1..=depth).map(line).collect()
    }

    #[test]
    fn marks_that_hide_each_other_are_taken_out_all_or_none() {
        for depth in [1, 2, 5, 9, 20, 32, 33, 60, 500] {
            let text = format!("a\n\n{}", nested(depth));
            let once = without(&text);
            assert_eq!(without(&once), once, "{depth}");
            assert_eq!(once, if depth > ROUNDS { &text } else { "a\n\n" }, "{depth}");
        }
    }

    /// Marks beyond number cost no more than a text as long.
    #[test]
    fn many_marks_are_read_at_once() {
        for piece in [
            BEGIN.to_owned(),
            format!("{BEGIN}\n\n"),
            format!("{BEGIN}x{END}\n"),
            format!("x {LINE}\n"),
            format!("{BEGIN}\n<pre>\n{END}\n`"),
        ] {
            let text = piece.repeat(20_000) + &format!("{END}\n").repeat(20_000);
            let begun = std::time::Instant::now();
            assert!(authored(&text).is_some(), "{piece}");
            assert!(begun.elapsed().as_secs() < 30, "{piece}: {:?}", begun.elapsed());
        }
    }

    proptest! {
        /// What is left are parts of the text, and none of it can be taken out again.
        #[test]
        fn what_is_left_is_the_authors(pieces in prop::collection::vec(prop::sample::select(vec![
            BEGIN, END, LINE, "\n", "\n\n", "a", " ", "`", "```\n", "> ", "- ", "    ", "| a |", "\r\n", "<!--", "-->", "<pre>",
            " ` ``\n", " `` ```\n", " ``` ````\n", " ````", " ````\n", "x <!-- archdoc: computed; line -->", "x <!-- archdoc: computed; line -->\n", "{{", "}}", "{", "#include", "\\",
            "<!-- archdoc: computed; instead=\"#x\" -->", "<!-- archdoc: computed; instead=\"{\" -->",
        ]), 0..24)) {
            let text = pieces.concat();
            let kept = authored(&text).unwrap_or_else(|| vec![Span::new(0, text.len())]);
            prop_assert!(kept.windows(2).all(|two| two[0].end <= two[1].start));
            prop_assert_eq!(joined(&text, &kept), without(&text));
            prop_assert_eq!(authored(&without(&text)), None);
            for at in kept.iter().flat_map(|part| part.start..part.end) {
                let there = among(&kept, Span::new(at, at + 1)).unwrap();
                prop_assert_eq!(without(&text).as_bytes()[there.start], text.as_bytes()[at]);
            }
        }
    }
}
