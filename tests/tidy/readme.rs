//! Whether the README tells the truth: its commands, keys, levels and the output that it shows.
//!
//! It runs the program and reads the README as text; what is right is always what the program says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{code_spans, root, table};

const README: &str = include_str!("../../README.md");

/// Keys of `[preprocessor.archdoc]` that are accepted but do nothing yet, so that the README keeps silent about them.
const SILENT_KEYS: [&str; 1] = ["history"];

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

#[test]
fn the_readme_has_the_keys_of_the_configuration() {
    let settings = fs::read_to_string(root().join("src/config/settings.rs")).unwrap();
    let (_, keys) = settings.split_once("\nconst KEYS: ").unwrap();
    let (keys, _) = keys.split_once("];").unwrap();
    let keys: BTreeSet<&str> = keys.split('"').skip(1).step_by(2).collect();
    assert!(keys.contains("fail-on"), "{keys:?}");
    let rows = table(README, "| Key |");
    let said: BTreeSet<&str> = rows
        .iter()
        .map(|row| code_spans(row[0])[0].split('.').next().unwrap())
        .collect();
    for key in keys {
        let silent = SILENT_KEYS.contains(&key);
        assert!(
            said.contains(key) != silent,
            "`{key}`: in the README's table xor in `SILENT_KEYS`"
        );
    }
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

#[test]
fn the_readme_shows_what_the_program_prints() {
    let book = tempfile::tempdir().unwrap();
    let example = root().join("example-book");
    fs::copy(example.join("book.toml"), book.path().join("book.toml")).unwrap();
    copy(&example.join("src"), &book.path().join("src"));
    let chapter = book.path().join("src/parcel-tracking.md");
    let text = fs::read_to_string(&chapter).unwrap();
    let (before, rest) = text.split_once("## 🔄 Disaster Recovery").unwrap();
    let (_, after) = rest.split_once("## 🧪 Testing Strategy").unwrap();
    fs::write(&chapter, format!("{before}## 🧪 Testing Strategy{after}")).unwrap();
    let printed = archdoc(&["check", chapter.to_str().unwrap()]);
    let shown = block(README, "What archdoc says", "text");
    assert_eq!(without_lines(shown), without_lines(&printed), "it prints:\n{printed}");

    let json = archdoc(&["check", "--format", "json", chapter.to_str().unwrap()]);
    let shown = block(README, "### JSON", "json");
    let (shown, printed): (serde_json::Value, serde_json::Value) = (
        serde_json::from_str(shown).unwrap(),
        serde_json::from_str(&json).unwrap(),
    );
    assert_eq!(shape(&shown), shape(&printed), "it prints:\n{json}");
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
