//! The target `checklist`, for cargo-fuzz.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| mdbook_archdoc_fuzz::run("checklist", input));
