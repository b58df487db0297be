//! The revisions of one document, one after the other: what a revision has in common with the one read before is not
//! read again.
//!
//! It must never say anything else than [`revision`] says of the whole text. A section counts as known by itself only
//! where nothing outside of it can tell what it is, and nothing in it can tell what stands outside; everything else is
//! read in full.

use std::hash::{DefaultHasher, Hasher};

use super::change_log;
use super::revision::{self, Read, words_hash};
use crate::document::{Document, parse};
use crate::history::RevisionFacts;
use crate::markdown::Dialect;
use crate::outline::outline_beside;
use crate::source::{SourceFile, Text};
use crate::template::Template;

/// Reads revisions of one document.
#[derive(Debug)]
pub struct Revisions<'t> {
    template: &'t Template,
    dialect: Dialect,
    last: Option<Known>,
}

/// A revision that was read.
#[derive(Debug)]
struct Known {
    text: String,
    read: Read,
}

/// What a section says where it stands alone: the levels and texts of its headings.
type Shape = Vec<(u8, String)>;

impl<'t> Revisions<'t> {
    /// Those of a document with this template.
    pub fn new(template: &'t Template, dialect: Dialect) -> Self {
        Self {
            template,
            dialect,
            last: None,
        }
    }

    /// Reads what counts out of the next revision.
    pub fn read(&mut self, text: &str) -> RevisionFacts {
        let dialect = self.dialect;
        let near = self.last.take().and_then(|last| last.followed_by(text, dialect));
        let known = near.unwrap_or_else(|| {
            let document = document(text, dialect);
            let outline = outline_beside(&document, self.template, &[]);
            Known {
                read: revision::read(&document, &outline, self.template),
                text: text.to_owned(),
            }
        });
        self.last.insert(known).read.facts.clone()
    }
}

impl Known {
    /// The next revision, where it differs in nothing but the words of sections that are known by themselves.
    fn followed_by(mut self, text: &str, dialect: Dialect) -> Option<Self> {
        let starts: Vec<usize> = self.read.parts.iter().map(|part| part.start).collect();
        let first = *starts.first()?;
        if !text.starts_with(self.text.get(..first)?) {
            return None;
        }
        let mut at = first;
        for (index, start) in starts.iter().copied().enumerate() {
            let Some(next) = starts.get(index + 1).copied() else {
                // The last one may end in the footer.
                if text.get(at..)? != self.text.get(start..)? {
                    return None;
                }
                self.read.parts.get_mut(index)?.start = at;
                break;
            };
            let (old, line) = (self.text.get(start..next)?, line_at(&self.text, next)?);
            let rest = text.get(at..)?;
            let same = rest.strip_prefix(old).is_some_and(|rest| rest.starts_with(line));
            let part = self.read.parts.get_mut(index)?;
            part.start = at;
            if same {
                at += old.len();
                continue;
            }
            let new = rest.get(..find_line(rest, line)?)?;
            if !part.alone || shape(old, line, dialect)? != shape(new, line, dialect)? {
                return None;
            }
            let hash = words_hash(new);
            part.said = part.said.map(|_| hash);
            self.read.facts.sections.get_mut(index)?.1 = hash;
            at += new.len();
        }
        let mut content = DefaultHasher::new();
        for part in &self.read.parts {
            part.hash_into(&mut content);
        }
        self.read.facts.content = content.finish();
        text.clone_into(&mut self.text);
        Some(self)
    }
}

fn document(text: &str, dialect: Dialect) -> Document {
    parse(Text::of_file(&SourceFile::new("", text)), dialect)
}

/// The line that begins at `at`, with its line end.
fn line_at(text: &str, at: usize) -> Option<&str> {
    text.get(at..)?.split_inclusive('\n').next()
}

/// Where `line` begins for the first time behind the first line of `text`.
fn find_line(text: &str, line: &str) -> Option<usize> {
    let mut from = 1;
    loop {
        let at = from + text.get(from..)?.find(line)?;
        if text.get(..at)?.ends_with('\n') {
            return Some(at);
        }
        from = at + 1;
    }
}

/// What the section `text` says by itself, where the heading in the line `next` ends it; none where something in it
/// reaches further than that, or may be a change log.
fn shape(text: &str, next: &str, dialect: Dialect) -> Option<Shape> {
    if text.contains("[^") {
        return None;
    }
    let document = document(&format!("{text}{next}"), dialect);
    let (last, headings) = document.headings.split_last()?;
    let ended = last.span.start == text.len() && document.definitions.is_empty();
    let shape = headings.iter().map(|heading| (heading.level, heading.text.clone()));
    (ended && !change_log::may_be_in(&document)).then(|| shape.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;
    use crate::template::{DEFAULT, load};
    use proptest::prelude::*;

    /// Lines that end, open, hide or name something, or look as if they did.
    const LINES: [&str; 36] = [
        "",
        "Plain words.",
        "- an item",
        "  - a deeper item",
        "1. **One**: first",
        "**Version**: 9.9",
        "**Status**: Draft",
        "## Testing Strategy",
        "## Design Decisions",
        "## Change Log",
        "## Something else",
        "### Decision 9: Use less",
        "### Component 9: Till",
        "#### Purpose",
        "# Another title",
        "#tag",
        "---",
        "===",
        "***",
        "```",
        "~~~yaml",
        "<!-- a comment",
        "-->",
        "<!-- archdoc: allow; rule=missing-section -->",
        "<details>",
        "</details>",
        "<pre>",
        "> quoted",
        "    indented",
        "[one]: https://example.org",
        "[^1]: a footnote",
        "| Version | Date | Author | Changes |",
        "|---|---|---|---|",
        "| 1.9 | 2026-01-02 | Ann | Something |",
        "Change Log:",
        "## [one] and `code`",
    ];

    fn template() -> Template {
        let (template, _) = load(DEFAULT, None, &Files::new("."), &Default::default());
        template.expect("the built-in template")
    }

    fn example(name: &str) -> String {
        let path = format!("{}/example-book/src/{name}.md", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    }

    /// Puts a line in the place of as many lines as are said, or in front of one.
    fn edited(text: &str, (at, gone, line): (usize, usize, usize)) -> String {
        let mut lines: Vec<&str> = text.split('\n').collect();
        let at = at % lines.len();
        let end = (at + gone).min(lines.len());
        lines.splice(at..end, [LINES[line]]);
        lines.join("\n")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Each revision says what it says when it is read alone, whatever was read before.
        #[test]
        fn neighbours_change_nothing(edits in prop::collection::vec((0..4000usize, 0..3usize, 0..LINES.len()), 1..14)) {
            let template = template();
            let mut revisions = Revisions::new(&template, Dialect::default());
            let mut text = example("address-check");
            for edit in edits {
                let after = edited(&text, edit);
                let alone = Revisions::new(&template, Dialect::default()).read(&after);
                prop_assert_eq!(revisions.read(&after), alone, "{:?} in {}", edit, text);
                text = after;
            }
        }
    }

    #[test]
    fn words_of_a_section_are_read_alone() {
        let template = template();
        let text = example("parcel-tracking");
        let known = |text: &str| {
            let mut revisions = Revisions::new(&template, Dialect::default());
            revisions.read(text);
            revisions.last.unwrap()
        };
        let alone = known(&text).read.parts.iter().filter(|part| part.alone).count();
        assert!(alone > 10, "{alone}");
        let heading = "## 🔐 Security Architecture\n";
        for (new, near) in [
            ("\nMore words.\n", true),
            ("\n```\n## Roadmap\n```\n", true),
            ("\n```\n", false),
            ("\n### New\n", false),
            ("\n[a]: b\n", false),
            (
                "\n| Version | Date | Author | Changes |\n|---|---|---|---|\n| 1 | 2026-01-01 | A | B |\n",
                false,
            ),
        ] {
            let after = text.replacen(heading, &format!("{heading}{new}"), 1);
            assert_ne!(after, text);
            let followed = known(&text).followed_by(&after, Dialect::default());
            assert_eq!(followed.is_some(), near, "{new}");
            if let Some(followed) = followed {
                assert_eq!(followed.read.facts, known(&after).read.facts, "{new}");
            }
        }
    }
}
