//! What git knows of one document, over all its chapters.

use jiff::civil::Date;

use crate::history::{DocumentHistory, History, Kind, Revision, Working};
use crate::settings::HistoryConfig;

/// The past of one document.
#[derive(Debug, Clone)]
pub struct Past<'a> {
    /// The history of the whole book.
    pub history: &'a History,
    /// The histories of its chapters, its own first. Those that are not on disk have none, and those that are in no
    /// commit now have none that is theirs.
    pub chapters: Vec<&'a DocumentHistory>,
    /// Whether one of its chapters is in no commit.
    pub untracked: bool,
    /// Commits before this day do not count.
    pub since: Option<Date>,
    /// Whether pages show it.
    pub show: bool,
}

impl<'a> Past<'a> {
    /// The past of the document that the chapters at `paths` make.
    pub fn of<'p>(history: &'a History, paths: impl Iterator<Item = &'p str>, config: &HistoryConfig) -> Self {
        let known = |path: &'p str| history.documents.iter().find(|document| document.path == path);
        let all: Vec<&DocumentHistory> = paths.filter_map(known).collect();
        let is_tracked = |chapter: &&DocumentHistory| chapter.working != Working::Untracked;
        Self {
            history,
            untracked: !all.iter().all(is_tracked),
            chapters: all.into_iter().filter(is_tracked).collect(),
            since: config.since,
            show: config.show,
        }
    }

    /// The newest revision that changed what the document says; none where there is none, and where one that nobody
    /// knows may be newer.
    pub fn last_content(&self) -> Option<&'a Revision> {
        let last = self.chapters.iter().filter_map(|chapter| chapter.last_content());
        last.max_by_key(|revision| (revision.commit.time, std::cmp::Reverse(revision.commit.index)))
    }

    /// The day of the newest commit that changed what the document says; none where it is not known.
    pub fn last_change(&self) -> Option<Date> {
        self.last_content()?.commit.date
    }

    /// Whether there are edits that no commit has.
    pub fn is_uncommitted(&self) -> bool {
        let edited = |chapter: &&DocumentHistory| matches!(chapter.working, Working::Edited(Kind::Content, _));
        self.untracked || self.chapters.iter().any(edited)
    }
}
