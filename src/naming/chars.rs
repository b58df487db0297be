//! What a character is to a name: part of a word, a pictograph, invisible, or something between words; and the
//! pictographs at the ends of a name. Must never cut a letter of any script.

/// The plain form of a character: full-width ASCII, odd spaces, dashes and quotes become their ASCII equals.
pub fn fold(c: char) -> char {
    match c {
        _ if c.is_ascii() => c,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{2032}' => '\'',
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// An emoji, arrow, dingbat, enclosed letter or the like, alone or as a piece of one. Some of them (`🅰`, `Ⓜ`, `ℹ`,
/// `①`) are letters or numbers to Unicode.
pub fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{1F000}'..='\u{1FAFF}')
}

/// Shows nothing by itself: joiners, variation selectors, direction marks, emoji tags, the keycap, soft hyphens.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{20E3}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Part of a word: a letter or digit of any script, or a mark that sits on one.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphanumeric() && !is_pictograph(c) || is_mark(c))
}

/// A letter of any script.
pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && c.is_alphabetic() && !is_pictograph(c)
}

/// The marks that `char::is_alphanumeric` does not count although they stand inside words: combining accents, and
/// the viramas, nuktas and tone marks of the scripts of South and South-East Asia.
fn is_mark(c: char) -> bool {
    match c {
        '\u{900}'..='\u{DFF}' => matches!(u32::from(c) & 0x7F, 0x3C | 0x4D),
        _ => matches!(c,
            '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{65F}'
            | '\u{E3A}' | '\u{E47}'..='\u{E4E}' | '\u{EC8}'..='\u{ECE}' | '\u{1037}' | '\u{1039}'..='\u{103A}'
            | '\u{17C9}'..='\u{17D3}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{3099}' | '\u{309A}' | '\u{FE20}'..='\u{FE2F}'),
    }
}

/// Whether a letter is left in the text, or a `&`, which is a word too, so that what stands before it may be taken for
/// decoration.
pub fn has_letter(text: &str) -> bool {
    text.chars().any(|c| is_letter(c) || fold(c) == '&')
}

/// The text without blanks and pictographs at its ends: emoji with their selectors and joiners, keycaps, flags,
/// arrows, dingbats and `:shortcode:`. A colon or a lone `#` that closes the text goes with them.
pub fn trim_pictographs(text: &str) -> &str {
    trim_start(trim_end(text))
}

/// As [`trim_pictographs`], at the start only.
pub fn trim_start(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_trimming);
        if rest.starts_with(|c: char| c.is_ascii() && !is_keycap_base(c) && c != ':') {
            return rest;
        }
        let next = strip_keycap(rest)
            .or_else(|| strip_shortcode(rest))
            .or_else(|| strip_broken(rest));
        let Some(next) = next else {
            return rest;
        };
        rest = next;
    }
}

fn trim_end(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_end_matches(is_trimming);
        if rest.ends_with(|c: char| c.is_ascii() && !matches!(c, ':' | '#')) {
            return rest;
        }
        let next = strip_keycap_end(rest)
            .or_else(|| strip_shortcode_end(rest))
            .or_else(|| rest.strip_suffix([':', '：']))
            .or_else(|| {
                rest.strip_suffix('#')
                    .filter(|before| before.ends_with(char::is_whitespace))
            });
        let Some(next) = next else {
            return rest;
        };
        rest = next;
    }
}

/// Blank, pictograph or invisible. Without the keycap, which must still be seen by the digit before it.
fn is_trimming(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace();
    }
    c.is_whitespace() || is_pictograph(c) || is_invisible(c) && c != '\u{20E3}'
}

fn is_keycap_base(c: char) -> bool {
    matches!(c, '0'..='9' | '#' | '*')
}

fn strip_keycap(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(is_keycap_base)?;
    rest.strip_prefix('\u{FE0F}').unwrap_or(rest).strip_prefix('\u{20E3}')
}

fn strip_keycap_end(text: &str) -> Option<&str> {
    let rest = text.strip_suffix('\u{20E3}')?;
    let rest = rest.strip_suffix('\u{FE0F}').unwrap_or(rest);
    // A keycap without its key is a stray mark.
    Some(rest.strip_suffix(is_keycap_base).unwrap_or(rest))
}

/// How an emoji begins whose UTF-8 was read as Windows-1252, Windows-1254, Latin-1 or Mac Roman. The rest of it may be
/// letters, as in `ðŸ“Š`. Each has a character that no normalised name has.
const BROKEN: [&str; 9] = ["ðŸ", "ğŸ", "ð\u{9F}", "\u{F8FF}ü", "âœ…", "‚úÖ", "â\u{9C}", "ï¸", "Ô∏"];

/// What follows a broken emoji, which ends at a blank.
fn strip_broken(text: &str) -> Option<&str> {
    let beyond_ascii = !text.as_bytes().first()?.is_ascii();
    BROKEN.iter().find(|start| beyond_ascii && text.starts_with(**start))?;
    let rest = text.trim_start_matches(|c: char| !c.is_whitespace() && !c.is_ascii_alphanumeric());
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(rest)
}

/// What follows a `:shortcode:` at the start of the text, which ends there or goes on with a blank or another one.
fn strip_shortcode(text: &str) -> Option<&str> {
    let (name, rest) = text.strip_prefix(':')?.split_once(':')?;
    let closed = rest.is_empty() || rest.starts_with(|c: char| c == ':' || !is_word(c));
    (is_shortcode_name(name) && closed).then_some(rest)
}

fn strip_shortcode_end(text: &str) -> Option<&str> {
    let (before, name) = text.strip_suffix(':')?.rsplit_once(':')?;
    let opened = before.is_empty() || before.ends_with(|c: char| c == ':' || !is_word(c));
    (is_shortcode_name(name) && opened).then_some(before)
}

fn is_shortcode_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictographs_at_the_ends_go() {
        for (text, bare) in [
            ("Plain", "Plain"),
            ("🏗️ System", "System"),
            ("🏗 System", "System"),
            ("System 🗺️", "System"),
            ("👩🏽‍💻 Team", "Team"),
            ("🏴󠁧󠁢󠁳󠁣󠁴󠁿 Scotland", "Scotland"),
            ("🇩🇪 Germany", "Germany"),
            ("1️⃣2⃣ Step", "Step"),
            ("Step #️⃣", "Step"),
            ("→ Next ⇒", "Next"),
            ("✅✔Done", "Done"),
            ("① First", "First"),
            ("🅰 Ⓜ️ ℹ️ ™ Info", "Info"),
            (":rocket: Deployment :tada:", "Deployment"),
            (":a::b: Deployment:+1:", "Deployment:+1"),
            (":rocket:", ""),
            ("\u{FEFF} \u{A0}X\u{200B}", "X"),
            ("Overview: ", "Overview"),
            ("Overview 🚀：", "Overview"),
            ("Overview #", "Overview"),
            ("C#", "C#"),
            ("C# :", "C#"),
            (":not a code: here", ":not a code: here"),
            ("ðŸ“Š Metrics", "Metrics"),
            ("ðŸ\u{8F}—ï¸\u{8F} System", "System"),
            ("\u{F8FF}üìã Summary", "Summary"),
            ("âœ… Review", "Review"),
            ("ðŸ“ŠMetrics", "ðŸ“ŠMetrics"),
            ("ður Höfn", "ður Höfn"),
            ("12", "12"),
            ("", ""),
        ] {
            assert_eq!(trim_pictographs(text), bare, "{text:?}");
        }
    }

    #[test]
    fn no_pictograph_is_part_of_a_word() {
        for c in '\0'..=char::MAX {
            assert!(!(is_word(c) && is_pictograph(c)), "{c:?}");
            assert!(!(is_word(c) && is_invisible(c)), "{c:?}");
            assert_eq!(fold(fold(c)), fold(c), "{c:?}");
        }
    }
}
