//! The search for markers in the text of a document.

use std::cell::OnceCell;

use super::{Marker, NOTES, OPEN, TO_BE, behind_key, braced, is_marker, is_whole};
use crate::document::{Block, BlockKind, Document, Inlines, Run, RunKind};
use crate::source::Span;

/// Words behind a marker that make a name of it: a `TODO list` is a feature.
const NOUNS: [&str; 24] = [
    "api",
    "app",
    "application",
    "applications",
    "apps",
    "board",
    "column",
    "comment",
    "comments",
    "entries",
    "entry",
    "feature",
    "item",
    "items",
    "list",
    "lists",
    "marker",
    "markers",
    "service",
    "table",
    "tag",
    "tags",
    "task",
    "tasks",
];
/// Words in front of a marker that speak of it.
const DETERMINERS: [&str; 24] = [
    "a", "all", "an", "and", "any", "as", "called", "each", "every", "for", "known", "labelled", "marked", "named",
    "no", "of", "or", "says", "that", "the", "these", "this", "with", "without",
];
/// What begins the names of placeholders between angle brackets.
const ASKING: [&str; 5] = ["your", "insert", "enter", "tbd", "todo"];

/// The markers in a document, in the order of the text.
pub fn markers(document: &Document) -> Vec<Marker> {
    let mut finder = Finder {
        document,
        trunk: OnceCell::new(),
        line: 0,
        found: Vec::new(),
    };
    finder.blocks(&document.blocks);
    finder.found.sort_by_key(|marker| marker.span);
    finder.found
}

struct Finder<'d> {
    document: &'d Document,
    /// Whether the document speaks of trunk-based development, which is `TBD`, too.
    trunk: OnceCell<bool>,
    line: usize,
    found: Vec<Marker>,
}

impl Finder<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(inlines) => {
                    self.lines(inlines, false);
                    self.attributes(Span::new(inlines.span.end, block.span.end));
                }
                BlockKind::Paragraph(inlines) => self.lines(inlines, false),
                BlockKind::List(list) => {
                    for item in &list.items {
                        // What an open box leaves open is said by the box.
                        let open = item.task.is_some_and(|task| !task.ticked);
                        let (first, rest) = item.blocks.split_at(usize::from(item.paragraph().is_some()));
                        if let Some(inlines) = first.first().and_then(Block::paragraph) {
                            self.lines(inlines, open);
                        }
                        self.blocks(rest);
                    }
                }
                BlockKind::Table(table) => {
                    for row in &table.rows {
                        self.line = row.span.start;
                        for cell in &row.cells {
                            self.text(cell.span, &cell.runs, false);
                        }
                    }
                }
                BlockKind::Quote(blocks) | BlockKind::Other(blocks) => self.blocks(blocks),
                BlockKind::Code(_) | BlockKind::Rule | BlockKind::Html | BlockKind::Comment => {}
            }
        }
    }

    /// A paragraph: where it is made of fields, each of its lines is one of them.
    fn lines(&mut self, inlines: &Inlines, open: bool) {
        if inlines.lines().all(|line| line.first().is_some_and(|run| run.strong)) {
            for line in inlines.lines() {
                if let (Some(first), Some(last)) = (line.first(), line.last()) {
                    self.line = first.span.start;
                    self.text(Span::new(first.span.start, last.span.end), line, open);
                }
            }
        } else {
            self.line = inlines.span.start;
            self.text(inlines.span, &inlines.runs, open);
        }
    }

    fn text(&mut self, span: Span, runs: &[Run], open: bool) {
        let raw = self.document.text.get(span);
        if without_beginnings(raw).is_some_and(|value| !is_whole(value)) {
            return;
        }
        let Some(shown) = shown(self.document, span, runs) else {
            return;
        };
        let before = self.found.len();
        self.words(&shown, span.start, open);
        self.phrases(&shown, span.start);
        self.blanks(&shown, span.start);
        self.angles(runs);
        if before == self.found.len() && is_marker(shown.trim()) && !shown.contains(OPAQUE) {
            let value = behind_key(&shown);
            let start = span.start + shown.len() - value.trim_start().len();
            self.push(Span::new(start, start + value.trim().len()));
        }
    }

    /// `# Design of {Name}`: at the end of a heading the parser takes it for attributes.
    fn attributes(&mut self, behind: Span) {
        let line = self.document.text.get(behind).lines().next().unwrap_or("");
        let start = line.len() - line.trim_start_matches(['#', ' ', '\t']).len();
        if let Some(length) = line.get(start..).and_then(braced) {
            let at = behind.start + start;
            self.push(Span::new(at, at + length));
        }
    }

    fn push(&mut self, span: Span) {
        let line = self.line;
        self.found.push(Marker { span, line });
    }

    /// `TBD`, `TODO`.
    fn words(&mut self, shown: &str, at: usize, open: bool) {
        for word in OPEN.into_iter().chain(NOTES) {
            for (from, _) in shown.match_indices(word) {
                if word == "TBD" && self.says_trunk() {
                    break;
                }
                let (Some(before), Some(after)) = (shown.get(..from), shown.get(from + word.len()..)) else {
                    continue;
                };
                if stands_alone(before, after) && says_open(before, after, word) && (!open || before.trim().is_empty())
                {
                    self.push(Span::new(at + from, at + from + word.len()));
                }
            }
        }
    }

    fn says_trunk(&self) -> bool {
        *self.trunk.get_or_init(|| {
            let text = self.document.text.as_str().to_ascii_lowercase();
            text.contains("trunk-based") || text.contains("trunk based")
        })
    }

    /// `(to be added)`, `lorem ipsum`.
    fn phrases(&mut self, shown: &str, at: usize) {
        let lower = shown.to_ascii_lowercase();
        for (from, _) in lower.match_indices("lorem ipsum") {
            self.push(Span::new(at + from, at + from + "lorem ipsum".len()));
        }
        for (from, _) in lower.match_indices("to be ") {
            let before = lower.get(..from).unwrap_or("").trim_end();
            let rest = lower.get(from + "to be ".len()..).unwrap_or("");
            let verb = TO_BE.iter().find(|verb| {
                let behind = rest.strip_prefix(**verb).unwrap_or("x");
                behind.starts_with([')', ']']) && before.ends_with(['(', '['])
            });
            if let Some(verb) = verb {
                self.push(Span::new(at + from, at + from + "to be ".len() + verb.len()));
            }
        }
    }

    /// `____`, `{Name}`.
    fn blanks(&mut self, shown: &str, at: usize) {
        let mut from = 0;
        while let Some(start) = shown
            .get(from..)
            .and_then(|rest| rest.find(['_', '{']))
            .map(|next| from + next)
        {
            let rest = shown.get(start..).unwrap_or("");
            let underscores = rest.bytes().take_while(|byte| *byte == b'_').count();
            let length = match underscores {
                0 => braced(rest),
                1..=3 => None,
                many => Some(many),
            };
            // Of many braces the last two may begin a name.
            let braces = rest.bytes().take_while(|byte| *byte == b'{').count();
            let end = start + length.unwrap_or(underscores.max(braces.saturating_sub(2)).max(1));
            let (before, after) = (shown.get(..start).unwrap_or(""), shown.get(end..).unwrap_or(""));
            if length.is_some() && stands_alone(before, after) {
                self.push(Span::new(at + start, at + end));
            }
            from = end;
        }
    }

    /// `<your name>`: HTML to the parser, and nothing to the reader.
    fn angles(&mut self, runs: &[Run]) {
        for run in runs
            .iter()
            .filter(|run| run.kind == RunKind::Html && run.link.is_none())
        {
            let tag = self.document.text.get(run.span);
            let inner = tag
                .strip_prefix('<')
                .and_then(|rest| rest.strip_suffix('>'))
                .unwrap_or("");
            let plain = inner.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'));
            let lower = inner.to_lowercase();
            let asking = lower
                .split([' ', '-', '_'])
                .next()
                .is_some_and(|first| ASKING.contains(&first));
            if plain && asking {
                self.push(run.span);
            }
        }
    }
}

/// What stands behind the last key of a text, as in [`behind_key`]; none where the text has the beginnings of a marker.
/// Nearly all have none, and one look at each byte tells.
fn without_beginnings(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let (mut at, mut key) = (0, 0);
    while let Some(next) = bytes.get(at..)?.iter().position(|byte| may_begin(*byte)) {
        at += next;
        let rest = bytes.get(at..)?;
        match rest {
            [b':', b' ', ..] => key = at + 2,
            [b'T', b'O' | b'B', _, ..]
            | [b'F', b'I', b'X', ..]
            | [b'X', b'X', b'X', ..]
            | [b'_', b'_', b'_', ..]
            | [b'{' | b'<', _, _, ..]
            | [b'Y', b'Y', b'Y', ..]
            | [b'y', b'y', b'y', ..]
            | [b'b', b'e', b' ', ..]
            | [b'i', b'p', b's', ..] => return None,
            _ => {}
        }
        at += 1;
    }
    text.get(key..)
}

/// Whether one of the beginnings above has this byte first. Few bytes do, and a table tells fastest.
fn may_begin(byte: u8) -> bool {
    const FIRST: [bool; 256] = {
        let mut first = [false; 256];
        let mut rest: &[u8] = b":TFX_{<Yybi";
        while let [byte, behind @ ..] = rest {
            first[*byte as usize] = true;
            rest = behind;
        }
        first
    };
    FIRST.get(usize::from(byte)).is_some_and(|first| *first)
}

/// Stands for what is not looked at.
const OPAQUE: char = '\u{1}';

/// The text of a line with its markup as spaces and what is not looked at as [`OPAQUE`], byte for byte in its place.
fn shown(document: &Document, span: Span, runs: &[Run]) -> Option<String> {
    let mut bytes = vec![b' '; span.len()];
    for run in runs {
        let area = run.span.start.checked_sub(span.start)?..run.span.end.checked_sub(span.start)?;
        let source = document.text.get(run.span).as_bytes();
        let target = bytes.get_mut(area).filter(|target| target.len() == source.len())?;
        match run.kind {
            RunKind::Text if run.link.is_none() && !run.struck => target.copy_from_slice(source),
            RunKind::Text | RunKind::Code | RunKind::Footnote => target.fill(OPAQUE as u8),
            RunKind::Html | RunKind::SoftBreak | RunKind::HardBreak => {}
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether what stands between the two texts is a word of its own, and not quoted.
fn stands_alone(before: &str, after: &str) -> bool {
    let quotes = ['"', '\'', '“', '”', '‘', '’', '«', '»', '`', '„'];
    let joined = [
        '_', '-', '/', '\\', '.', '#', '$', '@', '=', '%', '&', '+', '{', '}', '<', '>', '~', OPAQUE,
    ];
    let open = |c: char| c.is_alphanumeric() || joined.contains(&c) || quotes.contains(&c);
    let last = before.chars().next_back();
    let mut rest = after.chars();
    let (next, second) = (rest.next(), rest.next());
    let ends = matches!(next, Some('.' | '-' | '/')) && second.is_none_or(char::is_whitespace);
    let slash = next == Some('/') || last == Some('/');
    !last.is_some_and(open) && (ends || !next.is_some_and(open)) && !slash
}

/// Whether a word says that something is open, and is not spoken of.
fn says_open(before: &str, after: &str, word: &str) -> bool {
    let (head, tail) = (before.trim_end(), after.trim_start());
    let colon = after.starts_with(':') || after.starts_with('(') && after.contains("):");
    let ends = tail.is_empty() || tail.starts_with(['.', ',', ';', ')', ']', '(', '–', '—']);
    let starts = head.is_empty() || head.ends_with([':', '(', '[', '–', '—', '.', '!', '?']) || head.ends_with(" -");
    if colon {
        return true;
    }
    if word == "XXX" {
        return starts && ends;
    }
    let letters = |c: char| !c.is_alphanumeric();
    let next = tail.split(letters).next().unwrap_or("").to_lowercase();
    let mut words = head
        .rsplit(letters)
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    let spoken_of = !starts && words.by_ref().take(2).any(|word| DETERMINERS.contains(&word.as_str()));
    let named = NOUNS.contains(&next.as_str()) && !ends;
    !named && !spoken_of && (starts || ends || OPEN.contains(&word))
}
