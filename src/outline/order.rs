//! Which sections stand out of order: those outside the longest run that is in the template's order.

use super::{Found, Misplaced, NodeId, Outline};
use crate::document::HeadingId;
use crate::edit::longest_increasing;

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
