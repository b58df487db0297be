//! The review checklist with its count: how much of it is ticked.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::fragment;
use crate::document::{BlockKind, UnitKind};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::outline::Node;

/// The path of the section in the template.
const SECTION: &str = "review-checklist";

/// A line with the count in front of the first list of tasks.
pub fn progress(facts: &Facts<'_>) -> Option<Edit> {
    let (_, node) = facts.outline.section(facts.template, SECTION)?;
    let (done, total) = count(node);
    let first = node
        .parts
        .iter()
        .find(|part| matches!(part.unit.kind, UnitKind::Item { task: Some(_) }))?;
    let list = facts.document.blocks.iter().find(|block| {
        matches!(block.kind, BlockKind::List(_))
            && block.span.start <= first.unit.span.start
            && first.unit.span.end <= block.span.end
    })?;
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
        .get(..list.span.start)?
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

/// How many tasks are ticked, and how many there are. What does not apply counts in neither.
pub fn count(node: &Node) -> (usize, usize) {
    let tasks = node.parts.iter().filter_map(|part| match part.unit.kind {
        UnitKind::Item { task: Some(ticked) } if !waived(&part.unit.text) => Some(ticked),
        _ => None,
    });
    tasks.fold((0, 0), |(done, total), ticked| (done + usize::from(ticked), total + 1))
}

/// Whether an item says that it does not apply: `N/A` as a word of its own.
fn waived(text: &str) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '/'))
        .any(|word| word.eq_ignore_ascii_case("n/a"))
}
