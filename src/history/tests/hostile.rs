//! Messages, names, settings and environments that mean harm.

use super::*;

/// A commit whose author and message are these bytes.
fn raw_commit(repo: &Repo, author: &[u8], message: &[u8]) {
    let tree = repo.git(&["write-tree"]).trim().to_owned();
    let parent = repo.head();
    let mut object = format!("tree {tree}\nparent {parent}\nauthor ").into_bytes();
    object.extend(author);
    object.extend(b" <x@example.org> 1767500000 +0000\ncommitter C <c@example.org> 1767500000 +0000\n\n");
    object.extend(message);
    let file = repo.beside("object");
    std::fs::write(&file, object).unwrap();
    let hash = repo.git(&[
        "hash-object",
        "-t",
        "commit",
        "-w",
        "--literally",
        file.to_str().unwrap(),
    ]);
    repo.git(&["update-ref", "HEAD", hash.trim()]);
}

#[test]
fn messages_and_names_are_text() {
    let long = "x".repeat(1 << 20);
    let fake = format!("\u{1}{}\n:100644 100644 a b M", "a".repeat(40));
    let cases: [(&[u8], &[u8], &str, &str); 8] = [
        (
            b"A | B",
            b"a | b <script> {{#include /etc/passwd}}",
            "A | B",
            "a | b <script> {{#include /etc/passwd}}",
        ),
        (b"eve@evil.org", b"two\nlines\n\nbody\n:100644 x", "eve", "two lines"),
        (
            b"\x1b[31mRed",
            b"esc \x1b[2J bell \x07 tab \t del \x7f",
            "[31mRed",
            "esc  [2J bell   tab   del",
        ),
        (b"\xff\xfe", b"caf\xe9", "\u{fffd}\u{fffd}", "caf\u{fffd}"),
        (
            "José 🚀".as_bytes(),
            "日本語 \u{85} x".as_bytes(),
            "José 🚀",
            "日本語   x",
        ),
        (b"Long", long.as_bytes(), "Long", &long),
        (
            b"Fake",
            fake.as_bytes(),
            "Fake",
            &format!("{} :100644 100644 a b M", "a".repeat(40)),
        ),
        (b"None", b"", "None", ""),
    ];
    for (author, message, name, subject) in cases {
        let repo = Repo::new();
        repo.save("src/a.md", "1", "start");
        repo.write("src/a.md", "2");
        repo.git(&["add", "-A"]);
        raw_commit(&repo, author, message);
        let history = repo.agrees(&["src/a.md"]);
        let newest = &history.documents[0].revisions[0].commit;
        assert_eq!((newest.author.as_str(), newest.subject.as_str()), (name, subject));
    }
}

#[test]
fn a_commit_without_a_readable_author_line_has_no_date() {
    let repo = Repo::new();
    repo.save("src/a.md", "1", "start");
    repo.write("src/a.md", "2");
    repo.git(&["add", "-A"]);
    raw_commit(&repo, b"Bad <b@example.org> never +0000\nx", b"odd");
    let history = repo.agrees(&["src/a.md"]);
    let odd = history.documents[0]
        .revisions
        .iter()
        .find(|one| one.commit.subject == "odd")
        .unwrap();
    assert_eq!(odd.commit.date, None);
}

/// A repository that settings could make look otherwise.
fn touchy() -> Repo {
    let repo = Repo::new();
    repo.write("src/ü.md", &document("start"));
    repo.save(".mailmap", "Anna Right <ann@example.org>\n", "start");
    repo.save("src/ü.md", &document("edit"), "edit größer");
    repo.write("src/copy.md", &document("edit"));
    repo.commit("copy");
    repo.git(&["mv", "src/ü.md", "src/b.md"]);
    repo.save("src/b.md", &document("moved"), "move");
    repo
}

/// Variables that change what git does or prints.
fn environment<'a>(home: &'a str, config: &'a str, run: &'a str) -> [(&'a str, &'a str); 16] {
    [
        ("HOME", home),
        ("GIT_CONFIG_GLOBAL", config),
        ("GIT_DIR", "/nonexistent"),
        ("GIT_WORK_TREE", "/"),
        ("GIT_INDEX_FILE", "/nonexistent"),
        ("GIT_OBJECT_DIRECTORY", "/nonexistent"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_EXTERNAL_DIFF", run),
        ("GIT_PAGER", run),
        ("GIT_TRACE", "1"),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "log.follow"),
        ("GIT_CONFIG_VALUE_0", "true"),
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LANGUAGE", "de"),
    ]
}

#[test]
fn settings_and_environment_change_nothing() {
    let repo = touchy();
    let chapters = ["src/b.md", "src/copy.md"];
    let expected = repo.history(&chapters);
    assert_eq!(subjects(&expected.documents[0]), ["move", "edit größer", "start"]);
    assert_eq!(expected.documents[0].revisions[0].commit.author, "Anna Right");

    let marker = repo.beside("ran");
    let script = repo.beside("run.sh");
    std::fs::write(&script, format!("#!/bin/sh\ntouch '{}'\ncat\n", marker.display())).unwrap();
    std::fs::write(repo.beside("mailmap"), "Wrong <ann@example.org>\n").unwrap();
    std::fs::write(repo.beside("attributes"), "* binary diff=x\n").unwrap();
    let run = format!("sh {}", script.display());
    let beside = |name: &str| repo.beside(name).display().to_string();
    let settings = [
        ("color.ui", "always"),
        ("core.abbrev", "5"),
        ("core.attributesFile", &beside("attributes")),
        ("core.fsmonitor", &run),
        ("core.pager", &run),
        ("core.quotePath", "true"),
        ("diff.external", &run),
        ("diff.ignoreSubmodules", "all"),
        ("diff.orderFile", "/nonexistent"),
        ("diff.relative", "true"),
        ("diff.renameLimit", "1"),
        ("diff.renames", "copies"),
        ("diff.x.textconv", &run),
        ("format.notes", "*"),
        ("format.pretty", "oneline"),
        ("gpg.program", &run),
        ("i18n.logOutputEncoding", "ISO-8859-1"),
        ("log.abbrevCommit", "true"),
        ("log.date", "relative"),
        ("log.decorate", "full"),
        ("log.diffMerges", "combined"),
        ("log.follow", "true"),
        ("log.mailmap", "false"),
        ("log.showRoot", "false"),
        ("log.showSignature", "true"),
        ("mailmap.blob", "HEAD:src/copy.md"),
        ("mailmap.file", &beside("mailmap")),
        ("pager.log", "true"),
    ];
    let home = repo.beside("home");
    std::fs::create_dir(&home).unwrap();
    let config = home.join(".gitconfig");
    for (key, value) in settings {
        git_in(
            &repo.dir,
            &["config", "--file", config.to_str().unwrap(), key, value],
            START,
        );
    }
    let env = environment(home.to_str().unwrap(), config.to_str().unwrap(), &run);
    let mut git = Git::default();
    git.program.env = env.map(|(key, value)| (key.into(), value.into())).to_vec();
    assert_eq!(history(&git, &repo.dir, &chapters), expected);

    // The repository's own settings are no more to be trusted.
    std::fs::copy(&config, repo.beside("own")).unwrap();
    repo.git(&["config", "include.path", repo.beside("own").to_str().unwrap()]);
    assert_eq!(history(&git, &repo.dir, &chapters), expected);
    assert!(!marker.exists(), "a program of the settings ran");
}

#[test]
fn replaced_and_grafted_commits_stay_what_they_are() {
    let repo = touchy();
    let expected = repo.history(&["src/b.md"]);
    let (head, root) = (repo.head(), repo.git(&["rev-list", "--max-parents=0", "HEAD"]));
    repo.git(&["replace", &head, root.trim()]);
    std::fs::write(repo.dir.join(".git/info/grafts"), format!("{head} {}", root.trim())).unwrap();
    assert_eq!(repo.history(&["src/b.md"]), expected);
}

#[test]
fn many_texts_do_not_block() {
    // Both pipes fill long before the other side has been read.
    let repo = Repo::new();
    let names: Vec<String> = (0..3000).map(|at| format!("src/{at:0>40}.md")).collect();
    for (at, name) in names.iter().enumerate() {
        repo.write(name, &format!("{at} {}", "text ".repeat(40)));
    }
    repo.commit("all");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let history = repo.history(&names);
    assert_eq!(history.state(), State::Known);
    assert!(
        history
            .documents
            .iter()
            .all(|one| one.revisions.len() == 1 && one.working == Working::Clean)
    );
}

#[test]
fn large_and_odd_texts_are_read_past() {
    let repo = Repo::new();
    repo.write("src/big.md", &"x".repeat(9 << 20));
    std::fs::write(repo.dir.join("src/bytes.md"), b"## A\n\xff\0\n").unwrap();
    repo.write("src/folder.md/x.md", "## A\n");
    repo.save("src/empty.md", "", "all");
    let history = repo.history(&["src/big.md", "src/bytes.md", "src/folder.md", "src/empty.md"]);
    assert_eq!(history.state(), State::Known);
    let [big, bytes, folder, empty] = history.documents.as_slice() else {
        panic!("four documents")
    };
    assert_eq!(
        (&big.head, &big.working, big.revisions.len()),
        (&None, &Working::Unknown, 1)
    );
    assert_eq!(big.revisions[0].sections, None);
    assert!(bytes.head.is_some() && empty.head.is_some());
    assert_eq!((folder.revisions.len(), &folder.working), (0, &Working::Unknown));
}
