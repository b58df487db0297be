//! Where a reader finds what a document says: the page, and the id of the heading above it.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::markdown::Dialect;
use crate::source::Span;

/// A page of the book, and the id of a heading on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The page's path, relative to the folder of the chapters; empty where there is none to link to.
    pub page: String,
    /// The id of the heading; empty for the page itself.
    pub id: String,
}

/// The headings of a document's pages with the ids that mdBook gives them.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    pages: Vec<PageHeadings>,
}

#[derive(Debug, Clone)]
struct PageHeadings {
    /// Where the chapter's text begins in the document's.
    start: usize,
    page: String,
    ids: BTreeMap<usize, String>,
}

impl Targets {
    /// The targets of a document on these pages, a page a chapter.
    pub fn new(document: &Document, pages: &[&str], dialect: Dialect) -> Self {
        let text = document.text.as_str();
        let start = |chapter: usize| document.chapters.get(chapter).copied();
        let pages = pages.iter().enumerate().map(|(chapter, page)| {
            let from = start(chapter).unwrap_or(0);
            let part = text.get(from..start(chapter + 1).unwrap_or(text.len()));
            let ids = dialect.heading_ids(part.unwrap_or(""));
            PageHeadings {
                start: from,
                page: (*page).to_owned(),
                ids: ids.into_iter().map(|(at, id)| (from + at, id)).collect(),
            }
        });
        Self { pages: pages.collect() }
    }

    /// Where the document begins.
    pub fn start(&self) -> Target {
        let page = self.pages.first().map(|chapter| chapter.page.clone());
        Target {
            page: page.unwrap_or_default(),
            id: String::new(),
        }
    }

    /// The heading that `span` stands under.
    pub fn of(&self, span: Span) -> Target {
        let Some(chapter) = self.pages.iter().rev().find(|chapter| chapter.start <= span.start) else {
            return Target::default();
        };
        let id = chapter.ids.range(..=span.start).next_back();
        Target {
            page: chapter.page.clone(),
            id: id.map(|(_, id)| id.clone()).unwrap_or_default(),
        }
    }
}
