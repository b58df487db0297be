//! Names that are numbered instances of a group: `Component 2: Order Service`, `FR1`, `ADR-007 Use Kafka`. Says what is
//! written and must never guess what the label means: callers compare it with the labels of their groups.

use super::chars::{fold, is_letter, is_word, trim_pictographs, trim_start};
use super::name::without_numbering;

/// A numbered instance: what it is an instance of, which one, and its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// `Component`, as written.
    pub label: &'a str,
    /// 2; leading zeros say nothing.
    pub number: u32,
    /// `Order Service`, as written, without the mark before it, pictographs at its ends, and parentheses around the
    /// whole of it; empty where nothing follows the number.
    pub rest: &'a str,
}

/// At most so many words before the number: `Architecture Decision Record 7: …` has three.
const LABEL_WORDS: usize = 4;

/// Reads a name as a numbered instance; `None` where it is none.
///
/// The number is the first in the name, after an outline number (`4.1 Component 2: …`). A label of one word may be
/// followed by a number and a blank (`Tier 1 Support`); of several words, only by a number and a mark or the end. A
/// number written onto its label needs capitals (`FR1`, not `OAuth2`) or a mark after it (`Phase1: …`). Versions,
/// ranges and lists are no instances (`Web 2.0`, `Phase 1-3`, `Phase 1 & 2`, `HTTP/2`), nor is `2. Component: …`, whose
/// number counts sections.
pub fn numbered(text: &str) -> Option<Numbered<'_>> {
    // Most names have no digit at all.
    if !text.bytes().any(|byte| byte.is_ascii_digit() || !byte.is_ascii()) {
        return None;
    }
    let text = trim_pictographs(text);
    // `Section 7: …` may be an instance itself, so the name is tried as it stands first.
    instance(text).or_else(|| {
        let bare = without_numbering(text, false);
        (bare.len() < text.len()).then(|| instance(bare)).flatten()
    })
}

fn instance(text: &str) -> Option<Numbered<'_>> {
    let (text, close) = match text.chars().next().map(fold) {
        Some('[') => (text.strip_prefix(['[', '［'])?, Some(']')),
        Some('(') => (text.strip_prefix(['(', '（'])?, Some(')')),
        _ => (text, None),
    };
    let is_digit = |c: char| fold(c).is_ascii_digit();
    let (before, tail) = text.split_at_checked(text.find(is_digit)?)?;
    let label = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(fold(c), '-' | '_' | '#' | '№'));
    let words = label_words(label)?;
    let tail_rest = tail.trim_start_matches(is_digit);
    let number = number(tail.get(..tail.len() - tail_rest.len())?)?;
    let tail_rest = match close {
        Some(close) => tail_rest.strip_prefix(|c| fold(c) == close)?,
        None => tail_rest,
    };
    let (end, rest) = after_number(tail_rest)?;
    let joined = label.len() == before.len();
    let fits = match (joined, words) {
        (true, 1) => is_capitals(label) || end == End::Mark && is_title(label),
        (true, _) => false,
        (false, 1) => true,
        (false, _) => end != End::Blank,
    };
    fits.then_some(Numbered {
        label,
        number,
        rest: unwrapped(trim_pictographs(rest)),
    })
}

/// How many words a label has; `None` where it is no label.
fn label_words(label: &str) -> Option<usize> {
    let plain = label.chars().all(|c| is_word(c) || c.is_whitespace() || fold(c) == '-');
    let words = label.split_whitespace().count();
    (plain && label.starts_with(is_letter) && words <= LABEL_WORDS).then_some(words)
}

fn number(digits: &str) -> Option<u32> {
    digits
        .chars()
        .try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(fold(c).to_digit(10)?))
}

/// How the number ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Text,
    Blank,
    Mark,
}

/// What follows the number and its mark; `None` where the number goes on.
fn after_number(text: &str) -> Option<(End, &str)> {
    let spaced = trim_start(text);
    let blank = spaced.len() < text.len();
    let Some(next) = spaced.chars().next().map(fold) else {
        return Some((End::Text, ""));
    };
    let after = spaced.trim_start_matches(|c| fold(c) == next);
    let then = after.chars().next().map_or(' ', fold);
    match next {
        ':' | '|' | '·' => Some((End::Mark, after)),
        // `Phase 1-3` is a range, `Phase 1 - 3 Services` is not.
        '-' => (blank && !is_word(then) || !then.is_ascii_digit()).then_some((End::Mark, after)),
        '(' | '[' | '{' => Some((End::Mark, spaced)),
        '.' | ')' | ']' if !blank => {
            let mark = trim_start(after);
            (mark.len() < after.len() || after.is_empty()).then_some((End::Mark, mark))
        }
        '&' | ',' | '+' | '/' => None,
        _ => blank.then_some((End::Blank, spaced)),
    }
}

/// `FR`, `第`: no letter of it is a small one.
fn is_capitals(label: &str) -> bool {
    !label.chars().any(char::is_lowercase)
}

/// `Phase`: a capital and small letters, which `OAuth` is not.
fn is_title(label: &str) -> bool {
    let mut chars = label.chars();
    chars.next().is_some_and(char::is_uppercase) && !chars.any(char::is_uppercase)
}

/// `Q1 2026` from `(Q1 2026)`, but not from `(a) and (b)`.
fn unwrapped(text: &str) -> &str {
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inside
        .filter(|inside| !inside.contains(['(', ')']))
        .map_or(text, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn instances_are_read() {
        for (text, label, number, rest) in [
            ("Component 2: Order Service", "Component", 2, "Order Service"),
            ("🧩 Component 2 - Order Service", "Component", 2, "Order Service"),
            ("Component 2 – 🛒 Order Service ✅", "Component", 2, "Order Service"),
            ("Component 1: [Component Name]", "Component", 1, "[Component Name]"),
            ("Component 3", "Component", 3, ""),
            ("Component 3:", "Component", 3, ""),
            ("COMPONENT 3. Cart", "COMPONENT", 3, "Cart"),
            ("Component 3) Cart", "Component", 3, "Cart"),
            ("Component #3: Cart", "Component", 3, "Cart"),
            (
                "Microservice #1: Ingestion Service",
                "Microservice",
                1,
                "Ingestion Service",
            ),
            ("4.1 Component 1: Cart", "Component", 1, "Cart"),
            ("VII. Component 1: Cart", "Component", 1, "Cart"),
            ("Component 1: .NET Host", "Component", 1, ".NET Host"),
            ("Component 1 .NET Host", "Component", 1, ".NET Host"),
            ("Component 1: 2FA", "Component", 1, "2FA"),
            ("Phase 1 (Q1 2026)", "Phase", 1, "Q1 2026"),
            ("Phase 1(Q1 2026)", "Phase", 1, "Q1 2026"),
            ("✅ Phase 3 Sign-Off", "Phase", 3, "Sign-Off"),
            (
                "Phase 2: GraphRAG (Weeks 5-8) - CONDITIONAL",
                "Phase",
                2,
                "GraphRAG (Weeks 5-8) - CONDITIONAL",
            ),
            ("Phase 1: (a) and (b)", "Phase", 1, "(a) and (b)"),
            ("Phase1: Start", "Phase", 1, "Start"),
            ("FR1", "FR", 1, ""),
            ("FR-12: Users log in", "FR", 12, "Users log in"),
            ("FR_12", "FR", 12, ""),
            ("[FR-1] Users log in", "FR", 1, "Users log in"),
            ("［FR-1］ Users log in", "FR", 1, "Users log in"),
            ("ADR-007 Use Kafka", "ADR", 7, "Use Kafka"),
            ("ADR-007-use-kafka", "ADR", 7, "use-kafka"),
            ("Decision 003: Use Kafka", "Decision", 3, "Use Kafka"),
            (
                "Architecture Decision Record 7: Use Kafka",
                "Architecture Decision Record",
                7,
                "Use Kafka",
            ),
            ("User Story 3", "User Story", 3, ""),
            ("Section 7: Security", "Section", 7, "Security"),
            ("Tier 1 Support", "Tier", 1, "Support"),
            ("组件 1：订单服务", "组件", 1, "订单服务"),
            ("阶段1", "阶段", 1, ""),
            ("Компонент ２: Заказы", "Компонент", 2, "Заказы"),
        ] {
            assert_eq!(numbered(text), Some(Numbered { label, number, rest }), "{text:?}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for text in [
            "Web 2.0 Portal",
            "OAuth2",
            "OAuth2 Flow",
            "HTTP/2 Gateway",
            "OAuth 2.0 / OpenID Connect Flow",
            "E2E Tests",
            "K8s",
            "Neo4j",
            "Phase 1-3: Docker",
            "Phase 1–3",
            "Phase 1/2",
            "Phase 1 & 2",
            "Phase 1, 2 and 3",
            "2FA",
            "3rd Party Services",
            "24/7 Support",
            "2. Component: Cart",
            "1. 2",
            "Version 1.2.0",
            "Date: October 1, 2025",
            "October 1, 2025",
            "Cost Analysis (Year 1)",
            "Container Architecture (C4 Level 2)",
            "Component",
            "Component:",
            "Architecture for 3 Regions",
            "第1阶段：启动",
            "Component 99999999999: Cart",
            "Component [Name]",
            "[Phase 1 name]",
            "12",
            "🚀",
            "",
            "Uptime 99%",
            "- 1: x",
        ] {
            assert_eq!(numbered(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_put_together_is_read(
            label in "[A-Z][a-z]{2,9}",
            number in 0_u32..2000,
            mark in prop::sample::select(vec![": ", " - ", " – ", ". ", ") ", " | ", "：", " "]),
            rest in "[A-Z][a-z]{1,9}( [A-Z][a-z]{1,9}){0,3}",
            picture in prop::sample::select(vec!["", "🧩 ", "1️⃣ ", ":gear: ", "4.2 "]),
        ) {
            let text = format!("{picture}{label} {number}{mark}{rest}");
            let found = numbered(&text);
            prop_assert_eq!(found, Some(Numbered { label: &label, number, rest: &rest }));
        }

        #[test]
        fn parts_stand_in_the_text(text in "([A-Z]{1,2}|[a-z]{1,4}|[0-9]{1,2}|[.:&#+()'\\[\\]-]|１|：| |🚀|第){0,9}") {
            if let Some(found) = numbered(&text) {
                prop_assert!(text.contains(found.label) && text.contains(found.rest) && !found.label.is_empty());
            }
        }
    }
}
