//! The fields that a section of the template asks for, and where the document answers them.
//!
//! People answer in many forms: a line with a key, a table's column, a sub-heading, a sentence. All of them count.

use super::Facts;
use crate::document::{BlockKind, Field, Heading, UnitKind};
use crate::naming::{self, LIKELY, similarity};
use crate::outline::{Node, Part, Standing, State};
use crate::record::Line;
use crate::template::{FieldPlace, FieldSpec};

/// A field that a section is asked for.
#[derive(Debug, Clone, Copy)]
pub struct SectionField<'a> {
    /// What is asked for.
    pub spec: &'a FieldSpec,
    /// What is there.
    pub answer: Answer<'a>,
}

/// How a section answers a field.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// By its name: as a key, a heading, a column.
    There,
    /// In a sentence.
    Told,
    /// With a key that nothing follows.
    Empty(&'a Field),
    /// Not at all.
    Missing,
}

/// A name of a field that says that it describes the whole: text at the section's beginning is its answer.
const DESCRIBES: [&str; 3] = ["description", "overview", "background"];

impl<'a> Facts<'a> {
    /// The fields that the section at `index` is asked for; none where a greater fault or a placeholder for the whole
    /// explains what is missing.
    pub fn section_fields(&self, index: usize) -> Vec<SectionField<'a>> {
        let Some((node, spec)) = self.written(index) else {
            return Vec::new();
        };
        let lines = self.reader().lines(node);
        let asked = spec
            .fields
            .iter()
            .filter(|field| field.place != FieldPlace::Below || !field.open);
        asked
            .map(|field| SectionField {
                spec: field,
                answer: self.answer(index, node, &lines, field),
            })
            .collect()
    }

    /// The section at `index`, where it is there and at least partly the author's.
    fn written(&self, index: usize) -> Option<(&'a Node, &'a crate::template::SectionSpec)> {
        let node = self.outline.nodes.get(index)?;
        let spec = node.spec(self.template)?;
        let there = matches!(node.state, State::Placeholder | State::Partial | State::Complete);
        let open = |part: &Part| !matches!(part.standing, Standing::Own | Standing::Sample | Standing::Demand);
        let whole = |part: &Part| part.unit.kind == UnitKind::Prose && open(part);
        let heading = self.document.headings.get(node.heading?)?;
        let explained = self.is_explained(node) || node.parts.iter().any(whole) || self.swallows(heading);
        (there && !spec.fields.is_empty() && !explained).then_some((node, spec))
    }

    /// Whether a code block that is never closed hides what stands in a section.
    fn swallows(&self, heading: &Heading) -> bool {
        let first = self
            .document
            .blocks
            .partition_point(|block| block.span.start < heading.section.start);
        let inside = self.document.blocks.iter().skip(first);
        let mut inside = inside.take_while(|block| block.span.start < heading.section.end);
        inside.any(|block| matches!(&block.kind, BlockKind::Code(code) if code.unclosed))
    }

    fn answer(&self, index: usize, node: &'a Node, lines: &[Line<'a>], spec: &FieldSpec) -> Answer<'a> {
        let all = node.spec(self.template).map_or(&[][..], |section| &section.fields);
        let at = lines
            .iter()
            .position(|line| line.field.is_some_and(|field| names(spec, all, &field.key)));
        if let Some((at, field)) = at.and_then(|at| Some((at, lines.get(at)?.field?))) {
            let exact = spec.is(&naming::normalise(&field.key), true);
            let nothing =
                exact && field.value.is_empty() && field.follows.is_none() && !self.reader().has_below(lines, at);
            return if nothing { Answer::Empty(field) } else { Answer::There };
        }
        let opening = lines.first().is_some_and(|line| line.unit.kind == UnitKind::Prose);
        let describes = |name: &str| DESCRIBES.contains(&name);
        let described = opening && (describes(&spec.name) || spec.aliases.iter().any(|alias| describes(alias)));
        let said = |part: &Part| part.unit.kind == UnitKind::Prose && mentions(spec, &part.unit.text);
        let elsewhere = self
            .whole(index, node)
            .into_iter()
            .any(|other| self.has_elsewhere(other, spec, all));
        match described || node.parts.iter().any(said) {
            _ if elsewhere => Answer::There,
            true => Answer::Told,
            false => Answer::Missing,
        }
    }

    /// The nodes in which an answer counts: an instance of a group answers for itself, else the whole section at the
    /// top.
    fn whole(&self, index: usize, node: &'a Node) -> Vec<&'a Node> {
        let mut top = (index, node);
        let group = |node: &Node| node.spec(self.template).is_some_and(|spec| spec.group.is_some());
        while !group(top.1) {
            let Some(parent) = top
                .1
                .parent
                .and_then(|parent| Some((parent, self.outline.nodes.get(parent)?)))
            else {
                break;
            };
            top = parent;
        }
        let inside = |other: &&Node| top.1.region.start <= other.region.start && other.region.end <= top.1.region.end;
        self.outline
            .nodes
            .iter()
            .filter(|node| node.heading.is_some())
            .filter(inside)
            .collect()
    }

    /// Whether a heading, a key or a column of a section has the field's name.
    fn has_elsewhere(&self, node: &'a Node, spec: &FieldSpec, all: &[FieldSpec]) -> bool {
        // A section of the template is named for itself, unless its name is the field's.
        let section = |at: usize| self.outline.nodes.iter().any(|node| node.heading == Some(at));
        let heading = |at: usize| {
            let heading = self.document.headings.get(at);
            heading.is_some_and(|heading| match section(at) {
                true => spec.is(&naming::normalise(&heading.text), true),
                false => names(spec, all, &heading.text),
            })
        };
        let in_part = |part: &Part| match part.unit.kind {
            UnitKind::Header => part.unit.text.split(" | ").any(|cell| names(spec, all, cell)),
            UnitKind::Row => part
                .unit
                .text
                .split(" | ")
                .next()
                .is_some_and(|cell| names(spec, all, cell)),
            UnitKind::Field(field) | UnitKind::Label(field) => self
                .document
                .fields
                .get(field)
                .is_some_and(|field| names(spec, all, &field.key)),
            UnitKind::Item { .. } => part
                .unit
                .text
                .split_once(':')
                .is_some_and(|(key, _)| names(spec, all, key)),
            UnitKind::Prose | UnitKind::Code | UnitKind::Picture => false,
        };
        node.region.clone().skip(1).any(heading) || node.parts.iter().any(in_part)
    }

    /// Whether a section says no more than where its answer stands: a few lines with a link.
    pub fn points_elsewhere(&self, index: usize) -> bool {
        let linked = |block: &crate::document::Block| {
            let inlines = block.paragraph();
            inlines.is_some_and(|inlines| inlines.links.iter().any(|link| !link.image))
        };
        let reader = self.reader();
        let deep = |block: &crate::document::Block| linked(block) || block.children().any(linked);
        let few = self.outline.nodes.get(index).is_some_and(|node| node.parts.len() <= 3);
        few && reader.own_blocks(index).any(deep)
    }
}

/// Whether a key, a heading or a column is meant to be the field: by its name or an alias, misspelt, or with words more.
/// What is the name of another field in `all` is meant to be that one.
fn names(spec: &FieldSpec, all: &[FieldSpec], text: &str) -> bool {
    let name = naming::normalise(text);
    if all.iter().any(|other| other.name == name && other.name != spec.name) {
        return false;
    }
    let mut known = std::iter::once(&spec.name).chain(&spec.aliases);
    let longer = name.split(' ').count() <= 5;
    known.any(|known| name == *known || similarity(&name, known) >= LIKELY || longer && has_words(&name, known))
}

/// Whether a sentence speaks of the field by its name. Another name counts where it is no everyday word.
fn mentions(spec: &FieldSpec, text: &str) -> bool {
    let text = naming::normalise(text);
    let telling = |alias: &&String| alias.contains(' ') || has_words(&spec.name, alias);
    let names = std::iter::once(&spec.name).chain(spec.aliases.iter().filter(telling));
    names.into_iter().any(|known| has_words(&text, known))
}

fn has_words(text: &str, words: &str) -> bool {
    !words.is_empty()
        && text.match_indices(words).any(|(at, _)| {
            let before = text
                .get(..at)
                .is_some_and(|before| before.is_empty() || before.ends_with(' '));
            let after = text.get(at + words.len()..);
            before && after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;
    use crate::markdown::Dialect;
    use crate::outline::outline;
    use crate::source::{SourceFile, Text};
    use crate::template::{DEFAULT, load};

    /// The fields that a section with this text does not answer, and those that it leaves empty.
    fn open(id: &str, markdown: &str) -> Vec<String> {
        let (template, _) = load(DEFAULT, None, &Files::new("."), &Default::default());
        let template = template.expect("the built-in template");
        let document = crate::document::parse(Text::of_file(&SourceFile::new("a.md", markdown)), Dialect::default());
        let outline = outline(&document, &template);
        let records = crate::record::read(&document, &outline, &template);
        let facts = Facts {
            document: &document,
            template: &template,
            outline: &outline,
            records: &records,
            broken_includes: &[],
            past: None,
            as_of: jiff::civil::date(2026, 11, 22),
        };
        let (index, _) = outline.section(&template, id).expect("a section");
        let fields = facts.section_fields(index).into_iter();
        let asked = fields.filter(|field| field.spec.open && !field.spec.optional);
        let shown = asked.filter_map(|field| match field.answer {
            Answer::Missing => Some(field.spec.key.clone()),
            Answer::Empty(_) => Some(format!("{} is empty", field.spec.key)),
            Answer::There | Answer::Told => None,
        });
        shown.collect()
    }

    #[test]
    fn fields_are_answered_in_many_forms() {
        let recovery = "disaster-recovery/recovery-procedures";
        let (rto, rpo) = ("RTO (Recovery Time Objective)", "RPO (Recovery Point Objective)");
        for (markdown, expected) in [
            ("**RTO**: 4 h\n**RPO**: 1 h\n", vec![]),
            ("- RTO: 4 h\n- **Recovery Point Objektive**: 1 h\n", vec![]),
            ("| RTO | RPO |\n|---|---|\n| 4 h | 1 h |\n", vec![]),
            (
                "| Goal | Value | Note |\n|---|---|---|\n| RTO | 4 h | x |\n| RPO | 1 h | y |\n",
                vec![],
            ),
            (
                "#### RTO\n\n4 h\n\n#### Recovery Point Objective (production)\n\n1 h\n",
                vec![],
            ),
            ("The RTO is 4 h, and the RPO is 1 h.\n", vec![]),
            ("**RTO**: 4 h\n", vec![rpo]),
            (
                "**RTO**:\n\n**RPO**: 1 h\n",
                vec!["RTO (Recovery Time Objective) is empty"],
            ),
            ("**RTO**:\n- 4 h\n\n**RPO**:\n\n1 h\n", vec![]),
            ("Call the operator.\n", vec![rto, rpo]),
            (
                "**RTO**: [Target time]\n**RPO**: [Acceptable data loss]\n\nOurs.\n",
                vec![],
            ),
            ("Not applicable: nothing is kept\n", vec![]),
        ] {
            let document = format!("## Disaster Recovery\n\nText.\n\n### Recovery Procedures\n\n{markdown}");
            let open = open(recovery, &document).into_iter();
            let objectives: Vec<String> = open.filter(|field| !field.starts_with("Failover")).collect();
            assert_eq!(objectives, expected, "{markdown}");
        }
        let beside =
            "## Disaster Recovery\n\n| RTO | RPO |\n|---|---|\n| 4 h | 1 h |\n\n### Recovery Procedures\n\nCall.\n";
        assert_eq!(open(recovery, beside), ["Failover Process"]);
    }

    #[test]
    fn an_instance_answers_for_itself() {
        let other = "### Component 2: B\n\n**Purpose**: B.\n\n**Responsibilities**:\n- b\n";
        for (markdown, expected) in [
            (
                "**Purpose**: A.\n\n**Responsibilities**:\n- a\n\n**Technologies**:\n- Rust\n",
                vec![],
            ),
            ("It does a.\n\n**Responsibilities**:\n- a\n\n**Stack**: Rust\n", vec![]),
            ("**Responsibilities**:\n- a\n", vec!["Purpose", "Technologies"]),
            (
                "**Responsibilities**:\n\n**Purpose**: A.\n",
                vec!["Responsibilities is empty", "Technologies"],
            ),
            ("[Repeat structure from Component 1]\n\nText.\n", vec![]),
        ] {
            let document = format!("## Component Details\n\n### Component 1: A\n\n{markdown}\n{other}");
            assert_eq!(open("component-details/component", &document), expected, "{markdown}");
        }
    }
}
