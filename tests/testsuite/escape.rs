//! Text from outside is text: whatever a commit, a heading, a file's name or a setting says, the pages show it as it was
//! typed, in every output of mdBook, and nothing in it comes alive.

use std::fmt::Write as _;
use std::process::Command;

use super::change_log::{Repository, document};
use super::change_log_forms::{FORMS, TITLE};
use super::html::{Part, alive, content, rows, shown, words};
use super::pages::{WORDS, hostile};
use super::support::{BookTest, run};

const ROW: &str = "| 1.0 | 2026-01-10 | First version | Ada |";

/// What directives, formulas, links and Markdown are made of. `x` is a file that can be included.
const PARTS: [&str; 60] = [
    "{",
    "{{",
    "{{{",
    "}",
    "}}",
    "}}}",
    "#",
    "{{#",
    "{{ #",
    "\\{{#",
    "\\",
    "\\\\",
    " ",
    " ",
    " ",
    "\u{a0}",
    "include x}}",
    "include ../x}}",
    "title T}}",
    "playground x}}",
    "rustdoc_include x}}",
    "include",
    "x",
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\begin{x}",
    "\\ref{x}",
    "`",
    "```",
    "<",
    ">",
    "<script>",
    "<img src=x onerror=alert(1)>",
    "&",
    "&lt;",
    "&#123;",
    "<!--",
    "-->",
    "[",
    "]",
    "](x)",
    "![",
    "*",
    "**",
    "_",
    "~~",
    "|",
    "-",
    "--",
    "...",
    "1.",
    "=",
    ":",
    "[^1]",
    "\"",
    "'",
];

/// Texts that begin as a row of a log can.
const HEADS: [&str; 6] = [
    "2026-01-01 was the day",
    "[2026-01-01] x",
    "2.0 is out",
    "v1.0 (2026-01-10): x",
    "to 2026-02-02",
    "(2026-02-02)",
];

/// A source of numbers that is always the same: what one run finds, the next one finds.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    /// A text of some parts, without those in `but`.
    fn text(&mut self, but: &[char]) -> String {
        let count = 1 + self.below(8);
        let text: String = (0..count).map(|_| PARTS[self.below(PARTS.len())]).collect();
        let text = words(&text.replace(but, ""));
        if text.is_empty() { "none".to_owned() } else { text }
    }
}

/// A commit as it was made, and how a reader reads it.
struct Made {
    text: String,
    author: String,
}

/// Commits with such texts, as many as `count`: in their subjects or in a line for the change log, in the names of their
/// authors or in the names that `.mailmap` gives them.
fn hostile_commits(repository: &Repository, count: usize, document: impl Fn(usize) -> String) -> Vec<Made> {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut stream, mut mailmap, mut made) = (String::new(), String::new(), Vec::new());
    let data = |text: &str| format!("data {}\n{text}\n", text.len());
    for at in 0..count {
        let text = match at.checked_sub(1).and_then(|at| HEADS.get(at)) {
            Some(head) => (*head).to_owned(),
            None => numbers.text(&[]),
        };
        // A name has no angle brackets, and no address.
        let name = numbers.text(&['<', '>']);
        let message = match at % 3 {
            0 => format!("Subject {at}\n\nArch-Change: {text}\n"),
            _ => text.clone(),
        };
        // A line of `.mailmap` that begins with `#` is a comment.
        let (author, written) = match at % 2 {
            0 => (format!("e {name}"), "Ada".to_owned()),
            _ => (format!("{name} e"), format!("{name} e")),
        };
        if at % 2 == 0 {
            writeln!(mailmap, "{author} <{at}@example.org>").unwrap();
        }
        let time = 1_772_400_000 + 60 * at;
        let who = format!("{written} <{at}@example.org> {time} +0000");
        write!(
            stream,
            "commit refs/heads/main\nauthor {who}\ncommitter {who}\n{}",
            data(&message)
        )
        .unwrap();
        if at == 0 {
            stream.push_str("from refs/heads/main^0\n");
        }
        let text_then = document(at);
        write!(stream, "M 100644 inline src/a.md\n{}", data(&text_then)).unwrap();
        made.push(Made { text, author });
    }
    write!(
        stream,
        "commit refs/heads/main\ncommitter Ada <ada@example.org> 1772400000 +0000\n{}",
        data("Names")
    )
    .unwrap();
    write!(stream, "M 100644 inline .mailmap\n{}", data(&mailmap)).unwrap();
    let mut import = Command::new("git");
    import
        .args(["fast-import", "--quiet"])
        .current_dir(repository.book.path(""));
    let import = run(&mut import, stream.as_bytes());
    assert_eq!(import.code, 0, "{}", import.stderr);
    repository.git(&["reset", "-q", "--hard"]);
    made
}

/// What every page with the rows of these commits has: each text as it was typed, and nothing that is alive.
fn assert_shown(page: &str, html: &str, made: &[Made], of: impl Fn(&Made) -> (String, String)) {
    let parts = content(html);
    assert_eq!(alive(&parts), Vec::<String>::new(), "{page}");
    assert!(!html.contains("INCLUDED"), "{page}");
    let rows = rows(&parts);
    for made in made {
        let (changes, author) = of(made);
        let is_it = |row: &&Vec<String>| {
            let has_text = row
                .iter()
                .any(|cell| cell.starts_with(&format!("{changes} (")) || cell.starts_with(&format!("{changes}: ")));
            has_text && row.contains(&author)
        };
        let near: Vec<_> = rows.iter().filter(|row| row.contains(&author)).collect();
        assert!(
            rows.iter().any(|row| is_it(&row)),
            "{page}: {changes:?} by {author:?} is not in {near:#?} of {} {:#?}",
            rows.len(),
            &rows[rows.len().saturating_sub(3)..]
        );
    }
}

#[test]
fn every_text_of_a_commit_is_shown_as_it_was_typed() {
    let repository = Repository::new("");
    let book = &repository.book;
    let toml = book.read("book.toml");
    book.file(
        "book.toml",
        format!("{toml}mathjax-support = true\n[output.markdown]\n"),
    )
    .file("src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [Changes](changes.md)\n")
    .file("src/changes.md", "# Changes\n\n<!-- archdoc: changes -->\n")
    .file("src/x", "INCLUDED")
    .file("x", "INCLUDED");
    repository.commit("Set up");
    let made = hostile_commits(&repository, 300, |at| {
        document(&format!("Boats, {at} of them."), &[ROW])
    });
    let typed = |made: &Made| (made.text.clone(), made.author.clone());
    let built = book.build();
    assert_eq!(built.code, 0, "{}", built.stderr);
    for page in ["a", "changes", "print"] {
        let page = format!("book/html/{page}.html");
        assert_shown(&page, &book.read(&page), &made, typed);
    }
    assert!(
        book.read("book/html/a.html").contains("<title>a.md")
            || book.read("book/html/a.html").contains("<title>A - A book")
    );
    // In JSON all of it is what it is.
    let log = repository.log(&[]);
    let log: Vec<&serde_json::Value> = log["documents"][0]["change_log"].as_array().unwrap().iter().collect();
    for made in &made {
        let is_it = |row: &&&serde_json::Value| row["changes"] == made.text && row["author"] == made.author;
        assert!(log.iter().find(is_it).is_some(), "{} by {}", made.text, made.author);
    }
    // What leaves the book as Markdown is the same, wherever it is read next.
    let changelog = book.run(&["changelog"]).stdout;
    let markdown = [
        ("the page as Markdown", book.read("book/markdown/a.md")),
        ("the book's log as Markdown", book.read("book/markdown/changes.md")),
        ("`changelog`", changelog),
    ];
    for (name, text) in &markdown {
        assert_shown(name, &plainly_built(text), &made, typed);
    }
    // What is written into the author's file as well; it is read again as what it tells of, and nothing is left to write.
    assert_eq!(book.run(&["fix", "--write"]).code, 0);
    let written = book.read("src/a.md");
    assert_shown("the file", &plainly_built(&written), &made, typed);
    assert!(repository.behind().is_empty());
    book.run(&["fix", "--write"]);
    assert_eq!(book.read("src/a.md"), written);
    let log = repository.log(&[]);
    let log: Vec<&serde_json::Value> = log["documents"][0]["change_log"].as_array().unwrap().iter().collect();
    for made in &made {
        let is_it = |row: &&&serde_json::Value| {
            let changes = words(row["changes"].as_str().unwrap_or(""));
            changes.starts_with(&format!("{} (", made.text)) && row["author"] == made.author
        };
        assert!(
            log.iter().find(is_it).is_some(),
            "{} by {} in {log:#?}",
            made.text,
            made.author
        );
    }
}

/// In a log of any form: as an item, below a heading, in a quote, in rows without pipes at their ends.
#[test]
fn in_every_form_of_a_log_the_text_of_a_commit_stays_text() {
    let mut pages = Vec::new();
    for (name, log, _) in FORMS {
        let repository = Repository::new("");
        let book = &repository.book;
        let toml = book.read("book.toml");
        book.file(
            "book.toml",
            format!("{toml}mathjax-support = true\n[output.html.search]\nenable = false\n"),
        )
        .file("src/x", "INCLUDED")
        .file("x", "INCLUDED");
        let document = |at: usize| {
            format!("{TITLE}## Overview\n\nBoats, {at} of them.\n\n## Change Log\n\n{log}\n## Notes\n\nNone.\n")
        };
        book.file("src/a.md", document(1_000));
        repository.commit("Set up");
        let made = hostile_commits(&repository, 30, document);
        let before = rows(&content(&plainly_built(&document(0)))).len();
        let page = book.build();
        assert_eq!(page.code, 0, "{name}: {}", page.stderr);
        assert_eq!(book.run(&["fix", "--write"]).code, 0, "{name}");
        let written = book.read("src/a.md");
        assert_eq!(repository.behind(), Vec::<String>::new(), "{name}: {written}");
        book.run(&["fix", "--write"]);
        assert_eq!(book.read("src/a.md"), written, "{name}");
        pages.push((name, made, before, book.read("book/a.html"), written));
    }
    let fixed = all_plainly_built(pages.iter().map(|(.., written)| written));
    for ((name, made, before, page, _), fixed) in pages.iter().zip(&fixed) {
        for html in [page, fixed] {
            let parts = content(html);
            let mut alive = alive(&parts);
            // The author's fold.
            alive.retain(|found| !["<details>", "<summary>"].contains(&found.as_str()));
            assert_eq!(alive, Vec::<String>::new(), "{name}");
            assert!(!html.contains("INCLUDED"), "{name}");
            // A row of a table is a row each; nothing in a text makes one more.
            let added = if *before > 0 {
                rows(&parts).len() - before
            } else {
                made.len()
            };
            assert!(added <= made.len() + 2, "{name}: {added}");
            let said = shown(&parts);
            for made in made {
                let text = format!("{} (Overview; ", made.text);
                assert!(said.contains(&text), "{name}: {text} is not in {said}");
            }
        }
    }
}

/// The page that mdBook alone makes of a text.
fn plainly_built(text: &str) -> String {
    all_plainly_built([text]).remove(0)
}

/// The pages that mdBook alone makes of texts.
fn all_plainly_built<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>) -> Vec<String> {
    let book = BookTest::new();
    let chapters: Vec<(String, T)> = texts
        .into_iter()
        .enumerate()
        .map(|(at, text)| (format!("c{at}.md"), text))
        .collect();
    let chapters: Vec<(&str, &[u8])> = chapters
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_ref()))
        .collect();
    book.file(
        "book.toml",
        "[book]\ntitle = \"A book\"\n[output.html]\nmathjax-support = true\n[output.html.search]\nenable = false\n",
    )
    .chapters(&chapters)
    .file("src/x", "INCLUDED")
    .file("x", "INCLUDED")
    .file("src/secret.md", "INCLUDED")
    .file("secret.md", "INCLUDED");
    let run = book.build_plain();
    assert_eq!(run.code, 0, "{}", run.stderr);
    (0..chapters.len())
        .map(|at| book.read(&format!("book/c{at}.html")))
        .collect()
}

/// Titles that would begin a block of Markdown, or end one.
const TITLES: [&str; 36] = [
    "1. Foo",
    "12) Foo",
    "1.",
    "# Foo",
    "###### Foo",
    "#",
    "Foo #",
    "- x",
    "-",
    "+ x",
    "* x",
    "> y",
    ">",
    "===",
    "=",
    "---",
    "- - -",
    "***",
    "___",
    "~~~",
    "```",
    "[x]: y",
    "[^1]: y",
    "| a | b |",
    ": def",
    ":",
    "[!NOTE]",
    "<!-- a",
    "<div>",
    "{#id .class}",
    "{{#title T}}",
    "$$x$$ \\(y\\)",
    "--flag",
    "&#35; &amp;",
    "[l](javascript:x)",
    "a\\",
];

/// A text as Markdown in which nothing can be alive: each sign by its number.
fn numbered(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_alphanumeric() || c == ' ' {
                c.to_string()
            } else {
                format!("&#{};", u32::from(c))
            }
        })
        .collect()
}

/// The elements of a page's content.
fn elements(parts: &[Part]) -> Vec<String> {
    let names = parts.iter().filter_map(|part| match part {
        Part::Open(name, _) if name != "wbr" => Some(name.clone()),
        Part::Close(name) => Some(format!("/{name}")),
        _ => None,
    });
    names.collect()
}

#[test]
fn a_title_begins_no_block() {
    let draft = |title: &str| {
        format!(
            "# Architecture Documentation: {}\n\n**Version**: 1.0\n**Status**: Draft\n\n## Executive Summary\n\nIt is.\n",
            numbered(title)
        )
    };
    let with = |titles: &[&str]| {
        let book = BookTest::new();
        let mut chapters: Vec<(String, String)> = titles
            .iter()
            .enumerate()
            .map(|(at, title)| (format!("d{at}.md"), draft(title)))
            .collect();
        let pages = [
            "overview; limit=500",
            "changes",
            "recovery; group=document",
            "limitations; document=\"- none\"",
            "reviews",
        ];
        for (at, page) in pages.iter().enumerate() {
            chapters.push((format!("p{at}.md"), format!("# P\n\n<!-- archdoc: {page} -->\n")));
        }
        let chapters: Vec<(&str, &str)> = chapters
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        book.toml("fail-on = \"never\"\ndocuments = [\"d*.md\"]\n[output.html]\n[output.markdown]\n")
            .chapters(&chapters);
        let built = book.build();
        assert_eq!(built.code, 0, "{}", built.stderr);
        let mut texts: Vec<String> = (0..pages.len())
            .map(|at| book.read(&format!("book/markdown/p{at}.md")))
            .collect();
        texts.push(book.run(&["status", "--format", "markdown"]).stdout);
        texts.push(book.run(&["changelog"]).stdout);
        for at in 0..pages.len() {
            let html = book.read(&format!("book/html/p{at}.html"));
            assert_eq!(alive(&content(&html)), Vec::<String>::new());
        }
        texts
    };
    let (hostile, harmless) = (with(&TITLES), with(&["Harmless"; TITLES.len()]));
    let harmless = all_plainly_built(&harmless);
    let built = all_plainly_built(&hostile);
    for (at, (page, harmless)) in built.iter().zip(&harmless).enumerate() {
        let parts = content(page);
        assert_eq!(alive(&parts), Vec::<String>::new(), "{}", hostile[at]);
        assert_eq!(elements(&parts), elements(&content(harmless)), "{}", hostile[at]);
        // The overview, and what both commands print.
        if ![0, 5, 6].contains(&at) {
            continue;
        }
        let shown = shown(&parts);
        for title in TITLES {
            assert!(shown.contains(title), "{title} is not in {shown}");
        }
    }
}

/// Texts for everything that is read: each is alive in some place, if it is not escaped for it.
const HOSTILE: [&str; 9] = [
    "{{{#include ../secret.md}}",
    "\\\\{{ #include ../secret.md}} }}",
    "{{#title CHANGED}}",
    "$$\\href{javascript:alert(1)}{x}$$ \\(x\\) \\[x\\] \\begin{a}b\\end{a}",
    "</td></table><script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"><a href=\"javascript:alert(1)\" onclick='x'>x</a>",
    "[x](javascript:alert(1)) ![](x.png) <https://evil.example>",
    "`<b>` **b** _i_ ~~s~~ | a \\| b",
    "&lt;b&gt; &#123;{#title T}} <!-- archdoc: overview -->",
];

/// A book that says `text` wherever it can: in every heading, field, list and table of a document, in the name of a file,
/// in a template and its name, in the configuration, and in a comment that asks for a page. The chapters, by their paths.
fn book_that_says(text: &str) -> (BookTest, Vec<String>) {
    let book = BookTest::new();
    let name: String = text.replace(['/', '<', '>', '&', '`', '\\', '"', '|', '[', ']', '*', '!'], "");
    let file = format!("named {name}.md");
    let own = format!(
        "# {0}: [Name]\n\n**Status**: [Draft/Complete]\n**{0}**: [Text]\n\n## Overview {0}\n\n[Text]\n\n## More {0}\n\n[Text]\n",
        numbered(text)
    );
    let quoted = serde_json::to_string(text).unwrap();
    let template = format!("{name}.md");
    book.toml(&format!(
        "fail-on = \"never\"\ndocuments = [\"a.md\"]\n\n[preprocessor.archdoc.kind.{quoted}]\ntemplate = {}\n\
         documents = [\"named*.md\"]\n\n[output.html]\nmathjax-support = true\ngit-repository-url = {quoted}\n\
         [output.html.search]\nenable = false\n[output.markdown]\n",
        serde_json::to_string(&template).unwrap()
    ));
    book.file(&template, own)
        .file("secret.md", "INCLUDED")
        .file("src/secret.md", "INCLUDED")
        .file("src/x", "INCLUDED");
    let mut chapters = vec![
        ("a.md".to_owned(), hostile(&numbered(text))),
        (
            file,
            format!(
                "Words.\n\n**Status**: Draft\n\n## Overview {0}\n\n{0}\n",
                numbered(text)
            ),
        ),
    ];
    for word in WORDS {
        let markers: String = ["", "; group=document", "; group=template", "; group=folder"]
            .iter()
            .map(|options| format!("<!-- archdoc: {word}{options} -->\n\n"))
            .collect();
        chapters.push((format!("pages/{word}.md"), format!("# P\n\n{markers}")));
    }
    // In the comment itself mdBook reads the author's words.
    let option = text.replace("-->", "").replace(['"', ';', '{'], "");
    chapters.push((
        "nobody.md".to_owned(),
        format!("# P\n\n<!-- archdoc: changes; document=\"{option}\" -->\n"),
    ));
    let mut summary = "# Summary\n\n".to_owned();
    for (at, (path, chapter)) in chapters.iter().enumerate() {
        book.file(&format!("src/{path}"), chapter);
        writeln!(summary, "- [Chapter {at}](<{path}>)").unwrap();
    }
    book.file("src/SUMMARY.md", summary);
    (book, chapters.into_iter().map(|(path, _)| path).collect())
}

#[test]
fn whoever_says_it_wherever_it_lands_it_is_text() {
    for text in HOSTILE {
        let (book, chapters) = book_that_says(text);
        let built = book.build();
        assert_eq!(built.code, 0, "{text}: {}", built.stderr);
        let as_markdown = chapters.iter().map(|path| book.read(&format!("book/markdown/{path}")));
        let as_markdown = all_plainly_built(as_markdown);
        for (path, markdown) in chapters.iter().zip(as_markdown) {
            let html = book.read(&format!("book/html/{}.html", path.strip_suffix(".md").unwrap()));
            for (kind, html) in [("html", html), ("markdown", markdown)] {
                let parts = content(&html);
                let mut alive = alive(&parts);
                // In a document stands what its author wrote: a formula, if it is one.
                alive.retain(|found| path.starts_with("pages/") || !found.contains(" in \""));
                assert_eq!(alive, Vec::<String>::new(), "{text}: {kind} of {path}");
                assert!(
                    !html.contains("INCLUDED") && !html.contains("<title>CHANGED"),
                    "{text}: {kind} of {path}"
                );
                let said = shown(&parts);
                assert!(
                    !path.starts_with("pages/") || said.contains(&words(text)),
                    "{text}: {kind} of {path}: {said}"
                );
            }
        }
        let print = book.read("book/html/print.html");
        let mut alive_in_print = alive(&content(&print));
        alive_in_print.retain(|found| !found.contains(" in \""));
        assert_eq!(alive_in_print, Vec::<String>::new(), "{text}");
        assert!(!print.contains("INCLUDED"), "{text}");
        let status: serde_json::Value =
            serde_json::from_str(&book.run(&["status", "--format", "json"]).stdout).unwrap();
        assert_eq!(status["documents"][0]["title"], words(text));
        for args in [&["status", "--format", "markdown"][..], &["changelog"]] {
            let run = book.run(args);
            let parts = content(&plainly_built(&run.stdout));
            assert_eq!(alive(&parts), Vec::<String>::new(), "{text}: {args:?}");
            assert!(shown(&parts).contains(&words(text)), "{text}: {args:?}: {}", run.stdout);
        }
    }
}

/// A title and a name on the command line are words of the new document, whatever its template.
#[test]
fn a_new_document_has_its_title_and_its_author_as_they_were_typed() {
    let (mut pages, book) = (Vec::new(), BookTest::new());
    book.file("src/SUMMARY.md", "# Summary\n");
    for kind in ["architecture", "adr", "arc42", "madr"] {
        // The smallest of them has all.
        let titles = TITLES.into_iter().filter(|_| kind == "adr");
        for (at, text) in titles.chain(HOSTILE).chain(["Harmless"]).enumerate() {
            let path = format!("src/{kind}-{at}.md");
            // Its author stands in front matter, which mdBook takes for Markdown: that is the author's to see.
            let author = if kind == "madr" { "Ada" } else { text };
            let (title, author) = (format!("--title={text}"), format!("--author={author}\n# {author}"));
            let run = book.run(&["new", kind, &path, &title, &author, "--as-of=2026-11-22"]);
            assert_eq!(run.code, 0, "{text}: {}", run.stderr);
            pages.push((text, book.read(&path)));
        }
    }
    let built = all_plainly_built(pages.iter().map(|(_, page)| page));
    let mut harmless = Vec::new();
    for ((text, page), html) in pages.iter().zip(&built).rev() {
        let parts = content(html);
        assert_eq!(alive(&parts), Vec::<String>::new(), "{page}");
        assert!(!html.contains("INCLUDED") && !html.contains("<title>CHANGED"), "{page}");
        if *text == "Harmless" {
            harmless = elements(&parts);
        }
        // `1. Foo` is the number of a decision record, and its name.
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        assert_eq!(elements(&parts), harmless, "{page}");
        let title = parts
            .iter()
            .position(|part| matches!(part, Part::Close(name) if name == "h1"))
            .unwrap();
        assert!(shown(&parts[..title]).contains(&words(text)), "{text}: {page}");
    }
}

/// A commit leads to its page on the web, and to nowhere else: whatever the book's address of the repository is.
#[test]
fn a_commit_leads_to_the_web_or_nowhere() {
    let repository = Repository::new("");
    let book = &repository.book;
    let hash = repository.write("Boats and ships.", &[ROW]).commit("Take ships");
    book.file("src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [Changes](changes.md)\n")
        .file("src/changes.md", "# Changes\n\n<!-- archdoc: changes -->\n")
        .file("src/x", "INCLUDED");
    let (mut pages, mut as_markdown) = (Vec::new(), Vec::new());
    for (address, expected) in [
        ("https://example.org/r", Some("https://example.org/r/commit/")),
        ("HTTP://example.org/r.git/", Some("HTTP://example.org/r/commit/")),
        (
            "https://gitlab.example/a b?c=1&d=(2)",
            Some("https://gitlab.example/a%20b?c=1&d=%282%29/-/commit/"),
        ),
        (
            "https://example.org/\" onclick=\"x",
            Some("https://example.org/%22%20onclick=%22x/commit/"),
        ),
        (
            "https://example.org/{{#include x}}",
            Some("https://example.org/%7B%7B#include%20x%7D%7D/commit/"),
        ),
        ("/r", Some("/r/commit/")),
        ("../r", Some("../r/commit/")),
        ("javascript:alert(1)//", None),
        (" JAVA\nSCRIPT:alert(1)//", None),
        ("\u{1}javascript:alert(1)//", None),
        (
            "java&#115;cript:alert(1)//",
            Some("java&#115;cript:alert%281%29/commit/"),
        ),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("//evil.example/r", None),
        ("\\\\evil.example\\r", None),
        ("git@example.org:a/b.git", None),
        ("", None),
    ] {
        let address = serde_json::to_string(address).unwrap();
        book.toml(&format!(
            "template = \"template.md\"\n[output.html]\ngit-repository-url = {address}\n[output.html.search]\nenable = false\n[output.markdown]\n"
        ));
        assert_eq!(book.build().code, 0);
        for page in ["a", "changes"] {
            pages.push((address.clone(), expected, book.read(&format!("book/html/{page}.html"))));
            as_markdown.push((
                address.clone(),
                expected,
                book.read(&format!("book/markdown/{page}.md")),
            ));
        }
    }
    let built = all_plainly_built(as_markdown.iter().map(|(.., text)| text));
    let of_markdown = as_markdown.iter().zip(built);
    pages.extend(of_markdown.map(|((address, expected, _), page)| (address.clone(), *expected, page)));
    for (address, expected, page) in pages {
        let parts = content(&page);
        assert_eq!(alive(&parts), Vec::<String>::new(), "{address}");
        assert!(
            !page.contains("INCLUDED") && shown(&parts).contains(&hash[..10]),
            "{address}"
        );
        let links = parts.iter().filter_map(|part| match part {
            Part::Open(name, attributes) if name == "a" => attributes
                .iter()
                .find(|(name, value)| name == "href" && value.contains(&hash)),
            _ => None,
        });
        let links: Vec<&str> = links.map(|(_, value)| value.as_str()).collect();
        let expected: Vec<String> = expected.iter().map(|start| format!("{start}{hash}")).collect();
        assert_eq!(links, expected, "{address}");
    }
}

/// What documents refer to: a link of the register leads where it says, or is text.
#[test]
fn a_reference_leads_to_the_web_or_is_text() {
    let targets = [
        "https://example.org/a?b=1&c=2#d",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/x",
        "file:///etc/passwd",
        "https://example.org/{{#include x}}",
        "https://example.org/$$x$$",
        "https://example.org/\"onclick=\"x",
        "https://example.org/<script>",
    ];
    let items: String = targets
        .iter()
        .map(|target| format!("- [Words](<{}>)\n", numbered(target)))
        .collect();
    let book = BookTest::new();
    book.toml("fail-on = \"never\"\n[output.html]\nmathjax-support = true\n[output.markdown]\n")
        .chapters(&[
            (
                "a.md",
                format!(
                    "# Architecture Documentation: A\n\n**Version**: 1.0\n**Status**: Draft\n\n## References\n\n{items}"
                )
                .as_str(),
            ),
            ("p.md", "# P\n\n<!-- archdoc: references -->\n"),
        ]);
    assert_eq!(book.build().code, 0);
    let pages = [
        book.read("book/html/p.html"),
        plainly_built(&book.read("book/markdown/p.md")),
    ];
    for page in pages {
        let parts = content(&page);
        assert_eq!(alive(&parts), Vec::<String>::new());
        for target in targets {
            assert!(shown(&parts).contains(target), "{target}: {}", shown(&parts));
        }
        let links = parts.iter().filter_map(|part| match part {
            Part::Open(name, attributes) if name == "a" => attributes.iter().find(|(name, _)| name == "href"),
            _ => None,
        });
        let links: Vec<&str> = links
            .map(|(_, value)| value.as_str())
            .filter(|value| value.contains("://"))
            .collect();
        assert_eq!(
            links,
            [
                "https://example.org/a?b=1&c=2#d",
                "https://example.org/%7B%7B#include%20x%7D%7D",
                "https://example.org/$$x$$",
                "https://example.org/%22onclick=%22x",
                "https://example.org/%3Cscript%3E",
            ]
        );
    }
}

/// What a fix writes of a template's names is text where it was text in the template.
#[test]
fn a_fix_writes_the_names_of_a_template_as_text() {
    let mut written = 0;
    for text in HOSTILE {
        let name = numbered(text);
        let template = format!("# [Name]\n\n## Frequent questions {name}\n\n[Text]\n\n## Overview\n\n[Text]\n");
        let document = format!("# A\n\n## Freqeunt questions {name}\n\nNone.\n\n## Overview\n\nIt is.\n");
        let book = BookTest::new();
        book.toml("template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n")
            .file("template.md", template)
            .chapters(&[("a.md", &document)]);
        assert_eq!(book.run(&["fix", "--suggested", "--write"]).code, 0);
        let pages = all_plainly_built([document, book.read("src/a.md")]);
        let [before, after] = [&pages[0], &pages[1]].map(|page| content(page));
        assert_eq!(elements(&before), elements(&after), "{text}");
        // Not each of these names is near enough to itself to be a slip.
        let heading = words(&format!("Frequent questions {text}"));
        written += usize::from(shown(&after).contains(&heading));
        assert!(
            shown(&after).contains(&heading) || after == before,
            "{text}: {}",
            shown(&after)
        );
    }
    assert!(written > 4, "{written}");
}
