//! Whether a diagram's label names a thing: as people name things twice, and never quite alike.
//!
//! In doubt it does. Whoever asks reports a thing that nobody drew, and a wrong report costs more than a missed one.

use std::borrow::Cow;

use crate::naming::{LIKELY, alike, normalise};

/// Words that say what kind of thing it is, and that a label has or has not.
const KINDS: [&str; 22] = [
    "app",
    "application",
    "cluster",
    "component",
    "database",
    "db",
    "engine",
    "instance",
    "layer",
    "microservice",
    "module",
    "node",
    "platform",
    "process",
    "server",
    "service",
    "subsystem",
    "svc",
    "system",
    "the",
    "tier",
    "ui",
];
/// As many letters of a word stand for the whole: `Auth`, `Notif.`.
const ABBREVIATED: usize = 3;

/// Names, or the labels of a diagram, each as its words: alike for one and many, in whatever case.
#[derive(Debug, Clone, Default)]
pub struct Words(Vec<Name>);

/// A name taken apart.
#[derive(Debug, Clone, PartialEq)]
struct Name {
    words: Vec<String>,
    /// The first letters of its words: of all, and of those that tell which one it is.
    initials: [String; 2],
    /// Its words without blanks between them.
    joined: String,
}

impl Words {
    /// The words of each of `texts`.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self(texts.into_iter().map(Name::of).collect())
    }

    /// Whether one of these labels names `name`, among things of the names `all`.
    pub fn show(&self, name: &str, all: &Self) -> bool {
        let mut names = alternatives(name).into_iter();
        names.any(|name| self.0.iter().any(|label| name.is_named_by(label)) || shortened(&name, all, self))
    }
}

impl Name {
    fn of(text: &str) -> Self {
        let words = words(text);
        let (mut initials, mut telling) = (String::new(), String::new());
        // One letter stands for nothing.
        if words.len() > 1 {
            initials.extend(words.iter().filter_map(|word| word.chars().next()));
            let words = words.iter().filter(|word| tells(word));
            telling.extend(words.filter_map(|word| word.chars().next()));
        }
        Self {
            initials: [initials, telling],
            joined: words.concat(),
            words,
        }
    }

    /// Whether it has a word that tells which thing of its kind it is.
    fn tells(&self) -> bool {
        self.words.iter().any(|word| tells(word))
    }

    fn is_named_by(&self, label: &Self) -> bool {
        let mut telling = self.words.iter().filter(|word| tells(word));
        let all = telling.all(|word| label.words.iter().any(|other| is_word(word, other)));
        all || self.is_initials_in(label) || label.is_initials_in(self) || self.is_run_together_in(label)
    }

    /// Whether a word of `label` is made of the first letters of words that follow each other.
    fn is_initials_in(&self, label: &Self) -> bool {
        let is = |initials: &String| label.words.contains(initials) && initials.chars().count() > 1;
        self.initials.iter().any(is)
    }

    /// Whether the words stand in the label without blanks between them.
    fn is_run_together_in(&self, label: &Self) -> bool {
        self.joined.chars().count() > 4 && label.joined.contains(&self.joined)
    }
}

/// Whether a word tells more than what kind of thing something is.
fn tells(word: &str) -> bool {
    !KINDS.contains(&word)
}

/// A name and the names in it: with what stands in parentheses, behind a dash, and on each side of a slash. Each tells
/// which thing it is.
fn alternatives(name: &str) -> Vec<Name> {
    let parts = name.split(['(', ')', '/', '&', ':', '–', '—', '|', '`', '+']);
    let parts = parts
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" and "));
    let all = std::iter::once(name).chain(parts).map(Name::of);
    all.filter(Name::tells).collect()
}

/// The words of a name, each alike for one and many: `Order Services` is `order service`, `OrderService` too.
fn words(name: &str) -> Vec<String> {
    normalise(&apart(name))
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(singular)
        .collect()
}

/// The words of a name that capitals alone set apart, `OrderService`, set apart by blanks.
fn apart(name: &str) -> Cow<'_, str> {
    let capitals = name.chars().zip(name.chars().skip(1));
    if !capitals
        .into_iter()
        .any(|(before, c)| c.is_uppercase() && before.is_lowercase())
    {
        return Cow::Borrowed(name);
    }
    let mut apart = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            apart.push(' ');
        }
        apart.push(c);
        before = c;
    }
    Cow::Owned(apart)
}

fn singular(word: &str) -> String {
    let plain = word.len() > 3 && word.is_ascii() && !word.ends_with("ss");
    match word.strip_suffix("ies").filter(|_| plain) {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').filter(|_| plain).unwrap_or(word).to_owned(),
    }
}

/// Whether two words are one, abbreviated or misspelt.
fn is_word(word: &str, other: &str) -> bool {
    let (short, long) = if word.len() <= other.len() {
        (word, other)
    } else {
        (other, word)
    };
    let begins = long.starts_with(short) && short.chars().count() >= ABBREVIATED;
    word == other || begins || alike(word, other, LIKELY).is_some()
}

/// Whether a label is the name without one of its words, and no other thing's name without one of its words.
fn shortened(name: &Name, all: &Words, labels: &Words) -> bool {
    let within = |label: &Name, name: &Name| {
        label.words.len() < name.words.len() && label.words.iter().all(|word| name.words.contains(word))
    };
    labels.0.iter().filter(|label| within(label, name)).any(|label| {
        let may_be = |other: &&Name| within(label, other) || *other == label;
        label.tells() && all.0.iter().filter(may_be).count() < 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_found_under_the_names_that_people_give_them() {
        let all = ["Order Service", "Order Archive", "Payment Gateway", "Audit Log"];
        for (name, labels, shown) in [
            ("Order Service", vec!["Order Service"], true),
            ("Order Service", vec!["ORDER SERVICES (v2)"], true),
            ("Order Service", vec!["order-service"], true),
            ("OrderService", vec!["Order Service"], true),
            ("Order Service", vec!["OrderService"], true),
            ("Order Service", vec!["Orders"], true),
            ("Orders", vec!["Order Service"], true),
            ("Order Service", vec!["Odrer Service"], true),
            ("Order Management System (OMS)", vec!["OMS"], true),
            ("Order Management System", vec!["OMS"], true),
            ("OMS", vec!["Order Management System"], true),
            ("Authentication Service", vec!["Auth"], true),
            ("Notification Service", vec!["Notif. Svc"], true),
            ("Search: typeahead", vec!["Search"], true),
            ("Frontend (React SPA)", vec!["React SPA"], true),
            ("Parser / Lexer", vec!["Lexer"], true),
            ("Payment Gateway", vec!["Gateway"], true),
            ("`ledger`", vec!["Ledger DB"], true),
            ("订单服务", vec!["订单服务"], true),
            // Two things are called so: the label may be the other one.
            ("Order Archive", vec!["Order"], false),
            ("Order Service", vec!["Payment Service"], false),
            ("Audit Log", vec!["Order Service", "Payment Gateway"], false),
            ("Audit Service", vec!["Service"], false),
            ("Service", vec!["Order Service"], false),
            ("Audit Log", vec![], false),
            ("", vec!["A"], false),
        ] {
            let labels = Words::of(labels);
            assert_eq!(labels.show(name, &Words::of(all)), shown, "{name} {labels:?}");
        }
    }
}
