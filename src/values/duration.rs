//! Reads how long something may take: recovery objectives, windows of alerts, times to keep. It must never take a rate
//! or a bare number for a duration.

use std::sync::LazyLock;

use jiff::Span;

use super::length::{length, length_or_range};
use super::{Words, fold, is_unfilled, plain, split_notes, starts_with_any};

/// Whether what was written is the duration itself or a limit of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `15 minutes`.
    Exactly,
    /// `< 1 hour`, `up to 2 days`; also a range, of which the longer end is read.
    AtMost,
    /// `> 5 min`, `at least 30 days`.
    AtLeast,
    /// `~ 5 min`, `near zero`.
    About,
}

/// A duration that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    /// Whole seconds, rounded up. A day has 24 hours, a month 30 days, a year 365.
    pub seconds: u64,
    /// What the text says about them.
    pub bound: Bound,
    /// Whether business hours or days are meant: then `seconds` is less than what the clock will show.
    pub business: bool,
}

/// Words before a duration and what they make of it; `None` where they add nothing. Where one word begins another,
/// the longer one is first.
static BEFORE: LazyLock<Vec<(&str, Option<Bound>)>> = LazyLock::new(|| {
    let words = |(words, bound): (&'static str, Option<Bound>)| words.split(", ").map(move |word| (word, bound));
    BOUNDS.into_iter().flat_map(words).collect()
});

/// The same, words of one meaning together.
const BOUNDS: [(&str, Option<Bound>); 4] = [
    (
        "<=, <, ≤, up to, less than, under, below, within, in, at most, no more than, not more than, no longer than, \
         a maximum of, maximum of, maximum, max., max, bis zu, weniger als, unter, maximal, hochstens, innerhalb von, \
         moins de, jusqu'a, menos de, hasta, maximo, no maximo, ate, meno di, fino a, massimo, entro, minder dan, binnen, \
         менее, не более, до, ponizej",
        Some(Bound::AtMost),
    ),
    (
        ">=, >, ≥, more than, greater than, longer than, over, at least, minimum, mehr als, mindestens, plus de, au moins, \
         mas de, mais de, al menos, piu di, almeno, более, не менее",
        Some(Bound::AtLeast),
    ),
    (
        "~, ≈, about, approximately, approx., approx, around, circa, ca., ca, roughly, nearly, near, almost, close to, \
         ungefahr, etwa, environ, aproximadamente, около",
        Some(Bound::About),
    ),
    ("target, goal, rto, rpo, for, every, each, between, =, :", None),
];

/// Words for none at all, and for at once.
static ZERO: Words =
    Words::new("zero, no data loss, no loss, no downtime, instant, instantaneous, instantly, immediate, immediately");

/// Reads `text` as one duration: `15 minutes`, `< 1 hour`, `1h 30m`, `up to 2 business days`, `15-30 minutes`, `PT15M`,
/// `near zero`, `0`. Words may follow it (`4 hours for payments`), another duration may not.
pub fn read_duration(text: &str) -> Option<Reading> {
    let text = fold(text);
    if is_unfilled(&text) {
        return None;
    }
    let head = split_notes(&text).0;
    if let Some(seconds) = iso_8601(head) {
        return Some(Reading {
            seconds,
            bound: Bound::Exactly,
            business: false,
        });
    }
    if names_millions(head) {
        return None;
    }
    let head = plain(head);
    let (bound, rest) = split_bound(&head);
    if starts_with_any(rest, &ZERO) && !rest.contains(|c: char| c.is_ascii_digit()) {
        return Some(Reading {
            seconds: 0,
            bound: bound.unwrap_or(Bound::Exactly),
            business: false,
        });
    }
    let (length, range, rest) = length_or_range(rest)?;
    let bound = match bound_after(rest)? {
        Some(after) => after,
        None => bound.unwrap_or(if range { Bound::AtMost } else { Bound::Exactly }),
    };
    Some(Reading {
        seconds: length.milliseconds.div_ceil(1_000),
        bound,
        business: length.business,
    })
}

/// Reads every duration of a text that may name one for each of several cases: `1 hour (critical), 4 hours (other)`.
pub fn read_durations(text: &str) -> Vec<Reading> {
    if let Some(reading) = read_duration(text) {
        return vec![reading];
    }
    text.split([';', '|', '\n'])
        .flat_map(|part| part.split(", "))
        .flat_map(|part| part.split(" / "))
        .filter_map(|part| read_duration(part).or_else(|| read_duration(part.rsplit_once(':')?.1)))
        .collect()
}

fn iso_8601(text: &str) -> Option<u64> {
    if !text.starts_with('P') {
        return None;
    }
    let span: Span = text.parse().ok()?;
    let days = i64::from(span.get_years()) * 365
        + i64::from(span.get_months()) * 30
        + i64::from(span.get_weeks()) * 7
        + i64::from(span.get_days());
    let minutes = (days * 24 + i64::from(span.get_hours()))
        .checked_mul(60)?
        .checked_add(span.get_minutes())?;
    let part = i64::from(span.get_milliseconds() > 0 || span.get_microseconds() > 0 || span.get_nanoseconds() > 0);
    minutes
        .checked_mul(60)?
        .checked_add(span.get_seconds())?
        .checked_add(part)?
        .try_into()
        .ok()
}

/// Whether a capital `M` stands alone after a number: millions, or a month, but no minute.
fn names_millions(text: &str) -> bool {
    text.match_indices('M').any(|(at, _)| {
        let (before, after) = text.split_at(at);
        before.trim_end().ends_with(|c: char| c.is_ascii_digit())
            && !after.chars().nth(1).is_some_and(char::is_alphanumeric)
    })
}

fn split_bound(text: &str) -> (Option<Bound>, &str) {
    let (mut bound, mut rest) = (None, text.trim_start());
    for _ in 0..3 {
        let found = BEFORE.iter().find_map(|(word, bound)| {
            let tail = rest.strip_prefix(word)?;
            let ends = !word.ends_with(char::is_alphabetic) || !tail.starts_with(char::is_alphanumeric);
            ends.then_some((*bound, tail.strip_prefix('-').unwrap_or(tail).trim_start()))
        });
        let Some((found, tail)) = found else { break };
        bound = found.or(bound);
        rest = tail;
    }
    (bound, rest)
}

/// What stands after a duration: a limit, nothing that matters (`Some(None)`), or what makes it none.
fn bound_after(rest: &str) -> Option<Option<Bound>> {
    let words = rest.trim_start_matches([' ', ',', ';', '.', ':', '-', '–', '—', '(']);
    let glued = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '%' | '$' | ':'));
    if glued
        || rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
        || starts_with_any(words, &["per", "pro", "por", "par", "ago"])
    {
        return None;
    }
    let mut tail = words;
    while let Some(at) = tail.find(|c: char| c.is_ascii_digit()) {
        tail = tail.get(at..)?;
        if length(tail).is_some() {
            return None;
        }
        tail = tail.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    Some(
        if starts_with_any(words, &["or more", "or longer", "minimum", "at least"])
            || rest.trim_start().starts_with('+')
        {
            Some(Bound::AtLeast)
        } else if starts_with_any(words, &["or less", "max", "maximum", "at most"]) {
            Some(Bound::AtMost)
        } else {
            None
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations() {
        let table = "
            900 Exactly: 15 minutes | **15m** | PT15M | every 15 minutes | RTO: 15 min | fifteen minutes | 900s | 15 Minuten
            5400 Exactly: 1h 30m | 1 hour, 30 minutes | 1 hour and 30 minutes. | 1,5 Stunden | 1.5 h | 90 min | PT1H30M
            14400 Exactly: 4-hour | 4 hours (weekdays) | 4 hours for tier 1 | 4 horas | 4 ч | Target: 4 h
            1800 Exactly: half an hour
            1 Exactly: 500 ms | 1 s | PT0.5S
            129600 Exactly: P1DT12H | 1 day 12 hours | 1.5 days
            2592000 Exactly: 30 days | 1 month
            0 Exactly: 0 | zero data loss | 0 minutes | instant
            0 About: near zero | near-zero
            300 About: ~5 min | approximately 5 minutes | ca. 5 Min.
            3600 About: about an hour
            3600 AtMost: < 1 hour | ≤1h | up to one hour | moins de 60 minutes | 30 min – 1 h | 0.5 to 1 hour | 1 hour max
            1800 AtMost: 15-30 minutes | between 15 and 30 minutes | 15 to 30 min
            172800 AtMost: bis zu 2 Tage | 1 to 2 days
            300 AtLeast: > 5 minutes | at least 5 min | 5 minutes or more";
        for line in table.lines().filter(|line| !line.trim().is_empty()) {
            let (expected, texts) = line.trim().split_once(": ").unwrap();
            for text in texts.split(" | ") {
                let shown = read_duration(text)
                    .map(|r| format!("{} {:?}{}", r.seconds, r.bound, if r.business { "!" } else { "" }));
                assert_eq!(shown.as_deref(), Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn business_days_are_told() {
        for text in [
            "up to 2 business days",
            "2 jours ouvrés",
            "2 Werktage",
            "48 business hours",
        ] {
            assert_eq!(
                read_duration(text).map(|r| (r.seconds, r.business)),
                Some((172_800, true)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_duration() {
        let table = "- | 15 | 0.5 | 99.9% | 0% | 5M | 5 min/month | 5 hours per year | 24/7 | 1h30 | 30-15 minutes | -5 min | \
             PT-5M | [Target time] | TBD | 1,000 seconds | 1.000 Stunden | a few hours | hours | 999999999 years | \
             5 minutes ago | 9999999999 s | 1 hour for orders, 4 hours for the rest | P | 3 nodes | ";
        for text in table.split(" | ") {
            assert_eq!(read_duration(text), None, "{text}");
        }
    }

    #[test]
    fn one_for_each_case() {
        let seconds = |text| read_durations(text).iter().map(|r| r.seconds).collect::<Vec<_>>();
        assert_eq!(seconds("1 hour for orders, 4 hours for the rest"), [3_600, 14_400]);
        assert_eq!(seconds("Orders: 15 min; Reports: 1 day"), [900, 86_400]);
        assert_eq!(seconds("1 hour, 30 minutes"), [5_400]);
        assert_eq!(seconds("5 min/month"), [0u64; 0]);
        assert_eq!(seconds("1,000 seconds"), [0u64; 0]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC*", more in "[<~0-9., PTHMSdhmins/–-]{0,24}") {
            read_durations(&text);
            read_durations(&more);
        }

        #[test]
        fn hours_and_minutes_add_up(hours in 0u64..1000, minutes in 0u64..1000) {
            let expected = Some(hours * 3_600 + minutes * 60);
            for text in [
                format!("{hours}h {minutes}m"), format!("{hours} hours and {minutes} minutes"), format!("PT{hours}H{minutes}M"),
                format!("{hours}h{minutes}min"),
            ] {
                prop_assert_eq!(read_duration(&text).map(|r| r.seconds), expected, "{}", text);
            }
        }
    }
}
