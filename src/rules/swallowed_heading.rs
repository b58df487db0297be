//! `swallowed-heading`: a heading that Markdown does not see, or a paragraph that it takes for one.

use super::{Check, Finding, Findings, Group, Rule, line_start};
use crate::diagnostic::{Applicability, Level, Levels};
use crate::document::{Hiding, LostHeading};
use crate::edit::Edit;
use crate::facts::Facts;
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "swallowed-heading",
    group: Group::Content,
    levels: Levels::always(Level::Error),
    page: include_str!("swallowed_heading.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for swallowed in &facts.document.swallowed {
        let block = &facts.document.blocks[swallowed.block];
        let line = swallowed.underline;
        let first = Span::new(block.span.start, block.span.start + first_line(facts, block.span).len());
        let text = facts.text(line).trim();
        findings.push(Finding {
            label: "this line makes a heading of what stands above it".to_owned(),
            related: vec![(first, "the heading begins here".to_owned())],
            help: Some(format!("put an empty line in front of `{text}`")),
            fix: Some((
                Applicability::Safe,
                vec![Edit::insert(line_start(facts, line.start), facts.line_end())],
            )),
            ..Finding::at(line, format!("the text above `{text}` becomes a heading"))
        });
    }
    for (_, node, spec) in facts.nodes() {
        let lost = node.lost.as_ref();
        let above = facts.parent(node).is_some_and(|parent| parent.is_missing());
        if let Some(finding) = lost.filter(|_| !above).and_then(|lost| hidden(facts, lost)) {
            findings.push(Finding {
                section: Some(spec.id.clone()),
                ..finding
            });
        }
    }
}

fn first_line<'f>(facts: &Facts<'f>, span: Span) -> &'f str {
    facts.text(span).lines().next().unwrap_or("")
}

fn hidden(facts: &Facts<'_>, lost: &LostHeading) -> Option<Finding> {
    let marks = "#".repeat(usize::from(lost.level));
    let end = facts.line_end();
    let (why, help, fix) = match lost.hiding {
        // Said once for all that the block hides, by `unclosed-block`.
        Hiding::Fence(_) | Hiding::Unclosed(_) => return None,
        Hiding::NoSpace => {
            let edit = Edit::insert(lost.span.start + usize::from(lost.level), " ");
            (
                "a space is missing behind the `#`",
                format!("write `{marks} {}`", lost.text),
                Some((Applicability::Safe, edit)),
            )
        }
        Hiding::ByteOrderMark => {
            let mark = Span::new(lost.span.start, lost.span.start + '\u{feff}'.len_utf8());
            (
                "the included file's byte order mark stands in front of it",
                "save the file without a byte order mark".to_owned(),
                Some((Applicability::Safe, Edit::replace(mark, ""))),
            )
        }
        Hiding::Html(_) => {
            let edit = Edit::insert(line_start(facts, lost.span.start), end);
            (
                "it belongs to the HTML above it",
                "put an empty line in front of it".to_owned(),
                Some((Applicability::Safe, edit)),
            )
        }
        Hiding::Indented => (
            "it is indented, which makes it code",
            "take the spaces in front of it away".to_owned(),
            None,
        ),
        Hiding::Quote => (
            "it stands in a quote",
            "end the quote above it with an empty line and take the `>` away".to_owned(),
            None,
        ),
        Hiding::List => (
            "it stands in a list",
            "take the list mark or the spaces in front of it away".to_owned(),
            None,
        ),
    };
    Some(Finding {
        label: why.to_owned(),
        help: Some(help),
        fix: fix.map(|(applicability, edit)| (applicability, vec![edit])),
        ..Finding::at(lost.span, format!("`{}` is not a heading", lost.text))
    })
}
