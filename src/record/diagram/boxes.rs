//! What is written in boxes that are drawn with characters.
//!
//! A box's text is what stands between its borders, line under line. Nothing is said of what the lines connect.

use crate::document::{is_arrow, is_line};

/// By how many columns the borders of one box may differ from line to line: people draw by hand.
const RAGGED: usize = 3;

/// What stands between two marks on a line.
#[derive(Clone, Copy)]
struct Cell<'t> {
    /// The column that it begins in.
    start: usize,
    /// The column behind it.
    end: usize,
    /// Whether a box's border stands on both sides.
    boxed: bool,
    text: &'t str,
}

/// The labels of a drawing, top to bottom: what stands in a box as one, whatever its lines.
pub fn labels(text: &str) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    // The cells of the line above and of this one, each with the label that it is part of.
    let (mut above, mut here): (Vec<(Cell<'_>, usize)>, Vec<_>) = Default::default();
    for line in text.lines() {
        each_cell(line, &mut |cell| {
            let over = above
                .iter()
                .find(|(over, _)| cell.boxed && over.boxed && lies_under(&cell, over));
            let label = match over {
                Some((_, label)) => *label,
                None => {
                    labels.push(String::with_capacity(cell.text.len()));
                    labels.len() - 1
                }
            };
            if let Some(whole) = labels.get_mut(label) {
                for word in cell.text.split_whitespace() {
                    if !whole.is_empty() {
                        whole.push(' ');
                    }
                    whole.push_str(word);
                }
            }
            here.push((cell, label));
        });
        std::mem::swap(&mut above, &mut here);
        here.clear();
    }
    labels
}

fn lies_under(cell: &Cell<'_>, over: &Cell<'_>) -> bool {
    cell.start.abs_diff(over.start) < RAGGED && cell.end.abs_diff(over.end) <= RAGGED
}

/// Takes the texts of a line between borders, lines and arrows; outside of boxes also those between wide gaps.
fn each_cell<'t>(line: &'t str, take: &mut impl FnMut(Cell<'t>)) {
    // Many lines of a drawing are nothing but lines.
    if !has_words(line) {
        return;
    }
    let mut column = 0;
    // Where the text behind the last mark begins, in bytes and columns.
    let (mut from, mut start) = (0, 0);
    let (mut last, mut before) = (None, None);
    let mut words = false;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is = mark(before, c, chars.peek().map(|(_, c)| *c));
        before = Some(c);
        if is == Mark::Text {
            words |= c.is_alphanumeric();
            column += 1 + usize::from(!c.is_ascii() && is_wide(c));
            continue;
        }
        let cell = Cell {
            start,
            end: column,
            boxed: last == Some(Mark::Border) && is == Mark::Border,
            text: line.get(from..at).unwrap_or(""),
        };
        // Most of what stands between two marks is blank.
        if std::mem::take(&mut words) {
            take_apart(cell, take);
        }
        last = Some(is);
        column += 1;
        (from, start) = (at + c.len_utf8(), column);
    }
    let rest = Cell {
        start,
        end: column,
        boxed: false,
        text: line.get(from..).unwrap_or(""),
    };
    if words {
        take_apart(rest, take);
    }
}

/// Takes what stands in a box as it is, else what stands between the gaps of two and more blanks.
fn take_apart<'t>(cell: Cell<'t>, take: &mut impl FnMut(Cell<'t>)) {
    if cell.boxed {
        return take(cell);
    }
    for text in cell.text.split("  ").filter(|text| has_words(text)) {
        take(Cell { text, ..cell });
    }
}

/// Whether anything stands in a text that is no line and no blank.
fn has_words(text: &str) -> bool {
    text.bytes().fold(false, |any, byte| any | byte.is_ascii_alphanumeric())
        || !text.is_ascii() && text.contains(|c: char| !c.is_ascii() && !is_line(c) && c.is_alphanumeric())
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Text,
    /// The side of a box.
    Border,
    /// A line, a corner or an arrow.
    Line,
}

/// What a character is there for, between those beside it.
fn mark(before: Option<char>, c: char, after: Option<char>) -> Mark {
    if c.is_ascii_alphanumeric() && c != 'v' || c == ' ' {
        return Mark::Text;
    }
    let beside = |wanted: &[char]| [before, after].iter().flatten().any(|c| wanted.contains(c));
    match c {
        '|' | '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '├'..='┫' | '╞'..='╣' => Mark::Border,
        _ if is_line(c) || is_arrow(c) => Mark::Line,
        '-' | '=' if beside(&['-', '=', '+', '<', '>']) => Mark::Line,
        // A word may end in `v`, and its next may begin with a dash.
        'v' if before.is_some_and(char::is_alphanumeric) => Mark::Text,
        '+' | '<' | '>' | 'v' | '^' if beside(&['-', '=']) => Mark::Line,
        _ => Mark::Text,
    }
}

/// Whether a character counts as two, as terminals show it.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}')
}

/// Whether a drawing is a tree of folders and files.
pub fn is_tree(text: &str) -> bool {
    let is_corner = |c: char| matches!(c, '┌' | '╔' | '╭' | '┏' | '┐' | '╗' | '╮' | '┓');
    if text.contains(is_corner) {
        return false;
    }
    let branch = |line: &str| {
        let rest = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '│' | '|'));
        ["├─", "└─", "╰─", "+--", "--", "`--"]
            .iter()
            .any(|mark| rest.starts_with(mark))
            && !rest.ends_with(['┐', '┘', '┤', '+'])
    };
    let lines = text.lines().filter(|line| line.contains(char::is_alphanumeric));
    let (all, branches) = lines.fold((0, 0), |(all, branches), line| {
        (all + 1, branches + usize::from(branch(line)))
    });
    branches > 1 && branches * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_read_as_wholes() {
        for (drawing, expected) in [
            (
                "┌──────────┐\n│ Order    │\n│ Service  │\n└──────────┘",
                vec!["Order Service"],
            ),
            (
                "┌─────────┐ ┌─────────┐\n│  API    │ │ Payment │\n│ Routes  │→│ Gateway │\n└─────────┘ └─────────┘",
                vec!["API Routes", "Payment Gateway"],
            ),
            (
                // A title above inner boxes is a label of its own.
                "┌───────────────┐\n│    Backend    │\n│ ┌───┐  ┌────┐ │\n│ │ A │  │ B  │ │\n│ └───┘  └────┘ │\n└───────────────┘",
                vec!["Backend", "A", "B"],
            ),
            (
                // Drawn by hand: the borders do not meet.
                "┌────────┐   ┌────────┐\n│ Data    │   │  Event │\n│  Access │  │  Bus   │\n└────────┘  └────────┘",
                vec!["Data Access", "Event Bus"],
            ),
            (
                "+---------+     +------+\n| Order   |---->| Till |\n| Service |     +------+\n+---------+",
                vec!["Order Service", "Till"],
            ),
            (
                "+---------+\n| Order   |\n| Service |\n+---------+",
                vec!["Order Service"],
            ),
            ("│ A │\n│   │\n│ B │", vec!["A", "B"]),
            (
                "User Request → API → Data Access\n                ↓\n             Cache",
                vec!["User Request", "API", "Data Access", "Cache"],
            ),
            (
                "Shop   Till\n v      v\nLedger --> Bank",
                vec!["Shop", "Till", "v", "v", "Ledger", "Bank"],
            ),
            ("┌─ Edge ─┐\n│ e-mail │\n└────────┘", vec!["Edge", "e-mail"]),
            ("│ 🚀 Launch │\n│ Pad       │", vec!["🚀 Launch Pad"]),
            ("│ 订单服务 │\n│ 支付     │", vec!["订单服务 支付"]),
            ("───┬───\n   ↓", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(labels(drawing), expected, "{drawing}");
        }
    }

    #[test]
    fn trees_of_folders_are_told_from_drawings() {
        assert!(is_tree("src/\n├── api/\n│   └── main.rs\n└── web/"));
        assert!(is_tree("app\n|-- a.py\n|-- b.py\n`-- c.py"));
        assert!(!is_tree("┌───┐\n│ A │\n├───┤\n│ B │\n└───┘"));
        assert!(!is_tree("A → B\n    └── C"));
        assert!(!is_tree("+---+\n| A |\n+---+\n| B |\n+---+"));
        assert!(!is_tree(""));
    }
}
