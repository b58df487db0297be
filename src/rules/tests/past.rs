//! A chapter's history as a page tells it: a line for each commit, oldest first, with what it changed below.
//!
//! ```text
//! 2026-01-12 Mara Lindqvist: Describe the payment service
//! 2026-03-02 Tomas Reyes: Keep sessions in Redis
//!     -Sessions are kept in PostgreSQL.
//!     +Sessions are kept in Redis.
//! ```
//!
//! The first commit makes the chapter. The text that the page shows is the one after the last commit, and the lines
//! that a commit took away and added say what it was before. A line without a sign is the message's body, and
//! `shallow` as the first line cuts the history off.

use jiff::civil::Date;

use crate::history::{Cause, Fixed, FixedChange, FixedCommit, Reason, State};

/// A commit as it is told.
struct Told<'g> {
    date: Date,
    author: &'g str,
    subject: &'g str,
    body: String,
    removed: String,
    added: String,
}

/// The history of the chapter at `path`, whose text after the last commit is `chapter`.
pub fn of(git: &str, path: &str, chapter: &str) -> Fixed {
    let (git, state) = match git.strip_prefix("shallow\n") {
        Some(rest) => (rest, State::Partial(vec![shallow()])),
        None => (git, State::Known),
    };
    let mut text = chapter.to_owned();
    let mut commits = Vec::new();
    for told in told(git).into_iter().rev() {
        let change = FixedChange::Write(path.to_owned(), text.clone());
        if !told.added.is_empty() || !told.removed.is_empty() {
            assert_eq!(
                text.matches(&told.added).count(),
                1,
                "once in the chapter: {}",
                told.added
            );
            text = text.replacen(&told.added, &told.removed, 1);
        }
        commits.push(FixedCommit {
            date: told.date,
            author: told.author.to_owned(),
            subject: told.subject.to_owned(),
            body: told.body,
            changes: vec![change],
            hash: hash(told.subject),
        });
    }
    commits.reverse();
    Fixed { state, commits }
}

/// Forty digits that look like a hash, the same for the same words.
fn hash(words: &str) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let digits = format!("{:016x}", words.bytes().fold(0xcbf2_9ce4_8422_2325, mix));
    digits.repeat(3).chars().take(40).collect()
}

fn shallow() -> Reason {
    Reason {
        cause: Cause::Shallow,
        message: "the clone is shallow, so older commits are unknown".to_owned(),
        help: Some("fetch the whole history: `git fetch --unshallow`".to_owned()),
    }
}

fn told(git: &str) -> Vec<Told<'_>> {
    let mut all: Vec<Told<'_>> = Vec::new();
    for line in git.lines() {
        let Some(below) = line.strip_prefix("    ") else {
            let (date, rest) = line.split_once(' ').expect("a day and a name");
            let (author, subject) = rest.split_once(": ").expect("a name and a subject");
            all.push(Told {
                date: date.parse().expect("a day"),
                author,
                subject,
                body: String::new(),
                removed: String::new(),
                added: String::new(),
            });
            continue;
        };
        let last = all.last_mut().expect("a commit above");
        let (part, text) = match (below.strip_prefix('-'), below.strip_prefix('+')) {
            (Some(text), _) => (&mut last.removed, text),
            (_, Some(text)) => (&mut last.added, text),
            _ => (&mut last.body, below),
        };
        part.push_str(text);
        part.push('\n');
    }
    all
}
