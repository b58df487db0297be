//! Any text whose findings are fixed until nothing is left: that ends, and soon.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_archdoc::fuzzing::fixed;

fuzz_target!(|text: &str| {
    let mut text = text.to_owned();
    for _ in 0..6 {
        match fixed(&text) {
            Some(better) => text = better,
            None => return,
        }
    }
    assert_eq!(fixed(&text), None, "six passes and still something to fix");
});
