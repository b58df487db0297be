//! Reads the periods that a roadmap plans in: quarters, halves, months, years and ranges of them. It must never take a
//! fiscal year for one of the calendar, nor guess the century of a year.

use jiff::civil::Date;

use super::{Words, fold, is_unfilled, plain, read_date, split_notes, trim, unwrap_brackets};

/// Words before a period that do not change when it is over.
static BEFORE: Words = Words::new(
    "by, until, till, target, eta, due, in, during, im, bis, en, end of, end, ende, fin de, early, mid, \
     late, beginning of, start of, anfang, mitte, the",
);

/// Words for a quarter of a year, as `plain` writes them.
static QUARTERS: Words = Words::new("q quarter qtr quartal trimestre kwartaal kwartal квартал кв 四半期 季度 분기");

/// Words for half a year. Not `s`, nor `t` for a quarter: each means two things.
static HALVES: Words = Words::new("h half hj halbjahr semestre semester halfjaar полугодие polrocze");

/// Words and ends of ordinals between the parts of a period that add nothing.
static FILLERS: Words = Words::new("of de del di do the year st nd rd th er e o º ª ste го г года roku");

/// Days from the first to the last, both within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Period {
    fn of_months(year: i16, first: i8, last: i8) -> Option<Self> {
        Some(Self {
            first: Date::new(year, first, 1).ok()?,
            last: Date::new(year, last, 1).ok()?.last_of_month(),
        })
    }
}

/// Reads all of `text` as a period: `Q1 2026`, `2026 Q1`, `Q1/2026`, `1Q2026`, `H1 2026`, `first half of 2026`,
/// `January 2026`, `2026`, `Q2-Q4 2026`, a day. `mid 2026` is the whole year, for nobody says which months it has.
pub fn read_period(text: &str) -> Option<Period> {
    let text = fold(text);
    if is_unfilled(&text) {
        return None;
    }
    let text = unwrap_brackets(trim(&text)).map_or(&*text, |(_, inside)| inside);
    let text = plain(split_notes(text).0);
    let text = strip_words(&text);
    one(text).or_else(|| range(text))
}

/// The period that a heading of a roadmap names: all of it, what stands in brackets (`Phase 1 (Q1 2026)`), or what is
/// set apart by a colon, a dash or a comma (`Q3 2026: Growth`).
pub fn find_period(text: &str) -> Option<Period> {
    let bracketed = || {
        text.split(['(', '[', '（'])
            .skip(1)
            .filter_map(|part| part.split([')', ']', '）']).next())
    };
    read_period(text)
        .or_else(|| bracketed().find_map(read_period))
        .or_else(|| text.split([':', '—', '|', ',', '：']).find_map(read_period))
        .or_else(|| text.split(" - ").flat_map(|part| part.split('–')).find_map(read_period))
}

fn strip_words(mut text: &str) -> &str {
    for _ in 0..3 {
        let rest = BEFORE.iter().find_map(|word| {
            let rest = text.strip_prefix(*word)?;
            rest.starts_with([' ', '-', ':'])
                .then(|| rest.trim_start_matches([' ', '-', ':']))
        });
        match rest {
            Some(rest) => text = rest,
            None => break,
        }
    }
    text
}

fn range(text: &str) -> Option<Period> {
    for sep in [
        " - ", " – ", "–", "—", " to ", " until ", " bis ", " and ", " und ", " & ", "&", "..", "-", "/",
    ] {
        let Some((from, to)) = text.split_once(sep) else {
            continue;
        };
        let (from, to) = (from.trim(), to.trim());
        let ends = match (one(from), one(to)) {
            (None, Some(to)) => one(&format!("{from} {}", to.last.year())).zip(Some(to)),
            (Some(from), None) => Some(from).zip(one(&format!("{to} {}", from.first.year()))),
            (from, to) => from.zip(to),
        };
        if let Some((from, to)) = ends.filter(|(from, to)| from.first <= to.last) {
            return Some(Period {
                first: from.first,
                last: to.last,
            });
        }
    }
    None
}

fn one(text: &str) -> Option<Period> {
    match read_date(text).days() {
        Some((first, last)) => Some(Period { first, last }),
        None => part_of_year(text),
    }
}

/// Reads a year, the number of its part and the word for the part, in whatever order they stand.
fn part_of_year(text: &str) -> Option<Period> {
    let (mut year, mut number, mut months) = (None, None, None);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let like: fn(char) -> bool = match c {
            '0'..='9' => |c| c.is_ascii_digit(),
            c if is_word(c) => is_word,
            ' ' | '-' | '/' | ',' | '.' | '_' | '年' | '第' => |c| !c.is_ascii_digit() && !is_word(c),
            _ => return None,
        };
        let (run, tail) = rest.split_at(rest.find(|c| !like(c)).unwrap_or(rest.len()));
        rest = tail;
        let ordinal = ["first", "second", "third", "fourth"]
            .iter()
            .position(|word| *word == run);
        let (slot, value) = if let Some(at) = ordinal {
            (&mut number, at + 1)
        } else if c.is_ascii_digit() {
            (if run.len() == 4 { &mut year } else { &mut number }, run.parse().ok()?)
        } else if QUARTERS.contains(&run) {
            (&mut months, 3)
        } else if HALVES.contains(&run) {
            (&mut months, 6)
        } else if !is_word(c) && run.chars().all(|c| " -/,._年第".contains(c)) || FILLERS.contains(&run) {
            continue;
        } else {
            return None;
        };
        if slot.replace(value).is_some() {
            return None;
        }
    }
    let (year, number, months) = (
        i16::try_from(year?).ok()?,
        i8::try_from(number?).ok()?,
        i8::try_from(months?).ok()?,
    );
    if !(1900..2200).contains(&year) || !(1..=12 / months).contains(&number) {
        return None;
    }
    Period::of_months(year, (number - 1) * months + 1, number * months)
}

fn is_word(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '年' | '第')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(period: Option<Period>) -> String {
        period.map_or("none".into(), |p| format!("{} {}", p.first, p.last))
    }

    #[test]
    fn periods() {
        for (text, first, last) in [
            ("Q1 2026", "2026-01-01", "2026-03-31"),
            ("2026 Q4", "2026-10-01", "2026-12-31"),
            ("**2025-Q3**", "2025-07-01", "2025-09-30"),
            ("Q2/2026", "2026-04-01", "2026-06-30"),
            ("1Q2026", "2026-01-01", "2026-03-31"),
            ("(Q1 2026)", "2026-01-01", "2026-03-31"),
            ("3. Quartal 2026", "2026-07-01", "2026-09-30"),
            ("1er trimestre 2026", "2026-01-01", "2026-03-31"),
            ("second quarter of 2026", "2026-04-01", "2026-06-30"),
            ("H1 2026", "2026-01-01", "2026-06-30"),
            ("2. Halbjahr 2026", "2026-07-01", "2026-12-31"),
            ("2026年第1四半期", "2026-01-01", "2026-03-31"),
            ("January 2026", "2026-01-01", "2026-01-31"),
            ("2028-02", "2028-02-01", "2028-02-29"),
            ("2026", "2026-01-01", "2026-12-31"),
            ("mid-2026", "2026-01-01", "2026-12-31"),
            ("by end of Q1 2026", "2026-01-01", "2026-03-31"),
            ("Q2-Q4 2026", "2026-04-01", "2026-12-31"),
            ("Q4 2025 - Q1 2026", "2025-10-01", "2026-03-31"),
            ("Q1/Q2 2026", "2026-01-01", "2026-06-30"),
            ("2026 Q1–Q2", "2026-01-01", "2026-06-30"),
            ("Jan–Mar 2026", "2026-01-01", "2026-03-31"),
            ("2026-2027", "2026-01-01", "2027-12-31"),
            ("2026-03-31", "2026-03-31", "2026-03-31"),
            ("Q1 2026 (planned)", "2026-01-01", "2026-03-31"),
        ] {
            assert_eq!(shown(read_period(text)), format!("{first} {last}"), "{text}");
        }
    }

    #[test]
    fn what_is_no_period_of_the_calendar() {
        let table = "Q1 | Q5 2026 | H3 2026 | Q0 2026 | Q1 26 | 1Q26 | Q1'26 | FY2026 Q1 | 2025/26 | Q1 2026+ | \
             after Q1 2026 | Summer 2026 | T1 2026 | Q4 2026 - Q1 2026 | TBD | [Q1 2026 or later] | Next quarter | \
             Phase 1 2026 | 01/02/2026 | ";
        for text in table.split(" | ") {
            assert_eq!(read_period(text), None, "{text}");
        }
    }

    #[test]
    fn headings_that_name_a_period() {
        for (text, last) in [
            ("Phase 1 (Q1 2026)", "2026-03-31"),
            ("🚀 Phase 3: Reach [H1 2027] (draft)", "2027-06-30"),
            ("Q3 2026: Growth", "2026-09-30"),
            ("Phase 2 – Q4 2026", "2026-12-31"),
            ("Phase 2 - Reports (Q4 2025 - Q1 2026)", "2026-03-31"),
            ("Later, March 2027", "2027-03-31"),
        ] {
            assert_eq!(
                find_period(text).map(|p| p.last.to_string()).as_deref(),
                Some(last),
                "{text}"
            );
        }
        for text in ["Phase 1", "Phase 1 (soon)", "Reach for 3 regions", "", "(("] {
            assert_eq!(find_period(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC*", more in "[QH1-9 /–2026janfyby()-]{0,24}") {
            for text in [text, more] {
                if let Some(period) = find_period(&text) {
                    prop_assert!(period.first <= period.last);
                }
            }
        }
    }
}
