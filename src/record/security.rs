//! How callers are known, and what each role may do.

use serde::Serialize;

use super::{Reader, Said};

/// What the document says about access.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Security {
    /// How callers prove who they are.
    pub authentication: Option<Said>,
    /// How it is decided what they may do.
    pub authorization: Option<Said>,
    /// The roles, each with what it may do.
    pub roles: Vec<Role>,
    /// The security measures, each as written.
    pub measures: Vec<Said>,
}

/// A role.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    /// Its name.
    pub name: Said,
    /// What it may do.
    pub permissions: String,
}

/// Reads what is said about access.
pub fn read(_reader: Reader<'_>) -> Security {
    Security::default()
}
