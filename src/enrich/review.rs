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
    // The block's first line is indented like its others, and stays so; a paragraph right above it stays its own.
    let before = source.get(..block.span.start)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let line = if before.get(line..)?.trim().is_empty() {
        line
    } else {
        block.span.start
    };
    let above = source
        .get(..line)?
        .lines()
        .next_back()
        .is_some_and(|above| !above.trim().is_empty());
    let gap = if !above {
        ""
    } else if source.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    Some(Edit::insert(line, format!("{gap}{text}")))
}
