//! External services and queues.

use serde::Serialize;

use super::{Reader, Said};

/// An external service.
#[derive(Debug, Clone, Serialize)]
pub struct Service {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name.
    pub name: Said,
    /// What it provides.
    pub purpose: Option<Said>,
    /// How it is spoken to.
    pub protocol: Option<Said>,
    /// How it knows who calls.
    pub authentication: Option<Said>,
    /// How much it takes.
    pub rate_limits: Option<Said>,
    /// What happens when it fails.
    pub error_handling: Option<Said>,
}

/// A topic or queue.
#[derive(Debug, Clone, Serialize)]
pub struct Queue {
    /// Its name.
    pub name: Said,
    /// What it carries.
    pub text: String,
}

/// Reads the external services.
pub fn services(_reader: Reader<'_>) -> Vec<Service> {
    Vec::new()
}

/// Reads the topics and queues.
pub fn queues(_reader: Reader<'_>) -> Vec<Queue> {
    Vec::new()
}
