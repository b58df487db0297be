//! Lines and passages: the units of a section with the fields that they are, divided at the author's headings.
//!
//! What is the template's sample text, word for word, is in no passage: nobody said it.

use super::{Grid, Place, Reader};
use crate::document::{Document, Field, Heading, Unit, UnitKind};
use crate::outline::{SectionUnit, Standing};
use crate::source::Span;

/// Something that a document says, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The words, as a reader reads them.
    pub text: String,
    /// Their bytes.
    pub span: Span,
}

impl Said {
    /// Words and where they stand.
    pub fn new(text: impl Into<String>, span: Span) -> Self {
        Self {
            text: text.into(),
            span,
        }
    }

    /// A field's key.
    pub fn key(field: &Field) -> Self {
        Self::new(&field.key, field.key_span)
    }

    /// A field's value.
    pub fn value(field: &Field) -> Self {
        Self::new(&field.value, field.value_span)
    }

    /// A heading's text.
    pub fn heading(heading: &Heading) -> Self {
        Self::new(&heading.text, heading.name)
    }

    /// It, unless it is empty.
    pub fn filled(self) -> Option<Self> {
        Some(self).filter(|said| !said.text.is_empty())
    }
}

/// A unit of a section, and the field that it is, if it is one.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    document: &'a Document,
    /// The unit.
    pub unit: &'a Unit,
    /// The field, with its key and value.
    pub field: Option<&'a Field>,
    /// The field's key, normalised; empty where it is none.
    pub name: &'a str,
    /// Whether it is the template's text, or has a placeholder in it.
    pub unsaid: bool,
    /// Whether it is one of the template's examples, word for word.
    pub sample: bool,
}

impl<'a> Line<'a> {
    /// A part of a section as a line.
    pub(super) fn new(reader: Reader<'a>, part: &'a SectionUnit) -> Self {
        let fields = &reader.document.fields;
        let id = match part.unit.kind {
            UnitKind::Field(id) | UnitKind::Label(id) => Some(id),
            UnitKind::Item { .. } => {
                let (_, rest) = fields.partition(|field| field.span.start < part.unit.span.start);
                rest.first()
                    .filter(|first| fields[*first].span.end <= part.unit.span.end)
            }
            _ => None,
        };
        Self {
            document: reader.document,
            unit: &part.unit,
            field: id.map(|id| &fields[id]),
            name: id.map_or("", |id| reader.outline.names.field(id)),
            unsaid: matches!(
                part.standing,
                Standing::Placeholder(_) | Standing::Blank | Standing::Marker | Standing::Instruction
            ),
            sample: part.standing == Standing::Sample,
        }
    }

    /// Whether it is a field with one of these names, which are normalised.
    pub fn is_field(&self, names: &[&str]) -> bool {
        self.field.is_some() && names.contains(&self.name)
    }

    /// Whether it is a field that nothing follows in its line.
    pub fn is_bare_key(&self) -> bool {
        self.field.is_some_and(|field| field.value.is_empty())
    }

    /// Whether it is an item of a list.
    pub fn is_item(&self) -> bool {
        matches!(self.unit.kind, UnitKind::Item { .. })
    }

    /// Whether it is an item of a list that stands in no other one.
    pub fn is_top_item(&self) -> bool {
        self.is_item() && self.unit.depth == 1
    }

    /// Whether it is a row of a table, below its header.
    pub fn is_row(&self) -> bool {
        self.unit.kind == UnitKind::Row
    }

    /// Whether it says that something does not apply: itself, or the value of its field.
    pub fn is_waived(&self) -> bool {
        super::says_none(&self.unit.text) || self.field.is_some_and(|field| super::says_none(&field.value))
    }

    /// Its text and where it stands.
    pub fn said(&self) -> Said {
        Said::new(&self.unit.text, self.unit.span)
    }

    /// Its text, and where its words stand without the mark of a list in front of them.
    pub fn own_words(&self) -> Said {
        Said::new(&self.unit.text, self.place().words())
    }

    /// The value of the field that it is, where somebody filled it in.
    pub fn value(&self) -> Option<Said> {
        let field = self.field.filter(|_| !self.unsaid);
        field.map(Said::value).and_then(Said::filled)
    }

    /// Where it stands.
    pub fn place(&self) -> Place<'a> {
        Place::new(self.document, self.unit.span)
    }

    /// Of the lines behind it those that belong to it: for an item the items below it, else all up to the next field.
    pub fn below<'l>(&self, behind: &'l [Line<'a>]) -> &'l [Line<'a>] {
        if self.unit.depth > 0 {
            return self.deeper(behind);
        }
        let end = behind
            .iter()
            .position(|line| line.field.is_some() && line.unit.depth == 0);
        behind.split_at(end.unwrap_or(behind.len())).0
    }

    /// Of the lines behind it those that stand deeper in lists, up to the first that does not.
    pub fn deeper<'l>(&self, behind: &'l [Line<'a>]) -> &'l [Line<'a>] {
        let end = behind.iter().position(|line| line.unit.depth <= self.unit.depth);
        behind.split_at(end.unwrap_or(behind.len())).0
    }

    /// Whether the first of the lines behind it stands deeper in a list.
    pub fn has_deeper(&self, behind: &[Line<'a>]) -> bool {
        behind.first().is_some_and(|next| next.unit.depth > self.unit.depth)
    }
}

/// Each of some lines, with those behind it.
pub fn with_rest<'l, 'a>(lines: &'l [Line<'a>]) -> impl Iterator<Item = (&'l Line<'a>, &'l [Line<'a>])> {
    let mut rest = lines;
    std::iter::from_fn(move || {
        let (line, behind) = rest.split_first()?;
        rest = behind;
        Some((line, behind))
    })
}

/// What some lines say together.
pub fn joined_text(lines: &[Line<'_>]) -> Option<Said> {
    let mut texts = lines.iter().filter(|line| !line.unsaid);
    let mut all = texts.next()?.said();
    for line in texts {
        all.text.push_str("; ");
        all.text.push_str(&line.unit.text);
        all.span = Span::new(all.span.start, line.unit.span.end);
    }
    Some(all)
}

/// The lines below one heading of a section.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The heading; none for what stands directly below the section's own.
    pub heading: Option<&'a Heading>,
    /// The heading's name, normalised; empty where there is none.
    pub name: &'a str,
    /// The lines, up to the next heading of any level.
    pub lines: Vec<Line<'a>>,
}

impl<'a> Passage<'a> {
    /// Its tables.
    pub fn grids(&self) -> Vec<Grid> {
        Grid::of(&self.lines)
    }

    /// The lines that somebody wrote.
    pub fn written_lines(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter().filter(|line| !line.unsaid)
    }
}
