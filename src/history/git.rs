//! Asks the git program: a probe, one `git log` and one `git cat-file` for each repository that holds chapters.
//! What comes back is taken whole or not at all; nothing is written, fetched or configured.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::PathBuf;

use super::assemble::{Head, Material, Member, Texts, blank, document};
use super::follow::{Touch, touches};
use super::graph::Graph;
use super::parse::{self, LOG_FORMAT, Malformed, Object, Status, Walk};
use super::paths::{below, in_repository, is_broken, join, nested_repository};
use super::probe::Probe;
use super::process::Program;
use super::state::{Cause, Reason};
use super::waiting::{Output, Patience};
use super::{Book, Derive, DocumentHistory, History, Options, Repository, Source, State, Working};

/// History as the git program on the search path tells it.
#[derive(Clone, Debug)]
pub struct Git {
    pub(super) program: Program,
}

impl Default for Git {
    fn default() -> Self {
        Self {
            program: Program {
                name: "git".into(),
                env: Vec::new(),
            },
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
        let read = Probe::run(&self.git.program, &self.at(), self.patience).and_then(|probe| {
            let members: Vec<Member<'_>> = chapters
                .iter()
                .map(|chapter| Member {
                    chapter: *chapter,
                    path: self.path(&probe, chapter.path),
                })
                .collect();
            self.read(&probe, &members)
        });
        let directory = self.directory.to_owned();
        read.unwrap_or_else(|mut reason| {
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

    fn path(&self, probe: &Probe, chapter: &str) -> Option<String> {
        let own = join("", chapter);
        join(
            &probe.prefix,
            own.as_deref()
                .and_then(|own| below(own, self.directory))
                .unwrap_or(chapter),
        )
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

    fn walk(&self, probe: &Probe, members: &[Member<'_>]) -> Result<Walk, Reason> {
        // Without texts only renames that leave the text alone can be told. With them, 75 %: two unrelated documents
        // made from one template are already more than half alike.
        let similarity = if probe.blobless { "-M100%" } else { "-M75%" };
        let mut args: Vec<String> = [
            "log",
            &probe.head,
            "--full-history",
            "--sparse",
            "--topo-order",
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
        ]
        .map(str::to_owned)
        .to_vec();
        args.extend(self.pathspecs(probe, members));
        self.ask(&args, String::new(), |stdout| parse::walk(stdout, self.number))
    }

    /// The directory of the chapters, and each chapter that lies elsewhere.
    fn pathspecs(&self, probe: &Probe, members: &[Member<'_>]) -> BTreeSet<String> {
        let source = join("", self.book.source).unwrap_or_else(|| self.book.source.to_owned());
        let source = if source == self.directory || below(self.directory, &source).is_some() {
            join(&probe.prefix, "")
        } else {
            self.path(probe, &source)
        };
        let outside = members
            .iter()
            .filter_map(|member| member.path.as_ref())
            .filter(|path| source.as_deref().is_none_or(|source| below(path, source).is_none()));
        let all = source.iter().chain(outside);
        all.map(|path| {
            if path.is_empty() {
                ":(top)".to_owned()
            } else {
                format!(":(top,literal){path}")
            }
        })
        .collect()
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
    let mut last = String::new();
    for one in wanted {
        match (one, parse::object(stdout, &last)?) {
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
                // The next one is most likely the text that stood there before.
                last = text;
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
