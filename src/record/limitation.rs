//! Known limitations.

use serde::Serialize;

use super::{Reader, Said};

/// A known limitation.
#[derive(Debug, Clone, Serialize)]
pub struct Limitation {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// What it is, with its workaround.
    pub text: Said,
}

/// Reads the limitations; a statement that there are none is none.
pub fn read(_reader: Reader<'_>) -> Vec<Limitation> {
    Vec::new()
}
