//! Stakeholders: roles and the people in them.
//!
//! A description of what somebody wants is no person, and is not read.

use serde::Serialize;

use super::passage::{Grid, Passage, parenthesis, says_none};
use super::read::below;
use super::{Line, Reader, Said};
use crate::document::UnitKind;
use crate::naming;

/// A role and who has it.
#[derive(Debug, Clone, Serialize)]
pub struct Stakeholder {
    /// The role, `Tech Lead`.
    pub role: Said,
    /// The people.
    pub people: Vec<String>,
}

/// Words that make a text a role rather than a name.
const ROLE_WORDS: [&str; 28] = [
    "owner",
    "owners",
    "lead",
    "architect",
    "architects",
    "manager",
    "engineer",
    "engineers",
    "team",
    "teams",
    "developer",
    "developers",
    "devops",
    "ops",
    "operations",
    "sre",
    "officer",
    "head",
    "cto",
    "ceo",
    "cio",
    "ciso",
    "director",
    "sponsor",
    "analyst",
    "designer",
    "maintainer",
    "reviewer",
];

/// Keys of what is said about a person beside the name.
const DETAILS: [&str; 9] = [
    "email",
    "e mail",
    "contact",
    "phone",
    "responsibilities",
    "responsibility",
    "interest",
    "interests",
    "expectations",
];

/// Reads the stakeholders.
pub fn read(reader: Reader<'_>) -> Vec<Stakeholder> {
    let Some((index, _)) = reader.section("stakeholders") else {
        return Vec::new();
    };
    let passages = reader.all_passages(index);
    passages
        .iter()
        .flat_map(|passage| of_passage(reader, passage))
        .collect()
}

fn of_passage(reader: Reader<'_>, passage: &Passage<'_>) -> Vec<Stakeholder> {
    let mut found: Vec<Stakeholder> = reader.grids(&passage.lines).iter().flat_map(of_grid).collect();
    let lines = &passage.lines;
    let top = |line: &&(usize, &Line<'_>)| line.1.unit.depth <= 1 && !line.1.unsaid;
    let numbered: Vec<(usize, &Line<'_>)> = lines.iter().enumerate().collect();
    for (at, line) in numbered.iter().filter(top) {
        let person = match (line.field, line.unit.kind) {
            (Some(field), kind) if kind != UnitKind::Row => {
                let below = below(lines, *at);
                let names = match field.value.is_empty() {
                    true => below
                        .iter()
                        .filter(|line| line.is_item() && !line.unsaid)
                        .map(|line| line.unit.text.as_str())
                        .collect(),
                    false => vec![field.value.as_str()],
                };
                let role = Said {
                    text: field.key.clone(),
                    span: field.key_span,
                };
                of_role(role, &names)
            }
            (None, UnitKind::Item { .. }) => of_person(reader, line),
            _ => None,
        };
        found.extend(person);
    }
    if found.is_empty() {
        found.extend(of_heading(passage));
    }
    found
}

/// `### Tech Lead` with the names below it.
fn of_heading(passage: &Passage<'_>) -> Option<Stakeholder> {
    let heading = passage.heading.filter(|heading| is_role(&heading.text))?;
    let names: Vec<&str> = passage
        .lines
        .iter()
        .filter(|line| !line.unsaid && (line.is_item() || line.unit.kind == UnitKind::Prose))
        .map(|line| line.unit.text.as_str())
        .collect();
    let role = Said {
        text: heading.text.clone(),
        span: heading.name,
    };
    of_role(role, &names)
}

fn of_role(role: Said, names: &[&str]) -> Option<Stakeholder> {
    if names.is_empty() || DETAILS.contains(&naming::normalise(&role.text).as_str()) {
        return None;
    }
    let open = names.iter().all(|name| is_open(name));
    let people: Vec<String> = names
        .iter()
        .filter(|name| !is_open(name))
        .flat_map(|name| people(name))
        .collect();
    (open || !people.is_empty()).then_some(Stakeholder { role, people })
}

/// `Jane Doe (Tech Lead)`, `Jane Doe – Tech Lead`, or the other way round.
fn of_person(reader: Reader<'_>, line: &Line<'_>) -> Option<Stakeholder> {
    let text = line.unit.text.as_str();
    let halves = parenthesis(text).or_else(|| {
        [" – ", " — ", " - ", ", "]
            .iter()
            .find_map(|mark| text.split_once(mark))
    });
    let (name, role) = match halves? {
        (name, role) if is_role(role) && !is_role(name) => (name, role),
        (role, name) if is_role(role) && !is_role(name) => (name, role),
        _ => return None,
    };
    let role = Said {
        text: role.to_owned(),
        span: reader.find(line.unit.span, role),
    };
    of_role(role, &[name])
}

fn of_grid(grid: &Grid) -> Vec<Stakeholder> {
    let role = grid.column(&["role", "function", "position", "title", "team", "stakeholder", "group"]);
    let name = grid.column(&[
        "name", "names", "person", "people", "who", "contact", "owner", "member", "members",
    ]);
    let (Some(role), Some(name)) = (role, name.filter(|name| Some(*name) != role)) else {
        return Vec::new();
    };
    let row = |row: &Vec<Said>| {
        of_role(
            row.get(role).filter(|role| !role.text.is_empty())?.clone(),
            &[&row.get(name)?.text],
        )
    };
    grid.rows.iter().filter_map(row).collect()
}

fn is_role(text: &str) -> bool {
    naming::normalise(text)
        .split(' ')
        .any(|word| ROLE_WORDS.contains(&word))
}

/// Whether nobody is named yet.
fn is_open(text: &str) -> bool {
    let lower = text.to_lowercase();
    let word = lower.trim_matches(|c: char| !c.is_alphanumeric());
    word.is_empty()
        || says_none(text)
        || ["tbd", "tba", "tbc", "open", "vacant", "unassigned", "to be determined"].contains(&word)
}

/// The people of a list of names; none where it reads as a sentence.
fn people(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0usize;
    // Notes in parentheses and addresses in angle brackets belong to a name and are none.
    for c in text.chars() {
        match c {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let address = |word: &&str| word.contains('@') && !word.starts_with('@');
    let plain: Vec<&str> = plain.split_whitespace().filter(|word| !address(word)).collect();
    let plain = plain.join(" ");
    let joined = plain.replace(" and ", ", ").replace(" & ", ", ").replace(" / ", ", ");
    let names: Vec<&str> = joined
        .split([',', ';', '、'])
        .map(|name| name.trim().trim_end_matches('.'))
        .filter(|name| !name.is_empty())
        .collect();
    let is_name = |name: &&str| {
        let start = name
            .chars()
            .next()
            .is_some_and(|c| c == '@' || c.is_alphabetic() && !c.is_lowercase());
        let small = name
            .split_whitespace()
            .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
            .count();
        start && name.split_whitespace().count() <= 5 && small <= 2 && !name.contains(['.', ':']) | is_initial(name)
    };
    if !names.iter().all(is_name) {
        return Vec::new();
    }
    names.into_iter().map(str::to_owned).collect()
}

/// Whether the full stops of a name stand behind initials: `J. Doe`.
fn is_initial(name: &str) -> bool {
    !name.contains(':')
        && name
            .split_whitespace()
            .all(|word| !word.contains('.') || word.chars().count() <= 4)
}

#[cfg(test)]
mod tests {
    use super::super::passage::tests::reading;
    use super::*;

    fn read_in(body: &str) -> Vec<String> {
        let text = format!("# A\n\n## Stakeholders\n\n{body}\n\n## Scalability\n\n- **No Owner**: Of This\n");
        let shown = |person: &Stakeholder| format!("{}: {}", person.role.text, person.people.join(" | "));
        reading(&text, |reader| read(reader).iter().map(shown).collect())
    }

    #[test]
    fn stakeholders_are_read_in_every_form() {
        let cases: [(&str, &[&str]); 11] = [
            (
                "- **Product Owner**: Jane Doe\n- **Architects**: A. Kim, Bo Li and Cy van der Berg",
                &[
                    "Product Owner: Jane Doe",
                    "Architects: A. Kim | Bo Li | Cy van der Berg",
                ],
            ),
            (
                "**Tech Lead**: Jane Doe (since May) <j@example.org>",
                &["Tech Lead: Jane Doe"],
            ),
            ("- Tech Lead: @jane", &["Tech Lead: @jane"]),
            (
                "- **Architects**:\n  - Jane Doe\n  - Bo Li",
                &["Architects: Jane Doe | Bo Li"],
            ),
            (
                "| Name | Interest | Role |\n|--|--|--|\n| Jane Doe | Speed | Product Owner |\n| Bo | | Tester |",
                &["Product Owner: Jane Doe", "Tester: Bo"],
            ),
            (
                "- Jane Doe (Tech Lead)\n- Tech Lead – Bo Li",
                &["Tech Lead: Jane Doe", "Tech Lead: Bo Li"],
            ),
            ("### Tech Lead\n\nJane Doe", &["Tech Lead: Jane Doe"]),
            ("- **Sponsor**: TBD", &[]),
            (
                "- **Development Team**: Team Ledger",
                &["Development Team: Team Ledger"],
            ),
            (
                "- **Product Owner**: Jane\n- **Tech Lead**: [Name]",
                &["Product Owner: Jane"],
            ),
            (
                "- **Tech Lead**: Jane\n  - **Email**: j@example.org",
                &["Tech Lead: Jane"],
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(read_in(body), expected, "{body}");
        }
    }

    #[test]
    fn descriptions_are_no_people() {
        for body in [
            "- **Developers**: need a stable interface and quick answers",
            "| Stakeholder | Interest |\n|--|--|\n| Support | Fewer calls |",
            "The document is for everyone who runs the system.",
            "- Everyone who runs the system",
            "- **Product Owner**: [Name]",
        ] {
            assert_eq!(read_in(body), [] as [&str; 0], "{body}");
        }
    }
}
