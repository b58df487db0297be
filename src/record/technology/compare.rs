//! Whether two names are one technology, and two versions one version. In doubt versions agree.

use super::Technology;
use crate::naming::{self, Words};

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
static MAKERS: Words = Words::new("apache, amazon, aws, google, microsoft, hashicorp, eclipse, oracle");

impl Technology {
    /// The name that it is compared under: `Postgres` and `PostgreSQL` have one.
    pub fn key(&self) -> String {
        let mut name = naming::normalise(&self.name.text);
        for maker in MAKERS.iter() {
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
    let (a, b) = (numbers(one), numbers(other));
    let same = |(a, b): (Option<u32>, Option<u32>)| a.is_none() || b.is_none() || a == b;
    one == other
        || a.clone().zip(b.clone()).all(same)
        || one.ends_with('+') && a.clone().le(b.clone())
        || other.ends_with('+') && b.le(a)
}

/// The numbers of a version; `None` for each part that is none.
fn numbers(version: &str) -> impl Iterator<Item = Option<u32>> + Clone {
    let body = version.trim_end_matches(['+', '*']).split('-').next().unwrap_or("");
    let parts = body.split('.');
    parts.map(|part| part.trim_end_matches(char::is_alphabetic).parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Said, TechnologySource};
    use crate::source::Span;

    #[test]
    fn versions_are_compared_as_far_as_both_say() {
        let of = |name: &str, version: &str| Technology {
            name: Said::new(name, Span::default()),
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
