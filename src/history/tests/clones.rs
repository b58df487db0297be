//! Clones that lack something, repositories within repositories, and no repository at all.

use super::*;

fn url(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// Sixty commits; `late.md` comes with the last but three, `decision: late` with the last.
fn long() -> Repo {
    let repo = Repo::new();
    repo.save("src/a.md", "## A\n0\ndecision: early\n", "0");
    for at in 1..60 {
        let late = if at == 59 { "decision: late\n" } else { "" };
        if at == 56 {
            repo.write("src/late.md", "## A\ndecision: whole\n");
        }
        repo.save(
            "src/a.md",
            &format!("## A\n{at}\ndecision: early\n{late}"),
            &at.to_string(),
        );
    }
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo
}

fn clone(repo: &Repo, args: &[&str]) -> PathBuf {
    let to = repo.beside("clone");
    let (url, path) = (url(&repo.dir), to.to_str().unwrap().to_owned());
    let mut all = vec!["clone", "-q"];
    all.extend(args);
    all.extend([url.as_str(), path.as_str()]);
    git_in(repo.temp.path(), &all, START);
    to
}

#[test]
fn shallow_clones_know_what_they_do_not_know() {
    let repo = long();
    for (depth, known) in [(1, 0), (2, 1), (50, 49)] {
        let to = clone(&repo, &["--depth", &depth.to_string()]);
        let history = history(&Git::default(), &to, &["src/a.md", "src/late.md"]);
        assert!(matches!(history.state(), State::Partial(_)));
        assert_eq!(only_cause(&history.state()), Cause::Shallow);
        let [a, late] = history.documents.as_slice() else {
            panic!("two documents")
        };
        assert_eq!(a.revisions.len(), known, "depth {depth}");
        assert!(!a.baselines.is_empty());
        assert_eq!(a.first_seen("decision", "early"), None, "it was there before");
        assert_eq!(a.first_seen("decision", "late").is_some(), depth > 1);
        assert!(a.baselines.iter().all(Option::is_some));
        assert_eq!(
            (!late.baselines.is_empty(), late.revisions.len()),
            (depth < 50, usize::from(depth == 50))
        );
        assert_eq!(late.first_seen("decision", "whole").is_some(), depth == 50);
        assert_eq!(a.working, Working::Clean);
        std::fs::remove_dir_all(to).unwrap();
    }
}

#[test]
fn each_pipeline_is_told_its_own_line() {
    let repo = long();
    let to = clone(&repo, &["--depth", "1"]);
    let cases = [
        (Some(Pipeline::GitHub), "fetch-depth: 0"),
        (Some(Pipeline::GitLab), "GIT_DEPTH: 0"),
        (Some(Pipeline::Other), "git fetch --unshallow --filter=blob:none"),
        (None, "git fetch --unshallow --filter=blob:none"),
    ];
    for (pipeline, line) in cases {
        let options = Options {
            pipeline,
            ..Options::default()
        };
        let state = history_with(&Git::default(), &to, &["src/a.md"], &options).state();
        assert!(
            state.reasons()[0].help.as_ref().is_some_and(|help| help.contains(line)),
            "{state:?}"
        );
    }
}

#[test]
fn blobless_clones_keep_dates_and_fetch_nothing() {
    let repo = long();
    repo.git(&["mv", "src/late.md", "src/later.md"]);
    repo.commit("move");
    let to = clone(&repo, &["--filter=blob:none"]);
    let objects = || git_in(&to, &["count-objects", "-v"], START);
    let before = objects();
    let history = history(&Git::default(), &to, &["src/a.md", "src/later.md"]);
    assert_eq!(only_cause(&history.state()), Cause::Blobless);
    let [a, later] = history.documents.as_slice() else {
        panic!("two documents")
    };
    assert_eq!(a.revisions.len(), 60);
    assert!(
        a.revisions
            .iter()
            .all(|one| one.kind == Kind::Content && one.commit.date.is_some())
    );
    assert!(
        a.revisions[1..]
            .iter()
            .all(|one| one.sections.is_none() && one.after.is_none())
    );
    assert!(a.head.is_some(), "the text that is checked out is here");
    assert_eq!(a.first_seen("decision", "late"), None);
    assert_eq!(
        (subjects(later)[0], later.revisions[0].kind),
        ("move", Kind::RenameOnly)
    );
    assert_eq!(later.revisions.len(), 2);
    assert_eq!(a.working, Working::Clean);
    assert_eq!(objects(), before);
}

#[test]
fn a_blobless_clone_is_not_asked_for_texts_to_tell_a_rename() {
    let repo = Repo::new();
    repo.save("src/a.md", &document("start"), "start");
    repo.git(&["mv", "src/a.md", "src/b.md"]);
    repo.save("src/b.md", &document("moved"), "move with edit");
    assert_eq!(repo.history(&["src/b.md"]).documents[0].revisions.len(), 2);
    repo.save("src/b.md", &document("last"), "last");
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let to = clone(&repo, &["--filter=blob:none"]);
    let history = history(&Git::default(), &to, &["src/b.md"]);
    assert_eq!(only_cause(&history.state()), Cause::Blobless);
    assert_eq!(subjects(&history.documents[0]), ["last", "move with edit"]);
    assert_eq!(history.documents[0].revisions[1].change, Change::Added);
}

#[test]
fn a_blobless_clone_without_checkout_is_not_untracked() {
    let repo = long();
    let to = clone(&repo, &["--filter=blob:none", "--no-checkout"]);
    let history = history(&Git::default(), &to, &["src/a.md", "src/nowhere.md"]);
    assert_eq!(history.documents[0].working, Working::Unknown);
    assert_eq!(history.documents[0].revisions.len(), 60);
    assert_eq!(history.documents[1].working, Working::Untracked);
}

#[test]
fn shallow_and_blobless_at_once() {
    let repo = long();
    let to = clone(&repo, &["--filter=blob:none", "--depth", "5"]);
    let history = history(&Git::default(), &to, &["src/a.md"]);
    let causes: Vec<Cause> = history.state().reasons().iter().map(|reason| reason.cause).collect();
    assert_eq!(causes, [Cause::Shallow, Cause::Blobless]);
    assert_eq!(
        (history.documents[0].revisions.len(), &history.documents[0].baselines),
        (4, &vec![None])
    );
}

#[test]
fn treeless_clones_are_refused() {
    let repo = long();
    let to = clone(&repo, &["--filter=tree:0"]);
    let history = history(&Git::default(), &to, &["src/a.md"]);
    assert!(matches!(history.state(), State::Unavailable(_)));
    assert_eq!(only_cause(&history.state()), Cause::Treeless);
    assert_eq!(history.documents[0].working, Working::Unknown);
}

#[test]
fn no_repository_no_commits_no_program_no_trust() {
    let none = Repo::empty("plain");
    none.write("src/a.md", "1");
    let cause = |history: &History| {
        assert!(matches!(history.state(), State::Unavailable(_)), "{history:?}");
        assert_eq!(history.documents.len(), 1);
        assert!(history.documents[0].revisions.is_empty());
        only_cause(&history.state())
    };
    assert_eq!(cause(&none.history(&["src/a.md"])), Cause::NotARepository);

    let unborn = Repo::new();
    unborn.write("src/a.md", "1");
    assert_eq!(cause(&unborn.history(&["src/a.md"])), Cause::NoCommits);

    let repo = Repo::new();
    repo.save("src/a.md", "1", "start");
    let mut git = Git::default();
    git.program.name = "no-such-git".into();
    assert_eq!(cause(&history(&git, &repo.dir, &["src/a.md"])), Cause::NoGit);

    let mut git = Git::default();
    git.program.env = vec![("GIT_TEST_ASSUME_DIFFERENT_OWNER".into(), "1".into())];
    let distrusted = history(&git, &repo.dir, &["src/a.md"]);
    assert_eq!(cause(&distrusted), Cause::DubiousOwnership);
    let advice = distrusted.state().reasons()[0].help.clone().unwrap();
    assert!(advice.contains("git config --global --add safe.directory"), "{advice}");

    assert_eq!(
        repo.history(&[]),
        History {
            repositories: Vec::new(),
            documents: Vec::new()
        }
    );
}

#[test]
fn a_broken_repository_gives_no_history_at_all() {
    let repo = Repo::new();
    repo.save("src/a.md", "## A\n1\n", "start");
    let text = repo.git(&["rev-parse", "HEAD:src/a.md"]).trim().to_owned();
    let first = repo.head();
    repo.save("src/a.md", "## A\n2\n", "edit");
    let object = |id: &str| {
        let (folder, name) = id.split_at(2);
        repo.dir.join(".git/objects").join(folder).join(name)
    };
    let away = repo.beside("away");
    for id in [&text, &first] {
        std::fs::rename(object(id), &away).unwrap();
        let history = repo.history(&["src/a.md"]);
        assert!(
            matches!(history.state(), State::Unavailable(_)),
            "{:?}",
            history.state()
        );
        assert_eq!(only_cause(&history.state()), Cause::Failed);
        assert!(history.documents[0].revisions.is_empty());
        std::fs::rename(&away, object(id)).unwrap();
    }
    assert_eq!(repo.history(&["src/a.md"]).state(), State::Known);
}

#[test]
fn a_chapter_in_a_submodule_has_the_history_of_that_repository() {
    let inner = Repo::new();
    inner.save("guide.md", "## A\n1\n", "inner start");
    inner.save("guide.md", "## A\n2\n", "inner edit");
    let repo = Repo::new();
    repo.save("src/a.md", "1", "outer");
    repo.git(&["submodule", "--quiet", "add", &url(&inner.dir), "src/parts"]);
    repo.commit("submodule");
    let chapters = ["src/parts/guide.md", "src/a.md"];
    let history = repo.history(&chapters);
    assert_eq!(history.state(), State::Known);
    let directories: Vec<&str> = history.repositories.iter().map(|one| one.directory.as_str()).collect();
    assert_eq!(directories, ["", "src/parts"]);
    assert_eq!(
        history
            .documents
            .iter()
            .map(|one| one.path.as_str())
            .collect::<Vec<_>>(),
        chapters
    );
    assert_eq!(subjects(&history.documents[0]), ["inner edit", "inner start"]);
    assert_eq!(
        (history.documents[0].repository, history.documents[1].repository),
        (1, 0)
    );
    assert_eq!(subjects(&history.documents[1]), ["outer"]);
    let (inner, outer) = (
        &history.documents[0].revisions[1].commit,
        &history.documents[1].revisions[0].commit,
    );
    assert!(!history.ancestors(outer).contains(inner) && !history.ancestors(inner).contains(outer));

    // A part that is broken does not take the book's history with it.
    repo.write("src/broken/.git", "gitdir: /nonexistent\n");
    let history = repo.history(&["src/broken/x.md", "src/a.md"]);
    assert!(matches!(history.state(), State::Partial(_)));
    assert_eq!(subjects(&history.documents[1]), ["outer"]);
}

#[cfg(unix)]
#[test]
fn links_have_no_history_of_their_own_and_roots_may_be_links() {
    let repo = Repo::new();
    repo.write("README.md", "text");
    std::fs::create_dir(repo.dir.join("src")).unwrap();
    std::os::unix::fs::symlink("../README.md", repo.dir.join("src/README.md")).unwrap();
    repo.save("src/a.md", "1", "start");
    let root = repo.beside("link");
    std::os::unix::fs::symlink(&repo.dir, &root).unwrap();
    let history = history(&Git::default(), &root, &["src/README.md", "src/a.md"]);
    assert_eq!(history.documents[0].working, Working::Unknown);
    assert_eq!(history.documents[1].working, Working::Clean);
    assert_eq!(subjects(&history.documents[1]), ["start"]);
}

/// What a log of one file alone says in `dir`, without the commits that have no parents here.
fn of_file(dir: &Path, path: &str, cut: bool) -> Vec<String> {
    let lines = |args: &[&str]| -> Vec<String> { git_in(dir, args, START).lines().map(str::to_owned).collect() };
    let spec = format!(":(top,literal){path}");
    let mut hashes = lines(&["log", "--full-history", "--no-merges", "--format=%H", "--", &spec]);
    if cut {
        let roots = lines(&["rev-list", "--max-parents=0", "HEAD"]);
        hashes.retain(|hash| !roots.contains(hash));
    }
    hashes.sort();
    hashes
}

/// A repository with these chapters, whose branches were merged and one of them reverted.
fn of_many_branches(names: [&str; 3]) -> Repo {
    let repo = Repo::new();
    for name in names {
        repo.save(name, &document("0"), "new");
    }
    for at in 1..20 {
        repo.save(names[at % 3], &document(&at.to_string()), &at.to_string());
    }
    let base = repo.head();
    for (at, name) in names.into_iter().enumerate() {
        repo.git(&["checkout", "-q", "-b", &format!("side{at}"), &base]);
        repo.save(name, &document(&format!("side {at}")), "side");
        repo.save(
            &format!("docs/one/src/new{at}.md"),
            &document(&at.to_string()),
            "copy of the template",
        );
    }
    repo.git(&["checkout", "-q", "-b", "whole", &base]);
    repo.save("code.rs", "code", "code");
    repo.git(&["merge", "-q", "--no-edit", "side0", "side1", "side2"]);
    repo.git(&["revert", "--no-edit", "side1"]);
    for at in 20..40 {
        repo.save(names[at % 3], &document(&at.to_string()), &at.to_string());
    }
    repo
}

#[test]
fn every_kind_of_clone_and_place_agrees_with_a_log_of_each_file() {
    let names = ["docs/one/src/a.md", "docs/one/src/📋 Übersicht.md", "docs/two/src/b.md"];
    let repo = of_many_branches(names);
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let tree = repo.beside("tree");
    repo.git(&["worktree", "add", "-q", "-b", "other", tree.to_str().unwrap(), "HEAD~3"]);

    let places: [(&[&str], bool); 5] = [
        (&[], false),
        (&["--depth", "1"], true),
        (&["--depth", "50"], true),
        (&["--depth", "10"], true),
        (&["--filter=blob:none"], false),
    ];
    let mut dirs = vec![(repo.dir.clone(), false, false), (tree, false, false)];
    for (args, cut) in places {
        let to = clone(&repo, args);
        let kept = repo.beside(&format!("kept{}", dirs.len()));
        std::fs::rename(to, &kept).unwrap();
        dirs.push((kept, cut, args.first() == Some(&"--filter=blob:none")));
    }
    for (dir, cut, blobless) in dirs {
        for book in ["docs/one", "docs/two"] {
            let prefix = format!("{book}/");
            let files: Vec<String> = git_in(&dir, &["-c", "core.quotePath=false", "ls-files", book], START)
                .lines()
                .filter_map(|line| line.strip_prefix(&prefix).map(str::to_owned))
                .collect();
            let chapters: Vec<&str> = files.iter().map(String::as_str).collect();
            assert!(!chapters.is_empty());
            let history = history(&Git::default(), &dir.join(book), &chapters);
            assert_eq!(
                history.state() != State::Known,
                cut && dir_is_cut(&dir) || blobless,
                "{dir:?}"
            );
            for (document, chapter) in history.documents.iter().zip(&chapters) {
                let mut own = hashes(document);
                own.sort();
                assert_eq!(
                    own,
                    of_file(&dir, &format!("{prefix}{chapter}"), cut && dir_is_cut(&dir)),
                    "{dir:?} {chapter}"
                );
            }
        }
    }
}

fn dir_is_cut(dir: &Path) -> bool {
    dir.join(".git/shallow").exists()
}
