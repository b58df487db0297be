//! The host's Markdown dialect: which extensions mdBook turns on, and nothing else.
//!
//! The one door to the parser. Smart punctuation is off for all that is read: it changes quotes and dashes, and what is
//! matched and rendered must be what the author typed.

use std::collections::{BTreeMap, HashSet};

use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark;
use serde::Deserialize;

/// The part of `[output.html]` that changes how a chapter is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Dialect {
    /// `output.html.definition-lists`, on unless turned off.
    pub definition_lists: bool,
    /// `output.html.admonitions`, on unless turned off.
    pub admonitions: bool,
    /// `output.html.smart-punctuation`, on unless turned off: it decides which ids headings get, and nothing else here.
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
    /// From `add_header_links` and `id_from_content` of mdbook-html 0.5, which are private: the text without its marks,
    /// in lower case, letters, digits, `_` and `-` kept, white space as `-`, and a number behind what is taken already.
    pub fn heading_ids(self, text: &str) -> BTreeMap<usize, String> {
        let (mut ids, mut used) = (BTreeMap::new(), HashSet::new());
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
                        let id = own.unwrap_or_else(|| unique(id_of(&name), &mut used));
                        ids.insert(at, id);
                    }
                }
                _ => {}
            }
        }
        ids
    }
}

fn id_of(name: &str) -> String {
    let kept = name.trim().to_lowercase();
    let kept = kept.chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

fn unique(id: String, used: &mut HashSet<String>) -> String {
    let numbered = (1_u32..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.clone())
        .chain(numbered)
        .find(|id| !used.contains(id))
        .unwrap_or(id);
    used.insert(free.clone());
    free
}

/// The parser's options that fragments are rendered for: what every mdBook host understands.
fn fragment_options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES
}

/// Renders generated Markdown from events, without empty lines around it. What is text in them stays text: the renderer
/// escapes what Markdown and HTML would read, and `{{` is escaped besides, because mdBook's `links` runs after
/// archdoc. `None` if it cannot be written.
pub fn rendered<'e>(events: impl IntoIterator<Item = Event<'e>>) -> Option<String> {
    let mut text = String::new();
    cmark(events, &mut text, fragment_options()).ok()?;
    Some(text.trim_matches('\n').replace("{{", "\\{{"))
}

/// The longest text from outside that is shown, in characters.
const MAX_TEXT: usize = 200;

/// A text from outside, made one line that fits a line: white space and control characters are single blanks, and what
/// is too long ends with `…` behind a whole word.
pub fn one_line(text: &str) -> String {
    // A direction mark turns around what stands behind it, too.
    let blank = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut line = String::new();
    let mut count = 0;
    for word in text.split(blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count == MAX_TEXT {
                return cut(&line);
            }
            line.push(c);
            count += 1;
        }
    }
    line
}

/// A line that was too long, up to the last word that is whole. A word as long as the line is cut where it must be.
fn cut(line: &str) -> String {
    let words = line.rsplit_once(' ').map(|(words, _)| words);
    let kept = words.filter(|words| words.len() > line.len() / 2).unwrap_or(line);
    format!("{}…", kept.trim_end_matches([',', ';', ':', '.', '-', '–']))
}

/// A text from outside as Markdown that shows it, in a table's cell or behind other words of a line.
pub fn escaped(text: &str) -> String {
    // In front of it stands a word that is taken away again: `1.` begins a list at the start of a line only.
    const LEAD: &str = "a ";
    let events = [
        Event::Start(Tag::Paragraph),
        Event::Text(format!("{LEAD}{}", one_line(text)).into()),
        Event::End(TagEnd::Paragraph),
    ];
    let markdown = rendered(events).unwrap_or_default();
    markdown.strip_prefix(LEAD).unwrap_or_default().to_owned()
}

/// A text from outside as HTML that shows it, as an element's text or an attribute's value. Neither Markdown nor
/// mdBook's directives come alive in it.
pub fn escaped_html(text: &str) -> String {
    let mut escaped = String::new();
    for c in one_line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '{' => escaped.push_str("&#123;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A path or an id as a part of an address, in Markdown and in HTML: what could end it there is percent-encoded.
pub fn link_target(text: &str) -> String {
    let mut encoded = String::new();
    for c in text.chars() {
        let plain = c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~');
        if plain {
            encoded.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_outside_is_text() {
        for text in [
            "a | b",
            "<script>alert(1)</script>",
            "{{#include /etc/passwd}}",
            "\\{{#include ../secret}}",
            "*x* _y_ `z` ~~s~~",
            "[l](http://x.y) ![i](u) <http://x.y> [^1]",
            "# no heading",
            "- no list",
            "1. no list",
            "&amp; &lt;",
            "a\\|b",
            "`|` {{ }}",
            "--- | ---",
            "> quote",
            "[x] box",
            "x\\",
        ] {
            let markdown = escaped(text);
            assert!(!markdown.replace("\\{{", "").contains("{{"), "{markdown}");
            for (before, after) in [
                ("| a |\n|---|\n| ", " |"),
                ("- x: ", ""),
                ("Say ", " and more"),
                ("## ", ""),
            ] {
                let whole = format!("{before}{markdown}{after}\n");
                let mut shown = String::new();
                for event in Dialect::default().parser(&whole) {
                    match event {
                        Event::Text(text) => shown.push_str(&text),
                        Event::Start(
                            Tag::Paragraph
                            | Tag::Table(_)
                            | Tag::TableHead
                            | Tag::TableRow
                            | Tag::TableCell
                            | Tag::List(_)
                            | Tag::Item,
                        )
                        | Event::End(_) => {}
                        Event::Start(Tag::Heading { .. }) => {}
                        other => panic!("{other:?} in {whole:?}"),
                    }
                }
                let expected = one_line(text);
                assert!(shown.contains(&expected), "{whole:?} shows {shown:?}");
            }
        }
    }

    #[test]
    fn long_and_odd_texts_are_one_short_line() {
        assert_eq!(one_line(" a\r\n\tb\u{0}c\u{202e}d "), "a b c d");
        assert_eq!(one_line(&"ä".repeat(1_000_000)).chars().count(), MAX_TEXT + 1);
    }
}
