//! One file's text, with its path and its positions.

use std::sync::{Arc, OnceLock};

use super::Span;
use super::position::{Position, Positions, Unit, mark_len};

/// One file's text and where it came from.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    /// Where its path leads through a symbolic link.
    target: Option<String>,
    // Not `Arc<str>`, which would copy every text once.
    pub(super) text: Arc<String>,
    on_disk: bool,
    positions: OnceLock<Positions>,
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
            positions: OnceLock::new(),
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

    /// The whole text, to be held without a copy.
    pub fn shared_text(&self) -> Arc<String> {
        Arc::clone(&self.text)
    }

    /// Whether the text stands in a file, so that its lines mean something to its author.
    pub fn on_disk(&self) -> bool {
        self.on_disk
    }

    /// How many bytes of byte order mark the text begins with: 0 or 3.
    pub fn mark_len(&self) -> usize {
        mark_len(&self.text)
    }

    fn positions(&self) -> &Positions {
        self.positions.get_or_init(|| Positions::new(&self.text))
    }

    /// The line and the column, in characters, of the byte at `offset`. A byte order mark has no width.
    pub fn position(&self, offset: usize) -> Position {
        self.position_in(Unit::Character, offset)
    }

    /// The line and the column of the byte at `offset`, with the column in `unit`s.
    pub fn position_in(&self, unit: Unit, offset: usize) -> Position {
        self.positions().position(&self.text, offset, unit)
    }

    /// The offset of a line and a column that is in `unit`s: behind a line its end, none behind the text.
    #[allow(dead_code, reason = "editors ask so")]
    pub fn offset(&self, unit: Unit, position: Position) -> Option<usize> {
        self.positions().offset(&self.text, position, unit)
    }

    /// The span of the lines that `span` touches, without the last line's end.
    pub fn lines_of(&self, span: Span) -> Span {
        self.positions().lines_of(&self.text, span)
    }
}
