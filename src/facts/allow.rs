//! What a document allows: its `<!-- archdoc: allow; … -->` comments and how far each of them reaches.
//!
//! Said and not judged: whether the rules exist, and what becomes of findings, is for others.

use jiff::civil::Date;

use super::Facts;
use crate::directive::Directive;
use crate::document::HeadingId;
use crate::source::Span;
use crate::values::read_date;

/// A comment that takes findings of some rules out of a part of the document.
#[derive(Debug)]
pub struct Allow<'a> {
    /// The comment.
    pub directive: &'a Directive,
    /// The names of the rules as written, and where.
    pub rules: Vec<(&'a str, Span)>,
    /// Why; empty if it does not say.
    pub reason: &'a str,
    /// The last day on which it holds; none where it holds for good or the date cannot be read.
    pub until: Option<Date>,
    /// How far it reaches.
    pub scope: Scope<'a>,
}

/// How far an allow reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope<'a> {
    /// It stands in front of the first section: the whole document.
    Document,
    /// The section in which it stands, with its sub-sections, and the path that it has in the template.
    Section(Span, Option<&'a str>),
    /// The section of the template that it names by its path, with its sub-sections, there or not.
    Named(&'a str),
}

impl<'a> Facts<'a> {
    /// The document's allows, in the order of the text.
    pub fn allows(&self) -> Vec<Allow<'a>> {
        let directives = self.document.directives.iter();
        directives
            .filter(|directive| directive.word == "allow")
            .map(|directive| self.allow(directive))
            .collect()
    }

    /// What an `allow` says.
    pub fn allow(&self, directive: &'a Directive) -> Allow<'a> {
        let named = directive.find("section").map(|option| option.value.as_str());
        Allow {
            rules: names(directive),
            reason: directive.option("reason").unwrap_or("").trim(),
            until: directive.option("until").and_then(|date| read_date(date).iso()),
            scope: match named {
                Some(path) => Scope::Named(path),
                None => self.scope(directive.span.start),
            },
            directive,
        }
    }

    /// The section at an offset. Without a footer of its own, the last section would take in the document's.
    fn scope(&self, offset: usize) -> Scope<'a> {
        let footer = self.footer_start();
        if offset >= footer {
            return Scope::Section(Span::new(footer, usize::MAX), None);
        }
        let headings = &self.document.headings;
        let (above, _) = headings.partition(|heading| heading.span.start <= offset);
        match above.last().filter(|above| self.outline.in_sections.contains(*above)) {
            Some(above) => Scope::Section(headings[above].section, self.id_of(above)),
            None => Scope::Document,
        }
    }

    fn footer_start(&self) -> usize {
        self.outline.footer_start(self.document).unwrap_or(usize::MAX)
    }

    /// The path of the template's section that a heading is.
    fn id_of(&self, heading: HeadingId) -> Option<&'a str> {
        let mut nodes = self.nodes();
        nodes.find_map(|(_, node, spec)| (node.heading == Some(heading)).then_some(spec.id.as_str()))
    }
}

impl Allow<'_> {
    /// Whether it reaches a finding at `span` about the template's section `section`.
    pub fn covers(&self, facts: &Facts<'_>, span: Span, section: Option<&str>) -> bool {
        match &self.scope {
            Scope::Document => true,
            Scope::Named(path) => {
                section.is_some_and(|section| section == *path || is_below(section, path))
                    || facts
                        .nodes()
                        .filter(|(_, _, spec)| spec.id == *path)
                        .filter_map(|(_, node, _)| node.heading(facts.document))
                        .any(|heading| is_in(span.start, clipped(heading.section, facts)))
            }
            Scope::Section(area, id) => {
                let area = clipped(*area, facts);
                // What is absent is reported where it should stand, which may be the place behind the section's end.
                match section.filter(|_| span.is_empty()) {
                    Some(absent) => {
                        id.is_some_and(|id| is_below(absent, id)) && area.start < span.start && span.start <= area.end
                    }
                    None => is_in(span.start, area),
                }
            }
        }
    }

    /// Whether all that it could cover is in this document: not where it is included, perhaps by others too, or names
    /// a section that the template does not have.
    pub fn is_local(&self, facts: &Facts<'_>) -> bool {
        let place = facts.document.text.place(self.directive.span);
        let known = match self.scope {
            Scope::Named(path) => facts.template.section(path).is_some(),
            Scope::Document | Scope::Section(..) => true,
        };
        known && place.is_some_and(|place| place.included_from.is_empty())
    }

    /// Whether its last day has gone by.
    pub fn is_expired(&self, as_of: Date) -> bool {
        self.until.is_some_and(|until| until < as_of)
    }
}

/// A section without the footer behind it; the footer itself as it is.
fn clipped(area: Span, facts: &Facts<'_>) -> Span {
    let footer = facts.footer_start();
    if area.start >= footer {
        area
    } else {
        Span::new(area.start, area.end.min(footer))
    }
}

fn is_in(offset: usize, area: Span) -> bool {
    area.start <= offset && offset < area.end
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

/// The names between the commas of `rule="a, b"`.
fn names(directive: &Directive) -> Vec<(&str, Span)> {
    let Some(option) = directive.find("rule") else {
        return Vec::new();
    };
    let mut at = directive.span.start + option.value_at.start;
    let mut names = Vec::new();
    for part in option.value.split(',') {
        let start = at + (part.len() - part.trim_start().len());
        if !part.trim().is_empty() {
            names.push((part.trim(), Span::new(start, start + part.trim().len())));
        }
        at += part.len() + 1;
    }
    names
}
