//! Entities of the data model, and how they hang together.

use serde::Serialize;

use super::{Reader, Said};

/// An entity.
#[derive(Debug, Clone, Serialize)]
pub struct Entity {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name.
    pub name: Said,
    /// Its relations to others, each as written: `Has many: Tracking Events`.
    pub relationships: Vec<Said>,
}

/// Reads the entities.
pub fn read(_reader: Reader<'_>) -> Vec<Entity> {
    Vec::new()
}
