//! The host's Markdown dialect: which extensions mdBook turns on, and nothing else.
//!
//! The one door to the parser. Smart punctuation is off for all that is read: it changes quotes and dashes, and what is
//! matched and rendered must be what the author typed.

mod escape;
mod ids;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use ids::HeadingIds;

pub use escape::{NO_TEX, address, attribute, escaped, escaped_html, line_start, link, link_target, one_line, turns};

/// What can be turned off of how the host parses a chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Definition lists.
    pub definition_lists: bool,
    /// Admonitions.
    pub admonitions: bool,
    /// Smart punctuation: it decides which ids headings get, and nothing else here.
    pub smart_punctuation: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            definition_lists: true,
            admonitions: true,
            smart_punctuation: true,
        }
    }
}

impl Dialect {
    /// The host's parser over `text`.
    pub fn parser(self, text: &str) -> Parser<'_> {
        self.parser_with(text, false)
    }

    fn parser_with(self, text: &str, smart_punctuation: bool) -> Parser<'_> {
        let mut options = MarkdownOptions::default();
        options.smart_punctuation = smart_punctuation;
        options.definition_lists = self.definition_lists;
        options.admonitions = self.admonitions;
        new_cmark_parser(text, &options)
    }

    /// The ids that mdBook gives the headings of a page, each by the offset of its heading in `text`.
    ///
    /// As `add_header_links` of mdbook-html 0.5, which is private, goes over them: with the text of each, without its marks.
    pub fn heading_ids(self, text: &str) -> BTreeMap<usize, String> {
        let (mut ids, mut given) = (BTreeMap::new(), HeadingIds::default());
        let mut open: Option<(usize, Option<String>, String)> = None;
        let mut images = 0_usize;
        for (event, range) in self.parser_with(text, self.smart_punctuation).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { id, .. }) => {
                    open = Some((range.start, id.map(|id| id.to_string()), String::new()));
                }
                Event::Start(Tag::DefinitionListTitle) => open = Some((range.start, None, String::new())),
                Event::Start(Tag::Image { .. }) => images += 1,
                Event::End(TagEnd::Image) => images = images.saturating_sub(1),
                Event::Text(said) | Event::Code(said) if images == 0 => {
                    if let Some((_, _, name)) = &mut open {
                        name.push_str(&said);
                    }
                }
                Event::SoftBreak => {
                    if let Some((_, _, name)) = &mut open {
                        name.push('\n');
                    }
                }
                Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                    if let Some((at, own, name)) = open.take() {
                        let id = own.unwrap_or_else(|| given.next(&name));
                        ids.insert(at, id);
                    }
                }
                _ => {}
            }
        }
        ids
    }
}
