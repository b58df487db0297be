//! The book's own pages: the overview, the registers, the book-wide change log, each as tables.
//!
//! Nobody keeps them by hand. They are made of what was kept of each document, and rendered elsewhere.

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

pub use table::{Cell, Part, Piece, Table, Tone, state};

use super::{Digest, Placed, Target};
use crate::directive::Directive;
use crate::naming;

/// The keys that a marker may have.
pub const PAGE_KEYS: [&str; 4] = ["document", "group", "kind", "limit"];
/// The values of `group`.
pub const GROUPS: [&str; 4] = ["document", "folder", "stage", "template"];

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// What was kept of its documents, in the book's order.
    pub documents: &'a [&'a Digest],
    /// The day that counts as today.
    pub as_of: Date,
    /// `kind`: of what there are several kinds, this one alone.
    pub kind: &'a str,
    /// `limit`: how many rows each table may have.
    pub limit: usize,
    /// Whether the page speaks of a document in that document: its name is on top of it.
    pub own: bool,
    /// The address of the repository's pages, which commits lead to.
    pub repository: Option<&'a str>,
}

/// The page that a marker asks for, about all of `book`; none where its word is that of no page.
pub fn parts(marker: &Directive, book: &Book<'_>) -> Option<Vec<Part>> {
    let make = maker(&marker.word)?;
    let wanted = marker.option("document").map(naming::normalise);
    let is_wanted = |digest: &&Digest| wanted.as_ref().is_none_or(|wanted| is_named(digest, wanted));
    let documents: Vec<&Digest> = book.documents.iter().copied().filter(is_wanted).collect();
    let limit = marker.option("limit").and_then(|limit| limit.parse().ok());
    let book = Book {
        documents: &documents,
        kind: marker.option("kind").unwrap_or(""),
        limit: limit.unwrap_or(book.limit),
        ..*book
    };
    let Some(group) = marker.option("group").filter(|group| GROUPS.contains(group)) else {
        return Some(make(&book));
    };
    let mut groups: BTreeMap<(usize, String), Vec<&Digest>> = BTreeMap::new();
    for (at, digest) in documents.iter().enumerate() {
        let (order, name) = group_of(group, at, digest);
        groups.entry((order, name)).or_default().push(digest);
    }
    let mut parts = Vec::new();
    for ((_, name), documents) in groups {
        parts.push(Part::Caption(name));
        parts.extend(make(&Book {
            documents: &documents,
            ..book
        }));
    }
    Some(parts)
}

/// The overview of a book, all of it.
pub fn overview(book: &Book<'_>) -> Vec<Part> {
    overview::parts(book)
}

/// What makes the page that a marker's word stands for.
fn maker(word: &str) -> Option<fn(&Book<'_>) -> Vec<Part>> {
    let make: fn(&Book<'_>) -> Vec<Part> = match word {
        "changes" => changes::parts,
        "components" => technical::components,
        "decisions" => registers::decisions,
        "endpoints" => technical::endpoints,
        "limitations" => plans::limitations,
        "overview" => overview::parts,
        "recovery" => plans::recovery,
        "references" => people::references,
        "requirements" => registers::requirements,
        "reviews" => overview::reviews,
        "roadmap" => plans::roadmap,
        "services" => technical::services,
        "stakeholders" => people::stakeholders,
        "technologies" => registers::technologies,
        _ => return None,
    };
    Some(make)
}

/// Whether a document is meant by a name: its title, or the path of its page or its file, with its ending or without.
fn is_named(digest: &Digest, wanted: &str) -> bool {
    let paths = [digest.target.page.as_str(), &digest.path];
    let bare = paths.map(|path| path.rsplit_once('.').map_or(path, |(bare, _)| bare));
    let last = bare.map(|path| path.rsplit('/').next().unwrap_or(path));
    let mut names = paths.into_iter().chain(bare).chain(last).chain([digest.name()]);
    names.any(|name| naming::normalise(name) == wanted)
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
            limit: usize::MAX,
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

    /// The records of all documents, each with its document.
    fn all<T: 'a>(
        &self,
        records: impl Fn(&'a Digest) -> &'a [Placed<T>],
    ) -> impl Iterator<Item = (&'a Digest, &'a Placed<T>)> {
        let documents = self.documents.iter().copied();
        documents.flat_map(move |digest| records(digest).iter().map(move |record| (digest, record)))
    }

    /// A table, cut where the marker says so, or the sentence that there is nothing to show.
    fn shown(&self, table: Table, nothing: &str) -> Vec<Part> {
        let mut table = table.without_empty_columns();
        if table.rows.is_empty() {
            return vec![Part::Paragraph(Cell::text(format!("{nothing}.")))];
        }
        let more = table.rows.len().saturating_sub(self.limit);
        table.rows.truncate(self.limit);
        let mut parts = vec![Part::Table(table)];
        if more > 0 {
            parts.push(Part::Paragraph(Cell::text(format!("… and {more} more."))));
        }
        parts
    }
}

/// A number of things, in words.
fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// A day, or nothing.
fn day(date: Option<Date>) -> Cell {
    date.map(|date| Cell::text(date.to_string())).unwrap_or_default()
}
