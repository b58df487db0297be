//! Phrases that name technologies: cut into names and versions. What reads like a sentence names none.

use super::{Technology, TechnologySource};
use crate::naming::Words;
use crate::record::reader::{Place, Said};

/// What is named, and why: behind `because`, a dash or a colon.
pub fn with_reason(text: &str) -> (&str, Option<&str>) {
    let marks = [
        ", because ",
        " because ",
        " - ",
        " – ",
        " — ",
        ": ",
        "; ",
        ", for ",
        ", so that ",
        ", since ",
    ];
    // Most blanks stand between words, and begin none.
    let begins = |pair: &[u8]| matches!(pair, [b' ', b'b' | b'-' | 0xe2] | [b',' | b':' | b';', b' ']);
    let mut places = text.as_bytes().windows(2).enumerate().filter(|(_, pair)| begins(pair));
    let first = places.find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let mark = marks.iter().find(|mark| rest.starts_with(**mark))?;
        Some((at, mark.len()))
    });
    let parts = first.and_then(|(at, length)| Some((text.get(..at)?, text.get(at + length..)?)));
    match parts {
        Some((text, reason)) => (text, Some(reason.trim())),
        None => (text, None),
    }
}

/// The version that a sentence gives a name: `stored in PostgreSQL 16 until …`.
pub fn version_in(sentence: &str, name: &str) -> Option<String> {
    let behind = sentence.split_once(name)?.1.strip_prefix(' ')?;
    let word = behind.split([' ', ',', ';']).next()?.trim_end_matches('.');
    version_of(word).map(str::to_owned)
}

/// The technologies that a text lists, which is read from a place. What reads like a sentence names none.
pub fn names(place: Place<'_>, text: &str, source: &TechnologySource) -> Vec<Technology> {
    let mut found = Vec::new();
    // Each is looked for behind the one before.
    let mut rest = place;
    // What stands in parentheses is a name only where it is written like one.
    let mut depth = 0_usize;
    let parts = text.split_inclusive([',', '(', ')', ';']).map(|part| {
        let inside = depth > 0;
        depth = if part.ends_with('(') {
            depth + 1
        } else {
            depth.saturating_sub(usize::from(part.ends_with(')')))
        };
        let part = part.trim_end_matches([',', '(', ')', ';']);
        let telling = |part: &str| part.contains(|c: char| c.is_uppercase() || !c.is_ascii());
        if inside && !telling(part) { "" } else { part }
    });
    for part in parts.flat_map(joined).map(str::trim).filter(|part| !part.is_empty()) {
        let (name, version) = split_version(part);
        if !is_name(name) {
            continue;
        }
        let span = rest.position(name);
        rest = span.map_or(rest, |span| rest.behind(span));
        found.push(Technology {
            name: Said::new(name, span.unwrap_or(place.span)),
            version: version.map(str::to_owned),
            role: None,
            reason: None,
            source: source.clone(),
        });
    }
    found
}

/// The names in a part that holds several: `Axum 0.8 on Tokio 1.47`.
fn joined(part: &str) -> Vec<&str> {
    let begins = |pair: &[u8]| matches!(pair, [b' ', b'+' | b'a' | b'o' | b'w' | b'/' | b'&']);
    if !part.as_bytes().windows(2).any(begins) {
        return vec![part];
    }
    let mut parts = vec![part];
    for mark in [" + ", " and ", " on ", " with ", " / ", " & "] {
        if part.contains(mark) {
            parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
        }
    }
    parts
}

/// `PostgreSQL 16` in its two parts. `Ubuntu 22.04 LTS` has a word behind its version.
fn split_version(text: &str) -> (&str, Option<&str>) {
    let mut text = text;
    for word in [" LTS", " latest"] {
        while let Some(rest) = text.strip_suffix(word) {
            text = rest;
        }
    }
    let Some((name, last)) = text.rsplit_once([' ', '\u{a0}']) else {
        return (text, None);
    };
    let name = name.trim().trim_end_matches(['=', '>', '≥', '~', '^']).trim_end();
    let name = name
        .strip_suffix(" version")
        .or_else(|| name.strip_suffix(" v"))
        .unwrap_or(name);
    match version_of(last) {
        Some(version) => (name, Some(version)),
        None => (text, None),
    }
}

/// A word that is a version: `16`, `v1.31`, `3.x`, `19c`, `14+`.
pub fn version_of(word: &str) -> Option<&str> {
    let bare = word.trim().trim_start_matches(['=', '>', '≥', '~', '^', ' ']);
    let bare = bare.strip_prefix(['v', 'V']).unwrap_or(bare);
    if !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let body = bare.trim_end_matches(['+', '*']);
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    let plain = body
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    (plain && (letters < 2 || body.contains('-'))).then_some(bare)
}

/// Whether a text reads like a name: few words, and none of those that sentences are made of.
fn is_name(text: &str) -> bool {
    const OF_SENTENCES: [&str; 30] = [
        "a", "an", "the", "of", "for", "to", "in", "by", "from", "is", "are", "as", "at", "or", "our", "own", "no",
        "none", "not", "via", "use", "uses", "using", "used", "tbd", "etc", "plain", "any", "custom", "various",
    ];
    // What a technology is, and not which.
    static KINDS: Words = Words::new(
        "api, auth, authentication, backend, cache, ci/cd, cloud, database, frontend, hosting, language, library, \
         queue, rest, runtime, server",
    );
    let spoken = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '`' | '@'));
    let telling =
        |word: &str| word.contains(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii() || c == '/');
    let words = || text.split_whitespace();
    let count = words().count();
    if !spoken || count > 4 || count > 1 && !words().all(telling) {
        return false;
    }
    let path = text.matches('/').count() > 1 || text.contains('/') && text.contains('.');
    let marked = text.contains(['[', '<', '{', '→', '%', '*']);
    if path || marked || !text.contains(char::is_alphabetic) {
        return false;
    }
    let is_in = |known: &[&str], word: &str| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    let of_sentence = |word: &str| is_in(&OF_SENTENCES, word.trim_matches(['.', '!', '?', '`']));
    !(words().any(of_sentence) || is_in(&KINDS, text))
}
