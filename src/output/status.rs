//! Where the documents of a book stand, as JSON and for people. Pure: it renders, and computes nothing.

use jiff::civil::Date;

use super::{overview, terminal, wire};
use crate::enrich::{Shown, rendered};
use crate::facts::Digest;
use crate::facts::pages::{self, Book};

/// The documents as one line of JSON.
pub fn json(as_of: Date, documents: &[Digest]) -> String {
    wire::documents(as_of, documents)
}

/// The book for people: the overview of its pages, and of a single document all of it.
pub fn text(as_of: Date, documents: &[Digest], colour: bool) -> String {
    let all: Vec<&Digest> = documents.iter().collect();
    let mut text = overview::text(&pages::overview(&Book::new(&all, as_of, None)), colour);
    if let [document] = documents {
        text.push_str(&one(document));
    }
    text.push_str(&format!("as of {as_of}\n"));
    text
}

/// The same as Markdown, without links: where it is read there are no pages to lead to.
pub fn markdown(as_of: Date, documents: &[Digest]) -> String {
    let all: Vec<&Digest> = documents.iter().collect();
    let shown = Shown {
        page: None,
        html: false,
    };
    let page = rendered(&pages::overview(&Book::new(&all, as_of, None)), shown);
    format!("{page}As of {as_of}.\n")
}

/// All of a document: its fields, its sections, its review.
fn one(document: &Digest) -> String {
    let mut text = format!("{} ({})\n", terminal(document.name()), terminal(&document.path));
    for (key, value) in document.fields.iter().map(|field| field.words()) {
        text.push_str(&format!("  {}: {}\n", terminal(key), terminal(value)));
    }
    for section in document.sections.iter().filter(|section| section.depth == 1) {
        let title = terminal(&section.title);
        text.push_str(&format!("  {:14}  {title}\n", section.state.name()));
    }
    let Some(review) = &document.review else {
        return text + "\n";
    };
    text.push_str(&format!("  review: {} of {}", review.done, review.total));
    if let Some(date) = &review.last_reviewed {
        text.push_str(&format!(", last on {date}"));
    }
    if let Some(date) = &review.next_review {
        let when = if review.overdue { "overdue since" } else { "next on" };
        text.push_str(&format!(", {when} {date}"));
    }
    text.push('\n');
    for item in &review.items {
        let (outcome, words, why) = (item.outcome.name(), terminal(&item.text), terminal(&item.why));
        text.push_str(&format!("    {outcome:12}  {words} ({why})\n"));
    }
    text + "\n"
}
