//! The built-in template compiles to what it plainly says, and so does a team's own.

use std::collections::BTreeSet;

use super::*;
use crate::document::{self, BlockKind};
use crate::markdown::Dialect;
use crate::source::Text;

fn architecture() -> Template {
    let files = Files::new("/nowhere");
    let (template, problems) = load(DEFAULT, None, &files, &Default::default());
    assert_eq!(problems, []);
    template.expect("the built-in template compiles")
}

fn team(markdown: &str) -> Template {
    let file = SourceFile::new("docs/template.md", markdown);
    let (template, unknown) = compile::compile("docs/template.md", Text::of_file(&file), &[]).expect("it has sections");
    assert_eq!(unknown, []);
    template
}

fn ids(template: &Template) -> Vec<&str> {
    template.sections.iter().map(|section| section.id.as_str()).collect()
}

/// Fields as `key kind`.
fn kinds(fields: &[FieldSpec]) -> Vec<String> {
    fields
        .iter()
        .map(|field| format!("{} {:?}", field.key, field.kind))
        .collect()
}

#[test]
fn the_built_in_template_is_what_its_markdown_says() {
    let template = architecture();
    assert_eq!(template.title, "architecture documentation");
    assert!(template.title_matches("🏗️ Architecture Documentation: Payments"));
    assert!(!template.title_matches("Payments"));
    let titles: Vec<&str> = template
        .top
        .iter()
        .map(|top| template.sections[*top].title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Executive Summary",
            "Business Context",
            "System Architecture",
            "Component Details",
            "Data Architecture",
            "Integration Architecture",
            "Security Architecture",
            "Monitoring & Observability",
            "Deployment Architecture",
            "Scalability",
            "Disaster Recovery",
            "Testing Strategy",
            "API Documentation",
            "Design Decisions",
            "Technology Stack",
            "Known Limitations",
            "Future Roadmap",
            "References",
            "Stakeholders",
            "Change Log",
            "Review Checklist",
        ]
    );
    let of_depth = |depth| {
        template
            .sections
            .iter()
            .filter(|section| section.depth == depth)
            .count()
    };
    let groups: Vec<(&str, &str)> = template
        .sections
        .iter()
        .filter_map(|section| Some((section.group.as_deref()?, section.id.as_str())))
        .collect();
    assert_eq!(
        groups,
        [
            ("Component", "component-details/component"),
            ("Entity", "data-architecture/data-models/entity"),
            ("Service", "integration-architecture/external-services/service"),
            ("Decision", "design-decisions/decision"),
            ("Phase", "future-roadmap/phase"),
        ]
    );
    // The file has 42 headings of level 3 and 8 of level 4; of the instances of a group one stands for all.
    let headings = |marks: &str| {
        template
            .text
            .as_str()
            .lines()
            .filter(|line| line.starts_with(marks))
            .count()
    };
    assert_eq!([headings("## "), headings("### "), headings("#### ")], [21, 42, 8]);
    assert_eq!([of_depth(1), of_depth(2), of_depth(3)], [21, 38, 6]);
}

#[test]
fn header_and_footer_have_their_kinds() {
    let template = architecture();
    let status = |words: &[&str]| FieldKind::Choice(words.iter().map(|word| (*word).to_owned()).collect());
    let header: Vec<(&str, &FieldKind)> = template
        .header
        .iter()
        .map(|field| (field.key.as_str(), &field.kind))
        .collect();
    assert_eq!(
        header,
        [
            ("Last Updated", &FieldKind::Date),
            ("Version", &FieldKind::Version),
            ("Status", &status(&["Draft", "In Progress", "Complete"])),
            ("Author", &FieldKind::Person),
        ]
    );
    let footer: Vec<(&str, &FieldKind)> = template
        .footer
        .iter()
        .map(|field| (field.key.as_str(), &field.kind))
        .collect();
    assert_eq!(
        footer,
        [
            ("Document Status", &status(&["Draft", "Review", "Approved"])),
            ("Last Reviewed By", &FieldKind::Person),
            ("Next Review Date", &FieldKind::Date),
        ]
    );
    let checklist = template.section("review-checklist").expect("there");
    assert_eq!(
        checklist.fields.len(),
        0,
        "the footer is the document's, not the last section's"
    );
    assert!(!template.text.as_str()[checklist.body.start..checklist.body.end].contains("Document Status"));
}

#[test]
fn sections_ask_for_their_fields() {
    let template = architecture();
    let fields = |id: &str| kinds(&template.section(id).expect(id).fields);
    assert_eq!(
        fields("disaster-recovery/recovery-procedures")[..2],
        [
            "RTO (Recovery Time Objective) Text",
            "RPO (Recovery Point Objective) Text"
        ]
    );
    assert!(fields("executive-summary").contains(&"Key Technologies Below".to_owned()));
    assert!(
        fields("design-decisions/decision")
            .iter()
            .any(|field| field.starts_with("Rationale"))
    );
}

#[test]
fn refinements_name_what_is_there_and_nothing_twice() {
    let template = architecture();
    let refinements = read_refinements(builtin(DEFAULT).expect("it ships").refinements).expect("they can be read");
    for path in refinements.sections.keys() {
        assert!(template.section(path).is_some(), "{path}");
    }
    for key in refinements.fields.keys() {
        let name = naming::normalise(key);
        assert!(
            template
                .header
                .iter()
                .chain(&template.footer)
                .any(|field| field.name == name),
            "{key}"
        );
    }
    let unique: BTreeSet<&str> = ids(&template).into_iter().collect();
    assert_eq!(unique.len(), template.sections.len());
    // An alias that is a sibling's own name would never be found, and one of two siblings would be a lottery.
    for section in &template.sections {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let siblings = || {
            template
                .sections
                .iter()
                .filter(|other| other.parent == section.parent && other.id != section.id)
        };
        for alias in &section.aliases {
            assert!(seen.insert(alias), "`{alias}` stands twice in {}", section.id);
            assert_ne!(*alias, section.name, "{}", section.id);
            for other in siblings() {
                assert_ne!(*alias, other.name, "{} and {}", section.id, other.id);
                assert!(
                    !other.aliases.contains(alias),
                    "`{alias}` is {} and {}",
                    section.id,
                    other.id
                );
            }
        }
    }
}

/// The file is the one that the project was asked for, with one repair: the three technologies are bold. As
/// `- [Technology 1]: [Purpose]` they were link reference definitions, which no page shows.
#[test]
fn nothing_of_the_built_in_template_is_lost_on_the_page() {
    let text = builtin(DEFAULT).expect("it ships").markdown;
    assert_eq!(text.lines().count(), 632);
    let repaired: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("- **[Technology"))
        .collect();
    assert_eq!(
        repaired,
        [1, 2, 3].map(|number| format!("- **[Technology {number}]**: [Purpose]"))
    );
    let document = document::parse(Text::of_file(&SourceFile::new("t.md", text)), Dialect::default());
    assert!(document.definitions.is_empty());
    assert!(document.swallowed.is_empty());
    // The comments of its code samples are the only lines that look like headings and are none.
    assert!(
        document
            .lost_headings
            .iter()
            .all(|lost| matches!(lost.hiding, document::Hiding::Fence(_)))
    );
    assert!(
        document
            .blocks
            .iter()
            .all(|block| !matches!(block.kind, BlockKind::Html))
    );
}

#[test]
fn placeholders_are_the_template_s_own() {
    let template = architecture();
    for (text, is) in [
        ("[Date]", true),
        ("[date]", true),
        ("[Technology 7]", true),
        ("[Component Name]", true),
        ("[Name(s)]", template.text.as_str().contains("[Name(s)]")),
        ("[datetime]", false),
        ("[\"python\", \"app.py\"]", false),
        ("[x]", false),
        ("[Payments]", false),
        ("[1]", false),
    ] {
        assert_eq!(template.is_placeholder(text), is, "{text}");
    }
    assert_eq!(
        template.unit("All diagrams are clear and up-to-date"),
        Some(UnitClass::Demand)
    );
    assert_eq!(template.unit("no such words"), None);
}

const TEAM: &str = "\
# Service: [Name]

**Owner**: [Name]
**State**: [Idea / Live / Gone]
**Since**: [Date]
**Kind**: Backend

## 1. Purpose

[What it is for]

## Interfaces (optional)

### Interface 1: [Name]

**Protocol**: [HTTP/AMQP/etc.]

### Interface 2: [Name]

## Risks
<!-- archdoc: optional -->

| Risk | Cure |
|------|------|

### Open Questions [optional]

## Step 1

[Repeat for every step]

## Part 1

One part is no group.

---

**Checked By**: [Name] on [Date]
";

#[test]
fn a_team_s_template_is_inferred() {
    for text in [TEAM.to_owned(), TEAM.replace('\n', "\r\n"), format!("\u{feff}{TEAM}")] {
        let template = team(&text);
        assert_eq!(template.title, "service");
        assert_eq!(
            ids(&template),
            [
                "purpose",
                "interfaces",
                "interfaces/interface",
                "risks",
                "risks/open-questions",
                "step",
                "part-1"
            ]
        );
        let optional: Vec<bool> = template.sections.iter().map(|section| section.optional).collect();
        assert_eq!(optional, [false, true, false, true, true, false, false]);
        let groups: Vec<Option<&str>> = template
            .sections
            .iter()
            .map(|section| section.group.as_deref())
            .collect();
        assert_eq!(groups, [None, None, Some("Interface"), None, None, Some("Step"), None]);
        assert_eq!(
            kinds(&template.header),
            [
                "Owner Person",
                "State Choice([\"Idea\", \"Live\", \"Gone\"])",
                "Since Date",
                "Kind Sample"
            ]
        );
        assert_eq!(kinds(&template.footer), ["Checked By Person"]);
        assert_eq!(
            kinds(&template.sections.get(2).expect("a section").fields),
            ["Protocol Text"]
        );
        let name = |id: &str| template.section(id).map(|section| section.name.as_str());
        assert_eq!(
            name("interfaces"),
            Some("interfaces"),
            "the mark is no part of the name"
        );
        assert_eq!(name("risks/open-questions"), Some("open questions"));
        let body = |id: &str| {
            template
                .section(id)
                .map_or("", |spec| &template.text.as_str()[spec.body.start..spec.body.end])
        };
        assert_eq!(body("part-1").replace('\r', ""), "## Part 1\n\nOne part is no group.");
    }
}

#[test]
fn a_template_without_sections_is_none() {
    for text in [
        "",
        "\u{feff}",
        "# Only a title\n\ntext\n",
        "text\n",
        "> ## Quoted\n",
        "```\n## Code\n```\n",
    ] {
        assert!(
            compile::compile("t", Text::of_file(&SourceFile::new("t.md", text)), &[]).is_none(),
            "{text:?}"
        );
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("t.md"), "# T\n").expect("written");
    let (template, problems) = load("t.md", None, &Files::new(folder.path()), &Default::default());
    assert!(template.is_none());
    assert_eq!(problems[0].message, "the template `t.md` has no section");
    let (_, problems) = load("architectur", None, &Files::new(folder.path()), &Default::default());
    assert_eq!(problems[0].help.as_deref(), Some("did you mean `architecture`?"));
}

#[test]
fn refinements_of_the_book_apply_and_unknown_ones_are_named() {
    let refinement = crate::settings::Refinement {
        alias: vec!["Ops & Runbooks".to_owned()],
        optional: Some(true),
        ..Default::default()
    };
    let sections = BTreeMap::from([
        ("scalability".to_owned(), refinement.clone()),
        ("scalabilty".to_owned(), refinement),
    ]);
    let own = Refinements {
        sections,
        ..Refinements::default()
    };
    let (template, problems) = load(DEFAULT, None, &Files::new("/nowhere"), &own);
    let spec = template
        .expect("it compiles")
        .section("scalability")
        .cloned()
        .expect("there");
    assert!(spec.optional);
    assert!(spec.aliases.iter().any(|alias| alias == "ops and runbooks"));
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert_eq!(
        problem.message,
        "`scalabilty` is not a section of the template `architecture`"
    );
    assert_eq!(problem.help.as_deref(), Some("did you mean `scalability`?"));
}

#[test]
fn the_same_file_is_the_same_template() {
    let shown = |template: &Template| {
        let mut units: Vec<String> = template.units.iter().map(|unit| format!("{unit:?}")).collect();
        units.sort();
        format!(
            "{:?} {:?} {:?} {units:?}",
            template.sections, template.header, template.footer
        )
    };
    assert_eq!(shown(&architecture()), shown(&architecture()));
}
