//! An mdBook preprocessor and command-line tool that holds architecture documents to their template.

#![cfg_attr(test, allow(clippy::string_slice, reason = "a test may panic"))]

mod book;
mod check;
pub mod cli;
mod config;
mod diagnostic;
mod directive;
mod document;
mod edit;
mod enrich;
mod facts;
mod files;
mod history;
mod markdown;
mod naming;
mod outline;
mod output;
mod preprocessor;
mod record;
mod rules;
mod source;
mod template;
mod values;

pub use preprocessor::Archdoc;
pub use source::Span;
