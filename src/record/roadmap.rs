//! The roadmap: phases with their time and their tasks.

use jiff::civil::Date;
use serde::Serialize;

use super::{Reader, Said};

/// A phase of the roadmap.
#[derive(Debug, Clone, Serialize)]
pub struct Phase {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name, `Q1 2027`.
    pub name: Said,
    /// The last day of its time, where that can be read.
    #[serde(skip)]
    pub last: Option<Date>,
    /// Its tasks.
    pub tasks: Vec<RoadmapTask>,
}

/// A task of a phase.
#[derive(Debug, Clone, Serialize)]
pub struct RoadmapTask {
    /// What is to be done.
    pub text: Said,
    /// Whether it is ticked.
    pub done: bool,
}

/// Reads the phases.
pub fn read(_reader: Reader<'_>) -> Vec<Phase> {
    Vec::new()
}
