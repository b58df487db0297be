//! Diagrams, whatever carries them: box drawing, mermaid, PlantUML, D2, Graphviz, an image, an include.

use serde::Serialize;

use super::{Reader, Said};

/// A diagram.
#[derive(Debug, Clone, Serialize)]
pub struct Diagram {
    /// The path of the section that it stands in.
    pub section: String,
    /// What carries it.
    pub carrier: Carrier,
    /// Its text, where it has one that can be read: labels in their order, boxes' wrapped lines joined.
    pub text: Said,
}

/// What carries a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// Lines and boxes drawn with characters.
    Drawing,
    /// mermaid.
    Mermaid,
    /// PlantUML.
    PlantUml,
    /// D2.
    D2,
    /// Graphviz.
    Dot,
    /// An image.
    Image,
    /// A file that mdBook or another preprocessor puts there.
    Include,
}

/// Reads the diagrams of the document, in the order of the text.
pub fn read(_reader: Reader<'_>) -> Vec<Diagram> {
    Vec::new()
}
