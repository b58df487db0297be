//! Components: what each is for, what it does, and what it is made of.

use serde::Serialize;

use super::{Reader, Said};

/// A component.
#[derive(Debug, Clone, Serialize)]
pub struct Component {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name.
    pub name: Said,
    /// What it is for.
    pub purpose: Option<Said>,
    /// What it is responsible for.
    pub responsibilities: Vec<Said>,
    /// Whether it shows a data model.
    pub data_models: bool,
    /// Whether it shows its configuration.
    pub configuration: bool,
}

/// Reads the components.
pub fn read(_reader: Reader<'_>) -> Vec<Component> {
    Vec::new()
}
