//! Findings as one JSON object: the contract of `check --format json`, schema 1.
//!
//! Members stand in the order of the fields here, and one that does not apply is null, never absent. Text is given as
//! it is: nothing here escapes for a terminal.

use serde::Serialize;

use super::{Counts, Located, Report};
use crate::book::Why;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::source::{SourceFile, Span};

/// A change of this number breaks the programs that read the object; a new member does not.
const SCHEMA: u32 = 1;

/// The report on one line, with a line end.
pub(super) fn render(report: &Report<'_>) -> String {
    let document = Document {
        schema: SCHEMA,
        as_of: report.as_of.to_string(),
        documents: report.documents,
        skipped: report.skipped.iter().map(Skipped::of).collect(),
        findings: report.diagnostics.iter().map(Finding::of).collect(),
        summary: Counts::of(report.diagnostics),
    };
    // Text, numbers and lists alone: none of the errors that `to_string` can have arises.
    let mut out = serde_json::to_string(&document).unwrap_or_default();
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    as_of: String,
    documents: usize,
    skipped: Vec<Skipped<'a>>,
    findings: Vec<Finding<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
struct Skipped<'a> {
    path: &'a str,
    why: String,
}

impl<'a> Skipped<'a> {
    fn of((path, why): &'a (String, Why)) -> Self {
        let why = why.text();
        Self { path, why }
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    message: &'a str,
    section: Option<&'a str>,
    help: Option<&'a str>,
    notes: &'a [String],
    included_from: Vec<Line<'a>>,
    template: Option<Line<'a>>,
    fix: Option<Cure<'a>>,
}

impl<'a> Finding<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        let place = &diagnostic.place;
        let located = Located::of(&place.file, place.span);
        Self {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            path: place.file.path(),
            line: located.map(|located| located.start.line),
            column: located.map(|located| located.start.column),
            end_line: located.map(|located| located.end.line),
            end_column: located.map(|located| located.end.column),
            message: &diagnostic.message,
            section: diagnostic.section.as_deref(),
            help: diagnostic.help.as_deref(),
            notes: &diagnostic.notes,
            included_from: place
                .included_from
                .iter()
                .map(|(file, span)| Line::of(file, *span))
                .collect(),
            template: diagnostic
                .template()
                .map(|related| Line::of(&related.place.file, related.place.span)),
            fix: diagnostic.fix.as_ref().and_then(Cure::of),
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    line: Option<usize>,
}

impl<'a> Line<'a> {
    fn of(file: &'a SourceFile, span: Span) -> Self {
        Self {
            path: file.path(),
            line: Located::of(file, span).map(|located| located.start.line),
        }
    }
}

#[derive(Serialize)]
struct Cure<'a> {
    applicability: Applicability,
    edits: Vec<Change<'a>>,
}

impl<'a> Cure<'a> {
    /// None where an edit is for text that stands in no file: edits are made together or not at all.
    fn of(fix: &'a Fix) -> Option<Self> {
        if fix.edits.iter().any(|edit| !edit.file.on_disk()) {
            return None;
        }
        let edits = fix.edits.iter().map(|change| Change {
            path: change.file.path(),
            start: change.edit.span.start,
            end: change.edit.span.end,
            text: &change.edit.text,
        });
        Some(Self {
            applicability: fix.applicability,
            edits: edits.collect(),
        })
    }
}

/// The bytes `start..end` of the file on disk, a byte order mark counted, and what stands there afterwards.
#[derive(Serialize)]
struct Change<'a> {
    path: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{finding, lines_down, report};
    use super::*;
    use crate::diagnostic::{FileEdit, Related};
    use crate::edit::Edit;
    use crate::source::Place;

    fn parsed(diagnostics: &[Diagnostic]) -> serde_json::Value {
        serde_json::from_str(&render(&report(diagnostics))).unwrap()
    }

    #[test]
    fn the_contract() {
        let file = lines_down("src/payments.md", 211, "## Testing Strategy\n");
        let template = lines_down("architecture template", 370, "## Disaster Recovery\n");
        let mut one = finding(&file, 422..422);
        one.section = Some("disaster-recovery".to_owned());
        one.help = Some("add it with `mdbook-archdoc fix`".to_owned());
        one.notes = vec!["a \"note\"".to_owned()];
        one.place.included_from = vec![(Arc::clone(&template), Span::new(0, 1))];
        one.related = vec![Related {
            place: Place::new(template, Span::new(740, 760)),
            label: "required here".to_owned(),
            template: true,
        }];
        one.fix = Some(Fix {
            applicability: Applicability::Safe,
            edits: vec![FileEdit {
                file,
                edit: Edit::insert(422, "## Disaster Recovery\n\n"),
            }],
        });
        let skipped = [("src/intro.md".to_owned(), Why::NotADocument)];
        let rendered = render(&Report {
            documents: 2,
            skipped: &skipped,
            ..report(&[one])
        });
        let expected = concat!(
            r#"{"schema":1,"as_of":"2026-11-22","documents":2,"#,
            r#""skipped":[{"path":"src/intro.md","why":"not a document"}],"#,
            r#""findings":[{"rule":"missing-section","severity":"error","path":"src/payments.md","#,
            r#""line":212,"column":1,"end_line":212,"end_column":1,"message":"`Disaster Recovery` is missing","#,
            r#""section":"disaster-recovery","help":"add it with `mdbook-archdoc fix`","notes":["a \"note\""],"#,
            r#""included_from":[{"path":"architecture template","line":1}],"#,
            r#""template":{"path":"architecture template","line":371},"#,
            r##""fix":{"applicability":"safe","edits":[{"path":"src/payments.md","start":422,"end":422,"##,
            r###""text":"## Disaster Recovery\n\n"}]}}],"###,
            r#""summary":{"error":1,"warning":0,"info":0}}"#,
            "\n",
        );
        assert_eq!(rendered, expected);
    }

    #[test]
    fn nothing_is_a_whole_answer_too() {
        let expected = concat!(
            r#"{"schema":1,"as_of":"2026-11-22","documents":1,"skipped":[],"findings":[],"#,
            r#""summary":{"error":0,"warning":0,"info":0}}"#,
            "\n",
        );
        assert_eq!(render(&report(&[])), expected);
    }

    #[test]
    fn what_does_not_apply_is_null_and_there() {
        let made = SourceFile::unsaved("a.md", "one\ntwo\n");
        let mut one = finding(&made, 4..7);
        one.place.included_from = vec![(Arc::clone(&made), Span::at(0))];
        one.fix = Some(Fix {
            applicability: Applicability::Suggested,
            edits: vec![FileEdit {
                file: Arc::clone(&made),
                edit: Edit::insert(0, "x"),
            }],
        });
        let json = parsed(&[one]);
        let members = json["findings"][0].as_object().unwrap();
        for name in [
            "line",
            "column",
            "end_line",
            "end_column",
            "section",
            "help",
            "template",
            "fix",
        ] {
            assert!(members.get(name).is_some_and(serde_json::Value::is_null), "{name}");
        }
        assert_eq!(
            members["included_from"],
            serde_json::json!([{"path": "a.md", "line": null}])
        );
    }

    #[test]
    fn a_span_cut_from_the_file_by_the_positions_is_the_span() {
        let text = "\u{feff}# É 👨‍👩‍👧\r\n\tname: [e\u{301}表]\r\nend";
        let file = SourceFile::new("a.md", text);
        let lines: Vec<Vec<char>> = text
            .trim_start_matches('\u{feff}')
            .split("\r\n")
            .map(|l| l.chars().collect())
            .collect();
        for word in ["É", "👨‍👩‍👧", "[e\u{301}表]", "name", "end", "👧\r\n\tna", "表]\r\nend"] {
            let start = text.find(word).unwrap();
            let json = parsed(&[finding(&file, start..start + word.len())]);
            let number = |name: &str| json["findings"][0][name].as_u64().unwrap() as usize - 1;
            let (first, from, last, to) = (
                number("line"),
                number("column"),
                number("end_line"),
                number("end_column"),
            );
            let cut: String = if first == last {
                lines[first][from..to].iter().collect()
            } else {
                let between = ['\r', '\n'];
                lines[first][from..]
                    .iter()
                    .chain(&between)
                    .chain(&lines[last][..to])
                    .collect()
            };
            assert_eq!(cut, word);
        }
    }
}
