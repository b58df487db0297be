//! What of a page may be enriched: what book.toml turns on, without what the chapter turns off.

use super::Facts;
use crate::settings::{Enrich, PARTS};

/// The parts that the value of `off` names; all of them where it has none.
pub fn parts(value: &str) -> Vec<&str> {
    let named = value.split(',').map(str::trim).filter(|name| !name.is_empty());
    let named: Vec<&str> = named.collect();
    if named.is_empty() { PARTS.to_vec() } else { named }
}

impl Facts<'_> {
    /// `parts` without those that a comment in the document turns off: `<!-- archdoc: enrich; off -->`, or
    /// `<!-- archdoc: enrich; off="header, review" -->`.
    pub fn enriched(&self, mut enrich: Enrich) -> Enrich {
        let directives = self
            .document
            .directives
            .iter()
            .filter(|directive| directive.word == "enrich");
        for name in directives
            .filter_map(|directive| directive.option("off"))
            .flat_map(parts)
        {
            if let Some(on) = enrich.part(name) {
                *on = false;
            }
        }
        enrich
    }
}
