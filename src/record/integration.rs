//! External services and queues.

use super::reader::{Line, NamedRow, Reader, Said, Section};
use crate::naming::Words;

/// An external service.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// Its name.
    pub name: Said,
    /// What it provides.
    pub purpose: Option<Said>,
    /// How it is spoken to.
    pub protocol: Option<Said>,
    /// How it knows who calls.
    pub authentication: Option<Said>,
    /// How much it takes.
    pub rate_limits: Option<Said>,
    /// What happens when it fails.
    pub error_handling: Option<Said>,
}

/// A topic or queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Its name.
    pub name: Said,
    /// What it carries.
    pub text: String,
}

const INTEGRATION: &str = "integration-architecture";
const SERVICES: &str = "integration-architecture/external-services";
const SERVICE: &str = "integration-architecture/external-services/service";
const QUEUES: &str = "integration-architecture/message-queue-architecture";
static NAME: Words =
    Words::new("service, name, system, external service, external system, integration, provider, service name, api");
static PURPOSE: Words = Words::new("purpose, description, provides, use, used for, function, use case");
static PROTOCOL: Words = Words::new("protocol, interface, api type, integration type, type, transport");
const AUTHENTICATION: [&str; 5] = [
    "authentication",
    "auth",
    "authentication method",
    "authorization",
    "credentials",
];
static RATE_LIMITS: Words = Words::new("rate limits, rate limit, rate limiting, limits, quota, quotas");
static ERROR_HANDLING: Words =
    Words::new("error handling, errors, failure handling, fallback, retry policy, retries, on failure");
static TOPICS: Words = Words::new("topics queues, topics, queues, topic, queue, queues topics, events");
const CARRIES: [&str; 5] = ["description", "purpose", "carries", "message", "content"];

/// Reads the external services: one under each heading, else one in each row of a table.
pub fn services(reader: Reader<'_>) -> Vec<Service> {
    let of_section = |section: &Section<'_>| {
        let (number, name) = section.name();
        service(number, name, |names| section.value(names))
    };
    let of_row = |row: &NamedRow<'_>| Some(service(None, row.value(&NAME)?, |names| row.value(names)));
    reader.headed_or_in_rows(SERVICE, &[SERVICES, INTEGRATION], of_section, of_row)
}

fn service(number: Option<u32>, name: Said, value: impl Fn(&[&str]) -> Option<Said>) -> Service {
    Service {
        number,
        name,
        purpose: value(&PURPOSE),
        protocol: value(&PROTOCOL),
        authentication: value(&AUTHENTICATION),
        rate_limits: value(&RATE_LIMITS),
        error_handling: value(&ERROR_HANDLING),
    }
}

/// Reads the topics and queues: the items of their list, or the rows of a table.
pub fn queues(reader: Reader<'_>) -> Vec<Queue> {
    let Some(section) = reader.section(QUEUES) else {
        return Vec::new();
    };
    let rows = section.rows(|row| {
        Some(Queue {
            name: row.value(&TOPICS).or_else(|| row.value(&["name"]))?,
            text: row.value(&CARRIES).unwrap_or_default().text,
        })
    });
    if !rows.is_empty() {
        return rows;
    }
    let items = section.below(&TOPICS).into_iter();
    items
        .filter(|line| line.is_top_item() && !line.unsaid && !line.sample)
        .filter_map(of_item)
        .collect()
}

/// `` `orders.placed` - what it carries ``, or the same with a colon.
fn of_item(line: Line<'_>) -> Option<Queue> {
    if let Some(field) = line.field {
        return Some(Queue {
            name: Said::key(field),
            text: field.value.clone(),
        });
    }
    let (name, text) = split_name(&line.unit.text);
    (!name.is_empty() && line.place().source().contains(name)).then(|| Queue {
        name: line.place().find(name),
        text: text.to_owned(),
    })
}

/// A name and what is said of it behind a dash, a colon or an arrow.
fn split_name(text: &str) -> (&str, &str) {
    let marks = [" - ", " – ", " — ", ": ", " → ", " -> "];
    let places = marks.iter().filter_map(|mark| Some((text.find(mark)?, mark)));
    let parts = places.min().and_then(|(_, mark)| text.split_once(mark));
    let (name, text) = parts.unwrap_or((text, ""));
    (name.trim(), text.trim())
}

#[cfg(test)]
mod tests {
    use crate::record::tests::records;

    #[test]
    fn services_are_read_in_their_forms() {
        for (markdown, expected) in [
            (
                "### External Services\n\n#### Service 1: Bank\n- **Purpose**: moves money\n- Protocol: REST\n- **Auth**: mTLS\n\
                 - **Rate Limits**: [Limits]\n- **Retries**: three\n",
                vec!["Some(1) Bank|moves money|REST|mTLS|-|three"],
            ),
            (
                "### External Services\n\n| Protocol | System | Limits |\n|---|---|---|\n| REST | Bank | 5/s |\n| – | Post | |\n",
                vec!["None Bank|-|REST|-|5/s|-", "None Post|-|-|-|-|-"],
            ),
            ("### External Services\n\nWe call a bank.\n\n- a bank\n", vec![]),
        ] {
            let all = records(&format!("## Integration Architecture\n\n{markdown}")).services;
            let shown = all.iter().map(|service| {
                let all = [
                    &service.purpose,
                    &service.protocol,
                    &service.authentication,
                    &service.rate_limits,
                    &service.error_handling,
                ];
                let all = all.map(|said| said.as_ref().map_or("-", |said| &said.text));
                format!("{:?} {}|{}", service.number, service.name.text, all.join("|"))
            });
            assert_eq!(shown.collect::<Vec<_>>(), expected, "{markdown}");
        }
    }

    #[test]
    fn queues_are_read_in_their_forms() {
        for (markdown, expected) in [
            (
                "**Topics/Queues**:\n- `orders.placed` - one for each order\n- **orders.dead**: what failed\n- orders.old\n  - kept a day\n",
                vec![
                    "orders.placed=one for each order",
                    "orders.dead=what failed",
                    "orders.old=",
                ],
            ),
            (
                "| Queue | Purpose |\n|---|---|\n| `orders` | orders |\n",
                vec!["orders=orders"],
            ),
            ("#### Topics\n\n- orders: all of them\n", vec!["orders=all of them"]),
            (
                "Ours.\n\n**Topics/Queues**:\n- `queue.events.user-created` - User creation events\n",
                vec![],
            ),
            ("One queue.\n\n- no loss\n", vec![]),
        ] {
            let section = "## Integration Architecture\n\n### Message Queue Architecture\n\n";
            let all = records(&format!("{section}{markdown}")).queues;
            let shown = all.iter().map(|queue| format!("{}={}", queue.name.text, queue.text));
            assert_eq!(shown.collect::<Vec<_>>(), expected, "{markdown}");
        }
    }
}
