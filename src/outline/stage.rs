//! How far a document says it has come, from the words of its status.

use super::{FieldState, Outline};
use crate::diagnostic::Stage;
use crate::document::{Document, FieldId};
use crate::template::{FieldKind, Template};

/// Status words that people use, and the stage that each declares. Two words count before one.
const WORDS: &[(&str, Stage)] = &[
    ("in progress", Stage::Review),
    ("in review", Stage::Review),
    ("under review", Stage::Review),
    ("draft", Stage::Draft),
    ("drafting", Stage::Draft),
    ("wip", Stage::Draft),
    ("proposed", Stage::Draft),
    ("proposal", Stage::Draft),
    ("planned", Stage::Draft),
    ("planning", Stage::Draft),
    ("review", Stage::Review),
    ("in-progress", Stage::Review),
    ("pending", Stage::Review),
    ("ongoing", Stage::Review),
    ("complete", Stage::Final),
    ("completed", Stage::Final),
    ("approved", Stage::Final),
    ("accepted", Stage::Final),
    ("final", Stage::Final),
    ("finalized", Stage::Final),
    ("implemented", Stage::Final),
    ("released", Stage::Final),
    ("published", Stage::Final),
    ("done", Stage::Final),
    ("current", Stage::Final),
    ("active", Stage::Final),
    ("stable", Stage::Final),
    ("living", Stage::Final),
    ("production", Stage::Final),
    ("deprecated", Stage::Final),
    ("superseded", Stage::Final),
    ("rejected", Stage::Final),
    ("reviewed", Stage::Final),
];

/// What a status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageWord {
    /// It declares a stage.
    Known(Stage),
    /// No word of it is known.
    Unknown,
}

/// The stage that a status declares: that of its first known word.
pub fn stage_of(status: &str) -> StageWord {
    let lower = status.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let known = |phrase: &str| WORDS.iter().find(|(word, _)| *word == phrase).map(|(_, stage)| *stage);
    for (at, word) in words.iter().enumerate() {
        let pair = words.get(at + 1).map(|next| format!("{word} {next}"));
        if *word == "not" || *word == "un" {
            return StageWord::Known(Stage::Review);
        }
        if let Some(stage) = pair.and_then(|pair| known(&pair)).or_else(|| known(word)) {
            return StageWord::Known(stage);
        }
    }
    StageWord::Unknown
}

/// Whether a value still lists the alternatives of the template, with or without its brackets.
pub fn unpicked(value: &str, choices: &[String]) -> bool {
    let listed: Vec<String> = value
        .trim_matches(['[', ']', '{', '}', '<', '>'])
        .split(['/', '|'])
        .map(|word| word.trim().to_lowercase())
        .collect();
    let of_choices = listed
        .iter()
        .filter(|word| choices.iter().any(|choice| choice.to_lowercase() == **word))
        .count();
    listed.len() > 1 && of_choices == listed.len()
}

/// The stage of the whole document, and the field that declares it: the later one of header and footer.
pub(super) fn of(outline: &Outline, document: &Document, template: &Template) -> Option<(Stage, FieldId)> {
    let header = outline.header.slots.iter().zip(&template.header);
    let footer = outline.footer.slots.iter().zip(&template.footer);
    let declared = header.chain(footer).filter_map(|(slot, spec)| {
        let FieldKind::Choice(choices) = &spec.kind else {
            return None;
        };
        let id = slot.field.filter(|_| slot.state == FieldState::Filled)?;
        let value = &document.fields[id].value;
        match stage_of(value) {
            StageWord::Known(stage) if !unpicked(value, choices) => Some((stage, id)),
            _ => None,
        }
    });
    declared.reduce(|best, next| if next.0 > best.0 { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_word_counts() {
        let known = |status| stage_of(status);
        assert_eq!(known("Draft - Ready for Review"), StageWord::Known(Stage::Draft));
        assert_eq!(known("✅ Complete"), StageWord::Known(Stage::Final));
        assert_eq!(known("In Progress"), StageWord::Known(Stage::Review));
        assert_eq!(known("v1.0 — Approved by QA"), StageWord::Known(Stage::Final));
        assert_eq!(known("Not approved"), StageWord::Known(Stage::Review));
        assert_eq!(known("Lorem"), StageWord::Unknown);
    }

    #[test]
    fn menus_are_unpicked_with_and_without_brackets() {
        let choices = ["Draft".to_owned(), "In Progress".to_owned(), "Complete".to_owned()];
        assert!(unpicked("[Draft/In Progress/Complete]", &choices));
        assert!(unpicked("Draft / Complete", &choices));
        assert!(!unpicked("Draft", &choices));
        assert!(!unpicked("Draft/Something", &choices));
    }
}
