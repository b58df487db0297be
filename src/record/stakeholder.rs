//! Stakeholders: roles and the people in them.

use serde::Serialize;

use super::{Reader, Said};

/// A role and who has it.
#[derive(Debug, Clone, Serialize)]
pub struct Stakeholder {
    /// The role, `Tech Lead`.
    pub role: Said,
    /// The people.
    pub people: Vec<String>,
}

/// Reads the stakeholders.
pub fn read(_reader: Reader<'_>) -> Vec<Stakeholder> {
    Vec::new()
}
