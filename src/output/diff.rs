//! A unified diff of one file, as `git apply` and `patch` take it.

use std::fmt::Write;

use crate::edit::Alignment;
use crate::source::Span;

/// Lines around a change.
const CONTEXT: usize = 3;

/// A line of a diff: kept, taken away or added.
enum Line<'t> {
    Kept(&'t str),
    Gone(&'t str),
    New(&'t str),
}

/// The difference between `old` and `new`, two versions of the file at `path`; empty where there is none.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    let lines = compared(old, new);
    let changed: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !matches!(line, Line::Kept(_)))
        .map(|(at, _)| at)
        .collect();
    let mut text = String::new();
    let mut rest = changed.as_slice();
    while let Some(first) = rest.first() {
        let together = rest
            .windows(2)
            .take_while(|pair| matches!(pair, [a, b] if b - a <= 2 * CONTEXT))
            .count()
            + 1;
        let last = rest.get(together - 1).copied().unwrap_or(*first);
        if text.is_empty() {
            let _ = writeln!(text, "--- a/{path}\n+++ b/{path}");
        }
        hunk(
            &mut text,
            &lines,
            first.saturating_sub(CONTEXT),
            (last + CONTEXT + 1).min(lines.len()),
        );
        rest = rest.get(together..).unwrap_or(&[]);
    }
    text
}

fn hunk(text: &mut String, lines: &[Line<'_>], from: usize, to: usize) {
    let before = lines.get(..from).unwrap_or(&[]);
    let inside = lines.get(from..to).unwrap_or(&[]);
    let olds = |lines: &[Line<'_>]| lines.iter().filter(|line| !matches!(line, Line::New(_))).count();
    let news = |lines: &[Line<'_>]| lines.iter().filter(|line| !matches!(line, Line::Gone(_))).count();
    let start = |before: usize, count: usize| if count == 0 { before } else { before + 1 };
    let (old_count, new_count) = (olds(inside), news(inside));
    let (old_start, new_start) = (start(olds(before), old_count), start(news(before), new_count));
    let _ = writeln!(text, "@@ -{old_start},{old_count} +{new_start},{new_count} @@");
    for line in inside {
        let (mark, line) = match line {
            Line::Kept(line) => (' ', line),
            Line::Gone(line) => ('-', line),
            Line::New(line) => ('+', line),
        };
        text.push(mark);
        text.push_str(line);
        if !line.ends_with('\n') {
            text.push_str("\n\\ No newline at end of file\n");
        }
    }
}

fn compared<'t>(old: &'t str, new: &'t str) -> Vec<Line<'t>> {
    let alignment = Alignment::of(old, new);
    let mut lines = Vec::new();
    let mut new_lines = new.split_inclusive('\n');
    let mut new_at = 0;
    let mut old_at = 0;
    for line in old.split_inclusive('\n') {
        let span = Span::new(old_at, old_at + line.len());
        old_at += line.len();
        let Some(mapped) = alignment.map(span).filter(|mapped| mapped.start >= new_at) else {
            lines.push(Line::Gone(line));
            continue;
        };
        while new_at < mapped.start {
            let Some(added) = new_lines.next() else { break };
            new_at += added.len();
            lines.push(Line::New(added));
        }
        new_at += new_lines.next().map_or(0, str::len);
        lines.push(Line::Kept(line));
    }
    lines.extend(new_lines.map(Line::New));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_change_is_one_hunk() {
        let old = "a\nb\nc\nd\ne\nf\ng\nh\n";
        let new = "a\nb\nc\nd\nE\ne\nf\ng\nh";
        let text = diff("x.md", old, new);
        let expected = "--- a/x.md\n+++ b/x.md\n@@ -2,7 +2,8 @@\n b\n c\n d\n+E\n e\n f\n g\n-h\n+h\n\\ No newline at end of file\n";
        assert_eq!(text, expected);
        assert_eq!(diff("x.md", old, old), "");
    }
}
