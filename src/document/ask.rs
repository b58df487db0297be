//! What the parser says of a text that is not written yet: the one judge of where a block ends and what would be a heading.
//!
//! Nothing here knows how a fence, a comment or a block of HTML is closed. It puts a heading where one might stand and
//! asks the parser what it reads there.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Document;
use crate::edit::Edit;
use crate::markdown::Dialect;
use crate::source::{Span, start_of_line};

/// A heading in front of which an empty line stands.
const HEADING: &str = "\n\n# x\n";

/// What is white space to Markdown, at the end of a block.
const WHITE: [char; 4] = [' ', '\t', '\r', '\n'];

/// A text around an edit with the edit made, its blocks, and where the edit begins in it.
type Edited = (String, Vec<(Span, Begins)>, usize);

/// What begins somewhere at the top level of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begins {
    /// A heading of this level, with its words.
    Heading(u8, String),
    /// Another block, by what ends it; a thematic break has no end.
    Block(Option<TagEnd>),
}

/// The blocks at the top level of `text`, as the host reads it: where each stands, without the white space behind it.
fn blocks(dialect: Dialect, text: &str) -> Vec<(Span, Begins)> {
    let (mut depth, mut blocks): (usize, Vec<(Span, Begins)>) = (0, Vec::new());
    for (event, range) in dialect.parser(text).into_offset_iter() {
        let begins = match &event {
            Event::Start(Tag::Heading { level, .. }) => Some(Begins::Heading(*level as u8, String::new())),
            Event::Start(tag) => Some(Begins::Block(Some(tag.to_end()))),
            Event::Rule => Some(Begins::Block(None)),
            _ => None,
        };
        if let Some(begins) = begins.filter(|_| depth == 0) {
            let shown = text.get(range.clone()).unwrap_or("").trim_end_matches(WHITE);
            blocks.push((Span::new(range.start, range.start + shown.len()), begins));
        }
        match (event, blocks.last_mut()) {
            (Event::Start(_), _) => depth += 1,
            (Event::End(_), _) => depth = depth.saturating_sub(1),
            (Event::Text(text) | Event::Code(text), Some((_, Begins::Heading(_, name)))) => name.push_str(&text),
            (Event::SoftBreak | Event::HardBreak, Some((_, Begins::Heading(_, name)))) => name.push(' '),
            _ => {}
        }
    }
    blocks
}

/// What begins with the first character at or behind `at`, as the host reads `text`; none where that belongs to a block
/// that began before it.
pub fn begins_at(dialect: Dialect, text: &str, at: usize) -> Option<Begins> {
    begins_in(&blocks(dialect, text), text, at)
}

fn begins_in(blocks: &[(Span, Begins)], text: &str, at: usize) -> Option<Begins> {
    let rest = text.get(at..)?;
    let first = at + (rest.len() - rest.trim_start_matches(WHITE).len());
    let mut here = blocks.iter().filter(|(span, _)| (at..=first).contains(&span.start));
    here.next().map(|(_, begins)| begins.clone())
}

/// Whether a heading is read as one that stands behind `text`, with an empty line in between.
pub fn ends(dialect: Dialect, text: &str) -> bool {
    let begins = begins_at(dialect, &format!("{text}{HEADING}"), text.len());
    matches!(begins, Some(Begins::Heading(1, name)) if name == "x")
}

/// The longest part of a text that is read again for one edit, in bytes: a block can be as long as a file, with an edit
/// on each of its lines.
const MAX_PART: usize = 1 << 15;

/// An edit, and what is read again when it is made: from the block in front of it to the one behind it.
struct Around<'d> {
    above: &'d str,
    below: &'d str,
    /// The block behind it.
    next: Option<&'d str>,
}

impl Document {
    /// Whether all that stands around an edit is read as before once it is made: the blocks in front of it are the same,
    /// those behind it begin where they did, and what is written behind the last of them is no part of it.
    pub fn reads_on(&self, edit: &Edit) -> bool {
        self.edited(edit).is_some()
    }

    /// The words of the heading that begins in the text of an edit, `at` bytes from its start, if all else reads on.
    pub fn heading_in(&self, edit: &Edit, at: usize) -> Option<String> {
        let (text, blocks, start) = self.edited(edit)?;
        match begins_in(&blocks, &text, start + at) {
            Some(Begins::Heading(_, name)) => Some(name),
            _ => None,
        }
    }

    /// What stands around an edit with the edit made, its blocks, and where the edit begins in it; none unless all of it but
    /// the edit reads on.
    fn edited(&self, edit: &Edit) -> Option<Edited> {
        let Around { above, below, next } = self.around(edit)?;
        let before = format!("{above}{}{below}", self.text.get(edit.span));
        let together = format!("{above}{}{below}", edit.text);
        let (was, is) = (blocks(self.dialect, &before), blocks(self.dialect, &together));
        // What is put right behind a block may belong to it, a row to its table.
        let inside = |(span, _): &(Span, Begins)| span.start < above.len() && above.len() < span.end;
        let grows = edit.span.is_empty() && !was.iter().any(inside);
        let same = |(was, is): (&(Span, Begins), &(Span, Begins))| {
            was.1 == is.1 && was.0.start == is.0.start && (grows || was.0.end == is.0.end)
        };
        let in_front = was.iter().take_while(|(span, _)| span.end <= above.len());
        if is.len() < in_front.clone().count() || !in_front.zip(&is).all(same) {
            return None;
        }
        let edited = |reads_on: bool| reads_on.then_some((together.clone(), is.clone(), above.len()));
        let Some(next) = next else {
            return edited(ends(self.dialect, &together) || !ends(self.dialect, &before));
        };
        let alone = begins_in(&was, &before, before.len() - next.len());
        // In the same way, what is put right in front of a block may be its new beginning.
        let whole = |last: &(Span, Begins)| last.0.end == together.trim_end_matches(WHITE).len();
        let longer = begins_in(&is, &together, above.len()).filter(|_| grows && is.last().is_some_and(whole));
        let behind = begins_in(&is, &together, together.len() - next.len());
        edited(alone.is_some() && alone == behind.or(longer))
    }

    /// None where that is too long.
    fn around(&self, edit: &Edit) -> Option<Around<'_>> {
        let text = self.text.as_str();
        // Each chapter is read for itself.
        let chapter = self.chapters.partition_point(|start| *start <= edit.span.start);
        let chapter_start = chapter.checked_sub(1).and_then(|at| self.chapters.get(at)).copied();
        let chapter_end = self.chapters.get(chapter).copied().unwrap_or(text.len());
        let matter = self.front_matter.map_or(0, |matter| matter.end);
        let floor = chapter_start.unwrap_or(0).max(matter.min(edit.span.start));
        let (before, behind) = self.blocks.partition(|block| block.span.end <= edit.span.start);
        let before = before.last().or(behind.first()).map(|before| &self.blocks[before]);
        let start = before.map_or(floor, |block| start_of_line(text, block.span.start).max(floor));
        let mut behind = self.blocks[behind]
            .iter()
            .map(|block| Span::new(start_of_line(text, block.span.start), block.span.end));
        let next = behind.find(|next| next.start >= edit.span.end && !next.is_empty());
        let next = next.filter(|next| next.end <= chapter_end);
        let end = next.map_or(chapter_end, |next| next.end);
        let around = Around {
            above: text.get(start..edit.span.start)?,
            below: text.get(edit.span.end..end)?,
            next: next.map(|next| self.text.get(next)),
        };
        (end - start <= MAX_PART).then_some(around)
    }
}
