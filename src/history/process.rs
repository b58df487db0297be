//! Starts the git program so that neither its environment nor anybody's configuration shapes what it says.
//! It never writes, never fetches, never runs another program, never waits for ever, and takes an answer only with exit
//! status 0.

use std::ffi::OsString;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use super::parse::Malformed;
use super::state::{Reason, quiet};
use super::waiting::{Output, Patience, Running};

/// What a command of which little is printed may print, in bytes.
const LONGEST_LINES: u64 = 1 << 20;

/// Where a repository is, how texts are named and read, what is printed: all of it is ours to say. What stays is
/// `GIT_CONFIG_*`, where pipelines put `safe.directory`, and the limits of the search for a repository.
const REMOVED: [&str; 34] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_ATTR_SOURCE",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REDIRECT_STDERR",
    "GIT_REDIRECT_STDOUT",
    "GIT_REF_PARANOIA",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_TRACE",
    "GIT_TRACE2",
    "GIT_TRACE2_EVENT",
    "GIT_TRACE2_PERF",
    "GIT_TRACE_PACKET",
    "GIT_TRACE_PACK_ACCESS",
    "GIT_TRACE_PERFORMANCE",
    "GIT_TRACE_SETUP",
    "GIT_TRACE_SHALLOW",
    "GIT_WORK_TREE",
    "LANGUAGE",
];

/// A lazy fetch is off since git 2.45; before that, no protocol is allowed to it.
const SET: [(&str, &str); 9] = [
    ("LC_ALL", "C"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_ATTR_NOSYSTEM", "1"),
    ("GIT_FLUSH", "0"),
    ("GIT_GRAFT_FILE", "/dev/null"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
];

/// Settings that reach the log in spite of its options, or that name a program to run; and room for the texts that
/// others are stored as differences to: with git's own limit, those of a few megabytes of chapters are unpacked over and
/// over.
const SETTINGS: [&str; 12] = [
    "core.attributesFile=",
    "core.deltaBaseCacheLimit=256m",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
    "diff.relative=false",
    "log.diffMerges=off",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "mailmap.blob=",
    "mailmap.file=",
];

/// The git program.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) name: OsString,
    /// Set before everything else, for tests.
    pub(super) env: Vec<(OsString, OsString)>,
}

/// What a short command printed.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) success: bool,
    pub(super) stdout: String,
    /// Of a command that failed alone.
    pub(super) stderr: String,
}

/// What came of a command.
struct Answer<T> {
    result: Result<T, Malformed>,
    success: bool,
    status: String,
    said: String,
}

impl Program {
    fn command(&self, directory: &Path, args: &[String]) -> Command {
        let mut command = Command::new(&self.name);
        command.envs(self.env.iter().map(|(key, value)| (key, value)));
        REMOVED.iter().for_each(|name| {
            command.env_remove(name);
        });
        command.envs(SET).arg("-C").arg(directory).arg("--no-pager");
        for setting in SETTINGS {
            command.arg("-c").arg(setting);
        }
        command
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn start<'p>(
        &self,
        directory: &Path,
        args: &[String],
        input: Vec<u8>,
        patience: &'p Patience,
    ) -> Result<(Running<'p>, Output<'p>), Reason> {
        let doing = doing(args);
        if patience.is_over() {
            return Err(Reason::no_answer(&doing, patience.whole));
        }
        let mut command = self.command(directory, args);
        if !input.is_empty() {
            command.stdin(Stdio::piped());
        }
        // In a group of its own, so that all of it can be ended.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Reason::no_git(),
            _ => Reason::from_git(&doing, &error.to_string()),
        })?;
        let mut running = Running::new(child, patience);
        let output = running
            .talk(input)
            .map_err(|error| Reason::from_git(&doing, &error.to_string()))?;
        Ok((running, output))
    }

    /// Runs a command that is read while it prints and while `input` is written to it.
    fn ask<T>(
        &self,
        directory: &Path,
        args: &[String],
        input: Vec<u8>,
        patience: &Patience,
        read: impl FnOnce(&mut Output<'_>) -> Result<T, Malformed>,
    ) -> Result<Answer<T>, Reason> {
        let doing = doing(args);
        let (mut running, mut output) = self.start(directory, args, input, patience)?;
        let result = read(&mut output);
        let status = match &result {
            _ if patience.is_over() => None,
            // An answer that is not understood is not read further. The pipe stays open until git is gone: of a closed one
            // it would complain.
            Err(why) if !matches!(why, Malformed::Truncated) => running.kill(),
            _ => {
                drop(output);
                running
                    .status()
                    .map_err(|error| Reason::from_git(&doing, &error.to_string()))?
            }
        };
        if status.is_none() && patience.is_over() {
            running.kill();
            return Err(Reason::no_answer(&doing, patience.whole));
        }
        let success = status.is_some_and(|status| status.success());
        let said = if success { Vec::new() } else { running.said() };
        Ok(Answer {
            result,
            success,
            status: status.map_or_else(|| "no exit status".to_owned(), |status| status.to_string()),
            said: String::from_utf8_lossy(&said).into_owned(),
        })
    }

    /// Runs a command of which little is printed.
    pub(super) fn run(&self, directory: &Path, args: &[String], patience: &Patience) -> Result<Printed, Reason> {
        let answer = self.ask(directory, args, Vec::new(), patience, |stdout| {
            let mut bytes = Vec::new();
            stdout.take(LONGEST_LINES + 1).read_to_end(&mut bytes)?;
            if u64::try_from(bytes.len()).is_ok_and(|length| length <= LONGEST_LINES) {
                Ok(String::from_utf8_lossy(&bytes).into_owned())
            } else {
                Err(Malformed::TooMuch)
            }
        })?;
        Ok(Printed {
            success: answer.success,
            stdout: answer
                .result
                .map_err(|why| Reason::unreadable(&doing(args), &why.to_string()))?,
            stderr: answer.said,
        })
    }

    /// Runs a command of which much is printed. Whatever `read` made of it is kept only if git then ends well.
    pub(super) fn stream<T>(
        &self,
        directory: &Path,
        args: &[String],
        input: Vec<u8>,
        patience: &Patience,
        read: impl FnOnce(&mut Output<'_>) -> Result<T, Malformed>,
    ) -> Result<T, Reason> {
        let doing = doing(args);
        let answer = self.ask(directory, args, input, patience, read)?;
        let said = quiet(&answer.said);
        match (answer.result, answer.success) {
            (Ok(value), true) => Ok(value),
            (Err(why), true) => Err(Reason::unreadable(&doing, &why.to_string())),
            (Err(why), false) if said.is_empty() && !matches!(why, Malformed::Truncated) => {
                Err(Reason::unreadable(&doing, &why.to_string()))
            }
            (_, false) if said.is_empty() => Err(Reason::unreadable(&doing, &answer.status)),
            (_, false) => Err(Reason::from_git(&doing, &said)),
        }
    }
}

fn doing(args: &[String]) -> String {
    format!("git {}", args.first().map_or("", String::as_str))
}
