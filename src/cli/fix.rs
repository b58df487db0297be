//! `fix`: the cures that findings carry, shown or written.

use jiff::civil::Date;

use super::{Failure, Form, Outcome, args, load, print, say, today};
use crate::output::diff;

/// Shows or writes the fixes of a book's findings, all that can be made one after the other.
pub fn run(command: &args::Fix, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let book = load::book(&command.paths)?;
    let cured = book.cure(today::as_of(as_of)?, command.suggested);
    if cured.rounds.is_none() {
        let help = "that is a mistake of archdoc's: please report it, with the chapter";
        return Err(Failure::with_help(
            "the fixes come to no end, and nothing was changed",
            help,
        ));
    }
    for (file, text) in cured.files.values() {
        if command.write {
            book.session
                .files
                .write(file, text)
                .map_err(|error| Failure::new(error.to_string()))?;
        } else {
            print(Form::Text, &diff(file.path(), file.text(), text))?;
        }
    }
    for path in &cured.left_alone {
        say(&format!(
            "archdoc: `{path}` lies outside the book's folder and is left alone: mend it where it belongs\n"
        ));
    }
    let done = if command.write { "fixed" } else { "can be fixed" };
    say(&format!(
        "archdoc: {} {done}, {} left\n",
        counted(cured.cured),
        counted(cured.checked.diagnostics.len())
    ));
    if !command.write && cured.cured > 0 {
        say("archdoc: nothing was changed, `--write` does it\n");
    }
    Ok(Outcome::Clean)
}

fn counted(count: usize) -> String {
    if count == 1 {
        "1 finding".to_owned()
    } else {
        format!("{count} findings")
    }
}
