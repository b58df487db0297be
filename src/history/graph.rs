//! How commits descend from each other, answered from the walk. It never asks git.

use std::collections::HashMap;

use super::Commit;

/// The commits of one walk and their parents. A commit comes before its ancestors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// Where the parents of each commit begin in `parents`, and one more for the end.
    starts: Vec<usize>,
    parents: Vec<usize>,
}

/// A commit and its ancestors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ancestors {
    repository: usize,
    marks: Marks,
}

/// A set of commits by their position in the walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(Vec<u64>);

impl Graph {
    /// From the hash and the parents' hashes of each commit in walk order. Parents that the walk has not are dropped.
    pub(super) fn new(nodes: &[(String, Vec<String>)]) -> Self {
        let positions: HashMap<&str, usize> = nodes
            .iter()
            .enumerate()
            .map(|(at, node)| (node.0.as_str(), at))
            .collect();
        let mut graph = Self {
            starts: vec![0],
            parents: Vec::with_capacity(nodes.len()),
        };
        for (_, parents) in nodes {
            graph
                .parents
                .extend(parents.iter().filter_map(|hash| positions.get(hash.as_str())));
            graph.starts.push(graph.parents.len());
        }
        graph
    }

    /// How many commits there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The parents of a commit, as positions in the walk.
    pub(super) fn parents(&self, of: usize) -> &[usize] {
        let from = self.starts.get(of).copied().unwrap_or(0);
        let to = self.starts.get(of + 1).copied().unwrap_or(from);
        self.parents.get(from..to).unwrap_or(&[])
    }

    /// `of` and its ancestors.
    pub(super) fn ancestor_marks(&self, of: usize) -> Marks {
        let mut marks = Marks::new(self.len());
        marks.set(of);
        for at in of..self.len() {
            if marks.has(at) {
                self.parents(at).iter().for_each(|parent| marks.set(*parent));
            }
        }
        marks
    }

    /// `of` and its descendants.
    pub(super) fn descendant_marks(&self, of: usize) -> Marks {
        let mut marks = Marks::new(self.len());
        marks.set(of);
        for at in (0..of).rev() {
            if self.parents(at).iter().any(|parent| marks.has(*parent)) {
                marks.set(at);
            }
        }
        marks
    }

    /// The commit at `of` and its ancestors, as a set to ask.
    pub(super) fn ancestors(&self, repository: usize, of: usize) -> Ancestors {
        Ancestors {
            repository,
            marks: self.ancestor_marks(of),
        }
    }
}

impl Ancestors {
    /// Whether `commit` is the one asked for or an ancestor of it.
    pub fn contains(&self, commit: &Commit) -> bool {
        commit.repository == self.repository && self.marks.has(commit.index)
    }
}

impl Marks {
    fn new(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    fn set(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reaches(nodes: &[(String, Vec<String>)], from: usize, to: usize) -> bool {
        from == to
            || nodes[from]
                .1
                .iter()
                .any(|parent| reaches(nodes, parent.parse().unwrap(), to))
    }

    proptest! {
        #[test]
        fn agrees_with_walking_the_parents(shape in prop::collection::vec(prop::collection::vec(1..4usize, 0..3), 1..12)) {
            let nodes: Vec<(String, Vec<String>)> = shape
                .iter()
                .enumerate()
                .map(|(at, steps)| {
                    let parents = steps.iter().map(|step| at + step).filter(|parent| *parent < shape.len());
                    (at.to_string(), parents.map(|parent| parent.to_string()).collect())
                })
                .collect();
            let graph = Graph::new(&nodes);
            for a in 0..nodes.len() {
                for b in 0..nodes.len() {
                    let expected = reaches(&nodes, b, a);
                    prop_assert_eq!(graph.ancestor_marks(b).has(a), expected);
                    prop_assert_eq!(graph.descendant_marks(a).has(b), expected);
                }
            }
        }
    }

    #[test]
    fn empty_graph_has_no_ancestors() {
        assert!(!Graph::default().ancestor_marks(0).has(1));
        assert!(Graph::default().parents(7).is_empty());
    }
}
