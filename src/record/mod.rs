//! Typed facts read out of a document: what rules, evidence, pages and JSON speak of.
//!
//! Read once, with the bytes that each stands in. Nothing after this room looks at Markdown again, and nothing here
//! judges: a record says what is written, also where that is not enough.

mod change_log;
mod review;

pub use change_log::{ChangeLog, LogRow};
pub use review::{Mark, Review, ReviewItem};

use crate::document::Document;
use crate::outline::Outline;
use crate::template::Template;

/// Everything that was read out of one document.
#[derive(Debug, Default)]
pub struct Records {
    /// The change log that people wrote, if there is one.
    pub change_log: Option<ChangeLog>,
    /// The review checklist, if there is one.
    pub review: Option<Review>,
}

/// Reads the records of a document.
pub fn read(document: &Document, outline: &Outline, template: &Template) -> Records {
    Records {
        change_log: change_log::read(document, outline, template),
        review: review::read(document, outline, template),
    }
}
