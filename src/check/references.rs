//! Which references of a document lead nowhere within the book. It asks the book's files, and judges nothing.

use super::Session;
use crate::book::{Chapter, dead_link};
use crate::document::Document;
use crate::facts::DeadReference;
use crate::record::Records;

/// The references whose link the book's own files show to be dead.
pub fn dead(session: &Session, chapters: &[Chapter], document: &Document, records: &Records) -> Vec<DeadReference> {
    let dead = records.references.iter().filter_map(|reference| {
        let target = reference.target.as_deref().filter(|_| reference.linked)?;
        let at = reference.text.span.start;
        let behind = document.chapters.iter().filter(|start| **start <= at).count();
        let chapter = chapters.get(behind.saturating_sub(1))?;
        let why = dead_link(&session.files, &chapter.file, target, session.config.site.dialect)?;
        let text = reference.text.clone();
        Some(DeadReference { text, why })
    });
    dead.collect()
}
