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
//! The feature `cli`, on by default, is the program: its arguments, its terminal, its allocator. `default-features = false`
//! leaves the preprocessor, which does the same without it.
//!
//! Nothing else is promised here: the modules are the program's own.
//!
//! [README]: https://github.com/mdbook-archdoc/mdbook-archdoc#readme

#![cfg_attr(test, allow(clippy::string_slice, reason = "a test may panic"))]
#![cfg_attr(
    not(feature = "cli"),
    allow(
        dead_code,
        unused_imports,
        reason = "what only the program asks of the rooms above it"
    )
)]

mod book;
mod check;
#[cfg(feature = "cli")]
pub mod cli;
mod cores;
mod diagnostic;
mod directive;
mod document;
mod edit;
mod enrich;
mod facts;
mod files;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod history;
mod ids;
mod markdown;
mod naming;
mod outline;
mod output;
mod past;
mod preprocessor;
mod record;
mod rules;
mod settings;
mod site;
mod source;
mod template;
mod values;

pub use preprocessor::Archdoc;
