//! A text made of pieces of files, which knows for each byte where it stands, and back.

use std::sync::Arc;

use super::{SourceFile, Span};

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

    /// Where the byte at `offset` of a file stands in this text, in the text's order: once for each time that this part of
    /// the file was brought in. The end of a text is the end of the file that it ends with.
    #[allow(dead_code, reason = "editors ask so")]
    pub fn offsets_of<'t>(&'t self, path: &'t str, offset: usize) -> impl Iterator<Item = usize> + 't {
        let ends = self.pieces.iter().skip(1).map(|next| next.at);
        let ends = ends.chain([self.text.len() + 1]);
        let pieces = self.pieces.iter().zip(ends);
        let pieces = pieces.filter(move |(piece, _)| piece.file.path() == path);
        pieces.filter_map(move |(piece, end)| {
            let at = piece.at + offset.checked_sub(piece.offset)?;
            (at < end).then_some(at)
        })
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
