//! The chapters of a book on disk, by mdBook's own reader of SUMMARY.md.

use mdbook_summary::{SummaryItem, parse_summary};
use thiserror::Error;

use super::{Chapter, Listed, Why, below, chapters};
use crate::files::{FileError, Files};

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

/// The chapters that SUMMARY.md in the folder `src` names, and those that it names in vain: path and reason.
///
/// # Errors
/// Where there is none, mdBook does not understand it, or a chapter is no text, which stops mdBook too.
#[allow(clippy::type_complexity, reason = "two lists, taken apart right away")]
pub fn of_summary(files: &Files, src: &str) -> Result<(Vec<Chapter>, Vec<(String, Why)>), SummaryError> {
    let path = below(src, "SUMMARY.md");
    let file = files.read(&path)?;
    let text = file.text().get(file.mark_len()..).unwrap_or("");
    let summary = parse_summary(text).map_err(|error| SummaryError::Invalid {
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
    let mut unread = Vec::new();
    for source in named.iter().filter_map(|(_, source, _)| source.as_deref()) {
        let path = below(src, source);
        match files.read(&path) {
            Ok(_) => {}
            // mdBook makes the file, or reads it where archdoc does not: the book is good, the chapter not checked.
            Err(FileError::Missing(_)) => unread.push((path, Why::Unread("the file does not exist"))),
            Err(FileError::Outside(_)) => unread.push((path, Why::Unread("the file lies outside the book"))),
            Err(error) => return Err(SummaryError::Chapter(error)),
        }
    }
    Ok((chapters, unread))
}

/// A chapter's name, its source, and how deep it stands.
type Named = (String, Option<String>, usize);

fn gather(items: &[SummaryItem], depth: usize, named: &mut Vec<Named>) {
    for item in items {
        if let SummaryItem::Link(link) = item {
            let source = link
                .location
                .as_ref()
                .map(|path| path.to_string_lossy().replace('\\', "/"));
            named.push((link.name.clone(), source, depth));
            gather(&link.nested_items, depth + 1, named);
        }
    }
}
