//! Which blocks are pictures, and what carries them: box drawing, mermaid, PlantUML, D2, Graphviz, an image, an include.
//!
//! It tells a picture from a program; it never reads what is drawn.

use super::{Block, BlockKind, Code, Document};

/// What carries a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Lines and boxes drawn with characters.
    Drawing,
    /// mermaid.
    Mermaid,
    /// PlantUML.
    PlantUml,
    /// D2.
    D2,
    /// Graphviz.
    Dot,
    /// An image.
    Image,
    /// A file that mdBook or another preprocessor puts there.
    Include,
}

const MERMAID: [&str; 2] = ["mermaid", "mmd"];
const PLANT_UML: [&str; 4] = ["plantuml", "puml", "uml", "c4plantuml"];
const DOT: [&str; 3] = ["dot", "graphviz", "gv"];
/// Names of what other programs draw from characters, and names for text that is no program.
const CHARACTERS: [&str; 12] = [
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "ascii",
    "diagram",
    "ditaa",
    "svgbob",
    "bob",
    "aasvg",
    "none",
];
/// Elements of HTML that show a picture.
const SHOWN: [&str; 7] = [
    "<img",
    "<svg",
    "<object",
    "<embed",
    "<iframe",
    "<picture",
    "class=\"mermaid\"",
];

/// What a block draws, where it is a picture and not text.
pub fn picture(document: &Document, block: &Block) -> Option<Picture> {
    match &block.kind {
        BlockKind::Code(code) => of_code(document, code),
        BlockKind::Html => {
            let html = document.text.get(block.span).to_ascii_lowercase();
            SHOWN.iter().any(|shown| html.contains(shown)).then_some(Picture::Image)
        }
        BlockKind::Paragraph(inlines) => {
            if inlines.links.iter().any(|link| link.image) {
                return Some(Picture::Image);
            }
            let shows = |run: &super::Run| {
                let tag = document.text.get(run.span).to_ascii_lowercase();
                SHOWN.iter().any(|shown| tag.starts_with(shown))
            };
            let mut html = inlines.runs.iter().filter(|run| run.kind == super::RunKind::Html);
            if html.any(shows) {
                return Some(Picture::Image);
            }
            document
                .text
                .get(inlines.span)
                .trim_start()
                .starts_with("{{#")
                .then_some(Picture::Include)
        }
        _ => None,
    }
}

fn of_code(document: &Document, code: &Code) -> Option<Picture> {
    let word = code
        .info
        .trim()
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    let language = word.to_ascii_lowercase();
    let language = language.as_str();
    let body = document.text.get(code.body);
    match language {
        _ if MERMAID.contains(&language) || code.info.trim().starts_with("{mermaid}") => Some(Picture::Mermaid),
        _ if PLANT_UML.contains(&language) => Some(Picture::PlantUml),
        _ if DOT.contains(&language) => Some(Picture::Dot),
        "d2" => Some(Picture::D2),
        _ if body.trim().starts_with("{{#include") => Some(Picture::Include),
        _ if body.trim_start().starts_with("@startuml") => Some(Picture::PlantUml),
        _ if CHARACTERS.contains(&language) && is_drawn(body) => Some(Picture::Drawing),
        _ => None,
    }
}

/// Whether characters draw something: a box, a line or an arrow.
fn is_drawn(text: &str) -> bool {
    text.contains(|c| is_line(c) || is_arrow(c))
        || ["+--", "--+", "-->", "<--", "==>", "|--"]
            .iter()
            .any(|art| text.contains(art))
}

/// Whether a character is made for drawing lines and boxes.
pub fn is_line(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259f}')
}

/// Whether a character is an arrow, or the head of one.
pub fn is_arrow(c: char) -> bool {
    !c.is_ascii() && is_arrow_beyond_ascii(c)
}

fn is_arrow_beyond_ascii(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{27f0}'..='\u{27ff}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2b11}')
        || matches!(
            c,
            '▲' | '△'
                | '▴'
                | '▵'
                | '▶'
                | '▷'
                | '▸'
                | '▹'
                | '►'
                | '▻'
                | '▼'
                | '▽'
                | '▾'
                | '▿'
                | '◀'
                | '◁'
                | '◂'
                | '◃'
                | '◄'
                | '◅'
                | '➔'
                | '➜'
                | '➝'
                | '➞'
                | '➡'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::markdown::Dialect;
    use crate::source::{SourceFile, Text};

    #[test]
    fn pictures_are_told_from_text_and_programs() {
        for (markdown, expected) in [
            ("```\n┌───┐\n│ A │\n└───┘\n```", Some(Picture::Drawing)),
            ("```text\nA → B\n```", Some(Picture::Drawing)),
            ("```\n+---+\n| A |\n+---+\n```", Some(Picture::Drawing)),
            ("    A --> B", Some(Picture::Drawing)),
            ("```mermaid\ngraph TD\n```", Some(Picture::Mermaid)),
            ("```{mermaid}\ngraph TD\n```", Some(Picture::Mermaid)),
            ("```plantuml\nA -> B\n```", Some(Picture::PlantUml)),
            ("```\n@startuml\nA -> B\n@enduml\n```", Some(Picture::PlantUml)),
            ("```d2\na -> b\n```", Some(Picture::D2)),
            ("```dot\ndigraph {}\n```", Some(Picture::Dot)),
            ("```mermaid\n{{#include a.mmd}}\n```", Some(Picture::Mermaid)),
            ("```\n{{#include a.txt}}\n```", Some(Picture::Include)),
            ("{{#drawio path=\"a.drawio\" page=0}}", Some(Picture::Include)),
            ("![The system](a.svg)", Some(Picture::Image)),
            ("The system: ![](a.svg)", Some(Picture::Image)),
            ("[![The system](a.svg)](a.svg)", Some(Picture::Image)),
            ("<img src=\"a.svg\">", Some(Picture::Image)),
            ("<div>\n<SVG width=\"1\"></SVG>\n</div>", Some(Picture::Image)),
            ("See <img src=\"a.svg\"> below.", Some(Picture::Image)),
            ("```rust\nfn a() -> B { b --> c }\n```", None),
            ("```\n1. The client calls\n2. The server answers\n```", None),
            ("```yaml\na: → b\n```", None),
            ("A → B", None),
            ("[The system](a.svg)", None),
            ("<details>\n\ntext\n\n</details>", None),
        ] {
            let document = parse(Text::of_file(&SourceFile::new("a.md", markdown)), Dialect::default());
            let block = document.blocks.first().expect("a block");
            assert_eq!(picture(&document, block), expected, "{markdown}");
        }
    }
}
