//! What a table's row holds beyond the cells of its header: the parser drops it without a trace.

use super::{Document, Row};
use crate::source::Span;

/// A row without what stands behind its last cell.
pub fn shown_cells(document: &Document, row: &Row) -> Span {
    match closing(document, row) {
        Some((close, _)) => Span::new(row.span.start, close + 1),
        None => row.span,
    }
}

/// Where the sign stands that closes a row's last cell, and the rest of its line.
fn closing<'d>(document: &'d Document, row: &Row) -> Option<(usize, &'d str)> {
    let last = row.cells.last()?;
    let line = document.text.get(row.span).lines().next().unwrap_or("");
    let from = last.span.end.max(row.span.start);
    let tail = document.text.get(Span::new(from, row.span.start + line.len()));
    let mut escaped = false;
    let close = tail.find(|c: char| {
        let pipe = c == '|' && !escaped;
        escaped = c == '\\' && !escaped;
        pipe
    })?;
    Some((from + close, tail.get(close + 1..)?))
}

/// What stands in a row behind its last cell, and on no page.
pub fn dropped_cells(document: &Document, row: &Row) -> Option<Span> {
    let (close, rest) = closing(document, row)?;
    let blank = ['|', ' ', '\t'];
    let kept = rest.trim_end_matches(blank);
    let shown = kept.trim_start_matches(blank);
    // A comment behind the last cell is meant to be on no page.
    let comment = shown.starts_with("<!--") && shown.ends_with("-->");
    let start = close + 1 + (kept.len() - shown.len());
    (!shown.is_empty() && !comment).then(|| Span::new(start, start + shown.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, parse};
    use crate::markdown::Dialect;
    use crate::source::{SourceFile, Text};

    #[test]
    fn what_stands_behind_the_last_cell() {
        for (row, expected) in [
            ("| 1 | 2 |", None),
            ("| 1 | 2", None),
            ("1 | 2", None),
            ("| 1 |", None),
            ("| 1 |  |", None),
            ("|||", None),
            ("| 1 | 2 | |", None),
            ("| 1 | a \\| b |", None),
            ("| 1 | `a \\| b` |", None),
            ("| 1 | 2 | <!-- note -->", None),
            ("| 1 | 2 | 3 |", Some("3")),
            ("| 1 | 2 | 3", Some("3")),
            ("1 | 2 | 3", Some("3")),
            ("| 1 |  | 3 |", Some("3")),
            ("|||3|", Some("3")),
            ("| 1 | **2** | 3 | 4 |", Some("3 | 4")),
            ("| 1 | [2](b) | `3` |  |", Some("`3`")),
            ("| 1 | `a|b` |", Some("b`")),
            ("| 1 | ![x](y.png) | é |", Some("é")),
        ] {
            for (lead, end) in [("", "\n"), ("", "\r\n"), ("> ", "\n")] {
                let text = format!("{lead}| a | b |{end}{lead}|---|---|{end}{lead}{row}{end}");
                let document = parse(Text::of_file(&SourceFile::new("a.md", text)), Dialect::default());
                let mut block = document.blocks.first().expect("a block");
                if let BlockKind::Quote(blocks) = &block.kind {
                    block = &blocks[0];
                }
                let BlockKind::Table(table) = &block.kind else {
                    panic!("no table: {row}");
                };
                let found = dropped_cells(&document, &table.rows[0]).map(|span| document.text.get(span));
                assert_eq!(found, expected, "{row}");
                assert_eq!(dropped_cells(&document, &table.header), None);
            }
        }
    }
}
