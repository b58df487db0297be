//! What is left out, what is on disk, and where the book and its chapters lie.

use super::*;

#[test]
fn left_out_commits_say_why() {
    let repo = Repo::new();
    repo.save("src/a.md", "## A\n1\n", "start");
    let listed = repo.save("src/a.md", "## A\n2\n", "listed");
    repo.save(
        "src/a.md",
        "## A\n3\n",
        "skipped\n\nbody\n\nArch-Change: skip\nReviewed-by: Bo <bo@example.org>",
    );
    repo.write("src/a.md", "## A\n4\n");
    repo.git(&["commit", "-qam", "bot", "--author=dependabot[bot] <bot@example.org>"]);
    repo.save(
        ".git-blame-ignore-revs",
        &format!("# formatting\n{}\n", listed.to_uppercase()),
        "ignore",
    );
    let history = repo.history(&["src/a.md"]);
    let kinds = kinds(&history.documents[0]);
    assert_eq!(kinds["listed"], Kind::Ignored(Ignored::Listed));
    assert_eq!(kinds["skipped"], Kind::Ignored(Ignored::Trailer));
    assert_eq!(kinds["bot"], Kind::Ignored(Ignored::Author));
    assert_eq!(kinds["start"], Kind::Content);
    let reviewed = history.documents[0]
        .revisions
        .iter()
        .find(|one| one.commit.subject == "skipped");
    let expected = [
        Trailer::ArchChange("skip".to_owned()),
        Trailer::ReviewedBy("Bo".to_owned()),
    ];
    assert_eq!(reviewed.map(|one| one.commit.trailers.as_slice()), Some(&expected[..]));
    let options = Options {
        ignore_revs: "none".to_owned(),
        ignore_authors: Vec::new(),
        ..Options::default()
    };
    let history = history_with(&Git::default(), &repo.dir, &["src/a.md"], &options);
    let ignored = history.documents[0]
        .revisions
        .iter()
        .filter(|one| matches!(one.kind, Kind::Ignored(_)));
    assert_eq!(ignored.count(), 1);
}

#[test]
fn one_text_is_read_once() {
    let repo = Repo::new();
    repo.save("src/a.md", "## A\n1\n", "start");
    repo.save("src/a.md", "## A\n2\n", "edit");
    repo.save("src/a.md", "## A\n1\n", "back");
    let seen = RefCell::new(Vec::new());
    let note = |path: &str, text: &str| {
        seen.borrow_mut().push(format!("{path}: {text}"));
        derive(path, text)
    };
    let chapters = [Chapter {
        path: "src/a.md",
        text: Some("## A\r\n1\r\n"),
    }];
    let book = Book {
        root: &repo.dir,
        source: "src",
        chapters: &chapters,
    };
    let history = Git::default().history(&book, &Options::default(), &note);
    assert_eq!(history.documents[0].working, Working::Clean);
    assert_eq!(*seen.borrow(), ["src/a.md: ## A\n1\n", "src/a.md: ## A\n2\n"]);
}

#[test]
fn what_is_on_disk() {
    let repo = Repo::new();
    let text = "## A\n1\n## Log\n| x\n";
    for name in ["clean", "spaces", "log", "edited"] {
        repo.write(&format!("src/{name}.md"), text);
    }
    repo.commit("start");
    repo.write("src/spaces.md", "## A\n\n  1\n## Log\n| x\n");
    repo.write("src/log.md", "## A\n1\n## Log\n| x\n| y\n");
    repo.write("src/edited.md", "## A\n2\n## Log\n| x\n");
    repo.write("src/new.md", text);
    repo.write("src/staged.md", text);
    repo.git(&["add", "src/staged.md"]);
    let names = ["clean", "spaces", "log", "edited", "new", "staged"].map(|name| format!("src/{name}.md"));
    let history = repo.history(&names.each_ref().map(String::as_str));
    let working: Vec<&Working> = history.documents.iter().map(|document| &document.working).collect();
    let change = |section: &str| {
        vec![SectionChange {
            section: section.to_owned(),
            what: SectionEdit::Edited,
        }]
    };
    let expected = [
        Working::Clean,
        Working::Edited(Kind::Formatting, Vec::new()),
        Working::Edited(Kind::Bookkeeping, change("Log")),
        Working::Edited(Kind::Content, change("A")),
        Working::Untracked,
        Working::Untracked,
    ];
    assert_eq!(working, expected.iter().collect::<Vec<_>>());
    assert!(history.documents[4].revisions.is_empty());
}

#[test]
fn two_books_in_one_repository_and_one_in_a_folder() {
    let repo = Repo::new();
    repo.write("docs/one/src/a.md", "1");
    repo.write("docs/two/src/a.md", "1");
    repo.commit("both");
    repo.save("docs/one/src/a.md", "2", "one");
    repo.save("docs/two/src/a.md", "3", "two");
    repo.save("shared/x.md", "4", "shared");
    repo.save("code.rs", "5", "code");
    for (book, expected) in [("one", ["one", "both"]), ("two", ["two", "both"])] {
        let root = repo.dir.join("docs").join(book);
        let history = history(
            &Git::default(),
            &root,
            &["src/a.md", "../../shared/x.md", "../../../out.md"],
        );
        assert_eq!(history.state(), State::Known);
        assert_eq!(subjects(&history.documents[0]), expected);
        assert_eq!(history.documents[0].revisions[0].path, format!("docs/{book}/src/a.md"));
        assert_eq!(subjects(&history.documents[1]), ["shared"]);
        assert_eq!(history.documents[2].working, Working::Untracked);
    }
}

#[test]
fn names_of_all_kinds() {
    let repo = Repo::new();
    let names = [
        "src/📋 Übersicht.md",
        "src/日本語.md",
        "src/a|b.md",
        "src/[x]*.md",
        "src/ lead.md",
        "src/:(top)q.md",
    ];
    for name in names {
        repo.save(name, "## A\n1\n", "new");
        repo.save(name, &format!("## A\n{name}\n"), "edit");
    }
    repo.save("src/x.md", "not matched by the bracket", "other");
    let literal = |path: &str| format!(":(literal){path}");
    let history = repo.history(&names);
    for (document, name) in history.documents.iter().zip(names) {
        let mut own = hashes(document);
        own.sort();
        assert_eq!(own, repo.log_of(&literal(name)), "{name}");
        assert_eq!(document.revisions.len(), 2);
        assert_eq!(document.working, Working::Clean, "{name}");
    }
}

#[test]
fn a_worktree_has_its_own_head() {
    let repo = Repo::new();
    repo.save("src/a.md", "1", "start");
    let other = repo.beside("tree");
    repo.git(&["worktree", "add", "-q", "-b", "other", other.to_str().unwrap()]);
    repo.save("src/a.md", "2", "on main");
    std::fs::write(other.join("src/a.md"), "3").unwrap();
    git_in(&other, &["commit", "-qam", "in the worktree"], START + 9 * DAY);
    let history = history(&Git::default(), &other, &["src/a.md"]);
    assert_eq!(history.state(), State::Known);
    assert_eq!(subjects(&history.documents[0]), ["in the worktree", "start"]);
    assert_eq!(
        subjects(&repo.history(&["src/a.md"]).documents[0]),
        ["on main", "start"]
    );
}
