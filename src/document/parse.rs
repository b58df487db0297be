//! The walk over the parser's events that makes a [`Document`].

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, OffsetIter, Tag, TagEnd};

use super::ask::ends;
use super::front_matter::front_matter;
use super::inline::Gatherer;
use super::{
    Block, BlockId, BlockKind, Code, Definition, Document, Heading, HeadingId, Inlines, Item, List, Row, RunKind,
    Swallowed, Table, Task, field, lost,
};
use crate::directive;
use crate::ids::IdList;
use crate::markdown::Dialect;
use crate::source::{Span, Text};

/// Blocks nested deeper than this are kept as bytes without structure, so that no input exhausts the stack.
const MAX_DEPTH: usize = 64;

/// Reads `text` as the host would.
pub fn parse(text: Text, dialect: Dialect) -> Document {
    let source = text.as_str();
    let front_matter = front_matter(source);
    let base = front_matter.map_or(0, |span| span.end);
    let body = source.get(base..).unwrap_or("");
    let events = dialect.parser(body).into_offset_iter();
    let mut definitions: Vec<Definition> = events
        .reference_definitions()
        .iter()
        .map(|(label, definition)| Definition {
            span: Span::from(definition.span.clone()).shifted(base),
            label: label.to_owned(),
            target: definition.dest.to_string(),
            item: None,
        })
        .collect();
    definitions.sort_by_key(|definition| definition.span);
    let mut walk = Walk {
        source,
        base,
        events: events.peekable(),
        document: Document {
            text: text.clone(),
            dialect,
            definitions,
            front_matter,
            ..Document::default()
        },
        depth: 0,
        in_list: 0,
    };
    let blocks = walk.blocks();
    let mut document = walk.document;
    document.blocks = blocks;
    note_unclosed(&mut document);
    document.fields = field::collect(&document);
    document.lost_headings.sort_by_key(|heading| heading.span);
    finish_sections(&mut document);
    document
}

/// Notes the last block where nothing closes it, so that whatever is written behind it belongs to it.
fn note_unclosed(document: &mut Document) {
    let Some((id, last)) = document.blocks.enumerate().next_back() else {
        return;
    };
    let is_fenced = matches!(&last.kind, BlockKind::Code(code) if code.fenced);
    let text = document.text.as_str().get(last.span.start..).unwrap_or("");
    if !(is_fenced || last.is_html()) || ends(document.dialect, text) {
        return;
    }
    let (span, is_html) = (last.span, last.is_html());
    document.unclosed.push(id);
    if is_html {
        lost::in_unclosed(document, span);
    }
}

/// Where each section ends, and which holds it.
pub(super) fn finish_sections(document: &mut Document) {
    let end = document.text.as_str().len();
    let mut open: Vec<HeadingId> = Vec::new();
    for id in document.headings.ids() {
        let (level, start) = (document.headings[id].level, document.headings[id].span.start);
        while let Some(top) = open.pop_if(|top| document.headings[*top].level >= level) {
            document.headings[top].section.end = start;
        }
        document.headings[id].section = Span::new(start, end);
        document.headings[id].parent = open.last().copied();
        open.push(id);
    }
}

struct Walk<'t> {
    source: &'t str,
    base: usize,
    events: Peekable<OffsetIter<'t, pulldown_cmark::DefaultBrokenLinkCallback>>,
    document: Document,
    depth: usize,
    in_list: usize,
}

impl<'t> Walk<'t> {
    fn next(&mut self) -> Option<(Event<'t>, Span)> {
        let (event, range) = self.events.next()?;
        Some((event, self.span(range)))
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.base)
    }

    fn slice(&self, span: Span) -> &'t str {
        self.source.get(span.start..span.end).unwrap_or("")
    }

    /// The blocks up to the end of the block that holds them.
    fn blocks(&mut self) -> IdList<Block> {
        self.blocks_behind(IdList::default())
    }

    /// The same, behind blocks that were taken already.
    fn blocks_behind(&mut self, mut blocks: IdList<Block>) -> IdList<Block> {
        while let Some((event, _)) = self.events.peek() {
            if is_inline(event) {
                if let Some(block) = self.loose_text() {
                    _ = blocks.push(block);
                }
                continue;
            }
            let Some((event, span)) = self.next() else { break };
            match event {
                Event::End(_) => break,
                Event::Start(tag) => {
                    let kind = self.block(tag, span, blocks.next_id());
                    _ = blocks.push(Block { span, kind });
                }
                Event::Rule => {
                    let kind = BlockKind::Rule;
                    _ = blocks.push(Block { span, kind });
                }
                _ => {}
            }
        }
        blocks
    }

    fn nested(&mut self, taken: Vec<Block>) -> Vec<Block> {
        if self.depth >= MAX_DEPTH {
            self.skip();
            return taken;
        }
        self.depth += 1;
        let blocks = self.blocks_behind(taken.into_iter().collect());
        self.depth -= 1;
        blocks.into()
    }

    /// Passes over everything up to the end of the open block.
    fn skip(&mut self) {
        let mut open = 1;
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
    }

    fn block(&mut self, tag: Tag<'t>, span: Span, id: BlockId) -> BlockKind {
        match tag {
            Tag::Heading { level, .. } => self.heading(level, span, id),
            Tag::Paragraph => {
                let inlines = self.inlines(span);
                if self.depth == 0 {
                    lost::in_paragraph(&mut self.document, &inlines, span);
                }
                BlockKind::Paragraph(inlines)
            }
            Tag::CodeBlock(kind) => self.code(kind, span),
            Tag::HtmlBlock => {
                self.skip();
                self.html(span)
            }
            Tag::List(ordered) => BlockKind::List(self.list(ordered)),
            Tag::Table(_) => BlockKind::Table(self.table(span)),
            Tag::BlockQuote(_) => BlockKind::Quote(self.nested(Vec::new())),
            _ => BlockKind::Other(self.nested(Vec::new())),
        }
    }

    fn inlines(&mut self, at: Span) -> Inlines {
        let mut gatherer = Gatherer::default();
        let mut open = 0;
        while let Some((event, span)) = self.next() {
            match &event {
                Event::Start(_) => open += 1,
                Event::End(_) if open == 0 => break,
                Event::End(_) => open -= 1,
                Event::InlineHtml(html) => self.comment(html, span),
                _ => {}
            }
            gatherer.take(&event, span, self.source);
        }
        gatherer.finish(Span::at(at.start))
    }

    /// The text of a tight list item, which has no paragraph of its own.
    fn loose_text(&mut self) -> Option<Block> {
        let mut gatherer = Gatherer::default();
        let mut open = 0;
        while let Some((event, _)) = self.events.peek() {
            if open == 0 && !is_inline(event) {
                break;
            }
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            let (event, span) = self.next()?;
            if let Event::InlineHtml(html) = &event {
                self.comment(html, span);
            }
            gatherer.take(&event, span, self.source);
        }
        let inlines = gatherer.finish(Span::default());
        Some(Block {
            span: inlines.span,
            kind: BlockKind::Paragraph(inlines),
        })
    }

    fn heading(&mut self, level: HeadingLevel, span: Span, block: BlockId) -> BlockKind {
        let inlines = self.inlines(span);
        let text = inlines.plain(&self.document.text);
        let level = level as u8;
        if self.depth > 0 {
            let hiding = if self.in_list > 0 {
                lost::Hiding::List
            } else {
                lost::Hiding::Quote
            };
            lost::push(&mut self.document, span, level, text, hiding);
            return BlockKind::Heading(inlines);
        }
        if let Some(underline) = swallowing_rule(self.slice(span), span, &inlines, &text) {
            self.document.swallowed.push(Swallowed { block, underline });
            return BlockKind::Paragraph(inlines);
        }
        self.document.headings.push(Heading {
            level,
            span,
            name: inlines.span,
            text,
            block,
            section: span,
            parent: None,
        });
        BlockKind::Heading(inlines)
    }

    fn code(&mut self, kind: CodeBlockKind<'t>, span: Span) -> BlockKind {
        let mut body: Option<Span> = None;
        while let Some((event, at)) = self.next() {
            match event {
                Event::Text(_) => body = Some(Span::new(body.map_or(at.start, |body| body.start), at.end)),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let (info, fenced) = match kind {
            CodeBlockKind::Fenced(info) => (info.to_string(), true),
            CodeBlockKind::Indented => (String::new(), false),
        };
        let code = Code {
            info,
            body: body.unwrap_or(Span::at(span.end)),
            fenced,
        };
        lost::in_code(&mut self.document, &code, span);
        BlockKind::Code(code)
    }

    fn html(&mut self, span: Span) -> BlockKind {
        let html = self.slice(span);
        let kind = if self.comments_only(html, span.start) {
            BlockKind::Comment
        } else {
            BlockKind::Html
        };
        if self.depth == 0 {
            lost::in_html(&mut self.document, span);
        }
        kind
    }

    /// Notes the comments of a block of HTML; whether there is nothing else in it.
    fn comments_only(&mut self, html: &str, at: usize) -> bool {
        let (mut done, mut only) = (0, true);
        for comment in directive::comments(html) {
            only &= html
                .get(done..comment.start)
                .is_some_and(|before| before.trim().is_empty());
            done = comment.end;
            self.comment(html.get(comment.start..comment.end).unwrap_or(""), comment.shifted(at));
        }
        only && html.get(done..).is_none_or(|rest| rest.trim().is_empty())
    }

    fn comment(&mut self, html: &str, span: Span) {
        self.document
            .directives
            .extend(directive::parse(html.trim_end(), span.start));
    }

    fn list(&mut self, ordered: Option<u64>) -> List {
        let mut items = Vec::new();
        self.in_list += 1;
        while let Some((event, span)) = self.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.item(span)),
                Event::End(_) => break,
                _ => {}
            }
        }
        self.in_list -= 1;
        List { ordered, items }
    }

    fn item(&mut self, span: Span) -> Item {
        let mut task = self.task();
        let mut blocks = Vec::new();
        if let Some((Event::Start(Tag::Paragraph), range)) = self.events.peek() {
            // In a loose list the box stands inside the item's first paragraph.
            let at = range.clone();
            let at = self.span(at);
            self.events.next();
            task = task.or_else(|| self.task());
            let kind = BlockKind::Paragraph(self.inlines(at));
            blocks.push(Block { span: at, kind });
        }
        let blocks = self.nested(blocks);
        if blocks.is_empty() && task.is_none() {
            let document = &mut self.document;
            let held = document
                .definitions
                .iter_mut()
                .find(|definition| span.contains(definition.span));
            if let Some(definition) = held {
                definition.item = Some(Span::new(span.start, definition.span.start));
            }
        }
        Item { span, task, blocks }
    }

    fn task(&mut self) -> Option<Task> {
        if let Some((Event::TaskListMarker(ticked), range)) = self.events.peek() {
            let (ticked, range) = (*ticked, range.clone());
            self.events.next();
            return Some(Task {
                ticked,
                span: self.span(range),
            });
        }
        None
    }

    fn table(&mut self, at: Span) -> Table {
        let mut rows: Vec<Row> = Vec::new();
        while let Some((event, span)) = self.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Row {
                    span,
                    cells: Vec::new(),
                }),
                Event::Start(Tag::TableCell) => {
                    let cell = self.inlines(span);
                    if let Some(row) = rows.last_mut() {
                        row.cells.push(cell);
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let mut rows = rows.into_iter();
        Table {
            header: rows.next().unwrap_or(Row {
                span: at,
                cells: Vec::new(),
            }),
            rows: rows.collect(),
        }
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::End(_) | Event::Rule | Event::Html(_) | Event::TaskListMarker(_) => false,
        _ => true,
    }
}

/// The underline of a setext heading that nobody meant as one: several lines, fields, or a sentence above `---`.
fn swallowing_rule(slice: &str, span: Span, inlines: &Inlines, text: &str) -> Option<Span> {
    let trimmed = slice.trim_end();
    let line = trimmed.rfind('\n').map(|at| at + 1)?;
    if !trimmed.get(line..)?.trim().bytes().all(|byte| byte == b'-') {
        return None;
    }
    let several = inlines
        .runs
        .iter()
        .any(|run| matches!(run.kind, RunKind::SoftBreak | RunKind::HardBreak));
    let field = inlines.runs.first().is_some_and(|run| run.strong) && text.contains(':');
    let sentence = text.ends_with(['.', ',', ';', ':', '。']);
    (several || field || sentence).then(|| Span::new(span.start + line, span.start + trimmed.len()))
}
