//! The host's Markdown dialect: which extensions mdBook turns on, and nothing else.
//!
//! The one door to the parser. Smart punctuation is always off here: it changes quotes and dashes, and what is
//! matched and rendered must be what the author typed.

use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use pulldown_cmark::{Options, Parser};
use serde::Deserialize;

/// The part of `[output.html]` that changes how a chapter is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Dialect {
    /// `output.html.definition-lists`, on unless turned off.
    pub definition_lists: bool,
    /// `output.html.admonitions`, on unless turned off.
    pub admonitions: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            definition_lists: true,
            admonitions: true,
        }
    }
}

impl Dialect {
    /// The host's parser over `text`.
    pub fn parser(self, text: &str) -> Parser<'_> {
        let mut options = MarkdownOptions::default();
        options.smart_punctuation = false;
        options.definition_lists = self.definition_lists;
        options.admonitions = self.admonitions;
        new_cmark_parser(text, &options)
    }
}

/// The parser's options that fragments are rendered for: what every mdBook host understands.
pub fn fragment_options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES
}
