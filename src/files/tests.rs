//! What is read and what is written, tried on the disk.

use super::*;

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let full = folder.path().join(path);
        std::fs::create_dir_all(full.parent().expect("a parent")).expect("made");
        std::fs::write(full, text).expect("written");
    }
    folder
}

fn outside(path: &str, repository: bool) -> FileError {
    let path = path.to_owned();
    FileError::Outside { path, repository }
}

#[test]
fn paths_have_one_form() {
    for (path, expected) in [
        ("src/./a/../b.md", Some("src/b.md")),
        ("./a.md", Some("a.md")),
        ("a//b/./c.md", Some("a/b/c.md")),
        ("../b.md", Some("../b.md")),
        ("a/../../b.md", Some("../b.md")),
        ("../../a/../b.md", Some("../../b.md")),
        (".", Some("")),
        ("/etc/passwd", None),
    ] {
        assert_eq!(normal(path).as_deref(), expected, "{path}");
    }
    assert_eq!(
        normal(r"a\b.md").as_deref(),
        Some(if cfg!(windows) { "a/b.md" } else { r"a\b.md" })
    );
    assert_eq!(beside("src/a/b.md", "../c.md"), "src/a/../c.md");
    assert_eq!(beside("src/a/b.md", "/etc/passwd"), "/etc/passwd");
}

#[test]
fn a_file_is_read_once_and_trouble_is_named() {
    let folder = folder(&[("a.md", "one")]);
    std::fs::write(folder.path().join("b.md"), b"x\xff").expect("written");
    std::fs::create_dir(folder.path().join("d.md")).expect("made");
    let files = Files::new(folder.path());
    assert_eq!(files.read("a.md").expect("there").text(), "one");
    std::fs::write(folder.path().join("a.md"), "two").expect("written");
    assert_eq!(files.read("./a.md").expect("there").text(), "one");
    for (path, error) in [
        ("b.md", FileError::NotText("b.md".into(), 1)),
        ("c.md", FileError::Missing("c.md".into())),
        ("d.md", FileError::NotPlain("d.md".into())),
        ("../c.md", outside("../c.md", false)),
        ("/etc/passwd", outside("/etc/passwd", false)),
    ] {
        assert_eq!(files.read(path).unwrap_err(), error, "{path}");
    }
}

#[test]
fn what_has_no_end_is_not_read() {
    let folder = folder(&[]);
    // Without its bytes on the disk.
    let large = std::fs::File::create(folder.path().join("large.md")).expect("made");
    large.set_len(MAX_FILE + 1).expect("grown");
    let files = Files::new(folder.path());
    assert_eq!(
        files.read("large.md").unwrap_err(),
        FileError::TooLarge("large.md".into())
    );
    assert_eq!(
        FileError::TooLarge("large.md".into()).to_string(),
        "`large.md` has more than 256 MB"
    );
}

#[test]
fn the_repository_around_the_book_may_be_read_and_nothing_beyond() {
    let around = folder(&[
        ("beyond.md", "beyond"),
        ("repo/.git/config", "[remote]"),
        ("repo/PURPOSE.md", "purpose"),
        ("repo/docs/src/a.md", "a"),
    ]);
    let files = Files::new(around.path().join("repo/docs"));
    assert_eq!(files.read("../PURPOSE.md").expect("there").text(), "purpose");
    assert_eq!(
        files.read("src/../../PURPOSE.md").expect("there").path(),
        "../PURPOSE.md"
    );
    assert_eq!(
        files.read("../no.md").unwrap_err(),
        FileError::Missing("../no.md".into())
    );
    for path in ["../../beyond.md", "../../no.md", "../.git/config", "../.GIT/config"] {
        let error = files.read(path).unwrap_err();
        assert!(
            error == outside(path, true) || error == FileError::Missing(path.into()) && path.contains(".GIT"),
            "{path}: {error}"
        );
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_link_counts_as_what_it_leads_to() {
        let around = folder(&[
            ("beyond/deep/a.md", "theirs"),
            ("repo/.git/HEAD", ""),
            ("repo/svc/ARCH.md", "service"),
            ("repo/svc/part.md", "part of the service"),
            ("repo/docs/src/own/a.md", "ours"),
            ("repo/docs/part.md", "part of the book"),
        ]);
        let root = around.path().join("repo/docs");
        for (link, target) in [
            ("file.md", around.path().join("beyond/deep/a.md")),
            ("folder", around.path().join("beyond/deep")),
            ("high", around.path().to_path_buf()),
            ("endless", PathBuf::from("/dev/zero")),
            ("inside.md", root.join("src/own/a.md")),
            ("own", root.join("src/own")),
            ("gone.md", root.join("src/own/b.md")),
            ("round.md", root.join("round.md")),
            ("service.md", PathBuf::from("../svc/ARCH.md")),
            ("svc", PathBuf::from("../svc")),
        ] {
            symlink(target, root.join(link)).expect("linked");
        }
        let files = Files::new(&root);
        for path in ["file.md", "folder/a.md", "high/beyond/deep/a.md", "endless"] {
            assert_eq!(files.read(path).unwrap_err(), outside(path, true));
        }
        for (path, text, real, ours) in [
            ("inside.md", "ours", "src/own/a.md", true),
            ("own/a.md", "ours", "src/own/a.md", true),
            ("service.md", "service", "../svc/ARCH.md", false),
            ("svc/ARCH.md", "service", "../svc/ARCH.md", false),
            // As for the system: beside the folder that the link leads to.
            ("svc/../svc/part.md", "part of the service", "../svc/part.md", false),
            ("own/../../part.md", "part of the book", "part.md", true),
        ] {
            let file = files.read(path).expect(path);
            assert_eq!(
                (file.text(), file.real_path(), file.is_in_book()),
                (text, real, ours),
                "{path}"
            );
            let written = files.write(&file, text);
            assert_eq!(written.is_ok(), ours, "{path}: {written:?}");
            assert!(!ours || root.join("inside.md").is_symlink());
        }
        assert_eq!(files.read("gone.md").unwrap_err(), FileError::Missing("gone.md".into()));
        assert!(matches!(files.read("round.md"), Err(FileError::System(..))));
    }

    #[test]
    fn a_pipe_is_no_file() {
        let folder = folder(&[]);
        let pipe = folder.path().join("pipe.md");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo is there").success());
        let files = Files::new(folder.path());
        assert_eq!(
            files.read("pipe.md").unwrap_err(),
            FileError::NotPlain("pipe.md".into())
        );
        assert_eq!(
            files.output(&pipe, "text").unwrap_err(),
            FileError::NotPlain(pipe.display().to_string())
        );
    }

    #[test]
    fn a_file_keeps_its_mode_and_a_read_only_one_its_text() {
        let folder = folder(&[("a.md", "one"), ("b.md", "one"), ("c.md", "one")]);
        let mode = |name: &str, mode| {
            let mode = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(folder.path().join(name), mode).expect("set");
        };
        mode("a.md", 0o640);
        mode("b.md", 0o755);
        mode("c.md", 0o444);
        let files = Files::new(folder.path());
        for (name, kept) in [("a.md", 0o640), ("b.md", 0o755)] {
            let file = files.read(name).expect("there");
            files.write(&file, "two").expect("written");
            let about = folder.path().join(name).metadata().expect("there");
            assert_eq!(about.permissions().mode() & 0o777, kept, "{name}");
        }
        let file = files.read("c.md").expect("there");
        assert_eq!(files.write(&file, "two"), Err(FileError::ReadOnly("c.md".into())));
        // What is new is as new as what `std` makes.
        files.create(&folder.path().join("new/d.md"), "d").expect("written");
        std::fs::write(folder.path().join("e.md"), "e").expect("written");
        let mode = |name: &str| folder.path().join(name).metadata().expect("there").permissions().mode();
        assert_eq!(mode("new/d.md"), mode("e.md"));
    }

    #[test]
    fn an_output_goes_through_links_into_the_book_alone() {
        let around = folder(&[("theirs.md", "theirs"), ("book/ours.md", "ours")]);
        let book = around.path().join("book");
        symlink(around.path().join("theirs.md"), book.join("out")).expect("linked");
        symlink("ours.md", book.join("in")).expect("linked");
        let files = Files::new(&book);
        let refused = files.output(&book.join("out"), "text").unwrap_err();
        assert_eq!(refused, FileError::NotOurs(book.join("out").display().to_string()));
        files.output(&book.join("in"), "text").expect("written");
        files.output(&around.path().join("new.md"), "text").expect("written");
        let read = |path: &str| std::fs::read_to_string(around.path().join(path)).expect("there");
        assert_eq!(read("theirs.md"), "theirs");
        assert_eq!(
            (read("book/ours.md"), read("new.md")),
            ("text".to_owned(), "text".to_owned())
        );
        assert!(book.join("in").is_symlink());
    }
}

#[test]
fn only_what_was_read_is_replaced() {
    let folder = folder(&[("a.md", "one")]);
    let path = folder.path().join("a.md");
    let files = Files::new(folder.path());
    let file = files.read("a.md").expect("there");
    std::fs::write(&path, "the author's").expect("written");
    assert_eq!(files.write(&file, "two"), Err(FileError::Changed("a.md".into())));
    assert_eq!(std::fs::read_to_string(&path).expect("there"), "the author's");
    std::fs::remove_file(&path).expect("removed");
    assert_eq!(files.write(&file, "two"), Err(FileError::Changed("a.md".into())));
    assert!(!path.exists());
    files.create(&path, "new").expect("written");
    assert_eq!(
        files.create(&path, "newer"),
        Err(FileError::Exists(path.display().to_string()))
    );
    // Nothing is left over.
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1);
}

/// However an author's save and a write fall together, the author's text is there in the end: as the file, or not
/// replaced because it came first.
#[test]
fn an_authors_save_in_between_is_not_lost() {
    let folder = folder(&[("a.md", "")]);
    let path = folder.path().join("a.md");
    for round in 0..300_u32 {
        std::fs::write(&path, "before").expect("written");
        let files = Files::new(folder.path());
        let file = files.read("a.md").expect("there");
        let (saved, written) = std::thread::scope(|scope| {
            let save = scope.spawn(|| {
                // Editors save so: beside, and with its name.
                let own = path.with_extension("save");
                std::fs::write(&own, "the author's").expect("written");
                (0..round * 7 % 2000).for_each(|_| std::hint::spin_loop());
                std::fs::rename(&own, &path)
            });
            let written = files.write(&file, "ours");
            (save.join().expect("no panic"), written)
        });
        saved.expect("saved");
        let text = std::fs::read_to_string(&path).expect("there");
        assert_eq!(text, "the author's", "round {round}: {written:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1);
}
