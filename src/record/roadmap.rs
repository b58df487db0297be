//! The roadmap: phases with their time and their tasks.
//!
//! A phase is a heading, a row of a table, or a key with a list. It reads what is planned and never asks for the day.

use jiff::civil::Date;
use serde::Serialize;

use super::passage::{Grid, Passage, parenthesis, says_none};
use super::read::below;
use super::{Line, Reader, Said};
use crate::document::UnitKind;
use crate::naming;
use crate::values::{find_period, read_period};

/// A phase of the roadmap.
#[derive(Debug, Clone, Serialize)]
pub struct Phase {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name, `Q1 2027`.
    pub name: Said,
    /// The last day of its time, where that can be read.
    #[serde(skip)]
    pub last: Option<Date>,
    /// Its tasks.
    pub tasks: Vec<RoadmapTask>,
}

/// A task of a phase.
#[derive(Debug, Clone, Serialize)]
pub struct RoadmapTask {
    /// What is to be done.
    pub text: Said,
    /// Whether it is ticked, or said to be done.
    pub done: bool,
    /// Whether it is still to be done: not done, not struck out, not put off.
    #[serde(skip)]
    pub open: bool,
    /// Whether it has a box to tick.
    #[serde(skip)]
    pub boxed: bool,
}

/// Keys that say when a phase is.
const WHEN: [&str; 11] = [
    "timeline",
    "timeframe",
    "time frame",
    "time",
    "target",
    "target date",
    "when",
    "due",
    "date",
    "quarter",
    "eta",
];

/// Words for done, and for what will not be done in its phase.
const DONE: [&str; 8] = [
    "done",
    "completed",
    "complete",
    "shipped",
    "delivered",
    "released",
    "implemented",
    "finished",
];
const PUT_OFF: [&str; 13] = [
    "deferred",
    "postponed",
    "moved",
    "dropped",
    "cancelled",
    "canceled",
    "withdrawn",
    "rejected",
    "n/a",
    "not applicable",
    "obsolete",
    "superseded",
    "descoped",
];

/// Reads the phases.
pub fn read(reader: Reader<'_>) -> Vec<Phase> {
    let mut phases = Vec::new();
    if let Some((_, node)) = reader.section("future-roadmap") {
        for passage in reader.passages(node) {
            phases.extend(without_heading(reader, &passage));
        }
    }
    let roadmap = reader.section("future-roadmap").is_some_and(|(_, node)| {
        let heading = node.heading.and_then(|heading| reader.document.headings.get(heading));
        heading.is_some_and(|heading| naming::normalise(&heading.text).contains("roadmap"))
    });
    for (_, node) in reader.instances("future-roadmap/phase") {
        let Some(heading) = node.heading.and_then(|heading| reader.document.headings.get(heading)) else {
            continue;
        };
        let (number, name) = reader.instance_name(node);
        let name = Some(name).filter(|name| !name.text.is_empty()).unwrap_or(Said {
            text: heading.text.clone(),
            span: heading.name,
        });
        let passages = reader.passages(node);
        let lines: Vec<Line<'_>> = passages
            .iter()
            .flat_map(|passage| passage.lines.iter().copied())
            .collect();
        let stated = || {
            let field = lines
                .iter()
                .filter(|line| line.is_field(&WHEN))
                .find_map(|line| line.field)?;
            find_period(&field.value)
        };
        let period = find_period(&name.text)
            .or_else(|| find_period(&heading.text))
            .or_else(stated);
        let all_done = is_ticked_off(&heading.text);
        let mut tasks = tasks(reader, &lines, 1);
        tasks.extend(reader.grids(&lines).iter().flat_map(tasks_of_grid));
        for task in tasks.iter_mut().filter(|task| all_done && !task.boxed) {
            (task.done, task.open) = (true, false);
        }
        let grids = reader.grids(&lines);
        let inner: Vec<Phase> = grids.iter().flat_map(|grid| of_grid(grid)).collect();
        if tasks.is_empty() && period.is_none() && !inner.is_empty() {
            phases.extend(inner);
            continue;
        }
        // `Next Steps` holds other headings than phases too.
        let sure = number.is_some() || period.is_some() || !tasks.is_empty() && speaks_of_time(&heading.text);
        if sure || roadmap && !tasks.is_empty() {
            phases.push(Phase {
                number,
                name,
                last: period.map(|period| period.last),
                tasks,
            });
        }
    }
    phases
}

/// `Short-term`, `Next`, `In 6 months`: a time that is no period of the calendar.
fn speaks_of_time(heading: &str) -> bool {
    let words = [
        "term",
        "short",
        "near",
        "mid",
        "long",
        "next",
        "now",
        "later",
        "immediate",
        "future",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "vision",
        "version",
        "milestone",
        "phase",
        "mvp",
        "quarter",
    ];
    naming::normalise(heading).split(' ').any(|word| words.contains(&word))
}

/// Phases that have no heading of their own: rows, and keys with a list or a value.
fn without_heading(reader: Reader<'_>, passage: &Passage<'_>) -> Vec<Phase> {
    let lines = &passage.lines;
    let mut phases: Vec<Phase> = reader.grids(lines).iter().flat_map(of_grid).collect();
    for (at, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.unsaid && line.unit.depth <= 1)
    {
        let named = match (line.field, line.unit.kind) {
            (Some(field), UnitKind::Item { .. } | UnitKind::Field(_) | UnitKind::Label(_)) => Said {
                text: field.key.clone(),
                span: field.key_span,
            },
            (None, UnitKind::Prose | UnitKind::Item { .. }) => line.said(),
            _ => continue,
        };
        let Some((number, name, last)) = phase_name(&named) else {
            continue;
        };
        let below: Vec<Line<'_>> = match line.field {
            Some(_) => below(lines, at).into_iter().copied().collect(),
            // A paragraph in bold is a heading to its author; an item holds the items below it.
            None => lines
                .iter()
                .skip(at + 1)
                .take_while(|next| next.unit.depth > line.unit.depth)
                .copied()
                .collect(),
        };
        let mut tasks = tasks(reader, &below, line.unit.depth.saturating_add(1));
        if let Some(field) = line.field.filter(|field| tasks.is_empty() && !field.value.is_empty()) {
            let mut task = task(reader, line, &field.value);
            task.text.span = field.value_span;
            tasks.push(task);
        }
        phases.push(Phase {
            number,
            name: Said {
                text: name,
                span: named.span,
            },
            last,
            tasks,
        });
    }
    phases
}

fn numbered_phase(text: &str) -> Option<naming::Numbered<'_>> {
    let labels = ["phase", "milestone", "stage", "release", "iteration", "wave"];
    naming::numbered(text).filter(|numbered| labels.iter().any(|label| numbered.label.eq_ignore_ascii_case(label)))
}

/// `Phase 1 (Q1 2027)`, `Q1 2027`: what a phase is called where nothing else says that it is one.
fn phase_name(said: &Said) -> Option<(Option<u32>, String, Option<Date>)> {
    let numbered = numbered_phase(&said.text);
    let short = said.text.split_whitespace().count() <= 8;
    let period = find_period(&said.text);
    match numbered {
        Some(numbered) if short => {
            let name = if numbered.rest.is_empty() {
                &said.text
            } else {
                numbered.rest
            };
            Some((Some(numbered.number), name.to_owned(), period.map(|period| period.last)))
        }
        _ => {
            let period = read_period(&said.text)?;
            Some((None, said.text.clone(), Some(period.last)))
        }
    }
}

/// The tasks among some lines: those with a box, at any depth; where there are none, the items at `depth`.
fn tasks(reader: Reader<'_>, lines: &[Line<'_>], depth: u8) -> Vec<RoadmapTask> {
    let boxed = |line: &&Line<'_>| matches!(line.unit.kind, UnitKind::Item { task: Some(_) });
    let said = |line: &&Line<'_>| !line.unsaid && !line.is_field(&WHEN) && !says_none(&line.unit.text);
    if lines.iter().any(|line| boxed(&line)) {
        return lines
            .iter()
            .filter(boxed)
            .filter(said)
            .map(|line| task(reader, line, &line.unit.text))
            .collect();
    }
    let plain = lines.iter().filter(|line| line.is_item() && line.unit.depth == depth);
    plain
        .filter(said)
        .map(|line| task(reader, line, &line.unit.text))
        .collect()
}

fn task(reader: Reader<'_>, line: &Line<'_>, text: &str) -> RoadmapTask {
    let ticked = match line.unit.kind {
        UnitKind::Item { task } => task,
        _ => None,
    };
    let put_off = reader.is_struck(line.unit.span) || marked(text, &PUT_OFF);
    let done = ticked.unwrap_or(false) || is_ticked_off(text);
    RoadmapTask {
        text: Said {
            text: text.to_owned(),
            span: reader.words(line.unit.span),
        },
        done,
        open: !done && !put_off,
        boxed: ticked.is_some(),
    }
}

/// `✅`, or a word for done where remarks stand: at the ends, in parentheses.
fn is_ticked_off(text: &str) -> bool {
    text.contains(['✅', '✔', '☑']) || marked(text, &DONE)
}

/// Whether a remark at an end of the text begins with one of `words`: `(moved to Phase 3)`, `Done: …`, `… – done`.
fn marked(text: &str, words: &[&str]) -> bool {
    let lower = text.trim().to_lowercase();
    let first = lower.split_once([':', '–', '—']).map_or("", |(first, _)| first);
    let last = [" – ", " — ", " - ", ": "]
        .iter()
        .filter_map(|mark| lower.rsplit_once(mark))
        .map(|(_, last)| last);
    let inside = parenthesis(&lower).map(|(_, inside)| inside);
    let remarks = last.chain(inside);
    let begins = |remark: &str| {
        let remark = remark.trim_start_matches(|c: char| !c.is_alphanumeric());
        words.iter().any(|word| {
            remark
                .strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    words.contains(&first.trim()) || remarks.into_iter().any(begins)
}

/// A row for each phase, or for each task with its time.
fn of_grid(grid: &Grid) -> Vec<Phase> {
    let name = grid.column(&["phase", "milestone", "release", "version", "stage", "iteration"]);
    let time = grid.column(&[
        "timeline",
        "timeframe",
        "quarter",
        "target",
        "when",
        "date",
        "due",
        "eta",
        "time",
        "period",
    ]);
    let Some(at) = name.or(time) else { return Vec::new() };
    let mut phases: Vec<Phase> = Vec::new();
    for row in &grid.rows {
        let Some(said) = row.get(at).filter(|said| said.text.contains(char::is_alphanumeric)) else {
            continue;
        };
        let period = time
            .and_then(|time| row.get(time))
            .and_then(|cell| find_period(&cell.text));
        let period = period.or_else(|| find_period(&said.text));
        let tasks = task_of_row(grid, row, &[Some(at), time]);
        // Rows with the same time are one phase, where nothing else names it.
        let same = phases.iter_mut().find(|phase| phase.name.text == said.text);
        if let Some(phase) = same {
            phase.tasks.extend(tasks);
            continue;
        }
        phases.push(Phase {
            number: numbered_phase(&said.text).map(|numbered| numbered.number),
            name: said.clone(),
            last: period.map(|period| period.last),
            tasks: tasks.into_iter().collect(),
        });
    }
    phases
}

fn tasks_of_grid(grid: &Grid) -> Vec<RoadmapTask> {
    grid.rows.iter().filter_map(|row| task_of_row(grid, row, &[])).collect()
}

fn task_of_row(grid: &Grid, row: &[Said], others: &[Option<usize>]) -> Option<RoadmapTask> {
    let what = grid.column(&[
        "task",
        "tasks",
        "feature",
        "features",
        "deliverable",
        "deliverables",
        "item",
        "scope",
        "improvement",
        "goal",
        "goals",
        "focus",
        "description",
        "content",
    ]);
    let what = what.filter(|what| !others.contains(&Some(*what)))?;
    let text = row.get(what).filter(|text| !text.text.is_empty())?.clone();
    let status = grid.column(&["status", "state", "done"]).and_then(|at| row.get(at));
    let done = status.is_some_and(|status| {
        let lower = status.text.to_lowercase();
        is_ticked_off(&status.text) || DONE.iter().any(|word| lower.starts_with(word))
    });
    Some(RoadmapTask {
        text,
        done,
        open: !done,
        boxed: false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::passage::tests::reading;
    use super::*;

    fn read_in(body: &str) -> Vec<String> {
        let text = format!(
            "# A\n\n## Future Roadmap\n\n{body}\n\n## Scalability\n\n### Phase 9 (Q1 2020)\n\n- [ ] not this\n"
        );
        let mark = |task: &RoadmapTask| match (task.done, task.open, task.boxed) {
            (true, false, _) => "x",
            (false, true, true) => "o",
            (false, true, false) => "-",
            _ => "~",
        };
        let shown = |phase: &Phase| {
            let number = phase.number.map_or_else(|| "-".to_owned(), |number| number.to_string());
            let last = phase.last.map_or_else(|| "?".to_owned(), |last| last.to_string());
            let tasks: Vec<String> = phase
                .tasks
                .iter()
                .map(|task| format!("{}{}", mark(task), task.text.text))
                .collect();
            format!("{number} {} {last} {}", phase.name.text, tasks.join(","))
        };
        reading(&text, |reader| read(reader).iter().map(shown).collect())
    }

    #[test]
    fn phases_are_read_in_every_form() {
        let cases: [(&str, &[&str]); 14] = [
            (
                "### Phase 1 (Q1 2027)\n- [ ] a\n- [x] b\n### Phase 2 (Q2 2027)\n- [ ] c",
                &["1 Q1 2027 2027-03-31 oa,xb", "2 Q2 2027 2027-06-30 oc"],
            ),
            (
                "### Q1 2027\n\n- a\n- ✅ b\n- c (done)",
                &["- Q1 2027 2027-03-31 -a,x✅ b,xc (done)"],
            ),
            (
                "### Q3 2027: Growth\n- [ ] ~~a~~\n- [ ] b (moved to Phase 3)",
                &["- Q3 2027: Growth 2027-09-30 ~a,~b (moved to Phase 3)"],
            ),
            (
                "### Phase 1: Base\n\n**Timeline**: Q1 2027\n\n- [ ] a",
                &["1 Base 2027-03-31 oa"],
            ),
            (
                "### Phase 1\n- Timeline: by May 2027\n- a",
                &["1 Phase 1 2027-05-31 -a"],
            ),
            ("### ✅ Phase 1 (Q1 2024)\n- a", &["1 Q1 2024 2024-03-31 xa"]),
            ("### Short-term (3-6 months)\n- a", &["- Short-term (3-6 months) ? -a"]),
            (
                "- **Q1 2027**: a\n- **Phase 2 (Q2 2027)**:\n  - [ ] b\n  - [ ] c",
                &["- Q1 2027 2027-03-31 -a", "2 Q2 2027 2027-06-30 ob,oc"],
            ),
            (
                "**Phase 1 (Q1 2027)**\n\n- a\n\n**Phase 2 (Q2 2027)**\n\n- b",
                &["1 Q1 2027 2027-03-31 -a", "2 Q2 2027 2027-06-30 -b"],
            ),
            ("**Phase 1**: a\n**Phase 2**: b", &["1 Phase 1 ? -a", "2 Phase 2 ? -b"]),
            (
                "| Phase | Timeline | Deliverables |\n|--|--|--|\n| Phase 1 | Q1 2027 | a |\n| Phase 2 | 2028 | b |",
                &["1 Phase 1 2027-03-31 -a", "2 Phase 2 2028-12-31 -b"],
            ),
            (
                "| Feature | Quarter | Status |\n|--|--|--|\n| a | Q1 2027 | Done |\n| b | Q1 2027 | open |",
                &["- Q1 2027 2027-03-31 xa,-b"],
            ),
            (
                "### Phase 1 (Q1 2027)\n- [ ] a\n  - [x] b\n  - c",
                &["1 Q1 2027 2027-03-31 oa,xb"],
            ),
            (
                "### Phase 1 (Q1 2027)\n- [ ] [Feature/improvement]\n- [ ] a",
                &["1 Q1 2027 2027-03-31 oa"],
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(read_in(body), expected, "{body}");
        }
    }

    #[test]
    fn other_text_is_no_phase() {
        for body in [
            "We plan from quarter to quarter.",
            "- Move to a new data centre\n- **Caching**: more of it",
            "### Phase 1 (Q1 2026)\n- [ ] [Feature/improvement]",
            "Not applicable: the system is being retired",
        ] {
            assert_eq!(read_in(body), [] as [&str; 0], "{body}");
        }
    }
}
