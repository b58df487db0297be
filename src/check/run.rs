//! The rules over one document, and the documents over the machine's cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::rules::{Check, Finding, RULES, Rule};
use crate::source::{Place, Text};

/// Runs every rule over a document; its findings in the order of the text.
pub fn rules(facts: &Facts<'_>, config: &Config) -> Vec<Diagnostic> {
    let mut found: Vec<(usize, Diagnostic)> = Vec::new();
    for rule in RULES {
        let levels = config
            .rules
            .get(rule.name)
            .map_or(rule.levels, |levels| levels.over(rule.levels));
        let level = levels.at(facts.outline.stage);
        let (Check::Document(check), Some(severity)) = (rule.check, level.severity()) else {
            continue;
        };
        let mut findings = Vec::new();
        check(facts, &mut findings);
        for finding in findings {
            let severity = finding.at_most.map_or(severity, |most| severity.min(most));
            let at = finding.span.start;
            found.extend(diagnostic(facts, rule, severity, finding).map(|diagnostic| (at, diagnostic)));
        }
    }
    found.sort_by(|a, b| (a.0, a.1.rule).cmp(&(b.0, b.1.rule)));
    found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// From spans of the document to places in files.
fn diagnostic(
    facts: &Facts<'_>,
    rule: &'static Rule,
    severity: crate::diagnostic::Severity,
    finding: Finding,
) -> Option<Diagnostic> {
    let text = &facts.document.text;
    let mut related: Vec<Related> = finding
        .related
        .into_iter()
        .filter_map(|(span, label)| {
            Some(Related {
                place: text.place(span)?,
                label,
                template: false,
            })
        })
        .collect();
    related.extend(finding.template.and_then(|(span, label)| {
        Some(Related {
            place: facts.template.text.place(trimmed(facts, span))?,
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
fn trimmed(facts: &Facts<'_>, span: crate::source::Span) -> crate::source::Span {
    let text = facts.template.text.get(span);
    crate::source::Span::new(span.start, span.start + text.trim_end().len())
}

/// An edit of the document as one of the file that holds its text; none where it spreads over several.
fn file_edit(text: &Text, edit: Edit) -> Option<FileEdit> {
    let place = text.whole_place(edit.span).filter(|place| place.file.on_disk())?;
    Some(FileEdit {
        file: place.file,
        edit: Edit::replace(place.span, edit.text),
    })
}

/// `work` on every item, on all cores, with the results in the order of the items.
pub fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len());
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, item)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?)))
                {
                    let result = work(item);
                    results
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
