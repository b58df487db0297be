//! Text of a cell, a line or an item as a reader reads it, which still knows its bytes. It must never invent a
//! character, and never lose one that a reader of the source reads.

use super::super::reader::Said;
use crate::document::{Run, RunKind};
use crate::source::{Span, Text};

/// Elements of HTML that shape text. Any other name between `<` and `>` is a word that somebody meant: `<date>`.
const ELEMENTS: &str = "a abbr b big blockquote br button center cite code dd del details div dl dt em font footer form \
     h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label li mark nobr ol p path picture pre q s samp section \
     select small source span strike strong sub summary sup svg table tbody td textarea tfoot th thead tr tt u ul var \
     video wbr";

/// What some runs read, and where it stands.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The text; a `<br>` is a line end, other white space is as it was written.
    pub text: String,
    /// The offsets in `text` of the pipes that can part the cells of a table.
    pub pipes: Vec<usize>,
    /// How many bytes of `text` stand in bold at its start.
    pub strong: usize,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    /// Where it begins in the text.
    at: usize,
    span: Span,
    /// Whether its bytes are those of the source.
    exact: bool,
}

impl Reading {
    /// Reads `runs`, which are of `text`.
    pub fn of(runs: &[Run], text: &Text) -> Self {
        let mut reading = Self {
            text: String::with_capacity(runs.iter().map(|run| run.span.len()).sum()),
            pieces: Vec::with_capacity(runs.len()),
            ..Self::default()
        };
        for run in runs {
            reading.add(run, text);
        }
        if reading.text.trim().is_empty() && !runs.iter().any(|run| text.get(run.span).starts_with("</")) {
            // Nothing but a tag that is never closed: the name of an element can be a placeholder too.
            let tags = runs.iter().filter(|run| run.kind == RunKind::Html);
            for run in
                tags.filter(|run| tag(text.get(run.span)).is_some_and(|name| !is_in("br hr img input wbr", name)))
            {
                reading.push(text.get(run.span), run.span, true);
            }
        }
        reading
    }

    fn add(&mut self, run: &Run, text: &Text) {
        let source = text.get(run.span);
        let shown = match run.kind {
            RunKind::Html => match tag(source) {
                Some(name) if name.eq_ignore_ascii_case("br") => "\n",
                Some(name) if !is_in(ELEMENTS, name) => source,
                _ => return,
            },
            _ => run.text(text),
        };
        let exact = shown == source;
        if run.kind == RunKind::Text {
            let escaped = |at: usize| {
                let before = text.get(Span::new((run.span.start + at).saturating_sub(1), run.span.start + at));
                at == 0 && before == "\\"
            };
            let start = self.text.len();
            let pipes = shown.match_indices('|').filter(|(at, _)| exact && !escaped(*at));
            self.pipes.extend(pipes.map(|(at, _)| start + at));
        }
        if run.strong && self.strong == self.text.len() {
            self.strong += shown.len();
        }
        self.push(shown, run.span, exact);
    }

    fn push(&mut self, shown: &str, span: Span, exact: bool) {
        self.pieces.push(Piece {
            at: self.text.len(),
            span,
            exact,
        });
        self.text.push_str(shown);
    }

    /// The source of the bytes `from..to` of the text; `from` itself where they are none.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let start = self.source(from, false);
        if from >= to {
            return Span::at(start);
        }
        Span::new(start, self.source(to, true))
    }

    fn source(&self, offset: usize, end: bool) -> usize {
        // An end belongs to the piece that it closes, a start to the piece that it opens.
        let after = self
            .pieces
            .partition_point(|piece| if end { piece.at < offset } else { piece.at <= offset });
        let Some(piece) = self.pieces.get(after.saturating_sub(1)) else {
            return 0;
        };
        let within = offset.saturating_sub(piece.at);
        if piece.exact {
            (piece.span.start + within).min(piece.span.end)
        } else if within == 0 {
            piece.span.start
        } else {
            piece.span.end
        }
    }

    /// `from..to` without the white space at its ends, and as it reads.
    pub fn part(&self, from: usize, to: usize) -> Said {
        let raw = self.text.get(from..to).unwrap_or("");
        let start = from + (raw.len() - raw.trim_start().len());
        Said::new(folded(raw), self.span(start, start + raw.trim().len()))
    }
}

/// The name of the tag that `html` opens, where it has neither a value nor anything else that only HTML has.
fn tag(html: &str) -> Option<&str> {
    let inside = html.strip_prefix('<')?.strip_suffix('>')?;
    let inside = inside.trim_end_matches('/').trim_end();
    let name = inside.split([' ', '\t']).next().unwrap_or(inside);
    if is_in(ELEMENTS, name) {
        return Some(name);
    }
    let word = name.starts_with(char::is_alphabetic) && !inside.contains(['=', '"', '\n', ':']);
    word.then_some(name)
}

fn is_in(words: &str, name: &str) -> bool {
    words.split_whitespace().any(|word| word.eq_ignore_ascii_case(name))
}

/// The lines of `text`, white space folded in each, none empty.
pub(super) fn folded(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for line in text.lines() {
        let begun = result.len();
        for word in line.split_whitespace() {
            if result.len() > begun {
                result.push(' ');
            } else if begun > 0 {
                result.push('\n');
            }
            result.push_str(word);
        }
    }
    result
}
