//! What commits say, in every form of a log and in their addresses.

use super::*;

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

/// Addresses of a repository, and what the address of a commit begins with; none where there can be no link.
const ADDRESSES: [(&str, Option<&str>); 17] = [
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
];

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
    for (address, expected) in ADDRESSES {
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
