//! `invalid-config`: something in the book's configuration cannot be used.

use super::{Check, Group, Rule};
use crate::diagnostic::{Level, Levels};

pub static RULE: Rule = Rule {
    name: "invalid-config",
    group: Group::Book,
    levels: Levels::always(Level::Error),
    page: include_str!("invalid_config.md"),
    check: Check::Book,
};
