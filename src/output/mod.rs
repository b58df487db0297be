//! Renderers of findings: for people, for editors and `grep`, for programs.
//!
//! A report goes in, text comes out. This module must never print, read a file, the clock or the terminal, and never
//! decides what a finding is or how severe; its renderers share the positions and the escaping that stand here.

pub mod changelog;
mod concise;
mod diff;
mod full;
mod json;
#[cfg(feature = "cli")]
mod overview;
#[cfg(feature = "cli")]
pub mod status;
mod wire;

pub use diff::diff;

use std::borrow::Cow;
use std::str::FromStr;

use annotate_snippets::normalize_untrusted_str;
use serde::Serialize;

use crate::book::Why;
use crate::check::Checked;
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::turns;
use crate::source::{Position, SourceFile, Span};

/// What a run over a book found, ready to be rendered.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The date that the run counted from.
    pub as_of: jiff::civil::Date,
    /// How many documents were checked.
    pub documents: usize,
    /// The chapters that are not documents: the path of each, and why.
    pub skipped: &'a [(String, Why)],
    /// The findings, in the order in which they are shown.
    pub diagnostics: &'a [Diagnostic],
    /// How many more findings the documents allow, with a comment that says so.
    pub suppressed: usize,
}

impl<'a> Report<'a> {
    /// What came of a book that was checked.
    pub fn of<T>(checked: &'a Checked<T>, as_of: jiff::civil::Date) -> Self {
        Self {
            as_of,
            documents: checked.documents.len(),
            skipped: &checked.skipped,
            diagnostics: &checked.diagnostics,
            suppressed: checked.suppressed,
        }
    }
}

/// How findings are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the author's line, the template's line and the cure.
    Full,
    /// One line for each finding.
    Concise,
    /// One JSON object, for programs.
    Json,
}

impl Format {
    /// All of them, by the words that the command line accepts.
    pub const ALL: [(&'static str, Self); 3] = [("full", Self::Full), ("concise", Self::Concise), ("json", Self::Json)];
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let named = Self::ALL.into_iter().find(|(name, _)| *name == word);
        named.map(|(_, format)| format).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| name).join("`, `");
            format!("unknown format `{word}`, one of `{names}`")
        })
    }
}

/// The report in `format`. `colour` adds ANSI styles; JSON never has any.
///
/// The two formats for people hold the findings alone: [`summary_line`] is the caller's to print. A full finding ends
/// with an empty line, so that the next one, or the summary, stands apart.
pub fn render(report: &Report<'_>, format: Format, colour: bool) -> String {
    match format {
        Format::Full => full::render(report.diagnostics, colour),
        Format::Concise => concise::render(report.diagnostics, colour),
        Format::Json => json::render(report),
    }
}

/// The line that closes every run: what was checked, what was not, and how many findings there are.
///
/// For example `archdoc: 3 documents checked, 38 chapters are not documents; 2 errors, 1 warning`.
pub fn summary_line(report: &Report<'_>) -> String {
    let mut line = format!("archdoc: {} checked", counted(report.documents, "document"));
    match report.skipped.len() {
        0 => {}
        1 => line.push_str(", 1 chapter is not a document"),
        many => line.push_str(&format!(", {many} chapters are not documents")),
    }
    let counts = Counts::of(report.diagnostics);
    let parts: Vec<String> = [
        (counts.error, "error"),
        (counts.warning, "warning"),
        (counts.info, "info"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| counted(count, word))
    .chain((report.suppressed > 0).then(|| format!("{} suppressed", report.suppressed)))
    .collect();
    if !parts.is_empty() {
        line.push_str("; ");
        line.push_str(&parts.join(", "));
    }
    line
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

/// How many findings there are of each severity.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    info: usize,
}

impl Counts {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
                Severity::Info => counts.info += 1,
            }
        }
        counts
    }
}

/// A span of a file on disk with its ends as people count them. The end is exclusive.
///
/// The one source of positions for every format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Located {
    /// The span, cut back to where a caret can stand.
    span: Span,
    start: Position,
    end: Position,
}

impl Located {
    /// Where `span` stands in `file`; none where the text stands in no file, so that its lines are not the author's.
    fn of(file: &SourceFile, span: Span) -> Option<Self> {
        if !file.on_disk() {
            return None;
        }
        let start = settled(file, span.start);
        let end = settled(file, span.end.max(span.start));
        Some(Self {
            span: Span::new(start, end),
            start: file.position(start),
            end: file.position(end),
        })
    }
}

/// The nearest offset at or before `offset` where a caret can stand: not within a character, a byte order mark or a
/// line's end, nor beyond the text.
fn settled(file: &SourceFile, offset: usize) -> usize {
    let text = file.text();
    let mut offset = offset.clamp(file.mark_len(), text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let within_line_end = text.get(..offset).is_some_and(|before| before.ends_with('\r'))
        && text.get(offset..).is_some_and(|after| after.starts_with('\n'));
    if within_line_end { offset - 1 } else { offset }
}

/// `path:line`, or the path alone where the line is not known: how a note names a place.
fn line_of(file: &SourceFile, span: Span) -> String {
    let path = terminal(file.path());
    match Located::of(file, span) {
        Some(located) => format!("{path}:{}", located.start.line),
        None => path,
    }
}

/// Text from outside as it lands in a terminal: on one line, and no character in it acts on the terminal.
fn terminal(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let text = visible(text);
    if text.contains(['\n', '\r']) {
        let lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.is_empty()).collect();
        return normalize_untrusted_str(&lines.join(" "));
    }
    normalize_untrusted_str(&text)
}

/// Text of several lines from outside as it lands in a terminal: no character in it acts on the terminal.
pub fn terminal_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(terminal).collect();
    lines.join("\n")
}

/// Lines with the program's own colours as they land in a terminal: a colour is one, and else no character acts.
pub fn terminal_styled(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        shown.push_str(&terminal_lines(before));
        let end = after.find(|c: char| !matches!(c, '[' | '0'..='9' | ';'));
        let style = end.and_then(|end| after.get(..=end)).filter(|style| is_style(style));
        match style {
            Some(style) => {
                shown.push('\u{1b}');
                shown.push_str(style);
            }
            None => shown.push('␛'),
        }
        rest = after.get(style.map_or(0, str::len)..).unwrap_or("");
    }
    shown + &terminal_lines(rest)
}

/// Whether this, behind an escape character, sets colour and weight of what follows, and nothing else: `[1;31m`.
fn is_style(sequence: &str) -> bool {
    let numbers = sequence.strip_prefix('[').and_then(|rest| rest.strip_suffix('m'));
    numbers.is_some_and(|numbers| !numbers.contains('['))
}

/// JSON as it lands in a terminal: what would act there is written as its escape, and so the value is the same.
pub fn terminal_json(text: &str) -> String {
    if !text.contains(acts) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if acts(c) => shown.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => shown.push(c),
        }
    }
    shown
}

/// Whether a character acts on a terminal, but for the white space between lines and columns: the control characters,
/// and those that turn the direction of what stands around them.
fn acts(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || turns(c)
}

/// The text with each character that acts and that annotate-snippets would let through made visible. No byte moves: the
/// sign in its place is as long and one column wide.
fn visible(text: &str) -> Cow<'_, str> {
    let sign = |c: char| match (acts(c), c.len_utf8()) {
        (true, 2) => '\u{a4}',
        (true, 3) => '\u{fffd}',
        _ => c,
    };
    if text.is_ascii() || !text.contains(|c| sign(c) != c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(sign).collect())
    }
}

#[cfg(test)]
mod tests {
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
}
