//! A file as its author wrote it: without what archdoc itself has put on a page that became a source again.
//!
//! It decides nothing about what is a mark; it keeps each byte's place.

use std::sync::Arc;

use crate::directive;
use crate::source::{Inclusion, SourceFile, Span, Text, TextBuilder};

/// The text of `file` without what is marked as computed in it.
pub fn authored(file: &Arc<SourceFile>) -> Text {
    let whole = Span::new(file.mark_len(), file.text().len());
    let Some(parts) = parts(file, whole) else {
        return Text::of_file(file);
    };
    let mut builder = TextBuilder::default();
    parts.iter().for_each(|part| builder.push(file, *part, None));
    builder.finish(file)
}

/// The parts of the bytes of `area` that are their author's; none where all of them are.
pub fn parts(file: &SourceFile, area: Span) -> Option<Vec<Span>> {
    let parts = directive::authored(file.text().get(area.start..area.end)?)?;
    Some(parts.into_iter().map(|part| part.shifted(area.start)).collect())
}

/// Whether the file that `inclusion` brings in is shown as code: then it is looked at, not read.
pub fn is_listing(inclusion: &Inclusion) -> bool {
    let mut via = Some(inclusion);
    while let Some(inclusion) = via {
        if directive::is_code(inclusion.file.text(), inclusion.directive.start) {
            return true;
        }
        via = inclusion.parent.as_deref();
    }
    false
}
