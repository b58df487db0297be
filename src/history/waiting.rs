//! Waits for a git that was started, for no longer than it may take; then it is ended with all that it started.
//! The clock is a limit here and nothing else: no time that was measured is kept or printed.

use std::cell::Cell;
use std::io::{BufRead, ErrorKind, Read, Result, Write};
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel, sync_channel};
use std::thread::{Builder, sleep};
use std::time::{Duration, Instant};

/// How long a process that was killed, or its last words, are waited for: one in a broken file system may never go.
const GRACE: Duration = Duration::from_secs(1);

/// So much is read at once, and so much of what git says on stderr is kept.
const CHUNK: usize = 64 << 10;

/// How long git is waited for, in all commands of one history together. What is made of its answers does not count:
/// a large book on a slow machine is not git's fault.
#[derive(Debug)]
pub(super) struct Patience {
    pub(super) whole: Duration,
    left: Cell<Duration>,
}

impl Patience {
    pub(super) fn new(whole: Duration) -> Self {
        let left = Cell::new(whole);
        Self { whole, left }
    }

    pub(super) fn is_over(&self) -> bool {
        self.left.get().is_zero()
    }

    fn wait<T>(&self, wait: impl FnOnce(Duration) -> T) -> T {
        let (left, start) = (self.left.get(), Instant::now());
        let result = wait(left);
        self.left.set(left.saturating_sub(start.elapsed()));
        result
    }
}

/// What git prints, while it is printed.
#[derive(Debug)]
pub(super) struct Output<'p> {
    patience: &'p Patience,
    chunks: Receiver<Result<Vec<u8>>>,
    chunk: Vec<u8>,
    read: usize,
}

impl BufRead for Output<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.read >= self.chunk.len() {
            let received = self.patience.wait(|left| self.chunks.recv_timeout(left));
            // Also where there is more: it may never end.
            if self.patience.is_over() {
                return Err(ErrorKind::TimedOut.into());
            }
            (self.read, self.chunk) = match received {
                Ok(chunk) => (0, chunk?),
                Err(RecvTimeoutError::Disconnected) => (0, Vec::new()),
                Err(RecvTimeoutError::Timeout) => return Err(ErrorKind::TimedOut.into()),
            };
        }
        Ok(self.chunk.get(self.read..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount;
    }
}

impl Read for Output<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// A process that is ended when nobody waits for it any more.
#[derive(Debug)]
pub(super) struct Running<'p> {
    child: Child,
    patience: &'p Patience,
    said: Option<Receiver<Vec<u8>>>,
    gone: bool,
}

impl<'p> Running<'p> {
    pub(super) fn new(child: Child, patience: &'p Patience) -> Self {
        Self {
            child,
            patience,
            said: None,
            gone: false,
        }
    }

    /// Writes `input`, and begins to read both outputs. The threads end with their pipes, and nobody waits for them:
    /// what git started may hold a pipe open for ever.
    pub(super) fn talk(&mut self, input: Vec<u8>) -> Result<Output<'p>> {
        if let Some(mut stdin) = self.child.stdin.take() {
            // A process that stops early closes the pipe; its exit status says so.
            Builder::new().spawn(move || drop(stdin.write_all(&input)))?;
        }
        let (sender, said) = channel();
        if let Some(mut stderr) = self.child.stderr.take() {
            Builder::new().spawn(move || {
                let mut kept = Vec::new();
                let limit = u64::try_from(CHUNK).unwrap_or(u64::MAX);
                let _ = stderr.by_ref().take(limit).read_to_end(&mut kept);
                let _ = std::io::copy(&mut stderr, &mut std::io::sink());
                let _ = sender.send(kept);
            })?;
        }
        self.said = Some(said);
        // No more than a few parts wait to be read: a git that is quicker than the reader waits.
        let (sender, chunks) = sync_channel(4);
        if let Some(mut stdout) = self.child.stdout.take() {
            Builder::new().spawn(move || {
                loop {
                    let mut chunk = vec![0; CHUNK];
                    let part = match stdout.read(&mut chunk) {
                        Ok(0) => break,
                        Ok(length) => {
                            chunk.truncate(length);
                            Ok(chunk)
                        }
                        Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                        Err(error) => Err(error),
                    };
                    let last = part.is_err();
                    if sender.send(part).is_err() || last {
                        break;
                    }
                }
            })?;
        }
        Ok(Output {
            patience: self.patience,
            chunks,
            chunk: Vec::new(),
            read: 0,
        })
    }

    /// How the process ended; `None` where it does not.
    pub(super) fn status(&mut self) -> Result<Option<ExitStatus>> {
        let patience = self.patience;
        let status = patience.wait(|left| self.ends_within(left));
        if !matches!(status, Ok(Some(_))) {
            self.kill();
        }
        status
    }

    /// Ends the process and all that it started; how it ended, where it did.
    pub(super) fn kill(&mut self) -> Option<ExitStatus> {
        if self.gone {
            return None;
        }
        // Nobody has waited for the process yet, so that its number is not another's.
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let status = self.ends_within(GRACE).ok().flatten();
        self.gone = true;
        status
    }

    /// What it said on stderr before it ended.
    pub(super) fn said(&mut self) -> Vec<u8> {
        let said = self.said.take().and_then(|said| said.recv_timeout(GRACE).ok());
        said.unwrap_or_default()
    }

    fn ends_within(&mut self, limit: Duration) -> Result<Option<ExitStatus>> {
        let start = Instant::now();
        let mut pause = Duration::from_micros(50);
        loop {
            if let Some(status) = self.child.try_wait()? {
                self.gone = true;
                return Ok(Some(status));
            }
            if start.elapsed() >= limit {
                return Ok(None);
            }
            sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.kill();
    }
}
