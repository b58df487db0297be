//! The header's and the footer's fields: which of the document's is which of the template's.

use super::Names;
use super::matching::Matched;
use crate::document::{BlockKind, Carrier, Document, Field, UnitKind, bracketed, is_marker, units};
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
    /// Its index among the document's fields.
    pub field: Option<usize>,
    /// How far it is filled in.
    pub state: FieldState,
    /// Whether its key is not the field's name, and only nearly so.
    pub misspelt: bool,
    /// Further fields with the same key, by their indexes.
    pub also: Vec<usize>,
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

/// The block that the footer begins with: the rule in front of trailing fields, or the first of them.
pub fn footer_at(document: &Document, names: &Names, template: &Template) -> usize {
    let end = document.blocks.len();
    if template.footer.is_empty() {
        return end;
    }
    let last_heading = document.headings.last().map_or(0, |heading| heading.block + 1);
    let wanted = |name: &str, aliases: bool| {
        let nearly = |spec: &FieldSpec| aliases && naming::alike(&spec.name, name, naming::LIKELY).is_some();
        template
            .footer
            .iter()
            .any(|spec| spec.is(name, aliases) || nearly(spec))
    };
    let in_block = |block: usize, aliases: bool| {
        document
            .fields
            .iter()
            .zip(&names.fields)
            .any(|(field, name)| field.block == block && wanted(name, aliases))
    };
    let rule = document
        .blocks
        .iter()
        .rposition(|block| matches!(block.kind, BlockKind::Rule))
        .filter(|at| *at >= last_heading);
    if let Some(rule) = rule.filter(|rule| (rule + 1..end).any(|block| in_block(block, true))) {
        return rule;
    }
    let bare = (last_heading..end).find(|block| in_block(*block, false));
    let fields_only = |from: usize| {
        let rest = document.blocks.get(from..).unwrap_or(&[]);
        units(document, rest)
            .iter()
            .all(|unit| matches!(unit.kind, UnitKind::Field(_) | UnitKind::Label(_)))
    };
    let Some(bare) = bare.filter(|bare| fields_only(*bare)) else {
        return end;
    };
    let rule_above = bare.checked_sub(1).filter(|above| {
        document
            .blocks
            .get(*above)
            .is_some_and(|block| matches!(block.kind, BlockKind::Rule))
    });
    rule_above.unwrap_or(bare)
}

/// The header's fields. One that stands in the footer counts too: people put the date there.
pub fn header(document: &Document, names: &Names, template: &Template, matched: &Matched, footer_at: usize) -> Fields {
    let first = document
        .headings
        .get(matched.first_section)
        .map_or(document.blocks.len(), |heading| heading.block);
    let title = document.headings.first().filter(|_| matched.first_section > 0);
    let near = |field: &Field| {
        let matter = field.carrier == Carrier::FrontMatter;
        matter || field.block < first.min(footer_at) || field.block >= footer_at
    };
    let slots = slots(document, names, template, &template.header, near, first.min(footer_at));
    let last = slots
        .iter()
        .filter_map(|slot| document.fields.get(slot.field?))
        .filter(|field| field.block < first || field.carrier == Carrier::FrontMatter);
    let insertion = last
        .map(|field| field.span.end)
        .max()
        .or(title.map(|title| title.name.end));
    Fields {
        slots,
        insertion: insertion.unwrap_or(0),
    }
}

/// The footer's fields.
pub fn footer(document: &Document, names: &Names, template: &Template, footer_at: usize) -> Fields {
    let slots = slots(
        document,
        names,
        template,
        &template.footer,
        |field| field.block >= footer_at,
        usize::MAX,
    );
    let last = slots
        .iter()
        .filter_map(|slot| document.fields.get(slot.field?))
        .map(|field| field.span.end)
        .max();
    Fields {
        slots,
        insertion: last.unwrap_or_else(|| document.text.as_str().trim_end().len()),
    }
}

fn slots(
    document: &Document,
    names: &Names,
    template: &Template,
    specs: &[FieldSpec],
    near: impl Fn(&Field) -> bool,
    preferred: usize,
) -> Vec<FieldSlot> {
    let mut named: Vec<(usize, &str)> = document
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| near(field))
        .map(|(index, _)| (index, names.field(index)))
        .collect();
    // What stands in the block itself comes before what stands elsewhere.
    named.sort_by_key(|(index, _)| {
        (
            document
                .fields
                .get(*index)
                .is_some_and(|field| field.block >= preferred),
            *index,
        )
    });
    let mut taken: Vec<usize> = Vec::new();
    let mut found: Vec<Option<usize>> = vec![None; specs.len()];
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
    let slot = |(exact, nearly): (Option<usize>, Option<usize>)| {
        let index = exact.or(nearly);
        let field = index.and_then(|index| document.fields.get(index));
        let name = index.map(|index| names.field(index));
        let same = |(other, key): &&(usize, &str)| Some(*other) != index && Some(*key) == name;
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
    named: &[(usize, &str)],
    found: &[Option<usize>],
) -> Vec<Option<usize>> {
    let all = || template.header.iter().chain(&template.footer);
    let free = |name: &str| name.chars().count() >= 4 && !all().any(|spec| spec.is(name, true));
    let nearly = |(spec, found): (&FieldSpec, &Option<usize>)| {
        let like = |(index, name): &(usize, &str)| Some((naming::alike(&spec.name, name, naming::LIKELY)?, *index));
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
