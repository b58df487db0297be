//! Renderers of findings: for people, for editors and `grep`, for programs.
//!
//! A report goes in, text comes out. This module must never print, read a file, the clock or the terminal, and never
//! decides what a finding is or how severe; its renderers share the positions and the escaping that stand here.

#[cfg(feature = "cli")]
pub mod changelog;
mod concise;
mod diff;
mod full;
mod json;
#[cfg(feature = "cli")]
mod overview;
#[cfg(feature = "cli")]
pub mod status;
#[cfg(test)]
mod tests;
#[cfg(feature = "cli")]
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
