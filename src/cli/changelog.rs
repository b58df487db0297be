//! `changelog`: the change log of each document, with the commits that nobody wrote a row for.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Failure, Outcome, args, load, print, today};
use crate::facts::since;
use crate::output::changelog::{self, DocumentLog};

/// Prints the merged change logs, newest row first.
pub fn run(command: &args::Changelog, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let as_of = today::as_of(as_of)?;
    let paths = match (&command.document, &command.book) {
        (None, book) => book.clone(),
        (Some(document), Some(book)) if !document.is_file() => Some(within(book, document)),
        (document, _) => document.clone(),
    };
    let book = load::book(paths.as_slice())?;
    let checked = book.check(as_of, |document, facts, _| {
        let log = facts.log_newest_first();
        DocumentLog {
            path: document
                .chapters
                .first()
                .map_or(String::new(), |chapter| chapter.file.path().to_owned()),
            title: facts.title(),
            change_log: match &command.since {
                Some(start) => since(log, start),
                None => log,
            },
        }
    });
    print(&match command.format {
        args::ChangelogFormat::Json => changelog::json(as_of, &checked.documents),
        args::ChangelogFormat::Markdown => changelog::markdown(&checked.documents),
    });
    Ok(Outcome::Clean)
}

/// The file that `document` names in the folder of a book, or in the folder of its chapters.
fn within(book: &Path, document: &Path) -> PathBuf {
    let in_source = load::book(&[book.to_owned()]).map(|loaded| book.join(&loaded.config.src).join(document));
    in_source
        .ok()
        .filter(|path| path.is_file())
        .unwrap_or_else(|| book.join(document))
}
