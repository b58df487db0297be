//! A unified diff of one file, as `git apply` and `patch` take it.

use std::fmt::Write;
use std::ops::Range;

use similar::{DiffOp, group_diff_ops};

use crate::edit::{compared, lines};

/// Lines around a change.
const CONTEXT: usize = 3;

/// The difference between `old` and `new`, two versions of the file at `path`; empty where there is none.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    let (old, new) = (lines(old), lines(new));
    let ops: Vec<DiffOp> = compared(&old, &new).into_iter().flat_map(parted).collect();
    let apart = ops.chunk_by(|one, next| one.tag() != next.tag());
    let mut text = String::new();
    for hunk in apart.flat_map(|ops| group_diff_ops(ops.to_vec(), CONTEXT)) {
        if text.is_empty() {
            let _ = writeln!(text, "--- a/{path}\n+++ b/{path}");
        }
        let _ = writeln!(text, "{}", header(&hunk));
        for change in hunk.iter().flat_map(|op| op.iter_changes(&old, &new)) {
            let (mark, line) = (change.tag(), change.value());
            let _ = write!(text, "{mark}{line}");
            if !line.ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    text
}

/// Two hunks stay apart where what lies between is just the context of both.
fn parted(op: DiffOp) -> Vec<DiffOp> {
    match op {
        DiffOp::Equal {
            old_index,
            new_index,
            len,
        } if len == 2 * CONTEXT => [0, CONTEXT]
            .map(|from| DiffOp::Equal {
                old_index: old_index + from,
                new_index: new_index + from,
                len: CONTEXT,
            })
            .to_vec(),
        _ => vec![op],
    }
}

/// Where the lines of a hunk begin, and how many they are.
fn header(hunk: &[DiffOp]) -> String {
    let lines = |range: fn(&DiffOp) -> Range<usize>| {
        let start = hunk.first().map_or(0, |op| range(op).start);
        let count = hunk.last().map_or(start, |op| range(op).end) - start;
        // None begin at the line before.
        format!("{},{count}", start + usize::from(count > 0))
    };
    format!("@@ -{} +{} @@", lines(DiffOp::old_range), lines(DiffOp::new_range))
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
