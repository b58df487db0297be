//! The book: its chapters, which of them are documents, and their text as a reader will see it.
//!
//! The host and the command line bring their chapters in different ways and get the same book. What is checked is
//! what the author has on disk; this room never looks at what a document says, only at whether it is one.

mod assemble;
mod authored;
mod include;
mod link;
mod select;
mod summary;

use std::sync::Arc;

pub use assemble::{Assembly, Member, assemble};
pub use authored::authored;
pub use include::{BrokenInclude, Expanded, expand};
pub use link::dead_link;
pub use select::{Selection, Why, is_excluded, select, with_marked_templates};
pub use summary::{SummaryError, of_summary};

use crate::cores::each;
use crate::files::{Files, normal};
use crate::source::SourceFile;

/// A chapter of the book that has a text.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its name in the summary.
    pub name: String,
    /// Its path relative to the folder of the chapters, with forward slashes.
    pub path: String,
    /// Its text as its author has it.
    pub file: Arc<SourceFile>,
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

/// The chapters that `listed` names, in its order, below the folder `src`. Drafts have no text and are left out.
///
/// A chapter whose file cannot be read is what the host sent, and its lines are nobody's.
pub fn chapters<'a>(files: &Files, src: &str, listed: impl IntoIterator<Item = Listed<'a>>) -> Vec<Chapter> {
    let chapter = |(index, listed): (usize, Listed<'_>)| {
        let path = listed.source.map(|source| source.replace('\\', "/"));
        let on_disk = path.as_ref().and_then(|path| files.read(&below(src, path)).ok());
        let unsaved = || {
            let content = listed.content.filter(|content| !content.is_empty())?;
            Some(SourceFile::unsaved(
                path.clone().unwrap_or_else(|| listed.name.to_owned()),
                content,
            ))
        };
        let file = on_disk.or_else(unsaved)?;
        let path = path.unwrap_or_else(|| listed.name.to_owned());
        Some(Chapter {
            name: listed.name.to_owned(),
            page: listed.page.map_or_else(|| path.clone(), |page| page.replace('\\', "/")),
            path,
            file,
            index,
            depth: listed.depth,
        })
    };
    // Each is a file to be read.
    let listed: Vec<(usize, Listed<'a>)> = listed.into_iter().enumerate().collect();
    each(listed, chapter).into_iter().flatten().collect()
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
    normal(&joined).unwrap_or(joined)
}
