//! Expansion of `{{#include}}`, so that a chapter is checked as its reader will see it.
//!
//! The same directives as mdBook's `links` preprocessor, with the same meaning; each byte of the result knows the
//! file that it stands in.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::authored::{Listings, authored, parts};
use crate::directive::host;
use crate::files::{FileError, Files, beside};
use crate::source::{Inclusion, SourceFile, Span, Text, TextBuilder};

/// How deep includes may nest; mdBook's own limit.
const MAX_DEPTH: usize = 10;

/// How much text all includes of a chapter may bring in, in bytes.
const MAX_INCLUDED: usize = 64 << 20;

/// How many includes a chapter may have, those in included files too: a few files of five lines each can ask for millions.
const MAX_INCLUDES: usize = 10_000;

/// How much text may be looked through for the parts that the includes of a chapter ask for, in bytes.
const MAX_SEARCHED: usize = 1 << 30;

/// An include whose directive stays in the text, because what it names was not read.
#[derive(Debug, Clone)]
pub struct BrokenInclude {
    /// The directive, in the expanded text.
    pub span: Span,
    /// What is wrong, a phrase.
    pub why: String,
    /// What to do, where that is more than to mend the path.
    pub help: Option<String>,
    /// Who did not read it.
    pub unread_by: UnreadBy,
}

/// Who does not read an include.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadBy {
    /// mdBook cannot either: it leaves the directive on the page.
    Everybody,
    /// archdoc alone: what it does not know is on the page.
    Archdoc,
}

/// A chapter's text with its includes expanded.
#[derive(Debug)]
pub struct Expanded {
    /// The text.
    pub text: Text,
    /// What could not be expanded.
    pub broken: Vec<BrokenInclude>,
}

/// Expands the includes of `file`.
pub fn expand(files: &Files, file: &Arc<SourceFile>) -> Expanded {
    if !file.text().contains("{{") {
        return Expanded {
            text: authored(file),
            broken: Vec::new(),
        };
    }
    let mut expansion = Expansion {
        files,
        builder: TextBuilder::default(),
        written: 0,
        brought: 0,
        searched: 0,
        includes: 0,
        altered: false,
        listings: Listings::default(),
        broken: Vec::new(),
    };
    let whole = Span::new(file.mark_len(), file.text().len());
    for part in parts(file, whole).unwrap_or_else(|| vec![whole]) {
        expansion.file(file, part, None, 0);
    }
    Expanded {
        text: expansion.builder.finish(file),
        broken: expansion.broken,
    }
}

struct Expansion<'f> {
    files: &'f Files,
    builder: TextBuilder,
    written: usize,
    /// How many bytes the includes so far have brought in.
    brought: usize,
    /// How many bytes of files were looked through for that.
    searched: usize,
    /// How many includes there were, those that cannot be read too.
    includes: usize,
    /// Whether something was taken out of what the chapter's directive brings in.
    altered: bool,
    listings: Listings,
    broken: Vec<BrokenInclude>,
}

impl BrokenInclude {
    fn of_everybody(why: String, help: Option<String>) -> Self {
        Self {
            span: Span::default(),
            why,
            help,
            unread_by: UnreadBy::Everybody,
        }
    }

    fn of_archdoc(why: String, help: &str) -> Self {
        Self {
            unread_by: UnreadBy::Archdoc,
            ..Self::of_everybody(why, Some(help.to_owned()))
        }
    }
}

impl From<FileError> for BrokenInclude {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Outside { repository, .. } => Self::of_archdoc(
                format!("{error}, and was not read"),
                if repository {
                    "move it into the repository, or include a copy: what it holds cannot be checked where it is"
                } else {
                    "move it into the book's folder, or put the book and it into one git repository"
                },
            ),
            FileError::TooLarge(_) => Self::of_archdoc(
                format!("{error}, and was not read"),
                "include the part that matters, from a smaller file",
            ),
            error => Self::of_everybody(error.to_string(), None),
        }
    }
}

impl Expansion<'_> {
    fn push(&mut self, file: &Arc<SourceFile>, span: Span, via: Option<&Arc<Inclusion>>) {
        self.builder.push(file, span, via);
        self.written += span.len();
    }

    fn file(&mut self, file: &Arc<SourceFile>, area: Span, via: Option<&Arc<Inclusion>>, depth: usize) {
        let mut done = area.start;
        for directive in directives(file.text(), area) {
            match self.included(file, &directive, via, depth) {
                Ok(Some((included, spans))) => {
                    self.push(file, Span::new(done, directive.span.start), via);
                    let inclusion = Arc::new(Inclusion {
                        file: Arc::clone(file),
                        directive: directive.span,
                        parent: via.cloned(),
                    });
                    let at = self.written;
                    for span in spans {
                        let own = parts(&included, span).filter(|_| !self.listings.hold(&inclusion));
                        self.altered |= own.is_some();
                        for part in own.unwrap_or_else(|| vec![span]) {
                            self.file(&included, part, Some(&inclusion), depth + 1);
                        }
                    }
                    if depth == 0 && std::mem::take(&mut self.altered) {
                        self.builder.altered(&inclusion, Span::new(at, self.written));
                    }
                    done = directive.span.end;
                }
                Ok(None) => {}
                Err(broken) => {
                    self.push(file, Span::new(done, directive.span.start), via);
                    done = directive.span.start;
                    self.broken.push(BrokenInclude {
                        span: Span::new(self.written, self.written + directive.span.len()),
                        ..broken
                    });
                }
            }
        }
        self.push(file, Span::new(done, area.end), via);
    }

    fn is_too_much(&self) -> bool {
        self.includes > MAX_INCLUDES || self.brought > MAX_INCLUDED || self.searched > MAX_SEARCHED
    }

    /// The file and the parts of it that a directive asks for; none for what is left as it stands.
    #[allow(clippy::type_complexity, reason = "used once, right above")]
    fn included(
        &mut self,
        file: &Arc<SourceFile>,
        directive: &IncludeDirective<'_>,
        via: Option<&Arc<Inclusion>>,
        depth: usize,
    ) -> Result<Option<(Arc<SourceFile>, Vec<Span>)>, BrokenInclude> {
        // What is too much is said once, where it begins.
        if self.is_too_much() {
            return Ok(None);
        }
        let too_much = || {
            let (mb, searched) = (MAX_INCLUDED >> 20, MAX_SEARCHED >> 20);
            BrokenInclude::of_archdoc(
                format!(
                    "with `{}` the chapter would include more than {MAX_INCLUDES} times, more than {mb} MB, or parts of more \
                     than {searched} MB: from here on nothing was read",
                    directive.path
                ),
                "include less in one chapter, or divide it",
            )
        };
        self.includes += 1;
        if self.is_too_much() {
            return Err(too_much());
        }
        let included = self.files.read(&beside(file.path(), directive.path))?;
        nesting(&included, file, via, depth)?;
        self.searched += included.text().len();
        if self.is_too_much() {
            return Err(too_much());
        }
        let spans = match &directive.part {
            IncludedPart::Hidden => return Ok(None),
            IncludedPart::Lines(from, to) => vec![lines(included.text(), *from, *to)],
            IncludedPart::Anchor(name) => anchored(included.text(), name).ok_or_else(|| {
                let help =
                    format!("add `ANCHOR: {name}` and `ANCHOR_END: {name}` around the lines, or take the name away");
                BrokenInclude::of_everybody(format!("`{}` has no anchor `{name}`", included.path()), Some(help))
            })?,
        };
        self.brought += spans.iter().map(|span| span.len()).sum::<usize>();
        if self.is_too_much() {
            return Err(too_much());
        }
        Ok(Some((included, spans)))
    }
}

/// Whether `included` may be included by `file`, which `via` brought in: mdBook reads no circle, and only so deep.
fn nesting(
    included: &SourceFile,
    file: &SourceFile,
    via: Option<&Arc<Inclusion>>,
    depth: usize,
) -> Result<(), BrokenInclude> {
    let mut above = via;
    let mut recursive = included.path() == file.path();
    while let Some(inclusion) = above {
        recursive |= inclusion.file.path() == included.path();
        above = inclusion.parent.as_ref();
    }
    if recursive {
        let why = format!("`{}` includes itself", included.path());
        let help = "take one of the includes out of the circle".to_owned();
        return Err(BrokenInclude::of_everybody(why, Some(help)));
    }
    if depth >= MAX_DEPTH {
        let why = format!(
            "`{}` would be the include number {} in each other",
            included.path(),
            depth + 1
        );
        let help = format!("mdBook stops at {MAX_DEPTH}: include it from a file nearer to the chapter");
        return Err(BrokenInclude::of_everybody(why, Some(help)));
    }
    Ok(())
}

/// A directive that names a file.
#[derive(Debug, PartialEq, Eq)]
struct IncludeDirective<'t> {
    span: Span,
    path: &'t str,
    part: IncludedPart<'t>,
}

/// Which part of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
enum IncludedPart<'t> {
    /// Lines, from 0; the second is the first line that is left out.
    Lines(usize, Option<usize>),
    /// The lines between two marks.
    Anchor(&'t str),
    /// Some lines shown and the others hidden.
    Hidden,
}

/// The directives in the bytes of `area` that name a file to be read, in order.
fn directives(text: &str, area: Span) -> impl Iterator<Item = IncludeDirective<'_>> {
    let text = text.get(area.start..area.end).unwrap_or("");
    host::directives(text).into_iter().filter_map(move |found| {
        let target = text.get(found.target.start..found.target.end)?;
        let (path, part) = target.split_once(':').unwrap_or((target, ""));
        let part = match (found.word, part_of(part)) {
            ("include", part) | ("rustdoc_include", part @ IncludedPart::Lines(0, None)) => part,
            // The other lines come too, hidden by marks that stand in no file.
            ("rustdoc_include", _) => IncludedPart::Hidden,
            // A program that can be run: code, whose file must be there.
            ("playground" | "playpen", _) => IncludedPart::Hidden,
            // Of `mdbook-template`: the file with its arguments put in; without them it has the same sections.
            ("template", part @ IncludedPart::Lines(0, None)) => part,
            _ => return None,
        };
        let span = found.span.shifted(area.start);
        (!path.is_empty()).then_some(IncludeDirective { span, path, part })
    })
}

fn part_of(part: &str) -> IncludedPart<'_> {
    let mut parts = part.splitn(3, ':');
    let first = parts.next().unwrap_or("");
    let second = parts.next();
    let start: Option<usize> = first.parse().ok();
    if start.is_none() && !first.is_empty() {
        return IncludedPart::Anchor(first);
    }
    let from = start.unwrap_or(1).saturating_sub(1);
    let to = match second {
        Some(end) => end.parse().ok(),
        None => start.map(|_| from + 1),
    };
    IncludedPart::Lines(from, to)
}

/// The bytes of some lines, without the last one's end, as mdBook takes them: with the file's byte order mark.
fn lines(text: &str, from: usize, to: Option<usize>) -> Span {
    let mut offset = 0;
    let (mut start, mut end) = (None, offset);
    let lines = text.split_inclusive('\n').take(to.unwrap_or(usize::MAX));
    for (number, line) in lines.enumerate() {
        if number >= from {
            start.get_or_insert(offset);
            end = offset
                + line
                    .strip_suffix('\n')
                    .map_or(line, |line| line.strip_suffix('\r').unwrap_or(line))
                    .len();
        }
        offset += line.len();
    }
    Span::new(start.unwrap_or(end), end)
}

/// The bytes between the marks of an anchor, without the lines of other marks.
fn anchored(text: &str, name: &str) -> Option<Vec<Span>> {
    let (mut spans, mut inside, mut offset): (Vec<Span>, bool, usize) = (Vec::new(), false, 0);
    let mut found = false;
    for line in text.split_inclusive('\n') {
        let span = Span::new(offset, offset + line.len());
        offset += line.len();
        if let Some(end) = marked(line, "ANCHOR_END:") {
            if inside && end == name {
                break;
            }
        } else if let Some(start) = marked(line, "ANCHOR:") {
            found |= start == name;
            inside |= start == name;
        } else if inside {
            match spans.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => spans.push(span),
            }
        }
    }
    if let Some(last) = spans.last_mut() {
        let kept = text
            .get(last.start..last.end)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r'])
            .len();
        last.end = last.start + kept;
    }
    found.then_some(spans)
}

fn marked<'t>(line: &'t str, mark: &str) -> Option<&'t str> {
    let rest = line.get(line.find(mark)? + mark.len()..)?.trim_start();
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}
