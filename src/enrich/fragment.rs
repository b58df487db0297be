//! Fragments: the pieces of Markdown that archdoc generates, rendered from events and escaped in one place.
//!
//! Whatever came out of a document, a commit or a configuration is text here.

use pulldown_cmark::Event;

use crate::markdown::rendered;

/// Renders a block, with an empty line behind it, in the line ends of `text`. `None` if it cannot be written.
pub fn block<'e>(events: impl IntoIterator<Item = Event<'e>>, text: &str) -> Option<String> {
    let mut block = rendered(events)?;
    block.push_str("\n\n");
    Some(if text.contains("\r\n") {
        block.replace('\n', "\r\n")
    } else {
        block
    })
}
