//! The rules over one document.

use super::suppress::{self, Found};
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related, Severity, Stage};
use crate::document::Document;
use crate::edit::Edit;
use crate::facts::{FOOTER, Facts};
use crate::rules::{Check, Finding, RULES, Rule, unknown_directive};
use crate::settings::Settings;
use crate::source::{Span, Text};
use crate::template::BUILTINS;

/// What the rules have to say of a document.
#[derive(Debug, Default)]
pub struct Ran {
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more the document allows.
    pub suppressed: usize,
}

/// Runs every rule over a document; with `fixes`, for somebody who asks for the edits that mend what is found.
pub fn rules(facts: &Facts<'_>, settings: &Settings, fixes: bool) -> Ran {
    let severity = |rule: &Rule| severity(rule, settings, facts.outline.stage);
    let mut found: Vec<Found> = Vec::new();
    let mut findings = Vec::new();
    for rule in RULES {
        let check = match rule.check {
            Check::Document(check) => check,
            Check::WholeDocument(check) if facts.outline.is_whole => check,
            _ => continue,
        };
        if severity(rule).is_some() {
            check(facts, &mut findings);
            found.extend(findings.drain(..).map(|finding| Found { rule, finding }));
        }
    }
    if severity(&unknown_directive::RULE).is_some() {
        unknown_directive::template_names(facts.document, &template_names(settings), &mut findings);
        let rule = &unknown_directive::RULE;
        found.extend(findings.drain(..).map(|finding| Found { rule, finding }));
    }
    let found = consequences(facts, found, |found| {
        let severity = severity(found.rule)?;
        Some(
            found
                .finding
                .at_most
                .map_or(severity, |most: Severity| severity.min(most)),
        )
    });
    let (mut found, suppressed) = suppress::apply(facts, found, |rule| severity(rule).is_some());
    found.sort_by(|a, b| (a.finding.span.start, a.rule.name).cmp(&(b.finding.span.start, b.rule.name)));
    let shown = |Found { rule, finding }| {
        let severity = severity(rule)?;
        let severity = finding.at_most.map_or(severity, |most: Severity| severity.min(most));
        let fix = finding
            .fix
            .filter(|(_, edits)| fixes && edits.iter().all(|edit| facts.document.reads_on(edit)));
        let template = Some(&facts.template.text);
        diagnostic(
            &facts.document.text,
            template,
            rule,
            severity,
            Finding { fix, ..finding },
        )
    };
    // As large as it must be, for all findings of a book wait for its last document.
    let mut diagnostics = Vec::with_capacity(found.len());
    diagnostics.extend(found.into_iter().filter_map(shown));
    Ran {
        diagnostics,
        suppressed,
    }
}

/// One cause, one finding: what follows from a warning or an error of another rule becomes a note on it.
fn consequences(
    facts: &Facts<'_>,
    mut causes: Vec<Found>,
    severity: impl Fn(&Found) -> Option<Severity>,
) -> Vec<Found> {
    let follow: Vec<Found> = causes
        .extract_if(.., |found| !found.finding.because_of.is_empty())
        .collect();
    for one in follow {
        let explains = |cause: &&mut Found| {
            cause.finding.because_of.is_empty()
                && severity(cause) >= Some(Severity::Warning)
                && (one
                    .finding
                    .because_of
                    .iter()
                    .any(|path| is_in(facts, &cause.finding, path))
                    || one.finding.because_of_rules.contains(&cause.rule.name))
        };
        match causes.iter_mut().find(explains) {
            Some(cause) => cause.finding.notes.push(one.finding.consequence),
            None => causes.push(one),
        }
    }
    causes
}

/// Whether a finding is about the section at `path`, or about something in it.
fn is_in(facts: &Facts<'_>, finding: &Finding, path: &str) -> bool {
    if path == FOOTER {
        let footer = facts.outline.footer_start(facts.document);
        let start = footer.unwrap_or_else(|| facts.document.text.as_str().trim_end().len());
        return finding.section.is_none() && finding.span.start >= start;
    }
    if let Some(section) = &finding.section {
        return section
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    }
    let section = facts.outline.section(facts.template, path);
    let heading = section.and_then(|(_, node)| node.heading(facts.document));
    heading.is_some_and(|heading| heading.section.contains(finding.span))
}

/// The names by which a chapter can ask for a template.
fn template_names(settings: &Settings) -> Vec<&str> {
    let kinds = settings.kinds.iter().flat_map(|kind| [&kind.name, &kind.template]);
    let builtins = BUILTINS.iter().map(|builtin| builtin.name);
    let own = kinds.chain([&settings.template]).map(String::as_str);
    own.chain(builtins).collect()
}

/// What is wrong with the comments of a chapter that is no document: one of them may have been meant to make it one.
/// `known` holds the names of the book's documents.
pub fn comments(document: &Document, settings: &Settings, known: &[Vec<String>]) -> Vec<Diagnostic> {
    let rule = &unknown_directive::RULE;
    let Some(severity) = severity(rule, settings, Stage::Review) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    unknown_directive::words(document, &mut findings);
    unknown_directive::documents(document, known, &mut findings);
    findings
        .into_iter()
        .filter_map(|finding| diagnostic(&document.text, None, rule, severity, finding))
        .collect()
}

/// The severity of a rule's findings; none where it is off.
fn severity(rule: &Rule, settings: &Settings, stage: Stage) -> Option<Severity> {
    let levels = settings
        .rules
        .get(rule.name)
        .map_or(rule.levels, |levels| levels.over(rule.levels));
    levels.at(stage).severity()
}

/// From spans of the document to places in files.
fn diagnostic(
    text: &Text,
    template: Option<&Text>,
    rule: &'static Rule,
    severity: Severity,
    finding: Finding,
) -> Option<Diagnostic> {
    let mut related = Vec::with_capacity(finding.related.len() + usize::from(finding.template.is_some()));
    related.extend(finding.related.into_iter().filter_map(|(span, label)| {
        Some(Related {
            place: text.place(span)?,
            label,
            template: false,
        })
    }));
    related.extend(template.zip(finding.template).and_then(|(text, (span, label))| {
        Some(Related {
            place: text.place(trimmed(text, span))?,
            label,
            template: true,
        })
    }));
    Some(Diagnostic {
        rule: rule.name,
        severity,
        message: finding.message,
        place: text.place(finding.span)?,
        label: finding.label,
        related,
        notes: finding.notes,
        help: finding.help,
        section: finding.section,
        fix: finding.fix.and_then(|(applicability, edits)| {
            let edits = edits
                .into_iter()
                .map(|edit| file_edit(text, edit))
                .collect::<Option<Vec<_>>>()?;
            Some(Fix { applicability, edits })
        }),
    })
}

/// A span of the template without the line end that the parser counts to a heading.
fn trimmed(text: &Text, span: Span) -> Span {
    Span::new(span.start, span.start + text.get(span).trim_end().len())
}

/// An edit of the document as one of the file that holds its text; none where it spreads over several.
fn file_edit(text: &Text, edit: Edit) -> Option<FileEdit> {
    let place = text.whole_place(edit.span).filter(|place| place.file.on_disk())?;
    // An include may name the lines of its file by their numbers: there they keep them.
    let breaks = |text: &str| text.matches('\n').count();
    if !place.included_from.is_empty() && breaks(&edit.text) != breaks(text.get(edit.span)) {
        return None;
    }
    Some(FileEdit {
        file: place.file,
        edit: Edit::replace(place.span, edit.text),
    })
}
