//! The rules: what is wrong, a static, a function and a page each.
//!
//! A rule reads facts and reports findings in spans of the document. It knows neither levels nor files, prints
//! nothing and reads no Markdown. To add one: write `name.rs` and `name.md` beside the others and list it in
//! [`RULES`]; the tests hold the page to what the rule does.

mod broken_include;
mod dangling_mention;
mod duplicate_section;
mod empty_field;
mod empty_section;
mod invalid_config;
mod invalid_date;
mod invalid_value;
mod invalid_version;
mod lost_list_item;
mod missing_diagram;
mod missing_field;
mod missing_section;
mod missing_subsection;
mod misspelt_section;
mod no_document;
mod section_out_of_order;
mod swallowed_heading;
mod technology_conflict;
mod template_text;
mod unclosed_block;
mod undrawn_component;
mod unfilled_placeholder;
mod unknown_rule;
mod wrong_heading_level;

use crate::diagnostic::{Applicability, Levels, Severity};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::source::Span;

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
    /// The book as a whole; its findings are made where the book is read.
    Book,
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
            Self::Book => "book",
        }
    }
}

/// All rules, by name.
pub static RULES: &[&Rule] = &[
    &broken_include::RULE,
    &dangling_mention::RULE,
    &duplicate_section::RULE,
    &empty_field::RULE,
    &empty_section::RULE,
    &invalid_config::RULE,
    &invalid_date::RULE,
    &invalid_value::RULE,
    &invalid_version::RULE,
    &lost_list_item::RULE,
    &missing_diagram::RULE,
    &missing_field::RULE,
    &missing_section::RULE,
    &missing_subsection::RULE,
    &misspelt_section::RULE,
    &no_document::RULE,
    &section_out_of_order::RULE,
    &swallowed_heading::RULE,
    &technology_conflict::RULE,
    &template_text::RULE,
    &unclosed_block::RULE,
    &undrawn_component::RULE,
    &unfilled_placeholder::RULE,
    &unknown_rule::RULE,
    &wrong_heading_level::RULE,
];

/// The rules whose findings are made where the book and its configuration are read.
pub mod book_rules {
    pub use super::invalid_config::RULE as INVALID_CONFIG;
    pub use super::no_document::RULE as NO_DOCUMENT;
    pub use super::unknown_rule::RULE as UNKNOWN_RULE;
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
    /// The first sentence of the page's *What it does*.
    pub fn summary(&self) -> &'static str {
        let body = self.page.split("## What it does").nth(1).unwrap_or("").trim_start();
        let end = body.find("\n\n").unwrap_or(body.len());
        body.get(..end).unwrap_or("").trim_end()
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

/// What the template's line is to a document that lacks what it asks for.
fn required(facts: &Facts<'_>) -> String {
    format!("required here, {}", facts.strictness())
}

/// The line end that the document uses.
fn line_end(facts: &Facts<'_>) -> &'static str {
    if facts.document.text.as_str().contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    }
}
