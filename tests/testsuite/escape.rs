//! Text from outside is text: whatever a commit, a heading, a file's name or a setting says, the pages show it as it was
//! typed, in every output of mdBook, and nothing in it comes alive.

use std::fmt::Write as _;
use std::process::Command;

use super::change_log::{Repository, document};
use super::html::{alive, content, rows, words};
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
fn hostile_commits(repository: &Repository, count: usize) -> Vec<Made> {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut stream, mut mailmap, mut made) = (String::new(), String::new(), Vec::new());
    let data = |text: &str| format!("data {}\n{text}\n", text.len());
    for at in 0..count {
        let text = numbers.text(&[]);
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
        let text_then = document(&format!("Boats, {at} of them."), &[ROW]);
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
            "{page}: {changes:?} by {author:?} is not in {near:#?} of {} {:#?}", rows.len(), &rows[rows.len().saturating_sub(3)..]
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
    let made = hostile_commits(&repository, 300);
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

/// A page that mdBook alone makes of a text.
fn plainly_built(text: &str) -> String {
    let book = BookTest::new();
    book.file(
        "book.toml",
        "[book]\ntitle = \"A book\"\n[output.html]\nmathjax-support = true\n",
    )
    .chapters(&[("a.md", text)])
    .file("src/x", "INCLUDED")
    .file("x", "INCLUDED");
    let run = book.build_plain();
    assert_eq!(run.code, 0, "{}", run.stderr);
    book.read("book/a.html")
}
