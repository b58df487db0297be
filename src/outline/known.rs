//! What is known of a template's own sections before a document is read: a document has many of them word for word
//! until somebody writes in them.

use super::state::{Part, parts_of};
use crate::document::{Document, Known, KnownSection};
use crate::naming::normalise;
use crate::template::Template;

/// The known sections, seen through a template.
#[derive(Debug, Default)]
pub struct KnownSections(Vec<Section>);

#[derive(Debug)]
struct Section {
    /// Its heading, normalised.
    name: String,
    /// The keys of its fields, normalised.
    fields: Vec<String>,
    /// What it holds, in spans of the section.
    parts: Vec<Part>,
}

impl KnownSections {
    /// Looks at the known sections through a template.
    pub fn new(known: &Known, template: &Template) -> Self {
        let section = |document: Document| Section {
            name: document
                .headings
                .first()
                .map_or_else(String::new, |heading| normalise(&heading.text)),
            fields: document.fields.iter().map(|field| normalise(&field.key)).collect(),
            parts: parts_of(&document, document.own_blocks(0), template).collect(),
        };
        Self(known.documents().map(section).collect())
    }

    /// What stands below a heading, where that section is a known one.
    pub(super) fn parts<'k>(&'k self, document: &Document, heading: usize) -> Option<impl Iterator<Item = Part> + 'k> {
        let at = document.known.binary_search_by_key(&heading, |section| section.heading);
        let section = *document.known.get(at.ok()?)?;
        let parts = &self.get(section)?.parts;
        Some(parts.iter().map(move |part| part.moved(section.at, section.fields)))
    }

    /// The known sections of a document, each with the names of its heading and of its fields.
    pub(super) fn names<'k>(
        &'k self,
        document: &'k Document,
    ) -> impl Iterator<Item = (KnownSection, &'k str, &'k [String])> {
        let sections = document.known.iter();
        sections.filter_map(|section| {
            let known = self.get(*section)?;
            Some((*section, known.name.as_str(), known.fields.as_slice()))
        })
    }

    fn get(&self, section: KnownSection) -> Option<&Section> {
        self.0.get(section.section)
    }
}
