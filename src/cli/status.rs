//! `status`: where each document stands.

use jiff::civil::Date;

use super::{Failure, Outcome, args, load, print, today};
use crate::output::status;

/// Prints the state of every document.
pub fn run(command: &args::Status, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let as_of = today::as_of(as_of)?;
    let book = load::book(&command.paths)?;
    let checked = book.check(as_of);
    let documents = checked.documents.iter().filter_map(|document| {
        let template = checked.templates.get(document.template)?.as_ref()?;
        Some((document.chapter.file.path(), document.facts(template, as_of)))
    });
    match command.format {
        args::StatusFormat::Json => print(&status::json(as_of, documents)),
        args::StatusFormat::Text => print(&status::text(as_of, documents)),
    }
    Ok(Outcome::Clean)
}
