//! Reads a calendar date as people write it, in nine languages and in the numeric forms of most countries. It must
//! never guess: where two careful people could read two different days, the reading says so and holds no day.

use jiff::civil::Date;

use super::shape::{Shape, day, shape};
use super::{NO_VALUE, Words, fold, is_unfilled, plain, split_notes, starts_with_any, trim, unwrap_brackets};

/// Words for a day that is not a date, in lower case and without accents; `NO_VALUE` has the others.
static WORDS: Words = Words::new(
    "undated, never, current, unpublished, planned, scheduled, upcoming, future, ongoing, later, soon, \
     in progress, wip, now, today, present, original, initial, geplant, unveroffentlicht, aktuell, laufend, heute, \
     a venir, en cours, prevu, actuel, en attente, pendiente, pendente, previsto, planificado, planeado, planejado, \
     en curso, em andamento, actual, atual, in corso, gepland, huidig, планируется, в работе, текущая, planowane, \
     w toku, 予定, 进行中",
);

/// What a text says when it is read as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateReading {
    /// One day, whole: `24 Oct 2025`. A time of day is left out, in whatever zone it was.
    Date(Date),
    /// A month without its day: `October 2025`, `2025-10`, `2025-10-XX`.
    Month {
        /// The year, of four digits.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
    },
    /// A year alone: `2025`.
    Year(i16),
    /// More than one day, none of them likelier: `01/02/2025`, or any date with a year of two digits.
    Ambiguous,
    /// A day that no calendar has: `2025-02-30`.
    Impossible,
    /// A word that a person meant in place of a date: `TBD`, `Unreleased`, `Current`.
    Word,
    /// A place still to be filled: `[Date]`, `YYYY-MM-DD`.
    Placeholder,
    /// Nothing, or a dash.
    Empty,
    /// None of these; a range of dates (`Oct 8-11, 2025`) is among them.
    Unreadable,
}

impl DateReading {
    /// The day, where the text says one day.
    pub fn iso(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// What is known, in the form of ISO 8601 and no more precise than what was written: `2025-10-24`, `2025-10`, `2025`.
    pub fn iso_text(&self) -> Option<String> {
        match self {
            Self::Date(date) => Some(date.to_string()),
            Self::Month { year, month } => Some(format!("{year:04}-{month:02}")),
            Self::Year(year) => Some(format!("{year:04}")),
            _ => None,
        }
    }

    /// The first and the last day that the text can mean; both are the same where it says a day.
    pub fn days(&self) -> Option<(Date, Date)> {
        match *self {
            Self::Date(date) => Some((date, date)),
            Self::Month { year, month } => {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            Self::Year(year) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
            _ => None,
        }
    }
}

/// Which of day and month its author writes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayOrder {
    /// `24/10/2025`.
    DayFirst,
    /// `10/24/2025`.
    MonthFirst,
}

/// Reads `text` by itself. `01/02/2025` is ambiguous, `01.02.2025` is not: with dots the day comes first.
pub fn read_date(text: &str) -> DateReading {
    read_date_in(text, None)
}

/// Reads `text` as one whose author writes day and month in `order`; see [`day_order`].
pub fn read_date_in(text: &str, order: Option<DayOrder>) -> DateReading {
    let text = fold(text);
    let Some((open, inside)) = unwrap_brackets(trim(&text)) else {
        return read_folded(&text, order);
    };
    match read_folded(inside, order) {
        reading if open == '(' || reading.days().is_some() => reading,
        _ => DateReading::Placeholder,
    }
}

/// Reads texts of one author, such as a column of a table: a date that can be read in one way only says how those
/// that can be read in two are meant.
pub fn read_dates(texts: &[&str]) -> Vec<DateReading> {
    let order = day_order(texts.iter().copied());
    texts.iter().map(|text| read_date_in(text, order)).collect()
}

/// The order of day and month that `texts` give away, where they do and agree: `23/10/2017` can only be day first.
pub fn day_order<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<DayOrder> {
    let mut found = None;
    for text in texts {
        let text = fold(text);
        let Some(Shape::YearLast {
            first, second, year, ..
        }) = shape(split_notes(&text).0)
        else {
            continue;
        };
        let order = match (day(year, second, first), day(year, first, second)) {
            (Some(_), None) => DayOrder::DayFirst,
            (None, Some(_)) => DayOrder::MonthFirst,
            _ => continue,
        };
        if found.is_some_and(|known| known != order) {
            return None;
        }
        found = Some(order);
    }
    found
}

fn read_folded(text: &str, order: Option<DayOrder>) -> DateReading {
    if is_unfilled(text) {
        return DateReading::Placeholder;
    }
    if !text.contains(char::is_alphanumeric) {
        return DateReading::Empty;
    }
    let (head, notes) = split_notes(text);
    let words = plain(head);
    if starts_with_any(&words, &NO_VALUE) || starts_with_any(&words, &WORDS) {
        return DateReading::Word;
    }
    let reading = shape(head).map_or(DateReading::Unreadable, |shape| resolve(shape, order));
    if reading.days().is_some() && names_year(notes) {
        let same = unwrap_brackets(trim(notes))
            .and_then(|(_, note)| shape(note))
            .map(|shape| resolve(shape, order));
        if same != Some(reading) {
            return DateReading::Unreadable;
        }
    }
    reading
}

/// Whether a year stands in `notes`: then there may be a second date, and nobody says which one counts.
fn names_year(notes: &str) -> bool {
    notes
        .split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4 && matches!(run.get(..2), Some("19" | "20" | "21")))
}

fn resolve(shape: Shape, order: Option<DayOrder>) -> DateReading {
    let found = match shape {
        Shape::YearFirst { year, month: None, .. } => return DateReading::Year(year),
        Shape::YearFirst {
            year,
            month: Some(month),
            day: None,
        } => {
            return match i8::try_from(month) {
                Ok(month @ 1..=12) => DateReading::Month { year, month },
                _ => DateReading::Impossible,
            };
        }
        Shape::YearFirst {
            year,
            month: Some(month),
            day: Some(number),
        } => day(year, month, number),
        Shape::YearLast {
            first,
            second,
            year,
            dots,
        } => match (day(year, second, first), day(year, first, second)) {
            (Some(date), Some(other)) if date != other => match order {
                Some(DayOrder::MonthFirst) => Some(other),
                None if !dots => return DateReading::Ambiguous,
                _ => Some(date),
            },
            (date, other) => date.or(other),
        },
        Shape::ShortYear => return DateReading::Ambiguous,
    };
    found.map_or(DateReading::Impossible, DateReading::Date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each line: what is expected, then the texts that say it.
    fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
        let lines = table.lines().filter_map(|line| line.trim().split_once(": "));
        lines.flat_map(|(expected, texts)| texts.split(" | ").map(move |text| (expected, text)))
    }

    #[test]
    fn whole_dates() {
        let table = "
            2025-10-24: 2025-10-24 | 2025/10/24 | 2025.10.24 | 20251024 | 2025–10–24 | 2025\u{2011}10\u{2011}24
            2025-10-24: 24.10.2025 | 24. 10. 2025 | 2025. 10. 24. | 24/10/2025 | 10/24/2025 | 10.24.2025 | 24-10-2025
            2025-10-24: Oct 24, 2025 | Oct. 24, 2025 | October 24th, 2025 | the 24th of October, 2025 | 24 Oct 2025
            2025-10-24: 24-Oct-2025 | 24OCT2025 | 2025-Oct-24 | 24. Oktober 2025 | 24 ottobre 2025 | le 24 octobre 2025
            2025-10-24: 24 de octubre de 2025 | 24 de Outubro, 2025 | 24 октября 2025 г. | 24 października 2025 r.
            2025-10-24: 2025年10月24日 | ２０２５年１０月２４日（金） | 2025年10月24日 金曜日 | 2025년 10월 24일
            2025-10-24: Friday, October 24, 2025 | Fr. 24.10.2025 | sexta-feira, 24 de outubro de 2025
            2025-10-24: 2025-10-24 10:30 UTC | 2025-10-24T23:30:00Z | 2025-10-24T23:30:00.123+02:00 | 2025-10-24 - 10:30
            2025-10-24: Oct 24, 2025 at 3:45 p.m. EST | 24. Oktober 2025, 10:30 Uhr | 24 octobre 2025 à 10h30
            2025-10-24: Fri, 24 Oct 2025 10:30:00 +0000 | Fri Oct 24 10:30:00 2025 -0500
            2025-10-24: **2025-10-24** | `2025-10-24`. | 📅 2025-10-24 ✅ | (2025-10-24) | [2025-10-24]
            2025-10-24: 2025-10-24b | 2025-10-24o | 2025-10-24 (draft) | October 24, 2025 (2025-10-24)
            2025-01-05: 2025-1-5 | 05.01.2025 | 5 janvier 2025 | 5. Jänner 2025
            2025-12-01: 1er décembre 2025 | 1 de\u{301}cembre 2025 | 01.12.2025
            2025-07-07: 07/07/2025 | 7-7-2025
            2024-02-29: 2024-02-29 | Feb 29, 2024";
        for (iso, text) in rows(table) {
            let reading = read_date(text);
            assert_eq!(reading.iso_text().as_deref(), Some(iso), "{text}");
            assert!(reading.iso().is_some(), "{text}");
        }
    }

    #[test]
    fn dates_known_in_part() {
        let table = "
            2025-01..2025-01-31: January 2025 | 2025-01 | 2025.01 | 2025/1 | 01/2025 | 2025-01-XX | 2025-01-??
            2025-01..2025-01-31: XX.01.2025 | Jan XX, 2025 | Enero de 2025 | **Jan. 2025** | 2025年1月 | stycznia 2025
            2024-02..2024-02-29: 2024-02-XX | Février 2024
            2024..2024-12-31: 2024 | 2024年 | 2024-XX-XX";
        for (expected, text) in rows(table) {
            let reading = read_date(text);
            let shown = reading.iso_text().zip(reading.days());
            assert_eq!(
                shown.map(|(iso, (_, last))| format!("{iso}..{last}")).as_deref(),
                Some(expected),
                "{text}"
            );
            assert_eq!(reading.iso(), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        let table = "
            Ambiguous: 01/02/2025 | 3-4-2025 | 06/09/20 | 24.10.25 | 24-Oct-25
            Impossible: 2025-02-30 | 2025-13-01 | 2025-24-10 | 31.04.2025 | 30 Feb 2025 | 13/13/2025 | 2025-13
            Word: TBD | tbd (after launch) | Current | Unreleased | planned | N/A | Original | À définir | 待定
            Placeholder: [Date] | {{date}} | YYYY-MM-DD | 2025-MM-DD | <date> | ____
            Empty: - | — | … | \u{a0}
            Unreadable: Oct 8-11, 2025 | 8-11 Oct 2025 | Oct - Nov 2025 | 2025-10-24 - 2025-10-26 | 2025-10-24..26
            Unreadable: 2025-10-24 - | 2025-10-24 → | 2025-10-24 onwards | before 2025-10-24 | ~2025-10-24 | pre-2026
            Unreadable: 2025--09-25 | 2025-10/24 | 20225-10-24 | 0202-10-24 | 0000-00-00 | 20251340 | Ocotber 24, 2025
            Unreadable: 24 Oct | October | Oct '25 | 24 10 | 2025-10-24T | 2025-10-24 25:00 | 2025-10-10h | 2025-297
            Unreadable: 2026.1 | 1.2 | v1.0 | Q1 2026 | 2025-2026 | 2025-10-24 (updated 2025-11-02) | After the pilot
            Unreadable: 令和7年10月24日 | mar 14 octobre 2025";
        for (expected, text) in rows(table) {
            assert_eq!(format!("{:?}", read_date(text)), expected, "{text}");
        }
        assert_eq!(read_date(""), DateReading::Empty);
    }

    #[test]
    fn a_column_says_which_number_is_the_day() {
        let iso = |texts: &[&str]| {
            read_dates(texts)
                .iter()
                .map(|r| r.iso_text().unwrap_or_default())
                .collect::<Vec<_>>()
        };
        assert_eq!(iso(&["06/10/2017", "23/10/2017"]), ["2017-10-06", "2017-10-23"]);
        assert_eq!(iso(&["06/10/2017", "10/23/2017"]), ["2017-06-10", "2017-10-23"]);
        assert_eq!(
            iso(&["06/10/2017", "10/23/2017", "23/10/2017"]),
            ["", "2017-10-23", "2017-10-23"]
        );
        assert_eq!(
            iso(&["06/10/2017", "2017-10-23", "07/07/2017"]),
            ["", "2017-10-23", "2017-07-07"]
        );
        assert_eq!(
            iso(&["03.04.2017", "23.04.2017", "TBD"]),
            ["2017-04-03", "2017-04-23", ""]
        );
        assert_eq!(day_order(["24/10/2017 (x)"]), Some(DayOrder::DayFirst));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC*", more in "[0-9 ./:,–年月日TZOctab()\\[\\]?X+-]{0,24}") {
            for text in [text, more] {
                let reading = read_date(&text);
                prop_assert_eq!(reading.days().is_some(), reading.iso_text().is_some());
                prop_assert!(reading.days().is_none_or(|(first, last)| first <= last));
                day_order([text.as_str()]);
            }
        }

        /// Every day is read back from each form that says it, and a form that does not say it is never read.
        #[test]
        fn every_day_is_read_back(year in 1900i16..2200, month in 1i8..=12, day in 1i8..=31) {
            let names = ["January", "feb", "März", "avril", "mayo", "giugno", "juli", "августа", "Września", "out", "Nov", "DEZ"];
            let name = names[usize::try_from(month - 1).unwrap()];
            let expected = Date::new(year, month, day).map_or(DateReading::Impossible, DateReading::Date);
            for text in [
                format!("{year}-{month:02}-{day:02}"), format!("{year}/{month}/{day}"), format!("{day}.{month:02}.{year}"),
                format!("{name} {day}, {year}"), format!("{day} {name} {year}"), format!("{year}年{month}月{day}日"),
            ] {
                prop_assert_eq!(read_date(&text), expected, "{}", text);
            }
            let slashed = read_date(&format!("{day:02}/{month:02}/{year}"));
            if day <= 12 && day != month {
                prop_assert_eq!(slashed, DateReading::Ambiguous);
            } else {
                prop_assert_eq!(slashed, expected);
            }
        }
    }
}
