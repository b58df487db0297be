//! The ways in that the fuzz targets of `fuzz/` and the tests take, and the oracles that judge what comes out: no input may
//! panic, fixing twice is fixing once, and what no edit touches reads on.
//!
//! It must never ship: only tests and the fuzz targets compile it.
#![allow(
    missing_docs,
    dead_code,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::string_slice,
    reason = "a fuzz target fails by panicking"
)]

use std::collections::BTreeMap;

use jiff::civil::Date;
use pulldown_cmark::{Event, Tag};
use serde_json::{Value, json};

use crate::book::Listed;
use crate::check::{Asked, Checked, Request, Session};
use crate::cores::Cores;
use crate::document::parse;
use crate::edit::Edit;
use crate::files::Files;
use crate::history::Git;
use crate::markdown::Dialect;
use crate::output::{Format, Report, render};
use crate::preprocessor::{Build, Incoming, answer};
use crate::rules;
use crate::site::Configuration;
use crate::source::{SourceFile, Span, Text};
use crate::template::BUILTINS;

pub use crate::markdown::{escaped, escaped_html, line_start, one_line};

const BUILD: Build = Build {
    as_of: Date::constant(2026, 11, 22),
    colour: false,
    pipeline: None,
};
const NOWHERE: &str = "/archdoc-a-book-that-is-not-there";

/// The names and the texts of the built-in templates.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILTINS.iter().map(|builtin| (builtin.name, builtin.markdown))
}

/// The host's message about a book of one chapter. `settings` stand in archdoc's table.
pub fn message(text: &str, settings: &str) -> String {
    let mut table: toml::Table = "documents = \"all\"\nfail-on = \"never\"\nhistory = false\n"
        .parse()
        .unwrap_or_default();
    table.extend(settings.parse::<toml::Table>().unwrap_or_default());
    let chapter = json!({"Chapter": {"name": "A", "content": text, "number": null, "sub_items": [], "path": "a.md",
        "source_path": "a.md", "parent_names": []}});
    json!([{"root": NOWHERE, "renderer": "html", "mdbook_version": "0.5.4",
        "config": {"preprocessor": {"archdoc": table}}}, {"items": [chapter]}])
    .to_string()
}

/// The chapter as a build hands it back, and what the build says. `settings` stand in archdoc's table.
pub fn build(text: &str, settings: &str) -> (String, String) {
    let message = message(text, settings);
    let Ok(answer) = answer(message.as_bytes(), BUILD) else {
        panic!("a good message is refused")
    };
    let book: Value = serde_json::from_slice(&answer.book.concat()).unwrap_or_default();
    let content = book.pointer("/items/0/Chapter/content").and_then(Value::as_str);
    (content.unwrap_or_default().to_owned(), answer.messages)
}

/// Whatever the bytes are, there is an answer, and it is the same however they come in.
pub fn answered(bytes: &[u8]) {
    let mut incoming = Incoming::new(BUILD);
    let (first, rest) = bytes.split_at(bytes.len() / 2);
    incoming.take(first);
    incoming.take(rest);
    match (answer(bytes, BUILD), incoming.answer()) {
        (Ok(whole), Ok(answer)) => {
            assert_eq!(
                (whole.book.concat(), whole.messages),
                (answer.book.concat(), answer.messages)
            );
            assert!(serde_json::from_slice::<Value>(&whole.book.concat()).is_ok());
        }
        (whole, answer) => assert_eq!(
            whole.err().map(|error| error.to_string()),
            answer.err().map(|error| error.to_string())
        ),
    }
}

/// A book that is nowhere on a disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// archdoc's table.
    pub settings: String,
    /// The text of the template `t.md`, for settings that name it.
    pub template: String,
    /// The chapters, each with how deep it stands in the summary.
    pub chapters: Vec<(usize, String)>,
    /// What `{{#include part.md}}` brings in.
    pub part: String,
}

impl Book {
    /// A book of one chapter, a document whatever it is.
    pub fn of(chapter: &str) -> Self {
        Self {
            settings: "documents = \"all\"\nhistory = false\n".to_owned(),
            template: String::new(),
            chapters: vec![(0, chapter.to_owned())],
            part: "Included.\n".to_owned(),
        }
    }

    /// The same, held to a template: a built-in one, or the text of another.
    pub fn held_to(self, template: &str) -> Self {
        let is_builtin = templates().any(|(name, _)| name == template);
        let name = if is_builtin { template } else { "t.md" };
        Self {
            settings: format!("{}template = \"{name}\"\n", self.settings),
            template: template.to_owned(),
            ..self
        }
    }

    /// A book whose parts stand between NULs: its template or the name of one, its chapters, a tab in front of what is
    /// deeper, and what they include; without a NUL, one chapter.
    pub fn of_parts(text: &str) -> Self {
        let mut parts = text.split('\0');
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        let (template, chapter) = second.map_or(("architecture", first), |second| (first, second));
        let mut book = Self::of(chapter).held_to(template);
        book.chapters.extend(parts.map(|part| {
            let own = part.trim_start_matches('\t');
            (part.len() - own.len(), own.to_owned())
        }));
        if book.chapters.len() > 2 {
            book.part = book.chapters.pop().unwrap_or_default().1;
        }
        book
    }

    /// Fixes it with the safe fixes and with all of them, and as one document where it has several chapters.
    pub fn fixed_in_every_way(mut self) {
        self.fixed(false);
        self.fixed(true);
        if self.chapters.len() > 1 {
            self.settings = self.settings.replace("\"all\"", "\"book\"");
            self.fixed(true);
        }
    }

    fn paths(&self) -> impl Iterator<Item = String> + '_ {
        (0..self.chapters.len()).map(|at| format!("src/{at}.md"))
    }

    fn asked<T>(&self, ask: impl FnOnce(&Session, Request<'_>) -> T) -> T {
        let table: toml::Table = self.settings.parse().unwrap_or_default();
        let value = json!({"preprocessor": {"archdoc": table}});
        let config = Configuration::read(&value, None, &rules::names());
        let paths: Vec<String> = self.paths().collect();
        let chapters = self.chapters.iter().map(|(_, text)| text.as_str());
        let texts = paths.iter().map(String::as_str).zip(chapters);
        let others = [("t.md", self.template.as_str()), ("src/part.md", self.part.as_str())];
        let owned = |(path, text): (&str, &str)| (path.to_owned(), Some(text.to_owned()));
        let files = Files::new(NOWHERE).after(&texts.chain(others).map(owned).collect());
        let listed = paths.iter().zip(&self.chapters).map(|(path, (depth, _))| Listed {
            name: "Chapter",
            source: path.strip_prefix("src/"),
            page: None,
            content: None,
            depth: *depth,
        });
        let chapters = crate::book::chapters(&files, "src", listed);
        let request = Request {
            as_of: BUILD.as_of,
            history: Asked {
                source: &Git::default(),
                pipeline: None,
            },
            fixes: true,
            cores: &Cores::new(2),
            only: &[],
        };
        ask(&Session::of_host(config, files, chapters), request)
    }

    /// Checks the book, and prints what is found in every format.
    pub fn check(&self) -> Checked<()> {
        let checked = self.asked(|session, request| session.check(request, |_, _, _| ()));
        for format in [Format::Full, Format::Concise, Format::Json] {
            render(&Report::of(&checked, BUILD.as_of), format, false);
        }
        checked
    }

    /// The book with its fixes made, and how many looks that took. Fails where they come to no end, where they would
    /// change anything the second time, and where one changes how text outside of it reads.
    pub fn fixed(&self, suggested: bool) -> (Self, usize) {
        let (once, rounds) = self.fixed_once(suggested);
        let (twice, _) = once.fixed_once(suggested);
        assert_eq!(once, twice, "fixed twice is not fixed once: {self:?}");
        (once, rounds)
    }

    fn fixed_once(&self, suggested: bool) -> (Self, usize) {
        // How the included file reads is for the chapter to say.
        let watch = |file: &SourceFile, edits: &[Edit], text: &str| {
            if file.path() != "src/part.md" {
                reads_on(file.text(), edits, text);
            }
        };
        let cured = self.asked(|session, request| session.cure(request, suggested, watch));
        let Some(rounds) = cured.rounds else {
            panic!("the fixes come to no end: {self:?}")
        };
        let mut fixed = self.clone();
        let paths: Vec<String> = self.paths().collect();
        for (path, (_, text)) in cured.files {
            match paths.iter().position(|known| *known == path) {
                Some(at) => fixed.chapters[at].1 = text,
                None if path == "src/part.md" => fixed.part = text,
                None => panic!("{path} is no file of the book's chapters"),
            }
        }
        (fixed, rounds)
    }
}

/// The blocks at the top level: where their line begins, where they begin and end, and what they are.
fn blocks(text: &str) -> Vec<(usize, Span, String)> {
    let (mut depth, mut blocks) = (0, Vec::new());
    for (event, range) in Dialect::default().parser(text).into_offset_iter() {
        let kind = match &event {
            Event::Start(Tag::Heading { level, .. }) => format!("{level}"),
            Event::Start(tag) => format!("{:?}", tag.to_end()),
            _ => "rule".to_owned(),
        };
        if depth == 0 && matches!(event, Event::Start(_) | Event::Rule) {
            // The parser counts a term that turns out to be none, the words of a heading, to the list before it.
            let end = match event {
                Event::Start(Tag::DefinitionList) => range.start,
                _ => range.start + text[range.clone()].trim_end_matches([' ', '\t', '\r', '\n']).len(),
            };
            // What stands in front of a block decides what it is.
            let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            blocks.push((line, Span::new(range.start, end), kind));
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    blocks
}

/// Every block of `old` that no edit touches is a block of `new`, at its place and of its kind.
fn reads_on(old: &str, edits: &[Edit], new: &str) {
    // What an include brings in may end what is open here.
    if old.contains("{{") {
        return;
    }
    // The host takes the byte order mark away, and another preprocessor the front matter. No edit touches them.
    let mark = old.len() - old.strip_prefix('\u{feff}').unwrap_or(old).len();
    let read = parse(Text::of_file(&SourceFile::new("", &old[mark..])), Dialect::default());
    let mark = mark + read.front_matter.map_or(0, |matter| matter.end);
    let edits = edits.iter().map(|edit| {
        (
            edit.span.start.saturating_sub(mark),
            edit.span.end.saturating_sub(mark),
            edit,
        )
    });
    let edits: Vec<(usize, usize, &Edit)> = edits.collect();
    let (old, new) = (&old[mark..], new.get(mark..).unwrap_or_default());
    let new_blocks: BTreeMap<usize, (Span, String)> = blocks(new)
        .into_iter()
        .map(|(_, span, kind)| (span.start, (span, kind)))
        .collect();
    for (line, span, kind) in blocks(old) {
        if edits.iter().any(|(start, end, _)| *start < span.end && *end > line) {
            continue;
        }
        let before = edits.iter().filter(|(_, end, _)| *end <= line);
        let start = before.fold(span.start, |at, (start, end, edit)| {
            at + edit.text.len() - (end - start)
        });
        let moved = (Span::new(start, start + span.len()), kind);
        assert_eq!(
            new_blocks.get(&start),
            Some(&moved),
            "`{}` reads otherwise in {new:?}, made of {old:?} by {edits:?}",
            &old[span.start..span.end]
        );
    }
}

/// A document is held to a template, whatever both are.
pub fn held(template: &str, document: &str) {
    Book::of(document).held_to(template).check();
}
