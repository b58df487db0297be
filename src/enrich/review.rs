//! The review checklist with its count, and beside each item what the document itself says about it.
//!
//! Boxes are the author's: none is ticked or cleared.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::fragment;
use crate::edit::Edit;
use crate::facts::{Facts, JudgedItem, Outcome};
use crate::markdown::escaped;
use crate::record::Mark;
use crate::source::Span;

/// The count in front of the checklist, and the outcome behind each of its items.
pub fn evidence(facts: &Facts<'_>) -> Vec<Edit> {
    let items = facts.judged_items();
    let mut edits: Vec<Edit> = progress(facts, items).into_iter().collect();
    edits.extend(items.iter().filter_map(|judged| outcome(facts, judged)));
    edits
}

/// A line with the count in front of the block that holds the checklist's first item.
fn progress(facts: &Facts<'_>, items: &[JudgedItem<'_>]) -> Option<Edit> {
    let review = facts.records.review.as_ref()?;
    let (done, total) = review.progress();
    let first = review.items.first()?;
    let block = facts
        .document
        .blocks
        .iter()
        .find(|block| block.span.contains(first.span))?;
    let text = [
        Event::Start(Tag::Paragraph),
        Event::Start(Tag::Strong),
        Event::Text("Review progress".into()),
        Event::End(TagEnd::Strong),
        Event::Text(format!(": {done} of {total}{}", tally(items)).into()),
        Event::End(TagEnd::Paragraph),
    ];
    let source = facts.document.text.as_str();
    let text = fragment::block(text, source)?;
    // In front of the line, so that the first item keeps its indentation.
    let start = source
        .get(..block.span.start)?
        .rfind(['\n', '\r'])
        .map_or(0, |at| at + 1);
    let before = source.get(..start)?;
    // Right below a paragraph or a quote it would belong to them.
    let end = ["\r\n", "\n", "\r"]
        .into_iter()
        .find(|end| before.ends_with(end))
        .unwrap_or("");
    let above = before.strip_suffix(end).unwrap_or(before);
    let above = above.rsplit(['\n', '\r']).next().unwrap_or("");
    let gap = if above.trim_matches([' ', '\t']).is_empty() {
        ""
    } else {
        end
    };
    Some(Edit::insert(start, format!("{gap}{text}")))
}

/// How many items there are of each outcome: ` (8 done, 1 contradicted, 1 pending)`.
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
    format!(" ({})", counts.collect::<Vec<_>>().join(", "))
}

/// The outcome behind an item's text: a sign, a word and the reason, so that it can be read without the sign.
fn outcome(facts: &Facts<'_>, judged: &JudgedItem<'_>) -> Option<Edit> {
    let text = facts.text(judged.item.span);
    // A box alone is no claim, and what follows it may be no part of it.
    if judged.item.text.is_empty() {
        return None;
    }
    let at = match judged.item.mark {
        // A page of HTML is written by hand; nothing is written into it.
        Mark::Input => return None,
        // In the row's last cell.
        Mark::Cell => match text.trim_end().strip_suffix('|') {
            Some(row) => row.trim_end().len(),
            None => text.trim_end().len(),
        },
        _ => text.trim_end().len(),
    };
    let (sign, mark) = match judged.outcome {
        Outcome::Done => ("✔", "*"),
        Outcome::Attested => ("✎", "*"),
        Outcome::Contradicted => ("⚠", "**"),
        Outcome::Ready => ("➜", "*"),
        Outcome::Pending => ("○", "*"),
        Outcome::Waived => ("–", "*"),
    };
    // The marks around names are for terminals.
    let why = escaped(&judged.why.replace('`', ""));
    let reason = match judged.outcome {
        _ if why.is_empty() => String::new(),
        Outcome::Ready => format!(": it can be ticked, {why}"),
        _ => format!(": {why}"),
    };
    let shown = format!(" {mark}({sign} {}{reason}){mark}", judged.outcome.name());
    let at = judged.item.span.start + at;
    Some(Edit::replace(Span::at(at), shown))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::document::parse;
    use crate::edit::apply;
    use crate::files::Files;
    use crate::markdown::Dialect;
    use crate::outline::outline;
    use crate::source::{SourceFile, Text};
    use crate::{record, template};

    fn shown(body: &str) -> String {
        let (template, _) = template::load(template::DEFAULT, None, &Files::new("."), &BTreeMap::new());
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
            past: None,
            as_of: jiff::civil::date(2026, 1, 1),
            once: Default::default(),
        };
        let items = facts.judged_items();
        let edits: Vec<Edit> = progress(&facts, items).into_iter().collect();
        let text = apply(document.text.as_str(), &edits).0;
        text.split_once("Checklist\n\n").expect("it is kept").1.to_owned()
    }

    #[test]
    fn the_count_stands_in_front_of_the_first_item() {
        let table = [
            (
                "- [x] Ports\n- [ ] Hosts\n",
                "**Review progress**: 1 of 2 (1 attested, 1 pending)\n\n- [x] Ports\n- [ ] Hosts\n",
            ),
            // Indented alike, or the second item would be nested in the first one; apart from the paragraph above.
            (
                "Before:\n  - [x] Ports\n  - [x] Hosts\n",
                "Before:\n\n**Review progress**: 2 of 2 (2 attested)\n\n  - [x] Ports\n  - [x] Hosts\n",
            ),
            (
                "| Item | Done |\n|-|-|\n| Ports | no |\n",
                "**Review progress**: 0 of 1 (1 pending)\n\n| Item | Done |\n|-|-|\n| Ports | no |\n",
            ),
            (
                "Before:\r\n- [ ] Ports\r\n",
                "Before:\r\n\r\n**Review progress**: 0 of 1 (1 pending)\r\n\r\n- [ ] Ports\r\n",
            ),
            ("Nothing yet.\n", "Nothing yet.\n"),
        ];
        for (body, expected) in table {
            assert_eq!(shown(body), expected);
        }
    }
}
