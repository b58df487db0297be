//! archdoc on its own output: the same again, and nothing in it that is believed.

use super::change_log::{Repository, document};
use super::support::{BookTest, Found, MARKS, PROGRAM, SMALL_DOCUMENT, SMALL_TEMPLATE, example_chapter, files};

const BEGIN: &str = MARKS[0];
const END: &str = MARKS[1];
const LINE: &str = MARKS[2];

/// Settings of a book that is built as Markdown and never stopped, from its texts alone.
const MARKDOWN: &str = "fail-on = \"never\"\nhistory = false\n";

/// The pages of a book that was built as Markdown, by their path.
fn pages(book: &BookTest) -> Vec<(String, String)> {
    let run = book.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let built = book.path("book");
    let page = |(path, bytes): (std::path::PathBuf, Vec<u8>)| {
        let path = path.strip_prefix(&built).unwrap().to_str().unwrap().replace('\\', "/");
        (path, String::from_utf8(bytes).unwrap())
    };
    files(&built).into_iter().map(page).collect()
}

/// A book of the pages of another one.
fn of_pages(book: &BookTest, toml: &str, pages: &[(String, String)]) -> BookTest {
    let next = BookTest::new();
    next.toml(toml).file("src/SUMMARY.md", book.read("src/SUMMARY.md"));
    if book.path("template.md").exists() {
        next.file("template.md", book.read("template.md"));
    }
    for (path, text) in pages {
        next.file(&format!("src/{path}"), text);
    }
    next
}

/// What is found, without its place.
fn found(findings: &[Found]) -> Vec<(String, String, String, Option<String>)> {
    let one = |found: &Found| {
        let (path, section) = (found.path.clone(), found.section.clone());
        (path, found.rule.clone(), found.message.clone(), section)
    };
    findings.iter().map(one).collect()
}

/// Builds a book from another one's pages, and says what differs.
fn again(book: &BookTest, settings: &str) {
    let toml = format!("{MARKDOWN}{settings}\n[output.markdown]\n");
    book.toml(&toml);
    let once = pages(book);
    assert!(once.iter().any(|(_, page)| page.contains(BEGIN)));
    let next = of_pages(book, &toml, &once);
    for ((path, once), (again, twice)) in once.iter().zip(pages(&next)) {
        assert_eq!((path, once), (&again, &twice));
    }
    assert_eq!(found(&next.findings()), found(&book.findings()));
}

#[test]
fn the_pages_of_the_example_give_the_same_pages() {
    let book = BookTest::example();
    let kinds = "\n[preprocessor.archdoc.kind.adr]\ntemplate = \"adr\"\ndocuments = [\"decisions/*.md\"]\n";
    again(&book, kinds);
}

#[test]
fn the_pages_of_documents_of_all_kinds_give_the_same_pages() {
    let book = BookTest::small("");
    let draft = SMALL_DOCUMENT.replace("Complete", "Draft");
    let front = format!(
        "---\nowner: Maren\nstatus: Draft\n---\n\n# Service: Tides\n\n{}",
        &SMALL_DOCUMENT[100..]
    );
    book.chapters(&[
        ("a.md", SMALL_DOCUMENT.to_owned()),
        ("crlf.md", SMALL_DOCUMENT.replace('\n', "\r\n")),
        ("mixed.md", SMALL_DOCUMENT.replacen('\n', "\r\n", 9)),
        ("end.md", SMALL_DOCUMENT.trim_end().to_owned()),
        ("mark.md", format!("\u{feff}{draft}")),
        (
            "header.md",
            "# Service: Tides\n\n**Owner**: Maren\n**Status**: Draft".to_owned(),
        ),
        ("front.md", front),
        (
            "table.md",
            "# Service: T\n\n| Owner | Maren |\n|---|---|\n| Status | Draft |\n".to_owned(),
        ),
        (
            "list.md",
            "# Service: T\n\n- **Owner**: Maren\n- **Status**: Draft\n## Purpose\nIt is.\n".to_owned(),
        ),
        (
            "quote.md",
            "# Service: T\n\n> **Owner**: Maren\n> **Status**: Draft\n\n## Purpose\nIt is.\n".to_owned(),
        ),
        (
            "marker.md",
            format!("{draft}\n<!-- archdoc: overview -->\n<!-- archdoc: references -->"),
        ),
        (
            "show.md",
            format!("{draft}\n```html\n{BEGIN}\n## Limits\n{END}\n```\n\nand `{LINE}`\n"),
        ),
        (
            "off.md",
            format!("<!-- archdoc: enrich; off -->\n\n{SMALL_DOCUMENT}\n{BEGIN}\n\nForged.\n\n{END}\n"),
        ),
    ]);
    again(&book, "template = \"template.md\"\ndocuments = \"all\"\n");
}

/// What a book says is on disk, and what its host has sent may be another run's.
#[test]
fn two_runs_in_one_build_are_as_one() {
    let second = format!(
        "\n[preprocessor.archdoc2]\ncommand = \"'{}'\"\n",
        PROGRAM.replace('\\', "/")
    );
    let repository = Repository::new("");
    let book = &repository.book;
    // The newest row is the first, so that the rows of commits come in the middle of what is included.
    let log = "| Version | Date | What changed | Author |\n|---|---|---|---|\n| 1.1 | 2026-02-10 | More | Ada |\n| 1.0 | 2026-01-10 | First | Ada |\n";
    let included = document("Boats.", &[]).replace(
        "| Version | Date | What changed | Author |\n|---|---|---|---|\n",
        "{{#include log.md}}\n",
    );
    let draft = "<!-- archdoc: document -->\n\n# D\n\n**Version**: 0.2\n**Last Updated**: [Date]\n\n## Overview\n\n- Status: Draft\n";
    book.file("src/log.md", log).chapters(&[
        (
            "a.md",
            document("Boats.", &["| 1.0 | 2026-01-10 | First version | Ada |"]),
        ),
        ("b.md", included),
        ("c.md", draft.to_owned()),
        (
            "d.md",
            "# All\n\n<!-- archdoc: changes -->\n\n{{#include more.md}}\n".to_owned(),
        ),
    ]);
    book.file("src/more.md", "More:\n\n<!-- archdoc: overview -->\n");
    repository.commit("Begin");
    for name in ["a", "b", "c"] {
        let path = format!("src/{name}.md");
        book.file(
            &path,
            book.read(&path).replace("Boats", "Ships").replace("Draft", "Draft of"),
        );
    }
    repository.commit("Take *ships*, {{#include log.md}} and <!-- archdoc: end -->");
    let toml = "template = \"template.md\"\nfail-on = \"never\"\n";
    book.toml(&format!("{toml}\n[output.markdown]\n"));
    let once = pages(book);
    for words in ["Take", "Computed by archdoc"] {
        let count = once.iter().filter(|(_, page)| page.contains(words)).count();
        assert!(count >= 3, "{words}: {once:#?}");
    }
    book.toml(&format!("{toml}{second}\n[output.markdown]\n"));
    for ((path, once), (_, twice)) in once.iter().zip(pages(book)) {
        assert_eq!(*once, twice, "{path}");
    }
}

/// Blocks that look like archdoc's own, with what would count if it were the author's.
fn forged() -> Vec<String> {
    let section = "## 🔄 Disaster Recovery\n\nRTO: 1 hour. RPO: 5 minutes.";
    let words = [
        section,
        "## 🚧 Known Limitations\n\nTODO: [write this]",
        "# Another title",
        "- [x] Disaster recovery plan is documented",
        "- [ ] All diagrams are clear and up-to-date",
        "**Status**: Draft\n**Version**: 9.9",
        "**Last Reviewed By**: Nobody\n**Next Review Date**: 2031-01-01",
        "| 9.9 | 2027-01-01 | All | Nobody |",
        "Text with a [Placeholder] and a TODO.",
        "<!-- archdoc: allow; rule=missing-section; reason=\"forged\" -->",
        "<!-- archdoc: enrich; off -->",
        "<!-- archdoc: documnt -->",
        "<!-- archdoc: overview -->",
        "> **Computed by archdoc**, as of 2026-11-22: stage final · 21 of 21 sections complete.",
        "{{#include gone.md}}",
        "<details><summary>x</summary>",
        "[Kafka]: messaging",
        "[^1]: note",
        "<table><tr><td>",
        "``` rust\nfn main() {}\n```",
    ];
    let mut forged: Vec<String> = words
        .iter()
        .map(|words| format!("{BEGIN}\n\n{words}\n\n{END}\n"))
        .collect();
    forged.extend(words.iter().filter(|words| !words.contains('\n')).map(|words| {
        // On a line of its own, where the words leave the mark one.
        format!("{words} {LINE}\n")
    }));
    forged.extend([
        format!("{BEGIN}\n{section}\n{END}\n"),
        format!("{BEGIN}\n\n{section}\n\n{END}\n").replace('\n', "\r\n"),
        format!("<!--archdoc:computed-->\n{section}\n<!--archdoc:end-->\n"),
        format!("{BEGIN}\n\n{BEGIN}\n\n{section}\n\n{END}\n\n{section}\n\n{END}\n"),
        format!("{BEGIN}\n\n{section}\n\n{END}\n{BEGIN}\n\n{section}\n\n{END}\n"),
        format!("{BEGIN}\n\n<pre>\n\n{END}\n"),
        format!("{BEGIN}\n\n<script>\n{section}\n{END}\n"),
    ]);
    forged
}

#[test]
fn a_forged_block_hides_nothing() {
    let whole = example_chapter("parcel-tracking.md");
    let start = whole.find("## 🔄 Disaster Recovery").unwrap();
    let end = whole.find("## 🧪 Testing Strategy").unwrap();
    // Ticked and said to be complete, without a section that it has to have.
    let base = format!("{}{}", &whole[..start], &whole[end..]);
    let places = [
        "## 🧪 Testing",
        "## 📅 Change Log",
        "- [x] Disaster",
        "---\n\n## 📋",
        "**Document Status**",
    ];
    let mut chapters = vec![("base.md".to_owned(), base.clone())];
    for (number, forged) in forged().iter().enumerate() {
        let place = base.find(places[number % places.len()]).unwrap();
        let text = format!("{}{forged}{}", &base[..place], &base[place..]);
        chapters.push((format!("f{number}.md"), text));
    }
    let last = base.trim_end();
    chapters.push((
        "end.md".to_owned(),
        format!("{last}\n{BEGIN}\n\n## 🔄 Disaster Recovery\n\nYes.\n\n{END}"),
    ));
    assert!(chapters.len() > 40);
    let book = BookTest::new();
    let listed: Vec<(&str, &str)> = chapters
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    book.toml(&format!("{MARKDOWN}\n[output.markdown]\n")).chapters(&listed);
    let findings = book.findings();
    let of = |path: &str| -> Vec<(String, String, Option<String>)> {
        let own = findings.iter().filter(|found| found.path == format!("src/{path}"));
        own.map(|found| (found.rule.clone(), found.message.clone(), found.section.clone()))
            .collect()
    };
    let expected = of("base.md");
    assert!(
        expected.iter().any(|(rule, ..)| rule == "missing-section"),
        "{expected:?}"
    );
    let pages = pages(&book);
    let page = |path: &str| &pages.iter().find(|(other, _)| other == path).unwrap().1;
    for (path, text) in &chapters {
        assert_eq!(of(path), expected, "{path}: {text}");
        let (shown, base) = (page(path).trim_end(), page("base.md").trim_end());
        assert_eq!(shown, base, "{path}");
    }
}

/// Lines of which each is code until the one in front of it is gone.
fn hiding(depth: usize) -> String {
    let line = |at: usize| format!("x {LINE} {} {}\n", "`".repeat(at), "`".repeat(at + 1));
    (1..=depth).map(line).collect()
}

#[test]
fn lines_that_hide_each_other_are_gone_at_once() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("## Limits", &format!("{}\n## Limits", hiding(20))));
    again(&book, "template = \"template.md\"\ndocuments = \"all\"\n");
}

/// A mark without its counterpart means nothing, wherever the other one seems to stand.
/// Marks of computed text that are not what archdoc writes, and what is said of each.
fn half_marks() -> Vec<(String, Vec<&'static str>)> {
    vec![
        (format!("{BEGIN}\n"), vec!["`computed` has no `end` behind it"]),
        (format!("{END}\n"), vec!["`end` has no `computed` in front of it"]),
        (
            format!("{END}\n\n{BEGIN}\n"),
            vec![
                "`end` has no `computed` in front of it",
                "`computed` has no `end` behind it",
            ],
        ),
        (
            format!("{BEGIN}\n\n```\n{END}\n```\n"),
            vec!["`computed` has no `end` behind it"],
        ),
        (
            format!("Text {BEGIN} and `{END}`\n"),
            vec!["`computed` has no `end` behind it"],
        ),
        (
            format!("{BEGIN}\n\n{{{{#include end.md}}}}\n"),
            vec![
                "`computed` has no `end` behind it",
                "`end` has no `computed` in front of it",
            ],
        ),
        (
            "<!-- archdoc: computed; part=\"x\" -->\n".to_owned(),
            vec!["`computed` has no `part`"],
        ),
        (
            "<!-- archdoc: end; of=\"x\" -->\n".to_owned(),
            vec!["`end` has no `of`"],
        ),
        (
            "<!-- archdoc: computed;\nline -->\n".to_owned(),
            vec!["`computed` stands where archdoc would not write it"],
        ),
        // Without the marks the page would include what no check has seen.
        (
            format!(
                "x {}y{END}{{#include ../../outside.md}}}}\n",
                BEGIN.replace(" -->", "; instead=\"{\" -->")
            ),
            vec![
                "`computed` has no `end` behind it",
                "`end` has no `computed` in front of it",
            ],
        ),
        (
            format!("x {{{{#inc{BEGIN}y{END}lude ../../outside.md}}}}\n"),
            vec![
                "`computed` has no `end` behind it",
                "`end` has no `computed` in front of it",
            ],
        ),
        // Each hides the next one, more of them than archdoc looks for.
        (hiding(40), vec!["`computed` stands where archdoc would not write it"]),
        (format!("<!-- {BEGIN}\n"), vec![]),
        (format!("    {BEGIN}\n\n    {END}\n"), vec![]),
        (format!("\\{BEGIN} \\{END}\n"), vec![]),
    ]
}

#[test]
fn half_a_mark_hides_nothing_and_is_found() {
    let book = BookTest::small("");
    for (mark, expected) in half_marks() {
        let text = SMALL_DOCUMENT.replace("## Limits", &format!("{mark}\n## Limits"));
        book.file("src/a.md", &text).file("src/end.md", END);
        let messages: Vec<String> = book.findings().into_iter().map(|found| found.message).collect();
        assert_eq!(messages, expected, "{text}");
        // Nothing is gone from the page.
        book.toml("template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n\n[output.markdown]\n");
        let page = book.built("a.md");
        for line in SMALL_DOCUMENT.lines() {
            assert!(page.contains(line), "{line}: {page}");
        }
        assert!(!page.contains("{{#include ../"), "{page}");
    }
}

/// What stands in the source and is marked is on no page, whatever is turned off, and in no chapter.
#[test]
fn a_marked_block_of_the_source_is_on_no_page() {
    let forged = format!("{BEGIN}\n\nForged.\n\n{END}\n");
    let book = BookTest::new();
    book.file("template.md", SMALL_TEMPLATE)
        .file("src/part.md", format!("Part.\n\n{forged}\nRest.\n"))
        .file("src/only.txt", &forged)
        .chapters(&[
            ("a.md", format!("{SMALL_DOCUMENT}\n{forged}")),
            ("plain.md", format!("# Plain\n\nText.\n{forged}")),
            (
                "include.md",
                "# Plain\n\n{{#include part.md}}\n\n```md\n{{#include part.md}}\n```\n".to_owned(),
            ),
            (
                "document.md",
                format!("{SMALL_DOCUMENT}\n{{{{#include part.md}}}}\n{{{{#include only.txt}}}}\n"),
            ),
        ]);
    for enrich in ["true", "false", "{ header = false, footer = false }"] {
        let toml = format!("{MARKDOWN}template = \"template.md\"\nenrich = {enrich}\n\n[output.markdown]\n");
        book.toml(&toml);
        for (path, page) in pages(&book) {
            let shown = page.matches("Forged.").count();
            // As code it is only shown.
            assert_eq!(shown, usize::from(path == "include.md"), "{enrich}: {path}: {page}");
            assert!(
                path == "a.md" || path == "plain.md" || page.contains("Part.\n\n"),
                "{page}"
            );
        }
    }
}

/// What a fix writes into a file is its author's.
#[test]
fn a_fix_writes_no_marks() {
    let repository = Repository::new("");
    repository
        .write("Boats and ships.", &["| 1.0 | 2026-01-10 | First version | Ada |"])
        .commit("Take ships, too");
    let run = repository.book.run(&["fix", "--write", "--suggested"]);
    assert_eq!(run.code, 0, "{run:?}");
    let text = repository.book.read("src/a.md");
    assert!(
        text.contains("Take ships, too") && !text.contains("archdoc: computed"),
        "{text}"
    );
}

/// A page that was written over its source and committed has changed nothing that counts.
#[test]
fn a_page_in_the_history_is_no_change() {
    let row = "| 1.0 | 2026-01-10 | First version | Ada |";
    let repository = Repository::new("");
    repository.write("Boats and ships.", &[row]).commit("Take ships, too");
    let book = &repository.book;
    let before = (repository.behind(), found(&book.findings()));
    assert_eq!(before.0.len(), 1);
    book.toml("template = \"template.md\"\nfail-on = \"never\"\n\n[output.markdown]\n");
    let page = book.built("a.md");
    assert!(page.contains(LINE), "{page}");
    book.file("src/a.md", &page);
    assert_eq!((repository.behind(), found(&book.findings())), before);
    repository.commit("Publish");
    assert_eq!((repository.behind(), found(&book.findings())), before);
    assert_eq!(book.built("a.md"), page);
    // Nor is a forged row one that somebody wrote.
    let forged = format!("| 1.1 | 2026-03-09 | All of it | Ada {LINE} |\n\n## Notes\n\n{BEGIN}\n\nForged.\n\n{END}\n");
    book.file("src/a.md", page.replace("\n## Notes\n\n", &forged));
    repository.commit("Forge");
    assert_eq!((repository.behind(), found(&book.findings())), before);
}

/// Chapters that are one document, and a title that only a forged block has.
#[test]
fn a_document_of_several_chapters_gives_the_same_pages() {
    let book = BookTest::small("");
    let (header, rest) = SMALL_DOCUMENT.split_once("## Purpose").unwrap();
    book.chapters(&[
        ("a.md", header.to_owned()),
        ("b.md", format!("# Purpose{}", rest.split_once("## History").unwrap().0.trim_end())),
        ("c.md", format!("{BEGIN}\n\n# Limits\n\nNone.\n\n{END}\n# History\n\n| Date | Author | Changes |\n|---|---|---|\n| | | |")),
    ]);
    let settings = "template = \"template.md\"\ndocuments = \"book\"\n";
    let forged = found(&book.findings());
    again(&book, settings);
    assert!(
        forged.iter().all(|(_, rule, ..)| rule != "duplicate-section"),
        "{forged:?}"
    );
}
