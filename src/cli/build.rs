//! The preprocessor: mdBook on the other end of stdin and stdout.

use std::io::{IsTerminal, Read, Write};

use clap::CommandFactory;
use jiff::civil::Date;

use super::args::Args;
use super::{Failure, Outcome, colour, pipeline, print, say, today};
use crate::preprocessor::{Build, answer};

/// Reads the host's message to its end, and only then answers: a host that still writes does not read.
pub fn run(as_of: Option<Date>) -> Result<Outcome, Failure> {
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        print(&Args::command().render_long_help().ansi().to_string());
        return Ok(Outcome::Clean);
    }
    let mut input = Vec::new();
    stdin
        .read_to_end(&mut input)
        .map_err(|error| Failure::new(format!("mdBook's message cannot be read: {error}")))?;
    let build = Build {
        as_of: today::as_of(as_of)?,
        colour: colour(&std::io::stderr()),
        pipeline: pipeline::of_environment(),
    };
    let answer = answer(&input, build).map_err(|error| Failure::new(error.to_string()))?;
    say(&answer.messages);
    if answer.failed {
        say("error: the findings fail this build; `fail-on` in book.toml says from which severity on\n");
        return Ok(Outcome::Findings);
    }
    let mut stdout = std::io::stdout().lock();
    stdout
        .write_all(&answer.book)
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::new(format!("the book cannot be handed back to mdBook: {error}")))?;
    Ok(Outcome::Clean)
}
