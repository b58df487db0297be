//! Which sections stand out of order: those outside the longest run that is in the template's order.

use super::{Found, Misplaced, NodeId, Outline};
use crate::document::HeadingId;

/// Marks the nodes that are out of order among their siblings.
pub fn mark(outline: &mut Outline) {
    let nodes = &outline.nodes;
    let top = nodes.enumerate().filter(|(_, node)| node.parent.is_none());
    let families: Vec<Vec<NodeId>> = std::iter::once(top.map(|(id, _)| id).collect())
        .chain(nodes.iter().map(|node| node.children.clone()))
        .collect();
    for family in families.into_iter().filter(|family| family.len() > 1) {
        // In the template's order, with their place in the document.
        let siblings: Vec<(NodeId, HeadingId)> = family
            .into_iter()
            .map(|id| (id, &outline.nodes[id]))
            .filter(|(_, node)| node.found != Found::WrongParent)
            .filter_map(|(id, node)| Some((id, node.heading?)))
            .collect();
        if siblings.len() < 2 {
            continue;
        }
        let places: Vec<HeadingId> = siblings.iter().map(|(_, heading)| *heading).collect();
        let kept = longest_increasing(&places);
        for (position, (id, heading)) in siblings.iter().enumerate() {
            if kept.binary_search(&position).is_ok() {
                continue;
            }
            let sibling = |position: &usize| siblings.get(*position).copied();
            let before = kept
                .iter()
                .filter(|other| **other < position)
                .filter_map(sibling)
                .next_back();
            let after = kept.iter().filter(|other| **other > position).find_map(sibling);
            outline.nodes[*id].misplaced = match (before, after) {
                (Some((node, at)), _) if at > *heading => Some(Misplaced::After(node)),
                (_, Some((node, _))) => Some(Misplaced::Before(node)),
                (Some((node, _)), None) => Some(Misplaced::After(node)),
                (None, None) => None,
            };
        }
    }
}

/// The positions of a longest strictly increasing subsequence, the first of several.
fn longest_increasing<T: Ord>(values: &[T]) -> Vec<usize> {
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

    proptest! {
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
