//! What needs attention, the gravest first, as sentences that lead to the place. What is as it should be is not named.

use super::{Book, Cell, PageBlock, count, plans};
use crate::diagnostic::Stage;
use crate::facts::{Digest, DigestSection, Outcome};
use crate::outline::State;

/// How many sentences there are where the marker does not say: a list that nobody reads to its end is none.
const SHOWN: usize = 20;
/// How many names a sentence lists.
const NAMES: usize = 3;

/// Why a document needs attention. The order is that of the sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Unfinished,
    Errors,
    Contradicted,
    Overdue,
    Behind,
    Changed,
    Late,
    Lacking,
}

impl Why {
    /// What is left out of a long list, in words.
    fn named(self, number: usize) -> String {
        let (one, many) = match self {
            Self::Unfinished => ("unfinished document", "unfinished documents"),
            Self::Errors => ("document with errors", "documents with errors"),
            Self::Contradicted => ("contradicted review", "contradicted reviews"),
            Self::Overdue => ("overdue review", "overdue reviews"),
            Self::Behind => ("change log that is behind", "change logs that are behind"),
            Self::Changed => ("change since a review", "documents changed since their review"),
            Self::Late => ("late phase", "late phases"),
            Self::Lacking => ("document that lacks sections", "documents that lack sections"),
        };
        count(number, one, many)
    }
}

/// The list with its caption.
pub fn parts(book: &Book<'_>) -> Vec<PageBlock> {
    let mut sentences: Vec<(Why, Cell)> = book.documents.iter().flat_map(|digest| of(digest, book)).collect();
    sentences.sort_by_key(|(why, _)| *why);
    if sentences.is_empty() {
        return vec![
            PageBlock::Caption("Needs attention".to_owned()),
            PageBlock::Paragraph(Cell::text("Nothing needs attention.")),
        ];
    }
    let most = book.limit.unwrap_or(SHOWN);
    let caption = format!("Needs attention ({})", sentences.len());
    let rest: Vec<Why> = sentences.iter().skip(most).map(|(why, _)| *why).collect();
    let shown = sentences.into_iter().take(most).map(|(_, cell)| cell).collect();
    let mut parts = vec![PageBlock::Caption(caption), PageBlock::List(shown)];
    if !rest.is_empty() {
        let mut kinds = rest.clone();
        kinds.dedup();
        let kinds = kinds
            .into_iter()
            .map(|kind| kind.named(rest.iter().filter(|why| **why == kind).count()));
        let kinds: Vec<String> = kinds.collect();
        let text = format!("… and {} more: {}.", rest.len(), kinds.join(", "));
        parts.push(PageBlock::Paragraph(Cell::text(text)));
    }
    parts
}

/// The sentences about a document.
fn of(digest: &Digest, book: &Book<'_>) -> Vec<(Why, Cell)> {
    let standing = &digest.standing;
    let name = || Cell::link(digest.name(), &digest.target);
    let mut sentences = Vec::new();
    let open: Vec<&DigestSection> = top(digest)
        .filter(|section| !matches!(section.state, State::Complete | State::NotApplicable | State::Unread))
        .collect();
    let missing: Vec<&DigestSection> = open
        .iter()
        .copied()
        .filter(|section| section.state == State::Missing)
        .collect();
    let errors = digest.findings[0];
    let finished = standing.stage == Stage::Final;
    if finished && !open.is_empty() {
        let are = count(open.len(), "section is", "sections are");
        let sentence = name().and(format!(" is said to be finished, and {are} not complete: "));
        sentences.push((Why::Unfinished, sentence.and_all(sections(&open))));
    } else if errors > 0 {
        let errors = count(errors, "error", "errors");
        sentences.push((Why::Errors, name().and(format!(" has {errors}"))));
    }
    sentences.extend(of_review(digest));
    if digest.behind > 0 {
        let commits = count(digest.behind, "commit", "commits");
        let sentence = name().and(format!(" has {commits} that nobody wrote a row of its change log for"));
        sentences.push((Why::Behind, sentence));
    }
    let late = digest
        .records
        .roadmap
        .iter()
        .filter(|one| plans::is_late(&one.record, book.as_of));
    for phase in late {
        let tasks = phase.record.tasks.iter().filter(|task| task.open).count();
        let tasks = count(tasks, "open task", "open tasks");
        let sentence = name()
            .and(" is late with ")
            .and_link(&phase.record.name.text, &phase.target)
            .and(format!(" of its roadmap: {tasks}"));
        sentences.push((Why::Late, sentence));
    }
    if !finished && !missing.is_empty() {
        let lacks = count(missing.len(), "section", "sections");
        let stage = match standing.stage {
            Stage::Draft => "a draft",
            _ => "in review",
        };
        let sentence = name().and(format!(" is {stage} without {lacks} of its template: "));
        sentences.push((Why::Lacking, sentence.and_all(sections(&missing))));
    }
    sentences
}

/// The sentences about a document's review.
fn of_review(digest: &Digest) -> Vec<(Why, Cell)> {
    let standing = &digest.standing;
    let name = || Cell::link(digest.name(), &digest.target);
    let mut sentences = Vec::new();
    let items = digest.review.iter().flat_map(|review| &review.items);
    let contradicted: Vec<Cell> = items
        .filter(|item| item.outcome == Outcome::Contradicted)
        .map(|item| Cell::text(item.text.as_str()))
        .collect();
    if !contradicted.is_empty() {
        let what = count(contradicted.len(), "ticked item", "ticked items");
        let sentence = name().and(format!(" contradicts {what} of its review: "));
        sentences.push((
            Why::Contradicted,
            sentence.and_all(Cell::listed_some(contradicted, NAMES)),
        ));
    }
    if let (true, Some(next)) = (standing.overdue, standing.next_review) {
        let sentence = name()
            .and(" was due for review on ")
            .and_all(Cell::whole(next.to_string()));
        sentences.push((Why::Overdue, sentence));
    }
    // While a document is written, it changes.
    if let (Some(changed), Some(reviewed), true) = (
        standing.changed.as_ref().filter(|changed| !changed.is_empty()),
        standing.last_reviewed,
        standing.stage != Stage::Draft,
    ) {
        let names = changed.iter().map(|name| Cell::text(name.as_str()));
        let sentence = name()
            .and(" has changed since its review on ")
            .and_all(Cell::whole(reviewed.to_string()))
            .and(": ")
            .and_all(Cell::listed_some(names, NAMES));
        sentences.push((Why::Changed, sentence));
    }
    sentences
}

/// The sections at the top that count.
fn top(digest: &Digest) -> impl Iterator<Item = &DigestSection> {
    let counts = |section: &&DigestSection| section.depth == 1 && (section.asked || section.heading.is_some());
    digest.sections.iter().filter(counts)
}

/// Sections by name, those that are there with their place.
fn sections(sections: &[&DigestSection]) -> Cell {
    let names = sections.iter().map(|section| match section.state {
        State::Missing | State::Unread => Cell::text(section.title.as_str()),
        _ => Cell::link(section.title.as_str(), &section.target),
    });
    Cell::listed_some(names, NAMES)
}
