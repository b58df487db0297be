//! Compilation: the Markdown of a template to what it demands.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::marks::{alias_marks, field_marks, optional_mark, repeat_mark};
use super::{CHECKLIST, DiagramKind, FieldPlace, FieldSpec, SectionSpec, Template, Top, UnitClass, placeholder_shape};
use crate::config::{Refinement, Refinements};
use crate::document::{self, BlockKind, Carrier, Document, Field, Picture, Unit, UnitKind, bracketed, is_line, units};
use crate::markdown::Dialect;
use crate::naming;
use crate::source::{Span, Text};

/// A refinement of a section, or of a section's field, that the template does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSection {
    /// The section that was named.
    pub path: String,
    /// The field that was named, where it is the field that the section does not have.
    pub field: Option<String>,
    /// The nearest right path, or the nearest right field.
    pub nearest: Option<String>,
}

/// Compiles the template in `file` under the name `name`, refined by `refinements`, the later ones last.
///
/// Refinements of sections that it does not have come back beside it. `None` where the file has no section at all.
pub fn compile(name: &str, text: Text, refinements: &[&Refinements]) -> Option<(Template, Vec<UnknownSection>)> {
    let document = document::parse(text.clone(), Dialect::default());
    let mut template = Template {
        name: name.to_owned(),
        text,
        base: if is_titled(&document) { 2 } else { 1 },
        title: String::new(),
        title_text: String::new(),
        header: header_fields(&document),
        footer: Vec::new(),
        sections: Vec::new(),
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
    }
    let footer_at = footer_at(&document);
    add_sections(&mut template, &document, footer_at);
    template.footer = footer_fields(&document, footer_at);
    learn_units(&mut template, &document);
    field_marks(&mut template, &document);
    let unknown = refinements
        .iter()
        .flat_map(|refinements| refine(&mut template, refinements))
        .collect();
    learn_names(&mut template);
    let top = template.top.first().and_then(|top| {
        document
            .headings
            .iter()
            .find(|heading| heading.span == template.sections.get(*top).map(|spec| spec.span).unwrap_or_default())
    });
    template.base = top.map_or(template.base, |heading| heading.level);
    (!template.sections.is_empty()).then_some((template, unknown))
}

/// Whether the first heading is the title: the only one of level 1.
fn is_titled(document: &Document) -> bool {
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

/// The block with which the footer begins: behind the last rule, if fields and nothing else follow it.
pub(super) fn footer_at(document: &Document) -> usize {
    let rule = document
        .blocks
        .iter()
        .rposition(|block| matches!(block.kind, BlockKind::Rule));
    let Some(rule) = rule else {
        return document.blocks.len();
    };
    let rest = document.blocks.get(rule + 1..).unwrap_or(&[]);
    let found = units(document, rest);
    let fields = !found.is_empty()
        && found
            .iter()
            .all(|unit| matches!(unit.kind, UnitKind::Field(_) | UnitKind::Label(_)));
    if fields { rule } else { document.blocks.len() }
}

fn footer_fields(document: &Document, footer_at: usize) -> Vec<FieldSpec> {
    document
        .fields
        .iter()
        .filter(|field| field.block >= footer_at)
        .map(FieldSpec::infer)
        .collect()
}

/// The fields in front of the first section, those of front matter first.
fn header_fields(document: &Document) -> Vec<FieldSpec> {
    let matter = document
        .fields
        .iter()
        .filter(|field| field.carrier == Carrier::FrontMatter);
    let mut specs: Vec<FieldSpec> = matter.map(FieldSpec::infer).collect();
    specs.extend(fields(document, document.preamble()));
    specs
}

/// The fields that some blocks ask for, each once.
fn fields(document: &Document, blocks: &[document::Block]) -> Vec<FieldSpec> {
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

/// The fields of a section. A list below a field belongs to it, and it is open where that list has placeholders.
fn section_fields(document: &Document, own: &[document::Block]) -> Vec<FieldSpec> {
    let mut specs = fields(document, own);
    for spec in &mut specs {
        let at = document
            .fields
            .partition_point(|field| field.span.start < spec.span.start);
        let Some(field) = document.fields.get(at) else { continue };
        if spec.place == FieldPlace::Item && stands_below(document, field) {
            spec.place = FieldPlace::Below;
        }
        let list = field.follows.and_then(|follows| document.blocks.get(follows));
        let list = list.filter(|block| matches!(block.kind, BlockKind::List(_)));
        let open = |unit: &Unit| !unit.brackets.is_empty();
        spec.open |= list.is_some_and(|list| units(document, std::slice::from_ref(list)).iter().any(open));
    }
    specs
}

/// Whether a field is an item of the list right below another field.
fn stands_below(document: &Document, item: &Field) -> bool {
    let above = item.block.checked_sub(1);
    let mut fields = document.fields.iter();
    fields.any(|field| Some(field.block) == above && field.carrier == Carrier::Strong)
}

/// The kind of diagram that a block of a template is.
fn diagram(document: &Document, block: &document::Block) -> Option<DiagramKind> {
    let flow = |text: &str| !text.contains(|c| is_line(c) && !matches!(c, '─' | '│')) && !text.contains("+--");
    match document::picture(document, block)? {
        Picture::Drawing if flow(document.text.get(block.span)) => Some(DiagramKind::Flow),
        _ => Some(DiagramKind::Parts),
    }
}

/// Adds the sections, the instances of a group as one.
fn add_sections(template: &mut Template, document: &Document, footer_at: usize) {
    let shapes: Vec<String> = document
        .headings
        .iter()
        .map(|heading| naming::shape(&heading.text))
        .collect();
    let mut spec_of: Vec<Option<usize>> = vec![None; document.headings.len()];
    for (index, heading) in document.headings.iter().enumerate() {
        if index == 0 && is_titled(document) {
            continue;
        }
        let parent = heading.parent.filter(|parent| *parent != 0 || !is_titled(document));
        let parent_spec = parent.and_then(|parent| spec_of.get(parent).copied().flatten());
        if parent.is_some() && parent_spec.is_none() {
            continue;
        }
        let twin = |other: usize| {
            let same = document
                .headings
                .get(other)
                .is_some_and(|twin| twin.parent == heading.parent && twin.level == heading.level);
            other != index && same && shapes.get(other) == shapes.get(index)
        };
        let numbered = naming::numbered(&heading.text);
        if numbered.is_some() && (0..index).any(twin) {
            continue;
        }
        let repeated = numbered.is_some() && ((index + 1..shapes.len()).any(twin) || repeat_mark(document, index));
        let group = numbered.filter(|_| repeated).map(|numbered| numbered.label.to_owned());
        let title = shown_title(&heading.text);
        let name = naming::normalise(&title);
        // Who copies the heading keeps the mark that it is optional.
        let whole = Some(naming::normalise(&heading.text)).filter(|whole| *whole != name);
        let mut aliases = alias_marks(document, index);
        aliases.extend(whole.filter(|whole| !aliases.contains(whole)));
        let slug = naming::slug(group.as_deref().unwrap_or(&title));
        let parent_id = parent_spec
            .and_then(|parent| template.sections.get(parent))
            .map(|parent| parent.id.clone());
        let own: Vec<document::Block> = document
            .own_blocks(index)
            .iter()
            .take(footer_at.saturating_sub(heading.block + 1))
            .cloned()
            .collect();
        let next = template.sections.len();
        template.sections.push(SectionSpec {
            id: parent_id.map_or(slug.clone(), |parent| format!("{parent}/{slug}")),
            title: group.clone().unwrap_or(title),
            heading: heading.text.clone(),
            name,
            span: heading.span,
            body: body(document, heading, footer_at),
            depth: parent_spec
                .and_then(|parent| template.sections.get(parent))
                .map_or(1, |parent| parent.depth + 1),
            parent: parent_spec,
            children: Vec::new(),
            aliases,
            optional: optional_mark(document, index),
            group,
            labels: Vec::new(),
            fields: section_fields(document, &own),
            diagram: own.iter().find_map(|block| diagram(document, block)),
            tasks: false,
        });
        if let Some(slot) = spec_of.get_mut(index) {
            *slot = Some(next);
        }
        match parent_spec.and_then(|parent| template.sections.get_mut(parent)) {
            Some(parent) => parent.children.push(next),
            None => template.top.push(next),
        }
    }
}

/// A section with its sub-sections, without the white space and the rule at its end.
fn body(document: &Document, heading: &document::Heading, footer_at: usize) -> Span {
    let footer = document
        .blocks
        .get(footer_at)
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
fn shown_title(text: &str) -> String {
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '[' && c != '(');
    let lower = words.to_lowercase();
    let marks = ["(optional)", "[optional]", "(if applicable)"];
    let mark = marks.iter().find(|mark| lower.ends_with(**mark));
    let kept = words.len() - mark.map_or(0, |mark| mark.len());
    words.get(..kept).unwrap_or(words).trim().to_owned()
}

/// Remembers what each part of the template is to a document in which it still stands.
fn learn_units(template: &mut Template, document: &Document) {
    for unit in units(document, &document.blocks) {
        let code = unit.kind == UnitKind::Code;
        for bracket in &unit.brackets {
            let text = document.text.get(*bracket);
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
        let Some(spec) = template.sections.get(section) else {
            continue;
        };
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

/// Applies refinements; those of sections that the template does not have come back.
fn refine(template: &mut Template, refinements: &Refinements) -> Vec<UnknownSection> {
    let mut unknown = Vec::new();
    for (path, refinement) in &refinements.sections {
        let Some(section) = template.sections.iter_mut().find(|section| section.id == *path) else {
            let nearest = naming::nearest(path, template.sections.iter().map(|section| section.id.as_str()));
            unknown.push(UnknownSection {
                path: path.clone(),
                field: None,
                nearest: nearest.map(str::to_owned),
            });
            continue;
        };
        section
            .aliases
            .extend(refinement.alias.iter().map(|alias| naming::normalise(alias)));
        section.optional = refinement.optional.unwrap_or(section.optional);
        let evidence = refinement.evidence.iter();
        template
            .evidence
            .extend(evidence.map(|(text, binding)| (naming::normalise(text), binding.clone())));
        unknown.extend(
            refine_fields(&mut section.fields, &refinement.fields)
                .into_iter()
                .map(|(field, nearest)| UnknownSection {
                    path: path.clone(),
                    field: Some(field),
                    nearest,
                }),
        );
    }
    refine_fields(&mut template.header, &refinements.fields);
    refine_fields(&mut template.footer, &refinements.fields);
    unknown
}

/// Refines fields by their names; names that are none come back, each with the nearest right one.
fn refine_fields(
    fields: &mut [FieldSpec],
    refinements: &BTreeMap<String, Refinement>,
) -> Vec<(String, Option<String>)> {
    let mut unknown = Vec::new();
    for (key, refinement) in refinements {
        let name = naming::normalise(key);
        let mut known = false;
        for field in fields.iter_mut().filter(|field| field.name == name) {
            known = true;
            field
                .aliases
                .extend(refinement.alias.iter().map(|alias| naming::normalise(alias)));
            field.optional = refinement.optional.unwrap_or(field.optional);
        }
        if !known {
            let nearest = naming::nearest(key, fields.iter().map(|field| field.key.as_str()));
            unknown.push((key.clone(), nearest.map(str::to_owned)));
        }
    }
    unknown
}
