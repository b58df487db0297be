//! The line in front of a table or a list that names it. It tells a label from a sentence, and reads nothing else.

use super::names::{self, Name};
use super::text;
use crate::document::{Document, Inlines, Run};

/// A line that names what stands below it.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// What it says of a change log.
    pub(super) name: Name,
    /// Whether it looks like a heading.
    pub(super) bold: bool,
}

/// The longest label; what is longer is a sentence.
const MAX_LABEL: usize = 80;

impl Label {
    /// The last line of a paragraph.
    pub(super) fn of_last_line(document: &Document, inlines: &Inlines) -> Option<Self> {
        Self::of_line(document, inlines.lines().last()?)
    }

    /// A line of its own.
    pub(super) fn of_line(document: &Document, line: &[Run]) -> Option<Self> {
        let reading = text::Reading::of(line, &document.text);
        let text = reading.text.trim();
        let bare = |text: &str| text.trim_end_matches([':', '：']).len();
        let bold = bare(text) <= reading.strong || reading.strong > 0 && bare(&text::folded(text)) <= reading.strong;
        let ends = text.ends_with([':', '：']);
        let short = text.len() <= MAX_LABEL && text.split_whitespace().count() <= 6 && !text.ends_with(['.', '。']);
        let name = names::name(text);
        // A sentence is no label, but it can still say that the table is about something else.
        (bold || ends || short || name == Name::Other).then(|| Self {
            name: if bold || short || name == Name::Other {
                name
            } else {
                Name::Silent
            },
            bold: bold && short,
        })
    }

    /// A heading or a summary that is written in HTML.
    pub(super) fn of_html(html: &str) -> Option<Self> {
        let mut text = String::new();
        for part in html.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        let text = text::folded(&text);
        let name = names::name(text.lines().last()?);
        (text.len() <= MAX_LABEL).then_some(Self { name, bold: true })
    }
}
