//! Books in temporary folders, the program run on them, and mdBook run on them in a process of its own.
//!
//! Nothing of the environment reaches what is run but what a process needs to start: no git, no colours, no overrides
//! of mdBook's configuration; and today is always 2026-11-22.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use mdbook_driver::MDBook;
use serde_json::Value;
use tempfile::TempDir;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_mdbook-archdoc");

/// 2026-11-22 in seconds since 1970.
const TODAY: &str = "1795305600";

/// A template of a few sections, for books that need no whole architecture document.
pub const SMALL_TEMPLATE: &str = "\
# Service: [Name]

**Owner**: [Name]
**Status**: [Draft/In Progress/Complete]

---

## Purpose
[Why it exists]

## Parts
- [Part]

## Limits
[What it cannot do]

## History

| Date | Author | Changes |
|------|--------|---------|
| [Date] | [Name] | [Changes] |
";

/// A document that has everything [`SMALL_TEMPLATE`] asks for.
pub const SMALL_DOCUMENT: &str = "\
# Service: Tide tables

**Owner**: Maren Oltmanns
**Status**: Complete

---

## Purpose
Tells boats when they can cross the bar.

## Parts
- A gauge and a table

## Limits
Says nothing about wind.

## History

| Date | Author | Changes |
|------|--------|---------|
| 2026-04-02 | Maren Oltmanns | First version |
";

/// The start of the line that archdoc computes below header and footer.
pub const COMPUTED: &str = "> **Computed by archdoc**, as of ";

/// The comments that stand around what archdoc has put on a page, and the one on a line of it.
pub const MARKS: [&str; 3] = [
    "<!-- archdoc: computed -->",
    "<!-- archdoc: end -->",
    "<!-- archdoc: computed; line -->",
];

/// A page with what archdoc has put on it, but without the comments that say so.
pub fn unmarked(page: &str) -> String {
    let line = page.replace(&format!(" {}", MARKS[2]), "");
    line.replace(MARKS[0], "").replace(MARKS[1], "")
}

/// [`SMALL_DOCUMENT`], or a document with its header, as it is on the page with this many of its 4 sections complete.
pub fn enriched(document: &str, complete: usize) -> String {
    let below = format!("{COMPUTED}2026-11-22: stage final · {complete} of 4 sections complete.");
    document.replace("Oltmanns\n**", "Oltmanns  \n**").replace(
        "Complete\n",
        &format!("Complete\n{}\n\n{below}\n\n{}\n", MARKS[0], MARKS[1]),
    )
}

/// A book in a folder of its own, removed with this value.
pub struct BookTest {
    folder: TempDir,
}

/// What a process left behind.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// A finding as `check --format json` reports it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub path: String,
    pub line: u64,
    pub column: u64,
    pub severity: String,
    pub rule: String,
    pub section: Option<String>,
    pub message: String,
}

impl BookTest {
    /// A book without chapters, with archdoc on.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let book = Self { folder };
        book.toml("");
        book
    }

    /// A copy of `example-book`.
    pub fn example() -> Self {
        let book = Self::new();
        let from = example_book();
        fs::copy(from.join("book.toml"), book.path("book.toml")).unwrap();
        for (path, text) in files(&from.join("src")) {
            book.file(path.strip_prefix(&from).unwrap().to_str().unwrap(), text);
        }
        book
    }

    /// A book that is held to [`SMALL_TEMPLATE`], with one chapter, `src/a.md`.
    pub fn small(chapter: &str) -> Self {
        let book = Self::new();
        book.toml("template = \"template.md\"\ndocuments = \"all\"\n")
            .file("template.md", SMALL_TEMPLATE)
            .chapters(&[("a.md", chapter)]);
        book
    }

    /// Writes book.toml: archdoc's table gets `settings`, which may open further tables.
    pub fn toml(&self, settings: &str) -> &Self {
        self.file(
            "book.toml",
            format!("[book]\ntitle = \"A book\"\n\n[preprocessor.archdoc]\n{settings}"),
        )
    }

    /// Writes a file below the book's folder.
    pub fn file(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let full = self.path(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
        self
    }

    /// Writes these chapters below `src`, and the summary that lists them in this order.
    pub fn chapters<T: AsRef<[u8]>>(&self, chapters: &[(&str, T)]) -> &Self {
        let mut summary = "# Summary\n\n".to_owned();
        for (path, text) in chapters {
            self.file(&format!("src/{path}"), text);
            summary.push_str(&format!("- [{path}](<{path}>)\n"));
        }
        self.file("src/SUMMARY.md", summary)
    }

    /// The path of a file of the book.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The text of a file of the book.
    pub fn read(&self, path: &str) -> String {
        let full = self.path(path);
        fs::read_to_string(&full).unwrap_or_else(|error| panic!("{}: {error}", full.display()))
    }

    /// Every file of the book with its bytes, but for what mdBook builds.
    pub fn sources(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let built = self.path("book");
        files(self.folder.path())
            .into_iter()
            .filter(|(path, _)| !path.starts_with(&built))
            .collect()
    }

    /// Every page that mdBook built, HTML or Markdown.
    pub fn pages(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let page = |path: &Path| path.extension().is_some_and(|it| it == "html" || it == "md");
        let built = self.path("book");
        files(&built).into_iter().filter(|(path, _)| page(path)).collect()
    }

    /// Runs the program in the book's folder.
    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Run {
        run(program(self.folder.path()).args(args), b"")
    }

    /// Runs the program in the book's folder as the host does, with this message.
    pub fn answer(&self, message: &[u8]) -> Run {
        run(&mut program(self.folder.path()), message)
    }

    /// What `check` finds.
    pub fn findings(&self) -> Vec<Found> {
        found(&self.json())
    }

    /// What `check --format json` says.
    pub fn json(&self) -> Value {
        let run = self.run(&["check", "--format", "json"]);
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
    }

    /// Builds the book with mdBook, for all its outputs, with the program as archdoc's `command`.
    ///
    /// What the program says reaches the stderr of the process that mdBook runs in: so that is one of its own.
    pub fn build(&self) -> Run {
        self.build_with(&[])
    }

    /// Builds the book with these environment variables.
    pub fn build_with(&self, variables: &[(&str, &str)]) -> Run {
        self.build_at("", variables)
    }

    /// Builds the book that lies in a folder of this one.
    pub fn build_in(&self, folder: &str) -> Run {
        self.build_at(folder, &[])
    }

    fn build_at(&self, folder: &str, variables: &[(&str, &str)]) -> Run {
        let mut host = Command::new(std::env::current_exe().unwrap());
        host.args([
            "--exact",
            "support::host",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ]);
        let command = format!("'{}'", PROGRAM.replace('\\', "/"));
        clean(&mut host)
            .current_dir(self.path(folder))
            .env("ARCHDOC_TEST_BOOK", self.path(folder))
            .env("ARCHDOC_TEST_COMMAND", command)
            .envs(variables.iter().copied());
        run(&mut host, b"")
    }

    /// Builds a book that mdBook alone makes, whose book.toml does not turn archdoc on.
    pub fn build_plain(&self) -> Run {
        self.build_with(&[("ARCHDOC_TEST_COMMAND", "")])
    }

    /// Builds the book, which must succeed, and returns a file of the result.
    pub fn built(&self, page: &str) -> String {
        let run = self.build();
        assert_eq!(run.code, 0, "{}", run.stderr);
        self.read(&format!("book/{page}"))
    }
}

/// The files in a folder and in those below it, in order; none where there is no such folder.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                files.push((path, bytes));
            }
        }
    }
    files.sort();
    files
}

/// The folder of the example.
pub fn example_book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("example-book")
}

/// A chapter of the example.
pub fn example_chapter(name: &str) -> String {
    fs::read_to_string(example_book().join("src").join(name)).unwrap()
}

/// The program, to be run in `folder`.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    clean(&mut command).current_dir(folder);
    command
}

/// Takes away what of the environment could change a result.
#[allow(clippy::disallowed_methods, reason = "nothing of it reaches what is run")]
fn clean(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let known = [
            "CI",
            "GITHUB_ACTIONS",
            "GITLAB_CI",
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "TERM",
            "COLUMNS",
        ];
        if known.contains(&name.as_str())
            || ["GIT_", "MDBOOK_", "RUST_", "ARCHDOC_"]
                .iter()
                .any(|it| name.starts_with(it))
        {
            command.env_remove(name);
        }
    }
    command.env("SOURCE_DATE_EPOCH", TODAY)
}

/// Where programs are looked for.
#[allow(clippy::disallowed_methods, reason = "a test puts a program of its own in front")]
pub fn search_path() -> std::ffi::OsString {
    std::env::var_os("PATH").unwrap()
}

/// Runs a command with these bytes on its stdin, all of them written before anything of its answer is read.
pub fn run(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who does not read it has no use for it: a broken pipe is no failure here.
    let _ = child.stdin.take().unwrap().write_all(input);
    Run::of(child.wait_with_output().unwrap())
}

impl Run {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The findings of a JSON report.
pub fn found(report: &Value) -> Vec<Found> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let one = |finding: &Value| Found {
        path: text(&finding["path"]),
        line: finding["line"].as_u64().unwrap(),
        column: finding["column"].as_u64().unwrap(),
        severity: text(&finding["severity"]),
        rule: text(&finding["rule"]),
        section: finding["section"].as_str().map(str::to_owned),
        message: text(&finding["message"]),
    };
    findings.map(one).collect()
}

/// `path:line:column severity rule` of each finding.
pub fn places(findings: &[Found]) -> Vec<String> {
    let one = |f: &Found| format!("{}:{}:{} {} {}", f.path, f.line, f.column, f.severity, f.rule);
    findings.iter().map(one).collect()
}

/// Not a test: mdBook itself, for [`BookTest::build`]. Like `mdbook`, it ends with 101 where the build fails.
#[test]
#[ignore = "mdBook itself, started by the other tests"]
#[allow(clippy::disallowed_methods, clippy::exit, reason = "it stands in for a program")]
fn host() {
    let Some(root) = std::env::var_os("ARCHDOC_TEST_BOOK") else {
        return;
    };
    let build = || {
        let mut config = mdbook_driver::config::Config::from_disk(Path::new(&root).join("book.toml"))?;
        config.update_from_env()?;
        let command = std::env::var("ARCHDOC_TEST_COMMAND")?;
        if !command.is_empty() {
            config.set("preprocessor.archdoc.command", command)?;
        }
        MDBook::load_with_config(&root, config)?.build()
    };
    if let Err(error) = build() {
        eprintln!("ERROR {error:#}");
        std::process::exit(101);
    }
}
