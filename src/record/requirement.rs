//! Requirements: the functional ones with their numbers, the non-functional ones by their quality.

use serde::Serialize;

use super::{Reader, Said};

/// A requirement.
#[derive(Debug, Clone, Serialize)]
pub struct Requirement {
    /// `FR1`, or the quality that it is about, `Performance`.
    pub id: String,
    /// Whether it is functional.
    pub functional: bool,
    /// What is required.
    pub text: Said,
}

/// A mention of a requirement, a decision or a limitation by its number, somewhere in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// What is mentioned, as the template numbers it: `FR12`, `Decision 9`, `Limitation 2`.
    pub id: String,
    /// The words.
    pub text: Said,
}

/// Reads the requirements.
pub fn read(_reader: Reader<'_>) -> Vec<Requirement> {
    Vec::new()
}

/// Reads the mentions, outside the places that define what they mention.
pub fn mentions(_reader: Reader<'_>) -> Vec<Mention> {
    Vec::new()
}
