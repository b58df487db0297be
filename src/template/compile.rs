//! Compilation: the Markdown of a template to what it demands.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::marks::field_marks;
use super::sections::add_sections;
use super::{CHECKLIST, FieldKind, FieldSpec, Refining, Template, Top, UnitClass, placeholder_shape};
use crate::document::{self, Block, BlockKind, Carrier, Document, Heading, Unit, UnitKind, bracketed, units};
use crate::ids::{IdList, Ids};
use crate::markdown::Dialect;
use crate::naming;
use crate::settings::{Refinement, Refinements};
use crate::source::{Place, SourceFile, Span, Text};

/// A refinement of a section or a field that the template does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The section that was named; `None` for a field of the header or the footer.
    pub path: Option<String>,
    /// The field that was named, where it is the field that is not there.
    pub field: Option<String>,
    /// The nearest right path, or the nearest right field.
    pub nearest: Option<String>,
}

/// Compiles the template in `file` under the name `name`, refined by `refinements`, the later ones last.
///
/// Refinements of what it does not have come back beside it. `None` where the file has no section at all.
pub fn compile(name: &str, text: Text, refinements: &[Refining]) -> Option<(Template, Vec<Unknown>)> {
    let document = document::parse(text.clone(), Dialect::default());
    let mut template = Template {
        name: name.to_owned(),
        text,
        base: if is_titled(&document) { 2 } else { 1 },
        title: String::new(),
        title_text: String::new(),
        title_at: None,
        header: header_fields(&document),
        footer: Vec::new(),
        sections: IdList::default(),
        top: Vec::new(),
        checklist: Vec::new(),
        evidence: BTreeMap::new(),
        tops: HashMap::new(),
        units: HashMap::new(),
        shapes: HashSet::new(),
        placeholders: HashSet::new(),
    };
    if let Some(title) = document.title().filter(|_| is_titled(&document)) {
        template.title = title_pattern(&title.text);
        template.title_text = title.text.clone();
        template.title_at = Some(title.span);
    }
    let footer = footer(&document);
    add_sections(&mut template, &document, footer);
    template.footer = footer_fields(&document, footer);
    learn_units(&mut template, &document);
    learn_introductions(&mut template, &document);
    field_marks(&mut template, &document);
    let unknown = refinements
        .iter()
        .flat_map(|(refinements, file)| refine(&mut template, refinements, file.as_ref()))
        .collect();
    learn_names(&mut template);
    let top = template.top.first().and_then(|top| {
        let top = &template.sections[*top];
        document.headings.iter().find(|heading| heading.span == top.span)
    });
    template.base = top.map_or(template.base, |heading| heading.level);
    (!template.sections.is_empty()).then_some((template, unknown))
}

/// Whether the first heading is the title: the only one of level 1.
pub(super) fn is_titled(document: &Document) -> bool {
    document.title().is_some() && document.headings.iter().filter(|heading| heading.level == 1).count() == 1
}

/// What every title has in common, normalised: the words in front of the placeholder. Nothing, where there is none.
fn title_pattern(title: &str) -> String {
    let bracket = bracketed(title).next().map(|span| span.start);
    let number = title.find("NNNN");
    let end = [bracket, number].into_iter().flatten().min();
    end.and_then(|end| title.get(..end))
        .map(naming::normalise)
        .unwrap_or_default()
}

/// The headings of the sections.
pub(super) fn section_headings(document: &Document) -> Ids<Heading> {
    let headings = document.headings.ids();
    let title = headings.first().filter(|_| is_titled(document));
    title.map_or(headings, |title| headings.behind(title))
}

/// The blocks of the footer: from the last rule on, if fields and nothing else follow it.
pub(super) fn footer(document: &Document) -> Ids<Block> {
    let blocks = document.blocks.ids();
    let mut rules = document.blocks.enumerate().rev();
    let Some((rule, _)) = rules.find(|(_, block)| matches!(block.kind, BlockKind::Rule)) else {
        return blocks.place_behind();
    };
    let found = units(document, &document.blocks[blocks.behind(rule)]);
    let fields = !found.is_empty()
        && found
            .iter()
            .all(|unit| matches!(unit.kind, UnitKind::Field(_) | UnitKind::Label(_)));
    if fields {
        blocks.from(rule)
    } else {
        blocks.place_behind()
    }
}

fn footer_fields(document: &Document, footer: Ids<Block>) -> Vec<FieldSpec> {
    document
        .fields
        .iter()
        .filter(|field| field.block.is_none_or(|block| footer.contains(block)))
        .map(FieldSpec::infer)
        .collect()
}

/// The fields in front of the first section, those of front matter first.
fn header_fields(document: &Document) -> Vec<FieldSpec> {
    let matter = document
        .fields
        .iter()
        .filter(|field| field.carrier == Carrier::FrontMatter);
    let optional = optional_from(document);
    let mut specs: Vec<FieldSpec> = matter
        .map(|field| {
            let spec = FieldSpec::infer(field);
            // A value that the template gives there is for a tool, and so is a title beside the document's own.
            let given = spec.kind == FieldKind::Sample || spec.name == "title";
            FieldSpec {
                optional: given || optional.is_some_and(|from| from < field.span.start),
                ..spec
            }
        })
        .collect();
    let blocks = document.blocks.ids();
    let first = section_headings(document).first();
    let preamble = first.map_or(blocks, |first| blocks.before(document.headings[first].block));
    specs.extend(fields(document, &document.blocks[preamble]));
    specs
}

/// Where a comment in the front matter says that what follows is optional.
fn optional_from(document: &Document) -> Option<usize> {
    let matter = document.front_matter?;
    let mut at = matter.start;
    document.text.get(matter).split_inclusive('\n').find_map(|line| {
        at += line.len();
        let comment = line.trim_start().strip_prefix('#')?;
        comment.to_lowercase().contains("optional").then_some(at - line.len())
    })
}

/// The fields that some blocks ask for, each once.
pub(super) fn fields(document: &Document, blocks: &[Block]) -> Vec<FieldSpec> {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return Vec::new();
    };
    let area = Span::new(first.span.start, last.span.end);
    let mut specs: Vec<FieldSpec> = Vec::new();
    for field in document.fields.iter().filter(|field| area.contains(field.span)) {
        let spec = FieldSpec::infer(field);
        if !specs.iter().any(|known| known.name == spec.name) && !spec.name.is_empty() {
            specs.push(spec);
        }
    }
    specs
}

/// Remembers what each part of the template is to a document in which it still stands.
fn learn_units(template: &mut Template, document: &Document) {
    for unit in units(document, &document.blocks) {
        let code = unit.kind == UnitKind::Code;
        for bracket in &unit.brackets {
            let text = document.text.get(*bracket);
            if is_mark(text) {
                continue;
            }
            if !code || code_placeholder(document.text.as_str(), *bracket) {
                template.placeholders.insert(placeholder_shape(text));
                template.placeholders.insert(text.to_owned());
            }
        }
        let class = class_of(template, document, &unit);
        template.shapes.insert(placeholder_shape(&unit.text));
        if matches!(unit.kind, UnitKind::Item { task: Some(_) }) {
            learn_task(template, &unit, class);
        }
        template.units.entry(unit.text).or_insert(class);
    }
}

/// Prose above a list to tick introduces the list, and stays.
fn learn_introductions(template: &mut Template, document: &Document) {
    for heading in document.headings.ids() {
        let own = units(document, &document.blocks[document.own_blocks(heading)]);
        let is_task = |unit: &Unit| matches!(unit.kind, UnitKind::Item { task: Some(_) });
        if !own.iter().any(is_task) {
            continue;
        }
        for unit in own.iter().filter(|unit| unit.kind == UnitKind::Prose) {
            if let Some(class) = template
                .units
                .get_mut(&unit.text)
                .filter(|class| **class == UnitClass::Sample)
            {
                *class = UnitClass::Demand;
            }
        }
    }
}

/// A mark that what stands behind it may be left out is nothing to be filled in.
fn is_mark(bracketed: &str) -> bool {
    let marks = ["[optional]", "[required]", "[if applicable]"];
    marks.iter().any(|mark| bracketed.eq_ignore_ascii_case(mark))
}

/// Text to be filled in that stands in no brackets: `YYYY-MM-DD`, `NNNN`, `(fill me in …)`, a lone `…`.
fn is_blank_form(text: &str) -> bool {
    let value = text.split_once(": ").map_or(text, |(_, value)| value).trim();
    let words = ["YYYY-MM-DD", "NNNN", "(fill me in", "(fill in"];
    matches!(value, "…" | "..." | "???") || words.iter().any(|word| value.starts_with(word))
}

/// Remembers which sections a task stands in, and what the checklist asks for.
fn learn_task(template: &mut Template, unit: &Unit, class: UnitClass) {
    for section in &mut template.sections {
        let inside = section.body.contains(unit.span);
        section.tasks |= inside;
        if inside && section.id == CHECKLIST && class == UnitClass::Demand {
            template.checklist.push(unit.text.clone());
        }
    }
}

fn class_of(template: &Template, document: &Document, unit: &Unit) -> UnitClass {
    let open = unit
        .brackets
        .iter()
        .any(|bracket| template.is_placeholder(document.text.get(*bracket)));
    match unit.kind {
        _ if open || is_blank_form(&unit.text) => UnitClass::Placeholder,
        UnitKind::Label(_) | UnitKind::Header | UnitKind::Item { task: Some(_) } => UnitClass::Demand,
        UnitKind::Item { .. } if unit.text.ends_with(':') => UnitClass::Demand,
        // A box to tick that stands in no list.
        UnitKind::Prose if unit.text.starts_with("[ ]") => UnitClass::Demand,
        _ => UnitClass::Sample,
    }
}

/// In code, brackets are placeholders only where no language means something by them.
fn code_placeholder(text: &str, bracket: Span) -> bool {
    let inner = text.get(bracket.start + 1..bracket.end.saturating_sub(1)).unwrap_or("");
    let before = text.get(..bracket.start).and_then(|before| before.chars().next_back());
    let plain = inner.starts_with(|c: char| c.is_ascii_lowercase())
        && inner
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | ':'));
    plain && !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ']' || c == ')')
}

/// Fills in what is looked up by name, when all names are known.
fn learn_names(template: &mut Template) {
    for section in &mut template.sections {
        let numbered = |field: &FieldSpec| {
            let numbered = naming::numbered(&field.key).filter(|numbered| numbered.rest.is_empty())?;
            Some(numbered.label.to_owned())
        };
        section.labels = section.fields.iter().filter_map(numbered).collect();
        section.labels.dedup();
    }
    for &section in &template.top {
        let spec = &template.sections[section];
        for name in std::iter::once(&spec.name).chain(&spec.aliases) {
            let exact = *name == spec.name;
            template
                .tops
                .entry(name.clone())
                .or_default()
                .push(Top { section, exact });
        }
    }
}

/// Where a refinement is said.
fn said(file: Option<&Arc<SourceFile>>, refinement: &Refinement) -> Option<Place> {
    Some(Place::new(file?.clone(), refinement.span?))
}

/// Applies refinements; those of sections that the template does not have come back.
fn refine(template: &mut Template, refinements: &Refinements, file: Option<&Arc<SourceFile>>) -> Vec<Unknown> {
    let mut unknown = Vec::new();
    for (path, refinement) in &refinements.sections {
        let Some(section) = template.sections.iter_mut().find(|section| section.id == *path) else {
            let nearest = naming::nearest(path, template.sections.iter().map(|section| section.id.as_str()));
            unknown.push(Unknown {
                path: Some(path.clone()),
                field: None,
                nearest: nearest.map(str::to_owned),
            });
            continue;
        };
        section
            .aliases
            .extend(refinement.alias.iter().map(|alias| naming::normalise(alias)));
        if let Some(optional) = refinement.optional {
            section.optional = optional;
            section.refined = said(file, refinement);
        }
        let evidence = refinement.evidence.iter();
        template
            .evidence
            .extend(evidence.map(|(text, binding)| (naming::normalise(text), binding.clone())));
        let fields: Vec<&mut FieldSpec> = section.fields.iter_mut().collect();
        unknown.extend(refine_fields(Some(path), fields, &refinement.fields, file));
    }
    let fields = template.header.iter_mut().chain(&mut template.footer).collect();
    unknown.extend(refine_fields(None, fields, &refinements.fields, file));
    unknown
}

/// Refines the fields of the section `path` by their names, or those of header and footer; names that are none come
/// back.
fn refine_fields(
    path: Option<&str>,
    mut fields: Vec<&mut FieldSpec>,
    refinements: &BTreeMap<String, Refinement>,
    file: Option<&Arc<SourceFile>>,
) -> Vec<Unknown> {
    let mut unknown = Vec::new();
    for (key, refinement) in refinements {
        let name = naming::normalise(key);
        let mut known = false;
        for field in fields.iter_mut().filter(|field| field.name == name) {
            known = true;
            field
                .aliases
                .extend(refinement.alias.iter().map(|alias| naming::normalise(alias)));
            if let Some(optional) = refinement.optional {
                field.optional = optional;
                field.open |= !optional;
                field.refined = said(file, refinement);
            }
        }
        if !known {
            let nearest = naming::nearest(key, fields.iter().map(|field| field.key.as_str()));
            unknown.push(Unknown {
                path: path.map(str::to_owned),
                field: Some(key.clone()),
                nearest: nearest.map(str::to_owned),
            });
        }
    }
    unknown
}
