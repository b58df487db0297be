//! Fields that a template asks for, and what their placeholders say about the value.

use crate::document::{Carrier, Field, bracketed};
use crate::naming;
use crate::source::{Place, Span};

/// A field that the template asks for.
#[derive(Debug, Clone)]
pub struct FieldSpec {
    /// Its name as the template writes it.
    pub key: String,
    /// Its name, normalised.
    pub name: String,
    /// Other names, normalised.
    pub aliases: Vec<String>,
    /// What its value is.
    pub kind: FieldKind,
    /// Whether a document may leave it out.
    pub optional: bool,
    /// Whether the template leaves its value to the author. A key that is itself to be filled in or counted is not
    /// asked for by name.
    pub open: bool,
    /// Where the template has it.
    pub place: FieldPlace,
    /// Where it stands in the template.
    pub span: Span,
    /// Where it is said that it may be left out, or that it may not.
    pub refined: Option<Place>,
}

/// Where a template has a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldPlace {
    /// On a line of its own.
    Line,
    /// In an item of a list.
    Item,
    /// In an item of the list below another field, which is the one that is asked for.
    Below,
}

/// What the value of a field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// A day.
    Date,
    /// A version.
    Version,
    /// One of these words.
    Choice(Vec<String>),
    /// A person, perhaps with the day: `[Name] on [Date]`.
    Person,
    /// Text that the template already fills in: an example.
    Sample,
    /// What stands below it: a list, a table or code.
    Below,
}

impl FieldSpec {
    /// What a field of the template asks for.
    pub fn infer(field: &Field) -> Self {
        let kind = match field.carrier {
            // Nothing can stand below a line of front matter: it is left for the author to fill in.
            Carrier::FrontMatter if field.value.is_empty() => kind(&field.key, "[value]"),
            _ => kind(&field.key, &field.value),
        };
        let named = !field.key.contains(['[', '{', '<']) && naming::numbered(&field.key).is_none();
        Self {
            key: field.key.clone(),
            name: naming::normalise(&field.key),
            aliases: Vec::new(),
            open: named && !matches!(kind, FieldKind::Sample | FieldKind::Below),
            kind,
            optional: false,
            place: match field.carrier {
                Carrier::StrongItem | Carrier::PlainItem => FieldPlace::Item,
                Carrier::Strong | Carrier::Plain | Carrier::Row | Carrier::FrontMatter => FieldPlace::Line,
            },
            span: field.span,
            refined: None,
        }
    }

    /// Whether a section is asked for it by its name.
    pub fn is_asked(&self) -> bool {
        self.open && self.place != FieldPlace::Below
    }

    /// Whether a field of a document is this one: by its name, or with `aliases` by another one.
    pub fn is(&self, name: &str, aliases: bool) -> bool {
        self.name == name || aliases && self.aliases.iter().any(|alias| alias == name)
    }
}

/// What the value of a field, or of a column of that name, is.
pub(super) fn kind(key: &str, value: &str) -> FieldKind {
    let lower = value.to_lowercase();
    let single = inner(&lower);
    if value.is_empty() {
        return FieldKind::Below;
    }
    if let Some(complete) = single.and_then(choice) {
        let shown = inner(value)
            .unwrap_or("")
            .split(['/', '|'])
            .map(|word| word.trim().to_owned());
        return if complete {
            FieldKind::Choice(shown.collect())
        } else {
            FieldKind::Text
        };
    }
    let name = naming::normalise(key);
    match single.or(Some(lower.as_str()).filter(|text| text.starts_with("yyyy") || text.starts_with("(fill"))) {
        Some("date") => FieldKind::Date,
        Some(text) if text.contains("yyyy") => FieldKind::Date,
        Some(text) if text.contains("version") => FieldKind::Version,
        Some(text) if text.split(' ').any(|word| matches!(word, "name" | "names")) => FieldKind::Person,
        Some(_) if name.ends_with("date") || name.ends_with("updated") => FieldKind::Date,
        Some(_) => FieldKind::Text,
        None if lower.contains("[name]") => FieldKind::Person,
        None if bracketed(&lower).next().is_some() => FieldKind::Text,
        None => FieldKind::Sample,
    }
}

/// What stands in the brackets, where a value is one placeholder and nothing else.
fn inner(value: &str) -> Option<&str> {
    let pairs = [('[', ']'), ('{', '}'), ('<', '>')];
    let (open, close) = pairs.into_iter().find(|(open, _)| value.starts_with(*open))?;
    let inner = value.strip_prefix(open)?.strip_suffix(close)?;
    (!inner.contains([open, close])).then_some(inner)
}

/// Whether a placeholder lists alternatives, and whether the list is complete.
fn choice(inner: &str) -> Option<bool> {
    let words: Vec<&str> = inner.split(['/', '|']).map(str::trim).collect();
    let open = |word: &&str| word.starts_with("etc") || word.starts_with('…') || word.starts_with("...");
    let short = |word: &&str| !word.is_empty() && word.split(' ').count() <= 3;
    let ending = words.iter().any(open);
    let listed = words.len() > 1 && words.iter().all(|word| short(word) || ending);
    listed.then_some(!ending)
}

#[cfg(test)]
mod tests {
    use crate::files::Files;
    use crate::template::{DEFAULT, FieldPlace, load};

    #[test]
    fn the_built_in_template_asks_for_these_fields_of_its_sections() {
        let (template, problems) = load(DEFAULT, None, &Files::new("."), &Default::default());
        assert_eq!(problems, []);
        let template = template.expect("the built-in template");
        let mut asked = Vec::new();
        for section in &template.sections {
            let fields = section.fields.iter().filter(|field| field.open && !field.optional);
            let fields: Vec<&str> = fields
                .filter(|field| field.place != FieldPlace::Below)
                .map(|field| field.key.as_str())
                .collect();
            if !fields.is_empty() {
                asked.push((section.title.as_str(), fields.join(", ")));
            }
        }
        let expected = [
            (
                "Executive Summary",
                "Project Overview, Key Technologies, Architecture Style, Deployment Target",
            ),
            (
                "Non-Functional Requirements",
                "Performance, Scalability, Availability, Security, Compliance",
            ),
            ("Component", "Purpose, Responsibilities, Technologies"),
            ("Entity", "Relationships"),
            (
                "Service",
                "Purpose, Protocol, Authentication, Rate Limits, Error Handling",
            ),
            ("Message Queue Architecture", "Topics/Queues"),
            (
                "Authentication & Authorization",
                "Authentication Method, Flow, Authorization Model",
            ),
            ("Security Measures", "Secrets Management"),
            ("Logging Strategy", "Log Aggregation"),
            ("Tracing", "Distributed Tracing"),
            ("Alerting", "Critical Alerts"),
            ("Container Architecture", "Image Registry"),
            (
                "Recovery Procedures",
                "RTO (Recovery Time Objective), RPO (Recovery Point Objective), Failover Process",
            ),
            (
                "Decision",
                "Context, Options Considered, Decision, Rationale, Consequences",
            ),
            ("Stakeholders", "Product Owner, Tech Lead"),
        ];
        let expected = expected.map(|(section, fields)| (section, fields.to_owned()));
        assert_eq!(asked, expected);
        let drawn = template.sections.iter().filter_map(|section| {
            let diagram = section.diagram?;
            Some(format!("{}: {diagram:?}", section.title))
        });
        let expected = [
            "High-Level Architecture: Parts",
            "Component Diagram: Parts",
            "Data Flow: Flow",
            "Message Queue Architecture: Flow",
            "CI/CD Pipeline: Flow",
        ];
        assert_eq!(drawn.collect::<Vec<_>>(), expected);
    }
}
