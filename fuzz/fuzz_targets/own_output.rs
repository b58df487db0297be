//! The target `own_output`, for cargo-fuzz.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| mdbook_archdoc_fuzz::run("own_output", input));
