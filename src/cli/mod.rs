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
mod print;
mod rules;
#[doc(hidden)]
pub mod stages;
mod status;
mod template;
mod today;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use print::{Form, colour_on_stderr, colour_on_stdout, print, say, say_styled};

use crate::output::terminal_lines;
use crate::settings::Problem;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// Findings at or above `fail-on`.
    Findings,
    /// The arguments were not understood, and why was said.
    Misused,
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

    fn say(&self) {
        say(&format!("error: {}\n", self.message));
        if let Some(help) = &self.help {
            say(&format!("  = help: {help}\n"));
        }
    }
}

impl From<Problem> for Failure {
    fn from(Problem { message, help, .. }: Problem) -> Self {
        Self { message, help }
    }
}

/// Runs the command that the process was started with. Exit 0: clean; 1: findings; 2: it could not run.
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
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
    let ended = match Args::try_parse_from(&args) {
        Ok(args) => run(args),
        Err(error) => not_run(&args, error),
    };
    match ended {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::FAILURE,
        Ok(Outcome::Misused) => ExitCode::from(2),
        Err(failure) => {
            failure.say();
            ExitCode::from(2)
        }
    }
}

/// What is asked for help or the version gets it; else what cannot be understood is said, and that is a failure.
fn not_run(args: &[OsString], error: clap::Error) -> Result<Outcome, Failure> {
    // The message quotes arguments, and stands in colours: so it is made of arguments that act on no terminal.
    let harmless = args.iter().map(|arg| terminal_lines(&arg.to_string_lossy()));
    let error = Args::try_parse_from(harmless).err().unwrap_or(error);
    let styled = |colour| match colour {
        true => error.render().ansi().to_string(),
        false => error.render().to_string(),
    };
    if error.use_stderr() {
        say_styled(&styled(colour_on_stderr()));
        return Ok(Outcome::Misused);
    }
    print(Form::Styled, &styled(colour_on_stdout()))?;
    Ok(Outcome::Clean)
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
