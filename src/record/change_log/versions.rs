//! A change log with a heading for each version, as in Keep a Changelog, or with a line in bold in its place. It must
//! never read one of which some headings are something else.

use super::head;
use super::list::{self, Entry};
use super::text::Reading;
use super::{ChangeLog, LogForm};
use crate::document::{Block, BlockKind, Document, HeadingId};
use crate::source::Span;
use crate::values::read_date;

/// Reads the headings below `heading`, if each of them begins with a version or a date; the text ends before `end`.
pub(super) fn read(document: &Document, heading: HeadingId, end: usize) -> Option<ChangeLog> {
    let section = document.headings[heading].section;
    let behind = &document.headings[document.headings.ids().behind(heading)];
    let inside = behind.iter().take_while(|below| section.contains(below.span));
    let mut children = inside.filter(|below| below.parent == Some(heading)).peekable();
    let level = children.peek()?.level;
    let mut entries = Vec::new();
    for child in children {
        let BlockKind::Heading(inlines) = &document.blocks[child.block].kind else {
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
        let body = document.blocks[document.blocks.ids().behind(child.block)].iter();
        for block in body.take_while(|block| block.span.end <= limit) {
            list::texts(document, block, 0, &mut below);
            if !matches!(block.kind, BlockKind::Rule | BlockKind::Comment) {
                last = block.span;
            }
        }
        // The date of a version whose heading has none would be read as a part of its text.
        if head.date.is_none() && below.first().is_some_and(|line| is_dated(line)) {
            return None;
        }
        let place = Span::new(child.span.start, last.end);
        entries.push(Entry::new(document, place, head, reading, below));
    }
    let span = Span::new(entries.first()?.span.start, entries.last()?.span.end);
    list::log(document, entries, LogForm::Headings(level), span)
}

/// Whether a line is nothing but a date and its label: `Date: 2 May 2025`.
fn is_dated(line: &str) -> bool {
    let first = line.lines().next().unwrap_or("");
    let value = first.split_once([':', '：']).map_or(first, |(_, value)| value);
    read_date(value).days().is_some()
}

/// Reads blocks in which a line in bold begins each row, if the first one does; the text ends before `end`.
pub(super) fn read_lines(document: &Document, blocks: &[Block], end: usize) -> Option<ChangeLog> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut ruled = false;
    for block in blocks.iter().take_while(|block| block.span.end <= end) {
        match &block.kind {
            BlockKind::Paragraph(inlines) => {
                for line in inlines.lines() {
                    let reading = Reading::of(line, &document.text);
                    let head = Some(reading.strong).filter(|strong| *strong > 0);
                    let head = head.and_then(|strong| head::head(&reading.text, strong));
                    let span = reading.span(0, reading.text.len());
                    match (head, entries.last_mut()) {
                        (Some(head), _) => entries.push(Entry {
                            span,
                            head,
                            reading,
                            below: Vec::new(),
                            end: span.end,
                        }),
                        (None, Some(last)) if reading.strong == 0 && !ruled => last.add(reading.text, span.end),
                        (None, Some(_)) if ruled => return done(document, entries),
                        (None, _) => return None,
                    }
                }
                ruled = false;
            }
            BlockKind::Rule => ruled = true,
            BlockKind::Comment => {}
            _ if ruled => return done(document, entries),
            _ => {
                let last = entries.last_mut()?;
                let mut below = Vec::new();
                list::texts(document, block, 0, &mut below);
                let written = block.span.start + document.text.get(block.span).trim_end().len();
                below.into_iter().for_each(|text| last.add(text, written));
            }
        }
    }
    done(document, entries)
}

fn done(document: &Document, entries: Vec<Entry>) -> Option<ChangeLog> {
    let span = Span::new(entries.first()?.span.start, entries.last()?.span.end);
    list::log(document, entries, LogForm::Lines, span)
}

impl Entry {
    fn add(&mut self, text: String, end: usize) {
        self.below.push(text);
        self.span = Span::new(self.span.start, end);
        self.end = end;
    }
}
