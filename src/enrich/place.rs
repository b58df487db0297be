//! From edits of a document's text to edits of the chapter that the host sent.
//!
//! The two differ where a file is included and where another preprocessor ran first. An edit inside an included file
//! replaces the directive by the file's text; one where the host's text has changed is left out.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::edit::{Alignment, Edit, apply};
use crate::source::{SourceFile, Span};

/// The edits of the chapter's `file`, in its bytes, among those of a document's text.
pub fn file_edits(document: &Document, file: &SourceFile, edits: &[Edit]) -> Vec<Edit> {
    let mut placed = Vec::new();
    let mut included: BTreeMap<(Span, Span), Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        if let Some((includer, directive, area)) = document.text.inclusion_at(edit.span.start) {
            let edit = clipped(document, edit, area).filter(|_| includer.path() == file.path());
            if let Some(edit) = edit {
                included.entry((directive, area)).or_default().push(edit);
            }
            continue;
        }
        let place = document.text.whole_place(edit.span);
        if let Some(place) = place.filter(|place| place.file.path() == file.path()) {
            placed.push(Edit::replace(place.span, edit.text.clone()));
        }
    }
    for ((directive, area), edits) in included {
        // Another preprocessor puts a template's arguments in: its directive must stay.
        let words = file.text().get(directive.start..directive.end).unwrap_or("");
        if words.trim_start_matches(['{', ' ']).starts_with("#template") {
            continue;
        }
        placed.extend(expansion(document, area, &edits).map(|text| Edit::replace(directive, text)));
    }
    placed
}

/// The edits of the host's `content`, for a chapter with these edits of its `file`.
pub fn host_edits(file: &SourceFile, edits: &[Edit], content: &str) -> Vec<Edit> {
    if edits.is_empty() {
        return Vec::new();
    }
    let text = file.text().get(file.mark_len()..).unwrap_or("");
    let alignment = Alignment::of(text, content);
    let placed = edits.iter().filter_map(|edit| {
        let start = edit.span.start.checked_sub(file.mark_len())?;
        let span = alignment.map(Span::new(start, start + edit.span.len()))?;
        Some(Edit::replace(span, edit.text.clone()))
    });
    placed.collect()
}

/// An edit of what was included. The end of its last line is the chapter's: a line that goes leaves it there.
fn clipped(document: &Document, edit: &Edit, area: Span) -> Option<Edit> {
    let rest = document.text.get(Span::new(area.end, edit.span.end.max(area.end)));
    let end = edit.span.end.min(area.end);
    (rest.is_empty() || edit.text.is_empty() && rest.trim().is_empty())
        .then(|| Edit::replace(Span::new(edit.span.start, end), edit.text.clone()))
}

/// The text that stands for a directive, edited. Directives left in it would be read from another folder: then the
/// file stays included as it is.
fn expansion(document: &Document, area: Span, edits: &[Edit]) -> Option<String> {
    let text = document.text.get(area);
    let inside: Vec<Edit> = edits
        .iter()
        .map(|edit| {
            Edit::replace(
                Span::new(edit.span.start - area.start, edit.span.end - area.start),
                edit.text.clone(),
            )
        })
        .collect();
    // mdBook ends the lines that it includes with a line feed alone.
    (!text.contains("{{#")).then(|| apply(text, &inside).0.replace("\r\n", "\n"))
}
