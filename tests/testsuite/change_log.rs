//! The merged change log over real repositories: what the page shows, what is found, what the fix writes.

use std::process::Command;

use serde_json::Value;

use super::support::{BookTest, program, run, unmarked};

const HEAD: &str = "<!-- archdoc: document -->\n\n# Ports\n\n**Version**: 1.0\n**Last Updated**: 2026-03-01\n";

/// A document with this text and these rows in its change log.
pub fn document(text: &str, rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
    format!(
        "{HEAD}\n## Overview\n\n{text}\n\n## Change Log\n\n| Version | Date | What changed | Author |\n|---|---|---|---|\n{rows}\n## Notes\n\nNone.\n"
    )
}

const TEMPLATE: &str = "# [Name]\n\n**Version**: [Version Number]\n**Last Updated**: [Date]\n\n## Overview\n\n[Text]\n\n\
                        ## Change Log\n\n| Version | Date | What changed | Author |\n|---|---|---|---|\n| [1.0] | [Date] | [Changes] | [Name] |\n";
const ROW: &str = "| 1.0 | 2026-01-10 | First version | Ada |";

/// A book in a repository of its own.
pub struct Repository {
    pub book: BookTest,
    commits: std::cell::Cell<i64>,
}

impl Repository {
    pub fn new(settings: &str) -> Self {
        let book = BookTest::new();
        book.toml(&format!("template = \"template.md\"\n{settings}\n\n[output.html]\ngit-repository-url = \"https://github.com/acme/ports\"\n"));
        book.file("template.md", TEMPLATE)
            .chapters(&[("a.md", document("Boats.", &[ROW]))]);
        let repository = Self {
            book,
            commits: std::cell::Cell::new(0),
        };
        repository.git(&["init", "-q", "-b", "main"]);
        repository.git(&["config", "user.name", "Ada Lovelace"]);
        repository.git(&["config", "user.email", "ada@example.org"]);
        repository.commit("First version");
        repository
    }

    pub fn git(&self, args: &[&str]) -> String {
        let day = self.commits.get() * 86_400 + 1_772_366_400;
        let mut command = Command::new("git");
        command
            .args(args)
            .current_dir(self.book.path(""))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_AUTHOR_DATE", format!("{day} +0000"))
            .env("GIT_COMMITTER_DATE", format!("{day} +0000"));
        let run = run(&mut command, b"");
        assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
        run.stdout.trim().to_owned()
    }

    /// Commits everything, a day after the last commit, and says which commit that is.
    pub fn commit(&self, message: &str) -> String {
        self.commits.set(self.commits.get() + 1);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub fn write(&self, text: &str, rows: &[&str]) -> &Self {
        self.book.file("src/a.md", document(text, rows));
        self
    }

    /// The commits that the log is behind by.
    pub fn behind(&self) -> Vec<String> {
        let log = self.log(&[]);
        let rows = log["documents"][0]["change_log"].as_array().unwrap().iter();
        rows.filter_map(|row| row["commit"].as_str().map(str::to_owned))
            .collect()
    }

    pub fn log(&self, args: &[&str]) -> Value {
        let all: Vec<&str> = ["changelog", "--format", "json"].iter().chain(args).copied().collect();
        let run = self.book.run(&all);
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }

    pub fn rules(&self) -> Vec<String> {
        self.book.findings().into_iter().map(|found| found.rule).collect()
    }
}

#[test]
fn a_commit_that_no_row_tells_of_is_in_the_page_and_a_finding() {
    let repository = Repository::new("");
    assert!(repository.rules().is_empty(), "{:?}", repository.rules());
    let hash = repository
        .write("Boats and ships.", &[ROW])
        .commit("feat(ports): take ships, too (#7)");
    assert_eq!(repository.behind(), std::slice::from_ref(&hash));
    let found = repository.book.findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0].message,
        "1 commit since 1.0 changed `Overview`, and the change log does not mention it"
    );
    let page = unmarked(&repository.book.built("a.html"));
    let row = format!(
        "<tr><td>Unreleased</td><td>2026-03-03</td><td>take ships, too (#7) (Overview; \
         <a href=\"https://github.com/acme/ports/commit/{hash}\">{}</a>)</td><td>Ada Lovelace</td></tr>",
        &hash[..10]
    );
    assert!(page.contains(&row), "{row}\n{page}");
    // Below the hand-written row, for this log begins with its oldest.
    assert!(page.find("First version") < page.find("take ships"));
    assert!(!page.contains("example.org"));
}

/// What stands in it now is compared with what stood in it before, and both are read as the file has them.
#[test]
fn a_commit_of_spaces_is_none_in_a_chapter_that_is_a_section_of_the_book() {
    let repository = Repository::new("documents = \"book\"");
    let chapter = |text: &str| {
        format!(
            "# Overview\n\n## Ports\n\n{text}\n\n## Change Log\n\n| Version | Date | What changed | Author |\n\
             |---|---|---|---|\n{ROW}\n"
        )
    };
    repository
        .book
        .file("src/SUMMARY.md", "# Summary\n\n- [Overview](a.md)\n");
    repository.book.file("src/a.md", chapter("Boats."));
    repository.commit("Make it a section");
    repository.book.file("src/a.md", chapter("Boats and ships."));
    let more = repository.commit("Take ships");
    repository.book.file("src/a.md", chapter("Boats and  ships."));
    repository.commit("Set apart");
    let behind = repository.behind();
    assert_eq!(behind.first(), Some(&more), "{behind:?}");
}

#[test]
fn what_covers_a_commit() {
    let second = "| 1.1 | 2026-03-03 | Ships | Ada |";
    // A row in the same commit, or in a later one.
    let repository = Repository::new("");
    repository.write("Ships.", &[ROW, second]).commit("Ships");
    assert!(repository.behind().is_empty());
    let later = repository.write("Tugs.", &[ROW, second]).commit("Tugs");
    assert_eq!(repository.behind(), std::slice::from_ref(&later));
    // A row that names it, by hash or by pull request; only the one that it names.
    for name in [later[..8].to_owned(), format!("`{}`", &later[..12])] {
        let row = format!("| 1.1 | 2026-03-04 | See {name} | Ada |");
        repository.write("Tugs.", &[ROW, second, &row]);
        assert!(repository.behind().is_empty(), "{name}");
    }
    repository.write("Tugs.", &[ROW, second]);
    // Not white space, a mode, or what the document says of itself.
    repository.write("Tugs.  ", &[ROW, second]).commit("White space");
    repository.book.file(
        "src/a.md",
        document("Tugs.", &[ROW, second]).replace("2026-03-01", "2026-03-06"),
    );
    repository.commit("Another date");
    repository
        .write("Tugs!", &[ROW, second])
        .commit("A mark\n\nArch-Change: skip");
    assert_eq!(repository.behind(), [later]);
    let said = repository
        .write("Tugs?", &[ROW, second])
        .commit("wip\n\nArch-Change: Tugs are in question");
    let log = repository.log(&[]);
    let row = &log["documents"][0]["change_log"][0];
    assert_eq!(
        (row["commit"].as_str(), row["changes"].as_str()),
        (Some(said.as_str()), Some("Tugs are in question"))
    );
    // Somebody is writing the row.
    repository.write("Tugs?", &[ROW, second, "| 1.2 | 2026-03-08 | Tugs | Ada |"]);
    assert!(repository.behind().is_empty());
}

#[test]
fn the_fix_writes_each_commit_once() {
    let repository = Repository::new("");
    repository.write("Ships.", &[ROW]).commit("Ships | boats");
    let before = repository.book.read("src/a.md");
    let run = repository.book.run(&["fix", "--write"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let after = repository.book.read("src/a.md");
    let added: Vec<&str> = after
        .lines()
        .filter(|line| !before.lines().any(|old| old == *line))
        .collect();
    assert_eq!(added.len(), 1, "{added:?}");
    assert_eq!(after.replacen(&format!("{}\n", added[0]), "", 1), before);
    assert!(repository.rules().is_empty(), "{:?}", repository.rules());
    repository.book.run(&["fix", "--write"]);
    assert_eq!(repository.book.read("src/a.md"), after);
    repository.commit("Tell of it");
    assert!(repository.behind().is_empty() && repository.rules().is_empty());
}

#[test]
fn a_version_that_was_raised_without_a_row_has_its_commits() {
    let repository = Repository::new("");
    repository.write("Ships.", &[ROW]).commit("Ships");
    repository.book.file(
        "src/a.md",
        document("Ships and tugs.", &[ROW]).replace("**Version**: 1.0", "**Version**: 1.1"),
    );
    repository.commit("Tugs");
    let next = document("Tugs.", &[ROW]).replace("**Version**: 1.0", "**Version**: 1.1");
    repository.book.file("src/a.md", next);
    repository.commit("No ships");
    let log = repository.log(&[]);
    let rows = log["documents"][0]["change_log"].as_array().unwrap();
    let versions: Vec<Option<&str>> = rows.iter().map(|row| row["version"].as_str()).collect();
    assert_eq!(versions, [Some("1.1"), Some("1.1"), Some("1.1"), Some("1.0")]);
    assert_eq!(
        repository.log(&["--since", "1.0"])["documents"][0]["change_log"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(
        repository.log(&["--since", "2026-03-04"])["documents"][0]["change_log"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn history_can_be_kept_off_the_pages_or_not_be_asked_at_all() {
    for (settings, found, shown) in [
        ("history = \"check\"", true, false),
        ("history = false", false, false),
        ("history = { since = \"2030-01-01\" }", false, false),
        ("enrich = { change-log = false }", true, false),
    ] {
        let repository = Repository::new(settings);
        repository.write("Ships.", &[ROW]).commit("Ships and tugs");
        assert_eq!(
            repository.rules().contains(&"change-log-behind".to_owned()),
            found,
            "{settings}"
        );
        assert_eq!(
            repository.book.built("a.html").contains("Ships and tugs"),
            shown,
            "{settings}"
        );
    }
}

/// Who writes down a review before committing what it was about is not told to review it again.
#[test]
fn edits_of_the_day_of_a_review_are_reviewed() {
    let repository = Repository::new("");
    let template = format!("{TEMPLATE}\n---\n\n**Status**: [Draft/Approved]\n**Last Reviewed By**: [Name] on [Date]\n");
    let reviewed = |text: &str, day: &str| {
        format!(
            "{}\n---\n\n**Status**: Approved\n**Last Reviewed By**: Ada on {day}\n",
            document(text, &[ROW])
        )
    };
    repository.book.file("template.md", &template);
    repository.book.file("src/a.md", reviewed("Boats.", "2026-11-01"));
    repository.commit("Review it");
    for (day, changed) in [("2026-11-01", true), ("2026-11-21", true), ("2026-11-22", false)] {
        repository.book.file("src/a.md", reviewed("Boats and ships.", day));
        let found = repository.rules().iter().any(|rule| rule == "changed-since-review");
        assert_eq!(found, changed, "{day}");
    }
}

#[test]
fn a_shallow_clone_is_said_and_dates_nothing() {
    let repository = Repository::new("");
    repository.write("Ships.", &[ROW]).commit("Ships");
    let from = format!("file://{}", repository.book.path("").display());
    let clone = BookTest::new();
    let target = clone.path("clone");
    repository.git(&["clone", "-q", "--depth", "1", &from, target.to_str().unwrap()]);
    let check = run(
        program(&target)
            .args(["check", "--format", "json"])
            .env("GITLAB_CI", "true"),
        b"",
    );
    let report: Value = serde_json::from_str(&check.stdout).unwrap();
    let found = &report["findings"][0];
    assert_eq!(
        (found["rule"].as_str(), report["findings"].as_array().unwrap().len()),
        (Some("history-incomplete"), 1)
    );
    assert!(found["help"].as_str().unwrap().contains("GIT_DEPTH"), "{found}");
}

#[test]
fn the_same_repository_gives_the_same_bytes() {
    let repository = Repository::new("");
    repository.write("Ships.", &[ROW]).commit("Schiffe \u{202e}und Bojen");
    repository.git(&["config", "log.showSignature", "true"]);
    repository.git(&["config", "log.date", "relative"]);
    repository.git(&["config", "core.abbrev", "5"]);
    repository.git(&["config", "color.ui", "always"]);
    let built = |variables: &[(&str, &str)]| {
        assert_eq!(repository.book.build_with(variables).code, 0);
        repository.book.read("book/a.html")
    };
    let first = built(&[("TZ", "UTC"), ("LC_ALL", "C")]);
    assert!(first.contains("Schiffe und Bojen"));
    assert_eq!(
        first,
        built(&[
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("GIT_PAGER", "false")
        ])
    );
}

#[test]
fn hostile_words_are_text() {
    let repository = Repository::new("");
    let hostile = "a | b <script>alert(1)</script> {{#include /etc/passwd}} `x` *y* [z](javascript:1) \u{7}\u{1b}[31m";
    repository.git(&["config", "user.name", "Eve | {{#include ../book.toml}} </td><b>"]);
    repository
        .write("Ships.", &[ROW])
        .commit(&format!("{hostile}{}", "long ".repeat(20_000)));
    let page = repository.book.built("a.html");
    let text = "a | b &lt;script&gt;alert(1)&lt;/script&gt; {{#include /etc/passwd}} `x` *y* [z](javascript:1) [31m";
    assert!(page.contains(text), "{page}");
    assert!(page.contains("Eve | {{#include ../book.toml}} "));
    for alive in ["<script>alert", "root:", "href=\"javascript", "[preprocessor"] {
        assert!(!page.contains(alive), "{alive}");
    }
    assert!(page.len() < 200_000);
}
