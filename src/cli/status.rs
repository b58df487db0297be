//! `status`: where each document stands.

use jiff::civil::Date;

use super::{Failure, Form, Outcome, args, colour_on_stdout, load, print, today};
use crate::facts::{Digest, Targets};
use crate::files::FileError;
use crate::output::status;

/// Prints the state of every document.
pub fn run(command: &args::Status, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let as_of = today::as_of(as_of)?;
    let book = load::book(&command.paths)?;
    let checked = book.check(as_of, false, |document, facts, found| {
        let path = document.chapters.first().map_or("", |chapter| chapter.file.path());
        Digest::of(path, facts, found, &Targets::default())
    });
    let documents = &checked.documents;
    let coloured = command.output.is_none() && colour_on_stdout();
    let (form, text) = match command.format {
        args::StatusFormat::Json => (Form::Json, status::json(as_of, documents)),
        args::StatusFormat::Markdown => (Form::Text, status::markdown(as_of, documents)),
        args::StatusFormat::Text => (Form::Styled, status::text(as_of, documents, coloured)),
    };
    let Some(path) = &command.output else {
        print(form, &text)?;
        return Ok(Outcome::Clean);
    };
    book.session.files.output(path, &text).map_err(|error| {
        let help = match error {
            FileError::NotOurs(_) => "name the file that the link leads to",
            FileError::NotPlain(_) => {
                "name a plain file; without `--output` it goes to stdout, which may be a pipe or a device"
            }
            _ => "name a file in a folder that is there and that can be written to",
        };
        Failure::with_help(error.to_string(), help)
    })?;
    Ok(Outcome::Clean)
}
