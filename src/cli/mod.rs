//! The command line: one file a subcommand.
//!
//! The only room that prints, exits, or reads the clock, the environment and the terminal. What it prints was
//! rendered elsewhere.

mod args;
mod build;
mod changelog;
mod check;
mod explain;
mod fix;
mod load;
mod new;
mod pipeline;
mod rules;
#[doc(hidden)]
pub mod stages;
mod status;
mod template;
mod today;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

use crate::output::terminal_lines;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// Findings at or above `fail-on`.
    Findings,
}

/// Why a command could not run: what is wrong, and what to do.
#[derive(Debug)]
struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

/// Runs the command that the process was started with. Exit 0: clean; 1: findings; 2: it could not run.
pub fn main() -> ExitCode {
    let args: Vec<std::ffi::OsString> = std::env::args_os().collect();
    // The host asks before every build and takes any failure for a no: nothing may go wrong here.
    let asks_for_help = args.get(2).is_some_and(|word| word == "--help" || word == "-h");
    if args.get(1).is_some_and(|word| word == "supports") && args.len() == 3 && !asks_for_help {
        let renderer = args.get(2).map(|name| name.to_string_lossy()).unwrap_or_default();
        return if crate::preprocessor::supports(&renderer) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match run(args) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::FAILURE,
        Err(failure) => {
            say(&format!("error: {}\n", terminal_lines(&failure.message)));
            if let Some(help) = failure.help {
                say(&format!("  = help: {}\n", terminal_lines(&help)));
            }
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> Result<Outcome, Failure> {
    match args.command {
        None => build::run(args.as_of),
        Some(Command::Check(command)) => check::run(&command, args.as_of),
        Some(Command::Changelog(command)) => changelog::run(&command, args.as_of),
        Some(Command::Fix(command)) => fix::run(&command, args.as_of),
        Some(Command::Status(command)) => status::run(&command, args.as_of),
        Some(Command::New(command)) => new::run(&command, args.as_of),
        Some(Command::Template(command)) => template::run(&command),
        Some(Command::Rules) => rules::run(),
        Some(Command::Explain(command)) => explain::run(&command.rule),
        Some(Command::Supports(command)) => Ok(match crate::preprocessor::supports(&command.renderer) {
            true => Outcome::Clean,
            false => Outcome::Findings,
        }),
    }
}

/// Prints a result. A reader that went away, `| head`, is no failure.
fn print(text: &str) {
    let mut stdout = anstream::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}

/// Prints a result that another program may read byte for byte. On a terminal nothing in it acts on the terminal;
/// [`print()`] would take such characters away everywhere.
fn print_exactly(text: &str) {
    let mut stdout = std::io::stdout().lock();
    if stdout.is_terminal() {
        drop(stdout);
        print(&terminal_lines(text));
    } else {
        let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    }
}

/// Prints a message.
fn say(text: &str) {
    // Where nothing shows them, styles are searched for byte by byte, and findings are long texts without any.
    let acts = |byte: u8| byte.is_ascii_control() & !byte.is_ascii_whitespace();
    if !text.bytes().fold(false, |found, byte| found | acts(byte)) {
        let mut stderr = std::io::stderr().lock();
        let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
        return;
    }
    let mut stderr = anstream::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

/// Whether a stream shows colours.
fn colour(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}
