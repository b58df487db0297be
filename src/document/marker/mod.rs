//! Markers: words that say that something is still to be written, `TBD`, `TODO: …`, `____`, `{Name}`.
//!
//! Precision comes first: what speaks of markers, quotes them, or only looks like one is none. Code, links and struck
//! text are never looked at.

mod find;

pub use find::markers;

use crate::source::Span;

/// Something that is still to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// The marker's bytes.
    pub span: Span,
    /// Where the line, the cell's row or the item begins that it stands in.
    pub line: usize,
}

/// Abbreviations that nobody writes for anything else.
const OPEN: [&str; 3] = ["TBD", "TBC", "TBA"];
/// Notes to oneself.
const NOTES: [&str; 3] = ["TODO", "FIXME", "XXX"];
/// `to be …`, as a whole.
const TO_BE: [&str; 12] = [
    "added",
    "announced",
    "completed",
    "confirmed",
    "created",
    "decided",
    "defined",
    "determined",
    "documented",
    "filled in",
    "provided",
    "written",
];

/// Whether a text, or what stands behind its key, says nothing but that it is still to be written.
pub fn is_marker(text: &str) -> bool {
    is_whole(behind_key(text))
}

/// What stands behind the last `: ` of a text, or all of it.
pub(super) fn behind_key(text: &str) -> &str {
    // Most texts have no colon at all, and one character is found faster than two.
    let mut before = text;
    while let Some(colon) = before.rfind(':') {
        if let Some(value) = text.get(colon..).and_then(|rest| rest.strip_prefix(": ")) {
            return value;
        }
        before = before.get(..colon).unwrap_or("");
    }
    text
}

fn is_whole(value: &str) -> bool {
    // Nearly every text is none, and how it begins tells.
    let start = value.bytes().position(|byte| !is_around(byte));
    let told = start.and_then(|start| value.as_bytes().get(start..));
    if told.is_some_and(|told| !may_begin_whole(told)) {
        return false;
    }
    let value = value.trim().trim_end_matches(['.', '!', '…']).trim();
    if value.len() >= 3 && value.bytes().all(|byte| byte == b'_' || byte == b' ') {
        return value.contains("___");
    }
    if braced(value) == Some(value.len()) || is_date_form(value) {
        return true;
    }
    let inner = value.trim_matches(['[', ']', '(', ')', '<', '>', '*', '_', ' ']);
    let starts = |start: &str| {
        let (first, rest) = inner.split_at_checked(start.len())?;
        first.eq_ignore_ascii_case(start).then_some(rest)
    };
    let is = |whole: &str| inner.eq_ignore_ascii_case(whole);
    OPEN.iter().chain(&NOTES).any(|word| is(word))
        || starts("to be ").is_some_and(|rest| TO_BE.iter().any(|verb| rest.eq_ignore_ascii_case(verb)))
        || is("coming soon")
        || starts("lorem ipsum").is_some()
}

/// Whether a byte may stand in front of a marker that is the whole text.
fn is_around(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'[' | b']' | b'(' | b')' | b'<' | b'>' | b'*' | b'_')
}

/// Whether one of the words above begins so, a name in braces, the form of a date, or what two bytes do not tell.
fn may_begin_whole(text: &[u8]) -> bool {
    let [first, second, ..] = text else {
        return false;
    };
    match [first.to_ascii_lowercase(), second.to_ascii_lowercase()] {
        [b't', b'b' | b'o'] | [b'f', b'i'] | [b'x', b'x'] | [b'c' | b'l', b'o'] | [b'{', _] => true,
        [first, second] => !first.is_ascii_graphic() || is_of_date(first) && is_of_date(second),
    }
}

/// `YYYY-MM-DD` and its like: where a day should stand.
fn is_date_form(value: &str) -> bool {
    value.len() <= 12
        && value.bytes().filter(u8::is_ascii_alphabetic).count() == 8
        && value.to_ascii_uppercase().contains("YYYY")
        && value.bytes().all(is_of_date)
}

fn is_of_date(byte: u8) -> bool {
    matches!(byte.to_ascii_uppercase(), b'Y' | b'M' | b'D' | b'-' | b'/' | b'.')
}

/// The length of `{Name}` or `{{name}}` at the start of a text.
fn braced(text: &str) -> Option<usize> {
    let marks = text.bytes().take_while(|byte| *byte == b'{').count();
    if !(1..=2).contains(&marks) {
        return None;
    }
    // A name is short, and so is the way to its end.
    let end = text.bytes().take(100).position(|byte| byte == b'}')?;
    let inner = text.get(marks..end)?.trim();
    let closed = text.get(end..).is_some_and(|rest| rest.starts_with("}}") || marks == 1);
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    let plain = inner
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '/' | '-'));
    let named = marks == 2 || inner.starts_with(char::is_uppercase);
    (closed && plain && named && letters >= 3 && inner.len() <= 40).then_some(end + marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::markdown::Dialect;
    use crate::source::{SourceFile, Text};

    fn found(text: &str) -> Vec<String> {
        let document = parse(Text::of_file(&SourceFile::new("a.md", text)), Dialect::default());
        let texts = markers(&document)
            .into_iter()
            .map(|marker| document.text.get(marker.span).to_owned());
        texts.collect()
    }

    #[test]
    fn what_is_still_to_be_written() {
        for (text, expected) in [
            ("**Owner**: TBD", vec!["TBD"]),
            ("- **Base URL:** TBD", vec!["TBD"]),
            ("- Regions: TBD based on the provider.", vec!["TBD"]),
            ("The queue is small (size TBD).", vec!["TBD"]),
            ("Migration policy TBD", vec!["TBD"]),
            ("TODO", vec!["TODO"]),
            ("TODO: write this", vec!["TODO"]),
            ("It works. TODO(ada): say how.", vec!["TODO"]),
            ("The limit is TODO.", vec!["TODO"]),
            ("- Retention: XXX", vec!["XXX"]),
            ("[To be determined]", vec!["To be determined"]),
            ("types (to be added)", vec!["to be added"]),
            ("Owner: to be decided", vec!["to be decided"]),
            ("Lorem ipsum dolor sit amet", vec!["Lorem ipsum"]),
            ("| a | b |\n|---|---|\n| TBD | ______ |", vec!["TBD", "______"]),
            ("Signed: ____________ on ________", vec!["____________", "________"]),
            ("# Design of {Project Name}", vec!["{Project Name}"]),
            ("# {Project Name}", vec!["{Project Name}"]),
            ("**Author**: {{author_name}}", vec!["{{author_name}}"]),
            ("**Author**: <your name>", vec!["<your name>"]),
            ("**Date**: YYYY-MM-DD", vec!["YYYY-MM-DD"]),
            ("**A**: x\n**B**: TBD", vec!["TBD"]),
            ("- [ ] TBD", vec!["TBD"]),
            ("Coming soon.", vec!["Coming soon."]),
            ("- **RTO:** tbd", vec!["tbd"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_it() {
        for text in [
            "TODO list and calendar",
            "The TODO app keeps tasks.",
            "Add `// TODO: later` where it grows",
            "    TODO: code",
            "```\nTODO: code\n```",
            "The linter rejects every TODO in the code.",
            "Say \"TBD\" and it is reported; 'TODO' too.",
            "The provider is a known TBD.",
            "Fields are marked TBD. They stay.",
            "See [TODO](todo.md).",
            "~~TBD~~",
            "Trunk-based development (TBD) with short branches",
            "`GET /orders/{Id}` and /orders/{Id}/items",
            "keys are {Region}-{Name}",
            "${HOME} and {a} and {1,2}",
            "192.168.XXX.XXX, +1-XXX-XXXX and 99.XXX",
            "The value to be determined by the caller",
            "__init__ and snake_case_name",
            "Vec<string> and <br> and <kbd>x</kbd>",
            "Dates are written YYYY-MM-DD.",
            "- [ ] tests are written - TODO",
            "<!-- TODO: a note to self -->",
            "A todo is a task.",
            "# A heading {#with-id .class}",
            "TODOs and TBDs",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn whole_texts() {
        for text in [
            "TBD",
            "tbd.",
            "RTO: TBD",
            "[TODO]",
            "____",
            "{Name}",
            "To be defined",
            "dd/mm/yyyy",
            "[ TBC ]",
            "**tba**",
            "(to be filled in)",
            "FIXME!",
            "xxx",
            "Coming soon…",
            "LOREM IPSUM dolor",
            "MM-DD-YYYY",
            "yyyy.mm.dd",
            "{{name}}",
            "<your>: \u{a0}TBD",
            "\u{b}TODO",
        ] {
            assert!(is_marker(text), "{text}");
        }
        for text in [
            "",
            "TBD based on load",
            "None",
            "-",
            "N/A",
            "a todo",
            "Draft",
            "{a: 1}",
            "2025-01-XX",
            "__",
        ] {
            assert!(!is_marker(text), "{text}");
        }
    }
}
