//! The header's and the footer's fields: which of the document's is which of the template's.

use super::Names;
use super::matching::Matched;
use crate::document::{
    Block, BlockId, BlockKind, Carrier, Document, Field, FieldId, UnitKind, bracketed, is_marker, units,
};
use crate::ids::Ids;
use crate::naming;
use crate::template::{FieldSpec, Template, UnitClass};

/// A block of fields that the template asks for.
#[derive(Debug, Default)]
pub struct Fields {
    /// One for each field that the template has there, in its order.
    pub slots: Vec<FieldSlot>,
    /// Where a missing one should stand, an offset.
    pub insertion: usize,
}

/// A field that the template asks for, there or missing.
#[derive(Debug)]
pub struct FieldSlot {
    /// The document's field.
    pub field: Option<FieldId>,
    /// How far it is filled in.
    pub state: FieldState,
    /// Whether its key is not the field's name, and only nearly so.
    pub misspelt: bool,
    /// Further fields with the same key.
    pub also: Vec<FieldId>,
}

/// How far a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldState {
    /// It is not there.
    Missing,
    /// It has no value.
    Empty,
    /// Its value is the template's placeholder.
    Placeholder,
    /// Its value says that it is still to be written: `TBD`.
    Marker,
    /// It has a value.
    Filled,
}

impl Fields {
    /// Whether every field is still as the template has it.
    pub fn untouched(&self) -> bool {
        !self.slots.is_empty() && self.slots.iter().all(|slot| slot.state == FieldState::Placeholder)
    }
}

/// The blocks of the footer: from the rule in front of trailing fields on, or from the first of them.
pub fn footer_blocks(document: &Document, names: &Names, template: &Template) -> Ids<Block> {
    let blocks = document.blocks.ids();
    let none = blocks.place_behind();
    if template.footer.is_empty() {
        return none;
    }
    let last_heading = document.headings.last();
    let trailing = last_heading.map_or(blocks, |heading| blocks.behind(heading.block));
    let wanted = |name: &str, aliases: bool| {
        let nearly = |spec: &FieldSpec| aliases && naming::alike(&spec.name, name, naming::LIKELY).is_some();
        template
            .footer
            .iter()
            .any(|spec| spec.is(name, aliases) || nearly(spec))
    };
    let in_block = |block: BlockId, aliases: bool| {
        document
            .fields
            .iter()
            .zip(&names.fields)
            .any(|(field, name)| field.block == Some(block) && wanted(name, aliases))
    };
    let is_rule = |id: &BlockId| matches!(document.blocks[*id].kind, BlockKind::Rule);
    let rule = trailing.iter().rfind(is_rule);
    if let Some(rule) = rule.filter(|rule| blocks.behind(*rule).iter().any(|block| in_block(block, true))) {
        return blocks.from(rule);
    }
    let bare = trailing.iter().find(|block| in_block(*block, false));
    let fields_only = |from: &BlockId| {
        let rest = units(document, &document.blocks[blocks.from(*from)]);
        rest.iter()
            .all(|unit| matches!(unit.kind, UnitKind::Field(_) | UnitKind::Label(_)))
    };
    let Some(bare) = bare.filter(fields_only) else {
        return none;
    };
    let rule_above = blocks.before(bare).last().filter(is_rule);
    blocks.from(rule_above.unwrap_or(bare))
}

/// The header's fields. One that stands in the footer counts too: people put the date there.
pub fn header(
    document: &Document,
    names: &Names,
    template: &Template,
    matched: &Matched,
    footer: Ids<Block>,
) -> Fields {
    let blocks = document.blocks.ids();
    let first = matched.in_sections.first().map(|first| document.headings[first].block);
    let in_front = first.map_or(blocks, |first| blocks.before(first));
    let own = in_front.until(footer);
    let first_heading = document.headings.ids().first();
    let title = first_heading.filter(|first| !matched.in_sections.contains(*first));
    let in_matter = |field: &Field| field.carrier == Carrier::FrontMatter;
    let near = |field: &Field| in_matter(field) || is_in(own, field) || is_in(footer, field);
    let slots = slots(document, names, template, &template.header, near, own);
    let last = slots
        .iter()
        .filter_map(|slot| Some(&document.fields[slot.field?]))
        .filter(|field| is_in(in_front, field) || in_matter(field));
    let insertion = last
        .map(|field| field.span.end)
        .max()
        .or(title.map(|title| document.headings[title].name.end));
    Fields {
        slots,
        insertion: insertion.unwrap_or(0),
    }
}

/// The footer's fields.
pub fn footer(document: &Document, names: &Names, template: &Template, footer: Ids<Block>) -> Fields {
    let slots = slots(
        document,
        names,
        template,
        &template.footer,
        |field| field.block.is_none() || is_in(footer, field),
        document.blocks.ids(),
    );
    let last = slots
        .iter()
        .filter_map(|slot| Some(document.fields[slot.field?].span.end))
        .max();
    Fields {
        slots,
        insertion: last.unwrap_or_else(|| document.text.as_str().trim_end().len()),
    }
}

fn is_in(blocks: Ids<Block>, field: &Field) -> bool {
    field.block.is_some_and(|block| blocks.contains(block))
}

fn slots(
    document: &Document,
    names: &Names,
    template: &Template,
    specs: &[FieldSpec],
    near: impl Fn(&Field) -> bool,
    own: Ids<Block>,
) -> Vec<FieldSlot> {
    let fields = document.fields.enumerate().filter(|(_, field)| near(field));
    let mut named: Vec<(FieldId, &str)> = fields.map(|(id, _)| (id, names.field(id))).collect();
    // What stands in the block itself comes before what stands elsewhere.
    named.sort_by_key(|(id, _)| (!is_in(own, &document.fields[*id]), *id));
    let mut taken: Vec<FieldId> = Vec::new();
    let mut found: Vec<Option<FieldId>> = vec![None; specs.len()];
    for aliases in [false, true] {
        for (spec, found) in specs.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let hit = named
                .iter()
                .find(|(index, name)| !taken.contains(index) && spec.is(name, aliases));
            *found = hit.map(|(index, _)| *index);
            taken.extend(*found);
        }
    }
    let misspelt = misspelt(template, specs, &named, &found);
    let slot = |(exact, nearly): (Option<FieldId>, Option<FieldId>)| {
        let index = exact.or(nearly);
        let field = index.map(|index| &document.fields[index]);
        let name = index.map(|index| names.field(index));
        let same = |(other, key): &&(FieldId, &str)| Some(*other) != index && Some(*key) == name;
        FieldSlot {
            field: index,
            state: field.map_or(FieldState::Missing, |field| state(field, document, template)),
            misspelt: exact.is_none() && nearly.is_some(),
            also: named.iter().filter(same).map(|(other, _)| *other).collect(),
        }
    };
    found.into_iter().zip(misspelt).map(slot).collect()
}

fn state(field: &Field, document: &Document, template: &Template) -> FieldState {
    let written = document.text.get(field.value_span);
    let mut open = bracketed(written).filter_map(|span| written.get(span.start..span.end));
    let unchanged = template.unit(&format!("{}: {}", field.key, field.value)) == Some(UnitClass::Placeholder);
    if unchanged || open.any(|part| template.is_placeholder(part)) {
        FieldState::Placeholder
    } else if field.value.is_empty() && field.follows.is_none() {
        FieldState::Empty
    } else if is_marker(&field.value) {
        FieldState::Marker
    } else {
        FieldState::Filled
    }
}

/// For each field that is asked for and not there, one of the document's whose key is nearly its name.
fn misspelt(
    template: &Template,
    specs: &[FieldSpec],
    named: &[(FieldId, &str)],
    found: &[Option<FieldId>],
) -> Vec<Option<FieldId>> {
    let all = || template.header.iter().chain(&template.footer);
    let free = |name: &str| name.chars().count() >= 4 && !all().any(|spec| spec.is(name, true));
    let nearly = |(spec, found): (&FieldSpec, &Option<FieldId>)| {
        let like = |(index, name): &(FieldId, &str)| Some((naming::alike(&spec.name, name, naming::LIKELY)?, *index));
        let open = named.iter().filter(|(_, name)| found.is_none() && free(name));
        let best = open
            .filter_map(like)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let key = named.iter().find(|(index, _)| *index == best.1)?;
        let closest = all().all(|other| other.name == spec.name || naming::alike(&other.name, key.1, best.0).is_none());
        closest.then_some(best.1)
    };
    specs.iter().zip(found).map(nearly).collect()
}
