//! Which heading of a document is which section of its template.
//!
//! Names decide, never emoji, numbers or order: first the exact name, then a group's label, other names, and names
//! that are nearly right. What is then still missing is looked for on other levels and in other sections.

mod missing;
mod passes;

use std::collections::BTreeSet;

use super::{Duplicate, Found, Names, Node, NodeId, State};
use crate::document::{Block, Document, Heading, HeadingId};
use crate::ids::{IdList, Ids};
use crate::template::{Instances, SectionSpec, SpecId, Template};

/// How far the best of several similar names must be ahead.
const MARGIN: f64 = 0.10;
/// This many sections by any of their names make a level the document's own.
const ALIKE: usize = 6;

/// The result of the matching.
pub struct Matched {
    pub nodes: IdList<Node>,
    pub duplicates: Vec<Duplicate>,
    pub extras: Vec<HeadingId>,
    pub in_sections: Ids<Heading>,
    pub base: u8,
}

/// A section of the template, the heading that was recognised as it, and how.
type Hit = (SpecId, HeadingId, Found);

struct Matcher<'a> {
    document: &'a Document,
    template: &'a Template,
    names: &'a IdList<String, Heading>,
    nodes: IdList<Node>,
    taken: IdList<bool, Heading>,
    duplicates: Vec<Duplicate>,
    base: u8,
    end: usize,
}

/// Matches the headings of `document`; the blocks of its footer belong to no section.
pub fn matched(document: &Document, all: &Names, template: &Template, footer: Ids<Block>) -> Matched {
    let names = &all.headings;
    let base = base_level(document, template, names);
    let is_title = document.title().is_some() && (base > 1 || !is_section(template, names.first()));
    let headings = document.headings.ids();
    let title = headings.first().filter(|_| is_title);
    let below = title.map_or(headings, |title| headings.behind(title));
    let subtitle = below
        .first()
        .filter(|first| is_subtitle(document, all, template, (title, *first), base));
    let in_sections = subtitle.map_or(below, |subtitle| below.behind(subtitle));
    let footer = document.blocks[footer].first().map(|block| block.span.start);
    let mut matcher = Matcher {
        document,
        template,
        taken: names.map(|_| false),
        names,
        nodes: IdList::default(),
        duplicates: Vec::new(),
        base,
        end: footer.unwrap_or(document.text.as_str().len()),
    };
    matcher.siblings(&template.top, None, in_sections, base);
    matcher.elsewhere();
    matcher.hidden();
    let extras = in_sections.iter().filter(|heading| matcher.free(*heading)).collect();
    for node in matcher.nodes.ids() {
        if let Some(parent) = matcher.nodes[node].parent {
            matcher.nodes[parent].children.push(node);
        }
    }
    Matched {
        nodes: matcher.nodes,
        duplicates: matcher.duplicates,
        extras,
        in_sections,
        base,
    }
}

fn is_section(template: &Template, name: Option<&String>) -> bool {
    name.is_some_and(|name| template.tops_named(name).iter().any(|top| top.exact))
}

/// Whether the heading right below the title, or where there is none the first one, is no section but the place of the
/// header.
fn is_subtitle(
    document: &Document,
    names: &Names,
    template: &Template,
    (title, id): (Option<HeadingId>, HeadingId),
    base: u8,
) -> bool {
    let (heading, own) = (&document.headings[id], document.own_blocks(id));
    let fields = document.fields.iter().zip(&names.fields).filter(|(field, name)| {
        let own = field.block.is_some_and(|block| own.contains(block));
        own && template.header.iter().any(|spec| spec.is(name, true))
    });
    let blocks = document.blocks.ids();
    let below = title.map_or(blocks, |title| blocks.behind(document.headings[title].block));
    let at_once = below.first() == Some(heading.block) && heading.level == base;
    at_once && !is_section(template, Some(&names.headings[id])) && fields.count() >= 2
}

/// The level on which the document has its sections: the one with most of them; the template's unless another clearly
/// wins.
fn base_level(document: &Document, template: &Template, names: &IdList<String, Heading>) -> u8 {
    let usual = template.base;
    let mut exact_on: [BTreeSet<SpecId>; 7] = Default::default();
    let mut alike_on = exact_on.clone();
    for (heading, name) in document.headings.iter().zip(names) {
        let level = usize::from(heading.level);
        for top in template.tops_named(name) {
            let sets = [exact_on.get_mut(level).filter(|_| top.exact), alike_on.get_mut(level)];
            sets.into_iter().flatten().for_each(|set| _ = set.insert(top.section));
        }
    }
    let count = |level: u8, aliases: bool| {
        let sets = if aliases { &alike_on } else { &exact_on };
        sets.get(usize::from(level)).map_or(0, BTreeSet::len)
    };
    let clear = |level: u8| {
        let (exact, alike) = (count(level, false), count(level, true));
        exact >= 3 && exact > 2 * count(usual, false) || alike >= ALIKE && alike > 2 * count(usual, true)
    };
    let others = [4, 3, 2, 1]
        .into_iter()
        .filter(|level| *level != usual && clear(*level));
    others
        .max_by_key(|level| (count(*level, false), count(*level, true)))
        .unwrap_or(usual)
}

impl<'a> Matcher<'a> {
    fn level(&self, heading: HeadingId) -> u8 {
        self.document.headings[heading].level
    }

    fn name(&self, heading: HeadingId) -> &'a str {
        &self.names[heading]
    }

    fn free(&self, heading: HeadingId) -> bool {
        !self.taken[heading]
    }

    fn take(&mut self, heading: HeadingId) {
        self.taken[heading] = true;
    }

    fn spec(&self, spec: SpecId) -> &'a SectionSpec {
        &self.template.sections[spec]
    }

    /// Matches the sections `specs`, siblings in the template, among the headings of `range`, on `level`.
    fn siblings(&mut self, specs: &[SpecId], parent: Option<NodeId>, range: Ids<Heading>, level: u8) {
        if specs.is_empty() {
            return;
        }
        let mut found: Vec<Hit> = Vec::new();
        let passes = [
            Self::by_name,
            Self::by_label,
            Self::by_alias,
            Self::by_likeness,
            Self::by_part,
            Self::by_any_name,
        ];
        for pass in passes {
            // Most documents have nothing left for the less sure ways.
            if range.iter().any(|heading| self.is_candidate(heading, level)) {
                pass(self, specs, range, level, &mut found);
            }
        }
        self.on_other_levels(specs, parent, range, level, &mut found);
        let boundaries = self.boundaries(range, level, &found);
        let repeated = self.duplicated(specs, range, level, &found);
        let mut reserved = self.reserved(range, level, &found, &boundaries);
        for &spec in specs {
            let mut instances: Vec<(HeadingId, Found)> = found
                .iter()
                .filter(|(of, _, _)| *of == spec)
                .map(|(_, heading, how)| (*heading, *how))
                .collect();
            instances.sort_unstable_by_key(|(heading, _)| *heading);
            if instances.is_empty() {
                self.missing(spec, specs, parent, range, &found, &boundaries);
            }
            for (heading, how) in instances {
                let below = self.below(spec, heading, range, level, &boundaries);
                for own in reserved
                    .extract_if(.., |(of, _)| *of == heading)
                    .map(|(_, own)| own)
                    .collect::<Vec<_>>()
                {
                    self.taken[own] = false;
                }
                self.present(spec, parent, heading, how, below);
            }
        }
        self.claim_deeper(parent, level);
        // The nodes of what is repeated exist only now.
        let nodes = &self.nodes;
        let duplicates = repeated.into_iter().filter_map(|(spec, heading)| {
            let node = nodes.find(|node| node.spec == spec && node.parent == parent)?;
            Some(Duplicate { heading, node })
        });
        self.duplicates.extend(duplicates);
    }

    /// The headings at which a section among `found` may end.
    fn boundaries(&self, range: Ids<Heading>, level: u8, found: &[Hit]) -> Vec<HeadingId> {
        let mut boundaries: Vec<HeadingId> = range.iter().filter(|heading| self.level(*heading) <= level).collect();
        // A section that stands a level too high has its sub-sections where its siblings should be.
        for (spec, heading, _) in found.iter().filter(|(_, heading, _)| self.level(*heading) < level) {
            let later = found.iter().map(|(_, at, _)| *at).filter(|at| at > heading).min();
            let behind = range.behind(*heading);
            let inside = later.map_or(behind, |later| behind.before(later));
            let last = inside.iter().rfind(|at| self.is_child(*spec, *at));
            boundaries.retain(|at| at <= heading || last.is_none_or(|last| *at > last));
        }
        boundaries
    }

    /// The headings in a section below its own. One that stands deeper than its siblings ends with the last of its own.
    fn below(
        &self,
        spec: SpecId,
        heading: HeadingId,
        range: Ids<Heading>,
        level: u8,
        boundaries: &[HeadingId],
    ) -> Ids<Heading> {
        let end = boundaries.iter().find(|boundary| **boundary > heading);
        let behind = range.behind(heading);
        let inside = end.map_or(behind, |end| behind.before(*end));
        let own = self.level(heading);
        if own <= level {
            return inside;
        }
        let mut children = inside.iter().rev();
        let last = children.find(|at| self.level(*at) <= own && self.is_child(spec, *at));
        let mut rest = last.map_or(inside, |last| inside.behind(last)).iter();
        let end = rest.find(|at| self.level(*at) <= own);
        end.map_or(inside, |end| inside.before(end))
    }

    /// The headings below sections that stand deeper than their siblings, each with the heading of the nearest such
    /// section: taken, so that the section around them does not take them for its own before their turn comes.
    fn reserved(
        &mut self,
        range: Ids<Heading>,
        level: u8,
        found: &[Hit],
        boundaries: &[HeadingId],
    ) -> Vec<(HeadingId, HeadingId)> {
        let mut deeper: Vec<(SpecId, HeadingId)> = found
            .iter()
            .map(|(spec, heading, _)| (*spec, *heading))
            .filter(|(_, heading)| self.level(*heading) > level)
            .collect();
        deeper.sort_unstable_by_key(|(_, heading)| std::cmp::Reverse(*heading));
        let mut reserved = Vec::new();
        for (spec, heading) in deeper {
            for own in self.below(spec, heading, range, level, boundaries) {
                if self.free(own) {
                    self.take(own);
                    reserved.push((heading, own));
                }
            }
        }
        reserved
    }

    /// A section that stands deeper than its siblings is no part of the one that it stands in.
    fn claim_deeper(&mut self, parent: Option<NodeId>, level: u8) {
        let siblings = || self.nodes.iter().filter(|node| node.parent == parent);
        let deeper: Vec<Ids<Heading>> = siblings()
            .filter(|node| node.heading.is_some_and(|heading| self.level(heading) > level))
            .map(|node| node.region)
            .collect();
        for region in deeper {
            let around = |node: &&mut Node| {
                let below = |heading| node.region.behind(heading).contains_all(region);
                node.parent == parent && node.heading.is_some_and(below)
            };
            if let Some(node) = self.nodes.iter_mut().find(around) {
                node.claimed.push(region);
            }
        }
    }

    /// Whether a heading bears the name of a sub-section of `spec`, or is an instance of its group.
    fn is_child(&self, spec: SpecId, heading: HeadingId) -> bool {
        self.spec(spec).children.iter().any(|child| match self.spec(*child) {
            spec if spec.group.is_some() => spec.instances != Instances::Any && self.is_instance(*child, heading),
            _ => self.is_named(*child, self.name(heading)),
        })
    }

    fn is_candidate(&self, heading: HeadingId, level: u8) -> bool {
        self.free(heading) && self.level(heading) == level
    }

    fn candidates(&self, range: Ids<Heading>, level: u8) -> Vec<HeadingId> {
        range
            .iter()
            .filter(|heading| self.is_candidate(*heading, level))
            .collect()
    }

    fn present(&mut self, spec: SpecId, parent: Option<NodeId>, heading: HeadingId, how: Found, below: Ids<Heading>) {
        let node = Node::new(spec, parent, Some(heading), how, below.with_head(heading), 0);
        let node = self.nodes.push(node);
        let wanted = self.level(heading).min(5) + 1;
        let levels = || below.iter().map(|heading| self.level(heading));
        // A section that stands one level too low keeps its sub-sections where the template has them.
        let sibling = levels().any(|level| level == self.level(heading));
        let level = match how {
            Found::WrongLevel if sibling => self.level(heading),
            _ if levels().any(|level| level == wanted) => wanted,
            _ => levels().min().unwrap_or(wanted),
        };
        self.siblings(&self.spec(spec).children, Some(node), below, level);
        let children = self.nodes.iter().filter(|child| child.parent == Some(node));
        self.nodes[node].claimed = children.map(|child| child.region).collect();
    }
}

impl Node {
    fn new(
        spec: SpecId,
        parent: Option<NodeId>,
        heading: Option<HeadingId>,
        found: Found,
        region: Ids<Heading>,
        insertion: usize,
    ) -> Self {
        Self {
            spec,
            parent,
            children: Vec::new(),
            heading,
            found,
            region,
            claimed: Vec::new(),
            parts: Vec::new(),
            state: State::Missing,
            waiver: None,
            misplaced: None,
            insertion,
            lost: None,
            maybe: None,
        }
    }
}
