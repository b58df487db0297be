//! The tests that look at archdoc from outside: real books, built by mdBook itself, and the program's own streams.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod build;
mod change_log;
mod change_log_forms;
mod cli;
mod clones;
mod escape;
mod example;
mod history;
mod html;
mod include;
mod listing;
mod matrix;
#[cfg(unix)]
mod not_utf8;
mod own_output;
mod pages;
mod parts;
mod properties;
mod protocol;
mod reach;
mod review;
mod same;
mod streams;
mod support;
mod templates;
#[cfg(unix)]
mod terminal;
mod traps;
mod writes;
