//! The walk over a section's blocks that gathers the items of its checklist.
//!
//! Boxes come first: where there are boxes under a heading, signs without a box, tables and answers at the end of a
//! line are remarks about them. Without boxes they are the checklist.

use super::mark::Sort;
use super::recognise::Demands;
use super::start::{Start, Starts, asks_for_one, outcomes};
use super::table;
use super::waiver::{Waiver, waiver};
use super::words::Tick;
use super::{Mark, ReviewItem, html};
use crate::document::{Block, BlockKind, Document, Inlines, Item, List, Run, RunKind, Table, plain, shown_cells};
use crate::source::Span;
use crate::template::Template;

/// The walk, with what it has found.
pub struct Walk<'d> {
    document: &'d Document,
    starts: Starts<'d>,
    demands: Demands<'d>,
    /// Whether there are boxes under the heading that is read.
    boxed: bool,
    /// The items, in order.
    pub items: Vec<ReviewItem>,
}

/// Where a block stands.
#[derive(Clone, Copy, Default)]
struct Within {
    parent: Option<usize>,
    /// Whether the parent has a box.
    boxed: bool,
}

impl<'d> Walk<'d> {
    /// A walk that has found nothing.
    pub fn new(document: &'d Document, template: &'d Template) -> Self {
        Self {
            document,
            starts: Starts {
                document,
                crosses_fail: false,
            },
            demands: Demands::of(&template.checklist),
            boxed: false,
            items: Vec::new(),
        }
    }

    /// Reads the blocks under one heading.
    pub fn scope(&mut self, blocks: &'d [Block]) {
        let ticks = |block: &Block| self.document.text.get(block.span).contains(['☑', '✅', '✔', '✓', '🗹']);
        self.starts.crosses_fail = blocks.iter().any(ticks);
        self.boxed = blocks.iter().any(|block| self.has_boxes(block));
        self.blocks(blocks, Within::default());
    }

    fn has_boxes(&self, block: &Block) -> bool {
        match &block.kind {
            BlockKind::List(list) => list.items.iter().any(|item| {
                self.starts.start(item).is_some_and(|start| start.is_box())
                    || item.blocks.iter().any(|block| self.has_boxes(block))
            }),
            BlockKind::Paragraph(inlines) => inlines.runs.iter().any(|run| self.starts.input(run).is_some()),
            BlockKind::Html => !html::inputs(self.document.text.get(block.span), block.span.start).is_empty(),
            BlockKind::Quote(blocks) | BlockKind::Other(blocks) => blocks.iter().any(|block| self.has_boxes(block)),
            _ => false,
        }
    }

    fn blocks(&mut self, blocks: &'d [Block], within: Within) {
        let mut before: Option<&Inlines> = None;
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(inlines) => self.lines(inlines, within),
                BlockKind::List(list) => {
                    let one_of = before.is_some_and(|inlines| asks_for_one(&self.document.plain(inlines)));
                    self.list(list, within, one_of);
                }
                BlockKind::Table(table) if !self.boxed => self.table(table, within),
                BlockKind::Quote(blocks) | BlockKind::Other(blocks) => self.blocks(blocks, within),
                BlockKind::Html => self.html(block.span, within),
                _ => {}
            }
            before = block.paragraph();
        }
    }

    fn list(&mut self, list: &'d List, within: Within, one_of: bool) {
        let mut starts: Vec<Option<Start>> = list.items.iter().map(|item| self.starts.start(item)).collect();
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
            starts = self.starts.answers(list);
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
                    Within { parent, boxed }
                }
                None => within,
            };
            let own = usize::from(item.paragraph().is_some());
            self.blocks(item.blocks.get(own..).unwrap_or(&[]), inner);
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
            struck: self.starts.struck(&inlines.runs, ""),
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
            match self.starts.line(line, span) {
                Some(start) => starts.push(start),
                None => {
                    if let Some(start) = starts.last_mut() {
                        let more = plain(line, &self.document.text);
                        if !(start.text.is_empty() || more.is_empty()) {
                            start.text.push(' ');
                        }
                        start.text.push_str(&more);
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
            .filter(|at| line.get(*at).is_some_and(|run| self.starts.input(run).is_some()))
            .collect();
        cuts.insert(0, 0);
        cuts.push(line.len());
        cuts.windows(2)
            .filter_map(|cut| line.get(*cut.first()?..*cut.last()?))
            .collect()
    }

    fn table(&mut self, table: &'d Table, within: Within) {
        for line in table::items(self.document, table) {
            let crossed = line.crossed && self.starts.crosses_fail;
            self.push(
                Start {
                    tick: if crossed { Tick::Open } else { line.tick },
                    mark: Mark::Cell,
                    sort: Sort::Sign,
                    mark_span: line.mark,
                    struck: self.starts.struck(&line.item.runs, ""),
                    text: line.text,
                    reason: line.reason,
                    span: shown_cells(self.document, line.row),
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
        let stated = (!ticked).then(|| waiver(&start.text)).flatten();
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
            template_item,
            span: start.span,
        });
        self.items.len() - 1
    }
}
