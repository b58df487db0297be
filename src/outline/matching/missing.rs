//! What is not where it should be: where it belongs, which heading may be meant, what hides it, where else it stands.

use super::{Hit, Matcher};
use crate::document::{Document, Heading, HeadingId, Hiding, LostHeading};
use crate::ids::Ids;
use crate::naming;
use crate::outline::{Found, Node, NodeId, alike};
use crate::template::SpecId;

impl Matcher<'_> {
    pub(super) fn missing(
        &mut self,
        spec: SpecId,
        specs: &[SpecId],
        parent: Option<NodeId>,
        range: Ids<Heading>,
        found: &[Hit],
        boundaries: &[HeadingId],
    ) {
        let at = |of: SpecId| {
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
        let next = match before {
            Some(before) => boundaries.iter().copied().find(|boundary| *boundary > before),
            None => after,
        };
        let place = next.map_or(range, |next| range.before(next)).place_behind();
        let next = self.document.headings.next(place);
        let offset = next.map_or(self.end, |heading| heading.span.start);
        let maybe = self.maybe(spec, specs, range, found);
        let mut missing = Node::new(spec, parent, None, Found::Missing, place, offset);
        missing.maybe = maybe;
        let node = self.nodes.push(missing);
        self.siblings(&self.spec(spec).children, Some(node), place, 6);
    }

    /// A heading that nothing else explains and whose name is something like the section's.
    fn maybe(&self, spec: SpecId, specs: &[SpecId], range: Ids<Heading>, found: &[Hit]) -> Option<HeadingId> {
        let free = range
            .iter()
            .filter(|heading| self.free(*heading) && !found.iter().any(|(_, at, _)| at == heading));
        let siblings = specs.iter().map(|spec| self.spec(*spec));
        let mut words: Vec<&str> = siblings.flat_map(|spec| spec.name.split(' ')).collect();
        words.sort_unstable();
        let common: Vec<&str> = words
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect();
        let name = &self.spec(spec).name;
        let best = free
            .map(|heading| (alike::resemblance(name, self.name(heading), &common), heading))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best.0 > 0.0).then_some(best.1)
    }

    /// Sub-sections that stand in another section than the template's. One that came along with its parent stands right.
    pub(super) fn elsewhere(&mut self) {
        for id in self.nodes.ids() {
            let (node, spec) = (&self.nodes[id], self.spec(self.nodes[id].spec));
            let parent = node.parent.map(|parent| &self.nodes[parent]);
            let Some(parent) = parent.filter(|parent| parent.heading.is_some()) else {
                continue;
            };
            if node.heading.is_some() || spec.group.is_some() {
                continue;
            }
            let bears_it = |heading: &HeadingId| {
                self.free(*heading) && self.level(*heading) > 2 && self.name(*heading) == spec.name.as_str()
            };
            let moved = parent.found == Found::WrongParent;
            let along = parent.region.iter().find(bears_it).filter(|_| moved);
            let hit = along
                .map(|heading| (heading, Found::Name))
                .or_else(|| Some((self.names.ids().iter().find(bears_it)?, Found::WrongParent)));
            if let Some((heading, found)) = hit {
                self.take(heading);
                let behind = self.names.ids().behind(heading);
                let end = behind.iter().find(|next| self.level(*next) <= self.level(heading));
                let below = end.map_or(behind, |end| behind.before(end));
                let node = &mut self.nodes[id];
                node.heading = Some(heading);
                node.found = found;
                node.region = below.with_head(heading);
            }
        }
    }

    /// Missing sections whose heading is there, but is none to the parser.
    pub(super) fn hidden(&mut self) {
        let names: Vec<String> = self
            .document
            .lost_headings
            .iter()
            .map(|heading| naming::normalise(&heading.text))
            .collect();
        // One fence that is never closed turns every other one inside out.
        let open = self.document.unclosed_blocks().any(|block| !block.is_html());
        let mut used = vec![false; names.len()];
        for node in self.nodes.iter_mut().filter(|node| node.heading.is_none()) {
            let spec = &self.template.sections[node.spec];
            if spec.group.is_some() {
                continue;
            }
            let level = self.base.saturating_add(spec.depth).saturating_sub(1);
            let mut lost = self.document.lost_headings.iter().zip(&names).zip(&mut used);
            let hit = lost.find(|((lost, name), used)| {
                **name == spec.name && !**used && (open || hides(self.document, lost, level))
            });
            if let Some(((lost, _), used)) = hit {
                node.lost = Some(lost.clone());
                *used = true;
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
