//! The book's own pages: made where a marker stands, every link of them lands, and text from documents stays text.

mod links;
mod markers;
mod overview;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use mdbook_markdown::pulldown_cmark::{Event, Tag};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::support::{BookTest, MARKS, example_chapter, places};

pub const WORDS: [&str; 14] = [
    "changes",
    "components",
    "decisions",
    "endpoints",
    "limitations",
    "overview",
    "recovery",
    "references",
    "requirements",
    "reviews",
    "roadmap",
    "services",
    "stakeholders",
    "technologies",
];

/// A book with these documents and a chapter for each marker, below `pages/`.
fn book(documents: &[(&str, &str)], options: &str) -> BookTest {
    let book = BookTest::new();
    book.toml("fail-on = \"never\"\n[output.html]\n[output.markdown]\n");
    let pages: Vec<(String, String)> = WORDS
        .iter()
        .map(|word| {
            (
                format!("pages/{word}.md"),
                format!("# The {word}\n\n<!-- archdoc: {word}{options} -->\n\nThe end.\n"),
            )
        })
        .collect();
    let mut chapters: Vec<(&str, &str)> = documents.to_vec();
    chapters.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    book.chapters(&chapters);
    book
}

/// The values of an attribute in a page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    let rest = page.split(start.as_str()).skip(1);
    rest.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// What stands between the ends of a page's own content.
fn content(page: &str) -> &str {
    page.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0
}

/// A part of an address, without its percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Every link of these pages, from the folder of the built book, that leads nowhere.
fn dead_links(book: &BookTest, pages: &[&str]) -> Vec<String> {
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in book.pages() {
        let path = path
            .strip_prefix(book.path("book/html"))
            .map(|path| path.to_str().unwrap().replace('\\', "/"));
        if let Ok(path) = path {
            let text = String::from_utf8(text).unwrap();
            ids.insert(path, values(&text, "id").into_iter().map(str::to_owned).collect());
        }
    }
    let mut dead = Vec::new();
    for page in pages {
        let text = book.read(&format!("book/html/{page}"));
        let links = values(content(&text), "href");
        assert!(!links.is_empty(), "{page} has no link");
        for link in links.into_iter().filter(|link| !link.contains("://")) {
            let (path, id) = link.split_once('#').unwrap_or((link, ""));
            let mut folders: Vec<&str> = page.split('/').collect();
            if !path.is_empty() {
                folders.pop();
                for part in path.split('/') {
                    match part {
                        ".." => drop(folders.pop()),
                        part => folders.push(part),
                    }
                }
            }
            let path = decoded(&folders.join("/"));
            let id = &decoded(id);
            let there = ids.get(&path).is_some_and(|ids| id.is_empty() || ids.contains(id));
            if !there {
                dead.push(format!("{page}: {link}"));
            }
        }
    }
    dead
}

/// What a document holds wherever something is read out of it: text that would be alive if it were not escaped.
const HOSTILE: &str = "`</td><script>alert(1)</script>` \\{{#include ../secret.md}} a\\|b";

/// More of it: what an address, a comment, a picture or a formula could be made of.
const HOSTILE_LINKS: &str = "`[x](javascript:alert(1)) ![](x.png) <!-- archdoc: overview --> $x$ \\(y\\)`";

pub fn hostile(text: &str) -> String {
    let rows = [
        "# Architecture Documentation: @\n\n**Version**: 1.0 @\n**Status**: Draft @\n**Author**: @\n",
        "## Executive Summary\n\nIt is @.\n\n**Key Technologies**:\n- **Go a\\|b**: because of @\n",
        "## Business Context\n\n### Requirements\n\n#### Functional Requirements\n- **FR1**: @\n",
        "## Component Details\n\n### Component 1: @\n\n**Purpose**: @\n\n**Responsibilities**:\n- @\n\n**APIs/Interfaces**:\n- `GET /x`: @\n",
        "## Integration Architecture\n\n### External Services\n\n#### Service 1: @\n- **Purpose**: @\n- **Protocol**: @\n- **Authentication**: @\n",
        "## Disaster Recovery\n\n### Backup Strategy\n\n- **RTO**: 4 hours @\n- **RPO**: 1 hour @\n",
        "## API Documentation\n\n### @\n\n#### GET /y\n\n@\n",
        "## Design Decisions\n\n### Decision 1: @\n\n**Status**: @\n\n**Context**: @\n\n**Decision**: @\n\n**Rationale**: @\n",
        "## Technology Stack\n\n### Backend\n- **Broker @**: Kafka\n",
        "## Known Limitations\n\n1. **Limitation 1**: @\n",
        "## Future Roadmap\n\n### Phase 1: Q1 2026 @\n- [ ] @\n- [x] @\n",
        "## References\n\n- [@](https://example.org/?a=\"><script>alert(1)</script>)\n- @\n",
        "## Stakeholders\n\n- **Product Owner**: Jane @\n- **Tech Lead**: Jane a\\|b\n",
        "## Change Log\n\n| Date | Version | Author | Changes |\n|---|---|---|---|\n| 2026-01-02 | 1.0 @ | Jane @ | @ |\n",
        "## Review Checklist\n\n- [x] Security measures are documented @\n- [ ] @\n",
        "---\n\n**Document Status**: Draft\n**Last Reviewed By**: Jane @ on 2026-01-03\n**Next Review Date**: 2026-02-01\n",
    ];
    rows.join("\n").replace('@', text)
}

/// Each register has what `status --format json` has, and no row is lost.
#[test]
fn registers_hold_the_records_of_status() {
    let book = book(
        &[
            ("a.md", &example_chapter("parcel-tracking.md")),
            ("b.md", &example_chapter("returns-portal.md")),
            ("c.md", &example_chapter("archdoc.md")),
        ],
        "",
    );
    book.build();
    let status: serde_json::Value = serde_json::from_str(&book.run(&["status", "--format", "json"]).stdout).unwrap();
    let documents = status["documents"].as_array().unwrap();
    for (word, list, name, one_row_each) in [
        ("decisions", "decisions", "title", true),
        ("requirements", "requirements", "id", true),
        ("limitations", "limitations", "text", true),
        ("components", "components", "name", true),
        ("references", "references", "text", true),
        ("roadmap", "roadmap", "name", true),
        ("endpoints", "endpoints", "path", false),
        ("technologies", "technologies", "name", false),
        ("services", "services", "name", false),
        ("stakeholders", "stakeholders", "people", false),
    ] {
        let text = book.read(&format!("book/markdown/pages/{word}.md"));
        // What mdBook shows of it, word by word.
        let shown: String = new_cmark_parser(&text, &MarkdownOptions::default())
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.into_string()),
                Event::End(_) => Some(" ".to_owned()),
                _ => None,
            })
            .collect();
        let words = |text: &str| {
            text.replace(['“', '”', '"', '‘', '’', '\''], "'")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let shown = words(&shown);
        let records: Vec<&serde_json::Value> = documents.iter().flat_map(|it| it[list].as_array().unwrap()).collect();
        assert!(records.len() > 2, "{word}");
        for record in &records {
            let value = &record[name];
            let names: Vec<&str> = match value.as_array() {
                Some(names) => names.iter().filter_map(|it| it.as_str()).collect(),
                None => vec![value["text"].as_str().or(value.as_str()).unwrap()],
            };
            for name in names {
                // A long text is cut behind a word. Technologies and services that several documents name have one name.
                let start: String = words(name).chars().take(120).collect();
                let start = start.rsplit_once(' ').map_or(start.as_str(), |(start, _)| start);
                assert!(
                    shown.to_lowercase().contains(&start.to_lowercase()),
                    "{word}: `{start}` is not in {shown}"
                );
            }
        }
        if one_row_each {
            let rows = text.lines().filter(|line| line.starts_with("| ")).count();
            // The roadmap has a timeline too, with a row a document.
            let heads = if word == "roadmap" { 2 + 2 + documents.len() } else { 2 };
            assert_eq!(rows - heads, records.len(), "{word}: {text}");
        }
    }
}

#[test]
fn pages_can_be_turned_off_and_need_a_place_of_their_own() {
    let returns = example_chapter("returns-portal.md");
    let marker = "<!-- archdoc: limitations -->";
    let chapter = format!("# P\n\nIn a sentence {marker} no table.\n\n> {marker}\n\n- {marker}\n");
    let book = BookTest::new();
    book.toml("fail-on = \"never\"\n[output.markdown]\n")
        .chapters(&[("a.md", returns.as_str()), ("p.md", &chapter)]);
    assert_eq!(book.built("p.md").trim(), chapter.trim());
    let found = book.findings();
    let lost: Vec<u64> = found
        .iter()
        .filter(|it| it.path == "src/p.md")
        .map(|it| it.line)
        .collect();
    assert_eq!(lost, [3, 5, 7], "{found:#?}");
    let whole = format!("# P\n\n{marker}\n");
    book.file("src/p.md", &whole)
        .toml("enrich = { pages = false }\n[output.markdown]\n");
    assert_eq!(book.built("p.md").trim(), whole.trim());
    book.toml("[output.markdown]\n");
    assert!(book.built("p.md").contains("No limitation."));
}

#[test]
fn a_page_of_registers_is_no_document_for_its_headings() {
    let returns = example_chapter("returns-portal.md");
    let page = "# Plans\n\n## Known Limitations\n\n<!-- archdoc: limitations -->\n\n## Future Roadmap\n\n<!-- archdoc: roadmap -->\n\n\
                ## References\n\n<!-- archdoc: references -->\n\n## Stakeholders\n\n<!-- archdoc: stakeholders -->\n";
    let book = BookTest::new();
    book.toml("").chapters(&[("a.md", returns.as_str()), ("p.md", page)]);
    assert_eq!(
        places(&book.findings()).iter().filter(|it| it.contains("p.md")).count(),
        0
    );
    assert_eq!(book.json()["documents"], 1);
}

#[test]
fn decision_records_are_decisions() {
    let record = |number: u8, status: &str| {
        format!(
            "# {number}. Use Kafka\n\nDate: 2026-01-02\n\n## Status\n\n{status}\n\n## Context\n\nWe had none.\n\n## Decision\n\nWe use it.\n\n\
             ## Consequences\n\nThere is one.\n"
        )
    };
    let book = BookTest::new();
    book.toml("[preprocessor.archdoc.kind.adr]\ntemplate = \"adr\"\ndocuments = [\"adr/*.md\"]\n[output.markdown]\n")
        .chapters(&[
            ("adr/1.md", record(1, "Superseded by 2")),
            ("adr/2.md", record(2, "Accepted")),
            ("p.md", "# P\n\n<!-- archdoc: decisions -->\n".to_owned()),
        ]);
    let page = book.built("p.md");
    assert!(
        page.contains("| [1. Use Kafka](adr/1.md) | Superseded by 2 |"),
        "{page}"
    );
    assert!(page.contains("| [2. Use Kafka](adr/2.md) | Accepted |"), "{page}");
}
