//! Markers: words that say that something is still to be written, `TBD`, `TODO: …`, `____`, `{Name}`.
//!
//! Precision comes first: what speaks of markers, quotes them, or only looks like one is none. Code, links and struck
//! text are never looked at.

use super::{Block, BlockKind, Document, Inlines, Run, RunKind};
use crate::source::Span;

/// Something that is still to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// The marker's bytes.
    pub span: Span,
    /// The line, the cell's row or the item that it stands in: the same number for the same one.
    pub line: usize,
}

/// Abbreviations that nobody writes for anything else.
const OPEN: [&str; 3] = ["TBD", "TBC", "TBA"];
/// Notes to oneself.
const NOTES: [&str; 3] = ["TODO", "FIXME", "XXX"];
/// `to be …`, as a whole.
const TO_BE: [&str; 12] = [
    "added",
    "announced",
    "completed",
    "confirmed",
    "created",
    "decided",
    "defined",
    "determined",
    "documented",
    "filled in",
    "provided",
    "written",
];
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

/// The markers of a document, in the order of the text.
pub fn markers(document: &Document) -> Vec<Marker> {
    let text = document.text.as_str().to_ascii_lowercase();
    let mut finder = Finder {
        document,
        // `TBD` is trunk-based development, too.
        trunk: text.contains("trunk-based") || text.contains("trunk based"),
        line: 0,
        found: Vec::new(),
    };
    finder.blocks(&document.blocks);
    finder.found.sort_by_key(|marker| marker.span);
    finder.found
}

/// Whether a text, or what stands behind its key, says nothing but that it is still to be written.
pub fn is_marker(text: &str) -> bool {
    let value = text.rsplit_once(": ").map_or(text, |(_, value)| value);
    is_whole(value)
}

fn is_whole(value: &str) -> bool {
    let value = value.trim().trim_end_matches(['.', '!', '…']).trim();
    if value.len() >= 3 && value.bytes().all(|byte| byte == b'_' || byte == b' ') {
        return value.contains("___");
    }
    if braced(value) == Some(value.len()) || is_date_form(value) {
        return true;
    }
    let inner = value.trim_matches(['[', ']', '(', ')', '<', '>', '*', '_', ' ']);
    let lower = inner.to_lowercase();
    let word = OPEN.iter().chain(&NOTES).any(|word| lower == word.to_lowercase());
    let phrase = lower.strip_prefix("to be ").is_some_and(|rest| TO_BE.contains(&rest));
    word || phrase || lower == "coming soon" || lower.starts_with("lorem ipsum")
}

/// `YYYY-MM-DD` and its like: where a day should stand.
fn is_date_form(value: &str) -> bool {
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    letters == 8
        && value.to_ascii_uppercase().contains("YYYY")
        && value
            .bytes()
            .all(|byte| matches!(byte.to_ascii_uppercase(), b'Y' | b'M' | b'D' | b'-' | b'/' | b'.'))
}

/// The length of `{Name}` or `{{name}}` at the start of a text.
fn braced(text: &str) -> Option<usize> {
    let marks = text.bytes().take_while(|byte| *byte == b'{').count();
    let end = text.find('}').filter(|_| (1..=2).contains(&marks))?;
    let inner = text.get(marks..end)?.trim();
    let closed = text.get(end..).is_some_and(|rest| rest.starts_with("}}") || marks == 1);
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    let plain = inner
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '/' | '-'));
    let named = marks == 2 || inner.starts_with(char::is_uppercase);
    (closed && plain && named && letters >= 3 && inner.len() <= 40).then_some(end + marks)
}

struct Finder<'d> {
    document: &'d Document,
    trunk: bool,
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
                        self.line += 1;
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
                self.line += 1;
                if let (Some(first), Some(last)) = (line.first(), line.last()) {
                    self.text(Span::new(first.span.start, last.span.end), line, open);
                }
            }
        } else {
            self.line += 1;
            self.text(inlines.span, &inlines.runs, open);
        }
    }

    fn text(&mut self, span: Span, runs: &[Run], open: bool) {
        let raw = self.document.text.get(span);
        let hints = ["TO", "TB", "FIX", "XX", "__", "{", "<", "YYYY", "yyyy", "be ", "ipsum"];
        if !hints.iter().any(|hint| raw.contains(hint)) && !is_marker(raw) {
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
            let value = shown.rsplit_once(": ").map_or(shown.as_str(), |(_, value)| value);
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
        let trunk = self.trunk;
        for word in OPEN.into_iter().chain(NOTES).filter(|word| *word != "TBD" || !trunk) {
            for (from, _) in shown.match_indices(word) {
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
            let end = start + length.unwrap_or(underscores.max(1));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::markdown::Dialect;
    use crate::source::{SourceFile, Text};

    fn found(text: &str) -> Vec<String> {
        let document = parse(Text::of_file(&SourceFile::new("a.md", text)), Dialect::default());
        let texts = markers(&document)
            .into_iter()
            .map(|marker| document.text.get(marker.span).to_owned());
        texts.collect()
    }

    #[test]
    fn what_is_still_to_be_written() {
        for (text, expected) in [
            ("**Owner**: TBD", vec!["TBD"]),
            ("- **Base URL:** TBD", vec!["TBD"]),
            ("- Regions: TBD based on the provider.", vec!["TBD"]),
            ("The queue is small (size TBD).", vec!["TBD"]),
            ("Migration policy TBD", vec!["TBD"]),
            ("TODO", vec!["TODO"]),
            ("TODO: write this", vec!["TODO"]),
            ("It works. TODO(ada): say how.", vec!["TODO"]),
            ("The limit is TODO.", vec!["TODO"]),
            ("- Retention: XXX", vec!["XXX"]),
            ("[To be determined]", vec!["To be determined"]),
            ("types (to be added)", vec!["to be added"]),
            ("Owner: to be decided", vec!["to be decided"]),
            ("Lorem ipsum dolor sit amet", vec!["Lorem ipsum"]),
            ("| a | b |\n|---|---|\n| TBD | ______ |", vec!["TBD", "______"]),
            ("Signed: ____________ on ________", vec!["____________", "________"]),
            ("# Design of {Project Name}", vec!["{Project Name}"]),
            ("# {Project Name}", vec!["{Project Name}"]),
            ("**Author**: {{author_name}}", vec!["{{author_name}}"]),
            ("**Author**: <your name>", vec!["<your name>"]),
            ("**Date**: YYYY-MM-DD", vec!["YYYY-MM-DD"]),
            ("**A**: x\n**B**: TBD", vec!["TBD"]),
            ("- [ ] TBD", vec!["TBD"]),
            ("Coming soon.", vec!["Coming soon."]),
            ("- **RTO:** tbd", vec!["tbd"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_it() {
        for text in [
            "TODO list and calendar",
            "The TODO app keeps tasks.",
            "Add `// TODO: later` where it grows",
            "    TODO: code",
            "```\nTODO: code\n```",
            "The linter rejects every TODO in the code.",
            "Say \"TBD\" and it is reported; 'TODO' too.",
            "The provider is a known TBD.",
            "Fields are marked TBD. They stay.",
            "See [TODO](todo.md).",
            "~~TBD~~",
            "Trunk-based development (TBD) with short branches",
            "`GET /orders/{Id}` and /orders/{Id}/items",
            "keys are {Region}-{Name}",
            "${HOME} and {a} and {1,2}",
            "192.168.XXX.XXX, +1-XXX-XXXX and 99.XXX",
            "The value to be determined by the caller",
            "__init__ and snake_case_name",
            "Vec<string> and <br> and <kbd>x</kbd>",
            "Dates are written YYYY-MM-DD.",
            "- [ ] tests are written - TODO",
            "<!-- TODO: a note to self -->",
            "A todo is a task.",
            "# A heading {#with-id .class}",
            "TODOs and TBDs",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn whole_texts() {
        for text in [
            "TBD",
            "tbd.",
            "RTO: TBD",
            "[TODO]",
            "____",
            "{Name}",
            "To be defined",
            "dd/mm/yyyy",
        ] {
            assert!(is_marker(text), "{text}");
        }
        for text in [
            "",
            "TBD based on load",
            "None",
            "-",
            "N/A",
            "a todo",
            "Draft",
            "{a: 1}",
            "2025-01-XX",
            "__",
        ] {
            assert!(!is_marker(text), "{text}");
        }
    }
}
