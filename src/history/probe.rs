//! What kind of repository there is, before its history is asked for. It changes nothing.

use std::path::Path;

use super::process::Program;
use super::state::Reason;
use super::waiting::Patience;

/// What a probe says of a repository.
pub(super) struct Probe {
    pub(super) shallow: bool,
    /// The clone may lack texts of older commits.
    pub(super) blobless: bool,
    /// Where the directory lies in the repository; empty, or ends in a slash.
    pub(super) prefix: String,
    pub(super) head: String,
}

impl Probe {
    /// Asks git about the repository that holds the directory; the reason where there is no history to read.
    pub(super) fn run(program: &Program, directory: &Path, patience: &Patience) -> Result<Self, Reason> {
        let args = ["rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD^{commit}"].map(str::to_owned);
        let printed = program.run(directory, &args, patience)?;
        let mut lines = printed.stdout.lines();
        let (shallow, prefix, head) = (lines.next(), lines.next(), lines.next());
        let (Some(shallow @ ("true" | "false")), Some(prefix)) = (shallow, prefix) else {
            return Err(Reason::from_git("git rev-parse", &printed.stderr));
        };
        if !printed.success {
            return Err(without_head(program, directory, patience)?);
        }
        let Some(head) = head.filter(|head| head.len() >= 40) else {
            return Err(Reason::unreadable("git rev-parse", "no commit"));
        };
        let blobless = blobless(program, directory, patience)?;
        Ok(Self {
            shallow: shallow == "true",
            blobless,
            prefix: prefix.to_owned(),
            head: head.to_owned(),
        })
    }
}

/// Why there is no commit that is checked out: only `git log` tells a branch without commits from one that is broken.
fn without_head(program: &Program, directory: &Path, patience: &Patience) -> Result<Reason, Reason> {
    let args = ["log", "-1", "--format=%H"].map(str::to_owned);
    let printed = program.run(directory, &args, patience)?;
    if printed.stderr.contains("does not have any commits yet") {
        return Ok(Reason::no_commits());
    }
    Ok(Reason::from_git("git log", &printed.stderr))
}

/// Whether the clone lacks texts. One that lacks trees is refused.
fn blobless(program: &Program, directory: &Path, patience: &Patience) -> Result<bool, Reason> {
    let filters = r"^remote\..*\.(partialclonefilter|promisor)$";
    let args = ["config", "--get-regexp", filters].map(str::to_owned);
    let printed = program.run(directory, &args, patience)?;
    // Status 1 without a word: no such setting.
    if !printed.success && !printed.stderr.trim().is_empty() {
        return Err(Reason::from_git("git config", &printed.stderr));
    }
    let values: Vec<&str> = printed
        .stdout
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|pair| pair.1)
        .collect();
    if values
        .iter()
        .any(|value| value.contains("tree:") || value.contains("object:"))
    {
        return Err(Reason::treeless());
    }
    Ok(values
        .iter()
        .any(|value| !matches!(*value, "false" | "no" | "off" | "0" | "")))
}
