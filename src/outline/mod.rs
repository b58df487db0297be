//! A document held against its template: which section is which, what stands in it, and how far it is filled in.
//!
//! Facts, not verdicts: whether a missing section matters is for the rules. This room knows no configuration and no
//! git, and reads no Markdown.

mod alike;
mod fields;
mod matching;
mod order;
mod stage;
mod state;
#[cfg(test)]
mod tests;

pub use fields::{FieldSlot, FieldState, Fields};
pub use stage::{StageWord, stage_of, unpicked};
pub use state::{SectionUnit, Standing, State, Waiver, is_instruction};

use crate::diagnostic::Stage;
use crate::document::{Block, Document, Field, FieldId, Heading, HeadingId, LostHeading};
use crate::ids::{Id, IdList, Ids};
use crate::naming::normalise;
use crate::source::Span;
use crate::template::{SectionSpec, SpecId, Template};

/// What a document is, seen through its template.
#[derive(Debug)]
pub struct Outline {
    /// The document's names, normalised once for all who compare them.
    pub names: Names,
    /// The template's sections in its order, a parent before its children; a group has a node for each instance.
    pub nodes: IdList<Node>,
    /// The header's fields.
    pub header: Fields,
    /// The footer's fields.
    pub footer: Fields,
    /// The blocks of the footer, perhaps none.
    pub footer_blocks: Ids<Block>,
    /// Headings that repeat a section which stands elsewhere already.
    pub duplicates: Vec<Duplicate>,
    /// Headings that the template does not speak of.
    pub extras: Vec<HeadingId>,
    /// How far the document says it has come.
    pub stage: Stage,
    /// The field that says so.
    pub status: Option<FieldId>,
    /// The level of the headings of the sections at the top: 2 unless the document has them all on another one.
    pub base: u8,
    /// The headings that belong to the sections: all but the title and a subtitle.
    pub in_sections: Ids<Heading>,
    /// Whether all of the document was read. What it lacks may stand in the rest.
    pub is_whole: bool,
}

/// Where a document may have what is not in its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beyond<'a> {
    /// The paths of the sections that the book keeps in chapters of their own.
    pub in_chapters: &'a [&'a str],
    /// Whether parts of the document were not read: they may hold any section.
    pub unread: bool,
}

/// The normalised names in a document.
#[derive(Debug, Default)]
pub struct Names {
    /// Those of its headings, in their order.
    pub headings: IdList<String, Heading>,
    /// The keys of its fields, in their order.
    pub fields: IdList<String, Field>,
}

/// Where a section stands in [`Outline::nodes`].
pub type NodeId = Id<Node>;

/// A section of the template in this document, there or missing.
#[derive(Debug)]
pub struct Node {
    /// Its section in the template.
    pub spec: SpecId,
    /// The node of the section that holds it.
    pub parent: Option<NodeId>,
    /// The nodes of its sub-sections, in the template's order.
    children: Vec<NodeId>,
    /// Where it stands; `None` if it is missing.
    pub heading: Option<HeadingId>,
    /// How it was recognised.
    pub found: Found,
    /// The headings in it, its own first.
    pub region: Ids<Heading>,
    /// The headings of `region` that belong to its sub-sections.
    claimed: Vec<Ids<Heading>>,
    /// What it holds that no sub-section holds.
    pub parts: Vec<SectionUnit>,
    /// How far it is filled in, with its sub-sections.
    pub state: State,
    /// The reason why it does not apply, if it says so.
    pub waiver: Option<Waiver>,
    /// Where it stands out of order, the section that it should follow or precede.
    pub misplaced: Option<Misplaced>,
    /// For a missing section: the offset where it should stand.
    pub insertion: usize,
    /// For a missing section: its heading among the lost headings.
    pub lost: Option<LostHeading>,
    /// For a missing section: a heading that may be meant, though it is not alike enough to be taken for it.
    pub maybe: Option<HeadingId>,
}

/// How a section was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// By its name.
    Name,
    /// By another name.
    Alias,
    /// As an instance of a group.
    Instance,
    /// By a name that is nearly right.
    Misspelt,
    /// By its name, on another level than its siblings.
    WrongLevel,
    /// By its name, in another section than the template's.
    WrongParent,
    /// Not here: it is kept in chapters of its own.
    Elsewhere,
    /// Not in what was read of the document.
    Unread,
    /// Not at all.
    Missing,
}

/// A section that stands where it should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misplaced {
    /// It should come after this node.
    After(NodeId),
    /// It should come before this node.
    Before(NodeId),
}

/// A heading that repeats a section.
#[derive(Debug, Clone, Copy)]
pub struct Duplicate {
    /// The heading.
    pub heading: HeadingId,
    /// The node that has the section already.
    pub node: NodeId,
}

/// Holds `document` against `template`, as the one document of a book.
#[cfg(test)]
pub fn outline(document: &Document, template: &Template) -> Outline {
    outline_beside(document, template, Beyond::default())
}

/// Holds `document` against `template`. What stands `beyond` the document is not missing in it.
pub fn outline_beside(document: &Document, template: &Template, beyond: Beyond<'_>) -> Outline {
    let names = Names::of(document);
    let footer_blocks = fields::footer_blocks(document, &names, template);
    let mut matched = matching::matched(document, &names, template, footer_blocks);
    for node in matched.nodes.iter_mut().filter(|node| node.heading.is_none()) {
        let id = node.spec(template).id.as_str();
        let kept = |path: &&str| {
            id.strip_prefix(*path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if beyond.in_chapters.iter().any(kept) {
            node.found = Found::Elsewhere;
        } else if beyond.unread {
            node.found = Found::Unread;
        }
    }
    let header = fields::header(document, &names, template, &matched, footer_blocks);
    let footer = fields::footer(document, &names, template, footer_blocks);
    let mut outline = Outline {
        names,
        nodes: matched.nodes,
        header,
        footer,
        footer_blocks,
        duplicates: matched.duplicates,
        extras: matched.extras,
        stage: Stage::Review,
        status: None,
        base: matched.base,
        in_sections: matched.in_sections,
        is_whole: !beyond.unread,
    };
    order::mark(&mut outline);
    state::fill(&mut outline, document, template);
    if let Some((stage, status)) = stage::of(&outline, document, template) {
        outline.stage = stage;
        outline.status = Some(status);
    }
    outline
}

impl Names {
    fn of(document: &Document) -> Self {
        Self {
            headings: document.headings.map(|(_, heading)| normalise(&heading.text)),
            fields: document.fields.map(|(_, field)| normalise(&field.key)),
        }
    }

    /// The name of a heading.
    pub fn heading(&self, id: HeadingId) -> &str {
        &self.headings[id]
    }

    /// The name of a field.
    pub fn field(&self, id: FieldId) -> &str {
        &self.fields[id]
    }
}

impl Outline {
    /// The nodes of a node's sub-sections, in the template's order.
    pub fn children(&self, parent: NodeId) -> impl Iterator<Item = (NodeId, &Node)> {
        let children = self.nodes[parent].children.iter();
        children.map(|child| (*child, &self.nodes[*child]))
    }

    /// The document's title, unless it is a section.
    pub fn title<'d>(&self, document: &'d Document) -> Option<&'d Heading> {
        document
            .title()
            .filter(|_| self.in_sections.len() < document.headings.len())
    }

    /// Where the footer begins, if there is one.
    pub fn footer_start(&self, document: &Document) -> Option<usize> {
        Some(document.blocks[self.footer_blocks].first()?.span.start)
    }

    /// The first node of a section by its path.
    pub fn section<'o>(&'o self, template: &Template, id: &str) -> Option<(NodeId, &'o Node)> {
        let spec = template.sections.find(|section| section.id == id)?;
        self.nodes.enumerate().find(|(_, node)| node.spec == spec)
    }
}

impl Node {
    /// What the template says about the section.
    pub fn spec<'t>(&self, template: &'t Template) -> &'t SectionSpec {
        &template.sections[self.spec]
    }

    /// The headings in it that belong to none of its sub-sections, its own first.
    pub fn own_headings(&self) -> impl Iterator<Item = HeadingId> {
        let claimed = |heading: HeadingId| self.claimed.iter().any(|region| region.contains(heading));
        self.region.iter().filter(move |heading| !claimed(*heading))
    }

    /// Whether the section is missing, and nothing else explains why.
    pub fn is_missing(&self) -> bool {
        self.heading.is_none() && !matches!(self.found, Found::Elsewhere | Found::Unread)
    }

    /// Its heading, where it is there.
    pub fn heading<'d>(&self, document: &'d Document) -> Option<&'d Heading> {
        Some(&document.headings[self.heading?])
    }

    /// Where its heading's name stands.
    pub fn name_span(&self, document: &Document) -> Option<Span> {
        self.heading(document).map(|heading| heading.name)
    }
}
