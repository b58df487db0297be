//! Fields: a key and its value, in every form that people write them.

#[cfg(test)]
mod tests;

use super::inline::{folded, plain, shown};
use super::{Block, BlockId, BlockKind, Document, Inlines, Item, Run, RunKind};
use crate::ids::IdList;
use crate::source::{Span, Text};

/// A key and what is written for it.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key as a reader reads it, without its colon.
    pub key: String,
    /// The key's bytes.
    pub key_span: Span,
    /// The value as a reader reads it; empty where it follows as a list, a table or code.
    pub value: String,
    /// The value's bytes, or the place behind the colon.
    pub value_span: Span,
    /// Key and value.
    pub span: Span,
    /// How it is written.
    pub carrier: Carrier,
    /// The top-level block that it stands in. Front matter counts to the first one, where there is one.
    pub block: Option<BlockId>,
    /// The next block, where that is the value: a list, a table, code, a paragraph.
    pub follows: Option<BlockId>,
}

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// `**Key**: value`, a line of a paragraph.
    Strong,
    /// `Key: value`, a line of a paragraph in front of the first section.
    Plain,
    /// `- **Key**: value`.
    StrongItem,
    /// `- Key: value`.
    PlainItem,
    /// A row of a table of two columns.
    Row,
    /// A line of the front matter.
    FrontMatter,
}

/// The longest key that is still a key and not the start of a sentence.
const MAX_PLAIN_KEY: usize = 48;

/// All fields of the document, in order.
pub(super) fn collect(document: &Document) -> IdList<Field> {
    let mut fields = front_matter(document);
    let (blocks, first) = (document.blocks.ids(), document.blocks.ids().first());
    let mut headings = document.headings.iter();
    let preamble = headings
        .find(|heading| heading.level > 1 || Some(heading.block) != first && document.title().is_none())
        .map_or(blocks, |heading| blocks.before(heading.block));
    for (id, block) in document.blocks.enumerate() {
        let before = fields.len();
        of_block(&document.text, block, id, preamble.contains(id), &mut fields);
        let next = blocks.behind(id).first();
        let value = next.filter(|next| is_value(&document.blocks[*next], document));
        let own = fields.len() > before;
        if let Some(last) = fields.last_mut().filter(|_| own) {
            last.follows = value.filter(|_| last.value.is_empty() && last.carrier == Carrier::Strong);
        }
    }
    fields.into_iter().collect()
}

/// Whether a block can be the value of the field that stands in front of it.
fn is_value(block: &Block, document: &Document) -> bool {
    match &block.kind {
        BlockKind::List(_) | BlockKind::Table(_) | BlockKind::Code(_) | BlockKind::Quote(_) | BlockKind::Other(_) => {
            true
        }
        BlockKind::Html => true,
        BlockKind::Paragraph(inlines) => StrongKey::of(&document.text, &inlines.runs).is_none(),
        BlockKind::Heading(_) | BlockKind::Rule | BlockKind::Comment => false,
    }
}

fn of_block(text: &Text, block: &Block, id: BlockId, header: bool, fields: &mut Vec<Field>) {
    match &block.kind {
        BlockKind::Paragraph(inlines) => of_paragraph(text, inlines, id, header, fields),
        BlockKind::List(list) => {
            for item in &list.items {
                of_item(text, item, id, fields);
            }
        }
        BlockKind::Quote(blocks) => {
            for block in blocks {
                of_block(text, block, id, header, fields);
            }
        }
        BlockKind::Table(table) if table.header.cells.len() == 2 => {
            for row in std::iter::once(&table.header).chain(&table.rows) {
                if let [key, value] = row.cells.as_slice() {
                    fields.extend(of_cells(text, key, value, id));
                }
            }
        }
        _ => {}
    }
}

fn of_item(text: &Text, item: &Item, id: BlockId, fields: &mut Vec<Field>) {
    let Some(inlines) = item.paragraph() else { return };
    let carrier = |field: Field, carrier| Field { carrier, ..field };
    if let Some(key) = StrongKey::of(text, &inlines.runs) {
        let found = field(text, inlines, key, inlines.runs.len(), inlines.span.end, id);
        fields.push(carrier(found, Carrier::StrongItem));
    } else if let Some(found) = plain_field(text, &inlines.runs, inlines.span.end, id) {
        fields.push(carrier(found, Carrier::PlainItem));
    }
    for block in item.blocks.iter().skip(1) {
        of_block(text, block, id, false, fields);
    }
}

/// The fields of a paragraph: each begins a line, and runs on until the next one begins.
fn of_paragraph(text: &Text, inlines: &Inlines, id: BlockId, header: bool, fields: &mut Vec<Field>) {
    let key = |start: usize| Some((start, StrongKey::of(text, inlines.runs.get(start..)?)?));
    let mut keys = line_starts(&inlines.runs).filter_map(key).peekable();
    let any = keys.peek().is_some();
    while let Some((start, key)) = keys.next() {
        let end = keys.peek().map_or(inlines.runs.len(), |(next, _)| *next);
        fields.push(field(text, inlines, key, end - start, line_end(inlines, end), id));
    }
    if !any && header {
        let lines = line_starts(&inlines.runs).filter_map(|start| {
            let line = inlines.runs.get(start..)?.split(is_break).next()?;
            plain_field(text, line, line_end(inlines, start + line.len() + 1), id)
        });
        fields.extend(lines);
    }
}

/// Where the text ends in front of the run `next`, which begins a line: with the marks that close there.
fn line_end(inlines: &Inlines, next: usize) -> usize {
    let last = next.checked_sub(1).filter(|_| next < inlines.runs.len());
    let end = last.and_then(|last| inlines.runs.get(last));
    end.map_or(inlines.span.end, |end| end.span.start)
}

fn line_starts(runs: &[Run]) -> impl Iterator<Item = usize> + '_ {
    let after_break = runs
        .iter()
        .enumerate()
        .filter(|(_, run)| is_break(run))
        .map(|(at, _)| at + 1);
    std::iter::once(0).chain(after_break)
}

fn is_break(run: &Run) -> bool {
    matches!(run.kind, RunKind::SoftBreak | RunKind::HardBreak)
}

/// A key in bold. The colon may stand in the bold or behind it.
struct StrongKey<'r> {
    /// The runs that the key and what follows it are in.
    runs: &'r [Run],
    /// How many of them are the key's.
    count: usize,
    /// The key as a reader reads it, without its colon.
    name: String,
    /// Whether the colon is in bold.
    inside: bool,
}

impl<'r> StrongKey<'r> {
    /// The key that the runs begin with, if there is one.
    fn of(text: &'r Text, runs: &'r [Run]) -> Option<Self> {
        let count = runs.iter().take_while(|run| run.strong && !is_break(run)).count();
        if count == 0 {
            return None;
        }
        let (key, rest) = runs.split_at_checked(count)?;
        let shown = shown(key, text);
        let name = shown.trim_end_matches(COLONS);
        let inside = name.len() < shown.len();
        let behind = || {
            rest.first()
                .is_some_and(|run| run.text(text).trim_start().starts_with(COLONS))
        };
        let name = name.trim_end();
        (!name.is_empty() && (inside || behind())).then(|| Self {
            runs,
            count,
            name: name.to_owned(),
            inside,
        })
    }
}

const COLONS: [char; 2] = [':', '：'];

/// The field whose key begins a line, which has so many runs and ends in front of the byte `end`.
fn field(text: &Text, inlines: &Inlines, key: StrongKey<'_>, runs: usize, end: usize, block: BlockId) -> Field {
    let StrongKey { name, inside, .. } = key;
    let line = key.runs.get(..runs).unwrap_or(key.runs);
    let (key, rest) = line.split_at_checked(key.count).unwrap_or((line, &[]));
    let key_span = span_of(key);
    let all = shown(rest, text);
    // The bytes behind the key: closing marks of the bold, the colon, white space; then the value.
    let link = |run: &Run| inlines.links.get(run.link?).map(|link| link.span);
    let marks = key.last().and_then(link).map_or(key_span.end, |link| link.end);
    let first = rest
        .first()
        .map(|run| link(run).map_or(run.span.start, |link| link.start));
    let closing = text.get(Span::new(marks, first.unwrap_or(end).max(marks)));
    let behind = marks + (closing.len() - closing.trim_start_matches(['*', '_', '~']).len());
    let closed = text.get(Span::new(behind, end.max(behind)));
    let lead = behind_colon(closed, inside);
    let start = end.max(behind) - lead.len();
    let value_span = Span::new(start, start + lead.trim_end().len());
    Field {
        key: name,
        key_span,
        value: behind_colon(&all, inside).trim_end().to_owned(),
        value_span,
        span: Span::new(key_span.start, value_span.end),
        carrier: Carrier::Strong,
        block: Some(block),
        follows: None,
    }
}

/// What stands behind the colon, if it was not part of the key.
fn behind_colon(text: &str, inside: bool) -> &str {
    let text = text.trim_start();
    if inside {
        text
    } else {
        text.trim_start_matches(COLONS).trim_start()
    }
}

fn span_of(runs: &[Run]) -> Span {
    match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}

/// `Key: value` without any marks, up to the byte at `end`.
fn plain_field(text: &Text, runs: &[Run], end: usize, block: BlockId) -> Option<Field> {
    let first = runs
        .first()
        .filter(|run| run.kind == RunKind::Text && run.link.is_none() && !run.strong)?;
    let line = text.get(first.span);
    // A search for one character is much faster than one for two.
    let colon = line.find(':').into_iter().chain(line.find('：')).min()?;
    let (key, behind) = line.split_at_checked(colon)?;
    let mark = behind.chars().next()?.len_utf8();
    let rest = behind.get(mark..)?;
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace) || mark > 1;
    let key = key.trim_end();
    let sentence = key.contains(['.', '?', '!', ',', ';', '[', ']', '{', '}']) || key.split_whitespace().count() > 5;
    if key.is_empty() || !spaced || sentence || key.len() > MAX_PLAIN_KEY {
        return None;
    }
    let behind_at = first.span.start + colon + mark;
    let value = text.get(Span::new(behind_at, end));
    let start = behind_at + (value.len() - value.trim_start().len());
    let shown = plain(runs, text);
    let shown = shown.get(shown.find(COLONS)? + mark..).unwrap_or("").trim();
    Some(Field {
        key: folded(key),
        key_span: Span::new(first.span.start, first.span.start + key.len()),
        value: shown.to_owned(),
        value_span: Span::new(start, start + value.trim().len()),
        span: Span::new(first.span.start, start + value.trim().len()),
        carrier: Carrier::Plain,
        block: Some(block),
        follows: None,
    })
}

fn of_cells(text: &Text, key: &Inlines, value: &Inlines, block: BlockId) -> Option<Field> {
    let name = key.plain(text).trim_end_matches(COLONS).trim_end().to_owned();
    (!name.is_empty()).then(|| Field {
        key: name,
        key_span: key.span,
        value: value.plain(text),
        value_span: value.span,
        span: Span::new(key.span.start, value.span.end),
        carrier: Carrier::Row,
        block: Some(block),
        follows: None,
    })
}

/// The lines `key: value` of front matter. Values of more than one line are somebody else's business: the header of a
/// document is flat, and a YAML parser would only be needed for what is not read here.
fn front_matter(document: &Document) -> Vec<Field> {
    let Some(area) = document.front_matter else {
        return Vec::new();
    };
    let mut fields = Vec::new();
    let mut offset = area.start;
    for line in document.text.get(area).split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let separator = line.find([':', '=']).filter(|_| line.starts_with(char::is_alphabetic));
        let Some((key, rest)) = separator.and_then(|at| line.split_at_checked(at)) else {
            continue;
        };
        let raw = rest.get(1..).unwrap_or("").trim_end_matches(['\r', '\n']);
        let value = raw.trim();
        let at = start + key.len() + 1 + (raw.len() - raw.trim_start().len());
        fields.push(Field {
            key: key.trim_end().to_owned(),
            key_span: Span::new(start, start + key.trim_end().len()),
            value: value.trim_matches(['"', '\'']).to_owned(),
            value_span: Span::new(at, at + value.len()),
            span: Span::new(start, at + value.len()),
            carrier: Carrier::FrontMatter,
            block: document.blocks.ids().first(),
            follows: None,
        });
    }
    fields
}
