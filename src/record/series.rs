//! Series: the instances of each group, and the numbered items of each section, with their numbers.
//!
//! What is numbered is what the template numbers: `Component 2`, `FR3`. Every instance is here, also one that is not
//! filled in, because it takes a number all the same.

use super::reader::{Reader, Said, Section, numbered_as};
use crate::document::Heading;
use crate::naming;
use crate::outline::NodeId;
use crate::template::{Instances, SectionSpec, Template};
use crate::values::find_period;

/// Things of one kind in one place, in the order of the document.
#[derive(Debug)]
pub struct Series {
    /// The path of the template's section that they are instances of, or stand in.
    pub section: String,
    /// The node that holds them.
    pub node: Option<NodeId>,
    /// The word in front of their numbers, as the template has it.
    pub label: String,
    /// The number with which the template begins.
    pub first: u32,
    /// The things.
    pub members: Vec<Member>,
}

/// One of a series.
#[derive(Debug)]
pub struct Member {
    /// The word in front of its number, as written; empty where it has no number.
    pub label: String,
    /// Its number.
    pub number: Option<u32>,
    /// Its name without number, where it has one of its own; a time is none.
    pub name: String,
    /// The words that number or name it.
    pub text: Said,
}

/// Reads the series, in the order of the template.
pub fn read(reader: Reader<'_>) -> Vec<Series> {
    let mut found: Vec<Series> = Vec::new();
    for section in reader.sections() {
        let node = section.node;
        let Some(heading) = section.heading() else { continue };
        let spec = node.spec(reader.template);
        if let Some(group) = spec.group.as_ref().filter(|_| spec.instances == Instances::Numbered) {
            let member = instance(reader, heading, group);
            let same = |series: &&mut Series| series.section == spec.id && series.node == node.parent;
            match found.iter_mut().find(same) {
                Some(series) => series.members.push(member),
                None => found.push(Series {
                    section: spec.id.clone(),
                    node: node.parent,
                    label: group.clone(),
                    first: naming::numbered(&spec.heading).map_or(1, |numbered| numbered.number),
                    members: vec![member],
                }),
            }
        }
        for label in labels(reader, &section, spec) {
            let members = items(&section, label);
            if members.len() > 1 {
                found.push(Series {
                    section: spec.id.clone(),
                    node: Some(section.id),
                    label: label.to_owned(),
                    first: 1,
                    members,
                });
            }
        }
    }
    found
}

fn instance(reader: Reader<'_>, heading: &Heading, group: &str) -> Member {
    // `ADR-007: Use Kafka` is numbered in its own way; `S3 Gateway` is not numbered at all.
    let numbered = naming::numbered(&heading.text).filter(|numbered| {
        let digits = || format!("{}", numbered.number);
        let marked = |(_, rest): (&str, &str)| {
            rest.starts_with([':', '.', ')', '-']) || rest.starts_with(" -") || rest.starts_with(" –")
        };
        numbered.label.eq_ignore_ascii_case(group) || heading.text.split_once(&digits()).is_some_and(marked)
    });
    let (label, number, rest) = match numbered {
        Some(numbered) => (numbered.label, Some(numbered.number), numbered.rest),
        None => ("", None, heading.text.as_str()),
    };
    let open = reader.template.is_placeholder(rest);
    let mark = ["optional", "[optional]", "if applicable"]
        .iter()
        .any(|mark| rest.eq_ignore_ascii_case(mark));
    let name = if open || mark || find_period(rest).is_some() {
        String::new()
    } else {
        naming::normalise(rest)
    };
    Member {
        label: label.to_owned(),
        number,
        name,
        text: Said::heading(heading),
    }
}

/// The words with which the template numbers the items of a section, and of its sub-sections that the document lacks.
fn labels<'a>(reader: Reader<'a>, section: &Section<'a>, spec: &'a SectionSpec) -> Vec<&'a str> {
    let mut found: Vec<&str> = spec.labels.iter().map(String::as_str).collect();
    for child in &spec.children {
        let is_there = |section: Section<'_>| section.node.spec == *child && section.node.heading.is_some();
        let there = section.children().any(is_there);
        if !there {
            below(reader.template, &reader.template.sections[*child], &mut found);
        }
    }
    found.dedup();
    found
}

fn below<'a>(template: &'a Template, spec: &'a SectionSpec, found: &mut Vec<&'a str>) {
    found.extend(spec.labels.iter().map(String::as_str));
    for child in &spec.children {
        below(template, &template.sections[*child], found);
    }
}

/// The items, fields and rows of a section that begin with a label and a number.
fn items(section: &Section<'_>, label: &str) -> Vec<Member> {
    let mut found = Vec::new();
    for line in section.lines().iter().filter(|line| line.unit.depth <= 1) {
        let key: &str = match line.field {
            Some(field) => &field.key,
            None if line.is_item() || line.is_row() => &line.unit.text,
            None => continue,
        };
        let Some(numbered) = numbered_as(key, &[label]) else {
            continue;
        };
        // What the author wrote up to the number: `FR1`, `FR-01`.
        let behind = key.trim_start_matches(|c: char| !c.is_ascii_digit());
        let behind = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let name = key.strip_suffix(behind).unwrap_or(key);
        let words = || line.place().words();
        let place = line.place().part(line.field.map_or_else(words, |field| field.key_span));
        found.push(Member {
            label: numbered.label.to_owned(),
            number: Some(numbered.number),
            name: String::new(),
            text: place.find(name),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::reader::tests::reading;
    use super::*;

    fn read_in(text: &str) -> Vec<String> {
        let member = |member: &Member| {
            let number = member
                .number
                .map_or_else(|| "-".to_owned(), |number| number.to_string());
            format!("{}{number}={}@{}", member.label, member.name, member.text.text)
        };
        let shown = |series: &Series| {
            let members: Vec<String> = series.members.iter().map(member).collect();
            format!("{} {}: {}", series.section, series.label, members.join(", "))
        };
        reading(text, |reader| read(reader).iter().map(shown).collect())
    }

    #[test]
    fn instances_and_items_are_read() {
        let cases: [(&str, &[&str]); 6] = [
            (
                "## Component Details\n\n### Component 1: Shop\n\nx\n\n### Component 3: [Component Name]\n\ny\n\n### S3 Gateway\n\nz",
                &[
                    "component-details/component Component: Component1=shop@Component 1: Shop, Component3=@Component 3: [Component Name], -=s3 gateway@S3 Gateway",
                ],
            ),
            (
                "## Design Decisions\n\n### ADR-007: Use Go\n\nx\n\n### Decision 2: Use Go\n\nx",
                &[
                    "design-decisions/decision Decision: ADR7=use go@ADR-007: Use Go, Decision2=use go@Decision 2: Use Go",
                ],
            ),
            (
                "## Future Roadmap\n\n### Phase 1 (Q1 2027)\n\n- [ ] a\n\n### Phase 2: Growth\n\n- [ ] b",
                &["future-roadmap/phase Phase: Phase1=@Phase 1 (Q1 2027), Phase2=growth@Phase 2: Growth"],
            ),
            (
                "## Known Limitations\n\n1. **Limitation 1**: a\n2. **Limitation 1**: b\n3. c",
                &["known-limitations Limitation: Limitation1=@Limitation 1, Limitation1=@Limitation 1"],
            ),
            (
                "## Business Context\n\n### Requirements\n\n- **FR-01**: a\n- FR3: b\n- NFR1: c\n  - FR9: d",
                &["business-context/requirements FR: FR1=@FR-01, FR3=@FR3"],
            ),
            (
                "## Business Context\n\n### Requirements\n\n#### Functional Requirements\n\n| ID | What |\n|--|--|\n| FR1 | a |\n| FR2 | b |",
                &["business-context/requirements/functional-requirements FR: FR1=@FR1, FR2=@FR2"],
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(read_in(&format!("# A\n\n{body}\n")), expected, "{body}");
        }
    }

    #[test]
    fn mentions_are_no_series() {
        for body in [
            "## Testing Strategy\n\n- FR1: tested\n- FR1: again",
            "## Known Limitations\n\n- Redis 7\n- Redis 7",
        ] {
            assert_eq!(read_in(&format!("# A\n\n{body}\n")), [] as [&str; 0], "{body}");
        }
    }
}
