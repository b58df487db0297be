//! Which heading of a document is which section of its template.
//!
//! Names decide, never emoji, numbers or order: first the exact name, then a group's label, other names, and names
//! that are nearly right. What is then still missing is looked for on other levels and in other sections.

use std::collections::HashSet;
use std::ops::Range;

use super::{Duplicate, Found, Node, State, alike};
use crate::document::{BlockKind, Document, Hiding, LostHeading};
use crate::naming;
use crate::template::{SectionSpec, Template};

/// How far the best of several similar names must be ahead.
const MARGIN: f64 = 0.10;
/// This many sections by any of their names make a level the document's own.
const ALIKE: usize = 6;

/// The result of the matching.
pub struct Matched {
    pub nodes: Vec<Node>,
    pub duplicates: Vec<Duplicate>,
    pub extras: Vec<usize>,
    pub first_section: usize,
    pub base: u8,
}

struct Matcher<'a> {
    document: &'a Document,
    template: &'a Template,
    names: Vec<String>,
    nodes: Vec<Node>,
    taken: Vec<bool>,
    duplicates: Vec<Duplicate>,
    base: u8,
    end: usize,
}

/// Matches the headings of `document`; blocks from `footer_at` on belong to no section.
pub fn matched(document: &Document, template: &Template, footer_at: usize) -> Matched {
    let names: Vec<String> = document
        .headings
        .iter()
        .map(|heading| naming::normalise(&heading.text))
        .collect();
    let base = base_level(document, template, &names);
    let is_title = document.title().is_some() && (base > 1 || !is_section(template, names.first()));
    let first_section = usize::from(is_title) + usize::from(is_title && has_subtitle(document, template, &names, base));
    let footer = document.blocks.get(footer_at).map(|block| block.span.start);
    let mut matcher = Matcher {
        document,
        template,
        taken: vec![false; names.len()],
        names,
        nodes: Vec::new(),
        duplicates: Vec::new(),
        base,
        end: footer.unwrap_or(document.text.as_str().len()),
    };
    let range = first_section..matcher.names.len();
    matcher.siblings(&template.top, None, &range, base);
    matcher.elsewhere();
    matcher.hidden();
    let claimed = |heading: usize| matcher.taken.get(heading).copied().unwrap_or(true);
    let extras = range.filter(|heading| !claimed(*heading)).collect();
    Matched {
        nodes: matcher.nodes,
        duplicates: matcher.duplicates,
        extras,
        first_section,
        base,
    }
}

fn is_section(template: &Template, name: Option<&String>) -> bool {
    name.is_some_and(|name| {
        template
            .top
            .iter()
            .any(|top| template.sections.get(*top).is_some_and(|spec| spec.name == *name))
    })
}

/// Whether the heading right below the title continues it: no section, but the place of the header.
fn has_subtitle(document: &Document, template: &Template, names: &[String], base: u8) -> bool {
    let (Some(title), Some(below)) = (document.headings.first(), document.headings.get(1)) else {
        return false;
    };
    let fields = document.fields.iter().filter(|field| {
        let name = naming::normalise(&field.key);
        let own = below.block < field.block && document.headings.get(2).is_none_or(|next| field.block < next.block);
        own && template.header.iter().any(|spec| spec.is(&name, true))
    });
    let below_title = below.block == title.block + 1 && below.level == base;
    below_title && !is_section(template, names.get(1)) && fields.count() >= 2
}

/// The level on which the document has its sections: the one with most of them; the template's unless another clearly
/// wins.
fn base_level(document: &Document, template: &Template, names: &[String]) -> u8 {
    let usual = template.base;
    let count = |level: u8, aliases: bool| {
        let headings = document.headings.iter().zip(names);
        let here: HashSet<&str> = headings
            .filter(|(heading, _)| heading.level == level)
            .map(|(_, name)| name.as_str())
            .collect();
        let specs = template.top.iter().filter_map(|top| template.sections.get(*top));
        let alias = |spec: &SectionSpec| aliases && spec.aliases.iter().any(|alias| here.contains(alias.as_str()));
        specs
            .filter(|spec| here.contains(spec.name.as_str()) || alias(spec))
            .count()
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

impl Matcher<'_> {
    fn level(&self, heading: usize) -> u8 {
        self.document.headings.get(heading).map_or(6, |heading| heading.level)
    }

    fn name(&self, heading: usize) -> &str {
        self.names.get(heading).map_or("", String::as_str)
    }

    fn free(&self, heading: usize) -> bool {
        !self.taken.get(heading).copied().unwrap_or(true)
    }

    fn take(&mut self, heading: usize) {
        if let Some(taken) = self.taken.get_mut(heading) {
            *taken = true;
        }
    }

    fn spec(&self, spec: usize) -> Option<&SectionSpec> {
        self.template.sections.get(spec)
    }

    /// Matches the sections `specs`, siblings in the template, among the headings of `range`, on `level`.
    fn siblings(&mut self, specs: &[usize], parent: Option<usize>, range: &Range<usize>, level: u8) {
        let mut found: Vec<(usize, usize, Found)> = Vec::new();
        self.by_name(specs, range, level, &mut found);
        self.by_label(specs, range, level, &mut found);
        self.by_alias(specs, range, level, &mut found);
        self.by_part(specs, range, level, &mut found);
        self.by_likeness(specs, range, level, &mut found);
        self.on_other_levels(specs, parent, range, level, &mut found);
        let boundaries = self.boundaries(range, level, &found);
        let repeated = self.duplicates.len();
        self.duplicated(specs, range, level, &found);
        for &spec in specs {
            let mut instances: Vec<(usize, Found)> = found
                .iter()
                .filter(|(of, _, _)| *of == spec)
                .map(|(_, heading, how)| (*heading, *how))
                .collect();
            instances.sort_unstable_by_key(|(heading, _)| *heading);
            if instances.is_empty() {
                self.missing(spec, specs, parent, range, &found, &boundaries);
            }
            for (heading, how) in instances {
                let end = self.end_of(spec, heading, level, &boundaries);
                self.present(spec, parent, heading, how, end);
            }
        }
        self.claim_deeper(parent, level);
        // The nodes of what is repeated exist only now.
        for index in repeated..self.duplicates.len() {
            let Some(duplicate) = self.duplicates.get(index).copied() else {
                continue;
            };
            let node = self
                .nodes
                .iter()
                .position(|node| node.spec == duplicate.node && node.parent == parent);
            if let (Some(node), Some(duplicate)) = (node, self.duplicates.get_mut(index)) {
                duplicate.node = node;
            }
        }
    }

    /// The headings at which a section among `found` may end, and the end of the range.
    fn boundaries(&self, range: &Range<usize>, level: u8, found: &[(usize, usize, Found)]) -> Vec<usize> {
        let mut boundaries: Vec<usize> = range.clone().filter(|heading| self.level(*heading) <= level).collect();
        // A section that stands a level too high has its sub-sections where its siblings should be.
        for (spec, heading, _) in found.iter().filter(|(_, heading, _)| self.level(*heading) < level) {
            let later = found.iter().map(|(_, at, _)| *at).filter(|at| at > heading).min();
            let mut inside = heading + 1..later.unwrap_or(range.end);
            let last = inside.rfind(|at| self.is_child(*spec, *at));
            boundaries.retain(|at| at <= heading || last.is_none_or(|last| *at > last));
        }
        boundaries.push(range.end);
        boundaries
    }

    /// The heading at which a section ends. One that stands deeper than its siblings ends with the last of its own.
    fn end_of(&self, spec: usize, heading: usize, level: u8, boundaries: &[usize]) -> usize {
        let mut later = boundaries.iter().copied();
        let end = later.find(|boundary| *boundary > heading).unwrap_or(heading + 1);
        let own = self.level(heading);
        if own <= level {
            return end;
        }
        let mut inside = heading + 1..end;
        let last = inside.rfind(|at| self.level(*at) <= own && self.is_child(spec, *at));
        let mut behind = last.unwrap_or(heading) + 1..end;
        behind.find(|at| self.level(*at) <= own).unwrap_or(end)
    }

    /// A section that stands deeper than its siblings is no part of the one that it stands in.
    fn claim_deeper(&mut self, parent: Option<usize>, level: u8) {
        let siblings = || self.nodes.iter().filter(|node| node.parent == parent);
        let deeper: Vec<Range<usize>> = siblings()
            .filter(|node| node.heading.is_some_and(|heading| self.level(heading) > level))
            .map(|node| node.region.clone())
            .collect();
        for region in deeper {
            let around = |node: &&mut Node| {
                let own = node.parent == parent && node.heading.is_some();
                own && node.region.start < region.start && region.end <= node.region.end
            };
            if let Some(node) = self.nodes.iter_mut().find(around) {
                node.claimed.push(region);
            }
        }
    }

    /// Whether a heading bears the name of a sub-section of `spec`.
    fn is_child(&self, spec: usize, heading: usize) -> bool {
        let children = self.spec(spec).map_or(&[] as &[usize], |spec| &spec.children);
        children.iter().any(|child| self.is_named(*child, self.name(heading)))
    }

    fn candidates(&self, range: &Range<usize>, level: u8) -> Vec<usize> {
        range
            .clone()
            .filter(|heading| self.free(*heading) && self.level(*heading) == level)
            .collect()
    }

    fn by_name(&mut self, specs: &[usize], range: &Range<usize>, level: u8, found: &mut Vec<(usize, usize, Found)>) {
        for &spec in specs {
            let Some(name) = self
                .spec(spec)
                .filter(|spec| spec.group.is_none())
                .map(|spec| spec.name.clone())
            else {
                continue;
            };
            let hit = self
                .candidates(range, level)
                .into_iter()
                .find(|heading| self.name(*heading) == name);
            if let Some(heading) = hit {
                self.take(heading);
                found.push((spec, heading, Found::Name));
            }
        }
    }

    /// Instances of groups: by their label, and where the parent holds nothing else, whatever their name.
    fn by_label(&mut self, specs: &[usize], range: &Range<usize>, level: u8, found: &mut Vec<(usize, usize, Found)>) {
        for &spec in specs {
            let Some(label) = self.spec(spec).and_then(|spec| spec.group.clone()) else {
                continue;
            };
            let only = specs.len() == 1;
            for heading in self.candidates(range, level) {
                let text = self
                    .document
                    .headings
                    .get(heading)
                    .map_or("", |heading| heading.text.as_str());
                let labelled =
                    naming::numbered(text).is_some_and(|numbered| numbered.label.eq_ignore_ascii_case(&label));
                if labelled || only {
                    self.take(heading);
                    found.push((spec, heading, Found::Instance));
                }
            }
        }
    }

    fn by_alias(&mut self, specs: &[usize], range: &Range<usize>, level: u8, found: &mut Vec<(usize, usize, Found)>) {
        for &spec in specs {
            if found.iter().any(|(of, _, _)| *of == spec) {
                continue;
            }
            let Some(aliases) = self.spec(spec).map(|spec| spec.aliases.clone()) else {
                continue;
            };
            // The first alias that stands in the document wins: the list is in the order of certainty.
            let candidates = self.candidates(range, level);
            let hit = aliases
                .iter()
                .find_map(|alias| candidates.iter().find(|heading| self.name(**heading) == alias));
            if let Some(&heading) = hit {
                self.take(heading);
                found.push((spec, heading, Found::Alias));
            }
        }
    }

    /// Names with a remark, `Deployment (simplified)`, and those of several sections, `Test Strategy and Standards`.
    fn by_part(&mut self, specs: &[usize], range: &Range<usize>, level: u8, found: &mut Vec<(usize, usize, Found)>) {
        for heading in self.candidates(range, level) {
            let text = self.document.headings.get(heading).map(|heading| heading.text.as_str());
            let bare = text.and_then(alike::without_remark);
            let name = self.name(heading).to_owned();
            let parts = alike::parts(bare.as_deref().unwrap_or(&name));
            let names: Vec<&str> = bare.as_deref().into_iter().chain(parts).collect();
            let open = |wanted: &&str| {
                let open = specs.iter().copied().filter(|spec| self.is_open(*spec, found));
                let mut open = open.filter(|spec| self.is_named(*spec, wanted));
                open.next()
            };
            if let Some(spec) = names.iter().find_map(open) {
                self.take(heading);
                found.push((spec, heading, Found::Alias));
            }
        }
    }

    /// Whether a section has this name or other name.
    fn is_named(&self, spec: usize, name: &str) -> bool {
        self.spec(spec)
            .is_some_and(|spec| spec.name == name || spec.aliases.iter().any(|alias| alias == name))
    }

    fn by_likeness(
        &mut self,
        specs: &[usize],
        range: &Range<usize>,
        level: u8,
        found: &mut Vec<(usize, usize, Found)>,
    ) {
        let open: Vec<usize> = specs
            .iter()
            .copied()
            .filter(|spec| self.is_open(*spec, found))
            .collect();
        let mut hits: Vec<(f64, usize, usize)> = Vec::new();
        for heading in self.candidates(range, level) {
            let mut scores: Vec<(f64, usize)> =
                open.iter().map(|spec| (self.likeness(*spec, heading), *spec)).collect();
            scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let second = scores.get(1).map_or(0.0, |score| score.0);
            if let Some((best, spec)) = scores
                .first()
                .filter(|(best, _)| *best > 0.0 && best - second >= MARGIN)
            {
                hits.push((*best, *spec, heading));
            }
        }
        hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        for (_, spec, heading) in hits {
            if self.is_open(spec, found) && self.free(heading) {
                self.take(heading);
                let name = self.spec(spec).map_or("", |spec| spec.name.as_str());
                let number = alike::same_but_number(name, self.name(heading));
                let how = if number { Found::Alias } else { Found::Misspelt };
                found.push((spec, heading, how));
            }
        }
    }

    fn is_open(&self, spec: usize, found: &[(usize, usize, Found)]) -> bool {
        let single = self.spec(spec).is_some_and(|spec| spec.group.is_none());
        single && !found.iter().any(|(of, _, _)| *of == spec)
    }

    fn likeness(&self, spec: usize, heading: usize) -> f64 {
        self.spec(spec)
            .map_or(0.0, |spec| alike::misspelling(&spec.name, self.name(heading)))
    }

    /// Sections whose exact name stands on another level of the same range.
    fn on_other_levels(
        &mut self,
        specs: &[usize],
        parent: Option<usize>,
        range: &Range<usize>,
        level: u8,
        found: &mut Vec<(usize, usize, Found)>,
    ) {
        for &spec in specs {
            if !self.is_open(spec, found) {
                continue;
            }
            let name = self.spec(spec).map(|spec| spec.name.clone()).unwrap_or_default();
            let hit = range.clone().find(|heading| {
                let near = self.level(*heading) <= level + 2 && self.level(*heading) != level;
                self.free(*heading)
                    && near
                    && self.name(*heading) == name
                    && (parent.is_some() || !self.belongs(*heading, found))
            });
            if let Some(heading) = hit {
                self.take(heading);
                found.push((spec, heading, Found::WrongLevel));
            }
        }
    }

    /// Whether the section that a heading stands in has a sub-section of that name.
    fn belongs(&self, heading: usize, found: &[(usize, usize, Found)]) -> bool {
        let above = found
            .iter()
            .filter(|(_, at, _)| *at < heading)
            .max_by_key(|(_, at, _)| *at);
        let Some((spec, _, _)) = above else { return false };
        let mut open = vec![*spec];
        while let Some(spec) = open.pop() {
            if self.is_child(spec, heading) {
                return true;
            }
            open.extend(self.spec(spec).map_or(&[] as &[usize], |spec| &spec.children));
        }
        false
    }

    /// Headings that bear the name of a section which was found elsewhere on the level.
    fn duplicated(&mut self, specs: &[usize], range: &Range<usize>, level: u8, found: &[(usize, usize, Found)]) {
        for heading in self.candidates(range, level) {
            let name = self.name(heading);
            let twin = found.iter().find(|(spec, _, how)| {
                specs.contains(spec)
                    && *how != Found::Instance
                    && self.spec(*spec).is_some_and(|spec| spec.name == name)
            });
            if let Some((spec, _, _)) = twin.copied() {
                self.take(heading);
                self.duplicates.push(Duplicate { heading, node: spec });
            }
        }
    }

    fn present(&mut self, spec: usize, parent: Option<usize>, heading: usize, how: Found, end: usize) {
        let node = self.nodes.len();
        let region = heading..end;
        self.nodes
            .push(Node::new(spec, parent, Some(heading), how, region.clone(), 0));
        let children = self.spec(spec).map(|spec| spec.children.clone()).unwrap_or_default();
        let inside = heading + 1..end;
        let wanted = self.level(heading).min(5) + 1;
        let levels = || inside.clone().map(|heading| self.level(heading));
        // A section that stands one level too low keeps its sub-sections where the template has them.
        let sibling = levels().any(|level| level == self.level(heading));
        let level = match how {
            Found::WrongLevel if sibling => self.level(heading),
            _ if levels().any(|level| level == wanted) => wanted,
            _ => levels().min().unwrap_or(wanted),
        };
        self.siblings(&children, Some(node), &inside, level);
        let claimed: Vec<Range<usize>> = self
            .nodes
            .iter()
            .filter(|child| child.parent == Some(node))
            .map(|child| child.region.clone())
            .collect();
        if let Some(node) = self.nodes.get_mut(node) {
            node.claimed = claimed;
        }
    }

    fn missing(
        &mut self,
        spec: usize,
        specs: &[usize],
        parent: Option<usize>,
        range: &Range<usize>,
        found: &[(usize, usize, Found)],
        boundaries: &[usize],
    ) {
        let at = |of: usize| {
            found
                .iter()
                .filter(move |(found, _, _)| *found == of)
                .map(|(_, heading, _)| *heading)
        };
        let before = specs
            .iter()
            .take_while(|other| **other != spec)
            .filter_map(|other| at(*other).max())
            .last();
        let after = specs
            .iter()
            .skip_while(|other| **other != spec)
            .find_map(|other| at(*other).min());
        let heading = match (before, after) {
            (Some(before), _) => boundaries
                .iter()
                .copied()
                .find(|boundary| *boundary > before)
                .unwrap_or(range.end),
            (None, Some(after)) => after,
            (None, None) => range.end,
        };
        let offset = self
            .document
            .headings
            .get(heading)
            .map_or(self.end, |heading| heading.span.start);
        let maybe = self.maybe(spec, specs, range, found);
        let node = self.nodes.len();
        let mut missing = Node::new(spec, parent, None, Found::Missing, heading..heading, offset);
        missing.maybe = maybe;
        self.nodes.push(missing);
        let children = self.spec(spec).map(|spec| spec.children.clone()).unwrap_or_default();
        self.siblings(&children, Some(node), &(heading..heading), 6);
    }

    /// A heading that nothing else explains and whose name is something like the section's.
    fn maybe(
        &self,
        spec: usize,
        specs: &[usize],
        range: &Range<usize>,
        found: &[(usize, usize, Found)],
    ) -> Option<usize> {
        let free = range
            .clone()
            .filter(|heading| self.free(*heading) && !found.iter().any(|(_, at, _)| at == heading));
        let siblings = specs.iter().filter_map(|spec| self.spec(*spec));
        let mut words: Vec<&str> = siblings.flat_map(|spec| spec.name.split(' ')).collect();
        words.sort_unstable();
        let common: Vec<&str> = words
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect();
        let name = self.spec(spec).map_or("", |spec| spec.name.as_str());
        let best = free
            .map(|heading| (alike::resemblance(name, self.name(heading), &common), heading))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best.0 > 0.0).then_some(best.1)
    }

    /// Sub-sections that stand in another section than the template's.
    fn elsewhere(&mut self) {
        for index in 0..self.nodes.len() {
            let Some(node) = self
                .nodes
                .get(index)
                .filter(|node| node.heading.is_none() && node.parent.is_some())
            else {
                continue;
            };
            let parent_there = node
                .parent
                .and_then(|parent| self.nodes.get(parent))
                .is_some_and(|parent| parent.heading.is_some());
            let name = match self.spec(node.spec).filter(|spec| spec.group.is_none()) {
                Some(spec) if parent_there => spec.name.clone(),
                _ => continue,
            };
            let hit = (0..self.names.len())
                .find(|heading| self.free(*heading) && self.level(*heading) > 2 && self.name(*heading) == name);
            if let Some(heading) = hit {
                self.take(heading);
                let end = (heading + 1..self.names.len()).find(|next| self.level(*next) <= self.level(heading));
                if let Some(node) = self.nodes.get_mut(index) {
                    node.heading = Some(heading);
                    node.found = Found::WrongParent;
                    node.region = heading..end.unwrap_or(self.names.len());
                }
            }
        }
    }

    /// Missing sections whose heading is there, but is none to the parser.
    fn hidden(&mut self) {
        let names: Vec<String> = self
            .document
            .lost_headings
            .iter()
            .map(|heading| naming::normalise(&heading.text))
            .collect();
        // One fence that is never closed turns every other one inside out.
        let open = self
            .document
            .blocks
            .iter()
            .any(|block| matches!(&block.kind, BlockKind::Code(code) if code.unclosed));
        let mut used = vec![false; names.len()];
        for index in 0..self.nodes.len() {
            let Some(node) = self.nodes.get(index).filter(|node| node.heading.is_none()) else {
                continue;
            };
            let Some(spec) = self.spec(node.spec).filter(|spec| spec.group.is_none()) else {
                continue;
            };
            let level = self.base.saturating_add(spec.depth).saturating_sub(1);
            let lost = self.document.lost_headings.iter();
            let hit = names.iter().zip(&used).zip(lost).position(|((name, used), lost)| {
                *name == spec.name && !used && (open || hides(self.document, lost, level))
            });
            if let (Some(hit), Some(node)) = (hit, self.nodes.get_mut(index)) {
                node.lost = Some(hit);
                if let Some(used) = used.get_mut(hit) {
                    *used = true;
                }
            }
        }
    }
}

/// Whether a line that looks like a heading may be a section's, on `level`. In a closed code block, most are comments
/// of the code or an example.
fn hides(document: &Document, lost: &LostHeading, level: u8) -> bool {
    let Hiding::Fence(fence) = lost.hiding else {
        return true;
    };
    let info = document.text.get(fence).trim_start_matches(['`', '~', ' ']);
    let example = ["md", "markdown"].iter().any(|word| info.starts_with(word));
    lost.level == level && level > 1 && !example
}

impl Node {
    fn new(
        spec: usize,
        parent: Option<usize>,
        heading: Option<usize>,
        found: Found,
        region: Range<usize>,
        insertion: usize,
    ) -> Self {
        Self {
            spec,
            parent,
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
