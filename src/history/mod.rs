//! What the version control knows about each chapter: its revisions, who made them and what they changed.
//!
//! This room never reads Markdown (the caller derives facts from a revision's text), never reads the environment, never
//! writes, and never guesses: what a clone does not hold is unknown, not a date.

mod assemble;
#[cfg(test)]
mod fixed;
mod follow;
mod git;
mod graph;
mod parse;
mod paths;
mod people;
mod probe;
mod process;
mod state;
#[cfg(test)]
mod tests;
mod waiting;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

#[cfg(test)]
pub use fixed::{Fixed, FixedChange, FixedCommit};
pub use git::Git;
pub use graph::{Ancestors, Graph};
#[cfg(test)]
pub use state::Reason;
pub use state::{Cause, Pipeline, State};

use crate::settings::HistoryConfig;

/// Where the history of a book comes from: the git program ([`Git`]) or, in tests, a script.
pub trait Source {
    /// The history of each chapter of `book`, in the order of `book.chapters`. It cannot fail: what could not be read
    /// is said in the state. `derive` runs once for each distinct text of a chapter.
    fn history(&self, book: &Book<'_>, options: &Options, derive: Derive<'_>) -> History;
}

/// Reads facts out of a text: the first argument is the chapter's path, the second one revision of its text.
pub type Derive<'a> = &'a dyn Fn(&str, &str) -> RevisionFacts;

/// The book whose history is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Book<'a> {
    /// Absolute directory of `book.toml`.
    pub root: &'a Path,
    /// Directory of the chapters, relative to `root`, with forward slashes; where it is a symbolic link, what that leads
    /// to. Renames are followed within it.
    pub source: &'a str,
    /// Chapters in book order.
    pub chapters: &'a [Chapter<'a>],
}

/// One chapter whose history is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Chapter<'a> {
    /// Path relative to the book's root, with forward slashes. Of a symbolic link, the file that it leads to, which may
    /// lie beside the book, `../svc/ARCH.md`: git knows a link's text as where it leads.
    pub path: &'a str,
    /// Text on disk, to tell uncommitted edits; `None` where it is not known.
    pub text: Option<&'a str>,
}

/// What shapes the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// File that lists commits to leave out, relative to the top of the repository, as `git blame` reads it.
    pub ignore_revs: String,
    /// Author names to leave out. `*` stands for any characters, everything else for itself, in any case.
    pub ignore_authors: Vec<String>,
    /// Pipeline that the program runs in, for the cure of a shallow clone.
    pub pipeline: Option<Pipeline>,
    /// How long git is waited for, all of its commands together.
    pub timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ignore_revs: ".git-blame-ignore-revs".to_owned(),
            ignore_authors: vec!["*[bot]".to_owned()],
            pipeline: None,
            timeout: HistoryConfig::default().timeout,
        }
    }
}

/// What the layer above reads out of one revision of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RevisionFacts {
    /// The version field, as written.
    pub version: Option<String>,
    /// Name of each section and a hash of its normalised text, in document order.
    pub sections: Vec<(String, u64)>,
    /// Kind (such as `decision`) and key of each item.
    pub items: Vec<(String, String)>,
    /// Hash of the normalised text without change log, review, header and footer.
    pub content: u64,
    /// Keys of the hand-written rows of the change log.
    pub rows: Vec<String>,
}

/// All that is known of a book's past.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The book's own repository first, then those nested in it (submodules).
    pub repositories: Vec<Repository>,
    /// One for each chapter asked for, in that order.
    pub documents: Vec<DocumentHistory>,
}

/// One repository that holds chapters.
#[derive(Clone, Debug, PartialEq)]
pub struct Repository {
    /// Its directory relative to the book's root; empty for the one that holds the book.
    pub directory: String,
    /// How much of it could be read.
    pub state: State,
    /// Full hash of the commit that is checked out.
    pub head: Option<String>,
    /// How its commits descend from each other.
    pub graph: Graph,
}

/// The past of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentHistory {
    /// Path of the chapter as it was asked for.
    pub path: String,
    /// Position in [`History::repositories`].
    pub repository: usize,
    /// Newest first: by author time, then by descent, then by hash.
    pub revisions: Vec<Revision>,
    /// Facts of the committed text; `None` where it is untracked or cannot be read.
    pub head: Option<Arc<RevisionFacts>>,
    /// How the text on disk differs from the committed one.
    pub working: Working,
    /// What the document held where a shallow clone is cut off, once for each cut that has it; `None` where its text is
    /// not known. Empty: all revisions are known.
    pub baselines: Vec<Option<Arc<RevisionFacts>>>,
}

/// One commit, shared by the documents that it touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Position in [`History::repositories`].
    pub repository: usize,
    /// Position in the walk: a commit comes before its ancestors.
    pub index: usize,
    /// Full hash, lower-case hexadecimal.
    pub hash: String,
    /// Day of authorship where the author was; `None` where the commit does not say.
    pub date: Option<Date>,
    /// Seconds since 1970 of authorship, for ordering.
    pub time: i64,
    /// Author as the mailmap names them, never an e-mail address. Text from outside: escape it.
    pub author: String,
    /// First paragraph of the message on one line. Text from outside: escape it, and cut it where room is short.
    pub subject: String,
    /// The trailers that are understood, in the order of the message.
    pub trailers: Vec<Trailer>,
}

impl Commit {
    /// What people are shown of its hash.
    pub fn short(&self) -> &str {
        short(&self.hash)
    }
}

/// The first ten digits of a hash: always as many, whatever the size of the repository or the user's settings.
pub fn short(hash: &str) -> &str {
    hash.get(..10).unwrap_or(hash)
}

/// A line at the end of a commit message that is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trailer {
    /// `Reviewed-by:`, the name alone.
    ReviewedBy(String),
    /// `Co-authored-by:`, the name alone.
    CoAuthoredBy(String),
    /// `Arch-Change:`, the text for the change log; `skip` leaves the commit out.
    ArchChange(String),
}

/// What one commit did to one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The commit.
    pub commit: Arc<Commit>,
    /// Path in that commit, relative to the top of the repository.
    pub path: String,
    /// What happened to the file.
    pub change: Change,
    /// What that amounts to.
    pub kind: Kind,
    /// Sections that it changed: those that stand, in document order, then those removed. `None` where a text is unknown.
    pub sections: Option<Vec<SectionChange>>,
    /// Facts before; `None` where there was no file or its text is unknown.
    pub before: Option<Arc<RevisionFacts>>,
    /// Facts after; likewise.
    pub after: Option<Arc<RevisionFacts>>,
}

impl Revision {
    /// The version field in this revision.
    pub fn version(&self) -> Option<&str> {
        self.after.as_ref()?.version.as_deref()
    }

    /// Keys of the hand-written rows that this revision added; none where a text is unknown.
    pub fn added_rows(&self) -> Vec<&str> {
        self.added(|facts| &facts.rows)
            .into_iter()
            .map(String::as_str)
            .collect()
    }

    /// Kind and key of the items that this revision added; none where a text is unknown.
    pub fn added_items(&self) -> Vec<&(String, String)> {
        self.added(|facts| &facts.items)
    }

    fn added<T: PartialEq>(&self, list: impl Fn(&RevisionFacts) -> &Vec<T>) -> Vec<&T> {
        let (Some(_), Some(after)) = (&self.sections, &self.after) else {
            return Vec::new();
        };
        let before = self.before.as_deref().map(&list);
        list(after)
            .iter()
            .filter(|one| !before.is_some_and(|before| before.contains(one)))
            .collect()
    }
}

/// What happened to the file of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It came into being (a copy counts as new).
    Added,
    /// Its text or mode changed.
    Modified,
    /// It went away.
    Deleted,
    /// It came from this path, perhaps with edits.
    Renamed(String),
}

/// What a revision amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What the document says changed, or may have, where a text is unknown.
    Content,
    /// Only change log, review, header or footer changed.
    Bookkeeping,
    /// Nothing that the facts see changed: whitespace, or the file's mode.
    Formatting,
    /// Only the path changed.
    RenameOnly,
    /// Left out, whatever it changed.
    Ignored(Ignored),
}

/// Why a commit is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// The ignore-revs file lists it.
    Listed,
    /// Its author matches `ignore_authors`.
    Author,
    /// Its message says `Arch-Change: skip`.
    Trailer,
}

/// A section that a revision changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionChange {
    /// Name of the section, as the facts have it.
    pub section: String,
    /// What happened to it.
    pub what: SectionEdit,
}

/// What happened to a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionEdit {
    /// It is new.
    Added,
    /// Its text is another.
    Edited,
    /// It is gone.
    Removed,
}

/// How the text on disk stands to the committed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Working {
    /// The same, line ends aside.
    Clean,
    /// Edits that no commit has: what they amount to (content, bookkeeping or formatting) and the sections they change.
    Edited(Kind, Vec<SectionChange>),
    /// The commit that is checked out does not have the file.
    Untracked,
    /// Not known: no text was handed in, or git could not be asked.
    Unknown,
}

impl History {
    /// How much is known, over all repositories: known only if each is, unavailable only if each is.
    pub fn state(&self) -> State {
        State::merged(self.repositories.iter().map(|one| (one.directory.as_str(), &one.state)))
    }

    /// `commit` and all its ancestors. No process runs for it.
    pub fn ancestors(&self, commit: &Commit) -> Ancestors {
        match self.repositories.get(commit.repository) {
            Some(repository) => repository.graph.ancestors(commit.repository, commit.index),
            None => Ancestors::default(),
        }
    }
}

impl DocumentHistory {
    /// The revision that first had the item; `None` where it is uncommitted or was there before what is known.
    pub fn first_seen(&self, kind: &str, key: &str) -> Option<&Revision> {
        let is_it = |item: &(String, String)| item.0 == kind && item.1 == key;
        let older = self
            .baselines
            .iter()
            .all(|one| one.as_ref().is_some_and(|facts| !facts.items.iter().any(is_it)));
        if !older {
            return None;
        }
        for revision in self.revisions.iter().rev() {
            revision.sections.as_ref()?;
            if revision.added_items().into_iter().any(is_it) {
                return Some(revision);
            }
        }
        None
    }

    /// The newest revision that changed what the document says.
    pub fn last_content(&self) -> Option<&Revision> {
        self.revisions.iter().find(|revision| revision.kind == Kind::Content)
    }
}
