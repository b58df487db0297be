//! Tables of the book's own pages as HTML: as close as a page of mdBook is wide, in the page's own colours.
//!
//! Neither script nor style sheet comes with it. A table that is too wide all the same is scrolled in its own box, by
//! keyboard too; the page itself never is. No empty line stands in it, which would end it.

use super::pages::{Shown, address};
use crate::facts::pages::{Cell, Piece, Table, Tone};
use crate::markdown::{self, NO_TEX, attribute, escaped_html};

/// In a picture with more rows than these a sign is only a sign: thousands of links make a page slow. The row's name
/// leads to its document.
const LONG: usize = 200;
/// More columns than these are close together, with their names upright.
const WIDE: usize = 9;
/// More characters than these are read line by line: on a phone, too, their column has place for some words.
const SENTENCE: usize = 60;

/// A table.
pub fn html(table: &Table, shown: Shown<'_>) -> String {
    let (head, body) = if table.grid {
        (grid_head(table), grid_body(table, shown))
    } else {
        (head(table), body(table, shown))
    };
    let style = match (table.grid, table.columns.len()) {
        (true, _) => " style=\"text-align:center;print-color-adjust:exact\"",
        (false, 7..) => " style=\"font-size:.9em\"",
        (false, _) => "",
    };
    format!(
        "<div class=\"table-wrapper {NO_TEX}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table{style}>\n\
         <thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n\n",
        escaped_html(&table.name)
    )
}

fn head(table: &Table) -> String {
    let is_long = |at: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(at));
        cells.any(|cell| cell.words().chars().count() > SENTENCE)
    };
    let names = table.columns.iter().enumerate().map(|(at, column)| {
        // On paper nothing can be scrolled: many columns have to be narrow.
        let width = match (is_long(at), table.columns.len()) {
            (false, _) => "",
            (true, ..=4) => ";min-width:10em",
            (true, _) => ";min-width:7em",
        };
        let column = escaped_html(column);
        format!("<th scope=\"col\" style=\"padding:3px 8px;text-align:start{width}\">{column}</th>")
    });
    names.collect()
}

fn body(table: &Table, shown: Shown<'_>) -> String {
    let mut text = String::new();
    for row in &table.rows {
        text.push_str("<tr>");
        for cell in row {
            let (inner, edge) = (inner(cell, "", shown), edge(cell.tone));
            text.push_str(&format!("<td style=\"padding:3px 8px{edge}\">{inner}</td>"));
        }
        text.push_str("</tr>\n");
    }
    text
}

fn grid_head(table: &Table) -> String {
    const UPRIGHT: &str = "writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;display:inline-block";
    let upright = table.columns.len() > WIDE;
    let names = table.columns.iter().enumerate().map(|(at, column)| {
        let column = escaped_html(column);
        match (at, upright) {
            (0, _) => format!(
                "<th scope=\"col\" style=\"vertical-align:bottom;text-align:start;padding:3px 8px{}\">{column}</th>",
                sticky("--table-header-bg")
            ),
            (_, true) => format!(
                "<th scope=\"col\" style=\"vertical-align:bottom;padding:6px 2px\"><span style=\"{UPRIGHT}\">{column}</span></th>"
            ),
            (_, false) => format!("<th scope=\"col\" style=\"padding:3px 8px;white-space:nowrap\">{column}</th>"),
        }
    });
    names.collect()
}

fn grid_body(table: &Table, shown: Shown<'_>) -> String {
    let padding = if table.columns.len() > WIDE {
        "3px 2px"
    } else {
        "3px 8px"
    };
    let mut text = String::new();
    for row in &table.rows {
        text.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let column = table.columns.get(at).map_or("", String::as_str);
            let inner = match table.rows.len() > LONG && at > 0 {
                true => bare(cell),
                false => inner(cell, column, shown),
            };
            text.push_str(&match at {
                0 => format!(
                    "<th scope=\"row\" style=\"text-align:start;font-weight:normal;padding:3px 8px{}\">{inner}</th>",
                    sticky("--bg")
                ),
                _ => format!("<td style=\"padding:{padding}{}\">{inner}</td>", tint(cell.tone)),
            });
        }
        text.push_str("</tr>\n");
    }
    text
}

/// The signs and words of a cell alone.
fn bare(cell: &Cell) -> String {
    let pieces = cell.pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Whole(text) | Piece::Link(text, _) | Piece::Away(text, _) => spaced(text),
        Piece::Sign(sign, ..) => escaped_html(sign),
    });
    pieces.collect()
}

/// The names of the rows stay where they are while the rest is scrolled sideways.
fn sticky(background: &str) -> String {
    format!(";position:sticky;left:0;background:var({background})")
}

/// The edge of a cell that is read: a background would take too much of its words' contrast in a dark theme.
fn edge(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Quiet => ";box-shadow:inset 3px 0 gray",
        Tone::Good => ";box-shadow:inset 3px 0 green",
        Tone::Fair => ";box-shadow:inset 3px 0 orange",
        Tone::Bad => ";box-shadow:inset 3px 0 red",
    }
}

/// The background of a tone: a little of a colour over the page's own, whatever the theme; so little that signs and
/// words keep their contrast in the darkest.
fn tint(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Quiet => ";background:#80808026",
        Tone::Good => ";background:#00800040",
        Tone::Fair => ";background:#e07b0038",
        Tone::Bad => ";background:#ff000040",
    }
}

/// Words that stand on one line.
fn unbroken(text: &str) -> String {
    format!("<span style=\"white-space:nowrap\">{}</span>", escaped_html(text))
}

/// What stands in a cell; `column` is what a sign is said to be of.
fn inner(cell: &Cell, column: &str, shown: Shown<'_>) -> String {
    let pieces = cell.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => spaced(text),
        Piece::Whole(text) => unbroken(text),
        Piece::Link(text, target) => match address(target, shown) {
            Some(address) => format!("<a href=\"{}\">{}</a>", attribute(&address), broken_paths(text)),
            None => broken_paths(text),
        },
        // Addresses have no blank to break at.
        Piece::Away(text, address) => match markdown::address(address) {
            Some(address) => format!(
                "<a href=\"{}\" style=\"overflow-wrap:anywhere\">{}</a>",
                attribute(&address),
                escaped_html(text)
            ),
            None => escaped_html(text),
        },
        Piece::Sign(sign, word, target) => {
            let (sign, said) = (unbroken_blanks(sign), escaped_html(&format!("{column}: {word}")));
            match address(target, shown) {
                Some(address) => format!(
                    "<a href=\"{}\" style=\"color:inherit\" title=\"{said}\" aria-label=\"{said}\">{sign}</a>",
                    attribute(&address)
                ),
                None => format!("<span role=\"img\" title=\"{said}\" aria-label=\"{said}\">{sign}</span>"),
            }
        }
    });
    pieces.collect()
}

/// A text whose blanks that no line breaks at stay such: of text from outside each white space becomes a blank.
fn unbroken_blanks(text: &str) -> String {
    let words: Vec<String> = text.split('\u{a0}').map(escaped_html).collect();
    words.join("\u{a0}")
}

/// The same of a text that may hold the path of an endpoint, which a line breaks behind one of its parts.
fn broken_paths(text: &str) -> String {
    unbroken_blanks(text).replace('/', "/<wbr>")
}

/// A text between others: a blank at either end is kept.
fn spaced(text: &str) -> String {
    let blank = |there: bool| if there { " " } else { "" };
    let (lead, trail) = (text.starts_with(' '), text.len() > 1 && text.ends_with(' '));
    format!("{}{}{}", blank(lead), escaped_html(text), blank(trail))
}
