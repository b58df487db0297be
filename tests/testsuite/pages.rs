//! The book's own pages: made where a marker stands, every link of them lands, and text from documents stays text.

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

#[test]
fn every_marker_makes_a_page_whose_links_land() {
    let (parcel, returns) = (
        example_chapter("parcel-tracking.md"),
        example_chapter("returns-portal.md"),
    );
    // Names that need care in an address, and headings that occur twice.
    let twice = parcel.replace(
        "# Architecture Documentation: Parcel Tracking",
        "# Architecture Documentation: Twice",
    );
    let book = book(
        &[
            ("parcel-tracking.md", &parcel),
            ("deep/er/returns & more (1).md", &returns),
            ("twice/README.md", &twice),
        ],
        "",
    );
    book.build();
    let pages: Vec<String> = WORDS.iter().map(|word| format!("pages/{word}.html")).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    assert_eq!(dead_links(&book, &pages), Vec::<String>::new());
    for word in WORDS {
        let html = book.read(&format!("book/html/pages/{word}.html"));
        assert!(content(&html).contains("<table"), "{word}");
        let text = book.read(&format!("book/markdown/pages/{word}.md"));
        assert!(text.contains("| --- |") && !text.contains("<table"), "{word}: {text}");
        assert!(text.trim_end().ends_with("The end."), "{word}: {text}");
    }
    // The page with all of the book in it is whole.
    let print = book.read("book/html/print.html");
    assert_eq!(print.matches("The end.").count(), WORDS.len());
}

/// The ids of the links are those that mdBook makes, whatever a heading holds.
#[test]
fn links_know_the_ids_of_headings() {
    let names = [
        "🏗️ Load  Balancer",
        "Load Balancer",
        "`code` & *more* <b>bold</b>",
        "Don't \"quote\" -- it ... all",
        "A [link](x.md) ![picture](y.png) end",
        "Über straße É",
        "own {#my-own}",
        "own {#my-own-2 .class}",
        "under_score-and-hyphen",
        "&amp; &lt;",
        "!!!",
        "???",
        "1.2 Numbers",
        "日本語 の 見出し",
        "<em>All</em> of it <!-- said -->",
        "Two\u{a0}words",
        "Load Balancer",
    ];
    let sections: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            format!(
                "### {name}\n\n- **Limitation {}**: Number {number} is slow. Workaround: none\n",
                number + 1
            )
        })
        .collect();
    let document = format!(
        "# Architecture Documentation: Ids\n\n**Status**: Draft\n\n## Glossary\n\nTerm\n: Load Balancer\n\nLoad Balancer\n\
         : Twice\n\n<h3>Load Balancer</h3>\n\n<h3 id=\"by-hand\">By <b>hand</b></h3>\n\n## Known Limitations\n\n{}",
        sections.join("\n")
    );
    let (start, end) = document.split_at(document.find("### own {#my-own}").unwrap());
    let included = format!("{start}{{{{#include parts/rest.md}}}}\n");
    for (smart, document) in [("true", &document), ("false", &document), ("true", &included)] {
        let book = book(&[("a.md", document)], "");
        book.file("src/parts/rest.md", end);
        book.toml(&format!(
            "[output.html]\nsmart-punctuation = {smart}\n[output.markdown]\n"
        ));
        book.build();
        assert_eq!(dead_links(&book, &["pages/limitations.html"]), Vec::<String>::new());
        let page = book.read("book/html/pages/limitations.html");
        let mut found: Vec<&str> = values(content(&page), "href");
        found.retain(|href| href.starts_with("../a.html#"));
        found.dedup();
        // One has no letter: its link leads to the page.
        assert_eq!(found.len(), names.len() - 1, "{found:?}");
        // Each leads to the heading that its limitation stands under, whose text follows the id.
        let html = book.read("book/html/a.html");
        for (number, href) in found.iter().enumerate() {
            let id = decoded(href.split_once('#').unwrap().1);
            let rest = html.split_once(&format!("id=\"{id}\"")).unwrap().1;
            let told = rest.split_once("Number ").unwrap().1;
            let told: usize = told.split(' ').next().unwrap().parse().unwrap();
            // The one without a letter is not among them.
            let expected = if number < 10 { number } else { number + 1 };
            assert_eq!(told, expected, "{href}");
        }
    }
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

#[test]
fn text_from_documents_stays_text() {
    let hostile = hostile(HOSTILE);
    for options in ["", "; group=document"] {
        let book = book(&[("a.md", &hostile)], options);
        book.file("src/secret.md", "SECRET-OF-THE-BOOK")
            .file("secret.md", "SECRET-OF-THE-BOOK");
        let run = book.build();
        assert_eq!(run.code, 0, "{}", run.stderr);
        for word in WORDS {
            let html = book.read(&format!("book/html/pages/{word}.html"));
            let page = content(&html);
            assert!(
                !page.contains("<script>alert") && !page.contains("SECRET"),
                "{word}: {page}"
            );
            // As its author meant it: the words in the code, the directive that is none, the bar.
            // What stands in code is no name of a person.
            let texts: &[&str] = match word {
                "stakeholders" => &["a|b"],
                _ => &[
                    "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
                    "{{#include ../secret.md}}",
                    "a|b",
                ],
            };
            for text in texts {
                assert!(
                    page.contains(text) || page.replace("&#123;", "{").contains(text),
                    "{word}: {text} in {page}"
                );
            }
            let text = book.read(&format!("book/markdown/pages/{word}.md"));
            assert!(!text.contains("SECRET"), "{word}: {text}");
            for event in new_cmark_parser(&text, &MarkdownOptions::default()) {
                if let Event::Html(html) | Event::InlineHtml(html) = event {
                    assert!(html.starts_with("<!-- archdoc: "), "{word}: {html}");
                }
            }
        }
    }
}

#[test]
fn links_and_comments_of_documents_stay_text() {
    let book = book(&[("a.md", &hostile(HOSTILE_LINKS))], "");
    let run = book.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    for word in WORDS {
        let html = book.read(&format!("book/html/pages/{word}.html"));
        let page = content(&html);
        for alive in ["href=\"javascript", "<img", "Needs attention (0"] {
            assert!(!page.contains(alive), "{word}: {page}");
        }
        // The marker's own, and the two around what stands below it.
        assert_eq!(page.matches("<!--").count(), 3, "{word}: {page}");
        if word != "stakeholders" {
            assert!(
                page.contains("[x](javascript:alert(1)) ![](x.png) &lt;!-- archdoc: overview --&gt; $x$"),
                "{word}: {page}"
            );
        }
        let text = book.read(&format!("book/markdown/pages/{word}.md"));
        for event in new_cmark_parser(&text, &MarkdownOptions::default()) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(!dest_url.starts_with("javascript"), "{word}: {text}")
                }
                Event::Start(Tag::Image { .. }) => panic!("{word}: {text}"),
                Event::Html(html) | Event::InlineHtml(html) => {
                    // An element that shows nothing ends what MathJax would take for a formula.
                    let apart = &*html == "<wbr/>" || MARKS.contains(&html.trim());
                    assert!(
                        apart || html.starts_with(&format!("<!-- archdoc: {word}")),
                        "{word}: {html}"
                    );
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_marker_in_a_document_speaks_of_that_document() {
    let parcel = example_chapter("parcel-tracking.md")
        .replace("## 📖 References", "<!-- archdoc: limitations -->\n\n## 📖 References");
    let returns = example_chapter("returns-portal.md");
    let book = book(&[("a.md", &parcel), ("b.md", &returns)], "");
    book.build();
    let page = book.read("book/markdown/a.md");
    let table = page
        .split_once("<!-- archdoc: limitations -->")
        .unwrap()
        .1
        .split_once("## ")
        .unwrap()
        .0;
    assert_eq!(table.matches("\n| ").count(), 2 + 4, "{table}");
    assert!(table.contains("(#-known-limitations)"), "{table}");
    let own = |link: &String| link.contains('#');
    assert_eq!(dead_links(&book, &["a.html"]).into_iter().find(own), None);
}

#[test]
fn options_choose_cut_and_group() {
    let (parcel, returns) = (
        example_chapter("parcel-tracking.md"),
        example_chapter("returns-portal.md"),
    );
    let page = |word: &str, options: &str| -> String {
        let book = BookTest::new();
        let chapter = format!("# P\n\n<!-- archdoc: {word}{options} -->\n");
        book.toml("[output.markdown]\n").chapters(&[
            ("x/a.md", parcel.as_str()),
            ("y/b.md", &returns),
            ("p.md", &chapter),
        ]);
        book.build();
        book.read("book/p.md")
    };
    let rows = |page: &str| page.lines().filter(|line| line.starts_with("| ")).count();
    let all = page("requirements", "");
    assert!(all.contains("| Document |") && all.contains("functional"));
    let functional = page("requirements", "; kind=functional");
    assert!(!functional.contains("non-functional") && rows(&functional) < rows(&all));
    let one = page("requirements", "; document=\"Returns Portal\"");
    assert!(!one.contains("Parcel Tracking") && one.contains("Returns Portal"));
    assert_eq!(
        one.replace("document=\"Returns Portal\"", ""),
        page("requirements", "; document=y/b").replace("document=y/b", "")
    );
    let limited = page("requirements", "; limit=3");
    assert_eq!(rows(&limited), 2 + 3, "{limited}");
    assert!(
        limited.contains(&format!("… and {} more.", rows(&all) - 5)),
        "{limited}"
    );
    let grouped = page("requirements", "; group=folder");
    assert!(
        grouped.find("**x**").unwrap() < grouped.find("**y**").unwrap(),
        "{grouped}"
    );
    assert_eq!(rows(&grouped), rows(&all) + 2);
    let stages = page("overview", "; group=stage");
    assert!(
        stages.find("**draft**").unwrap() < stages.find("**final**").unwrap(),
        "{stages}"
    );
}

/// Under its own name a document is not named again in each row: what leads to the place is in the row itself.
#[test]
fn under_its_name_a_document_is_not_named_again() {
    let (parcel, address) = (
        example_chapter("parcel-tracking.md"),
        example_chapter("address-check.md"),
    );
    let book = book(&[("a.md", &parcel), ("b.md", &address)], "; group=document");
    book.build();
    let grouped = [
        "components",
        "decisions",
        "endpoints",
        "limitations",
        "recovery",
        "references",
        "requirements",
        "roadmap",
        "services",
        "stakeholders",
        "technologies",
    ];
    for word in grouped {
        let page = format!("pages/{word}.html");
        assert_eq!(dead_links(&book, &[&page]), Vec::<String>::new());
        let text = book.read(&format!("book/markdown/pages/{word}.md"));
        assert!(text.contains("**Parcel Tracking**"), "{text}");
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
        assert!(
            !rows.iter().any(|row| row.contains("| Documents |")),
            "{word}: {rows:#?}"
        );
        let documents = rows
            .iter()
            .filter(|row| row.contains("| Document |") || row.starts_with("| Document"));
        // A timeline has its documents for rows.
        assert_eq!(
            documents.count(),
            if word == "roadmap" { 2 } else { 0 },
            "{word}: {rows:#?}"
        );
        let of_parts = rows
            .iter()
            .filter(|row| !row.starts_with("| --- |") && row.contains("](../"));
        assert!(of_parts.count() > 0, "{word}: {rows:#?}");
    }
    // A number of something stands on the line of its word.
    let roadmap = book.read("book/html/pages/roadmap.html");
    assert!(roadmap.contains(">Q1\u{a0}2027</a>"), "{}", content(&roadmap));
}

#[test]
fn the_overview_says_first_what_needs_attention() {
    let parcel = example_chapter("parcel-tracking.md")
        .replace("**Next Review Date**: 2027-04-14", "**Next Review Date**: 2026-01-14")
        .replace("## 🚧 Known Limitations", "## 🚧 Other Things");
    assert!(parcel.contains("Other Things\n"), "the example has another heading now");
    let returns = example_chapter("returns-portal.md");
    let book = BookTest::new();
    book.toml("fail-on = \"never\"\n[output.markdown]\n").chapters(&[
        ("o.md", "# O\n\n<!-- archdoc: overview -->\n"),
        ("a.md", parcel.as_str()),
        ("b.md", &returns),
    ]);
    let page = book.built("o.md");
    let attention = page.split_once("**Documents**").unwrap().0;
    let sentences: Vec<&str> = attention.lines().filter(|line| line.starts_with("- ")).collect();
    for (sentence, expected) in sentences.iter().zip([
        "- [Parcel Tracking](a.md) is said to be finished, and 1 section is not complete: Known Limitations",
        "- [Parcel Tracking](a.md) contradicts 2 ticked items of its review: Known limitations are documented, References are complete and accurate",
        "- [Parcel Tracking](a.md) was due for review on 2026-01-14",
        "- [Returns Portal](b.md) is a draft without 2 sections of its template: Disaster Recovery, Known Limitations",
    ]) {
        assert_eq!(*sentence, expected);
    }
    assert_eq!(sentences.len(), 4, "{sentences:?}");
    assert!(attention.contains("**Needs attention (4)**"), "{attention}");
    assert!(page.contains("As of 2026-"), "{page}");
    // The legend has what occurs, and nothing else.
    assert!(
        page.contains("✔ complete · ◔ placeholders left · ✘ missing · ▤ template text\n"),
        "{page}"
    );
    // Everything is listed, not only the bad.
    assert!(
        page.contains("| [Returns Portal](b.md) | 0.3 | Draft | 7 of 21 | 2 of 10 |"),
        "{page}"
    );
    assert!(
        page.contains("✘ missing") && page.contains("▤ template") && page.contains("✔ complete"),
        "{page}"
    );
    let terminal = book.run(&["status"]).stdout;
    assert!(
        terminal.contains("Parcel Tracking is said to be finished"),
        "{terminal}"
    );
    assert!(
        terminal.contains("  Returns Portal   0.3      Draft     7 of 21"),
        "{terminal}"
    );
    let markdown = book.run(&["status", "--format", "markdown"]).stdout;
    assert!(
        markdown.contains("| Returns Portal | 0.3 | Draft |") && !markdown.contains("]("),
        "{markdown}"
    );
    let to_file = book.run(&["status", "--format", "markdown", "--output", "summary.md"]);
    assert_eq!((to_file.code, to_file.stdout.as_str()), (0, ""));
    assert_eq!(book.read("summary.md"), markdown);
    let nowhere = book.run(&["status", "--output", "no/such/folder.md"]);
    assert_eq!(nowhere.code, 2);
    assert!(
        nowhere.stderr.contains("`no/such/folder.md` cannot be written: "),
        "{}",
        nowhere.stderr
    );
}

/// A list that nobody reads to its end is none: the gravest come first, and the rest is counted by its kind.
#[test]
fn a_long_list_of_what_needs_attention_says_what_it_leaves_out() {
    let draft = |name: &str, next: &str| {
        format!(
            "# Architecture Documentation: {name}\n\n**Version**: 1.0\n**Status**: Draft\n\n## Executive Summary\n\nIt is.\n\n---\n\n\
             **Document Status**: Draft\n**Last Reviewed By**: Ada Park on 2026-01-03\n**Next Review Date**: {next}\n"
        )
    };
    let book = BookTest::new();
    book.toml("documents = [\"d*.md\"]\n[output.markdown]\n");
    let mut chapters: Vec<(String, String)> = (0..15)
        .map(|number| {
            (
                format!("d{number}.md"),
                draft(&format!("Service {number}"), "2026-01-14"),
            )
        })
        .collect();
    chapters.push(("o.md".to_owned(), "# O\n\n<!-- archdoc: overview -->\n".to_owned()));
    chapters.push((
        "p.md".to_owned(),
        "# P\n\n<!-- archdoc: overview; limit=3 -->\n".to_owned(),
    ));
    let chapters: Vec<(&str, &str)> = chapters
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    book.chapters(&chapters);
    book.build();
    for (page, shown, rest) in [
        ("book/o.md", 20, "… and 10 more: 10 documents that lack sections."),
        (
            "book/p.md",
            3,
            "… and 27 more: 12 overdue reviews, 15 documents that lack sections.",
        ),
    ] {
        let text = book.read(page);
        let attention = text.split_once("**Documents**").unwrap().0;
        assert!(attention.contains("**Needs attention (30)**"), "{attention}");
        assert_eq!(
            attention.lines().filter(|line| line.starts_with("- ")).count(),
            shown,
            "{attention}"
        );
        assert!(attention.contains(rest), "{attention}");
    }
}

#[test]
fn names_that_no_marker_can_mean_are_findings_with_the_nearest_one() {
    let returns = example_chapter("returns-portal.md");
    let own = example_chapter("parcel-tracking.md").replace(
        "## 📖 References",
        "<!-- archdoc: limitations; document=other -->\n\n## 📖 References",
    );
    for (marker, message, help) in [
        (
            "limitatons",
            "`limitatons` is no word of archdoc's",
            "did you mean `limitations`?",
        ),
        (
            "overview; kind=x",
            "`overview` has no `kind`",
            "it has `document`, `group`, `limit`",
        ),
        ("overview; limt=3", "`overview` has no `limt`", "did you mean `limit`?"),
        (
            "overview; limit=many",
            "`limit` cannot be `many`",
            "write a number of rows",
        ),
        (
            "overview; group=stages",
            "`group` cannot be `stages`",
            "did you mean `stage`?",
        ),
        (
            "requirements; kind=functionl",
            "`kind` cannot be `functionl`",
            "did you mean `functional`?",
        ),
        (
            "references; kind=books",
            "`kind` cannot be `books`",
            "write `link` or `text`",
        ),
        (
            "roadmap; document=\"Return Portal\"",
            "the book has no document `Return Portal`",
            "did you mean `Returns Portal`?",
        ),
    ] {
        let book = BookTest::new();
        let page = format!("# P\n\n<!-- archdoc: {marker} -->\n");
        // The page comes before the document that it speaks of.
        book.toml("").chapters(&[("p.md", page.as_str()), ("b.md", &returns)]);
        let findings: Vec<_> = book.findings().into_iter().filter(|it| it.path == "src/p.md").collect();
        let [found] = findings.as_slice() else {
            panic!("{marker}: {findings:#?}")
        };
        assert_eq!(
            (found.rule.as_str(), found.message.as_str()),
            ("unknown-directive", message)
        );
        let report = book.json();
        let helps: Vec<&str> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|it| it["help"].as_str())
            .collect();
        assert!(helps.contains(&help), "{marker}: {helps:?}");
    }
    let book = BookTest::new();
    book.toml("").chapters(&[("b.md", own.as_str())]);
    let found = book.findings();
    assert!(
        found
            .iter()
            .any(|it| it.message == "`limitations` cannot have another `document` in a document"),
        "{found:#?}"
    );
    for known in [
        "document=b",
        "document=b.md",
        "document=\"returns portal\"",
        "kind=functional",
        "group=folder",
    ] {
        let book = BookTest::new();
        let page = format!("# P\n\n<!-- archdoc: requirements; {known} -->\n");
        book.toml("").chapters(&[("b.md", returns.as_str()), ("p.md", &page)]);
        assert!(book.findings().iter().all(|it| it.path != "src/p.md"), "{known}");
    }
}

/// Where markers may stand: anywhere in the book, and more than once.
#[test]
fn markers_work_wherever_their_chapters_are() {
    let parcel = example_chapter("parcel-tracking.md");
    let marker = "<!-- archdoc: components -->";
    let table = |page: &str| page.matches("<th scope=\"col\"").count() / 3;
    let book = BookTest::new();
    book.file(
        "book.toml",
        "[book]\ntitle = \"B\"\nsrc = \"docs/pages\"\n[preprocessor.archdoc]\nfail-on = \"never\"\n[output.html]\n[output.markdown]\n",
    );
    let pages = [
        ("services/README.md", parcel.clone()),
        ("README.md", format!("# Home\n\n{marker}\n\n## More\n\n{marker}\n")),
        ("decisions/deep/list.md", format!("# List\n\n{marker}\n")),
        ("crlf.md", format!("# Lines\r\n\r\n{marker}\r\n\r\nThe end.\r\n")),
        (
            "includes.md",
            "# Includes\n\nBefore.\n\n{{#include parts/part.md}}\n\nAfter.\n".to_owned(),
        ),
        (
            "odd.md",
            format!(
                "# Odd\n\n```text\n{marker}\n```\n\n| a | b |\n|---|---|\n| {marker} | c |\n\n- x\n\n  {marker}\n\n> {marker}\n"
            ),
        ),
    ];
    let mut summary = String::new();
    for (path, text) in &pages {
        book.file(&format!("docs/pages/{path}"), text);
        summary.push_str(&format!("- [{path}]({path})\n"));
    }
    book.file("docs/pages/SUMMARY.md", summary)
        .file("docs/pages/parts/part.md", format!("A part.\n\n{marker}\n\nIts end.\n"));
    let run = book.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (page, tables) in [
        ("index.html", 2),
        ("decisions/deep/list.html", 1),
        ("crlf.html", 1),
        ("includes.html", 1),
        ("odd.html", 0),
    ] {
        let html = book.read(&format!("book/html/{page}"));
        assert_eq!(table(content(&html)), tables, "{page}: {}", content(&html));
        if tables > 0 {
            assert_eq!(dead_links(&book, &[page]), Vec::<String>::new());
        }
    }
    let list = book.read("book/html/decisions/deep/list.html");
    assert!(list.contains("href=\"../../services/index.html#"), "{list}");
    let crlf = book.read("book/markdown/crlf.md");
    assert_eq!(crlf.matches('\n').count(), crlf.matches("\r\n").count(), "{crlf:?}");
    let includes = book.read("book/markdown/includes.md");
    for text in ["Before.", "A part.", "Its end.", "After."] {
        assert_eq!(includes.matches(text).count(), 1, "{includes}");
    }
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
