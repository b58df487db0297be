//! The cures of a book's findings, made in memory: the book is looked at again until nothing is left to be cured.
//!
//! What one cure makes may show another, and two that touch the same bytes are made one after the other. Nothing here is
//! written: the texts go back to whoever asked, all of them or none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Checked, Request, check};
use crate::book::Chapters;
use crate::diagnostic::{Applicability, Fix};
use crate::edit::{Edit, apply};
use crate::files::Files;
use crate::source::{SourceFile, Span};

/// How often the book is looked at again. Real books are done at the second look.
const MAX_ROUNDS: usize = 16;

/// A book with its cures made.
#[derive(Debug)]
pub struct Cured {
    /// The files that change, by the paths that they have without links, each as it was and as it is to be.
    pub files: BTreeMap<String, (Arc<SourceFile>, String)>,
    /// The files that would change, and are not the book's alone.
    pub left_alone: BTreeSet<String>,
    /// How many findings were cured.
    pub cured: usize,
    /// What is found in the cured book.
    pub checked: Checked<()>,
    /// How many looks it took. Where the cures come to no end there are none: no file changes.
    pub rounds: Option<usize>,
}

/// Makes the safe cures, with `suggested` those for a person to confirm as well. `watch` sees each file that a look
/// changes, with its edits and its new text.
pub fn cure(
    request: Request<'_>,
    chapters: &Chapters,
    suggested: bool,
    mut watch: impl FnMut(&SourceFile, &[Edit], &str),
) -> Cured {
    let mut cured = Cured {
        files: BTreeMap::new(),
        left_alone: BTreeSet::new(),
        cured: 0,
        checked: check(request, chapters, |_, _, _| ()),
        rounds: None,
    };
    for round in 0..MAX_ROUNDS {
        let (count, edits) = chosen(&cured.checked, suggested);
        if count == 0 {
            cured.rounds = Some(round);
            cured.files.retain(|_, (file, text)| file.text() != text);
            let theirs = offered(&cured.checked, suggested).flat_map(|fix| &fix.edits);
            let theirs = theirs.filter(|edit| !edit.file.is_in_book());
            cured.left_alone = theirs.map(|edit| edit.file.real_path().to_owned()).collect();
            return cured;
        }
        cured.cured += count;
        for (path, (file, edits)) in edits {
            let text = apply(file.text(), &edits).0;
            watch(&file, &edits, &text);
            cured.files.entry(path).or_insert_with(|| (file, String::new())).1 = text;
        }
        let texts = cured.files.iter().map(|(path, (_, text))| (path.clone(), text.clone()));
        let files = request.files.with_texts(&texts.collect());
        let again = Request {
            files: &files,
            ..request
        };
        cured.checked = check(again, &reread(chapters, &files, &cured), |_, _, _| ());
    }
    cured.files.clear();
    cured.cured = 0;
    cured
}

/// The chapters with the texts that they have now.
fn reread(chapters: &Chapters, files: &Files, cured: &Cured) -> Chapters {
    let mut chapters = chapters.clone();
    for chapter in &mut chapters.read {
        if cured.files.contains_key(chapter.file.real_path()) {
            chapter.file = files
                .read(chapter.file.path())
                .unwrap_or_else(|_| Arc::clone(&chapter.file));
        }
    }
    chapters
}

/// The edits of the cures that can be made together, by file, and how many cures they are: of two that touch the same
/// bytes the first, each whole or not at all.
fn chosen(checked: &Checked<()>, suggested: bool) -> (usize, BTreeMap<String, (Arc<SourceFile>, Vec<Edit>)>) {
    let mut files: BTreeMap<String, (Arc<SourceFile>, Slots)> = BTreeMap::new();
    let mut count = 0;
    let ours = |fix: &&Fix| fix.edits.iter().all(|edit| edit.file.is_in_book());
    for fix in offered(checked, suggested).filter(ours) {
        let fits = |files: &BTreeMap<String, (Arc<SourceFile>, Slots)>| {
            let mut edits = fix.edits.iter();
            edits.all(|edit| {
                files
                    .get(edit.file.real_path())
                    .is_none_or(|(_, slots)| slots.fits(&edit.edit))
            })
        };
        if does_something(fix) && fits(&files) {
            count += 1;
            for edit in &fix.edits {
                let file = files.entry(edit.file.real_path().to_owned());
                let (_, slots) = file.or_insert_with(|| (Arc::clone(&edit.file), Slots::default()));
                slots.add(&edit.edit);
            }
        }
    }
    let files = files
        .into_iter()
        .map(|(path, (file, slots))| (path, (file, slots.edits())));
    (count, files.collect())
}

/// The cures that may be made without a person, with `suggested` those that want one as well.
fn offered(checked: &Checked<()>, suggested: bool) -> impl Iterator<Item = &Fix> {
    let fixes = checked.diagnostics.iter().filter_map(|found| found.fix.as_ref());
    fixes.filter(move |fix| suggested || fix.applicability == Applicability::Safe)
}

fn does_something(fix: &Fix) -> bool {
    fix.edits.iter().any(|edit| {
        let span = edit.edit.span;
        edit.file.text().get(span.start..span.end) != Some(edit.edit.text.as_str())
    })
}

/// The edits of one file by their spans; at one place, in the order in which they came.
#[derive(Debug, Default)]
struct Slots(BTreeMap<Span, Vec<String>>);

impl Slots {
    /// Whether an edit is there already, or touches no byte that another one does.
    fn fits(&self, edit: &Edit) -> bool {
        if self.has(edit) {
            return true;
        }
        let Span { start, end } = edit.span;
        let before = Span::at(if start == end { start } else { end });
        let last = self.0.range(..before).next_back().map(|(span, _)| *span);
        last.is_none_or(|last| last.end <= start)
    }

    fn has(&self, edit: &Edit) -> bool {
        self.0.get(&edit.span).is_some_and(|texts| texts.contains(&edit.text))
    }

    fn add(&mut self, edit: &Edit) {
        if !self.has(edit) {
            self.0.entry(edit.span).or_default().push(edit.text.clone());
        }
    }

    fn edits(self) -> Vec<Edit> {
        let edits = |(span, texts): (Span, Vec<String>)| texts.into_iter().map(move |text| Edit::replace(span, text));
        self.0.into_iter().flat_map(edits).collect()
    }
}

#[cfg(test)]
mod tests;
