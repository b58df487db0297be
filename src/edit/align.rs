//! Which lines of two versions of a text are the same, so that an edit of the one can be made in the other.

use std::collections::HashMap;

use crate::source::Span;

/// The parts of two texts that are alike, line by line.
#[derive(Debug)]
pub struct Alignment {
    /// Runs of lines: where they start in the first text and in the second, and how many bytes they have.
    runs: Vec<(usize, usize, usize)>,
}

impl Alignment {
    /// Aligns `old` and `new`: the lines that occur once in both and stand in the same order, and all that joins them.
    pub fn of(old: &str, new: &str) -> Self {
        if old == new {
            return Self {
                runs: vec![(0, 0, old.len())],
            };
        }
        let (old, new) = (lines(old), lines(new));
        let mut pairs = anchors(&old, &new);
        grow(&old, &new, &mut pairs);
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for (a, b) in pairs {
            let (Some((at, line)), Some((to, _))) = (old.get(a), new.get(b)) else {
                continue;
            };
            match runs.last_mut() {
                Some(last) if last.0 + last.2 == *at && last.1 + last.2 == *to => last.2 += line.len(),
                _ => runs.push((*at, *to, line.len())),
            }
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

fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut offset = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push((offset, line));
        offset += line.len();
    }
    lines
}

/// Lines that occur once in both, in a longest run of the same order.
fn anchors(old: &[(usize, &str)], new: &[(usize, &str)]) -> Vec<(usize, usize)> {
    let once = |lines: &[(usize, &str)]| {
        let mut seen: HashMap<String, Option<usize>> = HashMap::new();
        for (index, (_, line)) in lines.iter().enumerate() {
            seen.entry((*line).to_owned())
                .and_modify(|at| *at = None)
                .or_insert(Some(index));
        }
        seen
    };
    let (in_old, in_new) = (once(old), once(new));
    let common: Vec<(usize, usize)> = old
        .iter()
        .enumerate()
        .filter(|(index, (_, line))| in_old.get(*line) == Some(&Some(*index)))
        .filter_map(|(index, (_, line))| Some((index, in_new.get(*line).copied().flatten()?)))
        .collect();
    let places: Vec<usize> = common.iter().map(|(_, at)| *at).collect();
    longest_increasing(&places)
        .into_iter()
        .filter_map(|position| common.get(position).copied())
        .collect()
}

/// Extends every anchor forwards and backwards over equal lines, and the ends of the texts likewise.
fn grow(old: &[(usize, &str)], new: &[(usize, &str)], pairs: &mut Vec<(usize, usize)>) {
    let same = |a: usize, b: usize| match (old.get(a), new.get(b)) {
        (Some((_, a)), Some((_, b))) => a == b,
        _ => false,
    };
    let mut grown: Vec<(usize, usize)> = Vec::new();
    let bounds: Vec<(usize, usize)> = pairs.iter().copied().chain([(old.len(), new.len())]).collect();
    let (mut a, mut b) = (0, 0);
    for (to_a, to_b) in bounds {
        while a < to_a && b < to_b && same(a, b) {
            grown.push((a, b));
            (a, b) = (a + 1, b + 1);
        }
        let (mut back_a, mut back_b) = (to_a, to_b);
        let mut tail = Vec::new();
        while back_a > a && back_b > b && same(back_a - 1, back_b - 1) {
            (back_a, back_b) = (back_a - 1, back_b - 1);
            tail.push((back_a, back_b));
        }
        grown.extend(tail.into_iter().rev());
        if to_a < old.len() && to_b < new.len() {
            grown.push((to_a, to_b));
        }
        (a, b) = (to_a + 1, to_b + 1);
    }
    *pairs = grown;
}

/// The positions of a longest strictly increasing subsequence, the first of several.
pub fn longest_increasing<T: Ord>(values: &[T]) -> Vec<usize> {
    // For each length the position of the smallest value that ends a run of it, and for each position the one before.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values.get(*end).is_some_and(|other| other < value));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut kept = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(position) = at {
        kept.push(position);
        at = before.get(position).copied().flatten();
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_run_is_kept() {
        assert_eq!(longest_increasing(&[0, 1, 5, 2, 3]), [0, 1, 3, 4]);
        assert_eq!(longest_increasing(&[3, 0, 1, 2]), [1, 2, 3]);
        assert_eq!(longest_increasing::<usize>(&[]), [] as [usize; 0]);
    }

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

        #[test]
        fn the_run_is_increasing_and_as_long_as_the_slow_way(values in prop::collection::vec(0usize..20, 0..12)) {
            let kept = longest_increasing(&values);
            prop_assert!(kept.windows(2).all(|pair| values[pair[0]] < values[pair[1]]));
            let mut best = vec![0; values.len()];
            for at in 0..values.len() {
                best[at] = 1 + (0..at).filter(|before| values[*before] < values[at]).map(|before| best[before]).max().unwrap_or(0);
            }
            prop_assert_eq!(kept.len(), best.into_iter().max().unwrap_or(0));
        }
    }
}
