//! What is written in boxes that are drawn with characters.
//!
//! A box's text is what stands between its borders, line under line. Nothing is said of what the lines connect.

use crate::document::{is_arrow, is_line};

/// By how many columns the borders of one box may differ from line to line: people draw by hand.
const RAGGED: usize = 3;

/// Stands for the second column of a wide character.
const FILL: char = '\0';

/// What stands between two marks on a line.
struct Cell {
    start: usize,
    end: usize,
    /// Whether a box's border stands on both sides.
    boxed: bool,
    text: String,
}

/// The labels of a drawing, top to bottom: what stands in a box as one, whatever its lines.
pub fn labels(text: &str) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    // The cells of the line above, each with the label that it is part of.
    let mut above: Vec<(Cell, usize)> = Vec::new();
    for line in text.lines() {
        let mut here = Vec::new();
        for cell in cells(line) {
            let words = cell.text.trim();
            if !words.contains(char::is_alphanumeric) {
                continue;
            }
            let over = above
                .iter()
                .find(|(over, _)| cell.boxed && over.boxed && lies_under(&cell, over));
            let label = match over {
                Some((_, label)) => *label,
                None => {
                    labels.push(String::new());
                    labels.len() - 1
                }
            };
            if let Some(whole) = labels.get_mut(label) {
                for word in words.split_whitespace() {
                    if !whole.is_empty() {
                        whole.push(' ');
                    }
                    whole.push_str(word);
                }
            }
            here.push((cell, label));
        }
        above = here;
    }
    labels
}

fn lies_under(cell: &Cell, over: &Cell) -> bool {
    cell.start.abs_diff(over.start) < RAGGED && cell.end.abs_diff(over.end) <= RAGGED
}

/// The texts of a line between borders, lines and arrows; outside of boxes also between wide gaps.
fn cells(line: &str) -> Vec<Cell> {
    let marks = marked(line);
    let mut cells = Vec::new();
    let mut at = 0;
    while let Some(rest) = marks.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.iter().take_while(|(_, mark)| *mark == Mark::Text).count();
        let part = rest.get(..length).unwrap_or(&[]);
        // Most of what stands between two marks is blank.
        if part.iter().any(|(c, _)| c.is_alphanumeric()) {
            let before = at.checked_sub(1).and_then(|before| marks.get(before));
            let after = rest.get(length);
            let border = |mark: Option<&(char, Mark)>| mark.is_some_and(|(_, mark)| *mark == Mark::Border);
            let text: String = part.iter().map(|(c, _)| *c).filter(|c| *c != FILL).collect();
            let cell = Cell {
                start: at,
                end: at + length,
                boxed: border(before) && border(after),
                text,
            };
            if cell.boxed {
                cells.push(cell)
            } else {
                cells.extend(apart(cell))
            }
        }
        at += length + 1;
    }
    cells
}

/// What stands outside of boxes, at the gaps of two and more blanks.
fn apart(cell: Cell) -> Vec<Cell> {
    let words = cell.text.split("  ").filter(|part| !part.trim().is_empty());
    words
        .map(|part| Cell {
            text: part.to_owned(),
            ..cell
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Text,
    /// The side of a box.
    Border,
    /// A line, a corner or an arrow.
    Line,
}

/// The characters of a line and what each is there for. Wide characters count as two, as terminals show them.
fn marked(line: &str) -> Vec<(char, Mark)> {
    let chars: Vec<char> = line.chars().collect();
    let mut marks = Vec::with_capacity(chars.len());
    for (at, c) in chars.iter().copied().enumerate() {
        let is =
            |at: Option<usize>, wanted: &[char]| at.and_then(|at| chars.get(at)).is_some_and(|c| wanted.contains(c));
        if c.is_ascii_alphanumeric() && c != 'v' || c == ' ' {
            marks.push((c, Mark::Text));
            continue;
        }
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        let drawn = ['-', '=', '+', '<', '>'];
        let mark = match c {
            '|' | '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '├'..='┫' | '╞'..='╣' => Mark::Border,
            _ if is_line(c) || is_arrow(c) => Mark::Line,
            '-' | '=' if is(before, &drawn) || is(after, &drawn) => Mark::Line,
            '+' | '<' | '>' | 'v' | '^' if is(before, &['-', '=']) || is(after, &['-', '=']) => Mark::Line,
            _ => Mark::Text,
        };
        // A word may end in `v`, and its next may begin with a dash.
        let letter = c == 'v' && before.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
        marks.push((c, if letter { Mark::Text } else { mark }));
        if is_wide(c) {
            marks.push((FILL, Mark::Text));
        }
    }
    marks
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}')
}

/// Whether a drawing is a tree of folders and files.
pub fn is_tree(text: &str) -> bool {
    if text.contains(['┌', '╔', '╭', '┏', '┐', '╗', '╮', '┓']) {
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
