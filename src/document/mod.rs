//! Markdown to [`Document`]: headings, blocks, fields, lists, tables, task lists, code and comments, with byte spans.
//!
//! It says what is there and never judges it: no template, no rule and no configuration is known here. A chapter is
//! parsed once, with the host's own options, and nothing after this room looks at Markdown again.

mod ask;
mod dropped;
mod field;
mod front_matter;
mod inline;
mod join;
mod lost;
mod marker;
mod parse;
mod picture;
#[cfg(test)]
mod tests;
mod unit;

pub use dropped::{dropped_cells, shown_cells};
pub use field::{Carrier, Field};
pub use inline::{Inlines, Link, Run, RunKind, plain};
pub use join::{Chapter, join};
pub use lost::{Hiding, LostHeading, closing};
pub use marker::{Marker, is_marker, markers};
pub use parse::parse;
pub use picture::{Picture, is_arrow, is_line, picture};
pub use unit::{Unit, UnitKind, bracketed, brackets, units};

use crate::directive::Directive;
use crate::ids::{Id, IdList, Ids};
use crate::markdown::Dialect;
use crate::source::{Span, Text};

/// One chapter, or several put together, as its Markdown says.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The text that all spans are of: the chapter with its includes expanded.
    pub text: Text,
    /// The dialect that it was read in.
    pub dialect: Dialect,
    /// Where the text of each of its chapters begins; empty where it is one chapter.
    pub chapters: Vec<usize>,
    /// By how many levels the headings of each of its chapters stand deeper here than there.
    pub deeper: Vec<u8>,
    /// The blocks at the top level, in order.
    pub blocks: IdList<Block>,
    /// The headings among them, in order; those in quotes and lists are in [`Document::lost_headings`].
    pub headings: IdList<Heading>,
    /// The fields, in order: `**Key**: value` in all the forms that people use.
    pub fields: IdList<Field>,
    /// The comments that speak to archdoc.
    pub directives: Vec<Directive>,
    /// The link reference definitions, in order.
    pub definitions: Vec<Definition>,
    /// Lines that look like headings and are none.
    pub lost_headings: Vec<LostHeading>,
    /// The code and HTML that nothing closes, which takes in all that is written behind it: at most the last block of each
    /// chapter.
    pub unclosed: Vec<BlockId>,
    /// The front matter, with its fences, where the chapter begins with one.
    pub front_matter: Option<Span>,
    /// Paragraphs that became a heading because a `---` stands directly below them.
    pub swallowed: Vec<Swallowed>,
}

/// Where a heading stands in [`Document::headings`].
pub type HeadingId = Id<Heading>;

/// Where a block stands in [`Document::blocks`].
pub type BlockId = Id<Block>;

/// Where a field stands in [`Document::fields`].
pub type FieldId = Id<Field>;

/// A heading at the top level of the chapter.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The whole heading with its marks.
    pub span: Span,
    /// Its text with the marks in it, without `#` and attributes.
    pub name: Span,
    /// Its text as a reader reads it.
    pub text: String,
    /// The block that it is.
    pub block: BlockId,
    /// From the heading to the next one of its level or above it.
    pub section: Span,
    /// The heading of the section that it stands in.
    pub parent: Option<HeadingId>,
}

/// A block and where it stands.
#[derive(Debug, Clone)]
pub struct Block {
    /// All of its bytes, with its last line end where the parser counts it.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A heading; details in [`Document::headings`] where it stands at the top level.
    Heading(Inlines),
    /// A paragraph, or the text of a tight list item.
    Paragraph(Inlines),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A code block.
    Code(Code),
    /// A quote or an admonition.
    Quote(Vec<Block>),
    /// A thematic break, `---`.
    Rule,
    /// A block of HTML.
    Html,
    /// Nothing but comments.
    Comment,
    /// A footnote's text or a definition list: blocks that belong to it.
    Other(Vec<Block>),
}

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// The first number, for a numbered list.
    pub ordered: Option<u64>,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// All of its bytes, from its mark.
    pub span: Span,
    /// Its box, where it has one.
    pub task: Option<Task>,
    /// What stands in it; the first is usually its paragraph.
    pub blocks: Vec<Block>,
}

impl Item {
    /// The item's own text, without nested lists.
    pub fn paragraph(&self) -> Option<&Inlines> {
        self.blocks.first().and_then(Block::paragraph)
    }
}

/// A task's box.
#[derive(Debug, Clone, Copy)]
pub struct Task {
    /// `[x]` or `[X]`.
    pub ticked: bool,
    /// The bytes of the box.
    pub span: Span,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The header's cells.
    pub header: Row,
    /// The other rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// The row's line.
    pub span: Span,
    /// Its cells; a short row has empty ones at its end.
    pub cells: Vec<Inlines>,
}

/// A code block.
#[derive(Debug, Clone)]
pub struct Code {
    /// What stands behind the fence's marks, `rust,ignore`; empty for indented code.
    pub info: String,
    /// The code's bytes; where it is indented or quoted, with its indentation.
    pub body: Span,
    /// Whether it is fenced.
    pub fenced: bool,
}

/// A link reference definition, `[label]: target`.
#[derive(Debug, Clone)]
pub struct Definition {
    /// All of its bytes.
    pub span: Span,
    /// Its label.
    pub label: String,
    /// Where it leads.
    pub target: String,
    /// The list mark in front of it, where it is all that a list item holds: the item is empty on the page.
    pub item: Option<Span>,
}

/// A paragraph that a `---` directly below it turned into a heading.
#[derive(Debug, Clone)]
pub struct Swallowed {
    /// The block, which is a paragraph here.
    pub block: BlockId,
    /// The line of `---` or `===`.
    pub underline: Span,
}

impl Block {
    /// The paragraph's text, if this is one.
    pub fn paragraph(&self) -> Option<&Inlines> {
        match &self.kind {
            BlockKind::Paragraph(inlines) => Some(inlines),
            _ => None,
        }
    }

    /// Whether it is HTML, comments included.
    pub fn is_html(&self) -> bool {
        matches!(self.kind, BlockKind::Comment | BlockKind::Html)
    }

    /// The blocks inside it: a quote's, an item's.
    pub fn children(&self) -> Box<dyn Iterator<Item = &Block> + '_> {
        match &self.kind {
            BlockKind::List(list) => Box::new(list.items.iter().flat_map(|item| &item.blocks)),
            BlockKind::Quote(blocks) | BlockKind::Other(blocks) => Box::new(blocks.iter()),
            _ => Box::new(std::iter::empty()),
        }
    }
}

impl Document {
    /// The document's title: its first heading of level 1, where no section stands before it.
    pub fn title(&self) -> Option<&Heading> {
        self.headings.first().filter(|heading| heading.level == 1)
    }

    /// Whether a span lies in a block of code.
    pub fn is_code(&self, span: Span) -> bool {
        let block = self.blocks.last_while(|block| block.span.start <= span.start);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Code(_)) && block.span.contains(span))
    }

    /// The blocks between a heading and the next one, whatever its level.
    pub fn own_blocks(&self, heading: HeadingId) -> Ids<Block> {
        let behind = self.blocks.ids().behind(self.headings[heading].block);
        let next = self.headings.ids().behind(heading).first();
        next.map_or(behind, |next| behind.before(self.headings[next].block))
    }

    /// Where the first byte of the next heading stands, or the end of the text.
    pub fn next_heading_at(&self, heading: HeadingId) -> usize {
        let next = self.headings.ids().behind(heading).first();
        next.map_or(self.text.as_str().len(), |next| self.headings[next].span.start)
    }

    /// The block that a comment is, or stands in with other HTML; none inside a list, a quote, a table or a sentence.
    pub fn block_of_comment(&self, comment: Span) -> Option<&Block> {
        let block = self.blocks.last_while(|block| block.span.start <= comment.start);
        block.filter(|block| block.is_html() && block.span.contains(comment))
    }

    /// By how many levels headings stand deeper here than in the chapter that holds the byte at `offset`.
    pub fn deeper_at(&self, offset: usize) -> u8 {
        let after = self.chapters.partition_point(|start| *start <= offset);
        let chapter = after.checked_sub(1).and_then(|chapter| self.deeper.get(chapter));
        chapter.copied().unwrap_or(0)
    }

    /// The blocks that nothing closes.
    pub fn unclosed_blocks(&self) -> impl Iterator<Item = &Block> {
        self.unclosed.iter().map(|block| &self.blocks[*block])
    }

    /// The text of some inlines as a reader reads it.
    pub fn plain(&self, inlines: &Inlines) -> String {
        inlines.plain(&self.text)
    }
}
