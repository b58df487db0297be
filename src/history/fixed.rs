//! A history told by hand, for tests of the layers above: one line of commits, oldest first.
//! It starts nothing, and the commits go the same way as those that git tells.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::assemble::{Head, Material, Member, Texts, blank, document};
use super::follow::touches;
use super::graph::Graph;
use super::parse::{Entry, FileChange, Status, Walk};
use super::people::{name_only, one_line, trailers};
use super::{Book, Commit, Derive, History, Options, Repository, Source, State, Working};

/// A history told by hand.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// What to claim. Where it is unavailable, the commits are not told.
    pub state: State,
    /// Oldest first, each the parent of the next.
    pub commits: Vec<FixedCommit>,
}

/// One commit of it.
#[derive(Clone, Debug, Default)]
pub struct FixedCommit {
    /// Full hash; where it is empty, the number of the commit as forty hexadecimal digits.
    pub hash: String,
    /// Day of authorship.
    pub date: Date,
    /// Author.
    pub author: String,
    /// First paragraph of the message.
    pub subject: String,
    /// The rest of the message, where trailers stand.
    pub body: String,
    /// What it did.
    pub changes: Vec<FixedChange>,
}

/// What a commit did to one file. Paths are relative to the book's root, with forward slashes.
#[derive(Clone, Debug)]
pub enum FixedChange {
    /// The file has this text from now on.
    Write(String, String),
    /// The file moved from the first path to the second, its text unchanged.
    Rename(String, String),
    /// The file is gone.
    Remove(String),
}

impl Source for Fixed {
    fn history(&self, book: &Book<'_>, options: &Options, derive: Derive<'_>) -> History {
        let mut repository = Repository {
            directory: String::new(),
            state: self.state.clone(),
            head: None,
            graph: Graph::default(),
        };
        if matches!(self.state, State::Unavailable(_)) {
            let documents = book
                .chapters
                .iter()
                .map(|chapter| blank(chapter.path, 0, Working::Unknown))
                .collect();
            return History {
                repositories: vec![repository],
                documents,
            };
        }
        let mut script = Script::default();
        let mut entries: Vec<Entry> = (0..)
            .zip(&self.commits)
            .map(|(at, commit)| script.entry(at, self.commits.len(), commit))
            .collect();
        entries.reverse();
        let nodes: Vec<(String, Vec<String>)> = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                let parent = entries.get(at + 1).map(|parent| parent.commit.hash.clone());
                (entry.commit.hash.clone(), parent.into_iter().collect())
            })
            .collect();
        repository.head = nodes.first().map(|node| node.0.clone());
        let walk = Walk {
            graph: Graph::new(&nodes),
            entries,
        };
        let members: Vec<Member<'_>> = book
            .chapters
            .iter()
            .map(|chapter| Member {
                chapter: *chapter,
                path: Some(chapter.path.to_owned()),
            })
            .collect();
        let paths: Vec<Option<String>> = members.iter().map(|member| member.path.clone()).collect();
        let touches = touches(&walk, &paths);
        let texts = script.texts(derive, &members, &touches, &walk);
        let material = Material {
            walk: &walk,
            options,
            shallow: false,
            listed: BTreeSet::new(),
            texts,
        };
        let documents = touches
            .iter()
            .enumerate()
            .map(|(member, own)| document(&material, 0, member, own))
            .collect();
        repository.graph = walk.graph.clone();
        History {
            repositories: vec![repository],
            documents,
        }
    }
}

/// The files as the script goes along. A text's id is its position.
#[derive(Default)]
struct Script {
    texts: Vec<String>,
    files: BTreeMap<String, String>,
}

impl Script {
    fn entry(&mut self, at: usize, count: usize, commit: &FixedCommit) -> Entry {
        let hash = if commit.hash.is_empty() {
            format!("{:040x}", at + 1)
        } else {
            commit.hash.clone()
        };
        let midnight = commit.date.duration_since(Date::constant(1970, 1, 1));
        let commit_of = Commit {
            repository: 0,
            index: count.saturating_sub(at + 1),
            hash,
            date: Some(commit.date),
            time: midnight.as_secs(),
            author: name_only(&commit.author),
            subject: one_line(&commit.subject),
            trailers: trailers(&commit.body),
        };
        let files = commit.changes.iter().map(|change| self.change(change)).collect();
        Entry {
            commit: Arc::new(commit_of),
            files,
        }
    }

    fn change(&mut self, change: &FixedChange) -> FileChange {
        match change {
            FixedChange::Write(path, text) => {
                let id = self
                    .texts
                    .iter()
                    .position(|known| known == text)
                    .unwrap_or(self.texts.len());
                if id == self.texts.len() {
                    self.texts.push(text.clone());
                }
                let after = Some(id.to_string());
                let before = self.files.insert(path.clone(), id.to_string());
                let status = if before.is_some() {
                    Status::Modified
                } else {
                    Status::Added
                };
                FileChange {
                    status,
                    before,
                    after,
                    path: path.clone(),
                    from: None,
                }
            }
            FixedChange::Rename(from, to) => {
                let before = self.files.remove(from);
                before
                    .iter()
                    .for_each(|id| drop(self.files.insert(to.clone(), id.clone())));
                let after = before.clone();
                FileChange {
                    status: Status::Renamed,
                    before,
                    after,
                    path: to.clone(),
                    from: Some(from.clone()),
                }
            }
            FixedChange::Remove(path) => {
                let before = self.files.remove(path);
                FileChange {
                    status: Status::Deleted,
                    before,
                    after: None,
                    path: path.clone(),
                    from: None,
                }
            }
        }
    }

    fn texts<'a>(
        &self,
        derive: Derive<'a>,
        members: &'a [Member<'a>],
        touches: &[Vec<super::follow::Touch>],
        walk: &Walk,
    ) -> Texts<'a> {
        let mut texts = Texts::new(derive, members);
        let text = |id: &String| self.texts.get(id.parse::<usize>().ok()?);
        for (member, own) in touches.iter().enumerate() {
            for file in own
                .iter()
                .filter_map(|(entry, file)| walk.entries.get(*entry)?.files.get(*file))
            {
                for id in [&file.before, &file.after].into_iter().flatten() {
                    if let Some(text) = text(id) {
                        texts.add(member, id, text);
                    }
                }
            }
            let path = members.get(member).map_or("", |member| member.chapter.path);
            match self.files.get(path).and_then(|id| Some((id, text(id)?))) {
                Some((id, text)) => texts.add_head(member, id, text),
                None => texts.set_head(member, Head::Missing),
            }
        }
        texts
    }
}
