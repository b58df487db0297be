//! The change log as its reader wants it: without the rows that the template left blank, and with the commits that
//! nobody wrote a row for.

use super::computed;
use crate::diagnostic::Stage;
use crate::edit::Edit;
use crate::facts::{Facts, Unlogged, day, log_rows};
use crate::markdown::escaped;
use crate::outline::Standing;
use crate::record::{LogForm, log_section};
use crate::source::{Span, after_line, start_of_line};

/// Takes the blank rows out of the change log's tables.
pub fn without_blank_rows(facts: &Facts<'_>) -> Vec<Edit> {
    let Some(node) = log_section(facts.outline, facts.template) else {
        return Vec::new();
    };
    let blank = node
        .parts
        .iter()
        .filter(|part| part.standing == Standing::Blank && facts.text(part.unit.span).contains('|'));
    blank
        .map(|part| Edit::replace(line(facts.document.text.as_str(), part.unit.span), ""))
        .collect()
}

/// The commits that the log does not tell of, as rows of it. A draft that has no change log gets one of commits alone.
pub fn with_commits(facts: &Facts<'_>, repository: Option<&str>) -> Option<Edit> {
    let past = facts.past.as_ref().filter(|past| past.show)?;
    let unlogged = facts.unlogged();
    if past.chapters.is_empty() || unlogged.is_empty() {
        return None;
    }
    let (text, end) = (facts.document.text.as_str(), facts.line_end());
    if let Some(log) = &facts.records.change_log {
        let (at, rows) = log_rows(facts, log, unlogged, repository)?;
        return match log.form {
            LogForm::Headings(_) | LogForm::Lines => computed::block(text, at, rows.trim(), end),
            _ => Some(Edit::insert(at, marked(&rows))),
        };
    }
    let node = log_section(facts.outline, facts.template)?;
    if !node.is_missing() || facts.outline.stage != Stage::Draft {
        return None;
    }
    let title = escaped(&node.spec(facts.template).title);
    let level = "#".repeat(usize::from(facts.outline.base));
    let log = format!("{level} {title}\n\n{}", table(unlogged, repository));
    computed::block(text, node.insertion, &log, end)
}

/// Rows of a table or a list, each of them marked.
fn marked(rows: &str) -> String {
    let lines = rows.split_inclusive('\n').map(|line| match line.trim() {
        "" => line.to_owned(),
        _ => computed::line(line),
    });
    lines.collect()
}

/// A change log of commits alone, the newest first.
fn table(unlogged: &[Unlogged<'_>], repository: Option<&str>) -> String {
    let mut table = "| Date | Version | Author | Changes |\n|------|---------|--------|---------|\n".to_owned();
    for one in unlogged {
        let cells = [
            day(one.commit.date),
            escaped(one.version()),
            escaped(&one.commit.author),
            one.changes(repository),
        ];
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    table
}

/// The whole line that holds a span, with its end; at the end of the text with the end of the line before it.
fn line(text: &str, span: Span) -> Span {
    let (start, end) = (start_of_line(text, span.start), after_line(text, span.start));
    if text.get(..end).is_some_and(|line| line.ends_with('\n')) {
        return Span::new(start, end);
    }
    let before = text.get(..start).unwrap_or("").trim_end_matches(['\n', '\r']);
    Span::new(before.len(), text.len())
}
