//! The chapters of a book on disk, by mdBook's own reader of SUMMARY.md.

use mdbook_summary::{SummaryItem, parse_summary};
use thiserror::Error;

use super::{Chapter, Listed, below, chapters};
use crate::files::{FileError, Files};

/// Why a book cannot be read from disk.
#[derive(Debug, Error)]
pub enum SummaryError {
    /// There is no summary, or it cannot be read.
    #[error("{0}")]
    File(#[from] FileError),
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
/// Where there is none or mdBook does not understand it.
pub fn of_summary(files: &Files, src: &str) -> Result<Vec<Chapter>, SummaryError> {
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
    Ok(chapters(files, src, listed))
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
