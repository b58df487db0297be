//! Technologies: named in the executive summary, in the components and in the technology stack.

use serde::Serialize;

use super::{Line, Reader, Said, TableRow};
use crate::naming;
use crate::outline::Node;
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
/// Other names of a technology, each with the one that it is compared under.
const NAMES: [(&str, &str); 18] = [
    ("postgres", "postgresql"),
    ("pg", "postgresql"),
    ("postgre sql", "postgresql"),
    ("mongo", "mongodb"),
    ("mongo db", "mongodb"),
    ("my sql", "mysql"),
    ("node", "nodejs"),
    ("k8s", "kubernetes"),
    ("golang", "go"),
    ("javascript", "js"),
    ("typescript", "ts"),
    ("elastic search", "elasticsearch"),
    ("rabbit mq", "rabbitmq"),
    ("fast api", "fastapi"),
    ("open jdk", "java"),
    ("openjdk", "java"),
    ("net core", "net"),
    ("dotnet", "net"),
];
/// Words in front of a name that say who makes it.
const MAKERS: [&str; 8] = [
    "apache",
    "amazon",
    "aws",
    "google",
    "microsoft",
    "hashicorp",
    "eclipse",
    "oracle",
];

/// Reads the technologies, in the order of the template.
pub fn read(reader: Reader<'_>) -> Vec<Technology> {
    let mut found = Vec::new();
    if let Some((_, node)) = reader.section("executive-summary") {
        let lines = reader.below(node, &KEY);
        let inline = reader.lines(node).into_iter().filter(|line| line.is_field(&KEY));
        for line in inline.chain(lines.into_iter().filter(Line::is_item)) {
            of_line(reader, &line, &TechnologySource::Summary, &mut found);
        }
    }
    for (_, node) in reader.instances("component-details/component") {
        let source = TechnologySource::Component(reader.instance_name(node).1.text);
        let lines = reader.below(node, &OF_COMPONENT);
        let inline = reader
            .lines(node)
            .into_iter()
            .filter(|line| line.is_field(&OF_COMPONENT));
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
fn of_stack(reader: Reader<'_>, index: usize, found: &mut Vec<Technology>) {
    let Some(node) = reader.outline.nodes.get(index) else {
        return;
    };
    let source = |span: Span| {
        let heading = reader.heading_above(span);
        TechnologySource::Stack(heading.map(|heading| heading.text.clone()).unwrap_or_default())
    };
    for line in said_items(reader, node) {
        of_line(reader, &line, &source(line.unit.span), found);
    }
    for row in reader.rows(index) {
        of_row(reader, row, source, found);
    }
    for (child, _) in reader.outline.children(index) {
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
    let Some(name) = reader.cell(row, &NAME) else { return };
    let first = found.len();
    let text = Text {
        text: &name.text,
        span: name.span,
    };
    names(reader, text, &source(name.span), found);
    let version = reader
        .cell(row, &VERSION)
        .and_then(|said| version_of(&said.text).map(str::to_owned));
    let role = reader.cell(row, &ROLE).map(|said| said.text);
    let reason = reader.cell(row, &REASON).map(|said| said.text);
    let alone = found.len() == first + 1;
    for technology in found.iter_mut().skip(first) {
        let version = version.clone().filter(|_| alone);
        technology.version = technology.version.take().or(version);
        technology.role.clone_from(&role);
        technology.reason.clone_from(&reason);
    }
}

/// A text and the bytes that it was read from.
#[derive(Clone, Copy)]
struct Text<'t> {
    text: &'t str,
    span: Span,
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
    let listed = KEY.contains(&naming::normalise(&field.key).as_str())
        || OF_COMPONENT.contains(&naming::normalise(&field.key).as_str());
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

/// What is named, and why: behind `because`, a dash or a colon.
fn with_reason(text: &str) -> (&str, Option<&str>) {
    let marks = [
        ", because ",
        " because ",
        " - ",
        " – ",
        " — ",
        ": ",
        "; ",
        ", for ",
        ", so that ",
        ", since ",
    ];
    let first = marks
        .iter()
        .filter_map(|mark| Some((text.find(mark)?, mark.len())))
        .min_by_key(|(at, _)| *at);
    let parts = first.and_then(|(at, length)| Some((text.get(..at)?, text.get(at + length..)?)));
    match parts {
        Some((text, reason)) => (text, Some(reason.trim())),
        None => (text, None),
    }
}

/// The version that a sentence gives a name: `stored in PostgreSQL 16 until …`.
fn version_in(sentence: &str, name: &str) -> Option<String> {
    let at = sentence.find(name)?;
    let behind = sentence.get(at + name.len()..)?.strip_prefix(' ')?;
    let word = behind.split([' ', ',', ';']).next()?.trim_end_matches('.');
    version_of(word).map(str::to_owned)
}

/// The technologies that a text lists. What reads like a sentence names none.
fn names(reader: Reader<'_>, text: Text<'_>, source: &TechnologySource, found: &mut Vec<Technology>) {
    let source_text = reader.document.text.get(text.span);
    let mut from = 0;
    // What stands in parentheses is a name only where it is written like one.
    let mut depth = 0_usize;
    let parts = text.text.split_inclusive([',', '(', ')', ';']).map(|part| {
        let inside = depth > 0;
        depth = if part.ends_with('(') {
            depth + 1
        } else {
            depth.saturating_sub(usize::from(part.ends_with(')')))
        };
        let part = part.trim_end_matches([',', '(', ')', ';']);
        let telling = part.contains(|c: char| c.is_uppercase() || !c.is_ascii());
        if inside && !telling { "" } else { part }
    });
    let parts = parts
        .flat_map(|part| part.split(" + "))
        .flat_map(|part| part.split(" and "));
    let parts = parts
        .flat_map(|part| part.split(" on "))
        .flat_map(|part| part.split(" with "));
    let parts = parts
        .flat_map(|part| part.split(" / "))
        .flat_map(|part| part.split(" & "));
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (name, version) = split_version(part);
        if !is_name(name) {
            continue;
        }
        let at = source_text
            .get(from..)
            .and_then(|rest| rest.find(name))
            .map(|at| from + at);
        let span = at.map_or(text.span, |at| {
            from = at + name.len();
            Span::new(text.span.start + at, text.span.start + from)
        });
        found.push(Technology {
            name: Said {
                text: name.to_owned(),
                span,
            },
            version: version.map(str::to_owned),
            role: None,
            reason: None,
            source: source.clone(),
        });
    }
}

/// `PostgreSQL 16` in its two parts. `Ubuntu 22.04 LTS` has a word behind its version.
fn split_version(text: &str) -> (&str, Option<&str>) {
    let text = text.trim_end_matches(" LTS").trim_end_matches(" latest");
    let Some((name, last)) = text.rsplit_once([' ', '\u{a0}']) else {
        return (text, None);
    };
    let name = name.trim().trim_end_matches(['=', '>', '≥', '~', '^']).trim_end();
    let name = name
        .strip_suffix(" version")
        .or_else(|| name.strip_suffix(" v"))
        .unwrap_or(name);
    match version_of(last) {
        Some(version) => (name, Some(version)),
        None => (text, None),
    }
}

/// A word that is a version: `16`, `v1.31`, `3.x`, `19c`, `14+`.
fn version_of(word: &str) -> Option<&str> {
    let bare = word.trim().trim_start_matches(['=', '>', '≥', '~', '^', ' ']);
    let bare = bare.strip_prefix(['v', 'V']).unwrap_or(bare);
    let body = bare.trim_end_matches(['+', '*']);
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    let plain = body
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let numbers = body.starts_with(|c: char| c.is_ascii_digit()) && plain && (letters < 2 || body.contains('-'));
    numbers.then_some(bare)
}

/// Whether a text reads like a name: few words, and none of those that sentences are made of.
fn is_name(text: &str) -> bool {
    const OF_SENTENCES: [&str; 30] = [
        "a", "an", "the", "of", "for", "to", "in", "by", "from", "is", "are", "as", "at", "or", "our", "own", "no",
        "none", "not", "via", "use", "uses", "using", "used", "tbd", "etc", "plain", "any", "custom", "various",
    ];
    // What a technology is, and not which.
    const KINDS: [&str; 16] = [
        "api",
        "auth",
        "authentication",
        "backend",
        "cache",
        "ci/cd",
        "cloud",
        "database",
        "frontend",
        "hosting",
        "language",
        "library",
        "queue",
        "rest",
        "runtime",
        "server",
    ];
    let lower = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let of_sentence = |word: &str| OF_SENTENCES.contains(&word.trim_matches(['.', '!', '?', '`']));
    let sentence = lower.split_whitespace().any(of_sentence) || KINDS.contains(&lower.as_str());
    let spoken = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '`' | '@'));
    let telling =
        |word: &&str| word.contains(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii() || c == '/');
    let names = words.len() == 1 || words.iter().all(telling);
    let path = text.matches('/').count() > 1 || text.contains('/') && text.contains('.');
    let marked = text.contains(['[', '<', '{', '→', '%', '*']);
    !sentence && spoken && names && words.len() <= 4 && text.contains(char::is_alphabetic) && !path && !marked
}

impl Technology {
    /// The name that it is compared under: `Postgres` and `PostgreSQL` have one.
    pub fn key(&self) -> String {
        let mut name = naming::normalise(&self.name.text);
        for maker in MAKERS {
            if let Some(rest) = name.strip_prefix(maker).and_then(|rest| rest.strip_prefix(' ')) {
                name = rest.to_owned();
            }
        }
        for ending in [" js", " database", " db", " server", " cluster"] {
            if let Some(rest) = name.strip_suffix(ending).filter(|rest| !rest.is_empty()) {
                name = rest.to_owned();
            }
        }
        let known = NAMES.iter().find(|(other, _)| *other == name);
        known.map_or(name, |(_, name)| (*name).to_owned())
    }

    /// Whether both have a version, and not the same one. `15` is `15.4`, `3.x` is `3.11`, and `14+` is all from 14 on.
    pub fn contradicts(&self, other: &Self) -> bool {
        match (&self.version, &other.version) {
            (Some(one), Some(other)) => !agree(one, other),
            _ => false,
        }
    }
}

fn agree(one: &str, other: &str) -> bool {
    let numbers = |version: &str| -> Vec<Option<u32>> {
        let body = version
            .trim_end_matches(['+', '*'])
            .split('-')
            .next()
            .unwrap_or("")
            .to_owned();
        body.split('.')
            .map(|part| part.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok())
            .collect()
    };
    let (a, b) = (numbers(one), numbers(other));
    let same = a.iter().zip(&b).all(|(a, b)| a.is_none() || b.is_none() || a == b);
    same || one.ends_with('+') && a <= b || other.ends_with('+') && b <= a
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

    #[test]
    fn versions_are_compared_as_far_as_both_say() {
        let of = |name: &str, version: &str| Technology {
            name: Said {
                text: name.to_owned(),
                span: Span::default(),
            },
            version: (!version.is_empty()).then(|| version.to_owned()),
            role: None,
            reason: None,
            source: TechnologySource::Summary,
        };
        for (a, b, contradict) in [
            ("15", "16", true),
            ("15", "15.4", false),
            ("3.x", "3.11", false),
            ("3.x", "2.7", true),
            ("14+", "16", false),
            ("14+", "13", true),
            ("13", "14+", true),
            ("19c", "19", false),
            ("3.11-slim", "3.11", false),
            ("1.8", "1.80", true),
            ("", "15", false),
        ] {
            assert_eq!(of("x", a).contradicts(&of("x", b)), contradict, "{a} {b}");
        }
        for (a, b, same) in [
            ("Postgres", "PostgreSQL", true),
            ("Apache Kafka", "Kafka", true),
            ("Node.js", "NodeJS", true),
            ("Node.js", "Node", true),
            ("React", "React.js", true),
            ("PostgreSQL database", "postgres", true),
            ("K8s", "Kubernetes", true),
            ("Go", "Golang", true),
            ("React", "React Native", false),
            ("Spring Boot", "Spring", false),
            ("Java", "JavaScript", false),
        ] {
            assert_eq!(of(a, "").key() == of(b, "").key(), same, "{a} {b}");
        }
    }
}
