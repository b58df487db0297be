//! `history-incomplete`: the clone that the book is built from does not hold all of its history.

use super::{Check, Group, Rule};
use crate::diagnostic::{Level, Levels};

pub static RULE: Rule = Rule {
    name: "history-incomplete",
    group: Group::Book,
    levels: Levels::always(Level::Warning),
    page: include_str!("history_incomplete.md"),
    check: Check::Book,
};
