//! The review checklist with its count, and beside each item what the document itself says about it.
//!
//! Boxes are the author's: none is ticked or cleared.

use super::computed;
use crate::edit::Edit;
use crate::facts::{Facts, JudgedItem, Outcome};
use crate::markdown::{escaped, line_start};
use crate::record::Mark;
use crate::source::Span;

/// The count in front of the checklist, and the outcome of each of its items.
pub fn evidence(facts: &Facts<'_>) -> Vec<Edit> {
    let items = facts.judged_items();
    let mut edits: Vec<Edit> = progress(facts, items).into_iter().collect();
    edits.extend(items.iter().filter_map(|judged| outcome(facts, judged)));
    edits
}

/// A quote with the count in front of the block that holds the checklist's first item. Where boxes are HTML, it says
/// of each of them what cannot stand behind it.
fn progress(facts: &Facts<'_>, items: &[JudgedItem<'_>]) -> Option<Edit> {
    let review = facts.records.review.as_ref()?;
    let (done, total) = review.progress();
    let first = review.items.first()?;
    let block = facts
        .document
        .blocks
        .iter()
        .find(|block| block.span.contains(first.span))?;
    let source = facts.document.text.as_str();
    let end = facts.line_end();
    let mut text = format!(
        "> **Review progress**: {done} of {total} ({}), computed by archdoc",
        tally(items)
    );
    let in_html = items
        .iter()
        .filter(|judged| judged.item.mark == Mark::Input && !judged.item.text.is_empty());
    for (count, judged) in in_html.enumerate() {
        if count == 0 {
            text.push_str("\n>");
        }
        let item = format!("{}: {}", escaped(&judged.item.text), shown(judged));
        text.push_str(&format!("\n> - {}", line_start(&item)));
    }
    // In front of the line, so that the first item keeps its indentation.
    let start = source
        .get(..block.span.start)?
        .rfind(['\n', '\r'])
        .map_or(0, |at| at + 1);
    computed::block(source, start, &text, end)
}

/// How many items there are of each outcome: `8 done, 1 contradicted, 1 pending`.
fn tally(items: &[JudgedItem<'_>]) -> String {
    let all = [
        Outcome::Done,
        Outcome::Attested,
        Outcome::Contradicted,
        Outcome::Ready,
        Outcome::Pending,
        Outcome::Waived,
    ];
    let counts = all.into_iter().filter_map(|outcome| {
        let count = items.iter().filter(|judged| judged.outcome == outcome).count();
        (count > 0).then(|| format!("{count} {}", outcome.name()))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// The outcome below an item's text, on a line of its own; behind it where the item is no list item.
fn outcome(facts: &Facts<'_>, judged: &JudgedItem<'_>) -> Option<Edit> {
    let span = judged.item.span;
    let text = facts.text(span).trim_end();
    // A box alone is no claim, and what follows it may be no part of it. A page of HTML is written by hand; nothing is
    // written into it.
    if judged.item.text.is_empty() || judged.item.mark == Mark::Input || computed::is_open(text) {
        return None;
    }
    let shown = shown(judged);
    let source = facts.document.text.as_str();
    if let Some(margin) = margin(source, span).filter(|_| judged.item.mark != Mark::Cell) {
        let at = computed::line_end(source, span.start + text.len())?;
        let broken = computed::hard_break(source, at);
        let line = computed::line(&format!("{margin}{shown}"));
        let end = computed::ending(source, at, facts.line_end());
        return Some(Edit::insert(at, format!("{broken}{end}{line}")));
    }
    let text = match judged.item.mark {
        // In the row's last cell.
        Mark::Cell => text.strip_suffix('|').map_or(text, str::trim_end),
        _ => text,
    };
    let words = shown
        .strip_prefix('*')?
        .strip_suffix('*')
        .map(|inner| format!(" *({inner})*"))?;
    let at = span.start + text.len();
    let broken = goes_on(source, at).filter(|_| judged.item.mark != Mark::Cell);
    Some(Edit::insert(
        at,
        format!("{}{}", computed::words(&words), broken.unwrap_or("")),
    ))
}

/// What keeps a line that ends behind `at` from running together with the paragraph's next one; none where it ends there.
fn goes_on(source: &str, at: usize) -> Option<&'static str> {
    let end = computed::line_end(source, at)?;
    let below = source.get(end..)?.trim_start_matches('\r').strip_prefix('\n')?;
    let below = below.trim_start_matches([' ', '\t']);
    (!below.is_empty() && !below.starts_with(['\r', '\n'])).then(|| computed::hard_break(source, end))
}

/// An outcome: a sign, a word and the reason, so that it can be read without the sign.
fn shown(judged: &JudgedItem<'_>) -> String {
    let (sign, name) = (sign(judged.outcome), judged.outcome.name());
    // The marks around names are for terminals.
    let why = escaped(&judged.why.replace('`', ""));
    match judged.outcome {
        _ if why.is_empty() => format!("*{sign} {name}*"),
        Outcome::Contradicted => format!("*{sign} **{name}**: {why}*"),
        Outcome::Ready => format!("*{sign} {name}: it can be ticked, {why}*"),
        _ => format!("*{sign} {name}: {why}*"),
    }
}

fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "✔",
        Outcome::Attested => "✎",
        Outcome::Contradicted => "⚠",
        Outcome::Ready => "➜",
        Outcome::Pending => "○",
        Outcome::Waived => "–",
    }
}

/// What stands in front of a further line of the list item at `span`: the marks of the quotes around it, and blanks as
/// wide as its own mark. None where no list item begins there.
fn margin(source: &str, span: Span) -> Option<String> {
    let line = source.get(..span.start)?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let before = source.get(line..span.start)?;
    let item = source.get(span.start..span.end)?;
    let number = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let bullet = item.strip_prefix(['-', '+', '*']);
    let rest = bullet.or_else(|| number.strip_prefix(['.', ')']).filter(|_| number.len() < item.len()))?;
    let text = rest.trim_start_matches([' ', '\t']);
    let mark = item
        .get(..item.len() - text.len())
        .filter(|_| text.len() < rest.len())?;
    let blank = |c: char| if matches!(c, ' ' | '\t' | '>') { c } else { ' ' };
    Some(
        before
            .chars()
            .map(blank)
            .chain(mark.chars().map(|c| if c == '\t' { c } else { ' ' }))
            .collect(),
    )
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::document::parse;
    use crate::edit::apply;
    use crate::files::Files;
    use crate::markdown::Dialect;
    use crate::outline::outline;
    use crate::source::{SourceFile, Text};
    use crate::{record, template};

    fn counted(body: &str) -> String {
        shown_with(body, |facts, items| progress(facts, items).into_iter().collect())
    }

    fn shown_with(body: &str, edits: impl Fn(&Facts<'_>, &[JudgedItem<'_>]) -> Vec<Edit>) -> String {
        let (template, _) = template::load(template::DEFAULT, None, &Files::new("."), &Default::default());
        let template = template.expect("it ships with the program");
        let text = format!("# Architecture Documentation: Ports\n\n## Review Checklist\n\n{body}");
        let document = parse(Text::of_file(&SourceFile::new("src/a.md", text)), Dialect::default());
        let outline = outline(&document, &template);
        let records = record::read(&document, &outline, &template);
        let facts = Facts {
            document: &document,
            template: &template,
            outline: &outline,
            records: &records,
            broken_includes: &[],
            dead_references: &[],
            past: None,
            as_of: jiff::civil::date(2026, 1, 1),
            once: Default::default(),
        };
        let items = facts.judged_items();
        let text = apply(document.text.as_str(), &edits(&facts, items)).0;
        text.split_once("Checklist\n\n").expect("it is kept").1.to_owned()
    }

    /// The lines that come below the items, or behind them.
    fn outcomes(body: &str) -> String {
        shown_with(body, |facts, items| {
            items.iter().filter_map(|judged| outcome(facts, judged)).collect()
        })
    }

    #[test]
    fn an_outcome_stands_in_its_item() {
        const TOLD: &str = "*✎ attested: nothing in the document can tell* <!-- archdoc: computed; line -->";
        const WORDS: &str =
            "<!-- archdoc: computed --> *(✎ attested: nothing in the document can tell)*<!-- archdoc: end -->";
        const PENDING: &str = "<!-- archdoc: computed --> *(○ pending: not ticked)*<!-- archdoc: end -->";
        let table = [
            ("- [x] Ports\n", "- [x] Ports  \n  OUT\n"),
            ("1. [x] Ports\n   are open\n", "1. [x] Ports\n   are open  \n   OUT\n"),
            ("10) [x] Ports", "10) [x] Ports  \n    OUT"),
            ("-\t[x] Ports\n", "-\t[x] Ports  \n \tOUT\n"),
            ("> * [x] Ports\n", "> * [x] Ports  \n>   OUT\n"),
            ("- a\n  - [x] Ports\n", "- a\n  - [x] Ports  \n    OUT\n"),
            ("- - [x] Ports\n", "- - [x] Ports  \n    OUT\n"),
            ("- [x] Ports\r\n", "- [x] Ports  \r\n  OUT\r\n"),
            // A line that is broken already, and one that is nearly.
            ("- [x] Ports   \n", "- [x] Ports   \n  OUT\n"),
            ("- [x] Ports \n", "- [x] Ports  \n  OUT\n"),
            (
                "- [x] Ports\n\n  More of it.\n",
                "- [x] Ports  \n  OUT\n\n  More of it.\n",
            ),
            ("[x] Ports\n[ ] Hosts\n", "[x] PortsWORDS  \n[ ] HostsPENDING\n"),
            ("[x] Ports\n", "[x] PortsWORDS\n"),
            (
                "| Item | Done |\n|-|-|\n| Ports | yes |\n",
                "| Item | Done |\n|-|-|\n| Ports | yesWORDS |\n",
            ),
            // The count tells it.
            (
                "<p><input type=\"checkbox\" checked> Ports</p>\n",
                "<p><input type=\"checkbox\" checked> Ports</p>\n",
            ),
        ];
        for (body, expected) in table {
            let expected = expected.replace("OUT", TOLD);
            let expected = expected.replace("WORDS", WORDS).replace("PENDING", PENDING);
            assert_eq!(outcomes(body), expected, "{body}");
        }
    }

    #[test]
    fn the_count_stands_in_front_of_the_first_item() {
        let table = [
            (
                "- [x] Ports\n- [ ] Hosts\n",
                "<!-- archdoc: computed -->\n\n> **Review progress**: 1 of 2 (1 attested, 1 pending), computed by archdoc\n\n<!-- archdoc: end -->\n- [x] Ports\n- [ ] Hosts\n",
            ),
            // Indented alike, or the second item would be nested in the first one; apart from the paragraph above.
            (
                "Before:\n  - [x] Ports\n  - [x] Hosts\n",
                "Before:\n<!-- archdoc: computed -->\n\n> **Review progress**: 2 of 2 (2 attested), computed by archdoc\n\n<!-- archdoc: end -->\n  - [x] Ports\n  - [x] Hosts\n",
            ),
            (
                "| Item | Done |\n|-|-|\n| Ports | no |\n",
                "<!-- archdoc: computed -->\n\n> **Review progress**: 0 of 1 (1 pending), computed by archdoc\n\n<!-- archdoc: end -->\n| Item | Done |\n|-|-|\n| Ports | no |\n",
            ),
            (
                "Before:\r\n- [ ] Ports\r\n",
                "Before:\r\n<!-- archdoc: computed -->\r\n\r\n> **Review progress**: 0 of 1 (1 pending), computed by archdoc\r\n\r\n<!-- archdoc: end -->\r\n- [ ] Ports\r\n",
            ),
            (
                "<p><input type=\"checkbox\" checked> Ports</p>\n",
                "<!-- archdoc: computed -->\n\n> **Review progress**: 1 of 1 (1 attested), computed by archdoc\n>\n\
                 > - Ports: *✎ attested: nothing in the document can tell*\n\n<!-- archdoc: end -->\n\
                 <p><input type=\"checkbox\" checked> Ports</p>\n",
            ),
            (
                "<p><input type=\"checkbox\"> 1. &#123;{#title T}}</p>\n",
                "<!-- archdoc: computed -->\n\n> **Review progress**: 0 of 1 (1 pending), computed by archdoc\n>\n\
                 > - 1\\. \\{\\{#title T\\}\\}: *○ pending: not ticked*\n\n<!-- archdoc: end -->\n\
                 <p><input type=\"checkbox\"> 1. &#123;{#title T}}</p>\n",
            ),
            ("Nothing yet.\n", "Nothing yet.\n"),
        ];
        for (body, expected) in table {
            assert_eq!(counted(body), expected);
        }
    }
}
