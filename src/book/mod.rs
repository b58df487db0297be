//! The book: its chapters, which of them are documents, and their text as a reader will see it.
//!
//! The host and the command line bring their chapters in different ways and get the same book. What is checked is
//! what the author has on disk; this room never looks at what a document says, only at whether it is one.

mod assemble;
mod authored;
mod include;
mod link;
mod listing;
mod select;
mod summary;

use std::sync::Arc;

pub use assemble::{Assembly, Member, assemble};
pub use authored::authored;
pub use include::{BrokenInclude, Expanded, UnreadBy, expand};
pub use link::dead_link;
pub use listing::{NotListed, listing_line, with_chapter};
pub use select::{Selection, Why, add_marked_templates, is_excluded, select};
pub use summary::{SummaryError, link_in_summary, of_summary};

use crate::cores::{Cores, each};
use crate::files::{FileError, Files, normal};
use crate::source::SourceFile;

/// A chapter of the book that has a text.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its name in the summary.
    pub name: String,
    /// Its path relative to the folder of the chapters, with forward slashes.
    pub path: String,
    /// Its text as its author has it; empty where archdoc does not read it.
    pub file: Arc<SourceFile>,
    /// Why archdoc does not read it, though mdBook does.
    pub unread: Option<FileError>,
    /// The path of its page, which links lead to, relative to the folder of the chapters.
    pub page: String,
    /// Its index among the host's chapters, drafts included.
    pub index: usize,
    /// How deep it stands in the summary: 0 at the top.
    pub depth: usize,
}

/// A chapter as the host or the summary names it.
#[derive(Debug, Clone)]
pub struct Listed<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its source relative to the folder of the chapters; none for a draft and for what a preprocessor made.
    pub source: Option<&'a str>,
    /// Where its page stands, if the host put it elsewhere than the source.
    pub page: Option<&'a str>,
    /// The text that the host sent; none on the command line.
    pub content: Option<&'a str>,
    /// How deep it stands in the summary: 0 at the top.
    pub depth: usize,
}

/// The chapters that a book lists.
#[derive(Debug, Clone, Default)]
pub struct Chapters {
    /// Those that there are, in the book's order.
    pub there: Vec<Chapter>,
    /// The files of those that are not there, relative to the book's root.
    pub missing: Vec<String>,
}

impl Chapters {
    /// The paths of those that there are, relative to the folder of the chapters.
    pub fn paths(&self) -> Vec<&str> {
        self.there.iter().map(|chapter| chapter.path.as_str()).collect()
    }
}

/// The chapters that `listed` names, below the folder `src`. Drafts have no text and are left out.
///
/// A chapter whose file is not there, or cannot be read, is what the host sent, and its lines are nobody's. What archdoc
/// does not read is not checked, whatever the host sent: the command line has no other text.
pub fn chapters<'a>(files: &Files, src: &str, listed: impl IntoIterator<Item = Listed<'a>>) -> Chapters {
    // Each is a file to be read.
    let listed: Vec<(usize, Listed<'a>)> = listed.into_iter().enumerate().collect();
    let mut chapters = Chapters::default();
    for chapter in each(&Cores::all(), listed, |(index, listed)| {
        chapter(files, src, index, &listed)
    }) {
        match chapter {
            None => {}
            Some(Ok(chapter)) => chapters.there.push(chapter),
            Some(Err(missing)) => chapters.missing.push(missing),
        }
    }
    chapters
}

fn chapter(files: &Files, src: &str, index: usize, listed: &Listed<'_>) -> Option<Result<Chapter, String>> {
    let path = listed.source.map(written).unwrap_or_else(|| listed.name.to_owned());
    let content = listed.content.filter(|content| !content.is_empty());
    let unsaved = || content.map(|content| SourceFile::unsaved(path.clone(), content));
    let place = || written(&below(src, &path));
    let (file, unread) = match listed.source.map(|source| files.read(&below(src, source))) {
        None => (unsaved()?, None),
        Some(Ok(file)) => (file, None),
        Some(Err(why)) => match (unsaved().filter(|_| !is_refused(&why)), why) {
            (Some(file), _) => (file, None),
            (None, FileError::Missing(_)) => return Some(Err(place())),
            (None, why) => (SourceFile::unsaved(place(), ""), Some(why)),
        },
    };
    Some(Ok(Chapter {
        name: listed.name.to_owned(),
        page: listed.page.map_or_else(|| path.clone(), written),
        path,
        file,
        unread,
        index,
        depth: listed.depth,
    }))
}

/// Whether mdBook reads a file and archdoc does not.
fn is_refused(why: &FileError) -> bool {
    matches!(why, FileError::Outside { .. } | FileError::TooLarge(_))
}

/// A path that SUMMARY.md or the host writes, in the one form that all who compare it know: `./a/../b.md` is `b.md`.
fn written(path: &str) -> String {
    normal(path).unwrap_or_else(|| path.to_owned())
}

/// The way from one page of the book to another, both relative to the folder of the chapters.
pub fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let folders = from.len().saturating_sub(1).min(to.len().saturating_sub(1));
    let common = from.iter().zip(&to).take(folders).take_while(|(a, b)| a == b).count();
    let up = from.len().saturating_sub(1 + common);
    let down = to.get(common..).unwrap_or(&[]).join("/");
    format!("{}{down}", "../".repeat(up))
}

/// `path`, meant in the folder of the chapters, relative to the book's root.
pub fn below(src: &str, path: &str) -> String {
    let joined = if src.is_empty() {
        path.to_owned()
    } else {
        format!("{src}/{path}")
    };
    // What lies behind a folder that is a link, the files know: `..` stays where it is.
    match path.contains("..") {
        true => joined,
        false => written(&joined),
    }
}
