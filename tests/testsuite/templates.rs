//! Templates as people hand them out: what they demand, what `new` makes of them, and what is found in that.
//!
//! The files in `tests/templates` have the shapes of well-known ones, in words of our own.

use super::support::{BookTest, Found};

/// Files of the shapes that people hand out.
pub const GIVEN: [(&str, &str); 6] = [
    ("arc42", include_str!("../templates/arc42.md")),
    ("kep", include_str!("../templates/kep.md")),
    ("madr", include_str!("../templates/madr.md")),
    ("madr-bare", include_str!("../templates/madr-bare.md")),
    ("rfc", include_str!("../templates/rfc.md")),
    ("team", include_str!("../templates/team.md")),
];

/// A book with a kind for each of [`GIVEN`], named after its template.
fn book_of_all() -> BookTest {
    let book = BookTest::new();
    let mut settings = "history = false\n".to_owned();
    for (name, text) in GIVEN {
        settings.push_str(&format!(
            "[preprocessor.archdoc.kind.of-{name}]\ntemplate = \"t/{name}.md\"\ndocuments = [\"{name}/*.md\"]\n"
        ));
        book.file(&format!("t/{name}.md"), text);
    }
    book.toml(&settings).file("src/SUMMARY.md", "# Summary\n\n");
    book
}

/// What `template show --format tree` says, a line each: `depth name: what`.
fn tree(book: &BookTest, name: &str) -> Vec<String> {
    let run = book.run(&["template", "show", name, "--format", "tree"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let line = |line: &str| {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let (name, what) = line.trim_start().split_once("  ").unwrap();
        let what = what.trim_start().rsplit_once(" (").unwrap().0;
        format!("{depth} {}: {what}", name.trim_end_matches(':'))
    };
    run.stdout.lines().skip(1).map(line).collect()
}

#[test]
fn they_demand_what_a_person_would_say() {
    let book = book_of_all();
    #[rustfmt::skip]
    let cases: [(&str, &[&str]); 6] = [
        ("arc42", &[
            "1 date: optional, sample",
            "1 title: optional, text",
            "1 Introduction and Goals: required",
            "2 Requirements Overview: required",
            "2 Stakeholders: required",
            "1 Context and Scope: required",
            "2 Business Context: required",
            "1 Building Block View: required",
            "2 Whitebox Overall System: required",
            "3 Name black box: required, one or more, whatever their names",
            "2 Level: required, one or more `Level n`",
            "3 White Box: required, one or more `White Box …`",
            "1 Runtime View: required",
            "2 Runtime Scenario: required, one or more, whatever their names",
            "1 Glossary: required",
        ]),
        ("kep", &[
            "1 Signoff: required",
            "1 Summary: required",
            "1 Proposal: required",
            "2 User Stories: optional",
            "3 Story: optional, any number of `Story n`",
            "2 Notes/Caveats: optional",
            "2 Risks and Mitigations: required",
            "1 Design Details: required",
            "2 Test Plan: required",
            "3 Unit tests: required",
            "3 End-to-end tests: required",
            "1 Questionnaire: required",
            "2 Turning It On: required",
            "3 How can it be turned on and off?: required",
            "3 Does it change what people are used to?: required",
            "3 What can tell whether it works?: required",
            "1 Alternatives: required",
            "1 What It Needs: optional",
        ]),
        ("madr", &[
            "1 status: optional, sample",
            "1 date: optional, date",
            "1 deciders: optional, text",
            "1 asked: optional, text",
            "1 Context and Problem Statement: required",
            "1 Decision Drivers: optional",
            "1 Considered Options: required",
            "1 Decision Outcome: required",
            "2 Consequences: optional",
            "1 Pros and Cons of the Options: optional",
            "2 name of option: optional, any number of, whatever their names",
            "1 More Information: optional",
        ]),
        ("madr-bare", &[
            "1 status: required, text",
            "1 date: required, date",
            "1 deciders: required, text",
            "1 Context and Problem Statement: required",
            "1 Considered Options: required",
            "1 Decision Outcome: required",
            "2 Consequences: required",
            "1 Pros and Cons of the Options: required",
            "2 name of option: required, one or more, whatever their names",
            "1 More Information: required",
        ]),
        ("rfc", &[
            "1 Feature Name: required, text",
            "1 Start Date: required, date",
            "1 Pull Request: required, sample",
            "1 Summary: required",
            "1 Motivation: required",
            "1 Rationale and alternatives: required",
            "1 Unresolved questions: required",
        ]),
        ("team", &[
            "1 Owner: required, person",
            "1 Since: required, date",
            "1 Purpose: required",
            "1 Services: required",
            "2 Service: required, one or more `Service …`",
            "3 Contact: required, person",
            "1 Runbooks: optional",
            "2 Name of the runbook: required, one or more, whatever their names",
            "3 When: required, text",
            "1 Level 1: Context: required",
            "1 Level 2: Containers: required",
            "1 Risks: optional",
            "2 Worst Case: optional, text",
            "2 Cure: required, text",
            "1 Checked By: required, person",
        ]),
    ];
    for (name, expected) in cases {
        let path = format!("t/{name}.md");
        assert_eq!(tree(&book, &path), expected, "{name}");
        let check = book.run(&["template", "check", &path]);
        assert_eq!((check.code, check.stdout.as_str()), (0, ""), "{name}");
    }
}

/// The rules that say that a text is still the template's, or not there yet.
const UNFILLED: [&str; 5] = [
    "empty-field",
    "empty-section",
    "leftover-instruction",
    "template-text",
    "unfilled-placeholder",
];

/// Findings about anything but text that is to be filled in.
fn noise(findings: &[Found]) -> Vec<String> {
    let noise = findings.iter().filter(|it| !UNFILLED.contains(&it.rule.as_str()));
    noise
        .map(|it| format!("{}:{} {} {}", it.path, it.line, it.rule, it.message))
        .collect()
}

#[test]
fn a_new_document_lacks_nothing_but_its_author_s_words() {
    let book = book_of_all();
    let kinds = GIVEN.iter().map(|(name, _)| format!("of-{name}"));
    let builtins = ["adr", "architecture", "arc42", "madr"].map(str::to_owned);
    let names: Vec<String> = kinds.chain(builtins).collect();
    for name in &names {
        // Some lie where their kind has its documents, some anywhere.
        let folder = name
            .strip_prefix("of-")
            .filter(|name| *name != "rfc")
            .unwrap_or("other");
        for (author, file) in [(None, "a"), (Some("Jane Doe"), "b")] {
            let path = format!("src/{folder}/{name}-{file}.md");
            let mut args = vec!["new", name, &path, "--summary"];
            args.extend(author.into_iter().flat_map(|author| ["--author", author]));
            let run = book.run(&args);
            assert_eq!(run.code, 0, "{name}: {}", run.stderr);
            let text = book.read(&path);
            assert!(
                !text.contains("<!-- archdoc: opt") && !text.contains("<!-- archdoc: field"),
                "{text}"
            );
        }
    }
    let report = book.json();
    assert_eq!(report["documents"], names.len() * 2);
    assert_eq!(report["skipped"].as_array().unwrap().len(), 0);
    let findings = book.findings();
    assert_eq!(noise(&findings), Vec::<String>::new());
    // And no section is called complete.
    let run = book.run(&["status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    for document in status["documents"].as_array().unwrap() {
        let path = document["path"].as_str().unwrap();
        for section in document["sections"].as_array().unwrap() {
            let state = section["state"].as_str().unwrap();
            assert!(["template", "empty"].contains(&state), "{path}: {section}");
        }
        let found = findings.iter().filter(|it| it.path == path).count();
        assert!(found >= 4, "{path}");
    }
}

#[test]
fn a_new_document_has_what_can_be_known() {
    let book = book_of_all();
    #[rustfmt::skip]
    let cases = [
        ("architecture", "order-service", None, "# Architecture Documentation: Order Service\n\n**Last Updated**: 2026-11-22\n**Version**: [Version Number]\n**Status**: Draft\n**Author**: Jane Doe\n"),
        ("adr", "adr/0007-use-kafka", Some("Use Kafka"), "<!-- archdoc: document; template=\"adr\" -->\n\n# [Number]. Use Kafka\n\nDate: 2026-11-22\n"),
        ("of-madr", "madr/0001", Some("A queue: Kafka"), "date: 2026-11-22\ndeciders: {who decides; a list}\nasked: {who was asked}\n---\n\n# A queue: Kafka\n"),
        ("of-madr", "elsewhere", None, "---\n\n<!-- archdoc: document; template=\"of-madr\" -->\n\n# Elsewhere\n"),
        ("of-madr-bare", "madr-bare/0001", Some("A queue"), "status:\ndate: 2026-11-22\ndeciders: \n---\n\n# A queue\n"),
        ("of-kep", "kep/one", Some("Sidecars"), "# KEP-NNNN: Sidecars\n"),
        ("of-rfc", "rfc/one", Some("Sidecars"), "- Start Date: 2026-11-22\n"),
        ("of-team", "team/one", None, "# Handbook: One\n\n**Owner**: Jane Doe\n**Since**: 2026-11-22\n"),
    ];
    for (kind, path, title, expected) in cases {
        let path = format!("src/{path}.md");
        let mut args = vec!["new", kind, &path, "--author", "Jane Doe"];
        args.extend(title.into_iter().flat_map(|title| ["--title", title]));
        let run = book.run(&args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let text = book.read(&path);
        assert!(text.contains(expected), "{kind}: {}", text.get(..500).unwrap_or(&text));
        // What is there is never overwritten.
        let again = book.run(&args);
        assert_eq!(again.code, 2);
        assert!(again.stderr.contains("is there already"), "{}", again.stderr);
        assert_eq!(book.read(&path), text);
    }
}
