//! What is read as a change log, and what is not. Every text here is made up.

mod headers;

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::document::parse;
use crate::files::Files;
use crate::markdown::Dialect;
use crate::outline::outline;
use crate::source::{SourceFile, Text};
use crate::template;
use crate::values::Version;

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    let (template, problems) = template::load(template::DEFAULT, None, &Files::new("."), &Default::default());
    assert!(problems.is_empty());
    template.expect("the built-in template")
});

fn read_text(text: &str) -> Option<ChangeLog> {
    let document = parse(Text::of_file(&SourceFile::new("a.md", text)), Dialect::default());
    let outline = outline(&document, &TEMPLATE);
    let log = read(crate::record::Reader {
        document: &document,
        outline: &outline,
        template: &TEMPLATE,
    })?;
    check_spans(text, &log);
    Some(log)
}

/// Rows stand in order within the log, cells within their rows, places at line starts, and no column is lost.
fn check_spans(text: &str, log: &ChangeLog) {
    let at_line = |at: usize| at == text.len() || at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
    assert!(at_line(log.top) && at_line(log.bottom) && log.top <= log.bottom);
    let mut before = log.span.start;
    for row in &log.rows {
        assert!(before <= row.span.start && row.span.end <= text.len() && text.is_char_boundary(row.span.start));
        assert!(log.top <= row.span.start && row.span.end <= log.bottom);
        assert_eq!(row.cells.len(), log.columns.len());
        for cell in &row.cells {
            assert!(
                row.span.contains(*cell) && text.get(cell.start..cell.end).is_some(),
                "{text:?} {row:?}"
            );
        }
        before = row.span.end;
    }
}

/// The rows as `date | version | author | changes`, `~` for a column that is not there; a line for each.
fn rows(text: &str) -> String {
    let Some(log) = read_text(text) else {
        return "no log".to_owned();
    };
    let show = |text: &Option<String>| text.as_deref().unwrap_or("~").replace('\n', "/");
    let row = |row: &LogRow| {
        let mut marks = String::new();
        for (on, mark) in [
            (row.planned, " planned"),
            (row.placeholder, " placeholder"),
            (row.continues, " continues"),
        ] {
            marks.push_str(if on { mark } else { "" });
        }
        let texts = [&row.date, &row.version, &row.author, &row.changes].map(show);
        format!("{}{marks}", texts.join(" | "))
    };
    log.rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    assert_eq!(rows(text), expected, "{text}");
}

const HEAD: &str = "# A\n\n## Revision History\n\n| Date | Version | Author | Changes |\n|---|---|---|---|\n";

#[test]
fn rows_keep_what_stands_in_them() {
    for (body, expected) in [
        (
            "| 2024-05-06 | **1.0** | [Kim](k.md) | `a \\| b` &amp; ~~c~~<br>d |\n",
            "2024-05-06 | 1.0 | Kim | a | b & c/d",
        ),
        (
            "| 2024-05-06 | 1.0 | Kim | First |\n| | | | |\n| - | - | - | - |\n",
            "2024-05-06 | 1.0 | Kim | First",
        ),
        (
            "| 2024-05-06 | 1.0 | Kim | First |\n| | | | and second |\n",
            "2024-05-06 | 1.0 | Kim | First/and second",
        ),
        (
            "| 2024-05-06 | 1.0 | Kim | First |\n| | | Lee | Second |\n",
            "2024-05-06 | 1.0 | Kim | First\n |  | Lee | Second continues",
        ),
        ("| | 1.0 | | First |\n", " | 1.0 |  | First"),
        (
            "| 2024-05-06 | 1.0 | Kim | First |\n| TBD | 2.0 | Lee | Later |\n",
            "2024-05-06 | 1.0 | Kim | First\nTBD | 2.0 | Lee | Later planned",
        ),
        ("| TBD | 1.0 | Kim | First |\n", "TBD | 1.0 | Kim | First"),
        (
            "| [Date] | 1.0 | [Name] | First |\n",
            "[Date] | 1.0 | [Name] | First placeholder",
        ),
        (
            "| <date> | <version> | <name> | <text of it> |\n",
            "<date> | <version> | <name> | <text of it> placeholder",
        ),
        (
            "| 2024-05-06 | 1.0 | Kim | a <sub>b</sub> <!-- c --> |\n",
            "2024-05-06 | 1.0 | Kim | a b",
        ),
        (
            "| 2024-05-06 | 1.0 | Kim | First | <!-- c -->\n",
            "2024-05-06 | 1.0 | Kim | First",
        ),
        (
            "2024-05-06 | 1.0 | Kim | First\n2024-05-07 | 1.1 | Kim\n",
            "2024-05-06 | 1.0 | Kim | First\n2024-05-07 | 1.1 | Kim | ",
        ),
        (
            "| 2024-05-06 | 1.0 | Kim | First |\n\n| 2024-05-07 | 1.1 | Kim | Next |\n\nSome | prose.\n",
            "2024-05-06 | 1.0 | Kim | First\n2024-05-07 | 1.1 | Kim | Next",
        ),
        (
            "| 2024-05-06 | 1.0 | Kim | First |\nThe end of it.\n",
            "2024-05-06 | 1.0 | Kim | First",
        ),
        ("| | | | |\n", ""),
    ] {
        reads(&format!("{HEAD}{body}"), expected);
        let crlf = format!("{HEAD}{body}").replace('\n', "\r\n");
        reads(&crlf, expected);
    }
}

#[test]
fn lines_that_are_no_table_to_the_parser() {
    let rule = |cells: usize| format!("|{}", "---|".repeat(cells));
    for text in [
        format!(
            "| Version | Date | Change |\n{}\n| 1.0 | 2024-05-06 | First |\n",
            rule(4)
        ),
        format!(
            "**Change log:**\n| Version | Date | Change |\n{}\n| 1.0 | 2024-05-06 | First |\n",
            rule(2)
        ),
        format!(
            "| Version | Date | Change | <!-- v -->\n{}\n| 1.0 | 2024-05-06 | First | <!-- w -->\n",
            rule(3)
        ),
        format!("Version | Date | Change\n\n{}\n\n1.0 | 2024-05-06 | First\n", rule(3)),
    ] {
        reads(
            &format!("# A\n\n## Change Log\n\n{text}"),
            "2024-05-06 | 1.0 | ~ | First",
        );
    }
    let shifted = format!(
        "| Version | Change |\n{}\n| 1.0 | 2024-05-06 | First |\n| 1.1 | 2024-05-07 | Next |\n",
        rule(3)
    );
    reads(&format!("# A\n\n## Change Log\n\n{shifted}"), "no log");
}

#[test]
fn lists_and_versions() {
    for (body, expected) in [
        (
            "- 2024-05-06: v1.0 – First\n- 2024-05-07: v1.1 – Next\n",
            "2024-05-06 | v1.0 | ~ | First\n2024-05-07 | v1.1 | ~ | Next",
        ),
        (
            "- **v1.1** (7 May 2024, Kim Lee) – Next\n- **v1.0** (6 May 2024): First\n  - with more\n",
            "7 May 2024 | v1.1 | Kim Lee | Next\n6 May 2024 | v1.0 |  | First/with more",
        ),
        (
            "- 2024-05-06 First\n- 2024-05-07 Next\n",
            "2024-05-06 | ~ | ~ | First\n2024-05-07 | ~ | ~ | Next",
        ),
        (
            "- 2024-05-06: First\n* 2024-05-07: Next\n",
            "2024-05-06 | ~ | ~ | First\n2024-05-07 | ~ | ~ | Next",
        ),
        ("- 2024-05-06: First\n* Then it was changed\n", "no log"),
        ("- 2024-05-06: First\n- Then it was changed\n", "no log"),
        ("- 2024-05-06 – 2024-05-09: First\n", "no log"),
        ("- [x] 2024-05-06: First\n", "no log"),
        (
            "### [1.1.0] - 2024-05-07\n\n#### Added\n\n- Next\n- More\n\n### 1.0.0 (2024-05-06)\n\nFirst\n",
            "2024-05-07 | 1.1.0 | ~ | Added/Next/More\n2024-05-06 | 1.0.0 | ~ | First",
        ),
        (
            "### Unreleased\n\n- Soon\n\n### v1.0 — 2024-05-06 — First\n",
            " | Unreleased | ~ | Soon planned\n2024-05-06 | v1.0 | ~ | First",
        ),
        ("### 1.0\n\nFirst\n\n### How to release\n\nRun it.\n", "no log"),
        ("### 1.0\n\nDate: 2024-05-06\n\nFirst\n", "no log"),
        (
            "**v1.1** – 2024-05-07\n- Next\n- More\n\n**v1.0** – 2024-05-06\n- First\n\n---\n\n**Owner**: Kim\n",
            "2024-05-07 | v1.1 | ~ | Next/More\n2024-05-06 | v1.0 | ~ | First",
        ),
        (
            "**Unreleased**\n\n- 2024-05-08: Later\n\n**v1.0** – 2024-05-06\n- First\n",
            " | Unreleased | ~ | 2024-05-08: Later planned\n2024-05-06 | v1.0 | ~ | First",
        ),
        (
            "**Version 1.0** - 2024-05-06\n- First\n\n**Version 1.1** - 2024-05-07\n- Next\n",
            "2024-05-06 | 1.0 | ~ | First\n2024-05-07 | 1.1 | ~ | Next",
        ),
        (
            "### Version 1.0 – 2024-05-06\n\nFirst\n",
            "2024-05-06 | 1.0 | ~ | First",
        ),
        (
            "- Rev. B (2024-05-06): First\n- 2024-05-07 17:00 UTC-3: Next\n",
            "2024-05-06 | Rev. B | ~ | First\n2024-05-07 17:00 UTC-3 |  | ~ | Next",
        ),
        ("**v1.1** – 2024-05-07: Next\n\n**Owner**: Kim\n", "no log"),
        ("See the commits of 2024-05-06.\n", "no log"),
    ] {
        reads(&format!("# A\n\n## Change Log\n\n{body}"), expected);
        reads(&format!("# A\n\n## Other\n\n{body}"), "no log");
    }
    reads(
        "# A changelog\n\n## 1.0 - 2024-05-06\n\n- First\n",
        "2024-05-06 | 1.0 | ~ | First",
    );
}

#[test]
fn what_stands_around_a_table_says_what_it_is() {
    let full = "| Version | Date | Author | Description |\n|---|---|---|---|\n| 1.0 | 2024-05-06 | Kim | First |\n";
    let short = "| Version | Date | Description |\n|---|---|---|\n| 1.0 | 2024-05-06 | First |\n";
    let (all, some) = ("2024-05-06 | 1.0 | Kim | First", "2024-05-06 | 1.0 | ~ | First");
    for (before, of_full, of_short) in [
        ("# A", all, "no log"),
        ("# A\n\n## Background", all, "no log"),
        ("# A\n\n## Document Control", all, some),
        ("# A\n\n## 9. Review and Approval\n\n### Version Control", all, some),
        ("# A\n\n## Approvals", "no log", "no log"),
        ("# A\n\nSome text\n\n**Revision history**", all, some),
        ("# A\n\nDocument history:", all, some),
        ("# A\n\n<details>\n<summary>Change log</summary>\n", all, some),
        ("# A\n\n## Database\n\n### Version History", "no log", "no log"),
        ("# A\n\n## Schema Migrations", "no log", "no log"),
        ("# Prompt catalogue\n\n## Version History", all, some),
        ("# A\n\n## Prompt Version History", "no log", "no log"),
        ("# A\n\n## Change Log\n\n**Prompts**", "no log", "no log"),
        ("# A\n\n## Background\n\nThe migrations that ran:", "no log", "no log"),
    ] {
        reads(&format!("{before}\n\n{full}"), of_full);
        reads(&format!("{before}\n\n{short}"), of_short);
    }
    for decoy in [
        "| Version | 1.0 |\n|---|---|\n| Date | 2024-05-06 |\n| Description | A document |\n",
        "| Document | Version | Date | Owner | Description |\n|---|---|---|---|---|\n| A | 1.0 | 2024-05-06 | Kim | B |\n",
        "| Version | Date | Author | Status |\n|---|---|---|---|\n| 1.0 | 2024-05-06 | Kim | Draft |\n",
        "| Version | Date | Description | Author |\n|---|---|---|---|\n| V1__init.sql | 2024-05-06 | Tables | Kim |\n",
        "| Version | Target date | Features |\n|---|---|---|\n| 2.0 | Q3 2025 | Queues |\n",
        "| Prompt version | Date | Changes |\n|---|---|---|\n| 2.0 | 2024-05-06 | Shorter |\n",
    ] {
        reads(&format!("# A\n\n## Document Control\n\n{decoy}"), "no log");
    }
}

#[test]
fn the_best_of_several_is_taken() {
    let table = |name: &str, row: &str| format!("## {name}\n\n| Version | Date | Change |\n|---|---|---|\n{row}\n\n");
    let control = "## Document Control\n\n- Status: **Draft** – for review\n- Last update: 2024-05-06\n\n";
    let first = table("Revision History", "| 1.0 | 2024-05-06 | First |");
    reads(&format!("# A\n\n{first}{control}"), "2024-05-06 | 1.0 | ~ | First");
    reads(&format!("# A\n\n{control}{first}"), "2024-05-06 | 1.0 | ~ | First");
    let blank = table("Version History", "| | | |");
    reads(&format!("# A\n\n{blank}{first}"), "2024-05-06 | 1.0 | ~ | First");
    let years = "## Revision History\n\n### 2024\n\n| Version | Date | Change |\n|---|---|---|\n| 1.0 | 2024-05-06 | First |\n\n\
                 ### 2023\n\n| Version | Date | Change |\n|---|---|---|\n| 0.9 | 2023-05-06 | Draft |\n\n";
    reads(
        &format!("# A\n\n{years}"),
        "2024-05-06 | 1.0 | ~ | First\n2023-05-06 | 0.9 | ~ | Draft",
    );
    let own = table("Change Log", "| 1.1 | 2024-05-07 | Own |");
    reads(&format!("# A\n\n{first}{own}"), "2024-05-07 | 1.1 | ~ | Own");
}

#[test]
fn columns_places_and_direction() {
    let text =
        format!("{HEAD}| 2024-05-06 | 1.0 | Kim | First |\n| 2024-05-07 | 1.1 | Lee | Next | lost |\n| | | | |\n");
    let log = read_text(&text).expect("a log");
    let at = |needle: &str| text.find(needle).expect("in the text");
    assert_eq!((log.form, log.direction), (LogForm::Table, Direction::Ascending));
    assert_eq!((log.top, log.bottom), (at("| 2024-05-06"), at("| | | | |\n")));
    assert_eq!(
        log.columns
            .iter()
            .map(|column| column.header.as_str())
            .collect::<Vec<_>>(),
        ["Date", "Version", "Author", "Changes"]
    );
    assert_eq!(log.column(ColumnRole::Author), Some(2));
    let newest = log.newest().expect("a row");
    let texts: Vec<&str> = newest
        .cells
        .iter()
        .map(|cell| text.get(cell.start..cell.end).expect("a cell"))
        .collect();
    assert_eq!(texts, ["2024-05-07", "1.1", "Lee", "Next"]);
    let version = newest.version_reading.as_ref().map(Version::to_string);
    assert_eq!(version.as_deref(), Some("1.1"));
    let empty = read_text(HEAD).expect("a log");
    assert_eq!((empty.top, empty.bottom, empty.rows.len()), (HEAD.len(), HEAD.len(), 0));
    for (body, direction, newest) in [
        (
            "| 2024-05-06 | 1.1 | | b |\n| 2024-05-06 | 1.0 | | a |\n",
            Direction::Descending,
            Some("1.1"),
        ),
        (
            "| 2024-05-05 | 1.2 | | c |\n| 2024-05-06 | 1.1 | | b |\n| 2024-05-06 | 1.0 | | a |\n",
            Direction::Descending,
            Some("1.2"),
        ),
        (
            "| 2024-05-06 | 1.0 | | a |\n| TBD | 2.0 | | b |\n",
            Direction::Unknown,
            Some("1.0"),
        ),
        (
            "| 2024-05-06 | A | | a |\n| 2024-05-06 | x1 | | b |\n",
            Direction::Unknown,
            None,
        ),
    ] {
        let log = read_text(&format!("{HEAD}{body}")).expect("a log");
        assert_eq!(log.direction, direction, "{body}");
        assert_eq!(log.newest().and_then(|row| row.version.as_deref()), newest, "{body}");
    }
}

#[test]
fn a_log_of_blank_rows_has_one_place_for_a_row() {
    let text = "# A\n\n## Change Log\n\n变更内容|Date\n\n|";
    let log = read_text(text).expect("a table");
    assert_eq!((log.rows.len(), log.top), (0, log.bottom));
}

proptest! {
    /// Whatever stands there, nothing panics, and what is read stands where it says.
    #[test]
    fn any_text_is_read(
        name in "Change Log|Document Control|Versions|A|变更记录",
        parts in proptest::collection::vec(
            "(\\| ?){1,2}|Date|Version|Description|Author|变更内容|[|:-]{1,9}|\n{1,2}|[-*] |#{1,4} |> |1\\.[0-9]|v2|2024-0[0-9]-1[0-9]|\
             TBD|\\[Name\\]|<date>|<br>|<!-- c -->|\\*\\*|`|\\\\|\r\n|[(),–é ]|\\PC{0,4}",
            0..60,
        ),
    ) {
        read_text(&format!("# A\n\n## {name}\n\n{}", parts.concat()));
    }

    /// A table is read alike whether the parser sees it or not.
    #[test]
    fn a_table_reads_alike_with_blank_lines(rows_of in proptest::collection::vec(("[a-z ]{0,6}", "[0-9]\\.[0-9]", "[a-z*`<>]{1,8}"), 1..6)) {
        let row = |(author, version, changes): &(String, String, String)| format!("| 2024-05-06 | {version} | {author} | x{changes} |");
        let all: Vec<String> = rows_of.iter().map(row).collect();
        let tight = format!("{HEAD}{}\n", all.join("\n"));
        let apart = format!("{HEAD}\n{}\n", all.join("\n\n"));
        prop_assert_eq!(rows(&tight), rows(&apart));
    }
}
