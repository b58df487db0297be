//! Marks: what stands in front of an item, or behind it, and says whether it is done. A box that the host shows as
//! text, an emoji, a choice. Plain text only: what is code or a link is told apart by whoever asks.

use super::words::{Tick, said};

/// A mark at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leading<'t> {
    /// What it says.
    pub tick: Tick,
    /// What it is.
    pub sort: Sort,
    /// The mark as written.
    pub written: &'t str,
    /// What stands behind it.
    pub rest: &'t str,
}

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A box of brackets.
    Box,
    /// A sign that means done or not done wherever it stands: `✅`, `❌`, `☐`.
    Sign,
    /// `☒`: a box with a cross in it, which means done unless other boxes have a tick in them.
    Cross,
    /// A sign that says so only among others: `⚠️`, `🚧`.
    Hint,
}

/// The mark that a text begins with.
pub fn leading(text: &str) -> Option<Leading<'_>> {
    bracketed(text).or_else(|| sign(text))
}

/// A box of brackets: `[ ]`, `[x ]`, `[]`, `[✓]`, `[n/a]`, `[ ]x`, `( )`.
pub fn bracketed(text: &str) -> Option<Leading<'_>> {
    let inner = text.strip_prefix(['[', '［', '('])?;
    let close = inner
        .char_indices()
        .take(16)
        .find(|(_, c)| matches!(c, ']' | '］' | ')'))?
        .0;
    let (inner, rest) = inner.split_at_checked(close)?;
    let mut rest = rest.get(rest.chars().next()?.len_utf8()..)?;
    let round = text.starts_with('(');
    if round && inner != " " && !matches!(inner, "x" | "X" | "✓" | "✔") {
        return None;
    }
    let mut tick = inside(inner)?;
    // A tick that missed its box.
    let missed = rest
        .strip_prefix(['x', 'X', '✓', '✔'])
        .filter(|_| inner.trim().is_empty());
    if let Some(behind) = missed.filter(|behind| behind.is_empty() || behind.starts_with(char::is_whitespace)) {
        (tick, rest) = (Tick::Done, behind);
    }
    Some(Leading {
        tick,
        sort: Sort::Box,
        written: before(text, rest),
        rest,
    })
}

/// What stands in a box.
fn inside(inner: &str) -> Option<Tick> {
    let inner = inner.trim();
    let mut chars = inner.chars();
    let (first, more) = (chars.next(), chars.next().is_some());
    match (first, more) {
        (None, _) => Some(Tick::Open),
        // The last three look like an `x` and are none.
        (Some('v' | 'V' | '√' | '*' | '+' | '×' | 'х' | 'Х'), false) => Some(Tick::Done),
        (Some('-'), false) => Some(Tick::Waived),
        (Some('~' | '/' | '>' | '<' | '!' | '?' | '.' | '_' | 'o' | 'O' | '…'), false) => Some(Tick::Open),
        _ => {
            let sign = sign(inner)
                .filter(|sign| sign.rest.trim().is_empty())
                .map(|sign| sign.tick);
            sign.or_else(|| {
                said(inner)
                    .filter(|(_, rest)| rest.trim().is_empty())
                    .map(|(tick, _)| tick)
            })
        }
    }
}

/// An emoji, a dingbat or the `:short_code:` of one.
pub fn sign(text: &str) -> Option<Leading<'_>> {
    let (tick, sort, rest) = short_code(text).or_else(|| {
        let first = text.chars().next()?;
        let (tick, sort) = of_char(first)?;
        Some((tick, sort, text.get(first.len_utf8()..)?))
    })?;
    let rest = rest.trim_start_matches(['\u{fe0f}', '\u{fe0e}']);
    Some(Leading {
        tick,
        sort,
        written: before(text, rest),
        rest,
    })
}

fn of_char(c: char) -> Option<(Tick, Sort)> {
    Some(match c {
        '✅' | '☑' | '✔' | '✓' | '🗸' | '🗹' | '🟢' | '🟩' => (Tick::Done, Sort::Sign),
        '☒' => (Tick::Done, Sort::Cross),
        '☐' | '⬜' | '◻' | '▢' | '□' | '🔲' | '❌' | '❎' | '✗' | '✘' | '✖' | '✕' | '🔴' | '🟥' | '🟡' | '🟨'
        | '🟠' | '🟧' | '⚪' | '◐' | '◑' | '◒' | '◓' | '◔' | '◕' => (Tick::Open, Sort::Sign),
        '⚠' | '⏳' | '⌛' | '🚧' | '❗' | '❓' | '❔' | '🔄' | '⏸' | '🔜' | '🚫' | '⛔' | '⭕' | '🚨' => {
            (Tick::Open, Sort::Hint)
        }
        '👍' => (Tick::Done, Sort::Hint),
        '➖' | '⏭' => (Tick::Waived, Sort::Hint),
        _ => return None,
    })
}

fn short_code(text: &str) -> Option<(Tick, Sort, &str)> {
    let (name, rest) = text
        .strip_prefix(':')?
        .split_once(':')
        .filter(|(name, _)| name.len() < 32)?;
    let (tick, sort) = match name {
        "white_check_mark" | "heavy_check_mark" | "ballot_box_with_check" | "check_mark" | "green_circle" => {
            (Tick::Done, Sort::Sign)
        }
        "x"
        | "white_large_square"
        | "black_square_button"
        | "white_square_button"
        | "red_circle"
        | "yellow_circle"
        | "negative_squared_cross_mark"
        | "heavy_multiplication_x" => (Tick::Open, Sort::Sign),
        "warning" | "construction" | "hourglass" | "hourglass_flowing_sand" | "question" | "exclamation" => {
            (Tick::Open, Sort::Hint)
        }
        _ => return None,
    };
    Some((tick, sort, rest))
}

/// What stands in `text` in front of its end `rest`.
fn before<'t>(text: &'t str, rest: &str) -> &'t str {
    text.get(..text.len() - rest.len()).unwrap_or("")
}

/// What a text says about itself at its end: `… ✅`, `… [x]`, `…: Yes`, `… ☐ Yes ☑ No`; and the text without that.
pub fn trailing(text: &str) -> Option<(Tick, &str)> {
    choice(text).or_else(|| last_mark(text)).or_else(|| last_word(text))
}

fn last_mark(text: &str) -> Option<(Tick, &str)> {
    let shown = text.trim_end_matches(['\u{fe0f}', '\u{fe0e}', '.']);
    let boxed = shown.ends_with(']').then(|| shown.rfind('[')).flatten();
    let start = boxed.or_else(|| Some(shown.len() - shown.chars().next_back()?.len_utf8()))?;
    let (head, mark) = text.split_at_checked(start)?;
    let found = leading(mark).filter(|found| matches!(found.sort, Sort::Box | Sort::Sign) && found.rest.len() < 2)?;
    Some((found.tick, ended(head)?))
}

fn last_word(text: &str) -> Option<(Tick, &str)> {
    let separators = [": ", " - ", " – ", " — ", "—", " → ", " => ", "："];
    let at = separators
        .iter()
        .filter_map(|mark| Some(text.rfind(mark)? + mark.len()))
        .max()?;
    let (head, tail) = text.split_at_checked(at)?;
    // A share there is a measure, and no answer.
    let (tick, rest) = said(tail.trim()).filter(|_| !tail.starts_with(|c: char| c.is_ascii_digit()))?;
    let rest = rest.trim_start();
    let whole = rest.is_empty() || rest == "." || rest.starts_with('(') && rest.ends_with(')');
    let head = ended(head)?;
    let standing = [
        "status",
        "decision",
        "outcome",
        "result",
        "verdict",
        "recommendation",
        "approval",
    ];
    let field = standing.iter().any(|word| head.to_lowercase().ends_with(word));
    (whole && !field).then_some((tick, head))
}

/// A text without the separator at its end, if anything is left of it.
fn ended(head: &str) -> Option<&str> {
    let head = head
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '→' | '=' | '>'));
    (!head.is_empty()).then_some(head)
}

/// Two boxes or more with a word each, of which one is ticked: `☐ Yes ☑ No`, `[x] Pass [ ] Fail`.
pub fn choice(text: &str) -> Option<(Tick, &str)> {
    let (mut options, mut first) = (Vec::new(), None);
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(['[', '☐', '☑', '☒', '✅', '⬜']) {
        let start = from + at;
        let behind = text.get(start..)?;
        from = start + behind.chars().next()?.len_utf8();
        let Some(mark) = leading(behind) else { continue };
        let word = mark.rest.trim_start();
        match said(word) {
            Some((tick, _)) => options.push((mark.tick, tick)),
            None if first.is_some() => return None,
            None => continue,
        }
        first.get_or_insert(start);
    }
    let head = text.get(..first.filter(|_| options.len() > 1)?)?;
    let mut picked = options.iter().filter(|(mark, _)| *mark == Tick::Done);
    let tick = match (picked.next(), picked.next()) {
        (Some((_, word)), None) => *word,
        _ => Tick::Open,
    };
    Some((tick, ended(head).unwrap_or("")))
}

/// What a table's cell says; `None` where it says nothing that can be read. The rest of its text is the reason.
pub fn cell(text: &str) -> Option<(Tick, &str)> {
    let text = text.trim();
    if let Some((tick, _)) = choice(text) {
        return Some((tick, ""));
    }
    if let Some(mark) = leading(text) {
        // `✅ / ❌` is a menu from which nothing is picked.
        let other = mark.rest.split_once(['/', '|']).map(|(_, other)| other.trim_start());
        let menu = other.is_some_and(|other| leading(other).is_some());
        let word = said(mark.rest.trim_start());
        return Some(match word {
            _ if menu => (Tick::Open, ""),
            Some((Tick::Waived, rest)) if mark.tick != Tick::Done => (Tick::Waived, rest),
            _ => (mark.tick, mark.rest),
        });
    }
    said(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes() {
        let table = [
            ("[] a", Some((Tick::Open, "[]", " a"))),
            ("[x ] a", Some((Tick::Done, "[x ]", " a"))),
            ("[ x] a", Some((Tick::Done, "[ x]", " a"))),
            ("[ ]a", Some((Tick::Open, "[ ]", "a"))),
            ("[ ]x a", Some((Tick::Done, "[ ]x", " a"))),
            ("[ ]xy", Some((Tick::Open, "[ ]", "xy"))),
            ("[✓] a", Some((Tick::Done, "[✓]", " a"))),
            ("[✔️] a", Some((Tick::Done, "[✔️]", " a"))),
            ("[х] a", Some((Tick::Done, "[х]", " a"))),
            ("[-] a", Some((Tick::Waived, "[-]", " a"))),
            ("[~] a", Some((Tick::Open, "[~]", " a"))),
            ("◐ a", Some((Tick::Open, "◐", " a"))),
            ("[N/A] a", Some((Tick::Waived, "[N/A]", " a"))),
            ("[DONE] a", Some((Tick::Done, "[DONE]", " a"))),
            ("( ) a", Some((Tick::Open, "( )", " a"))),
            ("() a", None),
            ("(R) a", None),
            ("[Team name] a", None),
            ("[1] a", None),
            ("✅ a", Some((Tick::Done, "✅", " a"))),
            ("⚠️ a", Some((Tick::Open, "⚠️", " a"))),
            (":x: a", Some((Tick::Open, ":x:", " a"))),
            ("🔒 a", None),
            ("a", None),
        ];
        for (text, expected) in table {
            let found = leading(text).map(|mark| (mark.tick, mark.written, mark.rest));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_stands_at_the_end() {
        let table: &[(&str, Option<(Tick, &str)>)] = &[
            ("Ports are listed ✅", Some((Tick::Done, "Ports are listed"))),
            ("Ports are listed: [ ]", Some((Tick::Open, "Ports are listed"))),
            ("Ports are listed — Yes", Some((Tick::Done, "Ports are listed"))),
            (
                "Ports are listed: no (see below)",
                Some((Tick::Open, "Ports are listed")),
            ),
            ("Ports listed? ☐ Yes ☑ No", Some((Tick::Open, "Ports listed?"))),
            ("Ports listed? [x] Yes [ ] No", Some((Tick::Done, "Ports listed?"))),
            ("Ports listed? ☐ Yes ☐ No", Some((Tick::Open, "Ports listed?"))),
            ("Document status: Approved", None),
            ("Ports covered: 80%", None),
            ("Ports: pending questions of the team", None),
            ("✅", None),
            ("Ports", None),
        ];
        for (text, expected) in table {
            assert_eq!(trailing(text), *expected, "{text}");
        }
    }

    #[test]
    fn cells() {
        let table: &[(&str, Option<Tick>)] = &[
            ("Yes", Some(Tick::Done)),
            ("✅ Done", Some(Tick::Done)),
            ("Pass with two remarks", Some(Tick::Done)),
            ("NOT IMPLEMENTED", Some(Tick::Open)),
            ("CLEAN: no port is open", Some(Tick::Done)),
            ("FINDING: P-12, two ports", Some(Tick::Open)),
            ("not yet", Some(Tick::Open)),
            ("Not applicable", Some(Tick::Waived)),
            ("N/A", Some(Tick::Waived)),
            ("Pass / Fail", Some(Tick::Open)),
            ("✅ / ❌", Some(Tick::Open)),
            ("✅ Done / ❌ Missing", Some(Tick::Open)),
            ("☐ Pass ☑ Fail", Some(Tick::Open)),
            ("❌ N/A", Some(Tick::Waived)),
            ("100%", Some(Tick::Done)),
            ("80 %", Some(Tick::Open)),
            ("4/4", Some(Tick::Done)),
            ("10/10/2025", None),
            ("通过", Some(Tick::Done)),
            ("Jane", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(cell(text).map(|(tick, _)| tick), *expected, "{text}");
        }
    }
}
