//! Parts of the book's pages as lines of a terminal: aligned, and in colours where there are any. Pure.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal;
use crate::facts::pages::{Cell, PageBlock, Piece, Table, Tone};

/// The widest a line is, in columns of the terminal.
const LINE: usize = 80;
/// The widest a cell is before its text is cut.
const WIDEST: usize = 60;
/// The same where there are many cells in a row: two days, or two numbers of something, are just not cut.
const WIDEST_OF_MANY: usize = 20;
/// How many cells in a row are many.
const MANY: usize = 7;

/// The parts, one below the other.
pub fn text(parts: &[PageBlock], colour: bool) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            PageBlock::Caption(caption) => text.push_str(&format!(
                "{}\n",
                styled(&terminal(caption), Style::new().effects(Effects::BOLD), colour)
            )),
            PageBlock::Paragraph(sentence) => text.push_str(&format!("  {}\n\n", terminal(&sentence.words()))),
            PageBlock::List(items) => {
                for item in items {
                    text.push_str(&format!("  - {}\n", terminal(&item.words())));
                }
                text.push('\n');
            }
            PageBlock::Table(table) if table.grid => text.push_str(&grid(table, colour)),
            PageBlock::Table(table) => {
                let many = table.columns.len() >= MANY;
                let widest = if many { WIDEST_OF_MANY } else { WIDEST };
                text.push_str(&aligned(
                    &table.columns,
                    &table.rows,
                    |cell| words(cell, widest),
                    2,
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
    // What the signs leave of the line is for the names of the rows.
    let signs_wide: usize = columns.iter().skip(1).map(|number| number.width() + 1).sum();
    let widest = LINE.saturating_sub(2 + signs_wide).max(WIDEST_OF_MANY);
    let mut text = aligned(&columns, &table.rows, |cell| signs(cell, widest), 1, colour);
    let mut line = String::new();
    for (at, name) in table.columns.iter().enumerate().skip(1) {
        let name = format!("{at} {}", terminal(name));
        if !line.is_empty() && 2 + line.width() + 3 + name.width() > LINE {
            text.push_str(&format!("  {line}\n"));
            line.clear();
        }
        line.push_str(if line.is_empty() { "" } else { " · " });
        line.push_str(&name);
    }
    text.push_str(&format!("  {line}\n\n"));
    text
}

/// Columns below each other, `apart` blanks between them. Those that a line has no place for follow in a table of
/// their own, which names its rows again: nothing is left out, and no line breaks where the terminal ends.
fn aligned(
    columns: &[String],
    rows: &[Vec<Cell>],
    shown: impl Fn(&Cell) -> String,
    apart: usize,
    colour: bool,
) -> String {
    let rows: Vec<Vec<(String, Tone)>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| (shown(cell), cell.tone)).collect())
        .collect();
    let columns: Vec<String> = columns.iter().map(|name| terminal(name)).collect();
    let width = |column: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|(text, _)| text.width());
        let header = columns.get(column).map_or(0, |name| name.width());
        cells.chain(std::iter::once(header)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let mut text = String::new();
    for kept in lines_of(&widths, apart) {
        let line = |cell: &dyn Fn(usize) -> (String, Style)| {
            let cells = kept.iter().map(|at| {
                let (text, style) = cell(*at);
                let gap = widths.get(*at).map_or(0, |width| width.saturating_sub(text.width()));
                format!("{}{}", styled(&text, style, colour), " ".repeat(gap))
            });
            let cells: Vec<String> = cells.collect();
            format!("  {}\n", cells.join(&" ".repeat(apart)).trim_end())
        };
        let underlined = Style::new().effects(Effects::UNDERLINE);
        text.push_str(&line(&|at| (columns.get(at).cloned().unwrap_or_default(), underlined)));
        for row in &rows {
            text.push_str(&line(&|at| match row.get(at) {
                Some((text, tone)) => (text.clone(), style(*tone)),
                None => (String::new(), Style::new()),
            }));
        }
        text.push('\n');
    }
    text
}

/// The columns of these widths that stand beside each other, the first one always among them.
fn lines_of(widths: &[usize], apart: usize) -> Vec<Vec<usize>> {
    let first = 2 + widths.first().copied().unwrap_or(0);
    let (mut lines, mut width) = (vec![vec![0]], first);
    for (at, own) in widths.iter().enumerate().skip(1) {
        width += apart + own;
        if width > LINE && lines.last().is_some_and(|line| line.len() > 1) {
            lines.push(vec![0]);
            width = first + apart + own;
        }
        if let Some(line) = lines.last_mut() {
            line.push(at);
        }
    }
    lines
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
fn signs(cell: &Cell, widest: usize) -> String {
    if cell.pieces.iter().all(|piece| !matches!(piece, Piece::Sign(..))) {
        return words(cell, widest);
    }
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
        let text = text(&[PageBlock::Table(table)], false);
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
    fn a_table_that_is_too_wide_goes_on_below() {
        let names = ["Document", "b", "c", "d", "e", "f", "g", "h", "i"];
        let mut table = Table::new("x", &names);
        for row in ["one", "another of them with a long name"] {
            let cells = names.iter().enumerate();
            let cell = |(at, name): (usize, &&str)| match at {
                0 => Cell::text(row),
                _ => Cell::text(format!("{row} {name} {}", "x".repeat(at * 3))),
            };
            table.rows.push(cells.map(cell).collect());
        }
        let text = text(&[PageBlock::Table(table)], false);
        assert!(text.lines().all(|line| line.width() <= LINE), "{text}");
        // Each column is there once, and each part of the table names its rows.
        let headers: Vec<&str> = text.lines().filter(|line| line.starts_with("  Document")).collect();
        let shown = headers.iter().flat_map(|line| line.split_whitespace().skip(1));
        assert_eq!(shown.collect::<Vec<_>>(), names.split_first().unwrap().1);
        assert_eq!(text.matches("\n  one ").count(), headers.len());
        assert_eq!(text.matches("\n  another of them wit… ").count(), headers.len());
    }

    #[test]
    fn a_grid_has_numbers_and_what_they_stand_for() {
        let mut table = Table::new("x", &["Document", "First Section", "Second"]);
        table.grid = true;
        let sign = |sign| Cell::sign(sign, "a word", &Target::default(), Tone::Bad);
        table.rows.push(vec![Cell::text("Ports"), sign('✔'), sign('✘')]);
        let plain = text(&[PageBlock::Table(table.clone())], false);
        assert_eq!(
            plain,
            "  Document 1 2\n  Ports    ✔ ✘\n\n  1 First Section · 2 Second\n\n"
        );
        assert!(text(&[PageBlock::Table(table)], true).contains("\u{1b}[91m✔\u{1b}[0m"));
    }
}
