//! The outline number before a name: `7.`, `7)`, `7.1`, `VII.`, `A.`, `Section 7:`, `§ 7`, `（一）`, `一、`. Must never
//! take the last letter of a name, nor a number that belongs to it: `3 Tier Architecture`, `24/7 Support`, `2FA`.
//!
//! A bare number is kept. Stripping it would make `2025 Roadmap` and `2026 Roadmap` one name, and not one of 1,600
//! real headings is numbered so; `similarity` forgives it instead. Every form stripped here has a punctuation mark
//! that a normalised name cannot have, which is why normalising twice changes nothing.

use super::chars::{fold, has_letter, is_invisible, is_letter, is_pictograph, is_word};

/// Words that name what is numbered and say nothing of the section itself.
const KEYWORDS: [&str; 2] = ["section", "chapter"];

/// What follows the outline number, where the text begins with one and a letter is left after it.
pub fn strip_outline(text: &str) -> Option<&str> {
    if begins_with_long_word(text) {
        return None;
    }
    let rest = in_parentheses(text).or_else(|| counted(text))?;
    has_letter(rest).then_some(rest)
}

/// What follows `Section 7:`, `Chapter VII -` or `§ 7`, where a letter is left after it.
pub fn strip_section_word(text: &str) -> Option<&str> {
    let rest = paragraph_sign(text).or_else(|| section_word(text))?;
    has_letter(rest).then_some(rest)
}

/// Whether the text begins with a letter that no count of two or more has, and another one: true of nearly all names.
fn begins_with_long_word(text: &str) -> bool {
    let mut bytes = text.bytes();
    let first = bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() && !b"ivxIVX".contains(&b));
    first && bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
}

#[derive(Clone, Copy, PartialEq)]
enum Count {
    /// `7`
    Digits,
    /// `7.1`, `A.1`
    Levels,
    /// One letter: `A`, `V`
    Letter,
    /// Two letters or more: `VII`
    Roman,
    /// `三`
    Han,
}

/// `(7) `, `（一）`, `(a) `
fn in_parentheses(text: &str) -> Option<&str> {
    let (_, rest) = count(eat(text, |c| c == '(')?)?;
    eat(rest, |c| c == ')')
}

fn counted(text: &str) -> Option<&str> {
    let (form, rest) = count(text)?;
    closed(form, rest, false)
}

fn section_word(text: &str) -> Option<&str> {
    let rest = KEYWORDS.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        head.eq_ignore_ascii_case(word)
            .then(|| text.get(word.len()..))
            .flatten()
    })?;
    let (form, rest) = count(eat(rest, |c| c == ' ').map(trim)?)?;
    closed(form, rest, true)
}

fn paragraph_sign(text: &str) -> Option<&str> {
    let rest = eat(text, |c| c == '§')?;
    let (form, rest) = count(trim(rest.trim_start_matches('§')))?;
    closed(form, rest, true).or_else(|| (!rest.starts_with(is_word)).then_some(rest))
}

/// What follows the mark that closes a number. `named`: a word said that it is one, so that a colon or a dash will do
/// for a letter too.
fn closed(form: Count, rest: &str, named: bool) -> Option<&str> {
    if let Some(after) = eat(rest, |c| c == ')') {
        return Some(after);
    }
    if let Some(after) = eat(rest, |c| c == '、') {
        return matches!(form, Count::Digits | Count::Han).then_some(after);
    }
    if let Some(after) = eat(rest, |c| c == '.') {
        return (form != Count::Han && dot_closes(form, after)).then_some(after);
    }
    if form == Count::Han || form == Count::Letter && !named {
        return None;
    }
    let spaced = trim(rest);
    if let Some(after) = eat(spaced, |c| c == ':') {
        // `10:30 Meeting` is a time.
        return (!after.starts_with(|c: char| c.is_ascii_digit())).then_some(after);
    }
    if let Some(after) = eat(spaced, |c| matches!(c, '-' | '|' | '·')) {
        // `3-Tier` is one word.
        return blank_or_sign(after).then_some(after);
    }
    (form == Count::Levels && blank_or_sign(rest)).then_some(rest)
}

/// `7. Security` and `7.Security`, but not `2.x Clients`, nor `A.I. Models`.
fn dot_closes(form: Count, after: &str) -> bool {
    let two_letters = || after.chars().take_while(|c| is_letter(*c)).take(2).count() == 2;
    let han = || after.starts_with(|c: char| is_letter(c) && !c.is_lowercase() && !c.is_uppercase());
    // Spanish writers put `1.- Introducción`.
    let after_dash = after.strip_prefix('-').unwrap_or(after);
    blank_or_sign(after_dash) || matches!(form, Count::Digits | Count::Levels) && (two_letters() || han())
}

fn blank_or_sign(text: &str) -> bool {
    text.starts_with(|c: char| c.is_whitespace() || is_pictograph(c) || is_invisible(c))
}

/// The count at the start of the text, and what follows it.
fn count(text: &str) -> Option<(Count, &str)> {
    let (han, after_han) = run(text, |c| !c.is_ascii() && "一二三四五六七八九十百".contains(c));
    if han > 0 {
        return Some((Count::Han, after_han));
    }
    let (digits, after_digits) = run(text, |c| c.is_ascii_digit());
    if digits > 0 {
        let (levels, rest) = levels(after_digits);
        return match levels {
            // `2025.` is a year, `802.11` a standard.
            0 => (digits <= 3).then_some((Count::Digits, rest)),
            _ => (digits <= 2).then_some((Count::Levels, rest)),
        };
    }
    let (letters, after_letters) = run(text, is_letter);
    match letters {
        1 if text.starts_with(|c: char| c.is_uppercase() || c.is_lowercase()) => match levels(after_letters) {
            (0, rest) => Some((Count::Letter, rest)),
            (_, rest) => Some((Count::Levels, rest)),
        },
        2..=6 if is_roman(text.get(..letters)?) => Some((Count::Roman, after_letters)),
        _ => None,
    }
}

/// How many `.1` follow, each of one or two digits, and the rest.
fn levels(text: &str) -> (usize, &str) {
    let mut rest = text;
    let mut found = 0;
    while let Some((1..=2, after)) = eat(rest, |c| c == '.').map(|after| run(after, |c| c.is_ascii_digit())) {
        rest = after;
        found += 1;
    }
    (found, rest)
}

/// A Roman number below forty. Above, they are rarer than `CI`, `CD`, `DC`, `ML` and `XL`.
fn is_roman(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let units = text.trim_start_matches('x');
    let tens = text.len() - units.len();
    tens <= 3
        && matches!(
            units,
            "" | "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix"
        )
}

fn trim(text: &str) -> &str {
    text.trim_start_matches(char::is_whitespace)
}

/// The text after its first character, where the folded form of that is wanted.
fn eat(text: &str, wanted: impl Fn(char) -> bool) -> Option<&str> {
    text.strip_prefix(|c| wanted(fold(c)))
}

/// How many characters at the start are wanted, in their folded form, and the rest.
fn run(text: &str, wanted: impl Fn(char) -> bool) -> (usize, &str) {
    let rest = text.trim_start_matches(|c| wanted(fold(c)));
    let bytes = text.len() - rest.len();
    (text.get(..bytes).map_or(0, |found| found.chars().count()), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outline_numbers_go() {
        for (text, rest) in [
            ("7. Security", "Security"),
            ("7.Security", "Security"),
            ("7) Security", "Security"),
            ("17) Checklist", "Checklist"),
            ("(7) Security", "Security"),
            ("7: Security", "Security"),
            ("7 - Security", "Security"),
            ("7 — Security", "Security"),
            ("7- Security", "Security"),
            ("7.1 Security", "Security"),
            ("7.1. Security", "Security"),
            ("7.1.2 - Security", "Security"),
            ("7.1🚀 Security", "🚀 Security"),
            ("1.- Introducción", "- Introducción"),
            ("VII. Security", "Security"),
            ("vii) Security", "Security"),
            ("VII - Security", "Security"),
            ("V. Vendors", "Vendors"),
            ("A. Appendix", "Appendix"),
            ("(a) Appendix", "Appendix"),
            ("А. Приложение", "Приложение"),
            ("A.1 Appendix", "Appendix"),
            ("Ⅶ. Security", "Security"),
            ("７．概要", "概要"),
            ("2. 缓存优化", "缓存优化"),
            ("一、概述", "概述"),
            ("1、概述", "概述"),
            ("（一）概述", "概述"),
            ("7.\u{a0}Security", "Security"),
            ("2. 2FA", "2FA"),
            ("7. .NET", ".NET"),
        ] {
            assert_eq!(strip_outline(text).map(str::trim_start), Some(rest), "{text:?}");
        }
    }

    #[test]
    fn numbers_and_letters_of_the_name_stay() {
        for text in [
            "7 Security",
            "3 Tier Architecture",
            "3-Tier Architecture",
            "2025 Roadmap",
            "2025. Roadmap",
            "24/7 Support",
            "3rd Party Services",
            "2FA",
            "802.11 Networks",
            "10:30 Meeting",
            "2025-10-24 Release",
            "24.10.2025 Release",
            "2.x Clients",
            "1.2.0",
            "7.",
            "7",
            "1. 2",
            "v1.1 Vision",
            "V for Vendetta",
            "I think",
            "I",
            "A",
            "A.",
            "A.I. Models",
            "A: Answers",
            "A - Z Index",
            "CI. Pipelines",
            "CD - Pipelines",
            "XL. Sizes",
            "IIII. Sizes",
            ".NET Services",
            "C# Guidelines",
            "C++ API",
            "FR1",
            "ADR-007 Use Kafka",
            "Phase 1. Start",
            "一般 Notes",
            "三層構造",
            "Section 7: Security",
            "Mix. Sounds",
            "1.5x Faster",
            "",
        ] {
            assert_eq!(strip_outline(text), None, "{text:?}");
        }
    }

    #[test]
    fn section_words_go_with_their_number() {
        for (text, rest) in [
            ("Section 7: Security", Some(" Security")),
            ("SECTION 7.1 Security", Some(" Security")),
            ("Chapter VII - Security", Some(" Security")),
            ("Section A: Security", Some(" Security")),
            ("Section 7. Security", Some(" Security")),
            ("§ 7 Security", Some(" Security")),
            ("§7.1: Security", Some(" Security")),
            ("Section 7 Security", None),
            ("Section 7", None),
            ("Section 7:", None),
            ("Section: Security", None),
            ("Sections 7: Security", None),
            ("§ Security", None),
            ("§ 2FA", None),
        ] {
            assert_eq!(strip_section_word(text), rest, "{text:?}");
        }
    }
}
