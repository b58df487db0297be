//! A document that spreads over several chapters: each parsed on its own, then read as one.

use super::parse::finish_sections;
use super::{Block, BlockKind, Document, Field, Heading, Inlines, Item};
use crate::markdown::Dialect;
use crate::source::{Span, Text};

/// A chapter as a part of a larger document.
#[derive(Debug)]
pub struct Chapter {
    /// What is written in it.
    pub document: Document,
    /// By how many levels its headings stand deeper in the whole.
    pub deeper: u8,
    /// The heading that it gets where it has no title of its own.
    pub name: Option<String>,
}

/// Several chapters as one document, in their order.
pub fn join(chapters: Vec<Chapter>) -> Document {
    let texts: Vec<Text> = chapters.iter().map(|chapter| chapter.document.text.clone()).collect();
    let (text, starts) = Text::joined(&texts);
    let mut whole = Document {
        text,
        chapters: starts.clone(),
        deeper: chapters.iter().map(|chapter| chapter.deeper).collect(),
        dialect: chapters
            .first()
            .map_or_else(Dialect::default, |chapter| chapter.document.dialect),
        ..Document::default()
    };
    for (chapter, at) in chapters.into_iter().zip(starts) {
        append(&mut whole, chapter, at);
    }
    finish_sections(&mut whole);
    whole
}

/// Puts a chapter behind what is there; its spans become those of the whole, in which it begins at `at`.
fn append(whole: &mut Document, chapter: Chapter, at: usize) {
    let Chapter {
        mut document,
        deeper,
        name,
    } = chapter;
    if let Some(name) = name.filter(|_| document.title().is_none()) {
        push_name(whole, name, deeper, at);
    }
    let blocks = whole.blocks.next_id();
    whole
        .unclosed
        .extend(document.unclosed.iter().map(|block| block.moved(blocks)));
    document.blocks.iter_mut().for_each(|block| shift_block(block, at));
    whole.blocks.extend(document.blocks);
    whole
        .headings
        .extend(document.headings.into_iter().map(|heading| Heading {
            level: (heading.level + deeper).min(6),
            span: heading.span.shifted(at),
            name: heading.name.shifted(at),
            block: heading.block.moved(blocks),
            ..heading
        }));
    whole.fields.extend(document.fields.into_iter().map(|field| Field {
        key_span: field.key_span.shifted(at),
        value_span: field.value_span.shifted(at),
        span: field.span.shifted(at),
        block: field.block.map(|block| block.moved(blocks)),
        follows: field.follows.map(|follows| follows.moved(blocks)),
        ..field
    }));
    whole
        .directives
        .extend(document.directives.into_iter().map(|mut directive| {
            directive.span = directive.span.shifted(at);
            directive.word_span = directive.word_span.shifted(at);
            directive
        }));
    whole
        .definitions
        .extend(document.definitions.into_iter().map(|mut definition| {
            definition.span = definition.span.shifted(at);
            definition.item = definition.item.map(|item| item.shifted(at));
            definition
        }));
    whole
        .lost_headings
        .extend(document.lost_headings.into_iter().map(|lost| lost.shifted(at)));
    whole
        .swallowed
        .extend(document.swallowed.into_iter().map(|mut swallowed| {
            swallowed.block = swallowed.block.moved(blocks);
            swallowed.underline = swallowed.underline.shifted(at);
            swallowed
        }));
    if whole.front_matter.is_none() {
        whole.front_matter = document.front_matter.map(|matter| matter.shifted(at));
    }
}

/// Puts the name of a chapter that has no title of its own where that would stand.
fn push_name(whole: &mut Document, name: String, deeper: u8, at: usize) {
    let block = whole.blocks.push(Block {
        span: Span::at(at),
        kind: BlockKind::Heading(Inlines::default()),
    });
    whole.headings.push(Heading {
        level: (1 + deeper).min(6),
        span: Span::at(at),
        name: Span::at(at),
        text: name,
        block,
        section: Span::at(at),
        parent: None,
    });
}

fn shift_block(block: &mut Block, by: usize) {
    block.span = block.span.shifted(by);
    match &mut block.kind {
        BlockKind::Heading(inlines) | BlockKind::Paragraph(inlines) => shift_inlines(inlines, by),
        BlockKind::List(list) => list.items.iter_mut().for_each(|item| shift_item(item, by)),
        BlockKind::Table(table) => {
            for row in std::iter::once(&mut table.header).chain(&mut table.rows) {
                row.span = row.span.shifted(by);
                row.cells.iter_mut().for_each(|cell| shift_inlines(cell, by));
            }
        }
        BlockKind::Code(code) => code.body = code.body.shifted(by),
        BlockKind::Quote(blocks) | BlockKind::Other(blocks) => {
            blocks.iter_mut().for_each(|block| shift_block(block, by))
        }
        BlockKind::Rule | BlockKind::Html | BlockKind::Comment => {}
    }
}

fn shift_item(item: &mut Item, by: usize) {
    item.span = item.span.shifted(by);
    if let Some(task) = &mut item.task {
        task.span = task.span.shifted(by);
    }
    item.blocks.iter_mut().for_each(|block| shift_block(block, by));
}

fn shift_inlines(inlines: &mut Inlines, by: usize) {
    inlines.span = inlines.span.shifted(by);
    inlines.runs.iter_mut().for_each(|run| run.span = run.span.shifted(by));
    inlines
        .links
        .iter_mut()
        .for_each(|link| link.span = link.span.shifted(by));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::markdown::Dialect;
    use crate::source::SourceFile;

    #[test]
    fn chapters_become_sections_and_keep_their_places() {
        let part = |path: &str, text: &str, deeper, name: Option<&str>| Chapter {
            document: parse(Text::of_file(&SourceFile::new(path, text)), Dialect::default()),
            deeper,
            name: name.map(str::to_owned),
        };
        let whole = join(vec![
            part("src/a.md", "# A\n\n**Version**: 1.0", 0, None),
            part("src/b.md", "# B\n\n## C\n\n- **K**: v\n", 1, Some("unused")),
            part("src/d.md", "text\n", 1, Some("D")),
        ]);
        let headings: Vec<(u8, &str, Option<&str>)> = whole
            .headings
            .iter()
            .map(|heading| {
                let parent = heading.parent.map(|parent| whole.headings[parent].text.as_str());
                (heading.level, heading.text.as_str(), parent)
            })
            .collect();
        assert_eq!(
            headings,
            [
                (1, "A", None),
                (2, "B", Some("A")),
                (3, "C", Some("B")),
                (2, "D", Some("A"))
            ]
        );
        for heading in whole.headings.iter().filter(|heading| !heading.name.is_empty()) {
            assert_eq!(whole.text.get(heading.name), heading.text);
        }
        let keys: Vec<&str> = whole
            .fields
            .iter()
            .map(|field| whole.text.get(field.key_span))
            .collect();
        assert_eq!(keys, ["Version", "K"]);
        let place = whole
            .text
            .place(whole.fields.last().expect("a field").span)
            .expect("a place");
        assert_eq!((place.file.path(), place.span.start), ("src/b.md", 15));
    }
}
