//! Tells from the order of numbers and names which of them is the year, the month and the day. It must never ask the
//! calendar whether there is such a day, except where nothing else says that a text is a date.

use jiff::civil::Date;

use super::scan::{DatePart, Scan};

/// The parts of a date, before the calendar is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    YearFirst {
        year: i16,
        month: Option<i16>,
        day: Option<i16>,
    },
    YearLast {
        first: i16,
        second: i16,
        year: i16,
        dots: bool,
    },
    ShortYear,
}

/// The day of that date, where there is one.
pub(super) fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// What `text` is made of, where it is made as dates are.
pub(super) fn shape(text: &str) -> Option<Shape> {
    let Scan {
        parts, between, after, ..
    } = Scan::of(text)?;
    let known = |year, month, day| Some(Shape::YearFirst { year, month, day });
    let numeric = |sep: &str| matches!(sep, "-" | "/" | "." | "–" | "");
    let named = between
        .iter()
        .all(|sep| matches!(sep.as_str(), "" | "," | "." | "-" | "/" | "–" | ".,"))
        && after.is_empty();
    match (parts.as_slice(), between.as_slice()) {
        (&[DatePart::Number { value, digits: 8 }], _) if after.is_empty() => {
            let year = DatePart::Number {
                value: value / 10_000,
                digits: 4,
            }
            .year()?;
            day(
                year,
                i16::try_from(value / 100 % 100).ok()?,
                i16::try_from(value % 100).ok()?,
            )?;
            known(
                year,
                i16::try_from(value / 100 % 100).ok(),
                i16::try_from(value % 100).ok(),
            )
        }
        (&[year], _) if matches!(after.as_str(), "" | "年") => known(year.year()?, None, None),
        (&[DatePart::Month(month), year] | &[year, DatePart::Month(month)], _) if named => {
            known(year.year()?, Some(month.into()), None)
        }
        (&[a, b], [sep]) if sep == "年" && matches!(after.as_str(), "" | "月") => {
            known(a.year()?, Some(b.small()?), None)
        }
        (&[a, b], [sep]) if after.is_empty() => {
            // `2026.1` is a calendar version as well as it is a month; two digits after a dot are a month.
            let sure = |part: DatePart| matches!(sep.as_str(), "-" | "/") || sep == "." && part.two_digits();
            match (a.year(), b.year()) {
                (Some(year), None) if b == DatePart::Unknown && sure(b) => known(year, None, None),
                (Some(year), None) if sure(b) => known(year, Some(b.small()?), None),
                (None, Some(year)) if sure(a) => known(year, Some(a.small()?), None),
                _ => None,
            }
        }
        (&[a, DatePart::Month(month), b], _) if named => match (a.year(), b.year()) {
            (None, Some(year)) => known(year, Some(month.into()), day_of(a)?),
            (Some(year), None) => known(year, Some(month.into()), day_of(b)?),
            _ => (a.small().is_some() && b.two_digits()).then_some(Shape::ShortYear),
        },
        (&[DatePart::Month(month), number, year], _) if named => {
            known(year.year()?, Some(month.into()), day_of(number)?)
        }
        (&[a, b, c], [first, second]) if first == "年" && second == "月" && matches!(after.as_str(), "" | "日") => {
            known(a.year()?, Some(b.small()?), Some(c.small()?))
        }
        (&[a, b, c], [first, second]) if first == second && numeric(first) && after.is_empty() => {
            three_numbers(a, b, c, first == ".")
        }
        _ => None,
    }
}

/// The day that stands beside a month: `Some(None)` where it is crossed out, `None` where it is none.
fn day_of(part: DatePart) -> Option<Option<i16>> {
    if part == DatePart::Unknown {
        Some(None)
    } else {
        part.small().map(Some)
    }
}

fn three_numbers(a: DatePart, b: DatePart, c: DatePart, dots: bool) -> Option<Shape> {
    let known = |year, month, day| Some(Shape::YearFirst { year, month, day });
    match (a.year(), c.year()) {
        (Some(year), None) => match (day_of(b)?, day_of(c)?) {
            (None, Some(_)) => None,
            (month, number) => known(year, month, number),
        },
        // A date known in part lacks its day, in whichever order it is written.
        (None, Some(year)) => match (day_of(a)?, day_of(b)?) {
            (Some(first), Some(second)) => Some(Shape::YearLast {
                first,
                second,
                year,
                dots,
            }),
            (first, second) => known(year, first.or(second), None),
        },
        _ => {
            let in_month = |part: DatePart| part.small().is_some_and(|number| (1..=31).contains(&number));
            (in_month(a) && in_month(b) && c.two_digits()).then_some(Shape::ShortYear)
        }
    }
}
