//! The review checklist with its count: how much of it is ticked.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::fragment;
use crate::edit::Edit;
use crate::facts::Facts;

/// A line with the count in front of the block that holds the checklist's first item.
pub fn progress(facts: &Facts<'_>) -> Option<Edit> {
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
        Event::Text(format!(": {done} of {total}").into()),
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
        };
        let edits: Vec<Edit> = progress(&facts).into_iter().collect();
        let text = apply(document.text.as_str(), &edits).0;
        text.split_once("Checklist\n\n").expect("it is kept").1.to_owned()
    }

    #[test]
    fn the_count_stands_in_front_of_the_first_item() {
        let table = [
            (
                "- [x] Ports\n- [ ] Hosts\n",
                "**Review progress**: 1 of 2\n\n- [x] Ports\n- [ ] Hosts\n",
            ),
            // Indented alike, or the second item would be nested in the first one; apart from the paragraph above.
            (
                "Before:\n  - [x] Ports\n  - [x] Hosts\n",
                "Before:\n\n**Review progress**: 2 of 2\n\n  - [x] Ports\n  - [x] Hosts\n",
            ),
            (
                "| Item | Done |\n|-|-|\n| Ports | no |\n",
                "**Review progress**: 0 of 1\n\n| Item | Done |\n|-|-|\n| Ports | no |\n",
            ),
            (
                "Before:\r\n- [ ] Ports\r\n",
                "Before:\r\n\r\n**Review progress**: 0 of 1\r\n\r\n- [ ] Ports\r\n",
            ),
            ("Nothing yet.\n", "Nothing yet.\n"),
        ];
        for (body, expected) in table {
            assert_eq!(shown(body), expected);
        }
    }
}
