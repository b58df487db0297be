//! Whether the README tells the truth: its commands, keys, levels and the output that it shows.
//!
//! It runs the program and reads the README as text; what is right is always what the program says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{code_spans, root, table};

const README: &str = include_str!("../../README.md");

/// The text of the first fenced block of this language after `heading`.
fn block<'t>(markdown: &'t str, heading: &str, language: &str) -> &'t str {
    let (_, after) = markdown.split_once(heading).expect(heading);
    let (_, body) = after.split_once(&format!("```{language}\n")).expect(language);
    body.split_once("```").unwrap().0
}

/// What the program prints on stdout.
fn archdoc(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mdbook-archdoc"))
        .args(args)
        .env_remove("SOURCE_DATE_EPOCH")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}

#[test]
fn one_minimum_of_rust_is_said_everywhere() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    let ci = fs::read_to_string(root().join(".github/workflows/ci.yml")).unwrap();
    assert!(
        ci.contains(&format!("rustup toolchain install {version} ")),
        "ci.yml does not test Rust {version}"
    );
    assert!(
        README.contains(&format!("Rust {version}")),
        "the README does not name Rust {version}"
    );
}

#[test]
fn the_readme_s_quick_start_is_what_ci_runs() {
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    let commands: Vec<&str> = block(README, "## Quick start", "sh").lines().collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in commands {
        assert!(ci.lines().any(|line| line == command), "`{command}` is not in .ci/run");
    }
}

#[test]
fn the_readme_has_the_commands_of_the_help_text() {
    let help = archdoc(&["-h"]);
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    let of_help: Vec<(&str, &str)> = commands
        .lines()
        .filter_map(|line| line.trim().split_once("  "))
        .map(|(name, about)| (name, about.trim()))
        .filter(|(name, _)| *name != "help")
        .collect();
    let rows = table(README, "| Command |");
    let of_readme: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (code_spans(row[0])[0], row[1]))
        .map(|(command, about)| (command.split(' ').next().unwrap(), about))
        .collect();
    for (name, about) in &of_help {
        let row = of_readme.iter().find(|(command, _)| command == name);
        let said = row.is_some_and(|(_, said)| said.starts_with(about));
        assert!(said, "the README's table of commands should say: `{name}`: {about}");
    }
    assert_eq!(of_readme.len(), of_help.len(), "{of_readme:?}");
}

/// The words of a list of strings in a file of the program, `const NAME: [&str; 2] = ["a", "b"];`.
fn words(file: &str, name: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let (_, after) = text.split_once(&format!("const {name}: ")).expect(name);
    let (list, _) = after.split_once("];").unwrap();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The words that begin the rows of a table in a file of the program, `"word": …;`.
fn row_words(file: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let rows = text.lines().filter(|line| line.ends_with(';'));
    let words = rows.filter_map(|row| row.trim().strip_prefix('"')?.split_once("\": "));
    words.map(|(word, _)| word.to_owned()).collect()
}

#[test]
fn the_readme_has_the_keys_of_the_configuration() {
    let settings = "src/settings/keys.rs";
    let mut known = words(settings, "KEYS");
    assert!(known.contains("fail-on"), "{known:?}");
    // The keys below a key, and whether a name of the book's own stands between the two.
    for (key, named, below) in [
        ("enrich", false, row_words("src/settings/mod.rs")),
        ("history", false, words(settings, "HISTORY_KEYS")),
        ("kind", true, words(settings, "KIND_KEYS")),
        ("section", true, words("src/settings/refinement.rs", "KEYS")),
    ] {
        assert!(!below.is_empty(), "{key}");
        if named {
            known.remove(key);
        }
        known.extend(below.into_iter().map(|below| format!("{key}.{below}")));
    }
    let rows = table(README, "| Key |");
    let said: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| code_spans(row[0]))
        .map(|key| {
            let parts = key.split('.').filter(|part| !part.contains('<'));
            parts.collect::<Vec<_>>().join(".")
        })
        .collect();
    assert_eq!(said, known);
}

#[test]
fn the_readme_has_the_markers_the_parts_and_the_evidence() {
    let first = |header: &str| -> BTreeSet<String> {
        let rows = table(README, header);
        rows.iter().map(|row| code_spans(row[0])[0].to_owned()).collect()
    };
    assert_eq!(first("| Marker |"), row_words("src/directive/pages.rs"));
    assert_eq!(first("| Part |"), row_words("src/settings/mod.rs"));
    assert_eq!(first("| Evidence |"), words("src/settings/refinement.rs", "ALL"));
    let (_, options) = README.split_once("Further options: ").unwrap();
    for key in words("src/facts/pages/mod.rs", "PAGE_KEYS") {
        assert!(key == "kind" || options.contains(&format!("`{key}=")), "`{key}`");
    }
    for group in words("src/facts/pages/mod.rs", "GROUPS") {
        assert!(options.contains(&format!("{group}`")), "`{group}`");
    }
}

#[test]
fn the_readme_has_the_comments_that_chapters_may_have() {
    let rows = table(README, "| Comment |");
    let said: Vec<&str> = rows
        .iter()
        .filter_map(|row| code_spans(row[0])[0].strip_prefix("<!-- archdoc: "))
        .map(|comment| comment.split([';', ' ']).next().unwrap())
        .collect();
    let known = words("src/rules/unknown_directive.rs", "WORDS");
    let pages = row_words("src/directive/pages.rs");
    let marks = words("src/directive/computed.rs", "WORDS");
    let is_known = |word: &&str| [&known, &pages, &marks].iter().any(|words| words.contains(*word));
    assert!(said.iter().all(is_known), "{said:?}");
    assert!(said.contains(&"computed"));
    assert!(known.iter().all(|word| said.contains(&word.as_str())), "{known:?}");
}

#[test]
fn the_readme_has_the_levels_of_the_rules() {
    let rules = archdoc(&["rules"]);
    let levels: BTreeMap<&str, &str> = rules
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once("  "))
        .map(|(name, rest)| (name, rest.trim().split("  ").next().unwrap()))
        .collect();
    for row in table(README, "| Rule |") {
        let said = row[1..4].join(" / ");
        for name in code_spans(row[0]) {
            let level = levels.get(name).unwrap_or_else(|| panic!("there is no rule `{name}`"));
            let level = if level.contains('/') {
                (*level).to_owned()
            } else {
                [*level; 3].join(" / ")
            };
            assert_eq!(said, level, "`{name}`");
        }
    }
}

/// The example book without the section that the README's example lacks; and the chapter that lacks it.
fn broken_book() -> (tempfile::TempDir, PathBuf) {
    let book = tempfile::tempdir().unwrap();
    let example = root().join("example-book");
    fs::copy(example.join("book.toml"), book.path().join("book.toml")).unwrap();
    copy(&example.join("src"), &book.path().join("src"));
    let chapter = book.path().join("src/parcel-tracking.md");
    let text = fs::read_to_string(&chapter).unwrap();
    let (before, rest) = text.split_once("## 🔄 Disaster Recovery").unwrap();
    let (_, after) = rest.split_once("## 🧪 Testing Strategy").unwrap();
    fs::write(&chapter, format!("{before}## 🧪 Testing Strategy{after}")).unwrap();
    (book, chapter)
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let (_book, chapter) = broken_book();
    let chapter = chapter.to_str().unwrap();
    let printed = archdoc(&["check", chapter]);
    let shown = block(README, "What archdoc says", "text");
    assert_eq!(without_lines(shown), without_lines(&printed), "it prints:\n{printed}");

    let printed = archdoc(&["check", "--format", "concise", chapter]);
    let shown = block(README, "It prints a line for each finding", "text");
    assert_eq!(without_lines(shown), without_lines(&printed), "it prints:\n{printed}");

    let printed = archdoc(&["status", chapter]);
    let shown = block(README, "shows the overview:", "text");
    assert!(
        without_numbers(&printed).starts_with(&without_numbers(shown)),
        "it prints:\n{printed}"
    );
}

#[test]
fn the_readme_has_the_members_of_the_json() {
    let (_book, chapter) = broken_book();
    let json = |command: &str, path: &str| -> serde_json::Value {
        serde_json::from_str(&archdoc(&[command, "--format", "json", path])).unwrap()
    };
    let shown = |heading: &str| -> serde_json::Value { serde_json::from_str(block(README, heading, "json")).unwrap() };
    let printed = json("check", chapter.to_str().unwrap());
    assert_eq!(shape(&shown("### JSON")), shape(&printed), "it prints:\n{printed}");

    let printed = json("status", chapter.to_str().unwrap());
    let (shown, printed) = (shape(&shown("`status` prints all that was read")), shape(&printed));
    let (_, records) = README.split_once("The records have members of their own:").unwrap();
    let (records, _) = records.split_once("\n\n").unwrap();
    let records = code_spans(records);
    let of_record = |name: &str| records.iter().any(|record| name.split('.').any(|part| part == *record));
    // No heading of that document is beyond the template, and so none shows what such a one has.
    let extra = |name: &str| {
        name.split('.')
            .any(|part| ["extra", "heading", "level", "line"].contains(&part))
    };
    let missing: Vec<&String> = printed.iter().filter(|name| !shown.contains(*name)).collect();
    assert!(missing.iter().all(|name| name.starts_with("documents.")), "{missing:?}");
    assert!(missing.iter().all(|name| of_record(name)), "{missing:?}");
    assert!(
        shown.iter().all(|name| printed.contains(name) || extra(name)),
        "{shown:?}"
    );
    assert!(
        records
            .iter()
            .all(|record| printed.contains(&format!("documents.{record}")))
    );

    let printed = json("changelog", root().join("example-book").to_str().unwrap());
    assert!(printed["documents"][0]["change_log"][0]["iso_date"].is_string());
    let members: Vec<&String> = printed.as_object().unwrap().keys().collect();
    assert_eq!(members, ["as_of", "documents", "schema"]);
    let members: Vec<&String> = printed["documents"][0].as_object().unwrap().keys().collect();
    assert_eq!(members, ["change_log", "path", "title"]);
}

/// The page that the README shows is one that the program makes, line for line.
#[test]
fn the_readme_shows_what_the_reader_sees() {
    let (book, chapter) = broken_book();
    let content = fs::read_to_string(chapter).unwrap();
    let message = serde_json::json!([
        { "root": book.path(), "config": { "preprocessor": { "archdoc": { "fail-on": "never" } } },
          "renderer": "html", "mdbook_version": "0.5.4" },
        { "items": [{ "Chapter": { "name": "Parcel Tracking", "content": content, "number": [1], "sub_items": [],
          "path": "parcel-tracking.md", "source_path": "parcel-tracking.md", "parent_names": [] } }] },
    ]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_mdbook-archdoc"))
        .args(["--as-of", "2026-11-22"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(message.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let page = answer["items"][0]["Chapter"]["content"].as_str().unwrap();
    // No reader sees the marks.
    let page = page.replace(" <!-- archdoc: computed; line -->", "");
    let page: BTreeSet<String> = page.lines().map(without_numbers).collect();

    let (_, shown) = README.split_once("And with it, ").unwrap();
    let (shown, _) = shown.split_once("\n## ").unwrap();
    let shown: Vec<&str> = shown
        .lines()
        .filter_map(|line| line.strip_prefix('>'))
        .map(str::trim)
        .collect();
    assert!(shown.len() > 8, "{shown:?}");
    for line in shown {
        // GitHub breaks a line where mdBook's Markdown has two blanks at its end.
        let line = without_numbers(line.trim_end_matches("<br>"));
        assert!(page.contains(&line), "`{line}` is not on the page");
    }
}

#[test]
fn the_readme_s_row_of_a_commit_is_that_of_the_rule_s_page() {
    let page = fs::read_to_string(root().join("src/rules/change_log_behind.md")).unwrap();
    let rows = block(README, "### The change log", "markdown");
    let (_, fixed) = page.split_once("~~~~markdown fixed").unwrap();
    assert!(fixed.contains(rows), "{rows}");
}

/// A text whose digits and columns do not matter.
fn without_numbers(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let mut bare = String::new();
        for char in word.chars() {
            let char = if char.is_ascii_digit() { '0' } else { char };
            if char != '0' || !bare.ends_with('0') {
                bare.push(char);
            }
        }
        bare
    });
    words.collect::<Vec<_>>().join(" ")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).unwrap();
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// Text without the line numbers, which change with the example book, and without the gutter that grows with them.
fn without_lines(text: &str) -> Vec<String> {
    text.trim()
        .lines()
        .map(|line| {
            let line = line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
            line.split(':')
                .filter(|part| part.parse::<usize>().is_err())
                .collect::<Vec<_>>()
                .join(":")
        })
        .collect()
}

/// The names of all members of a JSON value, with the first element of a list standing for all.
fn shape(value: &serde_json::Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    match value {
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                names.insert(name.clone());
                names.extend(shape(member).into_iter().map(|below| format!("{name}.{below}")));
            }
        }
        serde_json::Value::Array(elements) => names.extend(elements.first().map(shape).unwrap_or_default()),
        _ => {}
    }
    names
}
