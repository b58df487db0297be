//! Lines of history: merges, renames, copies, reverts, and what a revision amounts to.

use super::*;

#[test]
fn plain_line_with_sections_versions_and_rows() {
    let repo = Repo::new();
    repo.save("src/a.md", "Version: 1.0\n## A\none\n## B\nx\n## Log\n| 1.0\n", "start");
    repo.save(
        "src/a.md",
        "Version: 1.0\n## A\none\n\n## B\nx\n## Log\n| 1.0\n",
        "blank line",
    );
    repo.save(
        "src/a.md",
        "Version: 1.1\n## A\ntwo\ndecision: queue\n## C\nx\n## Log\n| 1.0\n",
        "change",
    );
    let row = repo.save(
        "src/a.md",
        "Version: 1.1\n## A\ntwo\ndecision: queue\n## C\nx\n## Log\n| 1.0\n| 1.1\n",
        "row",
    );
    repo.save("src/b.md", "## A\n", "another document");
    let history = repo.agrees(&["src/a.md", "src/b.md"]);
    let document = &history.documents[0];
    assert_eq!(subjects(document), ["row", "change", "blank line", "start"]);
    let kinds: Vec<Kind> = document.revisions.iter().map(|revision| revision.kind).collect();
    assert_eq!(
        kinds,
        [Kind::Bookkeeping, Kind::Content, Kind::Formatting, Kind::Content]
    );
    let change = &document.revisions[1];
    assert_eq!(change.version(), Some("1.1"));
    let sections: Vec<_> = change
        .sections
        .iter()
        .flatten()
        .map(|one| (one.section.as_str(), one.what))
        .collect();
    assert_eq!(
        sections,
        [
            ("A", SectionEdit::Edited),
            ("C", SectionEdit::Added),
            ("B", SectionEdit::Removed)
        ]
    );
    assert_eq!(document.revisions[0].added_rows(), ["1.1"]);
    assert_eq!(document.revisions[3].added_rows(), ["1.0"]);
    assert_eq!(document.revisions[0].commit.hash, row);
    assert_eq!(Some(document.revisions[0].commit.short()), row.get(..10));
    assert_eq!(
        document.revisions[0]
            .commit
            .date
            .map(|date| date.to_string())
            .as_deref(),
        Some("2026-01-04")
    );
    assert_eq!(
        document
            .first_seen("decision", "queue")
            .map(|found| found.commit.subject.as_str()),
        Some("change")
    );
    assert_eq!(document.first_seen("decision", "none"), None);
    assert_eq!(
        document.last_content().map(|found| found.commit.subject.as_str()),
        Some("change")
    );
    assert_eq!(document.working, Working::Clean);
    assert_eq!(history.repositories[0].head.as_deref(), Some(repo.head().as_str()));
}

#[test]
fn merges_octopus_and_reverts() {
    let repo = Repo::new();
    let start = repo.save("src/a.md", "## A\n1\n## B\n1\n## C\n1\n", "start");
    let mut sides = Vec::new();
    for (branch, file) in [("one", "src/b.md"), ("two", "src/c.md"), ("three", "src/d.md")] {
        repo.git(&["checkout", "-q", "-b", branch, &start]);
        sides.push(repo.save(file, &format!("## {branch}\n"), branch));
    }
    repo.git(&["checkout", "-q", "main"]);
    let edit = repo.save("src/a.md", "## A\n2\n## B\n1\n## C\n1\n", "edit");
    repo.git(&["merge", "-q", "--no-ff", "-m", "octopus", "one", "two", "three"]);
    let octopus = repo.head();
    repo.git(&["revert", "--no-edit", &edit]);
    repo.git(&[
        "commit",
        "--amend",
        "-q",
        "--date=2024-02-29T23:30:00 -0800",
        "-m",
        "revert",
    ]);
    repo.git(&["checkout", "-q", "-b", "side", &octopus]);
    repo.save("src/a.md", "## A\n2\n## B\n1\n## C\n9\n", "side");
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    let history = repo.agrees(&["src/a.md", "src/b.md", "src/c.md", "src/d.md"]);
    let document = &history.documents[0];
    assert_eq!(
        subjects(document),
        ["side", "edit", "start", "revert"],
        "by author date"
    );
    assert_eq!(
        document.revisions[3]
            .commit
            .date
            .map(|date| date.to_string())
            .as_deref(),
        Some("2024-02-29")
    );
    let find = |subject: &str| {
        let mut all = history.documents.iter().flat_map(|document| &document.revisions);
        all.find(|revision| revision.commit.subject == subject)
            .map(|revision| &*revision.commit)
            .unwrap()
    };
    let all = ["start", "one", "two", "three", "edit", "revert", "side"];
    for a in all {
        for b in all {
            let args = ["merge-base", "--is-ancestor", &find(a).hash, &find(b).hash];
            let expected = git_command(&repo.dir, "0 +0000").args(args).status().unwrap().success();
            assert_eq!(history.ancestors(find(b)).contains(find(a)), expected, "{a} {b}");
        }
    }
    assert_eq!(
        document.revisions[0].sections.as_ref().map(|sections| sections.len()),
        Some(1),
        "against its own parent"
    );
}

#[test]
fn a_merge_that_nobody_touched_and_one_with_a_conflict_are_no_revisions() {
    let repo = Repo::new();
    repo.save("src/a.md", "1\n", "start");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.save("src/a.md", "side\n", "side");
    repo.git(&["checkout", "-q", "main"]);
    repo.save("src/a.md", "main\n", "main");
    let merged = git_command(&repo.dir, "1767300000 +0000")
        .args(["merge", "-q", "side"])
        .output()
        .unwrap();
    assert!(!merged.status.success());
    repo.save("src/a.md", "both\n", "resolved");
    repo.git(&["checkout", "-q", "-b", "code"]);
    repo.save("code.rs", "x", "code");
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "code"]);
    repo.save("src/a.md", "slipped in\n", "evil merge");
    let history = repo.agrees(&["src/a.md"]);
    assert_eq!(subjects(&history.documents[0]), ["main", "side", "start"]);
}

#[test]
fn renames_are_followed_and_copies_are_not() {
    let repo = Repo::new();
    repo.save("src/template.md", &document("template"), "template");
    repo.write("src/a.md", &document("template"));
    repo.commit("copy");
    repo.save("src/a.md", &document("edit"), "edit");
    repo.git(&["mv", "src/a.md", "src/b.md"]);
    repo.commit("move");
    std::fs::create_dir(repo.dir.join("src/deep")).unwrap();
    repo.git(&["mv", "src/b.md", "src/deep/c.md"]);
    repo.save("src/deep/c.md", &document("moved and edited"), "move with edit");
    let history = repo.history(&["src/deep/c.md", "src/template.md"]);
    assert_eq!(
        subjects(&history.documents[0]),
        ["move with edit", "move", "edit", "copy"]
    );
    let kinds = kinds(&history.documents[0]);
    assert_eq!(
        (kinds["move"], kinds["move with edit"]),
        (Kind::RenameOnly, Kind::Content)
    );
    assert_eq!(
        history.documents[0].revisions[1].change,
        Change::Renamed("src/a.md".to_owned())
    );
    assert_eq!(history.documents[0].revisions[2].path, "src/a.md");
    let sections = history.documents[0].revisions[0].sections.as_ref().unwrap();
    assert_eq!(
        sections.iter().map(|one| one.section.as_str()).collect::<Vec<_>>(),
        ["Roadmap"]
    );
    assert_eq!(subjects(&history.documents[1]), ["template"]);
}

#[test]
fn one_document_of_a_template_is_not_another_one_renamed() {
    let repo = Repo::new();
    let filled = |word: &str| -> String {
        let line = |at: usize| {
            if at.is_multiple_of(3) {
                format!("{word} {at} {word}\n")
            } else {
                format!("Template line {at}\n")
            }
        };
        (0..90).map(line).collect()
    };
    repo.save("src/orders.md", &filled("orders"), "orders");
    repo.git(&["rm", "-q", "src/orders.md"]);
    repo.save("src/billing.md", &filled("billing"), "billing");
    let alike = repo.git(&["log", "-1", "-M50%", "--raw", "--format="]);
    assert!(alike.contains(" R0"), "git itself would take it for one: {alike}");
    let history = repo.agrees(&["src/billing.md"]);
    assert_eq!(history.documents[0].revisions[0].change, Change::Added);
}

#[test]
fn an_edit_beside_a_rename_belongs_to_the_document() {
    let repo = Repo::new();
    repo.save("src/a.md", &document("start"), "start");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.save(
        "src/a.md",
        &document("start").replace("Line 3 ", "Line three "),
        "side edit",
    );
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["mv", "src/a.md", "src/b.md"]);
    repo.commit("move");
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    repo.save("src/b.md", &document("last"), "last");
    let history = repo.history(&["src/b.md"]);
    assert_eq!(subjects(&history.documents[0]), ["last", "move", "side edit", "start"]);
}

#[test]
fn a_name_given_away_and_taken_anew() {
    let repo = Repo::new();
    repo.save("src/a.md", &document("first"), "first");
    repo.git(&["mv", "src/a.md", "src/old.md"]);
    repo.commit("move");
    repo.save("src/a.md", "## Quite another\n", "anew");
    let history = repo.history(&["src/a.md", "src/old.md"]);
    assert_eq!(subjects(&history.documents[0]), ["anew"]);
    assert_eq!(subjects(&history.documents[1]), ["move", "first"]);

    // There and back again is one document.
    repo.git(&["mv", "src/old.md", "src/new.md"]);
    repo.commit("there");
    repo.git(&["mv", "src/new.md", "src/old.md"]);
    repo.commit("back");
    let history = repo.history(&["src/old.md"]);
    assert_eq!(subjects(&history.documents[0]), ["back", "there", "move", "first"]);
}

#[test]
fn a_file_deleted_and_added_again() {
    let repo = Repo::new();
    repo.save("src/a.md", "## A\n1\ndecision: x\n", "start");
    std::fs::remove_file(repo.dir.join("src/a.md")).unwrap();
    repo.commit("delete");
    repo.save("src/a.md", "## A\n2\ndecision: x\n", "again");
    let history = repo.agrees(&["src/a.md"]);
    let document = &history.documents[0];
    assert_eq!(document.revisions[1].change, Change::Deleted);
    assert_eq!(
        document.revisions[1].sections.as_ref().map(|all| all[0].what),
        Some(SectionEdit::Removed)
    );
    assert_eq!(
        document
            .first_seen("decision", "x")
            .map(|one| one.commit.subject.as_str()),
        Some("start")
    );
}

#[test]
fn random_histories_agree_with_a_log_of_each_file() {
    let names = ["src/a.md", "src/b.md", "src/c.md", "src/d/e.md"];
    let mut seed: u64 = 42;
    let mut random = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let repo = Repo::new();
    repo.save("src/a.md", "start", "start");
    for step in 0..40 {
        let name = names[usize::try_from(random(4)).unwrap()];
        match random(5) {
            0 => {
                // Side lines write files of their own, so that each merge succeeds.
                let branch = format!("side{step}");
                repo.git(&["checkout", "-q", "-b", &branch, &format!("main~{}", random(2))]);
                repo.save(
                    &format!("src/side{}.md", random(3) + 10 * step),
                    &format!("side {step}"),
                    "side",
                );
                repo.git(&["checkout", "-q", "main"]);
                repo.save(name, &format!("beside {step}"), "beside");
                repo.git(&["merge", "-q", "--no-ff", "-m", "merge", &branch]);
            }
            1 => drop(repo.save("code.rs", &format!("{step}"), "code")),
            _ => drop(repo.save(name, &format!("text {}", random(1000) + 1000 * step), "edit")),
        }
    }
    let listed = repo.git(&["ls-files", "src"]);
    let paths: Vec<&str> = listed.lines().collect();
    assert!(paths.len() > 5);
    repo.agrees(&paths);
}
