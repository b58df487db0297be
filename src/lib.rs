//! An mdBook preprocessor and command-line tool that holds architecture documents to their template.
//!
//! Most people want the program, `mdbook-archdoc`: `[preprocessor.archdoc]` in `book.toml` turns it on, and the
//! [README] says what it checks, what it adds to the pages, and what can be set.
//!
//! A program in Rust that builds books itself needs nothing on the `PATH`: [`Archdoc`] is the same preprocessor, with the
//! same configuration in `book.toml`, for mdBook's own library. It takes the place of the command that mdBook would
//! start. Findings that fail a build are an error of the build; all of them are handed to a function of the program's.
//!
//! ```
//! use mdbook_archdoc::Archdoc;
//! use mdbook_driver::MDBook;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let root = folder.path();
//! # std::fs::create_dir(root.join("src"))?;
//! # std::fs::write(root.join("book.toml"), "[book]\n[preprocessor.archdoc]\n")?;
//! # std::fs::write(root.join("src/SUMMARY.md"), "- [Ports](ports.md)\n")?;
//! # std::fs::write(
//! #     root.join("src/ports.md"),
//! #     "# Architecture Documentation: Ports\n\n**Version**: 1.0\n**Status**: Draft\n",
//! # )?;
//! // The day that counts as today is an input, so that the same book always gives the same pages.
//! let archdoc = Archdoc::new("2026-11-22".parse()?, |messages| eprint!("{messages}"));
//!
//! let mut book = MDBook::load(root)?;
//! book.with_preprocessor(archdoc);
//! book.build()?;
//! # let page = std::fs::read_to_string(book.build_dir_for("html").join("ports.html"))?;
//! # assert!(page.contains("Computed by archdoc"), "{page}");
//! # Ok(())
//! # }
//! ```
//!
//! Nothing else is promised here: the modules are the program's own.
//!
//! [README]: https://github.com/mdbook-archdoc/mdbook-archdoc#readme

#![cfg_attr(test, allow(clippy::string_slice, reason = "a test may panic"))]

mod book;
mod check;
pub mod cli;
mod config;
mod cores;
mod diagnostic;
mod directive;
mod document;
mod edit;
mod enrich;
mod facts;
mod files;
mod history;
mod markdown;
mod naming;
mod outline;
mod output;
mod preprocessor;
mod record;
mod rules;
mod source;
mod template;
mod values;

pub use preprocessor::Archdoc;

/// The ways in that the fuzz targets of `fuzz/` take. Only cargo-fuzz compiles them.
#[cfg(fuzzing)]
#[allow(
    missing_docs,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a fuzz target fails by panicking"
)]
pub mod fuzzing {
    use std::path::Path;

    use jiff::civil::Date;
    use serde_json::{Value, json};

    use crate::book::Chapter;
    use crate::check::{Asked, Checked, Request, check};
    use crate::config;
    use crate::diagnostic::Applicability;
    use crate::edit::{Edit, apply};
    use crate::files::Files;
    use crate::history::Git;
    use crate::output::{Format, Report, render};
    use crate::preprocessor::{Build, Incoming, answer};
    use crate::rules;
    use crate::source::SourceFile;

    const BUILD: Build = Build {
        as_of: Date::constant(2026, 11, 22),
        colour: false,
        pipeline: None,
    };

    /// The chapter as a build hands it back, and what the build says. `settings` stand in archdoc's table.
    pub fn build(text: &str, settings: &str) -> (String, String) {
        let mut table: toml::Table = settings.parse().unwrap_or_default();
        table.insert("documents".to_owned(), "all".into());
        table.insert("fail-on".to_owned(), "never".into());
        table.insert("history".to_owned(), false.into());
        let chapter = json!({"Chapter": {"name": "A", "content": text, "number": null, "sub_items": [], "path": "a.md",
            "source_path": "a.md", "parent_names": []}});
        let message =
            json!([{"root": "/archdoc-a-book-that-is-not-there", "renderer": "html", "mdbook_version": "0.5.4",
            "config": {"preprocessor": {"archdoc": table}}}, {"items": [chapter]}])
            .to_string();
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

    /// The text with its safe fixes made; `None` where there are none.
    pub fn fixed(text: &str) -> Option<String> {
        let checked = checked(text, "architecture", Path::new("/archdoc-a-book-that-is-not-there"));
        let fixes = checked
            .diagnostics
            .iter()
            .filter_map(|diagnostic| diagnostic.fix.as_ref());
        let safe = fixes.filter(|fix| fix.applicability == Applicability::Safe);
        let edits: Vec<Edit> = safe.flat_map(|fix| &fix.edits).map(|edit| edit.edit.clone()).collect();
        (!edits.is_empty()).then(|| apply(text, &edits).0)
    }

    /// A document is held to a template, whatever both are.
    pub fn held(template: &str, document: &str) {
        let folder = std::env::temp_dir().join(format!("archdoc-fuzz-{}", std::process::id()));
        let _ = std::fs::create_dir_all(&folder);
        let _ = std::fs::write(folder.join("t.md"), template);
        checked(document, "t.md", &folder);
    }

    fn checked(text: &str, template: &str, root: &Path) -> Checked<()> {
        let value = json!({"preprocessor": {"archdoc": {"documents": "all", "history": false, "template": template}}});
        let (config, problems) = config::read(&value, None, &rules::names());
        let request = Request {
            config: &config,
            problems: &problems,
            book_toml: None,
            files: &Files::new(root),
            as_of: BUILD.as_of,
            history: Asked {
                source: &Git::default(),
                pipeline: None,
            },
            only: &[],
        };
        let chapter = Chapter {
            name: "A".to_owned(),
            path: "a.md".to_owned(),
            file: SourceFile::new("src/a.md", text),
            page: "a.md".to_owned(),
            index: 0,
            depth: 0,
        };
        let checked = check(request, &[chapter], |_, _, _| ());
        for format in [Format::Full, Format::Concise, Format::Json] {
            render(&Report::of(&checked, BUILD.as_of), format, false);
        }
        checked
    }
}
