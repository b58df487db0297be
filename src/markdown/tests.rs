//! What comes from outside is text, by what mdBook itself reads.

use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use proptest::prelude::*;

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

/// Parts that directives, formulas, addresses and Markdown are made of, of which texts are put together. The file `x` is
/// there to be included.
const PARTS: [&str; 72] = [
    "{",
    "{",
    "{{",
    "}",
    "}",
    "}}",
    "{{#",
    "\\{{#",
    "{{{",
    "#",
    "#",
    "\\",
    "\\\\",
    " ",
    " ",
    " ",
    "\u{a0}",
    "include",
    "include x}}",
    "title",
    "title T}}",
    "playground x",
    "rustdoc_include x",
    "x",
    "../x",
    "x:1",
    "$",
    "$",
    "$$",
    "(",
    ")",
    "[",
    "]",
    "begin{x}",
    "end{x}",
    "ref{x}",
    "eqref{",
    "`",
    "`",
    "```",
    "<",
    ">",
    "&",
    "&amp;",
    "&#123;",
    "<!--",
    "-->",
    "<script>",
    "<wbr>",
    "!",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "|",
    "^",
    "-",
    "--",
    "---",
    "+",
    "=",
    ":",
    ".",
    "..",
    "...",
    "1",
    "1.",
    "2)",
    "[!NOTE]",
    "é",
    "\"'",
];

/// Places where a text lands: what stands before it and behind it, and whether it begins a line.
const PLACES: [(&str, &str, bool); 13] = [
    ("Say ", " and more\n", false),
    ("| a | b |\n|---|---|\n| ", " | z |\n", false),
    ("## ", "\n", false),
    ("**", "**\n", false),
    ("- *", "*\n", false),
    ("See [", "](x.md).\n", false),
    ("- 2026-01-01: ", " (`0123456`)\n", false),
    ("| a |\n|---|\n| <span>", "</span> |\n", false),
    ("", "\n", true),
    ("- ", "\n", true),
    ("> ", "\n", true),
    ("> - ", ": done\n", true),
    ("Words\n", " and more\n", true),
];

/// What mdBook reads: the text, quotes straight, that stands in each element, the elements as marks around it. Elements
/// that show nothing end a stretch of text, which is checked for what MathJax would take for a formula.
fn read(markdown: &str, smart: bool) -> String {
    let (mut shape, mut stretch) = (String::new(), String::new());
    let mut end_of = |stretch: &mut String| {
        for tex in [
            "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{", "\\end{", "\\ref{", "\\eqref{",
        ] {
            assert!(!stretch.contains(tex), "{stretch:?} of {markdown:?}");
        }
        shape.push_str(stretch);
        stretch.clear();
    };
    for event in Dialect::default().parser_with(markdown, smart) {
        match event {
            Event::Text(text) => stretch.push_str(&text.replace(['“', '”'], "\"").replace(['‘', '’'], "'")),
            Event::InlineHtml(html) if &*html == "<wbr/>" => end_of(&mut stretch),
            Event::SoftBreak => stretch.push('\n'),
            other => {
                end_of(&mut stretch);
                // An id is made of the text.
                let other = match other {
                    Event::Start(Tag::Heading {
                        level,
                        id,
                        classes,
                        attrs,
                    }) => {
                        assert!(id.is_none() && classes.is_empty() && attrs.is_empty(), "{markdown:?}");
                        format!("{level}")
                    }
                    other => format!("{other:?}"),
                };
                end_of(&mut format!("\u{1}{other}\u{1}"));
            }
        }
    }
    end_of(&mut stretch);
    shape
}

/// What the host's `links` makes of a chapter, where `x` is a file that can be included.
fn after_links(markdown: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("src/deep")).unwrap();
    for path in ["src/x", "src/deep/x"] {
        std::fs::write(folder.path().join(path), "INCLUDED").unwrap();
    }
    let context = PreprocessorContext::new(folder.path().to_owned(), Default::default(), "html".to_owned());
    let chapter = Chapter::new("A", markdown.to_owned(), "deep/a.md", Vec::new());
    let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
    let book = LinkPreprocessor::new().run(&context, book).unwrap();
    assert!(context.chapter_titles.borrow().is_empty(), "{markdown}");
    let chapter = book.chapters().next().unwrap();
    chapter.content.clone()
}

proptest! {
    /// Whatever a text is made of: the host's `links` finds nothing in it, and the page shows it as it was typed.
    #[test]
    fn every_text_is_shown_as_typed(parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 1..10)) {
        let text = parts.concat();
        let typed = one_line(&text);
        prop_assume!(!typed.is_empty());
        let mut all = String::new();
        for (before, behind, starts) in PLACES {
            let escaped = match starts {
                true => line_start(&escaped(&text)),
                false => escaped(&text),
            };
            let markdown = format!("{before}{escaped}{behind}");
            for smart in [false, true] {
                let expected = read(&format!("{before}\u{2}{behind}"), smart).replace('\u{2}', &typed);
                prop_assert_eq!(read(&markdown, smart), expected, "{:?}", markdown);
            }
            all.push_str(&markdown);
            all.push('\n');
        }
        all.push_str(&format!("<div><b title=\"{0}\">{0}</b></div>\n", escaped_html(&text)));
        prop_assert_eq!(after_links(&all), all);
        // Not even with the other half of a directive that stands in the text around it.
        for escaped in [escaped(&text), escaped_html(&text)] {
            for whole in [format!("{{{{#title a {escaped}\n"), format!("{escaped} #title a }}}}\n")] {
                prop_assert_eq!(after_links(&whole), whole);
            }
        }
    }

    /// What is not rendered, because all of it is harmless, is what the renderer would write.
    #[test]
    fn harmless_texts_are_what_the_renderer_writes(text in "([a-zé0-9 ,.;:?()/%'\"–—…-]|[!-~]){0,12}") {
        let text = one_line(&text);
        prop_assert_eq!(escaped(&text), escape::written(&text));
    }

    /// The words of a text, one blank between them.
    #[test]
    fn one_line_is_its_words(text in "[a-c \t\u{a0}é]{0,12}") {
        prop_assert_eq!(one_line(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

#[test]
fn long_and_odd_texts_are_one_short_line() {
    assert_eq!(one_line(" a\r\n\tb\u{0}c\u{202e}d "), "a b c d");
    assert_eq!(one_line(&"ä".repeat(1_000_000)).chars().count(), escape::MAX_TEXT + 1);
}

/// A link from outside leads to a page, a mailbox or a place on the web, whatever a browser makes of its address.
#[test]
fn a_link_from_outside_runs_nothing() {
    let long = format!("https://example.org/{}", "x".repeat(1_000));
    for (text, expected) in [
        (
            "https://example.org/a?b=1&c=(2)#d",
            Some("https://example.org/a?b=1&c=%282%29#d"),
        ),
        ("HTTP://example.org", Some("HTTP://example.org")),
        (" mailto:a@example.org\n", Some("mailto:a@example.org")),
        ("../guide.md#x", Some("../guide.md#x")),
        ("/from/the/root", Some("/from/the/root")),
        ("#place", Some("#place")),
        ("?a:b", Some("?a:b")),
        ("a b", Some("a%20b")),
        ("{{#include x}}", Some("%7B%7B#include%20x%7D%7D")),
        (long.as_str(), Some(long.as_str())),
        // What comes behind a scheme's name is no scheme to Markdown and to browsers once it is encoded.
        ("java&#115;cript:alert(1)", Some("java&#115;cript:alert%281%29")),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("\u{1}javascript:alert(1)", None),
        (" \t\u{a0}javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("java script:alert(1)", None),
        ("javascript&colon;:alert(1)", None),
        ("java%73cript:alert(1)", None),
        ("vbscript:x", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("file:///etc/passwd", None),
        ("blob:https://example.org/x", None),
        ("view-source:https://example.org", None),
        ("C:/x", None),
        ("git@example.org:a/b.git", None),
        ("ssh://example.org/a", None),
        ("//example.org/a", None),
        ("///example.org/a", None),
        ("/\\example.org/a", None),
        ("\\\\example.org\\a", None),
        ("https://example.org/\n../a", None),
        ("", None),
        (" ", None),
    ] {
        assert_eq!(address(text).as_deref(), expected, "{text:?}");
        // As the parser of the page reads it, in Markdown and in HTML.
        let Some(address) = address(text) else { continue };
        for markdown in [
            link("x", &address),
            format!("<a href=\"{}\">x</a>", attribute(&address)),
        ] {
            assert_eq!(after_links(&markdown), markdown);
            assert!(!markdown.contains("&#115;"), "{markdown}");
        }
        let markdown = link("x", &address);
        let targets: Vec<String> = Dialect::default()
            .parser(&markdown)
            .filter_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(targets, [address]);
    }
}
