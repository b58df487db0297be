//! Names: of headings, sections, groups and configuration words. Normalising them, telling numbered instances from
//! plain names, and measuring how alike two are.
//!
//! Every function is pure and takes plain text: the text of a heading's inlines, without `{#id}`, without HTML.
//! Nothing here parses Markdown, knows a template, or decides what a likeness means. A pictograph never identifies
//! anything: the template uses one for two sections.

mod chars;
mod name;
mod nearest;
mod numbered;
mod numbering;
mod similar;
mod words;

pub use name::{normalise, shape, slug, without_numbering};
pub use nearest::nearest;
pub use numbered::{Numbered, numbered};
pub use similar::{LIKELY, POSSIBLE, alike};
pub use words::Words;
