//! Requirements: the functional ones with their numbers, the non-functional ones by their quality.

use super::reader::{Reader, Said, Section, numbered_as};
use crate::naming::{self, Words};

/// A requirement.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// `FR1`, or the quality that it is about, `Performance`; empty where it has neither.
    pub id: String,
    /// Whether it is functional.
    pub functional: bool,
    /// What is required.
    pub text: Said,
}

const ALL: &str = "business-context/requirements";
const FUNCTIONAL: &str = "business-context/requirements/functional-requirements";
const QUALITIES: &str = "business-context/requirements/non-functional-requirements";
const ID: [&str; 6] = ["id", "no", "number", "requirement id", "req id", "ref"];
const TEXT: [&str; 6] = ["requirement", "description", "text", "statement", "target", "goal"];
static QUALITY: Words =
    Words::new("quality, category, attribute, quality attribute, requirement, aspect, type, area, name");
static TARGET: Words = Words::new("target, requirement, description, goal, metric, value, measure, specification");

/// Reads the requirements.
pub fn read(reader: Reader<'_>) -> Vec<Requirement> {
    let mut found = Vec::new();
    if let Some(section) = reader.section(ALL) {
        // Here only what is numbered is known to be a requirement, and of which kind.
        let own = functional(&section).into_iter();
        found.extend(own.filter(|requirement| !requirement.id.is_empty()));
    }
    found.extend(reader.section(FUNCTIONAL).iter().flat_map(functional));
    found.extend(reader.section(QUALITIES).iter().flat_map(qualities));
    found
}

/// `FR1` for `FR1`, `FR-001` and `fr 1`.
fn number_of(text: &str) -> Option<String> {
    let numbered = numbered_as(text, &["FR", "NFR"])?;
    Some(format!("{}{}", numbered.label.to_uppercase(), numbered.number))
}

fn requirement(id: String, text: Said) -> Requirement {
    Requirement {
        functional: !id.starts_with("NFR"),
        id,
        text,
    }
}

fn functional(section: &Section<'_>) -> Vec<Requirement> {
    let rows = section.rows(|row| {
        let text = row.value(&TEXT)?;
        let id = row.value(&ID).and_then(|id| number_of(&id.text));
        Some(requirement(id.unwrap_or_default(), text))
    });
    let headings = section.own_headings().filter_map(|heading| {
        let rest = naming::numbered(&heading.text)?.rest;
        Some(requirement(number_of(&heading.text)?, Said::new(rest, heading.name)))
    });
    let items = section.top_items().map(|line| {
        let keyed = line
            .field
            .and_then(|field| Some((number_of(&field.key)?, Said::value(field))));
        let (id, text) = keyed.unwrap_or_else(|| {
            let id = line.field.is_none().then(|| number_of(&line.unit.text)).flatten();
            (id.unwrap_or_default(), line.said())
        });
        requirement(id, text)
    });
    let mut found: Vec<Requirement> = rows.into_iter().chain(headings).chain(items).collect();
    // Where some are numbered, the items below them are what they consist of.
    if found.iter().any(|requirement| !requirement.id.is_empty()) {
        found.retain(|requirement| !requirement.id.is_empty());
    }
    found.sort_by_key(|requirement| requirement.text.span);
    found
}

fn qualities(section: &Section<'_>) -> Vec<Requirement> {
    let quality = |id: String, text: Said| Requirement {
        id,
        functional: false,
        text,
    };
    let mut found = section.rows(|row| {
        let id = row.value(&QUALITY)?;
        let text = row.value(&TARGET).filter(|text| text.span != id.span)?;
        Some(quality(id.text, text))
    });
    let lines = section.lines().iter();
    let lines = lines.filter(|line| !line.unsaid && line.unit.depth < 2 && !line.is_row());
    found.extend(lines.filter_map(|line| {
        let field = line.field?;
        let id = number_of(&field.key).unwrap_or_else(|| field.key.clone());
        Some(quality(id, section.value(&[line.name])?))
    }));
    found.sort_by_key(|requirement| requirement.text.span);
    found
}

#[cfg(test)]
mod tests {
    use crate::record::tests::records;

    #[test]
    fn requirements_are_read_in_their_forms() {
        let functional = "## Business Context\n\n### Requirements\n\n#### Functional Requirements\n\n";
        let qualities = "## Business Context\n\n### Requirements\n\n#### Non-Functional Requirements\n\n";
        for (section, markdown, expected) in [
            (
                functional,
                "- **FR1**: Sell\n- **FR-002**: Buy\n- **FR3**: [Requirement description]\n",
                "FR1=Sell FR2=Buy",
            ),
            (
                functional,
                "- FR1: Sell\n- FR2 - Buy\n  - quickly\n",
                "FR1=Sell FR2=FR2 - Buy",
            ),
            (functional, "- Sell\n- Buy\n", "=Sell =Buy"),
            (functional, "1. **Selling**: to all\n", "=Selling: to all"),
            (
                functional,
                "| Description | ID |\n|---|---|\n| Sell | FR-1 |\n| Buy | |\n",
                "FR1=Sell",
            ),
            (functional, "##### FR1: Sell\n\nTo all.\n\n- at night\n", "FR1=Sell"),
            (functional, "People sell and buy.\n", ""),
            (
                "## Business Context\n\n### Requirements\n\n",
                "- **FR1**: Sell\n- **NFR1**: Fast\n- Cheap\n",
                "FR1=Sell NFR1=Fast (quality)",
            ),
            (
                qualities,
                "- **Performance**: 80 ms\n- Availability: 99.9%\n- **Security**: [Security requirements]\n- fast\n",
                "Performance=80 ms (quality) Availability=99.9% (quality)",
            ),
            (
                qualities,
                "**Performance**:\n- 80 ms\n- 9 s at most\n",
                "Performance=80 ms; 9 s at most (quality)",
            ),
            (
                qualities,
                "| Target | Quality | Why |\n|---|---|---|\n| 80 ms | Performance | x |\n",
                "Performance=80 ms (quality)",
            ),
            (
                qualities,
                "| Performance | 80 ms |\n|---|---|\n| Security | TLS |\n",
                "",
            ),
        ] {
            let all = records(&format!("{section}{markdown}")).requirements;
            let shown = all.iter().map(|requirement| {
                let kind = if requirement.functional { "" } else { " (quality)" };
                format!("{}={}{kind}", requirement.id, requirement.text.text)
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{markdown}");
        }
    }
}
