//! The parts of one decision: fields, or headings of their own.

use super::super::passage::{Passage, says_none};
use super::super::read::below;
use super::super::{Line, Reader, Said};
use super::Decision;
use crate::document::{Field, UnitKind};
use crate::naming;
use crate::source::Span;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Status,
    Context,
    Options,
    Decision,
    Rationale,
    Consequences,
}

/// The names of the parts, normalised.
const NAMES: [(Part, &[&str]); 6] = [
    (Part::Status, &["status", "state"]),
    (
        Part::Context,
        &[
            "context",
            "background",
            "problem",
            "problem statement",
            "context and problem statement",
            "context and problem",
            "motivation",
            "situation",
            "issue",
            "question",
        ],
    ),
    (
        Part::Options,
        &[
            "options considered",
            "options",
            "considered options",
            "options evaluated",
            "alternatives considered",
            "alternatives",
            "considered alternatives",
            "alternatives evaluated",
            "rejected alternatives",
        ],
    ),
    (
        Part::Decision,
        &[
            "decision",
            "decision outcome",
            "chosen option",
            "choice",
            "chosen",
            "chosen solution",
            "outcome",
            "resolution",
            "solution",
        ],
    ),
    (
        Part::Rationale,
        &[
            "rationale",
            "reason",
            "reasons",
            "reasoning",
            "why",
            "justification",
            "motivation for the choice",
            "why this was chosen",
        ],
    ),
    (
        Part::Consequences,
        &[
            "consequences",
            "consequence",
            "impact",
            "implications",
            "trade offs",
            "tradeoffs",
            "trade off",
            "results",
            "consequences and trade offs",
            "positive consequences",
        ],
    ),
];

/// Reads the parts; what is said first for each counts.
pub fn read(reader: Reader<'_>, passages: &[Passage<'_>], decision: &mut Decision) {
    let mut open = None;
    for passage in passages {
        if let Some(heading) = passage.heading {
            // Below `#### Options Considered` each option may have a heading.
            let named = part(passage.name);
            if named.is_none() && open == Some(Part::Options) {
                decision.options_at.get_or_insert(heading.name);
                decision.options.push(Said {
                    text: heading.text.clone(),
                    span: heading.name,
                });
                continue;
            }
            open = named;
            if let Some(part) = named {
                let lines: Vec<&Line<'_>> = passage.lines.iter().collect();
                take(reader, decision, part, heading.name, &lines);
            }
        }
        for (at, line) in passage.lines.iter().enumerate() {
            let Some(field) = line.field.filter(|_| line.unit.depth <= 1) else {
                continue;
            };
            let Some(part) = part(line.name) else {
                continue;
            };
            if field.value.is_empty() {
                take(reader, decision, part, field.key_span, &below(&passage.lines, at));
            } else if !line.unsaid {
                let below: Vec<&Line<'_>> = below(&passage.lines, at)
                    .into_iter()
                    .filter(|line| line.is_item())
                    .collect();
                match part {
                    Part::Options if !below.is_empty() => take(reader, decision, part, field.key_span, &below),
                    Part::Options => take_options(decision, field),
                    _ => set(decision, part, value(field)),
                }
            }
        }
    }
}

fn part(name: &str) -> Option<Part> {
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&name))
        .map(|(part, _)| *part)
}

fn value(field: &Field) -> Said {
    Said {
        text: field.value.clone(),
        span: field.value_span,
    }
}

/// A part whose text stands below its name.
fn take(reader: Reader<'_>, decision: &mut Decision, part: Part, name: Span, lines: &[&Line<'_>]) {
    let said: Vec<&Line<'_>> = lines.iter().copied().filter(|line| !line.unsaid).collect();
    if part == Part::Options {
        if decision.options_at.is_none() && !said.is_empty() {
            let (options, countable) = options(reader, lines);
            decision.options_at = countable.then_some(name);
            decision.options = options;
        }
        return;
    }
    if let (Some(first), Some(last)) = (said.first(), said.last()) {
        let texts: Vec<&str> = said.iter().map(|line| line.unit.text.as_str()).collect();
        set(
            decision,
            part,
            Said {
                text: texts.join("; "),
                span: Span::new(first.unit.span.start, last.unit.span.end),
            },
        );
    }
}

fn set(decision: &mut Decision, part: Part, said: Said) {
    let slot = match part {
        Part::Status => &mut decision.status,
        Part::Context => &mut decision.context,
        Part::Decision => &mut decision.decision,
        Part::Rationale => &mut decision.rationale,
        Part::Consequences => &mut decision.consequences,
        Part::Options => return,
    };
    slot.get_or_insert(said);
}

/// The options of a list, a table or fields, and whether these are all: prose is not counted, and what the template
/// left open may still come.
fn options(reader: Reader<'_>, lines: &[&Line<'_>]) -> (Vec<Said>, bool) {
    let whole: Vec<Line<'_>> = lines.iter().map(|line| **line).collect();
    let mut found: Vec<Said> = Vec::new();
    for grid in reader.grids(&whole) {
        let name = grid
            .column(&["option", "alternative", "name", "solution", "approach"])
            .unwrap_or(0);
        found.extend(
            grid.rows
                .iter()
                .filter_map(|row| row.get(name))
                .filter(|cell| !cell.text.is_empty())
                .cloned(),
        );
    }
    let depth = lines
        .iter()
        .filter(|line| line.is_item())
        .map(|line| line.unit.depth)
        .min();
    for line in lines.iter().filter(|line| !line.unsaid) {
        let item = line.is_item() && Some(line.unit.depth) == depth;
        let field = matches!(line.unit.kind, UnitKind::Field(_) | UnitKind::Label(_));
        if (item || field) && !says_none(&line.unit.text) {
            found.push(Said {
                text: line.unit.text.clone(),
                span: reader.words(line.unit.span),
            });
        }
    }
    let open = lines.iter().any(|line| line.unsaid);
    let prose = lines
        .iter()
        .any(|line| matches!(line.unit.kind, UnitKind::Prose | UnitKind::Picture));
    let pros_and_cons = found.iter().all(|said| {
        let name = naming::normalise(said.text.split(':').next().unwrap_or(""));
        matches!(
            name.as_str(),
            "pro" | "pros" | "con" | "cons" | "advantages" | "disadvantages"
        )
    });
    let countable = !found.is_empty() && !open && !prose && !pros_and_cons;
    (found, countable)
}

/// Options in one line: `Kafka, RabbitMQ or NATS`. A sentence is not counted.
fn take_options(decision: &mut Decision, field: &Field) {
    if decision.options_at.is_some() || says_none(&field.value) {
        return;
    }
    let joined = [" or ", " vs. ", " vs ", " versus ", " / ", " | ", "; "]
        .iter()
        .fold(field.value.clone(), |text, mark| text.replace(mark, ", "));
    let options = joined
        .split(", ")
        .map(|option| option.trim().trim_end_matches('.'))
        .filter(|option| !option.is_empty());
    let options: Vec<Said> = options
        .map(|option| Said {
            text: option.to_owned(),
            span: field.value_span,
        })
        .collect();
    let short = field.value.split_whitespace().count() <= 4;
    if options.len() > 1 || short {
        decision.options_at = Some(field.key_span);
        decision.options = options;
    } else {
        decision.options = vec![value(field)];
    }
}
