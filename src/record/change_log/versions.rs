//! A change log with a heading for each version, as in Keep a Changelog. It must never read one of which some headings
//! are something else.

use super::head;
use super::list::{self, Entry};
use super::text::Reading;
use super::{ChangeLog, LogForm};
use crate::document::{BlockKind, Document};
use crate::source::Span;

/// Reads the headings below `heading`, if each of them begins with a version or a date; the text ends before `end`.
pub(super) fn read(document: &Document, heading: usize, end: usize) -> Option<ChangeLog> {
    let section = document.headings.get(heading)?.section;
    let inside = document
        .headings
        .get(heading + 1..)?
        .iter()
        .take_while(|below| section.contains(below.span));
    let mut children = inside.filter(|below| below.parent == Some(heading)).peekable();
    let level = children.peek()?.level;
    let mut entries = Vec::new();
    for child in children {
        let BlockKind::Heading(inlines) = &document.blocks.get(child.block)?.kind else {
            return None;
        };
        let reading = Reading::of(&inlines.runs, &document.text);
        let head = head::head(&reading.text, reading.strong)?;
        if child.level != level {
            return None;
        }
        let limit = child.section.end.min(end.max(child.span.end));
        let mut below = Vec::new();
        let mut last = child.span;
        let body = document.blocks.get(child.block + 1..)?.iter();
        for block in body.take_while(|block| block.span.end <= limit) {
            list::texts(document, block, 0, &mut below);
            if !matches!(block.kind, BlockKind::Rule | BlockKind::Comment) {
                last = block.span;
            }
        }
        let written = document
            .text
            .get(Span::new(child.span.start, last.end))
            .trim_end()
            .len();
        let span = Span::new(child.span.start, child.span.start + written);
        entries.push(Entry {
            span,
            head,
            reading,
            below,
            end: span.end,
        });
    }
    let span = Span::new(entries.first()?.span.start, entries.last()?.span.end);
    list::log(document, entries, LogForm::Headings(level), span)
}
