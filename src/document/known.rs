//! Sections that were read before: a template's. A document made from it has them word for word until somebody writes
//! in them, and what they say need not be found out again.
//!
//! It must never say anything else than [`parse`](super::parse()) says of the whole text. A section is known only where
//! nothing outside of it can tell what it is, and nothing in it can tell what stands outside.

use std::collections::HashMap;

use super::Document;
use super::join::{Chapter, append};
use super::parse::{finish_sections, parse_part};
use crate::markdown::Dialect;
use crate::source::{SourceFile, Span, Text};

/// What ends a section, whatever it is: a heading.
const END: &str = "# End\n";

/// The sections of some texts, each from a heading to the next one of any level.
#[derive(Debug)]
pub struct Known {
    dialect: Dialect,
    sections: Vec<Section>,
    /// Which of them begin with a line, which has its line end.
    first_lines: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Section {
    text: String,
    /// What is written in it; without its text, which is that of whoever has the section.
    document: Document,
}

/// A section of a document, up to the next heading of any level, that is a known one.
#[derive(Debug, Clone, Copy)]
pub struct KnownSection {
    /// Its heading, an index of the document's headings.
    pub heading: usize,
    /// Which of the known sections it is, an index of [`Known::documents`].
    pub section: usize,
    /// The offset of its first byte.
    pub at: usize,
    /// How many fields stand in front of it.
    pub fields: usize,
}

impl Known {
    /// The sections of the templates, as the host would read them.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>, dialect: Dialect) -> Self {
        let mut known = Self {
            dialect,
            sections: Vec::new(),
            first_lines: HashMap::new(),
        };
        for text in texts {
            let headings = read(text, dialect).headings;
            for (index, heading) in headings.iter().enumerate() {
                let end = headings.get(index + 1).map_or(text.len(), |next| next.span.start);
                let text = text.get(heading.span.start..end).unwrap_or("");
                if let Some(document) = alone(text, dialect) {
                    let same_line = known.first_lines.entry(first_line(text).to_owned()).or_default();
                    same_line.push(known.sections.len());
                    let text = text.to_owned();
                    known.sections.push(Section { text, document });
                }
            }
        }
        known
    }

    /// The known sections, each as a document of its own.
    pub fn documents(&self) -> impl Iterator<Item = Document> {
        self.sections.iter().map(|section| Document {
            text: Text::of_file(&SourceFile::new("", section.text.as_str())),
            ..section.document.clone()
        })
    }

    /// Reads `text` as the host would.
    pub fn parse(&self, text: Text) -> Document {
        self.parsed(&text).unwrap_or_else(|| super::parse(text, self.dialect))
    }

    /// The document, where some sections of the text are known.
    fn parsed(&self, text: &Text) -> Option<Document> {
        let source = text.as_str();
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut done = 0;
        for at in heading_lines(source) {
            let rest = source.get(at..)?;
            // A heading alone between sections that are not known is read sooner than it is put in between.
            let joins = at == done && !found.is_empty();
            let is_worth = |section: &Section| joins || section.document.blocks.len() > 1;
            let known = self
                .section(rest)
                .filter(|(_, section)| at >= done && is_worth(section));
            if let Some((index, section)) = known {
                found.push((at, index));
                done = at + section.text.len();
            }
        }
        if found.is_empty() {
            return None;
        }
        let mut whole = Document {
            text: text.clone(),
            dialect: self.dialect,
            ..Document::default()
        };
        let mut done = 0;
        for (at, index) in found {
            self.between(&mut whole, done, at)?;
            let section = self.sections.get(index)?;
            whole.known.push(KnownSection {
                heading: whole.headings.len(),
                section: index,
                at,
                fields: whole.fields.len(),
            });
            add(&mut whole, section.document.clone(), at);
            done = at + section.text.len();
        }
        self.between(&mut whole, done, source.len())?;
        finish_sections(&mut whole);
        Some(whole)
    }

    /// The known section that `text` begins with, where a heading or nothing stands behind it.
    fn section(&self, text: &str) -> Option<(usize, &Section)> {
        let same_line = self.first_lines.get(first_line(text))?.iter();
        let mut sections = same_line.filter_map(|index| Some((*index, self.sections.get(*index)?)));
        sections.find(|(_, section)| {
            let behind = text.strip_prefix(section.text.as_str());
            behind.is_some_and(|behind| behind.is_empty() || is_heading(behind))
        })
    }

    /// Reads what stands between two known sections; none where it reaches further than that.
    fn between(&self, whole: &mut Document, start: usize, end: usize) -> Option<()> {
        let source = whole.text.as_str();
        let part = source.get(start..end)?;
        if part.is_empty() {
            return Some(());
        }
        if part.contains("[^") {
            return None;
        }
        let next = first_line(source.get(end..)?);
        let mut document = parse_part(&whole.text, Span::new(start, end + next.len()), self.dialect);
        if !next.is_empty() {
            // The heading is read as well: only then is it sure that it is one.
            document.headings.pop().filter(|heading| heading.span.start == end)?;
            document.blocks.pop().filter(|block| block.span.start == end)?;
            document.directives.retain(|directive| directive.span.start < end);
        }
        let labels: Vec<&str> = document
            .definitions
            .iter()
            .map(|definition| definition.label.as_str())
            .collect();
        if may_refer(source.get(..start)?, &labels) || may_refer(source.get(end..)?, &labels) {
            return None;
        }
        add(whole, document, 0);
        Some(())
    }
}

fn add(whole: &mut Document, document: Document, at: usize) {
    let part = Chapter {
        document,
        deeper: 0,
        name: None,
    };
    append(whole, part, at);
}

/// Whether a text may refer to a link reference definition with one of these labels, or have one of its own.
fn may_refer(text: &str, labels: &[&str]) -> bool {
    // Which letters are the same in a label is the parser's business beyond ASCII, and so is what is escaped.
    if labels.iter().any(|label| !label.is_ascii() || label.contains('\\')) {
        return true;
    }
    let first = |text: &str| text.trim_start().bytes().next().map(|byte| byte.to_ascii_lowercase());
    let refers = |rest: &str, label: &str| {
        let inside = rest.split(']').next().unwrap_or(rest).split_whitespace();
        let words = inside.map(str::to_ascii_lowercase);
        words.eq(label.split_whitespace().map(str::to_ascii_lowercase))
    };
    !labels.is_empty()
        && text.split('[').skip(1).any(|rest| {
            labels
                .iter()
                .any(|label| first(rest) == first(label) && refers(rest, label))
        })
}

/// What is written in a section, where it says that wherever it stands in front of a heading or at the end of a text.
fn alone(section: &str, dialect: Dialect) -> Option<Document> {
    if section.contains("[^") {
        return None;
    }
    let (mut document, ended) = (read(section, dialect), read(&format!("{section}{END}"), dialect));
    let spans = |document: &Document, but: usize| -> Vec<Span> {
        let blocks = document.blocks.iter().take(document.blocks.len() - but);
        blocks.map(|block| block.span).collect()
    };
    let heading = ended.headings.last()?.span.start == section.len();
    let first = document.blocks.first()?.span.start == 0 && document.headings.first()?.level > 1;
    let same = spans(&document, 0) == spans(&ended, 1);
    document.text = Text::default();
    (heading && first && same && ended.definitions.is_empty()).then_some(document)
}

fn read(text: &str, dialect: Dialect) -> Document {
    super::parse(Text::of_file(&SourceFile::new("", text)), dialect)
}

/// Where the lines begin that look like headings, `# …`.
fn heading_lines(text: &str) -> impl Iterator<Item = usize> + '_ {
    // A search for one byte is much faster than one for two.
    let marks = text.match_indices('#').map(|(at, _)| at);
    let begins = |at: usize| {
        at.checked_sub(1)
            .is_none_or(|before| text.as_bytes().get(before) == Some(&b'\n'))
    };
    marks.filter(move |at| begins(*at) && text.get(*at..).is_some_and(is_heading))
}

fn is_heading(text: &str) -> bool {
    let behind = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - behind.len())) && behind.starts_with(' ')
}

/// The first line of a text, with its line end.
fn first_line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::join;
    use proptest::prelude::*;

    /// Lines that end, open, hide or name something, or look as if they did.
    const LINES: [&str; 37] = [
        "",
        "Plain words.",
        "- an item",
        "  - a deeper item",
        "**Version**: 9.9",
        "Status: Draft",
        "# Another title",
        "## Testing Strategy",
        "### Decision 9: Use less",
        "#### Purpose",
        "#tag",
        "##",
        "---",
        "===",
        "```",
        "~~~yaml",
        "$$",
        "<!-- a comment",
        "-->",
        "<!-- archdoc: allow; rule=missing-section -->",
        "<details>",
        "<pre>",
        "</pre>",
        "<script>",
        "> quoted",
        "> ## Quoted",
        ": a definition",
        "    indented",
        "[Name]: https://example.org",
        "- [Purpose]: what it is for",
        "Words about [a thing], [ A\tThing ] and [purpose].",
        "[a  Thing]: b.md",
        "[^1]: a footnote",
        "A note.[^1]",
        "| A | B |",
        "|---|---|",
        "`open",
    ];

    fn file(path: &str) -> String {
        std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    fn text(markdown: &str) -> Text {
        Text::of_file(&SourceFile::new("a.md", markdown))
    }

    fn same(known: &Known, markdown: &str) {
        let (mut read, whole) = (
            known.parse(text(markdown)),
            super::super::parse(text(markdown), known.dialect),
        );
        read.known.clear();
        assert_eq!(format!("{read:#?}"), format!("{whole:#?}"), "{markdown}");
    }

    #[test]
    fn a_template_knows_nearly_all_of_itself() {
        let template = file("src/template/builtin/architecture.md");
        let known = Known::new([template.as_str()], Dialect::default());
        same(&known, &template);
        // Not its title, which stands with the header.
        assert_eq!(known.sections.len() + 1, read(&template, known.dialect).headings.len());
        assert!(known.parsed(&text("# Other\n\n## Words\n")).is_none());
    }

    #[test]
    fn a_section_that_goes_on_in_the_next_chapter_is_not_known() {
        let section = "## Purpose\n\nWords.\n";
        let known = Known::new([section], Dialect::default());
        let chapter = |markdown: &str| Chapter {
            document: known.parse(text(markdown)),
            deeper: 0,
            name: None,
        };
        for (next, count) in [
            ("", 1),
            ("More words.\n", 0),
            ("---\n\n# Next\n", 0),
            ("# Next\n\nWords.\n", 1),
            (section, 2),
        ] {
            let whole = join(vec![chapter(section), chapter(next)]);
            assert_eq!(whole.known.len(), count, "{next}");
            for one in &whole.known {
                assert_eq!(whole.own_blocks(one.heading).len(), 1, "{next}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Whatever was written into it, a document says what it says when nothing of it is known.
        #[test]
        fn what_is_known_changes_nothing(edits in prop::collection::vec((0..4000usize, 0..3usize, 0..LINES.len()), 1..8)) {
            for path in ["src/template/builtin/architecture.md", "example-book/src/address-check.md"] {
                let original = file(path);
                let known = Known::new([original.as_str()], Dialect::default());
                let mut lines: Vec<&str> = original.split('\n').collect();
                for (at, gone, line) in &edits {
                    let at = at % lines.len();
                    let end = (at + gone).min(lines.len());
                    lines.splice(at..end, [LINES[*line]]);
                }
                let edited = lines.join("\n");
                same(&known, &edited);
                // The edited text, odd as it may be, can be what is known as well.
                same(&Known::new([edited.as_str()], Dialect::default()), &original);
            }
        }
    }
}
