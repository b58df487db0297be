//! Changes to text, and their application by byte range: what no edit names keeps its bytes.
//!
//! Rules and enrichments make edits, `cli` and `preprocessor` apply them. This module never reads or writes a file.

mod align;

pub use align::{Alignment, compared, lines};

use crate::source::Span;

/// One replacement: the bytes of `span` become `text`. An empty span inserts, an empty text deletes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes to replace, in the text that the edit is for.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Puts `text` in front of the byte at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self {
            span: Span::at(offset),
            text: text.into(),
        }
    }

    /// Puts `text` in the place of `span`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }
}

/// Applies `edits` to `text` in one pass, in the order of their spans; of two that overlap, the first is applied.
///
/// Equal edits are applied once: two findings may have the same cure. Edits whose spans do not lie on character
/// boundaries of `text` are left out. Returns the new text and how many edits were left out.
pub fn apply(text: &str, edits: &[Edit]) -> (String, usize) {
    let (applied, left_out) = applied(text, edits);
    let mut result = String::with_capacity(text.len() + applied.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut done = 0;
    for edit in applied {
        result.push_str(text.get(done..edit.span.start).unwrap_or(""));
        result.push_str(&edit.text);
        done = edit.span.end;
    }
    result.push_str(text.get(done..).unwrap_or(""));
    (result, left_out)
}

/// The edits that [`apply`] applies to `text`, in their order there, and how many it leaves out.
pub fn applied<'e>(text: &str, edits: &'e [Edit]) -> (Vec<&'e Edit>, usize) {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    sorted.dedup();
    let (mut done, all) = (0, sorted.len());
    sorted.retain(|edit| {
        let fits = text.get(done..edit.span.start).is_some() && text.get(edit.span.start..edit.span.end).is_some();
        if fits {
            done = edit.span.end;
        }
        fits
    });
    let left_out = all - sorted.len();
    (sorted, left_out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn overlapping_edits_are_left_out() {
        let edits = [
            Edit::replace(Span::new(0, 3), "X"),
            Edit::replace(Span::new(2, 4), "Y"),
            Edit::insert(5, "Z"),
        ];
        assert_eq!(apply("abcdef", &edits), ("XdeZf".to_owned(), 1));
    }

    proptest! {
        /// The naive way: replace from the back, so that earlier offsets stay true.
        #[test]
        fn application_is_the_naive_splice(text in "[a-zé👥\n]{0,30}", cuts in prop::collection::btree_set(0usize..40, 0..6)) {
            let bounds: Vec<usize> = cuts.into_iter().filter(|at| text.is_char_boundary(*at) && *at <= text.len()).collect();
            let edits: Vec<Edit> = bounds.chunks(2).filter(|pair| pair.len() == 2)
                .map(|pair| Edit::replace(Span::new(pair[0], pair[1]), "<new>")).collect();
            let mut naive = text.clone();
            for edit in edits.iter().rev() {
                naive.replace_range(edit.span.start..edit.span.end, &edit.text);
            }
            prop_assert_eq!(apply(&text, &edits), (naive, 0));
        }
    }
}
