//! What is mentioned by its number, anywhere in the document: requirements, decisions, limitations.

use super::reader::{Reader, Said};
use crate::document::{Block, BlockKind, Document, Inlines, Run, RunKind};
use crate::source::Span;

/// A mention of a requirement, a decision or a limitation by its number, somewhere in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What is mentioned, as the template numbers it: `FR12`, `Decision 9`, `Limitation 2`.
    pub id: String,
    /// The words.
    pub text: Said,
}

/// What can be mentioned by its number, and whether it is written with a blank.
const LABELS: [(&str, bool); 4] = [("NFR", false), ("FR", false), ("Decision", true), ("Limitation", true)];

/// Reads the mentions, outside the places that define what they mention.
///
/// Code says nothing here, and neither does a link to another document, a possessive before the words or `of` behind
/// them: that is somebody else's `Decision 9`.
pub(super) fn read(reader: Reader<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    for block in &reader.document.blocks {
        in_block(reader.document, block, &mut found);
    }
    found
}

fn in_block(document: &Document, block: &Block, found: &mut Vec<Mention>) {
    match &block.kind {
        BlockKind::Paragraph(inlines) => in_inlines(document, inlines, Start::Words, found),
        BlockKind::Heading(inlines) => in_inlines(document, inlines, Start::Definition, found),
        BlockKind::Table(table) => {
            for (at, cell) in table.rows.iter().flat_map(|row| row.cells.iter().enumerate()) {
                let start = if at == 0 { Start::Definition } else { Start::Mention };
                in_inlines(document, cell, start, found);
            }
        }
        _ => block.children().for_each(|child| in_block(document, child, found)),
    }
}

/// What a number is that a text begins with.
#[derive(Clone, Copy, PartialEq)]
enum Start {
    /// The definition of what it counts: a heading, the first cell of a row.
    Definition,
    /// A mention, as everywhere else.
    Mention,
    /// A definition, if it is bold or a mark follows it.
    Words,
}

fn in_inlines(document: &Document, inlines: &Inlines, start: Start, found: &mut Vec<Mention>) {
    let elsewhere = |run: &Run| {
        let link = run.link.and_then(|link| inlines.links.get(link));
        link.is_some_and(|link| !link.target.starts_with('#'))
    };
    let texts = inlines
        .runs
        .iter()
        .enumerate()
        .filter(|(_, run)| run.kind == RunKind::Text && !elsewhere(run));
    for (at, run) in texts {
        let start = match start {
            _ if at > 0 => Start::Mention,
            Start::Words if run.strong => Start::Definition,
            start => start,
        };
        in_text(document.text.get(run.span), run.span.start, start, found);
    }
}

fn in_text(text: &str, base: usize, start: Start, found: &mut Vec<Mention>) {
    if !has_number(text) {
        return;
    }
    let mut from = 0;
    while let Some(next) = next_word(text, from) {
        from = next;
        let Some((length, mention)) = at_start(text, from) else {
            from += 1;
            continue;
        };
        let behind = text.get(from + length..).unwrap_or("");
        let marked = behind.trim_start().starts_with([':', '.', ')', '-', '–', '—']);
        let defined = from == 0 && (start == Start::Definition || start == Start::Words && marked);
        if !(defined || is_foreign(text.get(..from).unwrap_or(""), behind)) {
            found.extend(mention.into_iter().map(|(id, span)| {
                let words = text.get(span.start..span.end).unwrap_or("");
                let text = Said::new(words, span.shifted(base));
                Mention { id, text }
            }));
        }
        from += length;
    }
}

/// Whether a number stands where it could count something: behind the last letter of one of [`LABELS`], or of many.
fn has_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let labelled = |at: usize| {
        let word = match bytes.get(..at) {
            Some([word @ .., b' ' | b'-']) => word,
            word => word.unwrap_or(&[]),
        };
        matches!(word, [.., b'R' | b'n' | b'N' | b's'])
    };
    let counts = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit) && labelled(at);
    // Most blocks of bytes have no digit, which one look at the whole of each tells.
    let (blocks, rest) = bytes.as_chunks::<16>();
    let has_digit = |block: &[u8; 16]| block.iter().fold(false, |any, byte| any | byte.is_ascii_digit());
    let mut starts = (0..).step_by(16).zip(blocks);
    starts.any(|(start, block)| has_digit(block) && (start..start + 16).any(counts))
        || (bytes.len() - rest.len()..bytes.len()).any(counts)
}

/// The next word from an offset on that begins as one of [`LABELS`] does.
fn next_word(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let begins = |byte: &u8| matches!(byte, b'N' | b'F' | b'D' | b'd' | b'L' | b'l');
        at += bytes.get(at..)?.iter().position(begins)?;
        let before = text.get(..at)?.chars().next_back();
        if !before.is_some_and(char::is_alphanumeric) {
            return Some(at);
        }
        at += 1;
    }
}

/// The mentions that begin at `from`, and how long they are together: `FR1`, `Decisions 3, 4 and 7`.
fn at_start(text: &str, from: usize) -> Option<(usize, Vec<(String, Span)>)> {
    let rest = text.get(from..)?;
    let word = rest
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .filter(|word| !word.is_empty())?;
    let plain = word.strip_suffix('s').unwrap_or(word);
    let (label, spaced) = LABELS.iter().find(|(label, spaced)| match spaced {
        true => label.eq_ignore_ascii_case(plain) && word.bytes().any(|byte| byte.is_ascii_lowercase()),
        false => *label == plain,
    })?;
    let behind = rest.get(word.len()..)?;
    let gap = behind.len()
        - behind
            .trim_start_matches(|c: char| c == ' ' || !spaced && c == '-')
            .len();
    if gap > 1 || *spaced && gap == 0 {
        return None;
    }
    let id = |number: u32| match spaced {
        true => format!("{label} {number}"),
        false => format!("{label}{number}"),
    };
    let mut length = word.len() + gap;
    let (number, digits) = number_at(rest.get(length..)?)?;
    length += digits;
    let mut mentions = vec![(id(number), Span::new(from, from + length))];
    while let Some((skip, number, digits)) = word.ends_with('s').then(|| continued(rest.get(length..)?)).flatten() {
        let start = from + length + skip;
        mentions.push((id(number), Span::new(start, start + digits)));
        length += skip + digits;
    }
    // `a decision 3 days ago` counts days.
    let counts = rest
        .get(length..)?
        .strip_prefix(' ')
        .is_some_and(|next| next.starts_with(char::is_lowercase));
    let small = *spaced && word.starts_with(char::is_lowercase) && !word.ends_with('s');
    (!(small && counts)).then_some((length, mentions))
}

/// `, 4` and `and 7` behind a number.
fn continued(text: &str) -> Option<(usize, u32, usize)> {
    let marks = [", and ", " and ", " or ", " & ", ", ", "–", "-", " to "];
    let mark = marks.iter().find(|mark| text.starts_with(**mark))?;
    let (number, digits) = number_at(text.get(mark.len()..)?)?;
    Some((mark.len(), number, digits))
}

/// A whole number at the start of a text; `1.2`, `3rd` and `4%` are none.
fn number_at(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits)?.parse().ok()?;
    let mut behind = text.get(digits..)?.chars();
    let whole = match behind.next() {
        Some('.' | ',' | '-' | ':') => !behind.next().is_some_and(char::is_alphanumeric),
        Some(next) => !next.is_alphanumeric() && !matches!(next, '%' | '_' | '/'),
        None => true,
    };
    whole.then_some((number, digits))
}

/// Whether the words around a mention say that it is another document's: `Decision 9 of Payments`, `its FR3`.
fn is_foreign(before: &str, after: &str) -> bool {
    let glued = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'));
    let owner = before.trim_end().rsplit(' ').next().unwrap_or("");
    let owned = owner.ends_with("'s") || owner.ends_with("’s") || owner.ends_with("s'") || owner.ends_with("s’");
    let of = [" of ", " in ", " from ", " there"]
        .iter()
        .any(|word| after.starts_with(word));
    glued || owned || of || matches!(owner, "its" | "their" | "Their" | "Its")
}

#[cfg(test)]
mod tests {
    use crate::record::tests::records;

    #[test]
    fn mentions_are_read_where_they_are_ours() {
        for (markdown, expected) in [
            ("Answers calls (FR1, FR-6) at once.\n", vec!["FR1", "FR6"]),
            (
                "As of Decision 9, and decisions 3, 4 and 7.\n",
                vec!["Decision 9", "Decision 3", "Decision 4", "Decision 7"],
            ),
            ("- a\n  - see **Limitation 2**\n", vec!["Limitation 2"]),
            ("| A | B |\n|---|---|\n| x | FR3; NFR2 |\n", vec!["FR3", "NFR2"]),
            ("See [Decision 2](#decision-2).\n", vec!["Decision 2"]),
            ("> Because of FR7.\n", vec!["FR7"]),
            (
                "Decision 2 makes it slow, and so does decision 3.\n",
                vec!["Decision 2", "Decision 3"],
            ),
            ("Decision 2: make it slow\n", vec![]),
            // Definitions, other documents, other things.
            (
                "- **FR1**: Sell\n\n### Decision 2: Buy\n\n1. **Limitation 3**: none\n",
                vec![],
            ),
            ("See [Decision 2](other.md) and `FR4`.\n", vec![]),
            (
                "Decided in Decision 9 of Payments, Payments' FR3, and its FR4.\n",
                vec![],
            ),
            (
                "A decision 3 days ago, FR1.2, XFR3, FR-AUTH-1, FR2x, DECISION 9, Decision  9.\n",
                vec![],
            ),
            ("```\nFR9\n```\n", vec![]),
        ] {
            let all = records(&format!("## Component Details\n\n### Component 1: A\n\n{markdown}")).mentions;
            let shown: Vec<&str> = all.iter().map(|mention| mention.id.as_str()).collect();
            assert_eq!(shown, expected, "{markdown}");
        }
    }

    #[test]
    fn mentions_are_found_wherever_in_a_text_they_stand() {
        for before in 0..40 {
            let text = format!("Ä{} FR-7.\n", "x".repeat(before));
            let all = records(&format!("## Component Details\n\n### Component 1: A\n\n{text}")).mentions;
            let shown: Vec<&str> = all.iter().map(|mention| mention.id.as_str()).collect();
            assert_eq!(shown, ["FR7"], "{text}");
        }
    }
}
