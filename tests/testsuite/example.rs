//! The example book: its final documents have no finding, its draft has none that fails, and the program in
//! `examples` builds it, and other books.

use std::process::Command;

use super::support::{BookTest, Run, SMALL_DOCUMENT, example_book, example_chapter, found, run};

/// The day on which the documents were last updated, as they say. Before it their newest changes lie in the future, and
/// long after it their reviews are overdue.
fn last_updated() -> String {
    let chapters = ["parcel-tracking.md", "archdoc.md", "returns-portal.md"].map(example_chapter);
    let days = chapters
        .iter()
        .filter_map(|text| text.lines().find_map(|line| line.strip_prefix("**Last Updated**: ")));
    days.max().unwrap().to_owned()
}

#[test]
fn the_final_documents_have_no_finding_and_the_others_have_no_error() {
    let book = BookTest::example();
    let run = book.run(&["check", "--format", "json", "--as-of", &last_updated()]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["documents"], 8);
    let findings = found(&report);
    let of = |path: &str| findings.iter().filter(|it| it.path == path).collect::<Vec<_>>();
    assert_eq!(of("src/parcel-tracking.md"), Vec::<&super::support::Found>::new());
    assert_eq!(of("src/archdoc.md"), Vec::<&super::support::Found>::new());
    let mut open = 0;
    for path in ["src/returns-portal.md", "src/address-check.md"] {
        let found = of(path);
        assert!(!found.is_empty());
        assert!(
            found
                .iter()
                .all(|it| ["info", "warning"].contains(&it.severity.as_str())),
            "{found:#?}"
        );
        open += found.len();
    }
    assert_eq!(open, findings.len());
}

#[test]
fn who_has_two_roles_reviews_once() {
    let book = BookTest::example();
    let run = book.run(&["status", "src/archdoc.md", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let document = &report["documents"][0];
    let roles = document["stakeholders"].as_array().unwrap().iter();
    let named: Vec<&str> = roles
        .flat_map(|role| role["people"].as_array().unwrap())
        .map(|person| person.as_str().unwrap())
        .collect();
    let people: std::collections::BTreeSet<&str> = named.iter().copied().collect();
    assert!(people.len() < named.len(), "{named:?}");
    let items = document["review"]["items"].as_array().unwrap();
    let item = items
        .iter()
        .find(|item| item["text"] == "All stakeholders have reviewed");
    let why = format!("all {} stakeholders have reviewed", people.len());
    assert_eq!(item.unwrap()["why"], why);
}

#[test]
fn nothing_in_the_complete_document_is_waived() {
    let text = example_chapter("parcel-tracking.md");
    assert!(!text.to_lowercase().contains("not applicable"));
}

fn build_example(book: Option<&BookTest>) -> Run {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--example", "build"]);
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("SOURCE_DATE_EPOCH", "1795305600");
    if let Some(book) = book {
        cargo.arg("--").arg(book.path(""));
    }
    run(&mut cargo, b"")
}

#[test]
fn the_example_program_builds_the_example_book() {
    let run = build_example(None);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = example_book().join("book").join("index.html");
    assert!(page.is_file());
    assert!(run.stderr.contains(page.to_str().unwrap()), "{}", run.stderr);
    assert!(run.stderr.contains("archdoc: 8 documents checked"), "{}", run.stderr);
    assert!(example_book().join("book/parcel-tracking.html").is_file());
}

#[test]
fn the_example_program_builds_other_books_into_their_own_folder() {
    let book = BookTest::small(SMALL_DOCUMENT);
    book.toml("template = \"template.md\"\ndocuments = \"all\"\n[build]\nbuild-dir = \"out\"\n");
    let toml = book.read("book.toml");
    let run = build_example(Some(&book));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = std::fs::read_to_string(book.path("out/a.html")).unwrap();
    assert!(page.contains("<br"));
    assert_eq!(book.read("book.toml"), toml);
}

#[test]
fn the_example_program_turns_archdoc_on_and_fails_where_a_build_fails() {
    let book = BookTest::new();
    book.file("book.toml", "[book]\ntitle = \"No archdoc\"\n")
        .chapters(&[("a.md", "# A\n")]);
    let run = build_example(Some(&book));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[no-document]"), "{}", run.stderr);
    let nowhere = BookTest::new();
    std::fs::remove_file(nowhere.path("book.toml")).unwrap();
    let run = build_example(Some(&nowhere));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("no book.toml"), "{}", run.stderr);
}

#[test]
#[ignore = "needs Chromium, Node and the packages of tests/browser; .ci/run installs them and runs it"]
fn its_pages_in_a_real_browser() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let pictures = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let plain = pictures.join("plain");
    assert_eq!(build_example(None).code, 0);
    let mut without = Command::new(env!("CARGO"));
    without
        .args(["run", "--quiet", "--example", "build"])
        .current_dir(root)
        .env("MDBOOK_PREPROCESSOR__ARCHDOC__ENRICH", "false")
        .env("MDBOOK_BUILD__BUILD_DIR", &plain);
    assert_eq!(run(&mut without, b"").code, 0);
    let mut node = Command::new("node");
    node.arg(root.join("tests/browser/check.mjs"))
        .args([&example_book().join("book"), &plain, &pictures]);
    let result = run(&mut node, b"");
    println!("{}", result.stdout);
    assert_eq!(result.code, 0, "{}", result.stderr);
}
