//! One commit that no row tells of, in change logs of every form: where it stands on the page, and what the fix writes.

use serde_json::Value;

use super::change_log::Repository;

pub const TITLE: &str = "<!-- archdoc: document -->\n\n# Ports\n\n**Version**: 1.1\n**Last Updated**: 2026-03-01\n\n";

/// A name, the change log, and whether it begins with its newest row.
pub const FORMS: [(&str, &str, bool); 13] = [
    (
        "a table, the oldest row first",
        "| Version | Date | What changed | Author |\n|---|---|---|---|\n| 1.0 | 2026-01-10 | First | Ada |\n| 1.1 | 2026-02-10 | Next | Ada |\n",
        false,
    ),
    (
        "a table, the newest row first",
        "| Date | Status | Version | Changes |\n|---|---|---|---|\n| 2026-02-10 | Final | 1.1 | Next |\n| 2026-01-10 | Final | 1.0 | First |\n",
        true,
    ),
    (
        "a table with a blank row at its end",
        "| Version | Date | Changes |\n|---|---|---|\n| 1.0 | 2026-01-10 | First |\n| 1.1 | 2026-02-10 | Next |\n| | | |\n",
        false,
    ),
    (
        "rows without outer pipes",
        "Version | Date | Changes\n--- | --- | ---\n1.1 | 2026-02-10 | Next\n1.0 | 2026-01-10 | First\n",
        true,
    ),
    (
        "a table in a quote",
        "> | Version | Date | Changes |\n> |---|---|---|\n> | 1.0 | 2026-01-10 | First |\n> | 1.1 | 2026-02-10 | Next |\n",
        false,
    ),
    (
        "a table below a fold",
        "<details>\n<summary>All</summary>\n\n| Version | Date | Changes |\n|---|---|---|\n| 1.0 | 2026-01-10 | First |\n| 1.1 | 2026-02-10 | Next |\n\n</details>\n",
        false,
    ),
    (
        "a list, the newest item first",
        "- **1.1** (2026-02-10): Next\n- **1.0** (2026-01-10): First\n",
        true,
    ),
    (
        "a list, the oldest item first",
        "* 2026-01-10: v1.0 – First\n* 2026-02-10: v1.1 – Next\n",
        false,
    ),
    (
        "an ordered list",
        "1. 2026-01-10: v1.0 – First\n2. 2026-02-10: v1.1 – Next\n",
        false,
    ),
    (
        "a list with items that have more below",
        "- 1.1 (2026-02-10)\n  - Next\n  - And more\n- 1.0 (2026-01-10)\n  - First\n",
        true,
    ),
    (
        "headings, the newest first",
        "### [1.1] - 2026-02-10\n\n- Next\n\n### [1.0] - 2026-01-10\n\n- First\n",
        true,
    ),
    (
        "headings, the oldest first",
        "### 1.0 – 2026-01-10\n\nFirst\n\n### 1.1 – 2026-02-10\n\nNext\n",
        false,
    ),
    (
        "lines in bold",
        "**1.1** – 2026-02-10\n- Next\n\n**1.0** – 2026-01-10\n- First\n",
        true,
    ),
];

fn log(repository: &Repository) -> Vec<Value> {
    repository.log(&[])["documents"][0]["change_log"]
        .as_array()
        .unwrap()
        .clone()
}

/// What was put between the start and the end that both texts share.
fn inserted<'t>(before: &str, after: &'t str) -> &'t str {
    let start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let end = before.len() - start;
    assert!(after.ends_with(&before[start..]), "{before}\n----\n{after}");
    &after[start..after.len() - end]
}

#[test]
fn each_form_takes_the_commit_in_where_its_newest_row_stands() {
    for (name, log_text, newest_first) in FORMS {
        for (ends, after) in [
            ("\n", "\n## Notes\n\nNone.\n"),
            ("\r\n", "\n## Notes\n\nNone.\n"),
            ("\n", ""),
        ] {
            let name = format!("{name}, {ends:?}, {after:?}");
            let text = |said: &str| {
                format!("{TITLE}## Overview\n\n{said}\n\n## Change Log\n\n{log_text}{after}").replace('\n', ends)
            };
            let repository = Repository::new("");
            repository.book.file("src/a.md", text("Boats."));
            repository.commit("Rows");
            repository.book.file("src/a.md", text("Ships."));
            let hash = repository.commit("docs: Ships | not *boats*");
            let rows = log(&repository);
            assert_eq!(rows.len(), 3, "{name}: {rows:#?}");
            assert_eq!(rows[0]["commit"], *hash, "{name}");
            assert_eq!(
                rows[1]["version"].as_str().map(|it| it.trim_start_matches('v')),
                Some("1.1"),
                "{name}"
            );

            if ends == "\n" && !after.is_empty() {
                let page = repository.book.built("a.html");
                let at = |words: &str| {
                    page.rfind(words)
                        .unwrap_or_else(|| panic!("{name}: no {words}\n{page}"))
                };
                let order = [at("Ships | not *boats*"), at("Next"), at("First")];
                assert!(
                    order.is_sorted_by(|a, b| (a < b) == newest_first),
                    "{name}: {order:?}\n{page}"
                );
                assert!(
                    page.contains("Unreleased") && page.contains(&format!("/commit/{hash}")),
                    "{name}"
                );
            }

            assert_written(&repository, &name, &hash, ends, &rows);
        }
    }
}

/// Writes the row of the commit, which is in the log then, and once.
fn assert_written(repository: &Repository, name: &str, hash: &str, ends: &str, rows: &[Value]) {
    let before = repository.book.read("src/a.md");
    repository.book.run(&["fix", "--write"]);
    let fixed = repository.book.read("src/a.md");
    let added = inserted(&before, &fixed);
    assert!(
        added.contains(&hash[..10]) && !added.contains("github.com"),
        "{name}: {added}"
    );
    assert_eq!(
        added.matches('\n').count(),
        added.matches(ends).count(),
        "{name}: {added:?}"
    );
    let written = log(repository);
    assert_eq!(written.len(), 3, "{name}: {fixed}\n{written:#?}");
    assert!(
        written.iter().all(|row| row["source"] == "table"),
        "{name}: {fixed}\n{written:#?}"
    );
    assert_eq!(written[0]["version"], "Unreleased", "{name}: {fixed}\n{written:#?}");
    assert!(
        written[0]["changes"].as_str().unwrap().contains("Ships | not *boats*"),
        "{name}: {fixed}"
    );
    assert_eq!(&written[1..], &rows[1..], "{name}: {fixed}");
    assert!(
        repository.rules().iter().all(|rule| rule != "change-log-behind"),
        "{name}: {:?}",
        repository.rules()
    );
    repository.book.run(&["fix", "--write"]);
    assert_eq!(repository.book.read("src/a.md"), fixed, "{name}");
}
