//! What TOML says of a template's sections and fields, in the settings and in the data beside a built-in template.
//!
//! Whether the template has such a section or field is not known here.

use std::collections::BTreeMap;

use serde_json::Value;
use toml::de::DeTable;

use super::item::{Item, did_you_mean};
use super::{Problem, ProblemKind};
use crate::source::Span;

/// What is said of sections and fields beyond what their template implies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refinements {
    /// By the section's path.
    pub sections: BTreeMap<String, Refinement>,
    /// Of the header and the footer, by the field's name.
    pub fields: BTreeMap<String, Refinement>,
}

/// What is said of one section or field beyond what its template implies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refinement {
    /// Whether it may be left out; none leaves it to the template.
    pub optional: Option<bool>,
    /// Further names that it goes by.
    pub alias: Vec<String>,
    /// For a section: its fields, by their names.
    pub fields: BTreeMap<String, Refinement>,
    /// For the review checklist: what speaks for its items, by their text.
    pub evidence: BTreeMap<String, Binding>,
    /// Where its key stands in the file that says this; none where the environment does.
    pub span: Option<Span>,
}

/// What speaks for an item of the review checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// Something that is worked out from what the document says, by its name.
    Kind(EvidenceKind),
    /// That these sections are complete, by their paths.
    Sections(Vec<String>),
}

/// What can be worked out about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// Diagrams of its own, which name the components.
    Diagrams,
    /// A purpose and two responsibilities for each component.
    Responsibilities,
    /// Measures against attacks.
    Security,
    /// A way to grow, with a figure.
    Scalability,
    /// RTO and RPO, and how to come back.
    Recovery,
    /// A review by each stakeholder.
    Stakeholders,
    /// A reason for each technology.
    Technologies,
    /// Limitations, or that there are none.
    Limitations,
    /// A roadmap with tasks.
    Roadmap,
    /// References that lead somewhere.
    References,
}

impl EvidenceKind {
    /// All of them, by their names in TOML.
    pub const ALL: [(&'static str, Self); 10] = [
        ("diagrams", Self::Diagrams),
        ("limitations", Self::Limitations),
        ("recovery", Self::Recovery),
        ("references", Self::References),
        ("responsibilities", Self::Responsibilities),
        ("roadmap", Self::Roadmap),
        ("scalability", Self::Scalability),
        ("security", Self::Security),
        ("stakeholders", Self::Stakeholders),
        ("technologies", Self::Technologies),
    ];
}

/// The keys of a section's refinement. A further one is a name here, a field above and an arm below.
const KEYS: [&str; 4] = ["alias", "evidence", "field", "optional"];

/// The keys of a field's refinement.
const FIELD_KEYS: [&str; 2] = ["alias", "optional"];

/// Reads the refinements that are written beside a template: tables `[section."a/b"]`, the section's path as the key,
/// and `[field."Name"]`.
///
/// # Errors
///
/// All that is wrong with it, with positions in `toml_text`; nothing of it should be used then.
pub fn read_refinements(toml_text: &str) -> Result<Refinements, Vec<Problem>> {
    let invalid = |error: toml::de::Error| {
        vec![Problem {
            kind: ProblemKind::InvalidConfig,
            span: error.span().map(Span::from),
            message: format!("invalid TOML: {}", error.message()),
            help: None,
        }]
    };
    let written = DeTable::parse(toml_text).map_err(invalid)?;
    let values: BTreeMap<String, Value> = toml::from_str(toml_text).map_err(invalid)?;
    let mut refinements = Refinements::default();
    let mut problems = Vec::new();
    for (key, value) in &values {
        let item = Item::new(key, value, Some(written.get_ref()), None);
        match item.key {
            "section" => refinements.sections = sections(&item, &mut problems),
            "field" => refinements.fields = fields(&item, &mut problems),
            _ => problems.push(item.unknown_key(format!("unknown key `{key}`"), &["section", "field"])),
        }
    }
    if problems.is_empty() {
        Ok(refinements)
    } else {
        Err(problems)
    }
}

/// Reads a table of refinements by section path.
pub(super) fn sections(item: &Item<'_>, problems: &mut Vec<Problem>) -> BTreeMap<String, Refinement> {
    let mut read = BTreeMap::new();
    let example = "section.\"change-log\".optional = true";
    for section in &item.keys("a table of sections", example, problems) {
        let (mut refinement, rest) = refinement(section, "section", problems);
        for item in &rest {
            match item.key {
                "field" => refinement.fields = fields(item, problems),
                "evidence" => refinement.evidence = evidence(item, problems),
                key => problems.push(item.unknown_key(format!("unknown key `{key}` of a section"), &KEYS)),
            }
        }
        read.insert(section.key.to_owned(), refinement);
    }
    read
}

/// Reads a table of refinements by field name.
pub(super) fn fields(item: &Item<'_>, problems: &mut Vec<Problem>) -> BTreeMap<String, Refinement> {
    let mut read = BTreeMap::new();
    for field in &item.keys("a table of fields", "field.\"Author\".optional = true", problems) {
        let (refinement, rest) = refinement(field, "field", problems);
        let unknown = |item: &Item<'_>| item.unknown_key(format!("unknown key `{}` of a field", item.key), &FIELD_KEYS);
        problems.extend(rest.iter().map(unknown));
        read.insert(field.key.to_owned(), refinement);
    }
    read
}

/// What sections and fields have in common, and the items that are something else. `what` is the name of its table.
fn refinement<'v>(item: &Item<'v>, what: &str, problems: &mut Vec<Problem>) -> (Refinement, Vec<Item<'v>>) {
    let mut result = Refinement {
        span: item.key_span(),
        ..Refinement::default()
    };
    let example = format!("{what}.\"{}\".optional = true", item.key);
    let mut rest = Vec::new();
    for item in item.keys("a table", &example, problems) {
        match item.key {
            "optional" => result.optional = item.boolean(problems),
            "alias" => {
                let names = item.strings("alias = [\"Another Name\"]", problems);
                result.alias = names.into_iter().map(|(name, _)| name.to_owned()).collect();
            }
            _ => rest.push(item),
        }
    }
    (result, rest)
}

fn evidence(item: &Item<'_>, problems: &mut Vec<Problem>) -> BTreeMap<String, Binding> {
    let example = "evidence.\"Security is documented\" = \"security\"";
    let items = item.keys("a table of checklist items", example, problems);
    let read = |item: &Item<'_>| Some((item.key.to_owned(), binding(item, problems)?));
    items.iter().filter_map(read).collect()
}

fn binding(item: &Item<'_>, problems: &mut Vec<Problem>) -> Option<Binding> {
    if item.list().is_some() {
        let paths = item.strings("[\"security-architecture\"]", problems);
        return Some(Binding::Sections(
            paths.into_iter().map(|(path, _)| path.to_owned()).collect(),
        ));
    }
    let name = item.string("security", problems)?;
    let known = EvidenceKind::ALL.iter().find(|(known, _)| *known == name);
    if known.is_none() {
        let names: Vec<&str> = EvidenceKind::ALL.iter().map(|(name, _)| *name).collect();
        let help = format!(
            "{}, or a list of sections",
            did_you_mean(name, "kinds of evidence", &names)
        );
        problems.push(item.bad_value(format!("unknown kind of evidence `{name}`"), help));
    }
    known.map(|(_, kind)| Binding::Kind(*kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(toml: &str, needle: &str) -> Option<Span> {
        toml.find(needle).map(|at| Span::new(at, at + needle.len()))
    }

    #[test]
    fn refinements_beside_a_template_are_read_as_those_of_the_book() {
        let toml = "[section.\"a/b\"]\noptional = true\nalias = [\"X\"]\nfield.K.optional = false\n";
        let expected = Refinement {
            optional: Some(true),
            alias: vec!["X".to_owned()],
            fields: BTreeMap::from([(
                "K".to_owned(),
                Refinement {
                    optional: Some(false),
                    span: place(toml, "K"),
                    ..Refinement::default()
                },
            )]),
            evidence: BTreeMap::new(),
            span: place(toml, "\"a/b\""),
        };
        assert_eq!(
            read_refinements(toml),
            Ok(Refinements {
                sections: BTreeMap::from([("a/b".to_owned(), expected)]),
                fields: BTreeMap::new(),
            })
        );
        assert_eq!(read_refinements(""), Ok(Refinements::default()));
    }

    #[test]
    fn mistakes_beside_a_template_have_a_place_and_no_variable() {
        for (toml, needle, message) in [
            ("[sections.a]\n", "sections", "unknown key `sections`"),
            (
                "[section.a]\noptional = 1\n",
                "1",
                "`optional`: expected a boolean, found a number",
            ),
            (
                "[section.a]\noptinal = true\n",
                "optinal",
                "unknown key `optinal` of a section",
            ),
            ("[section.a]\n[section.a]\n", "", "invalid TOML: "),
        ] {
            let problems = read_refinements(toml).expect_err("wrong");
            let [problem] = problems.as_slice() else {
                panic!("{problems:?}");
            };
            assert!(problem.message.starts_with(message), "{problem:?}");
            assert!(
                problem.help.as_ref().is_none_or(|help| !help.contains("environment")),
                "{problem:?}"
            );
            assert!(needle.is_empty() || problem.span == place(toml, needle), "{problem:?}");
        }
    }
}
