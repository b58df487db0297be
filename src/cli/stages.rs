//! The stages that chapters pass through, one by one, for the benchmarks. No promise to anybody: this is not the library.
//!
//! It prints nothing and reads no file.

use std::sync::Arc;

use jiff::civil::Date;

use crate::document::{Document, parse};
use crate::files::Files;
use crate::markdown::Dialect;
use crate::outline::{Beyond, outline_beside};
use crate::preprocessor::{Build, answer};
use crate::record;
use crate::settings::Settings;
use crate::source::{SourceFile, Text};
use crate::template::{DEFAULT, Template, load};

/// Chapters of one text, each with a title of its own, and what the stages need to know besides.
#[derive(Debug)]
pub struct Stages {
    files: Vec<Arc<SourceFile>>,
    template: Template,
}

/// Chapters that are parsed.
#[derive(Debug)]
pub struct Parsed(Vec<Document>);

impl Stages {
    /// So many chapters of a text whose first line is its title; none where the built-in template is broken.
    pub fn new(text: &str, chapters: usize) -> Option<Self> {
        let (title, rest) = text.split_once('\n')?;
        let file = |number| SourceFile::new(format!("src/{number}.md"), format!("{title} {number}\n{rest}"));
        let (template, _) = load(DEFAULT, None, &Files::new("."), &Settings::default().refinements);
        Some(Self {
            files: (0..chapters).map(file).collect(),
            template: template?,
        })
    }

    /// Parses the chapters.
    pub fn parse(&self) -> Parsed {
        let text = |file| parse(Text::of_file(file), Dialect::default());
        Parsed(self.files.iter().map(text).collect())
    }

    /// Holds parsed chapters against the template and reads their records; how many technologies they name.
    pub fn read(&self, parsed: &Parsed) -> usize {
        let technologies = |document| {
            let outline = outline_beside(document, &self.template, Beyond::default());
            record::read(document, &outline, &self.template).technologies.len()
        };
        parsed.0.iter().map(technologies).sum()
    }
}

/// What archdoc does with a host's message, from its first byte to the last one of the answer; how long the answer is.
pub fn build(message: &[u8], as_of: Date) -> Result<usize, String> {
    let build = Build {
        as_of,
        colour: false,
        pipeline: None,
    };
    let answer = answer(message, build).map_err(|error| error.to_string())?;
    Ok(answer.book.iter().map(|piece| piece.len()).sum())
}
