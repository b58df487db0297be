//! The reader that all records share: the lines of a section, its fields and the lists below them.
//!
//! It speaks in sections of the template and units of the document. What is still the template's text is not read:
//! nobody said it.

use serde::Serialize;

use crate::document::{Document, Field, Unit, UnitKind};
use crate::naming;
use crate::outline::{Node, NodeId, Outline, Part, Standing, State};
use crate::source::Span;
use crate::template::Template;

/// Something that a document says, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Said {
    /// The words, as a reader reads them.
    pub text: String,
    /// Their bytes.
    #[serde(skip)]
    pub span: Span,
}

/// A unit of a section, and the field that it is, if it is one.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
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

/// Reads sections.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// What is written.
    pub document: &'a Document,
    /// Which section is which.
    pub outline: &'a Outline,
    /// The template.
    pub template: &'a Template,
}

impl<'a> Reader<'a> {
    /// The section with this path, where it is there, applies, and is not all the template's.
    pub fn section(&self, id: &str) -> Option<(NodeId, &'a Node)> {
        self.outline.nodes.enumerate().find(|(_, node)| self.says(node, id))
    }

    /// The sections with this path: for a group its instances, else the one.
    pub fn instances(&self, id: &str) -> Vec<(NodeId, &'a Node)> {
        let nodes = self.outline.nodes.enumerate();
        nodes.filter(|(_, node)| self.says(node, id)).collect()
    }

    /// Whether a section has this path, is there, applies, and is not all the template's.
    fn says(&self, node: &Node, id: &str) -> bool {
        let says_nothing = matches!(
            node.state,
            State::Missing | State::Unread | State::Empty | State::Template | State::NotApplicable
        );
        !says_nothing && node.spec(self.template).id == id
    }

    /// The heading's text and number of an instance of a group: `Component 2: Order Service` is 2 and `Order Service`.
    pub fn instance_name(&self, node: &Node) -> (Option<u32>, Said) {
        let heading = node.heading(self.document);
        let (text, span) = heading.map_or(("", Span::default()), |heading| (heading.text.as_str(), heading.name));
        let group = node.spec(self.template).group.as_deref().unwrap_or("");
        match naming::numbered(text).filter(|numbered| numbered.label.eq_ignore_ascii_case(group)) {
            Some(numbered) => (
                Some(numbered.number),
                Said {
                    text: numbered.rest.to_owned(),
                    span,
                },
            ),
            None => (
                None,
                Said {
                    text: text.to_owned(),
                    span,
                },
            ),
        }
    }

    /// The lines of a section that stand in none of its sub-sections.
    pub fn lines(&self, node: &'a Node) -> Vec<Line<'a>> {
        node.parts.iter().map(|part| self.line(part)).collect()
    }

    /// A part of a section as a line.
    pub(super) fn line(&self, part: &'a Part) -> Line<'a> {
        let fields = &self.document.fields;
        let index = match part.unit.kind {
            UnitKind::Field(index) | UnitKind::Label(index) => Some(index),
            UnitKind::Item { .. } => {
                let first = fields.partition_point(|field| field.span.start < part.unit.span.start);
                let inside = |field: &Field| field.span.end <= part.unit.span.end;
                fields.get(first).is_some_and(inside).then_some(first)
            }
            _ => None,
        };
        let unsaid = matches!(
            part.standing,
            Standing::Placeholder(_) | Standing::Blank | Standing::Marker | Standing::Instruction
        );
        Line {
            unit: &part.unit,
            field: index.and_then(|index| fields.get(index)),
            name: index.map_or("", |index| self.outline.names.field(index)),
            unsaid,
            sample: part.standing == Standing::Sample,
        }
    }

    /// A section to look for fields in.
    pub fn open(&self, node: &'a Node) -> Opened<'a> {
        Opened {
            reader: *self,
            node,
            lines: self.lines(node),
        }
    }

    /// Whether anything stands below the line at `at`, which is one of `lines`.
    pub fn has_below(&self, lines: &[Line<'a>], at: usize) -> bool {
        !below(lines, at).is_empty()
    }
}

/// A section of which the lines are read, once for all fields that are looked for.
pub struct Opened<'a> {
    reader: Reader<'a>,
    node: &'a Node,
    /// Its lines that stand in none of its sub-sections.
    pub lines: Vec<Line<'a>>,
}

impl<'a> Opened<'a> {
    /// What it says for a field, under any of its names: the value, or the text of the lines below the key.
    pub fn value(&self, names: &[&str]) -> Option<Said> {
        let Some(at) = self.field(names) else {
            return all_said(&self.under(names).iter().collect::<Vec<_>>());
        };
        let line = self.lines.get(at)?;
        let field = line.field.filter(|_| !line.unsaid)?;
        if !field.value.is_empty() {
            return Some(Said {
                text: field.value.clone(),
                span: field.value_span,
            });
        }
        all_said(&below(&self.lines, at))
    }

    /// The items of the list below a field, or the parts of its value between commas.
    pub fn items(&self, names: &[&str]) -> Vec<Said> {
        let Some(at) = self.field(names) else {
            let under = self.under(names);
            let items = under.iter().filter(|line| !line.unsaid && line.is_item());
            return items.map(Line::said).collect();
        };
        let value = self
            .lines
            .get(at)
            .filter(|line| !line.unsaid)
            .and_then(|line| line.field);
        if let Some(field) = value.filter(|field| !field.value.is_empty()) {
            return field
                .value
                .split(", ")
                .map(|text| Said {
                    text: text.trim().to_owned(),
                    span: field.value_span,
                })
                .collect();
        }
        below(&self.lines, at)
            .into_iter()
            .filter(|line| !line.unsaid && line.is_item())
            .map(Line::said)
            .collect()
    }

    /// The lines below a field or a sub-heading with one of these names.
    pub fn below(&self, names: &[&str]) -> Vec<Line<'a>> {
        match self.field(names) {
            Some(at) => below(&self.lines, at).into_iter().copied().collect(),
            None => self.under(names),
        }
    }

    /// Whether it has a code block below a field.
    pub fn has_code(&self, names: &[&str]) -> bool {
        let lines = self.below(names).into_iter();
        let mut code = lines.filter(|line| line.unit.kind == UnitKind::Code);
        code.any(|line| !line.unsaid && !line.sample)
    }

    fn field(&self, names: &[&str]) -> Option<usize> {
        self.lines.iter().position(|line| line.is_field(names))
    }

    /// The lines below the first sub-heading that has one of these names.
    fn under(&self, names: &[&str]) -> Vec<Line<'a>> {
        let Some(heading) = self.reader.heading_in(self.node, names) else {
            return Vec::new();
        };
        let lines = self.lines.iter().copied();
        lines.filter(|line| heading.section.contains(line.unit.span)).collect()
    }
}

impl Line<'_> {
    /// Whether it is a field with one of these names, which are normalised.
    pub fn is_field(&self, names: &[&str]) -> bool {
        self.field.is_some() && names.contains(&self.name)
    }

    /// Whether it is an item of a list.
    pub fn is_item(&self) -> bool {
        matches!(self.unit.kind, UnitKind::Item { .. })
    }

    /// Whether it is a row of a table, below its header.
    pub fn is_row(&self) -> bool {
        self.unit.kind == UnitKind::Row
    }

    /// Its text and where it stands.
    pub fn said(&self) -> Said {
        Said {
            text: self.unit.text.clone(),
            span: self.unit.span,
        }
    }
}

/// What some lines say together.
fn all_said(lines: &[&Line<'_>]) -> Option<Said> {
    let said: Vec<&&Line<'_>> = lines.iter().filter(|line| !line.unsaid).collect();
    let (first, last) = (said.first()?, said.last()?);
    let texts: Vec<&str> = said.iter().map(|line| line.unit.text.as_str()).collect();
    Some(Said {
        text: texts.join("; "),
        span: Span::new(first.unit.span.start, last.unit.span.end),
    })
}

/// The lines that belong to the field at `at`: for an item the items below it, else all up to the next field.
pub(super) fn below<'l, 'a>(lines: &'l [Line<'a>], at: usize) -> Vec<&'l Line<'a>> {
    let depth = lines.get(at).map_or(0, |line| line.unit.depth);
    let rest = lines.get(at + 1..).unwrap_or(&[]);
    let ends = |line: &Line<'_>| match depth {
        0 => line.field.is_some() && line.unit.depth == 0,
        _ => line.unit.depth <= depth,
    };
    rest.iter().take_while(|line| !ends(line)).collect()
}
