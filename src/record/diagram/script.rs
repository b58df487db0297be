//! What is written in diagrams that are described and not drawn: mermaid, PlantUML, D2, Graphviz.
//!
//! The labels alone are read, in quotes, in brackets or bare. Whatever a tool would complain of is no matter here.

use super::Carrier;
use crate::naming::Words;

/// Words that begin a statement or are the whole of it, and are no label.
static WORDS: Words = Words::new(
    "abstract, activate, actor, agent, alt, and, artifact, as, autonumber, box, class, classdef, click, cloud, \
     component, container, create, critical, database, deactivate, digraph, direction, edge, else, end, entity, enum, \
     flowchart, folder, frame, graph, group, include, interface, label, linkstyle, loop, namespace, node, note, opt, \
     over, package, par, participant, queue, rank, rankdir, rect, rectangle, section, service, shape, skinparam, \
     stack, state, storage, strict, style, subgraph, title",
);
/// What stands alone in a piece and is no label either.
static ALONE: Words = Words::new(
    "td, tb, bt, lr, rl, sequencediagram, classdiagram, erdiagram, statediagram, statediagram-v2, c4context, \
     c4container, c4component, architecture-beta, block-beta, person, system, rel, system_ext, system_boundary, \
     container_boundary, containerdb, startuml, enduml, left of, right of, fill, stroke",
);
/// Statements that only say how something looks.
const LOOKS: [&str; 10] = [
    "style ",
    "classdef ",
    "class ",
    "linkstyle ",
    "skinparam",
    "%%",
    "!",
    "//",
    "'",
    "click ",
];

/// The labels, in their order, each once.
pub fn labels(text: &str, carrier: Carrier) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let lower = line.to_ascii_lowercase();
        let class = lower.starts_with("class ") && !lower.starts_with("class a,") && !line.contains(',');
        let looks = LOOKS.iter().any(|looks| lower.starts_with(looks)) && !(class && carrier != Carrier::Dot);
        if looks || carrier == Carrier::D2 && lower.starts_with('#') {
            continue;
        }
        for piece in pieces(line) {
            let label = without_words(&piece);
            if label.contains(char::is_alphabetic) && !labels.iter().any(|known| known == label) {
                labels.push(label.to_owned());
            }
        }
    }
    labels
}

/// A line in pieces: what stands in quotes is one, the rest is cut at brackets, arrows and marks.
fn pieces(line: &str) -> Vec<String> {
    let line = ["<br/>", "<br />", "<br>", "<BR/>", "\\n"]
        .iter()
        .fold(line.to_owned(), |line, mark| line.replace(mark, " "));
    let line = line.replace(" as ", "|");
    let chars: Vec<char> = line.chars().collect();
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    for (at, c) in chars.iter().copied().enumerate() {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let linked = |c: char| matches!(c, '-' | '.' | '=' | '<' | '>' | '~');
        let cut = match c {
            '"' | '`' => {
                quoted = !quoted;
                true
            }
            _ if quoted => false,
            '[' | ']' | '(' | ')' | '{' | '}' | '|' | ';' | ':' | ',' | '=' | '<' | '>' => true,
            '-' | '.' | '~' => linked(next) || linked(before),
            _ => false,
        };
        match pieces.last_mut() {
            Some(piece) if !cut => piece.push(c),
            _ => pieces.push(String::new()),
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
        .iter()
        .map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// A piece without the words of the language at its beginning; nothing where it is nothing else.
fn without_words(piece: &str) -> &str {
    let mut rest = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '/' | '\\' | '#' | '@' | '&'));
    while let Some((first, behind)) = rest.split_once(' ') {
        if !WORDS.contains(&first) {
            break;
        }
        rest = behind.trim_start();
    }
    let lower = rest.to_ascii_lowercase();
    let alone = ALONE.contains(&lower.as_str()) || WORDS.contains(&rest);
    if alone { "" } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_every_language() {
        for (carrier, text, expected) in [
            (
                Carrier::Mermaid,
                "graph TD\n  A[Order Service] -->|books| B(Payment<br/>Gateway)\n  B --> C[(\"Ledger DB (Postgres)\")]\n  \
                 style A fill:#f9f\n  %% a remark\n  subgraph Edge Zone\n  end\n",
                vec![
                    "A",
                    "Order Service",
                    "books",
                    "B",
                    "Payment Gateway",
                    "C",
                    "Ledger DB (Postgres)",
                    "Edge Zone",
                ],
            ),
            (
                Carrier::Mermaid,
                "sequenceDiagram\n  participant OS as Order Service\n  OS->>Till: pay the bill\n",
                vec!["OS", "Order Service", "Till", "pay the bill"],
            ),
            (
                Carrier::Mermaid,
                "C4Container\nContainer(api, \"Order API\", \"Rust\", \"takes orders\")\n",
                vec!["Container", "api", "Order API", "Rust", "takes orders"],
            ),
            (
                Carrier::Mermaid,
                "flowchart LR\n order-service --> web.gateway\n",
                vec!["order-service", "web.gateway"],
            ),
            (
                Carrier::PlantUml,
                "@startuml\ncomponent \"Order Service\" as OS\n[Till] --> OS : pays\ndatabase Ledger\n' remark\n@enduml\n",
                vec!["Order Service", "OS", "Till", "pays", "Ledger"],
            ),
            (
                Carrier::D2,
                "orders: Order Service\norders -> till: pays\n# remark\n",
                vec!["orders", "Order Service", "till", "pays"],
            ),
            (
                Carrier::Dot,
                "digraph G {\n  a [label=\"Order\\nService\"];\n  a -> till;\n}\n",
                vec!["G", "a", "Order Service", "till"],
            ),
            (Carrier::Mermaid, "", vec![]),
        ] {
            assert_eq!(labels(text, carrier), expected, "{text}");
        }
    }
}
