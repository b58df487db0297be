//! A new document: the template's Markdown with what is known filled in, and without what speaks to archdoc alone.

use super::{FieldKind, FieldSpec, Template};
use crate::document::bracketed;
use crate::edit::{Edit, apply};
use crate::source::Span;

/// Whether the template's title has a place for a number in front of the name: `# [Number]. [Title]`.
pub fn is_numbered(template: &Template) -> bool {
    title_line(template).is_some_and(|(_, line)| number_place(line).is_some())
}

/// The placeholder of a title's number: the one in front of the name, where it says that it is one.
fn number_place(title: &str) -> Option<Span> {
    let open: Vec<Span> = bracketed(title).collect();
    let (_, before) = open.split_last()?;
    let place = *before.last()?;
    let inner = title
        .get(place.start..place.end)?
        .trim_matches(['[', ']'])
        .to_lowercase();
    let word = matches!(inner.as_str(), "number" | "no" | "no." | "nr" | "nr." | "id");
    let digits = !inner.is_empty() && inner.chars().all(|c| "nx0#".contains(c));
    (word || digits).then_some(place)
}

/// The text of a new document called `title`, with its number where the template has a place for one. `value` gives what
/// is known for a field of the header; what is not known stays a placeholder.
pub fn filled_in(
    template: &Template,
    number: Option<&str>,
    title: &str,
    value: impl Fn(&FieldKind) -> Option<String>,
) -> String {
    let text = template.text.as_str();
    let mut edits: Vec<Edit> = Vec::new();
    if let Some((start, line)) = title_line(template) {
        // The last placeholder is the name.
        if let Some(name) = bracketed(line).last() {
            edits.push(Edit::replace(name.shifted(start), title));
        }
        if let (Some(place), Some(number)) = (number_place(line), number) {
            edits.push(Edit::replace(place.shifted(start), number));
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
            // Not by the title's text, which is empty where all of it is in braces: those are a heading's attributes.
            .filter(|_| template.base > 1)
    })
}

/// The placeholder of a field, replaced by a value.
fn filled(text: &str, field: &FieldSpec, value: &str) -> Option<Edit> {
    let written = text.get(field.span.start..field.span.end)?;
    let colon = written.find(':')? + 1;
    let open = bracketed(written.get(colon..)?).next()?;
    Some(Edit::replace(open.shifted(field.span.start + colon), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_every_built_in_template_is_filled_in() {
        for builtin in crate::template::BUILTINS {
            let files = crate::files::Files::new(".");
            let (template, _) = crate::template::load(builtin.name, None, &files, &std::collections::BTreeMap::new());
            let template = template.expect(builtin.name);
            let text = filled_in(&template, Some("3"), "Use queues", |_| None);
            let title = text.lines().find(|line| line.starts_with("# ")).expect(builtin.name);
            assert!(title.contains("Use queues") && !title.contains(['[', '{']), "{title}");
            assert_eq!(title.contains('3'), is_numbered(&template), "{}: {title}", builtin.name);
        }
    }

    #[test]
    fn only_a_place_for_a_number_gets_one() {
        for (title, place) in [
            ("# [Number]. [Title]", Some("[Number]")),
            ("# ADR-[NNNN]: [Title]", Some("[NNNN]")),
            ("# [Product]: [Service]", None),
            ("# [Number]", None),
            ("# Service", None),
        ] {
            let found = number_place(title).and_then(|span| title.get(span.start..span.end));
            assert_eq!(found, place, "{title}");
        }
    }
}
