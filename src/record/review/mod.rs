//! The review checklist as people write it: its items, and which are ticked.
//!
//! Boxes are the author's claims. They are read as a careful reader reads them, whatever form they have, and never
//! judged: what the document says about an item is for the facts.

mod html;
mod mark;
mod recognise;
mod start;
mod table;
#[cfg(test)]
mod tests;
mod waiver;
mod walk;
mod words;

use super::reader::Reader;
use crate::outline::Found;
use crate::source::Span;
use crate::template::CHECKLIST;

/// A review checklist.
#[derive(Debug)]
pub struct Review {
    /// Its items, in order, a parent before its children; at least one.
    pub items: Vec<ReviewItem>,
}

/// An item of a review checklist.
#[derive(Debug)]
pub struct ReviewItem {
    /// Its text as a reader reads it, without its box.
    pub text: String,
    /// Whether it is ticked.
    pub ticked: bool,
    /// Why it does not count, empty if it does not say: it does not apply, or it was withdrawn. Never for what is
    /// ticked.
    pub waived: Option<String>,
    /// Whether it does not count because it was struck out.
    pub withdrawn: bool,
    /// What says whether it is ticked.
    pub mark: Mark,
    /// The bytes of the box or the sign as written, a cell's text; empty where there is none.
    pub mark_span: Span,
    /// The item of the template's checklist that it is, an index of its `checklist`.
    pub template_item: Option<usize>,
    /// The item's bytes, without what is nested in it; for a table its row.
    pub span: Span,
}

/// What says whether an item is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A task's box: the host shows one.
    Task,
    /// A box that the host shows as text: `[]`, `[x ]`, `[✓]`, one without a space behind it.
    Malformed,
    /// A box in a line that is no list item.
    Line,
    /// A sign, `✅` or `☐`, in front of the item or behind it, or a word behind it.
    Sign,
    /// A table's cell.
    Cell,
    /// A box of HTML.
    Input,
    /// Nothing: an item of the template that lost its box.
    Missing,
}

impl Review {
    /// How many items are ticked, and how many there are; what is waived or withdrawn counts in neither.
    pub fn progress(&self) -> (usize, usize) {
        let counted = self.items.iter().filter(|item| item.waived.is_none());
        counted.fold((0, 0), |(done, total), item| {
            (done + usize::from(item.ticked), total + 1)
        })
    }
}

/// Reads the review checklist of a document: all of its section. `None` where the section is missing, and where nothing
/// in it is an item: questions, a choice of outcomes, a legend.
pub fn read(reader: Reader<'_>) -> Option<Review> {
    let Reader {
        document,
        outline,
        template,
    } = reader;
    let (own, node) = outline.section(template, CHECKLIST)?;
    node.heading?;
    // A section that has boxes of its own, the roadmap, is none of the checklist wherever it stands.
    let strangers = outline.nodes.enumerate().filter(|(id, other)| {
        let spec = other.spec(template);
        let named = matches!(other.found, Found::Name | Found::WrongLevel | Found::WrongParent);
        *id != own && named && spec.tasks && !spec.id.starts_with(CHECKLIST)
    });
    let strangers: Vec<_> = strangers
        .filter(|(_, other)| other.heading.is_some())
        .map(|(_, other)| other.region)
        .collect();
    let mut walk = walk::Walk::new(document, template);
    for heading in node.region {
        if !strangers.iter().any(|region| region.contains(heading)) {
            walk.scope(&document.blocks[document.own_blocks(heading).until(outline.footer_blocks)]);
        }
    }
    (!walk.items.is_empty()).then_some(Review { items: walk.items })
}
