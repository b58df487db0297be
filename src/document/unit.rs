//! Units: the smallest parts of a section that can be filled in or left as they were.
//!
//! A field's line, a paragraph, a list item, a code block, a table's row. A template and a document are compared
//! unit by unit.

use super::inline::{folded, plain};
use super::{Block, BlockKind, Document, Field, FieldId, Inlines, Item, Link, Run, RunKind};
use crate::source::Span;

/// A part of a section, as a reader reads it.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: UnitKind,
    /// Its text, white space folded; for code the code.
    pub text: String,
    /// How many lists it stands in: 0 for what is no item, 1 for an item of a list, 2 for an item below an item.
    pub depth: u8,
    /// The `[bracketed]` texts in it that are no links, with their brackets.
    pub brackets: Vec<Span>,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// A field with a value.
    Field(FieldId),
    /// A field whose value stands below it, or nowhere.
    Label(FieldId),
    /// Text that is no field.
    Prose,
    /// A list item; tasks have their box.
    Item {
        /// Whether the item is a task, and ticked.
        task: Option<bool>,
    },
    /// A code block.
    Code,
    /// A table's header.
    Header,
    /// Another row of a table.
    Row,
    /// An image or HTML: something that is shown and cannot be read.
    Picture,
}

/// The units of some top-level blocks of `document`, in order.
pub fn units(document: &Document, blocks: &[Block]) -> Vec<Unit> {
    let mut gathered = Vec::new();
    for block in blocks {
        of_block(document, block, 0, &mut gathered);
    }
    gathered
}

fn of_block(document: &Document, block: &Block, depth: u8, units: &mut Vec<Unit>) {
    match &block.kind {
        BlockKind::Paragraph(inlines) => of_paragraph(document, inlines, depth, units),
        BlockKind::Heading(inlines) => {
            units.extend(prose(document, inlines.span, &inlines.runs, &inlines.links, depth))
        }
        BlockKind::List(list) => {
            for item in &list.items {
                of_item(document, item, depth.saturating_add(1), units);
            }
        }
        BlockKind::Table(table) => {
            for (index, row) in std::iter::once(&table.header).chain(&table.rows).enumerate() {
                let cells: Vec<String> = row.cells.iter().map(|cell| document.plain(cell)).collect();
                units.push(Unit {
                    span: row.span,
                    kind: if index == 0 { UnitKind::Header } else { UnitKind::Row },
                    text: cells.join(" | "),
                    depth,
                    brackets: row.cells.iter().flat_map(|cell| brackets(document, cell)).collect(),
                });
            }
        }
        BlockKind::Code(code) => units.push(Unit {
            span: block.span,
            kind: UnitKind::Code,
            text: folded(document.text.get(code.body)),
            depth,
            brackets: square(document.text.get(code.body), code.body.start),
        }),
        BlockKind::Quote(blocks) | BlockKind::Other(blocks) => {
            for block in blocks {
                of_block(document, block, depth, units);
            }
        }
        BlockKind::Html => units.push(Unit {
            span: block.span,
            kind: UnitKind::Picture,
            text: folded(document.text.get(block.span)),
            depth,
            brackets: Vec::new(),
        }),
        BlockKind::Rule | BlockKind::Comment => {}
    }
}

fn of_paragraph(document: &Document, inlines: &Inlines, depth: u8, units: &mut Vec<Unit>) {
    let fields = fields_in(document, inlines.span);
    let first = fields
        .clone()
        .next()
        .map_or(inlines.span.end, |(_, field)| field.span.start);
    let (runs, _) = (inlines.runs).split_at(inlines.runs.iter().take_while(|run| run.span.start < first).count());
    if !runs.is_empty() {
        let span = Span::new(inlines.span.start, runs.last().map_or(first, |run| run.span.end));
        units.extend(prose(document, span, runs, &inlines.links, depth));
    } else if fields.clone().next().is_none() {
        units.extend(prose(document, inlines.span, &inlines.runs, &inlines.links, depth));
    }
    let mut open: Option<Vec<Span>> = None;
    for (id, field) in fields {
        let open = open.get_or_insert_with(|| brackets(document, inlines));
        units.push(Unit {
            span: field.span,
            kind: if field.value.is_empty() {
                UnitKind::Label(id)
            } else {
                UnitKind::Field(id)
            },
            text: [field.key.as_str(), ": ", &field.value].concat(),
            depth,
            brackets: within(open, field.value_span).to_vec(),
        });
    }
}

/// The brackets, which stand in their order and never in each other, that lie in `span`.
fn within(brackets: &[Span], span: Span) -> &[Span] {
    let first = brackets.partition_point(|bracket| bracket.start < span.start);
    let end = brackets.partition_point(|bracket| bracket.end <= span.end);
    brackets.get(first..end).unwrap_or(&[])
}

/// The fields of the paragraph at `span`.
fn fields_in(document: &Document, span: Span) -> impl Iterator<Item = (FieldId, &Field)> + Clone {
    let (_, rest) = document.fields.partition(|field| field.span.start < span.start);
    let fields = rest.iter().map(|id| (id, &document.fields[id]));
    fields.take_while(move |(_, field)| field.span.start < span.end)
}

fn prose(document: &Document, span: Span, runs: &[Run], links: &[Link], depth: u8) -> Option<Unit> {
    let text = plain(runs, &document.text);
    let picture = text.is_empty() && links.iter().any(|link| link.image);
    (picture || !text.is_empty()).then(|| Unit {
        span,
        kind: if picture { UnitKind::Picture } else { UnitKind::Prose },
        text,
        depth,
        brackets: brackets_in(document, span, runs, links),
    })
}

fn of_item(document: &Document, item: &Item, depth: u8, units: &mut Vec<Unit>) {
    let (mut text, mut found, mut end) = (String::new(), Vec::new(), item.span.start);
    if let Some(inlines) = item.paragraph() {
        (text, found, end) = (document.plain(inlines), brackets(document, inlines), inlines.span.end);
    }
    // An item that holds only a link reference definition shows nothing; what it was meant to say still counts.
    let first = document
        .definitions
        .partition_point(|definition| definition.span.start < item.span.start);
    let (_, behind) = document.definitions.split_at(first);
    let definition = behind
        .iter()
        .take_while(|definition| definition.span.start < item.span.end)
        .find(|definition| definition.item.is_some() && item.span.contains(definition.span));
    if let Some(definition) = definition.filter(|_| item.blocks.is_empty()) {
        text = folded(document.text.get(definition.span));
        found = square(document.text.get(definition.span), definition.span.start);
        end = definition.span.end;
    }
    if !text.is_empty() || item.task.is_some() {
        units.push(Unit {
            span: Span::new(item.span.start, end),
            kind: UnitKind::Item {
                task: item.task.map(|task| task.ticked),
            },
            text,
            depth,
            brackets: found,
        });
    }
    let rest = usize::from(item.paragraph().is_some());
    for block in item.blocks.iter().skip(rest) {
        of_block(document, block, depth, units);
    }
}

/// What templates put around the text that is to be filled in.
const FAMILIES: [(u8, u8); 3] = [(b'[', b']'), (b'{', b'}'), (b'<', b'>')];

/// HTML that people write between their words; what else stands in `<…>` may be a placeholder.
const TAGS: &str = "a abbr b big blockquote br center code dd del details div dl dt em font h1 h2 h3 h4 h5 h6 hr i img \
                    input ins kbd li mark ol p pre q s small span strong sub summary sup table tbody td th thead tr u ul";

/// The bracketed texts of some inlines that are neither links nor escaped; `<…>` may be, for HTML would hide it.
pub fn brackets(document: &Document, inlines: &Inlines) -> Vec<Span> {
    brackets_in(document, inlines.span, &inlines.runs, &inlines.links)
}

fn brackets_in(document: &Document, area: Span, runs: &[Run], links: &[Link]) -> Vec<Span> {
    let source = document.text.get(area);
    bracketed(source)
        .map(|span| span.shifted(area.start))
        .filter(|span| {
            let run = runs.partition_point(|run| run.span.start <= span.start);
            let kind = run.checked_sub(1).and_then(|run| runs.get(run)).map(|run| run.kind);
            // The first text begins behind its backslash.
            let before = document.text.as_str().get(..span.start).unwrap_or("");
            let escaped = (before.len() - before.trim_end_matches('\\').len()) % 2 == 1;
            let linked = links.iter().any(|link| link.span.contains(*span));
            let shown = match document.text.get(*span).chars().next() {
                Some('<') => matches!(kind, Some(RunKind::Html)) || escaped,
                Some('{') => matches!(kind, Some(RunKind::Text)) && !escaped,
                _ => matches!(kind, Some(RunKind::Text | RunKind::Code)) && !escaped,
            };
            shown && !linked
        })
        .collect()
}

/// The texts in square brackets of a text whose first byte is at `at`: in code, other brackets are the language's.
fn square(text: &str, at: usize) -> Vec<Span> {
    let of_family = |span: &Span| text.get(span.start..).is_some_and(|rest| rest.starts_with('['));
    bracketed(text).filter(of_family).map(|span| span.shifted(at)).collect()
}

/// Where the first opening bracket stands. All of them are ASCII: a search among bytes finds them, several at once.
fn opening(bytes: &[u8]) -> Option<usize> {
    let opens = |byte: &u8| matches!(byte, b'[' | b'{' | b'<');
    let (blocks, _) = bytes.as_chunks::<16>();
    let none = |block: &&[u8; 16]| !block.iter().fold(false, |any, byte| any | opens(byte));
    let passed = 16 * blocks.iter().take_while(none).count();
    let rest = bytes.get(passed..)?;
    Some(passed + rest.iter().position(opens)?)
}

/// Everything in brackets of some family in a text, without footnotes, boxes, admonitions and HTML tags.
pub fn bracketed(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let open = from + opening(text.as_bytes().get(from..)?)?;
            let mark = *text.as_bytes().get(open)?;
            let (_, closing) = FAMILIES.iter().find(|(open, _)| *open == mark)?;
            from = open + 1;
            let inner = text.get(from..)?;
            let ends = |byte: &u8| *byte == mark || byte == closing;
            let close = inner.bytes().position(|byte| ends(&byte));
            let Some(close) = close.filter(|close| inner.as_bytes().get(*close) == Some(closing)) else {
                continue;
            };
            let name = inner.get(..close)?;
            let blank_line = name.contains("\n\n") || name.contains("\n\r\n");
            if name.trim().is_empty() || name.starts_with(['^', '!', '/', '#', '{']) || blank_line || name.len() > 600 {
                continue;
            }
            if mark == b'<' && TAGS.split(' ').any(|tag| name.split([' ', '/']).next() == Some(tag)) {
                continue;
            }
            from += close + 1;
            return Some(Span::new(open, from));
        }
    })
}
