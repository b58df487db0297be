//! What is read of running the system, in every form; and what is not.

use super::super::reader::tests::reading;
use super::recovery::Objective;
use super::*;

fn texts(said: &[Said]) -> Vec<&str> {
    said.iter().map(|said| said.text.as_str()).collect()
}

fn operations_of(section: &str, body: &str) -> Operations {
    let text = format!("# A\n\n## {section}\n\n{body}\n\n## References\n\n- not this (5 minutes)\n");
    reading(&text, read)
}

#[test]
fn metrics_are_items_and_rows() {
    let cases: [(&str, &[&str]); 5] = [
        (
            "**Application Metrics**:\n- Orders a second\n  - by shop\n- Lag (seconds)",
            &["Orders a second", "Lag (seconds)"],
        ),
        (
            "- Application:\n  - Orders\n  - Lag\n- Load",
            &["Orders", "Lag", "Load"],
        ),
        ("| Metric | Unit |\n|--|--|\n| Orders | 1/s |", &["Orders | 1/s"]),
        (
            "**Infrastructure Metrics**: Not applicable: none runs\n\n**Business Metrics**:\n- [Custom metric 1]\n- Orders",
            &["Orders"],
        ),
        (
            "**Application Metrics**:\n- Request rate (requests/second)\n- Orders\n\nWe look at them daily.",
            &["Orders"],
        ),
    ];
    for (body, expected) in cases {
        let found = operations_of("Monitoring & Observability", &format!("### Metrics\n\n{body}"));
        assert_eq!(texts(&found.metrics), expected, "{body}");
    }
}

#[test]
fn alerts_have_severity_condition_and_window() {
    let cases: [(&str, &[&str]); 7] = [
        (
            "**Critical Alerts**:\n- Orders stop (immediate)\n- Errors > 1% (5 minutes)\n\n**Warning Alerts**:\n- Lag > 9 s (1 h, nights only)",
            &[
                "Critical: Orders stop 0",
                "Critical: Errors > 1% 300",
                "Warning: Lag > 9 s 3600",
            ],
        ),
        (
            "#### Critical\n\n- Orders stop for 2 minutes",
            &["Critical: Orders stop 120"],
        ),
        (
            "- **Critical**: Orders stop (PagerDuty)",
            &["Critical: Orders stop (PagerDuty) ?"],
        ),
        (
            "| Alert | Condition | Severity | For |\n|--|--|--|--|\n| Orders | rate = 0 | P1 | 5 min |",
            &["P1: rate = 0 300"],
        ),
        ("- Orders stop", &[": Orders stop ?"]),
        (
            "- **High error rate**: > 5% (5 minutes)",
            &[": High error rate: > 5% 300"],
        ),
        ("**Critical Alerts**:\n- Not applicable: a job", &[]),
    ];
    for (body, expected) in cases {
        let found = operations_of("Monitoring & Observability", &format!("### Alerting\n\n{body}"));
        let shown: Vec<String> = found
            .alerts
            .iter()
            .map(|alert| {
                let window = alert.window.map_or_else(|| "?".to_owned(), |window| window.to_string());
                format!("{}: {} {window}", alert.severity, alert.condition.text)
            })
            .collect();
        assert_eq!(shown, expected, "{body}");
    }
}

#[test]
fn deployment_has_a_registry_and_stages() {
    let found = operations_of(
        "Deployment",
        "### Container Architecture\n\n**Image Registry**: Harbor, signed only\n\n### CI/CD Pipeline\n\n- Owned by us\n\n\
         **Pipeline Stages**:\n1. **Build**: compile\n2. **Test**: all",
    );
    assert_eq!(
        found.registry.map(|said| said.text).as_deref(),
        Some("Harbor, signed only")
    );
    assert_eq!(texts(&found.pipeline), ["Build: compile", "Test: all"]);
    let found = operations_of(
        "Deployment",
        "### CI/CD\n\n1. Build\n2. Test\n- All green before a merge\n\n**Image Registry**: [Docker Hub/ECR/GCR/etc.]",
    );
    assert!(found.registry.is_none());
    assert_eq!(texts(&found.pipeline), ["Build", "Test"]);
}

#[test]
fn scaling_and_caches_are_lines() {
    let found = operations_of(
        "Scalability",
        "- Two sites\n\n### Horizontal Scaling\n- **Auto-scaling**: by lag\n\n### Database Scaling\n\nNot applicable: one file\n\n\
         ### Caching Strategy\n\n**Cache Layers**:\n1. **Browser**: Files (24 hours)\n2. Redis (15 minutes, by event)\n3. **CDN**: TTL of 1 h, by name\n4. **Proxy**: until restart\n5. **Edge**: Files (30 days, by name); no answers",
    );
    assert_eq!(texts(&found.scaling), ["Two sites", "Auto-scaling: by lag"]);
    let caches: Vec<(&str, Option<u64>)> = found
        .caches
        .iter()
        .map(|cache| (cache.name.text.as_str(), cache.keeps))
        .collect();
    assert_eq!(
        caches,
        [
            ("Browser", Some(86_400)),
            ("Redis", Some(900)),
            ("CDN", Some(3_600)),
            ("Proxy", None),
            ("Edge", Some(2_592_000))
        ]
    );
    let found = operations_of(
        "Scalability",
        "### Caching\n\n| Layer | TTL |\n|--|--|\n| Redis | 15 min |",
    );
    assert_eq!(found.caches.first().map(|cache| cache.keeps), Some(Some(900)));
}

#[test]
fn tests_are_levels() {
    let cases: [(&str, &[&str]); 4] = [
        (
            "### Test Levels\n- **Unit Tests**: 85%\n- Trials by hand",
            &["Unit Tests: 85%", "Trials by hand"],
        ),
        (
            "### Unit Testing\n\nAll of it.\n\n### Test Data\n\nMade up.",
            &["Unit Testing"],
        ),
        (
            "**Unit Tests (70%)**: logic\n**Test Data**: made up",
            &["Unit Tests (70%): logic"],
        ),
        ("We test a lot.", &[]),
    ];
    for (body, expected) in cases {
        assert_eq!(
            texts(&operations_of("Testing Strategy", body).tests),
            expected,
            "{body}"
        );
    }
}

fn recovery_of(body: &str) -> Vec<String> {
    let text = format!("# A\n\n## Disaster Recovery\n\n{body}\n\n## References\n\n- RTO: 9 days\n");
    reading(&text, |reader| {
        let found = recovery(reader);
        let shown = |objective: &Objective| {
            let seconds = objective
                .seconds
                .map_or_else(|| "?".to_owned(), |seconds| seconds.to_string());
            let scope = objective
                .scope
                .as_deref()
                .map_or_else(String::new, |scope| format!(" {scope}"));
            format!("{}{scope} {} = {seconds}", objective.kind.name(), objective.text.text)
        };
        found.objectives.iter().map(shown).collect()
    })
}

#[test]
fn objectives_are_read_in_every_form() {
    let cases: [(&str, &[&str]); 13] = [
        (
            "### Recovery Procedures\n**RTO (Recovery Time Objective)**: 15 minutes\n**RPO (Recovery Point Objective)**: near zero",
            &["RTO 15 minutes = 900", "RPO near zero = 0"],
        ),
        (
            "- **RTO**: < 1 hour\n- RPO: PT5M",
            &["RTO < 1 hour = 3600", "RPO PT5M = 300"],
        ),
        ("1. **Recovery Time Objective**: 4 hours", &["RTO 4 hours = 14400"]),
        (
            "**RTO**: best effort\n\n**RPO**: fast",
            &["RTO best effort = ?", "RPO fast = ?"],
        ),
        (
            "**RTO/RPO**: 4 hours / 1 hour",
            &["RTO 4 hours = 14400", "RPO 1 hour = 3600"],
        ),
        (
            "- RTO: 4 hours, RPO: 1 hour",
            &["RTO 4 hours = 14400", "RPO 1 hour = 3600"],
        ),
        (
            "| Component | Strategy | RTO | RPO |\n|--|--|--|--|\n| Database | copy | 1 hour | 5 s |\n| Cache | none | 5 min | N/A |",
            &[
                "RTO Database 1 hour = 3600",
                "RPO Database 5 s = 5",
                "RTO Cache 5 min = 300",
            ],
        ),
        (
            "| Objective | Target |\n|--|--|\n| RTO | 4 h |\n| RPO | 1 h |",
            &["RTO 4 h = 14400", "RPO 1 h = 3600"],
        ),
        (
            "We promise an RTO of 4 hours and an RPO of 1 hour.",
            &["RTO 4 hours = 14400", "RPO 1 hour = 3600"],
        ),
        ("#### RTO\n\n4 hours", &["RTO 4 hours = 14400"]),
        (
            "**RTO**: 1 hour (critical), 4 hours (other)",
            &["RTO 1 hour (critical), 4 hours (other) = 14400"],
        ),
        (
            "**RTO**: [Target time]\n\n**RPO**: TBD\n\n- RTO: Not applicable: no data",
            &[],
        ),
        ("The RTO is agreed with each customer.", &[]),
    ];
    for (body, expected) in cases {
        assert_eq!(recovery_of(body), expected, "{body}");
    }
}

#[test]
fn the_longest_objective_is_the_promise() {
    let text = "# A\n\n## Disaster Recovery\n\n| What | RTO |\n|--|--|\n| a | 1 hour |\n| b | 1 day |\n\n### Backup Strategy\n\n\
                - **Nightly**: all\n\n### Recovery Procedures\n\n**Failover Process**:\n1. Page\n2. Switch\n   - by hand\n\nDone.\n";
    reading(text, |reader| {
        let found = recovery(reader);
        assert_eq!(found.rto.map(|said| said.text).as_deref(), Some("1 day"));
        assert_eq!(found.rto_seconds, Some(86_400));
        assert_eq!(texts(&found.failover), ["Page", "Switch"]);
        assert_eq!(texts(&read(reader).backup), ["Nightly: all"]);
    });
}
