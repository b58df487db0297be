//! Decisions without a heading of their own: rows of a table, links to records, paragraphs and items.

use super::super::passage::{Grid, Passage};
use super::super::{Line, Reader, Said};
use super::{Decision, labelled, split};
use crate::document::{Link, UnitKind};
use crate::naming;

/// The decisions of a passage.
pub fn read(reader: Reader<'_>, passage: &Passage<'_>) -> Vec<Decision> {
    let mut found: Vec<Decision> = reader.grids(&passage.lines).iter().flat_map(of_grid).collect();
    for line in passage.lines.iter().filter(|line| !line.unsaid) {
        found.extend(match line.unit.kind {
            UnitKind::Prose => of_paragraph(reader, line),
            UnitKind::Item { .. } => of_item(reader, line),
            UnitKind::Field(_) | UnitKind::Label(_) => of_field(line),
            _ => None,
        });
    }
    found
}

fn of_grid(grid: &Grid) -> Vec<Decision> {
    let id = grid.column(&["id", "adr", "no", "number", "nr", "record", ""]);
    let title = grid.column(&["title", "decision", "name", "topic", "subject", "summary"]);
    let (Some(title), status) = (title.or(id), grid.column(&["status", "state"])) else {
        return Vec::new();
    };
    let row = |row: &Vec<Said>| {
        let said = row.get(title).filter(|said| !said.text.is_empty())?;
        let (own, rest) = split(&said.text);
        let number = id.and_then(|id| row.get(id)).and_then(|cell| {
            let numbered = naming::numbered(&cell.text).map(|numbered| numbered.number);
            numbered.or_else(|| cell.text.trim().parse().ok())
        });
        let text = if rest.is_empty() {
            said.text.clone()
        } else {
            rest.to_owned()
        };
        let mut decision = Decision::named(number.or(own), Said { text, span: said.span });
        decision.status = status
            .and_then(|status| row.get(status))
            .filter(|status| !status.text.is_empty())
            .cloned();
        Some(decision)
    };
    grid.rows.iter().filter_map(row).collect()
}

/// `**ADR-001: Use Kafka**` with lines `Decision: …` below it in one paragraph.
fn of_paragraph(reader: Reader<'_>, line: &Line<'_>) -> Option<Decision> {
    let lines = reader.source_lines(line.unit.span);
    let (first, rest) = lines.split_first()?;
    let Some((number, title)) = labelled(&first.text) else {
        let only = lines.len() == 1;
        return reader
            .links(line.unit.span)
            .first()
            .filter(|_| only)
            .and_then(|link| of_link(reader, link));
    };
    // A sentence that begins with a number only speaks of the decision.
    let bold = first.text.split_whitespace().count() <= 12 && !first.text.ends_with('.');
    if title.is_empty() || !bold {
        return None;
    }
    let title = Said {
        text: title.to_owned(),
        span: first.span,
    };
    let mut decision = Decision::named(Some(number), title);
    for said in rest {
        let Some((key, value)) = said.text.split_once(':') else {
            continue;
        };
        let value = Said {
            text: value.trim().to_owned(),
            span: said.span,
        };
        match naming::normalise(key).as_str() {
            "status" => decision.status = Some(value),
            "context" | "problem" => decision.context = Some(value),
            "decision" => decision.decision = Some(value),
            "rationale" | "reason" | "why" => decision.rationale = Some(value),
            "consequences" | "impact" | "trade offs" | "tradeoffs" => decision.consequences = Some(value),
            _ => {}
        }
    }
    Some(decision)
}

/// `- [ADR-007: Use Kafka](adr/0007-use-kafka.md)`, `- **ADR-007**: Use Kafka`.
fn of_item(reader: Reader<'_>, line: &Line<'_>) -> Option<Decision> {
    let link = reader.links(line.unit.span).into_iter().next();
    if let Some(decision) = link
        .filter(|_| line.field.is_none())
        .and_then(|link| of_link(reader, link))
    {
        return Some(decision);
    }
    of_field(line).or_else(|| {
        let (number, title) = labelled(&line.unit.text).filter(|(_, title)| !title.is_empty())?;
        Some(Decision::named(
            Some(number),
            Said {
                text: title.to_owned(),
                span: line.unit.span,
            },
        ))
    })
}

fn of_field(line: &Line<'_>) -> Option<Decision> {
    let field = line.field.filter(|_| line.unit.depth <= 1)?;
    let (number, name) = labelled(&field.key)?;
    let text = if name.is_empty() { field.value.as_str() } else { name };
    (!text.is_empty()).then(|| {
        Decision::named(
            Some(number),
            Said {
                text: text.to_owned(),
                span: field.span,
            },
        )
    })
}

/// A link to a record: its text or its file says which.
fn of_link(reader: Reader<'_>, link: &Link) -> Option<Decision> {
    let source = reader.document.text.get(link.span);
    let shown = source
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
        Some((number, title)) => (Some(number), title.to_owned()),
        None if record && markdown && !digits.is_empty() => (digits.parse().ok(), split(&shown).1.to_owned()),
        None => return None,
    };
    let title = if title.is_empty() { shown } else { title };
    Some(Decision::named(
        number,
        Said {
            text: title,
            span: link.span,
        },
    ))
}
