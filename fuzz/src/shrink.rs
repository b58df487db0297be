//! Makes an input that fails small: parts are left out, lines first and then bytes, as long as it fails in the same place.

use std::time::{Duration, Instant};

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The smallest input that was found for which `fails` holds.
pub fn shrunk(input: &[u8], fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let start = Instant::now();
    let mut best = input.to_vec();
    loop {
        let before = best.len();
        for by_line in [true, false] {
            let mut pieces = pieces(&best, by_line);
            let mut size = pieces.len();
            while size > 0 && start.elapsed() < PATIENCE {
                let mut at = 0;
                while at < pieces.len() && start.elapsed() < PATIENCE {
                    let mut fewer = pieces.clone();
                    fewer.drain(at..(at + size).min(pieces.len()));
                    if fails(&fewer.concat()) {
                        pieces = fewer;
                    } else {
                        at += size;
                    }
                }
                size /= 2;
            }
            best = pieces.concat();
        }
        if best.len() == before || start.elapsed() > PATIENCE {
            return best;
        }
    }
}

/// Lines, or characters; bytes of what is no text.
fn pieces(input: &[u8], by_line: bool) -> Vec<Vec<u8>> {
    if by_line {
        return input
            .split_inclusive(|byte| matches!(byte, b'\n' | b'\0'))
            .map(<[u8]>::to_vec)
            .collect();
    }
    match str::from_utf8(input) {
        Ok(text) => text.chars().map(|c| c.to_string().into_bytes()).collect(),
        Err(_) => input.iter().map(|byte| vec![*byte]).collect(),
    }
}
