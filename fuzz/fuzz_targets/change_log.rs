//! Any text in the place of the change log, and between the sections around it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_archdoc::fuzzing::build;

fuzz_target!(|text: &str| {
    build(
        &format!("# Architecture Documentation: X\n\n**Version**: 1.2\n\n## Change Log\n\n{text}\n\n## Review Checklist\n- [ ] a\n"),
        "",
    );
});
