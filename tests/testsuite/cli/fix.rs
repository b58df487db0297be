//! `fix`: what it shows, and what it writes on request.

use super::*;
use crate::support::run;

#[test]
fn fix_shows_and_then_writes() {
    let book = BookTest::small(
        &SMALL_DOCUMENT
            .replace("- A gauge and a table", "- [Gauge]: mechanical")
            .replace(
                "## Limits\nSays nothing about wind.\n\n",
                "##Limits\r\nSays nothing about wind.\n\n",
            ),
    );
    let before = book.sources();
    let run = book.run(&["fix", "--diff"]);
    assert_eq!(run.code, 0);
    assert_data_eq!(
        run.stdout,
        str![[r#"
--- a/src/a.md
+++ b/src/a.md
@@ -9,9 +9,9 @@
 Tells boats when they can cross the bar.
 
 ## Parts
-- [Gauge]: mechanical
-
-##Limits
+- **Gauge**: mechanical
+
+## Limits
 Says nothing about wind.
 
 ## History

"#]]
    );
    assert_data_eq!(
        run.stderr,
        str![[r#"
archdoc: 2 findings can be fixed, 0 findings left
archdoc: nothing was changed, `--write` does it

"#]]
    );
    assert_eq!(book.sources(), before);
    assert_eq!(book.run(&["fix"]).stdout, book.run(&["fix", "--diff"]).stdout);
    assert_eq!(book.sources(), before);

    let run = book.run(&["fix", "--write"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_data_eq!(
        run.stderr,
        str![[r#"
archdoc: 2 findings fixed, 0 findings left

"#]]
    );
    let fixed = SMALL_DOCUMENT
        .replace("- A gauge and a table", "- **Gauge**: mechanical")
        .replace("## Limits\n", "## Limits\r\n");
    assert_eq!(book.read("src/a.md"), fixed);
    assert_eq!(book.findings(), []);
    let after = book.sources();
    assert_eq!(book.run(&["fix", "--write"]).code, 0);
    assert_eq!(book.sources(), after);
}

#[test]
fn a_diff_is_exact_and_messages_never_act_on_a_terminal() {
    let marked = "- [Gauge]: mechanical\n- \u{1b}[31ma table\u{1b}]0;x\u{7}\n";
    let book = BookTest::small(&SMALL_DOCUMENT.replace("- A gauge and a table\n", marked));
    let diff = book.run(&["fix", "--diff"]).stdout;
    assert!(diff.contains("\n - \u{1b}[31ma table\u{1b}]0;x\u{7}\n"), "{diff:?}");
    let refused = refused(&book, &["explain", "a\u{1b}[31m"]);
    assert!(!refused.contains('\u{1b}') && refused.contains("[31m"), "{refused:?}");
}

#[test]
fn suggested_fixes_are_applied_on_request_only() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("## Purpose", "## Purpos"));
    book.run(&["fix", "--write"]);
    assert!(book.read("src/a.md").contains("## Purpos\n"));
    book.run(&["fix", "--write", "--suggested"]);
    assert_eq!(book.read("src/a.md"), SMALL_DOCUMENT);
}

#[test]
fn fix_of_a_document_that_lacks_everything_converges() {
    let book = BookTest::small("# Service: Tides\n\n**Owner**: Maren Oltmanns\n**Status**: Draft\n");
    book.run(&["fix", "--write"]);
    let once = book.read("src/a.md");
    let missing: Vec<String> = places(&book.findings())
        .into_iter()
        .filter(|it| it.contains("missing"))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "{once}");
    book.run(&["fix", "--write"]);
    assert_eq!(book.read("src/a.md"), once);
    let body = SMALL_TEMPLATE.split_once("## Purpose").unwrap().1;
    for line in body.lines().filter(|line| !line.is_empty()) {
        assert_eq!(once.matches(line).count(), 1, "{line}\n{once}");
    }
}

#[test]
fn git_makes_of_the_diff_what_is_written() {
    let template = include_str!("../../../src/template/builtin/architecture.md");
    let template = template.replace("[System/Service Name]", "Gauge");
    // With gaps where sections were, and blank lines all over.
    let lines = template.lines().enumerate();
    let kept: Vec<&str> = lines.filter(|(at, _)| at % 200 < 120).map(|(_, line)| line).collect();
    let short = "# Architecture Documentation: Gauge\n\n##Limits\n\ntext";
    for document in [&kept.join("\n"), &kept.join("\r\n"), short] {
        let book = BookTest::new();
        book.toml("documents = \"all\"\n").chapters(&[("a.md", document)]);
        let diff = book.run(&["fix", "--suggested"]).stdout;
        assert!(diff.contains("\n@@ "), "{diff}");
        let mut git = std::process::Command::new("git");
        git.args(["apply", "--whitespace=nowarn", "-"])
            .current_dir(book.path(""));
        git.env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
        assert_eq!(run(&mut git, diff.as_bytes()).code, 0, "{diff}");
        let patched = book.read("src/a.md");
        book.file("src/a.md", document).run(&["fix", "--suggested", "--write"]);
        assert_eq!(patched, book.read("src/a.md"), "{diff}");
    }
}
