//! The walk over a section's blocks that gathers the items of its checklist.
//!
//! Boxes come first: where there are boxes under a heading, signs without a box, tables and answers at the end of a
//! line are remarks about them. Without boxes they are the checklist.

use super::mark::{self, Sort};
use super::recognise::Demands;
use super::table;
use super::words::{self, Tick, Waiver, waiver};
use super::{Mark, ReviewItem, html};
use crate::document::{Block, BlockKind, Document, Inlines, Item, List, Run, RunKind, Table};
use crate::source::Span;
use crate::template::Template;

/// The walk, with what it has found.
pub struct Walk<'d> {
    document: &'d Document,
    demands: Demands,
    /// Whether a cross in a box means that it is not so, because other boxes have a tick in them.
    crosses_fail: bool,
    /// Whether there are boxes under the heading that is read.
    boxed: bool,
    /// The items, in order.
    pub items: Vec<ReviewItem>,
}

/// Where a block stands.
#[derive(Clone, Copy, Default)]
struct Within {
    depth: usize,
    parent: Option<usize>,
    /// Whether the parent has a box.
    boxed: bool,
}

/// What an item begins with, or says of itself at its end.
struct Start {
    tick: Tick,
    mark: Mark,
    sort: Sort,
    mark_span: Span,
    /// The item's text without the mark.
    text: String,
    /// What is said beside the mark, in a cell.
    reason: String,
    /// The reason for which it was struck out, if it was.
    struck: Option<String>,
    span: Span,
}

impl<'d> Walk<'d> {
    /// A walk that has found nothing; `area` holds all that it will be given.
    pub fn new(document: &'d Document, template: &Template, area: Span) -> Self {
        Self {
            document,
            demands: Demands::of(&template.checklist),
            crosses_fail: document.text.get(area).contains(['☑', '✅', '✔', '✓', '🗹']),
            boxed: false,
            items: Vec::new(),
        }
    }

    /// Reads the blocks under one heading.
    pub fn scope(&mut self, blocks: &'d [Block]) {
        self.boxed = blocks.iter().any(|block| self.has_boxes(block));
        self.blocks(blocks, Within::default());
    }

    fn has_boxes(&self, block: &Block) -> bool {
        match &block.kind {
            BlockKind::List(list) => list.items.iter().any(|item| {
                self.start(item).is_some_and(|start| start.is_box())
                    || item.blocks.iter().any(|block| self.has_boxes(block))
            }),
            BlockKind::Paragraph(inlines) => inlines.runs.iter().any(|run| self.input(run).is_some()),
            BlockKind::Html => !html::inputs(self.document.text.get(block.span), block.span.start).is_empty(),
            BlockKind::Quote(blocks) | BlockKind::Other(blocks) => blocks.iter().any(|block| self.has_boxes(block)),
            _ => false,
        }
    }

    fn blocks(&mut self, blocks: &'d [Block], within: Within) {
        let mut before: Option<&Inlines> = None;
        for block in blocks {
            let one_of = before.is_some_and(|inlines| asks_for_one(&self.document.plain(inlines)));
            match &block.kind {
                BlockKind::Paragraph(inlines) => self.lines(inlines, within),
                BlockKind::List(list) => self.list(list, within, one_of),
                BlockKind::Table(table) if !self.boxed => self.table(table, within),
                BlockKind::Quote(blocks) | BlockKind::Other(blocks) => self.blocks(blocks, within),
                BlockKind::Html => self.html(block.span, within),
                _ => {}
            }
            before = block.paragraph();
        }
    }

    fn list(&mut self, list: &'d List, within: Within, one_of: bool) {
        let mut starts: Vec<Option<Start>> = list.items.iter().map(|item| self.start(item)).collect();
        let any = |starts: &[Option<Start>], is: &dyn Fn(&Start) -> bool| starts.iter().flatten().any(is);
        let boxes = any(&starts, &Start::is_box);
        let signs = any(&starts, &|start: &Start| start.sort != Sort::Hint && !start.is_box());
        // Signs in front of remarks on a box are remarks.
        let remarks = !boxes && (self.boxed || within.boxed);
        for start in &mut starts {
            let sign = start.as_ref().is_some_and(|start| !start.is_box());
            let hint = start.as_ref().is_some_and(|start| start.sort == Sort::Hint);
            if sign && remarks || hint && !signs {
                *start = None;
            }
        }
        if !(boxes || signs || remarks) {
            starts = self.answers(list);
        }
        if outcomes(&starts, one_of) {
            return;
        }
        for (item, start) in list.items.iter().zip(starts) {
            let start = start.or_else(|| self.lost_its_box(item, within));
            let inner = match start {
                Some(start) => {
                    let boxed = within.boxed || start.is_box();
                    let parent = Some(self.push(start, within));
                    Within {
                        depth: within.depth + 1,
                        parent,
                        boxed,
                    }
                }
                None => Within {
                    depth: within.depth + 1,
                    ..within
                },
            };
            let own = usize::from(item.paragraph().is_some());
            self.blocks(item.blocks.get(own..).unwrap_or(&[]), inner);
        }
    }

    /// What an item begins with, where that is a mark.
    fn start(&self, item: &Item) -> Option<Start> {
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
    fn line(&self, runs: &[Run], span: Span) -> Option<Start> {
        let text = &self.document.text;
        let comment = |run: &&Run| {
            run.kind == RunKind::Html && text.get(run.span).starts_with("<!--")
                || run.text(text).trim().is_empty() && run.kind == RunKind::Text
        };
        let skipped = runs.iter().take_while(comment).count();
        let runs = runs.get(skipped..)?;
        let first = runs.first()?;
        let end = runs.last().map_or(first.span.end, |run| run.span.end);
        let plain = crate::document::plain(runs, text);
        if let Some(ticked) = self.input(first) {
            return Some(Start {
                tick: if ticked { Tick::Done } else { Tick::Open },
                mark: Mark::Input,
                sort: Sort::Box,
                mark_span: first.span,
                text: plain,
                reason: String::new(),
                struck: self.struck(runs.get(1..)?, ""),
                span,
            });
        }
        // A tag in front of the mark is how it looks: `<b>✅`.
        let shown = runs.iter().find(|run| run.kind != RunKind::Html)?;
        let found = mark::leading(&plain).filter(|_| shown.kind == RunKind::Text && shown.link.is_none())?;
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
        if source.starts_with(mark) {
            return Span::new(span.start, span.start + mark.len());
        }
        let close = source
            .find([']', '］', ')'])
            .filter(|_| source.starts_with(['[', '［', '(']));
        let Some(close) = close else {
            return Span::at(span.start);
        };
        let escaped = self
            .document
            .text
            .get(Span::new(span.start.saturating_sub(1), span.start))
            == "\\";
        let close_len = source
            .get(close..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
        Span::new(span.start - usize::from(escaped), span.start + close + close_len)
    }

    fn input(&self, run: &Run) -> Option<bool> {
        let tag = self.document.text.get(run.span);
        (run.kind == RunKind::Html).then(|| html::checkbox(tag)).flatten()
    }

    /// Why an item was struck out, where its beginning behind `mark` is struck. A word that is struck and replaced by
    /// another one is a correction, and the item stays.
    fn struck(&self, runs: &[Run], mark: &str) -> Option<String> {
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
        let rest = rest.map_or(String::new(), |rest| crate::document::plain(rest, text));
        let apart = !rest.starts_with(|c: char| c.is_alphanumeric());
        let long = struck.split_whitespace().count() > 2 || struck.chars().count() > 15;
        (!struck.is_empty() && (apart || long)).then(|| words::stated(&rest).to_owned())
    }

    /// What the items of a list without marks say at their ends, where most of them do.
    fn answers(&self, list: &List) -> Vec<Option<Start>> {
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

    /// An item of the template's checklist without any mark.
    fn lost_its_box(&self, item: &Item, within: Within) -> Option<Start> {
        let inlines = item
            .paragraph()
            .filter(|_| within.parent.is_none() && item.blocks.len() == 1)?;
        let text = inlines.plain(&self.document.text);
        self.demands.recognise(&text)?;
        Some(Start {
            tick: Tick::Open,
            mark: Mark::Missing,
            sort: Sort::Sign,
            mark_span: Span::at(inlines.span.start),
            struck: self.struck(&inlines.runs, ""),
            text,
            reason: String::new(),
            span: Span::new(item.span.start, inlines.span.end),
        })
    }

    /// Boxes and signs at the starts of lines that are no list.
    fn lines(&mut self, inlines: &Inlines, within: Within) {
        let mut starts: Vec<Start> = Vec::new();
        let pieces = inlines
            .runs
            .split(|run| self.ends_line(run))
            .filter(|line| !line.is_empty());
        for line in pieces.flat_map(|line| self.at_inputs(line)) {
            let span = match (line.first(), line.last()) {
                (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
                _ => continue,
            };
            match self.line(line, span) {
                Some(start) => starts.push(start),
                None => {
                    if let Some(start) = starts.last_mut() {
                        start.text = format!("{} {}", start.text, crate::document::plain(line, &self.document.text));
                        start.text.truncate(start.text.trim_end().len());
                        start.span.end = span.end;
                    }
                }
            }
        }
        let signs = starts
            .iter()
            .filter(|start| matches!(start.sort, Sort::Sign | Sort::Cross))
            .count();
        let legend = starts.iter().any(|start| start.text.starts_with('='));
        for mut start in starts {
            let written = self.document.text.get(start.mark_span).chars().count();
            let kept = match start.sort {
                Sort::Box => written < 5 || start.mark == Mark::Input,
                _ => signs > 1 && !legend && !self.boxed && !within.boxed,
            };
            if kept {
                if start.mark == Mark::Malformed {
                    start.mark = Mark::Line;
                }
                self.push(start, within);
            }
        }
    }

    fn ends_line(&self, run: &Run) -> bool {
        let line_break = run.kind == RunKind::Html && self.document.text.get(run.span).starts_with("<br");
        matches!(run.kind, RunKind::SoftBreak | RunKind::HardBreak) || line_break
    }

    /// A line cut in front of each box of HTML.
    fn at_inputs<'r>(&self, line: &'r [Run]) -> Vec<&'r [Run]> {
        let mut cuts: Vec<usize> = (1..line.len())
            .filter(|at| line.get(*at).is_some_and(|run| self.input(run).is_some()))
            .collect();
        cuts.insert(0, 0);
        cuts.push(line.len());
        cuts.windows(2)
            .filter_map(|cut| line.get(*cut.first()?..*cut.last()?))
            .collect()
    }

    fn table(&mut self, table: &'d Table, within: Within) {
        for line in table::items(self.document, table) {
            let crossed = line.crossed && self.crosses_fail;
            self.push(
                Start {
                    tick: if crossed { Tick::Open } else { line.tick },
                    mark: Mark::Cell,
                    sort: Sort::Sign,
                    mark_span: line.mark,
                    struck: self.struck(&line.item.runs, ""),
                    text: line.text,
                    reason: line.reason,
                    span: line.row.span,
                },
                within,
            );
        }
    }

    fn html(&mut self, span: Span, within: Within) {
        for input in html::inputs(self.document.text.get(span), span.start) {
            self.push(
                Start {
                    tick: input.tick(),
                    mark: Mark::Input,
                    sort: Sort::Box,
                    mark_span: input.mark,
                    struck: input.struck.then(String::new),
                    text: input.text,
                    reason: String::new(),
                    span: input.span,
                },
                within,
            );
        }
    }

    /// Keeps an item; its index.
    fn push(&mut self, start: Start, within: Within) -> usize {
        let ticked = start.tick == Tick::Done;
        let stated = waiver(&start.text);
        let template_item = self.demands.recognise(&start.text);
        let template_item = template_item.or_else(|| self.demands.recognise(stated.as_ref()?.item));
        let withdrawn = !ticked && start.struck.is_some();
        let inherited = || self.items.get(within.parent?)?.waived.clone();
        let waived = match stated {
            _ if ticked => None,
            _ if withdrawn => start.struck,
            // What stands behind `N/A` may be the item itself, and no reason.
            Some(Waiver { reason, item }) if reason == item && template_item.is_some() => Some(String::new()),
            Some(Waiver { reason, .. }) => Some(reason.to_owned()),
            None if start.tick == Tick::Waived => Some(start.reason),
            None => inherited(),
        };
        self.items.push(ReviewItem {
            text: start.text,
            ticked,
            waived,
            withdrawn,
            mark: start.mark,
            mark_span: start.mark_span,
            depth: within.depth,
            parent: within.parent,
            template_item,
            span: start.span,
        });
        self.items.len() - 1
    }
}

impl Start {
    fn is_box(&self) -> bool {
        self.sort == Sort::Box
    }
}

/// Whether a text asks to tick one of what follows.
fn asks_for_one(text: &str) -> bool {
    let text = text.to_lowercase();
    let verbs = ["check", "choose", "select", "pick", "tick", "mark"];
    verbs
        .iter()
        .any(|verb| text.contains(&format!("{verb} one")) || text.contains(&format!("{verb} only one")))
}

/// Whether a list offers outcomes of which one is to be picked, or explains its signs: `PASS`, `CONDITIONAL`, `FAIL`.
fn outcomes(starts: &[Option<Start>], one_of: bool) -> bool {
    let all: Vec<&Start> = starts.iter().flatten().collect();
    let ticked = all.iter().filter(|start| start.tick == Tick::Done).count();
    if all.len() < 2 || ticked > 1 && all.iter().any(|start| start.is_box()) {
        return false;
    }
    let read = |start: &&Start| {
        let text = mark::sign(&start.text).map_or(start.text.as_str(), |sign| sign.rest.trim_start());
        let short = start.is_box() || words::said(text).is_none_or(|(_, rest)| rest.trim().is_empty());
        words::outcome(text).filter(|_| short)
    };
    let found: Vec<bool> = all.iter().filter_map(read).collect();
    let others = all.len() - found.len();
    let different = found.contains(&true) && found.contains(&false);
    one_of || different && (others == 0 || others == 1 && found.len() > 1)
}
