//! Which chapters are architecture documents.
//!
//! Most chapters of most books are none; holding them to a template would report thousands of sections that nobody
//! owes. A chapter is a document when the book or the chapter says so, or when it plainly follows the template.

use super::{Chapter, Expanded};
use crate::directive::{self, Directive};
use crate::document::{Carrier, Document, Heading, parse};
use crate::files::FileError;
use crate::markdown::Dialect;
use crate::naming;
use crate::settings::{Documents, Kind, Settings};
use crate::site::{BOOK_TOML, Configuration};
use crate::template::{Template, builtin};

/// This many sections of the template, by their exact names, make a document.
const EXACT: usize = 3;
/// This many, by any of their names, make a document together with [`HEADER_FIELDS`].
const ALIKE: usize = 6;
/// This many fields of the template's header.
const HEADER_FIELDS: usize = 2;
/// This many exact names, or half of [`ALIKE`] by any name, are worth a word.
const NEAR: usize = 2;

/// What a chapter is.
#[derive(Debug)]
pub enum Selection {
    /// A document, held to the template at this index; with its text as Markdown.
    Document(usize, Box<Document>),
    /// Something else.
    Skipped(Why),
}

/// Why a chapter is not a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It does not follow the template.
    NotADocument,
    /// It has some of the template's sections, but too few: this many exact, this many by any name.
    Near(usize, usize),
    /// `exclude` or `documents` in book.toml leaves it out.
    Excluded,
    /// Its file is not read.
    Unread(FileError),
}

impl Why {
    /// The reason as lists and JSON show it.
    pub fn text(&self) -> String {
        match self {
            Self::NotADocument => "not a document".to_owned(),
            Self::Near(exact, alike) => format!(
                "looks like a document: it has {exact} of the template's sections by name and {alike} by any name; \
                 `<!-- archdoc: document -->` in it would make it one"
            ),
            Self::Excluded => format!("left out by {BOOK_TOML}"),
            Self::Unread(FileError::Missing(_)) => "the file does not exist".to_owned(),
            Self::Unread(FileError::Outside { repository, .. }) => {
                let folder = if *repository { "repository" } else { "book's folder" };
                format!("the file lies outside the {folder}")
            }
            Self::Unread(why) => why.to_string(),
        }
    }
}

/// Whether book.toml leaves a chapter out.
pub fn is_excluded(chapter: &Chapter, settings: &Settings) -> bool {
    settings.exclude.iter().any(|glob| glob.matches(&chapter.path))
}

/// Decides what a chapter is. `templates` holds the book's template first, then those of its kinds.
pub fn select(
    chapter: &Chapter,
    expanded: &Expanded,
    Configuration { site, settings, .. }: &Configuration,
    templates: &[Option<Template>],
) -> Selection {
    if is_excluded(chapter, settings) {
        return Selection::Skipped(Why::Excluded);
    }
    let document = || Box::new(parse(expanded.text.clone(), site.dialect));
    for (index, kind) in settings.kinds.iter().enumerate() {
        let chosen = match &kind.documents {
            Documents::Globs(globs) => globs.iter().any(|glob| glob.matches(&chapter.path)),
            Documents::All => true,
            Documents::Auto | Documents::Book => false,
        };
        if chosen && templates.get(index + 1).is_some_and(Option::is_some) {
            return Selection::Document(index + 1, document());
        }
    }
    if let Some(index) = said(expanded.text.as_str(), settings) {
        return Selection::Document(index, document());
    }
    match &settings.documents {
        Documents::All | Documents::Book => Selection::Document(0, document()),
        Documents::Globs(globs) if globs.iter().any(|glob| glob.matches(&chapter.path)) => {
            Selection::Document(0, document())
        }
        Documents::Globs(_) => Selection::Skipped(Why::Excluded),
        Documents::Auto => match templates.first().and_then(Option::as_ref) {
            Some(template) => recognised(expanded, template, site.dialect),
            None => Selection::Skipped(Why::NotADocument),
        },
    }
}

/// The template that a chapter asks for with `<!-- archdoc: document; template="…" -->`: an index of the book's
/// templates. A name that none has is for a rule to report.
fn said(text: &str, settings: &Settings) -> Option<usize> {
    let directive = mark(text)?;
    let kind = |name| {
        settings
            .kinds
            .iter()
            .position(|kind| kind.name == name || kind.template == name)
    };
    Some(directive.option("template").and_then(kind).map_or(0, |kind| kind + 1))
}

/// The comment that makes a chapter a document.
fn mark(text: &str) -> Option<Directive> {
    // Few chapters have a word for archdoc at all.
    let mut rest = if text.contains("archdoc:") { text } else { "" };
    while let Some(at) = rest.find("<!--") {
        let comment = rest.get(at..)?;
        let end = comment.find("-->").map_or(comment.len(), |end| end + 3);
        let directive = directive::parse(comment.get(..end)?, 0).filter(|directive| directive.word == "document");
        if directive.is_some() {
            return directive;
        }
        rest = comment.get(end..)?;
    }
    None
}

/// Gives the settings a kind more for each built-in template that a chapter asks for and no kind has.
pub fn add_marked_templates(settings: &mut Settings, chapters: &[Chapter]) {
    let texts = chapters.iter().map(|chapter| chapter.file.text());
    let texts = texts.filter(|text| text.contains("archdoc: document"));
    let marks = texts.filter_map(|text| mark(&directive::without(text)));
    for name in marks.filter_map(|mark| mark.option("template").map(str::to_owned)) {
        let kinds = &mut settings.kinds;
        let of_kind = kinds.iter().any(|kind| kind.name == name || kind.template == name);
        if !of_kind && name != settings.template && builtin(&name).is_some() {
            kinds.push(Kind {
                name: name.clone(),
                template: name,
                ..Kind::default()
            });
        }
    }
}

/// Whether the chapter plainly follows the template. Lines are counted first: most chapters need no parser.
fn recognised(expanded: &Expanded, template: &Template, dialect: Dialect) -> Selection {
    if !is_worth_parsing(expanded.text.as_str(), template) {
        return Selection::Skipped(Why::NotADocument);
    }
    let document = Box::new(parse(expanded.text.clone(), dialect));
    if document
        .title()
        .is_some_and(|title| template.title_matches(&title.text))
    {
        return Selection::Document(0, document);
    }
    let (exact, alike) = sections(template, &document);
    if exact >= EXACT || alike >= ALIKE && header_fields(template, &document) >= HEADER_FIELDS {
        Selection::Document(0, document)
    } else if exact >= NEAR || alike >= ALIKE / 2 {
        Selection::Skipped(Why::Near(exact, alike))
    } else {
        Selection::Skipped(Why::NotADocument)
    }
}

/// Whether the lines that begin with `#` could make the chapter a document, or come near it. Fences and comments may
/// hold some of them, so that this says yes too often and never no too often.
fn is_worth_parsing(text: &str, template: &Template) -> bool {
    let (mut exact, mut alike, mut underlined) = (0, 0, false);
    for line in text.lines() {
        let start = line.trim_start_matches([' ', '>']);
        let name = start.trim_start_matches('#');
        if name.len() == start.len() {
            underlined |=
                start.starts_with(['=', '-']) && start.trim_end().bytes().all(|byte| matches!(byte, b'=' | b'-'));
            continue;
        }
        if start.len() - name.len() == 1 && template.title_matches(name) {
            return true;
        }
        let (same, like) = known(template, &naming::normalise(name));
        exact += usize::from(same);
        alike += usize::from(like);
        if exact >= NEAR || alike >= ALIKE / 2 {
            return true;
        }
    }
    // An underlined heading bears its name on the line above, which only the parser can tell from a paragraph.
    underlined && mentions(template, text)
}

/// Whether a name is that of a section at the top, and whether it is one of its names.
fn known(template: &Template, name: &str) -> (bool, bool) {
    let tops = template.tops_named(name);
    (tops.iter().any(|top| top.exact), !tops.is_empty())
}

fn mentions(template: &Template, text: &str) -> bool {
    let top = template.top.iter().map(|top| &template.sections[*top]);
    top.filter(|spec| text.contains(&spec.title)).count() >= NEAR
}

/// How many different sections of the template the document names: exactly, and by any name.
fn sections(template: &Template, document: &Document) -> (usize, usize) {
    // Below such a heading stands a register of the book's, not a section of this chapter.
    let is_register = |heading: &&Heading| {
        let mut markers = document.directives.iter().filter(|directive| directive.is_marker());
        heading.level > 1 && markers.any(|marker| heading.section.contains(marker.span))
    };
    let headings = document.headings.iter().filter(|heading| !is_register(heading));
    let names: Vec<String> = headings.map(|heading| naming::normalise(&heading.text)).collect();
    let top = || template.top.iter().map(|top| &template.sections[*top]);
    let exact = top().filter(|spec| names.contains(&spec.name)).count();
    let alike = top()
        .filter(|spec| names.contains(&spec.name) || spec.aliases.iter().any(|alias| names.contains(alias)))
        .count();
    (exact, alike)
}

fn header_fields(template: &Template, document: &Document) -> usize {
    let blocks = document.blocks.ids();
    let first = document.headings.iter().find(|heading| heading.level > 1);
    let in_front = first.map_or(blocks, |first| blocks.before(first.block));
    let names: Vec<String> = document
        .fields
        .iter()
        .filter(|field| {
            field.block.is_some_and(|block| in_front.contains(block)) || field.carrier == Carrier::FrontMatter
        })
        .map(|field| naming::normalise(&field.key))
        .collect();
    template
        .header
        .iter()
        .filter(|spec| names.iter().any(|name| spec.is(name, true)))
        .count()
}
