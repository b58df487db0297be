//! The revisions of one document, one after the other: what a revision has in common with the one read before is not
//! read again.
//!
//! It must never say anything else than [`revision`] says of the whole text. A section counts as known by itself only
//! where nothing outside of it can tell what it is, and nothing in it can tell what stands outside; everything else is
//! read in full.

use super::revision;
use crate::document::{Document, parse};
use crate::history::RevisionFacts;
use crate::markdown::Dialect;
use crate::outline::{Beyond, Outline, outline_beside};
use crate::source::{SourceFile, Text};
use crate::template::Template;

/// Reads revisions of one document.
#[derive(Debug)]
pub struct Revisions<'t> {
    template: &'t Template,
    dialect: Dialect,
    /// The document as it is now, where it is read already.
    now: Option<(&'t Document, &'t Outline)>,
}

impl<'t> Revisions<'t> {
    /// Those of a document with this template, which may be read already as it is `now`.
    pub fn new(template: &'t Template, dialect: Dialect, now: Option<(&'t Document, &'t Outline)>) -> Self {
        Self { template, dialect, now }
    }

    /// Reads what counts out of the next revision.
    pub fn read(&mut self, text: &str) -> RevisionFacts {
        if let Some((document, outline)) = self.now.filter(|now| now.0.text.as_str() == text) {
            return revision::read(document, outline, self.template);
        }
        let document = parse(Text::of_file(&SourceFile::new("", text)), self.dialect);
        let outline = outline_beside(&document, self.template, Beyond::default());
        revision::read(&document, &outline, self.template)
    }
}
