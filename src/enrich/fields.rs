//! The lines of header and footer, kept apart: without a hard break they run together on the page.

use std::collections::BTreeSet;

use super::computed;
use crate::document::{BlockId, BlockKind, Carrier, Inlines, RunKind};
use crate::edit::Edit;
use crate::facts::{AskedField, Facts};
use crate::outline::FieldState;

/// A hard break in front of each field that begins a new line of a paragraph of `fields`.
pub fn hard_breaks(facts: &Facts<'_>, fields: &[AskedField<'_>]) -> Vec<Edit> {
    let blocks: BTreeSet<BlockId> = fields.iter().filter_map(|asked| asked.field?.block).collect();
    let mut edits = Vec::new();
    for block in blocks {
        match &facts.document.blocks[block].kind {
            BlockKind::Paragraph(inlines) => breaks(facts, inlines, &mut edits),
            BlockKind::Quote(inner) => {
                inner
                    .iter()
                    .filter_map(|block| block.paragraph())
                    .for_each(|inlines| breaks(facts, inlines, &mut edits));
            }
            _ => {}
        }
    }
    edits
}

fn breaks(facts: &Facts<'_>, inlines: &Inlines, edits: &mut Vec<Edit>) {
    for (run, next) in inlines.runs.iter().zip(inlines.runs.iter().skip(1)) {
        let soft = run.kind == RunKind::SoftBreak;
        if soft
            && facts
                .document
                .fields
                .iter()
                .any(|field| field.key_span.start == next.span.start)
        {
            edits.push(Edit::insert(run.span.start, "  "));
        }
    }
}

/// The day of the last change, where the document has only a placeholder for it. Front matter is no part of the page.
pub fn last_updated(facts: &Facts<'_>) -> Option<Edit> {
    let date = facts
        .past
        .as_ref()
        .filter(|past| past.show && !past.is_uncommitted())?
        .last_change()?;
    let updated = facts
        .last_updated()
        .filter(|asked| asked.slot.state == FieldState::Placeholder)?;
    let field = updated.field.filter(|field| field.carrier != Carrier::FrontMatter)?;
    let shown = computed::instead(facts.text(field.value_span), &date.to_string())?;
    Some(Edit::replace(field.value_span, shown))
}
