//! The reader that all records share: it opens sections of the template, and says what stands in their lines, fields,
//! lists and tables.
//!
//! It speaks in sections of the template and units of the document, and never looks at Markdown. What is still the
//! template's text is not read: nobody said it.

mod grid;
mod line;
mod phrase;
mod place;
mod section;
#[cfg(test)]
pub(super) mod tests;

pub use grid::{Grid, NamedRow, Row};
pub use line::{Line, Passage, Said, joined_text, with_rest};
pub use phrase::{has_word, number_in, numbered_as, parenthesis, says_none};
pub use place::Place;
pub use section::Section;

use crate::document::{Block, BlockKind, Document, Heading, HeadingId, RunKind, picture};
use crate::outline::{Node, NodeId, Outline};
use crate::source::Span;
use crate::template::Template;

/// Reads sections.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// What is written.
    pub document: &'a Document,
    /// Which section is which.
    pub outline: &'a Outline,
    /// The template.
    pub template: &'a Template,
}

impl<'a> Reader<'a> {
    /// The section with this path, where it is there, applies, and is not all the template's.
    pub fn section(&self, path: &str) -> Option<Section<'a>> {
        self.instances(path).next()
    }

    /// The sections with this path: for a group its instances, else the one.
    pub fn instances(&self, path: &str) -> impl Iterator<Item = Section<'a>> {
        self.all_with_path(path).filter(Section::has_content)
    }

    /// The same, also those that say nothing.
    pub fn all_with_path(&self, path: &str) -> impl Iterator<Item = Section<'a>> {
        let reader = *self;
        self.sections()
            .filter(move |section| section.node.spec(reader.template).id == path)
    }

    /// All sections of the template, there or not, in its order.
    pub fn sections(&self) -> impl Iterator<Item = Section<'a>> {
        let reader = *self;
        let nodes = self.outline.nodes.enumerate();
        nodes.map(move |(id, node)| Section::new(reader, id, node))
    }

    /// The passages of the section with this path and of its sub-sections.
    pub fn passages(&self, path: &str) -> Vec<Passage<'a>> {
        self.section(path)
            .map_or_else(Vec::new, |section| section.all_passages())
    }

    /// What stands under a heading each, in the sections with the path `group`; where there are none, what stands in the
    /// rows of tables in the sections with the paths `tables`.
    pub fn headed_or_in_rows<T>(
        &self,
        group: &str,
        tables: &[&str],
        of_section: impl Fn(&Section<'a>) -> T,
        of_row: impl Fn(&NamedRow<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut instances = self.instances(group).peekable();
        if instances.peek().is_some() {
            return instances.map(|section| of_section(&section)).collect();
        }
        let sections = tables.iter().filter_map(|path| self.section(path));
        sections.flat_map(|section| section.rows(&of_row)).collect()
    }

    /// The lines of a section that stand in none of its sub-sections.
    pub fn lines(&self, node: &'a Node) -> Vec<Line<'a>> {
        node.parts.iter().map(|part| Line::new(*self, part)).collect()
    }

    /// A place of the document, to look into.
    pub fn place(&self, span: Span) -> Place<'a> {
        Place::new(self.document, span)
    }

    /// The blocks at the top level that a section has to itself.
    pub fn own_blocks(&self, id: NodeId) -> impl Iterator<Item = &'a Block> {
        let reader = *self;
        let headings = self.outline.nodes[id].own_headings();
        headings.flat_map(move |heading| reader.blocks_below(heading))
    }

    /// The blocks between a heading and the next one, without the footer's.
    pub(super) fn blocks_below(&self, heading: HeadingId) -> &'a [Block] {
        &self.document.blocks[self.document.own_blocks(heading).until(self.outline.footer_blocks)]
    }

    /// Whether a section tells what comes after what in words: in a numbered list, with
    /// arrows in a line, or in the file that a pipeline runs from.
    pub fn has_steps(&self, id: NodeId) -> bool {
        self.own_blocks(id).any(|block| match &block.kind {
            BlockKind::List(list) => list.ordered.is_some() && list.items.len() > 1,
            BlockKind::Code(code) => ["yaml", "yml", "groovy"]
                .iter()
                .any(|language| code.info.starts_with(language)),
            BlockKind::Paragraph(inlines) => self.document.plain(inlines).contains(['→', '⟶', '⇒']),
            _ => false,
        })
    }

    /// Whether a section shows something exact and not only tells of it: code, also in a line, a table, a list, a
    /// picture or an include.
    pub fn shows_data(&self, id: NodeId) -> bool {
        self.own_blocks(id).any(|block| match &block.kind {
            BlockKind::Paragraph(inlines) => {
                picture(self.document, block).is_some() || inlines.runs.iter().any(|run| run.kind == RunKind::Code)
            }
            BlockKind::Heading(_) | BlockKind::Rule | BlockKind::Comment => false,
            _ => true,
        })
    }

    /// The heading that stands above a place.
    pub fn heading_above(&self, span: Span) -> Option<&'a Heading> {
        let headings = &self.document.headings;
        headings.last_while(|heading| heading.span.start <= span.start)
    }
}
