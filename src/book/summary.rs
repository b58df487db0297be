//! The chapters of a book on disk, by mdBook's own reader of SUMMARY.md.

use mdbook_summary::{SummaryItem, parse_summary};
use pulldown_cmark::{Event, Tag};
use thiserror::Error;

use super::{Chapters, Listed, below, chapters, is_refused, written};
use crate::files::{FileError, Files};
use crate::markdown::Dialect;
use crate::source::Place;

/// Why a book cannot be read from disk.
#[derive(Debug, Error)]
pub enum SummaryError {
    /// There is no summary, or it cannot be read.
    #[error("{0}")]
    File(#[from] FileError),
    /// A chapter is not what mdBook takes for one.
    #[error("{0}")]
    Chapter(FileError),
    /// mdBook does not understand it.
    #[error("`{path}` cannot be read: {why}")]
    Invalid {
        /// The summary.
        path: String,
        /// What mdBook says.
        why: String,
    },
}

/// The chapters that SUMMARY.md in the folder `src` names.
///
/// # Errors
/// Where there is none, mdBook does not understand it, or a chapter is no text, which stops mdBook too.
pub fn of_summary(files: &Files, src: &str) -> Result<Chapters, SummaryError> {
    let path = below(src, "SUMMARY.md");
    let file = files.read(&path)?;
    // With its byte order mark, as mdBook does.
    let summary = parse_summary(file.text()).map_err(|error| SummaryError::Invalid {
        path,
        why: format!("{error:#}"),
    })?;
    let mut named: Vec<Named> = Vec::new();
    for items in [
        &summary.prefix_chapters,
        &summary.numbered_chapters,
        &summary.suffix_chapters,
    ] {
        gather(items, 0, &mut named);
    }
    let listed = named.iter().map(|(name, source, depth)| Listed {
        name,
        source: source.as_deref(),
        page: None,
        content: None,
        depth: *depth,
    });
    let chapters = chapters(files, src, listed);
    let unread = chapters.there.iter().filter_map(|chapter| chapter.unread.as_ref());
    match unread.into_iter().find(|why| !is_refused(why)) {
        Some(why) => Err(SummaryError::Chapter(why.clone())),
        None => Ok(chapters),
    }
}

/// Where SUMMARY.md in the folder `src` lists the chapter at `path`, which is relative to that folder.
pub fn link_in_summary(files: &Files, src: &str, path: &str) -> Option<Place> {
    let file = files.read(&below(src, "SUMMARY.md")).ok()?;
    let mut events = Dialect::default().parser(file.text()).into_offset_iter();
    let span = events.find_map(|(event, range)| match event {
        Event::Start(Tag::Link { dest_url, .. }) if written(&dest_url.replace("%20", " ")) == path => Some(range),
        _ => None,
    })?;
    drop(events);
    Some(Place::new(file, span.into()))
}

/// A chapter's name, its source, and how deep it stands.
type Named = (String, Option<String>, usize);

fn gather(items: &[SummaryItem], depth: usize, named: &mut Vec<Named>) {
    for item in items {
        if let SummaryItem::Link(link) = item {
            let source = link.location.as_ref().map(|path| path.to_string_lossy().into_owned());
            named.push((link.name.clone(), source, depth));
            gather(&link.nested_items, depth + 1, named);
        }
    }
}
