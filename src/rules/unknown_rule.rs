//! `unknown-rule`: the configuration names a rule that does not exist.

use super::{Check, Group, Rule};
use crate::diagnostic::{Level, Levels};

pub static RULE: Rule = Rule {
    name: "unknown-rule",
    group: Group::Book,
    levels: Levels::always(Level::Error),
    page: include_str!("unknown_rule.md"),
    check: Check::Book,
};
