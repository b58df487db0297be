//! What a finding is: the rule that made it, how severe it is, where it stands, what to do.
//!
//! Pure data. Nothing here decides whether something is wrong, and nothing here prints.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edit::Edit;
use crate::source::{Place, SourceFile};

/// How serious a finding is to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; a reviewer could argue with it.
    Info,
    /// Should be mended before the document is final.
    Warning,
    /// Wrong, or missing where the document claims to be finished.
    Error,
}

impl Severity {
    /// The word that messages and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a rule is set to: `off`, or the severity of its findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The rule's findings are dropped.
    Off,
    /// Its findings are information.
    Info,
    /// Its findings are warnings.
    Warning,
    /// Its findings are errors.
    Error,
}

impl Level {
    /// The words that configuration accepts.
    pub const NAMES: [&'static str; 4] = ["off", "info", "warning", "error"];

    /// The severity of findings at this level; none where they are dropped.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// The word that configuration uses.
    pub fn name(self) -> &'static str {
        self.severity().map_or("off", Severity::name)
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "off" => Ok(Self::Off),
            "info" => Ok(Self::Info),
            "warning" => Ok(Self::Warning),
            "error" => Ok(Self::Error),
            _ => Err(()),
        }
    }
}

/// How far a document says it has come; it sets how strict the rules are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// May be unfinished.
    Draft,
    /// Should be whole; also the stage of a document that does not say.
    Review,
    /// Declares itself complete or approved, and is held to it.
    Final,
}

impl Stage {
    /// All stages, in the order of their strictness.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Review, Self::Final];

    /// The word that configuration, messages and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Final => "final",
        }
    }
}

/// The level of a rule at each stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels {
    /// For drafts.
    pub draft: Level,
    /// For documents in review.
    pub review: Level,
    /// For documents that declare themselves finished.
    pub final_: Level,
}

impl Levels {
    /// The same level at every stage.
    pub const fn always(level: Level) -> Self {
        Self::by_stage(level, level, level)
    }

    /// A level for each stage.
    pub const fn by_stage(draft: Level, review: Level, final_: Level) -> Self {
        Self { draft, review, final_ }
    }

    /// The level at `stage`.
    pub fn at(self, stage: Stage) -> Level {
        match stage {
            Stage::Draft => self.draft,
            Stage::Review => self.review,
            Stage::Final => self.final_,
        }
    }
}

impl fmt::Display for Levels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.draft == self.review && self.review == self.final_ {
            return f.write_str(self.review.name());
        }
        let [draft, review, last] = [self.draft, self.review, self.final_].map(Level::name);
        write!(f, "{draft} / {review} / {last}")
    }
}

/// Whether a fix may be applied without being looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Says what the author plainly meant; nothing can be lost.
    Safe,
    /// Likely right, for a person to confirm.
    Suggested,
}

/// A change to one file on disk.
#[derive(Debug, Clone)]
pub struct FileEdit {
    /// The file to change.
    pub file: Arc<SourceFile>,
    /// The change, in bytes of that file.
    pub edit: Edit,
}

/// A cure for a finding: edits to files, to be made together or not at all.
#[derive(Debug, Clone)]
pub struct Fix {
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// The changes.
    pub edits: Vec<FileEdit>,
}

/// A second place that a finding speaks of.
#[derive(Debug, Clone)]
pub struct Related {
    /// Where it stands.
    pub place: Place,
    /// What stands there.
    pub label: String,
    /// Whether it is the line of the template that demands what the finding misses.
    pub template: bool,
}

/// One finding, ready to be shown.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule's name, `missing-section`.
    pub rule: &'static str,
    /// How serious it is, by the rule's level at the document's stage.
    pub severity: Severity,
    /// What is wrong: one phrase, lower case, no full stop.
    pub message: String,
    /// Where; an empty span is a place between two characters.
    pub place: Place,
    /// What the span is, in a few words; may be empty.
    pub label: String,
    /// Other places that matter, the template's line among them.
    pub related: Vec<Related>,
    /// Further facts, a line each.
    pub notes: Vec<String>,
    /// The cure: what to type.
    pub help: Option<String>,
    /// The path of the template's section that it is about, `disaster-recovery/backup-strategy`.
    pub section: Option<String>,
    /// The cure as edits, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// The template's line that demands what is missing, if the finding has one.
    pub fn template(&self) -> Option<&Related> {
        self.related.iter().find(|related| related.template)
    }
}
