//! Passages: the lines of a section, divided at the headings that the author put into it, with their tables and links.
//!
//! A second half of the [`Reader`]. What is the template's sample text, word for word, is in no passage: nobody said
//! it. It speaks in blocks of the document and never looks at Markdown.

use super::read::{Line, Reader, Said};
use crate::document::{Block, BlockKind, Heading, Inlines, Link, RunKind, Table, UnitKind};
use crate::naming;
use crate::outline::{Node, NodeId, Standing, State};
use crate::source::Span;

/// The lines below one heading of a section.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The heading; none for what stands directly below the section's own.
    pub heading: Option<&'a Heading>,
    /// The heading's name, normalised; empty where there is none.
    pub name: &'a str,
    /// The lines, up to the next heading of any level.
    pub lines: Vec<Line<'a>>,
}

/// A table: the names of its columns, and the rows that somebody filled in.
#[derive(Debug)]
pub struct Grid {
    /// The header's cells, normalised.
    pub columns: Vec<String>,
    /// The cells of each row.
    pub rows: Vec<Vec<Said>>,
}

impl Grid {
    /// The first column whose name is one of `names` or has one of them as a word; earlier names go first.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let whole = |name: &&str| self.columns.iter().position(|column| column == name);
        let word = |name: &&str| {
            self.columns
                .iter()
                .position(|column| column.split(' ').any(|word| word == *name))
        };
        names.iter().find_map(whole).or_else(|| names.iter().find_map(word))
    }
}

impl<'a> Reader<'a> {
    /// The passages of a section that stand in none of its sub-sections; the first is the one below its own heading.
    pub fn passages(&self, node: &'a Node) -> Vec<Passage<'a>> {
        let headings = &self.document.headings;
        let mut passages: Vec<Passage<'a>> = node
            .own_headings()
            .map(|index| {
                let own = Some(index) == node.heading;
                Passage {
                    heading: headings.get(index).filter(|_| !own),
                    name: if own { "" } else { self.outline.names.heading(index) },
                    lines: Vec::new(),
                }
            })
            .collect();
        let starts: Vec<usize> = node
            .own_headings()
            .map(|index| headings.get(index).map_or(0, |heading| heading.span.start))
            .collect();
        for part in node.parts.iter().filter(|part| part.standing != Standing::Sample) {
            let at = starts.partition_point(|start| *start <= part.unit.span.start);
            if let Some(passage) = at.checked_sub(1).and_then(|at| passages.get_mut(at)) {
                passage.lines.push(self.line(part));
            }
        }
        passages
    }

    /// The passages of a section and of all its sub-sections that apply, the sub-sections in the template's order;
    /// those of a sub-section begin with one for its own heading.
    pub fn all_passages(&self, id: NodeId) -> Vec<Passage<'a>> {
        let node = &self.outline.nodes[id];
        let mut passages = self.passages(node);
        for (child, node) in self.outline.children(id) {
            if matches!(
                node.state,
                State::Missing | State::Unread | State::Empty | State::Template | State::NotApplicable
            ) {
                continue;
            }
            let mut below = self.all_passages(child);
            if let Some(first) = below.first_mut() {
                first.heading = node.heading(self.document);
                first.name = node.heading.map_or("", |heading| self.outline.names.heading(heading));
            }
            passages.extend(below);
        }
        passages
    }

    /// The tables among some lines.
    pub fn grids(&self, lines: &[Line<'a>]) -> Vec<Grid> {
        let headers = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.unit.kind == UnitKind::Header);
        headers
            .filter_map(|(at, line)| {
                let table = self.table(line.unit.span)?;
                let filled = lines
                    .get(at + 1..)
                    .unwrap_or(&[])
                    .iter()
                    .take_while(|line| line.unit.kind == UnitKind::Row)
                    .filter(|line| !line.unsaid);
                let rows = filled.filter_map(|line| table.rows.iter().find(|row| row.span == line.unit.span));
                let said = |cell: &Inlines| Said {
                    text: self.document.plain(cell),
                    span: cell.span,
                };
                Some(Grid {
                    columns: table
                        .header
                        .cells
                        .iter()
                        .map(|cell| naming::normalise(&self.document.plain(cell)))
                        .collect(),
                    rows: rows.map(|row| row.cells.iter().map(said).collect()).collect(),
                })
            })
            .collect()
    }

    fn table(&self, header: Span) -> Option<&'a Table> {
        let mut found = None;
        visit(self.around(header), header, &mut |block| {
            if let BlockKind::Table(table) = &block.kind {
                found = found.or((table.header.span == header).then_some(table));
            }
        });
        found
    }

    /// The links within a span, images left out.
    pub fn links(&self, span: Span) -> Vec<&'a Link> {
        let mut found = Vec::new();
        self.each_inlines(span, &mut |inlines| {
            found.extend(
                inlines
                    .links
                    .iter()
                    .filter(|link| !link.image && span.contains(link.span)),
            );
        });
        found
    }

    /// Whether all text within a span is struck out.
    pub fn is_struck(&self, span: Span) -> bool {
        let (mut struck, mut plain) = (false, false);
        self.each_inlines(span, &mut |inlines| {
            let runs = inlines
                .runs
                .iter()
                .filter(|run| span.contains(run.span) && matches!(run.kind, RunKind::Text | RunKind::Code));
            for run in runs.filter(|run| run.text(&self.document.text).contains(char::is_alphanumeric)) {
                struck |= run.struck;
                plain |= !run.struck;
            }
        });
        struck && !plain
    }

    /// The lines of the source of a paragraph, each as a reader reads it.
    pub fn source_lines(&self, span: Span) -> Vec<Said> {
        let mut found = Vec::new();
        self.each_inlines(span, &mut |inlines| {
            found.extend(
                inlines
                    .lines()
                    .filter_map(|runs| {
                        let of = Span::new(runs.first()?.span.start, runs.last()?.span.end);
                        let text: String = runs.iter().map(|run| run.text(&self.document.text)).collect();
                        Some(Said {
                            text: text.trim().to_owned(),
                            span: of,
                        })
                    })
                    .filter(|line| span.contains(line.span)),
            );
        });
        found
    }

    /// The words within a span, without the marks of a list in front of them.
    pub fn words(&self, span: Span) -> Span {
        let mut found: Option<Span> = None;
        self.each_inlines(span, &mut |inlines| {
            let of = found.map_or(inlines.span, |found| Span::new(found.start, inlines.span.end));
            found = Some(of);
        });
        found.filter(|found| span.contains(*found)).unwrap_or(span)
    }

    /// Where `text` stands within a span, the whole span where it is not found word for word.
    pub fn find(&self, span: Span, text: &str) -> Span {
        let at = self.document.text.get(span).find(text).filter(|_| !text.is_empty());
        at.map_or(span, |at| Span::new(span.start + at, span.start + at + text.len()))
    }

    fn each_inlines(&self, span: Span, take: &mut impl FnMut(&'a Inlines)) {
        let meets = |inlines: &Inlines| inlines.span.start < span.end && span.start < inlines.span.end;
        visit(self.around(span), span, &mut |block| match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading(inlines) if meets(inlines) => take(inlines),
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.header).chain(&table.rows);
                for inlines in rows.flat_map(|row| &row.cells).filter(|inlines| meets(inlines)) {
                    take(inlines);
                }
            }
            _ => {}
        });
    }

    /// The top-level block that holds a span.
    fn around(&self, span: Span) -> Option<&'a Block> {
        let blocks = &self.document.blocks;
        let at = blocks.partition_point(|block| block.span.start <= span.start);
        blocks.get(at.checked_sub(1)?)
    }
}

/// Takes a block and those inside it that a span meets.
fn visit<'a>(block: Option<&'a Block>, span: Span, take: &mut impl FnMut(&'a Block)) {
    // Blocks are nested 64 deep at most.
    fn go<'a>(block: &'a Block, span: Span, take: &mut dyn FnMut(&'a Block)) {
        if block.span.end <= span.start || span.end <= block.span.start {
            return;
        }
        take(block);
        match &block.kind {
            BlockKind::List(list) => {
                let items = list.items.iter().skip_while(|item| item.span.end <= span.start);
                for item in items.take_while(|item| item.span.start < span.end) {
                    item.blocks.iter().for_each(|block| go(block, span, take));
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Other(blocks) => {
                blocks.iter().for_each(|block| go(block, span, take));
            }
            _ => {}
        }
    }
    if let Some(block) = block {
        go(block, span, take);
    }
}

/// Whether a text says that there is nothing to say: `Not applicable: …`, `N/A`, `None`.
pub fn says_none(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let starts = |phrase: &&str| {
        text.split_at_checked(phrase.len())
            .is_some_and(|(start, rest)| start.eq_ignore_ascii_case(phrase) && !rest.starts_with(char::is_alphanumeric))
    };
    let phrases = [
        "not applicable",
        "n/a",
        "does not apply",
        "none",
        "nothing",
        "no known",
        "there are no",
        "there is no",
        "there are none",
    ];
    text.is_empty() || text.starts_with(['N', 'n', 'D', 'd', 'T', 't']) && phrases.iter().any(starts)
}

/// What stands in the last pair of parentheses at the end of a text, and the text before it.
pub fn parenthesis(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_end().trim_end_matches('.').strip_suffix(')')?;
    let open = inside.rfind('(')?;
    let (before, inside) = inside.split_at_checked(open)?;
    Some((before.trim_end(), inside.get(1..)?.trim()))
}

#[cfg(test)]
pub(super) mod tests {

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
            let (index, _) = reader.section(id).expect("the section");
            let passages = reader.all_passages(index);
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
        let text = "# A\n\n## Known Limitations\n\n| # | Known issue | Way out |\n|---|---|---|\n| 1 | Slow | Wait |\n| | | |\n";
        reading(text, |reader| {
            let (index, _) = reader.section("known-limitations").expect("the section");
            let passages = reader.all_passages(index);
            let grids = reader.grids(&passages[0].lines);
            let [grid] = grids.as_slice() else { panic!("{grids:?}") };
            assert_eq!(grid.column(&["limitation", "issue"]), Some(1));
            assert_eq!(grid.column(&["workaround"]), None);
            let rows: Vec<Vec<&str>> = grid
                .rows
                .iter()
                .map(|row| row.iter().map(|said| said.text.as_str()).collect())
                .collect();
            assert_eq!(rows, [["1", "Slow", "Wait"]]);
        });
    }

    #[test]
    fn links_and_struck_text_are_seen() {
        let text = "# A\n\n## References\n\n- [a](b.md) and ![c](d.png)\n- ~~gone~~\n- ~~half~~ gone\n";
        reading(text, |reader| {
            let (index, _) = reader.section("references").expect("the section");
            let passages = reader.all_passages(index);
            let lines = &passages[0].lines;
            let links: Vec<Vec<&str>> = lines
                .iter()
                .map(|line| {
                    reader
                        .links(line.unit.span)
                        .iter()
                        .map(|link| link.target.as_str())
                        .collect()
                })
                .collect();
            assert_eq!(links, [vec!["b.md"], vec![], vec![]]);
            let struck: Vec<bool> = lines.iter().map(|line| reader.is_struck(line.unit.span)).collect();
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
}
