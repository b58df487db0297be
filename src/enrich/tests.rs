//! What an enrichment may touch, whatever the document: nothing but what it names.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::book::{authored, expand};
use crate::directive::{BEGIN, END, LINE, without};
use crate::document::{Document, Unit, UnitKind, parse, units};
use crate::edit::apply;
use crate::files::Files;
use crate::markdown::Dialect;
use crate::outline::outline;
use crate::source::{SourceFile, Text};
use crate::template::{DEFAULT, Template, load};

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        load(DEFAULT, None, &Files::new("/nowhere"), &Default::default())
            .0
            .expect("it compiles")
    })
}

fn edits_of(document: &Document) -> Vec<Edit> {
    edits_with(document, Enrich::default())
}

fn edits_with(document: &Document, parts: Enrich) -> Vec<Edit> {
    let outline = outline(document, template());
    let facts = Facts {
        records: &crate::record::read(document, &outline, template()),
        document,
        template: template(),
        outline: &outline,
        broken_includes: &[],
        dead_references: &[],
        past: None,
        as_of: jiff::civil::date(2026, 11, 22),
        once: Default::default(),
    };
    enrich(&facts, parts, None)
}

fn document(text: &str) -> Document {
    parse(authored(&SourceFile::new("src/a.md", text)), Dialect::default())
}

/// A book of files; the edits of `src/a.md` as the host gets them where it sends `content`, and what comes of them.
fn hosted(files: &[(&str, &str)], content: Option<&str>) -> (Vec<Edit>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        std::fs::create_dir_all(folder.path().join("src")).expect("made");
        std::fs::write(folder.path().join(path), text).expect("written");
    }
    let files = Files::new(folder.path());
    let file = files.read("src/a.md").expect("there");
    let document = parse(expand(&files, &file).text, Dialect::default());
    let content = content.unwrap_or(file.text().trim_start_matches('\u{feff}'));
    let edits = host_edits(
        &file,
        &file_edits(&document, &file, &edits_of(&document)),
        content,
        true,
    );
    let (result, left_out) = apply(content, &edits);
    assert_eq!(left_out, 0, "{edits:?}");
    (edits, result)
}

const HEADER: &str = "**Version**: 1.0\n**Status**: Draft\n**Author**: Jane\n";
const LOG: &str =
    "| Date | Version | Author | Changes |\n|---|---|---|---|\n| 2026-01-02 | 1.0 | Jane | All |\n|  |  |  |  |\n";
const LIST: &str = "- [x] Security measures are documented\n- [ ] All stakeholders have reviewed\n";

/// What stands below the header of [`whole`].
fn below(complete: usize, more: &str) -> String {
    let standing = format!("as of 2026-11-22: stage draft · {complete} of 21 sections complete{more}.");
    format!("{BEGIN}\n\n> **Computed by archdoc**, {standing}\n\n{END}\n")
}

fn whole() -> String {
    format!("# T\n\n{HEADER}\n## Scalability\n\nWe add nodes.\n\n## Change Log\n\n{LOG}\n## Review Checklist\n\n{LIST}")
}

#[test]
fn each_part_is_enriched_and_nothing_else() {
    let expected = format!(
        "# T\n\n**Version**: 1.0  \n**Status**: Draft  \n**Author**: Jane\n{}\n\
         ## Scalability\n\nWe add nodes.\n\n## Change Log\n\n| Date | Version | Author | Changes |\n|---|---|---|---|\n\
         | 2026-01-02 | 1.0 | Jane | All |\n\n## Review Checklist\n\n\
         {BEGIN}\n\n> **Review progress**: 1 of 2 (1 contradicted, 1 pending), computed by archdoc\n\n{END}\n\
         - [x] Security measures are documented  \n  *⚠ **contradicted**: Security Architecture is missing* {LINE}\n\
         - [ ] All stakeholders have reviewed  \n  *○ pending: Stakeholders is missing* {LINE}\n",
        below(3, " · review 1 of 2")
    );
    let (_, result) = hosted(&[("src/a.md", &whole())], None);
    assert_eq!(result, expected);
    let (_, result) = hosted(&[("src/a.md", &whole().replace('\n', "\r\n"))], None);
    assert_eq!(result, expected.replace('\n', "\r\n"));
    // The host takes the byte order mark away before it asks.
    let (_, result) = hosted(&[("src/a.md", &format!("\u{feff}{}", whole()))], None);
    assert_eq!(result, expected);
}

#[test]
fn what_is_turned_off_is_left_alone() {
    let document = document(&whole());
    let none = Enrich::all(false);
    assert_eq!(edits_with(&document, none), []);
    assert_eq!(edits_with(&document, Enrich { header: true, ..none }).len(), 3);
    assert_eq!(
        edits_with(
            &document,
            Enrich {
                change_log: true,
                ..none
            }
        )
        .len(),
        1
    );
    assert_eq!(edits_with(&document, Enrich { review: true, ..none }).len(), 3);

    // A comment in the chapter turns off what it names, or everything.
    let off = |comment: &str| edits_of(&self::document(&format!("{}\n{comment}\n", whole()))).len();
    assert_eq!(off(""), 7);
    assert_eq!(off("<!-- archdoc: enrich; off -->"), 0);
    assert_eq!(off("<!-- archdoc: enrich; off=\"review\" -->"), 4);
    assert_eq!(off("<!-- archdoc: enrich; off=\"header, change-log\" -->"), 3);
}

#[test]
fn edits_inside_an_included_file_replace_its_directive() {
    let chapter = "# T\n\n{{#include header.md}}\n\n## Scalability\n\n{{#include more.md}}\n\n## Change Log\n\n{{#include log.md}}\n";
    let files = [
        ("src/a.md", chapter),
        ("src/header.md", HEADER),
        ("src/log.md", LOG),
        ("src/more.md", "We add nodes.\n"),
    ];
    let (edits, result) = hosted(&files, None);
    assert_eq!(edits.len(), 3, "{edits:?}");
    assert_eq!(
        result,
        format!(
            "# T\n\n**Version**: 1.0  \n**Status**: Draft  \n**Author**: Jane\n{}\n## Scalability\n\n\
             {{{{#include more.md}}}}\n\n## Change Log\n\n| Date | Version | Author | Changes |\n|---|---|---|---|\n\
             | 2026-01-02 | 1.0 | Jane | All |\n\n",
            below(2, "")
        )
    );
    // What an included file includes in turn would be looked for beside the chapter: then the directive stays.
    let nested = format!("{HEADER}\n\\{{{{#include log.md}}}}\n");
    let (_, result) = hosted(&[("src/a.md", chapter), ("src/header.md", &nested)], None);
    assert!(result.contains("{{#include header.md}}"), "{result}");
}

#[test]
fn where_another_preprocessor_changed_the_text_nothing_is_edited() {
    let text = whole();
    // Text before, and one of the header's lines.
    let content = format!(
        "<!-- made -->\n{}",
        text.replace("**Status**: Draft", "**Status**: final")
    );
    let (_, result) = hosted(&[("src/a.md", &text)], Some(&content));
    assert!(result.starts_with("<!-- made -->\n# T\n\n**Version**: 1.0"), "{result}");
    assert!(result.contains("**Status**: final\n**Author**"), "{result}");
    assert!(
        !result.contains("|  |  |  |  |") && result.contains("1 of 2"),
        "{result}"
    );
    // The rows of the change log.
    let content = text.replace("|  |  |  |  |\n", "| 2026-02-03 | 1.1 | Bot | Made |\n");
    let (_, result) = hosted(&[("src/a.md", &text)], Some(&content));
    assert!(result.contains("| 2026-02-03 | 1.1 | Bot | Made |\n"), "{result}");
    // Everything.
    let (edits, _) = hosted(&[("src/a.md", &text)], Some("nothing of it\n"));
    assert_eq!(edits, []);
    let (edits, _) = hosted(&[("src/a.md", &text)], Some(""));
    assert_eq!(edits, []);
}

/// Documents with a header, a change log and a checklist in all their forms, between text that must stay as it is.
fn documents() -> impl Strategy<Value = String> {
    let header = prop::sample::select(vec![
        HEADER,
        "**Version:** 1.0  \n**Status:** Draft\\\n**Author:** [Jane](x)\n",
        "> **Version**: 1.0\n> **Status**: Draft\n",
        "- **Version**: 1.0\n- **Status**: Draft\n",
        "**Version**: one\nand more\n**Status**: *Draft*\n---\n",
        "---\n\n**Version**: 1.0\n**Status**: Draft\n\n---\n",
        "",
    ]);
    let text = prop::sample::select(vec![
        "We add nodes.\n",
        "Two  \nlines\nand 👩\u{200d}💻 é\n",
        "```sh\n## no heading\n|  |  |\n- [ ] no task\n```\n",
        "- [ ] a task\n- [x] another\n",
        "| a | b |\n|--|--|\n|  |  |\n",
        "<details>\n\n**Version**: 9\n**Status**: 8\n\n</details>\n",
        "&amp; <br> `{{x}}` \\* [r]\n\n[r]: /x\n",
        "\n\n\n",
    ]);
    let log = prop::sample::select(vec![
        LOG,
        "| Date | Version |\n|---|---|\n| | |\n| 2026-01-02 | 1.0 |\n| | |\n| |\n",
        "| Date | Version |\n|---|---|\n",
        "> | Date | Version |\n> |---|---|\n> | | |\n",
        "- | Date | Version |\n  |---|---|\n  | | |\n",
        "No table.\n",
        "Date | Version\n---|---\n | \n1 | 2\n",
    ]);
    let list = prop::sample::select(vec![
        LIST,
        "- [ ] a\n\n- [X] b\n  - [x] c\n\n  more\n",
        "Text first:\n1. [ ] a\n2. [x] b N/A\n",
        "> - [ ] a\n",
        "- plain\n",
        "Text\n- [ ] a",
        "| Item | Pass/Fail | Note |\n|---|---|---|\n| Security measures are documented | Pass | |\n| b | Fail | n |\n",
        "Item | Done\n---|---\na | yes\nb | no",
        "<ul>\n<li><input type=\"checkbox\" checked> a *b*</li>\n<li><input type=\"checkbox\"> c</li>\n</ul>\n",
        "- <input type=\"checkbox\" checked> a\n- <input type=\"checkbox\"> b\n",
        "- ✅ a\n- ❌ b\n\n  more of b\n",
        "☑ a\n☐ b\n",
        "-\t[x] a\n\t- [ ] b\n",
        "> > 10) [ ] ~~a~~ too late\n> > 11) [x] b\nand more\n",
        "* - [x] **a\n    b**\n    ```\n    c\n    ```\n",
        "- [ ] a `b\n- [x] c\\\n---\n",
    ]);
    let footer = prop::sample::select(vec![
        "\n---\n\n**Document Status**: Draft\n**Last Reviewed By**: Jane\n**Next Review Date**: 2027-01-01",
        "",
        "\n\n",
    ]);
    (header, text, log, list, footer, any::<bool>()).prop_map(|(header, text, log, list, footer, crlf)| {
        let whole = format!(
            "# T\n\n{header}\n## Scalability\n\n{text}\n## Change Log\n\n{log}\n## Glossary\n\n{text}\n## Review Checklist\n\n{list}{footer}"
        );
        if crlf { whole.replace('\n', "\r\n") } else { whole }
    })
}

fn is_blank(unit: &Unit) -> bool {
    unit.kind == UnitKind::Row && unit.text.chars().all(|c| c == '|' || c.is_whitespace())
}

/// The readable parts of a document, without the blank rows that go, the lines that come, and what is added to items.
fn read(document: &Document) -> Vec<(String, String)> {
    let kept = units(document, &document.blocks).into_iter();
    let added = |unit: &Unit| {
        let quoted = ["Review progress", "Computed by archdoc"];
        // Of boxes in HTML the quote tells each outcome.
        let told = ["✔", "✎", "⚠", "➜", "○", "–"].map(|sign| format!(": {sign} "));
        quoted.iter().any(|start| unit.text.starts_with(start))
            || told.iter().any(|outcome| unit.text.contains(outcome.as_str()))
    };
    kept.filter(|unit| !is_blank(unit) && !added(unit))
        .map(|unit| {
            (
                without_outcome(&unit.text),
                format!("{:?}", std::mem::discriminant(&unit.kind)),
            )
        })
        .collect()
}

/// A text without the outcomes in it: what stands in brackets, or all behind a sign.
fn without_outcome(text: &str) -> String {
    let mut kept = text.to_owned();
    let signs = ["✔ ", "✎ ", "⚠ ", "➜ ", "○ ", "– "];
    while let Some(start) = signs.iter().filter_map(|sign| kept.find(sign)).min() {
        let bracket = kept[..start].ends_with('(');
        let end = kept[start..].find(')').filter(|_| bracket);
        let rest = end.map_or("", |end| &kept[start + end + 1..]).to_owned();
        kept.truncate(kept[..start].trim_end_matches('(').trim_end().len());
        kept.push_str(&rest);
    }
    kept.trim_end().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn nothing_changes_but_what_is_enriched(text in documents()) {
        let before = document(&text);
        let edits = edits_of(&before);
        for edit in &edits {
            let old = before.text.get(edit.span);
            let blank = old.chars().all(|c| matches!(c, '|' | ' ' | '\n' | '\r' | '>'));
            prop_assert!(blank && (old.is_empty() != edit.text.is_empty()), "{edit:?} for {old:?}");
            let added = ["> **Review progress**", "> **Computed by archdoc**", "*("];
            let text = edit.text.replace(BEGIN, "").replace(END, "").replace(LINE, "");
            let added = added.iter().any(|start| text.trim_start().starts_with(start));
            let below = text.trim_start_matches([' ', '\t', '>', '\r', '\n']);
            let added = added || ["*✔", "*✎", "*⚠", "*➜", "*○", "*–"].iter().any(|start| below.starts_with(start));
            prop_assert!(edit.text.is_empty() || edit.text == "  " || added, "{edit:?}");
        }
        let (result, left_out) = apply(&text, &edits);
        prop_assert_eq!(left_out, 0);
        if text.contains("\r\n") {
            prop_assert!(!result.replace("\r\n", "").contains(['\r', '\n']), "{:?}", result);
        }
        // Without what is marked, but for the blanks of hard breaks, only that is gone which is not wanted.
        let ends = |text: &str| -> Vec<String> { text.lines().map(|line| line.trim_end().to_owned()).collect() };
        let plain: Vec<Edit> = edits.iter().filter(|edit| !edit.text.contains("archdoc:")).cloned().collect();
        prop_assert_eq!(ends(&without(&result)), ends(&apply(&text, &plain).0));
        let after = parse(Text::of_file(&SourceFile::new("src/a.md", result)), Dialect::default());
        prop_assert_eq!(read(&before), read(&after));
        let headings = |document: &Document| -> Vec<(u8, String)> {
            document.headings.iter().map(|heading| (heading.level, heading.text.clone())).collect()
        };
        prop_assert_eq!(headings(&before), headings(&after));
        // Beside the line with the count no field has come or gone.
        let fields = |document: &Document| -> Vec<(String, String)> {
            let fields = document.fields.iter().filter(|field| {
                let told = !field.value.is_empty() && without_outcome(&field.value).is_empty();
                !told && !["Review progress", ""].contains(&field.key.as_str())
            });
            fields.map(|field| (field.key.clone(), without_outcome(&field.value))).collect()
        };
        prop_assert_eq!(fields(&before), fields(&after));
        // With the host's own text the edits are the same.
        let file = SourceFile::new("src/a.md", text.as_str());
        let mut sorted = edits.clone();
        sorted.sort();
        let mut hosted = host_edits(&file, &file_edits(&document(&text), &file, &edits), &text, false);
        hosted.sort();
        prop_assert_eq!(hosted, sorted);
    }

    /// Whatever the host sends, edits fall on the same text as in the file, or nowhere.
    #[test]
    fn a_changed_text_gets_no_wrong_edit(text in documents(), keep in prop::collection::vec(0usize..4, 60)) {
        let lines = text.split_inclusive('\n').zip(keep.iter().chain(std::iter::repeat(&1)));
        let content: String = lines.map(|(line, keep)| match keep {
            0 => String::new(),
            3 => format!("{line}made {line}"),
            _ => line.to_owned(),
        }).collect();
        let file = SourceFile::new("src/a.md", text.as_str());
        let before = document(&text);
        let edits = edits_of(&before);
        for edit in host_edits(&file, &file_edits(&before, &file, &edits), &content, true) {
            let old = content.get(edit.span.start..edit.span.end);
            prop_assert!(old.is_some());
            prop_assert!(edits.iter().any(|own| own.text == edit.text && Some(before.text.get(own.span)) == old));
        }
    }
}

/// A page of a text: what the host gets back.
fn page(text: &str) -> String {
    let file = SourceFile::new("src/a.md", text);
    let document = parse(authored(&file), Dialect::default());
    let edits = file_edits(&document, &file, &edits_of(&document));
    apply(text, &host_edits(&file, &edits, text, true)).0
}

/// Marks, whole and in part, with words between them that would count.
fn forged() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        BEGIN,
        END,
        LINE,
        "<!--archdoc:computed-->",
        "<!-- archdoc: computed; instead=\"[Date]\" -->",
        "<!-- archdoc: computed",
        "`<!-- archdoc: computed -->`",
        "```\n",
        "<pre>\n",
        "<div>",
        "## Security Architecture",
        "- [x] done",
        "| a | b |",
        "\n",
        "\n\n",
        " ",
        "    ",
        "> ",
        "-->",
        "text",
    ]);
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// A page that becomes a source again gives the same page.
    #[test]
    fn a_page_of_a_page_is_the_page(text in documents()) {
        let once = page(&text);
        prop_assert_eq!(page(&once), once);
    }

    /// Whatever is marked, wherever it stands: it is not there for the page.
    #[test]
    fn what_is_marked_does_not_count(text in documents(), forged in forged(), at in any::<prop::sample::Index>()) {
        let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).chain([0]).collect();
        let at = starts[at.index(starts.len())];
        let whole = format!("{}{forged}{}", &text[..at], &text[at..]);
        let own = without(&whole).into_owned();
        prop_assert_eq!(page(&whole), page(&own));
        let once = page(&whole);
        prop_assert_eq!(page(&once), once);
    }
}
