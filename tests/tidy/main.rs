//! Whether the source tree keeps the house rules of CONTRIBUTING.md.
//!
//! It reads files as text: it never compiles anything, and never looks at what the code does.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod readme;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");
const CHANGELOG: &str = include_str!("../../CHANGELOG.md");

/// The lines that a file may have, tests included.
const LONGEST_FILE: usize = 450;
/// The lines that a function may have.
const LONGEST_FUNCTION: usize = 70;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of Rust.
struct File {
    /// Relative to the repository, with forward slashes.
    path: String,
    text: String,
    /// Whether all of it is compiled for tests alone.
    test: bool,
}

impl File {
    /// The room that the file belongs to; none for the crate's roots.
    fn room(&self) -> Option<&str> {
        let path = self.path.strip_prefix("src/")?;
        let room = path.split('/').next()?;
        let room = room.strip_suffix(".rs").unwrap_or(room);
        (!matches!(room, "lib" | "main")).then_some(room)
    }

    /// The path of its module in the crate, `["rules", "empty_field"]`.
    fn module(&self) -> Vec<&str> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        path.trim_end_matches("/mod").split('/').collect()
    }

    /// The lines of code that are shipped, numbered from 1: no comment, no blank line, nothing behind `#[cfg(test)]`.
    fn code(&self) -> Vec<(usize, &str)> {
        let mut code = Vec::new();
        let mut lines = self.text.lines().enumerate();
        while let Some((index, line)) = lines.next() {
            let bare = line.trim_start();
            if bare == "#[cfg(test)]" {
                let item = lines.find(|(_, line)| !line.trim_start().starts_with('#'));
                // Formatted as the repository is, an item ends where its brace stands under its first letter.
                let end = format!("{}}}", &line[..line.len() - bare.len()]);
                if item.is_some_and(|(_, line)| line.ends_with('{')) {
                    lines.find(|(_, line)| *line == end);
                }
            } else if !bare.is_empty() && !bare.starts_with("//") && !self.test {
                code.push((index + 1, line));
            }
        }
        code
    }
}

/// All Rust files of the repository, by path.
fn rust_files() -> Vec<File> {
    let mut paths = Vec::new();
    for folder in ["benches", "examples", "fuzz/fuzz_targets", "fuzz/src", "src", "tests"] {
        gather(&root().join(folder), &mut paths);
    }
    let mut files: Vec<File> = paths
        .into_iter()
        .map(|path| File {
            text: fs::read_to_string(&path).unwrap(),
            test: false,
            path: path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let tests: Vec<String> = files.iter().flat_map(test_modules).collect();
    for file in &mut files {
        let module = file.path.trim_end_matches(".rs");
        file.test = !file.path.starts_with("src/")
            || tests
                .iter()
                .any(|test| module == test || module.starts_with(&format!("{test}/")));
    }
    files
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// The modules that a file declares for tests and fuzz targets alone, as paths without `.rs`.
fn test_modules(file: &File) -> Vec<String> {
    let folder = match file.path.rsplit_once('/') {
        Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
        _ => file.path.trim_end_matches(".rs").to_owned(),
    };
    let marks = ["#[cfg(test)]\n", "#[cfg(any(test, fuzzing))]\n"];
    let after_mark = marks.iter().flat_map(|mark| file.text.split(mark).skip(1));
    after_mark
        .filter_map(|rest| {
            let declared = rest.lines().find(|line| !line.trim_start().starts_with("#["))?;
            let declared = declared.trim().trim_start_matches("pub ");
            let name = declared.strip_prefix("mod ")?.strip_suffix(';')?;
            Some(format!("{folder}/{name}"))
        })
        .collect()
}

/// The rooms in their order, out of the table in CONTRIBUTING.md: row by row, from left to right.
fn rooms() -> Vec<&'static str> {
    let rows = table(CONTRIBUTING, "| Row |");
    rows.iter().flat_map(|row| code_spans(row[1])).collect()
}

/// The rows of the first table whose header begins with `header`, as cells.
fn table<'t>(markdown: &'t str, header: &str) -> Vec<Vec<&'t str>> {
    let rows: Vec<Vec<&str>> = markdown
        .lines()
        .skip_while(|line| !line.starts_with(header))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| cells(line))
        .collect();
    assert!(!rows.is_empty(), "there is no table `{header}`");
    rows
}

/// The cells of a row; `\|` is text.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim().trim_start_matches('|').trim_end_matches('|');
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')) {
        cells.push(row[start..at].trim());
        start = at + 1;
    }
    cells.push(row[start..].trim());
    cells
}

fn code_spans(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_room_uses_only_rooms_above_it_or_to_its_left() {
    let rooms = rooms();
    assert!(
        rooms.len() >= 15 && rooms.contains(&"source") && rooms.last() == Some(&"cli"),
        "{rooms:?}"
    );
    let place = |room: &str| rooms.iter().position(|name| *name == room);
    let mut faults = Vec::new();
    for file in rust_files().iter().filter(|file| !file.test) {
        let Some(room) = file.room() else { continue };
        let Some(own) = place(room) else {
            faults.push(format!(
                "{}: the room `{room}` is not in the table of CONTRIBUTING.md",
                file.path
            ));
            continue;
        };
        for (number, line) in file.code() {
            for used in uses(&file.module(), line) {
                match place(used) {
                    Some(at) if at <= own => {}
                    Some(_) => faults.push(format!("{}:{number}: `{room}` must not use `{used}`", file.path)),
                    None => faults.push(format!("{}:{number}: `{used}` is not a room: name the room", file.path)),
                }
            }
        }
    }
    assert_none(&faults);
}

/// The rooms that a line of code in this module names, by `crate::` anywhere or by `super::` in a `use` of the file.
fn uses<'l>(module: &[&str], line: &'l str) -> Vec<&'l str> {
    let name = |text: &'l str| {
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        text.split_at(end.unwrap_or(text.len())).0
    };
    let mut used: Vec<&str> = line.split("crate::").skip(1).map(name).collect();
    if let Some((before, mut rest)) = line.split_once("use ")
        && (before.is_empty() || before.starts_with("pub"))
    {
        let mut depth = module.len();
        while let Some(outer) = rest.strip_prefix("super::") {
            rest = outer;
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            used.push(name(rest));
        }
    }
    used
}

/// A message that tells a reader to write something there takes the name from `site`. Comments may say it, and so may the
/// help of the command line, which is made of them.
#[test]
fn one_room_knows_the_configuration_of_the_host() {
    let hosts = [
        "book.toml",
        "mdbook_preprocessor::config",
        "\"/book/",
        "\"/build/",
        "\"/output/",
        "\"/preprocessor/",
    ];
    let mut faults = Vec::new();
    for file in rust_files().iter().filter(|file| !file.test) {
        for (number, line) in file.code() {
            let found = hosts
                .iter()
                .find(|name| line.contains(*name) && file.room() != Some("site"));
            faults.extend(found.map(|name| format!("{}:{number}: `{name}` is for `site` to know", file.path)));
        }
    }
    assert_none(&faults);
}

#[test]
fn the_check_of_rooms_sees_every_way_to_name_one() {
    assert_eq!(uses(&["rules", "x"], "use crate::cli::print;"), ["cli"]);
    assert_eq!(
        uses(&["rules", "x"], "let a = crate::cli::b(crate::output::c);"),
        ["cli", "output"]
    );
    assert_eq!(uses(&["rules", "x"], "use super::super::cli::print;"), ["cli"]);
    assert_eq!(uses(&["rules"], "pub use super::cli;"), ["cli"]);
    assert_eq!(uses(&["rules"], "use crate::{cli, output};"), [""]);
    assert!(uses(&["rules"], "    pub use super::of_a_module_in_this_file;").is_empty());
    assert!(uses(&["rules", "x"], "use super::Finding;").is_empty());
    let file = File {
        path: "src/a.rs".to_owned(),
        text: "a;\n// b\n\n#[cfg(test)]\nmod tests {\n    c;\n}\nd;\n#[cfg(test)]\nuse e;\nf;\n".to_owned(),
        test: false,
    };
    assert_eq!(file.code(), [(1, "a;"), (8, "d;"), (11, "f;")]);
    let lines = [
        "fn a() {",
        "}",
        "    pub(super) const fn b<T>() {",
        "        {",
        "        }",
        "    }",
        "fn_c! {",
        "}",
    ];
    assert_eq!(functions(&lines), [("a", 2), ("b", 4)]);
}

#[test]
fn every_module_says_first_what_it_is_for() {
    let marked = |text: &str| {
        text.strip_prefix("//! ")
            .is_some_and(|rest| !rest.trim_start().is_empty())
    };
    let unmarked = |file: &&File| !file.text.trim().is_empty() && !marked(&file.text);
    let faults: Vec<String> = rust_files()
        .iter()
        .filter(unmarked)
        .map(|file| file.path.clone())
        .collect();
    assert_none(&faults);
}

#[test]
fn files_and_functions_can_be_read_in_one_sitting() {
    let mut faults = Vec::new();
    for File { path, text, .. } in rust_files() {
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > LONGEST_FILE {
            faults.push(format!("{path} has {} lines: divide it", lines.len()));
        }
        let functions = functions(&lines).into_iter();
        for (name, length) in functions.filter(|(_, length)| *length > LONGEST_FUNCTION) {
            faults.push(format!(
                "`{name}` in {path} has {length} lines: divide it, or take its table out"
            ));
        }
    }
    assert_none(&faults);
}

/// The names of the functions, with how many lines each has.
fn functions<'l>(lines: &[&'l str]) -> Vec<(&'l str, usize)> {
    let named = lines.iter().enumerate().filter_map(|(at, line)| {
        let bare = line.trim_start();
        let (before, name) = bare.split_once("fn ")?;
        let is_one = before
            .split_whitespace()
            .all(|word| word.starts_with("pub") || matches!(word, "const" | "async"));
        let name = name.split(['(', '<']).next().filter(|_| is_one)?;
        // Formatted as the repository is, a function ends where its brace stands under its first letter.
        let end = format!("{}}}", &line[..line.len() - bare.len()]);
        let length = lines[at..].iter().position(|line| *line == end)? + 1;
        Some((name, length))
    });
    named.collect()
}

#[test]
fn a_rule_has_a_function_a_page_and_a_place_in_the_list() {
    let list = fs::read_to_string(root().join("src/rules/mod.rs")).unwrap();
    let listed: Vec<&str> = list
        .lines()
        .filter_map(|line| line.trim().strip_prefix('&')?.strip_suffix("::RULE,"))
        .collect();
    assert!(
        listed.is_sorted(),
        "the list of rules is not in the order of their names"
    );
    let files = rust_files();
    let written: Vec<&str> = files
        .iter()
        .filter(|file| file.path.starts_with("src/rules/") && file.text.contains("pub static RULE:"))
        .map(|file| file.module()[1])
        .collect();
    assert_eq!(listed, written);
    let paged: BTreeSet<String> = fs::read_dir(root().join("src/rules"))
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".md")?.to_owned()))
        .collect();
    assert_eq!(paged.iter().collect::<Vec<_>>(), listed);
}

/// The threats that the project's own architecture document tells of are held off by tests that there are.
#[test]
fn each_claim_about_a_threat_names_its_test() {
    let document = fs::read_to_string(root().join("example-book/src/archdoc.md")).unwrap();
    let files = rust_files();
    let is_test = |name: &str| {
        let head = format!("fn {name}(");
        files.iter().any(|file| {
            let at = file.text.find(&head);
            at.is_some_and(|at| {
                file.text[..at]
                    .trim_end()
                    .lines()
                    .rev()
                    .take(4)
                    .any(|line| line.contains("#[test]"))
            })
        })
    };
    let claims = table(&document, "| Claim |");
    assert!(claims.len() > 10, "{claims:?}");
    let (_, listed) = document.split_once("The tests, by claim:\n\n```text\n").unwrap();
    let mut faults = Vec::new();
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut claim = "";
    for line in listed.lines().take_while(|line| *line != "```") {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [number, _] = words.as_slice() {
            claim = number;
        }
        *shown.entry(claim).or_default() += 1;
        faults.extend(
            words
                .last()
                .filter(|name| !is_test(name))
                .map(|name| format!("no test is called `{name}`")),
        );
    }
    let untested = claims.iter().filter(|row| !shown.contains_key(row[0]));
    faults.extend(untested.map(|row| format!("`{}` has no test", row[3])));
    assert_eq!(shown.len(), claims.len());
    assert_none(&faults);
}

#[test]
fn the_version_stands_in_the_change_log() {
    let heading = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(
        CHANGELOG.lines().any(|line| line.starts_with(&heading)),
        "{heading} is missing in CHANGELOG.md"
    );
}
