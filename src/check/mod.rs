//! The run: every document of a book held to its template, and what that finds.
//!
//! The one way from chapters to diagnostics, for the build and the command line alike: selection, outlines, rules,
//! levels, order. It decides nothing about a document itself, prints nothing and writes nothing.

mod cure;
mod past;
mod references;
mod run;
mod suppress;
mod whole;

use jiff::civil::Date;

use crate::book::{
    Assembly, BrokenInclude, Chapter, Chapters, Member, Selection, Why, add_marked_templates, assemble, authored,
    expand, select,
};
use crate::cores::each;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{self, Document, parse};
use crate::facts::{DeadReference, Facts, Past, pages};
use crate::files::{FileError, Files};
use crate::history::{self, History, State};
use crate::markdown::one_line;
use crate::outline::{Beyond, Outline, outline_beside};
use crate::record::{self, Records};
use crate::rules::book_rules::INVALID_CONFIG;
use crate::settings::{Documents, FailOn, HistoryMode, Problem, Settings};
use crate::site::Configuration;
use crate::template::{self, Template};
pub use cure::{Cured, cure};
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

/// What a run needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// What is configured.
    pub config: &'a Configuration,
    /// The book's files.
    pub files: &'a Files,
    /// The day that counts as today.
    pub as_of: Date,
    /// Where the history comes from.
    pub history: Asked<'a>,
    /// Whether somebody asks for the edits that mend what is found: each is held against the parser.
    pub fixes: bool,
    /// How many cores there are to work on.
    pub cores: usize,
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

/// Checks the chapters of a book. `keep` makes of each document, and of what was found in it, what the caller needs:
/// parsed documents are large, and a book can have thousands.
pub fn check<T: Send>(
    request: Request<'_>,
    chapters: &Chapters,
    keep: impl Fn(&CheckedDocument, &Facts<'_>, &[Diagnostic]) -> T + Sync,
) -> Checked<T> {
    let Chapters {
        there: chapters,
        missing,
    } = chapters;
    let mut config = request.config.clone();
    add_marked_templates(&mut config.settings, chapters);
    let request = Request {
        config: &config,
        ..request
    };
    let (models, trouble) = Models::new(request, chapters);
    let templates = &models.templates;
    let assemblies = asked_about(request, chapters, templates);
    let select = |assembly: &Assembly| selected(request, chapters, assembly, &models);
    let judge = |selected: Selected, past: Option<&History>| judged(request, selected, &models, past, &keep);
    // What git is asked depends on which chapters are documents: only then do all of them wait for each other.
    let (results, history) = if request.config.settings.history.mode == HistoryMode::Off {
        let whole = |assembly| select(assembly).map(|selected| judge(selected, None));
        (each(request.cores, assemblies.iter().collect(), whole), None)
    } else {
        let selected = each(request.cores, assemblies.iter().collect(), select);
        let history = past::of(request, templates, selected.iter().flatten());
        let whole = |selected: Result<Selected, Why>| selected.map(|selected| judge(selected, Some(&history)));
        (each(request.cores, selected, whole), Some(history))
    };
    let problems = request.config.problems.iter().chain(&trouble);
    let mut checked = Checked {
        documents: Vec::new(),
        skipped: Vec::new(),
        diagnostics: problems.filter_map(|problem| of_problem(request, problem)).collect(),
        suppressed: 0,
        without_history: None,
    };
    gather(request, chapters, assemblies.iter().zip(results), &mut checked);
    let unread = chapters.iter().filter_map(|chapter| unread_chapter(request, chapter));
    checked.diagnostics.extend(unread);
    // A mistake in the configuration may be why there is none, and is said already.
    let explained = checked
        .diagnostics
        .iter()
        .any(|found| found.rule == INVALID_CONFIG.name && found.severity == Severity::Error);
    if checked.documents.is_empty() && !explained {
        checked.diagnostics.extend(no_document(request, &checked.skipped));
    }
    if let Some(history) = history.as_ref().filter(|_| !checked.documents.is_empty()) {
        checked.diagnostics.extend(incomplete(request, history));
    }
    let skipped = |path: &String| (path.clone(), Why::Unread(FileError::Missing(path.clone())));
    checked.skipped.extend(missing.iter().map(skipped));
    if let Some(State::Unavailable(reasons)) = history.map(|history| history.state()) {
        checked.without_history = reasons.first().map(|reason| one_line(&reason.message));
    }
    checked
}

/// The documents that may be, without those of which no chapter is asked about.
fn asked_about(request: Request<'_>, chapters: &[Chapter], templates: &[Option<Template>]) -> Vec<Assembly> {
    let mut assemblies = assemble(
        chapters,
        &request.config.settings,
        templates.first().and_then(Option::as_ref),
    );
    if !request.only.is_empty() {
        assemblies.retain(|assembly| {
            let mut members = members(assembly, chapters);
            members.any(|(_, chapter)| request.only.iter().any(|only| only == chapter.file.path()))
        });
    }
    assemblies
}

fn members<'c>(assembly: &'c Assembly, chapters: &'c [Chapter]) -> impl Iterator<Item = (&'c Member, &'c Chapter)> {
    let members = assembly.members.iter();
    members.filter_map(|member| Some((member, chapters.get(member.chapter)?)))
}

/// Adds what came of each document, or why it is none, in the book's order.
fn gather<'c, T>(
    request: Request<'_>,
    chapters: &'c [Chapter],
    results: impl Iterator<Item = (&'c Assembly, Result<Option<Judged<T>>, Why>)>,
    checked: &mut Checked<T>,
) {
    let results: Vec<_> = results.collect();
    let judged = results.iter().filter_map(|(_, result)| result.as_ref().ok()?.as_ref());
    let known: Vec<Vec<String>> = judged.clone().map(|judged| judged.names.clone()).collect();
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
            Ok(None) => {}
            Ok(Some(judged)) => {
                checked.documents.push(judged.kept);
                checked.diagnostics.extend(judged.ran.diagnostics);
                checked.suppressed += judged.ran.suppressed;
            }
            Err(why) => {
                for (_, chapter) in members(assembly, chapters) {
                    checked.diagnostics.extend(comments(request, chapter, &why, &known));
                    let why = chapter.unread.clone().map_or_else(|| why.clone(), Why::Unread);
                    checked.skipped.push((chapter.file.path().to_owned(), why));
                }
            }
        }
    }
}

/// The sections that a book may keep as chapters instead: a decision each, of a kind with one of [`RECORDS`].
const DECISIONS: &[&str] = &["design-decisions", "architecture-decisions"];

/// The templates of decision records.
const RECORDS: &[&str] = &["adr", "madr"];

/// Whether the book keeps its decisions as chapters.
fn keeps_decisions(settings: &Settings, chapters: &[Chapter]) -> bool {
    let records = settings
        .kinds
        .iter()
        .filter(|kind| RECORDS.contains(&kind.template.as_str()) || RECORDS.contains(&kind.name.as_str()));
    let mut globs = records.filter_map(|kind| match &kind.documents {
        Documents::Globs(globs) => Some(globs),
        _ => None,
    });
    globs.any(|globs| {
        chapters
            .iter()
            .any(|chapter| globs.iter().any(|glob| glob.matches(&chapter.path)))
    })
}

/// Whether the findings fail the run.
pub fn fails(diagnostics: &[Diagnostic], fail_on: FailOn) -> bool {
    diagnostics.iter().any(|diagnostic| fail_on.fails(diagnostic.severity))
}

/// What the documents of a book are held to.
struct Models {
    /// The book's template first, then those of its kinds.
    templates: Vec<Option<Template>>,
    /// The sections that the book keeps in chapters of their own.
    elsewhere: &'static [&'static str],
}

impl Models {
    fn new(request: Request<'_>, chapters: &[Chapter]) -> (Self, Vec<Problem>) {
        let (templates, problems) = templates(request);
        let models = Self {
            elsewhere: match keeps_decisions(&request.config.settings, chapters) {
                true => DECISIONS,
                false => &[],
            },
            templates,
        };
        (models, problems)
    }
}

fn templates(request: Request<'_>) -> (Vec<Option<Template>>, Vec<Problem>) {
    let settings = &request.config.settings;
    let (main, mut problems) = template::load(
        &settings.template,
        settings.template_span,
        request.files,
        &settings.refinements,
    );
    let mut templates = vec![main];
    for kind in &settings.kinds {
        let (template, trouble) = template::load(&kind.template, kind.template_span, request.files, &kind.refinements);
        templates.push(template);
        problems.extend(trouble);
    }
    (templates, problems)
}

/// A document, before it is judged.
struct Selected {
    chapters: Vec<Chapter>,
    /// Its template, an index of the book's templates.
    template: usize,
    document: Document,
    outline: Outline,
    broken_includes: Vec<BrokenInclude>,
}

fn selected(request: Request<'_>, chapters: &[Chapter], assembly: &Assembly, models: &Models) -> Result<Selected, Why> {
    let templates = &models.templates;
    let members: Vec<(&Member, &Chapter)> = members(assembly, chapters).collect();
    let is_whole = members.iter().all(|(_, chapter)| chapter.unread.is_none());
    let members: Vec<_> = members
        .into_iter()
        .filter(|(_, chapter)| chapter.unread.is_none())
        .collect();
    let mut broken_includes = Vec::new();
    let (template, document) = match members.as_slice() {
        [] => return Err(Why::NotADocument),
        [(_, chapter)] if !assembly.is_document => {
            let expanded = expand(request.files, &chapter.file);
            match select(chapter, &expanded, request.config, templates) {
                Selection::Document(index, document) => {
                    broken_includes = expanded.broken;
                    (index, *document)
                }
                Selection::Skipped(why) => return Err(why),
            }
        }
        members => (0, joined(request, members, &mut broken_includes)),
    };
    let Some(Some(held_to)) = templates.get(template) else {
        return Err(Why::NotADocument);
    };
    let beyond = Beyond {
        in_chapters: models.elsewhere,
        unread: !is_whole || broken_includes.iter().any(|include| !document.is_code(include.span)),
    };
    Ok(Selected {
        chapters: members.into_iter().map(|(_, chapter)| chapter.clone()).collect(),
        template,
        outline: outline_beside(&document, held_to, beyond),
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

fn judged<T>(
    request: Request<'_>,
    selected: Selected,
    models: &Models,
    history: Option<&History>,
    keep: impl Fn(&CheckedDocument, &Facts<'_>, &[Diagnostic]) -> T,
) -> Option<Judged<T>> {
    let template = models.templates.get(selected.template)?.as_ref()?;
    let records = record::read(&selected.document, &selected.outline, template);
    let checked = CheckedDocument {
        dead_references: references::dead(request, &selected.chapters, &selected.document, &records),
        records,
        outline: selected.outline,
        document: selected.document,
        chapters: selected.chapters,
        broken_includes: selected.broken_includes,
    };
    let paths = checked.chapters.iter().map(|chapter| chapter.file.real_path());
    let past = history.map(|history| Past::of(history, paths, &request.config.settings.history));
    let facts = checked.facts(template, past, request.as_of);
    let ran = run::rules(&facts, &request.config.settings, request.fixes);
    let names = checked.chapters.first().map(|chapter| {
        let title = facts.title();
        pages::names(chapter.file.path(), &chapter.page, &title)
    });
    Some(Judged {
        kept: keep(&checked, &facts, &ran.diagnostics),
        ran,
        names: names.unwrap_or_default(),
    })
}

/// Several chapters as one document.
fn joined(request: Request<'_>, members: &[(&Member, &Chapter)], broken: &mut Vec<BrokenInclude>) -> Document {
    let mut parts = Vec::new();
    let mut before = 0;
    for (member, chapter) in members {
        let expanded = expand(request.files, &chapter.file);
        let text = expanded.text.as_str();
        broken.extend(expanded.broken.iter().map(|found| BrokenInclude {
            span: found.span.shifted(before),
            ..found.clone()
        }));
        before += text.len() + usize::from(!text.is_empty() && !text.ends_with('\n'));
        parts.push(document::Chapter {
            document: parse(expanded.text, request.config.site.dialect),
            deeper: member.deeper,
            name: (member.deeper > 0).then(|| chapter.name.clone()),
        });
    }
    document::join(parts)
}

/// Findings about the comments of a chapter that is no document, and that nobody took out on purpose.
fn comments(request: Request<'_>, chapter: &Chapter, why: &Why, known: &[Vec<String>]) -> Vec<Diagnostic> {
    if *why == Why::Excluded || !chapter.file.text().contains("archdoc:") {
        return Vec::new();
    }
    let document = parse(authored(&chapter.file), request.config.site.dialect);
    run::comments(&document, &request.config.settings, known)
}
