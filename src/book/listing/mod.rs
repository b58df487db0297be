//! A chapter more in SUMMARY.md: where its line stands, and how it is written there. Text in, text out.
//!
//! mdBook's own reader has the last word: what it does not read as the old summary with this one chapter more is not
//! handed out, so that no book stops to build.

mod line;
mod place;
#[cfg(test)]
mod tests;

use std::path::Path;

use mdbook_summary::{Summary, SummaryItem, parse_summary};
use thiserror::Error;

pub use line::listing_line;
use line::{Lines, link};
use place::{Place, is_listed, places};

/// Why a chapter is not added to a summary.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum NotListed {
    /// It is there.
    #[error("SUMMARY.md lists it already")]
    Already,
    /// mdBook does not understand the summary as it is.
    #[error("mdBook cannot read SUMMARY.md: {0}")]
    Unreadable(String),
    /// mdBook would not read what is meant, however it is written and wherever it stands.
    #[error("mdBook would read no line as this chapter and the rest of SUMMARY.md as before")]
    NoLine,
}

/// The summary with a line for the chapter `title` at `path`, which is relative to the folder of the chapters.
///
/// It stands behind the chapters of the same folder, else behind those of the folders beside it, else behind the last
/// one of the numbered chapters.
///
/// # Errors
/// Where the chapter is listed already, or mdBook would not read it as it is meant.
pub fn with_chapter(summary: &str, title: &str, path: &str) -> Result<String, NotListed> {
    let before = parse_summary(summary).map_err(|error| NotListed::Unreadable(format!("{error:#}")))?;
    if is_listed(&before, path) {
        return Err(NotListed::Already);
    }
    let (link, lines) = (link(title, path), Lines::of(summary));
    let written = places(&before, path).into_iter().filter_map(|place| match place {
        Place::Behind(location) => lines.behind(location, &link),
        Place::BehindLink(location) => lines.behind_link(location, &link),
        Place::Last => lines.last(&link),
        Place::End => Some(lines.end(&link)),
        Place::Part => lines.below_heading(&link),
    });
    written
        .into_iter()
        .find(|text| is_one_more(text, &before, title, path))
        .ok_or(NotListed::NoLine)
}

/// Whether mdBook reads the text as `before` with this chapter and nothing else more, and nothing moved.
fn is_one_more(text: &str, before: &Summary, title: &str, path: &str) -> bool {
    let Ok(mut after) = parse_summary(text) else {
        return false;
    };
    let affixes = [&mut after.prefix_chapters, &mut after.suffix_chapters];
    let mut taken: usize = affixes.into_iter().map(|items| take(items, title, path)).sum();
    taken += take(&mut after.numbered_chapters, title, path);
    let mut before = before.clone();
    forget_numbers(&mut before.numbered_chapters);
    forget_numbers(&mut after.numbered_chapters);
    taken == 1 && before == after
}

/// Takes the chapter out of the items, where nothing is nested below it; how often it was there.
fn take(items: &mut Vec<SummaryItem>, title: &str, path: &str) -> usize {
    let count = items.len();
    items.retain(|item| match item {
        SummaryItem::Link(link) => {
            let location = link.location.as_deref();
            location != Some(Path::new(path)) || link.name != title || !link.nested_items.is_empty()
        }
        _ => true,
    });
    let nested = items.iter_mut().filter_map(|item| match item {
        SummaryItem::Link(link) => Some(&mut link.nested_items),
        _ => None,
    });
    let below: usize = nested.map(|items| take(items, title, path)).sum();
    count - items.len() + below
}

/// Those behind a new chapter are other ones.
fn forget_numbers(items: &mut [SummaryItem]) {
    for item in items {
        if let SummaryItem::Link(link) = item {
            link.number = None;
            forget_numbers(&mut link.nested_items);
        }
    }
}
