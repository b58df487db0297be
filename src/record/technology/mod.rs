//! Technologies: named in the executive summary, in the components and in the technology stack.

mod compare;
mod phrase;

use self::phrase::{names, version_in, version_of, with_reason};
use super::component::COMPONENT;
use super::reader::{Line, NamedRow, Place, Reader, Said, Section};
use crate::naming::Words;
use crate::source::Span;

/// A technology that the document names.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TechnologySource {
    /// The key technologies of the executive summary.
    Summary,
    /// A component, by its name.
    Component(String),
    /// The technology stack, by the sub-section's name.
    Stack(String),
}

static KEY: Words =
    Words::new("key technologies, technologies, technology stack, tech stack, core technologies, main technologies");
static OF_COMPONENT: Words = Words::new("technologies, technology, technology stack, tech stack, stack, built with");
static NAME: Words =
    Words::new("technology, tool, choice, product, library, framework, selection, technology choice, technologies");
const VERSION: [&str; 2] = ["version", "versions"];
static ROLE: Words = Words::new("role, category, layer, purpose, area, use, component, concern");
const REASON: [&str; 6] = ["rationale", "reason", "why", "justification", "reasoning", "why chosen"];

/// Reads the technologies, in the order of the template.
pub fn read(reader: Reader<'_>) -> Vec<Technology> {
    let mut found = Vec::new();
    if let Some(section) = reader.section("executive-summary") {
        of_key(&section, &KEY, &TechnologySource::Summary, &mut found);
    }
    for section in reader.instances(COMPONENT) {
        let source = TechnologySource::Component(section.name().1.text);
        of_key(&section, &OF_COMPONENT, &source, &mut found);
    }
    if let Some(section) = reader.section("technology-stack") {
        of_stack(reader, &section, &mut found);
    }
    found
}

/// The lines with a key of one of these names, and the items below it.
fn of_key(section: &Section<'_>, names: &[&str], source: &TechnologySource, found: &mut Vec<Technology>) {
    let keys = section.lines().iter().filter(|line| line.is_field(names));
    let below = section.below(names);
    for line in keys.chain(below.iter().filter(|line| line.is_item())) {
        of_line(line, source, found);
    }
}

/// The stack's own lines and tables, and those of its sub-sections, whatever they are called.
fn of_stack(reader: Reader<'_>, section: &Section<'_>, found: &mut Vec<Technology>) {
    let source = |span: Span| {
        let heading = reader.heading_above(span);
        TechnologySource::Stack(heading.map(|heading| heading.text.clone()).unwrap_or_default())
    };
    let listed = |line: &Line<'_>| line.is_top_item() || line.field.is_some() && line.unit.depth == 0;
    for line in section.lines().iter().filter(|line| listed(line)) {
        of_line(line, &source(line.unit.span), found);
    }
    let rows = section.rows(|row| {
        let name = row.value(&NAME)?;
        Some(of_row(row, reader.place(name.span), &name.text, &source(name.span)))
    });
    found.extend(rows.into_iter().flatten());
    for child in section.children() {
        of_stack(reader, &child, found);
    }
}

fn of_row(row: &NamedRow<'_>, place: Place<'_>, name: &str, source: &TechnologySource) -> Vec<Technology> {
    let mut found = names(place, name, source);
    let alone = found.len() == 1;
    let version = row.value(&VERSION).filter(|_| alone);
    let version = version.and_then(|said| version_of(&said.text).map(str::to_owned));
    let role = row.value(&ROLE).map(|said| said.text);
    let reason = row.value(&REASON).map(|said| said.text);
    for technology in &mut found {
        technology.version = technology.version.take().or_else(|| version.clone());
        technology.role.clone_from(&role);
        technology.reason.clone_from(&reason);
    }
    found
}

/// An item: `**Rust**: why`, `Language: Rust 1.88, because …`, `PostgreSQL 16 - why`, `PostgreSQL, Redis`.
fn of_line(line: &Line<'_>, source: &TechnologySource, found: &mut Vec<Technology>) {
    if line.unsaid || line.sample {
        return;
    }
    let Some(field) = line.field else {
        let (text, reason) = with_reason(&line.unit.text);
        let named = names(line.place(), text, source).into_iter();
        found.extend(named.map(|technology| Technology {
            reason: reason.map(str::to_owned),
            ..technology
        }));
        return;
    };
    let in_key = || names(line.place().part(field.key_span), &field.key, source).into_iter();
    let listed = KEY.contains(&line.name) || OF_COMPONENT.contains(&line.name);
    if *source == TechnologySource::Summary && !listed {
        found.extend(in_key().map(|technology| Technology {
            reason: Some(field.value.clone()).filter(|value| !value.is_empty()),
            version: (technology.version).or_else(|| version_in(&field.value, &technology.name.text)),
            ..technology
        }));
        return;
    }
    if let Some(version) = version_of(&field.value).filter(|_| !listed) {
        found.extend(in_key().map(|technology| Technology {
            version: Some(version.to_owned()),
            ..technology
        }));
        return;
    }
    let (text, reason) = with_reason(&field.value);
    let named = names(line.place().part(field.value_span), text, source).into_iter();
    found.extend(named.map(|technology| Technology {
        role: Some(field.key.clone()).filter(|_| !listed),
        reason: reason.map(str::to_owned),
        ..technology
    }));
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
