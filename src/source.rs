//! Text with its origin: files, byte spans, positions, and texts stitched together from several files.
//!
//! Everything after this module speaks in byte spans of one [`Text`]. Lines and columns are computed here, at the
//! edge, and nowhere else. This module never reads a file.

use std::sync::{Arc, OnceLock};

use serde::Serialize;

/// A range of bytes, `start..end`, in the text that it is used with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span `start..end`; an end before the start makes an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The empty span in front of the byte at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers no byte: a place between two bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same span, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place in a file as people count: both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
}

/// One file's text and where it came from.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    /// Where its path leads through a symbolic link.
    target: Option<String>,
    // Not `Arc<str>`, which would copy every text once.
    text: Arc<String>,
    on_disk: bool,
    marks: OnceLock<Vec<Mark>>,
}

/// The table of a file's places has an entry for so many bytes.
const BLOCK: usize = 128;

/// A place in a text, by all that stands before it.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// How many lines end before it.
    lines: usize,
    /// How many characters stand before it.
    characters: usize,
    /// The offset where its line starts, and how many characters stand before that.
    line_start: (usize, usize),
}

impl Mark {
    /// The place behind these bytes, a block at the most, which begin at `offset`.
    fn behind(self, bytes: &[u8], offset: usize) -> Self {
        let last = bytes.iter().rposition(|byte| *byte == b'\n');
        let line_start = last.map(|last| {
            let before = bytes.get(..=last).unwrap_or(bytes);
            (offset + last + 1, self.characters + count(before, is_start))
        });
        Self {
            lines: self.lines + count(bytes, |byte| byte == b'\n'),
            characters: self.characters + count(bytes, is_start),
            line_start: line_start.unwrap_or(self.line_start),
        }
    }
}

/// Whether a character begins with this byte.
fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// How many bytes of at most a block are such bytes: few enough for the sum to be one.
fn count(bytes: &[u8], such: impl Fn(u8) -> bool) -> usize {
    usize::from(bytes.iter().map(|byte| u8::from(such(*byte))).sum::<u8>())
}

impl SourceFile {
    /// The file at `path` (relative to the book's root, with forward slashes) as it is on disk.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Self::make(path.into(), None, text.into(), true)
    }

    /// The same; where `path` is, or leads through, a symbolic link, `target` is the path of the file itself.
    pub fn linked(path: impl Into<String>, target: Option<String>, text: impl Into<String>) -> Arc<Self> {
        Self::make(path.into(), target, text.into(), true)
    }

    /// Text that stands in no file, so that its lines are not the author's: what another preprocessor made.
    pub fn unsaved(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Self::make(path.into(), None, text.into(), false)
    }

    fn make(path: String, target: Option<String>, text: String, on_disk: bool) -> Arc<Self> {
        Arc::new(Self {
            path,
            target,
            text: Arc::new(text),
            on_disk,
            marks: OnceLock::new(),
        })
    }

    /// The path that messages show.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path of the file itself, without symbolic links: relative to the book's root, and beginning with `..` where it lies
    /// outside of that.
    pub fn real_path(&self) -> &str {
        self.target.as_deref().unwrap_or(&self.path)
    }

    /// Whether the file itself lies in the book's folder, so that it is the book's alone.
    pub fn is_in_book(&self) -> bool {
        !self.real_path().starts_with("../")
    }

    /// The whole text, with its byte order mark and its line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text stands in a file, so that its lines mean something to its author.
    pub fn on_disk(&self) -> bool {
        self.on_disk
    }

    /// How many bytes of byte order mark the text begins with: 0 or 3.
    pub fn mark_len(&self) -> usize {
        if self.text.starts_with('\u{feff}') { 3 } else { 0 }
    }

    /// The place in front of the byte at `offset`, found without a look at more than a block: a line may be as long as a
    /// file, with a finding on each of its words.
    fn mark(&self, offset: usize) -> Mark {
        let bytes = self.text.as_bytes();
        let table = self.marks.get_or_init(|| {
            let mut mark = Mark::default();
            let blocks = bytes.chunks(BLOCK).zip((0..).step_by(BLOCK));
            let marks = blocks.map(|(block, offset)| {
                mark = mark.behind(block, offset);
                mark
            });
            marks.collect()
        });
        let offset = offset.min(bytes.len());
        let whole = offset / BLOCK;
        let before = whole.checked_sub(1).and_then(|last| table.get(last).copied());
        let rest = bytes.get(whole * BLOCK..offset).unwrap_or(&[]);
        before.unwrap_or_default().behind(rest, whole * BLOCK)
    }

    /// The line and column of the byte at `offset`. A byte order mark has no width.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.boundary(offset);
        let mark = self.mark(offset);
        let in_line = mark.characters - mark.line_start.1;
        let width = usize::from(mark.lines == 0 && offset > 0 && self.mark_len() > 0);
        Position {
            line: mark.lines + 1,
            column: in_line - width + 1,
        }
    }

    /// The column of the byte at `offset` in UTF-16 units, from 1, as SARIF and editors count.
    #[allow(dead_code, reason = "SARIF and editors count so")]
    pub fn utf16_column(&self, offset: usize) -> usize {
        let offset = self.boundary(offset);
        let start = self.mark(offset).line_start.0.max(self.mark_len());
        self.text
            .get(start..offset)
            .map_or(0, |before| before.encode_utf16().count())
            + 1
    }

    /// The offset of the character that the byte at `offset` belongs to.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The span of the lines that `span` touches, without the last line's end.
    pub fn lines_of(&self, span: Span) -> Span {
        let start = self.mark(span.start).line_start.0;
        let last = if span.is_empty() { span.end } else { span.end - 1 };
        let from = last.max(start).min(self.text.len());
        // A line end is one byte, so that a search among bytes finds it from inside a character too.
        let end = self.text.bytes().skip(from).position(|byte| byte == b'\n');
        Span::new(start, end.map_or(self.text.len(), |at| from + at))
    }
}

/// Where in which file something stands, and through which includes it got there.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file that holds the text.
    pub file: Arc<SourceFile>,
    /// The bytes in that file.
    pub span: Span,
    /// The include directives that brought the text in, the innermost first; empty for the chapter's own text.
    pub included_from: Vec<(Arc<SourceFile>, Span)>,
}

impl Place {
    /// A place in a file that nothing includes.
    pub fn new(file: Arc<SourceFile>, span: Span) -> Self {
        Self {
            file,
            span,
            included_from: Vec::new(),
        }
    }
}

/// How a part of a [`Text`] got into it when it was not written there: the directive that included it.
#[derive(Debug)]
pub struct Inclusion {
    /// The file that holds the directive.
    pub file: Arc<SourceFile>,
    /// The directive's bytes in that file.
    pub directive: Span,
    /// The directive that included that file in turn.
    pub parent: Option<Arc<Inclusion>>,
}

#[derive(Debug, Clone)]
struct Piece {
    at: usize,
    file: Arc<SourceFile>,
    offset: usize,
    via: Option<Arc<Inclusion>>,
}

/// One text made of pieces of files, which knows for each byte the file it stands in.
///
/// A chapter with its includes expanded is one, and so is a document that spreads over several chapters.
#[derive(Debug, Clone, Default)]
pub struct Text {
    text: Arc<String>,
    pieces: Vec<Piece>,
    altered: Vec<Altered>,
}

/// A directive in a chapter's own file that brought in less than the file that it names holds.
#[derive(Debug, Clone)]
pub struct Altered {
    /// The chapter's own file.
    pub file: Arc<SourceFile>,
    /// The directive's bytes in it.
    pub directive: Span,
    /// What it brought in, in the text.
    pub area: Span,
}

impl Text {
    /// The whole of one file, without its byte order mark.
    pub fn of_file(file: &Arc<SourceFile>) -> Self {
        let mark = file.mark_len();
        let text = if mark == 0 {
            Arc::clone(&file.text)
        } else {
            Arc::new(file.text.get(mark..).unwrap_or("").to_owned())
        };
        let piece = Piece {
            at: 0,
            file: Arc::clone(file),
            offset: mark,
            via: None,
        };
        Self {
            text,
            pieces: vec![piece],
            altered: Vec::new(),
        }
    }

    /// Several texts as one, each beginning on a line of its own. Returns where each begins, too.
    pub fn joined(texts: &[Self]) -> (Self, Vec<usize>) {
        let (mut text, mut pieces, mut starts) = (String::new(), Vec::new(), Vec::new());
        let mut altered = Vec::new();
        for part in texts {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            let at = text.len();
            starts.push(at);
            pieces.extend(part.pieces.iter().map(|piece| Piece {
                at: at + piece.at,
                ..piece.clone()
            }));
            altered.extend(part.altered.iter().map(|one| Altered {
                area: one.area.shifted(at),
                ..one.clone()
            }));
            text.push_str(&part.text);
        }
        let joined = Self {
            text: Arc::new(text),
            pieces,
            altered,
        };
        (joined, starts)
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span is not of this text.
    pub fn get(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    fn piece_at(&self, offset: usize) -> usize {
        self.pieces
            .partition_point(|piece| piece.at <= offset)
            .saturating_sub(1)
    }

    /// Where a span stands. A span over several pieces is cut at the end of the piece that it starts in.
    pub fn place(&self, span: Span) -> Option<Place> {
        let index = self.piece_at(span.start);
        let piece = self.pieces.get(index)?;
        let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at);
        // A line end that joins two texts stands in no file: what points there points behind its file's last byte.
        let start = (piece.offset + span.start.saturating_sub(piece.at)).min(piece.file.text.len());
        let mut included_from = Vec::new();
        let mut via = piece.via.as_ref();
        while let Some(inclusion) = via {
            included_from.push((Arc::clone(&inclusion.file), inclusion.directive));
            via = inclusion.parent.as_ref();
        }
        Some(Place {
            file: Arc::clone(&piece.file),
            span: Span::new(
                start,
                (start + span.end.min(end).saturating_sub(span.start)).min(piece.file.text.len()),
            ),
            included_from,
        })
    }

    /// The place of a span, if all of it stands in one piece, so that it can be replaced there.
    pub fn whole_place(&self, span: Span) -> Option<Place> {
        let last = span.end.max(span.start + 1) - 1;
        if self.piece_at(span.start) != self.piece_at(last) {
            return None;
        }
        self.place(span)
    }

    /// The files that its pieces come from, in order; one may come more than once.
    pub fn files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.pieces.iter().map(|piece| &piece.file)
    }

    /// The directives that brought in less than their files hold.
    pub fn altered(&self) -> &[Altered] {
        &self.altered
    }

    /// For a byte that was included: the chapter's own file, the directive in it that brought the byte in, and all
    /// bytes of this text that it brought in.
    pub fn inclusion_at(&self, offset: usize) -> Option<(&SourceFile, Span, Span)> {
        let at = self.piece_at(offset);
        let directive = self.pieces.get(at)?.outermost()?;
        let path = directive.file.path();
        let same = |piece: &&Piece| {
            piece
                .outermost()
                .is_some_and(|other| other.directive == directive.directive && other.file.path() == path)
        };
        let before = self.pieces.get(..at)?.iter().rev().take_while(same).count();
        let after = self.pieces.get(at..)?.iter().take_while(same).count();
        let start = self.pieces.get(at - before)?.at;
        let end = self.pieces.get(at + after).map_or(self.text.len(), |next| next.at);
        Some((&directive.file, directive.directive, Span::new(start, end)))
    }
}

impl Piece {
    /// The directive in the chapter's own file that brought this piece in.
    fn outermost(&self) -> Option<&Inclusion> {
        let mut via = self.via.as_ref()?;
        while let Some(parent) = via.parent.as_ref() {
            via = parent;
        }
        Some(via)
    }
}

/// Builds a [`Text`] from pieces of files.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: String,
    pieces: Vec<Piece>,
    altered: Vec<Altered>,
}

impl TextBuilder {
    /// Appends the bytes of `span` in `file`, which `via` brought in.
    pub fn push(&mut self, file: &Arc<SourceFile>, span: Span, via: Option<&Arc<Inclusion>>) {
        let Some(text) = file.text.get(span.start..span.end) else {
            return;
        };
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            at: self.text.len(),
            file: Arc::clone(file),
            offset: span.start,
            via: via.cloned(),
        });
        self.text.push_str(text);
    }

    /// Notes that a directive brought in less than its file holds: the bytes of `area` in this text.
    pub fn altered(&mut self, by: &Inclusion, area: Span) {
        self.altered.push(Altered {
            file: Arc::clone(&by.file),
            directive: by.directive,
            area,
        });
    }

    /// Appends the bytes of `span` in a text, on a line of its own, with the places that they have there.
    pub fn append(&mut self, text: &Text, span: Span) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
            if !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
        }
        for (index, piece) in text.pieces.iter().enumerate() {
            let end = text.pieces.get(index + 1).map_or(text.text.len(), |next| next.at);
            let (from, to) = (span.start.max(piece.at), span.end.min(end));
            if from < to {
                let offset = piece.offset + (from - piece.at);
                self.push(&piece.file, Span::new(offset, offset + (to - from)), piece.via.as_ref());
            }
        }
    }

    /// The text built so far; `file` is the origin of a text that has no byte.
    pub fn finish(mut self, file: &Arc<SourceFile>) -> Text {
        if self.pieces.is_empty() {
            self.pieces.push(Piece {
                at: 0,
                file: Arc::clone(file),
                offset: file.mark_len(),
                via: None,
            });
        }
        Text {
            text: Arc::new(self.text),
            pieces: self.pieces,
            altered: self.altered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_ends_before_its_start() {
        assert_eq!(Span::new(3, 7).len(), 4);
        assert_eq!(Span::new(7, 3), Span::at(7));
        assert!(Span::new(7, 3).is_empty());
    }

    #[test]
    fn positions_count_characters_and_a_mark_has_no_width() {
        let file = SourceFile::new("a.md", "\u{feff}é👥x\r\nyz\n");
        let offset = |needle: &str| file.text().find(needle).expect("in the text");
        assert_eq!(file.position(offset("x")), Position { line: 1, column: 3 });
        assert_eq!(file.utf16_column(offset("x")), 4);
        assert_eq!(file.position(offset("z")), Position { line: 2, column: 2 });
        assert_eq!(file.position(999), Position { line: 3, column: 1 });
    }

    #[test]
    fn lines_are_counted_over_many_blocks() {
        let text: String = (0..400).map(|line| "é".repeat(line * 7 % 23) + "\n").collect();
        let file = SourceFile::new("a.md", text.as_str());
        assert!(text.len() > 20 * BLOCK && !text.len().is_multiple_of(BLOCK));
        let (mut line, mut column) = (1, 1);
        for (offset, c) in text.char_indices() {
            assert_eq!(file.position(offset), Position { line, column });
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        assert_eq!(file.position(text.len()), Position { line, column });
        // One line, as long as it likes.
        let long = SourceFile::new("a.md", format!("\u{feff}{}", "é表a".repeat(300)));
        let column = |offset| long.position(offset).column;
        for (at, (offset, _)) in long.text().char_indices().enumerate().skip(1) {
            assert_eq!((column(offset), long.utf16_column(offset)), (at, at));
        }
        let whole = SourceFile::new("a.md", "\n".repeat(2 * BLOCK));
        assert_eq!(whole.position(2 * BLOCK).line, 2 * BLOCK + 1);
    }

    #[test]
    fn a_text_of_pieces_knows_each_file() {
        let outer = SourceFile::new("src/a.md", "one\n{{#include b.md}}\ntwo\n");
        let inner = SourceFile::new("src/b.md", "inner\n");
        let via = Arc::new(Inclusion {
            file: Arc::clone(&outer),
            directive: Span::new(4, 21),
            parent: None,
        });
        let mut builder = TextBuilder::default();
        builder.push(&outer, Span::new(0, 4), None);
        builder.push(&inner, Span::new(0, 5), Some(&via));
        builder.push(&outer, Span::new(21, 26), None);
        let text = builder.finish(&outer);
        assert_eq!(text.as_str(), "one\ninner\ntwo\n");
        let place = text.place(Span::new(6, 9)).expect("a place");
        assert_eq!((place.file.path(), place.span), ("src/b.md", Span::new(2, 5)));
        assert_eq!(place.included_from.len(), 1);
        let (file, directive, area) = text.inclusion_at(5).expect("included");
        assert_eq!(
            (file.path(), directive, area),
            ("src/a.md", Span::new(4, 21), Span::new(4, 9))
        );
        assert!(text.inclusion_at(2).is_none());
        let place = text.place(Span::new(10, 13)).expect("a place");
        assert_eq!((place.file.path(), place.span), ("src/a.md", Span::new(22, 25)));
        assert!(text.whole_place(Span::new(2, 6)).is_none());
    }
}
