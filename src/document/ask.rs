//! What the parser says of a text that is not written yet: the one judge of where a block ends and what would be a heading.
//!
//! Nothing here knows how a fence, a comment or a block of HTML is closed. It puts a heading where one might stand and
//! asks the parser what it reads there.

use pulldown_cmark::{Event, Tag};

use crate::markdown::Dialect;

/// A heading in front of which an empty line stands.
const HEADING: &str = "\n\n# x\n";

/// What begins somewhere at the top level of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// A heading of this level.
    Heading(u8),
    /// Another block.
    Block,
}

/// What begins with the first character at or behind `at`, as the host reads `text`; none where that belongs to a block
/// that began before it.
pub fn begins_at(dialect: Dialect, text: &str, at: usize) -> Option<Begins> {
    let rest = text.get(at..)?;
    let first = at + (rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len());
    let mut depth = 0_usize;
    for (event, range) in dialect.parser(text).into_offset_iter() {
        let here = depth == 0 && (at..=first).contains(&range.start);
        match event {
            Event::Start(Tag::Heading { level, .. }) if here => return Some(Begins::Heading(level as u8)),
            Event::Start(_) | Event::Rule if here => return Some(Begins::Block),
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Whether a heading is read as one that stands behind `text`, with an empty line in between.
pub fn ends(dialect: Dialect, text: &str) -> bool {
    begins_at(dialect, &format!("{text}{HEADING}"), text.len()).is_some_and(|begins| begins == Begins::Heading(1))
}
