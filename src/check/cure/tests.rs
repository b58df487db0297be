//! Fixes end: what is fixed twice is fixed once, whatever stands in the book and whatever it is held to.

use proptest::prelude::*;

use crate::fuzzing::{Book, templates};

/// What opens something that an empty line does not end, or looks like it; each also in a quote and in a list.
const OPENERS: &[&str] = &[
    "<style",
    "<style>",
    "<script",
    "<script>",
    "<pre",
    "<pre>",
    "<textarea",
    "<textarea>",
    "<!-- x",
    "<!--",
    "<? x",
    "<!X ",
    "<![CDATA[ x",
    "```",
    "~~~~",
    "````md",
    "<div>",
    "<details>",
    "<x-y>",
    "$$",
    "<style\nx>",
    "<STYLE",
    "<style ",
    "<pre></pre><pre>",
    "<style></style>",
    "<pre>x</pre>",
    "x\n<style",
    "x\n<div",
    "<style><!-- </style",
    "<!-- a --> <!-- b",
    "<!-->",
    "<!DOCTYPE",
    "<script><!--",
    "<pre>\n\n```",
    "```\n<!--",
    "<div>\n<!--",
    "`open",
    "[a]:",
    "[^1]: note",
    "Term\n: a",
    "| a |\n|---|",
    "\\",
    "    <style",
    "\t```",
    "<a href='",
    "text <!-- open",
    "{{#include part.md}}",
    "{{#include gone.md}}",
];

/// What such a thing is closed with, and other lines that decide what the next one is.
const LINES: &[&str] = &[
    "",
    "",
    "",
    "-->",
    "</style>",
    "</pre>",
    "?>",
    "]]>",
    ">",
    "```",
    "~~~~",
    "</div>",
    "---",
    "===",
    "***",
    "text",
    "Text.",
    "**Status**: Complete",
    "**Document Status**: Draft",
    "**Authro**: Jane",
    "- item",
    "- [x] done",
    "* [ ] open",
    "-[x] odd",
    "- [X ] odd",
    "- [Kafka]: messaging",
    "[Kafka]: messaging",
    "[Name] on [Date]",
    "# Testing Strategy",
    "## Testing Strategy",
    "##Testing Strategy",
    "### Testing Strategy",
    "## Testing Stratgy",
    "  ## Security",
    "    ## Security",
    "\\##Security",
    "> ## Security",
    "- ## Security",
    "# Architecture Documentation: X",
    "#Architecture Documentation: X",
    "| Date | Version | Author | Changes |",
    "|---|---|---|---|",
    "| 2026-01-01 | 1.0 | Jane | First |",
    "- **1.0** (2026-01-01): First",
    "<!-- archdoc: allow; rule=missing-section; reason=\"x\" -->",
    "<!-- archdoc: optional -->",
    "<!-- archdoc: alow; rule=todo-marker -->",
    "<!-- archdoc: document -->",
    "> quote",
    "\u{feff}## Security",
    "\u{a0}",
    "\u{2028}",
    "a\rb",
    "\r## Security",
    "title: x",
];

/// Templates that no template should be: with what stays open, with names twice, with lists and quotes at their ends.
const ODD: &[&str] = &[
    "# T\n\n## A\n\n[a]\n\n## B\n\n```\nopen\n",
    "# T\n\n## A\n\n<style\n\n## B\n\n[b]\n",
    "# T\n\n## A\n\n- [a]\n\n## A\n\n- [b]\n\n---\n\n- **Status**: Draft\n",
    "## A\n\n> [a]\n\n### B\n\n[b]\n\n### B\n\n[b]\n\n## C\n\n1. [c]\n",
    "A\n===\n\nB\n---\n\n[b]\n\nC\n---\n\n[c]\n\n[c]: d\n",
    "# [T]\n\n# A\n\n[a]\n\n## B\n\n[b]\n\n# C\n\n| a | b |\n|---|---|\n| [a] | [b] |\n",
];

fn lines() -> impl Strategy<Value = String> {
    let of_template = |(template, from, count): (usize, usize, usize)| {
        let text = templates()
            .nth(template % templates().count())
            .map_or("", |(_, text)| text);
        let lines: Vec<&str> = text.lines().collect();
        let from = from % lines.len();
        lines[from..(from + count).min(lines.len())].join("\n")
    };
    let lead = prop::sample::select(&["", "", "", "", "> ", "- ", "  ", "1. ", "   "][..]);
    let opener = (lead.clone(), prop::sample::select(OPENERS)).prop_map(|(lead, text)| format!("{lead}{text}"));
    let line = (lead, prop::sample::select(LINES)).prop_map(|(lead, text)| format!("{lead}{text}"));
    prop_oneof![
        3 => opener,
        6 => line,
        3 => (0..99usize, 0..2000usize, 1..20usize).prop_map(of_template),
        1 => ".{0,8}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let heads = [
        "",
        "",
        "---\ntitle: x\n---\n",
        "---\na: b\n",
        "+++\na = 1\n+++\n",
        "\u{feff}",
        "# Architecture Documentation: X\n\n",
    ];
    let ends = prop::sample::select(&["\n", "\n", "\n", "\r\n"][..]);
    (
        prop::sample::select(heads.to_vec()).prop_map(str::to_owned),
        prop::collection::vec(lines(), 0..16),
        ends,
        any::<bool>(),
    )
        .prop_map(|(head, lines, end, last)| {
            let text = format!("{head}{}{}", lines.join("\n"), if last { "\n" } else { "" });
            text.replace('\n', end)
        })
}

fn book() -> impl Strategy<Value = Book> {
    let builtin: Vec<String> = templates().map(|(name, _)| name.to_owned()).collect();
    let template = prop_oneof![
        3 => prop::sample::select(builtin),
        2 => prop::sample::select(ODD).prop_map(str::to_owned),
        1 => text(),
    ];
    let documents = prop::sample::select(&["\"all\"", "\"all\"", "\"book\"", "\"auto\""][..]);
    let chapters = prop::collection::vec((0..3usize, text()), 1..5);
    (template, documents, chapters, text()).prop_map(|(template, documents, chapters, part)| {
        let book = Book {
            settings: format!("documents = {documents}\nhistory = false\n"),
            chapters,
            part,
            ..Book::of("")
        };
        book.held_to(&template)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixed_twice_is_fixed_once(book in book(), suggested in any::<bool>()) {
        book.fixed(suggested);
    }
}

/// Books as the fuzz target `fix` has them, each of which once went on for ever or was read otherwise behind a fix.
const FOUND: &[&str] = &[
    "adr\0<!A\0",
    "architecture\0```\0",
    "## [e]\n[Repeat e]\0",
    "## <!-- archdoc:\0",
    "architecture\0\0{{#include part.md:2}}\0\ne",
    "adr\0```\0",
    "arc42\0<script\0",
    "{{#include part.md::3}}",
    "|\n=\u{85}",
    ".\n-\n-",
    "-<!--archdoc:allow;rule=todo-marker-->\n<!--archdoc:optional-->\n-",
    "## g\n# [e]\0|",
    "# n\n# n\0<!--archdoc:allow;rule=empty-section-->\n\0",
    "## S\n\n[a]\n## S\n\n[a]\0-\n<!--archdoc:allow;rule=empty-section-->\n",
    "## w\n# [S]\n## R\0##\nt",
    "<!--archdoc:optional--><!--archdoc:field-->W\n*",
    "## {{#include part.md:3}}\0",
    "adr\0words\n- <!-- archdoc: allow; rule=missing-section; reason=\"x\" -->",
    "\u{feff}<!--archdoc:allow;rule=empty-section",
    "adr\0## Testing Strategy\n  <!X \n<!-- archdoc: allow; rule=missing-section; reason=\"x\" -->\n# [Number]. [Title]",
];

#[test]
fn what_was_found_stays_mended() {
    for parts in FOUND {
        Book::of_parts(parts).fixed_in_every_way();
    }
}

#[test]
fn nothing_that_stays_open_keeps_fixes_busy() {
    let templates = [
        ("adr", "## Status"),
        ("madr", "## Decision Outcome"),
        ("architecture", "## Testing Strategy"),
    ];
    let odd = ODD.iter().map(|text| (*text, "## B"));
    for (template, heading) in templates.into_iter().chain(odd) {
        for opener in OPENERS {
            for lead in ["", "> ", "- "] {
                let book = Book::of(&format!("{lead}{opener}\n{heading}\n")).held_to(template);
                let (_, rounds) = book.fixed(false);
                assert!(rounds <= 2, "{rounds} looks: {book:?}");
            }
        }
    }
}
