//! Text with its origin: files, byte spans, positions, and texts stitched together from several files.
//!
//! Everything after this module speaks in byte spans of one [`Text`]. Lines and columns are computed here, at the
//! edge, and nowhere else. This module never reads a file.

mod file;
mod position;
mod text;

pub use file::SourceFile;
pub use position::Position;
#[allow(unused_imports, reason = "formats and editors count in each of them")]
pub use position::Unit;
pub use text::{Inclusion, Place, Text, TextBuilder};

/// A range of bytes, `start..end`, in the text that it is used with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
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

/// Where the line of a text begins that holds the byte at `offset`.
pub fn start_of_line(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).and_then(|before| before.rfind('\n'));
    before.map_or(0, |at| at + 1)
}

/// Where the line behind that one begins, or the end of the text.
pub fn after_line(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).and_then(|rest| rest.find('\n'));
    rest.map_or(text.len(), |at| offset + at + 1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_span_never_ends_before_its_start() {
        assert_eq!(Span::new(3, 7).len(), 4);
        assert_eq!(Span::new(7, 3), Span::at(7));
        assert!(Span::new(7, 3).is_empty());
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

    #[test]
    fn a_byte_of_a_file_is_found_wherever_it_was_brought_in() {
        let outer = SourceFile::new("src/a.md", "\u{feff}one\r\n{{#include b.md}}\r\n{{#include b.md}}\r\n");
        let inner = SourceFile::new("src/b.md", "é👥x\r\ny\r\n");
        let mut builder = TextBuilder::default();
        builder.push(&outer, Span::new(3, 8), None);
        for directive in [Span::new(8, 25), Span::new(27, 44)] {
            let via = Arc::new(Inclusion {
                file: Arc::clone(&outer),
                directive,
                parent: None,
            });
            builder.push(&inner, Span::new(0, inner.text().len()), Some(&via));
            builder.push(&outer, Span::new(directive.end, directive.end + 2), None);
        }
        let text = builder.finish(&outer);
        let found: Vec<usize> = text.offsets_of("src/b.md", 9).collect();
        assert_eq!(
            found.iter().map(|at| &text.as_str()[*at..at + 1]).collect::<Vec<_>>(),
            ["y", "y"]
        );
        // There and back, for all of them.
        for (offset, _) in text.as_str().char_indices() {
            let place = text.place(Span::at(offset)).expect("a place");
            assert!(
                text.offsets_of(place.file.path(), place.span.start)
                    .any(|back| back == offset)
            );
            let position = place.file.position_in(Unit::Utf16, place.span.start);
            let line_end = place.file.text()[..place.span.start].ends_with('\r');
            let back = place.file.offset(Unit::Utf16, position);
            assert_eq!(back, Some(place.span.start - usize::from(line_end)));
        }
    }
}
