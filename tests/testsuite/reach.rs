//! What of the disk belongs to a book: the repository around it, links as what they lead to, and nothing that has no end.

use super::change_log::{Repository, document};
use super::support::{BookTest, SMALL_DOCUMENT, SMALL_TEMPLATE, places, program, run};

const LIMITS: &str = "## Limits\nSays nothing about wind.\n";

/// A repository that holds a book in `docs` and, beside it, `shared/limits.md`; a folder beside the repository is
/// everybody's. The document's section `Limits` is what stands for `directive`.
fn around(directive: &str) -> BookTest {
    let around = BookTest::new();
    around
        .file("repo/.git/HEAD", "ref: refs/heads/main\n")
        .file(
            "repo/docs/book.toml",
            around.read("book.toml") + "template = \"template.md\"\ndocuments = \"all\"\nhistory = false\n",
        )
        .file("repo/docs/template.md", SMALL_TEMPLATE)
        .file("repo/docs/src/SUMMARY.md", "- [A](a.md)\n")
        .file(
            "repo/docs/src/a.md",
            SMALL_DOCUMENT.replace(LIMITS, &format!("{directive}\n")),
        )
        .file("repo/shared/limits.md", LIMITS)
        .file("everybody/limits.md", LIMITS);
    around
}

/// What `check` finds in the book of [`around`].
fn found(around: &BookTest) -> Vec<String> {
    let check = run(
        program(&around.path("repo/docs")).args(["check", "--format", "json"]),
        b"",
    );
    let report = serde_json::from_str(&check.stdout).unwrap_or_else(|_| panic!("{check:?}"));
    places(&super::support::found(&report))
}

#[test]
fn an_include_from_the_repository_is_read() {
    for directive in [
        "{{#include ../../shared/limits.md}}",
        "{{#include ./../../docs/../shared/limits.md}}",
        "{{#rustdoc_include ../../shared/limits.md}}",
        "{{#include ../../shared/limits.md:1:}}",
    ] {
        assert_eq!(found(&around(directive)), Vec::<String>::new(), "{directive}");
    }
    // What is wrong there is found there, and mended by whoever owns it.
    let book = around("{{#include ../../shared/limits.md}}");
    book.file("repo/shared/limits.md", "## Limits\n- [Wind]: none\n");
    assert_eq!(found(&book), ["../shared/limits.md:2:3 error lost-list-item"]);
    let before = book.sources();
    let fix = run(program(&book.path("repo/docs")).args(["fix", "--write"]), b"");
    assert_eq!(fix.code, 0, "{}", fix.stderr);
    assert!(
        fix.stderr
            .contains("`../shared/limits.md` lies outside the book's folder"),
        "{}",
        fix.stderr
    );
    assert!(
        fix.stderr.contains("0 findings fixed, 1 finding left"),
        "{}",
        fix.stderr
    );
    assert_eq!(book.sources(), before);
}

#[test]
fn what_lies_beyond_is_said_not_to_be_read_and_nothing_else_is_called_missing() {
    for directive in [
        "{{#include ../../../everybody/limits.md}}",
        "{{#include ../../../everybody/gone.md}}",
        "{{#include /etc/hostname}}",
        "{{#include ../../.git/HEAD}}",
        "{{#rustdoc_include ../../../everybody/limits.md}}",
    ] {
        let book = around(directive);
        assert_eq!(found(&book), ["src/a.md:14:1 warning unread-file"], "{directive}");
        let before = book.sources();
        let fix = run(
            program(&book.path("repo/docs")).args(["fix", "--write", "--suggested"]),
            b"",
        );
        assert_eq!(fix.code, 0, "{}", fix.stderr);
        assert_eq!(book.sources(), before, "{directive}");
    }
    // One that mdBook cannot read either may have meant what is missing, too.
    assert_eq!(
        found(&around("{{#include ../../shared/gone.md}}")),
        ["src/a.md:14:1 error broken-include"]
    );
    // Code is no section.
    let code = around("```\n{{#include ../../../everybody/limits.md}}\n```");
    assert_eq!(
        found(&code),
        [
            "src/a.md:15:1 warning unread-file",
            "src/a.md:18:1 error missing-section"
        ]
    );
}

#[test]
fn a_document_that_is_not_whole_claims_nothing_of_what_it_lacks() {
    let example = BookTest::example();
    let text = example.read("src/parcel-tracking.md");
    let at = text.find("## 🔄 Disaster Recovery").unwrap();
    let end = at + text[at..].find("\n## ").unwrap() + 1;
    let (before, behind) = (&text[..at], &text[end..]);
    example
        .toml("history = false\n")
        .file(
            "src/parcel-tracking.md",
            format!("{before}{{{{#include ../../recovery.md}}}}\n\n{behind}"),
        )
        .file("src/SUMMARY.md", "- [P](parcel-tracking.md)\n- [O](overview.md)\n")
        .file("src/overview.md", "# O\n\n<!-- archdoc: overview -->\n");
    assert_eq!(
        places(&example.findings())
            .iter()
            .filter(|found| !found.contains(" info "))
            .count(),
        1,
        "{:?}",
        example.findings()
    );
    let built = example.built("overview.html") + &example.read("book/parcel-tracking.html");
    for claim in ["not complete", "contradict", "✘ missing", "is missing"] {
        assert!(!built.contains(claim), "{claim}");
    }
    let status = example.run(&["status", "--format", "json"]).stdout;
    assert!(status.contains("\"state\":\"unread\""), "{status}");
}

#[cfg(unix)]
#[test]
fn links_within_the_repository_are_the_book_s() {
    use std::os::unix::fs::symlink;

    let row = "| 1.0 | 2026-01-10 | First version | Ada |";
    // A chapter that is a link, a folder of chapters that is one, and a `src` that is one.
    for (link, target, listed) in [
        ("docs/src/a.md", "../../svc/a.md", "a.md"),
        ("docs/src/svc", "../../svc", "svc/a.md"),
        ("docs/src", "../svc", "a.md"),
    ] {
        let around = Repository::new("documents = \"all\"");
        let book = &around.book;
        for path in ["book.toml", "template.md"] {
            book.file(&format!("docs/{path}"), book.read(path));
        }
        let summary = if link == "docs/src" { "svc" } else { "docs/src" };
        book.file(&format!("{summary}/SUMMARY.md"), format!("- [A]({listed})\n"))
            .file("svc/a.md", document("Boats.", &[row]));
        symlink(target, book.path(link)).unwrap();
        around.commit("First");
        book.file("svc/a.md", document("Boats and ships.", &[row]));
        around.commit("The ships, too");

        let docs = book.path("docs");
        let check = run(program(&docs).args(["check", "--format", "concise"]), b"");
        assert!(check.stdout.contains("change-log-behind"), "{link}: {check:?}");
        let before = book.sources();
        let fix = run(program(&docs).args(["fix", "--write"]), b"");
        assert!(
            fix.stderr.contains("`../svc/a.md` lies outside the book's folder"),
            "{link}: {}",
            fix.stderr
        );
        assert_eq!(book.sources(), before, "{link}");
        let host = book.build_in("docs");
        assert_eq!(host.code, 0, "{link}: {}", host.stderr);
        assert!(host.stderr.contains("change-log-behind"), "{link}: {}", host.stderr);
        let page = std::fs::read_to_string(docs.join("book").join(listed.replace(".md", ".html"))).unwrap();
        assert!(page.contains("The ships, too"), "{link}: {}", host.stderr);
    }
}

/// A chapter that is part of a document and is not read is no reason to call its section missing, nor the others.
#[cfg(unix)]
#[test]
fn a_document_with_an_unread_chapter_is_not_whole() {
    for (settings, root) in [
        ("", "# Architecture Documentation: Tides\n\n**Status**: Complete\n"),
        ("documents = \"book\"\n", "# Tides\n\n**Status**: Complete\n"),
    ] {
        let around = BookTest::new();
        let toml = around.read("book.toml");
        around
            .file("repo/.git/HEAD", "ref: refs/heads/main\n")
            .file("repo/docs/book.toml", format!("{toml}history = false\n{settings}"))
            .file(
                "repo/docs/src/SUMMARY.md",
                "- [Tides](t.md)\n  - [Security Architecture](s.md)\n  - [Scalability](c.md)\n  - [Disaster Recovery](d.md)\n",
            )
            .file("repo/docs/src/t.md", root)
            .file("repo/docs/src/s.md", "# Security Architecture\n\nNot applicable: it is on paper.\n")
            .file("repo/docs/src/c.md", "# Scalability\n\nNot applicable: there is one sea.\n")
            .file("everybody/d.md", "# Disaster Recovery\n\nThere is a second copy.\n");
        std::os::unix::fs::symlink(around.path("everybody/d.md"), around.path("repo/docs/src/d.md")).unwrap();
        let found = found(&around);
        assert!(
            found.contains(&"src/SUMMARY.md:4:5 warning unread-file".to_owned()),
            "{found:?}"
        );
        assert!(!found.iter().any(|found| found.contains("missing-")), "{found:?}");
        let check = run(program(&around.path("repo/docs")).args(["check"]), b"");
        let build = around.build_in("repo/docs");
        assert!(
            build.stderr.starts_with(&format!("{}{}", check.stdout, check.stderr)),
            "{check:?}"
        );
        let fix = run(program(&around.path("repo/docs")).args(["fix", "--suggested"]), b"");
        assert!(!fix.stdout.contains("+## "), "{}", fix.stdout);
    }
}

#[cfg(unix)]
#[test]
fn a_chapter_is_named_by_the_link_that_it_is() {
    use std::os::unix::fs::symlink;

    let around = around("## Limits\nNone.");
    std::fs::rename(around.path("repo/docs/src/a.md"), around.path("repo/shared/a.md")).unwrap();
    symlink("../../shared/a.md", around.path("repo/docs/src/a.md")).unwrap();
    let docs = around.path("repo/docs");
    for args in [
        &["check", "src/a.md"][..],
        &["fix", "src/a.md"],
        &["status", "src/a.md"],
    ] {
        let run = run(program(&docs).args(args), b"");
        assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
    }
    // Into a folder that is a link within the book, a document is written and listed; through one out of it, none is.
    std::fs::create_dir(docs.join("more")).unwrap();
    symlink("../more", docs.join("src/own")).unwrap();
    symlink("../../shared", docs.join("src/theirs")).unwrap();
    let own = run(program(&docs).args(["new", "adr", "src/own/n.md", "--summary"]), b"");
    assert_eq!(own.code, 0, "{}", own.stderr);
    assert!(around.read("repo/docs/src/SUMMARY.md").contains("(own/n.md)"));
    assert!(docs.join("more/n.md").is_file());
    for (args, path) in [
        (&["new", "adr", "src/theirs/n.md"][..], "repo/shared/n.md"),
        (&["status", "--output", "src/theirs/s.txt"], "repo/shared/s.txt"),
    ] {
        let theirs = run(program(&docs).args(args), b"");
        assert_eq!(theirs.code, 2, "{}", theirs.stderr);
        assert!(
            theirs.stderr.contains("lies outside the book's folder"),
            "{}",
            theirs.stderr
        );
        assert!(!around.path(path).exists());
    }
    // A `src` that is a link within the book is the book's.
    std::fs::rename(docs.join("src"), docs.join("pages")).unwrap();
    symlink("pages", docs.join("src")).unwrap();
    let new = run(program(&docs).args(["new", "adr", "src/m.md", "--summary"]), b"");
    assert_eq!(new.code, 0, "{}", new.stderr);
    assert!(
        around.read("repo/docs/pages/SUMMARY.md").contains("(m.md)"),
        "{}",
        new.stderr
    );
}

#[test]
fn a_search_for_parts_of_files_comes_to_an_end() {
    let directives = "{{#include large.txt:999999:nope}}\n\n{{#include large.txt:nope}}\n\n".repeat(1000);
    let book = BookTest::small(&SMALL_DOCUMENT.replace("Says nothing about wind.", &directives));
    book.file("src/large.txt", "A line of words.\n".repeat(1 << 20));
    let findings = book.findings();
    assert!(findings.iter().any(|found| found.rule == "unread-file"), "{findings:?}");
    assert!(findings.len() < 100, "{}", findings.len());
    // What cannot be read is counted, too.
    let book =
        BookTest::small(&SMALL_DOCUMENT.replace("Says nothing about wind.", &"{{#include part.md}}\n\n".repeat(20)));
    book.file("src/part.md", "{{#include n}}\n".repeat(5000));
    let findings = book.findings();
    assert!(findings.len() <= 10_001, "{}", findings.len());
    assert_eq!(findings.iter().filter(|found| found.rule == "unread-file").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_a_finding_of_the_build_and_of_check() {
    let book = around("## Limits\nNone.");
    let link = book.path("repo/docs/src/b.md");
    std::os::unix::fs::symlink(book.path("everybody/limits.md"), link).unwrap();
    book.file("repo/docs/src/SUMMARY.md", "- [A](a.md)\n- [B](./b.md)\n");
    assert_eq!(found(&book), ["src/SUMMARY.md:2:3 warning unread-file"]);
    let check = run(program(&book.path("repo/docs")).args(["check"]), b"");
    let build = book.build_in("repo/docs");
    assert_eq!(build.code, 0, "{}", build.stderr);
    assert_eq!(build.stderr, format!("{}{}", check.stdout, check.stderr));
    // Who wants it left out says so.
    let toml = book.read("repo/docs/book.toml");
    book.file("repo/docs/book.toml", toml + "exclude = [\"b.md\"]\n");
    assert_eq!(found(&book), Vec::<String>::new());
}

#[test]
fn includes_that_multiply_stop_at_a_stated_number() {
    // 5^9 includes of nothing, and 30 of three megabytes.
    let book = BookTest::small(&SMALL_DOCUMENT.replace(LIMITS, "{{#include 1.md}}\n"));
    for level in 1..9 {
        let next = format!("{{{{#include {}.md}}}}\n", level + 1);
        book.file(&format!("src/{level}.md"), next.repeat(5));
    }
    book.file("src/9.md", "x\n");
    let findings = book.findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].rule, "unread-file");
    assert!(findings[0].message.contains("more than 10000 times"), "{findings:?}");

    let directives = "```\n{{#include large.md}}\n```\n\n".repeat(9);
    let book = BookTest::small(&SMALL_DOCUMENT.replace("Says nothing about wind.", &directives));
    book.file("src/large.md", format!("{}\n", "x".repeat(999)).repeat(12_000));
    let findings = book.findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].rule, "unread-file");
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_refused_wherever_it_stands() {
    let make = |book: &BookTest, path: &str, what: &str| {
        let full = book.path(path);
        let _ = std::fs::remove_file(&full);
        match what {
            "pipe" => assert!(
                std::process::Command::new("mkfifo")
                    .arg(&full)
                    .status()
                    .unwrap()
                    .success()
            ),
            "device" => std::os::unix::fs::symlink("/dev/zero", &full).unwrap(),
            "folder" => std::fs::create_dir(&full).unwrap(),
            _ => std::fs::File::create(&full).unwrap().set_len(1 << 30).unwrap(),
        }
    };
    let text = SMALL_DOCUMENT.replace("Says nothing about wind.", "{{#include part.md}}");
    for what in ["pipe", "device", "folder", "large"] {
        for (path, code) in [
            ("template.md", 1),
            ("src/part.md", i32::from(what == "pipe" || what == "folder")),
            ("src/b.md", if what == "pipe" || what == "folder" { 2 } else { 0 }),
            ("src/SUMMARY.md", 2),
            ("book.toml", 2),
        ] {
            let book = BookTest::small(&text);
            book.file("src/part.md", "Wind.\n")
                .file("src/b.md", "# B\n")
                .file("src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n");
            let toml = book.read("book.toml");
            book.file(
                "book.toml",
                toml.replace("documents = \"all\"", "documents = [\"a.md\"]"),
            );
            assert_eq!(book.run(&["check"]).code, 0);
            make(&book, path, what);
            let check = book.run(&["check"]);
            assert_eq!(check.code, code, "{what} {path}: {check:?}");
            let said = format!("{}{}", check.stdout, check.stderr);
            let words = match what {
                "large" => "has more than 256 MB",
                "device" => "lies outside the book's folder",
                _ => "is not a plain file",
            };
            assert!(
                said.contains(words) || path == "book.toml" && said.contains("book.toml"),
                "{what} {path}: {said}"
            );
        }
    }
}
