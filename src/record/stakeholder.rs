//! Stakeholders: roles and the people in them.
//!
//! A description of what somebody wants is no person, and is not read.

use super::reader::{Grid, Line, Passage, Reader, Row, Said, has_word, parenthesis, says_none, with_rest};
use crate::document::UnitKind;
use crate::naming::{self, Words};

/// A role and who has it.
#[derive(Debug, Clone)]
pub struct Stakeholder {
    /// The role, `Tech Lead`.
    pub role: Said,
    /// The people.
    pub people: Vec<String>,
}

/// Words that make a text a role rather than a name.
static ROLE_WORDS: Words = Words::new(
    "owner, owners, lead, architect, architects, manager, engineer, engineers, team, teams, developer, developers, \
     devops, ops, operations, sre, officer, head, cto, ceo, cio, ciso, director, sponsor, analyst, designer, \
     maintainer, reviewer",
);

/// Keys of what is said about a person beside the name.
static DETAILS: Words =
    Words::new("email, e mail, contact, phone, responsibilities, responsibility, interest, interests, expectations");

/// Reads the stakeholders.
pub fn read(reader: Reader<'_>) -> Vec<Stakeholder> {
    reader.passages("stakeholders").iter().flat_map(of_passage).collect()
}

fn of_passage(passage: &Passage<'_>) -> Vec<Stakeholder> {
    let mut found: Vec<Stakeholder> = passage.grids().iter().flat_map(of_grid).collect();
    let top = |line: &Line<'_>| line.unit.depth <= 1 && !line.unsaid;
    for (line, behind) in with_rest(&passage.lines).filter(|(line, _)| top(line)) {
        found.extend(match line.field {
            Some(field) if !line.is_row() => {
                let below = line.below(behind).iter().filter(|line| line.is_item() && !line.unsaid);
                let names = match field.value.is_empty() {
                    true => below.map(|line| line.unit.text.as_str()).collect(),
                    false => vec![field.value.as_str()],
                };
                of_role(Said::key(field), &names)
            }
            None if line.is_item() => of_person(line),
            _ => None,
        });
    }
    if found.is_empty() {
        found.extend(of_heading(passage));
    }
    found
}

/// `### Tech Lead` with the names below it.
fn of_heading(passage: &Passage<'_>) -> Option<Stakeholder> {
    let heading = passage.heading.filter(|heading| is_role(&heading.text))?;
    let names = passage
        .written_lines()
        .filter(|line| line.is_item() || line.unit.kind == UnitKind::Prose);
    let names: Vec<&str> = names.map(|line| line.unit.text.as_str()).collect();
    of_role(Said::heading(heading), &names)
}

fn of_role(role: Said, names: &[&str]) -> Option<Stakeholder> {
    if names.is_empty() || DETAILS.contains(&naming::normalise(&role.text).as_str()) {
        return None;
    }
    let named = names.iter().filter(|name| !is_open(name));
    let open = named.clone().next().is_none();
    let people: Vec<String> = named.flat_map(|name| people(name)).collect();
    (open || !people.is_empty()).then_some(Stakeholder { role, people })
}

/// `Jane Doe (Tech Lead)`, `Jane Doe – Tech Lead`, or the other way round.
fn of_person(line: &Line<'_>) -> Option<Stakeholder> {
    let text = line.unit.text.as_str();
    let marks = [" – ", " — ", " - ", ", "];
    let halves = parenthesis(text).or_else(|| marks.iter().find_map(|mark| text.split_once(mark)));
    let (name, role) = match halves? {
        (name, role) if is_role(role) && !is_role(name) => (name, role),
        (role, name) if is_role(role) && !is_role(name) => (name, role),
        _ => return None,
    };
    of_role(line.place().find(role), &[name])
}

fn of_grid(grid: &Grid) -> Vec<Stakeholder> {
    let role = grid.column(&["role", "function", "position", "title", "team", "stakeholder", "group"]);
    let name = grid.column(&[
        "name", "names", "person", "people", "who", "contact", "owner", "member", "members",
    ]);
    let name = name.filter(|name| Some(*name) != role);
    let of_row = |row: &Row| of_role(row.filled(role)?.clone(), &[&row.cell(name)?.text]);
    grid.rows.iter().filter_map(of_row).collect()
}

fn is_role(text: &str) -> bool {
    has_word(&naming::normalise(text), &ROLE_WORDS)
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
    use super::super::reader::tests::reading;
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
