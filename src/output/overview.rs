//! Parts of the book's pages as lines of a terminal: aligned, and in colours where there are any. Pure.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal;
use crate::facts::pages::{Cell, Part, Piece, Table, Tone};

/// The widest a cell is before its text is cut, in columns of the terminal.
const WIDEST: usize = 60;
/// The same where there are many cells in a row.
const WIDEST_OF_MANY: usize = 28;
/// How many cells in a row are many.
const MANY: usize = 7;

/// The parts, one below the other.
pub fn text(parts: &[Part], colour: bool) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Caption(caption) => text.push_str(&format!(
                "{}\n",
                styled(caption, Style::new().effects(Effects::BOLD), colour)
            )),
            Part::Paragraph(sentence) => text.push_str(&format!("  {}\n\n", terminal(&sentence.words()))),
            Part::List(items) => {
                for item in items {
                    text.push_str(&format!("  - {}\n", terminal(&item.words())));
                }
                text.push('\n');
            }
            Part::Table(table) if table.grid => text.push_str(&grid(table, colour)),
            Part::Table(table) if table.columns.len() >= MANY => {
                text.push_str(&aligned(
                    &table.columns,
                    &table.rows,
                    |cell| words(cell, WIDEST_OF_MANY),
                    colour,
                ));
            }
            Part::Table(table) => {
                text.push_str(&aligned(
                    &table.columns,
                    &table.rows,
                    |cell| words(cell, WIDEST),
                    colour,
                ));
            }
        }
    }
    text
}

/// A grid with numbers for its columns, and what they stand for below it.
fn grid(table: &Table, colour: bool) -> String {
    let numbered = |(at, name): (usize, &String)| if at == 0 { name.clone() } else { at.to_string() };
    let columns: Vec<String> = table.columns.iter().enumerate().map(numbered).collect();
    let mut text = aligned(&columns, &table.rows, signs, colour);
    let names = table.columns.iter().enumerate().skip(1);
    let names: Vec<String> = names.map(|(at, name)| format!("{at} {}", terminal(name))).collect();
    for line in names.chunks(4) {
        text.push_str(&format!("  {}\n", line.join(" · ")));
    }
    text.push('\n');
    text
}

fn aligned(columns: &[String], rows: &[Vec<Cell>], shown: impl Fn(&Cell) -> String, colour: bool) -> String {
    let rows: Vec<Vec<(String, Tone)>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| (shown(cell), cell.tone)).collect())
        .collect();
    let width = |column: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|(text, _)| text.width());
        let header = columns.get(column).map_or(0, |name| name.width());
        cells.chain(std::iter::once(header)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |cells: Vec<(String, Style)>| {
        let cells = cells.into_iter().zip(&widths).map(|((text, style), width)| {
            let gap = " ".repeat(width.saturating_sub(text.width()));
            format!("{}{gap}", styled(&text, style, colour))
        });
        let cells: Vec<String> = cells.collect();
        format!("  {}\n", cells.join("  ").trim_end())
    };
    let header = columns
        .iter()
        .map(|name| (name.clone(), Style::new().effects(Effects::UNDERLINE)));
    let mut text = line(header.collect());
    for row in rows {
        text.push_str(&line(row.into_iter().map(|(text, tone)| (text, style(tone))).collect()));
    }
    text.push('\n');
    text
}

/// The words of a cell, cut where they are wider than `widest`.
fn words(cell: &Cell, widest: usize) -> String {
    let text = terminal(&cell.words());
    if text.width() <= widest {
        return text;
    }
    let (mut kept, mut width) = (String::new(), 0);
    for c in text.chars() {
        width += c.width().unwrap_or(0);
        if width >= widest {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Signs as signs, the rest as words.
fn signs(cell: &Cell) -> String {
    let pieces = cell.pieces.iter().map(|piece| match piece {
        Piece::Sign(sign, ..) => sign.clone(),
        Piece::Text(text) | Piece::Whole(text) | Piece::Link(text, _) | Piece::Away(text, _) => terminal(text),
    });
    pieces.collect()
}

fn style(tone: Tone) -> Style {
    let colour = match tone {
        Tone::Plain => return Style::new(),
        Tone::Quiet => return Style::new().effects(Effects::DIMMED),
        Tone::Good => AnsiColor::Green,
        Tone::Fair => AnsiColor::Yellow,
        Tone::Bad => AnsiColor::BrightRed,
    };
    Style::new().fg_color(Some(colour.into()))
}

fn styled(text: &str, style: Style, colour: bool) -> String {
    if colour {
        format!("{style}{text}{style:#}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Target;

    #[test]
    fn columns_stand_below_each_other() {
        let mut table = Table::new("x", &["Name", "What it is"]);
        for (name, what) in [
            ("é", "short"),
            ("a longer one", "\u{1b}[31mred | {{x}}"),
            ("日本 🧭", "wide"),
        ] {
            table.rows.push(vec![Cell::text(name), Cell::text(what)]);
        }
        let text = text(&[Part::Table(table)], false);
        assert_eq!(
            text,
            "  Name          What it is\n  é             short\n  a longer one  ␛[31mred | {{x}}\n  日本 🧭       wide\n\n"
        );
    }

    #[test]
    fn what_is_too_wide_is_cut_where_it_fills_its_column() {
        for (text, widest, expected) in [
            ("short", 5, "short"),
            ("a longer one", 9, "a longer…"),
            ("日本語の見出し", 9, "日本語の…"),
        ] {
            assert_eq!(words(&Cell::text(text), widest), expected);
        }
    }

    #[test]
    fn a_grid_has_numbers_and_what_they_stand_for() {
        let mut table = Table::new("x", &["Document", "First Section", "Second"]);
        table.grid = true;
        let sign = |sign| Cell::sign(sign, "a word", &Target::default(), Tone::Bad);
        table.rows.push(vec![Cell::text("Ports"), sign('✔'), sign('✘')]);
        let plain = text(&[Part::Table(table.clone())], false);
        assert_eq!(
            plain,
            "  Document  1  2\n  Ports     ✔  ✘\n\n  1 First Section · 2 Second\n\n"
        );
        assert!(text(&[Part::Table(table)], true).contains("\u{1b}[91m✔\u{1b}[0m"));
    }
}
