//! The book's own pages in a build: which chapters ask for them, and what is kept of the documents for them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::book::{Chapter, expand};
use crate::check::CheckedDocument;
use crate::diagnostic::Diagnostic;
use crate::directive::without;
use crate::document::{Document, parse};
use crate::edit::{Edit, apply};
use crate::enrich::{Shown, below_markers, file_edits, has_marker, host_edits};
use crate::facts::pages::{self, Book};
use crate::facts::{Digest, Facts, Targets};
use crate::files::Files;
use crate::markdown::Dialect;
use crate::settings::Enrich;
use crate::source::{SourceFile, Text};

/// What a build keeps of a document.
#[derive(Debug)]
pub struct Kept {
    /// The index of each of its chapters, and what changes in the chapter's file.
    pub edits: Vec<(usize, Vec<Edit>)>,
    /// What the book's pages need of it; none where no page asks.
    pub digest: Option<Digest>,
}

/// The book's pages in a run.
#[derive(Debug, Clone, Copy)]
pub struct BookPages<'a> {
    /// The chapters with a comment that speaks to archdoc.
    pub asking: &'a [usize],
    /// How the host parses.
    pub dialect: Dialect,
    /// Whether the pages are for HTML.
    pub html: bool,
    /// Whether pages are wanted at all.
    pub on: bool,
    /// The repository that the pages link to.
    pub repository: Option<&'a str>,
    /// The book's files.
    pub files: &'a Files,
}

/// Whether there may be a marker in a chapter: in its text, or in Markdown that it includes.
pub fn may_ask(content: &str) -> bool {
    content.contains("archdoc:") || content.contains("{{#include") && content.contains(".md")
}

impl BookPages<'_> {
    /// What the pages need of a document; none where no chapter asks for a page.
    pub fn digest(
        &self,
        document: &CheckedDocument,
        facts: &Facts<'_>,
        found: &[Diagnostic],
        dialect: Dialect,
    ) -> Option<Digest> {
        let own: Vec<usize> = document.chapters.iter().map(|chapter| chapter.index).collect();
        let asked = self.asking.iter().any(|index| !own.contains(index)) || has_marker(facts);
        if !self.on || !asked {
            return None;
        }
        let pages: Vec<&str> = document.chapters.iter().map(|chapter| chapter.page.as_str()).collect();
        let path = document.chapters.first().map_or("", |chapter| chapter.file.path());
        let targets = Targets::new(&document.document, &pages, dialect);
        Some(Digest::of(path, facts, found, &targets))
    }

    /// What stands below the markers of a document: pages about that document.
    pub fn in_document(&self, facts: &Facts<'_>, digest: &Digest, parts: Enrich) -> Vec<Edit> {
        if !facts.enriched(parts).pages {
            return Vec::new();
        }
        let shown = self.shown(&digest.target.page);
        let documents = [digest];
        below_markers(facts.document, shown, |marker| {
            let own = Book {
                own: true,
                ..Book::new(&documents, facts.as_of, self.repository)
            };
            pages::parts(marker, &own)
        })
    }

    /// The chapters that are no documents and ask for pages, with what stands below their markers.
    pub fn elsewhere(
        &self,
        contents: &[&str],
        chapters: &[Chapter],
        documents: &[Kept],
        as_of: Date,
    ) -> BTreeMap<usize, String> {
        let digests: Vec<&Digest> = documents.iter().filter_map(|kept| kept.digest.as_ref()).collect();
        let is_document = |index: usize| {
            let mut own = documents.iter().flat_map(|kept| &kept.edits);
            own.any(|(chapter, _)| *chapter == index)
        };
        let asking = self.asking.iter().filter(|index| !is_document(**index));
        let changed = asking.filter_map(|index| {
            let content = contents.get(*index).copied()?;
            let chapter = chapters.iter().find(|chapter| chapter.index == *index)?;
            let below = |document: &Document| match self.on {
                true => below_markers(document, self.shown(&chapter.page), |marker| {
                    pages::parts(marker, &Book::new(&digests, as_of, self.repository))
                }),
                false => Vec::new(),
            };
            // A marker that came with another file: its directive gives way to the file's text.
            let page = if content.contains("{{#include") {
                let document = parse(expand(self.files, &chapter.file).text, self.dialect);
                let edits = file_edits(&document, &chapter.file, &below(&document));
                apply(content, &host_edits(&chapter.file, &edits, content, true)).0
            } else {
                let own = without(content);
                let file = SourceFile::unsaved(chapter.path.as_str(), &*own);
                apply(&own, &below(&parse(Text::of_file(&file), self.dialect))).0
            };
            (page != content).then_some((*index, page))
        });
        changed.collect()
    }

    fn shown<'p>(&self, page: &'p str) -> Shown<'p> {
        Shown {
            page: Some(page),
            html: self.html,
        }
    }
}
