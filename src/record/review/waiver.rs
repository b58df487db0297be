//! Statements in an item's text that the item does not apply, and why. A phrase in the middle of a sentence is none.

use super::words::{after, waiving};
use crate::naming::Words;

/// Words behind `N/A` that make it a condition, and not a statement.
const CONDITIONS: &[&str] = &[
    "unless", "if", "when", "until", "till", "except", "once", "yet", "before",
];

/// Words with which the reason may follow the longer phrases: `not required for …`.
static LINKS: Words = Words::new(
    "because, since, as, for, in, to, here, by, at, on, with, due, given, currently, now, this, right, per, any, \
     while",
);

/// A statement in an item's text that the item does not apply.
#[derive(Debug, PartialEq, Eq)]
pub struct Waiver<'t> {
    /// Why; empty if it does not say.
    pub reason: &'t str,
    /// The item without the statement.
    pub item: &'t str,
}

/// Finds `N/A: reason`, `… - N/A (reason)`, `… (not required for now)`; never a phrase in the middle of a sentence.
pub fn waiver(text: &str) -> Option<Waiver<'_>> {
    if let Some((phrase, rest)) = waiving(text) {
        let apart = rest.trim_start();
        let linked = LINKS.iter().any(|word| after(apart, word).is_some());
        if (apart.is_empty() || linked || apart.starts_with(PUNCTUATION)) && !conditional(apart) {
            let reason = stated(apart);
            return Some(Waiver { reason, item: reason });
        }
        // `N/A Ports are listed`; `N/A values are listed` is a sentence.
        if short(phrase) && apart.starts_with(char::is_uppercase) {
            return Some(Waiver {
                reason: "",
                item: apart,
            });
        }
    }
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(SEPARATORS) {
        let start = from + at;
        let mark = text.get(start..)?.chars().next()?;
        from = start + mark.len_utf8();
        let (before, behind) = (text.get(..start)?, text.get(from..)?);
        let found = apart(mark, before, behind)
            .then(|| behind.trim_start())
            .and_then(waiving);
        let waiver = found.and_then(|found| behind_mark(mark, before, behind.trim_start(), found));
        if waiver.is_some() {
            return waiver;
        }
    }
    in_the_middle(text)
}

/// `Ports N/A: one region`: only the short phrases, with a colon, are more than words of a sentence there.
fn in_the_middle(text: &str) -> Option<Waiver<'_>> {
    if !text.contains([':', '：']) {
        return None;
    }
    let blanks = text.char_indices().filter(|(_, c)| c.is_whitespace());
    blanks.into_iter().find_map(|(at, _)| {
        let (before, behind) = text.split_at_checked(at)?;
        let (phrase, rest) = waiving(behind.trim_start())?;
        let states = short(phrase) && rest.starts_with([':', '：']) && !conditional(rest);
        let reason = stated(rest);
        (states && !before.trim().is_empty() && !reason.is_empty()).then_some(Waiver { reason, item: before })
    })
}

const SEPARATORS: [char; 13] = ['(', '[', '（', '-', '–', '—', ':', '：', ';', '.', '→', '|', '。'];

/// Whether a mark stands apart from the words around it: a dash between spaces, a colon in front of one.
fn apart(mark: char, before: &str, behind: &str) -> bool {
    match mark {
        '-' => behind.starts_with(char::is_whitespace) && before.ends_with([' ', '-']),
        ':' | ';' | '.' => behind.starts_with(char::is_whitespace),
        _ => true,
    }
}

fn behind_mark<'t>(
    mark: char,
    before: &'t str,
    behind: &'t str,
    (phrase, rest): (&'t str, &'t str),
) -> Option<Waiver<'t>> {
    if !follows(phrase, rest) {
        return None;
    }
    let opens = matches!(mark, '(' | '[' | '（');
    let end = rest.find([')', ']', '）']).filter(|_| opens);
    let inside = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    let outside = end.and_then(|end| rest.get(end..)).map_or("", stated);
    let linked = inside.trim_start().starts_with(char::is_alphabetic) && !short(phrase);
    // `not required for …` is the reason with its first words; `N/A …` is not.
    let reason = if linked {
        behind.get(..phrase.len() + inside.len())?
    } else {
        inside
    };
    let reason = stated(reason);
    Some(Waiver {
        reason: if reason.is_empty() && opens && !before.is_empty() {
            outside
        } else {
            reason
        },
        item: if before.trim().is_empty() {
            outside
        } else {
            before.trim_end()
        },
    })
}

const PUNCTUATION: [char; 16] = [
    ':', '：', '-', '–', '—', '(', ')', '[', ']', '（', '）', ',', ';', '.', '|', '→',
];

fn short(phrase: &str) -> bool {
    phrase.contains(['/', '.'])
}

/// Whether what stands behind a phrase leaves it a statement.
fn follows(phrase: &str, rest: &str) -> bool {
    let rest = rest.trim_start();
    let ends = rest.is_empty() || rest.starts_with(PUNCTUATION);
    let linked = short(phrase) && !rest.starts_with('?') || LINKS.iter().any(|word| after(rest, word).is_some());
    (ends || linked) && !conditional(rest)
}

fn conditional(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || PUNCTUATION.contains(&c));
    CONDITIONS.iter().any(|word| after(rest, word).is_some())
}

/// A reason without what separates it from the statement.
pub fn stated(reason: &str) -> &str {
    let reason = reason.trim_start_matches(|c: char| c.is_whitespace() || PUNCTUATION.contains(&c));
    let reason = reason.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','));
    match reason.strip_suffix([')', ']', '）']) {
        Some(inner) if !inner.contains(['(', '[', '（']) => inner,
        _ => reason,
    }
}
