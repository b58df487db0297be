//! Which of the words that exist somebody meant who wrote one that does not. Must never answer differently because the
//! candidates come in another order, nor suggest what merely begins with the same letter.

use std::cmp::Reverse;

use strsim::osa_distance;

use super::name::slug;
use super::similar::sorted;

/// The candidate that a mistyped configuration word was meant to be, if one is near enough to suggest.
///
/// Compared as slugs, segment by segment at `/`: `Missing_Section` is near `missing-section`, as are
/// `section-missing`, `missing-sction` and, with one candidate that begins so, `missing`. A section's last segment
/// stands for its path. Of equally near candidates, the one with the longer common beginning, then the first in
/// alphabetical order, whatever order they come in.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = path(word);
    if word.is_empty() {
        return None;
    }
    let mut best = None;
    let mut begun = Vec::new();
    for candidate in candidates {
        let other = path(candidate);
        if let Some(distance) = distance(&word, &other) {
            let rank = (distance, Reverse(common_start(&word, &other)), candidate);
            best = Some(best.map_or(rank, |best: (_, _, _)| best.min(rank)));
        } else if word.len() >= 3 && other.starts_with(&word) || other.len() >= 3 && word.starts_with(&other) {
            begun.push(candidate);
        }
    }
    begun.sort_unstable();
    begun.dedup();
    match (best, begun.as_slice()) {
        (Some((_, _, candidate)), _) => Some(candidate),
        (None, [candidate]) => Some(candidate),
        _ => None,
    }
}

/// A configuration word as it should be written.
fn path(word: &str) -> String {
    let segments: Vec<String> = word.split('/').map(slug).collect();
    segments.join("/")
}

/// How many slips lie between two words; `None` where they are too many. One in three letters may be wrong.
fn distance(word: &str, other: &str) -> Option<usize> {
    [
        slips(word, other),
        slips(&sorted(word, '-'), &sorted(other, '-')).map(|slips| slips + 1),
        last_segments(word, other)
            .and_then(|(word, other)| slips(word, other))
            .map(|slips| slips + 1),
    ]
    .into_iter()
    .flatten()
    .min()
}

/// The last segments of two paths, where one of them has more than one.
fn last_segments<'a>(word: &'a str, other: &'a str) -> Option<(&'a str, &'a str)> {
    let last = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
    (word.contains('/') || other.contains('/')).then(|| (last(word), last(other)))
}

fn slips(a: &str, b: &str) -> Option<usize> {
    let longest = a.chars().count().max(b.chars().count());
    Some(osa_distance(a, b)).filter(|distance| *distance <= longest / 3)
}

fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_word_meant_is_found() {
        const RULES: [&str; 6] = [
            "missing-section",
            "missing-subsection",
            "misspelt-section",
            "missing-field",
            "template-text",
            "empty-field",
        ];
        const LEVELS: [&str; 4] = ["off", "info", "warning", "error"];
        const KEYS: [&str; 6] = ["template", "documents", "exclude", "fail-on", "enrich", "history"];
        const PATHS: [&str; 5] = [
            "data-architecture",
            "data-architecture/data-models",
            "deployment-architecture",
            "deployment-architecture/kubernetes-architecture",
            "scalability",
        ];
        for (word, candidates, meant) in [
            ("missing-sectoin", &RULES[..], Some("missing-section")),
            ("Missing_Section", &RULES, Some("missing-section")),
            ("section-missing", &RULES, Some("missing-section")),
            ("mispelt-section", &RULES, Some("misspelt-section")),
            ("misspelled-section", &RULES, Some("misspelt-section")),
            ("missing", &RULES, None),
            ("template", &RULES, Some("template-text")),
            ("broken-link", &RULES, None),
            ("warn", &LEVELS, Some("warning")),
            ("WARNING", &LEVELS, Some("warning")),
            ("err", &LEVELS, Some("error")),
            ("of", &LEVELS, Some("off")),
            ("on", &LEVELS, None),
            ("deny", &LEVELS, None),
            ("information", &LEVELS, Some("info")),
            ("failOn", &KEYS, Some("fail-on")),
            ("fail_on", &KEYS, Some("fail-on")),
            ("excludes", &KEYS, Some("exclude")),
            ("document", &KEYS, Some("documents")),
            ("x", &KEYS, None),
            ("", &KEYS, None),
            (
                "kubernetes-architecture",
                &PATHS,
                Some("deployment-architecture/kubernetes-architecture"),
            ),
            ("Data Models", &PATHS, Some("data-architecture/data-models")),
            (
                "deployment/kubernetes-architecture",
                &PATHS,
                Some("deployment-architecture/kubernetes-architecture"),
            ),
            ("💾 Data Architecture", &PATHS, Some("data-architecture")),
        ] {
            assert_eq!(nearest(word, candidates.iter().copied()), meant, "{word:?}");
        }
    }

    #[test]
    fn one_letter_less_is_near() {
        let words = [
            "missing-section",
            "misspelt-section",
            "unfilled-placeholder",
            "documents",
            "fail-on",
            "error",
        ];
        for word in words {
            for at in 0..word.len() {
                let typo = format!("{}{}", &word[..at], &word[at + 1..]);
                assert_eq!(nearest(&typo, words), Some(word), "{typo}");
            }
        }
    }

    #[test]
    fn ties_do_not_hang_on_the_order() {
        assert_eq!(nearest("date", ["gate", "dati", "dato"]), Some("dati"));
        assert_eq!(nearest("date", ["dato", "dati", "gate"]), Some("dati"));
    }

    proptest! {
        #[test]
        fn the_nearest_is_one_of_them(word in ".{0,12}", mut all in prop::collection::vec("[a-z]{1,8}(-[a-z]{1,4})?", 0..6)) {
            let found = nearest(&word, all.iter().map(String::as_str)).map(str::to_owned);
            all.reverse();
            prop_assert_eq!(found.as_deref(), nearest(&word, all.iter().map(String::as_str)));
            prop_assert!(found.is_none_or(|found| all.contains(&found)));
        }
    }
}
