//! How the system is run: metrics, alerts, images, the pipeline, scaling, caches, backup and recovery, tests.
//!
//! What is asked for as a list is read from lists, tables and fields; sentences are not taken apart.

mod alert;
mod cache;
mod recovery;

use super::reader::{Line, Passage, Reader, Said, has_word, parenthesis, with_rest};
use crate::document::UnitKind;
use crate::naming::{self, Words};
use crate::values::read_duration;

pub use alert::Alert;
pub use cache::Cache;
pub use recovery::{Objective, ObjectiveKind, Recovery, read as recovery};

/// What the document says about running the system.
#[derive(Debug, Clone, Default)]
pub struct Operations {
    /// The metrics, each as written.
    pub metrics: Vec<Said>,
    /// The alerts.
    pub alerts: Vec<Alert>,
    /// The image registry.
    pub registry: Option<Said>,
    /// The stages of the pipeline, in order.
    pub pipeline: Vec<Said>,
    /// The lines about scaling, each as written.
    pub scaling: Vec<Said>,
    /// The layers of caches.
    pub caches: Vec<Cache>,
    /// The lines about backup, each as written.
    pub backup: Vec<Said>,
    /// The levels of tests, each as written.
    pub tests: Vec<Said>,
}

/// Words that make a heading or a key a level of tests, beside `test`.
static LEVELS: Words = Words::new(
    "unit, integration, end, e2e, system, performance, load, stress, security, penetration, contract, acceptance, \
     regression, smoke, component, functional, property, fuzz, fuzzing, chaos, ui, api, mutation, soak",
);

/// Words that a stage of a pipeline begins with, where no list is called one of stages.
static STAGES: Words = Words::new(
    "build, compile, test, tests, unit, integration, lint, format, check, verify, scan, security, package, image, \
     publish, push, release, deploy, deployment, approval, rollback, ci, cd, commit",
);

/// Reads what is said about running the system.
pub fn read(reader: Reader<'_>) -> Operations {
    let all_listed = |path: &str| listed(&reader.passages(path), |_| true);
    let scaling = ["horizontal-scaling", "vertical-scaling", "database-scaling"].into_iter();
    let scaling = scaling.flat_map(|name| all_listed(&format!("scalability/{name}")));
    let alerting = reader.passages("monitoring-and-observability/alerting");
    let caching = reader.passages("scalability/caching-strategy");
    Operations {
        metrics: all_listed("monitoring-and-observability/metrics"),
        alerts: alerting.iter().flat_map(alert::alerts).collect(),
        registry: registry(&reader.passages("deployment-architecture")),
        pipeline: pipeline(&reader.passages("deployment-architecture/ci-cd-pipeline")),
        scaling: own_scaling(reader).into_iter().chain(scaling).collect(),
        caches: caching.iter().flat_map(cache::caches).collect(),
        backup: all_listed("disaster-recovery/backup-strategy"),
        tests: test_levels(reader),
    }
}

/// The items, rows and fields of some passages, each as written. A key with a list below it is the list's name, and
/// items below an item belong to it; `under` is asked for that name.
fn listed(passages: &[Passage<'_>], under: impl Fn(&str) -> bool) -> Vec<Said> {
    let mut found = Vec::new();
    for passage in passages {
        let mut name = passage.name;
        let mut floor = 1;
        for (line, behind) in with_rest(&passage.lines) {
            if line.unit.depth <= 1 {
                floor = 1;
            }
            if line.is_bare_key() {
                name = line.name;
                if line.is_item() && line.has_deeper(behind) {
                    floor = line.unit.depth.saturating_add(1);
                }
                continue;
            }
            let wanted = match line.unit.kind {
                UnitKind::Item { .. } => line.unit.depth <= floor,
                UnitKind::Row | UnitKind::Field(_) => true,
                _ => false,
            };
            if wanted && !line.unsaid && under(name) && !line.is_waived() {
                found.push(line.said());
            }
        }
    }
    found
}

/// The lines about scaling that stand in none of the template's sub-sections. A section on performance holds other things
/// too.
fn own_scaling(reader: Reader<'_>) -> Vec<Said> {
    let words = ["scal", "replica", "shard", "partition", "load balanc", "instances"];
    let speaks = |text: &str| {
        let text = text.to_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    let Some(section) = reader.section("scalability") else {
        return Vec::new();
    };
    let named = section.heading_name().starts_with("scal");
    let mut found = Vec::new();
    for passage in section.passages() {
        let whole = passage.heading.map_or(named, |heading| speaks(&heading.text));
        let lines = listed(std::slice::from_ref(&passage), |_| true);
        found.extend(lines.into_iter().filter(|said| whole || speaks(&said.text)));
    }
    found
}

fn registry(passages: &[Passage<'_>]) -> Option<Said> {
    let names = [
        "image registry",
        "registry",
        "container registry",
        "docker registry",
        "artifact registry",
    ];
    let mut lines = passages.iter().flat_map(|passage| &passage.lines);
    lines
        .find(|line| line.is_field(&names) && !line.unsaid && !line.is_waived())?
        .value()
}

fn pipeline(passages: &[Passage<'_>]) -> Vec<Said> {
    let stages = listed(passages, |name| has_word(name, &["stages", "stage", "steps", "jobs"]));
    if !stages.is_empty() {
        return stages;
    }
    let first = |said: &Said| {
        let name = naming::normalise(&said.text);
        let word = name.split(' ').next().unwrap_or("");
        STAGES.contains(&word)
    };
    listed(passages, |_| true).into_iter().filter(first).collect()
}

/// A text and the duration in parentheses at its end, or behind its last `for`.
fn timed(text: &str) -> (&str, Option<u64>) {
    if let Some((before, inside)) = parenthesis(text) {
        let first = inside.split([',', ';']).next().unwrap_or(inside);
        let seconds = read_duration(inside)
            .or_else(|| read_duration(first))
            .map(|reading| reading.seconds);
        return if seconds.is_some() {
            (before, seconds)
        } else {
            (text, None)
        };
    }
    let spoken = text
        .rsplit_once(" for ")
        .and_then(|(before, after)| Some((before, read_duration(after)?.seconds)));
    spoken.map_or((text, None), |(before, seconds)| (before, Some(seconds)))
}

/// The levels of tests: the list of that section; without it, headings and keys of the testing section that name one.
fn test_levels(reader: Reader<'_>) -> Vec<Said> {
    if let Some(section) = reader.section("testing-strategy/test-levels") {
        let passages = section.all_passages();
        let found = listed(&passages, |_| true);
        return if found.is_empty() { levels(&passages) } else { found };
    }
    let section = reader.section("testing-strategy");
    section.map_or_else(Vec::new, |section| levels(&section.passages()))
}

fn levels(passages: &[Passage<'_>]) -> Vec<Said> {
    let mut found = Vec::new();
    for passage in passages {
        let named = passage.heading.filter(|heading| is_level(&heading.text));
        if let Some(heading) = named.filter(|_| !passage.lines.is_empty()) {
            found.push(Said::heading(heading));
            continue;
        }
        let named = |line: &&Line<'_>| line.field.is_some_and(|field| is_level(&field.key)) && line.unit.depth <= 1;
        let lines = passage.written_lines().filter(named).filter(|line| !line.is_waived());
        found.extend(lines.map(|line| line.said()));
    }
    found
}

fn is_level(name: &str) -> bool {
    let name = naming::normalise(name);
    has_word(&name, &["test", "tests", "testing"]) && has_word(&name, &LEVELS)
}

#[cfg(test)]
mod tests;
