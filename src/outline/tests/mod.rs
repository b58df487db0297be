//! Documents, right and wrong, held against the built-in template.

mod states;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::document::{HeadingId, parse};
use crate::files::Files;
use crate::markdown::Dialect;
use crate::source::{SourceFile, Text};
use crate::template::{DEFAULT, builtin, load};

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let (template, problems) = load(DEFAULT, None, &Files::new("/nowhere"), &Default::default());
        assert_eq!(problems, []);
        template.expect("it compiles")
    })
}

fn document(text: &str) -> Document {
    parse(Text::of_file(&SourceFile::new("a.md", text)), Dialect::default())
}

/// The sections that are there, as `path How`, in the template's order.
fn found(text: &str) -> Vec<String> {
    let (document, template) = (document(text), template());
    let outline = outline(&document, template);
    let there = outline.nodes.iter().filter(|node| node.heading.is_some());
    there
        .map(|node| format!("{} {:?}", template.sections[node.spec].id, node.found))
        .collect()
}

/// The same, with the heading's text in the place of how it was found.
fn named(text: &str) -> BTreeMap<String, Vec<String>> {
    let (document, template) = (document(text), template());
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in outline(&document, template).nodes {
        if let Some(heading) = node.heading(&document) {
            named
                .entry(template.sections[node.spec].id.clone())
                .or_default()
                .push(heading.text.clone());
        }
    }
    named
}

fn with<T>(text: &str, look: impl FnOnce(&Document, &Template, &Outline) -> T) -> T {
    let (document, template) = (document(text), template());
    look(&document, template, &outline(&document, template))
}

fn state(text: &str, id: &str) -> State {
    with(text, |_, template, outline| {
        outline.section(template, id).expect(id).1.state
    })
}

#[test]
fn the_template_itself_has_every_section_and_nothing_of_anybody_s() {
    for text in [
        builtin(DEFAULT).expect("it ships").markdown.to_owned(),
        builtin(DEFAULT).expect("it ships").markdown.replace('\n', "\r\n"),
    ] {
        with(&text, |document, template, outline| {
            for node in &outline.nodes {
                let id = &template.sections[node.spec].id;
                assert_eq!(node.state, State::Template, "{id}");
                let how = if template.sections[node.spec].group.is_some() {
                    Found::Instance
                } else {
                    Found::Name
                };
                assert_eq!((node.found, node.misplaced), (how, None), "{id}");
            }
            assert_eq!(outline.nodes.len(), document.headings.len() - 1);
            assert!(outline.extras.is_empty() && outline.duplicates.is_empty());
            assert!(outline.header.untouched() && outline.footer.untouched());
            assert_eq!((outline.stage, outline.status), (Stage::Review, None));
        });
    }
}

#[test]
fn names() {
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("## Executive Summary", &["executive-summary Name"]),
        ("## 1. 📋 EXECUTIVE  SUMMARY {#x}", &["executive-summary Name"]),
        ("## **Executive Summary:** ##", &["executive-summary Name"]),
        ("Executive Summary\n---", &["executive-summary Name"]),
        ("## Section 8: Monitoring and Observability", &["monitoring-and-observability Name"]),
        ("## Overview", &["executive-summary Alias"]),
        ("## Overview\n## Executive Summary", &["executive-summary Name"]),
        ("## Introduction\n## Overview", &["executive-summary Alias"]),
        ("## 12) Tech Stack", &["technology-stack Alias"]),
        ("## Securty Architecture", &["security-architecture Misspelt"]),
        ("## Design Desicions", &["design-decisions Misspelt"]),
        ("## Securty Architecture\n## Security Architecture", &["security-architecture Name"]),
        ("## Glossary\n## FAQ\n## Cost Model\n## Risk Register\n## Deployment Guide", &[]),
        ("# Executive Summary", &["executive-summary WrongLevel"]),
        // The same name at another depth is another section.
        ("## Technology Stack\n### Monitoring", &["technology-stack Name", "technology-stack/monitoring Name"]),
        ("## Data Architecture\n### Data Models\n#### Entity 1: A", &[
            "data-architecture Name", "data-architecture/data-models Name", "data-architecture/data-models/entity Instance",
        ]),
        // Groups, with their label and without.
        ("## Component Details\n### Component 1: A\n### component 2 - B\n### Component C", &[
            "component-details Name", "component-details/component Instance", "component-details/component Instance",
            "component-details/component Instance",
        ]),
        ("## Design Decisions\n### ADR-001: Use Kafka\n### Use Redis", &[
            "design-decisions Name", "design-decisions/decision Instance", "design-decisions/decision Instance",
        ]),
        // Levels skipped alike by all of a section.
        ("## Disaster Recovery\n#### Backup Strategy\n#### Recovery Procedures", &[
            "disaster-recovery Name", "disaster-recovery/backup-strategy Name", "disaster-recovery/recovery-procedures Name",
        ]),
    ];
    for (headings, expected) in cases {
        for text in [
            format!("# T\n\n{headings}\n"),
            format!("\u{feff}# T\n\n{headings}\n").replace('\n', "\r\n"),
        ] {
            assert_eq!(found(&text), *expected, "{text:?}");
        }
    }
}

#[test]
fn levels() {
    let wrong = |text: &str| -> Vec<String> {
        let all = "# T\n\n## Executive Summary\n\n## Business Context\n\n";
        let own = |id: &String| !id.starts_with("executive") && !id.starts_with("business");
        found(&format!("{all}{text}\n\n## Testing Strategy\n\n### Test Levels\n"))
            .into_iter()
            .filter(own)
            .filter(|id| !id.starts_with("testing"))
            .collect()
    };
    for text in [
        "### Disaster Recovery\n#### Backup Strategy\n#### Recovery Procedures",
        "### Disaster Recovery\n### Backup Strategy\n### Recovery Procedures",
        "#### Disaster Recovery\n##### Backup Strategy\n##### Recovery Procedures",
        "# Disaster Recovery\n### Backup Strategy\n### Recovery Procedures",
        "# Disaster Recovery\n## Backup Strategy\n## Recovery Procedures",
    ] {
        assert_eq!(
            wrong(text),
            [
                "disaster-recovery WrongLevel",
                "disaster-recovery/backup-strategy Name",
                "disaster-recovery/recovery-procedures Name"
            ],
            "{text}"
        );
    }
    assert_eq!(
        wrong("## Disaster Recovery\n### Recovery Procedures\n#### Backup Strategy"),
        [
            "disaster-recovery Name",
            "disaster-recovery/backup-strategy WrongLevel",
            "disaster-recovery/recovery-procedures Name"
        ]
    );
    assert_eq!(
        wrong("## Disaster Recovery\n### Recovery Procedures\n## Caching\n### Backup Strategy"),
        [
            "disaster-recovery Name",
            "disaster-recovery/backup-strategy WrongParent",
            "disaster-recovery/recovery-procedures Name"
        ]
    );
}

#[test]
fn what_comes_along_with_a_moved_section_is_not_moved() {
    let moved = "# T\n\n## Business Context\n\nWhy.\n\n## Before\n\n### Requirements\n\n#### Functional Requirements\n\nA.\n\n\
                 #### Non-Functional Requirements\n\nB.\n";
    assert_eq!(
        found(moved),
        [
            "business-context Name",
            "business-context/requirements WrongParent",
            "business-context/requirements/functional-requirements Name",
            "business-context/requirements/non-functional-requirements Name"
        ]
    );
}

#[test]
fn a_section_inside_another_takes_only_its_own() {
    let text = "# T\n\n## References\n\n### Technology Stack\n\nRust.\n\n#### Backend\n\nAxum.\n\n### Books\n\nOne.\n\n\
                ## Stakeholders\n";
    with(text, |_, template, outline| {
        let node = |id: &str| outline.section(template, id).expect(id).1;
        let texts = |id: &str| {
            node(id)
                .parts
                .iter()
                .map(|part| part.unit.text.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts("references"), ["One."]);
        assert_eq!(texts("technology-stack"), ["Rust."]);
        assert_eq!(texts("technology-stack/backend"), ["Axum."]);
        assert_eq!(
            (node("technology-stack").found, node("references").state),
            (Found::WrongLevel, State::Complete)
        );
    });
}

#[test]
fn names_with_more_than_the_name() {
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("## Components (Logical View)", &["component-details Alias"]),
        ("## Technology Stack (Definitive)\n## Tech Stack", &["technology-stack Alias"]),
        ("## Appendix A: Architecture Decision Records", &["design-decisions Alias"]),
        ("## Test Strategy and Standards", &["testing-strategy Alias"]),
        ("## Observability & Analytics", &["monitoring-and-observability Alias"]),
        ("## Build and Deployment Architecture\n## Deployment Architecture", &["deployment-architecture Name"]),
        ("## Known Limitation", &["known-limitations Alias"]),
        ("## Architecture Vision\n## Getting Started\n## Security Layers", &[]),
    ];
    for (headings, expected) in cases {
        assert_eq!(found(&format!("# T\n\n{headings}\n")), *expected, "{headings}");
    }
}

#[test]
fn a_document_with_all_sections_on_another_level_is_right() {
    let top = |marks: &str, below: &str| {
        format!(
            "{marks} Executive Summary\n\n{marks} Business Context\n\n{below} Problem Statement\n\n{marks} Scalability\n\n\
             {marks} Disaster Recovery\n\n{below} Backup Strategy\n\n{marks} References\n"
        )
    };
    let expected = found(&top("##", "###"));
    assert!(expected.iter().all(|found| found.ends_with(" Name")), "{expected:?}");
    assert_eq!(expected.len(), 7);
    for text in [
        top("#", "##"),
        format!("# T\n\n{}", top("#", "##")),
        format!("# T\n\n## Part\n\n{}", top("###", "####")),
    ] {
        assert_eq!(found(&text), expected, "{text}");
    }
}

#[test]
fn of_two_sub_sections_with_one_name_the_first_one_counts() {
    let template = template();
    let mut twins = 0;
    for parent in template.sections.iter().filter(|spec| spec.depth == 1) {
        let subs = parent.children.iter().map(|child| &template.sections[*child]);
        for sub in subs.filter(|sub| sub.group.is_none()) {
            let (parent, sub) = (parent.example(), sub.example());
            let text =
                format!("# T\n\n## Scope\n\n## {parent}\n\n### {sub}\n\nA.\n\n### {sub}\n\nB.\n\n## References\n");
            with(&text, |document, _, outline| {
                for duplicate in &outline.duplicates {
                    let counts = outline.nodes[duplicate.node].heading.expect("it is there");
                    assert!(counts < duplicate.heading, "{text}");
                    assert_eq!(
                        document.headings[counts].text, document.headings[duplicate.heading].text,
                        "{text}"
                    );
                    twins += 1;
                }
            });
        }
    }
    assert!(twins > 30, "{twins}");
}

#[test]
fn duplicates_order_and_extras() {
    let text = "# T\n\n## Testing Strategy\n\n## Glossary\n\n## Scalability\n\n## References\n\n## Testing Strategy\n\n\
                ### Glossary\n\n## Stakeholders\n";
    with(text, |document, template, outline| {
        let place = |id: HeadingId| document.headings.ids().before(id).len();
        let heading = |id: HeadingId| (document.headings[id].text.as_str(), place(id));
        let of = |node: NodeId| template.sections[outline.nodes[node].spec].id.as_str();
        let duplicates: Vec<_> = outline
            .duplicates
            .iter()
            .map(|twin| (heading(twin.heading).1, of(twin.node)))
            .collect();
        assert_eq!(duplicates, [(5, "testing-strategy")]);
        assert_eq!(
            outline.extras.iter().map(|extra| heading(*extra)).collect::<Vec<_>>(),
            [("Glossary", 2), ("Glossary", 6)]
        );
        let misplaced: Vec<(&str, &str)> = outline
            .nodes
            .iter()
            .filter_map(|node| match node.misplaced? {
                Misplaced::After(other) | Misplaced::Before(other) => {
                    Some((template.sections[node.spec].id.as_str(), of(other)))
                }
            })
            .collect();
        assert_eq!(misplaced.len(), 1, "{misplaced:?}");
    });
}

#[test]
fn missing_sections_know_where_they_belong_and_what_hides_them() {
    let text = "# T\n\n## Scalability\n\ntext\n\n```md\n## Change Log\n```\n\n```py\n# Caching Strategy\n```\n\n```sh\n## Disaster Recovery\n```\n\n##Testing Strategy\n\n> ## References\n\n\
                ## Known Limitation Notes\n\n## Stakeholders\n";
    with(text, |document, template, outline| {
        let node = |id: &str| outline.section(template, id).expect(id).1;
        let at = |id: &str| {
            document
                .text
                .get(Span::new(node(id).insertion, document.text.as_str().len()))
                .lines()
                .next()
        };
        assert_eq!(at("executive-summary"), Some("## Scalability"));
        assert_eq!(at("disaster-recovery"), Some("## Known Limitation Notes"));
        assert_eq!(at("change-log"), None);
        for (id, lost) in [
            ("disaster-recovery", true),
            ("testing-strategy", true),
            ("references", true),
            ("change-log", false),
            ("scalability/caching-strategy", false),
        ] {
            assert_eq!(node(id).lost.is_some(), lost, "{id}");
        }
        let maybe = |id: &str| node(id).maybe.map(|heading| document.headings[heading].text.as_str());
        assert_eq!(maybe("known-limitations"), Some("Known Limitation Notes"));
        assert_eq!(maybe("change-log"), None);
    });
}

/// Every node's region begins with its heading and lies in its parent's, and no heading has two sections.
fn the_regions_nest(text: &str) {
    with(text, |document, _, outline| {
        let mut seen = std::collections::BTreeSet::new();
        for node in &outline.nodes {
            if let Some(heading) = node.heading {
                assert!(seen.insert(heading), "{text}");
                assert_eq!(node.region.first(), Some(heading));
                assert!(document.headings.ids().contains_all(node.region));
                let parent = node
                    .parent
                    .map(|parent| &outline.nodes[parent])
                    .filter(|_| node.found != Found::WrongParent);
                if let Some(parent) = parent {
                    let own = parent.heading.expect("a heading");
                    assert!(parent.region.behind(own).contains_all(node.region), "{text}");
                }
            }
        }
        for extra in &outline.extras {
            assert!(seen.insert(*extra), "{text}");
        }
        for duplicate in &outline.duplicates {
            assert!(seen.insert(duplicate.heading), "{text}");
        }
        assert_eq!(seen.len(), outline.in_sections.len(), "{text}");
    });
}

#[test]
fn a_heading_below_two_sections_that_stand_too_deep_is_one_section() {
    the_regions_nest(
        "# Testing Strategy\n\ntext\n\n# Data Architecture\n\ntext\n\n# References\n\ntext\n\n## Disaster Recovery\n\ntext\n\n\
         ### Component Details\n\ntext\n\n#### Executive Summary\n\ntext\n",
    );
}

/// Some of the template's sections in its order, and sections of nobody's.
fn sections() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(
        vec![
            "Executive Summary",
            "Business Context",
            "Component Details",
            "Monitoring & Observability",
            "Disaster Recovery",
            "API Documentation",
            "Technology Stack",
            "Future Roadmap",
            "Change Log",
        ],
        0..9,
    )
}

fn written(names: &[String]) -> String {
    let sections: Vec<String> = names.iter().map(|name| format!("## {name}\n\ntext\n")).collect();
    format!("# T\n\n{}", sections.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Emoji, numbers, case, marks and ids around a name change nothing.
    #[test]
    fn noise_around_names_changes_nothing(names in sections(), noise in prop::collection::vec(0usize..10, 9)) {
        let plain: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let noisy: Vec<String> = names.iter().zip(&noise).enumerate().map(|(at, (name, noise))| match noise {
            0 => format!("{}. {name}", at + 1),
            1 => format!("🏗️ {name}"),
            2 => name.to_uppercase(),
            3 => format!("{name} {{#an-id .class}}"),
            4 => format!("**{name}**"),
            5 => format!("{name} ##"),
            6 => name.replace('&', "and"),
            7 => format!("{}.\u{a0}🔄 [{name}](#x):", at + 1),
            8 => format!("Section {}: `{name}`", at + 1),
            _ => format!("{name} ✅"),
        }).collect();
        prop_assert_eq!(found(&written(&plain)), found(&written(&noisy)));
    }

    /// Wherever sections of nobody's stand, the template's are found as before.
    #[test]
    fn extra_sections_never_matter(names in sections(), places in prop::collection::vec(0usize..20, 4)) {
        let plain: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut more = plain.clone();
        for (extra, place) in ["Glossary", "Cost Model", "FAQ", "Troubleshooting"].iter().zip(places) {
            more.insert(place.min(more.len()), (*extra).to_owned());
        }
        prop_assert_eq!(named(&written(&plain)), named(&written(&more)));
    }

    /// So in every document, however wild its levels.
    #[test]
    fn regions_nest(lines in prop::collection::vec((1usize..5, prop::sample::select(vec![
        "Executive Summary", "Disaster Recovery", "Backup Strategy", "Recovery Procedures", "Component Details",
        "Component 1: A", "Component 2: B", "Data Models", "Entity 1: C", "Data Architecture", "Glossary", "References",
        "Testing Strategy", "Monitoring", "Technology Stack", "Securty Architecture", "Scalability", "API",
    ])), 0..25)) {
        let text: String = lines.iter().map(|(level, name)| format!("{} {name}\n\ntext\n\n", "#".repeat(*level))).collect();
        the_regions_nest(&text);
    }
}
