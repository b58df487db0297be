//! A session says what a new one says, whatever has changed; a part of it says its part; a stopped one says nothing.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::date;
use proptest::prelude::*;
use tempfile::TempDir;

use super::super::{Asked, Checked, Request};
use super::*;
use crate::cores::Cores;
use crate::history::Git;
use crate::output::{Format, Report, render};

const ALPHA: &str = "<!-- archdoc: document -->\n# Architecture Documentation: Alpha\n\n**Version**: 1.0\n\
                     **Status**: Draft\n\n## Aim\n\n{{#include part.md}}\n\n## Ned\n\nSoon.\n";
const BETA: &str =
    "<!-- archdoc: document -->\n# Architecture Documentation: Beta\n\n**Status**: Complete\n\n## Aim\n\nText.\n";
const OWN: &str = "# [Name]\n\n**Status**: [Draft/Complete]\n\n## Aim\n\n[Aim]\n\n## Need\n\n[Need]\n";
const TOML: &str = "[book]\n[preprocessor.archdoc]\ntemplate = 'own.md'\nhistory = false\n";
const PAGE: &str = "<!-- archdoc: changes; document=b -->\n\n<!-- archdoc: overview; document=Nobody -->\n";

/// The book as it is at first; `src/c.md` is a link to `real.md`.
const FILES: [(&str, &str); 7] = [
    ("book.toml", TOML),
    ("own.md", OWN),
    (
        "src/SUMMARY.md",
        "- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n- [Page](page.md)\n- [Gone](gone.md)\n",
    ),
    ("src/a.md", ALPHA),
    ("src/b.md", BETA),
    ("src/part.md", "An aim.\n"),
    ("src/page.md", PAGE),
];

/// What may become of it: every kind of file that an answer depends on, some of them so that no book is left.
const EDITS: [(&str, &str); 22] = [
    ("src/a.md", "<!-- archdoc: document -->\n# Alpha\n\n## Aim\n\n[Aim]\n"),
    ("src/a.md", ALPHA),
    ("src/a.md", "\u{feff}Nothing.\r\n"),
    (
        "src/b.md",
        "<!-- archdoc: document; template=\"adr\" -->\n# 1. Use queues\n",
    ),
    ("src/b.md", "# Beta\n\n<!-- archdoc: document -->\n{{#include d.md}}\n"),
    ("src/c.md", "<!-- archdoc: document -->\n# Gamma\n\n## Need\n"),
    ("real.md", "<!-- archdoc: document -->\n# Delta\n\n## Aim\n\n[Aim]\n"),
    ("src/d.md", "## Aim\n\n[Aim]\n"),
    ("src/gone.md", "# Gone\n\n## Aim\n\n[Aim]\n\n## Need\n\nIt.\n"),
    ("src/part.md", "[Aim]\n\n## Need\n"),
    ("src/part.md", "{{#include no.md}}\n"),
    ("src/page.md", "<!-- archdoc: pag -->\n"),
    ("own.md", "# [Name]\n\n## Aim\n\n[Aim]\n\n## Cost\n\n[Cost]\n"),
    ("own.md", "No section.\n"),
    ("own.md", OWN),
    ("book.toml", TOML),
    (
        "book.toml",
        "[preprocessor.archdoc]\ndocuments = 'all'\nhistory = false\n",
    ),
    (
        "book.toml",
        "[preprocessor.archdoc]\nexclude = ['b.md', 'x.md']\nhistory = false\nfail-onn = 1\n",
    ),
    ("book.toml", "[preprocessor.archdoc\n"),
    ("src/SUMMARY.md", "- [B](b.md)\n- [D](d.md)\n"),
    ("src/SUMMARY.md", "- [A](a.md)\n    - [B](b.md)\n"),
    ("src/SUMMARY.md", "- [A](a.md\n- x\n"),
];

fn book() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("src")).expect("made");
    for (path, text) in FILES.into_iter().chain([("real.md", "# Gamma\n")]) {
        fs::write(folder.path().join(path), text).expect("written");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("../real.md", folder.path().join("src/c.md")).expect("linked");
    folder
}

fn opened(folder: &Path) -> Result<Session, Problem> {
    Session::open(Files::new(folder), Vec::new())
}

fn request<'a>(git: &'a Git, only: &'a [String]) -> Request<'a> {
    static CORES: LazyLock<Cores> = LazyLock::new(|| Cores::new(2));
    Request {
        as_of: date(2026, 11, 22),
        history: Asked {
            source: git,
            pipeline: None,
        },
        fixes: true,
        cores: &CORES,
        only,
    }
}

fn asked(session: &Session, only: &[String]) -> Checked<String> {
    session.check(request(&Git::default(), only), |document, facts, found| {
        let paths = document.chapters.iter().map(|chapter| chapter.file.path());
        format!("{:?} {} {}", paths.collect::<Vec<_>>(), facts.title(), found.len())
    })
}

/// All that a session says, or why there is none.
fn answer(session: &Result<Session, Problem>) -> String {
    let session = match session {
        Ok(session) => session,
        Err(problem) => return format!("{problem:?}"),
    };
    let checked = asked(session, &[]);
    let json = render(&Report::of(&checked, date(2026, 11, 22)), Format::Json, false);
    format!("{:?}\n{:?}\n{json}", checked.documents, checked.skipped)
}

/// The change of a file to a text, or to what is on the disk.
fn change(path: &str, text: Option<&str>) -> Changes {
    Changes::from([(path.to_owned(), text.map(str::to_owned))])
}

#[test]
fn a_change_counts_and_is_undone() {
    let folder = book();
    let session = opened(folder.path()).expect("a book");
    let before = answer(&Ok(opened(folder.path()).expect("a book")));
    assert!(
        ["Alpha", "Beta", "`Need` is missing", "no document `Nobody`"]
            .iter()
            .all(|part| before.contains(part)),
        "{before}"
    );
    for (path, text) in EDITS {
        let changed = session.after(&change(path, Some(text)));
        let disk = book();
        fs::write(disk.path().join(path), text).expect("written");
        let (new, said) = (answer(&opened(disk.path())), answer(&changed));
        assert_eq!(said, new, "{path}: {text}");
        // A file of which the book knows nothing changes nothing.
        let as_it_was = FILES.contains(&(path, text)) || path == "src/d.md";
        assert_eq!(said == before, as_it_was, "{path}: {text}");
        if let Ok(changed) = changed {
            assert_eq!(answer(&changed.after(&change(path, None))), before, "{path}: {text}");
        }
        assert_eq!(answer(&session.after(&Changes::new())), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Texts come and go, some from memory and some on the disk, and the session that lives through it is never behind.
    #[test]
    fn one_after_the_other_they_say_what_a_new_session_says(
        edits in prop::collection::vec((prop::sample::select(&EDITS[..]), any::<bool>()), 1..7),
    ) {
        let (folder, disk) = (book(), book());
        let mut session = opened(folder.path()).expect("a book");
        for ((path, text), in_memory) in edits {
            fs::write(disk.path().join(path), text).expect("written");
            let changes = if in_memory {
                change(path, Some(text))
            } else {
                fs::write(folder.path().join(path), text).expect("written");
                change(path, None)
            };
            let changed = session.after(&changes);
            prop_assert_eq!(answer(&changed), answer(&opened(disk.path())), "{}: {}", path, text);
            match changed {
                Ok(changed) => session = changed,
                // Somebody mends it, and goes on.
                Err(_) => {
                    let (_, good) = FILES.into_iter().find(|(file, _)| *file == path).expect("a file");
                    fs::write(disk.path().join(path), good).expect("written");
                    fs::write(folder.path().join(path), good).expect("written");
                    session = session.after(&change(path, None)).expect("a book");
                }
            }
        }
    }
}

#[test]
fn one_chapter_gets_its_part_of_the_answer() {
    let folder = book();
    let session = opened(folder.path()).expect("a book");
    let all = asked(&session, &[]);
    let mut parts = Vec::new();
    for chapter in &session.chapters.there {
        let path = chapter.file.path();
        let own = |found: &&crate::diagnostic::Diagnostic| {
            let file = found.place.file.path();
            file == path || path == "src/a.md" && file == "src/part.md"
        };
        let one = asked(&session, &[path.to_owned()]);
        let expected: Vec<String> = all
            .diagnostics
            .iter()
            .filter(own)
            .map(|found| format!("{found:?}"))
            .collect();
        let found: Vec<String> = one
            .diagnostics
            .iter()
            .filter(own)
            .map(|found| format!("{found:?}"))
            .collect();
        assert_eq!(found, expected, "{path}");
        assert_eq!(one.documents.len() + one.skipped.len(), 1, "{path}");
        parts.extend(one.documents);
    }
    assert_eq!(parts, all.documents);
    let of_page = all
        .diagnostics
        .iter()
        .filter(|found| found.place.file.path() == "src/page.md");
    assert_eq!(of_page.count(), 1);
}

#[test]
fn a_stopped_session_says_nothing_and_can_be_asked_again() {
    let folder = book();
    for toml in [TOML.to_owned(), TOML.replace("history = false\n", "")] {
        let session = opened(folder.path()).expect("a book");
        let session = session.after(&change("book.toml", Some(&toml))).expect("a book");
        let git = Git::default();
        let expected = format!("{:?}", session.check(request(&git, &[]), |_, _, _| ()));
        for cores in [1, 3].map(Cores::new) {
            let request = Request {
                cores: &cores,
                ..request(&git, &[])
            };
            let mut stopped = 0;
            loop {
                let looks = AtomicUsize::new(0);
                let stop = || match looks.fetch_add(1, Ordering::Relaxed) {
                    look if look < stopped => Ok(()),
                    _ => Err("stopped"),
                };
                match session.check_until(request, stop, |_, _, _| ()) {
                    Err(why) => assert_eq!(why, "stopped"),
                    Ok(checked) => break assert_eq!(format!("{checked:?}"), expected),
                }
                stopped += 1;
            }
            // Before each chapter is looked at, before git is asked, and before each is judged.
            let asks_git = !toml.contains("history = false");
            assert_eq!(stopped, 2 * session.chapters.there.len() + usize::from(asks_git));
        }
    }
}
