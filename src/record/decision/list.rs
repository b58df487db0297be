//! Decisions without a heading of their own: rows of a table, links to records, paragraphs and items.

use super::super::reader::{Grid, Line, Passage, Place, Row, Said, number_in};
use super::{Decision, labelled, split};
use crate::document::{Link, UnitKind};
use crate::naming;

/// The decisions of a passage.
pub fn read(passage: &Passage<'_>) -> Vec<Decision> {
    let mut found: Vec<Decision> = passage.grids().iter().flat_map(of_grid).collect();
    found.extend(passage.written_lines().filter_map(|line| match line.unit.kind {
        UnitKind::Prose => of_paragraph(line.place()),
        UnitKind::Item { .. } => of_item(line),
        UnitKind::Field(_) | UnitKind::Label(_) => of_field(line),
        _ => None,
    }));
    found
}

fn of_grid(grid: &Grid) -> Vec<Decision> {
    let id = grid.column(&["id", "adr", "no", "number", "nr", "record", ""]);
    let title = grid.column(&["title", "decision", "name", "topic", "subject", "summary"]);
    let (title, status) = (title.or(id), grid.column(&["status", "state"]));
    let row = |row: &Row| {
        let said = row.filled(title)?;
        let (own, rest) = split(&said.text);
        let number = row.cell(id).and_then(|cell| number_in(&cell.text));
        let title = Said::new(rest, said.span).filled();
        Some(Decision {
            status: row.filled(status).cloned(),
            ..Decision::named(number.or(own), title.unwrap_or_else(|| said.clone()))
        })
    };
    grid.rows.iter().filter_map(row).collect()
}

/// `**ADR-001: Use Kafka**` with lines `Decision: …` below it in one paragraph.
fn of_paragraph(place: Place<'_>) -> Option<Decision> {
    let lines = place.lines();
    let (first, rest) = lines.split_first()?;
    let Some((number, title)) = labelled(&first.text) else {
        return of_link(place, place.links().first().filter(|_| rest.is_empty())?);
    };
    // A sentence that begins with a number only speaks of the decision.
    let bold = first.text.split_whitespace().count() <= 12 && !first.text.ends_with('.');
    if title.is_empty() || !bold {
        return None;
    }
    let mut decision = Decision::named(Some(number), Said::new(title, first.span));
    for said in rest {
        let Some((key, value)) = said.text.split_once(':') else {
            continue;
        };
        let value = Some(Said::new(value.trim(), said.span));
        match naming::normalise(key).as_str() {
            "status" => decision.status = value,
            "context" | "problem" => decision.context = value,
            "decision" => decision.decision = value,
            "rationale" | "reason" | "why" => decision.rationale = value,
            "consequences" | "impact" | "trade offs" | "tradeoffs" => decision.consequences = value,
            _ => {}
        }
    }
    Some(decision)
}

/// `- [ADR-007: Use Kafka](adr/0007-use-kafka.md)`, `- **ADR-007**: Use Kafka`.
fn of_item(line: &Line<'_>) -> Option<Decision> {
    let place = line.place();
    let links = place.links();
    let link = links.first().filter(|_| line.field.is_none());
    let decision = link.and_then(|link| of_link(place, link)).or_else(|| of_field(line));
    decision.or_else(|| {
        let (number, title) = labelled(&line.unit.text)?;
        Some(Decision::named(
            Some(number),
            Said::new(title, line.unit.span).filled()?,
        ))
    })
}

fn of_field(line: &Line<'_>) -> Option<Decision> {
    let field = line.field.filter(|_| line.unit.depth <= 1)?;
    let (number, name) = labelled(&field.key)?;
    let text = if name.is_empty() { field.value.as_str() } else { name };
    Some(Decision::named(Some(number), Said::new(text, field.span).filled()?))
}

/// A link to a record: its text or its file says which.
fn of_link(place: Place<'_>, link: &Link) -> Option<Decision> {
    let shown = place
        .part(link.span)
        .source()
        .strip_prefix('[')?
        .split("](")
        .next()?
        .trim_end_matches(']')
        .replace(['`', '*'], "");
    let target = link.target.to_lowercase();
    let file = target.rsplit('/').next().unwrap_or("");
    let digits: String = file
        .trim_start_matches("adr-")
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let record = ["adr", "decision"].iter().any(|word| target.contains(word)) || digits.len() >= 3;
    let markdown = file
        .split('#')
        .next()
        .is_some_and(|file| file.ends_with(".md") || file.ends_with(".html") || !file.contains('.'));
    let (number, title) = match labelled(&shown) {
        Some((number, title)) => (Some(number), title),
        None if record && markdown && !digits.is_empty() => (digits.parse().ok(), split(&shown).1),
        None => return None,
    };
    let title = if title.is_empty() { &shown } else { title };
    Some(Decision::named(number, Said::new(title, link.span)))
}
