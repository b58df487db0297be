//! `missing-title`: a document has no heading of level 1, or one that names nothing.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Applicability, Level, Levels, Severity};
use crate::document::{Carrier, Hiding};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::naming;
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "missing-title",
    group: Group::Structure,
    levels: Levels::always(Level::Warning),
    page: include_str!("missing_title.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    // A template without a title asks for none.
    if facts.template.title_text.is_empty() {
        return;
    }
    let document = facts.document;
    if let Some(title) = document
        .title()
        .filter(|_| facts.outline.in_sections.len() + 1 == document.headings.len())
    {
        let literal = &facts.template.title;
        if !literal.is_empty() && naming::normalise(&title.text) == *literal {
            let bare = !title.text.trim_end().ends_with(':');
            findings.push(Finding {
                label: "a name is missing".to_owned(),
                help: Some(format!("write `# {}`", facts.template.title_text)),
                // In a book about one system, everybody knows which one.
                at_most: bare.then_some(Severity::Info),
                ..Finding::at(title.name, "the title does not say what the document is about")
            });
        }
        return;
    }
    let later = document
        .headings
        .iter()
        .any(|heading| heading.level == 1 && facts.outline.base > 1);
    let in_matter = document
        .fields
        .iter()
        .any(|field| field.carrier == Carrier::FrontMatter && field.key.eq_ignore_ascii_case("title"));
    // HTML that is never closed and takes the title in is reported for that.
    let hidden = document
        .lost_headings
        .iter()
        .any(|lost| lost.level == 1 && matches!(lost.hiding, Hiding::Unclosed(_)));
    // A template without a title asks for none.
    let asked = facts.template.title_at.is_some();
    if asked && !later && !hidden && !in_matter && !document.text.as_str().trim().is_empty() {
        findings.push(missing(facts));
    }
}

fn missing(facts: &Facts<'_>) -> Finding {
    let document = facts.document;
    let first = document
        .headings
        .first()
        .map_or(usize::MAX, |heading| heading.span.start);
    // A title that Markdown does not take for one.
    let lost = document
        .lost_headings
        .iter()
        .find(|lost| lost.level == 1 && lost.hiding == Hiding::NoSpace && lost.span.start < first);
    if let Some(lost) = lost {
        return Finding {
            label: "a space is missing behind the `#`".to_owned(),
            help: Some(format!("write `# {}`", lost.text)),
            fix: Some((Applicability::Safe, vec![Edit::insert(lost.span.start + 1, " ")])),
            ..Finding::at(lost.span, format!("`{}` is not a heading", lost.text))
        };
    }
    let start = document.front_matter.map_or(0, |matter| matter.end);
    let rest = document.text.as_str().get(start..).unwrap_or("");
    let at = start + (rest.len() - rest.trim_start().len());
    let form = &facts.template.title_text;
    Finding {
        label: "expected before this line".to_owned(),
        help: Some(format!("begin with `# {form}`")),
        // Who writes sections as headings of level 1 has left no room for one.
        at_most: (facts.outline.base == 1).then_some(Severity::Info),
        ..Finding::at(Span::at(at), "the document has no title")
    }
}
