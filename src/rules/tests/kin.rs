//! Rules about fields, titles and leftovers: what they say, and where they are silent.

use super::Book;

const TEMPLATE: &str = "# Architecture: [Name]\n\n**Version**: [Version Number]\n\n**Status**: [Draft/Complete]\n\n\
                        **Author**: [Your Name]\n\n## Parts\n\n### Part 1: [Part Name]\n\n**Purpose**: [What for]\n\n\
                        ### Part 2: [Part Name]\n\n[Repeat structure]\n\n## Limits\n\n[What not]\n\n---\n\n\
                        **Next Review Date**: [Date]\n";
const TOML: &str = "[preprocessor.archdoc]\ntemplate = \"template.md\"\ndocuments = \"all\"\n";

fn found(chapter: &str) -> Vec<String> {
    let book = Book::new(TOML, TEMPLATE, chapter);
    let found = book.checked.diagnostics.iter();
    found
        .map(|found| format!("{}: {}", found.rule, found.message))
        .collect()
}

fn document(title: &str, header: &str, body: &str, footer: &str) -> String {
    format!("{title}\n\n{header}\n\n## Parts\n\n### Part 1: A\n\n**Purpose**: x\n\n{body}\n\n---\n\n{footer}\n")
}

const TITLE: &str = "# Architecture: P";
const HEADER: &str = "**Version**: 1.0\n\n**Status**: Complete\n\n**Author**: Ada";
const BODY: &str = "## Limits\n\ny";
const FOOTER: &str = "**Next Review Date**: 2027-01-31";

#[test]
fn fields() {
    assert_eq!(found(&document(TITLE, HEADER, BODY, FOOTER)), [""; 0]);
    for (header, footer, expected) in [
        (
            HEADER.replace("Author", "Auther"),
            FOOTER,
            "misspelt-field: `Auther` looks like `Author`",
        ),
        (
            HEADER.replace("Version", "Vresion"),
            FOOTER,
            "misspelt-field: `Vresion` looks like `Version`",
        ),
        (
            HEADER.replace("1.0", "TBD"),
            FOOTER,
            "todo-marker: `TBD` is still to be written",
        ),
        (
            HEADER.replace("Ada", "____"),
            FOOTER,
            "todo-marker: `____` is still to be written",
        ),
        (
            HEADER.to_owned(),
            "**Next Review Date**: TBD",
            "todo-marker: `TBD` is still to be written",
        ),
        (
            HEADER.to_owned(),
            "**Next Reveiw Date**: 2027-01-31",
            "misspelt-field: `Next Reveiw Date` looks like `Next Review Date`",
        ),
        (
            format!("{HEADER}\n\n**Version**: 2.0"),
            FOOTER,
            "duplicate-field: `Version` stands here with another value than before",
        ),
        (
            HEADER.to_owned(),
            "**Version**: 2.0\n\n**Next Review Date**: 2027-01-31",
            "duplicate-field: `Version` stands here with another value than before",
        ),
        (format!("{HEADER}\n\n**Version**: v1.0"), FOOTER, ""),
        (
            HEADER.to_owned(),
            "**Next Review Date**: 2027-01-31\n\n**Next Review Date**: January 31, 2027",
            "",
        ),
        (format!("{HEADER}\n\n**Region**: EU\n\n**Region**: US"), FOOTER, ""),
    ] {
        let expected: Vec<String> = Some(expected.to_owned())
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect();
        assert_eq!(
            found(&document(TITLE, &header, BODY, footer)),
            expected,
            "{header} {footer}"
        );
    }
    let matter = format!(
        "---\nversion: TBD\n---\n{}",
        document(TITLE, &HEADER.replace("**Version**: 1.0\n\n", ""), BODY, FOOTER)
    );
    assert_eq!(found(&matter), ["todo-marker: `TBD` is still to be written"]);
}

#[test]
fn titles() {
    for (title, expected) in [
        ("", "missing-title: the document has no title"),
        ("#Architecture: P", "missing-title: `Architecture: P` is not a heading"),
        (
            "# Architecture:",
            "missing-title: the title does not say what the document is about",
        ),
        (
            "# Architecture",
            "missing-title: the title does not say what the document is about",
        ),
        (
            "# Architecture: [Name]",
            "unfilled-placeholder: `[Name]` is not filled in",
        ),
        ("# Payments", ""),
        ("---\ntitle: P\n---", ""),
    ] {
        let expected: Vec<String> = Some(expected.to_owned())
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect();
        assert_eq!(found(&document(title, HEADER, BODY, FOOTER)), expected, "{title}");
    }
}

#[test]
fn leftovers() {
    for (body, expected) in [
        (
            "[Repeat structure]\n\n## Limits\n\ny",
            "leftover-instruction: `[Repeat structure]` is the template's instruction",
        ),
        (
            "### Part 2: [Part Name]\n\n[Repeat structure]\n\n## Limits\n\ny",
            "leftover-instruction: nothing but an instruction stands under `Part 2: [Part Name]`",
        ),
        (
            "## Limits\n\n- y\n- [Add more as needed]",
            "leftover-instruction: `[Add more as needed]` is the template's instruction",
        ),
        ("## Limits\n\n[Whatever]", ""),
        ("## Limits\n\nRepeat the test after each release.", ""),
        ("## Limits\n\nTBD", "todo-marker: `TBD` is still to be written"),
        ("## Limits\n\nNot applicable: TBD by the board", ""),
        (
            "## Limits\n\n| a | b |\n|---|---|\n| TBD | TBD |\n| x | y |",
            "todo-marker: `TBD` is still to be written",
        ),
        (
            "## Limits\n\n- a\n\n  | b |\n  |---|\n  | c | d |",
            "dropped-cells: `d` is not on the page",
        ),
    ] {
        let expected: Vec<String> = Some(expected.to_owned())
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect();
        assert_eq!(found(&document(TITLE, HEADER, body, FOOTER)), expected, "{body}");
    }
}
