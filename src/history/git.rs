//! Asks the git program: a probe, one `git log` and one `git cat-file` for each repository that holds chapters, and where
//! chapters lie outside their directory, where those came from.
//! What comes back is taken whole or not at all; nothing is written, fetched or configured.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::assemble::{Head, Material, Member, Texts, blank, document};
use super::follow::{Touch, touches};
use super::graph::Graph;
use super::parse::{self, LOG_FORMAT, Malformed, Object, Status, Walk};
use super::paths::{below, in_repository, is_broken, join, nested_repository, relative};
use super::probe::Probe;
use super::process::Program;
use super::state::{Cause, Reason};
use super::waiting::{Output, Patience};
use super::{Book, Chapter, Derive, DocumentHistory, History, Options, Repository, Source, State, Working};

/// How many names in a row a chapter that lies outside the directory of the chapters is followed back through.
const LONGEST_CHAIN: usize = 20;

/// History as the git program on the search path tells it. Where it gave no answer it is not asked again: a run looks at
/// the history more than once, and waits once.
#[derive(Clone, Debug)]
pub struct Git {
    pub(super) program: Program,
    /// Why there was no answer, by the directory that it was asked in.
    silent: Arc<Mutex<BTreeMap<PathBuf, Reason>>>,
}

impl Default for Git {
    fn default() -> Self {
        Self {
            program: Program {
                name: "git".into(),
                env: Vec::new(),
            },
            silent: Arc::default(),
        }
    }
}

impl Source for Git {
    fn history(&self, book: &Book<'_>, options: &Options, derive: Derive<'_>) -> History {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut nested = BTreeMap::new();
        for (at, chapter) in book.chapters.iter().enumerate() {
            groups
                .entry(nested_repository(book.root, chapter.path, &mut nested))
                .or_default()
                .push(at);
        }
        let mut history = History {
            repositories: Vec::new(),
            documents: Vec::new(),
        };
        let mut documents: BTreeMap<usize, DocumentHistory> = BTreeMap::new();
        let patience = Patience::new(options.timeout);
        for (directory, chapters) in groups {
            let visit = Visit {
                git: self,
                book,
                options,
                derive,
                directory: &directory,
                number: history.repositories.len(),
                patience: &patience,
            };
            let (repository, own) = visit.run(&chapters);
            history.repositories.push(repository);
            documents.extend(chapters.into_iter().zip(own));
        }
        history.documents = documents.into_values().collect();
        history
    }
}

/// The reading of one repository.
struct Visit<'a> {
    git: &'a Git,
    book: &'a Book<'a>,
    options: &'a Options,
    derive: Derive<'a>,
    /// Relative to the book's root.
    directory: &'a str,
    /// Position among the repositories.
    number: usize,
    /// Shared by all repositories.
    patience: &'a Patience,
}

impl Visit<'_> {
    fn run(&self, chapters: &[usize]) -> (Repository, Vec<DocumentHistory>) {
        let chapters: Vec<_> = chapters
            .iter()
            .filter_map(|at| self.book.chapters.get(*at))
            .copied()
            .collect();
        let read = self.known_silent().map_or_else(|| self.ask_all(&chapters), Err);
        let directory = self.directory.to_owned();
        read.unwrap_or_else(|mut reason| {
            if reason.cause == Cause::NoAnswer {
                self.silent().insert(self.at(), reason.clone());
            }
            // Without the program and without a repository, nothing is lost.
            if reason.cause == Cause::NoGit && !in_repository(&self.at()) {
                reason = Reason::not_a_repository();
            }
            if reason.cause == Cause::NotARepository && is_broken(&self.at()) {
                reason = Reason::broken("not a git repository");
            }
            let state = State::Unavailable(vec![reason]);
            let documents = chapters
                .iter()
                .map(|chapter| blank(chapter.path, self.number, Working::Unknown))
                .collect();
            (
                Repository {
                    directory,
                    state,
                    head: None,
                    graph: Graph::default(),
                },
                documents,
            )
        })
    }

    fn ask_all(&self, chapters: &[Chapter<'_>]) -> Result<(Repository, Vec<DocumentHistory>), Reason> {
        let probe = Probe::run(&self.git.program, &self.at(), self.patience)?;
        let members: Vec<Member<'_>> = chapters
            .iter()
            .map(|chapter| Member {
                chapter: *chapter,
                path: self.path(&probe, chapter.path),
            })
            .collect();
        self.read(&probe, &members)
    }

    fn silent(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Reason>> {
        self.git.silent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known_silent(&self) -> Option<Reason> {
        self.silent().get(&self.at()).cloned()
    }

    fn path(&self, probe: &Probe, chapter: &str) -> Option<String> {
        let own = relative(chapter);
        join(&probe.prefix, below(&own, self.directory).unwrap_or(&own))
    }

    fn at(&self) -> PathBuf {
        if self.directory.is_empty() {
            self.book.root.to_owned()
        } else {
            self.book.root.join(self.directory)
        }
    }

    fn read(&self, probe: &Probe, members: &[Member<'_>]) -> Result<(Repository, Vec<DocumentHistory>), Reason> {
        let walk = self.walk(probe, members)?;
        let paths: Vec<Option<String>> = members.iter().map(|member| member.path.clone()).collect();
        let touches = touches(&walk, &paths);
        let texts = Texts::new(self.derive, members);
        let listed = BTreeSet::new();
        let mut material = Material {
            walk: &walk,
            options: self.options,
            shallow: probe.shallow,
            listed,
            texts,
        };
        self.texts(probe, members, &touches, &mut material)?;
        let documents = touches
            .iter()
            .enumerate()
            .map(|(member, own)| document(&material, self.number, member, own))
            .collect();
        let mut why = Vec::new();
        if probe.shallow {
            why.push(Reason::shallow(self.options.pipeline));
        }
        if probe.blobless {
            why.push(Reason::blobless());
        }
        let state = if why.is_empty() {
            State::Known
        } else {
            State::Partial(why)
        };
        let (directory, head) = (self.directory.to_owned(), Some(probe.head.clone()));
        Ok((
            Repository {
                directory,
                state,
                head,
                graph: walk.graph,
            },
            documents,
        ))
    }

    /// All commits, with what they did in the directory of the chapters, and to each chapter that lies elsewhere.
    fn walk(&self, probe: &Probe, members: &[Member<'_>]) -> Result<Walk, Reason> {
        let source = self.source(probe);
        let within = |path: &String| source.as_deref().is_some_and(|source| below(path, source).is_some());
        let members = members.iter().map(|member| member.path.clone());
        let outer: Vec<Option<String>> = members.filter(|path| !path.as_ref().is_some_and(within)).collect();
        let mut elsewhere: BTreeSet<String> = outer.iter().flatten().cloned().collect();
        let mut left = LONGEST_CHAIN;
        loop {
            let all = ["log", &probe.head, "--full-history", "--sparse", "--topo-order"];
            let specs = source.iter().chain(&elsewhere).map(String::as_str);
            let walk = self.log(probe, &all, String::new(), specs)?;
            if elsewhere.is_empty() || left == 0 {
                return Ok(walk);
            }
            let known = elsewhere.len();
            let origins = self.origins(probe, &added(&walk, &touches(&walk, &outer)))?;
            elsewhere.extend(origins.into_iter().filter(|path| !within(path)));
            if elsewhere.len() == known {
                return Ok(walk);
            }
            left -= 1;
        }
    }

    /// The paths from which files came that commits seem to add. The log of a directory alone does not tell.
    fn origins(&self, probe: &Probe, added: &BTreeSet<(String, String)>) -> Result<Vec<String>, Reason> {
        if added.is_empty() {
            return Ok(Vec::new());
        }
        let commits: BTreeSet<&str> = added.iter().map(|(hash, _)| hash.as_str()).collect();
        let input = commits.iter().map(|hash| format!("{hash}\n")).collect();
        let some = ["log", "--no-walk=unsorted", "--stdin", "--diff-filter=R"];
        let walk = self.log(probe, &some, input, std::iter::empty())?;
        let moves = walk.entries.into_iter().flat_map(|entry| {
            let hash = entry.commit.hash.clone();
            entry
                .files
                .into_iter()
                .map(move |file| ((hash.clone(), file.path), file.from))
        });
        let ours = moves.filter(|(to, _)| added.contains(to));
        Ok(ours.filter_map(|(_, from)| from).collect())
    }

    fn log<'p>(
        &self,
        probe: &Probe,
        which: &[&str],
        input: String,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<Walk, Reason> {
        // Without texts only renames that leave the text alone can be told. With them, 75 %: two unrelated documents
        // made from one template are already more than half alike.
        let similarity = if probe.blobless { "-M100%" } else { "-M75%" };
        let how = [
            similarity,
            "-l1000",
            "-O/dev/null",
            "--raw",
            "--no-abbrev",
            "-z",
            "--no-color",
            "--no-decorate",
            "--no-ext-diff",
            "--no-textconv",
            "--no-notes",
            "--encoding=UTF-8",
            LOG_FORMAT,
            "--",
        ];
        let mut args: Vec<String> = which.iter().chain(&how).map(|arg| (*arg).to_owned()).collect();
        args.extend(paths.map(|path| match path {
            "" => ":(top)".to_owned(),
            path => format!(":(top,literal){path}"),
        }));
        self.ask(&args, input, |stdout| parse::walk(stdout, self.number))
    }

    /// The directory of the chapters, as the repository names it; `None` where it lies in another one.
    fn source(&self, probe: &Probe) -> Option<String> {
        let source = relative(self.book.source);
        if source == self.directory || below(self.directory, &source).is_some() {
            join(&probe.prefix, "")
        } else {
            below(&source, self.directory).and_then(|source| join(&probe.prefix, source))
        }
    }

    /// Asks for the committed texts, the list of commits to ignore, and every text that a document had.
    fn texts(
        &self,
        probe: &Probe,
        members: &[Member<'_>],
        touches: &[Vec<Touch>],
        material: &mut Material<'_>,
    ) -> Result<(), Reason> {
        let mut wanted: Vec<Wanted> = vec![Wanted::Listed];
        let mut input = format!("{}:{}\n", probe.head, self.options.ignore_revs.replace('\n', ""));
        for (at, member) in members.iter().enumerate() {
            let path = member.path.as_deref().filter(|path| !path.contains('\n'));
            match path {
                _ if touches.get(at).is_some_and(|own| is_link(material.walk, own)) => {}
                Some(path) => {
                    let whole = !probe.blobless || touches.get(at).is_none_or(Vec::is_empty);
                    wanted.push(Wanted::Head(at, whole));
                    input.push_str(&format!("{}:{path}\n", probe.head));
                }
                None if member.path.is_none() => material.texts.set_head(at, Head::Missing),
                None => {}
            }
        }
        if !probe.blobless {
            for (id, users) in revisions(material.walk, touches) {
                input.push_str(&id);
                input.push('\n');
                wanted.push(Wanted::Revision(id, users));
            }
        }
        let args = ["cat-file", "--batch", "--buffer"].map(str::to_owned);
        self.ask(&args, input, |stdout| answers(stdout, wanted, material))
    }

    fn ask<T>(
        &self,
        args: &[String],
        input: String,
        read: impl FnOnce(&mut Output<'_>) -> Result<T, Malformed>,
    ) -> Result<T, Reason> {
        let program = &self.git.program;
        program.stream(&self.at(), args, input.into_bytes(), self.patience, read)
    }
}

/// The hash of each commit that seems to add a document's file, and the file's path. A repository's first commits do.
fn added(walk: &Walk, touches: &[Vec<Touch>]) -> BTreeSet<(String, String)> {
    let entry = |(entry, file): &Touch| {
        let entry = walk.entries.get(*entry)?;
        Some((&entry.commit, entry.files.get(*file)?))
    };
    let all = touches.iter().flatten().filter_map(entry);
    all.filter(|(commit, file)| file.status == Status::Added && !walk.graph.parents(commit.index).is_empty())
        .map(|(commit, file)| (commit.hash.clone(), file.path.clone()))
        .collect()
}

/// What was asked of `git cat-file`, in order.
enum Wanted {
    /// The ignore-revs file.
    Listed,
    /// The committed text of a member, and whether its lack means that there is none.
    Head(usize, bool),
    /// A text by its id, and the members that had it.
    Revision(String, Vec<usize>),
}

fn answers(stdout: &mut impl BufRead, wanted: Vec<Wanted>, material: &mut Material<'_>) -> Result<(), Malformed> {
    for one in wanted {
        match (one, parse::object(stdout)?) {
            (Wanted::Listed, Object::Text(_, text)) => {
                material.listed = parse::ignore_revs(&text).map(str::to_ascii_lowercase).collect();
            }
            (Wanted::Head(member, _), Object::Text(id, text)) => material.texts.add_head(member, &id, &text),
            // Where texts may be lacking, a missing one does not say that the file is untracked.
            (Wanted::Head(member, true), Object::Missing) => material.texts.set_head(member, Head::Missing),
            (Wanted::Revision(id, members), Object::Text(_, text)) => {
                members
                    .iter()
                    .for_each(|member| drop(material.texts.add(*member, &id, &text)));
            }
            (Wanted::Revision(id, _), Object::Missing) => return Err(Malformed::Missing(id)),
            (_, Object::Other) | (Wanted::Listed | Wanted::Head(..), Object::Missing) => {}
        }
    }
    if stdout.fill_buf()?.is_empty() {
        Ok(())
    } else {
        Err(Malformed::Unexpected("more than asked for".to_owned()))
    }
}

/// Whether the newest change left something at the path that is not an ordinary file.
fn is_link(walk: &Walk, touches: &[Touch]) -> bool {
    let newest = touches
        .first()
        .and_then(|(entry, file)| walk.entries.get(*entry)?.files.get(*file));
    newest.is_some_and(|file| file.after.is_none() && file.status != Status::Deleted)
}

/// Each text that documents had, before or after a change, once, and who had it.
fn revisions(walk: &Walk, touches: &[Vec<Touch>]) -> Vec<(String, Vec<usize>)> {
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wanted: Vec<(String, Vec<usize>)> = Vec::new();
    for (member, own) in touches.iter().enumerate() {
        for file in own
            .iter()
            .filter_map(|(entry, file)| walk.entries.get(*entry)?.files.get(*file))
        {
            for id in [&file.after, &file.before].into_iter().flatten() {
                let at = *positions.entry(id).or_insert(wanted.len());
                match wanted.get_mut(at) {
                    Some((_, members)) if members.contains(&member) => {}
                    Some((_, members)) => members.push(member),
                    None => wanted.push((id.clone(), vec![member])),
                }
            }
        }
    }
    wanted
}
