//! `status`: where each document stands.

use jiff::civil::Date;

use super::{Failure, Outcome, args, load, print, today};
use crate::facts::{Digest, Targets};
use crate::output::status;

/// Prints the state of every document.
pub fn run(command: &args::Status, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let as_of = today::as_of(as_of)?;
    let book = load::book(&command.paths)?;
    let checked = book.check(as_of, |document, facts, found| {
        let path = document.chapters.first().map_or("", |chapter| chapter.file.path());
        Digest::of(path, facts, found, &Targets::default())
    });
    print(&match command.format {
        args::StatusFormat::Json => status::json(as_of, &checked.documents),
        args::StatusFormat::Text => status::text(as_of, &checked.documents),
    });
    Ok(Outcome::Clean)
}
