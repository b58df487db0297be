//! The git program against real repositories that the tests make: fixed dates, no configuration but their own.

#[cfg(unix)]
mod broken;
mod clones;
mod hostile;
mod lines;
#[cfg(unix)]
mod linked;
mod places;
#[cfg(unix)]
mod silent;
mod told;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::*;

/// A repository in a directory of its own.
struct Repo {
    temp: TempDir,
    dir: PathBuf,
    /// Seconds of the next commit.
    clock: RefCell<i64>,
}

const DAY: i64 = 86_400;
/// 2026-01-01, noon.
const START: i64 = 1_767_268_800;

impl Repo {
    fn new() -> Self {
        let repo = Self::empty("r");
        repo.git(&["init", "-q", "-b", "main"]);
        repo
    }

    fn empty(name: &str) -> Self {
        let temp = TempDir::new().unwrap();
        let dir = temp.path().join(name);
        std::fs::create_dir(&dir).unwrap();
        Self {
            temp,
            dir,
            clock: RefCell::new(START),
        }
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn git(&self, args: &[&str]) -> String {
        git_in(&self.dir, args, *self.clock.borrow())
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Commits all that is in the tree, a day after the commit before; answers with the hash.
    fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", message]);
        *self.clock.borrow_mut() += DAY;
        self.head()
    }

    fn save(&self, path: &str, text: &str, message: &str) -> String {
        self.write(path, text);
        self.commit(message)
    }

    fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    fn history(&self, chapters: &[&str]) -> History {
        history(&Git::default(), &self.dir, chapters)
    }

    /// Per-file `git log`, the oracle: hashes of the commits that touched the path.
    fn log_of(&self, path: &str) -> Vec<String> {
        let args = [
            "log",
            "--full-history",
            "--no-merges",
            "-M75%",
            "--format=%H",
            "--",
            path,
        ];
        let mut hashes: Vec<String> = self.git(&args).lines().map(str::to_owned).collect();
        hashes.sort();
        hashes
    }

    /// The one walk says of each file what a log of that file alone says.
    fn agrees(&self, chapters: &[&str]) -> History {
        let history = self.history(chapters);
        assert_eq!(history.state(), State::Known);
        for (document, path) in history.documents.iter().zip(chapters) {
            let mut own = hashes(document);
            own.sort();
            assert_eq!(own, self.log_of(path), "{path}");
        }
        history
    }
}

fn git_in(dir: &Path, args: &[&str], time: i64) -> String {
    let date = format!("{time} +0000");
    let output = git_command(dir, &date).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {args:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn git_command(dir: &Path, date: &str) -> Command {
    let mut command = Command::new("git");
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
    ] {
        command.env_remove(name);
    }
    let settings = [
        "protocol.file.allow=always",
        "commit.gpgSign=false",
        "core.autocrlf=false",
        "gc.auto=0",
    ];
    settings.iter().for_each(|setting| {
        command.args(["-c", setting]);
    });
    let env = [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("LC_ALL", "C"),
        ("TZ", "UTC"),
    ];
    let people = [("GIT_AUTHOR_NAME", "Ann"), ("GIT_AUTHOR_EMAIL", "ann@example.org")];
    let dates = [("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)];
    let others = [
        ("GIT_COMMITTER_NAME", "Con"),
        ("GIT_COMMITTER_EMAIL", "con@example.org"),
    ];
    command.envs(env).envs(people).envs(dates).envs(others).current_dir(dir);
    command
}

fn history(git: &Git, root: &Path, chapters: &[&str]) -> History {
    history_with(git, root, chapters, &Options::default())
}

/// The history of a book whose texts on disk are handed in.
fn history_with(git: &Git, root: &Path, chapters: &[&str], options: &Options) -> History {
    let texts: Vec<Option<String>> = chapters
        .iter()
        .map(|path| std::fs::read_to_string(root.join(path)).ok())
        .collect();
    let chapters: Vec<Chapter<'_>> = chapters
        .iter()
        .zip(&texts)
        .map(|(path, text)| Chapter {
            path,
            text: text.as_deref(),
        })
        .collect();
    git.history(
        &Book {
            root,
            source: "src",
            chapters: &chapters,
        },
        options,
        &derive,
    )
}

/// Facts of a small language: `## Section`, `Version: 1`, `decision: key`, `| row`. `Log` and `Header` are no content.
fn derive(_: &str, text: &str) -> RevisionFacts {
    let mut facts = RevisionFacts {
        content: 7,
        ..RevisionFacts::default()
    };
    let mut section = "Header".to_owned();
    let mut hashes: Vec<(String, u64)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            section = name.trim().to_owned();
            hashes.push((section.clone(), 7));
        }
        if let Some(version) = line.strip_prefix("Version: ") {
            facts.version = Some(version.to_owned());
        }
        if let Some(key) = line.strip_prefix("decision: ") {
            facts.items.push(("decision".to_owned(), key.to_owned()));
        }
        if let Some(row) = line.strip_prefix("| ") {
            facts.rows.push(row.to_owned());
        }
        let content = section != "Log" && section != "Header";
        for byte in line.split_whitespace().flat_map(str::bytes) {
            let mix = |hash: u64| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            if let Some((_, hash)) = hashes.last_mut() {
                *hash = mix(*hash);
            }
            facts.content = if content { mix(facts.content) } else { facts.content };
        }
    }
    facts.sections = hashes;
    facts
}

fn hashes(document: &DocumentHistory) -> Vec<String> {
    document
        .revisions
        .iter()
        .map(|revision| revision.commit.hash.clone())
        .collect()
}

fn subjects(document: &DocumentHistory) -> Vec<&str> {
    document
        .revisions
        .iter()
        .map(|revision| revision.commit.subject.as_str())
        .collect()
}

fn kinds(document: &DocumentHistory) -> BTreeMap<&str, Kind> {
    document
        .revisions
        .iter()
        .map(|revision| (revision.commit.subject.as_str(), revision.kind))
        .collect()
}

fn only_cause(state: &State) -> Cause {
    assert_eq!(state.reasons().len(), 1, "{state:?}");
    state.reasons()[0].cause
}

/// A document long enough that a small edit leaves it alike for the rename detection.
fn document(edit: &str) -> String {
    let filler: String = (0..40)
        .map(|line| format!("Line {line} of the text that stays.\n"))
        .collect();
    format!("# Title\n\nVersion: 1\n\n## Security\n\n{filler}\n## Roadmap\n\n{edit}\n")
}
