//! How an item of a list or a line begins, and what it says of itself.

use super::mark::{self, Sort};
use super::words::{self, Tick};
use super::{Mark, html, waiver};
use crate::document::{Document, Inlines, Item, List, Run, RunKind, plain};
use crate::source::Span;

/// What an item begins with, or says of itself at its end.
pub struct Start {
    /// What it says.
    pub tick: Tick,
    /// What says so.
    pub mark: Mark,
    /// What kind of mark that is.
    pub sort: Sort,
    /// The mark's bytes.
    pub mark_span: Span,
    /// The item's text without the mark.
    pub text: String,
    /// What is said beside the mark, in a cell.
    pub reason: String,
    /// The reason for which it was struck out, if it was.
    pub struck: Option<String>,
    /// The item's bytes.
    pub span: Span,
}

/// Reads the starts of items.
#[derive(Clone, Copy)]
pub struct Starts<'d> {
    /// What they stand in.
    pub document: &'d Document,
    /// Whether a cross in a box means that it is not so, because other boxes have a tick in them.
    pub crosses_fail: bool,
}

impl Starts<'_> {
    /// What an item begins with, where that is a mark.
    pub fn start(&self, item: &Item) -> Option<Start> {
        let text = &self.document.text;
        if item.blocks.is_empty() && item.task.is_none() {
            return self.definition(item);
        }
        let empty = Inlines {
            span: Span::at(item.task.map_or(item.span.start, |task| task.span.end)),
            ..Inlines::default()
        };
        let inlines = item.paragraph().unwrap_or(&empty);
        let span = Span::new(item.span.start, inlines.span.end);
        let Some(task) = item.task else {
            return self.line(&inlines.runs, span);
        };
        Some(Start {
            tick: if task.ticked { Tick::Done } else { Tick::Open },
            mark: Mark::Task,
            sort: Sort::Box,
            mark_span: task.span,
            text: inlines.plain(text),
            reason: String::new(),
            struck: self.struck(&inlines.runs, ""),
            span,
        })
    }

    /// `- [x]: text`, which the host takes for the definition of a link and does not show.
    fn definition(&self, item: &Item) -> Option<Start> {
        let definitions = &self.document.definitions;
        let first = definitions.partition_point(|definition| definition.span.start < item.span.start);
        let held = definitions
            .get(first)
            .filter(|held| item.span.contains(held.span) && held.item.is_some())?;
        let found = mark::bracketed(self.document.text.get(held.span))?;
        Some(Start {
            tick: found.tick,
            mark: Mark::Malformed,
            sort: found.sort,
            mark_span: Span::new(held.span.start, held.span.start + found.written.len()),
            text: found
                .rest
                .trim_start_matches(':')
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            reason: String::new(),
            struck: None,
            span: Span::new(item.span.start, held.span.end),
        })
    }

    /// What some runs begin with, where that is a mark; `span` is what stands for the item.
    pub fn line(&self, runs: &[Run], span: Span) -> Option<Start> {
        let text = &self.document.text;
        let comment = |run: &&Run| {
            run.kind == RunKind::Html && text.get(run.span).starts_with("<!--")
                || run.text(text).trim().is_empty() && run.kind == RunKind::Text
        };
        let skipped = runs.iter().take_while(comment).count();
        let runs = runs.get(skipped..)?;
        let first = runs.first()?;
        let end = runs.last().map_or(first.span.end, |run| run.span.end);
        let shown_text = plain(runs, text);
        if let Some(ticked) = self.input(first) {
            return Some(Start {
                tick: if ticked { Tick::Done } else { Tick::Open },
                mark: Mark::Input,
                sort: Sort::Box,
                mark_span: first.span,
                text: shown_text,
                reason: String::new(),
                struck: self.struck(runs.get(1..)?, ""),
                span,
            });
        }
        // A tag in front of the mark is how it looks: `<b>✅`.
        let shown = runs.iter().find(|run| run.kind != RunKind::Html)?;
        let found = mark::leading(&shown_text).filter(|_| shown.kind == RunKind::Text && shown.link.is_none())?;
        let crossed = found.sort == Sort::Cross && self.crosses_fail;
        Some(Start {
            tick: if crossed { Tick::Open } else { found.tick },
            mark: if found.sort == Sort::Box {
                Mark::Malformed
            } else {
                Mark::Sign
            },
            sort: found.sort,
            mark_span: self.written(Span::new(shown.span.start, end), found.written),
            text: found.rest.trim().to_owned(),
            reason: String::new(),
            struck: self.struck(runs, found.written),
            span,
        })
    }

    /// Where a mark stands in the source, which may have it escaped or spaced otherwise than a reader reads it.
    fn written(&self, span: Span, mark: &str) -> Span {
        let source = self.document.text.get(span);
        let escape = Span::new(span.start.saturating_sub(1), span.start);
        let start = span.start - usize::from(self.document.text.get(escape) == "\\");
        if source.starts_with(mark) {
            return Span::new(start, span.start + mark.len());
        }
        let boxed = source.starts_with(['[', '［', '(']);
        match source
            .char_indices()
            .find(|(_, c)| matches!(c, ']' | '］' | ')'))
            .filter(|_| boxed)
        {
            Some((close, c)) => Span::new(start, span.start + close + c.len_utf8()),
            None => Span::at(span.start),
        }
    }

    pub fn input(&self, run: &Run) -> Option<bool> {
        let tag = self.document.text.get(run.span);
        (run.kind == RunKind::Html).then(|| html::checkbox(tag)).flatten()
    }

    /// Why an item was struck out, where its beginning behind `mark` is struck. A word that is struck and replaced by
    /// another one is a correction, and the item stays.
    pub fn struck(&self, runs: &[Run], mark: &str) -> Option<String> {
        let text = &self.document.text;
        let (mut struck, mut tag, mut rest) = (String::new(), false, None);
        for (index, run) in runs.iter().enumerate() {
            match text.get(run.span) {
                "<s>" | "<del>" | "<strike>" if run.kind == RunKind::Html => tag = true,
                "</s>" | "</del>" | "</strike>" if run.kind == RunKind::Html => tag = false,
                _ => {}
            }
            let shown = run.text(text);
            if run.struck || tag {
                struck.push_str(shown);
            } else if !(shown.trim().is_empty() || struck.is_empty() && shown.trim() == mark) {
                rest = runs.get(index..);
                break;
            }
        }
        let struck = struck.trim().strip_prefix(mark).unwrap_or(&struck).trim();
        let rest = rest.map_or(String::new(), |rest| plain(rest, text));
        let apart = !rest.starts_with(|c: char| c.is_alphanumeric());
        let long = struck.split_whitespace().count() > 2 || struck.chars().count() > 15;
        (!struck.is_empty() && (apart || long)).then(|| waiver::stated(&rest).to_owned())
    }

    /// What the items of a list without marks say at their ends, where most of them do.
    pub fn answers(&self, list: &List) -> Vec<Option<Start>> {
        let text = &self.document.text;
        let answer = |item: &Item| {
            let inlines = item.paragraph()?;
            let code = inlines
                .runs
                .last()
                .is_none_or(|run| run.kind == RunKind::Code || run.link.is_some());
            let plain = inlines.plain(text);
            let (tick, head) = mark::trailing(&plain).filter(|_| !code)?;
            Some(Start {
                tick,
                mark: Mark::Sign,
                sort: Sort::Sign,
                mark_span: Span::at(inlines.span.end),
                text: head.to_owned(),
                reason: String::new(),
                struck: self.struck(&inlines.runs, ""),
                span: Span::new(item.span.start, inlines.span.end),
            })
        };
        let answers: Vec<Option<Start>> = list.items.iter().map(answer).collect();
        let given = answers.iter().flatten().count();
        if given > 1 && given * 2 >= answers.len() {
            answers
        } else {
            list.items.iter().map(|_| None).collect()
        }
    }
}

impl Start {
    /// Whether it is a box, and no sign or answer.
    pub fn is_box(&self) -> bool {
        self.sort == Sort::Box
    }
}

/// Whether a text asks to tick one of what follows.
pub fn asks_for_one(text: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(" one").any(|(at, _)| {
        let before = text.get(..at).unwrap_or("");
        let before = before.strip_suffix(" only").unwrap_or(before);
        ["check", "choose", "select", "pick", "tick", "mark"]
            .iter()
            .any(|verb| before.ends_with(verb))
    })
}

/// Whether a list offers outcomes of which one is to be picked, or explains its signs: `PASS`, `CONDITIONAL`, `FAIL`.
pub fn outcomes(starts: &[Option<Start>], one_of: bool) -> bool {
    let all: Vec<&Start> = starts.iter().flatten().collect();
    let ticked = all.iter().filter(|start| start.tick == Tick::Done).count();
    if all.len() < 2 || ticked > 1 && all.iter().any(|start| start.is_box()) {
        return false;
    }
    let read = |start: &Start| {
        let text = mark::sign(&start.text).map_or(start.text.as_str(), |sign| sign.rest.trim_start());
        let short = start.is_box() || words::said(text).is_none_or(|(_, rest)| rest.trim().is_empty());
        words::outcome(text).filter(|_| short)
    };
    let (mut found, mut others) = (Vec::new(), 0);
    for start in all {
        match read(start) {
            Some(good) => found.push(good),
            None => others += 1,
        }
        // Two tasks make it a list of tasks, as nearly all are.
        if others > 1 && !one_of {
            return false;
        }
    }
    let different = found.contains(&true) && found.contains(&false);
    one_of || different && (others == 0 || others == 1 && found.len() > 1)
}
