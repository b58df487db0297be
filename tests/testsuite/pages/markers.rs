//! Where markers may stand, what they choose, and what they cannot mean.

use super::*;

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

/// A marker that means nothing, what is said of it, and the cure.
const MISTAKES: [(&str, &str, &str); 8] = [
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
];

#[test]
fn names_that_no_marker_can_mean_are_findings_with_the_nearest_one() {
    let returns = example_chapter("returns-portal.md");
    for (marker, message, help) in MISTAKES {
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
}

#[test]
fn a_document_is_named_in_any_way_and_not_in_another_document() {
    let returns = example_chapter("returns-portal.md");
    let own = example_chapter("parcel-tracking.md").replace(
        "## 📖 References",
        "<!-- archdoc: limitations; document=other -->\n\n## 📖 References",
    );
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
