//! Names that mean a section without being its name: with a remark, in a pair, in the singular, misspelt.
//!
//! Pure comparisons of names; which heading is taken for which section is for `matching`.

use crate::naming;

/// A name at least this similar, and by a margin more than any other, is a misspelling.
const MISSPELT: f64 = naming::LIKELY;
/// A name at least this similar is worth a question.
const MAYBE: f64 = naming::POSSIBLE;
/// Words at least this similar may be one word misspelt.
const SAME_WORD: f64 = 0.65;

/// What a heading says without a remark in parentheses behind its name and `Appendix A:` in front of it, normalised;
/// `None` where it has neither.
pub fn without_remark(text: &str) -> Option<String> {
    let bare = text.trim_end();
    let bare = match bare.strip_suffix([')', '）']).and_then(|rest| rest.rfind(['(', '（'])) {
        Some(open) => bare.get(..open).unwrap_or(bare),
        None => bare,
    };
    let bare = match bare.split_once([':', '-', '–', '—']) {
        Some((lead, name)) if is_appendix(lead) => name,
        _ => bare,
    };
    let name = naming::normalise(bare);
    (!name.is_empty() && name != naming::normalise(text)).then_some(name)
}

/// `Appendix`, `Appendix A`, `Annex 2`.
fn is_appendix(lead: &str) -> bool {
    let lead = naming::normalise(lead);
    let mut words = lead.split(' ');
    matches!(words.next(), Some("appendix" | "annex")) && words.next().is_none_or(|mark| mark.len() <= 2)
}

/// The parts of a normalised name that stands for several: `test strategy and standards`.
pub fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(" and ").filter(move |part| *part != name)
}

/// Whether two names differ in nothing but singular and plural.
pub fn same_but_number(a: &str, b: &str) -> bool {
    let one = |word: &str| {
        word.strip_suffix('s')
            .filter(|one| one.len() > 2)
            .unwrap_or(word)
            .to_owned()
    };
    a.split(' ').count() == b.split(' ').count() && a.split(' ').map(one).eq(b.split(' ').map(one))
}

/// How surely one name is the other one misspelt, from 0 to 1; 0 where a word is another word.
pub fn misspelling(a: &str, b: &str) -> f64 {
    let Some(score) = naming::alike(a, b, MISSPELT) else {
        return 0.0;
    };
    let (mut left, mut right): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    left.sort_unstable();
    right.sort_unstable();
    let words = left.len() == right.len();
    let other = |(a, b): (&&str, &&str)| naming::alike(a, b, SAME_WORD).is_none() && a.len().min(b.len()) > 3;
    if words && left.iter().zip(&right).any(other) {
        0.0
    } else {
        score
    }
}

/// How much a heading's name is like that of a section, from 0 to 1: 0 where it shares none of the words that tell
/// the section from its siblings. `common` are the words that several of them have.
pub fn resemblance(section: &str, heading: &str, common: &[&str]) -> f64 {
    let telling = |word: &&str| !common.contains(word) && word.len() > 3;
    // Most names share no word, which is sooner seen than how alike they are.
    let shared = section.split(' ').filter(telling).any(|word| {
        heading
            .split(' ')
            .any(|other| naming::alike(word, other, MISSPELT).is_some())
    });
    let score = shared.then(|| naming::alike(section, heading, MAYBE)).flatten();
    score.unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_no_part_of_a_name() {
        for (text, name) in [
            ("Components (Logical Components)", Some("components")),
            ("5. Technology Stack (Definitive)", Some("technology stack")),
            (
                "Appendix A: Architecture Decision Records (ADRs)",
                Some("architecture decision records"),
            ),
            ("Annex 2 – Glossary", Some("glossary")),
            ("Technology Stack", None),
            ("(Optional) Caching", None),
            ("Appendix", None),
            ("Build: Deployment", None),
            ("(only a remark)", None),
        ] {
            assert_eq!(without_remark(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn names_for_several() {
        assert_eq!(
            parts("test strategy and standards").collect::<Vec<_>>(),
            ["test strategy", "standards"]
        );
        assert_eq!(parts("standards").count(), 0);
        assert!(same_but_number("known limitation", "known limitations"));
        assert!(!same_but_number("known limitations", "known locations"));
        assert!(!same_but_number("as is", "a is"));
    }

    #[test]
    fn another_word_is_no_misspelling() {
        for (section, heading, is) in [
            ("security architecture", "securty architecture", true),
            ("design decisions", "design desicions", true),
            ("disaster recovery", "recovery disaster", true),
            ("security headers", "security layers", false),
            ("system architecture", "data architecture", false),
        ] {
            assert_eq!(misspelling(section, heading) > 0.0, is, "{section} and {heading}");
        }
        let common = ["architecture", "strategy"];
        for (section, heading, is) in [
            ("technology stack", "technology stack table", true),
            ("review checklist", "release checklist", true),
            ("integration architecture", "architecture diagram", false),
            ("testing strategy", "getting started", false),
            ("caching strategy", "load testing strategy", false),
        ] {
            assert_eq!(
                resemblance(section, heading, &common) > 0.0,
                is,
                "{section} and {heading}"
            );
        }
    }
}
