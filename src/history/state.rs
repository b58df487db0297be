//! How much of a repository's history could be read, and what to type where it is not all.
//! It never hides a gap: each reason has words and, where there is one, a cure.

use std::time::Duration;

use crate::settings::HistoryConfig;

/// How much is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// All of it.
    Known,
    /// Some of it; the rest is marked as unknown.
    Partial(Vec<Reason>),
    /// Nothing.
    Unavailable(Vec<Reason>),
}

/// Why history is not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The cause, for deciding.
    pub cause: Cause,
    /// What is the matter, lower case, without a full stop. May quote git: text from outside.
    pub message: String,
    /// What to type or change.
    pub help: Option<String>,
}

/// Causes of an incomplete history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The git program cannot be started.
    NoGit,
    /// The book is not in a repository.
    NotARepository,
    /// The repository has no commits yet.
    NoCommits,
    /// git does not trust the owner of the directory.
    DubiousOwnership,
    /// The clone has no trees of older commits.
    Treeless,
    /// git failed, or said what it should not.
    Failed,
    /// git was not done when it had been waited for as long as is set.
    NoAnswer,
    /// The clone is cut off at some depth.
    Shallow,
    /// The clone has no texts of older commits.
    Blobless,
}

/// The pipelines whose own line cures a shallow clone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pipeline {
    /// GitHub Actions, and those that run its workflows.
    GitHub,
    /// GitLab CI.
    GitLab,
    /// Any other.
    Other,
}

impl State {
    /// The state of several repositories together; reasons of nested ones name their directory.
    pub(super) fn merged<'a>(states: impl Iterator<Item = (&'a str, &'a State)>) -> State {
        let mut reasons: Vec<Reason> = Vec::new();
        let mut all_lost = true;
        for (directory, state) in states {
            all_lost &= matches!(state, State::Unavailable(_));
            for reason in state.reasons() {
                let mut reason = reason.clone();
                if !directory.is_empty() {
                    reason.message = format!("in `{directory}`: {}", reason.message);
                }
                reasons.push(reason);
            }
        }
        match (reasons.is_empty(), all_lost) {
            (true, _) => State::Known,
            (false, true) => State::Unavailable(reasons),
            (false, false) => State::Partial(reasons),
        }
    }

    /// The reasons, none where all is known.
    pub fn reasons(&self) -> &[Reason] {
        match self {
            State::Known => &[],
            State::Partial(reasons) | State::Unavailable(reasons) => reasons,
        }
    }
}

impl Reason {
    fn new(cause: Cause, message: impl Into<String>, help: Option<&str>) -> Self {
        Self {
            cause,
            message: message.into(),
            help: help.map(str::to_owned),
        }
    }

    pub(super) fn no_git() -> Self {
        Self::new(
            Cause::NoGit,
            "the `git` program was not found",
            Some("install git where the book is built, or set `history = false`"),
        )
    }

    pub(super) fn not_a_repository() -> Self {
        Self::new(
            Cause::NotARepository,
            "the book is not in a git repository",
            Some("build it in a clone of its repository, or set `history = false`"),
        )
    }

    /// There is a `.git`, and git cannot use it; `said` is what it says.
    pub(super) fn broken(said: &str) -> Self {
        Self::new(
            Cause::Failed,
            format!("`.git` is there and is no repository: git says `{said}`"),
            Some("see what `git status` says in the book's folder, clone it anew, or set `history = false`"),
        )
    }

    pub(super) fn no_commits() -> Self {
        Self::new(Cause::NoCommits, "the repository has no commits yet", None)
    }

    pub(super) fn treeless() -> Self {
        let message =
            "the clone is treeless (`--filter=tree:0`), and reading its history would fetch each commit one by one";
        Self::new(
            Cause::Treeless,
            message,
            Some("clone with `--filter=blob:none`, or without a filter"),
        )
    }

    pub(super) fn blobless() -> Self {
        let message = "the clone holds no older texts (`--filter=blob:none`), so what a commit changed, and whether a row tells of it, is \
             unknown";
        Self::new(Cause::Blobless, message, Some("clone without `--filter`"))
    }

    pub(super) fn shallow(pipeline: Option<Pipeline>) -> Self {
        let help = match pipeline {
            Some(Pipeline::GitHub) => "give the `actions/checkout` step `fetch-depth: 0`",
            Some(Pipeline::GitLab) => "give the job the variable `GIT_DEPTH: 0`",
            Some(Pipeline::Other) | None => "run `git fetch --unshallow --filter=blob:none`",
        };
        Self::new(
            Cause::Shallow,
            "the clone is shallow, so what came before its oldest commits is unknown",
            Some(help),
        )
    }

    /// What git said when it failed: ownership and a missing repository are told apart, the rest is quoted.
    pub(super) fn from_git(doing: &str, stderr: &str) -> Self {
        let text = quiet(stderr);
        if text.contains("dubious ownership") || text.contains("unsafe repository") {
            let (message, advice) = text.split_once('\n').unwrap_or((text.as_str(), ""));
            let message = message.strip_prefix("fatal: ").unwrap_or(message);
            let advice = advice.trim();
            return Self::new(
                Cause::DubiousOwnership,
                format!("git says: {message}"),
                (!advice.is_empty()).then_some(advice),
            );
        }
        if text.contains("not a git repository:") {
            return Self::broken(text.lines().next().unwrap_or_default());
        }
        if text.contains("not a git repository") {
            return Self::not_a_repository();
        }
        let said = text.lines().next().unwrap_or("no message");
        Self::new(
            Cause::Failed,
            format!("`{doing}` failed with `{said}`"),
            Some("run `git fsck` to see what the repository lacks, or set `history = false`"),
        )
    }

    /// git was given up. `waited` is what is set, not what was measured.
    pub(super) fn no_answer(doing: &str, waited: Duration) -> Self {
        let seconds = waited.as_secs();
        let unit = if seconds == 1 { "second" } else { "seconds" };
        let message = format!(
            "`{doing}` did not end, and git was given up after {seconds} {unit}, so that no commit is known: change logs \
             show their own rows alone, and no document is called behind"
        );
        let longer = seconds.saturating_mul(4).min(HistoryConfig::LONGEST_TIMEOUT);
        let help = format!(
            "see what holds up `git log` in the book's folder, wait longer with `history.timeout = {longer}` in \
             `[preprocessor.archdoc]`, or set `history = false`"
        );
        Self::new(Cause::NoAnswer, message, Some(&help))
    }

    /// git answered, but not in its form.
    pub(super) fn unreadable(doing: &str, why: &str) -> Self {
        Self::new(
            Cause::Failed,
            format!("`{doing}` gave an incomplete answer: {why}"),
            Some("run `git fsck` to see what the repository lacks, or set `history = false`"),
        )
    }
}

/// What git printed from its first `fatal:` or `error:` line on, without control characters, of bounded length. Hints
/// and warnings are no reason: a git that was killed leaves nothing else.
pub(super) fn quiet(stderr: &str) -> String {
    let lines: Vec<&str> = stderr.lines().collect();
    let from = lines
        .iter()
        .position(|line| line.starts_with("fatal:") || line.starts_with("error:"));
    let aside = |line: &&str| line.starts_with("hint:") || line.starts_with("warning:");
    let kept: Vec<&str> = match from {
        Some(from) => lines.into_iter().skip(from).take(12).collect(),
        None => lines.into_iter().filter(|line| !aside(line)).take(12).collect(),
    };
    let clean = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
    kept.join("\n")
        .chars()
        .map(clean)
        .take(2_000)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_of_several_repositories() {
        let lost = State::Unavailable(vec![Reason::no_commits()]);
        let cut = State::Partial(vec![Reason::shallow(None)]);
        let merged = |states: &[(&'static str, &State)]| State::merged(states.iter().copied());
        assert_eq!(merged(&[]), State::Known);
        assert_eq!(merged(&[("", &State::Known)]), State::Known);
        assert_eq!(merged(&[("", &lost)]), lost);
        assert!(matches!(
            merged(&[("", &State::Known), ("src/x", &lost)]),
            State::Partial(_)
        ));
        assert!(matches!(merged(&[("", &lost), ("src/x", &cut)]), State::Partial(why) if why.len() == 2));
        let State::Unavailable(why) = merged(&[("", &lost), ("src/x", &lost)]) else {
            panic!("all lost")
        };
        assert_eq!(why[1].message, "in `src/x`: the repository has no commits yet");
    }

    #[test]
    fn hints_are_no_reason() {
        assert_eq!(quiet("hint: x\nwarning: y\n"), "");
        assert_eq!(quiet("hint: x\nKilled\n"), "Killed");
        assert_eq!(quiet("hint: x\nerror: y\nhint: z\n"), "error: y\nhint: z");
    }

    #[test]
    fn what_git_says_is_told_apart() {
        let stderr = "warning: x\nfatal: detected dubious ownership in repository at '/b'\nTo add an exception for this \
                      directory, call:\n\n\tgit config --global --add safe.directory /b\n";
        let reason = Reason::from_git("git log", stderr);
        assert_eq!(reason.cause, Cause::DubiousOwnership);
        assert!(
            reason
                .help
                .is_some_and(|help| help.ends_with("git config --global --add safe.directory /b"))
        );
        assert_eq!(
            Reason::from_git("git log", "fatal: not a git repository (or any").cause,
            Cause::NotARepository
        );
        let other = Reason::from_git("git log", "fatal: bad \u{1b}[31mobject");
        assert_eq!(other.message, "`git log` failed with `fatal: bad  [31mobject`");
    }
}
