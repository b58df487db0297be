//! Phases and tasks of a table.

use super::super::reader::{Grid, Row};
use super::{DONE, Phase, RoadmapTask, is_ticked_off, numbered_phase};
use crate::values::find_period;

/// A row for each phase, or for each task with its time.
pub fn phases(grid: &Grid) -> Vec<Phase> {
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
    let at = name.or(time);
    let mut phases: Vec<Phase> = Vec::new();
    for row in &grid.rows {
        let Some(said) = row.cell(at).filter(|said| said.text.contains(char::is_alphanumeric)) else {
            continue;
        };
        let period = row.cell(time).and_then(|cell| find_period(&cell.text));
        let period = period.or_else(|| find_period(&said.text));
        let tasks = task(grid, row, &[at, time]);
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

/// The tasks of a table that stands in a phase.
pub fn tasks(grid: &Grid) -> Vec<RoadmapTask> {
    grid.rows.iter().filter_map(|row| task(grid, row, &[])).collect()
}

fn task(grid: &Grid, row: &Row, others: &[Option<usize>]) -> Option<RoadmapTask> {
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
    let text = row.filled(what.filter(|what| !others.contains(&Some(*what))))?.clone();
    let status = row.cell(grid.column(&["status", "state", "done"]));
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
