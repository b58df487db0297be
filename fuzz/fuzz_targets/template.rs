//! Two texts, a template and the document that is held to it, with a NUL between them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_archdoc::fuzzing::held;

fuzz_target!(|text: &str| {
    if let Some((template, document)) = text.split_once('\0') {
        held(template, document);
    }
});
