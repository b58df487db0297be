//! What `fix`, `new` and `status --output` write is written whole or not at all: killed at any moment, on a full disk, two
//! of them at once.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::support::{BookTest, SMALL_DOCUMENT, program};

/// How many chapters have something to fix.
const CHAPTERS: usize = 40;

/// A chapter with something to fix.
fn flawed(number: usize) -> String {
    let gauges = "- A gauge that nobody reads\n".repeat(200);
    SMALL_DOCUMENT
        .replace("## Limits\nSays nothing about wind.\n\n", "")
        .replace("- A gauge and a table\n", &gauges)
        .replace("Tells boats", &format!("Number {number} tells boats"))
}

/// A book whose chapters all have something to fix.
fn book() -> BookTest {
    let book = BookTest::small(&flawed(0));
    let names: Vec<String> = (0..CHAPTERS).map(|number| format!("{number:02}.md")).collect();
    let texts: Vec<(&str, String)> = names
        .iter()
        .enumerate()
        .map(|(number, name)| (name.as_str(), flawed(number)))
        .collect();
    book.chapters(&texts);
    book
}

/// The texts of the chapters.
fn texts(book: &BookTest) -> Vec<String> {
    (0..CHAPTERS)
        .map(|number| book.read(&format!("src/{number:02}.md")))
        .collect()
}

/// The files among the chapters that are none of the book's.
fn left_over(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

/// What `fix` makes of the chapters.
fn fixed() -> Vec<String> {
    let book = book();
    let run = book.run(&["fix", "--write"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(left_over(&book.path("src")), Vec::<String>::new());
    texts(&book)
}

#[test]
fn a_fix_that_is_killed_leaves_each_file_as_it_was_or_as_it_will_be() {
    let after = fixed();
    let book = book();
    let before = texts(&book);
    assert!(before.iter().zip(&after).all(|(before, after)| before != after));
    let start = std::time::Instant::now();
    assert_eq!(book.run(&["fix", "--write"]).code, 0);
    let whole = start.elapsed();
    let mut halves = 0;
    for round in 0..100_u64 {
        for (number, text) in before.iter().enumerate() {
            book.file(&format!("src/{number:02}.md"), text);
        }
        let mut fix = program(&book.path(""))
            .args(["fix", "--write"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Most of them while it writes, which it does at the end.
        std::thread::sleep(whole * (50 + u32::try_from(round * 37 % 60).unwrap()) / 100);
        let _ = fix.kill();
        fix.wait().unwrap();
        let now = texts(&book);
        for (number, text) in now.iter().enumerate() {
            assert!(
                *text == before[number] || *text == after[number],
                "round {round}, chapter {number}: {} bytes",
                text.len()
            );
        }
        halves += usize::from(now != before && now != after);
    }
    println!("{halves} of 100 kills fell between two files");
    // What a kill leaves behind is on no page, and in nobody's way.
    let run = book.run(&["fix", "--write"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(texts(&book), after);
    let never = [("MDBOOK_PREPROCESSOR__ARCHDOC__FAIL_ON", "never")];
    assert_eq!(book.build_with(&never).code, 0);
    for name in left_over(&book.path("src")) {
        assert!(!book.path("book").join(&name).exists(), "{name} is published");
    }
}

#[test]
fn two_fixes_at_once_are_one() {
    let after = fixed();
    for _ in 0..10 {
        let book = book();
        let start = || {
            program(&book.path(""))
                .args(["fix", "--write"])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let both = [start(), start()];
        for run in both.map(|run| run.wait_with_output().unwrap()) {
            let said = String::from_utf8(run.stderr).unwrap();
            assert!(run.status.success() || said.contains("was changed meanwhile"), "{said}");
        }
        assert_eq!(book.run(&["fix", "--write"]).code, 0);
        assert_eq!(texts(&book), after);
        assert_eq!(left_over(&book.path("src")), Vec::<String>::new());
    }
}

#[test]
fn a_new_document_and_an_output_are_whole() {
    let book = book();
    for round in 0..30_u64 {
        for (args, path) in [
            (vec!["new", "architecture", "src/new.md"], "src/new.md"),
            (vec!["status", "--format", "json", "--output", "out.json"], "out.json"),
        ] {
            let _ = std::fs::remove_file(book.path(path));
            let mut run = program(&book.path(""))
                .args(&args)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_micros(round * 1499 % 50_000));
            let _ = run.kill();
            run.wait().unwrap();
            if let Ok(text) = std::fs::read_to_string(book.path(path)) {
                assert!(
                    text.ends_with('\n') && text.len() > 1000,
                    "{path}: {} bytes",
                    text.len()
                );
            }
        }
    }
}

/// A full disk, which takes a file system of one's own: only root may make one, and elsewhere this test says so.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let book = book();
    let small = book.path("small");
    std::fs::create_dir(&small).unwrap();
    let mount = |command: &str, args: &[&str]| {
        let run = std::process::Command::new(command).args(args).arg(&small).output();
        run.is_ok_and(|run| run.status.success())
    };
    if !mount("mount", &["-t", "tmpfs", "-o", "size=64k", "tmpfs"]) {
        eprintln!("left out: a file system of one's own cannot be mounted here");
        return;
    }
    let run = std::panic::catch_unwind(|| {
        std::fs::create_dir(small.join("src")).unwrap();
        for path in ["book.toml", "template.md"] {
            std::fs::copy(book.path(path), small.join(path)).unwrap();
        }
        let before = flawed(0);
        std::fs::write(small.join("src/a.md"), &before).unwrap();
        std::fs::write(small.join("src/SUMMARY.md"), "- [A](a.md)\n").unwrap();
        // Until nothing more goes in.
        let mut fill = std::fs::File::create(small.join("fill")).unwrap();
        while std::io::Write::write(&mut fill, &[b' '; 512]).is_ok() {}
        for (args, path) in [
            (&["fix", "--write"][..], "src/a.md"),
            (&["new", "architecture", "src/new.md"], "src/new.md"),
            (&["status", "--output", "out.txt"], "out.txt"),
        ] {
            let run = super::support::run(program(&small).args(args), b"");
            assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
            assert!(
                run.stderr.contains("cannot be written: No space left on device"),
                "{}",
                run.stderr
            );
            assert_eq!(small.join(path).exists(), path == "src/a.md", "{path}");
        }
        assert_eq!(std::fs::read_to_string(small.join("src/a.md")).unwrap(), before);
        assert_eq!(left_over(&small.join("src")), Vec::<String>::new());
    });
    assert!(mount("umount", &[]));
    if let Err(why) = run {
        std::panic::resume_unwind(why);
    }
}
