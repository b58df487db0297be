//! The settings: what the team asks for in `[preprocessor.archdoc]`.
//!
//! Which file says them and what the host is, this room does not know: it gets a table, whose values have places. It never
//! reads a file or the environment, never stops at the first mistake, and never lets a mistake pass in silence.

mod glob;
mod item;
mod keys;
mod refinement;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;

pub use self::glob::Glob;
pub use self::item::Item;
pub use self::keys::read;
pub use self::refinement::{Binding, EvidenceKind, Refinement, Refinements, read_refinements};
use crate::diagnostic::{Level, Levels, Severity};
use crate::source::Span;

/// All that is set, with the defaults for what is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// A built-in template's name, or a Markdown file relative to the book's root.
    pub template: String,
    /// Where `template` is said; none for the default and where the environment says it.
    pub template_span: Option<Span>,
    /// Which chapters are documents.
    pub documents: Documents,
    /// Chapters that never are.
    pub exclude: Vec<Glob>,
    /// Which findings fail the run.
    pub fail_on: FailOn,
    /// What is added to the pages.
    pub enrich: Enrich,
    /// What git is asked.
    pub history: HistoryConfig,
    /// The levels that are set, by the rule's name; known rules only.
    pub rules: BTreeMap<String, RuleLevels>,
    /// What is said of sections and fields, as written; whether the template has them is not known here.
    pub refinements: Refinements,
    /// Further templates for further chapters, in the order of their names.
    pub kinds: Vec<Kind>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            template: "architecture".to_owned(),
            template_span: None,
            documents: Documents::default(),
            exclude: Vec::new(),
            fail_on: FailOn::default(),
            enrich: Enrich::default(),
            history: HistoryConfig::default(),
            rules: BTreeMap::new(),
            refinements: Refinements::default(),
            kinds: Vec::new(),
        }
    }
}

/// Which chapters are documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Documents {
    /// Those that look like one.
    #[default]
    Auto,
    /// Every chapter.
    All,
    /// The whole book is one document.
    Book,
    /// The chapters that one of these globs matches; never empty.
    Globs(Vec<Glob>),
}

/// Which findings fail the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// None.
    Never,
}

impl FailOn {
    /// All of them, by the words that configuration accepts.
    pub const ALL: [(&'static str, Self); 3] = [
        ("error", Self::Error),
        ("warning", Self::Warning),
        ("never", Self::Never),
    ];

    /// The one with this name.
    pub fn named(word: &str) -> Option<Self> {
        let named = Self::ALL.into_iter().find(|(name, _)| *name == word);
        named.map(|(_, fail_on)| fail_on)
    }

    /// Whether a finding of this severity fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Never => false,
        }
    }
}

/// The parts of what is added to the pages, a row each: the name that book.toml and chapters have for it, and its field.
macro_rules! parts {
    ($($(#[$about:meta])* $name:literal: $field:ident;)*) => {
        /// The names of the parts.
        pub const PARTS: &[&str] = &[$($name),*];

        /// What is added to the pages; everything unless turned off.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Enrich {
            $($(#[$about])* pub $field: bool,)*
        }

        impl Enrich {
            /// All parts on, or all off.
            pub fn all(on: bool) -> Self {
                Self { $($field: on),* }
            }

            /// Whether the part with this name is on; none where there is no such part.
            pub fn part(&mut self, name: &str) -> Option<&mut bool> {
                match name {
                    $($name => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

parts! {
    /// The merged change log.
    "change-log": change_log;
    /// The footer's lines.
    "footer": footer;
    /// The header's lines, and the computed block below them.
    "header": header;
    /// The book-wide pages, where their markers stand.
    "pages": pages;
    /// The evidence at the review checklist.
    "review": review;
}

impl Default for Enrich {
    fn default() -> Self {
        Self::all(true)
    }
}

/// How far git is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HistoryMode {
    /// Rules use it and pages show it.
    #[default]
    On,
    /// git is not asked.
    Off,
    /// Rules use it, pages do not show it.
    Check,
}

/// What git is asked, and what is shown of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryConfig {
    /// How far git is used.
    pub mode: HistoryMode,
    /// Whether pages show it: true exactly where `mode` is [`HistoryMode::On`].
    pub show: bool,
    /// Commits before this day are left out.
    pub since: Option<Date>,
    /// Authors whose commits are left out: patterns for `is_like`, where `*` and `?` stand for any text.
    pub ignore_authors: Vec<String>,
    /// Whether it is an error that the book has no git history.
    pub require: bool,
    /// How long git is waited for, in whole seconds.
    pub timeout: Duration,
}

impl HistoryConfig {
    /// The longest `timeout` that can be set, in seconds: a day.
    pub const LONGEST_TIMEOUT: u64 = 86_400;

    /// Sets the mode, and `show` with it.
    pub(crate) fn set_mode(&mut self, mode: HistoryMode) {
        self.mode = mode;
        self.show = mode == HistoryMode::On;
    }
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self {
            mode: HistoryMode::On,
            show: true,
            since: None,
            ignore_authors: vec!["*[bot]".to_owned()],
            require: false,
            // git walks a hundred thousand commits in a few seconds; a pipeline gives up a silent job after ten minutes.
            timeout: Duration::from_secs(120),
        }
    }
}

/// The levels that are set for a rule; none at a stage leaves the rule's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleLevels {
    /// For drafts.
    pub draft: Option<Level>,
    /// For documents in review.
    pub review: Option<Level>,
    /// For documents that declare themselves finished.
    pub final_: Option<Level>,
}

impl RuleLevels {
    /// The rule's own levels with these over them.
    pub fn over(self, own: Levels) -> Levels {
        Levels {
            draft: self.draft.unwrap_or(own.draft),
            review: self.review.unwrap_or(own.review),
            final_: self.final_.unwrap_or(own.final_),
        }
    }
}

/// A further template and the chapters that are held to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kind {
    /// Its key under `kind`.
    pub name: String,
    /// A built-in template's name, or a Markdown file relative to the book's root.
    pub template: String,
    /// Where `template` is said; none where the environment says it.
    pub template_span: Option<Span>,
    /// Which chapters it is for.
    pub documents: Documents,
    /// What is said of its template's sections and fields, as written.
    pub refinements: Refinements,
}

/// What sort of mistake a problem is: the name of the finding that it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A key or a value that is not understood.
    InvalidConfig,
    /// The name of a rule that does not exist.
    UnknownRule,
    /// A glob that matches no chapter: right in itself, and without effect.
    UnmatchedGlob,
}

/// A mistake in what is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What sort of mistake it is.
    pub kind: ProblemKind,
    /// Where it stands; none where the environment says it.
    pub span: Option<Span>,
    /// What is wrong: one phrase, lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// The globs of `documents` and `exclude` that match none of a book's chapters, whose paths are `paths`.
///
/// Where no glob of `documents` matches any, there is no document at all, and that is a finding already. The globs of a
/// kind may be there before its first chapter.
pub fn unmatched(settings: &Settings, paths: &[&str]) -> Vec<Problem> {
    let idle = |glob: &&Glob| !paths.iter().any(|path| glob.matches(path));
    let documents = match &settings.documents {
        Documents::Globs(globs) if !globs.iter().all(|glob| idle(&glob)) => globs.as_slice(),
        _ => &[],
    };
    let problem = |(key, glob): (&str, &Glob)| Problem {
        kind: ProblemKind::UnmatchedGlob,
        span: glob.span(),
        message: format!("`{}` in `{key}` matches no chapter", glob.pattern()),
        help: Some(
            "paths start in the folder of SUMMARY.md; `**` stands for folders, `*` for a part of a name".to_owned(),
        ),
    };
    let globs = documents.iter().filter(idle).map(|glob| ("documents", glob));
    let excluded = settings.exclude.iter().filter(idle).map(|glob| ("exclude", glob));
    globs.chain(excluded).map(problem).collect()
}
