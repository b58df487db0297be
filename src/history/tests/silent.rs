//! A git that does not answer, does not end, or does not stop: it is given up, with all that it started.

use std::sync::mpsc::channel;
use std::time::Duration;

use super::*;

/// A program that does what `script` says where it is asked for `command`, and what git does elsewhere.
fn fake(repo: &Repo, command: &str, script: &str) -> Git {
    let path = repo.beside("git-that-is-none");
    let text = format!(
        "#!/bin/sh\nfor arg in \"$@\"; do\n  if [ \"$arg\" = {command} ]; then\n{script}\n    exit 0\n  fi\ndone\nexec git \"$@\"\n"
    );
    // Written by another process: a file that this one has open for writing cannot be run.
    let mut shell = Command::new("sh");
    shell.args(["-c", "printf %s \"$1\" > \"$2\" && chmod +x \"$2\"", "sh", &text]);
    assert!(shell.arg(&path).status().unwrap().success());
    let mut git = Git::default();
    git.program.name = path.into();
    git
}

fn waited(git: &Git, repo: &Repo, seconds: u64) -> History {
    let options = Options {
        timeout: Duration::from_secs(seconds),
        ..Options::default()
    };
    history_with(git, &repo.dir, &["src/a.md"], &options)
}

fn given_up(history: &History) {
    let state = history.state();
    assert!(matches!(state, State::Unavailable(_)), "{state:?}");
    assert_eq!(only_cause(&state), Cause::NoAnswer, "{state:?}");
    let document = &history.documents[0];
    assert!(document.revisions.is_empty() && document.working == Working::Unknown);
}

fn started() -> Repo {
    let repo = Repo::new();
    repo.save("src/a.md", "## A\n1\n", "start");
    repo
}

/// All that git is asked, side by side: each waits.
fn for_each_command(test: impl Fn(&str) + Sync) {
    let test = &test;
    std::thread::scope(|scope| {
        for command in ["rev-parse", "config", "log", "cat-file"] {
            scope.spawn(move || test(command));
        }
    });
}

#[test]
fn a_git_that_does_not_answer_is_given_up() {
    for script in [
        "exec sleep 1000",
        // What it started holds the pipes.
        "sleep 1000",
        "sleep 1000 & exit 0",
        "trap '' TERM INT HUP PIPE; while :; do sleep 1; done",
        "exec >&- 2>&-; sleep 1000",
        "cat /dev/zero >&2",
    ] {
        for_each_command(|command| {
            let repo = started();
            given_up(&waited(&fake(&repo, command, script), &repo, 1));
        });
    }
}

#[test]
fn a_git_that_never_stops_is_given_up() {
    let commits = format!(
        "while :; do printf '\\001%s\\0\\0\\0\\0Ann\\0s\\0\\0\\0' {}; done",
        "a".repeat(40)
    );
    for script in [
        commits.as_str(),
        "printf '\\001%040d\\0' 0; sleep 1000",
        "while :; do printf a; sleep 0.05; done",
        "exec cat /dev/zero",
        "yes",
    ] {
        for_each_command(|command| {
            let repo = started();
            let state = waited(&fake(&repo, command, script), &repo, 1).state();
            assert!(matches!(state, State::Unavailable(_)), "{script}, {command}: {state:?}");
        });
    }
}

#[test]
fn all_that_git_started_ends_with_it() {
    let repo = started();
    let pipe = repo.beside("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // It is open for reading until the last process that could write is gone.
    let (sender, receiver) = channel();
    let held = pipe.clone();
    std::thread::spawn(move || sender.send(std::fs::read(held)));
    let script = format!("sh -c 'sleep 1000; :' > '{}' & sleep 1000", pipe.display());
    given_up(&waited(&fake(&repo, "rev-parse", &script), &repo, 1));
    assert!(
        receiver.recv_timeout(Duration::from_secs(30)).is_ok(),
        "something goes on"
    );
}

#[test]
fn a_git_that_does_not_listen_is_given_up() {
    let repo = started();
    // More than a pipe holds.
    let names: Vec<String> = (0..3000).map(|at| format!("src/{at:0>80}.md")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let options = Options {
        timeout: Duration::from_secs(2),
        ..Options::default()
    };
    for script in ["exec sleep 1000", "sleep 1000", "exec <&-; sleep 1000"] {
        let history = history_with(&fake(&repo, "cat-file", script), &repo.dir, &names, &options);
        given_up(&history);
        assert_eq!(history.documents.len(), names.len());
    }
}

#[test]
fn a_slow_git_has_its_time() {
    let repo = started();
    repo.save("src/a.md", "## A\n2\n", "edit");
    let expected = repo.history(&["src/a.md"]);
    // Words on stderr, a reader that is slower than its writer, and a program that nobody waits for are no matter.
    for script in [
        "git \"$@\" | while IFS= read -r line; do sleep 0.1; printf '%s\\n' \"$line\"; done",
        "sleep 0.5; exec git \"$@\"",
        "head -c 1000000 /dev/zero >&2; exec git \"$@\"",
        "sleep 9 >/dev/null 2>&1 & exec git \"$@\"",
        "sleep 2 2>&1 >/dev/null & exec git \"$@\"",
    ] {
        for command in ["rev-parse", "cat-file"] {
            let history = waited(&fake(&repo, command, script), &repo, 60);
            assert_eq!(history, expected, "{command}: {script}");
        }
    }
}

#[test]
fn one_time_is_for_all_that_is_asked() {
    let repo = started();
    for name in ["one", "two", "three"] {
        repo.write(&format!("src/{name}/.git"), "gitdir: ../..\n");
    }
    let git = fake(&repo, "rev-parse", "echo x >> \"$0.asked\"; exec sleep 1000");
    let options = Options {
        timeout: Duration::from_secs(1),
        ..Options::default()
    };
    let chapters = ["src/one/a.md", "src/two/a.md", "src/three/a.md", "src/a.md"];
    let state = history_with(&git, &repo.dir, &chapters, &options).state();
    assert!(matches!(&state, State::Unavailable(why) if why.len() == 4), "{state:?}");
    assert!(state.reasons().iter().all(|why| why.cause == Cause::NoAnswer));
    let asked = std::fs::read_to_string(repo.beside("git-that-is-none.asked")).unwrap();
    assert_eq!(asked, "x\n");
}

/// `fix` looks at the book again and again, and a build that was judged ahead does too.
#[test]
fn a_git_that_gave_no_answer_is_not_waited_for_again() {
    for_each_command(|command| {
        let repo = started();
        repo.write("src/sub/.git", "gitdir: ../..\n");
        let git = fake(&repo, command, "echo x >> \"$0.asked\"; exec sleep 1000");
        let options = Options {
            timeout: Duration::from_secs(1),
            ..Options::default()
        };
        let look = |git: &Git| history_with(git, &repo.dir, &["src/a.md", "src/sub/b.md"], &options);
        let first = look(&git);
        assert!(first.state().reasons().iter().all(|why| why.cause == Cause::NoAnswer));
        assert!(matches!(first.state(), State::Unavailable(why) if why.len() == 2));
        for again in [look(&git), look(&git.clone())] {
            assert_eq!(again, first, "{command}");
        }
        let asked = std::fs::read_to_string(repo.beside("git-that-is-none.asked")).unwrap();
        assert_eq!(asked, "x\n", "{command}");
    });
}

/// One that does answer has its whole time each time.
#[test]
fn a_slow_git_has_its_time_again() {
    let repo = started();
    let expected = repo.history(&["src/a.md"]);
    let git = fake(&repo, "log", "sleep 1; exec git \"$@\"");
    for _ in 0..4 {
        assert_eq!(waited(&git, &repo, 3), expected);
    }
}

#[test]
fn the_reason_says_what_was_asked_what_it_means_and_what_to_do() {
    let repo = started();
    let state = waited(&fake(&repo, "rev-parse", "exec sleep 1000"), &repo, 1).state();
    let Reason { message, help, .. } = state.reasons()[0].clone();
    assert_eq!(
        message,
        "`git rev-parse` did not end, and git was given up after 1 second, so that no commit is known: change logs show their own \
         rows alone, and no document is called behind"
    );
    assert_eq!(
        help.as_deref(),
        Some(
            "see what holds up `git log` in the book's folder, wait longer with `history.timeout = 4` in \
             `[preprocessor.archdoc]`, or set `history = false`"
        )
    );
}

#[test]
fn garbage_is_refused_at_once_and_is_not_kept() {
    let repo = started();
    for (command, script, why) in [
        (
            "log",
            "printf 'garbage\\0'; sleep 1000",
            "`garbage` is not what was expected",
        ),
        ("log", "cat /dev/zero", "is not what was expected"),
        ("log", "yes", "it is longer"),
        (
            "log",
            "trap '' PIPE; yes || { echo 'fatal: the pipe is closed' >&2; sleep 1000; }",
            "it is longer",
        ),
        (
            "cat-file",
            "echo garbage; sleep 1000",
            "`garbage` is not what was expected",
        ),
        ("cat-file", "cat /dev/zero", "it is longer"),
        (
            "cat-file",
            "echo x tree 1; exec yes 2>/dev/null",
            "gave an incomplete answer",
        ),
        ("rev-parse", "cat /dev/zero", "it is longer"),
        ("config", "yes", "it is longer"),
    ] {
        let state = waited(&fake(&repo, command, script), &repo, 600).state();
        let message = &state.reasons()[0].message;
        assert_eq!(only_cause(&state), Cause::Failed, "{script}");
        assert!(message.contains(why), "{command} {script}: {message}");
    }
}
