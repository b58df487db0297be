//! The targets: what is done with an input, and what then has to hold. Each fails by panicking.
//!
//! cargo-fuzz and the driver run the same ones. A target that reads text passes over bytes that are none.

use std::path::PathBuf;

use mdbook_archdoc::fuzzing::{self, Book, build};
use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use mdbook_preprocessor::book::{Book as HostBook, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

/// A target and what it does with an input.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Panics where something does not hold.
    pub run: fn(&[u8]),
}

/// All targets, by name.
pub const TARGETS: &[Target] = &[
    Target {
        name: "change_log",
        run: |input| text(input, change_log),
    },
    Target {
        name: "chapter",
        run: |input| text(input, chapter),
    },
    Target {
        name: "checklist",
        run: |input| text(input, checklist),
    },
    Target {
        name: "escape",
        run: |input| text(input, escape),
    },
    Target {
        name: "fix",
        run: |input| text(input, fix),
    },
    Target {
        name: "message",
        run: fuzzing::answered,
    },
    Target {
        name: "own_output",
        run: |input| text(input, own_output),
    },
    Target {
        name: "template",
        run: |input| text(input, template),
    },
];

/// Runs the target with this name.
pub fn run(name: &str, input: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target").run)(input);
}

fn text(input: &[u8], run: fn(&str)) {
    if let Ok(text) = str::from_utf8(input) {
        run(text);
    }
}

/// Any text as a chapter that is checked and enriched: nothing panics, and the same text has the same answer.
fn chapter(text: &str) {
    assert_eq!(build(text, ""), build(text, ""));
    let (content, _) = build(text, "enrich = false\n");
    assert_eq!(content, text, "without enrichment a chapter stays as it is");
}

/// Any text in the place of the change log, and between the sections around it.
fn change_log(text: &str) {
    let above = "# Architecture Documentation: X\n\n**Version**: 1.2\n\n## Change Log\n\n";
    build(&format!("{above}{text}\n\n## Review Checklist\n- [ ] a\n"), "");
}

/// Any text in the place of the review checklist, with a footer below it.
fn checklist(text: &str) {
    let above = "# Architecture Documentation: X\n\n**Status**: Draft\n\n## Review Checklist\n\n";
    build(&format!("{above}{text}\n\n---\n\n**Document Status**: Review\n"), "");
}

/// Two texts, a template and the document that is held to it, with a NUL between them.
fn template(text: &str) {
    if let Some((template, document)) = text.split_once('\0') {
        fuzzing::held(template, document);
    }
}

/// Any book whose findings are fixed: that ends, a second time changes nothing, and no fix changes how text outside of it
/// reads.
fn fix(text: &str) {
    Book::of_parts(text).fixed_in_every_way();
}

/// What a build makes of a chapter, built again, is the same.
fn own_output(text: &str) {
    // The host takes a byte order mark away, at each build.
    let text = text.trim_start_matches('\u{feff}');
    let (once, _) = build(text, "");
    let (twice, _) = build(&once, "");
    assert_eq!(
        once, twice,
        "archdoc reads its own output as something else, made of {text:?}"
    );
}

/// Text from outside, escaped and put where archdoc puts it, is shown by the host as it was typed.
fn escape(text: &str) {
    let (line, escaped) = (fuzzing::one_line(text), fuzzing::escaped(text));
    let behind = [
        ("Say ", " and more"),
        ("- x: ", ""),
        ("| a |\n|---|\n| ", " |"),
        ("## ", ""),
        ("[", "](a.md)"),
    ];
    for (before, after) in behind {
        shows(&format!("{before}{escaped}{after}\n"), &line, &escaped);
    }
    let escaped = fuzzing::line_start(&escaped);
    for before in ["", "> ", "- "] {
        shows(&format!("{before}{escaped}\n"), &line, &escaped);
    }
    let html = fuzzing::escaped_html(text);
    for (before, after) in [("<p>", "</p>\n"), ("<div title=\"", "\"></div>\n")] {
        let page = linked(&format!("{before}{html}{after}"));
        assert_eq!(
            decoded(&page),
            format!("{before}{line}{after}"),
            "{text:?} becomes {html:?}"
        );
    }
}

/// HTML with its references resolved.
fn decoded(html: &str) -> String {
    let mut parts = html.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').expect("a reference ends");
        decoded.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            number => {
                let number = number.strip_prefix('#').and_then(|number| number.parse().ok());
                number.and_then(char::from_u32).expect("a number")
            }
        });
        decoded.push_str(rest);
    }
    decoded
}

/// The host shows `line` somewhere in `page`, and nothing in it is alive.
fn shows(page: &str, line: &str, escaped: &str) {
    let page = linked(page);
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = false;
    let mut shown = String::new();
    for event in new_cmark_parser(&page, &options) {
        match event {
            Event::Text(text) => shown.push_str(&text),
            Event::Start(
                Tag::Paragraph
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::List(_)
                | Tag::Item
                | Tag::Heading { .. }
                | Tag::BlockQuote(None)
                | Tag::Link { .. },
            ) => {}
            Event::End(TagEnd::TableCell | TagEnd::TableRow | TagEnd::Item | TagEnd::Paragraph) => shown.push('\n'),
            Event::End(_) => {}
            // What keeps two signs apart that together begin TeX.
            Event::InlineHtml(html) if &*html == "<wbr/>" => {}
            other => panic!("{other:?} is alive in {page:?}, which has {line:?} as {escaped:?}"),
        }
    }
    assert!(
        shown.contains(line),
        "{page:?} shows {shown:?}, not {line:?}, escaped as {escaped:?}"
    );
}

/// A chapter behind mdBook's own `links`, in a book without files.
fn linked(text: &str) -> String {
    let context = PreprocessorContext::new(
        PathBuf::from("/a-book-that-is-not-there"),
        Config::default(),
        "html".to_owned(),
    );
    let chapter = BookItem::Chapter(Chapter::new("A", text.to_owned(), "a.md", Vec::new()));
    let book = LinkPreprocessor::new().run(&context, HostBook::new_with_items(vec![chapter]));
    match book.map(|mut book| book.items.pop()) {
        Ok(Some(BookItem::Chapter(chapter))) => chapter.content,
        _ => panic!("the host refuses {text:?}"),
    }
}
