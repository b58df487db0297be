//! A new document: the template's Markdown with what is known filled in, and without what speaks to archdoc alone.

use super::field::kind;
use super::{CHANGE_LOG, FieldKind, FieldSpec, SectionSpec, Template};
use crate::document::{BlockKind, Document, bracketed, parse};
use crate::edit::{Edit, apply};
use crate::markdown::{Dialect, escaped, one_line};
use crate::source::Span;
use crate::values::read_date;

/// Whether the template's title has a place for a number in front of the name: `# [Number]. [Title]`.
pub fn is_numbered(template: &Template) -> bool {
    title_line(template).is_some_and(|(_, line)| number_place(line).is_some())
}

/// The placeholder of a title's number: the one in front of the name, where it says that it is one.
fn number_place(title: &str) -> Option<Span> {
    let open: Vec<Span> = bracketed(title).collect();
    let bare = || Some(Span::new(title.find("NNNN")?, title.find("NNNN")? + "NNNN".len()));
    let Some((_, before)) = open.split_last() else {
        return bare();
    };
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
/// is known for a field of the header; what is not known stays a placeholder. Title and values are text, and stay it.
pub fn filled_in(
    template: &Template,
    number: Option<&str>,
    title: &str,
    value: impl Fn(&FieldKind) -> Option<String>,
) -> String {
    let text = template.text.as_str();
    let document = parse(template.text.clone(), Dialect::default());
    let mut edits: Vec<Edit> = Vec::new();
    if let Some((start, line)) = title_line(template) {
        edits.extend(name_place(line).map(|place| Edit::replace(place.shifted(start), escaped(title))));
        let number = number_place(line).zip(number);
        edits.extend(number.map(|(place, number)| Edit::replace(place.shifted(start), number)));
    }
    for field in &template.header {
        let in_matter = document.front_matter.is_some_and(|matter| matter.contains(field.span));
        let written = if in_matter { quoted } else { escaped };
        edits.extend(value(&field.kind).and_then(|value| filled(text, field, &written(&value))));
    }
    edits.extend(first_row(template, &document, &value));
    edits.extend(directives(text).map(|span| Edit::replace(span, "")));
    apply(text, &edits).0
}

/// The first row of the change log tells of the new document, and not of the template: its day and its author.
fn first_row(template: &Template, document: &Document, value: impl Fn(&FieldKind) -> Option<String>) -> Vec<Edit> {
    let Some(log) = template.section(CHANGE_LOG) else {
        return Vec::new();
    };
    let mut tables = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) if log.body.contains(Span::at(block.span.start)) => Some(table),
        _ => None,
    });
    let Some((table, row)) = tables.next().and_then(|table| Some((table, table.rows.first()?))) else {
        return Vec::new();
    };
    let cells = table.header.cells.iter().zip(&row.cells);
    let filled = cells.filter_map(|(header, cell)| {
        let text = document.text.get(cell.span);
        let kind = match kind(&document.plain(header), text) {
            FieldKind::Sample if read_date(text).iso().is_some() => FieldKind::Date,
            kind => kind,
        };
        let is_known = matches!(kind, FieldKind::Date | FieldKind::Person);
        Some(Edit::replace(cell.span, escaped(&value(&kind).filter(|_| is_known)?)))
    });
    filled.collect()
}

/// A section as an author gets it: without what the template says in it to archdoc alone.
pub fn section_text(template: &Template, section: &SectionSpec) -> String {
    let text = template.text.get(section.body);
    let edits: Vec<Edit> = directives(text).map(|span| Edit::replace(span, "")).collect();
    apply(text, &edits).0
}

/// The comments that speak to archdoc, each with the line end behind it.
fn directives(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.match_indices("<!-- archdoc:").map(|(start, _)| {
        let comment = text.get(start..).unwrap_or("");
        let end = start + comment.find("-->").map_or(comment.len(), |end| end + 3);
        let rest = text.get(end..).unwrap_or("");
        let line_end = ["\r\n", "\n"].into_iter().find(|line_end| rest.starts_with(line_end));
        Span::new(start, end + line_end.map_or(0, str::len))
    })
}

fn title_line(template: &Template) -> Option<(usize, &str)> {
    let heading = template.title_at?;
    Some((heading.start, template.text.get(heading).trim_end()))
}

/// Where a title leaves room for the name: the last placeholder, for one in front of it is a number, or a comment that
/// says what the name is of, or what stands behind the number.
fn name_place(line: &str) -> Option<Span> {
    bracketed(line).last().or_else(|| {
        let comment = line.find("<!--").map(|start| Span::new(start, line.len()));
        let number = line.find("NNNN").map(|at| at + "NNNN".len());
        let behind = number.and_then(|at| Some(at + line.get(at..)?.find(": ")? + 2));
        comment.or(behind.map(|at| Span::new(at, line.len())))
    })
}

/// A value as front matter can have it: in quotes, where it would not be just a word to YAML.
fn quoted(value: &str) -> String {
    let value = one_line(value);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '-' | '_');
    if value.starts_with(char::is_alphanumeric) && value.chars().all(plain) {
        return value;
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The placeholder of a field, replaced by a value.
fn filled(text: &str, field: &FieldSpec, value: &str) -> Option<Edit> {
    let written = text.get(field.span.start..field.span.end)?;
    let colon = written.find(':')? + 1;
    let behind = written.get(colon..)?;
    if behind.trim().is_empty() {
        return Some(Edit::replace(
            Span::new(field.span.start + colon, field.span.end),
            format!(" {value}"),
        ));
    }
    let blank = || {
        let start = behind.len() - behind.trim_start().len();
        let form = ["(fill", "YYYY-MM-DD"]
            .iter()
            .any(|form| behind.trim_start().starts_with(form));
        form.then(|| Span::new(start, behind.trim_end().len()))
    };
    let open = bracketed(behind).next().or_else(blank)?;
    Some(Edit::replace(open.shifted(field.span.start + colon), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_every_built_in_template_is_filled_in() {
        for builtin in crate::template::BUILTINS {
            let files = crate::files::Files::new(".");
            let (template, _) = crate::template::load(builtin.name, None, &files, &Default::default());
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
