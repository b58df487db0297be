//! Text from outside is text: whatever a commit, a heading, a file's name or a setting says, the pages show it as it was
//! typed, in every output of mdBook, and nothing in it comes alive.

mod commits;
mod titles;

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
