//! What is printed, of findings in every place.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::source::Place;

/// An error at `span`, with nothing beside it.
pub(super) fn finding(file: &Arc<SourceFile>, span: impl Into<Span>) -> Diagnostic {
    Diagnostic {
        rule: "missing-section",
        severity: Severity::Error,
        message: "`Disaster Recovery` is missing".to_owned(),
        place: Place::new(Arc::clone(file), span.into()),
        label: String::new(),
        related: Vec::new(),
        notes: Vec::new(),
        help: None,
        section: None,
        fix: None,
    }
}

pub(super) fn report(diagnostics: &[Diagnostic]) -> Report<'_> {
    Report {
        as_of: jiff::civil::date(2026, 11, 22),
        documents: 1,
        skipped: &[],
        diagnostics,
        suppressed: 0,
    }
}

/// `text` after `---` lines, so that a place in it has a line number of several digits.
pub(super) fn lines_down(path: &str, lines: usize, text: &str) -> Arc<SourceFile> {
    SourceFile::new(path, format!("{}{text}", "-\n".repeat(lines)))
}

#[test]
fn the_summary_counts_in_plain_english() {
    let file = SourceFile::new("a.md", "");
    let of = |severity| Diagnostic {
        severity,
        ..finding(&file, 0..0)
    };
    let skipped = vec![("b.md".to_owned(), Why::NotADocument); 38];
    let (error, warning, info) = (of(Severity::Error), of(Severity::Warning), of(Severity::Info));
    let table: [(usize, usize, Vec<Diagnostic>, &str); 4] = [
        (
            3,
            38,
            vec![],
            "archdoc: 3 documents checked, 38 chapters are not documents",
        ),
        (1, 1, vec![], "archdoc: 1 document checked, 1 chapter is not a document"),
        (
            0,
            2,
            vec![error.clone(), warning, error.clone()],
            "archdoc: 0 documents checked, 2 chapters are not documents; 2 errors, 1 warning",
        ),
        (
            2,
            0,
            vec![info.clone(), error, info],
            "archdoc: 2 documents checked; 1 error, 2 infos",
        ),
    ];
    for (documents, others, diagnostics, expected) in table {
        let report = Report {
            documents,
            skipped: &skipped[..others],
            ..report(&diagnostics)
        };
        assert_eq!(summary_line(&report), expected);
        let summary = summary_line(&Report {
            suppressed: 2,
            ..report
        });
        assert!(
            summary.starts_with(expected) && summary.ends_with("2 suppressed"),
            "{summary}"
        );
    }
}

#[test]
fn formats_are_read_by_their_names() {
    for (name, format) in Format::ALL {
        assert_eq!(name.parse(), Ok(format));
    }
    let unknown = "unknown format `sarfi`, one of `full`, `concise`, `json`";
    assert_eq!("sarfi".parse::<Format>(), Err(unknown.to_owned()));
}

/// What stands for each character in a terminal, and how many columns it takes there: the oracle for carets.
const ALPHABET: [(char, &str, usize); 16] = [
    ('a', "a", 1),
    (' ', " ", 1),
    ('é', "é", 1),
    ('表', "表", 2),
    ('👩', "👩", 2),
    ('\u{200d}', "", 0),
    ('\u{301}', "\u{301}", 0),
    ('\u{fe0f}', "\u{fe0f}", 0),
    ('\t', "    ", 4),
    ('\u{1b}', "␛", 1),
    ('\u{9b}', "¤", 1),
    ('\u{202e}', "�", 1),
    ('\u{200e}', "�", 1),
    ('\u{61c}', "¤", 1),
    ('\r', "␍", 1),
    ('\n', "", 0),
];

/// Line and column of `offset` by walking there, and the text of the line before it and after it.
fn walked(text: &str, offset: usize) -> (usize, usize, String, String) {
    let (mut rest, mut at) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, 3),
        None => (text, 0),
    };
    let (mut line, mut column, mut before) = (1, 1, String::new());
    while let Some(c) = rest.chars().next() {
        let within_line_end = usize::from(rest.starts_with("\r\n"));
        if at + c.len_utf8() + within_line_end > offset {
            break;
        }
        at += c.len_utf8();
        rest = rest.strip_prefix(c).unwrap();
        if c == '\n' {
            (line, column, before) = (line + 1, 1, String::new());
        } else {
            column += 1;
            before.push(c);
        }
    }
    let after = match rest.split_once('\n') {
        Some((after, _)) => after.strip_suffix('\r').unwrap_or(after),
        None => rest,
    };
    (line, column, before, after.to_owned())
}

#[test]
fn no_character_acts_on_a_terminal() {
    for c in '\0'..='\u{ffff}' {
        let text = format!("a{c}b");
        for shown in [terminal_lines(&text), terminal_styled(&text)] {
            assert!(
                !shown.contains(acts) && shown.starts_with('a') && shown.ends_with('b'),
                "{c:?}: {shown:?}"
            );
        }
        let json = serde_json::to_string(&text).unwrap();
        let shown = terminal_json(&json);
        assert!(!shown.contains(acts), "{c:?}: {shown:?}");
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
    }
}

#[test]
fn a_colour_is_one_and_no_other_sequence_is_let_through() {
    for (text, shown) in [
        (
            "\u{1b}[1m\u{1b}[91merror\u{1b}[0m: x",
            "\u{1b}[1m\u{1b}[91merror\u{1b}[0m: x",
        ),
        ("\u{1b}[38;5;9mx\u{1b}[m", "\u{1b}[38;5;9mx\u{1b}[m"),
        ("\u{1b}[2Jx", "␛[2Jx"),
        ("\u{1b}m\u{1b}[[1m\u{1b}", "␛m␛[[1m␛"),
        ("\u{1b}]0;m\u{7}\u{1b}[1", "␛]0;m␇␛[1"),
        ("\u{1b}[1\u{1b}[0m", "␛[1\u{1b}[0m"),
    ] {
        assert_eq!(terminal_styled(text), shown);
    }
}

fn drawn(text: &str) -> (String, usize) {
    let looks = text
        .chars()
        .map(|c| ALPHABET.iter().find(|(from, ..)| *from == c).unwrap());
    looks.fold((String::new(), 0), |(text, width), (_, look, columns)| {
        (text + look, width + columns)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// Any bytes as a span of any text: nothing panics, all formats name the same place, that place is right, and
    /// the caret stands under it.
    #[test]
    fn every_format_points_at_the_same_place(
        mark in any::<bool>(),
        chars in prop::collection::vec(0..ALPHABET.len(), 0..24),
        crlf in any::<bool>(),
        start in 0usize..70,
        len in 0usize..12,
    ) {
        let mut text: String = chars.iter().map(|index| ALPHABET[*index].0).collect();
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        let file = SourceFile::new("a.md", text.as_str());
        let mut one = finding(&file, start..start + len);
        one.label = "here".to_owned();
        let found = [one];
        let (line, column, before, after) = walked(&text, start);
        let (end_line, end_column, ..) = walked(&text, start + len);

        let concise = render(&report(&found), Format::Concise, false);
        let expected = format!("a.md:{line}:{column}: error[missing-section]: `Disaster Recovery` is missing\n");
        prop_assert_eq!(&concise, &expected);

        let json: serde_json::Value = serde_json::from_str(&render(&report(&found), Format::Json, false)).unwrap();
        let members = ["line", "column", "end_line", "end_column"].map(|name| json["findings"][0][name].clone());
        prop_assert_eq!(members, [line, column, end_line, end_column].map(serde_json::Value::from));

        let full = render(&report(&found), Format::Full, false);
        prop_assert!(!full.contains(|c: char| c.is_control() && c != '\n'), "{:?}", full);
        let lines: Vec<&str> = full.lines().collect();
        let expected = format!(" --> a.md:{line}:{column}");
        prop_assert_eq!(lines[1].trim_start(), expected.trim_start());
        let gutter = format!("{line} | ");
        let source = lines[3].strip_prefix(&gutter).unwrap_or("");
        // Across lines the library draws a bracket, and it cuts a deep indentation.
        if lines[4].contains("^ here") && !lines[4].contains('_') && !source.starts_with("...") {
            let ((head, width), (tail, _)) = (drawn(&before), drawn(&after));
            let expected = head + &tail;
            prop_assert_eq!(source.trim_end(), expected.trim_end());
            prop_assert_eq!(lines[4].find('^'), Some(gutter.len() + width));
        }
    }
}
