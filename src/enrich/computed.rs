//! How what is put on a page is marked, so that a page that becomes a source again gets it once.
//!
//! Without what is marked a text is what it was before: each of these is the opposite of taking it out.

use crate::directive::{BEGIN, END, LINE, can_be_kept};
use crate::edit::Edit;

/// `body` as blocks of their own on lines of their own, at `at` in `text`: where a line begins or, but for blanks, ends.
/// `None` in the middle of a line, where there is no room.
pub fn block(text: &str, at: usize, body: &str, end: &str) -> Option<Edit> {
    let body = body.trim_end().replace("\r\n", "\n").replace('\n', end);
    // The empty lines end the HTML that may stand above, and keep the quote that it may be from what stands below.
    let marked = format!("{BEGIN}{end}{end}{body}{end}{end}{END}");
    let before = text.get(..at)?;
    if before.is_empty() || before.ends_with(['\r', '\n']) {
        return Some(Edit::insert(at, format!("{marked}{end}")));
    }
    let at = line_end(text, at)?;
    Some(Edit::insert(at, format!("{}{marked}", ending(text, at, end))))
}

/// How the line that ends at `at` ends: a line put below it must end so, in a text whose lines end differently. `end`
/// where it is the last one.
pub fn ending<'e>(text: &str, at: usize, end: &'e str) -> &'e str {
    let below = text.get(at..).unwrap_or("");
    let ends = ["\r\n", "\n"];
    ends.into_iter().find(|end| below.starts_with(end)).unwrap_or(end)
}

/// Words behind others.
pub fn words(words: &str) -> String {
    format!("{BEGIN}{words}{END}")
}

/// Words in the place of the author's; `None` where these cannot be kept in a comment.
pub fn instead(of: &str, words: &str) -> Option<String> {
    let begin = BEGIN.strip_suffix(" -->")?;
    can_be_kept(of).then(|| format!("{begin}; instead=\"{of}\" -->{words}{END}"))
}

/// A line of its own: a row of a table, or one of a list.
pub fn line(line: &str) -> String {
    let (line, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
    match line.strip_suffix(" |") {
        Some(row) => format!("{row} {LINE} |{end}"),
        None => format!("{line} {LINE}{end}"),
    }
}

/// Whether a mark behind a text would be a part of it: of HTML that is still open, or behind a backslash.
pub fn is_open(text: &str) -> bool {
    let behind = |open: &str, close: &str| {
        let last = text.rfind(open).and_then(|at| text.get(at..));
        last.is_some_and(|rest| !rest.contains(close))
    };
    let html = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", "?>")];
    text.ends_with('\\') || html.iter().any(|(open, close)| behind(open, close))
}

/// The end of the line that has nothing but blanks from `at` on. A line feed ends it, for a comment goes on to one.
pub fn line_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let below = rest.trim_start_matches([' ', '\t']);
    (below.is_empty() || below.starts_with('\n') || below.starts_with("\r\n")).then(|| at + rest.len() - below.len())
}

/// The blanks that are lacking for a line that ends at `at` to be broken there.
pub fn hard_break(text: &str, at: usize) -> &'static str {
    let before = text.get(..at).unwrap_or("");
    match before.len() - before.trim_end_matches(' ').len() {
        0 => "  ",
        1 => " ",
        _ => "",
    }
}
