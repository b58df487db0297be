//! What holds for every text, whatever an author or a fuzzer writes, and what the known traps of Markdown become.

mod lost;

use proptest::prelude::*;
use pulldown_cmark::{Event, Tag};

use super::*;
use crate::markdown::Dialect;
use crate::source::SourceFile;

fn parsed(text: &str) -> Document {
    parse(Text::of_file(&SourceFile::new("a.md", text)), Dialect::default())
}

/// Headings as `level text`.
fn headings(document: &Document) -> Vec<String> {
    let shown = |heading: &Heading| format!("{} {}", heading.level, heading.text);
    document.headings.iter().map(shown).collect()
}

/// Lost headings as `level text why`.
fn lost(document: &Document) -> Vec<String> {
    let why = |hiding| match hiding {
        Hiding::ByteOrderMark => "mark",
        Hiding::Fence(_) => "fence",
        Hiding::Unclosed(_) => "unclosed",
        Hiding::Html(_) => "html",
        Hiding::Indented => "indented",
        Hiding::NoSpace => "no space",
        Hiding::Quote => "quote",
        Hiding::List => "list",
    };
    let shown = |heading: &LostHeading| format!("{} {} ({})", heading.level, heading.text, why(heading.hiding));
    document.lost_headings.iter().map(shown).collect()
}

/// Lines and parts of lines of which the worst Markdown is made.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "# T\n", "## 🏗️ System\n", "##NoSpace\n", "### A {#id .c}\n", "    ## indented\n", "\t# tab\n", "text\n---\n",
    "text\n===\n", "**Key**: v\n", "**Key:** [x](y)\n", "__K__ : *v*\n", "- **K**: `v`\n", "- K: v\n", "K： v\n",
    "**K**:\n", "**K**", "> ", ">> # q\n", "- ", "  - ", "1. ", "* [ ] ", "- [x] done\n", "- [X]\n", "- [Kafka]: x\n",
    "[label]: /target\n", "[^1]: note\n", "[^1]", "```\n", "```rust,ignore\n", "~~~~\n", "    code\n", "<!-- ", "-->",
    "<!-- archdoc: allow; rule=x; reason=\"é -->", "<!-- archdoc:", "<details>\n", "</details>\n", "<br/>", "<t>",
    "| a | b |\n", "|---|---|\n", "| 1 | 2 | 3 |\n", "| 1 |\n", "|\n", "|:-:|\n", "---\n", "+++\n", "***\n", "\n", "\n\n",
    "\r\n", "\t", " ", "\u{a0}", "\u{feff}", "é", "👥", "👩\u{200d}💻", "1️⃣", "🏗\u{fe0f}", "：", "a", "b: c", "[x]",
    "[Name]", "![i](j.png)", "[l](m \"t\")", "*", "**", "_", "~~", "`", "\\", "\\\n", "  \n", "&amp;", "&", "$$", "\0",
    "> [!NOTE]\n", "term\n: definition\n", "{{#include x.md}}", "http://a.b", "<a@b.c>", "\r", "-", "=", ":", "#",
];

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    let text = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    (text, any::<bool>()).prop_map(|(text, crlf)| if crlf { text.replace('\n', "\r\n") } else { text })
}

/// Every span is one of the text, in its parent, behind its neighbour, and cuts no character.
struct Spans<'d> {
    document: &'d Document,
    strict: bool,
}

impl Spans<'_> {
    fn check(&self, span: Span, outer: Span, what: &str) {
        let text = self.document.text.as_str();
        assert!(
            text.get(span.start..span.end).is_some(),
            "{what} {span:?} cuts a character of {text:?}"
        );
        assert!(
            !self.strict || outer.contains(span),
            "{what} {span:?} is not in {outer:?} of {text:?}"
        );
    }

    fn blocks(&self, blocks: &[Block], outer: Span) {
        let mut end = outer.start;
        for block in blocks {
            self.check(block.span, Span::new(end, outer.end), "block");
            end = block.span.end;
            match &block.kind {
                BlockKind::Heading(inlines) | BlockKind::Paragraph(inlines) => self.inlines(inlines, block.span),
                BlockKind::List(list) => {
                    let mut end = block.span.start;
                    for item in &list.items {
                        self.check(item.span, Span::new(end, block.span.end), "item");
                        end = item.span.end;
                        let box_end = item.task.map_or(item.span.start, |task| task.span.end);
                        if let Some(task) = item.task {
                            self.check(task.span, item.span, "box");
                        }
                        self.blocks(&item.blocks, Span::new(item.span.start, item.span.end));
                        assert!(item.paragraph().is_none_or(|inlines| inlines.span.start >= box_end));
                    }
                }
                BlockKind::Table(table) => {
                    let mut end = block.span.start;
                    for row in std::iter::once(&table.header).chain(&table.rows) {
                        self.check(row.span, Span::new(end, block.span.end), "row");
                        end = row.span.end;
                        for cell in &row.cells {
                            self.inlines(cell, row.span);
                        }
                    }
                }
                BlockKind::Code(code) => self.check(code.body, block.span, "code"),
                BlockKind::Quote(inner) | BlockKind::Other(inner) => self.blocks(inner, block.span),
                BlockKind::Rule | BlockKind::Html | BlockKind::Comment => {}
            }
        }
    }

    fn inlines(&self, inlines: &Inlines, outer: Span) {
        self.check(inlines.span, outer, "inlines");
        let mut end = inlines.span.start;
        for run in &inlines.runs {
            self.check(run.span, Span::new(end, inlines.span.end), "run");
            end = run.span.end;
            assert!(run.link.is_none_or(|link| inlines.links[link].span.contains(run.span)));
        }
        for link in &inlines.links {
            self.check(link.span, inlines.span, "link");
        }
        for bracket in brackets(self.document, inlines) {
            self.check(bracket, inlines.span, "bracket");
        }
    }

    fn all(&self) {
        let document = self.document;
        let whole = Span::new(0, document.text.as_str().len());
        self.blocks(&document.blocks, whole);
        for field in &document.fields {
            self.check(field.span, whole, "field");
            self.check(field.key_span, field.span, "key");
            self.check(field.value_span, field.span, "value");
            assert!(field.key_span.end <= field.value_span.start);
            assert!(field.value.is_empty() || !field.value_span.is_empty(), "{field:?}");
            assert!(field.follows.is_none_or(|next| document.blocks.ids().contains(next)));
        }
        assert!(
            document.fields.is_sorted_by_key(|field| field.span.start),
            "{:?}",
            document.fields
        );
        assert!(document.lost_headings.is_sorted_by_key(|lost| lost.span));
        assert!(document.directives.is_sorted_by_key(|directive| directive.span));
        for lost in &document.lost_headings {
            self.check(lost.span, whole, "lost heading");
        }
        for directive in &document.directives {
            self.check(directive.span, whole, "directive");
            self.check(directive.word_span, directive.span, "word");
        }
        for definition in &document.definitions {
            self.check(definition.span, whole, "definition");
        }
        for unit in units(document, &document.blocks) {
            self.check(unit.span, whole, "unit");
            for bracket in unit.brackets {
                self.check(bracket, whole, "bracket of a unit");
            }
        }
    }
}

/// Each heading's section ends where the next heading of its level or above begins, and lies in its parent's.
fn sections_nest(document: &Document) {
    let ids = document.headings.ids();
    for (id, heading) in document.headings.enumerate() {
        let later = &document.headings[ids.behind(id)];
        let next = later.iter().find(|next| next.level <= heading.level);
        let end = next.map_or(document.text.as_str().len(), |next| next.span.start);
        assert_eq!(heading.section, Span::new(heading.span.start, end));
        let mut above = ids.before(id).iter().rev();
        let above = above.find(|above| document.headings[*above].level < heading.level);
        assert_eq!(heading.parent, above);
        if let Some(parent) = above {
            assert!(document.headings[parent].section.contains(heading.section));
        }
        assert!(heading.span.contains(heading.name));
        assert!(matches!(document.blocks[heading.block].kind, BlockKind::Heading(_)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Without tabs and definition lists: where a tab indents, the parser's own spans overlap.
    #[test]
    fn all_spans_are_true(text in markdown()) {
        let text = text.replace('\t', "  ");
        let dialect = Dialect { definition_lists: false, ..Dialect::default() };
        let document = parse(Text::of_file(&SourceFile::new("a.md", text.as_str())), dialect);
        Spans { document: &document, strict: true }.all();
        sections_nest(&document);
    }

    #[test]
    fn no_text_panics(text in markdown()) {
        let document = parsed(&text);
        Spans { document: &document, strict: false }.all();
        sections_nest(&document);
    }

    /// The parser is the oracle: a top-level heading is a heading, or is noted as one that nobody meant.
    #[test]
    fn no_heading_of_the_parser_is_forgotten(text in markdown()) {
        let document = parsed(&text);
        let body = document.front_matter.map_or(0, |matter| matter.end);
        let mut seen = 0;
        for event in Dialect::default().parser(document.text.get(Span::new(body, document.text.as_str().len()))) {
            seen += usize::from(matches!(event, Event::Start(Tag::Heading { .. })));
        }
        let nested = document.lost_headings.iter().filter(|lost| matches!(lost.hiding, Hiding::Quote | Hiding::List));
        prop_assert_eq!(document.headings.len() + document.swallowed.len() + nested.count(), seen);
    }

    #[test]
    fn the_same_text_is_the_same_document(text in markdown()) {
        prop_assert_eq!(format!("{:?}", parsed(&text)), format!("{:?}", parsed(&text)));
    }

    /// The kind of line end says nothing.
    #[test]
    fn line_ends_change_nothing(text in markdown()) {
        let text = text.replace('\r', "");
        let (unix, dos) = (parsed(&text), parsed(&text.replace('\n', "\r\n")));
        // In code that breaks over lines the parser strips another blank.
        let joined = |texts: Vec<String>| texts.concat().replace(' ', "");
        prop_assert_eq!(joined(headings(&unix)), joined(headings(&dos)));
        prop_assert_eq!(joined(lost(&unix)), joined(lost(&dos)));
        let fields = |document: &Document| -> Vec<_> {
            document.fields.iter().map(|field| (field.key.clone(), field.value.replace(' ', ""), field.carrier)).collect()
        };
        prop_assert_eq!(fields(&unix), fields(&dos));
        let texts = |document: &Document| -> Vec<_> {
            let units = units(document, &document.blocks).into_iter();
            units.map(|unit| (unit.text.replace(' ', ""), unit.kind)).collect()
        };
        prop_assert_eq!(texts(&unix), texts(&dos));
    }
}

#[test]
fn nesting_beyond_all_reason_is_kept_as_bytes() {
    for mark in ["> ", "- ", "1. ", "> - "] {
        let text = format!("{}deep\n\n## After\n\n**Key**: v\n", mark.repeat(200));
        let document = parsed(&text);
        Spans {
            document: &document,
            strict: true,
        }
        .all();
        assert_eq!(headings(&document), ["2 After"], "{mark}");
        assert_eq!(document.fields.len(), 1, "{mark}");
    }
}

#[test]
fn traps() {
    // Text, its headings, and the lines that only look like headings.
    #[rustfmt::skip]
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("## A\n##B\n## C\n", &["2 A", "2 C"], &["2 B (no space)"]),
        ("text\n##B #\n", &[], &["2 B (no space)"]),
        ("   ## A\n\n    ## B\n\n\t## C\n", &["2 A"], &["2 B (indented)", "2 C (indented)"]),
        ("> ## A\n\n- ## B\n\n> - ## C\n", &[], &["2 A (quote)", "2 B (list)", "2 C (list)"]),
        ("## A\n\n```\n# B\n## C\n", &["2 A"], &["1 B (fence)", "2 C (fence)"]),
        ("~~~~\n~~~\n# A\n~~~~\n# B\n", &["1 B"], &["1 A (fence)"]),
        ("## A\n\n<!--\n## B\n", &["2 A"], &["2 B (unclosed)"]),
        ("## A\n\n<!--\n## B\n-->\n## C\n", &["2 A", "2 C"], &[]),
        ("<details>\n## A\n\n## B\n</details>\n", &["2 B"], &["2 A (html)"]),
        ("<style\n## A\n\n## B\n", &[], &["2 A (unclosed)", "2 B (unclosed)"]),
        ("<pre>\n## A\n\n## B\n</pre>\n## C\n", &["2 C"], &[]),
        ("\\##A\n\ntext\n      ##B\n", &[], &[]),
        ("##\u{a0}📋 A\n", &[], &["2 📋 A (no space)"]),
        ("## \u{a0}📋\u{a0}A\n", &["2 📋 A"], &[]),
        ("##\tA\n", &["2 A"], &[]),
        ("## A ##\n## **B**\n## [C](d) {#id .x}\n## `D` &amp; E\n## ~~F~~\n", &["2 A", "2 B", "2 C", "2 D & E", "2 F"], &[]),
        ("A\n===\n\nB\n---\n", &["1 A", "2 B"], &[]),
        ("\u{feff}# A\r\n\r\n## B\r\n", &["1 A", "2 B"], &[]),
        ("#\n## \n", &["1 ", "2 "], &[]),
        ("####### A\n#5 bolt\n", &[], &["1 5 bolt (no space)"]),
        ("---\ntitle: T\n# c\n---\n# A\n", &["1 A"], &[]),
        ("+++\ntitle = \"T\"\n+++\n\n# A\n", &["1 A"], &[]),
        ("---\n\ntext\n\n---\n\n# A\n", &["1 A"], &[]),
    ];
    for (text, expected, hidden) in cases {
        let document = parsed(text);
        assert_eq!(headings(&document), *expected, "{text:?}");
        assert_eq!(lost(&document), *hidden, "{text:?}");
    }
}

#[test]
fn a_rule_below_text_swallows_it_only_where_nobody_means_a_heading() {
    for (text, swallowed) in [
        ("**Author**: Jane\n---\n", true),
        ("one\ntwo\n---\n", true),
        ("A sentence.\n---\n", true),
        ("Title\n---\n", false),
        ("**Bold title**\n---\n", false),
        ("one\ntwo\n===\n", false),
    ] {
        let document = parsed(text);
        assert_eq!(document.swallowed.len(), usize::from(swallowed), "{text:?}");
        assert_eq!(document.headings.len(), usize::from(!swallowed), "{text:?}");
        if let Some(found) = document.swallowed.first() {
            assert_eq!(document.text.get(found.underline), "---", "{text:?}");
            assert!(document.blocks[found.block].paragraph().is_some());
        }
    }
}

#[test]
fn task_boxes_in_tight_and_loose_lists() {
    let text =
        "- [ ] a\n- [x] b\n- [X] **c**\n  - [ ] d\n- []\n- [ ]e\n- [x]\n\n1. [ ] f\n\n   more\n\n2. [x] g\n\n3. h\n";
    let document = parsed(text);
    let found: Vec<(String, UnitKind)> = units(&document, &document.blocks)
        .into_iter()
        .map(|unit| (unit.text, unit.kind))
        .collect();
    let item = |text: &str, task| (text.to_owned(), UnitKind::Item { task });
    assert_eq!(
        found,
        [
            item("a", Some(false)),
            item("b", Some(true)),
            item("c", Some(true)),
            item("d", Some(false)),
            item("[]", None),
            item("[ ]e", None),
            item("", Some(true)),
            item("f", Some(false)),
            ("more".to_owned(), UnitKind::Prose),
            item("g", Some(true)),
            item("h", None),
        ]
    );
}

#[test]
fn rows_have_the_header_s_width() {
    let document = parsed("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n|  |  |\n| \\| x | `a \\| b` |\n");
    let BlockKind::Table(table) = &document.blocks.first().expect("a block").kind else {
        panic!("no table")
    };
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| document.plain(cell)).collect())
        .collect();
    assert_eq!(rows, [["1", ""], ["1", "2"], ["", ""], ["| x", "a | b"]]);
}

#[test]
fn brackets_are_those_that_a_reader_sees() {
    for (text, expected) in [
        ("a [Name] and [a b/c]", vec!["[Name]", "[a b/c]"]),
        ("**[Name]** `[code]` *[x y]*", vec!["[Name]", "[code]", "[x y]"]),
        ("[Name](x) ![Name](y) [see [Name]](z)", vec![]),
        ("[Name] (x)", vec!["[Name]"]),
        ("\\[Name] \\[Name\\]", vec![]),
        ("[^1] [!NOTE] [ ] []", vec![]),
        ("[Name][docs] [docs]\n\n[docs]: /x", vec![]),
        ("[outer [Name]]", vec!["[Name]"]),
        ("[over\nlines]", vec!["[over\nlines]"]),
    ] {
        let document = parsed(text);
        let inlines = document.blocks.first().and_then(Block::paragraph).expect("a paragraph");
        let found: Vec<&str> = brackets(&document, inlines)
            .into_iter()
            .map(|span| document.text.get(span))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}
