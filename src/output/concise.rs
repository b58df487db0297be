//! Findings as one line each, `path:line:column: severity[rule]: message`, for editors, `grep` and long lists.
//!
//! A finding must never take more than its line, whatever its message or path holds.

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE, Style};

use super::{Located, terminal};
use crate::diagnostic::{Diagnostic, Severity};

/// The findings, in the order given; a finding whose line is not known has its path alone in front.
pub(super) fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = &diagnostic.place;
        out.push_str(&terminal(place.file.path()));
        if let Some(located) = Located::of(&place.file, place.span) {
            out.push_str(&format!(":{}:{}", located.start.line, located.start.column));
        }
        let (severity, rule) = (diagnostic.severity, diagnostic.rule);
        let style = if colour { style(severity) } else { Style::new() };
        let message = terminal(&diagnostic.message);
        out.push_str(&format!(": {style}{severity}[{rule}]{style:#}: {message}\n"));
    }
    out
}

/// The colours of the full format.
fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => DEFAULT_ERROR_STYLE,
        Severity::Warning => DEFAULT_WARNING_STYLE,
        Severity::Info => DEFAULT_INFO_STYLE,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn one_line_each_whatever_it_holds() {
        let file = SourceFile::new("src/a.md", "one\ntwo 👥 x\n");
        let odd = SourceFile::new("src/a\n\u{1b}[2J.md", "x");
        let mut all = vec![finding(&file, 13..14), finding(&odd, 0..1), finding(&odd, 9..9)];
        all[1].severity = Severity::Warning;
        all[1].message = "`a\r\nb\u{9b}31m` is\nnot one of `c`".to_owned();
        all[2].severity = Severity::Info;
        let expected = "\
src/a.md:2:7: error[missing-section]: `Disaster Recovery` is missing
src/a ␛[2J.md:1:1: warning[missing-section]: `a b¤31m` is not one of `c`
src/a ␛[2J.md:1:2: info[missing-section]: `Disaster Recovery` is missing
";
        assert_eq!(render(&all, false), expected);
    }

    #[test]
    fn an_unknown_line_is_not_shown() {
        let made = SourceFile::unsaved("src/a.md", "one\ntwo\n");
        let expected = "src/a.md: error[missing-section]: `Disaster Recovery` is missing\n";
        assert_eq!(render(&[finding(&made, 4..7)], false), expected);
    }

    #[test]
    fn colour_is_on_the_severity_alone() {
        let file = SourceFile::new("a.md", "x");
        let coloured = render(&[finding(&file, 0..1)], true);
        let tail = "\u{1b}[0m: `Disaster Recovery` is missing\n";
        assert!(
            coloured.starts_with("a.md:1:1: \u{1b}[") && coloured.ends_with(tail),
            "{coloured:?}"
        );
    }
}
