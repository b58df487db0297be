//! Reads a version as documents carry it: most are two numbers, few are semantic versions, some are letters, months or
//! words. It must never change what was written, nor call one of two versions newer where their kinds do not compare.

use std::cmp::Ordering;
use std::fmt;

use super::kind::{Kind, calendar, numbers, numbers_or_letters, strip_prefix_word};
use super::{
    NO_VALUE, Words, fold, is_unfilled, plain, read_date, split_notes, starts_with_any, trim, unwrap_brackets,
};

/// Words for the first version of a document that has no number yet.
static FIRST: Words = Words::new("initial, original, first, 初版, 初稿, erstfassung");

/// A version of a document, as it was written and as it is read. Two versions are equal where they read alike:
/// `1.2`, `v1.2.0` and `1.2 (draft)` are.
#[derive(Debug, Clone)]
pub struct Version {
    text: String,
    kind: Kind,
}

impl Version {
    /// Whether it makes sense to ask which of the two is newer: both are numbers of one scheme, or both letters. A
    /// calendar version (`2025.10`) and a counted one (`1.2`) are of two schemes.
    pub fn comparable(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Numbers(..), Kind::Numbers(..)) => self.kind.is_calendar() == other.kind.is_calendar(),
            (Kind::Letters(..), Kind::Letters(..)) => true,
            _ => false,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Total, so that versions can be sorted; what it says of two that are not [`Version::comparable`] has no meaning.
impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.kind.cmp(&other.kind)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Version {}

/// Reads `text` as a version. Nothing, a dash, a place still to be filled and a word for no value (`TBD`) are none; any
/// other text is one, if only of words.
pub fn read_version(text: &str) -> Option<Version> {
    let kind = read_kind(&fold(text))?;
    Some(Version {
        text: text.trim().to_owned(),
        kind,
    })
}

/// Whether a Version field may hold `text` without complaint: numbers, revision letters, a calendar version, a range
/// of them, a word with its number (`Draft 3`), or a word for the first one. `latest` and `x.y` may not stand there.
pub fn is_plausible_version(text: &str) -> bool {
    match read_kind(&fold(text)) {
        None => false,
        Some(Kind::Text(text)) => starts_with_any(&text, &FIRST) || counts(&text),
        Some(_) => true,
    }
}

/// Whether `text` is a number with at most one word: `draft 3`, `1.0b`, but not `1.x`.
fn counts(text: &str) -> bool {
    let mut words = text.split([' ', '-', '_']).filter(|word| !word.is_empty());
    let numbered = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.split('.').all(|part| part.contains(|c: char| c.is_ascii_digit()))
            && word.chars().all(|c| c.is_alphanumeric() || c == '.')
    };
    match (words.next(), words.next(), words.next()) {
        (Some(word), None, _) => numbered(word),
        (Some(word), Some(number), None) => word.chars().all(char::is_alphabetic) && numbered(number),
        _ => false,
    }
}

fn read_kind(text: &str) -> Option<Kind> {
    let text = trim(text);
    match unwrap_brackets(text) {
        // A change log in the form of a heading writes `[1.2.0]`.
        Some((open, inside)) => numbers_or_letters(trim(inside)).or_else(|| (open == '(').then(|| words(inside))?),
        None => words(text),
    }
}

fn words(text: &str) -> Option<Kind> {
    let low = plain(text);
    if !text.contains(char::is_alphanumeric) || is_unfilled(text) || is_form(&low) || starts_with_any(&low, &NO_VALUE) {
        return None;
    }
    let (head, _) = split_notes(text);
    numbers_or_letters(head)
        .or_else(|| before_note(head))
        .or(Some(Kind::Text(low)))
}

/// Whether `text` is a version's form without its numbers: `x.y`, `vX.Y.Z`.
fn is_form(text: &str) -> bool {
    let letters = text.strip_prefix('v').unwrap_or(text);
    letters.contains('.')
        && letters
            .split('.')
            .all(|part| matches!(part, "x" | "y" | "z" | "n" | "m" | "major" | "minor" | "patch"))
}

/// The version that a note without brackets follows: `1.0 Draft`, `1.6 / February 22, 2026`. A second version after it
/// is no note.
fn before_note(text: &str) -> Option<Kind> {
    let (rest, _) = strip_prefix_word(text);
    let end = rest.find([' ', ',', ';', '/', '|', ':', '—', '–'])?;
    let (head, note) = rest.split_at(end);
    let bare = note.trim_start();
    let note = bare.trim_start_matches(['-', '—', '–', ',', ';', '/', '|', ':', ' ']);
    let numbered = note.contains(|c: char| c.is_ascii_digit());
    let is_date = numbered && read_date(note).days().is_some();
    let is_words =
        !numbered && (note.len() < bare.len() || note.split(' ').all(|word| word.chars().all(char::is_alphabetic)));
    let head = head
        .contains(|c: char| c.is_ascii_digit())
        .then(|| calendar(head).or_else(|| numbers(head)))??;
    (!note.is_empty() && (is_date || is_words)).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Version {
        read_version(text).unwrap_or_else(|| panic!("{text} is no version"))
    }

    #[test]
    fn versions_in_ascending_order() {
        for row in [
            "0.1 | 0.2 (draft) | v0.9 | 0.10 | 1.0-alpha | 1.0-alpha2 | 1.0-alpha10 | 1.0 Beta 1 | 1.0rc1 | 1.0.0 | 1.0.0.1",
            "1.0.0-rc.1+build.5 | 1 | 001.1 | **2.0** | `v2.1` | V 2.2 | Version 3 | 第4版 | 4.1版 | [4.2.0] | Release 5",
            "0.1 | v0.2-v0.4 | 0.5 to 0.7 | v0.8.0-0.8.4 | 0.8.5 | 1.0 → 1.1 | 1.2",
            "2024.1 | 2025-01 | 2025-02-28 | 2025.3 Update | 20250401 | 2025.10 | 2026",
            "Rev. - | A | Rev. B | rev c | Z | Rev AA",
            "1.6 / February 22, 2026 | 1.7 - draft for review | 1.8, 2026-03-01",
        ] {
            let row: Vec<&str> = row.split(" | ").collect();
            for pair in row.windows(2) {
                let (older, newer) = (read(pair[0]), read(pair[1]));
                assert!(older < newer, "{older} is not before {newer}");
                assert!(older.comparable(&newer), "{older} does not compare with {newer}");
                assert_eq!(older.to_string(), pair[0]);
            }
        }
    }

    #[test]
    fn versions_that_read_alike() {
        for row in [
            "1.2 | 1.2.0 | v1.2 | V1.2.0.0 | 1.2 (approved) | 1.2+build7 | ver. 1.2 | 1.02 | １.２ | 1.2 ✅ | 1.2-final",
            "0.5.8 | v0.5.3-v0.5.8 | 0.5.3 – 0.5.8",
            "B | Rev. B | revision b",
            "2025.10 | 2025-10",
        ] {
            let alike: Vec<Version> = row.split(" | ").map(read).collect();
            for version in &alike {
                assert_eq!(version, &alike[0], "{version}");
            }
        }
    }

    #[test]
    fn kinds_that_do_not_compare() {
        for (one, other) in [
            ("1.2", "2025.10"),
            ("1.2", "B"),
            ("1.2", "Draft 3"),
            ("latest", "latest"),
            ("1.0b", "1.0"),
        ] {
            assert!(!read(one).comparable(&read(other)), "{one} {other}");
            assert!(!read(other).comparable(&read(one)), "{one} {other}");
        }
    }

    #[test]
    fn what_is_no_version() {
        let table =
            "- | — | [Version Number] | {{version}} | <version> | TBD | n/a | Unreleased | x.y | vX.Y.Z | ___ | ";
        for text in table.split(" | ") {
            assert_eq!(read_version(text), None, "{text}");
            assert!(!is_plausible_version(text), "{text}");
        }
    }

    #[test]
    fn what_a_version_field_may_hold() {
        let fit = "1.2 | v1.2.0 | 1.0 (note) | 2025-10 | 3 | Rev. B | Rev. - | A | 2.0-alpha1 | 0.5.3-0.5.8 | Draft 3 | \
             1.0b | 1.1 Draft | MVP 2 | 初版（Rev. -） | Initial | First edition";
        for text in fit.split(" | ") {
            assert!(is_plausible_version(text), "{text}");
        }
        let unfit = "latest | final-final | see git | 1.x | a1b2c3d | main | Final | 1.0+ | >=1.2 | 1.0, 1.1 | 1,2 | \
             1..2 | see the release of 2025 | OK";
        for text in unfit.split(" | ") {
            assert!(!is_plausible_version(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_texts_are_read_and_sorted(texts in proptest::collection::vec("\\PC*|[v0-3.+ a-c-]{0,9}", 3)) {
            let mut read: Vec<Version> = texts.iter().filter_map(|text| read_version(text)).collect();
            read.sort();
            for pair in read.windows(2) {
                prop_assert_eq!(pair[0] == pair[1], pair[0].cmp(&pair[1]).is_eq());
                prop_assert_eq!(pair[0].comparable(&pair[1]), pair[1].comparable(&pair[0]));
            }
            texts.iter().for_each(|text| { is_plausible_version(text); });
        }

        /// Where a text is a semantic version, the order is the specification's.
        #[test]
        fn semantic_versions_have_their_order(
            one in "[0-3]\\.[0-3]\\.[0-3](-(alpha|beta|rc)(\\.[0-9])?)?", other in "[0-3]\\.[0-3]\\.[0-3](-(alpha|beta|rc)(\\.[0-9])?)?",
        ) {
            let expected = semver::Version::parse(&one).unwrap().cmp(&semver::Version::parse(&other).unwrap());
            prop_assert_eq!(read(&one).cmp(&read(&other)), expected);
        }
    }
}
