//! `rules`: every rule with its level.

use super::{Failure, Form, Outcome, print};
use crate::rules::RULES;
use crate::site::BOOK_TOML;

/// Prints a line a rule: name, level (or levels: draft / review / final), what it is about.
pub fn run() -> Result<Outcome, Failure> {
    let names = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let levels = RULES
        .iter()
        .map(|rule| rule.levels.to_string().len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for rule in RULES {
        text.push_str(&format!(
            "{:names$}  {:levels$}  {}\n",
            rule.name,
            rule.levels.to_string(),
            rule.group.name()
        ));
    }
    text.push_str("\nThree levels are those of drafts / of documents in review / of final ones.\n");
    text.push_str(&format!(
        "`mdbook-archdoc explain RULE` says more; `[preprocessor.archdoc.rules]` in {BOOK_TOML} sets levels.\n",
    ));
    print(Form::Text, &text)?;
    Ok(Outcome::Clean)
}
