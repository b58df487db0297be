//! The run: every document of a book held to its template, and what that finds.
//!
//! The one way from chapters to diagnostics, for the build and the command line alike: selection, outlines, rules,
//! levels, order. It decides nothing about a document itself, prints nothing and writes nothing.

mod cure;
mod past;
mod references;
mod run;
mod session;
mod suppress;
mod whole;

use std::cell::LazyCell;
use std::convert::Infallible;

use jiff::civil::Date;

use crate::book::{Assembly, BrokenInclude, Chapter, Member, Selection, Why, assemble, authored, expand, select};
use crate::cores::{Cores, each};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{self, Document, parse};
use crate::facts::{DeadReference, Facts, Past, pages};
use crate::files::FileError;
use crate::history::{self, History, State};
use crate::markdown::one_line;
use crate::outline::{Beyond, Outline, outline_beside};
use crate::record::{self, Records};
use crate::rules::book_rules::INVALID_CONFIG;
use crate::settings::{FailOn, HistoryMode};
use crate::template::Template;
pub use cure::Cured;
pub use session::Session;
use whole::{incomplete, no_document, of_problem, unread_chapter};

/// A book that was checked; for each document with what its caller wanted of it.
#[derive(Debug)]
pub struct Checked<T> {
    /// The documents, in the book's order.
    pub documents: Vec<T>,
    /// The chapters that are none, in the book's order: path and reason.
    pub skipped: Vec<(String, Why)>,
    /// The findings, in the order in which they are shown.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more findings the documents allow, with a comment that says so.
    pub suppressed: usize,
    /// Why there is no history, where it was asked for.
    pub without_history: Option<String>,
}

/// A document that was checked.
#[derive(Debug)]
pub struct CheckedDocument {
    /// Its chapters, its own first.
    pub chapters: Vec<Chapter>,
    /// What is written.
    pub document: Document,
    /// The document held against its template.
    pub outline: Outline,
    /// What was read out of it.
    pub records: Records,
    /// Includes that cannot be read.
    pub broken_includes: Vec<BrokenInclude>,
    /// References that lead nowhere within the book.
    pub dead_references: Vec<DeadReference>,
}

/// What a session is asked.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The day that counts as today.
    pub as_of: Date,
    /// Where the history comes from.
    pub history: Asked<'a>,
    /// Whether somebody asks for the edits that mend what is found: each is held against the parser.
    pub fixes: bool,
    /// How many cores there are to work on.
    pub cores: &'a Cores,
    /// The files of the chapters that are asked about; all of them where it is empty. A document is checked whole, and
    /// as a part of its book, whichever of its chapters is asked about.
    pub only: &'a [String],
}

/// Whom to ask for the history of a book.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The git program, or a script.
    pub source: &'a (dyn history::Source + Sync),
    /// The pipeline that the program runs in, for the cure of a shallow clone.
    pub pipeline: Option<history::Pipeline>,
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asked")
            .field("pipeline", &self.pipeline)
            .finish_non_exhaustive()
    }
}

impl CheckedDocument {
    /// What is known about the document.
    pub fn facts<'a>(&'a self, template: &'a Template, past: Option<Past<'a>>, as_of: Date) -> Facts<'a> {
        Facts {
            document: &self.document,
            template,
            outline: &self.outline,
            records: &self.records,
            broken_includes: &self.broken_includes,
            dead_references: &self.dead_references,
            past,
            as_of,
            once: Default::default(),
        }
    }
}

impl Session {
    /// What is found in the book. `keep` makes of each document, and of what was found in it, what the caller needs: parsed
    /// documents are large, and a book can have thousands.
    pub fn check<T: Send>(
        &self,
        request: Request<'_>,
        keep: impl Fn(&CheckedDocument, &Facts<'_>, &[Diagnostic]) -> T + Sync,
    ) -> Checked<T> {
        let Ok(checked) = self.check_until(request, || Ok::<(), Infallible>(()), keep);
        checked
    }

    /// The same, unless nobody waits for it any more: `stop` is asked before each document and before git is, which goes on
    /// to its end, and what it says instead is all that comes back.
    pub fn check_until<T: Send, E: Send>(
        &self,
        request: Request<'_>,
        stop: impl Fn() -> Result<(), E> + Sync,
        keep: impl Fn(&CheckedDocument, &Facts<'_>, &[Diagnostic]) -> T + Sync,
    ) -> Result<Checked<T>, E> {
        let (asked, others) = self.assemblies(request);
        let select = |assembly: &Assembly| stop().map(|()| selected(self, assembly));
        let judge = |selected: Result<Selected<'_>, Why>, past: Option<&History>| {
            stop().map(|()| selected.map(|selected| judged(self, request, selected, past, &keep)))
        };
        // What git is asked depends on which chapters are documents: only then do all of them wait for each other.
        let (results, history) = if self.config.settings.history.mode == HistoryMode::Off {
            let whole = |assembly| judge(select(assembly)?, None);
            (each(request.cores, asked.iter().collect(), whole), None)
        } else {
            let selected = each(request.cores, asked.iter().collect(), select).into_iter();
            let selected: Vec<_> = selected.collect::<Result<_, E>>()?;
            stop()?;
            let history = past::of(self, request, selected.iter().flatten());
            let whole = |selected| judge(selected, Some(&history));
            (each(request.cores, selected, whole), Some(history))
        };
        let results: Vec<_> = results.into_iter().collect::<Result<_, E>>()?;
        let problems = self.config.problems.iter();
        let mut checked = Checked {
            documents: Vec::new(),
            skipped: Vec::new(),
            diagnostics: problems.filter_map(|problem| of_problem(self, problem)).collect(),
            suppressed: 0,
            without_history: None,
        };
        gather((self, request), asked.iter().zip(results), &others, &mut checked);
        self.finish(request, history.as_ref(), &mut checked);
        Ok(checked)
    }

    /// Adds what is found about the book as a whole.
    fn finish<T>(&self, request: Request<'_>, history: Option<&History>, checked: &mut Checked<T>) {
        let unread = self.chapters.there.iter();
        let unread = unread.filter_map(|chapter| unread_chapter(self, chapter));
        checked.diagnostics.extend(unread);
        // A mistake in the configuration may be why there is none, and is said already.
        let explained = checked
            .diagnostics
            .iter()
            .any(|found| found.rule == INVALID_CONFIG.name && found.severity == Severity::Error);
        if checked.documents.is_empty() && !explained {
            checked.diagnostics.extend(no_document(self, &checked.skipped));
        }
        if let Some(history) = history.filter(|_| !checked.documents.is_empty()) {
            checked.diagnostics.extend(incomplete(self, history));
        }
        if request.only.is_empty() {
            let skipped = |path: &String| (path.clone(), Why::Unread(FileError::Missing(path.clone())));
            checked.skipped.extend(self.chapters.missing.iter().map(skipped));
        }
        if let Some(State::Unavailable(reasons)) = history.map(|history| history.state()) {
            checked.without_history = reasons.first().map(|reason| one_line(&reason.message));
        }
    }

    /// The documents that may be: those of which a chapter is asked about, and the others.
    fn assemblies(&self, request: Request<'_>) -> (Vec<Assembly>, Vec<Assembly>) {
        let main = self.templates.first().and_then(Option::as_ref);
        let assemblies = assemble(&self.chapters.there, &self.config.settings, main);
        let is_asked = |assembly: &Assembly| {
            let mut paths = members(assembly, &self.chapters.there).map(|(_, chapter)| chapter.file.path());
            request.only.is_empty() || paths.any(|path| request.only.iter().any(|only| only == path))
        };
        assemblies.into_iter().partition(is_asked)
    }
}

fn members<'c>(assembly: &'c Assembly, chapters: &'c [Chapter]) -> impl Iterator<Item = (&'c Member, &'c Chapter)> {
    let members = assembly.members.iter();
    members.filter_map(|member| Some((member, chapters.get(member.chapter)?)))
}

/// Adds what came of each document, or why it is none, in the book's order.
fn gather<'c, T>(
    (session, request): (&Session, Request<'_>),
    results: impl Iterator<Item = (&'c Assembly, Result<Judged<T>, Why>)>,
    others: &[Assembly],
    checked: &mut Checked<T>,
) {
    let chapters = &session.chapters.there;
    let results: Vec<_> = results.collect();
    let judged = results.iter().filter_map(|(_, result)| result.as_ref().ok());
    let own: Vec<Vec<String>> = judged.clone().map(|judged| judged.names.clone()).collect();
    // Of documents that nobody asks about the names are looked up where a comment may have one of them.
    let names = LazyCell::new(|| {
        let other = |other| {
            let (document, template) = read(session, selected(session, other).ok()?);
            Some(names(&document, &document.facts(template, None, request.as_of)))
        };
        let others = each(request.cores, others.iter().collect(), other);
        own.into_iter().chain(others.into_iter().flatten()).collect::<Vec<_>>()
    });
    let found = judged.map(|judged| judged.ran.diagnostics.len()).sum();
    checked.diagnostics.reserve(found);
    for (assembly, result) in results {
        if result.is_ok() {
            let unread =
                members(assembly, chapters).filter_map(|(_, chapter)| Some((chapter, chapter.unread.clone()?)));
            let skipped = unread.map(|(chapter, why)| (chapter.file.path().to_owned(), Why::Unread(why)));
            checked.skipped.extend(skipped);
        }
        match result {
            Ok(judged) => {
                checked.documents.push(judged.kept);
                checked.diagnostics.extend(judged.ran.diagnostics);
                checked.suppressed += judged.ran.suppressed;
            }
            Err(why) => {
                for (_, chapter) in members(assembly, chapters) {
                    checked
                        .diagnostics
                        .extend(comments(session, chapter, &why, || names.as_slice()));
                    let why = chapter.unread.clone().map_or_else(|| why.clone(), Why::Unread);
                    checked.skipped.push((chapter.file.path().to_owned(), why));
                }
            }
        }
    }
}

/// Whether the findings fail the run.
pub fn fails(diagnostics: &[Diagnostic], fail_on: FailOn) -> bool {
    diagnostics.iter().any(|diagnostic| fail_on.fails(diagnostic.severity))
}

/// A document, before it is judged.
struct Selected<'s> {
    chapters: Vec<Chapter>,
    template: &'s Template,
    document: Document,
    outline: Outline,
    broken_includes: Vec<BrokenInclude>,
}

fn selected<'s>(session: &'s Session, assembly: &Assembly) -> Result<Selected<'s>, Why> {
    let templates = &session.templates;
    let members: Vec<(&Member, &Chapter)> = members(assembly, &session.chapters.there).collect();
    let is_whole = members.iter().all(|(_, chapter)| chapter.unread.is_none());
    let members: Vec<_> = members
        .into_iter()
        .filter(|(_, chapter)| chapter.unread.is_none())
        .collect();
    let mut broken_includes = Vec::new();
    let (template, document) = match members.as_slice() {
        [] => return Err(Why::NotADocument),
        [(_, chapter)] if !assembly.is_document => {
            let expanded = expand(&session.files, &chapter.file);
            match select(chapter, &expanded, &session.config, templates) {
                Selection::Document(index, document) => {
                    broken_includes = expanded.broken;
                    (index, *document)
                }
                Selection::Skipped(why) => return Err(why),
            }
        }
        members => (0, joined(session, members, &mut broken_includes)),
    };
    let Some(Some(template)) = templates.get(template) else {
        return Err(Why::NotADocument);
    };
    let beyond = Beyond {
        in_chapters: session.elsewhere,
        unread: !is_whole || broken_includes.iter().any(|include| !document.is_code(include.span)),
    };
    Ok(Selected {
        chapters: members.into_iter().map(|(_, chapter)| chapter.clone()).collect(),
        template,
        outline: outline_beside(&document, template, beyond),
        document,
        broken_includes,
    })
}

/// A document that was judged.
struct Judged<T> {
    kept: T,
    ran: run::Ran,
    /// The names that markers may call it by.
    names: Vec<String>,
}

/// Reads what a document says.
fn read<'s>(session: &Session, selected: Selected<'s>) -> (CheckedDocument, &'s Template) {
    let records = record::read(&selected.document, &selected.outline, selected.template);
    let checked = CheckedDocument {
        dead_references: references::dead(session, &selected.chapters, &selected.document, &records),
        records,
        outline: selected.outline,
        document: selected.document,
        chapters: selected.chapters,
        broken_includes: selected.broken_includes,
    };
    (checked, selected.template)
}

/// The names that markers may call a document by.
fn names(document: &CheckedDocument, facts: &Facts<'_>) -> Vec<String> {
    let own = document.chapters.first();
    own.map_or_else(Vec::new, |chapter| {
        pages::names(chapter.file.path(), &chapter.page, &facts.title())
    })
}

fn judged<T>(
    session: &Session,
    request: Request<'_>,
    selected: Selected<'_>,
    history: Option<&History>,
    keep: impl Fn(&CheckedDocument, &Facts<'_>, &[Diagnostic]) -> T,
) -> Judged<T> {
    let settings = &session.config.settings;
    let (checked, template) = read(session, selected);
    let paths = checked.chapters.iter().map(|chapter| chapter.file.real_path());
    let past = history.map(|history| Past::of(history, paths, &settings.history));
    let facts = checked.facts(template, past, request.as_of);
    let ran = run::rules(&facts, settings, request.fixes);
    Judged {
        kept: keep(&checked, &facts, &ran.diagnostics),
        ran,
        names: names(&checked, &facts),
    }
}

/// Several chapters as one document.
fn joined(session: &Session, members: &[(&Member, &Chapter)], broken: &mut Vec<BrokenInclude>) -> Document {
    let mut parts = Vec::new();
    let mut before = 0;
    for (member, chapter) in members {
        let expanded = expand(&session.files, &chapter.file);
        let text = expanded.text.as_str();
        broken.extend(expanded.broken.iter().map(|found| BrokenInclude {
            span: found.span.shifted(before),
            ..found.clone()
        }));
        before += text.len() + usize::from(!text.is_empty() && !text.ends_with('\n'));
        parts.push(document::Chapter {
            document: parse(expanded.text, session.config.site.dialect),
            deeper: member.deeper,
            name: (member.deeper > 0).then(|| chapter.name.clone()),
        });
    }
    document::join(parts)
}

/// Findings about the comments of a chapter that is no document, and that nobody took out on purpose.
fn comments<'n>(
    session: &Session,
    chapter: &Chapter,
    why: &Why,
    names: impl Fn() -> &'n [Vec<String>],
) -> Vec<Diagnostic> {
    if *why == Why::Excluded || !chapter.file.text().contains("archdoc:") {
        return Vec::new();
    }
    let document = parse(authored(&chapter.file), session.config.site.dialect);
    run::comments(&document, &session.config.settings, names())
}
