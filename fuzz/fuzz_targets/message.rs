//! Any bytes as the host's message: an error or a book, the same however they come in, never a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_archdoc::fuzzing::answered;

fuzz_target!(|bytes: &[u8]| {
    answered(bytes);
});
