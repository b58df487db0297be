//! A page as a book: the harness that the tests of the rules run on.
//!
//! It reads headings, fences and their info strings, and nothing else of a page:
//! - `markdown template` is the book's template; without one it is the built-in template;
//! - `markdown` is the book's only chapter, `src/payments.md`; without one it is the example book's finished document;
//! - `toml` is book.toml; without one it turns archdoc on, names the template, and makes every chapter a document;
//! - `git` is the chapter's history, oldest first, as `past.rs` reads it; without one no commit is known;
//! - `text` is what archdoc prints, and `markdown fixed` the chapter with the rule's fixes applied.
//!
//! What *Instead* does not show is what *Example* shows. Beside the chapter every book has `src/shared/limits.md`.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::date;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::past;
use crate::book::{Listed, chapters};
use crate::check::{Asked, Checked, Request, Session};
use crate::cores::Cores;
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, apply};
use crate::files::Files;
use crate::history::Fixed;
use crate::output::{Format, Report, render};
use crate::rules::{Rule, names};
use crate::site::{Configuration, book_toml};
use crate::source::SourceFile;
use crate::template;

/// The path of the chapter.
const CHAPTER: &str = "src/payments.md";
/// A document without a finding.
const FINISHED: &str = include_str!("../../../example-book/src/parcel-tracking.md");

/// A page, taken apart.
pub struct Page {
    pub path: PathBuf,
    pub text: String,
    pub headings: Vec<String>,
    pub fences: Vec<Fence>,
}

/// A code block of a page.
pub struct Fence {
    pub section: String,
    pub info: String,
    pub body: Range<usize>,
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")
}

impl Page {
    pub fn of(rule: &Rule) -> Self {
        let path = folder().join(format!("{}.md", rule.name.replace('-', "_")));
        let text = std::fs::read_to_string(&path)
            .expect("every rule has a page")
            .replace("\r\n", "\n");
        let (mut headings, mut fences): (Vec<String>, Vec<Fence>) = (Vec::new(), Vec::new());
        let mut in_heading = false;
        for (event, span) in Parser::new(&text).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    headings.push(format!("{} ", "#".repeat(level as usize)));
                    in_heading = true;
                }
                Event::End(TagEnd::Heading(_)) => in_heading = false,
                Event::Text(words) | Event::Code(words) if in_heading => {
                    headings.last_mut().expect("a heading").push_str(&words);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let block = text.get(span.clone()).expect("a block").trim_end();
                    let start = span.start + block.find('\n').expect("a body") + 1;
                    let end = span.start + block.rfind('\n').expect("a closing fence") + 1;
                    let section = headings
                        .last()
                        .map_or("", |heading| heading.trim_start_matches(['#', ' ']));
                    fences.push(Fence {
                        section: section.to_owned(),
                        info: info.to_string(),
                        body: start..end,
                    });
                }
                _ => {}
            }
        }
        Self {
            path,
            text,
            headings,
            fences,
        }
    }

    /// The body of a fence of a section.
    pub fn shown(&self, section: &str, info: &str) -> Option<&str> {
        let fence = self
            .fences
            .iter()
            .find(|fence| fence.section == section && fence.info == info)?;
        self.text.get(fence.body.clone())
    }

    /// The text of a section, with its fences.
    pub fn section(&self, name: &str) -> &str {
        let rest = self
            .text
            .split_once(&format!("\n## {name}\n"))
            .map_or("", |(_, rest)| rest);
        rest.split_once("\n## ").map_or(rest, |(section, _)| section)
    }

    /// The book that *Example* or *Instead* shows.
    pub fn book(&self, section: &str) -> Book {
        let shown = |info| self.shown(section, info).or_else(|| self.shown("Example", info));
        let template = shown("markdown template");
        let name = if template.is_some() {
            "template.md"
        } else {
            template::DEFAULT
        };
        let usual = format!("[preprocessor.archdoc]\ntemplate = \"{name}\"\ndocuments = \"all\"\n");
        let chapter = shown("markdown").unwrap_or(FINISHED);
        Book::of_history(
            shown("toml").unwrap_or(&usual),
            template.unwrap_or(""),
            chapter,
            past::of(shown("git").unwrap_or(""), CHAPTER, chapter),
        )
    }

    /// The page as it should be: with what archdoc prints and what the fixes make of the chapter.
    pub fn redone(&self, rule: &Rule) -> String {
        let book = self.book("Example");
        let mut text = self.text.clone();
        for fence in self.fences.iter().rev() {
            let body = match fence.info.as_str() {
                "text" => book.printed(),
                "markdown fixed" => book.fixed(rule).0,
                _ => continue,
            };
            text.replace_range(fence.body.clone(), &body);
        }
        text
    }
}

/// A book on disk, checked.
pub struct Book {
    pub folder: tempfile::TempDir,
    pub toml: String,
    pub template: String,
    pub chapter: String,
    pub history: Fixed,
    pub checked: Checked<()>,
}

impl Book {
    pub fn new(toml: &str, template: &str, chapter: &str) -> Self {
        Self::of_history(toml, template, chapter, past::of("", CHAPTER, chapter))
    }

    /// A book whose chapter is `chapter` now, whatever its history ends with.
    pub fn of_history(toml: &str, template: &str, chapter: &str, history: Fixed) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        std::fs::create_dir_all(root.join("src/shared")).expect("made");
        for (path, text) in [
            ("book.toml", toml),
            ("template.md", template),
            (CHAPTER, chapter),
            ("src/shared/limits.md", "At most 200 payments a second.\n"),
            // What the references of the finished document lead to.
            ("src/introduction.md", "# Introduction\n"),
            ("src/returns-portal.md", "# Returns Portal\n"),
            ("src/archdoc.md", "# archdoc\n"),
        ] {
            std::fs::write(root.join(path), text).expect("written");
        }
        let files = Files::new(root);
        let config = read(toml, book_toml(&files));
        let listed = Listed {
            name: "Payments",
            source: Some("payments.md"),
            page: None,
            content: None,
            depth: 0,
        };
        let request = Request {
            as_of: date(2026, 11, 22),
            history: Asked {
                source: &history,
                pipeline: None,
            },
            fixes: true,
            cores: &Cores::new(1),
            only: &[],
        };
        let chapters = chapters(&files, &config.site.src, [listed]);
        let checked = Session::of_host(config, files, chapters).check(request, |_, _, _| ());
        Self {
            toml: toml.to_owned(),
            template: template.to_owned(),
            chapter: chapter.to_owned(),
            history,
            checked,
            folder,
        }
    }

    /// The same book with another text in its chapter.
    pub fn with(&self, chapter: &str) -> Self {
        Self::of_history(&self.toml, &self.template, chapter, self.history.clone())
    }

    /// What `check` prints.
    pub fn printed(&self) -> String {
        let report = Report::of(&self.checked, date(2026, 11, 22));
        let text = render(&report, Format::Full, false);
        if text.is_empty() {
            text
        } else {
            format!("{}\n", text.trim_end())
        }
    }

    pub fn of<'b>(&'b self, rule: &'b Rule) -> impl Iterator<Item = &'b Diagnostic> {
        self.checked.diagnostics.iter().filter(|found| found.rule == rule.name)
    }

    /// The chapter with the rule's fixes applied, and how many there are.
    pub fn fixed(&self, rule: &Rule) -> (String, usize) {
        let fixes: Vec<_> = self.of(rule).filter_map(|found| found.fix.as_ref()).collect();
        let edits = fixes.iter().flat_map(|fix| &fix.edits);
        let edits: Vec<Edit> = edits
            .map(|edit| {
                assert_eq!(edit.file.path(), CHAPTER, "{}", rule.name);
                edit.edit.clone()
            })
            .collect();
        let (text, left_out) = apply(&self.chapter, &edits);
        assert_eq!(left_out, 0, "{}: no fix may lie over another", rule.name);
        assert_eq!(text, spliced(&self.chapter, &edits), "{}", rule.name);
        (text, fixes.len())
    }
}

/// The naive way: from the back, so that earlier offsets stay true.
fn spliced(text: &str, edits: &[Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort();
    edits.dedup();
    edits.iter().rev().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.span.start..edit.span.end, &edit.text);
        text
    })
}

pub fn read(toml: &str, file: Option<Arc<SourceFile>>) -> Configuration {
    let host = mdbook_preprocessor::config::Config::from_str(toml).expect("TOML");
    Configuration::read(&serde_json::to_value(&host).expect("JSON"), file, &names())
}
