//! The book's own pages: the overview, the registers, the book-wide change log, each as tables.
//!
//! Nobody keeps them by hand. They are made of what was kept of each document, and rendered elsewhere.

mod attention;
mod changes;
mod overview;
mod people;
mod plans;
mod registers;
mod table;
mod technical;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use table::{Cell, PageBlock, Piece, Table, Tone, legend, state};

use super::{Digest, Placed, Target, count};
use crate::directive::{Directive, pages};
use crate::naming;

/// The keys that a marker may have.
pub const PAGE_KEYS: [&str; 4] = ["document", "group", "kind", "limit"];
/// The values of `group`.
pub const GROUPS: [&str; 4] = ["document", "folder", "stage", "template"];

/// How many rows a table has at most where the marker does not say: a browser opens it without effort.
const ROWS: usize = 2_000;

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// What was kept of its documents, in the book's order.
    pub documents: &'a [&'a Digest],
    /// The day that counts as today.
    pub as_of: Date,
    /// `kind`: of what there are several kinds, this one alone.
    pub kind: &'a str,
    /// `limit`: how many rows each table and list may have, where the marker says it.
    pub limit: Option<usize>,
    /// Whether the page speaks of a document in that document: its name is on top of it.
    pub own: bool,
    /// The address of the repository's pages, which commits lead to.
    pub repository: Option<&'a str>,
}

/// One of the book's own pages.
struct Page {
    make: fn(&Book<'_>) -> Vec<PageBlock>,
    kinds: Option<&'static [&'static str]>,
    dated: bool,
}

macro_rules! page_of_word {
    ($($word:literal: $make:path, kinds $kinds:expr, dated $dated:literal;)*) => {
        /// The page that a marker's word stands for.
        fn page(word: &str) -> Option<Page> {
            match word {
                $($word => Some(Page { make: $make, kinds: $kinds, dated: $dated }),)*
                _ => None,
            }
        }
    };
}
pages!(page_of_word);

/// The page that a marker asks for, about all of `book`; none where its word is that of no page.
pub fn parts(marker: &Directive, book: &Book<'_>) -> Option<Vec<PageBlock>> {
    let page = page(&marker.word)?;
    let mut parts = undated(page.make, marker, book);
    if page.dated {
        parts.push(PageBlock::Paragraph(
            Cell::text("As of ").and_all(day(Some(book.as_of))).and("."),
        ));
    }
    Some(parts)
}

fn undated(make: fn(&Book<'_>) -> Vec<PageBlock>, marker: &Directive, book: &Book<'_>) -> Vec<PageBlock> {
    let wanted = marker.option("document");
    let named = |digest: &Digest| names(&digest.path, &digest.target.page, digest.name());
    let is_wanted = |digest: &&Digest| wanted.is_none_or(|wanted| is_named(&named(digest), wanted));
    let documents: Vec<&Digest> = book.documents.iter().copied().filter(is_wanted).collect();
    if let (true, Some(name)) = (documents.is_empty(), wanted) {
        let known = "no document of this book has this name or this path";
        return vec![PageBlock::Paragraph(Cell::text(format!("{name}: {known}.")))];
    }
    let limit = marker.option("limit").and_then(|limit| limit.parse().ok());
    let book = Book {
        documents: &documents,
        kind: marker.option("kind").unwrap_or(""),
        limit: limit.or(book.limit),
        ..*book
    };
    let Some(group) = marker.option("group").filter(|group| GROUPS.contains(group)) else {
        return make(&book);
    };
    let mut groups: BTreeMap<(usize, String), Vec<&Digest>> = BTreeMap::new();
    for (at, digest) in documents.iter().enumerate() {
        let (order, name) = group_of(group, at, digest);
        groups.entry((order, name)).or_default().push(digest);
    }
    let mut parts = Vec::new();
    for ((_, name), documents) in groups {
        let made = make(&Book {
            documents: &documents,
            // The document's name is the caption.
            own: book.own || group == "document",
            ..book
        });
        // A group that has nothing is no group.
        if made
            .iter()
            .any(|part| matches!(part, PageBlock::Table(_) | PageBlock::List(_)))
        {
            parts.push(PageBlock::Caption(name));
            parts.extend(made);
        }
    }
    if parts.is_empty() { make(&book) } else { parts }
}

/// The overview of a book, all of it.
pub fn overview(book: &Book<'_>) -> Vec<PageBlock> {
    overview::parts(book)
}

/// The names that a marker may call a document by: its title, and the path of its page or its file, with its ending or
/// without, or the last part of it. The title is the first one.
pub fn names(path: &str, page: &str, title: &str) -> Vec<String> {
    let mut names = vec![title.to_owned()];
    for path in [page, path] {
        let bare = path.rsplit_once('.').map_or(path, |(bare, _)| bare);
        let last = bare.rsplit('/').next().unwrap_or(bare);
        names.extend([path, bare, last].map(str::to_owned));
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a marker means the document with these names.
pub fn is_named(names: &[String], wanted: &str) -> bool {
    let wanted = naming::normalise(wanted);
    names.iter().any(|name| naming::normalise(name) == wanted)
}

/// What `kind` can be in a marker: none where its page has no kinds, an empty list where they are the documents' own
/// words.
pub fn kinds(word: &str) -> Option<&'static [&'static str]> {
    page(word)?.kinds
}

/// The group of a document: its place among the others, and its name.
fn group_of(group: &str, at: usize, digest: &Digest) -> (usize, String) {
    match group {
        "folder" => {
            let folder = digest.target.page.rsplit_once('/').map_or("", |(folder, _)| folder);
            (
                0,
                if folder.is_empty() {
                    "/".to_owned()
                } else {
                    folder.to_owned()
                },
            )
        }
        "stage" => {
            let order = ["draft", "review", "final"]
                .iter()
                .position(|stage| *stage == digest.stage);
            (order.unwrap_or(0), digest.stage.to_owned())
        }
        "template" => (0, digest.template.clone()),
        _ => (at, digest.name().to_owned()),
    }
}

impl<'a> Book<'a> {
    /// All of a book.
    pub fn new(documents: &'a [&'a Digest], as_of: Date, repository: Option<&'a str>) -> Self {
        Self {
            documents,
            as_of,
            kind: "",
            limit: None,
            own: false,
            repository,
        }
    }

    /// The column with the document, where there are several.
    fn document(&self, digest: &Digest, target: &Target) -> Cell {
        if self.own {
            Cell::default()
        } else {
            Cell::link(digest.name(), target)
        }
    }

    /// Words that lead to their place where they have to: there is no column with the document that would do it.
    fn leading(&self, text: &str, target: &Target) -> Cell {
        if self.own {
            Cell::default().and_link(text, target)
        } else {
            Cell::text(text)
        }
    }

    /// The records of all documents, each with its document.
    fn all<T: 'a>(
        &self,
        records: impl Fn(&'a Digest) -> &'a [Placed<T>],
    ) -> impl Iterator<Item = (&'a Digest, &'a Placed<T>)> {
        let documents = self.documents.iter().copied();
        documents.flat_map(move |digest| records(digest).iter().map(move |record| (digest, record)))
    }

    /// A table, cut where the marker says so, or the sentence that there is nothing to show.
    fn shown(&self, table: Table, nothing: &str) -> Vec<PageBlock> {
        // A picture has its columns for a reason: an empty quarter is one.
        let mut table = if table.grid {
            table
        } else {
            table.without_empty_columns()
        };
        if table.rows.is_empty() {
            return vec![PageBlock::Paragraph(Cell::text(format!("{nothing}.")))];
        }
        let more = table.rows.len().saturating_sub(self.rows());
        table.rows.truncate(self.rows());
        let mut parts = vec![PageBlock::Table(table)];
        parts.extend(self.more(more));
        parts
    }

    /// How many rows a table may have.
    fn rows(&self) -> usize {
        self.limit.unwrap_or(ROWS)
    }

    /// The sentence about rows that are left out.
    fn more(&self, more: usize) -> Option<PageBlock> {
        let text = match (more, self.limit) {
            (0, _) => return None,
            (more, Some(_)) => format!("… and {more} more."),
            (more, None) => format!(
                "… and {more} more: a `limit` in the marker shows them, `document` or `kind` in several markers parts them."
            ),
        };
        Some(PageBlock::Paragraph(Cell::text(text)))
    }
}

/// A day, or nothing.
fn day(date: Option<Date>) -> Cell {
    date.map(|date| Cell::whole(date.to_string())).unwrap_or_default()
}
