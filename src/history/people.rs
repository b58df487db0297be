//! The words of a commit that people read: names without e-mail addresses, subjects, trailers, patterns of names.
//! Text stays text: control characters go, nothing else is changed, and nothing is escaped here.

use super::Trailer;

/// The text on one line: control characters and line ends become spaces.
pub(super) fn one_line(text: &str) -> String {
    let clean = |c: char| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            c
        }
    };
    text.chars().map(clean).collect::<String>().trim().to_owned()
}

/// A message's text on one line, each e-mail address in it cut down to what stands before its `@`.
pub(super) fn message(text: &str) -> String {
    let text = one_line(text);
    if !text.contains('@') {
        return text;
    }
    let mut bare = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('@') {
        bare.push_str(before);
        let end = after.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-'));
        let domain = after
            .get(..end.unwrap_or(after.len()))
            .unwrap_or("")
            .trim_end_matches(['.', '-']);
        let local = bare.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+'));
        // `lodash@4.17.21` and `checkout@v4` are none: no domain ends in a number.
        let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
        let address = local && top.chars().count() > 1 && top.chars().all(char::is_alphabetic);
        rest = if address {
            after.get(domain.len()..).unwrap_or("")
        } else {
            bare.push('@');
            after
        };
    }
    bare.push_str(rest);
    bare
}

/// A name without what stands in angle brackets; where the name itself is an address, the part before the `@`.
pub(super) fn name_only(text: &str) -> String {
    let text = one_line(text);
    let bare = match text.split_once('<') {
        Some((name, rest)) if name.trim().is_empty() => rest.split('>').next().unwrap_or("").to_owned(),
        Some((name, _)) => name.to_owned(),
        None => text,
    };
    let words = bare.split_whitespace().map(|word| match word.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() => local.trim_start_matches(['(', '"', '\'']),
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The trailers that are understood, from the last paragraph of a message's body. Indented lines continue one.
pub(super) fn trailers(body: &str) -> Vec<Trailer> {
    let lines: Vec<&str> = body.trim_end().lines().collect();
    let from = lines
        .iter()
        .rposition(|line| line.trim().is_empty())
        .map_or(0, |blank| blank + 1);
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for line in lines.into_iter().skip(from) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = pairs.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else {
            let (key, value) = line.split_once(':').unwrap_or((line, ""));
            pairs.push((key.trim_end(), value.trim().to_owned()));
        }
    }
    pairs
        .into_iter()
        .filter_map(|(key, value)| trailer(key, &value))
        .collect()
}

fn trailer(key: &str, value: &str) -> Option<Trailer> {
    if value.is_empty() {
        None
    } else if key.eq_ignore_ascii_case("reviewed-by") {
        Some(Trailer::ReviewedBy(name_only(value)))
    } else if key.eq_ignore_ascii_case("co-authored-by") {
        Some(Trailer::CoAuthoredBy(name_only(value)))
    } else if key.eq_ignore_ascii_case("arch-change") {
        Some(Trailer::ArchChange(message(value)))
    } else {
        None
    }
}

/// Whether a name fits a pattern in which `*` stands for any characters, and all else for itself in any case.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut left) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or("");
    for part in parts {
        match left.split_once(part) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_no_address() {
        let cases = [
            ("Jane Doe <jane@x.org>", "Jane Doe"),
            ("jane@x.org", "jane"),
            ("<jane@x.org>", "jane"),
            ("Jane (jane@x.org)", "Jane jane"),
            ("Jane @ Work", "Jane @ Work"),
            ("@handle", "@handle"),
            ("José\u{1b}[31m\nŁ", "José [31m Ł"),
            ("", ""),
        ];
        for (text, name) in cases {
            assert_eq!(name_only(text), name, "{text:?}");
        }
    }

    #[test]
    fn messages_carry_no_address() {
        let cases = [
            (
                "mail from Eve <eve.x+y@evil.co.uk>, again",
                "mail from Eve <eve.x+y>, again",
            ),
            ("ask a@b.org. Or jürgen@müller.de", "ask a. Or jürgen"),
            ("mailto:a@b.org?subject=x@y.de", "mailto:a?subject=x"),
            ("a@b.org@c.org", "a"),
            (
                "bump lodash@4.17.21 and @types/node, use checkout@v4.1",
                "bump lodash@4.17.21 and @types/node, use checkout@v4.1",
            ),
            ("thanks @jane.doe @ work", "thanks @jane.doe @ work"),
            ("@", "@"),
            ("@@.@b.org", "@@.@b.org"),
        ];
        for (text, expected) in cases {
            assert_eq!(message(text), expected);
        }
    }

    #[test]
    fn trailers_stand_in_the_last_paragraph() {
        let body = "Reviewed-by: Nobody\n\ntext\n\nreviewed-by: Bob <b@x>\r\nArch-Change: new queue,\r\n  and retries\r\n\
                    Signed-off-by: X <x@y>\nCo-authored-by: Eve <e@x>\nReviewed-by:\n";
        let expected = [
            Trailer::ReviewedBy("Bob".to_owned()),
            Trailer::ArchChange("new queue, and retries".to_owned()),
            Trailer::CoAuthoredBy("Eve".to_owned()),
        ];
        assert_eq!(trailers(body), expected);
        assert_eq!(trailers(""), []);
        assert_eq!(trailers("  folded onto nothing"), []);
    }

    #[test]
    fn patterns_of_names() {
        let cases = [
            ("*[bot]", "dependabot[bot]", true),
            ("*[bot]", "Robert", false),
            ("*[BOT]", "Renovate[bot]", true),
            ("ci-*", "CI-runner", true),
            ("*a*b*", "xxaxxbxx", true),
            ("a*a", "a", false),
            ("*", "", true),
            ("", "", true),
            ("**x", "x", true),
            ("exact", "exactly", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}
