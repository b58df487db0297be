//! What is known of a template's own sections before a document is read: of most of them, that some readers find
//! nothing there.
//!
//! A known section says the same in every document. It must never be passed over by a reader to whom it may say
//! something, wherever it stands.

use super::change_log::Name;
use super::{change_log, diagram, mention};
use crate::document::{Block, Document, Known, markers};

/// The known sections, each with what readers find there.
#[derive(Debug, Default)]
pub struct KnownRecords(Vec<Section>);

/// What readers find in a known section.
#[derive(Debug)]
pub(super) struct Section {
    /// Whether anything in it is still to be written.
    pub(super) markers: bool,
    /// Whether it mentions something by its number.
    pub(super) mentions: bool,
    /// Whether there is a picture in it.
    pub(super) pictures: bool,
    /// Whether anything in it can be read as a change log, whatever the headings say.
    pub(super) log: bool,
    /// What its heading says of a change log.
    pub(super) log_name: Name,
}

impl KnownRecords {
    /// Reads the known sections.
    pub fn new(known: &Known) -> Self {
        let section = |document: Document| Section {
            markers: !markers(&document, [document.blocks.as_slice()]).is_empty(),
            mentions: !mention::in_blocks(&document, &document.blocks).is_empty(),
            pictures: diagram::any_in(&document, &document.blocks),
            log: change_log::may_stand_in(&document),
            log_name: change_log::heading_name(&document),
        };
        Self(known.documents().map(section).collect())
    }

    /// What is known of the sections of a document.
    pub(super) fn of(&self, document: &Document) -> Seen<'_> {
        let mut sections = vec![None; document.headings.len()];
        for known in &document.known {
            if let Some(section) = sections.get_mut(known.heading) {
                *section = self.0.get(known.section);
            }
        }
        Seen(sections)
    }
}

/// What is known of the sections of a document, each up to the next heading, in the order of their headings.
#[derive(Debug, Default)]
pub(super) struct Seen<'k>(Vec<Option<&'k Section>>);

impl<'k> Seen<'k> {
    /// What readers find below a heading, where that is known.
    pub(super) fn get(&self, heading: usize) -> Option<&'k Section> {
        self.0.get(heading).copied().flatten()
    }

    /// Whether a reader may find something below a heading, or in it.
    pub(super) fn may_hold(&self, heading: usize, finds: impl Fn(&Section) -> bool) -> bool {
        self.get(heading).is_none_or(finds)
    }

    /// The blocks of the document in which a reader may find something, section by section.
    pub(super) fn blocks<'d>(
        &self,
        document: &'d Document,
        finds: impl Fn(&Section) -> bool,
    ) -> impl Iterator<Item = &'d [Block]> {
        let end = document.blocks.len();
        let begin = move |heading: usize| document.headings.get(heading).map_or(end, |heading| heading.block);
        let blocks = move |from, to| document.blocks.get(from..to).unwrap_or(&[]);
        let headings = 0..document.headings.len();
        let read = headings.filter(move |heading| self.may_hold(*heading, &finds));
        let below = read.map(move |heading| blocks(begin(heading), begin(heading + 1)));
        std::iter::once(blocks(0, begin(0))).chain(below)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::parse;
    use crate::files::Files;
    use crate::markdown::Dialect;
    use crate::outline::outline;
    use crate::record::{Records, read_beside};
    use crate::source::{SourceFile, Text};
    use crate::template::{DEFAULT, Template, load};

    /// Lines in which one of the readers finds something, or that change what the lines around them say.
    const LINES: [&str; 28] = [
        "",
        "Words.",
        "The size is TBD.",
        "TODO: say more",
        "We use trunk-based development (TBD).",
        "- **Owner**: {Name}",
        "As of Decision 9 and FR3.",
        "- see **Limitation 2**",
        "```mermaid\ngraph LR\n A[Shop] --> B[Till]\n```",
        "```\n┌───┐\n│ A │\n└───┘\n```",
        "![](a.svg)",
        "<img src=\"a.svg\">",
        "| Version | Date | Author | Changes |\n|---|---|---|---|\n| 1.0 | 2026-01-02 | Ada | First |",
        "- 2026-01-02: first\n- 2026-02-03: second",
        "- 1.0 (2026-01-02): first\n- 1.1 (2026-02-03): second",
        "**1.0** – 2026-01-02",
        "**Revision History**",
        "## Change Log",
        "### Approvals",
        "### Version history",
        "## Review Checklist",
        "### 1.0 (2026-01-02)",
        "- [x] All sections completed",
        "- [ ] Reviewed\n  - [x] twice",
        "✅ Ports\n❌ Hosts",
        "<input type=\"checkbox\" checked> Done",
        "| Check | Status |\n|---|---|\n| Security reviewed | ✅ |\n| Load tested | N/A: no load |",
        "---",
    ];

    fn file(path: &str) -> String {
        std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    fn text(markdown: &str) -> Text {
        Text::of_file(&SourceFile::new("a.md", markdown))
    }

    fn template() -> Template {
        let (template, _) = load(DEFAULT, None, &Files::new("/nowhere"), &Default::default());
        template.expect("the built-in template")
    }

    fn same(template: &Template, sections_of: &str, markdown: &str) -> Records {
        let known = Known::new([sections_of], Dialect::default());
        let (near, alone) = (known.parse(text(markdown)), parse(text(markdown), Dialect::default()));
        let outline = outline(&alone, template);
        let records = read_beside(&near, &outline, template, &KnownRecords::new(&known));
        let whole = super::super::read(&alone, &outline, template);
        assert_eq!(format!("{records:#?}"), format!("{whole:#?}"), "{markdown}");
        records
    }

    #[test]
    fn most_readers_find_nothing_in_the_template() {
        let template = template();
        let known = Known::new([template.text.as_str()], Dialect::default());
        let KnownRecords(sections) = KnownRecords::new(&known);
        let count = |finds: fn(&Section) -> bool| sections.iter().filter(|section| finds(section)).count();
        let finds = [
            count(|section| section.markers),
            count(|section| section.mentions),
            count(|section| section.pictures),
            count(|section| section.log),
        ];
        assert!(finds.iter().all(|finds| finds * 5 < sections.len()), "{finds:?}");
    }

    #[test]
    fn what_stands_in_known_sections_is_read() {
        let lines = LINES.join("\n\n");
        let markdown = format!("## Component Details\n\n### Component 1: A\n\n{lines}\n");
        let records = same(&template(), &markdown, &markdown);
        let found = [records.markers.len(), records.mentions.len(), records.diagrams.len()];
        assert!(found.iter().all(|found| *found > 1), "{found:?}");
        assert!(records.change_log.is_some_and(|log| !log.rows.is_empty()));
        assert!(records.review.is_some_and(|review| review.items.len() > 2));
    }

    #[test]
    fn what_headings_above_a_known_section_say_counts() {
        let entries = "### Notes\n\n- 2026-01-02: first\n- 2026-02-03: second\n";
        for (above, rows) in [("## Change Log", 2), ("## Testing Strategy", 0)] {
            let records = same(&template(), entries, &format!("{above}\n\n{entries}"));
            assert_eq!(records.change_log.map_or(0, |log| log.rows.len()), rows, "{above}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Whatever was written into it, a document has the records that it has when nothing of it is known.
        #[test]
        fn what_is_known_changes_nothing(
            all in prop::collection::vec((0..4000usize, 0..3usize, 0..LINES.len()), 0..12),
            more in prop::collection::vec((0..4000usize, 0..3usize, 0..LINES.len()), 0..5),
        ) {
            let template = template();
            for path in ["src/template/builtin/architecture.md", "example-book/src/address-check.md"] {
                let edited = |text: &str, edits: &[(usize, usize, usize)]| {
                    let mut lines: Vec<&str> = text.split('\n').collect();
                    for (at, gone, line) in edits {
                        let at = at % lines.len();
                        let end = (at + gone).min(lines.len());
                        lines.splice(at..end, ["", LINES[*line], ""]);
                    }
                    lines.join("\n")
                };
                // A team's own template holds all that a document can hold.
                let own = edited(&file(path), &all);
                same(&template, &own, &edited(&own, &more));
            }
        }
    }
}
