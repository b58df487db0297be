//! What is found about the book as a whole: its configuration, its history, and that it has no document.
//!
//! These findings stand where the book is configured. Nothing here looks at a document.

use super::Session;
use crate::book::{Chapter, Why, is_excluded, link_in_summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::{Cause, History, State};
use crate::markdown::one_line;
use crate::rules::book_rules::{HISTORY_INCOMPLETE, INVALID_CONFIG, NO_DOCUMENT, UNKNOWN_RULE, UNREAD_FILE};
use crate::settings::{Documents, Problem, ProblemKind};
use crate::site::BOOK_TOML;
use crate::source::Place;

/// How many chapters that look like documents the error names.
const SHOWN: usize = 5;

/// What the clone does not hold of the book's history. That there is none at all is worth a word only where it is
/// required.
pub fn incomplete(session: &Session, history: &History) -> Vec<Diagnostic> {
    let state = history.state();
    let required = session.config.settings.history.require;
    let what = match state {
        State::Unavailable(_) => "cannot be read",
        _ => "is not whole",
    };
    let known_to_have_none = |cause| matches!(cause, Cause::NotARepository | Cause::NoCommits);
    let reasons = state
        .reasons()
        .iter()
        .filter(|reason| required || !known_to_have_none(reason.cause));
    let found = reasons.filter_map(|reason| {
        let message = format!("the book's history {what}: {}", one_line(&reason.message));
        let place = session.config.place(None);
        let mut found = of_book(session, &HISTORY_INCOMPLETE, place, message, reason.help.clone())?;
        let as_usual = !session.config.settings.rules.contains_key(HISTORY_INCOMPLETE.name);
        // An image that builds books and has no git is a choice, and a word is enough.
        if reason.cause == Cause::NoGit && as_usual {
            found.severity = Severity::Info;
        }
        if required {
            found.severity = Severity::Error;
            found
                .notes
                .push("`history = { require = true }` makes this an error".to_owned());
        }
        Some(found)
    });
    found.collect()
}

/// A chapter whose file archdoc does not read, though mdBook does.
pub fn unread_chapter(session: &Session, chapter: &Chapter) -> Option<Diagnostic> {
    let why = chapter
        .unread
        .as_ref()
        .filter(|_| !is_excluded(chapter, &session.config.settings))?;
    let listed = link_in_summary(&session.files, &session.config.site.src, &chapter.path);
    let place = listed.unwrap_or_else(|| session.config.place(None));
    let message = format!("{why}, and was not read");
    let help = "move the file to where it is read, or name the chapter in `exclude`".to_owned();
    of_book(session, &UNREAD_FILE, place, message, Some(help))
}

/// A mistake in the configuration.
pub fn of_problem(session: &Session, problem: &Problem) -> Option<Diagnostic> {
    let rule = match problem.kind {
        ProblemKind::InvalidConfig | ProblemKind::UnmatchedGlob => &INVALID_CONFIG,
        ProblemKind::UnknownRule => &UNKNOWN_RULE,
    };
    let place = session.config.place(problem.span);
    let mut found = of_book(session, rule, place, problem.message.clone(), problem.help.clone())?;
    if problem.kind == ProblemKind::UnmatchedGlob {
        found.severity = found.severity.min(Severity::Warning);
    }
    Some(found)
}

fn of_book(
    session: &Session,
    rule: &'static crate::rules::Rule,
    place: Place,
    message: String,
    help: Option<String>,
) -> Option<Diagnostic> {
    let levels = session
        .config
        .settings
        .rules
        .get(rule.name)
        .map_or(rule.levels, |levels| levels.over(rule.levels));
    let severity: Severity = levels.review.severity()?;
    Some(Diagnostic {
        rule: rule.name,
        severity,
        message,
        place,
        label: String::new(),
        related: Vec::new(),
        notes: Vec::new(),
        help,
        section: None,
        fix: None,
    })
}

/// That the book has no document, and what comes near.
pub fn no_document(session: &Session, skipped: &[(String, Why)]) -> Option<Diagnostic> {
    let near = skipped.iter().filter_map(|(path, why)| match why {
        Why::Near(exact, alike) => Some((exact, alike, path, why)),
        _ => None,
    });
    let mut near: Vec<_> = near.collect();
    // The nearest first; of two that are as near, the one that the book has first.
    near.sort_by_key(|(exact, alike, ..)| std::cmp::Reverse((*alike, *exact)));
    let message = match skipped.len() {
        0 => "the book has no chapter that could be an architecture document".to_owned(),
        1 => "the one chapter of this book is not an architecture document".to_owned(),
        many => format!("none of the {many} chapters of this book is an architecture document"),
    };
    let help = format!(
        "say which chapters are: `documents = [\"services/**/*.md\"]` or `documents = \"all\"` in {BOOK_TOML}, \
         `<!-- archdoc: document -->` in a chapter, or the template's title and section names"
    );
    let mut diagnostic = of_book(session, &NO_DOCUMENT, session.config.place(None), message, Some(help))?;
    if let Documents::Globs(globs) = &session.config.settings.documents {
        let globs: Vec<String> = globs.iter().map(|glob| format!("`{}`", glob.pattern())).collect();
        diagnostic
            .notes
            .push(format!("`documents` in {BOOK_TOML} is {}", globs.join(", ")));
    }
    let shown = near.iter().take(SHOWN);
    let shown = shown.map(|(_, _, path, why)| format!("`{path}` {}", why.text()));
    diagnostic.notes.extend(shown);
    if let Some(more) = near.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let note = format!("{more} more look like documents: `mdbook-archdoc check --skipped` names them");
        diagnostic.notes.push(note);
    }
    Some(diagnostic)
}
