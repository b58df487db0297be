//! `fix`: the cures that findings carry, shown or written.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Failure, Form, Outcome, args, load, print, say, today};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::edit::{Edit, apply};
use crate::output::diff;
use crate::source::SourceFile;

/// Shows or writes the fixes of a book's findings.
pub fn run(command: &args::Fix, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let book = load::book(&command.paths)?;
    let checked = book.check(today::as_of(as_of)?, |_, _, _| ());
    let fixable = |diagnostic: &&Diagnostic| {
        let applicability = diagnostic.fix.as_ref().map(|fix| fix.applicability);
        applicability == Some(Applicability::Safe) || applicability.is_some() && command.suggested
    };
    let (fixes, rest): (Vec<&Diagnostic>, Vec<&Diagnostic>) = checked.diagnostics.iter().partition(fixable);
    let mut left_out = 0;
    for (file, edits) in by_file(&fixes) {
        let (text, overlapping) = apply(file.text(), &edits);
        left_out += overlapping;
        if command.write {
            book.files
                .write(file.path(), &text)
                .map_err(|error| Failure::new(error.to_string()))?;
        } else {
            print(Form::Text, &diff(file.path(), file.text(), &text))?;
        }
    }
    let done = if command.write { "fixed" } else { "can be fixed" };
    say(&format!(
        "archdoc: {} {done}, {} left\n",
        counted(fixes.len()),
        counted(rest.len())
    ));
    if left_out > 0 {
        say("archdoc: some changes overlap and wait for the next run\n");
    }
    if !command.write && !fixes.is_empty() {
        say("archdoc: nothing was changed, `--write` does it\n");
    }
    Ok(Outcome::Clean)
}

/// The edits of each file, in the order of their paths.
fn by_file(fixes: &[&Diagnostic]) -> Vec<(Arc<SourceFile>, Vec<Edit>)> {
    let mut files: BTreeMap<String, (Arc<SourceFile>, Vec<Edit>)> = BTreeMap::new();
    for edit in fixes
        .iter()
        .filter_map(|diagnostic| diagnostic.fix.as_ref())
        .flat_map(|fix| &fix.edits)
    {
        let entry = files.entry(edit.file.path().to_owned());
        entry
            .or_insert_with(|| (Arc::clone(&edit.file), Vec::new()))
            .1
            .push(edit.edit.clone());
    }
    files.into_values().collect()
}

fn counted(count: usize) -> String {
    if count == 1 {
        "1 finding".to_owned()
    } else {
        format!("{count} findings")
    }
}
