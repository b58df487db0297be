//! Asks for the history of a book's documents, once for all of them.
//!
//! It says what of a revision's text counts; what git said is for the facts to judge.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Request, Selected, Session};
use crate::directive::without;
use crate::history::{Book, Chapter, History, Options};
use crate::past::{Revisions, included_revision};
use crate::source::SourceFile;

/// The history of the chapters of all documents.
pub fn of<'s>(session: &Session, request: Request<'_>, documents: impl Iterator<Item = &'s Selected<'s>>) -> History {
    let documents: Vec<&Selected<'_>> = documents.collect();
    let mut of_chapter = BTreeMap::new();
    let mut chapters = Vec::new();
    for document in &documents {
        for chapter in document.chapters.iter().filter(|chapter| chapter.file.on_disk()) {
            of_chapter.insert(chapter.file.real_path(), document.template);
            chapters.push(Chapter {
                path: chapter.file.real_path(),
                text: Some(chapter.file.text()),
            });
        }
    }
    // A change log may stand in a file of its own. Code is left alone: it has no rows, and much history.
    let included: BTreeMap<&str, &SourceFile> = documents
        .iter()
        .flat_map(|document| document.document.text.files())
        .map(|file| (file.real_path(), file.as_ref()))
        .filter(|(path, file)| path.ends_with(".md") && file.on_disk() && !of_chapter.contains_key(path))
        .collect();
    chapters.extend(included.iter().map(|(path, file)| Chapter {
        path,
        text: Some(file.text()),
    }));
    let root = session.files.root();
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let book = Book {
        root: &root,
        source: &session.config.site.src,
        chapters: &chapters,
    };
    let options = Options {
        ignore_authors: session.config.settings.history.ignore_authors.clone(),
        pipeline: request.history.pipeline,
        timeout: session.config.settings.history.timeout,
        ..Options::default()
    };
    // Most chapters are committed as they are on disk, and are read already; but not as parts of a whole.
    let mut now = BTreeMap::new();
    for document in &documents {
        if let ([chapter], []) = (document.chapters.as_slice(), document.document.chapters.as_slice()) {
            now.insert(chapter.file.real_path(), (&document.document, &document.outline));
        }
    }
    let readers: RefCell<BTreeMap<String, Revisions<'_>>> = RefCell::default();
    request.history.source.history(&book, &options, &|path, text| {
        let text = &*without(text);
        if included.contains_key(path) {
            return included_revision(text);
        }
        let Some(template) = of_chapter.get(path) else {
            return Default::default();
        };
        let mut readers = readers.borrow_mut();
        let reader = readers
            .entry(path.to_owned())
            .or_insert_with(|| Revisions::new(template, session.config.site.dialect, now.get(path).copied()));
        reader.read(text)
    })
}
