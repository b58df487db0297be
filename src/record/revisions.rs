//! The revisions of one document, one after the other: what a revision has in common with the one read before is not
//! read again.
//!
//! It must never say anything else than [`revision`] says of the whole text. A section counts as known by itself only
//! where nothing outside of it can tell what it is, and nothing in it can tell what stands outside; everything else is
//! read in full.

use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use super::revision::{self, Feeds, Part, Read, items, words_hash};
use super::{FOLLOWED, Followed, Reader, change_log};
use crate::document::{Document, Heading, parse};
use crate::edit::same_ends;
use crate::history::RevisionFacts;
use crate::markdown::Dialect;
use crate::outline::{Beyond, Outline, outline_beside};
use crate::source::{SourceFile, Span, Text};
use crate::template::Template;

/// Reads revisions of one document.
#[derive(Debug)]
pub struct Revisions<'t> {
    template: &'t Template,
    dialect: Dialect,
    /// The document as it is now, where it is read already.
    now: Option<(&'t Document, &'t Outline)>,
    last: Option<Known>,
}

/// A revision that was read.
#[derive(Debug)]
struct Known {
    text: String,
    read: Read,
}

impl<'t> Revisions<'t> {
    /// Those of a document with this template, which may be read already as it is `now`.
    pub fn new(template: &'t Template, dialect: Dialect, now: Option<(&'t Document, &'t Outline)>) -> Self {
        Self {
            template,
            dialect,
            now,
            last: None,
        }
    }

    /// Reads what counts out of the next revision.
    pub fn read(&mut self, text: &str) -> RevisionFacts {
        let near = self.last.take().and_then(|last| self.following(last, text));
        let read = near.unwrap_or_else(|| self.whole(text));
        let text = text.to_owned();
        self.last.insert(Known { text, read }).read.facts.clone()
    }

    fn whole(&self, text: &str) -> Read {
        if let Some((document, outline)) = self.now.filter(|now| now.0.text.as_str() == text) {
            return revision::read(document, outline, self.template);
        }
        let document = document(text, self.dialect);
        let outline = outline_beside(&document, self.template, Beyond::default());
        revision::read(&document, &outline, self.template)
    }

    /// What counts in the revision next to the one that is known; none where they have too little in common.
    fn following(&self, known: Known, text: &str) -> Option<Read> {
        let Known { text: old, mut read } = known;
        let cut = Cut::of(&old, &read.parts, text)?;
        for (part, start) in read.parts.iter_mut().zip(&cut.starts) {
            part.start = *start;
        }
        let mut wanted = Feeds::default();
        if cut.header {
            wanted.log = true;
            wanted.frame = true;
        }
        for index in &cut.changed {
            let feeds = read.parts.get(*index)?.feeds;
            let others = read.parts.iter().filter(|other| other.feeds.meets(feeds)).count() > 1;
            if others || feeds.log || feeds.frame {
                wanted = wanted.and(feeds);
            } else {
                self.alone(&mut read, &cut, *index)?;
            }
        }
        if !wanted.is_nothing() {
            self.reread(&mut read, &cut, wanted)?;
        }
        let mut content = DefaultHasher::new();
        read.parts.iter().for_each(|part| part.hash_into(&mut content));
        read.facts.content = content.finish();
        Some(read)
    }

    /// Reads the section at `index`, whose text is another one now, by itself; where nothing is read out of it but its
    /// words, only what may have changed its headings. None where they are other ones than before, or something in it
    /// reaches further than its end, or may be a change log.
    fn alone(&self, read: &mut Read, cut: &Cut<'_>, index: usize) -> Option<()> {
        let part = read.parts.get_mut(index)?;
        let own = cut.part(index)?;
        let next = line_at(cut.text, part.start + own.len())?;
        let excerpt = Excerpt::of(part, cut.known.get(cut.was(index)?)?, own)?;
        let document = document(&[excerpt.text.as_str(), next].concat(), self.dialect);
        let (last, headings) = document.headings.split_last()?;
        let known = read.headings.get(part.headings.clone())?.iter();
        let now = headings.iter().map(|heading| (heading.level, &heading.text));
        let same = known.map(|(level, text)| (*level, text)).eq(now);
        let ended = last.span.start == excerpt.text.len() && document.definitions.is_empty();
        if !same || !ended || change_log::may_be_in(&document, read.sections.names(&part.headings)) {
            return None;
        }
        excerpt.place(&document.headings, &mut part.heads)?;
        let hash = words_hash(&[own]);
        part.said = part.said.map(|_| hash);
        read.facts.sections.get_mut(index)?.1 = hash;
        if part.feeds.is_nothing() {
            return Some(());
        }
        let outline = read.sections.alone(&document, self.template, &part.headings)?;
        let reader = Reader {
            document: &document,
            outline: &outline,
            template: self.template,
        };
        take_items(&mut read.facts.items, part.feeds, |kind| items(reader, kind));
        Some(())
    }

    /// Reads again what comes from the parts that feed what is `wanted`, out of a text that has only the headings of
    /// all others.
    fn reread(&self, read: &mut Read, cut: &Cut<'_>, wanted: Feeds) -> Option<()> {
        let mut short = cut.text.get(..*cut.starts.first()?)?.to_owned();
        let mut starts = Vec::with_capacity(read.parts.len());
        let is_whole = |part: &Part| part.feeds.meets(wanted);
        for (index, part) in read.parts.iter().enumerate() {
            starts.push(short.len());
            if is_whole(part) {
                short.push_str(cut.part(index)?);
            } else {
                part.bare.iter().for_each(|heading| short.push_str(heading));
            }
        }
        let again = self.whole(&short);
        let stands = again.parts.iter().map(|part| part.start).eq(starts);
        if !stands || again.headings != read.headings {
            return None;
        }
        let mut sections = again.facts.sections.iter();
        for (index, (part, new)) in read.parts.iter_mut().zip(again.parts).enumerate() {
            let hash = sections.next()?.1;
            let whole = is_whole(part);
            let changed = whole && cut.changed.contains(&index);
            if changed && new.feeds.log && !wanted.log {
                return None;
            }
            if wanted.log && whole {
                part.said = new.said;
                part.feeds.log = new.feeds.log;
            } else if changed {
                part.said = part.said.map(|_| hash);
            }
            if whole {
                part.heads = new.heads;
                read.facts.sections.get_mut(index)?.1 = hash;
            }
        }
        take_items(&mut read.facts.items, wanted, |kind| of_kind(kind, &again.facts.items));
        if wanted.frame {
            read.facts.version = again.facts.version;
        }
        if wanted.log {
            read.facts.rows = again.facts.rows;
        }
        Some(())
    }
}

/// Takes the items of the kinds that are `wanted` from `again`.
fn take_items(items: &mut Vec<(String, String)>, wanted: Feeds, again: impl Fn(&Followed) -> Vec<(String, String)>) {
    let known = std::mem::take(items);
    for (kind, wanted) in FOLLOWED.iter().zip(wanted.items) {
        if wanted {
            items.extend(again(kind));
        } else {
            items.extend(of_kind(kind, &known));
        }
    }
}

fn of_kind(kind: &Followed, items: &[(String, String)]) -> Vec<(String, String)> {
    items.iter().filter(|item| item.0 == kind.name).cloned().collect()
}

/// A text cut where the sections of the revision next to it begin.
struct Cut<'x> {
    text: &'x str,
    /// The other revision.
    known: &'x str,
    starts: Vec<usize>,
    /// Where the sections began in the other revision, and where it ended.
    before: Vec<usize>,
    /// Whether what stands in front of the first section is another text.
    header: bool,
    /// The sections whose text is another one.
    changed: Vec<usize>,
}

impl<'x> Cut<'x> {
    /// Cuts a text at the headings of the known one. That they are headings here too is yet to be seen.
    fn of(known: &'x str, parts: &[Part], text: &'x str) -> Option<Self> {
        let mut before: Vec<usize> = parts.iter().map(|part| part.start).collect();
        let first = *before.first()?;
        before.push(known.len());
        let header = !text.starts_with(known.get(..first)?);
        let mut at = if header {
            find_line(text, line_at(known, first)?)?
        } else {
            first
        };
        let mut cut = Self {
            text,
            known,
            starts: Vec::with_capacity(before.len()),
            before,
            header,
            changed: Vec::new(),
        };
        for index in 0..parts.len() {
            let old = known.get(cut.was(index)?)?;
            let rest = text.get(at..)?;
            let line = line_at(known, *cut.before.get(index + 1)?);
            let same = rest.strip_prefix(old).is_some_and(|behind| match line {
                Some(line) => behind.starts_with(line),
                None => behind.is_empty(),
            });
            cut.starts.push(at);
            at += match line {
                _ if same => old.len(),
                Some(line) => find_line(rest, line)?,
                None => rest.len(),
            };
            if !same {
                cut.changed.push(index);
            }
        }
        Some(cut)
    }

    /// The section at `index`.
    fn part(&self, index: usize) -> Option<&'x str> {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        self.text.get(*self.starts.get(index)?..end)
    }

    /// Where it stood in the other revision.
    fn was(&self, index: usize) -> Option<Range<usize>> {
        Some(*self.before.get(index)?..*self.before.get(index + 1)?)
    }
}

/// A section whose text is another one now: its headings, and what stands below those that may say something else.
struct Excerpt {
    text: String,
    /// The headings that it has with all that stands below them.
    whole: Range<usize>,
    /// Where they begin and end in it.
    span: Span,
    /// Where they begin in the section.
    from: usize,
    /// How long the section was, and how long it is.
    lengths: (usize, usize),
}

impl Excerpt {
    /// Of a section with the text `old` before, and `own` now. None where something in it may reach everywhere.
    fn of(part: &Part, old: &str, own: &str) -> Option<Self> {
        let whole = if part.feeds.is_nothing() {
            differing(old, own, &part.heads)
        } else {
            0..part.heads.len()
        };
        let from = *part.heads.get(whole.start)?;
        let behind = old.len() - part.heads.get(whole.end).copied().unwrap_or(old.len());
        let mut text = part.bare.get(..whole.start)?.concat();
        let start = text.len();
        text.push_str(own.get(from..own.len().checked_sub(behind)?)?);
        let span = Span::new(start, text.len());
        let below = part.bare.get(whole.end..)?;
        below.iter().for_each(|heading| text.push_str(heading));
        (!text.contains("[^")).then_some(Self {
            text,
            whole,
            span,
            from,
            lengths: (old.len(), own.len()),
        })
    }

    /// Puts down where the headings of the section begin now; none where the excerpt is not read as the section is.
    fn place(&self, headings: &[Heading], heads: &mut [usize]) -> Option<()> {
        let start = |index: usize| headings.get(index).map(|heading| heading.span.start);
        if start(self.whole.start)? != self.span.start || start(self.whole.end)? != self.span.end {
            return None;
        }
        let (old, now) = self.lengths;
        for (index, head) in heads.iter_mut().enumerate().skip(self.whole.start) {
            *head = if index < self.whole.end {
                self.from + start(index)? - self.span.start
            } else {
                now - (old - *head)
            };
        }
        Some(())
    }
}

/// The headings below which two revisions of a section differ; they begin at `heads` in the first one.
fn differing(old: &str, new: &str, heads: &[usize]) -> Range<usize> {
    let (front, back) = same_ends(old.as_bytes(), new.as_bytes());
    // What stands right in front of a heading belongs to the one above.
    let first = heads.partition_point(|head| *head < front).saturating_sub(1);
    let behind = heads.partition_point(|head| *head < old.len() - back);
    first..behind.max(first + 1)
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
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Each revision says what it says when it is read alone, whatever was read before.
        #[test]
        fn neighbours_change_nothing(edits in prop::collection::vec((0..4000usize, 0..3usize, 0..LINES.len()), 1..14)) {
            let template = template();
            let mut revisions = Revisions::new(&template, Dialect::default(), None);
            let mut text = example("address-check");
            for edit in edits {
                let after = edited(&text, edit);
                let alone = Revisions::new(&template, Dialect::default(), None).read(&after);
                prop_assert_eq!(revisions.read(&after), alone, "{:?} in {}", edit, text);
                text = after;
            }
        }
    }

    /// Whether the revision is read out of its difference to the other; what it says is in any case the same.
    fn is_near(template: &Template, text: &str, after: &str) -> bool {
        assert_ne!(after, text);
        let mut revisions = Revisions::new(template, Dialect::default(), None);
        revisions.read(text);
        let known = revisions.last.take().unwrap();
        let near = revisions.following(known, after);
        if let Some(near) = &near {
            assert_eq!(near.facts, revisions.whole(after).facts, "{after}");
        }
        near.is_some()
    }

    #[test]
    fn what_differs_is_read_where_it_stands_alone() {
        let template = template();
        let text = example("parcel-tracking");
        for (place, new, near) in [
            ("## 🔐 Security Architecture\n", "\nMore words.\n", true),
            ("## 🔐 Security Architecture\n", "\n```\n## Roadmap\n```\n", true),
            ("## 🔐 Security Architecture\n", "\n```\n", false),
            ("## 🔐 Security Architecture\n", "\n### New\n", false),
            ("## 🔐 Security Architecture\n", "\n[a]: b\n", false),
            ("### Security Measures\n", "\nMore words.\n", true),
            ("### Security Measures", " and more", false),
            ("### Decision 2: Write", " nearly", false),
            ("### Security Measures\n", "\n```\n", false),
            ("### Security Measures\n", "\n#### New\n", false),
            ("### Security Measures\n", "\n[^1]: b\n", false),
            (
                "### Security Measures\n",
                "\n| Version | Date | Author | Changes |\n|---|---|---|---|\n| 1 | 2026-01-01 | A | B |\n",
                false,
            ),
            (
                "## 🔐 Security Architecture\n",
                "\n| Version | Date | Author | Changes |\n|---|---|---|---|\n| 1 | 2026-01-01 | A | B |\n",
                false,
            ),
            ("## 🔍 Design Decisions\n", "\nWords.\n", true),
            ("## 🔍 Design Decisions\n", "\n### Decision 9: Less\n", false),
            ("## 🚧 Known Limitations\n", "\n- Slow.\n", true),
            (
                "## 🚧 Known Limitations\n",
                "\n| Version | Date | Author | Changes |\n|---|---|---|---|\n| 1 | 2026-01-01 | A | B |\n",
                false,
            ),
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
            assert_eq!(is_near(&template, &text, &after), near, "{place}{new}");
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
        assert!(is_near(&template, &text, &after));
    }
}
