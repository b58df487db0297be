//! Which lines of two versions of a text are the same, so that an edit of the one can be made in the other.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use crate::source::Span;

/// The parts of two texts that are alike, line by line.
#[derive(Debug)]
pub struct Alignment {
    /// Runs of lines: where they start in the first text and in the second, and how many bytes they have.
    runs: Vec<(usize, usize, usize)>,
}

impl Alignment {
    /// Aligns `old` and `new`.
    pub fn of(old: &str, new: &str) -> Self {
        let (old, new) = (lines(old), lines(new));
        let length = |lines: &[&str], range: Range<usize>| {
            let lines = lines.get(range).unwrap_or_default();
            lines.iter().map(|line| line.len()).sum::<usize>()
        };
        let (mut runs, mut at, mut to) = (Vec::new(), 0, 0);
        for op in compared(&old, &new) {
            let len = length(&old, op.old_range());
            if let DiffOp::Equal { .. } = op {
                runs.push((at, to, len));
            }
            at += len;
            to += length(&new, op.new_range());
        }
        Self { runs }
    }

    /// Where a span of the first text stands in the second; `None` where something in it or right at it has changed.
    pub fn map(&self, span: Span) -> Option<Span> {
        let run = self
            .runs
            .iter()
            .find(|(at, _, len)| *at <= span.start && span.end <= at + len)?;
        Some(Span::new(span.start - run.0 + run.1, span.end - run.0 + run.1))
    }
}

/// The lines of a text, each with its line feed. A carriage return alone ends none.
pub fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// What becomes of the lines `old` in `new`. Alike are the lines that occur once in both and stand in the same order, and all
/// that joins them or the ends: where a blank line belongs, only its neighbours tell.
pub fn compared(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let (in_old, in_new) = (counted(old), counted(new));
    let once = |line: &&str| in_old.get(line) == Some(&1) && in_new.get(line) == Some(&1);
    let is_sure = |op: &DiffOp| {
        let lines = old.get(op.old_range()).unwrap_or_default();
        op.tag() == DiffTag::Equal && lines.iter().any(once)
    };
    let ops = capture_diff_slices(Algorithm::Patience, old, new);
    let sure = ops.iter().filter(|op| is_sure(op));
    let sure = sure.map(|op| (op.old_range(), op.new_range()));
    let end = (old.len()..old.len(), new.len()..new.len());
    let (mut all, mut at, mut to) = (Vec::new(), 0, 0);
    for (from, with) in sure.chain([end]) {
        let gone = old.get(at..from.start).unwrap_or_default();
        let put = new.get(to..with.start).unwrap_or_default();
        let same = |(a, b): &(&&str, &&str)| a == b;
        let front = gone.iter().zip(put).take_while(same).count();
        let rest = gone.iter().skip(front).rev().zip(put.iter().skip(front).rev());
        let back = rest.take_while(same).count();
        let (old_len, new_len) = (gone.len() - front - back, put.len() - front - back);
        push_equal(&mut all, at, to, front);
        if old_len + new_len > 0 {
            all.push(DiffOp::Replace {
                old_index: at + front,
                old_len,
                new_index: to + front,
                new_len,
            });
        }
        push_equal(&mut all, from.start - back, with.start - back, back + from.len());
        (at, to) = (from.end, with.end);
    }
    all
}

/// Puts lines that are alike behind all others, as one run with those right in front of them.
fn push_equal(all: &mut Vec<DiffOp>, old_index: usize, new_index: usize, more: usize) {
    match all.last_mut() {
        Some(DiffOp::Equal { len, .. }) => *len += more,
        _ if more > 0 => all.push(DiffOp::Equal {
            old_index,
            new_index,
            len: more,
        }),
        _ => {}
    }
}

/// How often each line occurs.
fn counted<'l>(lines: &[&'l str]) -> HashMap<&'l str, usize> {
    let mut counts = HashMap::new();
    for line in lines {
        *counts.entry(*line).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unchanged_lines_are_found_again() {
        let alignment = Alignment::of("a\nb\nx\nc\nd\n", "new\na\nb\nc\nd\n");
        assert_eq!(alignment.map(Span::new(0, 4)), Some(Span::new(4, 8)));
        assert_eq!(alignment.map(Span::new(6, 8)), Some(Span::new(8, 10)));
        assert_eq!(alignment.map(Span::new(4, 6)), None);
        assert_eq!(alignment.map(Span::new(2, 8)), None);
    }

    proptest! {
        /// Whatever is mapped is the same text.
        #[test]
        fn mapped_text_is_the_same(old in "([abc]{0,2}\n){0,12}", new in "([abc]{0,2}\n){0,12}") {
            let alignment = Alignment::of(&old, &new);
            for start in 0..=old.len() {
                for end in start..=old.len() {
                    if let Some(mapped) = alignment.map(Span::new(start, end)) {
                        prop_assert_eq!(old.get(start..end), new.get(mapped.start..mapped.end));
                    }
                }
            }
        }
    }
}
