//! The revisions of one document, one after the other. Most of them change a section or two: only what those say is read
//! again, with the bare headings of all others around it.
//!
//! It must never say anything else than reading the whole text says. Where something in a section could reach beyond its
//! end, or be read otherwise because of what stands outside, the whole text is read.

use std::sync::Arc;

use super::parts::{LEVEL, Part, cut, parts_of};
use super::{Reading, items};
use crate::document::{Document, Heading, HeadingId, parse};
use crate::history::RevisionFacts;
use crate::markdown::Dialect;
use crate::outline::{Beyond, Outline, outline_beside};
use crate::record::{FOLLOWED, Reader, log_section, names_log};
use crate::source::{SourceFile, Text};
use crate::template::Template;

/// Reads revisions of one document.
#[derive(Debug)]
pub struct Revisions<'t> {
    template: &'t Template,
    dialect: Dialect,
    /// The document as it is now, where it is read already.
    now: Option<(&'t Document, &'t Outline)>,
    /// The parts of the revision that was read last.
    parts: Vec<Arc<Part>>,
    frame: Option<Excerpt<Frame>>,
    /// The items of each of the kinds that history follows.
    items: Vec<Excerpt<Vec<(String, String)>>>,
}

/// What a revision says of which some parts are bare: those in which what is asked for does not stand.
#[derive(Debug)]
struct Excerpt<T> {
    parts: Vec<Arc<Part>>,
    /// Which of them are read with all that stands below their headings.
    whole: Vec<bool>,
    says: T,
}

/// What is read out of all that could be a header, a footer or a change log.
#[derive(Debug)]
struct Frame {
    reading: Reading,
    /// In which parts the items of each kind stand.
    items_in: Vec<Vec<bool>>,
}

impl<'t> Revisions<'t> {
    /// Those of a document with this template, which may be read already as it is `now`.
    pub fn new(template: &'t Template, dialect: Dialect, now: Option<(&'t Document, &'t Outline)>) -> Self {
        Self {
            template,
            dialect,
            now,
            parts: Vec::new(),
            frame: None,
            items: Vec::new(),
        }
    }

    /// Reads what counts out of the next revision.
    pub fn read(&mut self, text: &str) -> RevisionFacts {
        let near = if self.parts.is_empty() {
            None
        } else {
            self.in_parts(text)
        };
        let reading = near.unwrap_or_else(|| self.whole(text));
        reading.into_facts()
    }

    /// Reads all of a text.
    fn whole(&mut self, text: &str) -> Reading {
        if let Some((document, outline)) = self.now.filter(|now| now.0.text.as_str() == text) {
            return self.kept(document, outline);
        }
        let (document, outline) = self.outlined(text.to_owned());
        self.kept(&document, &outline)
    }

    fn kept(&mut self, document: &Document, outline: &Outline) -> Reading {
        let reading = Reading::of(self.reader(document, outline));
        self.parts.clear();
        if let Some(parts) = parts_of(document).filter(|_| is_plain(document, outline)) {
            self.parts = parts;
            self.keep(outline, &reading);
        }
        reading
    }

    /// Keeps what its parts say, of a text that was read as a whole.
    fn keep(&mut self, outline: &Outline, reading: &Reading) {
        let frame = Frame {
            reading: reading.clone(),
            items_in: self.items_in(outline),
        };
        let of_kind = |(name, items_in): (&str, &Vec<bool>)| {
            let items = reading.items.iter().filter(|item| item.0 == name);
            self.excerpt(items_in.clone(), items.cloned().collect())
        };
        let names = FOLLOWED.iter().map(|kind| kind.name);
        self.items = names.zip(&frame.items_in).map(of_kind).collect();
        self.frame = Some(self.excerpt(self.frame_in(Some(outline)), frame));
    }

    fn outlined(&self, text: String) -> (Document, Outline) {
        let document = parse(Text::of_file(&SourceFile::new("", text)), self.dialect);
        let outline = outline_beside(&document, self.template, Beyond::default());
        (document, outline)
    }

    /// What [`Revisions::whole`] says, read out of as much of the text as changed; none where it does not fall into parts.
    fn in_parts(&mut self, text: &str) -> Option<Reading> {
        self.parts = cut(text, &self.parts, self.dialect)?;
        let last = self.frame.take().filter(|frame| frame.is_of(&self.parts));
        let frame = last.or_else(|| self.framed())?;
        let mut reading = frame.completed(&self.parts)?;
        for (index, (kind, items_in)) in FOLLOWED.iter().zip(&frame.says.items_in).enumerate() {
            let last = self.items.get(index);
            if !last.is_some_and(|last| last.whole == *items_in && last.is_of(&self.parts)) {
                let (document, outline) = self.bared(items_in)?;
                let items = items(self.reader(&document, &outline), kind);
                let excerpt = self.excerpt(items_in.clone(), items);
                *self.items.get_mut(index)? = excerpt;
            }
            reading.items.extend_from_slice(&self.items.get(index)?.says);
        }
        self.frame = Some(frame);
        Some(reading)
    }

    fn framed(&self) -> Option<Excerpt<Frame>> {
        let mut whole = self.frame_in(None);
        let (mut document, mut outline) = self.bared(&whole)?;
        let with_log = self.frame_in(Some(&outline));
        if with_log != whole {
            whole = with_log;
            (document, outline) = self.bared(&whole)?;
        }
        let frame = Frame {
            reading: Reading::of_frame(self.reader(&document, &outline)),
            items_in: self.items_in(&outline),
        };
        Some(self.excerpt(whole, frame))
    }

    fn reader<'a>(&'a self, document: &'a Document, outline: &'a Outline) -> Reader<'a> {
        Reader {
            document,
            outline,
            template: self.template,
        }
    }

    fn excerpt<T>(&self, whole: Vec<bool>, says: T) -> Excerpt<T> {
        let parts = self.parts.clone();
        Excerpt { parts, whole, says }
    }

    /// The parts that could hold a header, a footer or a change log; with the template's section for that, where it is known
    /// which is which.
    fn frame_in(&self, outline: Option<&Outline>) -> Vec<bool> {
        let at_ends = |index: usize| index < 2 || index + 1 == self.parts.len();
        let parts = self.parts.iter().enumerate();
        let parts = parts.map(|(index, part)| at_ends(index) || part.may_hold_log);
        let Some(outline) = outline else {
            return parts.collect();
        };
        let log = log_section(outline, self.template).and_then(|node| node.heading);
        self.holding(outline, log.into_iter(), parts.collect())
    }

    /// The parts that hold the items of each kind, and what tells a subtitle from a section.
    fn items_in(&self, outline: &Outline) -> Vec<Vec<bool>> {
        let of_kind = |path: &str| {
            let nodes = outline.nodes.iter().filter(|node| {
                let rest = node.spec(self.template).id.strip_prefix(path);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            let first = (0..self.parts.len()).map(|index| index < 2);
            self.holding(outline, nodes.flat_map(|node| node.region), first.collect())
        };
        FOLLOWED.iter().map(|kind| of_kind(kind.path)).collect()
    }

    /// `parts` with those that have one of the headings.
    fn holding(&self, outline: &Outline, headings: impl Iterator<Item = HeadingId>, mut parts: Vec<bool>) -> Vec<bool> {
        let mut end = 0;
        let ends: Vec<usize> = self
            .parts
            .iter()
            .map(|part| {
                end += part.headings;
                end
            })
            .collect();
        for heading in headings {
            let above = outline.names.headings.ids().before(heading).len();
            let part = ends.partition_point(|end| *end <= above);
            parts.get_mut(part).into_iter().for_each(|part| *part = true);
        }
        parts
    }

    /// The parts as one text, bare but for those that are `whole`; none where it is not read as the whole text is.
    fn bared(&self, whole: &[bool]) -> Option<(Document, Outline)> {
        let (mut text, mut starts) = (String::new(), Vec::with_capacity(self.parts.len()));
        for (part, whole) in self.parts.iter().zip(whole) {
            starts.push(text.len());
            text.push_str(if *whole { &part.text } else { &part.bare });
        }
        let (document, outline) = self.outlined(text);
        let sections = document.headings.iter().filter(|heading| heading.level == LEVEL);
        let sections = sections.map(|heading| heading.span.start);
        let count: usize = self.parts.iter().map(|part| part.headings).sum();
        let stands = sections.eq(starts.into_iter().skip(1)) && document.headings.len() == count;
        (stands && is_plain(&document, &outline)).then_some((document, outline))
    }
}

/// Whether the sections stand on their usual level below nothing but the title, which does not say that they are the
/// change log.
fn is_plain(document: &Document, outline: &Outline) -> bool {
    let first = document.headings.ids().first();
    let is_title = |(id, heading): (HeadingId, &Heading)| {
        heading.level > 1 || Some(id) == first && !names_log(outline.names.heading(id))
    };
    outline.base == LEVEL && document.headings.enumerate().all(is_title)
}

impl<T> Excerpt<T> {
    /// Whether another revision, with these parts, says the same.
    fn is_of(&self, parts: &[Arc<Part>]) -> bool {
        let same = |((own, part), whole): ((&Arc<Part>, &Arc<Part>), &bool)| match whole {
            true => Arc::ptr_eq(own, part),
            false => own.may_hold_log == part.may_hold_log && own.bare == part.bare,
        };
        self.parts.len() == parts.len() && self.parts.iter().zip(parts).zip(&self.whole).all(same)
    }
}

impl Excerpt<Frame> {
    /// What the whole text with these parts says, but for the items.
    fn completed(&self, parts: &[Arc<Part>]) -> Option<Reading> {
        let mut reading = self.says.reading.clone();
        reading.items.clear();
        // What stands in front of the sections, and below a subtitle, is none.
        let skipped = parts.len().checked_sub(reading.sections.len())?;
        let parts = parts.iter().zip(&self.whole).skip(skipped);
        for (section, (part, whole)) in reading.sections.iter_mut().zip(parts) {
            if !whole {
                section.words = part.words;
                section.content = section.content.map(|_| part.words);
            }
        }
        Some(reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;
    use crate::template::{DEFAULT, load};
    use proptest::prelude::*;

    /// Lines that end, open, hide or name something, or look as if they did.
    const LINES: [&str; 42] = [
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
        "# Change Log",
        "# A",
        "## Known Limitations",
        "## Component Details",
        "## Approvals",
        "- 2026-01-02: something",
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
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Each revision says what its whole text says, whatever was read before.
        #[test]
        fn what_was_read_before_changes_nothing(
            name in prop::sample::select(vec!["address-check", "parcel-tracking"]),
            edits in prop::collection::vec((0..4000usize, 0..3usize, 0..LINES.len()), 1..14),
        ) {
            let template = template();
            let mut revisions = Revisions::new(&template, Dialect::default(), None);
            let mut text = example(name);
            revisions.read(&text);
            for edit in edits {
                let after = edited(&text, edit);
                let whole = Revisions::new(&template, Dialect::default(), None).whole(&after).into_facts();
                prop_assert_eq!(revisions.read(&after), whole, "{:?} in {}", edit, text);
                text = after;
            }
        }

        /// So does one that begins, ends and is made up in any way.
        #[test]
        fn any_text_says_what_the_whole_of_it_says(
            texts in prop::collection::vec(prop::collection::vec(0..LINES.len(), 0..40), 1..4),
        ) {
            let template = template();
            let mut revisions = Revisions::new(&template, Dialect::default(), None);
            for lines in texts {
                let lines: Vec<&str> = lines.iter().filter_map(|line| LINES.get(*line).copied()).collect();
                let text = lines.join("\n");
                let whole = Revisions::new(&template, Dialect::default(), None).whole(&text).into_facts();
                prop_assert_eq!(revisions.read(&text), whole, "{}", text);
            }
        }
    }

    /// Whether the second text is read in parts behind the first one; what it says is in any case the same.
    fn is_in_parts(template: &Template, text: &str, after: &str) -> bool {
        assert_ne!(after, text);
        let mut revisions = Revisions::new(template, Dialect::default(), None);
        revisions.read(text);
        let reading = revisions.in_parts(after).map(Reading::into_facts);
        let whole = revisions.whole(after).into_facts();
        assert!(reading.as_ref().is_none_or(|reading| *reading == whole), "{after}");
        reading.is_some()
    }

    #[test]
    fn parts_are_read_where_nothing_in_them_reaches_further() {
        let template = template();
        let text = example("parcel-tracking");
        let log = "\n| Version | Date | Author | Changes |\n|---|---|---|---|\n| 1 | 2026-01-01 | A | B |\n";
        for (place, new, in_parts) in [
            ("## 🔐 Security Architecture\n", "\nMore words.\n", true),
            ("## 🔐 Security Architecture\n", "\n```\n## Roadmap\n```\n", false),
            ("## 🔐 Security Architecture\n", "\n### New\n", true),
            ("## 🔐 Security Architecture\n", "\n## New\n", true),
            ("## 🔐 Security Architecture\n", "\n# New\n", false),
            ("## 🔐 Security Architecture\n", "\nNew\n---\n", false),
            ("## 🔐 Security Architecture\n", "\n[a]: b\n", false),
            ("## 🔐 Security Architecture\n", "\n[^1]: b\n", false),
            ("## 🔐 Security Architecture\n", "\nWords[^1].\n", false),
            ("## 🔐 Security Architecture\n", "\n<!-- open\n", false),
            ("## 🔐 Security Architecture\n", log, true),
            ("### Security Measures\n", "\nMore words.\n", true),
            ("### Security Measures\n", log, true),
            ("### Security Measures", " and more", true),
            ("## 🔍 Design Decisions\n", "\nWords.\n", true),
            ("## 🔍 Design Decisions\n", "\n### Decision 9: Less\n", true),
            ("### Decision 2: Write", " nearly", true),
            ("## 🚧 Known Limitations\n", "\n- Slow.\n", true),
            ("## 🚧 Known Limitations\n", log, true),
            ("## 🔧 Component Details\n", "\nWords.\n", true),
            ("## 📋 Executive Summary\n", "\nWords.\n", true),
            ("## ✅ Review Checklist\n", "\nWords.\n", true),
            ("| Date | Version | Author | Changes |\n", "", true),
            ("**Version**: ", "9.", true),
            ("\n", "\n**Version**: 9\n", true),
            ("\n", "\n```\n", false),
        ] {
            let Some(at) = text.find(place) else { panic!("{place}") };
            let (before, behind) = text.split_at(at + place.len());
            // Where nothing is put in, the next line goes.
            let behind = if new.is_empty() {
                behind.split_once('\n').unwrap().1
            } else {
                behind
            };
            let after = format!("{before}{new}{behind}");
            assert_eq!(is_in_parts(&template, &text, &after), in_parts, "{place}{new}");
        }
    }

    #[test]
    fn several_differences_are_read_at_once() {
        let template = template();
        let text = example("address-check");
        let mut after = text.replacen("**Version**: ", "**Version**: 7.", 1);
        for section in [
            "🔐 Security Architecture",
            "🔍 Design Decisions",
            "📅 Change Log",
            "📚 Technology Stack",
        ] {
            let heading = format!("## {section}\n");
            assert!(after.contains(&heading), "{section}");
            after = after.replacen(&heading, &format!("{heading}\nWords.\n"), 1);
        }
        assert!(is_in_parts(&template, &text, &after));
    }
}
