//! Which of the template's checklist items an item is, when somebody worded it a little differently.
//!
//! An item is a thing and what must be true of it. The thing must be the same one, up to words that say little; what
//! must be true of it has to mean the same: a diagram that was reviewed is not one that is up to date.

use crate::naming::Words;
use std::cell::OnceCell;

/// The items of a template's checklist.
#[derive(Debug)]
pub struct Demands<'t> {
    checklist: &'t [String],
    /// Taken apart when the first item comes that is none of them word for word.
    claims: OnceCell<Vec<Claim>>,
}

/// A text taken apart.
#[derive(Debug, Default, PartialEq)]
struct Claim {
    /// The stems of what it speaks of.
    things: Vec<String>,
    /// What it says of that.
    says: Vec<String>,
    /// Whether it says that it is not so.
    denied: bool,
}

/// More words than this are no checklist item in other words.
const MOST_WORDS: usize = 40;
/// What a word weighs that many different things have: `strategy`, `measures`, `all`.
const LITTLE: f64 = 0.25;
/// How much of both texts' things must be the same ones.
const ALIKE: f64 = 0.64;

static SILENT: Words = Words::new(
    "a, an, the, and, or, of, to, in, on, for, with, by, at, as, from, all, any, every, each, both, is, are, was, \
     were, be, been, being, has, have, had, it, its, this, that, these, those, our, their, there, well, fully, \
     properly, clearly, adequately, sufficiently, appropriately, must, should, will, can, do, does, ensure, verify, \
     check, confirm, sure, make, now, i, we, you, r",
);
static FAINT: Words = Words::new(
    "plan, strategi, measur, choic, known, futur, control, approach, item, section, overall, decision, architectur, \
     architectural, system, softwar, servic, applic, project, stack, selection, key, relevant, option, consider, \
     aspect, area, concept, procedur, concern, necessari, list, main, major, team",
);
const DENIALS: &[&str] = &[
    "not", "no", "never", "without", "missing", "cannot", "isn", "aren", "hasn", "haven", "un",
];

/// What is said in other words: each line one meaning, by stems.
const MEANINGS: &[&[&str]] = &[
    &[
        "document",
        "defin",
        "definition",
        "describ",
        "description",
        "specifi",
        "outlin",
        "written",
        "recorded",
        "captured",
        "detailed",
        "stated",
        "listed",
    ],
    &["review"],
    &["justifi", "justific", "rational", "reason", "motivat"],
    &["clear", "understandabl", "readabl", "legibl"],
    &["uptodat", "updat", "latest", "current"],
    &["complet", "full"],
    &["accurat", "accuraci", "correct", "valid"],
];
/// Words that say what must be true though they do not look it.
static PREDICATES: Words = Words::new(
    "done, met, ready, consistent, tested, signoff, signed, sound, feasibl, visibl, available, present, final, test, \
     approval, approv, notifi, inform, implement, secur",
);

impl<'t> Demands<'t> {
    /// The items of a checklist.
    pub fn of(checklist: &'t [String]) -> Self {
        Self {
            checklist,
            claims: OnceCell::new(),
        }
    }

    /// The index of the item that `text` is: word for word, or nearly so. Of two that fit, the nearer one.
    pub fn recognise(&self, text: &str) -> Option<usize> {
        if let Some(index) = self.checklist.iter().position(|item| item == text) {
            return Some(index);
        }
        let head = text.split([':', ';', '(', '—', '–']).next().unwrap_or(text);
        let head = head.split(" - ").next().unwrap_or(head);
        let head = head.split(". ").next().unwrap_or(head);
        let found = self.nearest(text);
        if head.len() < text.len() {
            found.or_else(|| self.nearest(head))
        } else {
            found
        }
    }

    fn nearest(&self, text: &str) -> Option<usize> {
        let claim = Claim::of(text);
        let claims = self
            .claims
            .get_or_init(|| self.checklist.iter().map(|item| Claim::of(item)).collect());
        let scored = claims
            .iter()
            .enumerate()
            .map(|(index, demand)| (index, demand.likeness(&claim)));
        let best = scored
            .filter(|(_, score)| *score > 0.0)
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(index, _)| index)
    }
}

impl Claim {
    fn of(text: &str) -> Self {
        let mut claim = Self::default();
        let text = text
            .to_lowercase()
            .replace("up-to-date", "uptodate")
            .replace("up to date", "uptodate");
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        for (count, word) in words.enumerate() {
            if count >= MOST_WORDS {
                return Self::default();
            }
            claim.denied |= DENIALS.contains(&word);
            if !SILENT.contains(&word) {
                claim.add(word);
            }
        }
        claim
    }

    fn add(&mut self, word: &str) {
        let whole = match word {
            "dr" => &["disaster", "recoveri"][..],
            "tech" => &["technologi"],
            _ => &[],
        };
        if !whole.is_empty() {
            self.things.extend(whole.iter().map(|word| (*word).to_owned()));
            return;
        }
        let stem = stem(word);
        let meaning = MEANINGS
            .iter()
            .find(|words| words.contains(&stem.as_str()) || words.contains(&word));
        let (list, word) = match meaning.and_then(|words| words.first()) {
            Some(meaning) => (&mut self.says, (*meaning).to_owned()),
            None if word.len() > 4 && word.ends_with("ed") || PREDICATES.contains(&word) => (&mut self.says, stem),
            None => (&mut self.things, stem),
        };
        if !list.contains(&word) {
            list.push(word);
        }
    }

    /// How near `other` comes to this demand, 0 where it is another one.
    fn likeness(&self, other: &Self) -> f64 {
        if self == other && !self.things.is_empty() {
            return 2.0;
        }
        let weight = |words: &[&String]| words.iter().map(|word| worth(word)).sum::<f64>();
        let shared: Vec<&String> = self.things.iter().filter(|word| other.things.contains(word)).collect();
        let lacking: Vec<&String> = self.things.iter().filter(|word| !other.things.contains(word)).collect();
        let more: Vec<&String> = other.things.iter().filter(|word| !self.things.contains(word)).collect();
        if other.denied || shared.iter().all(|word| worth(word) < 1.0) {
            return 0.0;
        }
        let alike = weight(&shared) / (weight(&shared) + weight(&lacking) + weight(&more));
        // All of it, named in several words, and one thing or two beside it.
        let whole = lacking.is_empty() && shared.len() > 1 && weight(&more) <= 2.0;
        let same = match (self.says.is_empty(), other.says.is_empty()) {
            (true, _) => alike >= ALIKE,
            (false, true) => lacking.is_empty() && shared.len() > 1 && weight(&more) < 1.0,
            (false, false) => self.says.iter().any(|said| other.says.contains(said)) && (alike >= ALIKE || whole),
        };
        if same { alike } else { 0.0 }
    }
}

fn worth(word: &str) -> f64 {
    if FAINT.contains(&word) { LITTLE } else { 1.0 }
}

/// A word without its endings, enough to tell `documented` from nothing but other forms of itself.
fn stem(word: &str) -> String {
    let mut stem = word;
    if let Some(singular) = stem
        .strip_suffix('s')
        .filter(|singular| singular.len() > 2 && !singular.ends_with('s'))
    {
        stem = singular;
    }
    let long = |stem: &&str| stem.chars().count() > 3;
    for ending in ["ation", "ing", "ed", "es"] {
        if let Some(short) = stem.strip_suffix(ending).filter(long) {
            stem = short;
            break;
        }
    }
    let stem = stem.strip_suffix('e').filter(long).unwrap_or(stem);
    match stem.strip_suffix('y') {
        Some(short) if short.len() > 2 => format!("{short}i"),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: [&str; 10] = [
        "All diagrams are clear and up-to-date",
        "Component responsibilities are well-defined",
        "Security measures are documented",
        "Scalability strategy is defined",
        "Disaster recovery plan is documented",
        "All stakeholders have reviewed",
        "Technology choices are justified",
        "Known limitations are documented",
        "Future roadmap is defined",
        "References are complete and accurate",
    ];

    #[test]
    fn the_same_in_other_words() {
        let table: &[(&str, Option<usize>)] = &[
            ("Diagrams up to date", Some(0)),
            ("All architecture diagrams are clear", Some(0)),
            ("**Diagrams** are clear & current", Some(0)),
            ("Diagrams reviewed", None),
            ("Sequence diagrams up to date", None),
            ("Component responsibilities defined", Some(1)),
            ("Responsibilities of each component are described", Some(1)),
            ("Component interfaces are well-defined", None),
            ("Security measures have been documented", Some(2)),
            ("Security documented", Some(2)),
            ("Security measures and controls are documented (OWASP)", Some(2)),
            ("Security measures are tested", None),
            ("Security review completed", None),
            ("Security measures are not documented", None),
            ("Scalability plan defined", Some(3)),
            ("Scalability strategy", Some(3)),
            ("Disaster recovery plan documented", Some(4)),
            ("DR plan is documented", Some(4)),
            ("Disaster recovery plan tested", None),
            ("All stakeholders notified", None),
            ("Stakeholders reviewed", Some(5)),
            ("Reviewed by all stakeholders", Some(5)),
            ("Stakeholder review complete", Some(5)),
            ("Code reviewed", None),
            ("Tech choices justified", Some(6)),
            ("Technology stack is justified", Some(6)),
            ("Justification of technology choices", Some(6)),
            ("Technologies installed", None),
            ("Limitations documented", Some(7)),
            ("Known limitations and workarounds are documented — see below", Some(7)),
            ("Known limitations communicated", None),
            ("Roadmap defined", Some(8)),
            ("Roadmap approved", None),
            ("References complete", Some(9)),
            ("References are complete, accurate and linked", Some(9)),
            ("Cross-references between chapters checked", None),
            ("API documentation is complete", None),
            ("Documentation updated", None),
            ("", None),
        ];
        let checklist = ITEMS.map(str::to_owned);
        let demands = Demands::of(&checklist);
        for (text, expected) in table {
            assert_eq!(demands.recognise(text), *expected, "{text}: {:?}", Claim::of(text));
        }
        for (index, item) in ITEMS.iter().enumerate() {
            assert_eq!(demands.recognise(item), Some(index), "{item}");
            assert_eq!(demands.recognise(&item.to_uppercase()), Some(index), "{item}");
        }
    }
}
