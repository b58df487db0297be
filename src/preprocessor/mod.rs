//! mdBook's protocol: a book comes in, the enriched book goes out. The only room that knows the host's JSON.
//!
//! It never prints and never exits: what there is to say goes back to its caller, beside the book.

mod embed;
mod envelope;
mod incoming;
mod pages;
mod run;

use std::borrow::Cow;

use jiff::civil::Date;

pub use embed::Archdoc;
use envelope::Envelope;
pub use envelope::EnvelopeError;
pub use incoming::Incoming;

pub use crate::history::Pipeline;

/// What a build is told besides the book.
#[derive(Debug, Clone, Copy)]
pub struct Build {
    /// The day that counts as today.
    pub as_of: Date,
    /// Whether messages may have colours.
    pub colour: bool,
    /// The pipeline that the build runs in, if it is one.
    pub pipeline: Option<Pipeline>,
}

/// The answer to the host.
#[derive(Debug)]
pub struct Answer<'m> {
    /// The book, as JSON, in the pieces that stdout gets one after the other: most are the message's own bytes.
    pub book: Vec<Cow<'m, [u8]>>,
    /// What people should read; empty for an output that is not the book's first one.
    pub messages: String,
    /// Whether the findings fail the build.
    pub failed: bool,
}

/// Answers the host's message.
///
/// # Errors
/// Where the message is not what mdBook sends.
pub fn answer(message: &[u8], build: Build) -> Result<Answer<'_>, EnvelopeError> {
    incoming::answer(Envelope::decode(message)?, build, None)
}

/// Whether archdoc runs for an output. `test` is none: rustdoc would read the pages as the author's code.
pub fn supports(renderer: &str) -> bool {
    renderer != "test"
}
