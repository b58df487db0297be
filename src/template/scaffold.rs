//! A new document: the template's Markdown with what is known filled in, and without what speaks to archdoc alone.

use super::{FieldKind, FieldSpec, Template};
use crate::document::bracketed;
use crate::edit::{Edit, apply};
use crate::source::Span;

/// The text of a new document called `title`. `value` gives what is known for a field of the header; what is not
/// known stays a placeholder.
pub fn filled_in(template: &Template, title: &str, value: impl Fn(&FieldKind) -> Option<String>) -> String {
    let text = template.text.as_str();
    let mut edits: Vec<Edit> = Vec::new();
    if let Some((start, line)) = title_line(template) {
        let open: Vec<Span> = bracketed(line).collect();
        // The last placeholder is the name; one in front of it is a number.
        if let Some(name) = open.last() {
            edits.push(Edit::replace(name.shifted(start), title));
        }
    }
    for field in &template.header {
        edits.extend(value(&field.kind).and_then(|value| filled(text, field, &value)));
    }
    let mut rest = text;
    let mut at = 0;
    while let Some(open) = rest.find("<!-- archdoc:") {
        let comment = rest.get(open..).unwrap_or("");
        let end = comment.find("-->").map_or(comment.len(), |end| end + 3);
        let line_end = comment
            .get(end..)
            .map_or(0, |after| usize::from(after.starts_with('\n')));
        edits.push(Edit::replace(Span::new(at + open, at + open + end + line_end), ""));
        at += open + end;
        rest = comment.get(end..).unwrap_or("");
    }
    apply(text, &edits).0
}

fn title_line(template: &Template) -> Option<(usize, &str)> {
    let text = template.text.as_str();
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        line.starts_with("# ")
            .then_some((start, line))
            .filter(|_| !template.title_text.is_empty())
    })
}

/// The placeholder of a field, replaced by a value.
fn filled(text: &str, field: &FieldSpec, value: &str) -> Option<Edit> {
    let written = text.get(field.span.start..field.span.end)?;
    let colon = written.find(':')? + 1;
    let open = bracketed(written.get(colon..)?).next()?;
    Some(Edit::replace(open.shifted(field.span.start + colon), value))
}
