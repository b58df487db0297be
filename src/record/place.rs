//! Where records are read: the blocks, tables and headings that belong to a section and to none of its sub-sections.
//!
//! It finds places and reads nothing.

use std::rc::Rc;

use super::{Reader, Said};
use crate::document::{Block, BlockKind, Heading, Row, RunKind, Table, picture};
use crate::naming;
use crate::outline::{Node, NodeId};
use crate::source::Span;

/// A row of a table with the names of its columns.
#[derive(Debug, Clone)]
pub struct TableRow<'a> {
    /// The names of its table's columns, normalised once for all rows.
    columns: Rc<[String]>,
    row: &'a Row,
}

impl<'a> Reader<'a> {
    /// The headings in the section that no sub-section of the template has, its own first.
    pub fn own_headings(&self, id: NodeId) -> Vec<(usize, &'a Heading)> {
        let Some(node) = Some(&self.outline.nodes[id]).filter(|node| node.heading.is_some()) else {
            return Vec::new();
        };
        let children: Vec<_> = self
            .outline
            .children(id)
            .map(|(_, child)| child.region.clone())
            .collect();
        let own = node
            .region
            .clone()
            .filter(|heading| !children.iter().any(|region| region.contains(heading)));
        own.filter_map(|heading| Some((heading, self.document.headings.get(heading)?)))
            .collect()
    }

    /// The blocks at the top level that the section has to itself.
    pub fn own_blocks(&self, id: NodeId) -> impl Iterator<Item = &'a Block> {
        let reader = *self;
        let headings = self.own_headings(id).into_iter();
        headings.flat_map(move |(heading, _)| reader.blocks_below(heading))
    }

    /// The blocks between a heading and the next one, without the footer's.
    pub(super) fn blocks_below(&self, heading: usize) -> &'a [Block] {
        self.document.own_blocks_before(heading, self.outline.footer_at)
    }

    /// The rows of the tables that the section has to itself; none that are still the template's.
    pub fn rows(&self, id: NodeId) -> Vec<TableRow<'a>> {
        let node = &self.outline.nodes[id];
        let mut tables = Vec::new();
        self.own_blocks(id).for_each(|block| tables_in(block, &mut tables));
        if tables.is_empty() {
            return Vec::new();
        }
        let lines = self.lines(node).into_iter().filter(|line| !line.unsaid);
        let mut said: Vec<Span> = lines.map(|line| line.unit.span).collect();
        said.sort_unstable();
        let mut rows = Vec::new();
        for table in tables {
            let name = |cell| naming::normalise(&self.document.plain(cell));
            let columns: Rc<[String]> = table.header.cells.iter().map(name).collect();
            let own = table.rows.iter().filter(|row| said.binary_search(&row.span).is_ok());
            rows.extend(own.map(|row| TableRow {
                columns: Rc::clone(&columns),
                row,
            }));
        }
        rows
    }

    /// What a row says in the column of one of these names, which are normalised.
    pub fn cell(&self, row: &TableRow<'_>, names: &[&str]) -> Option<Said> {
        let at = row.columns.iter().position(|name| names.contains(&name.as_str()))?;
        let cell = row.row.cells.get(at)?;
        let text = self.document.plain(cell);
        let nothing = matches!(text.as_str(), "" | "-" | "–" | "—" | "?");
        (!nothing).then_some(Said { text, span: cell.span })
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
        let after = self
            .document
            .headings
            .partition_point(|heading| heading.span.start <= span.start);
        after.checked_sub(1).and_then(|at| self.document.headings.get(at))
    }

    /// The first sub-heading of a section that has one of these names.
    pub fn heading_in(&self, node: &Node, names: &[&str]) -> Option<&'a Heading> {
        let inner = node.heading.map_or(node.region.clone(), |own| own + 1..node.region.end);
        let mut named = inner.filter(|heading| names.contains(&self.outline.names.heading(*heading)));
        named.find_map(|heading| self.document.headings.get(heading))
    }
}

fn tables_in<'a>(block: &'a Block, tables: &mut Vec<&'a Table>) {
    match &block.kind {
        BlockKind::Table(table) => tables.push(table),
        _ => block.children().for_each(|child| tables_in(child, tables)),
    }
}
