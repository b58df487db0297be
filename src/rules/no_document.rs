//! `no-document`: the book has no architecture document.

use super::{Check, Group, Rule};
use crate::diagnostic::{Level, Levels};

pub static RULE: Rule = Rule {
    name: "no-document",
    group: Group::Book,
    levels: Levels::always(Level::Error),
    page: include_str!("no_document.md"),
    check: Check::Book,
};
