//! The book's own pages where their markers stand: parts as Markdown, and as HTML where a picture says more.
//!
//! What a marker asks for stands below its comment, which stays. Neither script nor style sheet comes with it.

use crate::book::relative;
use crate::directive::Directive;
use crate::document::{BlockKind, Document};
use crate::edit::Edit;
use crate::facts::pages::{Cell, Part, Piece, Table, Tone};
use crate::facts::{Facts, Target};
use crate::markdown::{escaped, escaped_html, link_target};

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
    make: impl Fn(&Directive) -> Option<Vec<Part>>,
) -> Vec<Edit> {
    let text = document.text.as_str();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let edits = document
        .directives
        .iter()
        .filter(|one| one.trouble.is_none())
        .filter_map(|directive| {
            // In a list, a quote or a sentence a table would be no table.
            let alone = |block: &&crate::document::Block| {
                let comment = matches!(block.kind, BlockKind::Comment | BlockKind::Html);
                comment && block.span.contains(directive.span)
            };
            let block = document.blocks.iter().find(alone)?;
            let at = block.span.start + document.text.get(block.span).trim_end().len();
            let page = rendered(&make(directive)?, shown);
            let page = page.trim_end().replace('\n', end);
            Some(Edit::insert(at, format!("{end}{end}{page}{end}")))
        });
    edits.collect()
}

/// Whether a document has a comment that may ask for a page.
pub fn has_marker(facts: &Facts<'_>) -> bool {
    facts.document.directives.iter().any(Directive::is_marker)
}

/// The parts as Markdown.
pub fn rendered(parts: &[Part], shown: Shown<'_>) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Caption(caption) => text.push_str(&format!("**{}**\n\n", escaped(caption))),
            Part::Paragraph(sentence) => text.push_str(&format!("{}\n\n", markdown(sentence, shown))),
            Part::List(items) => {
                for item in items {
                    text.push_str(&format!("- {}\n", markdown(item, shown)));
                }
                text.push('\n');
            }
            Part::Table(table) if table.grid && shown.html => text.push_str(&html_grid(table, shown)),
            Part::Table(table) => text.push_str(&markdown_table(table, shown)),
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
        Piece::Text(text) => spaced(text),
        Piece::Link(text, target) => match address(target, shown) {
            Some(address) => format!("[{}]({address})", escaped(text)),
            None => escaped(text),
        },
        Piece::Away(text, address) => format!("[{}]({})", escaped(text), away(address)),
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
fn address(target: &Target, shown: Shown<'_>) -> Option<String> {
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

/// An address out of the book, so that nothing in it can end a link or come alive.
fn away(address: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c);
    let encoded = address.chars().map(|c| {
        if plain(c) {
            c.to_string()
        } else {
            link_target(&c.to_string())
        }
    });
    encoded.collect()
}

/// A grid as HTML: narrow columns with their names upright, cells in a tone of the page's own colours.
///
/// It can be scrolled where it is too wide, by keyboard too. No empty line stands in it, which would end it.
fn html_grid(table: &Table, shown: Shown<'_>) -> String {
    let name = escaped_html(&table.name);
    let mut text = format!(
        "<div class=\"table-wrapper\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\">\n<table>\n<thead><tr>"
    );
    for (at, column) in table.columns.iter().enumerate() {
        let column = escaped_html(column);
        let upright = "writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;display:inline-block";
        match at {
            0 => text.push_str(&format!("<th scope=\"col\" style=\"vertical-align:bottom\">{column}</th>")),
            _ => text.push_str(&format!(
                "<th scope=\"col\" style=\"vertical-align:bottom;text-align:center;padding:6px 2px\"><span style=\"{upright}\">{column}</span></th>"
            )),
        }
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        text.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let column = table.columns.get(at).map_or("", String::as_str);
            let inner = html(cell, column, shown);
            match at {
                0 => text.push_str(&format!(
                    "<th scope=\"row\" style=\"text-align:start;padding:3px 8px\">{inner}</th>"
                )),
                _ => text.push_str(&format!(
                    "<td style=\"text-align:center;padding:3px 2px{}\">{inner}</td>",
                    tint(cell.tone)
                )),
            }
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n</div>\n\n");
    text
}

/// The background of a tone: a little of a colour over the page's own, whatever the theme.
fn tint(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Quiet => ";background:color-mix(in srgb,gray 15%,transparent)",
        Tone::Good => ";background:color-mix(in srgb,green 25%,transparent)",
        Tone::Fair => ";background:color-mix(in srgb,orange 30%,transparent)",
        Tone::Bad => ";background:color-mix(in srgb,red 25%,transparent)",
    }
}

fn html(cell: &Cell, column: &str, shown: Shown<'_>) -> String {
    let pieces = cell.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => escaped_html(text),
        Piece::Link(text, target) => match address(target, shown) {
            Some(address) => format!("<a href=\"{}\">{}</a>", escaped_html(&address), escaped_html(text)),
            None => escaped_html(text),
        },
        Piece::Away(text, address) => {
            format!("<a href=\"{}\">{}</a>", escaped_html(&away(address)), escaped_html(text))
        }
        Piece::Sign(sign, word, target) => {
            let said = escaped_html(&format!("{column}: {word}"));
            match address(target, shown) {
                Some(address) => format!(
                    "<a href=\"{}\" style=\"color:inherit;text-decoration:none\" title=\"{said}\" aria-label=\"{said}\">{sign}</a>",
                    escaped_html(&address)
                ),
                None => format!("<span role=\"img\" title=\"{said}\" aria-label=\"{said}\">{sign}</span>"),
            }
        }
    });
    pieces.collect()
}
