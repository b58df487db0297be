//! A file as its author wrote it: without what archdoc itself has put on a page that became a source again.
//!
//! It decides nothing about what is a mark; it keeps each byte's place.

use std::collections::BTreeMap;
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

/// What of the files with directives is shown as code, by their path.
#[derive(Debug, Default)]
pub struct Listings(BTreeMap<String, Vec<Span>>);

impl Listings {
    /// Whether the file that `inclusion` brings in is shown as code: then it is looked at, not read.
    pub fn hold(&mut self, inclusion: &Inclusion) -> bool {
        let mut via = Some(inclusion);
        while let Some(inclusion) = via {
            let file = &inclusion.file;
            let code = self.0.entry(file.path().to_owned());
            let code = code.or_insert_with(|| directive::code(file.text()));
            // Of code in code the parser says nothing, so that they are in order.
            let before = code.partition_point(|code| code.start <= inclusion.directive.start);
            let last = before.checked_sub(1).and_then(|last| code.get(last));
            if last.is_some_and(|code| code.contains(inclusion.directive)) {
                return true;
            }
            via = inclusion.parent.as_deref();
        }
        false
    }
}
