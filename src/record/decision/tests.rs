//! Decisions in every form, and what is none.

use super::super::reader::tests::reading;
use super::*;

fn read_in(body: &str) -> Vec<String> {
    let text = format!("# A\n\n## Design Decisions\n\n{body}\n\n## Scalability\n\n- ADR-9: not this\n");
    let shown = |decision: &Decision| {
        let number = decision
            .number
            .map_or_else(|| "-".to_owned(), |number| number.to_string());
        let mut line = format!("{number} {}", decision.title.text);
        let parts = [
            ("status", &decision.status),
            ("context", &decision.context),
            ("decision", &decision.decision),
            ("rationale", &decision.rationale),
            ("consequences", &decision.consequences),
        ];
        for (name, said) in parts {
            if let Some(said) = said {
                line.push_str(&format!(" {name}={}", said.text));
            }
        }
        let options: Vec<&str> = decision.options.iter().map(|option| option.text.as_str()).collect();
        if !options.is_empty() {
            let counted = if decision.options_at.is_some() { "" } else { "?" };
            line.push_str(&format!(" options{counted}={}", options.join("|")));
        }
        line
    };
    reading(&text, |reader| read(reader).iter().map(shown).collect())
}

#[test]
fn decisions_have_their_parts_in_every_form() {
    let cases: [(&str, &[&str]); 11] = [
        (
            "### Decision 1: Use Kafka\n**Context**: Load\n**Options Considered**:\n- Option A: Kafka\n- Option B: NATS\n\n\
             **Decision**: A\n**Rationale**: Fast\n**Consequences**: One more system",
            &[
                "1 Use Kafka context=Load decision=A rationale=Fast consequences=One more system options=Option A: Kafka|Option B: NATS",
            ],
        ),
        (
            "### ADR-007: Use Kafka\n\n#### Status\n\nAccepted\n\n#### Context\n\nLoad.\n\nMore load.\n\n#### Decision\n\nKafka.\n\n#### Consequences\n\n- Good\n- Bad",
            &["7 Use Kafka status=Accepted context=Load.; More load. decision=Kafka. consequences=Good; Bad"],
        ),
        (
            "### Use Kafka\n\n#### Considered Options\n\n##### Kafka\n\nFast.\n\n##### NATS\n\nSmall.\n\n#### Decision Outcome\n\nKafka",
            &["- Use Kafka decision=Kafka options=Kafka|NATS"],
        ),
        (
            "### 2. Use Kafka\n\n- **Status**: Superseded by 4\n- **Alternatives**:\n  - NATS\n    - small\n  - Pulsar\n- **Decision**: Kafka",
            &["2 Use Kafka status=Superseded by 4 decision=Kafka options=NATS|Pulsar"],
        ),
        (
            "### Decision 1: Bus\n\n**Options Considered**:\n\n| Option | Pros |\n|--|--|\n| Kafka | fast |\n| NATS | small |\n\n**Decision**: Kafka",
            &["1 Bus decision=Kafka options=Kafka|NATS"],
        ),
        (
            "### Decision 1: Bus\n\n**Options Considered**: Kafka, NATS or Pulsar",
            &["1 Bus options=Kafka|NATS|Pulsar"],
        ),
        (
            "### Decision 1: Bus\n\n**Options Considered**: Kafka",
            &["1 Bus options=Kafka"],
        ),
        (
            "### Decision 1: Bus\n\n**Options Considered**: We looked at what the other teams use and found that nobody had tried another one.",
            &["1 Bus options?=We looked at what the other teams use and found that nobody had tried another one."],
        ),
        (
            "### Decision 1: Bus\n\n**Options Considered**:\n- Option A: Kafka\n- Option B: [Pros/Cons]\n\n**Decision**: [Chosen option]",
            &["1 Bus options?=Option A: Kafka"],
        ),
        (
            "### Decision 1: Bus\n\n**Options Considered**:\n- Pros: fast\n- Cons: large",
            &["1 Bus options?=Pros: fast|Cons: large"],
        ),
        (
            "**ADR-001: Monolith first**\nDecision: One service\nRationale: Small team\n\n**ADR-002: Postgres**\nDecision: Postgres",
            &[
                "1 Monolith first decision=One service rationale=Small team",
                "2 Postgres decision=Postgres",
            ],
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(read_in(body), expected, "{body}");
    }
}

#[test]
fn lists_of_decisions_have_numbers_and_titles() {
    let cases: [(&str, &[&str]); 7] = [
        (
            "| ADR | Decision | Status |\n|--|--|--|\n| ADR-001 | Use Kafka | Accepted |\n| ADR-002 | Use Go | |",
            &["1 Use Kafka status=Accepted", "2 Use Go"],
        ),
        (
            "| # | Title |\n|--|--|\n| 3 | [Use Kafka](adr/3.md) |",
            &["3 Use Kafka"],
        ),
        (
            "### Overview\n\n| ID | Title |\n|--|--|\n| 1 | Use Kafka |",
            &["1 Use Kafka"],
        ),
        (
            "- [ADR-007: Use Kafka](adr/0007-use-kafka.md)\n- [Use Go](decisions/0008-use-go.md)",
            &["7 Use Kafka", "8 Use Go"],
        ),
        ("- **ADR-7**: Use Kafka\n- ADR-8: Use Go", &["7 Use Kafka", "8 Use Go"]),
        (
            "**Decision 1**: Use Kafka\n\n**Decision 2**: Use Go",
            &["1 Use Kafka", "2 Use Go"],
        ),
        ("### Records\n\n- [ADR-1: Use Kafka](a.md)", &["1 Use Kafka"]),
    ];
    for (body, expected) in cases {
        assert_eq!(read_in(body), expected, "{body}");
    }
}

#[test]
fn other_text_is_no_decision() {
    for body in [
        "We decide in the open. See the [guide](guide.md).",
        "- Keep it simple",
        "Decision 3 is the one that we talk about most.",
        "Not applicable: nothing was decided yet",
        "| Term | Meaning |\n|--|--|\n| a | b |",
        "### Decision 1: [Decision Title]\n**Context**: [What prompted this decision]",
    ] {
        assert_eq!(read_in(body), [] as [&str; 0], "{body}");
    }
}
