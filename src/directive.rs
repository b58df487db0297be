//! The grammar of `<!-- archdoc: WORD; key=value; key="quoted value" -->`.
//!
//! It reads one comment and says what it is. Which words mean something, and where, is for others to say.

use crate::source::Span;

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
    pub options: Vec<(String, String)>,
    /// What could not be read, if anything.
    pub trouble: Option<&'static str>,
}

impl Directive {
    /// The value of a key; the first one where it stands twice.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.options
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a comment, `<!-- … -->`, whose first byte is at `offset` in the text. `None` if it does not speak to archdoc.
pub fn parse(comment: &str, offset: usize) -> Option<Directive> {
    let inner = comment.strip_prefix("<!--")?;
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let start = inner.trim_start();
    let body = start.strip_prefix("archdoc:")?;
    let body_at = offset + comment.len() - comment.strip_prefix("<!--")?.len() + (inner.len() - body.len());
    let (parts, trouble) = split(body);
    let mut parts = parts.into_iter();
    let (at, first) = parts.next().unwrap_or((0, ""));
    let word = first.trim();
    let word_at = body_at + at + (first.len() - first.trim_start().len());
    let options = parts
        .map(|(_, part)| match part.split_once('=') {
            Some((key, value)) => (key.trim().to_owned(), unquoted(value.trim()).to_owned()),
            None => (part.trim().to_owned(), String::new()),
        })
        .filter(|(key, _)| !key.is_empty())
        .collect();
    Some(Directive {
        word: word.to_owned(),
        word_span: Span::new(word_at, word_at + word.len()),
        span: Span::new(offset, offset + comment.len()),
        options,
        trouble: if word.is_empty() {
            Some("a word is missing after `archdoc:`")
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
    }

    #[test]
    fn other_comments_are_not_directives_and_broken_ones_say_why() {
        assert_eq!(parse("<!-- archdoc is fine -->", 0), None);
        assert!(parse("<!--archdoc:-->", 0).is_some_and(|directive| directive.trouble.is_some()));
        assert!(parse(r#"<!-- archdoc: allow; reason="x -->"#, 0).is_some_and(|d| d.trouble.is_some()));
    }
}
