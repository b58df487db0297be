//! `METHOD /path` in a line of text or code, and what two ways to write one path have in common.
//!
//! Pure text: nothing here knows a document.

/// The methods of HTTP.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// What a line says about an endpoint.
#[derive(Debug, PartialEq, Eq)]
pub struct Call<'t> {
    /// Its methods, in capitals.
    pub methods: Vec<&'static str>,
    /// Its path as written.
    pub path: &'t str,
    /// What follows.
    pub text: &'t str,
}

/// Reads a line that begins with `METHOD /path`, or with `/path (METHOD)`.
pub fn call(line: &str) -> Option<Call<'_>> {
    let line =
        line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '`' | '*' | '[' | '"' | '\'' | '-' | '•'));
    if line.starts_with('/') {
        let (path, rest) = path(line)?;
        let inside = rest.trim_start_matches(['`', ' ', '-']).strip_prefix(['(', '['])?;
        let (inside, text) = inside.split_once([')', ']'])?;
        let (methods, left) = methods(inside);
        return (!methods.is_empty() && left.trim().is_empty()).then(|| Call {
            methods,
            path,
            text: description(text),
        });
    }
    let (methods, rest) = methods(line);
    if methods.is_empty() {
        return None;
    }
    let rest =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '`' | '*' | ']' | ':' | '|' | '"' | '\''));
    let (path, text) = path(rest)?;
    Some(Call {
        methods,
        path,
        text: description(text),
    })
}

/// The methods that a text begins with, `GET`, `GET/POST`, `GET, POST`, and the rest.
pub fn methods(text: &str) -> (Vec<&'static str>, &str) {
    let (mut found, mut rest) = (Vec::new(), text);
    loop {
        let next = rest.trim_start_matches(|c: char| {
            !found.is_empty() && (c.is_whitespace() || matches!(c, '/' | ',' | '|' | '&'))
        });
        let method = METHODS.iter().find_map(|method| {
            let tail = next.strip_prefix(method)?;
            (!tail.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))).then_some((*method, tail))
        });
        let Some((method, tail)) = method else { break };
        found.push(method);
        rest = tail;
    }
    (found, rest)
}

/// The path that a text begins with, and the rest. A host in front of it is left out.
fn path(text: &str) -> Option<(&str, &str)> {
    let start = if text.starts_with('/') {
        text
    } else {
        let (scheme, rest) = text.split_once("://")?;
        let is_scheme = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !scheme.is_empty();
        rest.get(rest.find('/')?..).filter(|_| is_scheme)?
    };
    let end = start.find(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | ')' | ',' | ';' | '|' | '→'));
    let (path, rest) = start.split_at_checked(end.unwrap_or(start.len()))?;
    let cut = path.contains("...") || path.contains('…') || path.starts_with("//");
    (!cut).then(|| (path.trim_end_matches(['.', ':', '*']), rest))
}

fn description(text: &str) -> &str {
    let lead =
        |c: char| c.is_whitespace() || matches!(c, '`' | '*' | '-' | '–' | '—' | ':' | '#' | '→' | '|' | ']' | '"');
    let text = text.trim_start_matches(lead).trim();
    // The version of the protocol says nothing.
    text.strip_prefix("HTTP/1.1")
        .or_else(|| text.strip_prefix("HTTP/2"))
        .unwrap_or(text)
        .trim_start_matches(lead)
}

/// A path with each variable part as `{}`, without query, host and trailing slash.
pub fn pattern(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut pattern = String::with_capacity(path.len());
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        pattern.push('/');
        add_segment(&mut pattern, segment);
    }
    if pattern.is_empty() { "/".to_owned() } else { pattern }
}

fn add_segment(pattern: &mut String, segment: &str) {
    let variable = segment.starts_with([':', '$', '<', '[', '{', '%']) && !segment.contains('}') || is_value(segment);
    if variable {
        return pattern.push_str("{}");
    }
    let Some((before, rest)) = segment.split_once('{') else {
        return pattern.push_str(segment);
    };
    pattern.push_str(before.trim_end_matches('$'));
    pattern.push_str("{}");
    pattern.push_str(rest.rsplit_once('}').map_or("", |(_, after)| after));
}

/// Whether a segment is an example of a value and no name: `4711`, an id of hex digits, `NP482011771DE`.
fn is_value(segment: &str) -> bool {
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let hex = segment.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let code = !segment.bytes().any(|byte| byte.is_ascii_lowercase());
    digits == segment.len()
        || hex && segment.len() >= 8
        || code && digits >= 2
        || (1..=3).contains(&segment.matches(['_', '-']).count())
            && segment
                .rsplit(['_', '-'])
                .next()
                .is_some_and(|last| last.len() >= 3 && last.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read() {
        for (line, methods, path, text) in [
            ("GET /a - Lists", "GET", "/a", "Lists"),
            ("`POST /a/{id}`: Makes one", "POST", "/a/{id}", "Makes one"),
            ("GET    /a/:id     # Get one", "GET", "/a/:id", "Get one"),
            ("GET/POST /a", "GET POST", "/a", ""),
            ("GET, PUT | /a", "GET PUT", "/a", ""),
            ("**DELETE** `/a`", "DELETE", "/a", ""),
            ("GET https://a.example/v1/b?x=1 HTTP/1.1", "GET", "/v1/b?x=1", ""),
            ("[GET] /a", "GET", "/a", ""),
            ("/a/b (GET, POST): both", "GET POST", "/a/b", "both"),
            ("GET /", "GET", "/", ""),
            ("PATCH: /a.", "PATCH", "/a", ""),
        ] {
            let found = call(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                (found.methods.join(" ").as_str(), found.path, found.text),
                (methods, path, text),
                "{line}"
            );
        }
    }

    #[test]
    fn other_lines_are_no_calls() {
        for line in [
            "",
            "GET",
            "GET a",
            "Get /a",
            "The GET /a call",
            "/a/b",
            "/a (see below)",
            "GETTER /a",
            "GET-only /a",
            "POST /...",
            "get: /a",
            "OPTIONS are listed",
            "GET 5",
            "GET //a",
        ] {
            assert_eq!(call(line), None, "{line}");
        }
    }

    #[test]
    fn one_pattern_for_many_ways_to_write() {
        for (paths, expected) in [
            (
                "/parcels/4711 /parcels/{number} /parcels/:number /parcels/<id> /parcels/[id]/ /parcels/NP482011771DE?x=1 /parcels/${id}",
                "/parcels/{}",
            ),
            (
                "/parcels/0192808c-51b7-7e0a-b1c4-6a9d1f3e7c20 /parcels/usr_123 /parcels/ORD-001",
                "/parcels/{}",
            ),
            ("/api/v1/parcels/ /api/v1/parcels#x", "/api/v1/parcels"),
            ("/files/{name}.pdf /files/${n}.pdf", "/files/{}.pdf"),
            ("/ /?q=1", "/"),
            ("/oauth2/token", "/oauth2/token"),
            ("/api/s3/deadbeef-cafe", "/api/s3/deadbeef-cafe"),
        ] {
            for path in paths.split(' ') {
                assert_eq!(pattern(path), expected, "{path}");
            }
        }
    }
}
