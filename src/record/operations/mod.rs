//! How the system is run: metrics, alerts, images, the pipeline, scaling, caches, backup and recovery, tests.
//!
//! What is asked for as a list is read from lists, tables and fields; sentences are not taken apart.

mod alert;
mod cache;
mod recovery;

use serde::Serialize;

use super::passage::{Passage, parenthesis, says_none};
use super::{Line, Reader, Said};
use crate::document::UnitKind;
use crate::naming;
use crate::values::read_duration;

pub use alert::Alert;
pub use cache::Cache;
pub use recovery::{ObjectiveKind, Recovery, read as recovery};

/// What the document says about running the system.
#[derive(Debug, Clone, Default, Serialize)]
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
const LEVELS: [&str; 24] = [
    "unit",
    "integration",
    "end",
    "e2e",
    "system",
    "performance",
    "load",
    "stress",
    "security",
    "penetration",
    "contract",
    "acceptance",
    "regression",
    "smoke",
    "component",
    "functional",
    "property",
    "fuzz",
    "fuzzing",
    "chaos",
    "ui",
    "api",
    "mutation",
    "soak",
];

/// Words that a stage of a pipeline begins with, where no list is called one of stages.
const STAGES: [&str; 24] = [
    "build",
    "compile",
    "test",
    "tests",
    "unit",
    "integration",
    "lint",
    "format",
    "check",
    "verify",
    "scan",
    "security",
    "package",
    "image",
    "publish",
    "push",
    "release",
    "deploy",
    "deployment",
    "approval",
    "rollback",
    "ci",
    "cd",
    "commit",
];

/// Reads what is said about running the system.
pub fn read(reader: Reader<'_>) -> Operations {
    let passages = |id: &str| {
        reader
            .section(id)
            .map_or_else(Vec::new, |(index, _)| reader.all_passages(index))
    };
    let scaling = [
        "scalability/horizontal-scaling",
        "scalability/vertical-scaling",
        "scalability/database-scaling",
    ];
    Operations {
        metrics: listed(&passages("monitoring-and-observability/metrics"), |_| true),
        alerts: passages("monitoring-and-observability/alerting")
            .iter()
            .flat_map(|passage| alert::alerts(reader, passage))
            .collect(),
        registry: registry(&passages("deployment-architecture")),
        pipeline: pipeline(&passages("deployment-architecture/ci-cd-pipeline")),
        scaling: own_scaling(reader)
            .into_iter()
            .chain(scaling.iter().flat_map(|id| listed(&passages(id), |_| true)))
            .collect(),
        caches: passages("scalability/caching-strategy")
            .iter()
            .flat_map(|passage| cache::caches(reader, passage))
            .collect(),
        backup: listed(&passages("disaster-recovery/backup-strategy"), |_| true),
        tests: test_levels(reader),
    }
}

/// The items, rows and fields of some passages, each as written. A key with a list below it is the list's name, and
/// items below an item belong to it; `under` is asked for that name.
fn listed(passages: &[Passage<'_>], under: impl Fn(&str) -> bool) -> Vec<Said> {
    let mut found = Vec::new();
    for passage in passages {
        let lines = &passage.lines;
        let mut name = passage.name;
        let mut floor = 1;
        for (at, line) in lines.iter().enumerate() {
            let empty = line.field.is_some_and(|field| field.value.is_empty());
            let deeper = lines.get(at + 1).is_some_and(|next| next.unit.depth > line.unit.depth);
            if line.unit.depth == 0 || line.unit.depth == 1 {
                floor = 1;
            }
            if empty {
                name = line.name;
                if line.is_item() && deeper {
                    floor = line.unit.depth.saturating_add(1);
                }
                continue;
            }
            let wanted = match line.unit.kind {
                UnitKind::Item { .. } => line.unit.depth <= floor,
                UnitKind::Row | UnitKind::Field(_) => true,
                _ => false,
            };
            if wanted && !line.unsaid && under(name) && !is_waived(line) {
                found.push(line.said());
            }
        }
    }
    found
}

/// Whether a line says that something does not apply: itself, or the value of its field.
fn is_waived(line: &Line<'_>) -> bool {
    says_none(&line.unit.text) || line.field.is_some_and(|field| says_none(&field.value))
}

/// The lines about scaling that stand in none of the template's sub-sections. A section on performance holds other things
/// too.
fn own_scaling(reader: Reader<'_>) -> Vec<Said> {
    let words = ["scal", "replica", "shard", "partition", "load balanc", "instances"];
    let speaks = |text: &str| {
        let text = text.to_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    let Some((_, node)) = reader.section("scalability") else {
        return Vec::new();
    };
    let heading = node.heading.map_or("", |heading| reader.outline.names.heading(heading));
    let named = heading.starts_with("scal");
    let mut found = Vec::new();
    for passage in reader.passages(node) {
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
    let line = lines.find(|line| line.is_field(&names) && !line.unsaid && !is_waived(line))?;
    let field = line.field.filter(|field| !field.value.is_empty())?;
    Some(Said {
        text: field.value.clone(),
        span: field.value_span,
    })
}

fn pipeline(passages: &[Passage<'_>]) -> Vec<Said> {
    let stages = listed(passages, |name| {
        name.split(' ')
            .any(|word| matches!(word, "stages" | "stage" | "steps" | "jobs"))
    });
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
    if let Some((index, _)) = reader.section("testing-strategy/test-levels") {
        let passages = reader.all_passages(index);
        let found = listed(&passages, |_| true);
        return if found.is_empty() { levels(&passages) } else { found };
    }
    reader
        .section("testing-strategy")
        .map_or_else(Vec::new, |(_, node)| levels(&reader.passages(node)))
}

fn levels(passages: &[Passage<'_>]) -> Vec<Said> {
    let mut found = Vec::new();
    for passage in passages {
        let heading = passage
            .heading
            .filter(|heading| is_level(&heading.text) && !passage.lines.is_empty());
        match heading {
            Some(heading) => found.push(Said {
                text: heading.text.clone(),
                span: heading.name,
            }),
            None => {
                let named =
                    |line: &&Line<'_>| line.field.is_some_and(|field| is_level(&field.key)) && line.unit.depth <= 1;
                found.extend(
                    passage
                        .lines
                        .iter()
                        .filter(named)
                        .filter(|line| !line.unsaid && !is_waived(line))
                        .map(Line::said),
                );
            }
        }
    }
    found
}

fn is_level(name: &str) -> bool {
    let name = naming::normalise(name);
    let words: Vec<&str> = name.split(' ').collect();
    let tests = words.iter().any(|word| matches!(*word, "test" | "tests" | "testing"));
    tests && words.iter().any(|word| LEVELS.contains(word))
}

#[cfg(test)]
mod tests;
