//! The host's own directives, `{{#include x.md}}`, as its `links` preprocessor finds them in a text.
//!
//! It reads no file, and does not say what a word means.

use crate::source::Span;

/// The words behind which a file is named, from the folder of the file that they stand in: mdBook's, and that of
/// `mdbook-template`.
pub const NAME_FILES: [&str; 5] = ["include", "playground", "playpen", "rustdoc_include", "template"];

/// A directive of the host's, or one that is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostDirective<'t> {
    /// All of it, with its braces or its backslash.
    pub span: Span,
    /// `include`; empty where it is escaped.
    pub word: &'t str,
    /// The bytes of the first thing behind the word, mostly a path; nothing where it is escaped.
    pub target: Span,
}

/// The directives of a text, in order.
pub fn directives(text: &str) -> Vec<HostDirective<'_>> {
    let (mut found, mut at) = (Vec::new(), 0);
    // Looked for once for all that begins in front of them: many may.
    let (mut close, mut line) = (Span::at(0), Span::at(0));
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")).map(|open| at + open) {
        if close.start < open + 2 {
            let brace = text.get(open + 2..).and_then(|rest| rest.find('}'));
            let Some(brace) = brace.map(|brace| open + 2 + brace) else {
                break;
            };
            let double = text.get(brace..).is_some_and(|rest| rest.starts_with("}}"));
            close = Span::new(brace, brace + 1 + usize::from(double));
        }
        if line.end <= open {
            let rest = text.get(open..).unwrap_or("").split('\n').next().unwrap_or("");
            line = Span::new(open + rest.rfind("}}").unwrap_or(0), open + rest.len());
        }
        // A backslash that is a part of the directive before escapes nothing.
        let behind = text.get(at..open).is_some_and(|before| before.ends_with('\\'));
        let escaped = || escaped(text, open, line.start);
        let directive = behind.then(escaped).flatten();
        let directive = directive.or_else(|| directive_at(text, open, close));
        // Three braces hold a directive too, from the second on.
        at = directive.map_or(open + 1, |found| found.span.end);
        found.extend(directive);
    }
    found
}

/// Whether a directive reaches across one of `borders`, which are in order: none of the two sides has it alone.
pub fn any_across(text: &str, borders: impl IntoIterator<Item = usize>) -> bool {
    if !text.contains("}}") {
        return false;
    }
    let mut borders = borders.into_iter().peekable();
    directives(text).iter().any(|directive| {
        while borders.next_if(|border| *border <= directive.span.start).is_some() {}
        borders.peek().is_some_and(|border| *border < directive.span.end)
    })
}

/// An escape goes to the last braces of its line.
fn escaped(text: &str, open: usize, last: usize) -> Option<HostDirective<'_>> {
    let begins = text.get(open..)?.starts_with("{{#");
    (begins && open + 3 <= last).then(|| HostDirective {
        span: Span::new(open - 1, last + 2),
        word: "",
        target: Span::at(open),
    })
}

/// What begins at `open`, where the next closing braces are at `close`.
fn directive_at(text: &str, open: usize, close: Span) -> Option<HostDirective<'_>> {
    let words = text.get(open + 2..close.start)?.trim_start().strip_prefix('#')?;
    let (word, rest) = words.split_once(char::is_whitespace)?;
    let named = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let target = rest.split_whitespace().next().unwrap_or("");
    let start = close.start - rest.trim_start().len();
    (close.len() == 2 && named && !rest.is_empty()).then(|| HostDirective {
        span: Span::new(open, close.end),
        word,
        target: Span::new(start, start + target.len()),
    })
}

#[cfg(test)]
mod tests {
    use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
    use mdbook_preprocessor::book::{Book, BookItem, Chapter};
    use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn many_braces_are_read_at_once() {
        for piece in ["{", "{{#a ", "\\{{#a ", "\\{{#a }", "{{#a b}} "] {
            // With a look at the rest for each of them, this would not end.
            let text = format!("}}}}{}}}", piece.repeat(200_000));
            let last = directives(&text).last().map_or(0, |last| last.span.end);
            assert!(last <= text.len(), "{piece}");
        }
    }

    proptest! {
        /// The includes, and what is escaped, are those of the host's own `links`.
        #[test]
        fn directives_are_those_of_the_host(pieces in prop::collection::vec(prop::sample::select(vec![
            "{{", "}}", "{", "}", "#", "include", "{{#include x}}", " ", "\n", "\r", "\u{a0}", "x", "\\", "\\{{#", "{{#foo ", "é",
        ]), 0..16)) {
            let text = pieces.concat();
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir(folder.path().join("src")).unwrap();
            std::fs::write(folder.path().join("src/x"), "INCLUDED").unwrap();
            let context = PreprocessorContext::new(folder.path().to_owned(), Default::default(), "html".to_owned());
            let chapter = Chapter::new("A", text.clone(), "a.md", Vec::new());
            let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
            let book = LinkPreprocessor::new().run(&context, book).unwrap();
            let mut expected = String::new();
            let mut done = 0;
            for directive in directives(&text) {
                let target = &text[directive.target.start..directive.target.end];
                let (start, shown) = match directive.word {
                    "" => (directive.span.start, &text[directive.span.start + 1..directive.span.end]),
                    "include" if target == "x" || target.starts_with("x:") => (directive.span.start, "INCLUDED"),
                    _ => continue,
                };
                expected += &text[done..start];
                expected += shown;
                done = directive.span.end;
            }
            expected += &text[done..];
            prop_assert_eq!(&book.chapters().next().unwrap().content, &expected);
        }
    }
}
