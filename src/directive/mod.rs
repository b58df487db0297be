//! The grammar of `<!-- archdoc: WORD; key=value; key="quoted value" -->`.
//!
//! It reads one comment and says what it is. Which words mean something, and where, is for others to say; but for those
//! around what archdoc itself has written, which are gone before a text is read.

mod computed;
pub mod host;
mod pages;

use crate::source::Span;

pub use computed::{BEGIN, END, LINE, WORDS as MARKS, among, authored, can_be_kept, code, comments, joined, without};
pub use pages::PAGES;
pub(crate) use pages::pages;

/// A comment that speaks to archdoc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// What it asks for, `document`; empty where the comment says nothing.
    pub word: String,
    /// The word's bytes in the text.
    pub word_span: Span,
    /// The whole comment's bytes in the text.
    pub span: Span,
    /// Its keys and values, in the order written; a key without `=` has an empty value.
    pub options: Vec<DirectiveOption>,
    /// What could not be read, if anything.
    pub trouble: Option<&'static str>,
}

/// A key of a directive and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveOption {
    /// The key.
    pub key: String,
    /// The value without its quotes.
    pub value: String,
    /// Key and value, in bytes from the first one of the comment.
    pub at: Span,
    /// The value without its quotes, in bytes from the first one of the comment.
    pub value_at: Span,
}

impl Directive {
    /// Whether it marks the place of one of the book's own pages.
    pub fn is_marker(&self) -> bool {
        PAGES.contains(&self.word.as_str())
    }

    /// The value of a key; the first one where it stands twice.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.find(key).map(|option| option.value.as_str())
    }

    /// A key with its value; the first one where it stands twice.
    pub fn find(&self, key: &str) -> Option<&DirectiveOption> {
        self.options.iter().find(|option| option.key == key)
    }
}

/// Reads a comment, `<!-- … -->`, whose first byte is at `offset` in the text. `None` if it does not speak to archdoc.
pub fn parse(comment: &str, offset: usize) -> Option<Directive> {
    let rest = comment.strip_prefix("<!--")?;
    let inner = rest.strip_suffix("-->");
    let open = inner.is_none();
    let inner = inner.unwrap_or(rest);
    let body = inner.trim_start().strip_prefix("archdoc:")?;
    let body_at = comment.len() - rest.len() + (inner.len() - body.len());
    let (parts, trouble) = split(body);
    let mut parts = parts.into_iter();
    let (at, first) = parts.next().unwrap_or((0, ""));
    let word = first.trim();
    let word_at = offset + body_at + at + (first.len() - first.trim_start().len());
    let options = parts.filter_map(|(at, part)| option(part, body_at + at)).collect();
    Some(Directive {
        word: word.to_owned(),
        word_span: Span::new(word_at, word_at + word.len()),
        span: Span::new(offset, offset + comment.len()),
        options,
        trouble: if word.is_empty() {
            Some("a word is missing after `archdoc:`")
        } else if open {
            Some("the closing `-->` is missing")
        } else {
            trouble
        },
    })
}

/// Splits at `;` outside of double quotes; each part with its offset.
fn split(body: &str) -> (Vec<(usize, &str)>, Option<&'static str>) {
    let (mut parts, mut from, mut quoted) = (Vec::new(), 0, false);
    for (at, char) in body.char_indices() {
        match char {
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push((from, body.get(from..at).unwrap_or("")));
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push((from, body.get(from..).unwrap_or("")));
    (parts, quoted.then_some("a closing `\"` is missing"))
}

/// Reads `key=value`, whose first byte is `at` bytes behind the comment's.
fn option(part: &str, at: usize) -> Option<DirectiveOption> {
    let (key, raw) = part.split_once('=').unwrap_or((part, ""));
    let value = unquoted(raw.trim());
    let start = at + (part.len() - part.trim_start().len());
    let raw_at = at + (part.len() - raw.len());
    let lead = raw.len() - raw.trim_start().len();
    let value_at = raw_at + lead + usize::from(raw.trim_start().starts_with('"'));
    (!key.trim().is_empty()).then(|| DirectiveOption {
        key: key.trim().to_owned(),
        value: value.to_owned(),
        at: Span::new(start, start + part.trim().len()),
        value_at: Span::new(value_at, value_at + value.len()),
    })
}

fn unquoted(value: &str) -> &str {
    value
        .strip_prefix('"')
        .map_or(value, |rest| rest.strip_suffix('"').unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keys_and_quotes() {
        let text = r#"<!-- archdoc: allow; rule=missing-section; reason="a; b"; quiet -->"#;
        let directive = parse(text, 10).expect("a directive");
        assert_eq!(directive.word, "allow");
        assert_eq!(directive.word_span, Span::new(24, 29));
        assert_eq!(directive.option("rule"), Some("missing-section"));
        assert_eq!(directive.option("reason"), Some("a; b"));
        assert_eq!(directive.option("quiet"), Some(""));
        assert_eq!(directive.trouble, None);
        for option in &directive.options {
            assert_eq!(
                text.get(option.value_at.start..option.value_at.end),
                Some(&*option.value)
            );
            assert!(
                text.get(option.at.start..option.at.end)
                    .is_some_and(|all| all.starts_with(&option.key))
            );
        }
    }

    #[test]
    fn other_comments_are_not_directives_and_broken_ones_say_why() {
        assert_eq!(parse("<!-- archdoc is fine -->", 0), None);
        assert!(parse("<!--archdoc:-->", 0).is_some_and(|directive| directive.trouble.is_some()));
        assert!(parse("<!-- archdoc: allow; rule=x", 0).is_some_and(|directive| directive.trouble.is_some()));
        assert!(parse(r#"<!-- archdoc: allow; reason="x -->"#, 0).is_some_and(|d| d.trouble.is_some()));
    }
}
