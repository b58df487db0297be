//! The book's own pages where their markers stand: parts as Markdown, and their tables as HTML where it can be shown.
//!
//! What a marker asks for stands below its comment, which stays. Neither script nor style sheet comes with it.

use super::{computed, page_table};
use crate::book::relative;
use crate::directive::Directive;
use crate::document::Document;
use crate::edit::Edit;
use crate::facts::pages::{Cell, PageBlock, Piece, Table};
use crate::facts::{Facts, Target};
use crate::markdown::{self, escaped, line_start, link_target};

/// Where a page is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The page's path, which links begin at; none where links lead nowhere.
    pub page: Option<&'a str>,
    /// Whether HTML can be shown.
    pub html: bool,
}

/// What stands below each marker of `document`: `make` gives the parts of a page, none for a comment that asks for none.
pub fn below_markers(
    document: &Document,
    shown: Shown<'_>,
    make: impl Fn(&Directive) -> Option<Vec<PageBlock>>,
) -> Vec<Edit> {
    let text = document.text.as_str();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let edits = document
        .directives
        .iter()
        .filter(|one| one.trouble.is_none())
        .filter_map(|directive| {
            let block = document.block_of_comment(directive.span)?;
            let at = block.span.start + document.text.get(block.span).trim_end().len();
            computed::block(text, at, &rendered(&make(directive)?, shown), end)
        });
    edits.collect()
}

/// Whether a document has a comment that may ask for a page.
pub fn has_marker(facts: &Facts<'_>) -> bool {
    facts.document.directives.iter().any(Directive::is_marker)
}

/// The parts as Markdown.
pub fn rendered(parts: &[PageBlock], shown: Shown<'_>) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            PageBlock::Caption(caption) => text.push_str(&format!("**{}**\n\n", escaped(caption))),
            PageBlock::Paragraph(sentence) => {
                text.push_str(&format!("{}\n\n", line_start(&markdown(sentence, shown))));
            }
            PageBlock::List(items) => {
                for item in items {
                    text.push_str(&format!("- {}\n", line_start(&markdown(item, shown))));
                }
                text.push('\n');
            }
            PageBlock::Table(table) if shown.html => text.push_str(&page_table::html(table, shown)),
            PageBlock::Table(table) => text.push_str(&markdown_table(table, shown)),
        }
    }
    text
}

fn markdown_table(table: &Table, shown: Shown<'_>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(table.columns.iter().map(|column| escaped(column)).collect());
    text.push_str(&line(table.columns.iter().map(|_| "---".to_owned()).collect()));
    for row in &table.rows {
        text.push_str(&line(row.iter().map(|cell| markdown(cell, shown)).collect()));
    }
    text.push('\n');
    text
}

/// A cell or a sentence as Markdown.
fn markdown(cell: &Cell, shown: Shown<'_>) -> String {
    let pieces = cell.pieces.iter().map(|piece| match piece {
        Piece::Whole(text) if shown.html => format!("<span style=\"white-space:nowrap\">{}</span>", escaped(text)),
        Piece::Text(text) | Piece::Whole(text) => spaced(text),
        Piece::Link(text, target) => match address(target, shown) {
            Some(address) => markdown::link(&escaped(text), &address),
            None => escaped(text),
        },
        Piece::Away(text, address) => match markdown::address(address) {
            Some(address) => markdown::link(&escaped(text), &address),
            None => escaped(text),
        },
        // The sign alone is enough for the eye; where no legend can be relied on, the word is better.
        Piece::Sign(sign, word, _) => format!("{sign} {}", escaped(word)),
    });
    pieces.collect()
}

/// A text between others: its blanks at both ends are kept.
fn spaced(text: &str) -> String {
    let inner = text.trim_matches(' ');
    let lead = text.len() - text.trim_start_matches(' ').len();
    let trail = text.len() - text.trim_end_matches(' ').len();
    if inner.is_empty() {
        return text.to_owned();
    }
    format!("{}{}{}", " ".repeat(lead), escaped(inner), " ".repeat(trail))
}

/// The address of a target, from the page that it is linked on.
pub(super) fn address(target: &Target, shown: Shown<'_>) -> Option<String> {
    let page = shown.page.filter(|_| !target.page.is_empty())?;
    let path = if page == target.page {
        String::new()
    } else {
        link_target(&relative(page, &target.page))
    };
    let id = if target.id.is_empty() {
        String::new()
    } else {
        format!("#{}", link_target(&target.id))
    };
    Some(format!("{path}{id}")).filter(|address| !address.is_empty())
}
