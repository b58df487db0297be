//! The complete document without any one of its parts: exactly the finding for that part, where the part should stand.
//! What follows from it, a ticked item that is no longer true, is a note on it.

use std::fmt::Write as _;

use super::support::{BookTest, example_chapter, found};

/// What is taken away below a heading.
#[derive(Clone, Copy)]
enum Part {
    /// The heading and all that stands below it.
    Section,
    /// From the line that begins so up to the next empty line outside code.
    Block(&'static str),
    /// The line that begins so.
    Line(&'static str),
    /// What stands behind this beginning of a line.
    Value(&'static str),
}

use Part::{Block, Line, Section, Value};

/// A part of the document and what its absence is.
struct Case {
    heading: &'static str,
    part: Part,
    /// The severity and the rule; empty where nobody demands the part.
    expected: &'static str,
    /// How the line begins at which the finding stands.
    line: &'static str,
    /// The section's id, from its end.
    section: &'static str,
}

const fn case(
    heading: &'static str,
    part: Part,
    expected: &'static str,
    line: &'static str,
    section: &'static str,
) -> Case {
    Case {
        heading,
        part,
        expected,
        line,
        section,
    }
}

const MISSING_FIELD: &str = "error missing-field";
const EMPTY_FIELD: &str = "error empty-field";
const NO_FIELD: &str = "warning missing-field";
const NO_VALUE: &str = "warning empty-field";
const GONE: &str = "warning missing-subsection";
const EMPTY: &str = "warning empty-section";
const INFO: &str = "info missing-field";
const FREE: &str = "";

const TITLE: &str = "# Architecture Documentation";
const SUMMARY: &str = "## 📋 Executive Summary";
const NON_FUNCTIONAL: &str = "#### Non-Functional Requirements";
const COMPONENT: &str = "### Component 2";
const SERVICE: &str = "#### Service 2";
const AUTHENTICATION: &str = "### Authentication & Authorization";
const DECISION: &str = "### Decision 3";
const RECOVERY: &str = "### Recovery Procedures";
const STAKEHOLDERS: &str = "## 👥 Stakeholders";
const LOG: &str = "## 📅 Change Log";
const CHECKLIST: &str = "## ✅ Review Checklist";

#[rustfmt::skip]
const CASES: &[Case] = &[
    // The header.
    case(TITLE, Line("**Last Updated**"), MISSING_FIELD, "**Author**", ""),
    case(TITLE, Line("**Version**"), MISSING_FIELD, "**Author**", ""),
    case(TITLE, Line("**Status**"), MISSING_FIELD, "**Author**", ""),
    case(TITLE, Line("**Author**"), MISSING_FIELD, "**Status**", ""),
    case(TITLE, Value("**Last Updated**:"), EMPTY_FIELD, "**Last Updated**", ""),
    case(TITLE, Value("**Version**:"), EMPTY_FIELD, "**Version**", ""),
    case(TITLE, Value("**Status**:"), EMPTY_FIELD, "**Status**", ""),
    case(TITLE, Value("**Author**:"), EMPTY_FIELD, "**Author**", ""),
    // 1
    case(SUMMARY, Block("**Project Overview**"), NO_FIELD, "**Key Technologies**", "executive-summary"),
    case(SUMMARY, Block("**Key Technologies**"), NO_FIELD, "**Project Overview**", "executive-summary"),
    case(SUMMARY, Block("**Architecture Style**"), NO_FIELD, "- **Kubernetes**", "executive-summary"),
    case(SUMMARY, Block("**Deployment Target**"), NO_FIELD, "**Architecture Style**", "executive-summary"),
    case(SUMMARY, Value("**Project Overview**:"), NO_VALUE, "**Project Overview**", "executive-summary"),
    case(SUMMARY, Value("**Architecture Style**:"), NO_VALUE, "**Architecture Style**", "executive-summary"),
    case(SUMMARY, Value("**Deployment Target**:"), NO_VALUE, "**Deployment Target**", "executive-summary"),
    // 2
    case("### Problem Statement", Section, GONE, "### Requirements", "problem-statement"),
    case("### Requirements", Section, GONE, "## 🏗️ System", "business-context/requirements"),
    case("#### Functional", Section, GONE, "#### Non-Functional", "/functional-requirements"),
    case(NON_FUNCTIONAL, Section, GONE, "## 🏗️ System", "non-functional-requirements"),
    case("#### Functional", Line("- **FR3**"), "warning dangling-mention", "**Purpose**: Answers", ""),
    case(NON_FUNCTIONAL, Line("- **Performance**"), INFO, "- **Scalability**", "non-functional-requirements"),
    case(NON_FUNCTIONAL, Line("- **Scalability**"), INFO, "- **Performance**", "non-functional-requirements"),
    case(NON_FUNCTIONAL, Line("- **Availability**"), INFO, "- **Scalability**", "non-functional-requirements"),
    case(NON_FUNCTIONAL, Line("- **Security**"), INFO, "- **Availability**", "non-functional-requirements"),
    case(NON_FUNCTIONAL, Line("- **Compliance**"), INFO, "- **Security**", "non-functional-requirements"),
    // 3
    case("### High-Level Architecture", Section, GONE, "### Component Diagram", "high-level-architecture"),
    case("### High-Level Architecture", Block("```"), "warning missing-diagram", "### High-Level", "high-level-architecture"),
    case("### Component Diagram", Section, GONE, "## 🔧 Component Details", "component-diagram"),
    case("### Component Diagram", Block("```"), "warning missing-diagram", "### Component Diagram", "component-diagram"),
    // 4
    case(COMPONENT, Block("**Purpose**"), NO_FIELD, "**Responsibilities**", "/component"),
    case(COMPONENT, Block("**Responsibilities**"), NO_FIELD, "**Purpose**", "/component"),
    case(COMPONENT, Block("**Technologies**"), NO_FIELD, "- Exchange the signed", "/component"),
    case(COMPONENT, Block("**APIs**"), FREE, "", ""),
    case(COMPONENT, Block("**Data Models**"), FREE, "", ""),
    case(COMPONENT, Block("**Configuration**"), FREE, "", ""),
    // 5
    case("### Data Models", Section, GONE, "### Database Schema", "data-models"),
    case("#### Entity 2", Section, "info misnumbered-item", "#### Entity 3", "/entity"),
    case("#### Entity 2", Block("**Relationships**"), INFO, "#### Entity 2", "/entity"),
    case("### Database Schema", Section, GONE, "### Data Flow", "database-schema"),
    case("### Data Flow", Section, FREE, "", ""),
    case("### Data Flow", Block("```"), EMPTY, "### Data Flow", "data-flow"),
    // 6
    case("### External Services", Section, GONE, "### Message Queue", "external-services"),
    case(SERVICE, Section, "info misnumbered-item", "#### Service 3", "/service"),
    case(SERVICE, Line("- **Purpose**"), NO_FIELD, "- **Protocol**", "/service"),
    case(SERVICE, Line("- **Protocol**"), NO_FIELD, "- **Purpose**", "/service"),
    case(SERVICE, Line("- **Authentication**"), NO_FIELD, "- **Protocol**", "/service"),
    case(SERVICE, Line("- **Rate Limits**"), NO_FIELD, "- **Authentication**", "/service"),
    case(SERVICE, Line("- **Error Handling**"), NO_FIELD, "- **Rate Limits**", "/service"),
    case("### Message Queue", Section, FREE, "", ""),
    case("### Message Queue", Block("```"), "warning missing-diagram", "### Message Queue", "message-queue-architecture"),
    case("### Message Queue", Block("**Topics/Queues**"), INFO, "### Message Queue", "message-queue-architecture"),
    // 7
    case(AUTHENTICATION, Section, GONE, "### Security Measures", "authentication-and-authorization"),
    case(AUTHENTICATION, Block("**Authentication Method**"), NO_FIELD, "**Flow**", "authentication-and-authorization"),
    case(AUTHENTICATION, Block("**Flow**"), NO_FIELD, "**Authentication Method**", "authentication-and-authorization"),
    case(AUTHENTICATION, Block("**Authorization Model**"), NO_FIELD, "```", "authentication-and-authorization"),
    case("### Security Measures", Section, GONE, "### Security Headers", "security-measures"),
    case("### Security Measures", Line("- **Secrets Management**"), INFO, "- **CORS**", "security-measures"),
    case("### Security Headers", Section, FREE, "", ""),
    // 8
    case("### Metrics", Section, GONE, "### Logging Strategy", "/metrics"),
    case("### Logging Strategy", Section, GONE, "### Tracing", "/logging-strategy"),
    case("### Logging Strategy", Block("**Log Aggregation**"), INFO, "```", "/logging-strategy"),
    case("### Tracing", Section, FREE, "", ""),
    case("### Alerting", Section, GONE, "## 🚀 Deployment", "/alerting"),
    case("### Alerting", Block("**Critical Alerts**"), INFO, "**Warning Alerts**", "/alerting"),
    // 9
    case("### Container Architecture", Section, FREE, "", ""),
    case("### Container Architecture", Block("**Image Registry**"), INFO, "```", "container-architecture"),
    case("### Kubernetes Architecture", Section, FREE, "", ""),
    case("### CI/CD Pipeline", Section, GONE, "## 📈 Scalability", "ci-cd-pipeline"),
    case("### CI/CD Pipeline", Block("```"), FREE, "", ""),
    case("### CI/CD Pipeline", Block("**Pipeline Stages**"), FREE, "", ""),
    // 10
    case("### Horizontal Scaling", Section, FREE, "", ""),
    case("### Caching Strategy", Section, FREE, "", ""),
    // 11
    case("### Backup Strategy", Section, GONE, "### Recovery Procedures", "backup-strategy"),
    case(RECOVERY, Section, GONE, "## 🧪 Testing", "recovery-procedures"),
    case(RECOVERY, Block("**RTO"), NO_FIELD, "**RPO", "recovery-procedures"),
    case(RECOVERY, Block("**RPO"), NO_FIELD, "**RTO", "recovery-procedures"),
    case(RECOVERY, Block("**Failover Process**"), NO_FIELD, "The procedure is rehearsed", "recovery-procedures"),
    // 12, 13
    case("### Test Levels", Section, GONE, "### Test Environments", "test-levels"),
    case("### Test Environments", Section, GONE, "## 📝 API", "test-environments"),
    case("### API Endpoints", Section, GONE, "### API Versioning", "api-endpoints"),
    case("### API Versioning", Section, FREE, "", ""),
    // 14
    case(DECISION, Section, "warning dangling-mention", "- **Primary**: PostgreSQL", ""),
    case(DECISION, Block("**Context**"), NO_FIELD, "**Options Considered**", "/decision"),
    case(DECISION, Block("**Options Considered**"), NO_FIELD, "**Context**", "/decision"),
    case(DECISION, Block("**Decision**"), NO_FIELD, "- Option C", "/decision"),
    case(DECISION, Block("**Rationale**"), NO_FIELD, "**Decision**", "/decision"),
    case(DECISION, Block("**Consequences**"), NO_FIELD, "**Rationale**", "/decision"),
    // 15, 16, 17
    case("### Backend", Section, FREE, "", ""),
    case("### Monitoring", Section, FREE, "", ""),
    case("## 🚧 Known Limitations", Line("2. **"), "warning dangling-mention", "- [ ] Let support agents", ""),
    case("### Phase 1", Section, "info misnumbered-item", "### Phase 2", "/phase"),
    case("### Phase 1", Block("- [ ]"), EMPTY, "### Phase 1", "/phase"),
    // 18, 19
    case("### Internal Documentation", Block("- ["), EMPTY, "### Internal", "internal-documentation"),
    case("### External Resources", Block("- ["), EMPTY, "### External", "external-resources"),
    case("### External Resources", Section, FREE, "", ""),
    case(STAKEHOLDERS, Line("- **Product Owner**"), INFO, "- **Tech Lead**", "stakeholders"),
    case(STAKEHOLDERS, Line("- **Tech Lead**"), INFO, "- **Product Owner**", "stakeholders"),
    case(STAKEHOLDERS, Line("- **Architects**"), FREE, "", ""),
    case(STAKEHOLDERS, Line("- **DevOps Team**"), FREE, "", ""),
    // 20, 21
    case(LOG, Block("| Date"), "error empty-section", LOG, "change-log"),
    case(LOG, Line("| 2026-10-12"), "error version-mismatch", "**Version**", "change-log"),
    case(LOG, Line("| 2026-03-27"), FREE, "", ""),
    case(CHECKLIST, Line("- [x] Security"), "warning missing-item", CHECKLIST, "review-checklist"),
    case(CHECKLIST, Block("- [x]"), "warning missing-item", CHECKLIST, "review-checklist"),
    // The footer.
    case(CHECKLIST, Line("**Document Status**"), MISSING_FIELD, "**Next Review Date**", ""),
    case(CHECKLIST, Line("**Last Reviewed By**"), MISSING_FIELD, "**Next Review Date**", ""),
    case(CHECKLIST, Line("**Next Review Date**"), MISSING_FIELD, "**Last Reviewed By**", ""),
    case(CHECKLIST, Block("**Document Status**"), MISSING_FIELD, "---", ""),
];

/// The line behind the last of a section: the next heading of its level or above it, or a rule, outside code.
fn section_end(lines: &[&str], start: usize) -> usize {
    let level = |line: &str| line.len() - line.trim_start_matches('#').len();
    let own = level(lines[start]);
    let mut fenced = false;
    (start + 1..lines.len())
        .find(|at| {
            fenced ^= lines[*at].starts_with("```");
            !fenced && (lines[*at] == "---" || (1..=own).contains(&level(lines[*at])))
        })
        .unwrap()
}

fn block_end(lines: &[&str], start: usize) -> usize {
    let mut fenced = false;
    let end = (start..lines.len()).find(|at| {
        fenced ^= lines[*at].starts_with("```");
        !fenced && lines[*at].is_empty()
    });
    end.unwrap_or(lines.len())
}

/// The document without the part of a case.
fn without(text: &str, case: &Case) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let heading = lines.iter().position(|line| line.starts_with(case.heading)).unwrap();
    let below = |start: &str| {
        heading
            + lines[heading..]
                .iter()
                .position(|line| line.starts_with(start))
                .unwrap()
    };
    let (range, left) = match case.part {
        Section => (heading..section_end(&lines, heading), ""),
        Block(start) => (below(start)..block_end(&lines, below(start)), ""),
        Line(start) => (below(start)..below(start) + 1, ""),
        Value(start) => (below(start)..below(start) + 1, start),
    };
    let mut kept: Vec<&str> = lines[..range.start].to_vec();
    kept.extend(Some(left).filter(|left| !left.is_empty()));
    kept.extend(&lines[range.end..]);
    kept.join("\n") + "\n"
}

#[test]
fn a_part_that_is_gone_is_one_finding() {
    let text = example_chapter("parcel-tracking.md");
    let texts: Vec<String> = CASES.iter().map(|case| without(&text, case)).collect();
    let names: Vec<String> = (0..CASES.len()).map(|at| format!("{at:03}.md")).collect();
    let of_cases = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
    // What the document refers to is there.
    let others = ["introduction.md", "returns-portal.md", "archdoc.md"].map(|name| (name, "# A chapter\n"));
    let chapters: Vec<(&str, &str)> = of_cases.chain(others).collect();
    let book = BookTest::new();
    book.toml("history = false\n").chapters(&chapters);
    let findings = found(&book.json());
    let mut wrong = String::new();
    for ((case, name), text) in CASES.iter().zip(&names).zip(&texts) {
        let path = format!("src/{name}");
        let shown: Vec<String> = findings
            .iter()
            .filter(|it| it.path == path)
            .map(|it| {
                let line = text.lines().nth(usize::try_from(it.line).unwrap() - 1).unwrap_or("");
                let right = line.starts_with(case.line)
                    && it.section.as_deref().unwrap_or("").ends_with(case.section)
                    && (it.section.is_some() || case.section.is_empty());
                let more = if right { "" } else { " elsewhere" };
                format!(
                    "{} {}{more}: {line:?} {:?} {}",
                    it.severity, it.rule, it.section, it.message
                )
            })
            .collect();
        let right = match shown.as_slice() {
            [] => case.expected.is_empty(),
            [one] => !case.expected.is_empty() && one.starts_with(&format!("{}:", case.expected)),
            _ => false,
        };
        if !right {
            writeln!(
                wrong,
                "{path} {}: expected {:?} at {:?}, found {shown:#?}",
                case.heading, case.expected, case.line
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
