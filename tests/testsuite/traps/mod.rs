//! Markdown that is not what it looks like: each case a document with one trap, and exactly what is found in it.
//!
//! The documents are [`SMALL_DOCUMENT`] with something changed, held to [`SMALL_TEMPLATE`] unless a case says otherwise.

mod blocks;

use std::fmt::Write as _;

use super::support::{BookTest, Found, SMALL_DOCUMENT, SMALL_TEMPLATE};

/// A document and what is found in it, `line:column severity rule` each.
type Case = (&'static str, String, &'static [&'static str]);

const HEADER: &str = "**Owner**: Maren Oltmanns\n**Status**: Complete\n";
const LIMITS: &str = "## Limits\nSays nothing about wind.\n";

/// The small document with `old` replaced, which must stand in it.
fn with(old: &str, new: &str) -> String {
    assert!(SMALL_DOCUMENT.contains(old), "{old}");
    SMALL_DOCUMENT.replace(old, new)
}

/// Checks the cases as the chapters of one book; what differs fails the test.
fn check(template: &str, cases: &[Case]) {
    let names: Vec<String> = (0..cases.len()).map(|at| format!("case-{at:02}.md")).collect();
    let chapters: Vec<(&str, &str)> = names
        .iter()
        .zip(cases)
        .map(|(name, (_, text, _))| (name.as_str(), text.as_str()))
        .collect();
    let book = BookTest::small("");
    book.file("template.md", template).chapters(&chapters);
    let all = book.findings();
    let mut wrong = String::new();
    for (name, (what, _, expected)) in names.iter().zip(cases) {
        let path = format!("src/{name}");
        let found: Vec<&Found> = all.iter().filter(|it| it.path == path).collect();
        let places: Vec<String> = found
            .iter()
            .map(|it| format!("{}:{} {} {}", it.line, it.column, it.severity, it.rule))
            .collect();
        if places != *expected {
            let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
            writeln!(
                wrong,
                "{what}\n  expected {expected:?}\n  found    {places:?}\n  {messages:?}"
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn nothing_is_wrong_with_the_document_itself() {
    check(SMALL_TEMPLATE, &[("unchanged", SMALL_DOCUMENT.to_owned(), &[])]);
}

#[test]
fn cells_that_are_dropped() {
    let row = |row: &str| with("| 2026-04-02 | Maren Oltmanns | First version |\n", row);
    check(
        SMALL_TEMPLATE,
        &[
            (
                "one too many",
                row("| 2026-04-02 | Maren Oltmanns | First | version |\n"),
                &["21:41 error dropped-cells"],
            ),
            ("one too few", row("| 2026-04-02 | Maren Oltmanns |\n"), &[]),
            ("none", row("|\n| 2026-04-02 | Maren Oltmanns | x |\n"), &[]),
            (
                "no outer pipes",
                row("2026-04-02 | Maren Oltmanns | First version\n"),
                &[],
            ),
            (
                "an escaped pipe",
                row("| 2026-04-02 | Maren Oltmanns | a \\| b |\n"),
                &[],
            ),
            (
                "at the end of the file",
                row("| 2026-04-02 | Maren Oltmanns | First version |")
                    .trim_end()
                    .to_owned(),
                &[],
            ),
        ],
    );
}

#[test]
fn headers_in_every_form() {
    let header = |new: &str| with(HEADER, new);
    check(
        SMALL_TEMPLATE,
        &[
            ("colon inside", header("**Owner:** Maren\n**Status:** Complete\n"), &[]),
            ("bullets", header("- **Owner**: Maren\n- **Status**: Complete\n"), &[]),
            ("plain bullets", header("- Owner: Maren\n- Status: Complete\n"), &[]),
            ("stars", header("* **Owner** : Maren\n* **Status** : Complete\n"), &[]),
            ("a quote", header("> **Owner:** Maren\n> **Status:** Complete\n"), &[]),
            ("plain lines", header("Owner: Maren\nStatus: Complete\n"), &[]),
            (
                "a table",
                header("| Field | Value |\n|---|---|\n| Owner | Maren |\n| Status | Complete |\n"),
                &[],
            ),
            (
                "a bold table",
                header("| **Owner** | Maren |\n|---|---|\n| **Status** | Complete |\n"),
                &[],
            ),
            (
                "hard breaks",
                header("**Owner**: Maren  \n**Status**: Complete\\\n"),
                &[],
            ),
            (
                "one field wrong",
                header("**Owner:** Maren\n**Status:** Finito\n"),
                &["4:13 error invalid-value"],
            ),
            (
                "an unpicked menu",
                header("**Owner:** Maren\n**Status:** Draft/Complete\n"),
                &["4:13 error invalid-value"],
            ),
            (
                "one field gone",
                header("**Status:** Complete\n"),
                &["3:21 error missing-field"],
            ),
            (
                "one field empty",
                header("**Owner**:\n**Status:** Complete\n"),
                &["3:3 error empty-field"],
            ),
        ],
    );
}

#[test]
fn front_matter() {
    let front = |front: &str, rest: String| format!("{front}{rest}");
    let without = with(&format!("{HEADER}\n---\n"), "");
    check(
        SMALL_TEMPLATE,
        &[
            (
                "beside the header",
                front("---\nlayout: page\n---\n\n", SMALL_DOCUMENT.to_owned()),
                &[],
            ),
            (
                "as the header",
                front("---\nowner: Maren\nstatus: Complete\n---\n\n", without.clone()),
                &[],
            ),
            (
                "that ends with a list",
                front("---\ntags:\n  - tides\n  - boats\n---\n\n", SMALL_DOCUMENT.to_owned()),
                &[],
            ),
            (
                "with a wrong value",
                front("---\nowner: Maren\nstatus: Finito\n---\n\n", without),
                &["3:9 error invalid-value"],
            ),
        ],
    );
}

#[test]
fn rules_at_the_start_that_are_no_front_matter() {
    let start = |start: &str| format!("{start}{SMALL_DOCUMENT}");
    check(
        SMALL_TEMPLATE,
        &[
            ("a rule", start("---\n"), &[]),
            (
                "two rules and text",
                start("---\nOur documents are in English.\n\n---\n\n"),
                &[],
            ),
            (
                "a fence between rules",
                start("---\nExample:\n```sh\n# x\n---\n```\n\n"),
                &[],
            ),
        ],
    );
}

#[test]
fn line_ends_marks_and_ends_of_files() {
    let broken = with("- A gauge", "- [Gauge]: x\n- A gauge").replace("Complete", "Finito");
    const FOUND: &[&str] = &["4:13 error invalid-value", "12:3 error lost-list-item"];
    check(
        SMALL_TEMPLATE,
        &[
            ("as they are", broken.clone(), FOUND),
            ("CRLF", broken.replace('\n', "\r\n"), FOUND),
            ("a byte order mark", format!("\u{feff}{broken}"), FOUND),
            ("both", format!("\u{feff}{}", broken.replace('\n', "\r\n")), FOUND),
            ("no line end at the end", broken.trim_end().to_owned(), FOUND),
            ("mixed", broken.replacen('\n', "\r\n", 7), FOUND),
            (
                "characters of several units",
                broken.replace("[Gauge]", "[表👥é]"),
                FOUND,
            ),
            (
                "no-break spaces",
                broken.replace("**Status**: ", "**Status**:\u{a0}"),
                FOUND,
            ),
        ],
    );
}

#[test]
fn names_that_recur_are_told_apart_by_their_place() {
    let template = "# Service: [Name]\n\n## Data\n### Models\n[What]\n\n### Storage\n[Where]\n\n## Interface\n### Models\n[What]\n\n\
        ### Monitoring\n[How]\n\n## Monitoring\n[How]\n";
    let document = "# Service: Tides\n\n## Data\n### Models\nA\n\n### Storage\nB\n\n## Interface\n### Models\nC\n\n\
        ### Monitoring\nD\n\n## Monitoring\nE\n";
    let without = |part: &str| {
        assert_eq!(document.matches(part).count(), 1);
        document.replace(part, "")
    };
    check(
        template,
        &[
            ("whole", document.to_owned(), &[]),
            (
                "the first models",
                without("### Models\nA\n\n"),
                &["4:1 info missing-subsection"],
            ),
            (
                "the second models",
                without("### Models\nC\n\n"),
                &["11:1 info missing-subsection"],
            ),
            (
                "the inner monitoring",
                without("### Monitoring\nD\n\n"),
                &["14:1 info missing-subsection"],
            ),
            (
                "the outer monitoring",
                without("## Monitoring\nE\n"),
                &["15:2 error missing-section"],
            ),
        ],
    );
}

#[test]
fn rules_end_no_section_and_the_footer_is_no_part_of_the_last_one() {
    let footer = "\n---\n\n**Document Status**: [Draft/Review/Approved]\n**Next Review Date**: [Date]\n";
    let template = format!("{SMALL_TEMPLATE}{footer}");
    let end = "\n---\n\n**Document Status**: Approved\n**Next Review Date**: 2027-01-31\n";
    let document = format!("{SMALL_DOCUMENT}{end}");
    check(
        &template,
        &[
            ("whole", document.clone(), &[]),
            ("rules everywhere", document.replace("\n## ", "\n---\n\n## "), &[]),
            (
                "rules in a section",
                document.replace("table\n", "table\n\n---\n\n- More\n\n***\n\nText.\n"),
                &[],
            ),
            (
                "an empty last section",
                document
                    .replace("| 2026-04-02 | Maren Oltmanns | First version |\n", "")
                    .replace("| Date | Author | Changes |\n|------|--------|---------|\n", ""),
                &["17:4 error empty-section"],
            ),
            (
                "a wrong date",
                document.replace("2027-01-31", "2027-02-31"),
                &["26:23 error invalid-date"],
            ),
            (
                "swallowed",
                document.replace("Approved\n", "Approved\n---\n"),
                &["26:1 error swallowed-heading"],
            ),
        ],
    );
}

#[test]
fn sections_on_another_level_all_of_them() {
    let up = SMALL_DOCUMENT.replace("\n## ", "\n# ");
    let down = SMALL_DOCUMENT.replace("\n## ", "\n### ");
    check(SMALL_TEMPLATE, &[("as titles", up, &[]), ("one lower", down, &[])]);
}

#[test]
fn a_template_without_a_title_asks_for_none() {
    let untitled = |text: &str, title: &str| text.replace(title, "");
    check(
        &untitled(SMALL_TEMPLATE, "# Service: [Name]\n\n"),
        &[
            ("none", untitled(SMALL_DOCUMENT, "# Service: Tide tables\n\n"), &[]),
            ("one all the same", SMALL_DOCUMENT.to_owned(), &[]),
        ],
    );
}

#[test]
fn what_does_not_apply_is_said_with_a_reason() {
    let limits = |text: &str| with("Says nothing about wind.", text);
    check(
        SMALL_TEMPLATE,
        &[
            ("with a reason", limits("Not applicable: it has none"), &[]),
            ("in italics", limits("_Not applicable: it has none_"), &[]),
            ("in short", limits("N/A - it has none"), &[]),
            ("nothing", limits(""), &["14:4 error empty-section"]),
            (
                "a comment is nothing",
                limits("<!-- to do -->"),
                &["14:4 error empty-section"],
            ),
        ],
    );
}

#[test]
fn a_heading_that_is_underlined_has_no_marks_to_mend() {
    for name in ["👥 Limits", "Limits"] {
        let book = BookTest::small(&SMALL_DOCUMENT.replace("## Limits\n", &format!("{name}\n===\n")));
        let report = book.json();
        let findings = report["findings"].as_array().unwrap();
        let level: Vec<_> = findings
            .iter()
            .filter(|found| found["rule"] == "wrong-heading-level")
            .collect();
        assert_eq!(level.len(), 1, "{name}: {findings:#?}");
        assert!(level[0]["fix"].is_null(), "{name}");
    }
}
