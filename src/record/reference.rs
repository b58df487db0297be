//! References: what the document points to.
//!
//! It reads the lists, tables and links of the References section. An appendix holds other things too: there only what
//! is a link, or stands below a heading about documents, is a reference.

use super::reader::{Line, Passage, Reader, Said, has_word, says_none, with_rest};
use crate::document::{Link, UnitKind};
use crate::naming::Words;
use crate::outline::Found;

/// A reference.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Its text.
    pub text: Said,
    /// Where it leads; none for an entry that is no link.
    pub target: Option<String>,
    /// Whether it can be found by what it says without a link: the number of a standard, a ticket, a book.
    pub citation: bool,
    /// Whether a link of the page leads there; a path that is only written may be meant from anywhere.
    pub linked: bool,
}

/// Words of headings below which references stand.
static HEADINGS: Words = Words::new(
    "reference, references, documentation, documents, document, links, link, reading, resources, bibliography, \
     literature, sources, specifications, standards",
);

/// What the numbers of published documents begin with.
const SERIES: [&str; 26] = [
    "RFC", "ISO", "IEC", "IEEE", "ANSI", "NIST", "DIN", "EN", "BS", "ITU", "ECMA", "W3C", "PEP", "JSR", "JEP", "CWE",
    "CVE", "FIPS", "PCI", "OWASP", "BSI", "ISBN", "DOI", "ADR", "SP", "STD",
];

/// Reads the references.
pub fn read(reader: Reader<'_>) -> Vec<Reference> {
    let Some(section) = reader.section("references") else {
        return Vec::new();
    };
    let sure = section.node.found != Found::Alias || has_word(section.heading_name(), &HEADINGS);
    let mut found = Vec::new();
    for passage in section.all_passages() {
        let about_documents = has_word(passage.name, &HEADINGS);
        // `### Tools` in the references holds documents if one of its entries leads to one.
        let linked = || {
            of_passage(&passage, false, true)
                .iter()
                .any(|found| found.target.is_some())
        };
        let list = about_documents || sure && (passage.heading.is_none() || linked());
        found.extend(of_passage(&passage, list, sure || about_documents));
    }
    found
}

/// The references of a passage; where it is not sure to hold nothing else, those that lead somewhere, `paths` too or
/// links only.
fn of_passage(passage: &Passage<'_>, sure: bool, paths: bool) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for (line, behind) in with_rest(&passage.lines).filter(|(line, _)| !line.unsaid) {
        match line.unit.kind {
            // An item with a list below it names what the list is about, unless it leads somewhere itself.
            UnitKind::Item { .. } => found.extend(of_line(line, sure && !line.has_deeper(behind), paths)),
            UnitKind::Row => rows.extend(of_line(line, sure, paths)),
            UnitKind::Field(_) | UnitKind::Prose => found.extend(of_line(line, false, paths)),
            _ => {}
        }
    }
    // A table without a single link is a table of something else.
    if rows.iter().any(|row: &Reference| row.target.is_some()) {
        found.extend(rows);
    }
    found
}

fn of_line(line: &Line<'_>, entry: bool, paths: bool) -> Vec<Reference> {
    let text = line.unit.text.as_str();
    let place = line.place();
    let of_link = |link: &Link, text: Said| Reference {
        text,
        target: Some(link.target.clone()),
        citation: false,
        linked: true,
    };
    let of_text = |target: Option<String>| Reference {
        text: line.own_words(),
        citation: is_citation(text),
        linked: false,
        target,
    };
    match place.links().as_slice() {
        // The whole line says more about its one link than the words in it.
        [link] if line.is_item() || line.is_row() => vec![of_link(link, line.own_words())],
        [] => match target(place.source(), text).filter(|target| paths || target.contains("://")) {
            Some(target) => vec![of_text(Some(target))],
            None if entry && !says_none(text) => vec![of_text(None)],
            None => Vec::new(),
        },
        links => {
            let shown = |link: &Link| Said::new(shown(place.part(link.span).source()), link.span);
            links.iter().map(|link| of_link(link, shown(link))).collect()
        }
    }
}

/// The text of a link's Markdown, as far as that needs no parser: between its first brackets.
fn shown(link: &str) -> &str {
    let inside = link.strip_prefix('[').and_then(|rest| rest.split(']').next());
    inside.unwrap_or_else(|| link.trim_matches(['<', '>']))
}

/// A bare URL, an address or a path in a text that is read from `source`.
fn target(source: &str, text: &str) -> Option<String> {
    let words = text
        .split_whitespace()
        .map(|word| word.trim_matches(['(', ')', '[', ']', '<', '>', ',', ';', '"', '`']));
    for word in words {
        let word = word.trim_end_matches('.');
        let url = word.contains("://") || word.starts_with("www.") || word.starts_with("mailto:");
        let (name, last) = word.rsplit_once('/').unwrap_or(("", word));
        let file = last.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty() && (1..=5).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric)
        });
        let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
        let known = [
            "md", "html", "htm", "pdf", "adoc", "rst", "yaml", "yml", "json", "docx", "xlsx", "txt", "svg", "png",
        ];
        // `docs/adr/`, `./guide.md`, `src/main.rs`; a word with one slash is as often a choice: `read/write`.
        let path =
            word.contains('/') && (file || word.starts_with(['.', '/']) || word.ends_with('/') || name.contains('/'));
        let host = name
            .split('/')
            .next()
            .is_some_and(|host| host.contains('.') && !host.starts_with('.'));
        let quoted = word.contains('/') && source.contains(&format!("`{word}`"));
        if url || path || host || quoted || known.contains(&ending) && file {
            return Some(word.to_owned());
        }
    }
    None
}

/// Whether a text can be found by what it says: `ISO 27001`, `RFC 9110`, `PAY-123`, a book with its year, `#channel`.
fn is_citation(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ':' | ';' | '/'))
        .filter(|word| !word.is_empty())
        .collect();
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let numbered = words.iter().enumerate().any(|(at, word)| {
        let (head, tail) = word.split_at(
            word.find(|c: char| !c.is_ascii_uppercase() && c != '3')
                .unwrap_or(word.len()),
        );
        let series = SERIES.contains(&head) || SERIES.contains(word);
        let next = words.iter().skip(at + 1).take(3).any(|next| digits(next) > 0);
        let ticket = head.len() >= 2 && tail.strip_prefix('-').is_some_and(|rest| digits(rest) > 0);
        series && (digits(tail) > 0 || next) || ticket
    });
    let year = words.iter().any(|word| {
        let word = word.trim_end_matches('.');
        word.len() == 4 && word.parse().is_ok_and(|year: u16| (1950..=2100).contains(&year))
    });
    let address = text.split_whitespace().any(|word| {
        word.starts_with('#') && word.chars().nth(1).is_some_and(char::is_alphabetic)
            || word.contains('@') && word.contains('.')
    });
    numbered || year || address
}

#[cfg(test)]
mod tests {
    use super::super::reader::tests::reading;
    use super::*;

    fn read_under(heading: &str, body: &str) -> Vec<String> {
        let text = format!("# A\n\n## {heading}\n\n{body}\n\n## Scalability\n\n- [x](y)\n");
        let shown = |reference: &Reference| {
            let target = reference
                .target
                .as_deref()
                .unwrap_or(if reference.citation { "=" } else { "?" });
            format!("{} -> {target}", reference.text.text)
        };
        reading(&text, |reader| read(reader).iter().map(shown).collect())
    }

    #[test]
    fn references_are_read_in_every_form() {
        let cases: [(&str, &[&str]); 12] = [
            (
                "- [Guide](guide.md)\n- [Wiki](https://a.example): how we work",
                &["Guide -> guide.md", "Wiki: how we work -> https://a.example"],
            ),
            (
                "- **Runbook**: https://a.example/run",
                &["Runbook: https://a.example/run -> https://a.example/run"],
            ),
            (
                "- `docs/adr/`\n- See ./guide.md.",
                &["docs/adr/ -> docs/adr/", "See ./guide.md. -> ./guide.md"],
            ),
            (
                "- Code: `example/service`",
                &["Code: example/service -> example/service"],
            ),
            (
                "- Deployment guide\n- Choice of read/write",
                &["Deployment guide -> ?", "Choice of read/write -> ?"],
            ),
            (
                "- ISO 27001\n- RFC 9110, section 3\n- ISO/IEC 42010:2011",
                &["ISO 27001 -> =", "RFC 9110, section 3 -> =", "ISO/IEC 42010:2011 -> ="],
            ),
            (
                "- PAY-123\n- A. Author, A Book, 2004\n- #payments",
                &["PAY-123 -> =", "A. Author, A Book, 2004 -> =", "#payments -> ="],
            ),
            (
                "- Internal:\n  - [Guide](guide.md)\n  - Wiki",
                &["Guide -> guide.md", "Wiki -> ?"],
            ),
            (
                "See [a](a.md) and [b](b.md). Nothing else.",
                &["a -> a.md", "b -> b.md"],
            ),
            (
                "| Document | Where |\n|--|--|\n| Guide | [here](g.md) |\n| Wiki | asked |",
                &["Guide | here -> g.md", "Wiki | asked -> ?"],
            ),
            (
                "### Internal Documentation\n- [Link to API documentation]\n- [Guide](g.md)",
                &["Guide -> g.md"],
            ),
            (
                "### External Resources\n\n- <https://a.example>",
                &["https://a.example -> https://a.example"],
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(read_under("References", body), expected, "{body}");
        }
    }

    #[test]
    fn other_things_are_no_references() {
        for (heading, body) in [
            ("References", "We keep the list elsewhere."),
            ("References", "- None"),
            ("References", "| Term | Meaning |\n|--|--|\n| RPO | loss |"),
            ("Appendix", "- A list of words"),
            ("References", "### Tools\n\n- Language: Go"),
            ("Appendix", "### Files\n\n- `src/main.rs`"),
            ("Appendix", "### Glossary\n\n- RTO: time"),
        ] {
            assert_eq!(read_under(heading, body), [] as [&str; 0], "{body}");
        }
        assert_eq!(read_under("Appendix", "### Links\n\n- Wiki"), ["Wiki -> ?"]);
        assert_eq!(read_under("Appendix", "- [Guide](g.md)"), ["Guide -> g.md"]);
    }
}
