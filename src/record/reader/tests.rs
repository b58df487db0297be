//! What the reader finds in sections, lines and tables.

use super::*;
use crate::document;
use crate::files::Files;
use crate::markdown::Dialect;
use crate::outline::outline;
use crate::source::{SourceFile, Text};
use crate::template::{self, DEFAULT};

/// What `use_it` makes of the reader of a document of the built-in template.
pub fn reading<T>(markdown: &str, use_it: impl FnOnce(Reader<'_>) -> T) -> T {
    let folder = tempfile::tempdir().expect("a folder");
    let (template, _) = template::load(DEFAULT, None, &Files::new(folder.path()), &Default::default());
    let template = template.expect("the built-in template");
    let file = SourceFile::new("src/a.md", markdown);
    let document = document::parse(Text::of_file(&file), Dialect::default());
    let outline = outline(&document, &template);
    use_it(Reader {
        document: &document,
        outline: &outline,
        template: &template,
    })
}

/// A line of text for each passage of a section: its name, then its lines.
fn shown(markdown: &str, id: &str) -> Vec<String> {
    reading(markdown, |reader| {
        let passages = reader.section(id).expect("the section").all_passages();
        let line = |passage: &Passage<'_>| {
            let texts: Vec<&str> = passage.lines.iter().map(|line| line.unit.text.as_str()).collect();
            format!("{}: {}", passage.name, texts.join(" / "))
        };
        passages.iter().map(line).collect()
    })
}

#[test]
fn sections_are_divided_at_the_authors_headings() {
    let text = "# A\n\n## Disaster Recovery\n\nLead.\n\n### Drills\n\nTwice a year.\n\n### Backup Strategy\n\n- Own\n\
                - **Retention**: 30 days for production, 7 days for staging\n\n#### Copies\n\nMore.\n\n## Scalability\n\nx\n";
    assert_eq!(
        shown(text, "disaster-recovery"),
        [
            ": Lead.",
            "drills: Twice a year.",
            "backup strategy: Own",
            "copies: More."
        ],
    );
}

#[test]
fn tables_are_read_by_header_words() {
    let text =
        "# A\n\n## Known Limitations\n\n| # | Known issue | Way out |\n|---|---|---|\n| 1 | Slow | Wait |\n| | | |\n";
    reading(text, |reader| {
        let passages = reader.section("known-limitations").expect("the section").all_passages();
        let grids = passages[0].grids();
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!(grid.column(&["limitation", "issue"]), Some(1));
        assert_eq!(grid.column(&["workaround"]), None);
        let rows: Vec<Vec<&str>> = grid
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|said| said.text.as_str()).collect())
            .collect();
        assert_eq!(rows, [["1", "Slow", "Wait"]]);
    });
}

#[test]
fn links_and_struck_text_are_seen() {
    let text = "# A\n\n## References\n\n- [a](b.md) and ![c](d.png)\n- ~~gone~~\n- ~~half~~ gone\n";
    reading(text, |reader| {
        let passages = reader.section("references").expect("the section").all_passages();
        let lines = &passages[0].lines;
        let links: Vec<Vec<&str>> = lines
            .iter()
            .map(|line| line.place().links().iter().map(|link| link.target.as_str()).collect())
            .collect();
        assert_eq!(links, [vec!["b.md"], vec![], vec![]]);
        let struck: Vec<bool> = lines.iter().map(|line| line.place().is_struck()).collect();
        assert_eq!(struck, [false, true, false]);
    });
}

#[test]
fn nothing_is_told_from_something() {
    for text in [
        "None",
        "- none known",
        "N/A",
        "Not applicable: no data",
        "–",
        "There are no caches.",
    ] {
        assert!(says_none(text), "{text}");
    }
    for text in ["No offline mode", "Nonesuch", "Redis", "NATS"] {
        assert!(!says_none(text), "{text}");
    }
    assert_eq!(parenthesis("CPU > 80% (15 minutes)"), Some(("CPU > 80%", "15 minutes")));
    assert_eq!(parenthesis("(a) b"), None);
}
