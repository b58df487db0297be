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

/// Templates of all kinds, and what a person would say that each demands.
#[rustfmt::skip]
const DEMANDS: [(&str, &[&str]); 6] = [
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

#[test]
fn they_demand_what_a_person_would_say() {
    let book = book_of_all();
    for (name, expected) in DEMANDS {
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
    // And no section is called complete, but for the change log: its first row tells of the new document.
    let run = book.run(&["status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    for document in status["documents"].as_array().unwrap() {
        let path = document["path"].as_str().unwrap();
        for section in document["sections"].as_array().unwrap() {
            let state = section["state"].as_str().unwrap();
            let told = section["id"] == "change-log" && path.ends_with("-b.md");
            let expected: &[&str] = if told { &["complete"] } else { &["template", "empty"] };
            assert!(expected.contains(&state), "{path}: {section}");
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
        ("architecture", "queue-service", None, "\n| 2026-11-22 | 1.0 | Jane Doe | Initial architecture documentation |\n| | | | |\n"),
        ("adr", "adr/0007-use-kafka", Some("Use Kafka"), "<!-- archdoc: document; template=\"adr\" -->\n\n# 7. Use Kafka\n\nDate: 2026-11-22\n"),
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

#[test]
fn each_demand_says_where_it_comes_from() {
    let book = BookTest::new();
    book.toml(
        "template = \"own.md\"\n\n[preprocessor.archdoc.section.b]\noptional = true\n\n\
         [preprocessor.archdoc.kind.adr]\ntemplate = \"adr\"\n\n[preprocessor.archdoc.kind.adr.section.context]\noptional = true\n",
    )
    .file(
        "base.md",
        "# T: [Name]\n\n**Version**: [Version]\n\n## A\n\n[a]\n\n## B\n\n**Key**: [value]\n\n## C (optional)\n\n[c]\n\n## D\n\n[d]\n",
    )
    .file(
        "own.md",
        "<!-- archdoc: extends; template=\"base.md\" -->\n\n## A\n\n<!-- archdoc: optional -->\n\n[our a]\n\n## E\n\n[e]\n\n\
         ## D\n\n<!-- archdoc: remove -->\n",
    )
    .chapters(&[("a.md", "text\n")]);
    let tree = book.run(&["template", "show", "own.md", "--format", "tree"]).stdout;
    let lines: Vec<String> = tree
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        lines,
        [
            "own.md",
            "Version: required, version (base.md:3)",
            "A optional (own.md:5)",
            "E required (own.md:9)",
            "B optional (book.toml:7)",
            "Key: required, text (base.md:11)",
            "C optional (base.md:13)",
        ]
    );
    let kind = book.run(&["template", "show", "adr", "--format", "tree"]).stdout;
    assert!(kind.contains("optional (book.toml:13)"), "{kind}");
    let json = book.run(&["template", "show", "own.md", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let section = |id: &str| {
        json["sections"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["id"] == id)
            .unwrap()
            .clone()
    };
    assert_eq!(
        section("b")["refined"],
        serde_json::json!({ "path": "book.toml", "line": 7 })
    );
    assert_eq!(
        (&section("b")["path"], &section("b")["line"]),
        (&"base.md".into(), &9.into())
    );
    assert_eq!(section("e")["refined"], serde_json::Value::Null);
    assert_eq!(section("b")["fields"][0]["line"], 11);
}

#[test]
fn book_toml_refines_the_fields_of_header_and_footer() {
    let book = BookTest::new();
    let settings = |name: &str| {
        format!(
            "history = false\ntemplate = \"own.md\"\ndocuments = [\"a.md\"]\n\n[preprocessor.archdoc.field]\n\
             \"{name}\" = {{ alias = [\"Maintained by\"] }}\n\"Next Review\" = {{ optional = true }}\n\n\
             [preprocessor.archdoc.kind.own]\ntemplate = \"own.md\"\ndocuments = [\"b.md\"]\n\n\
             [preprocessor.archdoc.kind.own.field]\nOwner = {{ optional = true }}\n"
        )
    };
    let document = "# T\n\n**Maintained by**: Ada Park\n\n## A\n\nWords of our own.\n";
    book.toml(&settings("Owner"))
        .file(
            "own.md",
            "# T\n\n**Owner**: [Name]\n\n## A\n\n[a]\n\n---\n\n**Next Review**: [Date]\n",
        )
        .chapters(&[("a.md", document), ("b.md", document)]);
    // Each kind has refinements of its own.
    let found: Vec<(String, String)> = book.findings().into_iter().map(|it| (it.path, it.message)).collect();
    assert_eq!(
        found,
        [("src/b.md".to_owned(), "the footer has no `Next Review`".to_owned())]
    );
    book.toml(&settings("Ownr"));
    let run = book.run(&["check", "--format", "concise"]);
    assert!(
        run.stdout
            .contains("`Ownr` is not a field of the header or the footer of the template `own.md`"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_contradicts_itself_is_said_with_its_line() {
    let book = BookTest::new();
    #[rustfmt::skip]
    let cases: [(&str, &str, &str); 15] = [
        ("## A\n\n## B\n\n## A\n", "5", "`A` stands twice, and a document can have it once"),
        ("## A\n\n## B\n<!-- archdoc: alias; name=\"A\" -->\n", "3", "`B` has the name `a`, which another section has too"),
        ("## A\n<!-- archdoc: alias; name=\"B\" -->\n\n## B\n", "1", "`A` has the name `b`, which another section has too"),
        ("## A\n<!-- archdoc: alias; name=\"X\" -->\n\n## B\n<!-- archdoc: alias; name=\"X, Y\" -->\n", "4", "`B` has the name `x`, which another section has too"),
        ("## A\n\n<!-- archdoc: optional -->\n<!-- archdoc: required -->\n", "1", "`A` is both optional and required"),
        ("## A\n\n<!-- archdoc: optonal -->\n", "3", "`optonal` means nothing in a template; did you mean `optional`?"),
        ("## A\n\n<!-- archdoc: alias; nane=\"B\" -->\n", "3", "`alias` has no `nane`; did you mean `name`?"),
        ("## A\n\n<!-- archdoc: optional; always -->\n", "3", "`optional` has no `always`; it has no keys"),
        ("## A\n\n<!-- archdoc: alias; name=\"B -->\n", "3", "a closing `\"` is missing"),
        ("## A\n\n**Owner**: [Name]\n\n<!-- archdoc: field; name=\"Onwer\"; optional -->\n", "5", "there is no field `Onwer` here; did you mean `Owner`?"),
        ("## A\n\n**Owner**: [Name]\n\n<!-- archdoc: field; name=\"Owner\"; optional; required -->\n", "5", "`Owner` is both optional and required"),
        ("## A\n\n<!-- archdoc: field; optional -->\n", "3", "`field` does not say which; write `name=\"…\"`"),
        ("# T\n\n**A**: [a]\n**B**: [b]\n\n## S\n\n---\n\n**C**: [c]\n**C**: [d]\n", "11", "`C` is asked for twice"),
        ("# T\n\n## S\n\n### Step 1\n<!-- archdoc: repeat -->\n\n### Part\n<!-- archdoc: repeat -->\n", "8", "`Part` cannot repeat, a document can have it once; number it, `Part 1`, or leave room for a name, `Part: [Name]`"),
        ("# T\n\n## S\n\n### P\n\n### P\n", "7", "`P` stands twice, and a document can have it once"),
    ];
    for (text, line, message) in cases {
        book.file("t.md", text);
        let run = book.run(&["template", "check", "t.md"]);
        assert_eq!(
            (run.code, run.stdout.trim_end()),
            (1, format!("t.md:{line}: {message}").as_str()),
            "{text}"
        );
    }
    // What cannot be read at all is no template.
    #[rustfmt::skip]
    let broken = [
        ("<!-- archdoc: extends; template=\"t.md\" -->\n\n## A\n", "the template `t.md` extends itself"),
        ("<!-- archdoc: extends; template=\"architectur\" -->\n\n## A\n", "did you mean `architecture`?"),
        ("<!-- archdoc: extends; template=\"adr\" -->\n\n## Contxt\n<!-- archdoc: remove -->\n", "t.md:3: `contxt` cannot be removed, the template `adr` does not have it"),
        ("<!-- archdoc: extends; template=\"adr\" -->\n\n## Contxt\n<!-- archdoc: remove -->\n", "did you mean `context`?"),
        ("# Only a title\n", "the template `t.md` has no section"),
    ];
    for (text, message) in broken {
        book.file("t.md", text);
        let run = book.run(&["template", "check", "t.md"]);
        assert_eq!(run.code, 2, "{text}");
        assert!(run.stderr.contains(message), "{text}: {}", run.stderr);
    }
    // A comment with a typing error says nothing: a build says so too.
    book.toml("template = \"t.md\"\ndocuments = \"all\"\n")
        .file("t.md", "## A\n\n<!-- archdoc: optonal -->\n")
        .chapters(&[("a.md", "# A document\n\n## A\n\nText.\n")]);
    let [found] = &book.findings()[..] else {
        panic!("{:?}", book.findings())
    };
    assert_eq!(
        (found.rule.as_str(), found.path.as_str(), found.message.as_str()),
        (
            "invalid-config",
            "book.toml",
            "t.md:3: `optonal` means nothing in a template; did you mean `optional`?"
        )
    );
}

#[test]
fn a_chapter_can_ask_for_a_template_by_name() {
    let book = BookTest::new();
    book.toml("history = false\ndocuments = [\"none/*.md\"]\n").chapters(&[
        ("a.md", "<!-- archdoc: document; template=\"adr\" -->\n\n# 1. Use a queue\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nOne.\n\n## Decision\n\nTwo.\n"),
        ("b.md", "<!-- archdoc: document; template=\"adrs\" -->\n\n# 2. Use a queue\n"),
    ]);
    let report = book.json();
    assert_eq!(report["documents"], 2);
    let findings = book.findings();
    let of = |path: &str| findings.iter().filter(|it| it.path == path).collect::<Vec<_>>();
    let [gone] = of("src/a.md")[..] else {
        panic!("{findings:#?}")
    };
    assert_eq!(
        (gone.rule.as_str(), gone.section.as_deref()),
        ("missing-section", Some("consequences"))
    );
    let unknown = of("src/b.md")
        .into_iter()
        .find(|it| it.rule == "unknown-directive")
        .unwrap();
    assert_eq!(
        (unknown.line, unknown.column, unknown.message.as_str()),
        (1, 35, "there is no template `adrs`")
    );
}

#[test]
fn a_document_that_follows_them_has_no_finding() {
    let book = book_of_all();
    #[rustfmt::skip]
    let chapters = [
        // Without what is optional, and with options by other names.
        ("madr/0001.md", "# A queue takes the scans\n\n## Context and Problem Statement\n\nWho stores a scan?\n\n## Considered Options\n\n* A queue\n* The database\n\n## Decision Outcome\n\nChosen: \"A queue\", because it never waits.\n\n## Pros and Cons of the Options\n\n### A queue\n\n* Good, because it never waits\n\n### The database\n\n* Bad, because it does\n"),
        ("madr/0002.md", "---\nstatus: accepted\n---\n\n# No queue\n\n## Context and Problem Statement\n\nWho stores a scan?\n\n## Considered Options\n\n* A queue\n\n## Decision Outcome\n\nChosen: none, because nobody runs it.\n\n### Consequences\n\n* Good, because there is less to run\n"),
        // The header may stand below a heading that is nobody's section.
        ("rfc/1.md", "## `sidecars`\n\n- Feature Name: `sidecars`\n- Start Date: 2026-01-31\n- Pull Request: [example/rfcs#12](https://example.com/rfcs/pull/12)\n\n## Summary\n[summary]: #summary\n\nA container beside another.\n\n## Motivation\n[motivation]: #motivation\n\nLogs.\n\n## Rationale and alternatives\n[rationale-and-alternatives]: #rationale-and-alternatives\n\nNone is as small.\n\n## Unresolved questions\n[unresolved-questions]: #unresolved-questions\n\nThe name.\n"),
        // What introduces a list to tick stays; what is answered in a list of one's own is answered.
        ("kep/1.md", "# KEP-4711: Sidecars\n\n## Signoff\n\nThose marked (R) come first.\n\n- [x] (R) The issue is in [tracker]\n- [ ] (R) The tests are there\n\n[tracker]: https://example.com/tracker\n\n## Summary\n\nA container beside another.\n\n## Proposal\n\nStart it first.\n\n### User Stories\n\n#### Story 1\n\nI want logs.\n\n#### Story 2\n\nI want more.\n\n### Risks and Mitigations\n\nNone is known.\n\n## Design Details\n\n### Test Plan\n\n[ ] We know that more tests may be asked for.\n\nAs for all containers.\n\n##### Unit tests\n\n- `pkg/sidecar`: `2026-01-31` - `80%`\n\n##### End-to-end tests\n\n- sidecar_test.go\n\n## Questionnaire\n\n### Turning It On\n\n###### How can it be turned on and off?\n\n- [x] A gate\n  - Name of the gate: Sidecars\n\n###### Does it change what people are used to?\n\nNo.\n\n###### What can tell whether it works?\n\nThe logs.\n\n## Alternatives\n\nAn agent on each node.\n"),
        ("arc42/1.md", "# Introduction and Goals\n\nWhat it is for.\n\n## Requirements Overview\n\nTwo.\n\n## Stakeholders\n\n| Role/Name | Contact |\n|---|---|\n| Lead | Jane |\n\n# Context and Scope\n\n## Business Context\n\nMerchants.\n\n# Building Block View\n\n## Whitebox Overall System\n\nTwo parts.\n\n### Scan Ingest\n\nTakes scans.\n\n## Level 2\n\n### White Box Scan Ingest\n\nA queue.\n\n# Runtime View\n\n## A scan arrives\n\nIt is stored.\n\n## A look-up\n\nIt is answered.\n\n# Glossary\n\n| Term | Definition |\n|---|---|\n| Scan | A reading |\n"),
        ("team/1.md", "# Handbook: Parcels\n\n**Owner**: Jane\n**Since**: 2026-01-31\n\n## Purpose\n\nParcels.\n\n## Systems\n\n### Service: Tracking\n\n**Contact**: Jane\n\n### Service: Ingest\n\n**Contact**: John\n\n## Runbooks\n\n### Failover\n\n**When**: Leipzig is down\n\n1. Call Jane\n\n## Level 1: Context\n\nMerchants.\n\n## Level 2: Containers\n\nOne cluster.\n\n---\n\n**Checked By**: John on 2026-02-01\n"),
    ];
    book.chapters(&chapters);
    let findings = book.findings();
    let shown: Vec<String> = findings
        .iter()
        .map(|it| format!("{}:{} {} {}", it.path, it.line, it.rule, it.message))
        .collect();
    let alias = "src/team/1.md:10 section-alias";
    assert!(shown.iter().all(|it| it.starts_with(alias)), "{shown:#?}");
    assert_eq!(book.json()["documents"], chapters.len());
}
