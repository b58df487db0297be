//! Reads a number and its unit, in the languages that documents are written in. It must never take a number without
//! a unit for a length, but for nothing at all. The parser of `jiff` knows neither other languages, ranges, business
//! days nor parts of a day; what it does know, ISO 8601, is left to it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Words;

/// Units in milliseconds, with their names as `plain` writes them.
const NAMES_OF_UNITS: [(u64, &str); 8] = [
    (
        1,
        "ms msec millisecond milliseconds millisekunden millisecondes milisegundos millisecondi",
    ),
    (
        1_000,
        "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo secondi seconden \
         сек секунд секунда секунды sekund sekundy 秒",
    ),
    (
        60_000,
        "m min mins minute minutes minuten minuto minutos minuti minuut мин минут минута минуты minut minuty 分 分钟 分間",
    ),
    (
        3_600_000,
        "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren ч час часа часов godz godzina \
         godziny godzin 小时 時間",
    ),
    (
        DAY,
        "d day days tag tage tagen werktag werktage werktagen arbeitstag arbeitstage arbeitstagen jour jours dia dias \
         giorno giorni dag dagen werkdag werkdagen день дня днеи dzien dni 天",
    ),
    (
        7 * DAY,
        "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken неделя недели недель",
    ),
    (
        30 * DAY,
        "mo mos month months monat monate monaten mois mes meses mese mesi maand maanden месяц месяца месяцев",
    ),
    (
        365 * DAY,
        "y yr yrs year years jahr jahre jahren an ans annee annees ano anos anno anni jaar jaren год года лет",
    ),
];

const DAY: u64 = 86_400_000;

/// The units by their names.
static UNITS: LazyLock<HashMap<&str, u64>> = LazyLock::new(|| {
    let named = |(unit, names): (u64, &'static str)| names.split(' ').map(move |name| (name, unit));
    NAMES_OF_UNITS.into_iter().rev().flat_map(named).collect()
});

/// Words beside a unit that leave out nights and weekends.
static BUSINESS: Words = Words::new(
    "business working werktag werktage werktagen arbeitstag arbeitstage arbeitstagen werkdag werkdagen \
     ouvres ouvrables habiles uteis lavorativi",
);

const NUMBERS: [(&str, u64); 17] = [
    ("an", 1),
    ("a", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("sixty", 60),
];

/// A length as it is written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Length {
    pub(super) milliseconds: u64,
    pub(super) business: bool,
}

/// The length that `text` begins with, whether it is the longer end of a range, and the rest.
pub(super) fn length_or_range(text: &str) -> Option<(Length, bool, &str)> {
    const TO: [&str; 10] = ["-", "–", "—", "..", "to ", "and ", "bis ", "a ", "до ", "or "];
    let second = |rest: &'_ str| {
        TO.iter()
            .find_map(|sep| Some(rest.trim_start().strip_prefix(sep)?.len()))
    };
    if let Some((first, rest)) = length(text) {
        let to = second(rest)
            .and_then(|left| rest.get(rest.len() - left..))
            .and_then(|to| length(to.trim_start()));
        return match to {
            Some((to, rest)) if to.milliseconds >= first.milliseconds => Some((to, true, rest)),
            Some(_) => None,
            None => Some((first, false, rest)),
        };
    }
    let (first, scale, rest) = number(text)?;
    if let Some((to, end)) = second(rest)
        .and_then(|left| rest.get(rest.len() - left..))
        .and_then(|to| Some((to.trim_start(), length(to.trim_start())?)))
    {
        let (upper, upper_scale, _) = number(to)?;
        let ordered = u128::from(first) * u128::from(upper_scale) <= u128::from(upper) * u128::from(scale);
        return ordered.then_some((end.0, true, end.1));
    }
    // Nothing needs no unit.
    (first == 0 && !rest.trim_start().starts_with('-')).then_some((Length::default(), false, rest))
}

/// A number with its unit, and smaller ones after it: `1h 30m`, `1 hour and 30 minutes`.
pub(super) fn length(text: &str) -> Option<(Length, &str)> {
    let (mut sum, mut unit, mut rest) = pair(text)?;
    loop {
        let next = rest.trim_start_matches([' ', ',']);
        let next = ["and ", "und ", "et ", "y ", "e "]
            .iter()
            .find_map(|and| next.strip_prefix(and))
            .unwrap_or(next);
        match pair(next) {
            Some((more, smaller, tail)) if smaller < unit && next.starts_with(|c: char| c.is_ascii_digit()) => {
                sum.milliseconds = sum.milliseconds.checked_add(more.milliseconds)?;
                (unit, rest) = (smaller, tail);
            }
            _ => return Some((sum, rest)),
        }
    }
}

/// One number with its unit: the length, the unit's own length, and the rest.
fn pair(text: &str) -> Option<(Length, u64, &str)> {
    let half = ["half an ", "half a "].iter().find_map(|half| text.strip_prefix(half));
    let (value, scale, rest) = half.map_or_else(|| number(text), |rest| Some((1, 2, rest)))?;
    let rest = rest.trim_start();
    let (mut word, mut tail) = word(rest.strip_prefix('-').unwrap_or(rest));
    let mut business = BUSINESS.contains(&word);
    if matches!(word, "business" | "working" | "calendar" | "full") {
        (word, tail) = self::word(tail.trim_start_matches([' ', '-']));
    }
    let unit = *UNITS.get(word)?;
    let (after, end) = self::word(tail.trim_start());
    if !after.is_empty() && BUSINESS.contains(&after) {
        (business, tail) = (true, end);
    }
    let milliseconds = value.checked_mul(unit)?.div_ceil(scale);
    Some((Length { milliseconds, business }, unit, tail))
}

/// The number that `text` begins with, as a whole one and what to divide it by.
fn number(text: &str) -> Option<(u64, u64, &str)> {
    let (whole, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    if whole.is_empty() {
        let (name, rest) = word(text);
        return NUMBERS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value, 1, rest));
    }
    let part = rest.strip_prefix(['.', ',']).unwrap_or("");
    let (part, tail) = part.split_at(part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len()));
    if whole.len() > 9 || part.len() > 6 || part.len() == 3 && !whole.trim_start_matches('0').is_empty() {
        // `1,000` is a thousand to one reader and one to another.
        return None;
    }
    if part.is_empty() {
        return Some((whole.parse().ok()?, 1, rest));
    }
    let scale = 10u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let value = whole
        .parse::<u64>()
        .ok()?
        .checked_mul(scale)?
        .checked_add(part.parse().ok()?)?;
    Some((value, scale, tail))
}

fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
}
