//! The review through the program: every outcome that an item of the checklist can have, in JSON and on the page, and
//! what `check` says when a section speaks against a tick.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use super::support::{BookTest, example_chapter, run};

const ITEMS: [&str; 10] = [
    "All diagrams are clear and up-to-date",
    "Component responsibilities are well-defined",
    "Security measures are documented",
    "Scalability strategy is defined",
    "Disaster recovery plan is documented",
    "All stakeholders have reviewed",
    "Technology choices are justified",
    "Known limitations are documented",
    "Future roadmap is defined",
    "References are complete and accurate",
];

/// The document with one part of it changed; the part must be there.
fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old:?} is gone from the example");
    text.replace(old, new)
}

/// The completed example with the evidence for one item broken, and nothing else.
fn broken(item: usize) -> String {
    let text = example_chapter("parcel-tracking.md");
    let line = |start: &str| {
        let line = text.lines().find(|line| line.starts_with(start));
        line.unwrap_or_else(|| panic!("{start:?} is gone from the example"))
    };
    match item {
        0 => with(&text, "│       Notifier       │", "│        Mailer        │"),
        1 => {
            let text = with(&text, &format!("{}\n", line("- Match events to")), "");
            let text = with(&text, "- Render messages in German, English, French and Polish\n", "");
            with(&text, &format!("{}\n", line("- Send by Postmark")), "")
        }
        2 => with(
            &text,
            line("- **Secrets Management**"),
            "- **Secrets Management**: [AWS Secrets Manager/HashiCorp Vault/etc.]",
        ),
        3 => {
            let demand = line("- **Scalability**: 2.4 million");
            let start = text.find("## 📈 Scalability").unwrap();
            let end = text.find("## 🔄 Disaster Recovery").unwrap();
            let vague = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "some ");
            let section = vague(&text[start..end]);
            let text = format!("{}{section}{}", &text[..start], &text[end..]);
            with(&text, demand, "- **Scalability**: It grows with the number of parcels")
        }
        4 => with(&text, "Objective)**: 15 minutes", "Objective)**: soon"),
        5 => with(&text, ", Sofia Marin on 2026-10-14", " on 2026-10-14"),
        6 => with(&text, line("- **Registry**"), "- **Registry**: Harbor 2.11"),
        7 => with(
            &text,
            line("2. **Limitation 2**"),
            "2. **Limitation 2**: [Description and workaround]",
        ),
        8 => {
            let text = with(&text, "(Q1 2027)", "(Q1 2026)");
            let text = with(&text, "(Q2 2027)", "(Q2 2026)");
            with(&text, "(Q3 2027)", "(Q3 2026)")
        }
        _ => with(&text, "(introduction.md)", "(gone.md)"),
    }
}

/// A book of documents, with the chapters that the example's references lead to.
fn book(documents: &[(String, String)]) -> BookTest {
    let book = BookTest::new();
    let others = ["introduction.md", "returns-portal.md", "archdoc.md"].map(|name| (name, "# A chapter\n".to_owned()));
    let documents = documents.iter().map(|(path, text)| (path.as_str(), text.clone()));
    book.toml("fail-on = \"never\"\n")
        .chapters(&documents.chain(others).collect::<Vec<_>>());
    book
}

/// Outcome and reason of each item, by document.
fn outcomes(book: &BookTest) -> BTreeMap<String, Vec<(String, String, String)>> {
    let run = book.run(&["status", "--format", "json"]);
    let status: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let of = |document: &Value| {
        let items = document["review"]["items"].as_array().unwrap().iter();
        let items = items.map(|item| (text(&item["text"]), text(&item["outcome"]), text(&item["why"])));
        (text(&document["path"]), items.collect())
    };
    status["documents"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn every_outcome_of_every_item() {
    let whole = example_chapter("parcel-tracking.md");
    let mut documents = vec![("done.md".to_owned(), whole.clone())];
    for (index, item) in ITEMS.iter().enumerate() {
        let (ticked, open) = (format!("- [x] {item}\n"), format!("- [ ] {item}\n"));
        let waived = format!("- [ ] {item} (N/A: not for this one)\n");
        documents.extend([
            (format!("contradicted-{index}.md"), broken(index)),
            (format!("pending-{index}.md"), with(&broken(index), &ticked, &open)),
            (format!("ready-{index}.md"), with(&whole, &ticked, &open)),
            (format!("waived-{index}.md"), with(&broken(index), &ticked, &waived)),
        ]);
    }
    let found = outcomes(&book(&documents));
    for (path, items) in &found {
        let name = path.trim_start_matches("src/").trim_end_matches(".md");
        let (outcome, at) = name.split_once('-').unwrap_or((name, "10"));
        let at: usize = at.parse().unwrap();
        assert_eq!(items.len(), ITEMS.len(), "{path}");
        for (index, (text, found, why)) in items.iter().enumerate() {
            let expected = if index == at { outcome } else { "done" };
            assert_eq!(found, expected, "{path}: {text}: {why}");
            assert!(!why.is_empty(), "{path}: {text}");
        }
    }
    assert_eq!(found.len(), 41);
}

#[test]
fn what_nothing_can_tell_is_attested() {
    let text = example_chapter("parcel-tracking.md");
    let items = "- [x] The name was agreed with marketing\n- [ ] The press was told\n- [x] Security measures";
    let text = with(&text, "- [x] Security measures", items);
    let found = outcomes(&book(&[("a.md".to_owned(), text)]));
    let found: Vec<&str> = found["src/a.md"]
        .iter()
        .map(|(_, outcome, _)| outcome.as_str())
        .collect();
    let mut expected = vec!["done"; 12];
    (expected[2], expected[3]) = ("attested", "pending");
    assert_eq!(found, expected);
}

#[test]
fn a_broken_section_contradicts_exactly_its_item() {
    let documents: Vec<_> = (0..ITEMS.len())
        .map(|index| (format!("broken-{index}.md"), broken(index)))
        .collect();
    let book = book(&documents);
    let report = book.json();
    let findings = report["findings"].as_array().unwrap();
    for (index, item) in ITEMS.iter().enumerate() {
        let path = format!("src/broken-{index}.md");
        let own: Vec<&Value> = findings
            .iter()
            .filter(|finding| finding["path"] == path.as_str())
            .collect();
        let itself = own
            .iter()
            .filter(|finding| finding["rule"] == "contradicted-item")
            .count();
        let noted = own.iter().filter(|finding| {
            let notes = finding["notes"].as_array().unwrap().iter();
            let mut notes = notes.filter_map(Value::as_str);
            notes.any(|note| note.contains("ticked item") && note.contains(&format!("`{item}`")))
        });
        let noted: Vec<&&Value> = noted.collect();
        for cause in &noted {
            assert!(
                ["warning", "error"].contains(&cause["severity"].as_str().unwrap()),
                "{cause}"
            );
        }
        assert_eq!(noted.len() + itself, 1, "{item}: {own:#?}");
        // Where nothing worse explains it, it stands alone.
        let worse = |finding: &&&Value| {
            let severity = finding["severity"].as_str().unwrap();
            severity != "info" && finding["rule"] != "contradicted-item"
        };
        assert_eq!(own.iter().filter(worse).count() > 0, itself == 0, "{item}: {own:#?}");
        // A roadmap is over because time went by, and that alone turns no build red.
        assert!(
            index != 8 || own.iter().all(|finding| finding["severity"] != "error"),
            "{own:#?}"
        );
    }
    assert_eq!(book.build().code, 0);
    for (index, item) in ITEMS.iter().enumerate() {
        let page = book.built(&format!("broken-{index}.html"));
        let items = page.split("<li>").filter(|part| part.contains("type=\"checkbox\""));
        let contradicted: Vec<&str> = items
            .filter(|part| part.contains("⚠ <strong>contradicted</strong>"))
            .collect();
        assert!(
            matches!(contradicted.as_slice(), [one] if one.contains(item)),
            "{item}: {contradicted:?}"
        );
        assert!(
            page.contains("Review progress</strong>: 10 of 10 (9 done, 1 contradicted)"),
            "{item}"
        );
    }
    let run = book.run(&["status", "--format", "json"]);
    let status: Value = serde_json::from_str(&run.stdout).unwrap();
    for document in status["documents"].as_array().unwrap() {
        let review = &document["review"];
        assert_eq!(
            (&review["done"], &review["total"]),
            (&10.into(), &10.into()),
            "{review}"
        );
    }
}

/// Runs git in the book's folder, at noon of a day.
fn git(book: &BookTest, args: &[&str], day: &str) {
    let mut command = Command::new("git");
    command.args(args).current_dir(book.path(""));
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_AUTHOR_NAME", "Ines Carvalho"),
        ("GIT_AUTHOR_EMAIL", "ines@example.org"),
        ("GIT_COMMITTER_NAME", "Ines Carvalho"),
        ("GIT_COMMITTER_EMAIL", "ines@example.org"),
        ("GIT_AUTHOR_DATE", &format!("{day}T12:00:00Z")),
        ("GIT_COMMITTER_DATE", &format!("{day}T12:00:00Z")),
    ] {
        command.env(name, value);
    }
    let run = run(&mut command, b"");
    assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
}

#[test]
fn a_review_that_is_older_than_the_text_is_no_review_of_it() {
    let book = BookTest::new();
    let text = example_chapter("parcel-tracking.md");
    let changed = with(&text, "AES-256; contact", "AES-128; contact");
    book.toml("fail-on = \"never\"\n");
    let commit = |text: &str, date: &str, message: &str| {
        book.chapters(&[("a.md", text.to_owned()), ("introduction.md", "# I\n".to_owned())]);
        book.file("src/returns-portal.md", "# R\n")
            .file("src/archdoc.md", "# A\n");
        git(&book, &["add", "."], date);
        git(&book, &["commit", "-q", "-m", message], date);
    };
    git(&book, &["init", "-q"], "2026-10-01");
    let stakeholders = || outcomes(&book)["src/a.md"][5].clone();
    commit(&text, "2026-10-12", "Write it down");
    assert_eq!(stakeholders().1, "done");
    commit(&changed, "2026-11-01", "Use shorter keys");
    let (_, outcome, why) = stakeholders();
    assert_eq!(
        (outcome.as_str(), why.as_str()),
        (
            "contradicted",
            "`Security Architecture` changed since the review on 2026-10-14"
        )
    );
    // The rule that says the same has the item as a note.
    let report = book.json();
    let of = |rule: &str| -> Vec<Value> {
        let findings = report["findings"].as_array().unwrap().iter();
        findings.filter(|finding| finding["rule"] == rule).cloned().collect()
    };
    assert_eq!(of("contradicted-item"), Vec::<Value>::new());
    assert!(
        of("changed-since-review")[0]["notes"].to_string().contains(ITEMS[5]),
        "{report:#}"
    );
    // Trailers of the commits since then name who has seen it.
    let all = "Amara Nwosu, Jonas Weber, Priya Raman, Tomasz Zielinski, Mateo Silva, Yuki Tanaka, Grace Adeyemi, Lukas \
               Hartmann, Sofia Marin";
    let trailers: Vec<String> = all
        .split(", ")
        .map(|name| format!("Reviewed-by: {name} <x@y.z>"))
        .collect();
    let again = with(&changed, "AES-128; contact", "AES-192; contact");
    commit(
        &again,
        "2026-11-02",
        &format!("Use longer keys\n\n{}", trailers.join("\n")),
    );
    assert_eq!(stakeholders().1, "done");
}

#[test]
fn what_an_image_shows_of_a_newer_component_is_not_known() {
    let book = BookTest::new();
    book.toml("fail-on = \"never\"\n");
    let text = example_chapter("parcel-tracking.md");
    let start = text.find("### High-Level Architecture").unwrap();
    let end = text.find("## 🔧 Component Details").unwrap();
    let images =
        "### High-Level Architecture\n\n![All of it](all.svg)\n\n### Component Diagram\n\n![Parts](parts.svg)\n\n";
    let text = format!("{}{images}---\n\n{}", &text[..start], &text[end..]);
    let (third, data) = (text.find("### Component 3").unwrap(), text.find("## 💾 Data").unwrap());
    let first = format!("{}{}", &text[..third], &text[data..]);
    let diagrams = || {
        let item = outcomes(&book)["src/a.md"][0].clone();
        (item.1, item.2)
    };
    git(&book, &["init", "-q"], "2026-10-01");
    for (text, day, outcome) in [(&first, "2026-10-02", "done"), (&text, "2026-10-12", "attested")] {
        book.chapters(&[("a.md", text.as_str())]);
        git(&book, &["add", "."], day);
        git(&book, &["commit", "-q", "-m", "Write it down"], day);
        assert_eq!(diagrams().0, outcome, "{:?}", diagrams());
    }
    let expected = "an image cannot be read, and the section last changed on 2026-10-02, before `Notifier` was added on \
                    2026-10-12";
    assert_eq!(diagrams().1, expected);
}

#[test]
fn a_team_binds_its_own_items() {
    let template = "# Service: [Name]\n\n**Status**: [Draft/In Progress/Complete]\n\n## Purpose\n\n[Why]\n\n\
                    ## Known Limitations\n\n1. [Limitation]\n\n## Running it\n\n[How]\n\n\
                    ## Review Checklist\n\n- [ ] The purpose is agreed\n- [ ] We can run it\n- [ ] Limits are known\n";
    let document = "# Service: Tides\n\n**Status**: In Progress\n\n## Purpose\n\nTells boats when to cross.\n\n\
                    ## Known Limitations\n\n1. No wind.\n2. No waves.\n\n## Running it\n\n\
                    ## Review Checklist\n\n- [x] The purpose is agreed\n- [x] We can run it\n- [ ] Limits are known\n\
                    - [x] The harbour master agrees\n";
    let book = BookTest::new();
    book.toml(
        "template = \"team.md\"\ndocuments = \"all\"\nfail-on = \"never\"\n\
         [preprocessor.archdoc.section.\"review-checklist\".evidence]\n\
         \"The purpose is agreed\" = [\"purpose\"]\n\"We can run it\" = [\"purpose\", \"running-it\"]\n\
         \"Limits are known\" = \"limitations\"\n",
    );
    book.file("team.md", template).chapters(&[("a.md", document)]);
    let found = outcomes(&book);
    let found: Vec<(&str, &str)> = found["src/a.md"]
        .iter()
        .map(|(_, outcome, why)| (outcome.as_str(), why.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("done", "1 section is complete"),
            ("contradicted", "`Running it` is empty"),
            ("ready", "2 limitations are documented"),
            ("attested", "nothing in the document can tell"),
        ]
    );
}
