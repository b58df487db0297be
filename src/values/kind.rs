//! What the text of a version says: numbers, letters or words, in an order of their own. It must never take a note
//! for a part of the version.

use semver::Prerelease;

use super::{Words, plain, read_date, trim};

/// Words before a version, in lower case and without accents; a number or a letter follows them.
static PREFIXES: Words = Words::new(
    "version, versao, versione, versie, wersja, версия, 版本, バージョン, 버전, ver, v, revision, rev, \
     release, rel, r, issue, edition, ed, no, nr, 第",
);

/// Words after a version that make it one before the release.
static BEFORE_RELEASE: Words = Words::new("alpha, beta, rc, pre, preview, dev, snapshot, pre-release, prerelease");

/// Words that a dash may set after a version without making it an earlier one.
static RELEASED: Words = Words::new("final, release, ga, stable, approved");

/// In the order in which kinds that do not compare are sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Words, kept as they are.
    Text(String),
    /// Revision letters, the longer ones later: `B`, `AA`.
    Letters(usize, String),
    /// Numbers without the zeros at their end, and what stands before the release. Of a range, its end.
    Numbers(Vec<u64>, Prerelease),
}

impl Kind {
    /// Whether the first number is a year.
    pub(super) fn is_calendar(&self) -> bool {
        matches!(self, Kind::Numbers(numbers, _) if numbers.first().is_some_and(|n| (1900..2200).contains(n)))
    }
}

/// A version that is all of `text`.
pub(super) fn numbers_or_letters(text: &str) -> Option<Kind> {
    let (rest, prefixed) = strip_prefix_word(text);
    calendar(rest)
        .or_else(|| range(rest))
        .or_else(|| numbers(rest))
        .or_else(|| letters(rest, prefixed))
}

/// `text` without the word that says that a version follows, and whether there was one.
pub(super) fn strip_prefix_word(text: &str) -> (&str, bool) {
    for prefix in PREFIXES.iter() {
        let count = prefix.chars().count();
        let split = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
        let (head, tail) = text.split_at(split);
        if plain(head) != *prefix {
            continue;
        }
        let rest = tail.trim_start_matches(['.', ':', ' ', '°', 'º', '#']);
        let set_apart = rest.len() < tail.len() || rest.starts_with(|c: char| c.is_ascii_digit());
        if set_apart && !rest.is_empty() {
            return (strip_edition(rest), true);
        }
    }
    (strip_edition(text), false)
}

fn strip_edition(text: &str) -> &str {
    text.strip_suffix(['版', '판']).map_or(text, str::trim_end)
}

/// `2025-10`, `2025-10-24`, `20251024`: a date as a version, written as dates are.
pub(super) fn calendar(text: &str) -> Option<Kind> {
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') || text.len() < 7 {
        return None;
    }
    let whole = read_date(text).iso_text()?;
    let parts = whole
        .split('-')
        .map(|part| part.parse().ok())
        .collect::<Option<Vec<u64>>>()?;
    (parts.len() > 1).then_some(Kind::Numbers(parts, Prerelease::EMPTY))
}

/// `v0.5.3-v0.5.8`, `1.0 to 1.2`: two versions of one scheme, the second one newer. It stands where its end stands.
fn range(text: &str) -> Option<Kind> {
    if text.is_ascii() && !text.contains([' ', '-']) {
        return None;
    }
    for sep in ["–", "—", "→", " to ", " through ", " bis ", " - ", "-"] {
        let Some((from, to)) = text.split_once(sep) else {
            continue;
        };
        let end = trim(to);
        // `1.0-3` has a pre-release; `1.0-1.3` and `1.0-v3` are ranges.
        if calendar(end).is_some() || sep.trim() == "-" && !end.contains('.') && strip_v(end) == end {
            continue;
        }
        let ends = numbers(strip_v(trim(from))).zip(numbers(strip_v(end)));
        if let Some((_, to)) = ends.filter(|(from, to)| from < to && from.is_calendar() == to.is_calendar()) {
            return Some(to);
        }
    }
    None
}

fn strip_v(text: &str) -> &str {
    text.strip_prefix(['v', 'V']).unwrap_or(text)
}

/// Numbers set apart by dots, and the pre-release after them. Build metadata is left out, as in semantic versions.
pub(super) fn numbers(text: &str) -> Option<Kind> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (release, rest) = text.split_at(end);
    let mut parts = release
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Option<Vec<u64>>>()?;
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Some(Kind::Numbers(parts, prerelease(rest)?))
}

/// Reads what stands after the numbers: nothing, `-alpha.1`, `rc1`, ` Beta 2`, `+build`.
fn prerelease(text: &str) -> Option<Prerelease> {
    let (text, build) = text
        .split_once('+')
        .map_or((text, None), |(pre, build)| (pre, Some(build)));
    if build.is_some_and(|build| semver::BuildMetadata::new(build).map_or(true, |build| build.is_empty())) {
        return None;
    }
    if text.is_empty() {
        return Some(Prerelease::EMPTY);
    }
    let low = plain(text);
    let name = match low.strip_prefix('-') {
        Some(name) if RELEASED.contains(&name) => {
            return Some(Prerelease::EMPTY);
        }
        Some(name) => name.to_owned(),
        None => {
            let name = low.trim_start_matches([' ', '.', '_']);
            let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-'));
            BEFORE_RELEASE.contains(&word).then(|| name.replace([' ', '-'], "."))?
        }
    };
    Prerelease::new(&count_apart(&name)).ok().filter(|pre| !pre.is_empty())
}

/// `alpha10` as `alpha.10`, so that it comes after `alpha9`: people count where the specification compares letters.
fn count_apart(name: &str) -> String {
    let mut apart = String::new();
    for part in name.split('.') {
        if !apart.is_empty() {
            apart.push('.');
        }
        let digits = part.len() - part.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (word, number) = part.split_at(part.len() - digits);
        let count = number.trim_start_matches('0');
        apart.push_str(word);
        if !word.is_empty() && !number.is_empty() && !word.ends_with('-') {
            apart.push('.');
        }
        apart.push_str(if count.is_empty() && !number.is_empty() {
            "0"
        } else {
            count
        });
    }
    apart
}

/// A letter, or a few after a word such as `Rev.`; there a dash is the one before `A`. `IV` is a number to most, and no
/// letters.
fn letters(text: &str, prefixed: bool) -> Option<Kind> {
    if prefixed && text == "-" {
        return Some(Kind::Letters(0, String::new()));
    }
    let letters = text.to_ascii_uppercase();
    let fits = match text.len() {
        1 => prefixed || text == letters,
        2 => prefixed && !letters.chars().all(|c| "IVX".contains(c)),
        _ => false,
    };
    (fits && letters.chars().all(|c| c.is_ascii_uppercase())).then_some(Kind::Letters(text.len(), letters))
}
