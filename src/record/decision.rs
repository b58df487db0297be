//! Design decisions with their five parts.

use serde::Serialize;

use super::{Reader, Said};

/// A design decision.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its title.
    pub title: Said,
    /// Its status, where it has one: `Accepted`, `Superseded by 4`.
    pub status: Option<Said>,
    /// What prompted it.
    pub context: Option<Said>,
    /// What was considered.
    pub options: Vec<Said>,
    /// What was chosen.
    pub decision: Option<Said>,
    /// Why.
    pub rationale: Option<Said>,
    /// What follows from it.
    pub consequences: Option<Said>,
}

/// Reads the decisions.
pub fn read(_reader: Reader<'_>) -> Vec<Decision> {
    Vec::new()
}
