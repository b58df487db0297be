//! Any text in the place of the review checklist, with a footer below it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_archdoc::fuzzing::build;

fuzz_target!(|text: &str| {
    build(
        &format!("# Architecture Documentation: X\n\n**Status**: Draft\n\n## Review Checklist\n\n{text}\n\n---\n\n**Document Status**: Review\n"),
        "",
    );
});
