//! One run for a book: from its chapters to what is said of them, and to the texts that go back to the host.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Build;
use super::envelope::{Change, Host};
use super::pages::{BookPages, Kept, may_ask};
use crate::book::{Chapter, Chapters, Listed, chapters, of_summary};
use crate::check::{Asked, Checked, Request, Session, fails};
use crate::cores::Cores;
use crate::edit::Edit;
use crate::enrich::{enrich, file_edits, host_edits};
use crate::files::Files;
use crate::history::Git;
use crate::output::{Format, Report, render, summary_line};
use crate::rules;
use crate::settings::unmatched;
use crate::site::Configuration;
use crate::source::{SourceFile, Span};

/// A book of which all is known but its chapters.
#[derive(Debug)]
pub struct Run {
    host: Host,
    build: Build,
    config: Configuration,
    files: Files,
    /// Kept for as long as the run: a git that does not answer is waited for once.
    git: Git,
}

/// A book that was judged. Which texts the host sent played no part in it, but for chapters without a file and for who
/// asks for pages.
#[derive(Debug)]
pub struct Judged {
    chapters: Chapters,
    /// The chapters that may ask for pages.
    asking: Vec<usize>,
    documents: Vec<Kept>,
    /// What people should read; empty for an output that is not the book's first one.
    pub messages: String,
    /// Whether the findings fail the build.
    pub failed: bool,
}

/// The texts that go back to the host, each made when it is asked for: a book is large.
#[derive(Debug)]
pub struct Texts<'j> {
    /// The chapters of documents: their file and its edits.
    edited: BTreeMap<usize, (&'j SourceFile, &'j [Edit])>,
    /// The other chapters that change.
    pages: BTreeMap<usize, String>,
    /// The chapters that may have a word for archdoc.
    asking: &'j [usize],
}

impl Texts<'_> {
    /// What the chapter at `index` among those of the host becomes, which it sent as `content`; none where it stays.
    pub fn of(&self, index: usize, content: &str) -> Option<Change> {
        if let Some(page) = self.pages.get(&index) {
            return Some(Change::Text(page.clone()));
        }
        let (file, edits) = self.edited.get(&index)?;
        let asks = self.asking.binary_search(&index).is_ok();
        let edits = host_edits(file, edits, content, asks);
        (!edits.is_empty()).then_some(Change::Edits(edits))
    }
}

impl Judged {
    /// The texts of the chapters' files.
    pub fn texts(&self) -> BTreeMap<usize, Arc<String>> {
        let chapters = self.chapters.there.iter();
        chapters
            .map(|chapter| (chapter.index, chapter.file.shared_text()))
            .collect()
    }
}

impl Run {
    /// Reads the configuration.
    pub fn new(host: Host, build: Build) -> Self {
        let files = Files::new(&host.root);
        let config = Configuration::of_host(&host.config, &host.version, &files, &rules::names());
        Self {
            host,
            build,
            config,
            files,
            git: Git::default(),
        }
    }

    /// The book as its own files have it, judged while the host still writes; none where they are no book.
    pub fn on_disk(&self, cores: &Cores) -> Option<Judged> {
        let chapters = of_summary(&self.files, &self.config.site.src).ok()?;
        let asking = chapters.there.iter().filter(|chapter| may_ask(chapter.file.text()));
        let asking = asking.map(|chapter| chapter.index).collect();
        Some(self.judge(self.served(chapters), asking, cores))
    }

    /// The book as the host lists it, judged. What was judged ahead is taken if it is of the same chapters.
    pub fn whole(&self, listed: &[Listed<'_>], ahead: Option<Judged>) -> Judged {
        let contents = listed.iter().map(|chapter| chapter.content.unwrap_or(""));
        let asking = contents.enumerate().filter(|(_, content)| may_ask(content));
        let asking: Vec<usize> = asking.map(|(index, _)| index).collect();
        let chapters = self.served(chapters(&self.files, &self.config.site.src, listed.iter().cloned()));
        match ahead {
            Some(ahead) if ahead.asking == asking && same(&ahead.chapters, &chapters) => ahead,
            _ => self.judge(chapters, asking, &Cores::all()),
        }
    }

    fn served(&self, mut chapters: Chapters) -> Chapters {
        for chapter in &mut chapters.there {
            chapter.page = self.config.site.served(&chapter.page);
        }
        chapters
    }

    fn judge(&self, chapters: Chapters, asking: Vec<usize>, cores: &Cores) -> Judged {
        let Configuration { site, settings, .. } = &self.config;
        let mut config = self.config.clone();
        config.problems.extend(unmatched(settings, &chapters.paths()));
        let session = Session::of_host(config, self.files.clone(), chapters);
        let request = Request {
            as_of: self.build.as_of,
            history: Asked {
                source: &self.git,
                pipeline: self.build.pipeline,
            },
            fixes: false,
            cores,
            only: &[],
        };
        let book_pages = self.pages(&asking);
        let checked = session.check(request, |document, facts, found| {
            let mut edits = enrich(facts, settings.enrich, site.repository_url.as_deref());
            let digest = book_pages.digest(document, facts, found, site.dialect);
            if let Some(digest) = &digest {
                edits.extend(book_pages.in_document(facts, digest, settings.enrich));
            }
            // An include that stays on the page is mdBook's to read, over however many lines it goes.
            let within = |edit: &Edit, include: Span| include.start < edit.span.end && edit.span.start < include.end;
            edits.retain(|edit| !document.broken_includes.iter().any(|broken| within(edit, broken.span)));
            let edits = document.chapters.iter().map(|chapter| {
                let edits = file_edits(&document.document, &chapter.file, &edits);
                (chapter.index, edits)
            });
            Kept {
                edits: edits.collect(),
                digest,
            }
        });
        // Findings are the same for all outputs, and said once.
        let first = site.outputs.first().is_none_or(|first| *first == self.host.renderer);
        Judged {
            messages: if first {
                messages(&checked, self.build)
            } else {
                String::new()
            },
            failed: !site.serving && fails(&checked.diagnostics, settings.fail_on),
            documents: checked.documents,
            chapters: session.chapters,
            asking,
        }
    }

    /// The texts that go back to the host, which sent these chapters.
    pub fn texts<'j>(&self, judged: &'j Judged, listed: &[Listed<'_>]) -> Texts<'j> {
        let contents: Vec<&str> = listed.iter().map(|chapter| chapter.content.unwrap_or("")).collect();
        let pages = self.pages(&judged.asking);
        let edits = judged.documents.iter().flat_map(|kept| &kept.edits);
        let edited = edits.filter_map(|(index, edits)| {
            let at = judged
                .chapters
                .there
                .binary_search_by_key(index, |chapter| chapter.index);
            let file = judged.chapters.there.get(at.ok()?)?.file.as_ref();
            Some((*index, (file, edits.as_slice())))
        });
        Texts {
            edited: edited.collect(),
            asking: &judged.asking,
            pages: pages.elsewhere(&contents, &judged.chapters.there, &judged.documents, self.build.as_of),
        }
    }

    fn pages<'a>(&'a self, asking: &'a [usize]) -> BookPages<'a> {
        BookPages {
            asking,
            dialect: self.config.site.dialect,
            html: self.host.renderer == "html",
            on: self.config.settings.enrich.pages,
            repository: self.config.site.repository_url.as_deref(),
            files: &self.files,
        }
    }
}

/// Whether two lists of chapters are the same. A file is read once in a run; a text without a file is never known ahead.
fn same(ahead: &Chapters, chapters: &Chapters) -> bool {
    let alike = |a: &Chapter, b: &Chapter| {
        let place = |chapter: &Chapter| (chapter.index, chapter.depth);
        (&a.name, &a.path, &a.page) == (&b.name, &b.path, &b.page)
            && place(a) == place(b)
            && (Arc::ptr_eq(&a.file, &b.file) || a.unread.is_some() && a.unread == b.unread)
    };
    let mut both = ahead.there.iter().zip(&chapters.there);
    ahead.there.len() == chapters.there.len() && both.all(|(a, b)| alike(a, b))
}

fn messages<T>(checked: &Checked<T>, build: Build) -> String {
    let report = Report::of(checked, build.as_of);
    let mut text = render(&report, Format::Full, build.colour);
    text.push_str(&summary_line(&report));
    text.push('\n');
    text
}
