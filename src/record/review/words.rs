//! The words by which people say that something is done, is not, or does not apply. Data, and how to find it at the
//! start of a text. Nothing here knows where the text stands.

use crate::naming::Words;

/// What a mark or a word says about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It is done.
    Done,
    /// It is not, or not wholly.
    Open,
    /// It does not apply.
    Waived,
}

/// What does not apply. Longer phrases stand before those that they begin with.
static WAIVING: Words = Words::new(
    "n/a, n.a., n. a., not applicable, not required, not needed, not relevant, not in scope, no longer applicable, no \
     longer required, no longer needed, no longer relevant, does not apply, doesn't apply, out of scope, waived, no \
     aplica, no procede, não se aplica, nicht zutreffend, nicht anwendbar, entfällt, sans objet, non applicable, не \
     применимо, неприменимо, не требуется, 不适用, 不適用, 该项不适用, 対象外, 該当なし, 해당 없음, 해당없음",
);

/// What is done, as a whole cell or box says it.
static DONE: Words = Words::new(
    "yes, y, x, true, pass, passed, passes, passing, done, ok, okay, complete, completed, ready, approved, accepted, \
     met, satisfied, fulfilled, verified, validated, confirmed, checked, compliant, conforms, fully, implemented, \
     resolved, closed, green, reviewed, addressed, documented, defined, covered, present, included, available, \
     achieved, finished, signed off, success, clean, successful, in place, sí, si, ja, oui, sim, да, готово, \
     выполнено, сделано, hecho, listo, completado, cumple, erledigt, fertig, erfüllt, terminé, fait, feito, \
     concluído, ya, sudah, selesai, tak, evet, はい, 完了, 済, 是, 完成, 已完成, 通过, 通過, 合格, 완료, 예",
);

/// What is not.
static OPEN: Words = Words::new(
    "no, n, false, not, not started, not yet, not done, not met, not ready, not passed, not approved, not complete, \
     not completed, not compliant, not reviewed, not implemented, none, non, fail, failed, fails, failing, failure, \
     partial, partially, partly, pending, todo, to do, to-do, tbd, tba, tbc, to be, open, in progress, in-progress, \
     in review, under review, ongoing, on hold, wip, missing, blocked, incomplete, unresolved, unmet, untested, \
     unverified, unknown, planned, deferred, postponed, started, needs, need, required, requires, awaiting, waiting, \
     conditional, conditionally, rejected, red, yellow, amber, issue, issues, finding, findings, gap, gaps, absent, \
     non-compliant, noncompliant, no-go, nein, tidak, belum, nie, hayır, nicht, offen, teilweise, nee, nei, não, nao, \
     pendiente, pendente, parcial, en cours, à faire, нет, не, в процессе, в работе, частично, いいえ, 未, 否, 不, 没有, 进行中, \
     部分, 아니오, 미완료, 진행",
);

/// Outcomes of a review as a whole, beside the words above, and whether each is a good one: what a group of boxes offers
/// of which one is to be ticked.
const OUTCOMES: &[(&str, bool)] = &[
    ("draft", false),
    ("review", false),
    ("final", true),
    ("published", true),
    ("go", true),
    ("deprecated", false),
    ("obsolete", false),
    ("superseded", false),
    ("changes requested", false),
    ("changes required", false),
    ("revise", false),
    ("cancelled", false),
    ("canceled", false),
    ("abandoned", false),
    ("conditional pass", false),
    ("conditional approval", false),
];

/// What follows `phrase` in `text`, where the text begins with it and the word ends there. Case does not matter.
pub fn after<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in phrase.chars() {
        let found = rest.next()?;
        let same = match found {
            _ if found.is_ascii() => found.to_ascii_lowercase() == wanted || found == wanted,
            '\u{2019}' if wanted == '\'' => true,
            _ => found == wanted || found.to_lowercase().eq(std::iter::once(wanted)),
        };
        if !same {
            return None;
        }
    }
    let rest = rest.as_str();
    // Scripts without case have no spaces between their words either.
    let spaced = phrase.chars().next_back()?.is_lowercase();
    let joined = rest.strip_prefix(['-', '\'', '\u{2019}']).unwrap_or(rest);
    (!spaced || !joined.starts_with(char::is_alphanumeric)).then_some(rest)
}

fn longest<'t>(text: &'t str, phrases: &[&str]) -> Option<&'t str> {
    let rests = phrases.iter().filter_map(|phrase| after(text, phrase));
    rests.min_by_key(|rest| rest.len())
}

/// What the first word of a text says, and what follows it. An unpicked menu, `Pass / Fail`, is open.
pub fn said(text: &str) -> Option<(Tick, &str)> {
    let (tick, rest) = answer(text)?;
    let other = rest.trim_start().strip_prefix(['/', '|']);
    let menu = other.is_some_and(|other| answer(other).is_some());
    Some(if menu { (Tick::Open, "") } else { (tick, rest) })
}

fn answer(text: &str) -> Option<(Tick, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    if let Some(tick) = share(text) {
        return Some(tick);
    }
    let found = [
        (Tick::Waived, longest(text, &WAIVING)),
        (Tick::Waived, whole(text, "na")),
        (Tick::Done, longest(text, &DONE)),
        (Tick::Open, longest(text, &OPEN)),
    ];
    let found = found.into_iter().filter_map(|(tick, rest)| Some((tick, rest?)));
    found.min_by_key(|(_, rest)| rest.len())
}

fn whole<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    after(text, phrase).filter(|rest| !rest.trim_start().starts_with(char::is_alphanumeric))
}

/// `100 %`, `3/3`: done where nothing is left of it.
fn share(text: &str) -> Option<(Tick, &str)> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (first, rest) = text
        .split_at_checked(digits(text))
        .filter(|(first, _)| !first.is_empty())?;
    let tick = |done: bool| if done { Tick::Done } else { Tick::Open };
    if let Some(rest) = rest.trim_start().strip_prefix('%') {
        return Some((tick(first == "100"), rest));
    }
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('/').or_else(|| after(rest, "of"))?.trim_start();
    let (second, rest) = rest.split_at_checked(digits(rest))?;
    // Two slashes are a date.
    let counted = !second.is_empty() && !rest.starts_with('/');
    counted.then_some((tick(first == second), rest))
}

/// Whether a text is an outcome and no task: `Approved with conditions`, `FAIL: …`; and whether a good one.
pub fn outcome(text: &str) -> Option<bool> {
    let text = text.trim();
    let outcomes = OUTCOMES
        .iter()
        .filter_map(|(phrase, good)| Some((*good, after(text, phrase)?)));
    let answer = answer(text).map(|(tick, rest)| (tick == Tick::Done, rest));
    let (good, rest) = outcomes.chain(answer).min_by_key(|(_, rest)| rest.len())?;
    let rest = rest.trim_start();
    let tail = ["with", "for", "as", "to", "after", "subject"];
    let ends = !rest.starts_with(char::is_alphanumeric) || tail.iter().any(|word| after(rest, word).is_some());
    ends.then_some(good)
}

/// The phrase at the start of a text that says that something does not apply, and what follows it.
pub fn waiving(text: &str) -> Option<(&str, &str)> {
    let rest = longest(text, &WAIVING)?;
    Some((text.get(..text.len() - rest.len())?, rest))
}
