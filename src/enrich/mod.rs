//! What is added to the pages: edits of a document's text, made of facts.
//!
//! An enrichment never changes a file and never changes the author's words. It cannot fail a build: what cannot be
//! placed is left out.

mod change_log;
mod computed;
mod fields;
mod page_table;
mod pages;
mod place;
mod review;
mod standing;
#[cfg(test)]
mod tests;

pub use pages::{Shown, below_markers, has_marker, rendered};
pub use place::{file_edits, host_edits};

use crate::edit::Edit;
use crate::facts::Facts;
use crate::settings::Enrich;

/// The edits that enrich a document, in spans of its text.
///
/// `repository` is the address of the repository's pages, which commits link to.
pub fn enrich(facts: &Facts<'_>, parts: Enrich, repository: Option<&str>) -> Vec<Edit> {
    let parts = facts.enriched(parts);
    let mut edits = Vec::new();
    if parts.header {
        edits.extend(fields::hard_breaks(facts, facts.header()));
        edits.extend(fields::last_updated(facts));
        edits.extend(standing::below_header(facts));
    }
    if parts.change_log {
        edits.extend(change_log::without_blank_rows(facts));
        edits.extend(change_log::with_commits(facts, repository));
    }
    if parts.review {
        edits.extend(review::evidence(facts));
    }
    if parts.footer {
        edits.extend(fields::hard_breaks(facts, facts.footer()));
        edits.extend(standing::below_footer(facts));
    }
    edits
}
