//! The blocks that say where a document stands: one below its header, one below its footer, both labelled as computed.

use super::computed;
use crate::document::Carrier;
use crate::edit::Edit;
use crate::facts::{AskedField, Facts};
use crate::markdown::escaped;

/// How both blocks begin.
const COMPUTED: &str = "**Computed by archdoc**, as of";

/// The block below the header: stage, sections complete, review progress, last content change, next review.
pub fn below_header(facts: &Facts<'_>) -> Option<Edit> {
    let standing = facts.standing();
    let mut parts = vec![
        format!("stage {}", standing.stage.name()),
        format!("{} of {} sections complete", standing.complete, standing.sections),
    ];
    if let Some((done, total)) = standing.review {
        parts.push(format!("review {done} of {total}"));
    }
    if facts.past.as_ref().is_some_and(|past| past.show) {
        match standing.last_change {
            _ if standing.uncommitted => parts.push("last content change not committed yet".to_owned()),
            Some(date) => parts.push(format!("last content change {date}")),
            None => {}
        }
    }
    if let Some(next) = standing.next_review {
        let overdue = if standing.overdue { ", overdue" } else { "" };
        parts.push(format!("next review {next}{overdue}"));
    }
    below(facts, facts.header(), &parts.join(" · "))
}

/// The block below the footer: whether the review is due, and what changed since the last one.
pub fn below_footer(facts: &Facts<'_>) -> Option<Edit> {
    let standing = facts.standing();
    let mut sentences = Vec::new();
    match standing.next_review {
        Some(next) if standing.overdue => sentences.push(format!("the next review is overdue since {next}")),
        Some(next) => sentences.push(format!("the next review is due on {next}")),
        None => {}
    }
    let reviewed = standing
        .last_reviewed
        .map(|date| format!("since the last review on {date}"));
    let shown = facts.past.as_ref().is_some_and(|past| past.show);
    if let (Some(reviewed), Some(changed), true) = (reviewed, &standing.changed, shown) {
        let names: Vec<String> = changed.iter().map(|name| escaped(name)).collect();
        sentences.push(match names.as_slice() {
            [] => format!("no section changed {reviewed}"),
            [one] => format!("one section changed {reviewed}: {one}"),
            many => format!("{} sections changed {reviewed}: {}", many.len(), many.join(", ")),
        });
    }
    if sentences.is_empty() {
        return None;
    }
    below(facts, facts.footer(), &sentences.join("; "))
}

/// A quote below the block that holds the last of the fields.
fn below(facts: &Facts<'_>, fields: &[AskedField<'_>], text: &str) -> Option<Edit> {
    let fields = fields.iter().filter_map(|asked| asked.field);
    // Front matter is no part of the page; what it says stands below the title.
    let title = || facts.document.title().map(|title| title.block);
    let block = fields
        .map(|field| field.block.filter(|_| field.carrier != Carrier::FrontMatter))
        .max()?
        .or_else(title)?;
    let block = &facts.document.blocks[block];
    let last = block.span.start + facts.text(block.span).trim_end_matches([' ', '\t', '\r', '\n']).len();
    let text = format!("> {COMPUTED} {}: {text}.", facts.as_of);
    computed::block(facts.document.text.as_str(), last, &text, facts.line_end())
}
