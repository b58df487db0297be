//! `changelog`: the change log of each document, with the commits that nobody wrote a row for.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Failure, Form, Outcome, args, load, print, say, today};
use crate::check::Checked;
use crate::facts::Since;
use crate::output::changelog::{self, DocumentLog};
use crate::rules::book_rules::HISTORY_INCOMPLETE;

/// Prints the merged change logs, newest row first.
pub fn run(command: &args::Changelog, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let as_of = today::as_of(as_of)?;
    let since = command.since.as_deref().map(read_since).transpose()?;
    let paths = match (&command.document, &command.book) {
        (None, book) => book.clone(),
        (Some(document), Some(book)) if !document.is_file() => Some(within(book, document)),
        (document, _) => document.clone(),
    };
    let book = load::book(paths.as_slice())?;
    let checked = book.check(as_of, false, |document, facts, _| {
        let log = facts.log_newest_first();
        DocumentLog {
            path: document
                .chapters
                .first()
                .map_or(String::new(), |chapter| chapter.file.path().to_owned()),
            title: facts.title(),
            change_log: match &since {
                Some(since) => since.of(log),
                None => log,
            },
        }
    });
    say(&without(&checked));
    let (form, text) = match command.format {
        args::ChangelogFormat::Json => (Form::Json, changelog::json(as_of, &checked.documents)),
        args::ChangelogFormat::Markdown => (Form::Text, changelog::markdown(&checked.documents)),
    };
    print(form, &text)?;
    Ok(Outcome::Clean)
}

/// What the logs lack because git could not say it: without a word they would be taken for whole.
fn without<T>(checked: &Checked<T>) -> String {
    let found = checked.diagnostics.iter();
    let told: String = found
        .filter(|found| found.rule == HISTORY_INCOMPLETE.name)
        .map(|found| {
            let help = found.help.as_deref().map(|help| format!("; {help}"));
            format!("archdoc: {}{}\n", found.message, help.unwrap_or_default())
        })
        .collect();
    match &checked.without_history {
        Some(why) if told.is_empty() => format!("archdoc: these are the written rows alone: {why}\n"),
        _ => told,
    }
}

fn read_since(text: &str) -> Result<Since, Failure> {
    Since::read(text).ok_or_else(|| {
        Failure::with_help(
            format!("`{text}` is neither a version nor a date"),
            "write `--since 1.2`, or `--since 2026-01-31`",
        )
    })
}

/// The file that `document` names in the folder of a book, or in the folder of its chapters.
fn within(book: &Path, document: &Path) -> PathBuf {
    let in_source =
        load::book(&[book.to_owned()]).map(|loaded| book.join(&loaded.session.config.site.src).join(document));
    in_source
        .ok()
        .filter(|path| path.is_file())
        .unwrap_or_else(|| book.join(document))
}
