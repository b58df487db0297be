//! One section of a document that is known, read again by itself.
//!
//! Which heading is which section is taken over from the whole document, never matched anew: the headings must be the
//! same ones.

use std::ops::Range;

use super::{Fields, Names, Node, NodeId, Outline, state};
use crate::diagnostic::Stage;
use crate::document::Document;
use crate::ids::List;
use crate::naming::normalise;
use crate::template::Template;

/// Which heading of a document is which section, without what stands in them.
#[derive(Debug)]
pub struct Sections {
    /// The normalised names of all headings.
    names: Vec<String>,
    /// The sections that are there; indexes of other ones are those of the outline.
    nodes: Vec<(NodeId, Node)>,
    base: u8,
}

impl Outline {
    /// Which heading is which section.
    pub fn sections(&self) -> Sections {
        let there = self.nodes.enumerate().filter(|(_, node)| node.heading.is_some());
        Sections {
            names: self.names.headings.clone(),
            nodes: there.map(|(index, node)| (index, node.bare())).collect(),
            base: self.base,
        }
    }
}

impl Sections {
    /// The normalised names of some headings.
    pub fn names(&self, headings: &Range<usize>) -> &[String] {
        self.names.get(headings.clone()).unwrap_or(&[])
    }

    /// The outline of a section alone, `document`: its headings are those of the whole document at `headings`, and
    /// another one may end it. `None` where it and other sections share the parts of a section of the template.
    pub fn alone(&self, document: &Document, template: &Template, headings: &Range<usize>) -> Option<Outline> {
        let is_here = |node: &Node| node.heading.is_some_and(|heading| headings.contains(&heading));
        let here: List<&(NodeId, Node), Node> = self.nodes.iter().filter(|(_, node)| is_here(node)).collect();
        let place = |of: &NodeId| {
            let (_, behind) = here.partition(|(id, _)| id < of);
            behind.first().filter(|at| here[*at].0 == *of)
        };
        let is_there = |of: &NodeId| self.nodes.binary_search_by_key(of, |(index, _)| *index).is_ok();
        let moved = |region: &Range<usize>| {
            let within = headings.start <= region.start && region.end <= headings.end;
            within.then(|| region.start - headings.start..region.end - headings.start)
        };
        let alone = |(_, node): &&(NodeId, Node)| {
            let elsewhere = |child: &NodeId| is_there(child) && place(child).is_none();
            let parent = node.parent.map(|parent| place(&parent));
            if node.children.iter().any(elsewhere) || parent == Some(None) {
                return None;
            }
            Some(Node {
                parent: parent.flatten(),
                children: node.children.iter().filter_map(place).collect(),
                heading: node.heading.map(|heading| heading - headings.start),
                region: moved(&node.region)?,
                claimed: node.claimed.iter().map(moved).collect::<Option<_>>()?,
                ..node.bare()
            })
        };
        let mut outline = Outline {
            names: Names {
                headings: self.names(headings).to_vec(),
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
            is_whole: true,
        };
        state::fill(&mut outline, document, template);
        Some(outline)
    }
}

impl Node {
    /// The same section without what stands in it.
    fn bare(&self) -> Self {
        Self {
            children: self.children.clone(),
            region: self.region.clone(),
            claimed: self.claimed.clone(),
            parts: Vec::new(),
            waiver: None,
            ..*self
        }
    }
}
