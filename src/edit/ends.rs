//! What two versions of a text begin and end with alike.

/// How many bytes are compared at once.
const CHUNK: usize = 128;

/// How many bytes two texts begin with alike, and how many of the others they end with alike.
pub fn same_ends(one: &[u8], other: &[u8]) -> (usize, usize) {
    let chunks = one.chunks_exact(CHUNK).zip(other.chunks_exact(CHUNK));
    let front = chunks.take_while(|(a, b)| a == b).count() * CHUNK;
    let (one, other) = (behind(one, front), behind(other, front));
    let more = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (behind(one, more), behind(other, more));
    let chunks = one.rchunks_exact(CHUNK).zip(other.rchunks_exact(CHUNK));
    let back = chunks.take_while(|(a, b)| a == b).count() * CHUNK;
    let bytes = one.iter().rev().skip(back).zip(other.iter().rev().skip(back));
    (front + more, back + bytes.take_while(|(a, b)| a == b).count())
}

fn behind(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_byte_by_byte(front in 0..400usize, one in "[ab]{0,4}", other in "[ab]{0,4}", back in 0..400usize) {
            let text = |middle: &str| format!("{}{middle}{}", "x".repeat(front), "x".repeat(back)).into_bytes();
            let (one, other) = (text(&one), text(&other));
            let shorter = one.len().min(other.len());
            let same = (0..shorter).take_while(|at| one[*at] == other[*at]).count();
            let left = shorter - same;
            let ends = (0..left).take_while(|at| one[one.len() - 1 - at] == other[other.len() - 1 - at]).count();
            prop_assert_eq!(same_ends(&one, &other), (same, ends));
        }
    }
}
