//! Any text as a chapter that is checked and enriched: nothing panics, and the same text has the same answer.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_archdoc::fuzzing::build;

fuzz_target!(|text: &str| {
    assert_eq!(build(text, ""), build(text, ""));
    let (content, _) = build(text, "enrich = false\n");
    assert_eq!(content, text, "without enrichment a chapter stays as it is");
});
