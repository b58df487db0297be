//! Takes a text apart into the numbers and names that a date is made of. It must never decide what date they are, and
//! gives up where a text holds anything that no date has.

use super::{Words, month, plain};

/// Words inside a date that add nothing to it.
static FILLERS: Words = Words::new("de del of the on le el il em den der am г год года roku r do dnia op vom");

/// Words that stand between a date and a time of day.
static BEFORE_TIME: Words = Words::new("t at um a as");

/// Words that may follow a time of day: halves of the day and zones.
static AFTER_TIME: Words = Words::new(
    "am pm h uhr z utc gmt est edt cst cdt mst mdt pst pdt et wet west bst cet cest met eet eest \
     msk ist jst kst sgt hkt aest aedt awst nzst nzdt brt art sast",
);

/// Ends of ordinal numbers, as `plain` writes them.
static ORDINALS: Words = Words::new("st nd rd th er e eme º ª o");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatePart {
    Number {
        value: i32,
        digits: usize,
    },
    Month(i8),
    /// Two or three characters that stand for a number not known: `XX`, `??`.
    Unknown,
}

impl DatePart {
    /// The year that this can be, of four digits.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Self::Number { value, digits: 4 } => i16::try_from(value).ok().filter(|year| is_year(*year)),
            _ => None,
        }
    }

    pub(super) fn small(self) -> Option<i16> {
        match self {
            Self::Number { value, digits: 1 | 2 } => i16::try_from(value).ok(),
            _ => None,
        }
    }

    pub(super) fn two_digits(self) -> bool {
        matches!(self, Self::Number { digits: 2, .. })
    }
}

/// A text taken apart: its numbers and names, and what stands between them. Weekdays, times of day and words that
/// add nothing are left out.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) parts: Vec<DatePart>,
    pub(super) between: Vec<String>,
    pub(super) after: String,
    /// Whether a time of day was left out.
    timed: bool,
    /// Whether the last character taken was a blank.
    spaced: bool,
}

impl Scan {
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut scan = Self::default();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = scan.step(c, rest)?;
        }
        Some(scan)
    }

    /// Takes what `rest` begins with, and gives what is left; `None` where a date cannot go on like that.
    fn step<'a>(&mut self, c: char, rest: &'a str) -> Option<&'a str> {
        let tail = rest.strip_prefix(c)?;
        let spaced = std::mem::replace(&mut self.spaced, c == ' ');
        if c == ' ' {
            return Some(tail);
        }
        if c.is_ascii_digit() {
            if let Some(tail) = time(rest) {
                self.timed = true;
                return self.drop_separator(spaced).then_some(tail);
            }
            let (digits, tail) = run(rest, |c| c.is_ascii_digit());
            let value = if digits.len() > 8 {
                return None;
            } else {
                digits.parse().ok()?
            };
            self.push(DatePart::Number {
                value,
                digits: digits.len(),
            })?;
            let (suffix, end) = run(tail, is_letter);
            return Some(
                if ORDINALS.contains(&plain(suffix).as_str()) || self.is_count(suffix, end) {
                    end
                } else {
                    tail
                },
            );
        }
        if let Some(name) = month::cjk_weekday(rest) {
            return rest.strip_prefix(name);
        }
        if let Some(unit) = month::cjk_unit(c) {
            self.after.push(unit);
            return (self.after.chars().count() == 1).then_some(tail);
        }
        if is_letter(c) {
            let (word, tail) = run(rest, is_letter);
            return self.word(&plain(word), tail);
        }
        if c == '?' {
            let (marks, tail) = run(rest, |c| c == '?');
            self.push(if marks.len() == 2 {
                DatePart::Unknown
            } else {
                return None;
            })?;
            return Some(tail);
        }
        if c == '@' {
            return time(tail.trim_start()).is_some().then_some(tail);
        }
        if self.timed && matches!(c, '+' | '-') && tail.len() == 4 && tail.bytes().all(|b| b.is_ascii_digit()) {
            return Some("");
        }
        self.after.push(c);
        (matches!(c, ',' | '.' | '-' | '/' | '–') && self.after.chars().count() <= 2).then_some(tail)
    }

    /// Whether the letter that ends `2025-10-24b` counts the entries of one day.
    fn is_count(&self, suffix: &str, end: &str) -> bool {
        let letter = suffix.len() == 1 && suffix.bytes().all(|byte| byte.is_ascii_lowercase());
        let dashed = self.between.len() == 2 && self.between.iter().all(|between| between == "-");
        let whole = self.parts.first().and_then(|part| part.year()).is_some()
            && self.parts.last().is_some_and(|part| part.two_digits());
        letter && dashed && whole && end.is_empty()
    }

    fn word<'a>(&mut self, word: &str, tail: &'a str) -> Option<&'a str> {
        if let Some(month) = month::number(word) {
            self.push(DatePart::Month(month))?;
        } else if matches!(word, "x" | "xx") {
            self.push(DatePart::Unknown)?;
            return Some(tail);
        } else if BEFORE_TIME.contains(&word) && time(tail.trim_start()).is_some() {
            return Some(tail);
        } else if !month::is_weekday(word) && !FILLERS.contains(&word) {
            return None;
        } else if self.parts.is_empty() {
            return Some(tail.trim_start_matches(['.', ',', '-']));
        }
        Some(tail.strip_prefix('.').unwrap_or(tail))
    }

    fn push(&mut self, part: DatePart) -> Option<()> {
        let sep = std::mem::take(&mut self.after);
        if self.parts.is_empty() {
            if !sep.is_empty() {
                return None;
            }
        } else {
            self.between.push(sep);
        }
        self.parts.push(part);
        (self.parts.len() <= 3).then_some(())
    }

    /// Drops what stands before a time of day, which is no part of the date.
    fn drop_separator(&mut self, spaced: bool) -> bool {
        let sep = std::mem::take(&mut self.after);
        if matches!(sep.as_str(), "年" | "月" | "日") {
            self.after = sep;
            return true;
        }
        matches!(sep.as_str(), "" | ",") || spaced && matches!(sep.as_str(), "-" | "–")
    }
}

/// Whether a number is a year of a time that has software.
pub(super) fn is_year(number: i16) -> bool {
    (1900..2200).contains(&number)
}

fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')) && month::cjk_unit(c).is_none()
}

/// What `text` begins with as far as `like` holds, and the rest.
fn run(text: &str, like: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !like(c)).unwrap_or(text.len()))
}

/// What is left of `text` after the time of day and the zone that it begins with.
fn time(text: &str) -> Option<&str> {
    let number = |text, most: u8| {
        let (digits, tail) = run(text, |c: char| c.is_ascii_digit());
        let value: u8 = digits.parse().ok()?;
        (digits.len() <= 2 && value <= most).then_some((digits.len(), tail))
    };
    let (_, tail) = number(text, 24)?;
    let mut tail = if let Some(minutes) = tail.strip_prefix(':') {
        let (2, tail) = number(minutes, 59)? else {
            return None;
        };
        match tail.strip_prefix(':') {
            Some(seconds) => {
                let (2, tail) = number(seconds, 60)? else {
                    return None;
                };
                let fraction = tail.strip_prefix(['.', ',']).map(|f| run(f, |c| c.is_ascii_digit()));
                fraction
                    .filter(|(digits, _)| !digits.is_empty())
                    .map_or(tail, |(_, tail)| tail)
            }
            None => tail,
        }
    } else {
        let tail = tail.strip_prefix('h')?;
        number(tail, 59).map_or(tail, |(_, tail)| tail)
    };
    if tail.starts_with(|c: char| c.is_ascii_digit() || c == ':') {
        return None;
    }
    loop {
        let next = tail.trim_start();
        let (word, after) = run(next, is_letter);
        if AFTER_TIME.contains(&plain(word).as_str()) {
            tail = after;
        } else if let Some(half) = ["a.m.", "p.m.", "A.M.", "P.M."]
            .iter()
            .find_map(|half| next.strip_prefix(half))
        {
            tail = half;
        } else {
            break;
        }
    }
    let offset = tail
        .trim_start()
        .strip_prefix(['+', '-'])
        .map(|o| run(o, |c| c.is_ascii_digit() || c == ':'));
    Some(match offset {
        Some((digits, after)) if (1..=6).contains(&digits.len()) => after,
        _ if tail.starts_with(is_letter) => return None,
        _ => tail,
    })
}
