//! One change to the complete document, one finding: each of its sections deleted, renamed, misspelt, moved to another
//! level, doubled and emptied. What is expected is computed from the text alone.

use std::fmt::Write as _;

use super::support::{BookTest, Found, example_chapter, places};

/// A section of the text: its lines, from 0, and the name in its heading.
struct Section {
    /// The line of its heading.
    start: usize,
    /// The line of the next section's heading, or of the footer's rule.
    end: usize,
    name: String,
}

/// A changed document and the one finding that it should have.
struct Case {
    file: String,
    text: String,
    rule: &'static str,
    severity: &'static str,
    /// The line of the finding, from 1.
    line: usize,
    /// The id of the section.
    section: String,
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The sections of level 2, fences left out, the footer cut off.
fn sections(lines: &[&str]) -> Vec<Section> {
    let mut starts = Vec::new();
    let mut fenced = false;
    for (number, line) in lines.iter().enumerate() {
        fenced ^= line.starts_with("```");
        if !fenced && line.starts_with("## ") {
            starts.push(number);
        }
    }
    let footer = lines.iter().rposition(|line| line.trim() == "---").unwrap();
    starts.push(footer);
    starts
        .windows(2)
        .map(|pair| Section {
            start: pair[0],
            end: pair[1],
            name: lines[pair[0]].trim_start_matches('#').trim().to_owned(),
        })
        .collect()
}

/// `🔐 Security Architecture` is `security-architecture`.
fn id(name: &str) -> String {
    let words = name.replace('&', "and");
    let words = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.is_ascii() && !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// The lines with those of `range` replaced.
fn spliced(lines: &[&str], range: std::ops::Range<usize>, new: &str) -> String {
    [&lines[..range.start].concat(), new, &lines[range.end..].concat()].concat()
}

/// Two letters in the middle of the longest word change places: a typing error.
fn misspelt(heading: &str) -> String {
    let word = heading
        .split_whitespace()
        .max_by_key(|word| word.chars().count())
        .unwrap();
    let mut letters: Vec<char> = word.chars().collect();
    let at = (1..letters.len() - 1)
        .rev()
        .find(|at| letters[*at] != letters[at + 1])
        .unwrap();
    letters.swap(at, at + 1);
    heading.replace(word, &letters.into_iter().collect::<String>())
}

fn cases(text: &str) -> Vec<Case> {
    let lines = lines(text);
    let sections = sections(&lines);
    assert_eq!(sections.len(), 21);
    let mut cases = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        let Section { start, end, ref name } = *section;
        let heading = lines[start];
        let body = lines[start + 1..end].concat();
        let mut case = |what: &str, text: String, rule, severity, line| {
            cases.push(Case {
                file: format!("{what}-{:02}.md", index + 1),
                text,
                rule,
                severity,
                line,
                section: id(name),
            });
        };
        // What followed the section now stands where its heading stood.
        case(
            "delete",
            spliced(&lines, start..end, ""),
            "missing-section",
            "error",
            start + 1,
        );
        // The new name ends the section before it. Where none is before it, the next known one says where.
        let expected = if index == 0 { sections[1].start } else { start };
        let renamed = spliced(&lines, start..start + 1, "## Zoological Garden\n");
        case("rename", renamed, "missing-section", "error", expected + 1);
        let typed = spliced(&lines, start..start + 1, &misspelt(heading));
        case("misspell", typed, "misspelt-section", "warning", start + 1);
        let down = spliced(&lines, start..start + 1, &format!("#{heading}"));
        case("down", down, "wrong-heading-level", "warning", start + 1);
        let up = spliced(&lines, start..start + 1, heading.strip_prefix('#').unwrap());
        case("up", up, "wrong-heading-level", "warning", start + 1);
        let double = spliced(&lines, end..end, &format!("{heading}{body}"));
        case("double", double, "duplicate-section", "warning", end + 1);
        let last = sections[20].end;
        let far = spliced(&lines, last..last, &format!("{heading}{body}"));
        case("twin", far, "duplicate-section", "warning", last + 1);
        let empty = spliced(&lines, start..end, &format!("{heading}\n---\n\n"));
        case("empty", empty, "empty-section", "error", start + 1);
    }
    cases
}

/// Runs the cases as the chapters of one book; what is not as expected comes back, a line each.
fn differences(cases: &[Case]) -> String {
    let book = BookTest::new();
    let chapters: Vec<(&str, &str)> = cases
        .iter()
        .map(|case| (case.file.as_str(), case.text.as_str()))
        .collect();
    book.chapters(&chapters);
    // What the references of the example lead to.
    for name in ["introduction", "returns-portal", "archdoc"] {
        book.file(&format!("src/{name}.md"), "# A chapter\n");
    }
    let findings = book.findings();
    let mut wrong = String::new();
    for case in cases {
        let path = format!("src/{}", case.file);
        let found: Vec<Found> = findings
            .iter()
            .filter(|it| it.path == path && it.severity != "info")
            .cloned()
            .collect();
        let right = matches!(&found[..], [one] if one.rule == case.rule
            && one.severity == case.severity
            && one.line == case.line as u64
            && one.section.as_deref() == Some(case.section.as_str()));
        if !right {
            let expected = format!("{path}:{} {} {} {}", case.line, case.severity, case.rule, case.section);
            writeln!(wrong, "expected {expected}\n   found {:?}", places(&found)).unwrap();
        }
    }
    wrong
}

#[test]
fn one_change_is_one_finding() {
    let wrong = differences(&cases(&example_chapter("parcel-tracking.md")));
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn with_other_line_ends_and_a_mark_at_the_start_too() {
    let mut cases = cases(&example_chapter("parcel-tracking.md"));
    for case in &mut cases {
        case.text = format!("\u{feff}{}", case.text.replace('\n', "\r\n"));
    }
    let wrong = differences(&cases);
    assert!(wrong.is_empty(), "{wrong}");
}
