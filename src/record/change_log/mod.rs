//! The change log that people wrote, whatever form it has: a table, a list, or a heading for each version.
//!
//! What is read keeps its words and its bytes. A row read wrongly is worse than a log not recognised: where it is not
//! plain what a table or a list is, nothing is read. Nothing here judges what a row says.

mod columns;
mod head;
mod label;
mod list;
mod log;
mod names;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod versions;

use label::Label;
pub use log::{ChangeLog, ColumnRole, Direction, LogColumn, LogForm, LogRow};
use names::Name;
use table::LogTable;

use crate::document::{Block, BlockKind, Document, Heading, HeadingId, List};
use crate::ids::{IdList, Ids};
use crate::outline::{Found, Node, Outline};
use crate::source::Span;
use crate::template::{CHANGE_LOG, Template};

/// The template's section for the change log: a team's own template may name it `Revision History`.
pub fn section<'o>(outline: &'o Outline, template: &Template) -> Option<&'o Node> {
    let named = || {
        let is_log = |node: &&Node| {
            let spec = node.spec(template);
            spec.depth == 1 && names::name(&spec.title) == Name::Log
        };
        outline.nodes.iter().find(is_log)
    };
    outline
        .section(template, CHANGE_LOG)
        .map(|(_, node)| node)
        .or_else(named)
}

/// Reads the change log of a document.
pub fn read(reader: super::Reader<'_>) -> Option<ChangeLog> {
    let super::Reader {
        document,
        outline,
        template,
    } = reader;
    let node = section(outline, template);
    let own = node.and_then(|node| node.heading);
    let sure = node.is_some_and(|node| matches!(node.found, Found::Name | Found::Misspelt));
    let end = outline.footer_start(document);
    let reader = LogFinder {
        document,
        names: names_of(outline, own.filter(|_| sure)),
        own,
        end: end.unwrap_or(document.text.as_str().len()),
    };
    let found = joined(reader.found(document.headings.ids()));
    // A section of its own counts before anything that only looks like one, rows count before none.
    let surely = found.iter().any(|found| found.name == Name::Log);
    let best = found
        .into_iter()
        .filter(|found| found.name == Name::Log || !surely)
        .min_by_key(|found| (found.log.rows.is_empty(), !found.own, found.name != Name::Log));
    best.map(|best| best.log)
}

/// Whether anything in the section with these headings could be read as a change log in any document that has it at the
/// top.
pub fn may_hold_log(document: &Document, headings: Ids<Heading>) -> bool {
    let name = |(id, heading): (HeadingId, &Heading)| match headings.contains(id) {
        true => names::name(&heading.text),
        false => Name::Silent,
    };
    let reader = LogFinder {
        document,
        own: None,
        end: document.text.as_str().len(),
        names: document.headings.map(name),
    };
    reader.names.contains(&Name::Log) || !reader.found(headings).is_empty()
}

/// Whether a normalised name says that a change log follows.
pub fn names_log(name: &str) -> bool {
    names::of_normalised(name) == Name::Log
}

/// The candidates, those in one section with the same columns as one log: a table for each year.
fn joined(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut logs: Vec<Candidate> = Vec::with_capacity(found.len());
    for next in found {
        match logs.last_mut() {
            Some(last) if last.goes_on(&next) => {
                last.log.span.end = next.log.span.end;
                last.log.bottom = next.log.bottom;
                last.log.rows.extend(next.log.rows);
                last.log.direction = rows::direction(&last.log.rows);
            }
            _ => logs.push(next),
        }
    }
    logs
}

/// What the headings say. The one that is the template's section says it, whatever its name.
fn names_of(outline: &Outline, own: Option<HeadingId>) -> IdList<Name, Heading> {
    let name = |(id, name): (HeadingId, &String)| match own == Some(id) {
        true => Name::Log,
        false => names::of_normalised(name),
    };
    outline.names.headings.map(name)
}

/// A log that was found, and how surely it is one.
struct Candidate {
    log: ChangeLog,
    name: Name,
    /// Whether it stands in the template's section.
    own: bool,
    /// The heading above it that says that it is a change log.
    section: Option<HeadingId>,
}

impl Candidate {
    fn goes_on(&self, next: &Self) -> bool {
        let headers = |log: &ChangeLog| {
            log.columns
                .iter()
                .map(|column| column.header.clone())
                .collect::<Vec<_>>()
        };
        let table = |log: &ChangeLog| matches!(log.form, LogForm::Table | LogForm::LooseTable);
        self.section.is_some()
            && self.section == next.section
            && table(&self.log)
            && table(&next.log)
            && headers(&self.log) == headers(&next.log)
    }
}

struct LogFinder<'d> {
    document: &'d Document,
    names: IdList<Name, Heading>,
    /// The heading of the template's section.
    own: Option<HeadingId>,
    /// Where the footer begins.
    end: usize,
}

impl LogFinder<'_> {
    /// Everything below some headings that can be read as a change log, in order; with what stands above the first one.
    fn found(&self, headings: Ids<Heading>) -> Vec<Candidate> {
        let mut found = Vec::new();
        let document = self.document;
        if document.headings.ids().until(headings).is_empty() {
            let (first, blocks) = (document.headings.first(), document.blocks.ids());
            let above = first.map_or(blocks, |first| blocks.before(first.block));
            self.part(None, &document.blocks[above], 0, &mut found);
        }
        // Each heading with what stands below it up to the next one.
        for heading in headings {
            let part = &document.blocks[document.own_blocks(heading)];
            let before = found.len();
            self.part(Some(heading), part, 0, &mut found);
            if self.names[heading] == Name::Log {
                let log = versions::read(self.document, heading, self.end);
                self.push(&mut found, Some(heading), None, log);
                let log = versions::read_lines(self.document, part, self.end);
                if let Some(log) = &log {
                    // The items below a line are what it says, even where each has its day.
                    let own = found.split_off(before);
                    let below = |one: &Candidate| one.log.form == LogForm::List && log.span.contains(one.log.span);
                    found.extend(own.into_iter().filter(|one| !below(one)));
                }
                self.push(&mut found, Some(heading), None, log);
            }
        }
        found
    }

    /// The tables and lists in some blocks that stand under one heading.
    fn part(&self, heading: Option<HeadingId>, blocks: &[Block], depth: usize, found: &mut Vec<Candidate>) {
        if self.is_about_else(heading) {
            return;
        }
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            let mut next = at + 1;
            match &block.kind {
                BlockKind::Table(_) | BlockKind::Paragraph(_) => {
                    if let Some(grid) = table::grid(self.document, blocks, at) {
                        next = grid.next.max(next);
                        let label = grid.label.clone().or_else(|| self.label(blocks, at));
                        let name = self.name(heading, label.as_ref());
                        let log = self.of_grid(grid, name, label.as_ref());
                        self.push(found, heading, label.as_ref(), log);
                    }
                }
                BlockKind::List(_) => {
                    let lists = blocks.get(at..).unwrap_or(&[]).iter().map_while(as_list);
                    next = at + lists.clone().count();
                    let label = self.label(blocks, at);
                    if self.name(heading, label.as_ref()) == Name::Log {
                        let log = list::read(self.document, &lists.collect::<Vec<_>>());
                        self.push(found, heading, label.as_ref(), log);
                    }
                }
                BlockKind::Quote(inner) if depth < 8 => self.part(heading, inner, depth + 1, found),
                _ => {}
            }
            at = next;
        }
    }

    fn of_grid(&self, mut grid: LogTable, name: Name, label: Option<&Label>) -> Option<ChangeLog> {
        let told = label.is_some_and(|label| label.name <= Name::Deeds);
        let fits = match name {
            Name::Log => grid.columns.fit_named(),
            Name::Hint => grid.ruled && !told && grid.columns.fit_hinted(),
            Name::Silent => grid.ruled && !told && grid.columns.fit_alone(),
            Name::Other | Name::Deeds => false,
        };
        if !fits || !grid.is_plausible(name == Name::Log) {
            return None;
        }
        if name == Name::Log {
            grid.columns.take_the_rest();
        }
        Some(grid.into_log(self.document))
    }

    fn push(
        &self,
        found: &mut Vec<Candidate>,
        heading: Option<HeadingId>,
        label: Option<&Label>,
        log: Option<ChangeLog>,
    ) {
        let Some(mut log) = log else { return };
        log.heading = heading;
        let headings = &self.document.headings;
        let in_own = |own: HeadingId| headings[own].section.contains(Span::at(log.span.start));
        let own = self.own.is_some_and(in_own);
        let name = self.name(heading, label);
        if name >= Name::Silent {
            let mut section = heading;
            while let Some(id) = section.filter(|id| self.names[*id] != Name::Log) {
                section = headings[id].parent;
            }
            found.push(Candidate {
                log,
                name,
                own,
                section,
            });
        }
    }

    /// Whether a heading above a place says that what stands there is something else, whatever a label says.
    fn is_about_else(&self, heading: Option<HeadingId>) -> bool {
        let title = self.title();
        std::iter::successors(heading, |id| self.document.headings[*id].parent)
            .any(|id| Some(id) != title && self.names[id] == Name::Other)
    }

    fn title(&self) -> Option<HeadingId> {
        let first = self.document.headings.ids().first();
        first.filter(|_| self.document.title().is_some())
    }

    /// What the headings above a place and the label in front of it say together.
    fn name(&self, heading: Option<HeadingId>, label: Option<&Label>) -> Name {
        let mut name = Name::Silent;
        if let Some(label) = label {
            if label.bold && label.name <= Name::Deeds {
                return Name::Other;
            }
            name = name.max(label.name);
        }
        let title = self.title();
        let mut above = heading;
        while let Some(id) = above {
            let says = self.names[id];
            let nearest = heading == Some(id);
            // The title names the document: what it is about is no other thing, and what it says holds for the text
            // directly below it alone.
            if title != Some(id) {
                if says == Name::Other || says == Name::Deeds && nearest && name == Name::Silent {
                    return Name::Other;
                }
                name = name.max(says);
            } else if nearest {
                name = name.max(says);
            }
            above = self.document.headings[id].parent;
        }
        name
    }

    /// The line directly above the block at `at`, where it is a label and no sentence.
    fn label(&self, blocks: &[Block], at: usize) -> Option<Label> {
        let before = blocks
            .get(..at)?
            .iter()
            .rev()
            .find(|block| !matches!(block.kind, BlockKind::Comment))?;
        match &before.kind {
            BlockKind::Paragraph(inlines) => Label::of_last_line(self.document, inlines),
            BlockKind::Html => Label::of_html(self.document.text.get(before.span)),
            _ => None,
        }
    }
}

fn as_list(block: &Block) -> Option<&List> {
    match &block.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    }
}
