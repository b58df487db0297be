//! The one way out of the program: everything that it prints goes through here, to stdout or to stderr.
//!
//! Text comes from chapters, commits, configurations and arguments. On a terminal nothing of it acts on the terminal: it
//! is shown, and only the program's own colours are more than that. What is piped keeps its bytes. A result that cannot
//! be written is a failure; a message that cannot be written changes nothing.

use std::io::{BufWriter, ErrorKind, IsTerminal, Write};

use super::Failure;
use crate::output::{terminal_json, terminal_lines, terminal_styled};

/// What a pipe holds at the most, in bytes, on the systems that say so.
pub const PIPE: usize = 64 * 1024;

/// What a text is, which decides how it is shown on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines of text.
    Text,
    /// Lines of text with the program's own colours in it. Whoever made it has escaped what came from outside.
    Styled,
    /// JSON: what would act is written as its escape, which is the same value.
    Json,
}

impl Form {
    fn on_terminal(self, text: &str) -> String {
        match self {
            Self::Text => terminal_lines(text),
            Self::Styled => terminal_styled(text),
            Self::Json => terminal_json(text),
        }
    }
}

/// Prints a result to stdout. A reader that went away, `| head`, is no failure.
///
/// # Errors
/// Where it cannot be written: a disk is full.
pub fn print(form: Form, text: &str) -> Result<(), Failure> {
    print_pieces(form, &[text])
}

/// Prints a result that is in several pieces, at once.
///
/// # Errors
/// Where it cannot be written.
#[allow(clippy::disallowed_methods, reason = "this is where results are printed")]
pub fn print_pieces(form: Form, pieces: &[impl AsRef<[u8]>]) -> Result<(), Failure> {
    let written = if std::io::stdout().is_terminal() {
        let bytes: Vec<u8> = pieces.iter().flat_map(|piece| piece.as_ref()).copied().collect();
        let shown = form.on_terminal(&String::from_utf8_lossy(&bytes));
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(shown.as_bytes()).and_then(|()| stdout.flush())
    } else {
        plain_stdout().and_then(|mut stdout| {
            let mut pieces = pieces.iter();
            pieces
                .try_for_each(|piece| stdout.write_all(piece.as_ref()))
                .and_then(|()| stdout.flush())
        })
    };
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::with_help(
            format!("the result cannot be written to stdout: {error}"),
            "make room where stdout goes to, or send it elsewhere",
        )),
        _ => Ok(()),
    }
}

/// Stdout without the library's help, which takes a stream that cannot be written to for one that swallows all.
#[cfg(unix)]
#[allow(clippy::disallowed_methods, reason = "this is where results are printed")]
fn plain_stdout() -> std::io::Result<impl Write> {
    use std::os::fd::AsFd;

    let stdout = std::io::stdout().as_fd().try_clone_to_owned()?;
    Ok(BufWriter::with_capacity(PIPE, std::fs::File::from(stdout)))
}

#[cfg(not(unix))]
#[allow(clippy::disallowed_methods, reason = "this is where results are printed")]
fn plain_stdout() -> std::io::Result<impl Write> {
    Ok(BufWriter::with_capacity(PIPE, std::io::stdout().lock()))
}

/// Prints a message to stderr. People read it wherever it goes: nothing from outside in it ever acts.
pub fn say(text: &str) {
    say_styled(&terminal_lines(text));
}

/// Prints messages with the program's own colours to stderr. Whoever made them has escaped what came from outside.
#[allow(clippy::disallowed_methods, reason = "this is where messages are printed")]
pub fn say_styled(text: &str) {
    let stderr = std::io::stderr();
    // Nobody is left to be told that it failed.
    let _ = if stderr.is_terminal() {
        let mut stderr = anstream::stderr().lock();
        let shown = Form::Styled.on_terminal(text);
        stderr.write_all(shown.as_bytes()).and_then(|()| stderr.flush())
    } else {
        let mut stderr = stderr.lock();
        stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush())
    };
}

/// Whether stdout shows colours.
#[allow(clippy::disallowed_methods, reason = "this is where the terminal is asked")]
pub fn colour_on_stdout() -> bool {
    colour(&std::io::stdout())
}

/// Whether stderr shows colours.
#[allow(clippy::disallowed_methods, reason = "this is where the terminal is asked")]
pub fn colour_on_stderr() -> bool {
    colour(&std::io::stderr())
}

fn colour(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}
