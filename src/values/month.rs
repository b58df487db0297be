//! The names of months and weekdays in the languages that architecture documents are written in. It must never hold
//! a name that means two months, nor anything but names.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The names of each month, as `plain` writes them: English, German, French, Spanish, Portuguese, Italian, Dutch,
/// Russian, Polish; full, declined and shortened. `jui` is two months in French, and is not here.
const MONTHS: [&str; 12] = [
    "january jan januar janner jaenner januari janvier janv enero ene janeiro gennaio gen январь января янв \
     styczen stycznia sty",
    "february feb febr februar februari fevrier fevr fev febrero fevereiro febbraio февраль февраля февр фев \
     luty lutego lut",
    "march mar mrch marz maerz mrz maart mrt mars marzo marco март марта мар marzec marca",
    "april apr avril avr abril abr aprile апрель апреля апр kwiecien kwietnia kwi",
    "may mai mei mayo maio maggio mag маи мая maj maja",
    "june jun juni juin junio junho giugno giu июнь июня июн czerwiec czerwca cze",
    "july jul juli juillet juil julio julho luglio lug июль июля июл lipiec lipca lip",
    "august aug augustus aout agosto ago август августа авг sierpien sierpnia sie",
    "september sep sept septembre septiembre setiembre setembro set settembre sett сентябрь сентября сент сен \
     wrzesien wrzesnia wrz",
    "october oct oktober okt octobre octubre outubro out ottobre ott октябрь октября окт pazdziernik pazdziernika paz",
    "november nov novembre noviembre novembro ноябрь ноября нояб ноя listopad listopada lis",
    "december dec dezember dez decembre diciembre dic dezembro dicembre декабрь декабря дек grudzien grudnia gru",
];

/// The names of weekdays, as `plain` writes them. A short form that is also a month (`mar`) is not here.
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday \
     mon tue tues wed weds thu thur thurs fri sat sun \
     montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
     lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim \
     lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom \
     segunda terca quarta quinta sexta feira seg ter qua qui sex \
     lunedi martedi mercoledi giovedi venerdi domenica gio \
     maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo \
     понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс \
     poniedzialek wtorek sroda czwartek piatek sobota niedziela pon wt sr czw pt sob ndz \
     月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 \
     周一 周二 周三 周四 周五 周六 周日 월요일 화요일 수요일 목요일 금요일 토요일 일요일";

/// What a word names.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    Month(i8),
    Weekday,
}

/// All names, for most words that are looked up are none.
static NAMES: LazyLock<HashMap<&str, Named>> = LazyLock::new(|| {
    let months = (1..).zip(MONTHS).flat_map(|(month, names)| {
        let named = names.split(' ');
        named.map(move |name| (name, Named::Month(month)))
    });
    let weekdays = WEEKDAYS.split(' ').map(|name| (name, Named::Weekday));
    weekdays.chain(months).collect()
});

/// The month, 1 to 12, that `word` names; `word` is as `plain` writes it.
pub(super) fn number(word: &str) -> Option<i8> {
    match NAMES.get(word)? {
        Named::Month(month) => Some(*month),
        Named::Weekday => None,
    }
}

/// Whether `word`, as `plain` writes it, names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    NAMES.get(word) == Some(&Named::Weekday)
}

/// The weekday in Chinese, Japanese or Korean that `text` begins with: these are not set off by blanks, and some hold
/// the very characters that end a number.
pub(super) fn cjk_weekday(text: &str) -> Option<&'static str> {
    text.chars().next().filter(|first| *first > '\u{2fff}')?;
    WEEKDAYS
        .split(' ')
        .filter(|name| name.starts_with(|c| c > '\u{2fff}'))
        .find(|name| text.starts_with(*name))
}

/// The character after a number that says whether it is the year, the month or the day, as Chinese writes it.
pub(super) fn cjk_unit(c: char) -> Option<char> {
    match c {
        '年' | '년' => Some('年'),
        '月' | '월' => Some('月'),
        '日' | '일' | '号' | '號' => Some('日'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::plain;

    #[test]
    fn no_name_means_two_months_or_a_weekday() {
        let all: Vec<&str> = MONTHS.iter().flat_map(|names| names.split(' ')).collect();
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), all.len());
        for name in all {
            assert_eq!(plain(name), name);
            assert!(!is_weekday(name), "{name}");
        }
        for name in WEEKDAYS.split(' ') {
            assert_eq!(plain(name), name);
        }
    }

    #[test]
    fn months_are_found_in_each_language() {
        for (name, month) in [
            ("January", 1),
            ("Jänner", 1),
            ("août", 8),
            ("Março", 3),
            ("Marzo", 3),
            ("Diciembre", 12),
            ("Maart", 3),
            ("Okt", 10),
            ("мая", 5),
            ("Май", 5),
            ("września", 9),
            ("Paź", 10),
            ("Dezembro", 12),
            ("OTTOBRE", 10),
        ] {
            assert_eq!(number(&plain(name)), Some(month), "{name}");
        }
        assert_eq!(number("jui"), None);
        assert_eq!(number(""), None);
    }
}
