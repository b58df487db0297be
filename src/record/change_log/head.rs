//! The head of an entry that is no row of a table: `2025-01-02: v1.2 –`, `**v1.1** (Jan 2025):`, `[1.2.0] - 2025-01-02`.
//! It must never take a number out of a sentence for a version, nor read half of what stands there.

use std::ops::Range;

use crate::naming::Words;
use crate::values::{DateReading, is_plausible_version, read_date, read_version};

/// What an entry begins with, as byte ranges of its text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub date: Option<Range<usize>>,
    pub version: Option<Range<usize>>,
    pub author: Option<Range<usize>>,
    /// Where what follows begins.
    pub rest: usize,
    /// Whether the date stands before the version.
    pub date_first: bool,
}

/// The longest date and the longest version, in bytes.
const LONGEST: usize = 48;

/// Words in front of a version.
static PREFIXES: Words = Words::new("version ver ver. rev rev. revision release versión versão versione versie версия");

/// Those of them that say no more than that a version follows.
static NAMES: Words = Words::new("version ver ver. versión versão versione versie версия");

/// What stands for a version that has none yet.
static UNRELEASED: Words = Words::new("unreleased unveröffentlicht inédito 未发布 未發布 未リリース 미배포");

/// Reads the head of `text`, of which `strong` bytes at the start are bold. `None` where it has none, or more than a
/// head can have.
pub(super) fn head(text: &str, strong: usize) -> Option<Head> {
    let mut head = Head::default();
    let (mut at, mut apart) = (0, false);
    loop {
        let (start, parted) = skip(text, at);
        apart |= parted || at > 0 && at == strong;
        let rest = text.get(start..).unwrap_or("");
        let end = if let Some(end) = bracket(text, start) {
            let whole = head.bracketed(text, start + 1..end).then_some(end + 1);
            whole.or_else(|| head.element(text, start))
        } else {
            head.element(text, start)
        };
        let Some(end) = end else {
            head.rest = if rest.is_empty() { text.len() } else { start };
            break;
        };
        apart = text
            .get(start..end)
            .is_some_and(|element| element.ends_with([')', ']']));
        at = end;
    }
    let after_date = head.date.as_ref().is_some_and(|date| date.end >= at.saturating_sub(1));
    let lone = head.rest >= text.trim_end().len();
    let found = head.date.is_some() || head.version.is_some();
    // Behind a version, or a colon, stands what changed, be it a date.
    let closed = text.get(at..head.rest).is_some_and(|mark| mark.contains([':', '：']));
    let more = after_date && !closed && text.get(head.rest..).is_some_and(goes_on);
    (found && !more && (apart || after_date || lone || head.is_dotted(text))).then_some(head)
}

impl Head {
    /// Takes the date or the version that stands at `start`, and gives its end.
    fn element(&mut self, text: &str, start: usize) -> Option<usize> {
        if let Some(end) = date_at(text, start) {
            if self.date.is_some() {
                return None;
            }
            self.date_first = self.version.is_none();
            self.date = Some(start..end);
            return Some(end);
        }
        if self.version.is_some() {
            return None;
        }
        // Behind a date, `1.2 beta` may be what the sentence is about.
        let end = version_at(text, start)?;
        let (next, apart) = skip(text, end);
        if self.date.is_some() && !apart && next < text.len() && bracket(text, next).is_none() {
            return None;
        }
        self.version = Some(start + named(text, start, end)..end);
        Some(end)
    }

    /// Takes what stands in brackets, if it is nothing but date, version and author.
    fn bracketed(&mut self, text: &str, inside: Range<usize>) -> bool {
        let mut taken = self.clone();
        let (mut at, mut any) = (inside.start, false);
        loop {
            let (start, _) = skip(text, at);
            if start >= inside.end {
                break;
            }
            let Some(end) = taken.element(text, start).filter(|end| *end <= inside.end) else {
                // A name may follow, or stand alone with its `@`.
                let name = text.get(start..inside.end).unwrap_or("").trim_end();
                let fits = is_name(name) && (any || name.starts_with('@')) && taken.author.is_none();
                if fits {
                    let by = name.strip_prefix("by ").map_or(0, |_| 3);
                    taken.author = Some(start + by..start + name.len());
                    any = true;
                    break;
                }
                return false;
            };
            any = true;
            at = end;
        }
        if any {
            *self = taken;
        }
        any
    }

    /// Whether the version cannot be anything but one.
    fn is_dotted(&self, text: &str) -> bool {
        let version = self.version.clone().and_then(|version| text.get(version)).unwrap_or("");
        self.date.is_none() && version.contains('.')
    }
}

/// Whether what follows a head shows that the head was not whole: a second date or version, as in a range.
fn goes_on(rest: &str) -> bool {
    let rest = ["to ", "until ", "till ", "through ", "and ", "bis ", "a ", "al "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let (start, _) = skip(rest, 0);
    date_at(rest, start).is_some()
}

/// Where the next thing begins after white space and what parts two things, and whether something does.
fn skip(text: &str, at: usize) -> (usize, bool) {
    let rest = text.get(at..).unwrap_or("");
    let next = rest.trim_start_matches(|c: char| c.is_whitespace() || is_separator(c));
    let skipped = rest.get(..rest.len() - next.len()).unwrap_or("");
    (
        at + skipped.len(),
        skipped.contains(|c: char| is_separator(c) || c == '\n'),
    )
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ':' | '：' | '-' | '–' | '—' | '|' | ',' | '·' | '•' | '→' | ';' | '、'
    )
}

/// The offset of the bracket that closes the one at `start`, if that is near.
fn bracket(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let close = match rest.chars().next()? {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    rest.find(close)
        .filter(|end| *end <= 2 * LONGEST)
        .map(|end| start + end)
}

/// The places where something that begins at `start` can end, the last one first.
fn ends(text: &str, start: usize) -> Vec<usize> {
    let rest = text.get(start..).unwrap_or("");
    let mut ends = Vec::new();
    let mut before = ' ';
    for (at, c) in rest.char_indices() {
        if at > LONGEST {
            return reversed(ends);
        }
        let closes = c.is_whitespace() || is_separator(c) || matches!(c, ')' | ']' | '(' | '：');
        if closes && !before.is_whitespace() && !is_separator(before) && at > 0 {
            ends.push(start + at);
        }
        before = c;
    }
    if !rest.is_empty() {
        ends.push(text.len());
    }
    reversed(ends)
}

fn reversed(mut ends: Vec<usize>) -> Vec<usize> {
    ends.reverse();
    ends
}

/// The end of the longest date that begins at `start`.
fn date_at(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    // No date begins where a sentence goes on, and most entries do.
    let next = rest.chars().next()?;
    if !next.is_alphanumeric() && !matches!(next, '[' | '{' | '<' | '_') {
        return None;
    }
    ends(text, start).into_iter().find(|end| {
        let part = text.get(start..*end).unwrap_or("").trim_end();
        let parted = [": ", " - ", " – ", " — ", "("].iter().any(|mark| part.contains(mark));
        !parted
            && match read_date(part) {
                DateReading::Date(_) | DateReading::Month { .. } | DateReading::Ambiguous | DateReading::Impossible => {
                    true
                }
                DateReading::Placeholder => !part.contains(' ') && part.len() > 4,
                _ => false,
            }
    })
}

/// The end of the version that begins at `start`: a number with a dot or a `v`, or anything that follows `Version`.
fn version_at(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let word = rest.split(char::is_whitespace).next()?;
    let prefixed = PREFIXES.contains(&word.to_lowercase().as_str());
    let from = if prefixed { start + word.len() + 1 } else { start };
    let tail = text.get(from..)?;
    let length = tail
        .find(|c: char| c.is_whitespace() || is_separator(c) && c != '-' || matches!(c, ')' | ']' | '('))
        .unwrap_or(tail.len());
    let token = tail.get(..length)?.trim_end_matches(['.', '-']);
    let low = token.to_lowercase();
    let before = text.get(..start).unwrap_or("").trim_end();
    let begins = before.len() <= 1 || before.ends_with(is_separator);
    if UNRELEASED.contains(&low.as_str()) && begins {
        return Some(from + token.len());
    }
    let digits = low.strip_prefix('v').unwrap_or(&low);
    let numbered = digits.starts_with(|c: char| c.is_ascii_digit());
    let telling = prefixed || numbered && (digits.len() < low.len() || digits.contains('.'));
    let fits = token.len() <= LONGEST && is_plausible_version(token) && read_version(token).is_some();
    (telling && fits).then(|| from + token.len())
}

/// How much of the version at `start..end` is the word for it, which a table would have in its header. A revision
/// and a release keep theirs: it may be what tells them apart.
fn named(text: &str, start: usize, end: usize) -> usize {
    let version = text.get(start..end).unwrap_or("");
    let Some((word, _)) = version.split_once(char::is_whitespace) else {
        return 0;
    };
    let names = NAMES.contains(&word.to_lowercase().as_str());
    if names { word.len() + 1 } else { 0 }
}

/// Whether `text` can be a person's name: a few words, none of them a number, the first with a capital.
fn is_name(text: &str) -> bool {
    let bare = text.strip_prefix("by ").unwrap_or(text);
    let first = bare.chars().next().unwrap_or(' ');
    (first.is_uppercase() || first == '@')
        && bare.split_whitespace().count() <= 4
        && !bare.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | '(' | '/'))
        && bare.len() <= LONGEST
        && bare
            .split_whitespace()
            .skip(1)
            .all(|word| word.starts_with(char::is_uppercase) || word.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head, and what stands in it: date, version, author and the rest.
    const HEADS: &[(&str, &str, &str, &str, &str)] = &[
        ("2025-01-02: Added caching", "2025-01-02", "", "", "Added caching"),
        ("2025-01-02 Added caching", "2025-01-02", "", "", "Added caching"),
        (
            "Unreleased (2025-01-02): 2024-02-03 was wrong",
            "2025-01-02",
            "Unreleased",
            "",
            "2024-02-03 was wrong",
        ),
        (
            "2025-01-02: v1.1 – 2024-02-03 was wrong",
            "2025-01-02",
            "v1.1",
            "",
            "2024-02-03 was wrong",
        ),
        ("2025-01-02: [[[[ (x)", "2025-01-02", "", "", "[[[[ (x)"),
        (
            "2025-01-02: v1.2 – Added caching",
            "2025-01-02",
            "v1.2",
            "",
            "Added caching",
        ),
        (
            "v1.2 (Jan 19, 2026): Added caching",
            "Jan 19, 2026",
            "v1.2",
            "",
            "Added caching",
        ),
        (
            "v1.2 (Jan 2026, Jane Roe): Added",
            "Jan 2026",
            "v1.2",
            "Jane Roe",
            "Added",
        ),
        ("1.2.0 - 2025-01-02", "2025-01-02", "1.2.0", "", ""),
        ("[1.2.0] - 2025-01-02", "2025-01-02", "1.2.0", "", ""),
        ("1.2 — 2 May 2026 — Added", "2 May 2026", "1.2", "", "Added"),
        ("Version 3 (2025-01-02)", "2025-01-02", "3", "", ""),
        ("Rev. B, 02.05.2025: Added", "02.05.2025", "Rev. B", "", "Added"),
        ("1.1 Added caching", "", "1.1", "", "Added caching"),
        ("v2: Added caching", "", "v2", "", "Added caching"),
        ("[Date]: Added", "[Date]", "", "", "Added"),
        ("Unreleased", "", "Unreleased", "", ""),
        ("[Unreleased] - 2025-01-02", "2025-01-02", "Unreleased", "", ""),
        (
            "2025-01-02: 1.18 alpha release",
            "2025-01-02",
            "",
            "",
            "1.18 alpha release",
        ),
        (
            "2025-01-02: Unreleased – Added",
            "2025-01-02",
            "Unreleased",
            "",
            "Added",
        ),
        (
            "2025-01-02: unreleased caching",
            "2025-01-02",
            "",
            "",
            "unreleased caching",
        ),
        ("2025-01-02 (initial) Added", "2025-01-02", "", "", "(initial) Added"),
        ("2025-01-02 (@jane) Added", "2025-01-02", "", "@jane", "Added"),
    ];

    #[test]
    fn heads_are_read_in_every_order() {
        for &(text, date, version, author, rest) in HEADS {
            let head = head(text, 0).unwrap_or_else(|| panic!("{text} has no head"));
            let part = |range: &Option<Range<usize>>| {
                range
                    .clone()
                    .map_or("", |range| text.get(range).expect("a range of the text"))
            };
            let found = (
                part(&head.date),
                part(&head.version),
                part(&head.author),
                text.get(head.rest..).expect("a place in the text"),
            );
            assert_eq!(found, (date, version, author, rest), "{text}");
        }
    }

    #[test]
    fn sentences_have_no_head() {
        for text in [
            "Added caching on 2025-01-02",
            "3 services were added",
            "Last update: 2025-01-02",
            "2025-01-02 to 2025-02-03: pilot",
            "2025-01-02 – 2025-02-03: pilot",
            "Version history is kept in git",
            "v2 was a rewrite",
            "",
            "()",
            "- : (",
        ] {
            assert_eq!(head(text, 0), None, "{text}");
        }
        assert_eq!(head("v2 was a rewrite", 2).map(|head| head.rest), Some(3));
    }
}
