//! Diagrams, whatever carries them: box drawing, mermaid, PlantUML, D2, Graphviz, an image, an include.
//!
//! What is drawn is read as labels, never as a meaning: which box stands for what is for those who ask.

mod boxes;
mod name;
mod script;

use std::sync::OnceLock;

use super::reader::{Reader, Said};
pub use crate::document::Picture as Carrier;
use crate::document::{Block, BlockKind, Document, picture};
use crate::outline::{Node, Standing};
use crate::source::Span;
pub use name::Words;

/// A diagram.
#[derive(Debug, Clone)]
pub struct Diagram {
    /// The path of the section that it stands in.
    pub section: String,
    /// What carries it.
    pub carrier: Carrier,
    /// Its text, where it has one that can be read: labels in their order, boxes' wrapped lines joined.
    pub text: Said,
    /// The labels.
    pub labels: Vec<String>,
    /// The words of the labels, taken apart when somebody asks what is shown: of most diagrams nobody does.
    words: OnceLock<Words>,
}

/// Reads the diagrams of the document, in the order of the text.
///
/// A picture that the template brought is none.
pub(super) fn read(reader: Reader<'_>) -> Vec<Diagram> {
    let mut diagrams = Vec::new();
    for node in &reader.outline.nodes {
        let spec = node.spec(reader.template);
        let mut pictures = Vec::new();
        for heading in node.own_headings() {
            of_blocks(reader.document, reader.blocks_below(heading), &mut pictures);
        }
        let own = pictures.into_iter().filter(|(block, _)| !is_template(node, block.span));
        diagrams.extend(own.map(|(block, carrier)| {
            let (labels, span) = labels(reader, block, carrier);
            Diagram {
                section: spec.id.clone(),
                carrier,
                text: Said::new(labels.join("; "), span),
                words: OnceLock::new(),
                labels,
            }
        }));
    }
    diagrams.sort_by_key(|diagram| diagram.text.span);
    diagrams
}

fn of_blocks<'d>(
    document: &Document,
    blocks: impl IntoIterator<Item = &'d Block>,
    seen: &mut Vec<(&'d Block, Carrier)>,
) {
    for block in blocks {
        match picture(document, block) {
            Some(carrier) => seen.push((block, carrier)),
            None => of_blocks(document, block.children(), seen),
        }
    }
}

fn is_template(node: &Node, span: Span) -> bool {
    node.parts
        .iter()
        .any(|part| part.unit.span == span && part.standing != Standing::Own)
}

/// The labels of a picture and the bytes that it stands in. A tree of folders says where files lie: it has no labels.
fn labels(reader: Reader<'_>, block: &Block, carrier: Carrier) -> (Vec<String>, Span) {
    let body = match &block.kind {
        BlockKind::Code(code) => code.body,
        _ => block.span,
    };
    let text = reader.document.text.get(body);
    let labels = match carrier {
        Carrier::Drawing if boxes::is_tree(text) => Vec::new(),
        Carrier::Drawing => boxes::labels(text),
        Carrier::Mermaid | Carrier::PlantUml | Carrier::D2 | Carrier::Dot if text.trim_start().starts_with("{{#") => {
            Vec::new()
        }
        Carrier::Mermaid | Carrier::PlantUml | Carrier::D2 | Carrier::Dot => script::labels(text, carrier),
        Carrier::Image | Carrier::Include => Vec::new(),
    };
    let kept = text.trim_end().len();
    (labels, Span::new(body.start, body.start + kept))
}

impl Diagram {
    /// Whether what it shows can be read: the text of an image cannot.
    pub fn is_readable(&self) -> bool {
        !self.labels.is_empty()
    }

    /// Whether it shows something of this name, among things of the names `all`: wrapped, shortened, in another case or
    /// number, with or without a word such as `Service`, or by its initials.
    pub fn shows(&self, name: &str, all: &Words) -> bool {
        let words = self
            .words
            .get_or_init(|| Words::of(self.labels.iter().map(String::as_str)));
        words.show(name, all)
    }
}

#[cfg(test)]
mod tests {
    use crate::record::tests::records;

    #[test]
    fn pictures_are_read_with_their_sections() {
        let found = |markdown: &str| -> Vec<String> {
            let all = records(markdown).diagrams;
            all.iter()
                .map(|diagram| format!("{} {:?} [{}]", diagram.section, diagram.carrier, diagram.text.text))
                .collect()
        };
        for (markdown, expected) in [
            (
                "## System Architecture\n\n### High-Level Architecture\n\n```\n┌────────┐\n│ Order  │\n│ Service│\n└────────┘\n```\n\n\
                 ### Component Diagram\n\nAs drawn: ![](c.png)\n\n## Data Architecture\n\n### Data Flow\n\n\
                 ```mermaid\ngraph LR\n A[Shop] --> B[Till]\n```\n",
                vec![
                    "system-architecture/high-level-architecture Drawing [Order Service]",
                    "system-architecture/component-diagram Image []",
                    "data-architecture/data-flow Mermaid [A; Shop; B; Till]",
                ],
            ),
            (
                "## Architecture Overview\n\n#### Our view\n\n> {{#drawio path=\"a.drawio\"}}\n\n- ![a](a.svg)\n",
                vec!["system-architecture Include []", "system-architecture Image []"],
            ),
            (
                "## System Architecture\n\n```\nsrc/\n├── api/\n│   └── main.rs\n└── web/\n```\n",
                vec!["system-architecture Drawing []"],
            ),
            (
                "## System Architecture\n\n```rust\nfn a() {} // → b\n```\n\nA → B\n",
                vec![],
            ),
        ] {
            assert_eq!(found(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn the_templates_own_pictures_are_not_read() {
        let template = include_str!("../../template/builtin/architecture.md");
        let edited = template.replace("## 🏗️ System Architecture\n", "## 🏗️ System Architecture\n\nOurs.\n");
        assert!(records(&edited).diagrams.is_empty());
    }
}
