//! Known limitations: list items, numbered or not, rows of a table, or a heading for each.
//!
//! It reads what is called a limitation and nothing that only stands near one.

use super::reader::{Line, Passage, Reader, Said, number_in, numbered_as, says_none, with_rest};
use crate::document::UnitKind;
use crate::naming::Words;

/// A known limitation.
#[derive(Debug, Clone)]
pub struct Limitation {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// What it is, with its workaround.
    pub text: Said,
}

/// The path of the section in the template.
pub(super) const SECTION: &str = "known-limitations";

/// Words in front of a limitation's number.
static LABELS: Words = Words::new("limitation, known limitation, l, lim, kl, issue, known issue, constraint");

/// Reads the limitations; a statement that there are none is none.
pub fn read(reader: Reader<'_>) -> Vec<Limitation> {
    reader.passages(SECTION).iter().flat_map(of_passage).collect()
}

fn of_passage(passage: &Passage<'_>) -> Vec<Limitation> {
    let mut found = of_tables(passage);
    let mut category = false;
    for (line, behind) in with_rest(&passage.lines) {
        let numbered = line.field.is_some_and(|field| split(&field.key).0.is_some());
        let wanted = match line.unit.kind {
            UnitKind::Item { .. } if line.unit.depth == 1 => {
                // `- Performance:` with a list below it is a category, and the limitations are below it.
                category = !numbered && line.is_bare_key() && line.below(behind).iter().any(Line::is_item);
                !category
            }
            UnitKind::Item { .. } => category && line.unit.depth == 2,
            UnitKind::Field(_) | UnitKind::Label(_) => numbered,
            _ => false,
        };
        if wanted && !line.unsaid && !says_none(&line.unit.text) {
            found.extend(of_line(line, line.below(behind)));
        }
    }
    if found.is_empty() {
        found.extend(of_heading(passage));
    }
    found
}

fn of_line(line: &Line<'_>, below: &[Line<'_>]) -> Option<Limitation> {
    let Some(field) = line.field else {
        let (number, rest) = split(&line.unit.text);
        let text = Said::new(rest, line.unit.span).filled()?;
        return Some(Limitation { number, text });
    };
    let (number, name) = split(&field.key);
    let value = match below.first() {
        Some(first) if field.value.is_empty() => first.unit.text.as_str(),
        _ => field.value.as_str(),
    };
    let text = match (name, value) {
        ("", value) => value.to_owned(),
        (name, "") => name.to_owned(),
        (name, value) => format!("{name}: {value}"),
    };
    let text = Said::new(text, field.span).filled()?;
    Some(Limitation { number, text })
}

/// A heading with a text below it and no list: the heading is the limitation.
fn of_heading(passage: &Passage<'_>) -> Option<Limitation> {
    let heading = passage.heading?;
    let (number, name) = split(&heading.text);
    let mut prose = passage.written_lines().filter(|line| !says_none(&line.unit.text));
    let prose = prose.find(|line| matches!(line.unit.kind, UnitKind::Prose | UnitKind::Field(_)));
    let text = match (name, prose.map(|line| line.unit.text.as_str())) {
        ("", prose) => prose?.to_owned(),
        (name, Some(prose)) => format!("{name}: {prose}"),
        (name, None) => number.map(|_| name.to_owned())?,
    };
    let text = Said::new(text, heading.name);
    Some(Limitation { number, text })
}

fn of_tables(passage: &Passage<'_>) -> Vec<Limitation> {
    let mut found = Vec::new();
    for grid in passage.grids() {
        let what = grid.column(&[
            "limitation",
            "limitations",
            "issue",
            "constraint",
            "description",
            "debt",
            "item",
        ]);
        let id = grid
            .column(&["id", "no", "number", "nr", ""])
            .filter(|id| Some(*id) != what);
        let workaround = grid.column(&["workaround", "mitigation", "way out", "resolution"]);
        for row in &grid.rows {
            let Some(said) = row.cell(what).filter(|said| !says_none(&said.text)) else {
                continue;
            };
            let number = row.cell(id).and_then(|id| number_in(&id.text));
            let (own, rest) = split(&said.text);
            let text = match row.cell(workaround).filter(|said| !says_none(&said.text)) {
                Some(workaround) => format!("{rest}; {}", workaround.text),
                None => rest.to_owned(),
            };
            found.push(Limitation {
                number: number.or(own),
                text: Said::new(text, said.span),
            });
        }
    }
    found
}

/// The number that a limitation begins with, and what follows it.
fn split(text: &str) -> (Option<u32>, &str) {
    numbered_as(text, &LABELS).map_or((None, text), |numbered| (Some(numbered.number), numbered.rest))
}

#[cfg(test)]
mod tests {
    use super::super::reader::tests::reading;
    use super::*;

    fn read_in(body: &str) -> Vec<String> {
        let text = format!("# A\n\n## Known Limitations\n\n{body}\n\n## Scalability\n\n- not this\n");
        let shown = |limitation: &Limitation| {
            let number = limitation
                .number
                .map_or_else(|| "-".to_owned(), |number| number.to_string());
            format!("{number} {}", limitation.text.text)
        };
        reading(&text, |reader| read(reader).iter().map(shown).collect())
    }

    #[test]
    fn limitations_are_read_in_every_form() {
        let cases: [(&str, &[&str]); 10] = [
            (
                "1. **Limitation 1**: Late scans. Wait.\n2. **Limitation 2:** One writer.",
                &["1 Late scans. Wait.", "2 One writer."],
            ),
            ("- **L3**: Late\n- L4: Later", &["3 Late", "4 Later"]),
            (
                "**Limitation 1**: Late\n**Limitation 2**: Later",
                &["1 Late", "2 Later"],
            ),
            (
                "- **No offline mode**: wait for the network\n- Slow on Mondays",
                &["- No offline mode: wait for the network", "- Slow on Mondays"],
            ),
            ("- Late\n  - Workaround: wait\n- Slow", &["- Late", "- Slow"]),
            ("- Performance:\n  - Slow\n  - Slower", &["- Slow", "- Slower"]),
            (
                "| ID | Limitation | Workaround |\n|--|--|--|\n| L1 | Late | Wait |\n| 2 | Slow | none |",
                &["1 Late; Wait", "2 Slow"],
            ),
            (
                "### Limitation 1: Late scans\n\nThey come late.\n\n### One writer\n\nThere is one.",
                &["1 Late scans: They come late.", "- One writer: There is one."],
            ),
            (
                "### Performance\n\n- Slow\n\n### Other\n\n- Late",
                &["- Slow", "- Late"],
            ),
            (
                "1. **Limitation 1**: Late\n2. **Limitation 2**: [Description and workaround]",
                &["1 Late"],
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(read_in(body), expected, "{body}");
        }
    }

    #[test]
    fn none_is_none() {
        for body in [
            "None.",
            "- None known as of 2026-10-12",
            "There are no known limitations.",
            "Not applicable: a prototype",
            "1. **Limitation 1**: [Description and workaround]",
            "We watch what users report.",
        ] {
            assert_eq!(read_in(body), [] as [&str; 0], "{body}");
        }
    }
}
