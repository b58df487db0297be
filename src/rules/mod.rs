//! The rules: what is wrong, a static, a function and a page each.
//!
//! A rule reads facts and reports findings in spans of the document. It knows neither levels nor files, prints
//! nothing and reads no Markdown. To add one: write `name.rs` and `name.md` beside the others and list it in
//! [`RULES`]; the tests hold the page to what the rule does.

mod broken_include;
mod change_log_behind;
mod change_log_columns;
mod change_log_order;
mod changed_since_review;
mod contradicted_item;
mod dangling_mention;
mod date_mismatch;
mod dropped_cells;
mod duplicate_field;
mod duplicate_item;
mod duplicate_section;
mod empty_change_log;
mod empty_field;
mod empty_section;
pub mod expired_suppression;
mod future_date;
mod history_incomplete;
mod incomplete_row;
mod invalid_config;
mod invalid_date;
mod invalid_duration;
mod invalid_value;
mod invalid_version;
mod leftover_instruction;
mod lost_list_item;
mod malformed_task;
mod misnumbered_item;
mod misplaced_section;
mod missing_code;
mod missing_diagram;
mod missing_field;
mod missing_item;
mod missing_review;
mod missing_section;
mod missing_subsection;
mod missing_title;
mod misspelt_field;
mod misspelt_section;
mod no_document;
mod overdue_roadmap;
mod review_date_order;
mod review_overdue;
mod section_alias;
mod section_out_of_order;
mod status_conflict;
mod swallowed_heading;
mod technology_conflict;
mod template_text;
#[cfg(test)]
mod tests;
mod thin_decision;
mod todo_marker;
mod unclosed_block;
mod undrawn_component;
mod unexplained_suppression;
mod unfilled_placeholder;
pub mod unknown_directive;
mod unknown_rule;
mod unlinked_reference;
mod unmatched_endpoint;
mod unread_file;
mod unticked_item;
pub mod unused_suppression;
mod version_mismatch;
mod version_not_increasing;
mod wrong_heading_level;

use crate::diagnostic::{Applicability, Levels, Severity, Stage};
use crate::edit::Edit;
use crate::facts::{Allow, Facts};
use crate::outline::{StageWord, stage_of};
use crate::site::BOOK_TOML;
use crate::source::Span;
use crate::template::{FieldKind, SectionSpec};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, kebab-case; it names the defect and keeps its meaning for ever.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// Its level at each stage unless the configuration says otherwise.
    pub levels: Levels,
    /// Its page, Markdown.
    pub page: &'static str,
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// One document.
    Document(fn(&Facts<'_>, &mut Findings)),
    /// One document, if all of it was read: what it lacks may stand in the rest.
    WholeDocument(fn(&Facts<'_>, &mut Findings)),
    /// The book as a whole; its findings are made where the book is read.
    Book,
    /// What a document allows; its findings are made where the findings of the others are.
    Allows,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Sections: there, named and placed as the template has them.
    Structure,
    /// Text: filled in, and not lost by the way it is written.
    Content,
    /// The fields of header and footer.
    Fields,
    /// The change log, held against the header and git.
    ChangeLog,
    /// The review checklist, the status and the reviews.
    Review,
    /// Comments that speak to archdoc.
    Comments,
    /// The book and its configuration.
    Book,
}

impl Group {
    /// The word that lists show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Content => "content",
            Self::Fields => "fields",
            Self::ChangeLog => "change log",
            Self::Review => "review",
            Self::Comments => "comments",
            Self::Book => "book",
        }
    }
}

/// All rules, by name.
pub static RULES: &[&Rule] = &[
    &broken_include::RULE,
    &change_log_behind::RULE,
    &change_log_columns::RULE,
    &change_log_order::RULE,
    &changed_since_review::RULE,
    &contradicted_item::RULE,
    &dangling_mention::RULE,
    &date_mismatch::RULE,
    &dropped_cells::RULE,
    &duplicate_field::RULE,
    &duplicate_item::RULE,
    &duplicate_section::RULE,
    &empty_change_log::RULE,
    &empty_field::RULE,
    &empty_section::RULE,
    &expired_suppression::RULE,
    &future_date::RULE,
    &history_incomplete::RULE,
    &incomplete_row::RULE,
    &invalid_config::RULE,
    &invalid_date::RULE,
    &invalid_duration::RULE,
    &invalid_value::RULE,
    &invalid_version::RULE,
    &leftover_instruction::RULE,
    &lost_list_item::RULE,
    &malformed_task::RULE,
    &misnumbered_item::RULE,
    &misplaced_section::RULE,
    &missing_code::RULE,
    &missing_diagram::RULE,
    &missing_field::RULE,
    &missing_item::RULE,
    &missing_review::RULE,
    &missing_section::RULE,
    &missing_subsection::RULE,
    &missing_title::RULE,
    &misspelt_field::RULE,
    &misspelt_section::RULE,
    &no_document::RULE,
    &overdue_roadmap::RULE,
    &review_date_order::RULE,
    &review_overdue::RULE,
    &section_alias::RULE,
    &section_out_of_order::RULE,
    &status_conflict::RULE,
    &swallowed_heading::RULE,
    &technology_conflict::RULE,
    &template_text::RULE,
    &thin_decision::RULE,
    &todo_marker::RULE,
    &unclosed_block::RULE,
    &undrawn_component::RULE,
    &unexplained_suppression::RULE,
    &unfilled_placeholder::RULE,
    &unknown_directive::RULE,
    &unknown_rule::RULE,
    &unlinked_reference::RULE,
    &unmatched_endpoint::RULE,
    &unread_file::RULE,
    &unticked_item::RULE,
    &unused_suppression::RULE,
    &version_mismatch::RULE,
    &version_not_increasing::RULE,
    &wrong_heading_level::RULE,
];

/// The rules whose findings are made where the book and its configuration are read.
pub mod book_rules {
    pub use super::history_incomplete::RULE as HISTORY_INCOMPLETE;
    pub use super::invalid_config::RULE as INVALID_CONFIG;
    pub use super::no_document::RULE as NO_DOCUMENT;
    pub use super::unknown_rule::RULE as UNKNOWN_RULE;
    pub use super::unread_file::RULE as UNREAD_FILE;
}

/// The rule with this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).copied()
}

/// The names of all rules.
pub fn names() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.name).collect()
}

impl Rule {
    /// Whether a comment in a document can take its findings out: not what is said of comments or of the book.
    pub fn can_be_allowed(&self) -> bool {
        matches!(self.check, Check::Document(_) | Check::WholeDocument(_)) && self.group != Group::Comments
    }
}

/// Something that a rule found, in spans of the document.
#[derive(Debug, Clone, Default)]
pub struct Finding {
    /// Where; an empty span is a place between two characters.
    pub span: Span,
    /// What is wrong: one phrase, lower case, no full stop.
    pub message: String,
    /// What the span is, in a few words.
    pub label: String,
    /// Another place of the document, and what it is.
    pub related: Vec<(Span, String)>,
    /// The template's bytes that demand it, and what they are.
    pub template: Option<(Span, String)>,
    /// Further facts, a line each.
    pub notes: Vec<String>,
    /// What to type.
    pub help: Option<String>,
    /// The path of the section in the template.
    pub section: Option<String>,
    /// A cure.
    pub fix: Option<(Applicability, Vec<Edit>)>,
    /// The sections whose faults this follows from, by their paths: where one of them has a finding that is an error or
    /// a warning, `consequence` is a note on that instead.
    pub because_of: Vec<String>,
    /// The rules whose findings explain it, too, wherever they stand.
    pub because_of_rules: &'static [&'static str],
    /// What follows, for a note.
    pub consequence: String,
    /// The severity that this finding does not exceed, whatever the rule's level.
    pub at_most: Option<Severity>,
}

impl Finding {
    /// A finding at `span`.
    pub fn at(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            ..Self::default()
        }
    }
}

/// What a rule has found so far.
pub type Findings = Vec<Finding>;

/// `a`, `b` and `c`, each in backticks; of more than `most` the rest is counted.
fn listed<'n>(names: impl IntoIterator<Item = &'n str>, most: usize) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let shown = names.get(..names.len().min(most)).unwrap_or(&[]);
    match (shown, names.len() - shown.len()) {
        ([], _) => String::new(),
        ([one], 0) => one.clone(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The rules that an allow names, with the word that fits: `` `a` is ``, `` `a` and `b` are ``.
fn allowed(allow: &Allow<'_>) -> String {
    let names = listed(allow.rules.iter().map(|(name, _)| *name), 4);
    let word = if allow.rules.len() == 1 { "is" } else { "are" };
    format!("{names} {word}")
}

/// `a`, `b` or `c`, each in backticks.
fn either<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        names => names.concat(),
    }
}

/// What to write in book.toml for a name that a section may have beside its own.
fn alias(name: &str, spec: &SectionSpec) -> String {
    format!(
        "add `alias = [{name:?}]` under `[preprocessor.archdoc.section.{:?}]` in {BOOK_TOML}",
        spec.id
    )
}

/// What the template's line is to a document that lacks what it asks for.
fn required(facts: &Facts<'_>) -> String {
    let asks_for_status = facts
        .template
        .header
        .iter()
        .chain(&facts.template.footer)
        .any(|field| match &field.kind {
            FieldKind::Choice(choices) => choices.iter().any(|choice| stage_of(choice) != StageWord::Unknown),
            _ => false,
        });
    match facts.outline.stage {
        Stage::Draft => "required here, though a draft may wait with it".to_owned(),
        Stage::Review if !asks_for_status => "required here".to_owned(),
        Stage::Review | Stage::Final => format!("required here, {}", facts.strictness()),
    }
}

/// Where the line begins that holds the byte at `offset`.
fn line_start(facts: &Facts<'_>, offset: usize) -> usize {
    let before = facts.document.text.as_str().get(..offset).unwrap_or("");
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// Takes a span out, with its lines where nothing else stands on them, so that the blocks around it stay as they are.
fn removed(facts: &Facts<'_>, span: Span) -> Edit {
    let text = facts.document.text.as_str();
    let (before, after) = (text.get(..span.start).unwrap_or(""), text.get(span.end..).unwrap_or(""));
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let (lead, trail) = (before.get(start..).unwrap_or(""), after.lines().next().unwrap_or(""));
    if !lead.trim().is_empty() || !trail.trim().is_empty() {
        // One of the spaces around it goes too; a line's own indentation stays.
        let space = usize::from(!lead.trim().is_empty() && lead.ends_with(' '));
        return Edit::replace(Span::new(span.start - space, span.end), "");
    }
    let line = after.find('\n').map_or(after.len(), |at| at + 1);
    let below = after.get(line..).unwrap_or("");
    let first = below.lines().next().unwrap_or("");
    let above = before.get(..start).unwrap_or("").lines().next_back().unwrap_or("");
    let end = span.end + line;
    match (above.trim().is_empty(), first.trim().is_empty()) {
        // The text would end with an empty line.
        (true, true) if below.is_empty() => {
            let above = before.get(..start).unwrap_or("").trim_end_matches(['\n', '\r']).len();
            let kept = before.get(above..start).and_then(|ends| ends.find('\n'));
            Edit::replace(Span::new(kept.map_or(start, |kept| above + kept + 1), end), "")
        }
        // Two empty lines would meet.
        (true, true) => Edit::replace(
            Span::new(start, end + below.find('\n').map_or(below.len(), |at| at + 1)),
            "",
        ),
        // Two blocks would meet.
        (false, false) if !above.starts_with('#') => Edit::replace(Span::new(start, span.end + trail.len()), ""),
        _ => Edit::replace(Span::new(start, end), ""),
    }
}
