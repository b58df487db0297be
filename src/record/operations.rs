//! How the system is run: metrics, alerts, images, the pipeline, scaling, caches, backup and recovery, tests.

use serde::Serialize;

use super::{Reader, Said};

/// What the document says about running the system.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Operations {
    /// The metrics, each as written.
    pub metrics: Vec<Said>,
    /// The alerts.
    pub alerts: Vec<Alert>,
    /// The image registry.
    pub registry: Option<Said>,
    /// The stages of the pipeline, in order.
    pub pipeline: Vec<Said>,
    /// The lines about scaling, each as written.
    pub scaling: Vec<Said>,
    /// The layers of caches.
    pub caches: Vec<Cache>,
    /// The lines about backup, each as written.
    pub backup: Vec<Said>,
    /// The levels of tests, each as written.
    pub tests: Vec<Said>,
}

/// An alert, `condition (window)`.
#[derive(Debug, Clone, Serialize)]
pub struct Alert {
    /// How bad it is: `Critical`, `Warning`.
    pub severity: String,
    /// When it fires.
    pub condition: Said,
    /// How long the condition must hold, in seconds, where that is written.
    pub window: Option<u64>,
}

/// A layer of caches.
#[derive(Debug, Clone, Serialize)]
pub struct Cache {
    /// Its name.
    pub name: Said,
    /// How long it keeps things, in seconds, where that is written.
    pub keeps: Option<u64>,
}

/// What the document promises for a disaster.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Recovery {
    /// The recovery time objective, as written.
    pub rto: Option<Said>,
    /// The same in seconds, where it can be read.
    pub rto_seconds: Option<u64>,
    /// The recovery point objective, as written.
    pub rpo: Option<Said>,
    /// The same in seconds, where it can be read.
    pub rpo_seconds: Option<u64>,
    /// The steps of the failover.
    pub failover: Vec<Said>,
}

/// Reads what is said about running the system.
pub fn read(_reader: Reader<'_>) -> Operations {
    Operations::default()
}

/// Reads what is promised for a disaster.
pub fn recovery(_reader: Reader<'_>) -> Recovery {
    Recovery::default()
}
