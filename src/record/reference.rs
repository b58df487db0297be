//! References: what the document points to.

use serde::Serialize;

use super::{Reader, Said};

/// A reference.
#[derive(Debug, Clone, Serialize)]
pub struct Reference {
    /// Its text.
    pub text: Said,
    /// Where it leads; none for an entry that is no link.
    pub target: Option<String>,
}

/// Reads the references.
pub fn read(_reader: Reader<'_>) -> Vec<Reference> {
    Vec::new()
}
