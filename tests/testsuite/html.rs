//! Built pages as a browser reads them: elements, attributes and text, and what of them is alive.

use std::cell::RefCell;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// An element begins: its name and its attributes.
    Open(String, Vec<(String, String)>),
    /// An element ends.
    Close(String),
    /// A stretch of text.
    Text(String),
    /// A comment.
    Comment(String),
}

#[derive(Default)]
struct Parts(RefCell<Vec<Part>>);

impl TokenSink for Parts {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut parts = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                if tag.kind == TagKind::EndTag {
                    parts.push(Part::Close(name));
                    return TokenSinkResult::Continue;
                }
                let raw = match name.as_str() {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "noscript" | "iframe" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
                let attributes = tag.attrs.iter();
                let attributes = attributes.map(|one| (one.name.local.to_string(), one.value.to_string()));
                parts.push(Part::Open(name, attributes.collect()));
                return raw;
            }
            Token::CharacterTokens(text) => match parts.last_mut() {
                Some(Part::Text(before)) => before.push_str(&text),
                _ => parts.push(Part::Text(text.to_string())),
            },
            Token::CommentToken(text) => parts.push(Part::Comment(text.to_string())),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// All of a page.
pub fn parts(html: &str) -> Vec<Part> {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(Parts::default(), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// What stands in a page's own content.
pub fn content(html: &str) -> Vec<Part> {
    let parts = parts(html).into_iter();
    let inside = parts.skip_while(|part| !matches!(part, Part::Open(name, _) if name == "main"));
    let inside = inside.take_while(|part| !matches!(part, Part::Close(name) if name == "main"));
    let inside: Vec<Part> = inside.skip(1).collect();
    assert!(!inside.is_empty(), "a page has content");
    inside
}

/// What a reader sees, quotes straight: white space is a blank, and so is the end of what stands by itself.
pub fn shown(parts: &[Part]) -> String {
    const INLINE: [&str; 7] = ["a", "b", "code", "em", "span", "strong", "wbr"];
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Text(said) => text.push_str(said),
            Part::Open(name, _) | Part::Close(name) if !INLINE.contains(&name.as_str()) => text.push(' '),
            _ => {}
        }
    }
    words(&text.replace(['“', '”'], "\"").replace(['‘', '’'], "'"))
}

/// A text with one blank between its words.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of all tables, the text of each cell.
pub fn rows(parts: &[Part]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut open = None;
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Open(name, _) if name == "tr" => rows.push(Vec::new()),
            Part::Open(name, _) if name == "td" || name == "th" => open = Some(at),
            Part::Close(name) if name == "td" || name == "th" => {
                let cell = open.take().map_or(String::new(), |open| shown(&parts[open..at]));
                rows.last_mut().unwrap().push(cell);
            }
            _ => {}
        }
    }
    rows
}

/// Elements that pages have of themselves.
const KNOWN: [&str; 31] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Attributes that pages have of themselves.
const ATTRIBUTES: [&str; 13] = [
    "aria-label",
    "checked",
    "class",
    "colspan",
    "disabled",
    "href",
    "id",
    "role",
    "scope",
    "style",
    "tabindex",
    "title",
    "type",
];

/// What runs, loads, leads away or is typeset in the content of a page, and nobody meant it to.
pub fn alive(parts: &[Part]) -> Vec<String> {
    let mut found = Vec::new();
    // Where MathJax passes over, with how deep that is.
    let mut ignored: Vec<bool> = Vec::new();
    for part in parts {
        match part {
            Part::Open(name, attributes) => {
                if !KNOWN.contains(&name.as_str()) && name != "wbr" {
                    found.push(format!("<{name}>"));
                }
                for (attribute, value) in attributes {
                    if !ATTRIBUTES.contains(&attribute.as_str()) {
                        found.push(format!("<{name} {attribute}=\"{value}\">"));
                    }
                    if matches!(attribute.as_str(), "href" | "src") && leads_away(value) {
                        found.push(format!("{attribute}=\"{value}\""));
                    }
                }
                let class = attributes.iter().find(|(attribute, _)| attribute == "class");
                let class = class.is_some_and(|(_, value)| value.split(' ').any(|one| one == "tex2jax_ignore"));
                if !matches!(name.as_str(), "br" | "hr" | "input" | "wbr" | "img") {
                    ignored.push(class || matches!(name.as_str(), "code" | "pre" | "script" | "style"));
                }
            }
            Part::Close(_) => {
                ignored.pop();
            }
            Part::Text(text) if !ignored.contains(&true) => {
                found.extend(tex(text).map(|sign| format!("{sign} in {text:?}")));
            }
            _ => {}
        }
    }
    found
}

/// A sign that the MathJax of `mathjax-support` begins or ends a formula at, in a stretch of text: the `tex2jax` of
/// MathJax 2.7 with its configuration `TeX-AMS-MML_HTMLorMML`.
pub fn tex(text: &str) -> Option<&'static str> {
    let signs = [
        "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{", "\\end{", "\\ref{", "\\eqref{",
    ];
    signs.into_iter().find(|sign| text.contains(sign))
}

/// Whether a browser leaves the web, or the book's host, for an address: by the standard for URLs, which drops white
/// space at the ends and line ends and tabs anywhere, and takes `\` for `/`.
fn leads_away(address: &str) -> bool {
    let address: String = address
        .trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .map(|c| if c == '\\' { '/' } else { c })
        .collect();
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let scheme = scheme.filter(|scheme| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(plain)
    });
    match scheme {
        Some(scheme) => !["http", "https", "mailto"].contains(&scheme.as_str()),
        None => address.starts_with("//"),
    }
}
