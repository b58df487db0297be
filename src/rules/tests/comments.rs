//! What a document allows, and what is said of it.

use super::Book;

const TOML: &str = "[preprocessor.archdoc]\ntemplate = \"template.md\"\ndocuments = \"all\"\n";
const TEMPLATE: &str = "# [Name]\n\n**Status**: [Draft/Complete]\n\n## One\n\n### Part\n\n[a]\n\n### Rest\n\n[b]\n\n\
                        ## Two\n\n### Part\n\n[c]\n\n## Three\n\n[d]\n\n---\n\n**Reviewer**: [Person]\n";

/// `rule at line` of each finding, and how many were taken out.
fn checked(chapter: &str) -> (Vec<String>, usize) {
    let book = Book::new(TOML, TEMPLATE, chapter);
    let line = |found: &crate::diagnostic::Diagnostic| found.place.file.position(found.place.span.start).line;
    let found = book.checked.diagnostics.iter();
    (
        found
            .map(|found| format!("{} at {}", found.rule, line(found)))
            .collect(),
        book.checked.suppressed,
    )
}

fn allow(rest: &str) -> String {
    format!("<!-- archdoc: allow; {rest}; reason=\"because\" -->")
}

/// A document with a comment in each of its places: 0 above the title, 1 below it, 2 in `One`, 3 in its part, 4 in
/// `Two`, 5 in the footer.
fn with(place: usize, comment: &str) -> String {
    let at = |here: usize| if here == place { comment } else { "" };
    format!(
        "{}\n# N\n{}\n**Status**: Complete\n\n## One\n{}\n### Part\n{}\nTBD\n\n### Rest\n\nx\n\n## Two\n{}\nTBD\n\n\
         ### Part\n\n---\n{}\n**Reviewer**: TBD\n",
        at(0),
        at(1),
        at(2),
        at(3),
        at(4),
        at(5)
    )
}

#[test]
fn an_allow_counts_for_the_section_in_which_it_stands() {
    let all = [
        "todo-marker at 10",
        "todo-marker at 18",
        "empty-section at 20",
        "missing-section at 22",
        "todo-marker at 24",
    ];
    assert_eq!(checked(&with(9, "")), (all.map(str::to_owned).to_vec(), 0));
    for (place, rest, hidden) in [
        (0, "rule=todo-marker", vec![0, 1, 4]),
        (1, "rule=todo-marker", vec![0, 1, 4]),
        (1, "rule=\"todo-marker, missing-section\"", vec![0, 1, 3, 4]),
        (2, "rule=todo-marker", vec![0]),
        (3, "rule=todo-marker", vec![0]),
        (4, "rule=\"todo-marker,empty-section\"", vec![1, 2]),
        (5, "rule=todo-marker", vec![4]),
        (1, "rule=missing-section", vec![3]),
        (1, "rule=missing-section; section=three", vec![3]),
        (4, "rule=missing-section; section=three", vec![3]),
        (1, "rule=todo-marker; section=two", vec![1]),
        (5, "rule=todo-marker; section=\"one/part\"", vec![0]),
        (2, "rule=empty-section; section=\"two/part\"", vec![2]),
        (2, "rule=todo-marker; until=2026-11-22", vec![0]),
    ] {
        let left: Vec<String> = (0..all.len())
            .filter(|index| !hidden.contains(index))
            .filter_map(|index| all.get(index).map(|&name| name.to_owned()))
            .collect();
        assert_eq!(
            checked(&with(place, &allow(rest))),
            (left, hidden.len()),
            "{place} {rest}"
        );
    }
}

#[test]
fn what_is_absent_is_allowed_by_the_section_that_lacks_it() {
    let chapter = |one: &str, two: &str| {
        format!(
            "# N\n\n**Status**: Complete\n\n## One\n{one}\nx\n\n### Rest\n\ny\n\n## Two\n{two}\nz\n\n## Three\n\nw\n\n---\n\n\
             **Reviewer**: Ada\n"
        )
    };
    let comment = allow("rule=missing-subsection");
    assert_eq!(checked(&chapter("", "")).0.len(), 2, "{:?}", checked(&chapter("", "")));
    assert_eq!(checked(&chapter(&comment, "")).0.len(), 1);
    assert_eq!(checked(&chapter("", &comment)).0.len(), 1);
    assert_eq!(checked(&chapter(&comment, &comment)), (vec![], 2));
}

#[test]
fn what_is_said_of_comments() {
    for (place, comment, expected) in [
        (3, allow("rule=empty-section"), vec!["unused-suppression at 9"]),
        (
            2,
            allow("rule=\"todo-marker, empty-section\""),
            vec!["unused-suppression at 7"],
        ),
        (
            2,
            allow("rule=todo-marker; until=2026-11-21"),
            vec!["expired-suppression at 7", "todo-marker at 10"],
        ),
        (
            2,
            allow("rule=empty-section; until=2026-11-21"),
            vec!["unused-suppression at 7"],
        ),
        (2, allow("rule=todo-marker; until=soon"), vec!["unknown-directive at 7"]),
        (2, allow("rule=section-alias"), vec![]),
        (
            2,
            allow("rule=todo-marker; section=on"),
            vec!["unknown-directive at 7", "todo-marker at 10"],
        ),
        (
            2,
            allow("rule=todo-markr"),
            vec!["unknown-directive at 7", "todo-marker at 10"],
        ),
        (2, allow("rule=no-document"), vec!["unknown-directive at 7"]),
        (2, allow("rule=unused-suppression"), vec!["unknown-directive at 7"]),
        (
            2,
            allow("rules=todo-marker"),
            vec!["unknown-directive at 7", "unknown-directive at 7"],
        ),
        (2, "<!-- archdoc: allow -->".to_owned(), vec!["unknown-directive at 7"]),
        (
            2,
            "<!-- archdoc: allow; rule=todo-marker -->".to_owned(),
            vec!["unexplained-suppression at 7"],
        ),
        (
            2,
            "<!-- archdoc: optional -->".to_owned(),
            vec!["unknown-directive at 7"],
        ),
        (2, "<!-- archdoc: overview -->".to_owned(), vec![]),
        (2, "<!-- archdoc: -->".to_owned(), vec!["unknown-directive at 7"]),
        (2, "`<!-- archdoc: nothing -->`".to_owned(), vec![]),
    ] {
        let found = checked(&with(place, &comment)).0;
        let about: Vec<&str> = found
            .iter()
            .map(String::as_str)
            .filter(|found| expected.contains(found) || found.contains("suppression") || found.contains("directive"))
            .collect();
        assert_eq!(about, expected, "{comment}: {found:?}");
    }
}

/// All words that a template can use come along when somebody copies it by hand.
#[test]
fn words_of_templates_are_no_mistakes_in_a_copy() {
    for word in [
        "alias; name=\"Parts\"",
        "extends; template=\"architecture\"",
        "field; name=\"Owner\"; optional",
        "optional",
        "remove",
        "required",
    ] {
        let chapter = with(2, &format!("<!-- archdoc: {word} -->"));
        let book = Book::new(TOML, TEMPLATE, &chapter);
        let mut found = book.checked.diagnostics.iter();
        let found = found.find(|found| found.rule == "unknown-directive").expect(word);
        assert_eq!(found.severity, crate::diagnostic::Severity::Info, "{word}");
    }
}

/// Without any of the rules that ran, nobody knows whether the comment is needed.
#[test]
fn a_rule_that_is_off_is_not_judged() {
    let toml = format!("{TOML}[preprocessor.archdoc.rules]\nempty-section = \"off\"\n");
    let book = Book::new(&toml, TEMPLATE, &with(3, &allow("rule=empty-section")));
    assert!(!book.printed().contains("unused-suppression"), "{}", book.printed());
}

#[test]
fn a_comment_that_is_taken_out_leaves_the_blocks_apart() {
    let comment = allow("rule=empty-section");
    let rule = super::rule("unused-suppression").expect("a rule");
    for (before, after) in [
        ("## Three\n\nC\n\nx\n", "## Three\n\nx\n"),
        ("## Three\nC\nx\n", "## Three\nx\n"),
        ("## Three\n\nx\nC\ny\n", "## Three\n\nx\n\ny\n"),
        ("## Three\n\nx\n\nC\ny\n", "## Three\n\nx\n\ny\n"),
        ("## Three\n\nx\n\nC\n", "## Three\n\nx\n"),
        ("## Three\n\nx\n\nC", "## Three\n\nx\n"),
        ("## Three\n\nx\nC\n", "## Three\n\nx\n"),
        ("## Three\n\nx C y\n", "## Three\n\nx y\n"),
        ("## Three\n\n- x\n  C\n- y\n", "## Three\n\n- x\n\n- y\n"),
        ("## Three\n\n> C\n> x\n", "## Three\n\n>\n> x\n"),
    ] {
        for end in ["\n", "\r\n"] {
            let text = before.replace('C', &comment).replace('\n', end);
            let book = Book::new(TOML, TEMPLATE, &text);
            assert_eq!(book.fixed(rule), (after.replace('\n', end), 1), "{before:?}");
        }
    }
}

/// A file that is included into several documents may allow what only some of them need.
#[test]
fn comments_of_included_files_are_not_called_unused() {
    let template = format!("{TEMPLATE}\n{}\n", allow("rule=lost-list-item"));
    let included = Book::new(TOML, &template, "{{#include ../template.md}}\n").printed();
    let written = Book::new(TOML, &template, &template).printed();
    assert!(
        !included.contains("unused-suppression") && !included.contains("broken-include"),
        "{included}"
    );
    assert!(written.contains("unused-suppression"), "{written}");
}

/// A misspelt `document` is why the chapter is none.
#[test]
fn chapters_that_are_no_documents_are_asked_for_their_comments() {
    let toml = "[preprocessor.archdoc]\ntemplate = \"template.md\"\n";
    let printed = |chapter: &str| Book::new(toml, TEMPLATE, chapter).printed();
    assert!(printed("<!-- archdoc: documnt -->\n\n# Guide\n").contains("did you mean `document`?"));
    assert!(!printed("<!-- archdoc: overview -->\n\n# Guide\n").contains("unknown-directive"));
    assert!(!printed("# Guide\n\n```md\n<!-- archdoc: documnt -->\n```\n").contains("unknown-directive"));
    let excluded = format!("{toml}exclude = [\"*.md\"]\n");
    let printed = Book::new(&excluded, TEMPLATE, "<!-- archdoc: documnt -->\n").printed();
    assert!(!printed.contains("unknown-directive"), "{printed}");
}
