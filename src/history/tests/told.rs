//! The history told by hand goes the way of the real one.

use super::*;

/// What is done in each commit.
fn changes() -> Vec<Vec<FixedChange>> {
    vec![
        vec![FixedChange::Write(
            "src/a.md".to_owned(),
            "Version: 1\n## A\n1\n## Log\n| 1\n".to_owned(),
        )],
        vec![FixedChange::Write(
            "src/a.md".to_owned(),
            "Version: 1\n## A\n\n1\n## Log\n| 1\n".to_owned(),
        )],
        vec![FixedChange::Rename("src/a.md".to_owned(), "src/b.md".to_owned())],
        vec![
            FixedChange::Write("src/b.md".to_owned(), "Version: 2\n## A\n2\n## Log\n| 1\n".to_owned()),
            FixedChange::Write("src/c.md".to_owned(), "## A\n1\n".to_owned()),
        ],
        vec![FixedChange::Remove("src/c.md".to_owned())],
    ]
}

#[test]
fn a_told_history_equals_the_same_commits_in_git() {
    let repo = Repo::new();
    let mut commits = Vec::new();
    for (at, changes) in changes().into_iter().enumerate() {
        for change in &changes {
            match change {
                FixedChange::Write(path, text) => repo.write(path, text),
                FixedChange::Rename(from, to) => drop(repo.git(&["mv", from, to])),
                FixedChange::Remove(path) => drop(repo.git(&["rm", "-q", path])),
            }
        }
        let (subject, body) = (format!("commit {at}"), "Reviewed-by: Bo <bo@example.org>".to_owned());
        let hash = repo.commit(&format!("{subject}\n\n{body}"));
        let date = Date::constant(2026, 1, 1)
            .checked_add(jiff::Span::new().days(i64::try_from(at).unwrap()))
            .unwrap();
        commits.push(FixedCommit {
            hash,
            date,
            author: "Ann".to_owned(),
            subject,
            body,
            changes,
        });
    }
    repo.write("src/d.md", "new");
    let chapters = ["src/b.md", "src/c.md", "src/d.md"];
    let mut real = repo.history(&chapters);
    let texts = chapters.map(|path| std::fs::read_to_string(repo.dir.join(path)).ok());
    let asked: Vec<Chapter<'_>> = chapters
        .iter()
        .zip(&texts)
        .map(|(path, text)| Chapter {
            path,
            text: text.as_deref(),
        })
        .collect();
    let book = Book {
        root: &repo.dir,
        source: "src",
        chapters: &asked,
    };
    let fixed = Fixed {
        state: State::Known,
        commits,
    };
    let mut told = fixed.history(&book, &Options::default(), &derive);
    for history in [&mut real, &mut told] {
        for revision in history
            .documents
            .iter_mut()
            .flat_map(|document| &mut document.revisions)
        {
            Arc::make_mut(&mut revision.commit).time = 0;
        }
    }
    assert_eq!(told, real);
}

#[test]
fn an_unavailable_history_tells_nothing() {
    let commit = FixedCommit {
        changes: vec![FixedChange::Write("src/a.md".to_owned(), "x".to_owned())],
        ..FixedCommit::default()
    };
    let why = Reason {
        cause: Cause::NoGit,
        message: String::new(),
        help: None,
    };
    let asked = [Chapter {
        path: "src/a.md",
        text: Some("x"),
    }];
    let book = Book {
        root: Path::new("/"),
        source: "src",
        chapters: &asked,
    };
    for (state, count) in [
        (State::Unavailable(vec![why.clone()]), 0),
        (State::Partial(vec![why]), 1),
    ] {
        let fixed = Fixed {
            state: state.clone(),
            commits: vec![commit.clone()],
        };
        let history = fixed.history(&book, &Options::default(), &derive);
        assert_eq!((history.state(), history.documents[0].revisions.len()), (state, count));
    }
}
