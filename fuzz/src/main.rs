//! Runs the targets on mutated seeds with a stable compiler: `cargo run --release --no-default-features -- [OPTIONS] [TARGET]…`.
//!
//! `--seconds N` for each target, 60 unless said otherwise; `--seed N`, by which a run repeats; `--at N`, the one execution
//! of a seed; `--input FILE`, the one input. What fails is made small and printed, and the exit code is 1.

mod mutate;
mod shrink;

use std::panic::{self, PanicHookInfo};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use mdbook_archdoc_fuzz::{TARGETS, Target};

use mutate::{Random, Seeds};

/// How long one input may take.
const HANGS: Duration = Duration::from_secs(10);

/// What an input failed with: where, and what was said.
static FAILURE: Mutex<Option<(String, String)>> = Mutex::new(None);

/// Whether a target is running, whose panics are what is looked for.
static IN_TARGET: AtomicBool = AtomicBool::new(false);

/// The input that is being run, and since when.
type Running = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

fn main() {
    let mut options = Options {
        seconds: 60,
        seed: 1,
        at: None,
        input: None,
        targets: Vec::new(),
    };
    options.read();
    panic::set_hook(Box::new(note));
    let seeds = Seeds::read();
    println!("seed {}", options.seed);
    let mut failed = false;
    for target in TARGETS.iter().filter(|target| options.wants(target)) {
        failed |= !fuzz(target, &seeds, &options);
    }
    exit(i32::from(failed));
}

struct Options {
    seconds: u64,
    seed: u64,
    at: Option<u64>,
    input: Option<Vec<u8>>,
    targets: Vec<String>,
}

impl Options {
    fn read(&mut self) {
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut number = || {
                words
                    .next()
                    .and_then(|word| word.parse().ok())
                    .unwrap_or_else(|| usage(&word))
            };
            match word.as_str() {
                "--seconds" => self.seconds = number(),
                "--seed" => self.seed = number(),
                "--at" => self.at = Some(number()),
                "--input" => {
                    let read = words.next().and_then(|path| std::fs::read(path).ok());
                    self.input = Some(read.unwrap_or_else(|| usage(&word)));
                }
                name if TARGETS.iter().any(|target| target.name == name) => self.targets.push(word),
                _ => usage(&word),
            }
        }
    }

    fn wants(&self, target: &Target) -> bool {
        self.targets.is_empty() || self.targets.iter().any(|name| name == target.name)
    }
}

fn usage(word: &str) -> ! {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    eprintln!(
        "what is `{word}`? [--seconds N] [--seed N] [--at N] [--input FILE] [{}]…",
        names.join("|")
    );
    exit(2)
}

/// Whether all inputs of a target passed.
fn fuzz(target: &Target, seeds: &Seeds, options: &Options) -> bool {
    let running = Running::default();
    watch(target, Arc::clone(&running));
    let (start, length) = (Instant::now(), Duration::from_secs(options.seconds));
    let single = options.at.is_some() || options.input.is_some();
    let mut execution = options.at.unwrap_or(0);
    while start.elapsed() < length {
        let mut random = Random::of(options.seed, target.name, execution);
        let input = options
            .input
            .clone()
            .unwrap_or_else(|| seeds.input(target.name, &mut random));
        if let Some((place, message)) = failure(target, &input, &running) {
            println!(
                "{}: FAILED at execution {execution} of seed {}: {message}\n  at {place}",
                target.name, options.seed
            );
            let small = shrink::shrunk(&input, |input| {
                failure(target, input, &running).is_some_and(|(at, _)| at == place)
            });
            println!(
                "{}: the smallest input that fails there, {} bytes:\n{}",
                target.name,
                small.len(),
                shown(&small)
            );
            return false;
        }
        execution += 1;
        if single {
            break;
        }
    }
    let count = execution - options.at.unwrap_or(0);
    println!(
        "{}: {count} executions in {} s, all passed",
        target.name,
        start.elapsed().as_secs()
    );
    true
}

/// Where and how the target fails with an input; none where it passes.
fn failure(target: &Target, input: &[u8], running: &Running) -> Option<(String, String)> {
    let lock = || running.lock().unwrap_or_else(PoisonError::into_inner);
    *FAILURE.lock().unwrap_or_else(PoisonError::into_inner) = None;
    *lock() = Some((Instant::now(), input.to_vec()));
    IN_TARGET.store(true, Ordering::Relaxed);
    let result = panic::catch_unwind(|| (target.run)(input));
    IN_TARGET.store(false, Ordering::Relaxed);
    *lock() = None;
    result.err()?;
    let failure = FAILURE.lock().unwrap_or_else(PoisonError::into_inner).take();
    Some(failure.unwrap_or_default())
}

/// Notes the first panic of an input: what follows in other threads is its echo.
fn note(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let message = info.payload_as_str().unwrap_or_default().to_owned();
    // Of the driver itself: nobody else tells of it.
    if thread::current().name() == Some("main") && !IN_TARGET.load(Ordering::Relaxed) {
        eprintln!("the driver fails at {place}: {message}");
    }
    FAILURE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get_or_insert((place, message));
}

/// Ends the run where an input takes too long: nothing stops a thread that hangs.
fn watch(target: &Target, running: Running) {
    let name = target.name;
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_millis(200));
            let running = running.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, input)) = running.as_ref().filter(|(since, _)| since.elapsed() > HANGS) {
                println!("{name}: HANGS for more than {} s on\n{}", HANGS.as_secs(), shown(input));
                exit(1);
            }
        }
    });
}

/// An input as a literal that a test can have.
fn shown(input: &[u8]) -> String {
    match str::from_utf8(input) {
        Ok(text) => format!("{text:?}"),
        Err(_) => format!("b\"{}\"", input.escape_ascii()),
    }
}
