//! The headings of a template: which section each of them asks for, and which of them stand for many.
//!
//! A heading that is numbered like its neighbours, or that leaves its name to the author, is a group.

use super::compile::{fields, section_headings};
use super::marks::{alias_marks, optional_mark, repeat_mark};
use super::{DiagramKind, FieldPlace, FieldSpec, Instances, SectionSpec, SpecId, Template};
use crate::document::{
    self, Block, BlockId, BlockKind, Carrier, Document, Field, Heading, HeadingId, Picture, Unit, bracketed, is_line,
    units,
};
use crate::ids::{IdList, Ids};
use crate::naming;
use crate::source::Span;

/// The fields of a section. A list below a field belongs to it, and it is open where that list has placeholders.
fn section_fields(document: &Document, own: &[Block]) -> Vec<FieldSpec> {
    let mut specs = fields(document, own);
    for spec in &mut specs {
        let (_, rest) = document.fields.partition(|field| field.span.start < spec.span.start);
        let Some(field) = document.fields[rest].first() else {
            continue;
        };
        if spec.place == FieldPlace::Item && stands_below(document, field) {
            spec.place = FieldPlace::Below;
        }
        let list = field.follows.map(|follows| &document.blocks[follows]);
        let list = list.filter(|block| matches!(block.kind, BlockKind::List(_)));
        let open = |unit: &Unit| !unit.brackets.is_empty();
        spec.open |= list.is_some_and(|list| units(document, std::slice::from_ref(list)).iter().any(open));
    }
    specs
}

/// Whether a field is an item of the list right below another field.
fn stands_below(document: &Document, item: &Field) -> bool {
    let above = item.block.and_then(|block| document.blocks.ids().before(block).last());
    let mut fields = document.fields.iter();
    fields.any(|field| field.block == above && field.carrier == Carrier::Strong)
}

/// The kind of diagram that a block of a template is.
fn diagram(document: &Document, block: &Block) -> Option<DiagramKind> {
    let flow = |text: &str| !text.contains(|c| is_line(c) && !matches!(c, '─' | '│')) && !text.contains("+--");
    match document::picture(document, block)? {
        Picture::Drawing if flow(document.text.get(block.span)) => Some(DiagramKind::Flow),
        _ => Some(DiagramKind::Parts),
    }
}

/// Whether some blocks show code for its own sake.
fn has_code(document: &Document, own: Ids<Block>) -> bool {
    let is_value = |id: BlockId| document.fields.iter().any(|field| field.follows == Some(id));
    own.iter().any(|id| {
        let block = &document.blocks[id];
        let is_code = matches!(block.kind, BlockKind::Code(_)) && document::picture(document, block).is_none();
        is_code && !is_value(id)
    })
}

/// Adds the sections, the instances of a group as one.
pub(super) fn add_sections(template: &mut Template, document: &Document, footer: Ids<Block>) {
    let sections = section_headings(document);
    let groups = document.headings.map(|(_, heading)| group(document, heading));
    let mut spec_of: IdList<Option<SpecId>, Heading> = document.headings.map(|_| None);
    for id in sections {
        let heading = &document.headings[id];
        let parent = heading.parent.filter(|parent| sections.contains(*parent));
        let parent_spec = parent.and_then(|parent| spec_of[parent]);
        // What stands in a further instance of a group says nothing new, and what has no name is no section.
        if parent.is_some() && parent_spec.is_none() || is_open_slot(document, heading) {
            continue;
        }
        let group = groups[id].as_ref();
        let twin = |other: HeadingId| {
            let twin = &document.headings[other];
            let same = twin.parent == heading.parent && twin.level == heading.level;
            let other = groups[other].as_ref();
            same && group.zip(other).is_some_and(|(group, other)| group.is(other))
        };
        if sections.before(id).iter().any(twin) {
            continue;
        }
        let repeats = || sections.behind(id).iter().any(twin) || repeat_mark(document, id);
        let several = group.filter(|group| group.open || repeats());
        let parent = parent_spec.map(|spec| &template.sections[spec]);
        let spec = section(document, id, several, parent, footer);
        let next = template.sections.push(SectionSpec {
            parent: parent_spec,
            ..spec
        });
        spec_of[id] = Some(next);
        match parent_spec {
            Some(parent) => template.sections[parent].children.push(next),
            None => template.top.push(next),
        }
    }
}

/// What a heading asks for, in the section `parent`.
fn section(
    document: &Document,
    id: HeadingId,
    group: Option<&Group>,
    parent: Option<&SectionSpec>,
    footer: Ids<Block>,
) -> SectionSpec {
    let heading = &document.headings[id];
    let title = shown_title(&heading.text);
    let name = naming::normalise(&title);
    // Who copies the heading keeps the mark that it is optional.
    let whole = Some(naming::normalise(&heading.text)).filter(|whole| group.is_none() && *whole != name);
    let mut aliases = alias_marks(document, id);
    aliases.extend(whole.filter(|whole| !aliases.contains(whole)));
    let (optional, optional_at) = optional_mark(document, id);
    let slug = naming::slug(group.map_or(title.as_str(), |group| group.label.as_str()));
    let own_ids = document.own_blocks(id).until(footer);
    let own = &document.blocks[own_ids];
    SectionSpec {
        id: parent.map_or(slug.clone(), |parent| format!("{}/{slug}", parent.id)),
        title: group.map_or(title, |group| group.label.clone()),
        name,
        span: heading.span,
        body: body(document, heading, footer),
        depth: parent.map_or(1, |parent| parent.depth + 1),
        parent: None,
        children: Vec::new(),
        aliases,
        optional,
        refined: optional_at.and_then(|span| document.text.place(span)),
        group: group.map(|group| group.label.clone()),
        instances: group.map_or(Instances::Numbered, |group| group.instances.clone()),
        labels: Vec::new(),
        fields: section_fields(document, own),
        diagram: own.iter().find_map(|block| diagram(document, block)),
        code: has_code(document, own_ids),
        tasks: false,
        heading: heading.text.clone(),
    }
}

/// What a heading and others like it may be instances of.
struct Group {
    label: String,
    instances: Instances,
    /// Of a numbered one: the rest of the name counts too, for `Level 1: Context` and `Level 2: Containers` are two.
    shape: String,
    /// Whether it leaves its name to the author.
    open: bool,
}

impl Group {
    /// Whether two headings are of one group.
    fn is(&self, other: &Self) -> bool {
        self.instances == other.instances && self.shape == other.shape
    }
}

/// `Component 1: [Name]` counts, `Service: [Name]` begins with a word of the template's, `[Name]` is any.
fn group(document: &Document, heading: &Heading) -> Option<Group> {
    let shown = shown_title(&heading.text);
    let written = document.text.get(heading.span).trim_start_matches('#').trim();
    // `<name>` is HTML to Markdown, `{name}` an attribute, and a comment may say what the name is of.
    let named = if shown.is_empty() { written } else { shown.as_str() };
    let comment = named.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    let whole = bracketed(named).find(|span| *span == Span::new(0, named.len()));
    let inner = comment.or_else(|| named.get(whole?.start + 1..whole?.end - 1));
    if let Some(inner) = inner {
        let label = inner.trim_end_matches(|c: char| !c.is_alphabetic()).trim();
        return Some(Group {
            label: if label.is_empty() { inner.trim() } else { label }.to_owned(),
            instances: Instances::Any,
            shape: String::new(),
            open: true,
        });
    }
    let open = bracketed(&shown).next();
    if let Some(numbered) = naming::numbered(&heading.text) {
        return Some(Group {
            label: numbered.label.to_owned(),
            instances: Instances::Numbered,
            shape: naming::shape(&heading.text),
            open: open.is_some(),
        });
    }
    let before = shown.get(..open?.start)?;
    let label = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let prefix = naming::normalise(label);
    (!prefix.is_empty()).then(|| Group {
        label: label.to_owned(),
        instances: Instances::Beginning(prefix),
        shape: String::new(),
        open: true,
    })
}

/// A heading that says nothing: room for what the author wants to add there.
fn is_open_slot(document: &Document, heading: &Heading) -> bool {
    // Markdown takes a name in braces for the heading's attributes.
    let written = document.text.get(heading.span);
    naming::normalise(&heading.text).is_empty() && !written.contains("<!--") && bracketed(written).next().is_none()
}

/// A section with its sub-sections, without the white space and the rule at its end.
fn body(document: &Document, heading: &Heading, footer: Ids<Block>) -> Span {
    let footer = document.blocks[footer]
        .first()
        .map_or(usize::MAX, |block| block.span.start);
    let area = Span::new(heading.section.start, heading.section.end.min(footer));
    let text = document.text.get(area).trim_end();
    let kept = text
        .strip_suffix("---")
        .filter(|rest| rest.ends_with('\n'))
        .unwrap_or(text)
        .trim_end();
    Span::new(area.start, area.start + kept.len())
}

/// A heading without its emoji and without a mark that it is optional.
pub(super) fn shown_title(text: &str) -> String {
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '(' | '{' | '<'));
    let lower = words.to_lowercase();
    let marks = ["(optional)", "[optional]", "(if applicable)"];
    let mark = marks.iter().find(|mark| lower.ends_with(**mark));
    let kept = words.len() - mark.map_or(0, |mark| mark.len());
    words.get(..kept).unwrap_or(words).trim().to_owned()
}
