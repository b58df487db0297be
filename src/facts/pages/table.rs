//! Tables of the book's pages, before they are Markdown, HTML or lines of a terminal. All text in them is text.

use std::collections::BTreeSet;

use crate::facts::Target;
use crate::outline::State;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageBlock {
    /// A name above what follows.
    Caption(String),
    /// A paragraph.
    Paragraph(Cell),
    /// A list.
    List(Vec<Cell>),
    /// A table.
    Table(Table),
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows, for those who cannot see it.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it is looked at rather than read: narrow columns of signs, the first one names the rows.
    pub grid: bool,
}

/// What stands in a cell or in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its pieces, which follow each other without a blank.
    pub pieces: Vec<Piece>,
    /// How it is to be taken; shown as a colour where there are colours, and always said in words or signs too.
    pub tone: Tone,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// Words that stand on one line: a day, a number of something.
    Whole(String),
    /// Words that lead to their place.
    Link(String, Target),
    /// Words that lead out of the book, and the address.
    Away(String, String),
    /// A sign or a short word, what it stands for in words, and the place it leads to.
    Sign(String, String, Target),
}

/// How a cell is to be taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// Nothing to show.
    Quiet,
    /// As it should be.
    Good,
    /// Nearly.
    Fair,
    /// Not as it should be.
    Bad,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    /// Words that stand on one line.
    pub fn whole(text: impl Into<String>) -> Self {
        let text = text.into();
        let pieces = if text.is_empty() {
            Vec::new()
        } else {
            vec![Piece::Whole(text)]
        };
        Self {
            pieces,
            tone: Tone::Plain,
        }
    }

    /// Words that lead to their place.
    pub fn link(text: impl Into<String>, target: &Target) -> Self {
        Self::default().and_link(text, target)
    }

    /// A sign that leads to its place.
    pub fn sign(sign: impl Into<String>, word: impl Into<String>, target: &Target, tone: Tone) -> Self {
        Self {
            pieces: vec![Piece::Sign(sign.into(), word.into(), target.clone())],
            tone,
        }
    }

    /// The same with more words.
    pub fn and(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text));
        }
        self
    }

    /// The same with more words that lead to their place.
    pub fn and_link(mut self, text: impl Into<String>, target: &Target) -> Self {
        self.pieces.push(Piece::Link(text.into(), target.clone()));
        self
    }

    /// The same with more words that lead out of the book.
    pub fn and_away(mut self, text: impl Into<String>, address: impl Into<String>) -> Self {
        self.pieces.push(Piece::Away(text.into(), address.into()));
        self
    }

    /// The same with another behind it.
    pub fn and_all(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// The same with a tone.
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Cells as one, with commas.
    pub fn listed(cells: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for cell in cells {
            if !all.pieces.is_empty() {
                all = all.and(", ");
            }
            all.pieces.extend(cell.pieces);
        }
        all
    }

    /// Cells of a list as one: the first ones with commas, and how many more there are.
    pub fn listed_some(cells: impl IntoIterator<Item = Self>, most: usize) -> Self {
        let mut cells: Vec<Self> = cells.into_iter().collect();
        let more = cells.len().saturating_sub(most);
        // The place of `and 1 more` is as well taken by the one.
        if more > 1 {
            cells.truncate(most);
            return Self::listed(cells).and(format!(" and {more} more"));
        }
        Self::listed(cells)
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Its words, without links; of signs the words.
    pub fn words(&self) -> String {
        let words = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) | Piece::Whole(text) => text.as_str(),
            Piece::Link(text, _) | Piece::Away(text, _) | Piece::Sign(_, text, _) => text,
        });
        words.collect()
    }
}

impl Table {
    /// A table that is read, without rows.
    pub fn new(name: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            name: name.into(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
            grid: false,
        }
    }

    /// Takes out the columns that are empty in all rows.
    pub fn without_empty_columns(mut self) -> Self {
        let filled = |column: usize| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.any(|cell| !cell.is_empty())
        };
        let kept: Vec<bool> = (0..self.columns.len()).map(filled).collect();
        let keep = |at: usize| kept.get(at).copied().unwrap_or(true);
        let keep_of = |cells: Vec<Cell>| -> Vec<Cell> {
            let cells = cells.into_iter().enumerate().filter(|(at, _)| keep(*at));
            cells.map(|(_, cell)| cell).collect()
        };
        self.rows = self.rows.into_iter().map(keep_of).collect();
        let columns = self.columns.into_iter().enumerate().filter(|(at, _)| keep(*at));
        self.columns = columns.map(|(_, column)| column).collect();
        self
    }
}

/// What signs mean, in the order of their tones, those that are neither good nor bad last.
pub fn legend<'s>(signs: impl IntoIterator<Item = (&'s str, &'s str, Tone)>) -> String {
    let last = |tone: Tone| matches!(tone, Tone::Plain | Tone::Quiet);
    let known: BTreeSet<_> = signs
        .into_iter()
        .map(|(sign, words, tone)| (last(tone), tone, words, sign))
        .collect();
    let words: Vec<String> = known
        .iter()
        .map(|(.., words, sign)| format!("{sign} {words}"))
        .collect();
    words.join(" · ")
}

/// The sign, the words and the tone of a section's state.
pub fn state(state: State) -> (&'static str, &'static str, Tone) {
    match state {
        State::Complete => ("✔", "complete", Tone::Good),
        State::NotApplicable => ("–", "not applicable", Tone::Quiet),
        State::Partial => ("◐", "partial", Tone::Fair),
        State::Placeholder => ("◔", "placeholders left", Tone::Fair),
        State::Template => ("▤", "template text", Tone::Bad),
        State::Empty => ("○", "empty", Tone::Bad),
        State::Missing => ("✘", "missing", Tone::Bad),
        State::Unread => ("?", "not read", Tone::Quiet),
    }
}
