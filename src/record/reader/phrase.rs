//! What short texts say in the same way in all records: that there is nothing, which number something has, what stands
//! in parentheses. Pure text: nothing here knows a document.

use crate::naming::{self, Numbered};

/// Whether a text says that there is nothing to say: `Not applicable: …`, `N/A`, `None`.
pub fn says_none(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let starts = |phrase: &&str| {
        text.split_at_checked(phrase.len())
            .is_some_and(|(start, rest)| start.eq_ignore_ascii_case(phrase) && !rest.starts_with(char::is_alphanumeric))
    };
    let phrases = [
        "not applicable",
        "n/a",
        "does not apply",
        "none",
        "nothing",
        "no known",
        "there are no",
        "there is no",
        "there are none",
    ];
    text.is_empty() || text.starts_with(['N', 'n', 'D', 'd', 'T', 't']) && phrases.iter().any(starts)
}

/// What stands in the last pair of parentheses at the end of a text, and the text before it.
pub fn parenthesis(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_end().trim_end_matches('.').strip_suffix(')')?;
    let (before, inside) = inside.rsplit_once('(')?;
    Some((before.trim_end(), inside.trim()))
}

/// Whether one of the words of a normalised name is one of `words`.
pub fn has_word(name: &str, words: &[&str]) -> bool {
    name.split(' ').any(|word| words.contains(&word))
}

/// A text that begins with one of `labels` and a number: `ADR-007: Use Kafka`.
pub fn numbered_as<'t>(text: &'t str, labels: &[&str]) -> Option<Numbered<'t>> {
    naming::numbered(text).filter(|numbered| labels.iter().any(|label| numbered.label.eq_ignore_ascii_case(label)))
}

/// The number that a cell holds, with a label or alone: `L1`, `2`.
pub fn number_in(text: &str) -> Option<u32> {
    let numbered = naming::numbered(text).map(|numbered| numbered.number);
    numbered.or_else(|| text.trim().parse().ok())
}
