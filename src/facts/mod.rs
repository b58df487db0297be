//! What follows from a document, its template and its outline: what rules, pages and JSON read.
//!
//! Facts are computed once and judged elsewhere. Nothing here prints, and nothing here reads a file.

mod allow;
mod decision_record;
mod digest;
mod drawn;
mod enriched;
mod evidence;
mod log;
mod log_entry;
mod log_row;
pub mod pages;
mod past;
mod section_fields;
mod standing;
mod targets;

pub use section_fields::{Answer, SectionField};
pub use standing::Standing;

use std::cell::OnceCell;

use jiff::civil::Date;

pub use allow::{Allow, Scope};
pub use digest::{Digest, DigestField, DigestHeading, DigestItem, DigestRecords, DigestReview, DigestSection, Placed};
pub use drawn::ARCHITECTURE;
pub use enriched::parts as off_parts;
pub use evidence::{FOOTER, JudgedItem, Outcome};
pub use log::{Unlogged, day};
pub use log_entry::{LogEntry, LogSource, Since};
pub use log_row::{UNRELEASED, commit_address, rows as log_rows};
pub use past::Past;
pub use targets::{Target, Targets};

use self::standing::Reviewed;
use crate::book::BrokenInclude;
use crate::document::{Document, Field};
use crate::ids::IdList;
use crate::outline::{FieldSlot, Node, NodeId, Outline};
use crate::record::{Component, Reader, Records, Said};
use crate::source::Span;
use crate::template::{FieldKind, FieldSpec, SectionSpec, Template};

/// Everything that is known about one document.
#[derive(Debug)]
pub struct Facts<'a> {
    /// What is written.
    pub document: &'a Document,
    /// What it should be.
    pub template: &'a Template,
    /// The one held against the other.
    pub outline: &'a Outline,
    /// What was read out of it.
    pub records: &'a Records,
    /// Includes that cannot be read.
    pub broken_includes: &'a [BrokenInclude],
    /// References that lead nowhere within the book.
    pub dead_references: &'a [DeadReference],
    /// What git knows of it; none where git is not asked.
    pub past: Option<Past<'a>>,
    /// The day that counts as today.
    pub as_of: Date,
    /// What is worked out when the first one asks.
    pub once: Once<'a>,
}

/// What several rules, pages and JSON ask for, and what is therefore worked out once.
#[derive(Debug, Default)]
pub struct Once<'a> {
    header: OnceCell<Vec<AskedField<'a>>>,
    footer: OnceCell<Vec<AskedField<'a>>>,
    reviewed: OnceCell<Option<Reviewed>>,
    next_review: OnceCell<Option<(Span, Date)>>,
    standing: OnceCell<Standing>,
    line_end: OnceCell<&'static str>,
    section_fields: OnceCell<IdList<Vec<SectionField<'a>>, Node>>,
    judged_items: OnceCell<Vec<JudgedItem<'a>>>,
    undrawn: OnceCell<Vec<&'a Component>>,
    unlogged: OnceCell<Vec<Unlogged<'a>>>,
}

/// A number of things, in words.
fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// A reference whose link the book's own files show to lead nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadReference {
    /// What it says.
    pub text: Said,
    /// Why, as the end of a sentence that begins with its text.
    pub why: String,
}

/// A field that the template asks for, and what the document has for it.
#[derive(Debug, Clone, Copy)]
pub struct AskedField<'a> {
    /// What is asked for.
    pub spec: &'a FieldSpec,
    /// What is there.
    pub slot: &'a FieldSlot,
    /// The field itself, if it is there.
    pub field: Option<&'a Field>,
}

impl<'a> Facts<'a> {
    /// The text of a span of the document.
    pub fn text(&self, span: Span) -> &'a str {
        self.document.text.get(span)
    }

    /// The document's name: its title without the words that the template gives every title.
    pub fn title(&self) -> String {
        let Some(title) = self.outline.title(self.document) else {
            return String::new();
        };
        let literal = self.template.title_text.split('[').next().unwrap_or("").trim_end();
        let name = title
            .text
            .strip_prefix(literal)
            .filter(|_| !literal.is_empty())
            .unwrap_or(&title.text);
        name.trim().to_owned()
    }

    /// How the document ends its lines.
    pub fn line_end(&self) -> &'static str {
        let of = |text: &str| if text.contains("\r\n") { "\r\n" } else { "\n" };
        self.once.line_end.get_or_init(|| of(self.document.text.as_str()))
    }

    /// The line, from 1, of the file that holds a span; none where the text stands in no file.
    pub fn line(&self, span: Span) -> Option<usize> {
        let place = self.document.text.place(span).filter(|place| place.file.on_disk())?;
        Some(place.file.position(place.span.start).line)
    }

    /// The nodes with what the template says about them.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &'a Node, &'a SectionSpec)> {
        let template = self.template;
        let nodes = self.outline.nodes.enumerate();
        nodes.map(move |(id, node)| (id, node, node.spec(template)))
    }

    /// The reader of the document's sections.
    pub fn reader(&self) -> Reader<'a> {
        Reader {
            document: self.document,
            outline: self.outline,
            template: self.template,
        }
    }

    /// The header's fields.
    pub fn header(&self) -> &[AskedField<'a>] {
        let slots = &self.outline.header.slots;
        self.once
            .header
            .get_or_init(|| self.asked(slots, &self.template.header))
    }

    /// The header's field that says when the document was last changed, if the template asks for one.
    pub fn last_updated(&self) -> Option<AskedField<'a>> {
        let says_so = |asked: &AskedField<'_>| {
            let mut words = asked.spec.name.split(' ');
            asked.spec.kind == FieldKind::Date
                && words.any(|word| matches!(word, "updated" | "changed" | "modified" | "revised"))
        };
        self.header().iter().copied().find(says_so)
    }

    /// The footer's fields.
    pub fn footer(&self) -> &[AskedField<'a>] {
        let slots = &self.outline.footer.slots;
        self.once
            .footer
            .get_or_init(|| self.asked(slots, &self.template.footer))
    }

    fn asked(&self, slots: &'a [FieldSlot], specs: &'a [FieldSpec]) -> Vec<AskedField<'a>> {
        let fields = &self.document.fields;
        let asked = |(slot, spec): (&'a FieldSlot, &'a FieldSpec)| AskedField {
            spec,
            slot,
            field: slot.field.map(|field| &fields[field]),
        };
        slots.iter().zip(specs).map(asked).collect()
    }

    /// Why the document is held to its template as strictly as it is, for the end of a sentence.
    pub fn strictness(&self) -> String {
        match self.outline.status.map(|status| &self.document.fields[status]) {
            Some(field) => format!("because the document's status is {}", field.value),
            None => "because the document does not say that it is a draft".to_owned(),
        }
    }

    /// The node that holds a node, if it is there.
    pub fn parent(&self, node: &Node) -> Option<&'a Node> {
        node.parent.map(|parent| &self.outline.nodes[parent])
    }

    /// Whether an earlier, greater fault explains what is wrong with this node: its section as a whole is missing,
    /// hidden, waived, empty or still the template's.
    pub fn is_explained(&self, node: &Node) -> bool {
        use crate::outline::State;
        let mut above = self.parent(node);
        while let Some(parent) = above {
            match parent.state {
                State::Missing | State::Unread | State::Empty | State::Template | State::NotApplicable => return true,
                State::Placeholder | State::Partial | State::Complete => above = self.parent(parent),
            }
        }
        false
    }
}
