//! Which file changes belong to which document: renames are followed back in time, copies are not.
//! It knows paths and descent alone, and never compares texts.

use std::collections::{BTreeSet, HashMap};

use super::graph::{Graph, Marks};
use super::parse::{Status, Walk};

/// A file change: position of the entry in the walk, and of the file in it.
pub(super) type Touch = (usize, usize);

/// A name that a document had over a part of the history.
struct Alias {
    document: usize,
    /// The rename that gave up this name: it holds neither there nor in what descends from it.
    until: Option<usize>,
    /// The renames that gave the document this name, or took the name from an earlier file: it holds before none of them.
    /// The flag says whether it holds at the rename itself.
    since: Vec<(usize, bool)>,
}

/// What is before and after a rename.
struct Around {
    before: Marks,
    after: Marks,
}

/// The changes of each document, in walk order, at most one for each commit. `paths` are those that the documents have
/// now, relative to the top of the repository.
pub(super) fn touches(walk: &Walk, paths: &[Option<String>]) -> Vec<Vec<Touch>> {
    let mut names = Names {
        aliases: Vec::new(),
        by_path: HashMap::new(),
        around: HashMap::new(),
        seen: BTreeSet::new(),
    };
    for (document, path) in paths.iter().enumerate() {
        if let Some(path) = path {
            names.add(document, path, None);
        }
    }
    names.follow(walk);
    let mut touches: Vec<Vec<Touch>> = paths.iter().map(|_| Vec::new()).collect();
    for (at, entry) in walk.entries.iter().enumerate() {
        for (position, file) in entry.files.iter().enumerate() {
            for document in names.holding(&file.path, entry.commit.index) {
                if let Some(own) = touches.get_mut(document)
                    && own.last().is_none_or(|last| last.0 != at)
                {
                    own.push((at, position));
                }
            }
        }
    }
    touches
}

struct Names {
    aliases: Vec<Alias>,
    by_path: HashMap<String, Vec<usize>>,
    around: HashMap<usize, Around>,
    seen: BTreeSet<(usize, String, Option<usize>)>,
}

impl Names {
    fn add(&mut self, document: usize, path: &str, until: Option<usize>) -> bool {
        let new = self.seen.insert((document, path.to_owned(), until));
        if new {
            self.by_path
                .entry(path.to_owned())
                .or_default()
                .push(self.aliases.len());
            self.aliases.push(Alias {
                document,
                until,
                since: Vec::new(),
            });
        }
        new
    }

    /// Gives each document the names that it had before renames, until there are no more: lines of history that run side
    /// by side may be walked in any order.
    fn follow(&mut self, walk: &Walk) {
        let files = || {
            walk.entries
                .iter()
                .flat_map(|entry| entry.files.iter().map(|file| (entry.commit.index, file)))
        };
        let renames: Vec<(usize, &str, &str)> = files()
            .filter_map(|(at, file)| Some((at, file.from.as_deref()?, file.path.as_str())))
            .collect();
        let mut arrivals: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, file) in files().filter(|(_, file)| matches!(file.status, Status::Added | Status::Renamed)) {
            arrivals.entry(&file.path).or_default().push(at);
        }
        let mut again = true;
        while again {
            again = false;
            for (at, from, to) in &renames {
                for id in self.ids(to, *at) {
                    again |= self.close(id, *at, true, &walk.graph);
                    if let Some(document) = self.aliases.get(id).map(|alias| alias.document) {
                        again |= self.add(document, from, Some(*at));
                        self.surround(*at, &walk.graph);
                    }
                }
                // The name went to another file: what was before belongs to that one, if the name then began anew.
                let anew = arrivals.get(from).map(Vec::as_slice).unwrap_or_default();
                for id in self.ids(from, *at) {
                    self.surround(*at, &walk.graph);
                    if anew
                        .iter()
                        .any(|arrival| self.around.get(at).is_some_and(|around| around.after.has(*arrival)))
                    {
                        again |= self.close(id, *at, false, &walk.graph);
                    }
                }
            }
        }
    }

    fn close(&mut self, id: usize, at: usize, holds: bool, graph: &Graph) -> bool {
        self.surround(at, graph);
        match self.aliases.get_mut(id) {
            Some(alias) if !alias.since.contains(&(at, holds)) => {
                alias.since.push((at, holds));
                true
            }
            _ => false,
        }
    }

    fn surround(&mut self, at: usize, graph: &Graph) {
        self.around.entry(at).or_insert_with(|| Around {
            before: graph.ancestor_marks(at),
            after: graph.descendant_marks(at),
        });
    }

    /// The aliases of `path` that hold in the commit at `at`.
    fn ids(&self, path: &str, at: usize) -> Vec<usize> {
        let all = self.by_path.get(path).map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .copied()
            .filter(|id| self.aliases.get(*id).is_some_and(|alias| self.holds(alias, at)))
            .collect()
    }

    fn holding(&self, path: &str, at: usize) -> impl Iterator<Item = usize> {
        self.ids(path, at)
            .into_iter()
            .filter_map(|id| self.aliases.get(id))
            .map(|alias| alias.document)
    }

    fn holds(&self, alias: &Alias, at: usize) -> bool {
        let around = |rename: &usize| self.around.get(rename);
        let over = alias
            .until
            .as_ref()
            .and_then(around)
            .is_some_and(|around| around.after.has(at));
        let early = |(rename, holds): &(usize, bool)| {
            if *rename == at {
                !holds
            } else {
                around(rename).is_some_and(|around| around.before.has(at))
            }
        };
        !over && !alias.since.iter().any(early)
    }
}
