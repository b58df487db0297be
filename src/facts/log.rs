//! The change log as it should be: what people wrote, and the commits that they forgot.
//!
//! Hand-written rows are authoritative: they stay as they are, and a commit that one of them tells of is not told
//! twice. It renders nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Facts;
use crate::history::{self, Ancestors, Commit, DocumentHistory, Kind, Revision, Trailer, Working};
use crate::markdown::one_line;
use crate::naming;
use crate::past::{bookkeeping, row_key};
use crate::record::ChangeLog;
use crate::values::read_version;

/// A commit that changed what the document says, and that its change log does not tell of.
#[derive(Debug, Clone)]
pub struct Unlogged<'a> {
    /// The commit.
    pub commit: &'a Commit,
    /// The version that it belongs to; none where that is yet to be released.
    pub version: Option<String>,
    /// The names of the sections that it changed, as the document has them; none where they are not known.
    pub sections: Vec<String>,
    /// What it says of itself, on one line. Text from outside: escape it.
    pub text: String,
}

/// A commit and what it did to the document, over all chapters of it.
struct Change<'a> {
    commit: &'a Commit,
    revisions: Vec<&'a Revision>,
}

impl<'a> Facts<'a> {
    /// The commits that the change log does not tell of, newest first. None where git knows nothing of the document.
    pub fn unlogged(&self) -> &[Unlogged<'a>] {
        self.once.unlogged.get_or_init(|| self.not_in_log())
    }

    fn not_in_log(&self) -> Vec<Unlogged<'a>> {
        // Rows may stand in what was not read.
        let Some(past) = self.past.as_ref().filter(|_| self.outline.is_whole) else {
            return Vec::new();
        };
        let log = self.records.change_log.as_ref();
        let elsewhere = log.and_then(|log| self.log_file(log));
        // Of a file that git does not know, nobody can say what its rows cover.
        if self.adds_a_row() || elsewhere.is_some_and(|file| file.is_none_or(is_written)) {
            return Vec::new();
        }
        let covered = self.covered();
        let changes = self.changes();
        let versions = self.versions(&changes);
        let sections = self.section_names();
        let mut unlogged = Vec::new();
        for (change, version) in changes.into_iter().zip(versions) {
            let commit = change.commit;
            let content = change.revisions.iter().any(|revision| revision.kind == Kind::Content);
            let recent = past
                .since
                .is_none_or(|since| commit.date.is_none_or(|date| date >= since));
            let told = covered.iter().any(|covered| covered.contains(commit))
                || log.is_some_and(|log| names(log, self, commit));
            if content && recent && !told {
                unlogged.push(Unlogged {
                    commit,
                    version,
                    sections: changed_of(&sections, &change.revisions),
                    text: said(commit),
                });
            }
        }
        unlogged
    }

    /// What was there when somebody wrote a row: the commits that added one, and all that they descend from. On lines of
    /// history that ran side by side that is the last such commit of each.
    fn covered(&self) -> Vec<Ancestors> {
        let Some(past) = &self.past else {
            return Vec::new();
        };
        let mut rows = self.records.change_log.iter().flat_map(|log| &log.rows);
        let written = rows.any(|row| row_key(row).is_some());
        let mut covered: Vec<Ancestors> = Vec::new();
        let file = self.records.change_log.as_ref().and_then(|log| self.log_file(log));
        let files = past.chapters.iter().copied().chain(file.flatten());
        for revision in files.flat_map(|file| &file.revisions) {
            // Where a text is not known, the row may have come with it.
            let adds = !revision.added_rows().is_empty() || written && revision.sections.is_none();
            if adds && !covered.iter().any(|known| known.contains(&revision.commit)) {
                covered.push(past.history.ancestors(&revision.commit));
            }
        }
        covered
    }

    /// The history of the file that the log stands in, where the document includes it from one of its own; nothing
    /// within where git does not know it.
    fn log_file(&self, log: &ChangeLog) -> Option<Option<&'a DocumentHistory>> {
        let past = self.past.as_ref()?;
        let place = self.document.text.place(log.span)?;
        let path = place.file.real_path();
        if past.chapters.iter().any(|chapter| chapter.path == path) {
            return None;
        }
        let mut known = past.history.documents.iter();
        let file = known.find(|file| file.path == path && file.working != Working::Untracked);
        Some(file)
    }

    /// Whether the text on disk has a row that no commit has: somebody is just writing the log.
    fn adds_a_row(&self) -> bool {
        let Some(past) = &self.past else {
            return false;
        };
        let committed: Vec<&String> = past
            .chapters
            .iter()
            .filter_map(|chapter| chapter.head.as_ref())
            .flat_map(|head| &head.rows)
            .collect();
        let mut rows = self.records.change_log.iter().flat_map(|log| &log.rows);
        !committed.is_empty() && rows.any(|row| row_key(row).is_some_and(|key| !committed.contains(&&key)))
    }

    /// The commits that touched the document, newest first.
    fn changes(&self) -> Vec<Change<'a>> {
        let mut changes: BTreeMap<&str, Change<'a>> = BTreeMap::new();
        for chapter in self.past.iter().flat_map(|past| &past.chapters) {
            for revision in &chapter.revisions {
                let change = changes.entry(revision.commit.hash.as_str()).or_insert(Change {
                    commit: &revision.commit,
                    revisions: Vec::new(),
                });
                change.revisions.push(revision);
            }
        }
        let mut changes: Vec<Change<'a>> = changes.into_values().collect();
        changes.sort_by_key(|change| (Reverse(change.commit.time), change.commit.index));
        changes
    }

    /// The version that each of the changes belongs to: the one that the document bore next, where the log has no row
    /// for it.
    fn versions(&self, changes: &[Change<'a>]) -> Vec<Option<String>> {
        let logged = |version: &str| {
            let rows = self.records.change_log.iter().flat_map(|log| &log.rows);
            let read = read_version(version);
            rows.filter(|row| !row.planned)
                .any(|row| row.version_reading.is_some() && row.version_reading == read)
        };
        let mut next: Option<String> = None;
        let mut versions = Vec::with_capacity(changes.len());
        for (at, change) in changes.iter().enumerate() {
            let version = change.revisions.iter().find_map(|revision| revision.version());
            let before = change
                .revisions
                .iter()
                .find_map(|revision| revision.before.as_ref()?.version.as_deref());
            if let Some(version) = version.filter(|version| at == 0 || before != Some(*version)) {
                next = (!logged(version)).then(|| version.to_owned());
            }
            versions.push(next.clone());
        }
        versions
    }

    /// The document's sections that hold content: the name that revisions know them by, and the one to show.
    pub fn section_names(&self) -> Vec<(String, String)> {
        let log = self.records.change_log.as_ref();
        let bookkeeping = bookkeeping(self.document, self.outline, self.template, log);
        let headings = self.outline.in_sections.iter().filter(|id| !bookkeeping.contains(id));
        let headings = headings.map(|id| &self.document.headings[id]);
        headings
            .filter(|heading| heading.level == self.outline.base)
            .map(|heading| {
                let shown = naming::without_numbering(&heading.text, false).trim();
                (naming::normalise(&heading.text), shown.to_owned())
            })
            .collect()
    }
}

/// Which of the document's sections the revisions changed, by the names to show, in the document's order.
fn changed_of(sections: &[(String, String)], revisions: &[&Revision]) -> Vec<String> {
    let changed: BTreeSet<&str> = revisions
        .iter()
        // Of a document that is new, all is.
        .filter(|revision| revision.change != history::Change::Added)
        .filter_map(|revision| revision.sections.as_ref())
        .flatten()
        .map(|change| change.section.as_str())
        .collect();
    let shown = sections.iter().filter(|(name, _)| changed.contains(name.as_str()));
    shown.map(|(_, shown)| shown.clone()).collect()
}

/// Whether somebody is just writing in a file.
fn is_written(file: &DocumentHistory) -> bool {
    matches!(file.working, Working::Edited(Kind::Content, _))
}

/// Whether a row of the log names a commit: by the first digits of its hash, or by the pull request that it merged.
fn names(log: &ChangeLog, facts: &Facts<'_>, commit: &Commit) -> bool {
    let request = commit.subject.rsplit_once("(#").and_then(|(_, rest)| {
        let (number, _) = rest.split_once(')')?;
        number
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| format!("#{number}"))
    });
    log.rows.iter().any(|row| {
        let text = facts.text(row.span);
        let hash = |word: &str| {
            word.len() >= 7
                && word.bytes().all(|byte| byte.is_ascii_hexdigit())
                && commit.hash.starts_with(&word.to_ascii_lowercase())
        };
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '#');
        words.any(|word| hash(word) || request.as_deref().is_some_and(|request| word == request))
    })
}

/// What a commit says of itself: its trailer for the change log, else its subject without the kind of change.
fn said(commit: &Commit) -> String {
    let trailer = commit.trailers.iter().find_map(|trailer| match trailer {
        Trailer::ArchChange(text) => Some(text.as_str()),
        _ => None,
    });
    one_line(trailer.unwrap_or_else(|| without_kind(&commit.subject)))
}

/// `feat(api)!: text` is `text`.
fn without_kind(subject: &str) -> &str {
    const KINDS: &str = "build chore ci docs doc feat fix perf refactor revert style test";
    let Some((kind, text)) = subject.split_once(": ") else {
        return subject;
    };
    let kind = kind.trim_end_matches('!');
    let word = kind
        .split_once('(')
        .map_or(kind, |(word, scope)| if scope.ends_with(')') { word } else { "" });
    if KINDS.split(' ').any(|known| known == word) {
        text.trim()
    } else {
        subject
    }
}

/// The day of a commit as pages and rows write it; empty where the commit does not say.
pub fn day(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}
