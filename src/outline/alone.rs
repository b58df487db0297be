//! One section of a document that is known, read again by itself.
//!
//! Which heading is which section is taken over from the whole document, never matched anew: the headings must be the
//! same ones.

use std::ops::Range;

use super::{Fields, Names, Node, Outline, state};
use crate::diagnostic::Stage;
use crate::document::Document;
use crate::naming::normalise;
use crate::template::Template;

impl Outline {
    /// The outline of a section alone, `document`: its headings are those of the whole document at `headings`, and
    /// another one may end it. `None` where it and other sections share the parts of a section of the template.
    pub fn alone(&self, document: &Document, template: &Template, headings: &Range<usize>) -> Option<Self> {
        let is_here = |node: &Node| node.heading.is_some_and(|heading| headings.contains(&heading));
        let here: Vec<usize> = (0..self.nodes.len())
            .filter(|index| self.nodes.get(*index).is_some_and(is_here))
            .collect();
        let place = |index: &usize| here.binary_search(index).ok();
        let moved = |region: &Range<usize>| {
            let within = headings.start <= region.start && region.end <= headings.end;
            within.then(|| region.start - headings.start..region.end - headings.start)
        };
        let alone = |index: &usize| {
            let node = self.nodes.get(*index)?;
            let mut children = node.children.iter();
            let others = children.any(|child| place(child).is_none() && self.nodes.get(*child).is_some_and(is_there));
            let parent = node.parent.map(|parent| place(&parent));
            if others || parent == Some(None) {
                return None;
            }
            Some(Node {
                parent: parent.flatten(),
                children: node.children.iter().filter_map(place).collect(),
                heading: node.heading.map(|heading| heading - headings.start),
                region: moved(&node.region)?,
                claimed: node.claimed.iter().map(moved).collect::<Option<_>>()?,
                parts: Vec::new(),
                waiver: None,
                ..*node
            })
        };
        let mut outline = Self {
            names: Names {
                headings: self.names.headings.get(headings.clone())?.to_vec(),
                fields: document.fields.iter().map(|field| normalise(&field.key)).collect(),
            },
            nodes: here.iter().map(alone).collect::<Option<_>>()?,
            header: Fields::default(),
            footer: Fields::default(),
            footer_at: document.blocks.len(),
            duplicates: Vec::new(),
            extras: Vec::new(),
            stage: Stage::Review,
            status: None,
            base: self.base,
            first_section: 0,
        };
        state::fill(&mut outline, document, template);
        Some(outline)
    }
}

fn is_there(node: &Node) -> bool {
    node.heading.is_some()
}
