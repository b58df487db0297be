//! Layers of caches, and how long each keeps things.
//!
//! A rule for dropping entries, `until the next event`, is no time and is not read as one.

use super::super::reader::{Passage, Said};
use super::timed;
use crate::values::read_duration;

/// A layer of caches.
#[derive(Debug, Clone)]
pub struct Cache {
    /// Its name.
    pub name: Said,
    /// How long it keeps things, in seconds, where that is written.
    pub keeps: Option<u64>,
}

/// Reads the caches of a passage.
pub fn caches(passage: &Passage<'_>) -> Vec<Cache> {
    let mut found = Vec::new();
    for grid in passage.grids() {
        let name = grid.column(&["layer", "cache", "name", "level", "type", "data", "what"]);
        let keeps = grid.column(&[
            "ttl",
            "lifetime",
            "expiry",
            "expiration",
            "duration",
            "keeps",
            "retention",
        ]);
        found.extend(grid.rows.iter().filter_map(|row| {
            let keeps = row.cell(keeps).and_then(|cell| read_duration(&cell.text));
            Some(Cache {
                name: row.filled(name.or(Some(0)))?.clone(),
                keeps: keeps.map(|reading| reading.seconds),
            })
        }));
    }
    let lines = passage
        .written_lines()
        .filter(|line| line.unit.depth <= 1 && !line.is_waived());
    found.extend(lines.filter_map(|line| {
        let field = line.field.filter(|field| !field.value.is_empty());
        let (name, text) = match field {
            Some(field) => (Said::key(field), field.value.as_str()),
            None if line.is_item() => {
                let text = line.unit.text.as_str();
                (line.place().find(timed(text).0), text)
            }
            None => return None,
        };
        let keeps = keeps(text);
        Some(Cache { name, keeps })
    }));
    found
}

/// How long a cache keeps things: in parentheses, behind `TTL`, or all that is said.
fn keeps(text: &str) -> Option<u64> {
    let spoken = || {
        let lower = text.to_lowercase();
        let (_, behind) = lower.split_once("ttl")?;
        let behind = behind.trim_start_matches([':', '=', ' ', '(']);
        let behind = behind.strip_prefix("of ").unwrap_or(behind);
        let value = behind.split([',', ';', ')']).next()?;
        read_duration(value).map(|reading| reading.seconds)
    };
    let inside = || {
        let parts = text.split('(').skip(1);
        let mut parts = parts.filter_map(|part| part.split([')', ',', ';']).next());
        parts.find_map(read_duration).map(|reading| reading.seconds)
    };
    let whole = || read_duration(text).map(|reading| reading.seconds);
    timed(text).1.or_else(inside).or_else(spoken).or_else(whole)
}
