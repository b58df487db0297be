//! Starts the git program so that neither its environment nor anybody's configuration shapes what it says.
//! It never writes, never fetches, never runs another program, and takes an answer only with exit status 0.

use std::ffi::OsString;
use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::parse::Malformed;
use super::state::{Reason, quiet};

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
    pub(super) stderr: String,
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

    fn start(&self, directory: &Path, args: &[String], stdin: Stdio) -> Result<Child, Reason> {
        self.command(directory, args)
            .stdin(stdin)
            .spawn()
            .map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => Reason::no_git(),
                _ => Reason::from_git(&doing(args), &error.to_string()),
            })
    }

    /// Runs a command of which little is printed.
    pub(super) fn run(&self, directory: &Path, args: &[String]) -> Result<Printed, Reason> {
        let child = self.start(directory, args, Stdio::null())?;
        let output = child
            .wait_with_output()
            .map_err(|error| Reason::from_git(&doing(args), &error.to_string()))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Printed {
            success: output.status.success(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        })
    }

    /// Runs a command that is read while it prints and while `input` is written to it. Whatever `read` made of it is
    /// kept only if git then ends well.
    pub(super) fn stream<T>(
        &self,
        directory: &Path,
        args: &[String],
        input: &[u8],
        read: impl FnOnce(&mut BufReader<ChildStdout>) -> Result<T, Malformed>,
    ) -> Result<T, Reason> {
        let doing = doing(args);
        let fail = |error: &std::io::Error| Reason::from_git(&doing, &error.to_string());
        let mut child = self.start(directory, args, Stdio::piped())?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let Some(stdout) = stdout else {
            return Err(Reason::unreadable(&doing, "no output"));
        };
        let (result, said) = std::thread::scope(|scope| {
            // A process that stops early closes the pipe; its exit status says so.
            let writer = scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            let reader = scope.spawn(move || {
                let mut said = Vec::new();
                if let Some(stderr) = stderr {
                    let mut stderr = stderr;
                    let _ = stderr.by_ref().take(64 << 10).read_to_end(&mut said);
                    let _ = std::io::copy(&mut stderr, &mut std::io::sink());
                }
                said
            });
            let mut stdout = BufReader::with_capacity(64 << 10, stdout);
            let result = read(&mut stdout);
            // An answer that is not understood is not read further: closing the pipe ends the process.
            drop(stdout);
            let _ = writer.join();
            (result, reader.join().unwrap_or_default())
        });
        let status = child.wait().map_err(|error| fail(&error))?;
        let said = quiet(&String::from_utf8_lossy(&said));
        match (result, status.success()) {
            (Ok(value), true) => Ok(value),
            (Err(why), true) => Err(Reason::unreadable(&doing, &why.to_string())),
            (Err(why @ (Malformed::Unexpected(_) | Malformed::Missing(_))), false) if said.is_empty() => {
                Err(Reason::unreadable(&doing, &why.to_string()))
            }
            (_, false) if said.is_empty() => Err(Reason::unreadable(&doing, &status.to_string())),
            (_, false) => Err(Reason::from_git(&doing, &said)),
        }
    }
}

fn doing(args: &[String]) -> String {
    format!("git {}", args.first().map_or("", String::as_str))
}
