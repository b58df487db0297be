//! A section that is open: its lines, its fields under any of their names, its tables, and the passages that it
//! consists of. Reading it never changes what it says.

use std::cell::OnceCell;

use super::{Grid, Line, NamedRow, Passage, Reader, Said, joined_text, with_rest};
use crate::document::{Heading, HeadingId, UnitKind};
use crate::naming;
use crate::outline::{Node, NodeId, Standing, State};

/// A section of the template in the document.
#[derive(Debug)]
pub struct Section<'a> {
    reader: Reader<'a>,
    /// Its place among the outline's nodes.
    pub id: NodeId,
    /// What the outline says of it.
    pub node: &'a Node,
    lines: OnceCell<Vec<Line<'a>>>,
}

impl<'a> Section<'a> {
    pub(super) fn new(reader: Reader<'a>, id: NodeId, node: &'a Node) -> Self {
        let lines = OnceCell::new();
        Self {
            reader,
            id,
            node,
            lines,
        }
    }

    /// Whether it is there, applies, and is not all the template's.
    pub fn has_content(&self) -> bool {
        matches!(self.node.state, State::Placeholder | State::Partial | State::Complete)
    }

    /// Its heading.
    pub fn heading(&self) -> Option<&'a Heading> {
        self.node.heading(self.reader.document)
    }

    /// Its heading's name, normalised.
    pub fn heading_name(&self) -> &'a str {
        let heading = self.node.heading;
        heading.map_or("", |heading| self.reader.outline.names.heading(heading))
    }

    /// The number and the name of an instance of a group: `Component 2: Order Service` is 2 and `Order Service`.
    pub fn name(&self) -> (Option<u32>, Said) {
        let Some(heading) = self.heading() else {
            return Default::default();
        };
        let group = self.node.spec(self.reader.template).group.as_deref().unwrap_or("");
        match naming::numbered(&heading.text).filter(|numbered| numbered.label.eq_ignore_ascii_case(group)) {
            Some(numbered) => (Some(numbered.number), Said::new(numbered.rest, heading.name)),
            None => (None, Said::heading(heading)),
        }
    }

    /// The headings in it that are those of no sub-section of the template, without its own.
    pub fn own_headings(&self) -> impl Iterator<Item = &'a Heading> {
        let headings = &self.reader.document.headings;
        self.node.own_headings().skip(1).map(|heading| &headings[heading])
    }

    /// Its sub-sections, in the template's order.
    pub fn children(&self) -> impl Iterator<Item = Section<'a>> {
        let reader = self.reader;
        let children = reader.outline.children(self.id);
        children.map(move |(id, node)| Section::new(reader, id, node))
    }

    /// The lines that stand in none of its sub-sections.
    pub fn lines(&self) -> &[Line<'a>] {
        self.lines.get_or_init(|| self.reader.lines(self.node))
    }

    /// The items of its lists, without those below them.
    pub fn top_items(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines().iter().filter(|line| line.is_top_item() && !line.unsaid)
    }

    /// What `read` makes of each row of its tables.
    pub fn rows<T>(&self, read: impl Fn(&NamedRow<'_>) -> Option<T>) -> Vec<T> {
        let grids = Grid::of(self.lines());
        let rows = grids
            .iter()
            .flat_map(|grid| grid.rows.iter().map(move |row| NamedRow { grid, row }));
        rows.filter_map(|row| read(&row)).collect()
    }

    /// What it says for a field, under any of its names: the value, or the text of the lines below the key.
    pub fn value(&self, names: &[&str]) -> Option<Said> {
        let Some((line, behind)) = self.field(names) else {
            return joined_text(&self.under(names));
        };
        let field = line.field.filter(|_| !line.unsaid)?;
        match field.value.is_empty() {
            true => joined_text(line.below(behind)),
            false => Some(Said::value(field)),
        }
    }

    /// The items of the list below a field, or the parts of its value between commas.
    pub fn items(&self, names: &[&str]) -> Vec<Said> {
        let value = self.field(names).and_then(|(line, _)| line.value());
        if let Some(value) = value {
            let parts = value.text.split(", ");
            return parts.map(|part| Said::new(part.trim(), value.span)).collect();
        }
        let below = self.below(names).into_iter();
        below
            .filter(|line| line.is_item() && !line.unsaid)
            .map(|line| line.said())
            .collect()
    }

    /// The lines below a field or a sub-heading with one of these names.
    pub fn below(&self, names: &[&str]) -> Vec<Line<'a>> {
        match self.field(names) {
            Some((line, behind)) => line.below(behind).to_vec(),
            None => self.under(names),
        }
    }

    /// Whether it has a code block below a field.
    pub fn has_code(&self, names: &[&str]) -> bool {
        let mut below = self.below(names).into_iter();
        below.any(|line| line.unit.kind == UnitKind::Code && !line.unsaid && !line.sample)
    }

    /// The first field with one of these names, and the lines behind it.
    fn field(&self, names: &[&str]) -> Option<(&Line<'a>, &[Line<'a>])> {
        with_rest(self.lines()).find(|(line, _)| line.is_field(names))
    }

    /// The lines below the first sub-heading that has one of these names.
    fn under(&self, names: &[&str]) -> Vec<Line<'a>> {
        let Reader { document, outline, .. } = self.reader;
        let mut inner = self.node.region.iter();
        let named = |id: &HeadingId| Some(*id) != self.node.heading && names.contains(&outline.names.heading(*id));
        let Some(heading) = inner.find(named).map(|id| &document.headings[id]) else {
            return Vec::new();
        };
        let lines = self.lines().iter().copied();
        lines.filter(|line| heading.section.contains(line.unit.span)).collect()
    }

    /// Its passages that stand in none of its sub-sections; the first is the one below its own heading.
    pub fn passages(&self) -> Vec<Passage<'a>> {
        let Reader { document, outline, .. } = self.reader;
        let parts = self.node.parts.iter().filter(|part| part.standing != Standing::Sample);
        let mut lines = parts.map(|part| Line::new(self.reader, part)).peekable();
        let mut headings = self.node.own_headings().peekable();
        let mut passages = Vec::new();
        while let Some(id) = headings.next() {
            let next = headings.peek().map(|next| document.headings[*next].span.start);
            let end = next.unwrap_or(usize::MAX);
            let own = Some(id) == self.node.heading;
            passages.push(Passage {
                heading: Some(&document.headings[id]).filter(|_| !own),
                name: if own { "" } else { outline.names.heading(id) },
                lines: std::iter::from_fn(|| lines.next_if(|line| line.unit.span.start < end)).collect(),
            });
        }
        passages
    }

    /// Its passages and those of all its sub-sections that apply, the sub-sections in the template's order; those of a
    /// sub-section begin with one for its own heading.
    pub fn all_passages(&self) -> Vec<Passage<'a>> {
        let mut passages = self.passages();
        for child in self.children().filter(|child| child.has_content()) {
            let mut below = child.all_passages();
            if let Some(first) = below.first_mut() {
                first.heading = child.heading();
                first.name = child.heading_name();
            }
            passages.extend(below);
        }
        passages
    }
}
