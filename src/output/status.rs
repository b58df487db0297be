//! Where the documents of a book stand, as JSON and for people. Pure: it renders, and computes nothing.

use jiff::civil::Date;
use serde::Serialize;

use crate::facts::Digest;

/// All documents of a book.
#[derive(Debug, Serialize)]
struct Status<'a> {
    schema: u8,
    as_of: String,
    documents: &'a [Digest],
}

/// The documents as one line of JSON.
pub fn json(as_of: Date, documents: &[Digest]) -> String {
    let status = Status {
        schema: 1,
        as_of: as_of.to_string(),
        documents,
    };
    let mut text = serde_json::to_string(&status).unwrap_or_default();
    text.push('\n');
    text
}

/// The documents for people: a block each, its fields, its sections, its review.
pub fn text(as_of: Date, documents: &[Digest]) -> String {
    let mut text = String::new();
    for document in documents {
        text.push_str(&format!("{} ({}): {}\n", document.title, document.path, document.stage));
        for (key, value) in document.fields.iter().map(|field| field.words()) {
            text.push_str(&format!("  {key}: {value}\n"));
        }
        for section in document.sections.iter().filter(|section| section.depth == 1) {
            text.push_str(&format!("  {:14}  {}\n", section.state.name(), section.title));
        }
        if let Some(review) = &document.review {
            text.push_str(&format!("  review: {} of {}", review.done, review.total));
            if let Some(date) = &review.last_reviewed {
                text.push_str(&format!(", last on {date}"));
            }
            if let Some(date) = &review.next_review {
                text.push_str(&format!(
                    ", {} {date}",
                    if review.overdue { "overdue since" } else { "next on" }
                ));
            }
            text.push('\n');
            for item in &review.items {
                text.push_str(&format!(
                    "    {:12}  {} ({})\n",
                    item.outcome.name(),
                    item.text,
                    item.why
                ));
            }
        }
        text.push('\n');
    }
    text.push_str(&format!("as of {as_of}\n"));
    text
}
