//! `check`: the findings of the build, on request.

use jiff::civil::Date;

use super::{Failure, Form, Outcome, args, colour_on_stdout, load, print, say, today};
use crate::check::fails;
use crate::output::{Format, Report, render, summary_line};

/// Prints the findings to stdout and the summary to stderr.
pub fn run(command: &args::Check, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let as_of = today::as_of(as_of)?;
    let book = load::book(&command.paths)?;
    let checked = book.check(as_of, command.format == Format::Json, |_, _, _| ());
    let report = Report::of(&checked, as_of);
    let form = match command.format {
        Format::Json => Form::Json,
        Format::Full | Format::Concise => Form::Styled,
    };
    print(form, &render(&report, command.format, colour_on_stdout()))?;
    if command.format != Format::Json {
        if command.skipped {
            for (path, why) in report.skipped {
                print(Form::Text, &format!("{path}: {}\n", why.text()))?;
            }
        }
        say(&format!("{}\n", summary_line(&report)));
    }
    let fail_on = command.fail_on.unwrap_or(book.session.config.settings.fail_on);
    Ok(if fails(&checked.diagnostics, fail_on) {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}
