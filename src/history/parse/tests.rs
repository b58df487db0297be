//! What git prints, read back.

use super::*;
use proptest::prelude::*;

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const NONE: &str = "0000000000000000000000000000000000000000";

fn sample() -> Vec<u8> {
    format!(
        "\u{1}{A}\0{B}\02026-01-02\0100\0Ann\0one | \u{1b} {A}\0:body\nReviewed-by: Bob <b@x>\n\0\0\
         \n:100644 100644 {A} {B} R086\0src/a\nb.md\0src/c.md\0:000000 120000 {NONE} {A} A\0src/link\0\
         \u{1}{B}\0\0\0\0\0\0\0\0"
    )
    .into_bytes()
}

#[test]
fn reads_commits_and_files() {
    let walk = walk(sample().as_slice(), 3).unwrap();
    assert_eq!(walk.graph.parents(0), [1]);
    assert_eq!(walk.entries.len(), 1);
    let Entry { commit, files } = &walk.entries[0];
    assert_eq!((commit.repository, commit.index, commit.time), (3, 0, 100));
    assert_eq!(commit.subject, format!("one |   {A}"));
    assert_eq!(commit.trailers, [Trailer::ReviewedBy("Bob".to_owned())]);
    assert_eq!(files[0].status, Status::Renamed);
    assert_eq!(
        (files[0].from.as_deref(), files[0].path.as_str()),
        (Some("src/a\nb.md"), "src/c.md")
    );
    assert_eq!((files[1].status, &files[1].after), (Status::Added, &None));
}

#[test]
fn a_log_cut_inside_a_commit_is_an_error() {
    let whole = sample();
    let second = whole.iter().rposition(|byte| *byte == 1).unwrap();
    for length in 1..whole.len() {
        // A cut between two entries looks whole; the exit status tells that one.
        let ends = walk(&whole[..length], 0).map(|walk| walk.graph.len()).unwrap_or(0);
        assert!(
            ends == 0 || (length <= second && whole[length - 1] == 0),
            "cut at {length}"
        );
    }
}

#[test]
fn a_log_that_does_not_end_is_not_kept() {
    /// The same bytes for ever.
    struct Endless(Vec<u8>, usize);

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = (&self.0[self.1..]).read(buffer)?;
            self.1 = (self.1 + length) % self.0.len();
            Ok(length)
        }
    }

    let text = "x".repeat(1 << 16);
    for commit in [
        format!("\u{1}{A}\0{B}\02026-01-02\0100\0Ann\0one\0{text}\0\0"),
        format!("\u{1}{A}\0\0\0\0\0\0\0\0\n:100644 100644 {A} {B} M\0src/c.md\0"),
    ] {
        let endless = std::io::BufReader::new(Endless(commit.into_bytes(), 0));
        assert!(matches!(walk_within(1 << 14, endless, 0), Err(Malformed::TooMuch)));
    }
    // One commit with files for ever, and one name that does not end.
    let files = format!("\n:100644 100644 {A} {B} M\0src/c.md\0").into_bytes();
    let start = format!("\u{1}{A}\0\0\0\0\0\0\0\0").into_bytes();
    let endless = start.as_slice().chain(std::io::BufReader::new(Endless(files, 0)));
    assert!(matches!(walk_within(1 << 14, endless, 0), Err(Malformed::TooMuch)));
    let endless = std::io::BufReader::new(std::io::repeat(b'x'));
    assert!(matches!(walk_within(1 << 14, endless, 0), Err(Malformed::TooMuch)));
    // What commits say that touch no chapter is not kept, and does not count.
    let mut many = Vec::new();
    for _ in 0..100 {
        many.extend(format!("\u{1}{A}\0\0\0\0Ann\0one\0{text}\0\0").into_bytes());
    }
    assert_eq!(walk_within(1 << 17, many.as_slice(), 0).unwrap().graph.len(), 100);
}

#[test]
fn reads_objects() {
    let bytes = format!("{A} blob 3\na\nb\n{A} x:y blob 3 missing\n{B} tree 2\n\n\n\n{A} blob 2\n\u{ff}\n");
    let mut reader = bytes.as_bytes();
    assert_eq!(
        object(&mut reader).unwrap(),
        Object::Text(A.to_owned(), "a\nb".to_owned())
    );
    assert_eq!(object(&mut reader).unwrap(), Object::Missing);
    assert_eq!(object(&mut reader).unwrap(), Object::Other);
    assert_eq!(
        object(&mut reader).unwrap(),
        Object::Text(A.to_owned(), "\u{ff}".to_owned())
    );
    assert!(matches!(object(&mut reader), Err(Malformed::Truncated)));
    let mut cut = format!("{A} blob 9\nabc").into_bytes();
    assert!(matches!(object(&mut cut.as_slice()), Err(Malformed::Truncated)));
    cut.truncate(20);
    assert!(matches!(object(&mut cut.as_slice()), Err(Malformed::Truncated)));
    let mut invalid = format!("{A} blob 1\n").into_bytes();
    invalid.extend(b"\xff\n");
    assert_eq!(
        object(&mut invalid.as_slice()).unwrap(),
        Object::Text(A.to_owned(), "\u{fffd}".to_owned())
    );
}

#[test]
fn ignore_revs_are_full_hashes() {
    let file = format!("# why\n{A}\n  {B} # note\r\nabc123\n\n");
    assert_eq!(ignore_revs(&file).collect::<Vec<_>>(), [A, B]);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(prop_oneof![Just(0u8), Just(1), Just(b':'), Just(b'\n'), any::<u8>()], 0..300)) {
        let _ = walk(bytes.as_slice(), 0);
        let _ = object(&mut bytes.as_slice());
        let mut broken = sample();
        broken.extend(bytes);
        let _ = walk(broken.as_slice(), 0);
    }
}
