//! Fragments: the pieces of Markdown that archdoc generates, rendered from events and escaped in one place.
//!
//! Whatever came out of a document, a commit or a configuration is text here. The renderer escapes what Markdown and
//! HTML would read; `{{` is escaped besides, because mdBook's `links` runs after archdoc.

use pulldown_cmark::Event;
use pulldown_cmark_to_cmark::cmark;

use crate::markdown::fragment_options;

/// Renders a block, with an empty line behind it, in the line ends of `text`. `None` if it cannot be written.
pub fn block<'e>(events: impl IntoIterator<Item = Event<'e>>, text: &str) -> Option<String> {
    let mut rendered = String::new();
    cmark(events, &mut rendered, fragment_options()).ok()?;
    let mut rendered = rendered.trim_matches('\n').replace("{{", "\\{{");
    rendered.push_str("\n\n");
    Some(if text.contains("\r\n") {
        rendered.replace('\n', "\r\n")
    } else {
        rendered
    })
}
