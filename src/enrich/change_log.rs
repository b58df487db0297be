//! The change log as its reader wants it: without the rows that the template left blank.

use crate::edit::Edit;
use crate::facts::Facts;
use crate::outline::Standing;
use crate::source::Span;

/// The path of the section in the template.
const SECTION: &str = "change-log";

/// Takes the blank rows out of the change log's tables.
pub fn without_blank_rows(facts: &Facts<'_>) -> Vec<Edit> {
    let Some((_, node)) = facts.outline.section(facts.template, SECTION) else {
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

/// The whole line that holds a span, with its end; at the end of the text with the end of the line before it.
fn line(text: &str, span: Span) -> Span {
    let start = text
        .get(..span.start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    match text.get(span.start..).and_then(|rest| rest.find('\n')) {
        Some(end) => Span::new(start, span.start + end + 1),
        None => {
            let before = text.get(..start).unwrap_or("").trim_end_matches(['\n', '\r']);
            Span::new(before.len(), text.len())
        }
    }
}
