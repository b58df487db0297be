//! Where a byte of a text stands as people, editors and formats count, and back.
//!
//! One index a text for all units. It never looks at more than a block of the text for an answer: a line may be as long
//! as a file, with a finding on each of its words. It knows nothing of where the text comes from.

use super::Span;

/// The byte order mark, which has no width.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What columns are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "formats and editors count in each of them")]
pub enum Unit {
    /// Characters, which are Unicode code points: what messages count in, and what editors call UTF-32.
    Character,
    /// UTF-16 code units, as SARIF and most editors count.
    Utf16,
    /// Bytes of UTF-8.
    Byte,
}

/// A place in a text: both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1. Lines end with a line feed, whether or not a carriage return stands in front of it.
    pub line: usize,
    /// The column, from 1, in the unit that was asked for.
    pub column: usize,
}

/// The index has an entry for so many bytes of the text.
const BLOCK: usize = 240;

/// The positions of one text, which is handed in with each question.
#[derive(Debug)]
pub struct Positions {
    /// What stands in front of the end of each block.
    marks: Vec<Mark>,
}

/// A place in a text, by all that stands in front of it.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// Its bytes.
    offset: usize,
    /// How many lines end there.
    lines: usize,
    /// How many characters there are.
    characters: usize,
    /// How many of them are two units in UTF-16.
    pairs: usize,
    /// Where its line starts.
    line_start: usize,
}

impl Mark {
    /// The place behind these bytes, a block at the most.
    fn behind(self, bytes: &[u8]) -> Self {
        let last = bytes.iter().rposition(|byte| *byte == b'\n');
        Self {
            offset: self.offset + bytes.len(),
            lines: self.lines + count(bytes, |byte| byte == b'\n'),
            // A character begins with each byte that does not go on with one; with these, it has four bytes.
            characters: self.characters + count(bytes, |byte| byte & 0xc0 != 0x80),
            pairs: self.pairs + count(bytes, |byte| byte >= 0xf0),
            line_start: last.map_or(self.line_start, |last| self.offset + last + 1),
        }
    }

    /// How many units stand in front of it.
    fn units(self, unit: Unit) -> usize {
        match unit {
            Unit::Character => self.characters,
            Unit::Utf16 => self.characters + self.pairs,
            Unit::Byte => self.offset,
        }
    }
}

/// How many bytes of at most a block are such bytes: few enough for the sum to be one.
fn count(bytes: &[u8], such: impl Fn(u8) -> bool) -> usize {
    usize::from(bytes.iter().map(|byte| u8::from(such(*byte))).sum::<u8>())
}

/// How many bytes of byte order mark a text begins with: 0 or 3.
pub fn mark_len(text: &str) -> usize {
    text.strip_prefix(BYTE_ORDER_MARK)
        .map_or(0, |_| BYTE_ORDER_MARK.len_utf8())
}

impl Positions {
    /// The positions of `text`.
    pub fn new(text: &str) -> Self {
        let mut mark = Mark::default();
        let marks = text.as_bytes().chunks(BLOCK).map(|block| {
            mark = mark.behind(block);
            mark
        });
        Self { marks: marks.collect() }
    }

    /// The line and the column of the character that the byte at `offset` belongs to; behind the text, of its end.
    pub fn position(&self, text: &str, offset: usize, unit: Unit) -> Position {
        let mark = self.mark(text, boundary(text, offset));
        let start = self.mark(text, mark.line_start.max(mark_len(text)));
        Position {
            line: mark.lines + 1,
            column: mark.units(unit).saturating_sub(start.units(unit)) + 1,
        }
    }

    /// The first byte of the character at a line and a column; behind a line, its end, and none behind the text.
    pub fn offset(&self, text: &str, position: Position, unit: Unit) -> Option<usize> {
        let start = self.line_start(text, position.line.checked_sub(1)?)?;
        let start = start.max(mark_len(text));
        let wanted = self
            .mark(text, start)
            .units(unit)
            .saturating_add(position.column.checked_sub(1)?);
        let end = self.line_end(text, start);
        let whole = self.marks.partition_point(|mark| mark.units(unit) <= wanted);
        let from = boundary(text, whole * BLOCK).max(start).min(end);
        let rest = text.get(from..end)?;
        let mut at = self.mark(text, from);
        for character in rest.chars() {
            let mut bytes = [0; 4];
            let next = at.behind(character.encode_utf8(&mut bytes).as_bytes());
            if next.units(unit) > wanted {
                break;
            }
            at = next;
        }
        Some(at.offset)
    }

    /// The span of the lines that `span` touches, without the last line's end.
    pub fn lines_of(&self, text: &str, span: Span) -> Span {
        let start = self.mark(text, span.start).line_start;
        let last = if span.is_empty() { span.end } else { span.end - 1 };
        let line = self.mark(text, last.max(start)).lines;
        let next = self.line_start(text, line + 1);
        Span::new(start, next.map_or(text.len(), |next| next - 1))
    }

    /// Where a line starts, counted from 0; none where there are not so many.
    fn line_start(&self, text: &str, line: usize) -> Option<usize> {
        let Some(ends_before) = line.checked_sub(1) else {
            return Some(0);
        };
        let whole = self.marks.partition_point(|mark| mark.lines <= ends_before);
        let from = whole * BLOCK;
        let rest = text.as_bytes().get(from..)?;
        let before = self.mark(text, from).lines;
        let mut ends = rest.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        ends.nth(ends_before - before).map(|(at, _)| from + at + 1)
    }

    /// Where the line ends that starts at `start`, in front of its line end.
    fn line_end(&self, text: &str, start: usize) -> usize {
        let end = self.lines_of(text, Span::at(start)).end;
        let returns = text.get(start..=end).is_some_and(|line| line.ends_with("\r\n"));
        end - usize::from(returns)
    }

    /// The place in front of the byte at `offset`.
    fn mark(&self, text: &str, offset: usize) -> Mark {
        let bytes = text.as_bytes();
        let offset = offset.min(bytes.len());
        let whole = offset / BLOCK;
        let before = whole.checked_sub(1).and_then(|last| self.marks.get(last).copied());
        let rest = bytes.get(whole * BLOCK..offset).unwrap_or(&[]);
        before.unwrap_or_default().behind(rest)
    }
}

/// The offset of the character that the byte at `offset` belongs to.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a reader would count who goes through the text from its start: no index, no blocks.
    fn counted(text: &str, offset: usize, unit: Unit) -> Position {
        let before = &text[..offset];
        let line = before.rsplit('\n').next().unwrap_or_default();
        let line = if before.contains('\n') {
            line
        } else {
            line.trim_start_matches(BYTE_ORDER_MARK)
        };
        let column = match unit {
            Unit::Character => line.chars().count(),
            Unit::Utf16 => line.encode_utf16().count(),
            Unit::Byte => line.len(),
        };
        Position {
            line: before.matches('\n').count() + 1,
            column: column + 1,
        }
    }

    const UNITS: [Unit; 3] = [Unit::Character, Unit::Utf16, Unit::Byte];

    fn assert_both_ways(text: &str) {
        let positions = Positions::new(text);
        let ends: Vec<usize> = text.match_indices("\r\n").map(|(at, _)| at + 1).collect();
        for unit in UNITS {
            for (offset, _) in text
                .char_indices()
                .chain([(text.len(), '\0')])
                .skip(usize::from(mark_len(text) > 0))
            {
                let position = positions.position(text, offset, unit);
                assert_eq!(position, counted(text, offset, unit), "{unit:?} {offset} of {text:?}");
                // Between the two bytes of a line end is no place to go to: it is in front of them.
                let back = offset - usize::from(ends.contains(&offset));
                assert_eq!(
                    positions.offset(text, position, unit),
                    Some(back),
                    "{unit:?} {offset} of {text:?}"
                );
            }
        }
    }

    #[test]
    fn positions_lead_there_and_back() {
        for text in [
            "",
            "\u{feff}",
            "a",
            "\n",
            "\r\n",
            "\u{feff}é👥x\r\nyz\n",
            "a\rb\r\r\nc",
            "👩🏽\u{200d}💻\r\n\r\n表",
        ] {
            assert_both_ways(text);
        }
        let many: String = (0..200)
            .map(|line| "é👥".repeat(line * 7 % 23) + if line % 3 == 0 { "\r\n" } else { "\n" })
            .collect();
        assert_both_ways(&many);
        assert_both_ways(&format!("\u{feff}{}", "é表a💻".repeat(100)));
        assert_both_ways(&"\n".repeat(3 * BLOCK));
    }

    #[test]
    fn what_is_behind_a_line_is_its_end_and_behind_the_text_nothing() {
        let text = "ab\r\n👥c";
        let positions = Positions::new(text);
        for (line, column, unit, offset) in [
            (1, 9, Unit::Character, Some(2)),
            (2, 2, Unit::Utf16, Some(4)),
            (2, 3, Unit::Utf16, Some(8)),
            (2, 3, Unit::Byte, Some(4)),
            (2, 99, Unit::Byte, Some(9)),
            (3, 1, Unit::Character, None),
            (0, 1, Unit::Character, None),
            (1, 0, Unit::Character, None),
        ] {
            let position = Position { line, column };
            assert_eq!(positions.offset(text, position, unit), offset, "{position:?} {unit:?}");
        }
        // The other way, what is behind the text is its end, and inside a character is the character.
        for (offset, column) in [(999, 3), (5, 1), (8, 2)] {
            let position = Position { line: 2, column };
            assert_eq!(positions.position(text, offset, Unit::Character), position, "{offset}");
        }
        let huge = Position {
            line: 1,
            column: usize::MAX,
        };
        assert_eq!(positions.offset(text, huge, Unit::Byte), Some(2));
    }

    #[test]
    fn lines_are_whole() {
        let text = "ab\ncd\n\nef";
        let positions = Positions::new(text);
        for (start, end, lines) in [
            (0, 1, "ab"),
            (0, 3, "ab"),
            (2, 2, "ab"),
            (1, 4, "ab\ncd"),
            (6, 6, ""),
            (9, 9, "ef"),
            (7, 99, "ef"),
        ] {
            let span = positions.lines_of(text, Span::new(start, end));
            assert_eq!(&text[span.start..span.end], lines, "{start}..{end}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_place_of_a_text_is_found_again(text in "\u{feff}?([aé表👥]{0,60}(\r\n|\n|\r)?){0,12}") {
            assert_both_ways(&text);
        }
    }
}
