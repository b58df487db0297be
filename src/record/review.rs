//! The review checklist as people write it: its items, and which are ticked.

use crate::document::Document;
use crate::outline::Outline;
use crate::source::Span;
use crate::template::Template;

/// A review checklist.
#[derive(Debug)]
pub struct Review {
    /// Its items, in order.
    pub items: Vec<ReviewItem>,
}

/// An item of a review checklist.
#[derive(Debug)]
pub struct ReviewItem {
    /// Its text as a reader reads it, without its box.
    pub text: String,
    /// Whether it is ticked.
    pub ticked: bool,
    /// Why it does not count: what does not apply, and what was withdrawn.
    pub waived: Option<String>,
    /// The item's bytes.
    pub span: Span,
}

impl Review {
    /// How many items are ticked, and how many there are; what is waived counts in neither.
    pub fn progress(&self) -> (usize, usize) {
        let counted = self.items.iter().filter(|item| item.waived.is_none());
        counted.fold((0, 0), |(done, total), item| {
            (done + usize::from(item.ticked), total + 1)
        })
    }
}

/// Reads the review checklist of a document.
pub fn read(_document: &Document, _outline: &Outline, _template: &Template) -> Option<Review> {
    None
}
