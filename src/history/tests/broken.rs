//! Repositories that are broken, by accident or by design: each ends, and what is lost is said.

use std::time::Duration;

use super::*;

/// The history of a repository to which the commands were done.
fn after(commands: &str, seconds: u64) -> History {
    let repo = Repo::new();
    repo.save("src/a.md", "## A\n1\n", "start");
    repo.save("src/a.md", "## A\n2\n", "edit");
    let mut shell = Command::new("sh");
    let done = shell.args(["-ec", commands]).current_dir(&repo.dir).status().unwrap();
    assert!(done.success(), "{commands}");
    let options = Options {
        timeout: Duration::from_secs(seconds),
        ..Options::default()
    };
    history_with(&Git::default(), &repo.dir, &["src/a.md"], &options)
}

#[test]
fn a_broken_repository_is_never_taken_for_none_or_for_a_new_one() {
    for commands in [
        "rm -r .git; mkfifo .git",
        "rm -r .git; ln -s .git .git",
        "rm -r .git; ln -s /dev/zero .git",
        "rm -r .git; ln -s /nowhere .git",
        "rm -r .git; mkdir .git",
        "rm -r .git; : > .git",
        "rm -r .git; echo gitdir: .git > .git",
        "rm -r .git; echo gitdir: /nowhere > .git",
        "rm -r .git; mkfifo p; echo gitdir: p > .git",
        "rm .git/HEAD",
        "rm -r .git/refs",
        "echo ref: refs/heads/../../x > .git/HEAD",
        "echo 1111111111111111111111111111111111111111 > .git/HEAD",
        ": > .git/refs/heads/main",
        "echo junk > .git/refs/heads/main",
        "echo 1111111111111111111111111111111111111111 > .git/refs/heads/main",
        "rm .git/refs/heads/main; ln -s main .git/refs/heads/main",
        "echo ref: refs/heads/a > .git/HEAD; echo ref: refs/heads/b > .git/refs/heads/a; echo ref: refs/heads/a > .git/refs/heads/b",
        "rm -r .git/objects/??",
        "rm .git/config; ln -s /dev/zero .git/config",
        "dd if=/dev/null of=.git/config bs=1 seek=1073741824 2>/dev/null",
        "printf '[include]\\npath = config\\n' >> .git/config",
    ] {
        let state = after(commands, 600).state();
        assert!(matches!(state, State::Unavailable(_)), "{commands}: {state:?}");
        assert_eq!(only_cause(&state), Cause::Failed, "{commands}: {state:?}");
        let message = &state.reasons()[0].message;
        assert!(
            message.contains("git says `") || message.contains("failed with `"),
            "{message}"
        );
    }
}

#[test]
fn what_blocks_git_does_not_block_the_book() {
    std::thread::scope(|scope| {
        for commands in [
            "rm .git/config; mkfifo .git/config",
            "rm .git/HEAD; mkfifo .git/HEAD",
            "rm .git/refs/heads/main; mkfifo .git/refs/heads/main",
            "mkfifo .git/packed-refs",
            "mkfifo .git/shallow",
            "mkfifo .git/commondir",
            "mkfifo .git/objects/info/alternates",
            "mkfifo .mailmap",
            "file=$(git rev-parse HEAD | sed 's|^..|.git/objects/&/|'); rm -f $file; mkfifo $file",
        ] {
            scope.spawn(move || {
                let state = after(commands, 1).state();
                assert!(matches!(state, State::Unavailable(_)), "{commands}: {state:?}");
                assert_eq!(only_cause(&state), Cause::NoAnswer, "{commands}: {state:?}");
            });
        }
    });
}

#[test]
fn what_git_gets_over_changes_nothing() {
    let whole = subjects(&after("true", 600).documents[0]).join(" ");
    assert_eq!(whole, "edit start");
    for commands in [
        "echo junk > .git/index",
        "rm .git/index; mkfifo .git/index",
        "ln -s /dev/zero .mailmap",
        "mkfifo .gitattributes .git/info/attributes",
        "mkfifo .git-blame-ignore-revs",
        "dd if=/dev/null of=.git-blame-ignore-revs bs=1 seek=1073741824 2>/dev/null",
        "echo /nowhere > .git/objects/info/alternates",
        "echo \"$PWD/.git/objects\" > .git/objects/info/alternates",
    ] {
        let history = after(commands, 600);
        assert_eq!(history.state(), State::Known, "{commands}");
        assert_eq!(subjects(&history.documents[0]).join(" "), whole, "{commands}");
    }
}
