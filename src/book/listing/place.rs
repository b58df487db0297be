//! Where the line of a new chapter may stand, by what mdBook read: behind which of the chapters that are there.

use std::path::Path;

use mdbook_summary::{Summary, SummaryItem};

use crate::book::written;

/// Where a line may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'s> {
    /// Behind the item of this chapter in a list, and behind all that is nested below it.
    Behind(&'s str),
    /// Behind the link to this chapter, which is in no list.
    BehindLink(&'s str),
    /// Behind the last item of the last list.
    Last,
    /// In a list of its own, behind everything.
    End,
    /// In a list of its own, below the heading of the last part.
    Part,
}

/// A chapter with a file.
#[derive(Debug)]
struct Placed<'s> {
    /// Its path as it is written, for mdBook and for us.
    location: &'s str,
    /// The same without `.` and `..`.
    path: String,
    /// What it is nested below, by their indexes among the chapters with a file.
    above: Vec<usize>,
}

impl Placed<'_> {
    fn folder(&self) -> &str {
        folder(&self.path)
    }

    /// Whether it stands for a folder.
    fn is_index_of(&self, folder: &str) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or("").to_lowercase();
        self.folder() == folder && matches!(name.as_str(), "readme.md" | "index.md")
    }
}

/// Whether the summary has a chapter with this file, however its path is written.
pub(super) fn is_listed(summary: &Summary, path: &str) -> bool {
    let wanted = written(path);
    let parts = [
        &summary.prefix_chapters,
        &summary.numbered_chapters,
        &summary.suffix_chapters,
    ];
    parts
        .into_iter()
        .flat_map(|items| placed(items))
        .any(|chapter| chapter.path == wanted)
}

/// Where the line of the chapter at `path` may stand, the best place first.
pub(super) fn places<'s>(summary: &'s Summary, path: &str) -> Vec<Place<'s>> {
    let numbered = placed(&summary.numbered_chapters);
    let path = written(path);
    let own = folder(&path);
    let mut places = Vec::new();
    places.extend(last_of(&numbered, own, |chapter| chapter.folder() == own).map(Place::Behind));
    // A folder of appendices; what stands beside a preface in the book's own folder is no preface.
    if places.is_empty() && !own.is_empty() {
        let affixes = [&summary.suffix_chapters, &summary.prefix_chapters];
        let mut affixes = affixes.into_iter().map(|items| placed(items));
        let last = affixes.find_map(|chapters| last_of(&chapters, own, |chapter| chapter.folder() == own));
        places.extend(last.map(Place::BehindLink));
    }
    let mut around = Some(own);
    while let Some(inner) = around {
        around = (!inner.is_empty()).then(|| folder(inner));
        let outer = around.unwrap_or("");
        places.extend(last_of(&numbered, outer, |chapter| is_below(chapter, outer)).map(Place::Behind));
    }
    places.extend([Place::Last, Place::End, Place::Part]);
    places
}

/// The last of the chapters that are meant and that are nested below none of them. One that stands for the folder is the
/// others' heading: it counts where there are no others.
fn last_of<'s>(chapters: &[Placed<'s>], folder: &str, is_meant: impl Fn(&Placed<'s>) -> bool) -> Option<&'s str> {
    let is_other = |chapter: &Placed<'s>| is_meant(chapter) && !chapter.is_index_of(folder);
    let has_others = chapters.iter().any(is_other);
    let is_member = |chapter: &Placed<'s>| {
        if has_others {
            is_other(chapter)
        } else {
            is_meant(chapter)
        }
    };
    let is_top = |chapter: &&Placed<'s>| {
        let mut above = chapter.above.iter().filter_map(|index| chapters.get(*index));
        is_member(chapter) && !above.any(is_member)
    };
    chapters.iter().rfind(is_top).map(|chapter| chapter.location)
}

fn is_below(chapter: &Placed<'_>, outer: &str) -> bool {
    let rest = chapter.path.strip_prefix(outer);
    outer.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
}

/// The chapters with a file, each before those that are nested below it.
fn placed(items: &[SummaryItem]) -> Vec<Placed<'_>> {
    fn gather<'s>(items: &'s [SummaryItem], above: &[usize], found: &mut Vec<Placed<'s>>) {
        for item in items {
            let SummaryItem::Link(link) = item else { continue };
            let mut above = above.to_vec();
            if let Some(location) = link.location.as_deref().and_then(Path::to_str) {
                found.push(Placed {
                    location,
                    path: written(location),
                    above: above.clone(),
                });
                above.push(found.len() - 1);
            }
            gather(&link.nested_items, &above, found);
        }
    }
    let mut found = Vec::new();
    gather(items, &[], &mut found);
    found
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
