//! Patterns for the paths of chapters, and the one wildcard match behind them.
//!
//! Written here because no crate of the tree has one and the need is three wildcards. It only compares text: it must
//! never look at the disk, and never take more than pattern times path steps, whatever the pattern.

use crate::source::Span;

/// A pattern for chapters' paths: `*` and `?` stay within one segment, a segment `**` stands for any number of them.
///
/// It is case-sensitive on every system, and has no braces and no brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    pattern: String,
    /// The pattern without `./`, and also without the book's `src` where it begins with that.
    readings: Vec<String>,
    span: Option<Span>,
}

impl Glob {
    /// The pattern as written, for a book whose sources lie in `src`; `span` is its place.
    pub fn new(pattern: &str, src: &str, span: Option<Span>) -> Self {
        let relative = pattern.strip_prefix("./").unwrap_or(pattern);
        let inside = relative.strip_prefix(src).and_then(|rest| rest.strip_prefix('/'));
        Self {
            pattern: pattern.to_owned(),
            readings: [Some(relative), inside]
                .into_iter()
                .flatten()
                .map(str::to_owned)
                .collect(),
            span,
        }
    }

    /// Whether the chapter at `path` is meant: relative to the book's `src`, with forward slashes.
    ///
    /// A pattern that begins with the book's `src` means the same without it: both ways of writing are common.
    pub fn matches(&self, path: &str) -> bool {
        self.readings.iter().any(|pattern| matches_path(pattern, path))
    }

    /// The pattern as it was written, for messages.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Where it stands; none where the environment says it.
    pub fn span(&self) -> Option<Span> {
        self.span
    }
}

/// Why a pattern could never match a chapter, and what to write; none for a good one.
pub(super) fn fault(pattern: &str) -> Option<(String, String)> {
    let (why, cure) = if pattern.contains('\\') {
        ("has a backslash", format!("write `{}`", pattern.replace('\\', "/")))
    } else if pattern.contains(['[', ']', '{', '}']) {
        let cure = "`*`, `**` and `?` are the wildcards: write one glob for each alternative";
        ("has brackets or braces", cure.to_owned())
    } else if pattern.starts_with('/') {
        let cure = "it is relative to the book's source folder";
        (
            "is absolute",
            format!("{cure}: write `{}`", pattern.trim_start_matches('/')),
        )
    } else if pattern.ends_with('/') {
        ("names a folder, no chapter", format!("write `{pattern}**`"))
    } else if pattern.split('/').any(|segment| segment == "..") {
        let cure = "chapters lie in the book's source folder: write the path from there";
        ("leaves the book's source folder", cure.to_owned())
    } else if let Some(segment) = pattern.split('/').find(|part| part.contains("**") && *part != "**") {
        let cure = pattern.replace(segment, &segment.replace("**", "**/*"));
        ("has `**` beside other text in a segment", format!("write `{cure}`"))
    } else {
        return None;
    };
    Some((format!("the glob `{pattern}` {why}"), cure))
}

/// Whether `pattern`, where `*` stands for any text and `?` for any one character, is like all of `text`.
pub fn is_like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    wild(&pattern, &text, |p| *p == '*', |p, t| *p == '?' || p == t)
}

fn matches_path(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    wild(&pattern, &path, |p| *p == "**", |p, t| is_like(p, t))
}

/// Matches `pattern` against all of `items`: a star is any number of items, another part is one that it `fits`.
///
/// Only the last star is ever retried: whatever an earlier one could give up, the last can take.
fn wild<P, T>(pattern: &[P], items: &[T], is_star: impl Fn(&P) -> bool, fits: impl Fn(&P, &T) -> bool) -> bool {
    let (mut part, mut item) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(next) = items.get(item) {
        match pattern.get(part) {
            Some(star) if is_star(star) => {
                part += 1;
                retry = Some((part, item));
            }
            Some(one) if fits(one, next) => {
                part += 1;
                item += 1;
            }
            _ => {
                let Some((after_star, taken)) = retry else {
                    return false;
                };
                part = after_star;
                item = taken + 1;
                retry = Some((after_star, item));
            }
        }
    }
    pattern.iter().skip(part).all(is_star)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn globs_match_as_their_writers_expect() {
        for (pattern, path, expected) in [
            ("services/**/*.md", "services/a.md", true),
            ("services/**/*.md", "services/x/y/a.md", true),
            ("services/**/*.md", "other/services/a.md", false),
            ("services/*.md", "services/x/a.md", false),
            ("services/**", "services/x/a.md", true),
            ("services/**", "serviced/a.md", false),
            ("**/architecture.md", "architecture.md", true),
            ("**/architecture.md", "a/b/architecture.md", true),
            ("**/a/**/b.md", "a/x/a/y/b.md", true),
            ("*", "a.md", true),
            ("*", "a/b.md", false),
            ("adr-????.md", "adr-0001.md", true),
            ("adr-????.md", "adr-001.md", false),
            ("?.md", "é.md", true),
            ("?.md", "/.md", false),
            ("src/a/*.md", "a/b.md", true),
            ("./a/*.md", "a/b.md", true),
            ("./src/a/*.md", "a/b.md", true),
            ("src/a.md", "src/a.md", true),
            ("srca.md", "a.md", false),
            ("A.md", "a.md", false),
            ("a.md", "a.mdx", false),
            ("", "a.md", false),
        ] {
            assert_eq!(
                Glob::new(pattern, "src", None).matches(path),
                expected,
                "{pattern} on {path}"
            );
        }
        assert!(Glob::new("docs/book/a.md", "docs/book", None).matches("a.md"));
        assert!(!Glob::new("src/a.md", "docs", None).matches("a.md"));
        assert!(Glob::new("./a.md", "", None).matches("a.md"));
        assert!(!Glob::new("src/a.md", "", None).matches("a.md"));
    }

    #[test]
    fn brackets_of_an_author_pattern_are_plain_text() {
        assert!(is_like("*[bot]", "dependabot[bot]"));
        assert!(!is_like("*[bot]", "bot"));
        assert!(is_like("*", "a/b"));
    }

    #[test]
    fn a_glob_that_cannot_match_says_what_to_write() {
        for (pattern, cure) in [
            (r"a\*.md", Some("write `a/*.md`")),
            ("/a/*.md", Some("`a/*.md`")),
            ("services/", Some("write `services/**`")),
            ("../a.md", Some("from there")),
            ("services/**.md", Some("write `services/**/*.md`")),
            ("{a,b}.md", Some("one glob for each")),
            ("[ab].md", Some("one glob for each")),
            ("services/**/*.md", None),
            ("./a.md", None),
            ("a..b.md", None),
        ] {
            let help = fault(pattern).map(|(_, help)| help);
            match cure {
                Some(cure) => assert!(
                    help.as_ref().is_some_and(|help| help.contains(cure)),
                    "{pattern}: {help:?}"
                ),
                None => assert_eq!(help, None, "{pattern}"),
            }
        }
    }

    #[test]
    fn many_stars_take_no_exponential_time() {
        let pattern = format!("{}b", "**/*a*a*a*/".repeat(200));
        assert!(!Glob::new(&pattern, "src", None).matches(&"aaaaaaaaaaaaaaaaaaaa/".repeat(500)));
    }

    /// The definition, word for word; exponential, so for short patterns only.
    fn by_definition(pattern: &str, path: &str) -> bool {
        // What is left of the path after one more character of the same segment, and after the segment.
        let after_one = || path.strip_prefix(|c| c != '/');
        let after_segment = || path.split_once('/').map(|(_, rest)| rest);
        if pattern == "**" {
            return true;
        }
        if let Some(rest) = pattern.strip_prefix("**/") {
            return by_definition(rest, path) || after_segment().is_some_and(|path| by_definition(pattern, path));
        }
        let mut parts = pattern.chars();
        let first = parts.next();
        let rest = parts.as_str();
        match first {
            None => path.is_empty(),
            Some('*') => by_definition(rest, path) || after_one().is_some_and(|path| by_definition(pattern, path)),
            Some('?') => after_one().is_some_and(|path| by_definition(rest, path)),
            Some(c) => path.strip_prefix(c).is_some_and(|path| by_definition(rest, path)),
        }
    }

    proptest! {
        #[test]
        fn matching_is_the_definition(segments in prop::collection::vec("\\*\\*|[ab?]{0,2}\\*?[ab?]{0,2}", 1..4), path in "[ab/]{1,8}") {
            let pattern = segments.join("/");
            prop_assume!(!pattern.split('/').any(|part| part.contains("**") && part != "**"));
            // A closing `**` stands for no segment too, and then its slash is missing from the path.
            let expected = by_definition(&pattern, &path)
                || pattern.strip_suffix("/**").is_some_and(|front| matches_path(front, &path));
            prop_assert_eq!(matches_path(&pattern, &path), expected, "{} on {}", pattern, path);
        }
    }
}
