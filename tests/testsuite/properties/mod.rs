//! What holds for every chapter: nothing panics, what is not edited keeps its bytes, the page reads as it did, every
//! position lies in the file, and what decorates a heading changes nothing.

mod findings;

use std::cell::RefCell;

use mdbook_archdoc::Archdoc;
use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use proptest::prelude::*;
use serde_json::Value;

use super::support::{BookTest, COMPUTED, MARKS, SMALL_DOCUMENT, SMALL_TEMPLATE, example_chapter, unmarked};

const TEMPLATE: &str = include_str!("../../../src/template/builtin/architecture.md");

/// Pieces that go wrong together: what opens, closes, interrupts or continues a block.
const PIECES: &[&str] = &[
    "",
    "",
    "## ✅ Review Checklist",
    "## 📅 Change Log",
    "### Review Checklist",
    "> ## Change Log",
    "- ## Scalability",
    "# Architecture Documentation: X",
    "#",
    "Text",
    "===",
    "---",
    "***",
    "**Status**: Complete",
    "**Author**: Jane",
    "**Author:** Jane  ",
    "> **Status**: Draft",
    "> **Author**: Jane",
    "- **Version**: 1.0",
    "- Owner: x",
    "Status: Draft",
    "| Date | Version | Author | Changes |",
    "|------|---------|--------|---------|",
    "| 2026-01-01 | 1.0 | Jane | First |",
    "| [Date] | [Version] | [Name] | [Changes] |",
    "| | | | |",
    "|  |",
    "> | | |",
    "- [x] All diagrams are clear and up-to-date",
    "- [ ] Security measures are documented",
    "  - [x] nested",
    "    - [ ] deeper",
    " - [X] by one space",
    "* [ ] N/A: not needed",
    "1. [x] numbered",
    "- [ ]",
    "- [Kafka]: messaging",
    "[Kafka]: messaging",
    "- [Technology 1]: [Purpose]",
    "[Name] on [Date]",
    "```",
    "```rust",
    "~~~~",
    "    indented",
    "\tcode",
    "<!--",
    "-->",
    "<!-- archdoc: document -->",
    "<!-- archdoc: enrich; off -->",
    "<div>",
    "</div>",
    "<details><summary>x</summary>",
    "> quote",
    "> > deeper",
    "[^1]: note",
    "Term",
    ": definition",
    "> [!NOTE]",
    "Not applicable: no",
    "N/A",
    "{{#include gone.md}}",
    "\\{{#include gone.md}}",
    "{{#include",
    "}}",
    "\\",
    "a\\",
    "é表👥\u{200d}💻\u{fe0f}",
    "\u{a0}\u{2028}\u{85}",
    "\u{feff}## Stakeholders",
    "\0",
];

/// Documents: the template's own lines, pieces, and anything, with line ends and a mark of either kind.
fn documents() -> impl Strategy<Value = String> {
    let template: Vec<&'static str> = TEMPLATE.lines().collect();
    let small: Vec<&'static str> = SMALL_DOCUMENT.lines().collect();
    let template_block = (0..template.len(), 1usize..12).prop_map({
        let template = template.clone();
        move |(from, count)| template[from..(from + count).min(template.len())].join("\n")
    });
    let line = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        3 => template_block,
        1 => prop::sample::select(small).prop_map(str::to_owned),
        1 => ".{0,12}",
    ];
    let ends = prop::sample::select(&["\n", "\n", "\n", "\r\n", "\r"][..]);
    (prop::collection::vec(line, 0..40), ends, any::<bool>(), any::<bool>()).prop_map(|(lines, end, mark, last)| {
        let text = lines.join("\n").replace('\n', end);
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{text}{}", if last { end } else { "" })
    })
}

/// The same, behind a start that makes them whole sections of an architecture document.
fn checklists_and_logs() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    (prop::collection::vec(piece.clone(), 0..10), prop::collection::vec(piece, 0..10), any::<bool>()).prop_map(
        |(log, list, crlf)| {
            let log = log.join("\n");
            let list = list.join("\n");
            let text = format!(
                "# Architecture Documentation: X\n\n**Status**: Draft\n**Author**: Jane\n\n## Change Log\n{log}\n| Date | Version |\n\
                 |---|---|\n| 1 | 2 |\n| | |\n\n## Review Checklist\n{list}\n- [x] a\n- [ ] b\n\n---\n\n**Document Status**: Draft\n\
                 **Next Review Date**: 2027-01-01\n"
            );
            if crlf { text.replace('\n', "\r\n") } else { text }
        },
    )
}

/// Several of both, as mdBook sends them: it takes the byte order mark away.
fn chapters() -> impl Strategy<Value = Vec<String>> {
    let documents = documents().prop_map(|text| text.trim_start_matches('\u{feff}').to_owned());
    prop::collection::vec(prop_oneof![documents, checklists_and_logs()], 8)
}

/// The chapters as archdoc hands them back, and what it says. There are no files: the host's text is all there is.
fn processed(texts: &[String], settings: &str) -> (Vec<String>, String) {
    let config = format!("[preprocessor.archdoc]\ndocuments = \"all\"\nfail-on = \"never\"\n{settings}");
    let config: Config = config.parse().unwrap();
    let folder = std::env::temp_dir().join("archdoc-a-book-that-is-not-there");
    let context = PreprocessorContext::new(folder, config, "html".to_owned());
    let chapter = |(at, text): (usize, &String)| {
        BookItem::Chapter(Chapter::new("A", text.clone(), format!("{at}.md"), Vec::new()))
    };
    let book = Book::new_with_items(texts.iter().enumerate().map(chapter).collect());
    let said = RefCell::new(String::new());
    let archdoc = Archdoc::new("2026-11-22".parse().unwrap(), |text| said.borrow_mut().push_str(text));
    let book = archdoc.run(&context, book).unwrap();
    let contents = book.items.into_iter().map(|item| match item {
        BookItem::Chapter(chapter) => chapter.content,
        other => panic!("{other:?}"),
    });
    (contents.collect(), said.take())
}

/// One case for every sixteen that proptest would run: each is a book of several chapters.
fn books() -> ProptestConfig {
    let standard = ProptestConfig::default();
    ProptestConfig {
        cases: standard.cases / 16,
        failure_persistence: None,
        ..standard
    }
}

/// The events of a text as a reader would count them: text in one piece, every break alike, without marks, the rows that
/// are blank, the line of progress, the computed lines and the outcomes of items, which are what archdoc edits.
fn events(text: &str) -> Vec<String> {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = false;
    let mut events: Vec<String> = Vec::new();
    let mut pending = String::new();
    let mut row: Option<usize> = None;
    let mut starts = Vec::new();
    let mut marked = false;
    for event in new_cmark_parser(text, &options) {
        // A mark, and the end of its line.
        let is_mark = match &event {
            Event::Html(html) | Event::InlineHtml(html) => {
                MARKS.contains(&html.trim()) || marked && html.trim().is_empty()
            }
            _ => false,
        };
        marked = is_mark;
        if is_mark {
            pending.truncate(pending.trim_end().len());
            continue;
        }
        if let Event::Text(text) = &event {
            pending.push_str(text);
            continue;
        }
        if !pending.is_empty() {
            events.push(format!("text {pending}"));
            pending.clear();
        }
        match &event {
            Event::Start(Tag::TableRow) => row = Some(events.len()),
            Event::Start(_) => starts.push(events.len()),
            _ => {}
        }
        let ended = match &event {
            Event::End(TagEnd::TableRow) => row.take().filter(|start| !filled_row(&events[*start..])),
            Event::End(end) => starts.pop().filter(|start| is_added(*end, &events[*start..])),
            _ => None,
        };
        events.push(match event {
            Event::SoftBreak | Event::HardBreak => "break".to_owned(),
            other => format!("{other:?}"),
        });
        if let Some(start) = ended {
            events.truncate(start);
            // An outcome stands on a line of its own, or continues the line of its item.
            events.pop_if(|it| it == "break");
            if let Some(text) = events.pop_if(|it| it.starts_with("text ")) {
                pending = text["text ".len()..].trim_end().to_owned();
            }
        }
    }
    events
}

/// Whether a row, with the event that starts it, holds anything but empty cells.
fn filled_row(events: &[String]) -> bool {
    !events[1..]
        .iter()
        .all(|it| it == "Start(TableCell)" || it == "End(TableCell)")
}

/// The signs of the outcomes that stand below the items of a checklist, or in brackets behind them.
const SIGNS: [&str; 6] = ["✔ ", "✎ ", "⚠ ", "➜ ", "○ ", "– "];

/// Whether an element, with the event that starts it, is one that archdoc adds.
fn is_added(end: TagEnd, events: &[String]) -> bool {
    let text = |at: usize, start: &str| {
        events
            .get(at)
            .and_then(|it| it.strip_prefix("text "))
            .is_some_and(|it| it.starts_with(start))
    };
    match end {
        // It held nothing but marks.
        TagEnd::HtmlBlock => events.len() == 1,
        TagEnd::BlockQuote(_) => text(3, "Computed by archdoc") || text(3, "Review progress"),
        TagEnd::Emphasis => SIGNS.iter().any(|sign| text(1, sign) || text(1, &format!("({sign}"))),
        _ => false,
    }
}

/// The lines of `new` are those of `old` in the same order, byte for byte, but for what archdoc edits: hard breaks and
/// outcomes at their ends, the line of progress, the computed lines, blank rows; empty lines are not compared.
fn same_lines(old: &str, new: &str) -> Result<(), String> {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.split(['\n', '\r']).map(str::to_owned);
        lines
            .filter(|line| {
                !(line.trim().is_empty()
                    || line.contains("> **Review progress**: ")
                    || line.contains(COMPUTED)
                    || is_outcome(line))
            })
            .map(|line| without_outcome(&line))
            .collect()
    };
    let blank = |line: &str| line.contains('|') && line.chars().all(|c| "|> -*".contains(c) || c.is_whitespace());
    let mut kept = lines(old).into_iter();
    for line in lines(&unmarked(new)) {
        loop {
            match kept.next() {
                Some(old) if line == old || line == format!("{old}  ") => break,
                Some(old) if blank(&old) => {}
                other => return Err(format!("{line:?} stands where {other:?} stood")),
            }
        }
    }
    if let Some(line) = kept.find(|line| !blank(line)) {
        return Err(format!("{line:?} is gone"));
    }
    let alone = |text: &str| text.replace("\r\n", "").contains('\n');
    if alone(new) && !alone(old) && old.contains("\r\n") {
        return Err("a line ends with another end than the others".to_owned());
    }
    Ok(())
}

/// Whether a line is the outcome of the item above it.
fn is_outcome(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ', '\t']);
    SIGNS.iter().any(|sign| line.starts_with(&format!("*{sign}")))
}

/// A line without the outcome at its end, or at the end of its last cell.
fn without_outcome(line: &str) -> String {
    let start = SIGNS.iter().find_map(|sign| line.find(&format!(" *({sign}")));
    let end = line.rfind(")*").map(|at| at + ")*".len());
    match (start, end) {
        (Some(start), Some(end)) if start < end => format!("{}{}", &line[..start], &line[end..]),
        _ => line.to_owned(),
    }
}

proptest! {
    #![proptest_config(books())]

    #[test]
    fn no_chapter_panics_and_without_enrichment_it_stays(texts in prop::collection::vec(documents(), 8)) {
        let (contents, said) = processed(&texts, "enrich = false\n");
        prop_assert_eq!(&contents, &texts);
        prop_assert!(said.contains(" checked"));
        // Turned off in the chapters themselves, the same.
        let off = |text: &String| format!("<!-- archdoc: enrich; off -->\n\n{text}");
        let texts: Vec<String> = texts.iter().map(off).collect();
        prop_assert_eq!(processed(&texts, "").0, texts);
    }

    #[test]
    fn what_is_not_edited_keeps_its_bytes(texts in chapters()) {
        let (contents, _) = processed(&texts, "");
        for (text, content) in texts.iter().zip(&contents) {
            let same = same_lines(text, content);
            prop_assert!(same.is_ok(), "{}\n{text:?}\n{content:?}", same.unwrap_err());
        }
    }

    #[test]
    fn the_page_reads_as_it_did_outside_the_edits(texts in chapters()) {
        let (contents, _) = processed(&texts, "");
        for (text, content) in texts.iter().zip(&contents) {
            prop_assert_eq!(events(content), events(text), "{:?}\n{:?}", text, content);
        }
    }

    #[test]
    fn a_page_of_a_page_is_the_page(texts in chapters()) {
        let (once, _) = processed(&texts, "");
        let (twice, _) = processed(&once, "");
        for ((text, once), twice) in texts.iter().zip(&once).zip(&twice) {
            prop_assert_eq!(once, twice, "{:?}", text);
        }
    }

    #[test]
    fn the_same_chapter_has_the_same_answer(texts in chapters()) {
        prop_assert_eq!(processed(&texts, ""), processed(&texts, ""));
    }
}

#[test]
fn whole_documents_read_as_they_did() {
    for name in [
        "parcel-tracking.md",
        "returns-portal.md",
        "archdoc.md",
        "introduction.md",
    ] {
        let text = example_chapter(name);
        for text in [
            text.clone(),
            text.replace('\n', "\r\n"),
            text.trim_end().to_owned(),
            TEMPLATE.to_owned(),
        ] {
            let (contents, _) = processed(std::slice::from_ref(&text), "");
            same_lines(&text, &contents[0]).unwrap();
            assert_eq!(events(&contents[0]), events(&text), "{name}");
            assert!(name == "introduction.md" || contents[0] != text, "{name}");
        }
    }
}

#[test]
fn the_line_of_progress_stands_apart() {
    let above = [
        "",
        "Confirmed by all:\n",
        "> Confirmed by all:\n",
        "| a |\n|---|\n| b |\n",
        "```\nx\n```\n",
        "1. one\n",
        "---\n",
    ];
    let items = [
        "- [x] a\n- [ ] b\n",
        " - [x] a\n - [ ] b\n",
        "   * [x] a\n   * [ ] b\n",
        "1. [x] a\n2. [ ] b\n",
    ];
    for above in above {
        for items in items {
            for end in ["\n", "\r\n"] {
                let text = format!("# Architecture Documentation: X\n\n## Review Checklist\n{above}{items}");
                let text = text.replace('\n', end);
                let (contents, _) = processed(std::slice::from_ref(&text), "");
                assert!(contents[0].contains("**Review progress**: 1 of 2"), "{text:?}");
                assert_eq!(events(&contents[0]), events(&text), "{text:?}\n{:?}", contents[0]);
                same_lines(&text, &contents[0]).unwrap();
            }
        }
    }
}

#[test]
fn the_small_template_is_one() {
    // What the other modules rest on: the template has nothing to say against the document made from it.
    let book = BookTest::small(SMALL_DOCUMENT);
    assert_eq!(book.findings(), []);
    book.file("src/a.md", SMALL_TEMPLATE);
    assert!(!book.findings().is_empty());
}
