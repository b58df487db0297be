//! The words by which people say that something is done, is not, or does not apply. Data, and how to find it at the
//! start of a text. Nothing here knows where the text stands.

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
const WAIVING: &[&str] = &[
    "n/a",
    "n.a.",
    "n. a.",
    "not applicable",
    "not required",
    "not needed",
    "not relevant",
    "not in scope",
    "no longer applicable",
    "no longer required",
    "no longer needed",
    "no longer relevant",
    "does not apply",
    "doesn't apply",
    "out of scope",
    "waived",
    "no aplica",
    "no procede",
    "não se aplica",
    "nicht zutreffend",
    "nicht anwendbar",
    "entfällt",
    "sans objet",
    "non applicable",
    "не применимо",
    "неприменимо",
    "не требуется",
    "不适用",
    "不適用",
    "该项不适用",
    "対象外",
    "該当なし",
    "해당 없음",
    "해당없음",
];

/// What is done, as a whole cell or box says it.
const DONE: &[&str] = &[
    "yes",
    "y",
    "x",
    "true",
    "pass",
    "passed",
    "passes",
    "passing",
    "done",
    "ok",
    "okay",
    "complete",
    "completed",
    "ready",
    "approved",
    "accepted",
    "met",
    "satisfied",
    "fulfilled",
    "verified",
    "validated",
    "confirmed",
    "checked",
    "compliant",
    "conforms",
    "fully",
    "implemented",
    "resolved",
    "closed",
    "green",
    "reviewed",
    "addressed",
    "documented",
    "defined",
    "covered",
    "present",
    "included",
    "available",
    "achieved",
    "finished",
    "signed off",
    "success",
    "successful",
    "in place",
    "sí",
    "si",
    "ja",
    "oui",
    "sim",
    "да",
    "готово",
    "выполнено",
    "сделано",
    "hecho",
    "listo",
    "completado",
    "cumple",
    "erledigt",
    "fertig",
    "erfüllt",
    "terminé",
    "fait",
    "feito",
    "concluído",
    "はい",
    "完了",
    "済",
    "是",
    "完成",
    "已完成",
    "通过",
    "通過",
    "合格",
    "완료",
    "예",
];

/// What is not.
const OPEN: &[&str] = &[
    "no",
    "n",
    "false",
    "not",
    "none",
    "non",
    "fail",
    "failed",
    "fails",
    "failing",
    "failure",
    "partial",
    "partially",
    "partly",
    "pending",
    "todo",
    "to do",
    "to-do",
    "tbd",
    "tba",
    "tbc",
    "to be",
    "open",
    "in progress",
    "in-progress",
    "in review",
    "under review",
    "ongoing",
    "on hold",
    "wip",
    "missing",
    "blocked",
    "incomplete",
    "unresolved",
    "unmet",
    "untested",
    "unverified",
    "unknown",
    "planned",
    "deferred",
    "postponed",
    "started",
    "needs",
    "need",
    "required",
    "requires",
    "awaiting",
    "waiting",
    "conditional",
    "conditionally",
    "rejected",
    "red",
    "yellow",
    "amber",
    "issue",
    "issues",
    "gap",
    "gaps",
    "absent",
    "non-compliant",
    "noncompliant",
    "no-go",
    "nein",
    "nicht",
    "offen",
    "teilweise",
    "nee",
    "nei",
    "não",
    "nao",
    "pendiente",
    "pendente",
    "parcial",
    "en cours",
    "à faire",
    "нет",
    "не",
    "в процессе",
    "в работе",
    "частично",
    "いいえ",
    "未",
    "否",
    "不",
    "没有",
    "进行中",
    "部分",
    "아니오",
    "미완료",
    "진행",
];

/// Outcomes of a review as a whole, beside the words above: what a group of boxes of which one is ticked offers.
const OUTCOMES: &[&str] = &[
    "draft",
    "final",
    "review",
    "go",
    "deprecated",
    "obsolete",
    "superseded",
    "changes requested",
    "changes required",
    "revise",
    "revision required",
    "conditional pass",
    "conditional approval",
    "cancelled",
    "canceled",
    "abandoned",
];

/// Words behind `N/A` that make it a condition, and not a statement.
const CONDITIONS: &[&str] = &[
    "unless", "if", "when", "until", "till", "except", "once", "yet", "before",
];

/// Words with which the reason may follow the longer phrases: `not required for …`.
const LINKS: &[&str] = &[
    "because",
    "since",
    "as",
    "for",
    "in",
    "to",
    "here",
    "by",
    "at",
    "on",
    "with",
    "due",
    "given",
    "currently",
    "now",
    "this",
    "right",
    "per",
    "any",
    "while",
];

/// What follows `phrase` in `text`, where the text begins with it and the word ends there. Case does not matter.
pub fn after<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in phrase.chars() {
        let found = rest.next()?;
        let same = found == wanted || (found == '\u{2019}' && wanted == '\'');
        if !same && !found.to_lowercase().eq(std::iter::once(wanted)) {
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
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    if let Some(tick) = share(text) {
        return Some(tick);
    }
    let found = [
        (Tick::Waived, longest(text, WAIVING)),
        (Tick::Waived, whole(text, "na")),
        (Tick::Done, longest(text, DONE)),
        (Tick::Open, longest(text, OPEN)),
    ];
    let found = found.into_iter().filter_map(|(tick, rest)| Some((tick, rest?)));
    let (tick, rest) = found.min_by_key(|(_, rest)| rest.len())?;
    let menu = rest
        .trim_start()
        .strip_prefix(['/', '|'])
        .is_some_and(|other| said(other).is_some());
    Some(if menu { (Tick::Open, "") } else { (tick, rest) })
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
    let (good, rest) = match (longest(text, OUTCOMES), said(text)) {
        (Some(rest), Some((_, other))) if other.len() < rest.len() => (said(text)?.0 == Tick::Done, other),
        (Some(rest), _) => (false, rest),
        (None, Some((tick, rest))) => (tick == Tick::Done, rest),
        (None, None) => return None,
    };
    let rest = rest.trim_start();
    let tail = ["with", "for", "as", "to", "after", "subject"];
    let ends = !rest.starts_with(char::is_alphanumeric) || tail.iter().any(|word| after(rest, word).is_some());
    ends.then_some(good)
}

/// A statement in an item's text that the item does not apply.
#[derive(Debug, PartialEq, Eq)]
pub struct Waiver<'t> {
    /// Why; empty if it does not say.
    pub reason: &'t str,
    /// The item without the statement.
    pub item: &'t str,
}

/// Finds `N/A: reason`, `… - N/A (reason)`, `… (not required for now)`; never a phrase in the middle of a sentence.
pub fn waiver(text: &str) -> Option<Waiver<'_>> {
    if let Some((_, rest)) = waiving(text) {
        let apart = rest.trim_start();
        let linked = LINKS.iter().any(|word| after(apart, word).is_some());
        if (apart.is_empty() || linked || apart.starts_with(PUNCTUATION)) && !conditional(apart) {
            let reason = stated(apart);
            return Some(Waiver { reason, item: reason });
        }
    }
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(SEPARATORS) {
        let start = from + at;
        let mark = text.get(start..)?.chars().next()?;
        from = start + mark.len_utf8();
        let (before, behind) = (text.get(..start)?, text.get(from..)?);
        if let Some(found) = apart(mark, before, behind)
            .then(|| behind.trim_start())
            .and_then(waiving)
        {
            if let Some(waiver) = behind_mark(mark, before, behind.trim_start(), found) {
                return Some(waiver);
            }
        }
    }
    None
}

const SEPARATORS: [char; 13] = ['(', '[', '（', '-', '–', '—', ':', '：', ';', '.', '→', '|', '。'];

/// Whether a mark stands apart from the words around it: a dash between spaces, a colon in front of one.
fn apart(mark: char, before: &str, behind: &str) -> bool {
    match mark {
        '-' => behind.starts_with(char::is_whitespace) && before.ends_with([' ', '-']),
        ':' | ';' | '.' => behind.starts_with(char::is_whitespace),
        _ => true,
    }
}

fn behind_mark<'t>(
    mark: char,
    before: &'t str,
    behind: &'t str,
    (phrase, rest): (&'t str, &'t str),
) -> Option<Waiver<'t>> {
    if !follows(phrase, rest) {
        return None;
    }
    let opens = matches!(mark, '(' | '[' | '（');
    let end = rest.find([')', ']', '）']).filter(|_| opens);
    let inside = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    let outside = end.and_then(|end| rest.get(end..)).map_or("", stated);
    let linked = inside.trim_start().starts_with(char::is_alphabetic) && !short(phrase);
    // `not required for …` is the reason with its first words; `N/A …` is not.
    let reason = if linked {
        behind.get(..phrase.len() + inside.len())?
    } else {
        inside
    };
    let reason = stated(reason);
    Some(Waiver {
        reason: if reason.is_empty() && opens && !before.is_empty() {
            outside
        } else {
            reason
        },
        item: if before.trim().is_empty() {
            outside
        } else {
            before.trim_end()
        },
    })
}

const PUNCTUATION: [char; 16] = [
    ':', '：', '-', '–', '—', '(', ')', '[', ']', '（', '）', ',', ';', '.', '|', '→',
];

fn waiving(text: &str) -> Option<(&str, &str)> {
    let rest = longest(text, WAIVING)?;
    Some((text.get(..text.len() - rest.len())?, rest))
}

fn short(phrase: &str) -> bool {
    phrase.contains(['/', '.'])
}

/// Whether what stands behind a phrase leaves it a statement.
fn follows(phrase: &str, rest: &str) -> bool {
    let rest = rest.trim_start();
    let ends = rest.is_empty() || rest.starts_with(PUNCTUATION);
    let linked = short(phrase) && !rest.starts_with('?') || LINKS.iter().any(|word| after(rest, word).is_some());
    (ends || linked) && !conditional(rest)
}

fn conditional(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || PUNCTUATION.contains(&c));
    CONDITIONS.iter().any(|word| after(rest, word).is_some())
}

/// A reason without what separates it from the statement.
pub fn stated(reason: &str) -> &str {
    let reason = reason.trim_start_matches(|c: char| c.is_whitespace() || PUNCTUATION.contains(&c));
    let reason = reason.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','));
    match reason.strip_suffix([')', ']', '）']) {
        Some(inner) if !inner.contains(['(', '[', '（']) => inner,
        _ => reason,
    }
}
