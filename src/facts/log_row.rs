//! A commit as a row of a document's own change log: in its form, with its columns, in its line ends.
//!
//! What comes out of a commit is escaped here, once, for the page and for the file.

use super::log::day;
use super::{Facts, Unlogged};
use crate::markdown::{address, escaped, line_start, link};
use crate::record::{ChangeLog, ColumnRole, Direction, LogForm};
use crate::source::start_of_line;

/// What stands in the version's column of what no version has yet.
pub const UNRELEASED: &str = "Unreleased";

impl Unlogged<'_> {
    /// Its version, or the word for none.
    pub fn version(&self) -> &str {
        self.version.as_deref().unwrap_or(UNRELEASED)
    }

    /// What changed, as Markdown on one line: its text, its sections, its hash; a link where `repository` is the
    /// address of the repository's pages.
    pub fn changes(&self, repository: Option<&str>) -> String {
        let mut text = escaped(&self.text);
        let short = self.commit.short();
        let page = repository.and_then(|repository| commit_address(repository, &self.commit.hash));
        let commit = match page {
            Some(address) => link(short, &address),
            None => format!("`{short}`"),
        };
        let sections: Vec<String> = self.sections.iter().map(|section| escaped(section)).collect();
        let mut aside = sections.join(", ");
        if !aside.is_empty() {
            aside.push_str("; ");
        }
        if !text.is_empty() {
            text.push(' ');
        }
        format!("{text}({aside}{commit})")
    }
}

/// The page of a commit, by the kind of host that the repository's address is one of; none where the address is none that
/// a page may link to.
pub fn commit_address(repository: &str, hash: &str) -> Option<String> {
    let repository = repository.trim_end_matches('/').trim_end_matches(".git");
    let part = match repository {
        host if host.contains("gitlab") => "-/commit",
        host if host.contains("bitbucket") => "commits",
        _ => "commit",
    };
    address(&format!("{repository}/{part}/{hash}"))
}

/// The commits as rows of `log`, and the offset where they belong: at the end where the newest row stands. `None` for a
/// log whose form has no place for them.
pub fn rows(
    facts: &Facts<'_>,
    log: &ChangeLog,
    unlogged: &[Unlogged<'_>],
    repository: Option<&str>,
) -> Option<(usize, String)> {
    let newest_first = log.direction == Direction::Descending;
    let at = if newest_first { log.top } else { log.bottom };
    let text = facts.document.text.as_str();
    let end = facts.line_end();
    let like = log.rows.first().map_or(log.span, |row| row.span);
    let lead = text.get(start_of_line(text, like.start)..like.start)?;
    let mut rows = String::new();
    // The text may end with the last row.
    if text
        .get(..at)
        .is_some_and(|before| !before.is_empty() && !before.ends_with('\n'))
    {
        rows.push_str(end);
    }
    if let LogForm::Headings(_) | LogForm::Lines = log.form {
        let below = text
            .get(at..)
            .is_some_and(|below| below.starts_with(['\r', '\n']) || below.is_empty());
        rows.push_str(&versions(log.form, unlogged, newest_first, repository, below).replace('\n', end));
        return Some((at, rows));
    }
    let mut add = |one: &Unlogged<'_>| {
        rows.push_str(lead);
        rows.push_str(&row(
            log,
            one,
            repository,
            text.get(like.start..like.end).unwrap_or(""),
        )?);
        rows.push_str(end);
        Some(())
    };
    if newest_first {
        unlogged.iter().try_for_each(&mut add)?;
    } else {
        unlogged.iter().rev().try_for_each(&mut add)?;
    }
    Some((at, rows))
}

/// The commits below a heading, or a line in bold, for each of their versions; `apart` where an empty line follows.
fn versions(
    form: LogForm,
    unlogged: &[Unlogged<'_>],
    newest_first: bool,
    repository: Option<&str>,
    apart: bool,
) -> String {
    let mut groups: Vec<(&str, Vec<&Unlogged<'_>>)> = Vec::new();
    for one in unlogged {
        match groups.iter_mut().find(|(version, _)| *version == one.version()) {
            Some((_, group)) => group.push(one),
            None => groups.push((one.version(), vec![one])),
        }
    }
    if !newest_first {
        groups.reverse();
    }
    let mut text = String::new();
    for (version, group) in groups {
        let version = escaped(version);
        let head = match form {
            LogForm::Headings(level) => format!("{} {version}", "#".repeat(usize::from(level))),
            _ => format!("**{version}**"),
        };
        let items: Vec<String> = group
            .iter()
            .map(|one| format!("- {}: {}", day(one.commit.date), one.changes(repository)))
            .collect();
        text.push_str(&format!("{head}\n\n{}\n\n", items.join("\n")));
    }
    if newest_first {
        text
    } else {
        let text = text.trim_end();
        format!("\n{text}\n{}", if apart { "" } else { "\n" })
    }
}

fn row(log: &ChangeLog, one: &Unlogged<'_>, repository: Option<&str>, like: &str) -> Option<String> {
    match log.form {
        LogForm::Table | LogForm::LooseTable => {
            log.column(ColumnRole::Changes)?;
            let cell = |role| match role {
                ColumnRole::Date => day(one.commit.date),
                ColumnRole::Version => escaped(one.version()),
                ColumnRole::Author => escaped(&one.commit.author),
                ColumnRole::Changes => one.changes(repository),
                ColumnRole::Status | ColumnRole::Other => String::new(),
            };
            let cells: Vec<String> = log.columns.iter().map(|column| cell(column.role)).collect();
            Some(format!("| {} |", cells.join(" | ")))
        }
        LogForm::List => Some(item(log, one, repository, like)),
        LogForm::Headings(_) | LogForm::Lines => None,
    }
}

/// A commit as an item of a list: with the mark of the item `like`, and with what its items begin with, no more.
fn item(log: &ChangeLog, one: &Unlogged<'_>, repository: Option<&str>, like: &str) -> String {
    let marked = like.find(char::is_whitespace).unwrap_or(like.len());
    let (mark, own) = like.split_at(marked);
    let bold = own.trim_start().starts_with("**");
    let strong = |text: String| if bold { format!("**{text}**") } else { text };
    let has = |role| log.column(role).is_some();
    let (date, version) = (day(one.commit.date), escaped(one.version()));
    let author = has(ColumnRole::Author).then(|| escaped(&one.commit.author));
    let date_first = log.column(ColumnRole::Date) < log.column(ColumnRole::Version);
    let head = match (has(ColumnRole::Date), has(ColumnRole::Version), author) {
        (true, true, None) if date_first => format!("{}: {version} –", strong(date)),
        (true, true, None) => format!("{} ({date}):", strong(version)),
        (true, true, Some(author)) => format!("{} ({date}, {author}):", strong(version)),
        (true, false, None) => format!("{}:", strong(date)),
        (true, false, Some(author)) => format!("{} (@{author}):", strong(date)),
        (false, _, None) => format!("{}:", strong(version)),
        (false, _, Some(author)) => format!("{} (@{author}):", strong(version)),
    };
    format!("{mark} {} {}", line_start(&head), one.changes(repository))
}
