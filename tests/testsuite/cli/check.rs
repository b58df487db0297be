//! `check`: its formats, what it names on request, and what of a book it looks at.

use super::*;

#[test]
fn check_in_full() {
    let run = flawed().run(&["check"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(
        run.stdout,
        str![[r#"
error[invalid-value]: `Finito` is not a value of `Status`
 --> src/a.md:4:13
  |
4 | **Status**: Finito
  |             ^^^^^^ not one of the choices
  |
 ::: template.md:4:3
  |
4 | **Status**: [Draft/In Progress/Complete]
  |   -------------------------------------- the choices
  |
  = help: write `Draft`, `In Progress` or `Complete`

warning[misspelt-section]: `Purpos` looks like `Purpose`
 --> src/a.md:8:4
  |
8 | ## Purpos
  |    ^^^^^^ misspelt section name
  |
 ::: template.md:8:1
  |
8 | ## Purpose
  | ---------- the template's name
  |
  = help: write `Purpose`, or add `alias = ["Purpos"]` under `[preprocessor.archdoc.section."purpose"]` in book.toml

info[section-out-of-order]: `Parts` should come before `Limits`
  --> src/a.md:14:4
   |
11 | ## Limits
   |    ------ expected before this section
...
14 | ## Parts
   |    ^^^^^ out of the template's order
   |
  ::: template.md:11:1
   |
11 | ## Parts
   | -------- its place in the template
   |
   = help: move it, or turn the rule off in book.toml: `section-out-of-order = "off"`


"#]]
    );
    assert_data_eq!(
        run.stderr,
        str![[r#"
archdoc: 1 document checked; 1 error, 1 warning, 1 info

"#]]
    );
}

#[test]
fn check_concise() {
    let run = flawed().run(&["check", "--format", "concise"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(
        run.stdout,
        str![[r#"
src/a.md:4:13: error[invalid-value]: `Finito` is not a value of `Status`
src/a.md:8:4: warning[misspelt-section]: `Purpos` looks like `Purpose`
src/a.md:14:4: info[section-out-of-order]: `Parts` should come before `Limits`

"#]]
    );
    assert_data_eq!(
        run.stderr,
        str![[r#"
archdoc: 1 document checked; 1 error, 1 warning, 1 info

"#]]
    );
}

#[test]
fn check_json() {
    let run = flawed().run(&["check", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let start = r#"{"schema":1,"as_of":"2026-11-22","documents":1,"skipped":[],"findings":[{"rule":""#;
    assert!(run.stdout.starts_with(start), "{}", run.stdout);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_data_eq!(
        serde_json::to_string_pretty(&report).unwrap(),
        snapbox::file!["check.json.txt"].raw()
    );
}

#[test]
fn the_formats_say_the_same() {
    let book = BookTest::example();
    let json = found(&book.json());
    let concise = book.run(&["check", "--format", "concise"]).stdout;
    let lines: Vec<String> = json
        .iter()
        .map(|f| {
            format!(
                "{}:{}:{}: {}[{}]: {}",
                f.path, f.line, f.column, f.severity, f.rule, f.message
            )
        })
        .collect();
    assert_eq!(concise.lines().collect::<Vec<_>>(), lines);
    let full = book.run(&["check"]).stdout;
    let heads = full
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    let expected: Vec<String> = json
        .iter()
        .map(|f| format!("{}[{}]: {}", f.severity, f.rule, f.message))
        .collect();
    assert_eq!(heads.collect::<Vec<_>>(), expected);
}

#[test]
fn fixes_of_the_json_are_bytes_of_the_file() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("- A gauge", "- [Gaugé 👥]: x\n- A gauge"));
    let text = book.read("src/a.md");
    let fix = &book.json()["findings"][0]["fix"];
    assert_eq!(fix["applicability"], "safe");
    let edit = &fix["edits"][0];
    let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
    assert_eq!(&text[at("start")..at("end")], "[Gaugé 👥]: x");
    assert_eq!(edit["path"], "src/a.md");
}

#[test]
fn one_chapter_can_be_checked() {
    let book = flawed();
    book.chapters(&[("a.md", book.read("src/a.md").as_str()), ("b.md", SMALL_DOCUMENT)]);
    assert_eq!(book.run(&["check", "src/a.md"]).code, 1);
    let run = book.run(&["check", "src/b.md"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (0, "", "archdoc: 1 document checked\n")
    );
    // From anywhere inside the book.
    let mut inside = crate::support::program(&book.path("src"));
    let run = crate::support::run(inside.args(["check", "--format", "json", "b.md", "a.md"]), b"");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["documents"], 2);
}

/// A chapter alone is judged as it is in its book: with its sub-chapters, and beside the book's other documents.
#[test]
fn one_chapter_is_judged_as_in_its_book() {
    let book = BookTest::example();
    let text = book.read("src/parcel-tracking.md");
    let (before, rest) = text.split_once("## 🔍 Design Decisions").unwrap();
    let (_, after) = rest.split_once("## 📚 Technology Stack").unwrap();
    book.file(
        "src/parcel-tracking.md",
        format!("{before}## 📚 Technology Stack{after}"),
    );
    let of_book = book.findings();
    for chapter in ["src/parcel-tracking.md", "src/returns-portal.md"] {
        let run = book.run(&["check", "--format", "json", chapter]);
        let alone = found(&serde_json::from_str(&run.stdout).unwrap());
        let expected: Vec<_> = of_book.iter().filter(|found| found.path == chapter).cloned().collect();
        assert_eq!(alone, expected, "{chapter}");
    }
}

#[test]
fn what_was_not_checked_is_named_on_request() {
    let book = BookTest::example();
    book.toml("exclude = [\"archdoc.md\"]\n").file(
        "src/SUMMARY.md",
        "[I](introduction.md)\n\n- [P](parcel-tracking.md)\n- [R](returns-portal.md)\n- [A](archdoc.md)\n",
    );
    let run = book.run(&["check", "--format", "concise", "--skipped"]);
    let skipped: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| !line.contains("returns-portal"))
        .collect();
    assert_eq!(
        skipped,
        [
            "src/introduction.md: not a document",
            "src/archdoc.md: left out by book.toml"
        ]
    );
    assert_eq!(
        book.json()["skipped"],
        json!([
            { "path": "src/introduction.md", "why": "not a document" },
            { "path": "src/archdoc.md", "why": "left out by book.toml" },
        ])
    );
}

#[test]
fn chapters_that_are_listed_in_vain_are_named_and_counted() {
    let book = BookTest::example();
    book.file(
        "src/SUMMARY.md",
        "- [P](parcel-tracking.md)\n- [Gone](to/come.md)\n- [Theirs](../../theirs.md)\n- [Draft]()\n",
    );
    let run = book.run(&["check", "--format", "concise", "--skipped"]);
    assert_eq!(
        run.stdout,
        "src/SUMMARY.md:3:3: warning[unread-file]: `../theirs.md` lies outside the book's folder, and was not read\n\
         ../theirs.md: the file lies outside the book's folder\n\
         src/to/come.md: the file does not exist\n"
    );
    assert!(run.stderr.contains("2 chapters are not documents"), "{}", run.stderr);
    // What stops the host stops the command.
    for (path, bytes) in [("src/bad.md", &b"# B\xff"[..]), ("src/folder/a.md", b"# A\n")] {
        let name = path.trim_start_matches("src/").trim_end_matches("a.md");
        book.file(path, bytes)
            .file("src/SUMMARY.md", format!("- [A]({name})\n"));
        assert!(refused(&book, &["check"]).contains("mdBook cannot build the book either"));
    }
}

#[test]
fn the_option_outweighs_book_toml() {
    let book = flawed();
    assert_eq!(book.run(&["check", "--fail-on", "never"]).code, 0);
    book.toml("template = \"template.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n");
    assert_eq!(book.run(&["check"]).code, 0);
    assert_eq!(book.run(&["check", "--fail-on", "error"]).code, 1);
}

#[test]
fn the_day_is_an_input() {
    let book = BookTest::small(SMALL_DOCUMENT);
    assert_eq!(book.json()["as_of"], "2026-11-22");
    let run = book.run(&["check", "--format", "json", "--as-of", "2024-02-29"]);
    assert_eq!(
        serde_json::from_str::<Value>(&run.stdout).unwrap()["as_of"],
        "2024-02-29"
    );
    assert_data_eq!(
        refused(&book, &["check", "--as-of", "2024-02-30"]),
        str![[r#"
error: invalid value '2024-02-30' for '--as-of <DATE>': parsed date is not valid: parameter 'day' for `2024-02` is invalid, must be in range `1..=29`

For more information, try '--help'.

"#]]
    );
    let mut odd = crate::support::program(&book.path(""));
    let run = crate::support::run(odd.arg("check").env("SOURCE_DATE_EPOCH", "today"), b"");
    assert_eq!(run.code, 2);
    assert_data_eq!(
        run.stderr,
        str![[r#"
error: SOURCE_DATE_EPOCH is `today`, not a number of seconds since 1970
  = help: set it to a number such as the output of `git log -1 --format=%ct`

"#]]
    );
}
