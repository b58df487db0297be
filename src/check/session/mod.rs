//! A session: a book that is loaded, and can be asked for all that is found in it or for one chapter's part of that.
//!
//! It never changes. Other texts make another session, which keeps nothing of this one but what the files hold that did not
//! change: whatever follows from texts is worked out again. It prints nothing, writes nothing and reads no environment.

use std::ffi::OsString;

use crate::book::{Chapter, Chapters, SummaryError, add_marked_templates, of_summary};
use crate::files::{Changes, Files};
use crate::rules;
use crate::settings::{Documents, Problem, ProblemKind, Settings, unmatched};
use crate::site::Configuration;
use crate::template::{self, Template};

/// The sections that a book may keep as chapters instead: a decision each, of a kind with one of [`RECORDS`].
const DECISIONS: &[&str] = &["design-decisions", "architecture-decisions"];

/// The templates of decision records.
const RECORDS: &[&str] = &["adr", "madr"];

/// A book, loaded.
#[derive(Debug)]
pub struct Session {
    /// What is configured and what is wrong with it, with a kind for each template that a chapter asks for.
    pub config: Configuration,
    /// The book's files.
    pub files: Files,
    /// The chapters that it lists.
    pub chapters: Chapters,
    /// What its documents are held to: its own template first, then those of its kinds.
    pub(super) templates: Vec<Option<Template>>,
    /// The sections that it keeps in chapters of their own.
    pub(super) elsewhere: &'static [&'static str],
    origin: Origin,
}

/// Who says what the book is.
#[derive(Debug)]
enum Origin {
    /// Its own files, below the variables of an environment.
    Files(Vec<(OsString, OsString)>),
    /// A host, which has read the configuration and listed the chapters.
    Host(Box<Configuration>),
}

impl Session {
    /// The book that these files are, read as mdBook does where `environment` are its variables.
    ///
    /// # Errors
    /// Where mdBook could not build it either: its configuration, its summary or a chapter cannot be read.
    pub fn open(files: Files, environment: Vec<(OsString, OsString)>) -> Result<Self, Problem> {
        let mut config = Configuration::on_disk(&files, &environment, &rules::names())?;
        let chapters = of_summary(&files, &config.site.src).map_err(|error| Problem {
            kind: ProblemKind::InvalidConfig,
            span: None,
            message: error.to_string(),
            help: Some(match error {
                SummaryError::Chapter(_) => {
                    "mdBook cannot build the book either; mend the file, or its line in SUMMARY.md".to_owned()
                }
                _ => "an mdBook lists its chapters in SUMMARY.md, in the folder that `book.src` names".to_owned(),
            }),
        })?;
        let idle = unmatched(&config.settings, &chapters.paths());
        config.problems.extend(idle);
        Ok(Self::load(Origin::Files(environment), config, files, chapters))
    }

    /// The book that a host has configured and listed; it says as well what is wrong with the two.
    pub fn of_host(config: Configuration, files: Files, chapters: Chapters) -> Self {
        Self::load(Origin::Host(Box::new(config.clone())), config, files, chapters)
    }

    /// The same book after some of its files have changed, on disk or to texts from memory. What a host has said, it has to
    /// say again; all else is read again.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn after(&self, changes: &Changes) -> Result<Self, Problem> {
        let files = self.files.after(changes);
        let config = match &self.origin {
            Origin::Files(environment) => return Self::open(files, environment.clone()),
            Origin::Host(config) => Configuration::clone(config),
        };
        let mut chapters = self.chapters.clone();
        for chapter in chapters.there.iter_mut().filter(|chapter| chapter.file.on_disk()) {
            if let Ok(file) = files.read(chapter.file.path()) {
                chapter.file = file;
            }
        }
        Ok(Self::of_host(config, files, chapters))
    }

    fn load(origin: Origin, mut config: Configuration, files: Files, chapters: Chapters) -> Self {
        let Configuration { settings, problems, .. } = &mut config;
        add_marked_templates(settings, &chapters.there);
        let main = (&settings.template, settings.template_span, &settings.refinements);
        let kinds = settings.kinds.iter();
        let kinds = kinds.map(|kind| (&kind.template, kind.template_span, &kind.refinements));
        let templates = std::iter::once(main).chain(kinds).map(|(name, span, refinements)| {
            let (template, trouble) = template::load(name, span, &files, refinements);
            problems.extend(trouble);
            template
        });
        Self {
            templates: templates.collect(),
            elsewhere: match keeps_decisions(settings, &chapters.there) {
                true => DECISIONS,
                false => &[],
            },
            config,
            files,
            chapters,
            origin,
        }
    }
}

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

#[cfg(test)]
mod tests;
