//! Findings as people read them: the author's line with a caret under what is wrong, the template's line, the cure.
//!
//! annotate-snippets draws. This module cuts out the lines to draw and hands over text that is safe in a terminal; it
//! must never hand over a whole file, for a build can have tens of thousands of findings.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet};

use super::{Located, line_of, settled, terminal, visible};
use crate::cores::{Cores, each};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Place, SourceFile, Span};

/// The most bytes of text that are drawn around a place. Drawing costs time by the byte, also where it elides.
const MOST: usize = 16 * 1024;

/// The most findings that are drawn; further ones are a line each. Nobody reads a thousand drawings, and each costs
/// thirty times what a line does.
const DRAWN: usize = 1000;

/// The most characters of a line that a note quotes.
const QUOTED: usize = 80;

/// Why a finding has a path and no line.
const UNKNOWN: &str = "the line is not known: another preprocessor changed this chapter before archdoc";

/// The findings, in the order given: drawn, with an empty line after each, and from the [`DRAWN`]th on a line each.
pub(super) fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let (drawn, listed) = diagnostics.split_at(diagnostics.len().min(DRAWN));
    for text in each(&Cores::all(), drawn.iter().collect(), |one| {
        renderer.render(&[group(one)])
    }) {
        out.push_str(&text);
        out.push_str("\n\n");
    }
    for text in each(&Cores::all(), listed.chunks(DRAWN).collect(), |some| {
        super::concise::render(some, colour)
    }) {
        out.push_str(&text);
    }
    if !listed.is_empty() {
        out.push('\n');
    }
    out
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let place = &diagnostic.place;
    let (mut windows, mut asides) = (Vec::<Window<'_>>::new(), Vec::new());
    let first = Window::of(place, AnnotationKind::Primary, &diagnostic.label);
    let drawn = first.is_some();
    windows.extend(first);
    if !drawn {
        asides.extend(aside(place, &diagnostic.label));
    }
    for related in &diagnostic.related {
        match Window::of(&related.place, AnnotationKind::Context, &related.label) {
            Some(window) => match windows.iter_mut().find(|known| known.reaches(&window)) {
                Some(known) => known.join(window),
                None => windows.push(window),
            },
            None => asides.push(elsewhere(&related.place, &related.label)),
        }
    }
    asides.extend(diagnostic.notes.iter().map(|note| lines(note)));
    for (file, span) in &place.included_from {
        asides.push(format!("included from {}", line_of(file, *span)));
    }
    if !place.file.on_disk() {
        if let Some(path) = &diagnostic.section {
            asides.push(format!("the section is `{}`", terminal(path)));
        }
        asides.push(UNKNOWN.to_owned());
    }
    let help = diagnostic.help.as_ref().map(|help| Level::HELP.message(lines(help)));

    let mut elements: Vec<Element<'_>> = Vec::new();
    if !drawn {
        elements.push(origin(place).into());
        if windows.is_empty() && (help.is_some() || !asides.is_empty()) {
            elements.push(Padding.into());
        }
    }
    elements.extend(windows.into_iter().map(|window| window.snippet().into()));
    elements.extend(asides.into_iter().map(|note| Level::NOTE.message(note).into()));
    elements.extend(help.map(Element::from));
    let title = level(diagnostic.severity).primary_title(terminal(&diagnostic.message));
    title.id(diagnostic.rule).elements(elements)
}

/// A note or a help, which may have several lines.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(terminal).collect();
    lines.join("\n")
}

/// The heading of a finding whose text is not drawn.
fn origin(place: &Place) -> Origin<'static> {
    let origin = Origin::path(terminal(place.file.path()));
    match Located::of(&place.file, place.span) {
        Some(at) => origin.line(at.start.line).char_column(at.start.column),
        None => origin,
    }
}

/// What the label says of a text that is not drawn, with the text that it speaks of, or else its line.
fn aside(place: &Place, label: &str) -> Option<String> {
    if label.is_empty() {
        return None;
    }
    let text = place.file.text();
    let start = settled(&place.file, place.span.start);
    let line = place.file.lines_of(Span::at(start)).start;
    let after = [start, line].map(|from| {
        text.get(from..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or("")
            .trim()
    });
    let line = after.into_iter().find(|words| !words.is_empty()).unwrap_or("");
    let mut quoted: String = line.chars().take(QUOTED).collect();
    if quoted.len() < line.len() {
        quoted.push('…');
    }
    let label = terminal(label);
    Some(if line.is_empty() {
        label
    } else {
        format!("`{}`: {label}", terminal(&quoted))
    })
}

fn elsewhere(place: &Place, label: &str) -> String {
    let at = line_of(&place.file, place.span);
    if label.is_empty() {
        at
    } else {
        format!("{at}: {}", terminal(label))
    }
}

/// Whole lines of one file, and what is marked in them.
struct Window<'a> {
    file: &'a SourceFile,
    /// The lines, without the last one's end.
    lines: Span,
    marks: Vec<(Span, AnnotationKind, String)>,
}

impl<'a> Window<'a> {
    /// The lines that a place touches; the first of them where they are many; none where that one is endless, or where
    /// the text stands in no file.
    fn of(place: &'a Place, kind: AnnotationKind, label: &str) -> Option<Self> {
        let file = &*place.file;
        let span = Located::of(file, place.span)?.span;
        let text = file.text().get(span.start..span.end)?;
        let touched = Span::new(span.start, span.start + text.trim_end_matches(['\n', '\r']).len());
        let (first, last) = (line(file, touched.start), line(file, touched.end));
        let lines = [Span::new(first.start, last.end), first];
        let lines = lines.into_iter().find(|lines| lines.len() <= MOST)?;
        let mark = Span::new(touched.start, touched.end.min(lines.end));
        Some(Self {
            file,
            lines,
            marks: vec![(mark, kind, terminal(label))],
        })
    }

    fn united(&self, other: &Self) -> Span {
        Span::new(
            self.lines.start.min(other.lines.start),
            self.lines.end.max(other.lines.end),
        )
    }

    /// Whether both are best drawn as one.
    fn reaches(&self, other: &Self) -> bool {
        std::ptr::eq(self.file, other.file) && self.united(other).len() <= MOST
    }

    fn join(&mut self, other: Self) {
        self.lines = self.united(&other);
        self.marks.extend(other.marks);
    }

    fn snippet(self) -> Snippet<'a, Annotation<'a>> {
        let Span { start, end } = self.lines;
        let marks = self.marks.into_iter().map(|(span, kind, label)| {
            let label = Some(label).filter(|label| !label.is_empty());
            kind.span(span.start - start..span.end - start).label(label)
        });
        Snippet::source(visible(self.file.text().get(start..end).unwrap_or("")))
            .path(terminal(self.file.path()))
            .line_start(self.file.position(start).line)
            .annotations(marks)
    }
}

/// The line that holds the byte at `offset`, without its end and without a byte order mark.
fn line(file: &SourceFile, offset: usize) -> Span {
    let Span { start, end } = file.lines_of(Span::at(offset));
    let start = start.max(file.mark_len());
    let text = file.text().get(start..end).unwrap_or("");
    let ends_in_crlf = text.ends_with('\r') && end < file.text().len();
    Span::new(start, if ends_in_crlf { end - 1 } else { end })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{finding, lines_down};
    use super::*;
    use crate::diagnostic::Related;

    fn related(file: &Arc<SourceFile>, span: std::ops::Range<usize>, label: &str, template: bool) -> Related {
        Related {
            place: Place::new(Arc::clone(file), span.into()),
            label: label.to_owned(),
            template,
        }
    }

    fn labelled(file: &Arc<SourceFile>, word: &str) -> Diagnostic {
        let start = file.text().find(word).unwrap();
        let mut one = finding(file, start..start + word.len());
        one.label = "here".to_owned();
        one
    }

    /// The rendering of one finding without its title.
    fn body(one: Diagnostic) -> String {
        let rendered = render(&[one], false);
        let (title, rest) = rendered.split_once('\n').unwrap();
        assert_eq!(title, "error[missing-section]: `Disaster Recovery` is missing");
        rest.strip_suffix("\n\n").unwrap().to_owned()
    }

    fn missing_section() -> Diagnostic {
        let file = lines_down("src/payments.md", 211, "## Testing Strategy\n\nUnit tests.\n");
        let template = lines_down("architecture template", 370, "## Disaster Recovery\n\n[text]\n");
        let mut one = finding(&file, 422..422);
        one.label = "expected before this heading".to_owned();
        let demand = "required here, because the document's status is Complete";
        one.related = vec![related(&template, 740..760, demand, true)];
        one.help = Some("add it with `mdbook-archdoc fix`".to_owned());
        one.section = Some("disaster-recovery".to_owned());
        one
    }

    #[test]
    fn a_missing_section_shows_both_files() {
        let expected = "\
error[missing-section]: `Disaster Recovery` is missing
   --> src/payments.md:212:1
    |
212 | ## Testing Strategy
    | ^ expected before this heading
    |
   ::: architecture template:371:1
    |
371 | ## Disaster Recovery
    | -------------------- required here, because the document's status is Complete
    |
    = help: add it with `mdbook-archdoc fix`

";
        assert_eq!(render(&[missing_section()], false), expected);
    }

    #[test]
    fn an_unknown_line_is_called_so() {
        let mut one = missing_section();
        one.place.file = SourceFile::unsaved("src/payments.md", one.place.file.text());
        let expected = "   --> src/payments.md
    |
   ::: architecture template:371:1
    |
371 | ## Disaster Recovery
    | -------------------- required here, because the document's status is Complete
    |
    = note: `## Testing Strategy`: expected before this heading
    = note: the section is `disaster-recovery`
    = note: the line is not known: another preprocessor changed this chapter before archdoc
    = help: add it with `mdbook-archdoc fix`";
        assert_eq!(body(one), expected);

        let made = SourceFile::unsaved("src/a.md", "one\ntwo\n");
        let expected = "--> src/a.md
 |
 = note: the line is not known: another preprocessor changed this chapter before archdoc";
        assert_eq!(body(finding(&made, 4..7)), expected);
    }

    #[test]
    fn an_included_place_names_its_file_and_how_it_got_there() {
        let chapter = SourceFile::new("src/a.md", "# A\n\n{{#include b.md}}\n");
        let between = SourceFile::unsaved("src/b.md", "{{#include c.md}}\n");
        let file = SourceFile::new("src/c.md", "Version: [x.y]\n");
        let mut one = labelled(&file, "[x.y]");
        one.related = vec![related(&between, 0..4, "named here too", false)];
        one.place.included_from = vec![(between, Span::new(0, 17)), (chapter, Span::new(5, 22))];
        one.notes = vec!["a note of\ntwo lines \u{1b}[31m".to_owned()];
        let expected = " --> src/c.md:1:10
  |
1 | Version: [x.y]
  |          ^^^^^ here
  |
  = note: src/b.md: named here too
  = note: a note of
          two lines ␛[31m
  = note: included from src/b.md
  = note: included from src/a.md:3";
        assert_eq!(body(one), expected);
    }

    #[test]
    fn places_in_one_file_are_drawn_together_where_they_are_near() {
        let between = |lines: usize| {
            let file = SourceFile::new("a.md", format!("Status: Complete\n{}## Risks\n", "x\n".repeat(lines)));
            let mut one = labelled(&file, "## Risks");
            one.related = vec![related(&file, 8..16, "because of this", false)];
            body(one)
        };
        let expected = "  --> a.md:11:1
   |
 1 | Status: Complete
   |         -------- because of this
...
11 | ## Risks
   | ^^^^^^^^ here";
        assert_eq!(between(9), expected);
        let expected = "     --> a.md:16386:1
      |
16386 | ## Risks
      | ^^^^^^^^ here
      |
     ::: a.md:1:9
      |
    1 | Status: Complete
      |         -------- because of this";
        assert_eq!(between(MOST), expected);
    }

    #[test]
    fn odd_lines() {
        let text = "\u{feff}a\tb👨‍👩‍👧x表y\r\n\r\nlast [e] line\r\n";
        let file = SourceFile::new("a.md", text);
        let empty = SourceFile::new("a.md", "");
        let at = |needle: &str| text.find(needle).unwrap();
        let first = "a    b👨👩👧x表y";
        let table = [
            (&file, 0..3, "1:1", first, "^"),
            (&file, at("x")..at("y"), "1:9", first, "            ^^^"),
            (&file, at("y") + 1..at("last"), "1:12", first, "                ^"),
            (&file, at("\r\nlast")..at("\r\nlast"), "2:1", "", "^"),
            (&file, at("[e]")..text.len(), "3:6", "last [e] line", "     ^^^^^^^^"),
            (&file, text.len()..text.len(), "4:1", "", "^"),
            (&empty, 0..0, "1:1", "", "^"),
            (&empty, 7..9, "1:1", "", "^"),
        ];
        for (file, span, position, line, caret) in table {
            let number = position.split(':').next().unwrap();
            let source = format!("{number} | {line}");
            let expected = format!(" --> a.md:{position}\n  |\n{}\n  | {caret}", source.trim_end());
            assert_eq!(body(finding(file, span)), expected);
        }
    }

    #[test]
    fn several_lines_are_bracketed_and_very_many_are_not() {
        let text: String = (1..4000).map(|number| format!("line {number}\n")).collect();
        let file = SourceFile::new("a.md", text.as_str());
        let expected = " --> a.md:1:1
  |
1 | / line 1
2 | | line 2
3 | | line 3
  | |______^";
        assert_eq!(body(finding(&file, 0..21)), expected);
        let expected = " --> a.md:2:1\n  |\n2 | line 2\n  | ^^^^^^";
        assert_eq!(body(finding(&file, 7..text.len())), expected);
    }

    #[test]
    fn a_long_line_is_cut_and_an_endless_one_quoted() {
        let text = format!("{}[needle]{}", "word ".repeat(200), " word".repeat(200));
        let rendered = body(labelled(&SourceFile::new("a.md", text), "[needle]"));
        let lines: Vec<&str> = rendered.lines().collect();
        assert_eq!(lines[0], " --> a.md:1:1001");
        assert!(
            lines[2].starts_with("1 | ...") && lines[2].ends_with("..."),
            "{rendered}"
        );
        assert!(lines[2].len() <= 140);
        assert_eq!(lines[3].find("^^^^^^^^ here"), lines[2].find("[needle]"));

        let endless = SourceFile::new("a.md", format!("{}[needle] and more", "word ".repeat(MOST)));
        let expected = "--> a.md:1:81921\n |\n = note: `[needle] and more`: here";
        assert_eq!(body(labelled(&endless, "[needle]")), expected);
    }

    #[test]
    fn severities_have_their_words_and_colours() {
        let file = SourceFile::new("a.md", "x");
        for (severity, colour) in [(Severity::Error, 91), (Severity::Warning, 33), (Severity::Info, 94)] {
            let mut one = finding(&file, 0..1);
            one.severity = severity;
            let title = format!("{severity}[missing-section]: `Disaster Recovery` is missing\n");
            assert!(render(std::slice::from_ref(&one), false).starts_with(&title));
            let styled = format!("\u{1b}[1m\u{1b}[{colour}m{severity}[");
            // On Windows the library takes other colours.
            assert!(cfg!(windows) || render(&[one], true).starts_with(&styled));
        }
    }
}
