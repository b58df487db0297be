//! What is done where git knows little or nothing: clones that lack something, no repository, a git that fails. Each is
//! said once, with its cure, nothing is blamed on anybody, and no page has a date that nobody knows.

use std::fs;
use std::path::{Path, PathBuf};

use super::change_log::{Repository, document};
use super::support::{BookTest, Found, Run, program, run, search_path};

const ROW: &str = "| 1.0 | 2026-01-10 | First version | Ada |";

/// A repository whose log is behind by two commits.
fn behind() -> Repository {
    let repository = Repository::new("");
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    repository.write("Ships.", &[ROW]).commit("Ships");
    repository.write("Ships, tugs.", &[ROW]).commit("Tugs");
    repository
}

/// A clone of it as a book.
fn clone(of: &Repository, args: &[&str]) -> BookTest {
    let book = BookTest::new();
    let (from, to) = (format!("file://{}", of.book.path("").display()), book.path("clone"));
    let all = [
        &["clone", "-q", "--no-checkout"],
        args,
        &[from.as_str(), to.to_str().unwrap()],
    ]
    .concat();
    of.git(&all);
    fs::rename(to.join(".git"), book.path(".git")).unwrap();
    fs::remove_dir(to).unwrap();
    let checkout = ["-C", book.path("").to_str().unwrap(), "checkout", "-q", "-f"].map(str::to_owned);
    of.git(&checkout.each_ref().map(String::as_str));
    book
}

/// The one finding about the history, and the rules of all findings.
fn about_history(book: &BookTest) -> (Option<Found>, Vec<String>) {
    let found = book.findings();
    let rules = found.iter().map(|one| one.rule.clone()).collect();
    let mut about = found.into_iter().filter(|one| one.rule == "history-incomplete");
    let one = about.next();
    assert_eq!(about.next(), None);
    (one, rules)
}

#[test]
fn each_lack_is_said_once_and_blames_nobody() {
    let repository = behind();
    for (args, says, cure, rows) in [
        (
            &["--depth", "1"][..],
            "is not whole: the clone is shallow",
            "--unshallow",
            0,
        ),
        (
            &["--depth", "2"],
            "is not whole: the clone is shallow",
            "--unshallow",
            1,
        ),
        (&["--depth", "50"], "", "", 2),
        (
            &["--filter=blob:none"],
            "is not whole: the clone holds no older texts",
            "clone without",
            0,
        ),
        (
            &["--filter=tree:0"],
            "cannot be read: the clone is treeless",
            "--filter=blob:none",
            0,
        ),
    ] {
        let book = clone(&repository, args);
        let (about, rules) = about_history(&book);
        let all = usize::from(rows > 0) + usize::from(!says.is_empty());
        assert_eq!(rules.len(), all, "{args:?}: {rules:?}");
        assert_eq!(rules.contains(&"change-log-behind".to_owned()), rows > 0, "{args:?}");
        let check = book.run(&["check"]);
        assert_eq!(check.code, 0, "{args:?}");
        match about {
            Some(about) => {
                assert_eq!((about.severity.as_str(), about.path.as_str()), ("warning", "book.toml"));
                assert!(about.message.contains(says), "{args:?}: {}", about.message);
                assert!(check.stdout.contains(cure), "{args:?}: {}", check.stdout);
            }
            None => assert_eq!(says, "", "{args:?}"),
        }
        let page = book.built("a.html");
        assert_eq!(page.matches("<td>Unreleased</td>").count(), rows, "{args:?}\n{page}");
        let dated = page.contains("last content change 2026-03-");
        assert_eq!(dated, rows > 0 || args[0] == "--filter=blob:none", "{args:?}");
        let log = book.run(&["changelog"]);
        assert_eq!(log.stdout.matches("Unreleased").count(), rows, "{args:?}");
        assert!(log.stderr.contains(says), "{args:?}: {}", log.stderr);
    }
}

#[test]
fn a_book_without_a_repository_is_whole_unless_history_is_required() {
    let repository = behind();
    let git = repository.book.path(".git");
    fs::rename(&git, repository.book.path("away")).unwrap();
    let silent = |repository: &Repository| {
        assert_eq!(repository.rules(), Vec::<String>::new());
        assert!(!repository.book.built("a.html").contains("Unreleased"));
        let log = repository.book.run(&["changelog"]);
        assert!(
            log.stdout.contains("First version") && log.stderr.contains("written rows alone: the "),
            "{log:?}"
        );
    };
    silent(&repository);
    repository.git(&["init", "-q"]);
    silent(&repository);
    let toml = repository.book.read("book.toml");
    repository.book.file(
        "book.toml",
        toml.replace("template =", "history = { require = true }\ntemplate ="),
    );
    let check = repository.book.run(&["check"]);
    assert_eq!(check.code, 1);
    for words in ["error[history-incomplete]", "has no commits yet", "require = true"] {
        assert!(check.stdout.contains(words), "{}", check.stdout);
    }
    assert_ne!(repository.book.build().code, 0);
}

#[test]
fn chapters_that_are_in_no_commit_and_edits_that_are_in_none() {
    let repository = behind();
    repository.write("Rafts.", &[ROW]);
    let page = repository.book.built("a.html");
    assert!(page.contains("last content change not committed yet"), "{page}");
    assert!(!page.contains("2026-11-22</td>") && page.contains("Tugs"));
    assert_eq!(repository.rules(), ["change-log-behind"]);

    repository.git(&["rm", "-q", "--cached", "src/a.md"]);
    repository.git(&["commit", "-q", "-m", "Out with it"]);
    assert_eq!(repository.rules(), Vec::<String>::new());
    let page = repository.book.built("a.html");
    assert!(
        page.contains("not committed yet") && !page.contains("Unreleased"),
        "{page}"
    );
}

/// A folder with a `git` that writes down what it is asked and then does `then`; `$real` is the true one.
#[cfg(unix)]
fn git_instead(book: &BookTest, then: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let real = std::env::split_paths(&search_path())
        .map(|folder| folder.join("git"))
        .find(|path| path.is_file())
        .unwrap();
    let script = format!(
        "#!/bin/sh\nreal='{}'\nasked=\nfor word; do case $word in log|cat-file|rev-parse|config) asked=$word; break;; esac; \
         done\necho \"$asked\" >> '{}'\n{then}\nexec \"$real\" \"$@\"\n",
        real.display(),
        book.path("asked").display()
    );
    book.file("instead/git", script);
    let path = book.path("instead/git");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    book.path("instead")
}

#[cfg(unix)]
fn with_git_from(book: &BookTest, folder: &Path, args: &[&str]) -> Run {
    let old = search_path();
    let all = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&old));
    let path = std::env::join_paths(all).unwrap();
    run(program(&book.path("")).args(args).env("PATH", path), b"")
}

#[cfg(unix)]
#[test]
fn a_git_that_fails_or_stops_early_gives_no_history() {
    let repository = behind();
    for (then, says) in [
        (
            "[ \"$asked\" = log ] && { \"$real\" \"$@\"; exit 128; }",
            "`git log` gave an incomplete answer",
        ),
        (
            "[ \"$asked\" = log ] && { echo 'fatal: pack is corrupt' >&2; exit 128; }",
            "`git log` failed with `fatal: pack is corrupt`",
        ),
        (
            "[ \"$asked\" = log ] && { \"$real\" \"$@\" | head -c 500; exit 0; }",
            "`git log` gave an incomplete answer",
        ),
        (
            "[ \"$asked\" = cat-file ] && { \"$real\" \"$@\" | head -c 900; exit 0; }",
            "`git cat-file` gave an incomplete answer",
        ),
        (
            "echo \"fatal: detected dubious ownership in repository at '/b'\" >&2; echo 'To add an exception for this \
             directory, call:' >&2; printf '\\n\\tgit config --global --add safe.directory /b\\n' >&2; exit 128",
            "git says: detected dubious ownership in repository at '/b'",
        ),
    ] {
        let folder = git_instead(&repository.book, then);
        let check = with_git_from(&repository.book, &folder, &["check"]);
        assert_eq!(check.code, 0, "{then}");
        assert!(
            check.stdout.contains("the book's history cannot be read"),
            "{then}: {}",
            check.stdout
        );
        assert!(check.stdout.contains(says), "{then}: {}", check.stdout);
        assert!(!check.stdout.contains("change-log-behind"), "{then}: {}", check.stdout);
        assert!(check.stdout.contains("= help: "), "{then}: {}", check.stdout);
        let log = with_git_from(&repository.book, &folder, &["changelog"]);
        assert!(
            log.stdout.contains("First version") && !log.stdout.contains("Tugs"),
            "{then}: {}",
            log.stdout
        );
    }
    // No program at all: a word, for there is a repository.
    let path = repository.book.path("src");
    let check = run(program(&repository.book.path("")).arg("check").env("PATH", path), b"");
    assert_eq!(check.code, 0);
    assert!(check.stdout.starts_with("info[history-incomplete]"), "{}", check.stdout);
    assert!(
        check.stdout.contains("install git where the book is built"),
        "{}",
        check.stdout
    );
}

#[cfg(unix)]
#[test]
fn a_git_that_does_not_answer_is_given_up_and_the_book_is_built() {
    let repository = behind();
    let book = &repository.book;
    let path = |folder: &Path| {
        let old = search_path();
        let all = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&old));
        std::env::join_paths(all).unwrap().into_string().unwrap()
    };
    let toml = book.read("book.toml");
    let set = |history: &str| {
        let table = format!("[preprocessor.archdoc]\nhistory = {history}");
        book.file("book.toml", toml.replace("[preprocessor.archdoc]", &table));
    };
    let variable = ("MDBOOK_PREPROCESSOR__ARCHDOC__HISTORY__TIMEOUT", "1");
    for then in ["[ \"$asked\" = rev-parse ] && sleep 1000", "sleep 1000 & exit 0"] {
        let path = path(&git_instead(book, then));
        let rows = || {
            let page = book.read("book/a.html");
            assert!(page.contains("First version") && !page.contains("Tugs"), "{page}");
        };
        // Set in the file, and by the environment over a longer time of the file.
        set("{ timeout = 1 }");
        let built = book.build_with(&[("PATH", &path)]);
        set("{ timeout = 3600 }");
        let by_variable = book.build_with(&[("PATH", &path), variable]);
        for run in [built, by_variable] {
            assert_eq!(run.code, 0, "{}", run.stderr);
            assert!(run.stderr.contains("warning[history-incomplete]"), "{}", run.stderr);
            let says =
                "the book's history cannot be read: `git rev-parse` did not end, and git was given up after 1 second";
            assert!(run.stderr.contains(says), "{}", run.stderr);
            assert!(run.stderr.contains("`history.timeout = 4`"), "{}", run.stderr);
            assert!(!run.stderr.contains("change-log-behind"), "{}", run.stderr);
            rows();
        }
        set("{ timeout = 1, require = true }");
        let check = run(program(&book.path("")).arg("check").env("PATH", &path), b"");
        assert_eq!(check.code, 1, "{}", check.stdout);
        assert!(check.stdout.contains("error[history-incomplete]"), "{}", check.stdout);
    }
    // What the help says to type is understood.
    book.file(
        "book.toml",
        toml.replace("[preprocessor.archdoc]", "[preprocessor.archdoc]\nhistory.timeout = 4"),
    );
    let check = book.run(&["check"]);
    assert!(!check.stdout.contains("invalid-config"), "{}", check.stdout);
    assert!(check.stdout.contains("change-log-behind"), "{}", check.stdout);
}

#[cfg(unix)]
#[test]
fn git_is_asked_once_however_many_chapters_there_are() {
    let repository = Repository::new("");
    let chapters: Vec<(String, String)> = (0..40)
        .map(|at| (format!("part/{at}.md"), document(&format!("Text {at}."), &[ROW])))
        .collect();
    let all: Vec<(&str, &String)> = chapters.iter().map(|(path, text)| (path.as_str(), text)).collect();
    repository.book.chapters(&all);
    repository.commit("Forty");
    let asked = || {
        let folder = git_instead(&repository.book, "");
        let check = with_git_from(&repository.book, &folder, &["check"]);
        assert!(check.stderr.contains("40 documents checked"), "{check:?}");
        let asked = fs::read_to_string(repository.book.path("asked")).unwrap_or_default();
        let _ = fs::remove_file(repository.book.path("asked"));
        let mut asked: Vec<String> = asked.lines().map(str::to_owned).collect();
        asked.sort();
        asked
    };
    assert_eq!(asked(), ["cat-file", "config", "log", "rev-parse"]);
    let toml = repository.book.read("book.toml");
    repository
        .book
        .file("book.toml", toml.replace("template =", "history = false\ntemplate ="));
    assert_eq!(asked(), Vec::<String>::new());
}
