//! The preprocessor: mdBook on the other end of stdin and stdout.

use std::io::{ErrorKind, IsTerminal, Read};
use std::thread::sleep;
use std::time::Duration;

use clap::CommandFactory;
use jiff::civil::Date;

use super::args::Args;
use super::print::{PIPE, print_pieces};
use super::{Failure, Form, Outcome, colour_on_stderr, colour_on_stdout, pipeline, print, say, say_styled, today};
use crate::preprocessor::{Build, Incoming};
use crate::site::BOOK_TOML;

/// How long a host may write before it is read from again.
const PAUSE: Duration = Duration::from_millis(1);

/// Reads to the end. mdBook writes its message in very many small pieces: whoever reads each as it comes is woken for each,
/// and keeps the host from writing. So a short read is followed by a pause in which the pipe fills.
fn read(from: &mut impl Read, mut take: impl FnMut(&[u8])) -> std::io::Result<()> {
    let mut piece = vec![0; PIPE];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => {
                take(piece.get(..count).unwrap_or_default());
                if count < PIPE {
                    sleep(PAUSE);
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Reads the host's message to its end, and only then answers: a host that still writes does not read.
pub fn run(as_of: Option<Date>) -> Result<Outcome, Failure> {
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        let help = Args::command().render_long_help();
        let help = match colour_on_stdout() {
            true => help.ansi().to_string(),
            false => help.to_string(),
        };
        print(Form::Styled, &help)?;
        return Ok(Outcome::Clean);
    }
    let as_of = match today::as_of(as_of) {
        Ok(day) => day,
        Err(failure) => {
            // A host that cannot write its message to the end says that, and nothing of the cause.
            let _ = read(&mut stdin, |_| ());
            return Err(failure);
        }
    };
    let build = Build {
        as_of,
        colour: colour_on_stderr(),
        pipeline: pipeline::of_environment(),
    };
    let mut incoming = Incoming::new(build);
    read(&mut stdin, |piece| incoming.take(piece))
        .map_err(|error| Failure::new(format!("mdBook's message cannot be read: {error}")))?;
    let answer = incoming.answer().map_err(|error| Failure::new(error.to_string()))?;
    say_styled(&answer.messages);
    if answer.failed {
        say(&format!(
            "error: the findings fail this build; `fail-on` in {BOOK_TOML} says from which severity on\n"
        ));
        return Ok(Outcome::Findings);
    }
    print_pieces(Form::Json, &answer.book)?;
    Ok(Outcome::Clean)
}
