//! Readers of values: what a person wrote in a cell or a field becomes a typed value, or is said not to be one.
//! They must never guess where two people could read a text differently, never panic, and never look at anything
//! but the text they are given: no clock, no locale, no document.

mod date;
mod duration;
mod kind;
mod length;
mod month;
mod period;
mod scan;
mod shape;
mod version;

use std::borrow::Cow;

use crate::naming::Words;

pub use date::{DateReading, read_date, read_dates};
pub use duration::{read_duration, read_durations};
pub use period::{find_period, read_period};
pub use version::{Version, is_plausible_version, read_version};

/// Words that stand in a field for a value that is not there, in lower case and without accents.
static NO_VALUE: Words = Words::new(
    "tbd, tba, tbc, tbs, to be, todo, n/a, n.a, na, none, unknown, unreleased, pending, not yet, \
     a definir, por definir, da definire, offen, ausstehend, 待定, 未定, 미정",
);

/// `text` in the one form that the readers know: full-width forms as ASCII, every blank a space, hyphens and minus
/// signs as `-`, characters without a width dropped. Case and accents stay.
fn fold(text: &str) -> Cow<'_, str> {
    // Nearly all texts are in that form.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .filter(|c| {
            !matches!(
                c,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}'
            )
        })
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
            '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// `text` in lower case and without the accents of the languages that the tables of words are written in.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ł' => 'l',
            'ñ' | 'ń' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
            'ś' | 'š' => 's',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ź' | 'ż' | 'ž' => 'z',
            'й' => 'и',
            'ё' => 'е',
            c => c,
        })
        .collect()
}

/// Whether `c` is markup, a quote or a pictograph that may be left around a value without being part of it.
fn is_wrapping(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '*' | '_' | '`' | '"' | '\'' | '|' | '\u{2018}'..='\u{201f}' | '«' | '»' | '†' | '‡'
        )
        || matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b1b}'..='\u{2b55}' | '\u{1f000}'..='\u{1faff}' | '\u{20e3}')
}

/// `text` without what wraps it, and without the punctuation that ends a sentence.
fn trim(text: &str) -> &str {
    text.trim_start_matches(is_wrapping)
        .trim_end_matches(|c| is_wrapping(c) || matches!(c, '.' | ',' | ';' | ':' | '。' | '、'))
}

/// The inside of `text` where one pair of brackets is around all of it, and the opening bracket.
fn unwrap_brackets(text: &str) -> Option<(char, &str)> {
    let open = text.chars().next()?;
    let close = closing(open)?;
    let inside = text.strip_prefix(open)?.strip_suffix(close)?;
    (!inside.contains([open, close])).then(|| (open, inside.trim()))
}

fn closing(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        '<' => Some('>'),
        _ => None,
    }
}

/// `text` without the notes in brackets at its end, and those notes as they are written: `1.0 (draft)`. A text that
/// is nothing but brackets has no notes.
fn split_notes(text: &str) -> (&str, &str) {
    let mut head = trim(text);
    while let Some(close) = head.chars().next_back().filter(|c| matches!(c, ')' | ']')) {
        let open = if close == ')' { '(' } else { '[' };
        let mut depth = 0usize;
        let start = head.char_indices().rev().find_map(|(at, c)| {
            if c == close {
                depth += 1;
            } else if c == open {
                depth -= 1;
            }
            (depth == 0).then_some(at)
        });
        match start.and_then(|at| head.get(..at)).map(trim) {
            Some(rest) if !rest.is_empty() => head = rest,
            _ => break,
        }
    }
    let before = text.len() - text.trim_start_matches(is_wrapping).len();
    (head, text.get(before + head.len()..).unwrap_or(""))
}

/// Whether `text` begins with one of `words`, and that word ends there.
fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether `text` is a place that is still to be filled: a blank to write on, something in brackets, a template's
/// variable, or the letters of a date's form (`YYYY-MM-DD`, `TT.MM.JJJJ`). `text` is folded.
fn is_unfilled(text: &str) -> bool {
    let text = text.trim();
    if !text.contains(char::is_alphanumeric) {
        return text.contains("__") || text.contains("??") || text.chars().next().is_some_and(|c| closing(c).is_some());
    }
    let inside = trim(text);
    text.contains('{') && text.contains("{{")
        || unwrap_brackets(inside).is_some_and(|(open, _)| open != '(')
        || inside.strip_prefix("${").is_some_and(|rest| rest.ends_with('}'))
        || is_date_form(inside)
}

/// Whether `text` is a place that is still to be filled, as it stands in a cell: `[Name]`, `{{date}}`, `____`.
pub fn is_placeholder(text: &str) -> bool {
    is_unfilled(&fold(text))
}

/// Whether `text` is made of letters that stand for digits, at least two groups of them or one of four. The year may
/// be there: `2025-MM-DD`. `2025-XX-XX` is no form but a date of which the year is known.
fn is_date_form(text: &str) -> bool {
    let text = plain(text);
    let (mut groups, mut longest, mut years, mut crosses) = (0, 0, 0, 0);
    for group in text
        .split(|c: char| !c.is_alphanumeric() || month::cjk_unit(c).is_some())
        .filter(|g| !g.is_empty())
    {
        let letters = group.trim_start_matches(|c: char| c.is_ascii_digit());
        let first = letters.chars().next().unwrap_or(' ');
        let same = letters.chars().count() >= 2 && letters.chars().all(|c| c == first);
        let whole = letters.len() == group.len();
        if group.len() == 4 && letters.is_empty() {
            years += 1;
        } else if same && first == 'x' {
            crosses += usize::from(whole);
            groups += 1;
        } else if same && whole && "ymdjatгдм".contains(first) || matches!(group, "year" | "month" | "day") {
            groups += 1;
        } else {
            return false;
        }
        longest = longest.max(group.chars().count());
    }
    (groups >= 2 || groups == 1 && longest >= 4) && years <= usize::from(groups >= 2 && crosses == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_split_off_at_their_own_bracket() {
        for (text, head, notes) in [
            ("1.0 (draft)", "1.0", " (draft)"),
            ("1.0 (a (b) c) [d]", "1.0", " (a (b) c) [d]"),
            ("(all of it)", "(all of it)", ""),
            ("1.0 draft)", "1.0 draft)", ""),
            ("**1.0** (x).", "1.0", "** (x)."),
            ("", "", ""),
        ] {
            assert_eq!(split_notes(text), (head, notes), "{text}");
        }
    }

    #[test]
    fn unfilled_places_are_told_from_values() {
        for text in [
            "[Date]",
            "{{date}}",
            "<date>",
            "{Version}",
            "`[Version Number]`",
            "____",
            "[ ]",
            "??",
            "YYYY-MM-DD",
            "DD/MM/YYYY",
            "TT.MM.JJJJ",
            "JJ/MM/AAAA",
            "ДД.ММ.ГГГГ",
            "20XX-XX-XX",
            "YYYY年MM月DD日",
            "${VERSION}",
            "YYYY",
            "Month DD, YYYY",
        ] {
            assert!(is_unfilled(text), "{text}");
        }
        for text in ["2025-01-XX", "(draft)", "1.0", "-", "", "mm", "A", "May 2025", "x.y"] {
            assert!(!is_unfilled(text), "{text}");
        }
    }

    #[test]
    fn one_form_for_many_ways_to_write() {
        assert_eq!(fold("２０２５／０１\u{a0}（注）\u{feff}\u{2011}"), "2025/01 (注)-");
        assert_eq!(
            plain("AOÛT Décembre paz\u{301}dziernik МАЙ"),
            "aout decembre pazdziernik маи"
        );
    }
}
