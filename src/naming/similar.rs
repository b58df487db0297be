//! How alike two names are. Must never call two short words alike because a letter differs, nor two names that differ
//! in a number.

use std::borrow::Cow;

use strsim::osa_distance;

/// From here on two names are one name misspelt, if no other name is nearly as similar.
pub const LIKELY: f64 = 0.80;
/// From here on a name is worth a mention in a help text, not more.
pub const POSSIBLE: f64 = 0.60;

/// A word of so many letters has no room for a slip: `API` and `APM` are two words.
const SHORT: usize = 4;
/// Words that a name may have or not have.
const FILLERS: [&str; 5] = ["a", "an", "and", "of", "the"];
/// What equal words in another order, or with an outline number before them, are worth.
const REARRANGED: f64 = 0.95;

/// How alike two normalised names are, from 0 to 1, which is for equal names alone.
///
/// The share of letters that need no change (insertion, deletion, substitution, transposition of neighbours), in the
/// order written or with the words sorted. Typos score about 0.9, the most alike pair of the built-in template's
/// sections 0.74. Below [`LIKELY`] stay names of which one has a word more (`AI Testing Strategy`) and names that
/// differ in a short word (`API Design`, `APM Design`); below [`POSSIBLE`], names of four letters or fewer, and names
/// with different numbers. A bare number before one of the names, as in `7 security`, is forgiven.
pub fn similarity(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    match (after_bare_number(a), after_bare_number(b)) {
        (Some(rest), None) => return REARRANGED * similarity(rest, b),
        (None, Some(rest)) => return REARRANGED * similarity(a, rest),
        _ => {}
    }
    let as_written = likeness(a, b);
    let rearranged = match (sorted(a, ' '), sorted(b, ' ')) {
        // Nothing moved: the order written says it all.
        (Cow::Borrowed(_), Cow::Borrowed(_)) => 0.0,
        (a, b) => REARRANGED * likeness(&a, &b),
    };
    as_written.max(rearranged).min(ceiling(a, b))
}

/// How alike two normalised names are, where that is at least `least`, which is above a half. Nearly all pairs of names
/// have nothing to do with each other, and for those the letters need not be put in order.
pub fn alike(a: &str, b: &str, least: f64) -> Option<f64> {
    let near = a == b || at_most(a, b, least) >= least;
    near.then(|| similarity(a, b)).filter(|score| *score >= least)
}

/// A bound that [`similarity`] does not pass, as near as it takes to tell whether that may be `least`: a letter that only
/// one of the names has needs a change, wherever it stands. A number in front of a name may be forgiven, and then
/// nothing is known.
fn at_most(a: &str, b: &str, least: f64) -> f64 {
    if a.starts_with(|c: char| c.is_ascii_digit()) || b.starts_with(|c: char| c.is_ascii_digit()) {
        return 1.0;
    }
    let (letters_a, letters_b) = (a.chars().count(), b.chars().count());
    let longest = letters_a.max(letters_b);
    // That many the longer one has alone, whatever they are.
    let by_length = share_kept(letters_a.abs_diff(letters_b), longest);
    if by_length < least {
        return by_length;
    }
    // Letters that share a place hide a difference, and the bound stays one.
    let mut more = [0_i16; 32];
    let mut add = |name: &str, by: i16| {
        for c in name.chars() {
            if let Some(count) = more.get_mut((u32::from(c) % 32) as usize) {
                *count = count.saturating_add(by);
            }
        }
    };
    add(a, 1);
    add(b, -1);
    let changes = more
        .iter()
        .map(|count| usize::from(count.unsigned_abs()))
        .sum::<usize>();
    // Those that either has alone, of which each pair is one change.
    share_kept((changes + letters_a.abs_diff(letters_b)) / 2, longest)
}

/// The share of letters that need no change.
fn share_kept(changes: usize, letters: usize) -> f64 {
    1.0 - changes as f64 / letters.max(1) as f64
}

fn likeness(a: &str, b: &str) -> f64 {
    let longest = a.chars().count().max(b.chars().count());
    share_kept(osa_distance(a, b), longest)
}

/// The most that two different names can score.
fn ceiling(a: &str, b: &str) -> f64 {
    let short = a.chars().count().min(b.chars().count()) <= SHORT;
    let (numbers_a, numbers_b) = (numbers(a), numbers(b));
    let other_numbers = !numbers_a.is_empty() && !numbers_b.is_empty() && numbers_a != numbers_b;
    if short || other_numbers {
        POSSIBLE - 0.01
    } else if short_words_differ(a, b) || has_more_words(a, b) || has_more_words(b, a) {
        LIKELY - 0.01
    } else {
        1.0
    }
}

/// The runs of digits in the name, in order.
fn numbers(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_numeric())
        .filter(|run| !run.is_empty())
        .collect()
}

/// The name after a number of one or two digits that stands before it. `2025 roadmap` has a year there.
fn after_bare_number(name: &str) -> Option<&str> {
    let (number, rest) = name.split_once(' ')?;
    let bare = number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
    (bare && rest.starts_with(char::is_alphabetic)).then_some(rest)
}

/// Whether somewhere a short word stands against another one, as in `api design` and `apm design`, or `ui` and
/// `gui`: not by letters that changed places, nor by a plural.
fn short_words_differ(a: &str, b: &str) -> bool {
    if a.split(' ').count() != b.split(' ').count() {
        return false;
    }
    a.split(' ').zip(b.split(' ')).any(|(a, b)| {
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let letters = short.chars().count();
        if short == long || letters > SHORT || long.strip_suffix('s') == Some(short) {
            return false;
        }
        match long.chars().count() - letters.min(long.chars().count()) {
            0 => letters_of(short) != letters_of(long),
            1 => letters < SHORT,
            _ => false,
        }
    })
}

/// Whether the first name has all words of the second, and others that say something.
fn has_more_words(a: &str, b: &str) -> bool {
    let mut left: Vec<&str> = b.split(' ').collect();
    let mut more = false;
    for word in a.split(' ') {
        match left.iter().position(|other| *other == word) {
            Some(at) => _ = left.swap_remove(at),
            None => more |= !FILLERS.contains(&word),
        }
    }
    more && left.iter().all(|word| FILLERS.contains(word))
}

fn letters_of(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// The words of the name in alphabetical order; borrowed where they stand so.
pub fn sorted(name: &str, between: char) -> Cow<'_, str> {
    if name.split(between).is_sorted() {
        return Cow::Borrowed(name);
    }
    let mut words: Vec<&str> = name.split(between).collect();
    words.sort_unstable();
    Cow::Owned(words.join(between.encode_utf8(&mut [0; 4])))
}

#[cfg(test)]
mod tests {
    use super::super::normalise;
    use super::*;
    use proptest::prelude::*;

    const SECTIONS: [&str; 21] = [
        "Executive Summary",
        "Business Context",
        "System Architecture",
        "Component Details",
        "Data Architecture",
        "Integration Architecture",
        "Security Architecture",
        "Monitoring & Observability",
        "Deployment Architecture",
        "Scalability",
        "Disaster Recovery",
        "Testing Strategy",
        "API Documentation",
        "Design Decisions",
        "Technology Stack",
        "Known Limitations",
        "Future Roadmap",
        "References",
        "Stakeholders",
        "Change Log",
        "Review Checklist",
    ];

    fn of(a: &str, b: &str) -> f64 {
        let (a, b) = (normalise(a), normalise(b));
        let score = similarity(&a, &b);
        for least in [POSSIBLE, LIKELY] {
            assert_eq!(
                alike(&a, &b, least),
                Some(score).filter(|score| *score >= least),
                "{a} {b}"
            );
        }
        score
    }

    fn best(name: &str) -> (f64, &'static str) {
        SECTIONS
            .into_iter()
            .map(|section| (of(name, section), section))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .unwrap()
    }

    #[test]
    fn sections_are_not_alike() {
        for (at, a) in SECTIONS.into_iter().enumerate() {
            for b in SECTIONS.into_iter().skip(at + 1) {
                assert!(of(a, b) < 0.74, "{a} {b} {}", of(a, b));
            }
        }
    }

    #[test]
    fn typos_are_alike() {
        for (typo, section) in [
            ("Securty Architecture", "Security Architecture"),
            ("7 Security Architecture", "Security Architecture"),
            ("Excecutive Summary", "Executive Summary"),
            ("Executive Sumary", "Executive Summary"),
            ("Scalabilty", "Scalability"),
            ("Stakeholder", "Stakeholders"),
            ("Refrences", "References"),
            ("12 References", "References"),
            ("Chnage Log", "Change Log"),
            ("Change Lgo", "Change Log"),
            ("Changelog", "Change Log"),
            ("Change Logs", "Change Log"),
            ("Review Checklsit", "Review Checklist"),
            ("Monitoring, Observability", "Monitoring & Observability"),
            ("Observability & Monitoring", "Monitoring & Observability"),
            ("Documentation (API)", "API Documentation"),
            ("APIs Documentation", "API Documentation"),
            ("Design Descisions", "Design Decisions"),
        ] {
            let (score, found) = best(typo);
            assert_eq!(found, section, "{typo} {score}");
            assert!((0.85..1.0).contains(&score), "{typo} {score}");
        }
    }

    #[test]
    fn one_slip_is_a_typo() {
        for section in SECTIONS {
            let name = normalise(section);
            for at in 0..name.len() - 1 {
                let (before, rest) = name.split_at(at);
                let (c, after) = (&rest[..1], &rest[1..]);
                let (d, later) = (&after[..1], &after[1..]);
                for slip in [format!("{before}{c}{c}{after}"), format!("{before}{d}{c}{later}")] {
                    let (score, found) = best(&slip);
                    let short = name.split(' ').any(|word| word.len() <= SHORT);
                    assert_eq!(found, section, "{slip} {score}");
                    assert!(score >= if short { POSSIBLE } else { LIKELY }, "{slip} {score}");
                }
            }
        }
    }

    #[test]
    fn other_headings_are_not() {
        for name in [
            "Glossary",
            "FAQ",
            "Cost Model",
            "Data Security",
            "Deployment Guide",
            "Risk Register",
            "Performance",
            "Appendix A",
            "Roadmap",
            "DR",
            "Introduction",
            "Conclusion",
            "Troubleshooting",
            "Source Tree",
            "变更日志",
        ] {
            let (score, found) = best(name);
            assert!(score <= POSSIBLE, "{name} {found} {score}");
        }
        for (name, section, low, high) in [
            ("Disaster Recovery Plan", "Disaster Recovery", 0.76, 0.78),
            ("Test Strategy", "Testing Strategy", 0.80, 0.82),
            ("Tech Stack", "Technology Stack", 0.61, 0.64),
        ] {
            let (score, found) = best(name);
            assert!(
                found == section && (low..high).contains(&score),
                "{name} {found} {score}"
            );
        }
    }

    #[test]
    fn short_words_and_numbers_are_not_slips() {
        for (a, b, below) in [
            ("FAQ", "FIX", POSSIBLE),
            ("API", "APIs", POSSIBLE),
            ("Data", "Date", POSSIBLE),
            ("Test", "Text", POSSIBLE),
            ("Phase 1", "Phase 2", POSSIBLE),
            ("Level 12 Support", "Level 11 Support", POSSIBLE),
            ("2025 Roadmap", "2026 Roadmap", POSSIBLE),
            ("API Documentation", "APM Documentation", LIKELY),
            ("UI Architecture", "AI Architecture", LIKELY),
            ("UI Architecture", "GUI Architecture", LIKELY),
            ("Data Architecture", "Date Architecture", LIKELY),
            ("Integration Hub Architecture", "Integration Architecture", LIKELY),
            ("AI Testing Strategy", "Testing Strategy", LIKELY),
        ] {
            assert!(of(a, b) < below, "{a} {b} {}", of(a, b));
        }
    }

    proptest! {
        #[test]
        fn similarity_is_a_share_and_knows_no_sides(a in "[a-e0-2]{0,4}( [a-e0-2]{1,5}){0,3}", b in "[a-e0-2]{0,4}( [a-e0-2]{1,5}){0,3}") {
            let (a, b) = (normalise(&a), normalise(&b));
            let score = similarity(&a, &b);
            prop_assert!((0.0..=1.0).contains(&score));
            prop_assert_eq!(score == 1.0, a == b);
            prop_assert!((score - similarity(&b, &a)).abs() < 1e-9);
            for least in [POSSIBLE, LIKELY, 0.95] {
                prop_assert_eq!(alike(&a, &b, least), Some(score).filter(|score| *score >= least));
            }
        }
    }
}
