//! The overview: a row a document, and which section of which document is how far.

use super::{Book, Cell, PageBlock, Piece, Table, Target, Tone, attention, count, day, legend, state};
use crate::facts::{Digest, DigestSection, Outcome};
use crate::outline::State;

/// All of it.
pub fn parts(book: &Book<'_>) -> Vec<PageBlock> {
    let mut parts = attention::parts(book);
    parts.push(PageBlock::Caption("Documents".to_owned()));
    parts.extend(book.shown(documents(book), "No document"));
    parts.extend(coverage(book));
    parts
}

/// A row a document.
fn documents(book: &Book<'_>) -> Table {
    let columns = [
        "Document",
        "Version",
        "Status",
        "Sections",
        "Review",
        "Last change",
        "Next review",
        "Findings",
    ];
    let mut table = Table::new("Documents and where they stand", &columns);
    for digest in book.documents {
        let standing = &digest.standing;
        let review = standing.review.filter(|(_, total)| *total > 0);
        table.rows.push(vec![
            Cell::link(digest.name(), &digest.target),
            Cell::whole(&digest.version),
            status(digest),
            Cell::whole(format!("{} of {}", standing.complete, standing.sections)),
            review
                .map(|(done, total)| Cell::whole(format!("{done} of {total}")))
                .unwrap_or_default(),
            if standing.uncommitted {
                Cell::text("not committed")
            } else {
                day(standing.last_change)
            },
            next_review(digest),
            findings(digest),
        ]);
    }
    table
}

fn status(digest: &Digest) -> Cell {
    Cell::text(match digest.status.as_str() {
        "" => digest.stage,
        status => status,
    })
}

fn next_review(digest: &Digest) -> Cell {
    let standing = &digest.standing;
    day(standing.next_review).and(if standing.overdue { ", overdue" } else { "" })
}

fn findings(digest: &Digest) -> Cell {
    let [errors, warnings, infos] = digest.findings;
    let words = [
        (errors, "error", "errors"),
        (warnings, "warning", "warnings"),
        (infos, "info", "infos"),
    ];
    let words = words.into_iter().filter(|(number, ..)| *number > 0);
    let cell = Cell::listed(words.map(|(number, one, many)| Cell::whole(count(number, one, many))));
    if cell.is_empty() { Cell::text("none") } else { cell }
}

/// Documents by sections, for each template of its own.
fn coverage(book: &Book<'_>) -> Vec<PageBlock> {
    let mut templates: Vec<&str> = Vec::new();
    for digest in book.documents {
        if !templates.contains(&digest.template.as_str()) {
            templates.push(&digest.template);
        }
    }
    let several = templates.len() > 1;
    let mut parts = Vec::new();
    for template in templates {
        let documents: Vec<&Digest> = book
            .documents
            .iter()
            .copied()
            .filter(|one| one.template == template)
            .collect();
        let grid = matrix(&documents);
        // Two columns are no picture, and what has none has no sections.
        if grid.columns.len() < 2 {
            continue;
        }
        let name = if several {
            format!("Sections ({template})")
        } else {
            "Sections".to_owned()
        };
        parts.push(PageBlock::Caption(name));
        parts.extend(book.shown(grid, "No document"));
    }
    if !parts.is_empty() {
        let meanings = meanings(&parts);
        parts.push(PageBlock::Paragraph(meanings));
    }
    parts
}

fn matrix(documents: &[&Digest]) -> Table {
    let top = |digest: &'_ &Digest| -> Vec<(String, String)> {
        let sections = digest.sections.iter().filter(|section| section.depth == 1);
        sections
            .map(|section| (section.id.clone(), section.title.clone()))
            .collect()
    };
    // A section that is optional and nowhere to be seen would be an empty column.
    let there = |id: &str| {
        let mut all = documents.iter().flat_map(|digest| &digest.sections);
        all.any(|section| section.id == id && (section.state != State::Missing || section.asked))
    };
    let columns: Vec<(String, String)> = documents.first().map(top).unwrap_or_default();
    let columns: Vec<(String, String)> = columns.into_iter().filter(|(id, _)| there(id)).collect();
    let mut table = Table::new("Documents by sections", &["Document"]);
    table.grid = true;
    table.columns.extend(columns.iter().map(|(_, title)| title.clone()));
    for digest in documents {
        let mut row = vec![Cell::link(digest.name(), &digest.target)];
        row.extend(columns.iter().map(|(id, _)| {
            let section = digest.sections.iter().find(|section| section.id == *id);
            section.map(cell).unwrap_or_default()
        }));
        table.rows.push(row);
    }
    table
}

fn cell(section: &DigestSection) -> Cell {
    let (sign, word, tone) = state(section.state);
    if matches!(section.state, State::Missing | State::Unread) && !section.asked {
        return Cell::sign("·", "not there, optional", &Target::default(), Tone::Quiet);
    }
    Cell::sign(sign, word, &section.target, tone)
}

/// What the signs of these tables mean. What does not occur in them needs no word.
fn meanings(parts: &[PageBlock]) -> Cell {
    let rows = parts.iter().filter_map(|part| match part {
        PageBlock::Table(table) => Some(&table.rows),
        _ => None,
    });
    let signs = rows.flatten().flatten().flat_map(|cell| {
        cell.pieces.iter().filter_map(|piece| match piece {
            Piece::Sign(sign, words, _) => Some((sign.as_str(), words.as_str(), cell.tone)),
            _ => None,
        })
    });
    Cell::text(legend(signs))
}

/// The reviews: who looked at what when, when it is due again, and what changed since.
pub fn reviews(book: &Book<'_>) -> Vec<PageBlock> {
    let columns = [
        "Document",
        "Status",
        "Checklist",
        "Last review",
        "By",
        "Next review",
        "Changed since",
    ];
    let mut table = Table::new("Reviews", &columns);
    for digest in book.documents {
        let standing = &digest.standing;
        let Some(review) = &digest.review else { continue };
        let open = review
            .items
            .iter()
            .filter(|item| item.outcome == Outcome::Contradicted)
            .count();
        let contradicted = if open > 0 {
            format!(", {open} contradicted")
        } else {
            String::new()
        };
        let checklist = match review.total {
            0 => Cell::default(),
            total => Cell::text(format!("{} of {total}{contradicted}", review.done)),
        };
        table.rows.push(vec![
            Cell::link(digest.name(), &digest.target),
            status(digest),
            checklist,
            day(standing.last_reviewed),
            Cell::text(digest.reviewers.join(", ")),
            next_review(digest),
            match &standing.changed {
                None => Cell::default(),
                Some(changed) if changed.is_empty() => Cell::text("nothing"),
                Some(changed) => Cell::text(changed.join(", ")),
            },
        ]);
    }
    book.shown(table, "No document has a review")
}
