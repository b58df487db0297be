//! Technologies: named in the executive summary, in the components and in the technology stack.

use serde::Serialize;

use super::{Reader, Said};

/// A technology that the document names.
#[derive(Debug, Clone, Serialize)]
pub struct Technology {
    /// Its name without a version: `PostgreSQL`.
    pub name: Said,
    /// Its version as written, `16`, `1.31`.
    pub version: Option<String>,
    /// What it is used as: `Language`, `Cache`.
    pub role: Option<String>,
    /// Why it was chosen, where the same line says so.
    pub reason: Option<String>,
    /// Where it is named.
    pub source: TechnologySource,
}

/// Where a technology is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TechnologySource {
    /// The key technologies of the executive summary.
    Summary,
    /// A component, by its name.
    Component(String),
    /// The technology stack, by the sub-section's name.
    Stack(String),
}

/// Reads the technologies, in the order of the template.
pub fn read(_reader: Reader<'_>) -> Vec<Technology> {
    Vec::new()
}
