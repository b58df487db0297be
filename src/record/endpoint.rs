//! Endpoints, `METHOD /path`: those that components name, and those that the API documentation describes.

use serde::Serialize;

use super::{Reader, Said};

/// An endpoint.
#[derive(Debug, Clone, Serialize)]
pub struct Endpoint {
    /// `GET`, in capitals.
    pub method: String,
    /// The path as written.
    pub path: Said,
    /// The path with each variable part as `{}`: `/parcels/4711` and `/parcels/{number}` are the same.
    pub pattern: String,
    /// What it does, where the line says so.
    pub text: Option<String>,
    /// The component that names it; none for the API documentation.
    pub component: Option<String>,
}

/// Reads the endpoints, those of components first.
pub fn read(_reader: Reader<'_>) -> Vec<Endpoint> {
    Vec::new()
}
