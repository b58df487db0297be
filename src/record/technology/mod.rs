//! Technologies: named in the executive summary, in the components and in the technology stack.

mod compare;
mod phrase;

use serde::Serialize;

use self::phrase::{Text, names, version_in, version_of, with_reason};
use super::{Line, Reader, Said, TableRow};
use crate::outline::{Node, NodeId};
use crate::source::Span;

/// A technology that the document names.
#[derive(Debug, Clone, Serialize)]
pub struct Technology {
    /// Its name without a version: `PostgreSQL`.
    pub name: Said,
    /// Its version as written, `16`, `1.31`.
    pub version: Option<String>,
    /// What it is used as: `Language`, `Cache`.
    pub role: Option<String>,
    /// Why it was chosen, where the same line says so.
    pub reason: Option<String>,
    /// Where it is named.
    pub source: TechnologySource,
}

/// Where a technology is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TechnologySource {
    /// The key technologies of the executive summary.
    Summary,
    /// A component, by its name.
    Component(String),
    /// The technology stack, by the sub-section's name.
    Stack(String),
}

const KEY: [&str; 6] = [
    "key technologies",
    "technologies",
    "technology stack",
    "tech stack",
    "core technologies",
    "main technologies",
];
const OF_COMPONENT: [&str; 6] = [
    "technologies",
    "technology",
    "technology stack",
    "tech stack",
    "stack",
    "built with",
];
const NAME: [&str; 9] = [
    "technology",
    "tool",
    "choice",
    "product",
    "library",
    "framework",
    "selection",
    "technology choice",
    "technologies",
];
const VERSION: [&str; 2] = ["version", "versions"];
const ROLE: [&str; 8] = [
    "role",
    "category",
    "layer",
    "purpose",
    "area",
    "use",
    "component",
    "concern",
];
const REASON: [&str; 6] = ["rationale", "reason", "why", "justification", "reasoning", "why chosen"];
/// Reads the technologies, in the order of the template.
pub fn read(reader: Reader<'_>) -> Vec<Technology> {
    let mut found = Vec::new();
    if let Some((_, node)) = reader.section("executive-summary") {
        let section = reader.open(node);
        let lines = section.below(&KEY);
        let inline = section.lines.into_iter().filter(|line| line.is_field(&KEY));
        for line in inline.chain(lines.into_iter().filter(Line::is_item)) {
            of_line(reader, &line, &TechnologySource::Summary, &mut found);
        }
    }
    for (_, node) in reader.instances("component-details/component") {
        let source = TechnologySource::Component(reader.instance_name(node).1.text);
        let section = reader.open(node);
        let lines = section.below(&OF_COMPONENT);
        let inline = section.lines.into_iter().filter(|line| line.is_field(&OF_COMPONENT));
        for line in inline.chain(lines.into_iter().filter(Line::is_item)) {
            of_line(reader, &line, &source, &mut found);
        }
    }
    if let Some((index, _)) = reader.section("technology-stack") {
        of_stack(reader, index, &mut found);
    }
    found
}

/// The stack's own lines and tables, and those of its sub-sections, whatever they are called.
fn of_stack(reader: Reader<'_>, id: NodeId, found: &mut Vec<Technology>) {
    let node = &reader.outline.nodes[id];
    let source = |span: Span| {
        let heading = reader.heading_above(span);
        TechnologySource::Stack(heading.map(|heading| heading.text.clone()).unwrap_or_default())
    };
    for line in said_items(reader, node) {
        of_line(reader, &line, &source(line.unit.span), found);
    }
    for row in reader.rows(id) {
        of_row(reader, row, source, found);
    }
    for (child, _) in reader.outline.children(id) {
        of_stack(reader, child, found);
    }
}

fn said_items<'a>(reader: Reader<'a>, node: &'a Node) -> impl Iterator<Item = Line<'a>> {
    let lines = reader.lines(node).into_iter();
    lines.filter(|line| {
        (line.is_item() && line.unit.depth == 1) || line.field.is_some() && line.unit.depth == 0 && !line.is_row()
    })
}

fn of_row(
    reader: Reader<'_>,
    row: TableRow<'_>,
    source: impl Fn(Span) -> TechnologySource,
    found: &mut Vec<Technology>,
) {
    let Some(name) = reader.cell(&row, &NAME) else { return };
    let first = found.len();
    let text = Text {
        text: &name.text,
        span: name.span,
    };
    names(reader, text, &source(name.span), found);
    let version = reader
        .cell(&row, &VERSION)
        .and_then(|said| version_of(&said.text).map(str::to_owned));
    let role = reader.cell(&row, &ROLE).map(|said| said.text);
    let reason = reader.cell(&row, &REASON).map(|said| said.text);
    let alone = found.len() == first + 1;
    for technology in found.iter_mut().skip(first) {
        let version = version.clone().filter(|_| alone);
        technology.version = technology.version.take().or(version);
        technology.role.clone_from(&role);
        technology.reason.clone_from(&reason);
    }
}

/// An item: `**Rust**: why`, `Language: Rust 1.88, because …`, `PostgreSQL 16 - why`, `PostgreSQL, Redis`.
fn of_line(reader: Reader<'_>, line: &Line<'_>, source: &TechnologySource, found: &mut Vec<Technology>) {
    if line.unsaid || line.sample {
        return;
    }
    let first = found.len();
    let Some(field) = line.field else {
        let (text, reason) = with_reason(&line.unit.text);
        names(
            reader,
            Text {
                text,
                span: line.unit.span,
            },
            source,
            found,
        );
        found
            .iter_mut()
            .skip(first)
            .for_each(|technology| technology.reason = reason.map(str::to_owned));
        return;
    };
    let key = Text {
        text: &field.key,
        span: field.key_span,
    };
    let listed = KEY.contains(&line.name) || OF_COMPONENT.contains(&line.name);
    if *source == TechnologySource::Summary && !listed {
        names(reader, key, source, found);
        for technology in found.iter_mut().skip(first) {
            technology.reason = Some(field.value.clone()).filter(|value| !value.is_empty());
            technology.version = technology
                .version
                .take()
                .or_else(|| version_in(&field.value, &technology.name.text));
        }
        return;
    }
    if let Some(version) = version_of(&field.value).filter(|_| !listed) {
        names(reader, key, source, found);
        let named = found.iter_mut().skip(first);
        named.for_each(|technology| technology.version = Some(version.to_owned()));
        return;
    }
    let (text, reason) = with_reason(&field.value);
    let span = field.value_span;
    names(reader, Text { text, span }, source, found);
    for technology in found.iter_mut().skip(first) {
        technology.role = Some(field.key.clone()).filter(|_| !listed);
        technology.reason = reason.map(str::to_owned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::records;

    fn shown(markdown: &str) -> Vec<String> {
        let all = records(markdown).technologies;
        all.iter()
            .map(|technology| {
                let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
                let (version, role, reason) = (&technology.version, &technology.role, &technology.reason);
                format!("{}|{}|{}|{}", technology.name.text, or(version), or(role), or(reason))
            })
            .collect()
    }

    #[test]
    fn key_technologies_are_read() {
        for (markdown, expected) in [
            (
                "**Key Technologies**:\n- **Rust**: all of it in Rust 1.88, for speed\n- **Redis 7**\n- PostgreSQL 16: keeps it\n- Kafka - carries it\n",
                vec![
                    "Rust|1.88|-|all of it in Rust 1.88, for speed",
                    "Redis|7|-|-",
                    "PostgreSQL|16|-|keeps it",
                    "Kafka|-|-|carries it",
                ],
            ),
            (
                "**Key Technologies**: Rust 1.88, PostgreSQL and Redis\n",
                vec!["Rust|1.88|-|-", "PostgreSQL|-|-|-", "Redis|-|-|-"],
            ),
            ("**Tech Stack**:\n- Rust\n\n**Style**: Go\n", vec!["Rust|-|-|-"]),
            (
                "**Key Technologies**:\n- **[Technology 1]**: [Purpose]\n- the tools of the web team\n",
                vec![],
            ),
            ("We use Rust.\n\n- Rust\n", vec![]),
        ] {
            assert_eq!(
                shown(&format!("## Executive Summary\n\nText.\n\n{markdown}")),
                expected,
                "{markdown}"
            );
        }
    }

    #[test]
    fn technologies_of_components_are_read() {
        let markdown = "**Technologies**:\n- Language: Rust 1.88\n- Framework: Axum 0.8 on Tokio 1.47\n\
                        - Dependencies: rdkafka 0.37, the driver of the team, [Key libraries]\n- Cache: none, a plain map\n- Redis\n";
        let all = records(&format!("## Component Details\n\n### Component 1: Till\n\n{markdown}")).technologies;
        let found: Vec<String> = all
            .iter()
            .map(|one| format!("{} {:?}", one.name.text, one.role.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                "Rust Some(\"Language\")",
                "Axum Some(\"Framework\")",
                "Tokio Some(\"Framework\")",
                "Redis None"
            ]
        );
        assert!(
            all.iter()
                .all(|one| one.source == TechnologySource::Component("Till".to_owned()))
        );
    }

    #[test]
    fn the_stack_is_read_in_its_forms() {
        for (markdown, expected) in [
            (
                "### Backend\n- **Language**: Rust 1.88, because it is fast\n- **ORM**: SQLAlchemy\n",
                vec!["Rust|1.88|Language|it is fast"],
            ),
            (
                "### Frontend\n\n**UI**: React 18 + TypeScript 5\n",
                vec!["React|18|UI|-", "TypeScript|5|UI|-"],
            ),
            (
                "| Why | Version | Layer | Technology |\n|---|---|---|---|\n| fast | 1.31 | Cluster | Kubernetes |\n| | | Web | Vue, Vite |\n",
                vec!["Kubernetes|1.31|Cluster|fast", "Vue|-|Web|-", "Vite|-|Web|-"],
            ),
            (
                "- Ubuntu 22.04 LTS\n- PostgreSQL v15.4\n- Amazon S3\n- 99% of it\n",
                vec!["Ubuntu|22.04|-|-", "PostgreSQL|15.4|-|-", "Amazon S3|-|-|-"],
            ),
            (
                "- **Node.js**: v22+\n- **Store**: MySQL (primary), ELK (Elasticsearch, cache)\n- **Radix**: Component primitives\n\
                 - a/b/c.sql\n- Database\n",
                vec![
                    "Node.js|22+|-|-",
                    "MySQL|-|Store|-",
                    "ELK|-|Store|-",
                    "Elasticsearch|-|Store|-",
                ],
            ),
            ("Python and some libraries.\n", vec![]),
        ] {
            assert_eq!(
                shown(&format!("## Technology Stack\n\n{markdown}")),
                expected,
                "{markdown}"
            );
        }
        let stack = records("## Technology Stack\n\n### Our Backend\n\n- **Language**: Rust\n").technologies;
        assert_eq!(stack[0].source, TechnologySource::Stack("Our Backend".to_owned()));
        let document = "## Technology Stack\n\n- **Web**: Node.js 20, Vue 3\n";
        for technology in records(document).technologies {
            assert_eq!(
                document[technology.name.span.start..technology.name.span.end],
                technology.name.text
            );
        }
    }
}
