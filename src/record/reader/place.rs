//! A place of the document: the links in it, whether it is struck out, its lines, where its words stand. It reads what
//! the parser found there, and never the source's marks.

use super::Said;
use crate::document::{Block, BlockKind, Document, Inlines, Link, RunKind, Table};
use crate::source::Span;

/// A place of the document.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub(super) document: &'a Document,
    /// Its bytes.
    pub span: Span,
}

impl<'a> Place<'a> {
    pub(super) fn new(document: &'a Document, span: Span) -> Self {
        Self { document, span }
    }

    /// What of it stands behind a part of it.
    pub fn behind(&self, part: Span) -> Self {
        self.part(Span::new(part.end, self.span.end))
    }

    /// Its source.
    pub fn source(&self) -> &'a str {
        self.document.text.get(self.span)
    }

    /// A part of it.
    pub fn part(&self, span: Span) -> Self {
        Self::new(self.document, span)
    }

    /// The lines of its source, each with its line end.
    pub fn source_lines(self) -> impl Iterator<Item = Self> {
        self.source()
            .split_inclusive('\n')
            .scan(self.span.start, move |start, line| {
                let span = Span::new(*start, *start + line.len());
                *start = span.end;
                Some(self.part(span))
            })
    }

    /// The links within it, images left out.
    pub fn links(&self) -> Vec<&'a Link> {
        let mut found = Vec::new();
        let own = |link: &&Link| !link.image && self.span.contains(link.span);
        self.each_inlines(&mut |inlines| found.extend(inlines.links.iter().filter(own)));
        found
    }

    /// Whether all text within it is struck out.
    pub fn is_struck(&self) -> bool {
        let (mut struck, mut plain) = (false, false);
        self.each_inlines(&mut |inlines| {
            let words = |kind| matches!(kind, RunKind::Text | RunKind::Code);
            let runs = inlines
                .runs
                .iter()
                .filter(|run| self.span.contains(run.span) && words(run.kind));
            for run in runs.filter(|run| run.text(&self.document.text).contains(char::is_alphanumeric)) {
                struck |= run.struck;
                plain |= !run.struck;
            }
        });
        struck && !plain
    }

    /// The lines of the source of a paragraph, each as a reader reads it.
    pub fn lines(&self) -> Vec<Said> {
        let text = &self.document.text;
        let mut found = Vec::new();
        self.each_inlines(&mut |inlines| {
            let lines = inlines.lines().filter_map(|runs| {
                let span = Span::new(runs.first()?.span.start, runs.last()?.span.end);
                let line: String = runs.iter().map(|run| run.text(text)).collect();
                Some(Said::new(line.trim(), span))
            });
            found.extend(lines.filter(|line| self.span.contains(line.span)));
        });
        found
    }

    /// Where its words stand, without the marks of a list in front of them.
    pub fn words(&self) -> Span {
        let mut found: Option<Span> = None;
        self.each_inlines(&mut |inlines| {
            let start = found.map_or(inlines.span.start, |found| found.start);
            found = Some(Span::new(start, inlines.span.end));
        });
        found.filter(|found| self.span.contains(*found)).unwrap_or(self.span)
    }

    /// Where `text` stands here, word for word.
    pub fn position(&self, text: &str) -> Option<Span> {
        let at = self.source().find(text).filter(|_| !text.is_empty())?;
        Some(Span::new(at, at + text.len()).shifted(self.span.start))
    }

    /// `text` with where it stands here, which is the whole place if it is not found word for word.
    pub fn find(&self, text: &str) -> Said {
        Said::new(text, self.position(text).unwrap_or(self.span))
    }

    /// The table whose header this place is.
    pub(super) fn table(&self) -> Option<&'a Table> {
        let mut found = None;
        self.visit(&mut |block| match &block.kind {
            BlockKind::Table(table) if table.header.span == self.span => found = found.or(Some(table)),
            _ => {}
        });
        found
    }

    fn each_inlines(&self, take: &mut dyn FnMut(&'a Inlines)) {
        let meets = |inlines: &Inlines| inlines.span.start < self.span.end && self.span.start < inlines.span.end;
        self.visit(&mut |block| match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading(inlines) if meets(inlines) => take(inlines),
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.header).chain(&table.rows);
                let cells = rows.flat_map(|row| &row.cells);
                cells.filter(|inlines| meets(inlines)).for_each(&mut *take);
            }
            _ => {}
        });
    }

    /// Takes the block at the top level that holds the place, and those inside it that the place meets.
    fn visit(&self, take: &mut dyn FnMut(&'a Block)) {
        let blocks = &self.document.blocks;
        if let Some(block) = blocks.last_while(|block| block.span.start <= self.span.start) {
            visit(block, self.span, take);
        }
    }
}

/// Takes a block and those inside it that a span meets. Blocks are nested 64 deep at most.
fn visit<'a>(block: &'a Block, span: Span, take: &mut dyn FnMut(&'a Block)) {
    if block.span.end <= span.start || span.end <= block.span.start {
        return;
    }
    take(block);
    match &block.kind {
        BlockKind::List(list) => {
            let items = list.items.iter().skip_while(|item| item.span.end <= span.start);
            let items = items.take_while(|item| item.span.start < span.end);
            items
                .flat_map(|item| &item.blocks)
                .for_each(|block| visit(block, span, take));
        }
        BlockKind::Quote(blocks) | BlockKind::Other(blocks) => {
            blocks.iter().for_each(|block| visit(block, span, take));
        }
        _ => {}
    }
}
