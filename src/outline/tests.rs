//! Documents, right and wrong, held against the built-in template.

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

#[test]
fn states() {
    #[rustfmt::skip]
    let cases: &[(&str, &str, State)] = &[
        ("scalability", "## References\n\ntext", State::Missing),
        ("scalability", "## Scalability", State::Empty),
        ("scalability", "## Scalability\n\n<!-- later -->\n\n---", State::Empty),
        ("scalability", "## Scalability\n\n- \n- ", State::Empty),
        ("scalability", "## Scalability\n\nWe add nodes.", State::Complete),
        ("scalability", "## Scalability\n\n### Something\n\nWe add nodes.", State::Complete),
        ("scalability", "## Scalability\n\n![how](scaling.png)", State::Complete),
        ("scalability", "## Scalability\n\n```mermaid\ngraph\n```", State::Complete),
        ("scalability", "## Scalability\n\nNot applicable: one node is enough", State::NotApplicable),
        ("scalability", "## Scalability\n\n_N/A — one node is enough_", State::NotApplicable),
        ("scalability", "## Scalability\n\n**Not applicable**: one node", State::NotApplicable),
        ("scalability", "## Scalability\n\n- N/A (one node)", State::NotApplicable),
        ("scalability", "## Scalability\n\nDoes not apply, one node.", State::NotApplicable),
        ("scalability", "## Scalability\n\nN/A", State::Empty),
        ("scalability", "## Scalability\n\n**Not applicable.**", State::Empty),
        ("scalability", "## Scalability\n\nNot applicability, but need.", State::Complete),
        ("executive-summary", "## Executive Summary\n\n**Architecture Style**: [Microservices/Monolithic/Serverless/Event-driven/etc.]", State::Template),
        ("executive-summary", "## Executive Summary\n\nOurs.\n\n- **[Technology 1]**: [Purpose]", State::Placeholder),
        ("business-context", "## Business Context\n\n### Requirements\n\n#### Functional Requirements\n\n- **FR12**: [Requirement description]", State::Template),
        ("executive-summary", "## Executive Summary\n\nOurs [1], see [Date].", State::Placeholder),
        ("executive-summary", "## Executive Summary\n\nOurs [x], `[Date]` and [Payments].", State::Placeholder),
        ("executive-summary", "## Executive Summary\n\nOurs \\[Date\\] and [Date](x).", State::Complete),
        ("disaster-recovery", "## Disaster Recovery\n\n### Backup Strategy\n\nDaily.", State::Partial),
        ("disaster-recovery", "## Disaster Recovery\n\n### Backup Strategy\n\nDaily.\n\n### Recovery Procedures", State::Partial),
        ("disaster-recovery", "## Disaster Recovery\n\n### Backup Strategy\n\nDaily.\n\n### Recovery Procedures\n\nN/A: none", State::Complete),
        ("disaster-recovery", "## Disaster Recovery\n\n### Backup Strategy\n\nDaily.\n\n### Recovery\n\nBy hand.", State::Complete),
        ("component-details", "## Component Details\n\nWe have one.\n\n### Cart\n\nIt holds things.", State::Complete),
        ("review-checklist", "## Review Checklist\n\n- [ ] Security measures are documented", State::Template),
        ("review-checklist", "## Review Checklist\n\n- [x] Security measures are documented\n- [ ] All stakeholders have reviewed", State::Complete),
        ("review-checklist", "## Review Checklist\n\n- [ ] Our own point", State::Complete),
        ("change-log", "## Change Log\n\n| Date | Version | Author | Changes |\n|--|--|--|--|", State::Empty),
        ("change-log", "## Change Log\n\n| Date | Version | Author | Changes |\n|--|--|--|--|\n| | | | |", State::Empty),
        ("change-log", "## Change Log\n\n| Date | Version | Author | Changes |\n|--|--|--|--|\n| 2026-01-02 | 1.0 | Jane | All |", State::Complete),
        ("change-log", "## Change Log\n\n| Date | Version | Author | Changes |\n|--|--|--|--|\n| [Date] | 1.0 | Jane | All |", State::Placeholder),
    ];
    for (id, text, expected) in cases {
        for text in [
            format!("# T\n\n{text}\n"),
            format!("# T\n\n{text}\n").replace('\n', "\r\n"),
        ] {
            assert_eq!(state(&text, id), *expected, "{text:?}");
        }
    }
}

#[test]
fn waivers_have_their_reason() {
    for (text, reason) in [
        ("Not applicable: one node", "one node"),
        ("N/A — (one node).", "one node"),
        ("**N/A**", ""),
        ("does not apply because x", "because x"),
    ] {
        with(&format!("## Scalability\n\n{text}\n"), |document, template, outline| {
            let waiver = outline
                .section(template, "scalability")
                .and_then(|(_, node)| node.waiver.clone())
                .expect(text);
            assert_eq!(waiver.reason, reason);
            assert!(
                document
                    .text
                    .get(waiver.span)
                    .to_lowercase()
                    .contains(&text.to_lowercase()[2..3])
            );
        });
    }
}

#[test]
fn headers_in_every_form() {
    use FieldState::{Empty, Filled, Missing, Placeholder};
    let all = [Filled, Filled, Filled, Filled];
    #[rustfmt::skip]
    let cases: &[(&str, [FieldState; 4])] = &[
        ("# T\n\n**Last Updated**: 2026-01-02\n**Version**: 1.0\n**Status**: Draft\n**Author**: Jane", all),
        ("# T\n\n> **Last updated:** 2026-01-02\n> **VERSION:** 1.0\n> **Status:** Draft\n> **Authors:** Jane", all),
        ("# T\n\n- **Date**: 2026-01-02\n- **Version**: 1.0\n- **Status**: Draft\n- **Owner**: Jane", all),
        ("# T\n\n* Date: 2026-01-02\n* Version: 1.0\n* Status: Draft\n* Author: Jane", all),
        ("# T\n\nDate: 2026-01-02\nVersion: 1.0\nStatus: Draft\nAuthor: Jane", all),
        ("# T\n\n| Field | Value |\n|--|--|\n| Date | 2026-01-02 |\n| Version | 1.0 |\n| Status | Draft |\n| Author | Jane |", all),
        ("---\ndate: 2026-01-02\nversion: 1.0\nstatus: Draft\nauthor: Jane\n---\n\n# T", all),
        ("**Date**: 2026-01-02\n**Version**: 1.0\n**Status**: Draft\n**Author**: Jane\n\n# T", all),
        ("# T\n\n**Last Updated**: [Date]\n**Version**:\n**Status**: Draft", [Placeholder, Empty, Filled, Missing]),
        ("---\ndate: 2026-01-02\nversion: 1.0\nstatus: Draft\nauthor: Jane\n---", all),
        ("# T\n## Solution Architecture\n\n**Date**: 2026-01-02\n**Version**: 1.0\n**Status**: Draft\n**Author**: Jane", all),
        ("# T", [Missing; 4]),
    ];
    for (text, expected) in cases {
        for text in [
            format!("{text}\n\n## Scalability\n\n**Version**: 9\n"),
            format!("{text}\n").replace('\n', "\r\n"),
        ] {
            let states: Vec<FieldState> = with(&text, |_, _, outline| {
                outline.header.slots.iter().map(|slot| slot.state).collect()
            });
            assert_eq!(states, expected, "{text:?}");
        }
    }
}

#[test]
fn footers_with_and_without_a_rule() {
    let last = "# T\n\n## Review Checklist\n\n- [x] Security measures are documented\n\n";
    for (footer, expected) in [
        (
            "---\n\n**Document Status**: Draft\n**Last Reviewed By**: Jane\n**Next Review Date**: 2026-01-02\n",
            3,
        ),
        ("**Document Status**: Draft\n\n**Next Review Date**: 2026-01-02\n", 2),
        ("---\n\n**Next Review**: 2026-01-02\n\n*Thank you for reading.*\n", 1),
        ("---\n\n- **Document Status**: Draft\n- **Reviewed By**: Jane\n", 2),
        ("---\n\n| Document Status | Draft |\n|--|--|\n", 1),
        ("Some words.\n\n**Document Status**: Draft\n\nMore words.\n", 0),
        ("---\n\nSome words.\n", 0),
        ("", 0),
    ] {
        with(&format!("{last}{footer}"), |document, template, outline| {
            let there = outline
                .footer
                .slots
                .iter()
                .filter(|slot| slot.state == FieldState::Filled)
                .count();
            assert_eq!(there, expected, "{footer:?}");
            let (_, node) = outline.section(template, "review-checklist").expect("there");
            let own = node
                .parts
                .iter()
                .filter(|part| document.text.get(part.unit.span).contains("Status"))
                .count();
            assert_eq!(own > 0, expected == 0 && footer.contains("Status"), "{footer:?}");
        });
    }
}

#[test]
fn the_later_of_two_stages_counts() {
    for (header, footer, stage, by) in [
        ("Draft", "", Stage::Draft, Some("Status")),
        ("In Progress", "Draft", Stage::Review, Some("Status")),
        ("Draft", "Approved", Stage::Final, Some("Document Status")),
        ("Complete", "Draft", Stage::Final, Some("Status")),
        ("✅ Complete (v2)", "", Stage::Final, Some("Status")),
        ("Whatever", "", Stage::Review, None),
        (
            "[Draft/In Progress/Complete]",
            "Draft",
            Stage::Draft,
            Some("Document Status"),
        ),
        ("Draft / Complete", "", Stage::Review, None),
        ("", "", Stage::Review, None),
    ] {
        let text = format!("# T\n\n**Status**: {header}\n\n## References\n\n---\n\n**Document Status**: {footer}\n");
        with(&text, |document, _, outline| {
            let status = outline.status.map(|status| document.fields[status].key.as_str());
            assert_eq!((outline.stage, status), (stage, by), "{header:?} {footer:?}");
        });
    }
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
