//! The parts of one decision: fields, or headings of their own.

use super::super::reader::{Grid, Line, Passage, Said, joined_text, says_none, with_rest};
use super::Decision;
use crate::document::{Field, UnitKind};
use crate::naming;
use crate::source::Span;

#[derive(Clone, Copy, PartialEq, Eq)]
enum DecisionPart {
    Status,
    Context,
    Options,
    Decision,
    Rationale,
    Consequences,
}

/// The names of the parts, normalised.
const NAMES: [(DecisionPart, &[&str]); 6] = [
    (DecisionPart::Status, &["status", "state"]),
    (
        DecisionPart::Context,
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
        DecisionPart::Options,
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
        DecisionPart::Decision,
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
        DecisionPart::Rationale,
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
        DecisionPart::Consequences,
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
pub fn read(passages: &[Passage<'_>], decision: &mut Decision) {
    let mut open = None;
    for passage in passages {
        if let Some(heading) = passage.heading {
            // Below `#### Options Considered` each option may have a heading.
            let named = part(passage.name);
            if named.is_none() && open == Some(DecisionPart::Options) {
                decision.options_at.get_or_insert(heading.name);
                decision.options.push(Said::heading(heading));
                continue;
            }
            open = named;
            if let Some(part) = named {
                decision.take(part, heading.name, &passage.lines);
            }
        }
        for (line, behind) in with_rest(&passage.lines).filter(|(line, _)| line.unit.depth <= 1) {
            let (Some(field), Some(part)) = (line.field, part(line.name)) else {
                continue;
            };
            let below = line.below(behind);
            if field.value.is_empty() {
                decision.take(part, field.key_span, below);
            } else if !line.unsaid {
                let below: Vec<Line<'_>> = below.iter().filter(|line| line.is_item()).copied().collect();
                match part {
                    DecisionPart::Options if !below.is_empty() => decision.take(part, field.key_span, &below),
                    DecisionPart::Options => decision.take_options(field),
                    _ => decision.set(part, Said::value(field)),
                }
            }
        }
    }
}

fn part(name: &str) -> Option<DecisionPart> {
    let part = NAMES.iter().find(|(_, names)| names.contains(&name));
    part.map(|(part, _)| *part)
}

impl Decision {
    /// A part whose text stands below its name.
    fn take(&mut self, part: DecisionPart, name: Span, lines: &[Line<'_>]) {
        let Some(said) = joined_text(lines) else { return };
        if part != DecisionPart::Options {
            self.set(part, said);
        } else if self.options_at.is_none() {
            let (options, countable) = options(lines);
            self.options_at = countable.then_some(name);
            self.options = options;
        }
    }

    fn set(&mut self, part: DecisionPart, said: Said) {
        let slot = match part {
            DecisionPart::Status => &mut self.status,
            DecisionPart::Context => &mut self.context,
            DecisionPart::Decision => &mut self.decision,
            DecisionPart::Rationale => &mut self.rationale,
            DecisionPart::Consequences => &mut self.consequences,
            DecisionPart::Options => return,
        };
        slot.get_or_insert(said);
    }

    /// Options in one line: `Kafka, RabbitMQ or NATS`. A sentence is not counted.
    fn take_options(&mut self, field: &Field) {
        if self.options_at.is_some() || says_none(&field.value) {
            return;
        }
        let joined = [" or ", " vs. ", " vs ", " versus ", " / ", " | ", "; "]
            .iter()
            .fold(field.value.clone(), |text, mark| text.replace(mark, ", "));
        let options = joined.split(", ").map(|option| option.trim().trim_end_matches('.'));
        let options = options.filter_map(|option| Said::new(option, field.value_span).filled());
        let options: Vec<Said> = options.collect();
        let short = field.value.split_whitespace().count() <= 4;
        if options.len() > 1 || short {
            self.options_at = Some(field.key_span);
            self.options = options;
        } else {
            self.options = vec![Said::value(field)];
        }
    }
}

/// The options of a list, a table or fields, and whether these are all: prose is not counted, and what the template
/// left open may still come.
fn options(lines: &[Line<'_>]) -> (Vec<Said>, bool) {
    let mut found: Vec<Said> = Vec::new();
    for grid in Grid::of(lines) {
        let name = grid.column(&["option", "alternative", "name", "solution", "approach"]);
        let name = name.or(Some(0));
        found.extend(grid.rows.iter().filter_map(|row| row.filled(name)).cloned());
    }
    let items = lines.iter().filter(|line| line.is_item());
    let depth = items.map(|line| line.unit.depth).min();
    for line in lines.iter().filter(|line| !line.unsaid) {
        let item = line.is_item() && Some(line.unit.depth) == depth;
        let field = matches!(line.unit.kind, UnitKind::Field(_) | UnitKind::Label(_));
        if (item || field) && !says_none(&line.unit.text) {
            found.push(line.own_words());
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
