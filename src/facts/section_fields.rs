//! The fields that a section of the template asks for, and where the document answers them.
//!
//! People answer in many forms: a line with a key, a table's column, a sub-heading, a sentence. All of them count.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::Facts;
use crate::document::{Field, Heading, UnitKind};
use crate::ids::IdList;
use crate::naming::{self, LIKELY, alike};
use crate::outline::{Node, NodeId, SectionUnit, Standing, State};
use crate::record::{Line, with_rest};
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

/// A name under which a section says something, normalised.
#[derive(Debug)]
struct Key<'a> {
    name: Cow<'a, str>,
    /// Whether it names a section of the template: that one is named for itself, unless its name is the field's.
    section: bool,
}

/// A section with fields to look for.
struct Asked<'a> {
    id: NodeId,
    lines: Vec<Line<'a>>,
    fields: &'a [FieldSpec],
    /// The nodes in which an answer counts, once they are asked for.
    whole: OnceCell<Vec<NodeId>>,
}

/// What a section says, as fields are looked for in it.
#[derive(Debug)]
struct Content<'a> {
    keys: Vec<Key<'a>>,
    /// Its paragraphs, normalised.
    sentences: Vec<String>,
}

impl<'a> Facts<'a> {
    /// The fields that a section is asked for; none where a greater fault or a placeholder for the whole
    /// explains what is missing.
    pub fn section_fields(&self, id: NodeId) -> &[SectionField<'a>] {
        let all = self.once.section_fields.get_or_init(|| {
            let mut contents = Contents::default();
            self.outline
                .nodes
                .map(|(id, node)| self.fields_of(id, node, &mut contents))
        });
        &all[id]
    }

    fn fields_of(&self, id: NodeId, node: &'a Node, contents: &mut Contents<'a>) -> Vec<SectionField<'a>> {
        let spec = node.spec(self.template);
        if spec.fields.is_empty() || !self.is_written(node) {
            return Vec::new();
        }
        let asked = Asked {
            id,
            lines: self.reader().lines(node),
            fields: &spec.fields,
            whole: OnceCell::new(),
        };
        let fields = asked.fields.iter();
        fields
            .filter(|field| field.place != FieldPlace::Below || !field.open)
            .map(|field| SectionField {
                spec: field,
                answer: self.answer(&asked, field, contents),
            })
            .collect()
    }

    /// Whether a section is there and at least partly the author's, and nothing greater is wrong with it.
    fn is_written(&self, node: &Node) -> bool {
        let there = matches!(node.state, State::Placeholder | State::Partial | State::Complete);
        let open = |part: &SectionUnit| !matches!(part.standing, Standing::Own | Standing::Sample | Standing::Demand);
        let whole = |part: &SectionUnit| part.unit.kind == UnitKind::Prose && open(part);
        let swallows = |heading| self.swallows(heading);
        let explained = || self.is_explained(node) || node.parts.iter().any(whole);
        there && !explained() && !node.heading(self.document).is_none_or(swallows)
    }

    /// Whether a block that is never closed hides what stands in a section.
    fn swallows(&self, heading: &Heading) -> bool {
        let mut unclosed = self.document.unclosed_blocks();
        unclosed.any(|block| heading.section.contains(block.span))
    }

    fn answer(&self, asked: &Asked<'a>, spec: &FieldSpec, contents: &mut Contents<'a>) -> Answer<'a> {
        let (lines, all) = (&asked.lines, asked.fields);
        let mut keys = with_rest(lines).filter_map(|(line, behind)| Some((line, line.field?, behind)));
        if let Some((line, field, behind)) = keys.find(|(line, ..)| names(spec, all, line.name)) {
            let exact = spec.is(line.name, true);
            let nothing = field.value.is_empty() && field.follows.is_none() && line.below(behind).is_empty();
            let nothing = exact && nothing;
            return if nothing { Answer::Empty(field) } else { Answer::There };
        }
        let named = |key: &Key<'_>| match key.section {
            true => spec.is(&key.name, true),
            false => names(spec, all, &key.name),
        };
        let mut whole = asked.whole.get_or_init(|| self.whole(asked.id)).iter();
        if whole.any(|other| contents.of(self, *other).keys.iter().any(named)) {
            return Answer::There;
        }
        let opening = lines.first().is_some_and(|line| line.unit.kind == UnitKind::Prose);
        let describes = |name: &str| DESCRIBES.contains(&name);
        let described = opening && (describes(&spec.name) || spec.aliases.iter().any(|alias| describes(alias)));
        let told = |sentence: &String| mentions(spec, sentence);
        if described || contents.of(self, asked.id).sentences.iter().any(told) {
            Answer::Told
        } else {
            Answer::Missing
        }
    }

    /// The nodes in which an answer counts: an instance of a group answers for itself, else the whole section at the
    /// top.
    fn whole(&self, id: NodeId) -> Vec<NodeId> {
        let nodes = &self.outline.nodes;
        let mut top = &nodes[id];
        while let (None, Some(parent)) = (&top.spec(self.template).group, self.parent(top)) {
            top = parent;
        }
        let inside = |node: &Node| top.region.contains_all(node.region);
        let inside = nodes
            .enumerate()
            .filter(|(_, node)| node.heading.is_some() && inside(node));
        inside.map(|(id, _)| id).collect()
    }

    /// Whether a section says no more than where its answer stands: a few lines with a link.
    pub fn points_elsewhere(&self, id: NodeId) -> bool {
        let linked = |block: &crate::document::Block| {
            let inlines = block.paragraph();
            inlines.is_some_and(|inlines| inlines.links.iter().any(|link| !link.image))
        };
        let reader = self.reader();
        let deep = |block: &crate::document::Block| linked(block) || block.children().any(linked);
        self.outline.nodes[id].parts.len() <= 3 && reader.own_blocks(id).any(deep)
    }
}

/// What sections say, read when the first field is looked for in them.
#[derive(Debug, Default)]
struct Contents<'a> {
    of_node: BTreeMap<NodeId, Content<'a>>,
    /// For each heading, whether it is a section of the template.
    sections: IdList<bool, Heading>,
}

impl<'a> Contents<'a> {
    fn of(&mut self, facts: &Facts<'a>, id: NodeId) -> &Content<'a> {
        if self.sections.is_empty() {
            self.sections = facts.document.headings.map(|_| false);
            for heading in facts.outline.nodes.iter().filter_map(|node| node.heading) {
                self.sections[heading] = true;
            }
        }
        let sections = &self.sections;
        self.of_node
            .entry(id)
            .or_insert_with(|| Content::read(facts, &facts.outline.nodes[id], sections))
    }
}

impl<'a> Content<'a> {
    fn read(facts: &Facts<'a>, node: &'a Node, sections: &IdList<bool, Heading>) -> Self {
        let names = &facts.outline.names;
        let headings = node.region.iter().skip(1).map(|at| Key {
            name: Cow::Borrowed(names.heading(at)),
            section: sections[at],
        });
        let mut keys: Vec<Key<'a>> = headings.collect();
        let mut sentences = Vec::new();
        for part in &node.parts {
            let text = part.unit.text.as_str();
            let said = |name: &str| Cow::Owned(naming::normalise(name));
            let named: Vec<Cow<'a, str>> = match part.unit.kind {
                UnitKind::Header => text.split(" | ").map(said).collect(),
                UnitKind::Row => text.split(" | ").take(1).map(said).collect(),
                UnitKind::Field(field) | UnitKind::Label(field) => vec![Cow::Borrowed(names.field(field))],
                UnitKind::Item { .. } => text.split_once(':').map(|(key, _)| said(key)).into_iter().collect(),
                UnitKind::Code | UnitKind::Picture => Vec::new(),
                UnitKind::Prose => {
                    sentences.push(naming::normalise(text));
                    Vec::new()
                }
            };
            keys.extend(named.into_iter().map(|name| Key { name, section: false }));
        }
        Self { keys, sentences }
    }
}

/// Whether a key, a heading or a column is meant to be the field: by its name or an alias, misspelt, or with words more.
/// What is the name of another field in `all` is meant to be that one.
fn names(spec: &FieldSpec, all: &[FieldSpec], name: &str) -> bool {
    if all.iter().any(|other| other.name == name && other.name != spec.name) {
        return false;
    }
    let mut known = std::iter::once(&spec.name).chain(&spec.aliases);
    let short = || name.split(' ').count() <= 5;
    known.any(|known| name == *known || alike(name, known, LIKELY).is_some() || has_words(name, known) && short())
}

/// Whether a sentence speaks of the field by its name. Another name counts where it is no everyday word.
fn mentions(spec: &FieldSpec, text: &str) -> bool {
    let telling = |alias: &&String| alias.contains(' ') || has_words(&spec.name, alias);
    let names = std::iter::once(&spec.name).chain(spec.aliases.iter().filter(telling));
    names.into_iter().any(|known| has_words(text, known))
}

fn has_words(text: &str, words: &str) -> bool {
    !words.is_empty()
        && words.len() <= text.len()
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
            dead_references: &[],
            past: None,
            as_of: jiff::civil::date(2026, 11, 22),
            once: Default::default(),
        };
        let (index, _) = outline.section(&template, id).expect("a section");
        let fields = facts.section_fields(index).iter();
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
