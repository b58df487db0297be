//! States, waivers, and what headers and footers say of the stage.

use super::*;

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
