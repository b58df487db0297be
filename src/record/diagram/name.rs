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
pub struct Words(Vec<Vec<String>>);

impl Words {
    /// The words of each of `texts`.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self(texts.into_iter().map(words).collect())
    }

    /// Whether one of these labels names `name`, among things of the names `all`.
    pub fn show(&self, name: &str, all: &Self) -> bool {
        let mut names = alternatives(name).into_iter();
        names.any(|name| self.0.iter().any(|label| names_it(&name, label)) || shortened(&name, all, self))
    }
}

/// A name and the names in it: with what stands in parentheses, behind a dash, and on each side of a slash.
fn alternatives(name: &str) -> Vec<Vec<String>> {
    let parts = name.split(['(', ')', '/', '&', ':', '–', '—', '|', '`', '+']);
    let parts = parts
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" and "));
    let all = std::iter::once(name).chain(parts).map(words);
    all.filter(|words| words.iter().any(|word| !KINDS.contains(&word.as_str())))
        .collect()
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

fn names_it(name: &[String], label: &[String]) -> bool {
    let telling: Vec<&String> = name.iter().filter(|word| !KINDS.contains(&word.as_str())).collect();
    if telling.is_empty() {
        return false;
    }
    let all = telling
        .iter()
        .all(|word| label.iter().any(|other| is_word(word, other)));
    all || by_initials(name, label) || by_initials(label, name) || run_together(name, label)
}

/// Whether two words are one, abbreviated or misspelt.
fn is_word(word: &str, other: &str) -> bool {
    let (short, long) = if word.len() <= other.len() {
        (word, other)
    } else {
        (other, word)
    };
    let begins = short.chars().count() >= ABBREVIATED && long.starts_with(short);
    word == other || begins || alike(word, other, LIKELY).is_some()
}

/// Whether a word of `label` is made of the first letters of words of `name` that follow each other.
fn by_initials(name: &[String], label: &[String]) -> bool {
    let initials: String = name.iter().filter_map(|word| word.chars().next()).collect();
    let telling = name.iter().filter(|word| !KINDS.contains(&word.as_str()));
    let bare: String = telling.filter_map(|word| word.chars().next()).collect();
    let is = |initials: &str| initials.chars().count() > 1 && label.iter().any(|word| word == initials);
    is(&initials) || is(&bare)
}

/// Whether the words of the name stand in the label without blanks between them.
fn run_together(name: &[String], label: &[String]) -> bool {
    let name = name.concat();
    name.chars().count() > 4 && label.concat().contains(&name)
}

/// Whether a label is the name without one of its words, and no other thing's name without one of its words.
fn shortened(name: &[String], all: &Words, labels: &Words) -> bool {
    let telling = |label: &&Vec<String>| label.iter().any(|word| !KINDS.contains(&word.as_str()));
    let within =
        |label: &[String], name: &[String]| label.len() < name.len() && label.iter().all(|word| name.contains(word));
    labels.0.iter().filter(telling).any(|label| {
        let may_be = |other: &&Vec<String>| within(label, other) || *other == label;
        within(label, name) && all.0.iter().filter(may_be).count() < 2
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
