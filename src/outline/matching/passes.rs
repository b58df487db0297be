//! The ways to recognise a section, from the surest to the least sure. Each leaves alone what an earlier one took.

use super::{Hit, MARGIN, Matcher};
use crate::document::{Heading, HeadingId};
use crate::ids::Ids;
use crate::outline::{Found, NodeId, alike};
use crate::template::{Instances, SpecId};

impl Matcher<'_> {
    pub(super) fn by_name(&mut self, specs: &[SpecId], range: Ids<Heading>, level: u8, found: &mut Vec<Hit>) {
        let candidates = self.candidates(range, level);
        for &spec in specs {
            let single = self.spec(spec);
            if single.group.is_some() {
                continue;
            }
            let named = |heading: &&HeadingId| self.name(**heading) == single.name && self.free(**heading);
            if let Some(&heading) = candidates.iter().find(named) {
                self.take(heading);
                found.push((spec, heading, Found::Name));
            }
        }
    }

    /// Instances of groups: by their label, and where the parent holds nothing else, whatever their name.
    pub(super) fn by_label(&mut self, specs: &[SpecId], range: Ids<Heading>, level: u8, found: &mut Vec<Hit>) {
        let any = |matcher: &Self, spec| matcher.spec(spec).instances == Instances::Any;
        self.instances(specs, range, level, found, |matcher, spec, heading| {
            specs.len() == 1 || !any(matcher, spec) && matcher.is_instance(spec, heading)
        });
    }

    /// Instances of groups whose names are the author's: the headings that are nothing else.
    pub(super) fn by_any_name(&mut self, specs: &[SpecId], range: Ids<Heading>, level: u8, found: &mut Vec<Hit>) {
        self.instances(specs, range, level, found, Self::is_instance);
    }

    fn instances(
        &mut self,
        specs: &[SpecId],
        range: Ids<Heading>,
        level: u8,
        found: &mut Vec<Hit>,
        is: impl Fn(&Self, SpecId, HeadingId) -> bool,
    ) {
        for &spec in specs {
            if self.spec(spec).group.is_none() {
                continue;
            }
            for heading in self.candidates(range, level) {
                if is(self, spec, heading) {
                    self.take(heading);
                    found.push((spec, heading, Found::Instance));
                }
            }
        }
    }

    pub(super) fn by_alias(&mut self, specs: &[SpecId], range: Ids<Heading>, level: u8, found: &mut Vec<Hit>) {
        let candidates = self.candidates(range, level);
        for &spec in specs {
            if found.iter().any(|(of, _, _)| *of == spec) {
                continue;
            }
            let aliases = &self.spec(spec).aliases;
            // The first alias that stands in the document wins: the list is in the order of certainty.
            let named = |heading: HeadingId, alias: &str| self.name(heading) == alias && self.free(heading);
            let hit = aliases
                .iter()
                .find_map(|alias| candidates.iter().find(|heading| named(**heading, alias)));
            if let Some(&heading) = hit {
                self.take(heading);
                found.push((spec, heading, Found::Alias));
            }
        }
    }

    /// Names with a remark, `Deployment (simplified)`, and those of several sections, `Test Strategy and Standards`.
    pub(super) fn by_part(&mut self, specs: &[SpecId], range: Ids<Heading>, level: u8, found: &mut Vec<Hit>) {
        for heading in self.candidates(range, level) {
            let bare = alike::without_remark(&self.document.headings[heading].text);
            let parts = alike::parts(bare.as_deref().unwrap_or(self.name(heading)));
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
    pub(super) fn is_named(&self, spec: SpecId, name: &str) -> bool {
        let spec = self.spec(spec);
        spec.name == name || spec.aliases.iter().any(|alias| alias == name)
    }

    /// Whether a heading has the form of the instances of a group: `Component 2: Order Service`.
    pub(super) fn is_instance(&self, spec: SpecId, heading: HeadingId) -> bool {
        self.spec(spec).is_instance(&self.document.headings[heading].text)
    }

    pub(super) fn by_likeness(&mut self, specs: &[SpecId], range: Ids<Heading>, level: u8, found: &mut Vec<Hit>) {
        let open: Vec<SpecId> = specs
            .iter()
            .copied()
            .filter(|spec| self.is_open(*spec, found))
            .collect();
        let mut hits: Vec<(f64, SpecId, HeadingId)> = Vec::new();
        for heading in self.candidates(range, level) {
            let mut scores: Vec<(f64, SpecId)> =
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
                let name = &self.spec(spec).name;
                let number = alike::same_but_number(name, self.name(heading));
                let how = if number { Found::Alias } else { Found::Misspelt };
                found.push((spec, heading, how));
            }
        }
    }

    pub(super) fn is_open(&self, spec: SpecId, found: &[Hit]) -> bool {
        self.spec(spec).group.is_none() && !found.iter().any(|(of, _, _)| *of == spec)
    }

    pub(super) fn likeness(&self, spec: SpecId, heading: HeadingId) -> f64 {
        alike::misspelling(&self.spec(spec).name, self.name(heading))
    }

    /// Sections whose exact name stands on another level of the same range.
    pub(super) fn on_other_levels(
        &mut self,
        specs: &[SpecId],
        parent: Option<NodeId>,
        range: Ids<Heading>,
        level: u8,
        found: &mut Vec<Hit>,
    ) {
        for &spec in specs {
            if !self.is_open(spec, found) {
                continue;
            }
            let name = self.spec(spec).name.as_str();
            let hit = range.iter().find(|heading| {
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
    fn belongs(&self, heading: HeadingId, found: &[Hit]) -> bool {
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
            open.extend(&self.spec(spec).children);
        }
        false
    }

    /// Headings that bear the name of a section which was found elsewhere on the level, each with that section.
    pub(super) fn duplicated(
        &mut self,
        specs: &[SpecId],
        range: Ids<Heading>,
        level: u8,
        found: &[Hit],
    ) -> Vec<(SpecId, HeadingId)> {
        let mut repeated = Vec::new();
        for heading in self.candidates(range, level) {
            let name = self.name(heading);
            let twin = found.iter().find(|(spec, _, how)| {
                specs.contains(spec) && *how != Found::Instance && self.spec(*spec).name == name
            });
            if let Some((spec, _, _)) = twin.copied() {
                self.take(heading);
                repeated.push((spec, heading));
            }
        }
        repeated
    }
}
