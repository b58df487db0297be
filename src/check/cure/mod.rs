//! The cures of a book's findings, made in memory: the book is looked at again until nothing is left to be cured.
//!
//! What one cure makes may show another, and two that touch the same bytes are made one after the other. Nothing here is
//! written: the texts go back to whoever asked, all of them or none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Checked, Request, Session};
use crate::diagnostic::{Applicability, Diagnostic, FileEdit, Fix};
use crate::edit::{Edit, apply};
use crate::files::Changes;
use crate::source::{SourceFile, Span};

/// How often the book is looked at again. Real books are done at the second look.
const MAX_ROUNDS: usize = 64;

/// In how many rounds the same cure is made: what is asked for once more does not help. A template may have some sections
/// of the same name, each put in behind the other.
const MAX_REPEATS: usize = 8;

/// Something for each of some files, by their paths.
type PerFile<T> = BTreeMap<String, (Arc<SourceFile>, T)>;

/// What makes a cure the same as another one, wherever they are made: its finding's rule and message, and what it writes.
type Key = (&'static str, String, Vec<String>);

/// A book with its cures made.
#[derive(Debug)]
pub struct Cured {
    /// The files that change, by the paths that they have without links, each as it was and as it is to be.
    pub files: PerFile<String>,
    /// The files that would change, and are not the book's alone.
    pub left_alone: BTreeSet<String>,
    /// How many findings were cured.
    pub cured: usize,
    /// What is found in the cured book.
    pub checked: Checked<()>,
    /// How many looks it took. Where the cures come to no end there are none: no file changes.
    pub rounds: Option<usize>,
}

impl Session {
    /// The book with the safe cures made, with `suggested` those for a person to confirm as well. `watch` sees each file that
    /// a look changes, with its edits and its new text.
    ///
    /// A cure after which its finding is there again is not made at all.
    pub fn cure(
        &self,
        request: Request<'_>,
        suggested: bool,
        mut watch: impl FnMut(&SourceFile, &[Edit], &str),
    ) -> Cured {
        let mut useless: BTreeSet<Key> = BTreeSet::new();
        loop {
            let (cured, again) = without(self, request, suggested, &useless, &mut watch);
            let known = useless.len();
            useless.extend(again);
            if useless.len() == known {
                return cured;
            }
        }
    }
}

/// The same, without the cures that are of no use, and those that turned out to be.
fn without(
    session: &Session,
    request: Request<'_>,
    suggested: bool,
    useless: &BTreeSet<Key>,
    watch: &mut impl FnMut(&SourceFile, &[Edit], &str),
) -> (Cured, Vec<Key>) {
    let mut made: BTreeMap<Key, usize> = BTreeMap::new();
    let mut cured = Cured {
        files: BTreeMap::new(),
        left_alone: BTreeSet::new(),
        cured: 0,
        checked: session.check(request, |_, _, _| ()),
        rounds: None,
    };
    for round in 0..MAX_ROUNDS {
        let (fixes, edits) = chosen(&cured.checked, suggested, useless);
        if fixes.is_empty() {
            cured.rounds = Some(round);
            cured.files.retain(|_, (file, text)| file.text() != text);
            let theirs = offered(&cured.checked, suggested).flat_map(|(_, fix)| &fix.edits);
            let theirs = theirs.filter(|edit| !edit.file.is_in_book());
            cured.left_alone = theirs.map(|edit| edit.file.real_path().to_owned()).collect();
            return (cured, Vec::new());
        }
        cured.cured += fixes.len();
        for key in fixes.into_iter().collect::<BTreeSet<_>>() {
            *made.entry(key).or_default() += 1;
        }
        let again = made.iter().filter(|(_, rounds)| **rounds > MAX_REPEATS);
        let again: Vec<Key> = again.map(|(key, _)| key.clone()).collect();
        if !again.is_empty() {
            return (cured, again);
        }
        for (path, (file, edits)) in edits {
            let text = apply(file.text(), &edits).0;
            watch(&file, &edits, &text);
            cured.files.entry(path).or_insert_with(|| (file, String::new())).1 = text;
        }
        let texts = cured.files.iter();
        let texts: Changes = texts
            .map(|(path, (_, text))| (path.clone(), Some(text.clone())))
            .collect();
        // What no cure may do: leave something that is no book.
        let Ok(session) = session.after(&texts) else { break };
        cured.checked = session.check(request, |_, _, _| ());
    }
    cured.files.clear();
    cured.cured = 0;
    (cured, Vec::new())
}

/// The cures that can be made together, and their edits by file: of two that touch the same line the first, each whole or
/// not at all.
fn chosen(checked: &Checked<()>, suggested: bool, useless: &BTreeSet<Key>) -> (Vec<Key>, PerFile<Vec<Edit>>) {
    let mut files: PerFile<Slots> = BTreeMap::new();
    let mut keys = Vec::new();
    let ours = |(_, fix): &(&Diagnostic, &Fix)| fix.edits.iter().all(|edit| edit.file.is_in_book());
    for (found, fix) in offered(checked, suggested).filter(ours) {
        let texts = fix.edits.iter().map(|edit| edit.edit.text.clone()).collect();
        let key = (found.rule, found.message.clone(), texts);
        let fits = |edit: &FileEdit| {
            files
                .get(edit.file.real_path())
                .is_none_or(|(_, slots)| slots.fits(edit))
        };
        if useless.contains(&key) || !fix.edits.iter().any(does_something) || !fix.edits.iter().all(fits) {
            continue;
        }
        keys.push(key);
        for edit in &fix.edits {
            let file = files.entry(edit.file.real_path().to_owned());
            let (_, slots) = file.or_insert_with(|| (Arc::clone(&edit.file), Slots::default()));
            slots.add(edit);
        }
    }
    let files = files
        .into_iter()
        .map(|(path, (file, slots))| (path, (file, slots.edits())));
    (keys, files.collect())
}

/// The cures that may be made without a person, with `suggested` those that want one as well.
fn offered(checked: &Checked<()>, suggested: bool) -> impl Iterator<Item = (&Diagnostic, &Fix)> {
    let fixes = checked
        .diagnostics
        .iter()
        .filter_map(|found| Some((found, found.fix.as_ref()?)));
    fixes.filter(move |(_, fix)| suggested || fix.applicability == Applicability::Safe)
}

fn does_something(edit: &FileEdit) -> bool {
    let span = edit.edit.span;
    edit.file.text().get(span.start..span.end) != Some(edit.edit.text.as_str())
}

/// The edits of one file by the lines that they change; those that only put something in, by the place, in the order in
/// which they came.
#[derive(Debug, Default)]
struct Slots(BTreeMap<Span, Vec<Edit>>);

impl Slots {
    fn place(edit: &FileEdit) -> Span {
        match edit.edit.span {
            span if span.is_empty() => span,
            // With the empty lines around them: what two edits take away may be all that keeps two blocks apart.
            span => {
                let (text, lines) = (edit.file.text(), edit.file.lines_of(span));
                let above = text.get(..lines.start).unwrap_or("").trim_end().len();
                let below = text.get(lines.end..).unwrap_or("").trim_start().len();
                Span::new(above, text.len() - below)
            }
        }
    }

    /// Whether an edit is there already, or shares no line with another one.
    fn fits(&self, edit: &FileEdit) -> bool {
        let Span { start, end } = Self::place(edit);
        let last = self.0.range(..Span::at(end)).next_back().map(|(span, _)| *span);
        self.has(edit) || last.is_none_or(|last| last.end <= start)
    }

    fn has(&self, edit: &FileEdit) -> bool {
        let here = self.0.get(&Self::place(edit));
        here.is_some_and(|edits| edits.contains(&edit.edit))
    }

    fn add(&mut self, edit: &FileEdit) {
        if !self.has(edit) {
            self.0.entry(Self::place(edit)).or_default().push(edit.edit.clone());
        }
    }

    fn edits(self) -> Vec<Edit> {
        self.0.into_values().flatten().collect()
    }
}

#[cfg(test)]
mod tests;
