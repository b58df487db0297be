//! One name, three forms: normalised, as a segment of a section's path, and as a shape. Must never depend on locale,
//! and must give the empty name only to a text without letters and digits.

use super::chars::{fold, has_letter, is_invisible, is_letter, is_word, trim_pictographs, trim_start};
use super::numbering::{strip_outline, strip_section_word};

/// The normalised form of a name: lower-case words, one space between them, no punctuation.
///
/// Pictographs and `:shortcode:` at the ends and outline numbers at the start are gone, `&` is `and`, full-width ASCII
/// is ASCII, an apostrophe joins (`What's` is `whats`), `C#` and `C++` are `c sharp` and `c plus plus`. Accents and
/// letters of all scripts stay; a word in parentheses stays a word. Normalising twice changes nothing.
pub fn normalise(text: &str) -> String {
    let mut words = Words::new(text.len());
    words.add(without_numbering(text, true), Digits::Keep);
    words.out
}

/// The normalised words of a name joined by `-`: a segment of a section's path, such as `executive-summary`.
/// Empty where the name has no letters and digits.
pub fn slug(text: &str) -> String {
    normalise(text).replace(' ', "-")
}

/// The shape of a name, equal for the instances of a group: normalised, with `#` for each run of digits and `*` for
/// each placeholder in `[…]` or `{…}`. `Component 1: [Component Name]` is `component # *`.
pub fn shape(text: &str) -> String {
    let mut words = Words::new(text.len());
    let mut rest = without_numbering(text, false);
    while let Some((before, after)) = split_at_placeholder(rest) {
        words.add(before, Digits::Mask);
        words.add_mark('*');
        rest = after;
    }
    words.add(rest, Digits::Mask);
    words.out
}

/// The text without pictographs at its ends and outline numbers at its start, in whatever order they stand;
/// `section_words`: without `Section 7:` too, which is itself a group's label where a template says so.
pub fn without_numbering(text: &str, section_words: bool) -> &str {
    let mut rest = trim_pictographs(text);
    while let Some(after) = strip_outline(rest).or_else(|| if section_words { strip_section_word(rest) } else { None })
    {
        rest = trim_start(after);
    }
    rest
}

/// What stands before and after the first placeholder in the text.
fn split_at_placeholder(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match c {
            '[' | '{' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            ']' | '}' if depth > 0 => {
                depth -= 1;
                let inside = text.get(start + 1..at)?;
                // `[1]` is a citation, `[ ]` a box.
                if depth == 0 && (has_letter(inside) || inside.contains(['.', '?', '…'])) {
                    return Some((text.get(..start)?, text.get(at + 1..)?));
                }
            }
            _ => {}
        }
    }
    None
}

#[derive(Clone, Copy, PartialEq)]
enum Digits {
    Keep,
    Mask,
}

/// Words as they are found, folded and separated.
struct Words {
    out: String,
    /// Whether the next character begins a word.
    apart: bool,
}

impl Words {
    fn new(capacity: usize) -> Self {
        Self {
            out: String::with_capacity(capacity),
            apart: true,
        }
    }

    fn add(&mut self, text: &str, digits: Digits) {
        self.apart = true;
        // Nearly all names are ASCII without a character that means something next to others.
        let plain = |byte: u8| byte.is_ascii() && !matches!(byte, b'&' | b'\'' | b'#' | b'+');
        if digits == Digits::Keep && text.bytes().all(plain) {
            return self.add_plain(text);
        }
        let mut rest = text;
        // The last visible character, and whether it is a word of one letter.
        let mut last = ' ';
        let mut single = false;
        while let Some(c) = rest.chars().next() {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            if is_invisible(c) {
                continue;
            }
            let c = fold(c);
            if is_word(c) {
                single = self.apart && c.is_ascii_alphabetic();
                self.add_letter(c, digits);
            } else if c == '&' {
                self.add_word("and");
            } else if c == '\'' && is_letter(last) && rest.starts_with(is_letter) {
                continue;
            } else if single && c == '#' && !rest.starts_with(is_letter) {
                self.add_word("sharp");
            } else if single && c == '+' && rest.starts_with(['+', '＋']) {
                self.add_word("plus plus");
            } else {
                self.apart = true;
            }
            single &= is_word(c);
            last = c;
        }
        self.apart = true;
    }

    fn add_plain(&mut self, text: &str) {
        let start = self.out.len();
        let mut rest = text;
        while let Some(word) = rest.bytes().position(|byte| byte.is_ascii_alphanumeric()) {
            rest = rest.get(word..).unwrap_or_default();
            let end = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric());
            let (word, behind) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
            self.apart = true;
            self.separate();
            self.out.push_str(word);
            rest = behind;
        }
        if let Some(added) = self.out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        self.apart = true;
    }

    fn add_letter(&mut self, c: char, digits: Digits) {
        self.separate();
        match c {
            _ if digits == Digits::Mask && c.is_numeric() => {
                if !self.out.ends_with('#') {
                    self.out.push('#');
                }
            }
            _ if c.is_ascii() => self.out.push(c.to_ascii_lowercase()),
            // What `char::to_lowercase` leaves different although only the case differs.
            'ß' | 'ẞ' => self.out.push_str("ss"),
            'ς' => self.out.push('σ'),
            'ı' | 'İ' => self.out.push('i'),
            _ => self.out.extend(c.to_lowercase()),
        }
    }

    fn add_word(&mut self, word: &str) {
        self.apart = true;
        self.separate();
        self.out.push_str(word);
        self.apart = true;
    }

    fn add_mark(&mut self, mark: char) {
        self.apart = true;
        self.separate();
        self.out.push(mark);
    }

    fn separate(&mut self) {
        if self.apart && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.apart = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_normalised() {
        for (text, name) in [
            ("📋 Executive Summary", "executive summary"),
            ("🏗️ System Architecture", "system architecture"),
            ("📊 Monitoring & Observability", "monitoring and observability"),
            ("MONITORING AND OBSERVABILITY:", "monitoring and observability"),
            ("6. 🔄 Integration Architecture", "integration architecture"),
            ("🔄 6. Integration Architecture", "integration architecture"),
            (":rocket: 9.1 Deployment", "deployment"),
            ("Section 7: 🔐 Security", "security"),
            ("1. 2. Security", "security"),
            ("High-Level Architecture", "high level architecture"),
            ("High‑Level\u{a0}Architecture", "high level architecture"),
            ("CI/CD Pipeline", "ci cd pipeline"),
            ("Disaster Recovery (DR)", "disaster recovery dr"),
            ("Ｓｅｃｕｒｉｔｙ　＆　Privacy", "security and privacy"),
            ("What’s New", "whats new"),
            ("“Quoted” 'Name'", "quoted name"),
            ("C# Guidelines", "c sharp guidelines"),
            ("C++ API", "c plus plus api"),
            ("C", "c"),
            ("Plan B #", "plan b"),
            (".NET Services", "net services"),
            ("Node.js", "node js"),
            ("24/7 Support", "24 7 support"),
            ("3rd Party Services", "3rd party services"),
            ("2FA", "2fa"),
            ("7. 2FA", "2fa"),
            ("V. Vendors", "vendors"),
            ("V for Vendetta", "v for vendetta"),
            ("A. Appendix", "appendix"),
            ("Appendix A", "appendix a"),
            ("I think", "i think"),
            ("7 Security", "7 security"),
            ("3 Tier Architecture", "3 tier architecture"),
            ("2025 Roadmap", "2025 roadmap"),
            ("R&D", "r and d"),
            ("SYSTEM_ARCHITECTURE", "system architecture"),
            ("变更日志", "变更日志"),
            ("2. 变更日志：", "变更日志"),
            ("Журнал изменений", "журнал изменений"),
            ("Änderungsverlauf", "änderungsverlauf"),
            ("ÜBERSICHT DER GRÖSSEN", "übersicht der grössen"),
            ("Übersicht der Größen", "übersicht der grössen"),
            ("हिन्दी दस्तावेज़", "हिन्दी दस्तावेज़"),
            ("のログ　パイプ", "のログ パイプ"),
            ("ðŸ“Š Metrics", "metrics"),
            ("ðŸ“ŠMetrics", "ðÿ šmetrics"),
            ("12", "12"),
            ("7.", "7"),
            ("1.2.0", "1 2 0"),
            ("7. 🚀", "7"),
            ("7. &", "and"),
            ("7. :rocket:", "7"),
            ("🚀 ✅", ""),
            ("1️⃣", ""),
            (":rocket:", ""),
            ("...", ""),
            ("", ""),
        ] {
            assert_eq!(normalise(text), name, "{text:?}");
            assert_eq!(slug(text), name.replace(' ', "-"), "{text:?}");
        }
    }

    #[test]
    fn groups_have_one_shape() {
        for (text, expected) in [
            ("Component 1: [Component Name]", "component # *"),
            ("🧩 Component 12 - [Component Name]", "component # *"),
            ("4.1 Component 1: [Component Name]", "component # *"),
            ("Phase 1 (Q1 2026)", "phase # q# #"),
            ("Phase 3 (Q3 2027)", "phase # q# #"),
            ("FR1", "fr#"),
            ("Decision 003: {title}", "decision # *"),
            ("Section 2: [Name]", "section # *"),
            ("1. [Service Name]", "*"),
            ("Service {{name}} [[x]]", "service * *"),
            ("...", ""),
            ("[...]", "*"),
            ("Sources [1]", "sources #"),
            ("Unclosed [name", "unclosed name"),
            ("[Name] & [Other]", "* and *"),
        ] {
            assert_eq!(shape(text), expected, "{text:?}");
        }
    }

    #[test]
    fn names_of_the_same_sections_differ_from_other_names() {
        for (a, b) in [
            ("2025 Roadmap", "2026 Roadmap"),
            ("C# Guidelines", "C Guidelines"),
            ("C++ API", "C API"),
            ("Phase 1", "Phase 2"),
            ("Data Models", "Data Model"),
            ("变更日志", "变更记录"),
        ] {
            assert_ne!(normalise(a), normalise(b));
        }
    }

    /// A name with a letter in it, of several scripts, without a colon or a sign that the noise itself is made of.
    fn names() -> impl Strategy<Value = String> {
        "[A-Za-zäÖéЖжπΣ变更][A-Za-z0-9ñÉдЯλ日志 &,/()'._-]{0,24}"
    }

    proptest! {
        #[test]
        fn noise_changes_nothing(
            name in names(),
            picture in prop::sample::select(vec!["", "🏗️ ", "🏗 ", "👩🏽‍💻", "1️⃣ ", "→ ", "🇩🇪 ", ":rocket: ", "① "]),
            number in prop::sample::select(vec!["", "7. ", "7) ", "7.1 ", "7.1.2 - ", "VII. ", "A. ", "Section 7: ", "§ 7 ", "（一）"]),
            second in prop::sample::select(vec!["", "🔐 ", "🔐️"]),
            after in prop::sample::select(vec!["", ":", " #", " ✅", "✅️", " :tada:", "\u{a0}", " 2️⃣", "：", ": ##"]),
            upper: bool,
        ) {
            let plain = normalise(&name);
            let cased = if upper { name.to_uppercase() } else { name.to_lowercase() };
            prop_assert_eq!(&normalise(&format!("{picture}{number}{second}{cased}{after}")), &plain);
            prop_assert_eq!(normalise(&name.replace(" & ", " and ")), plain);
        }

        #[test]
        fn normalising_twice_changes_nothing(text in ".{0,40}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once.clone());
            prop_assert_eq!(slug(&slug(&text)), slug(&text));
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        }

        #[test]
        fn normalising_twice_changes_nothing_near_the_rules(
            text in "([0-9]{1,2}|[.:§&#+()'\\[\\]{}-]|[IVXaC一]|Section|:x:| |🚀|1️⃣|Å|İ|、){0,12}"
        ) {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
            let masked = shape(&text);
            prop_assert!(masked.chars().all(|c| !c.is_ascii_digit()));
        }

        #[test]
        fn words_survive(text in ".{0,40}") {
            let spoken = text.chars().any(|c| c.is_ascii_alphabetic()) && !text.contains([':', '&']);
            prop_assert!(!spoken || !normalise(&text).is_empty());
        }
    }
}
