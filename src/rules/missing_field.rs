//! `missing-field`: the header or the footer lacks a field that the template asks for.

use super::{Check, Finding, Findings, Group, Rule, listed, required};
use crate::diagnostic::{Level, Levels};
use crate::document::BlockKind;
use crate::facts::{AskedField, Facts};
use crate::outline::FieldState;
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "missing-field",
    group: Group::Fields,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("missing_field.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    block(
        facts,
        "header",
        &facts.header(),
        facts.outline.header.insertion,
        findings,
    );
    block(
        facts,
        "footer",
        &facts.footer(),
        facts.outline.footer.insertion,
        findings,
    );
}

fn block(facts: &Facts<'_>, name: &str, fields: &[AskedField<'_>], insertion: usize, findings: &mut Findings) {
    let missing: Vec<&AskedField<'_>> = fields
        .iter()
        .filter(|asked| asked.slot.state == FieldState::Missing && !asked.spec.optional)
        .filter(|asked| !hidden(facts, &asked.spec.key))
        .collect();
    let keys = |asked: &[&AskedField<'_>]| listed(asked.iter().map(|asked| asked.spec.key.as_str()), 6);
    let found = |asked: &[&AskedField<'_>], message| {
        let lines: Vec<String> = asked.iter().map(|asked| format!("**{}**: …", asked.spec.key)).collect();
        Finding {
            label: match insertion {
                0 => "expected before this line",
                _ => "expected after this line",
            }
            .to_owned(),
            template: asked.first().map(|first| (first.spec.span, required(facts))),
            help: Some(format!("add {}", listed(lines.iter().map(String::as_str), 6))),
            ..Finding::at(Span::at(insertion), message)
        }
    };
    if missing.len() > 1 && missing.len() == fields.len() {
        findings.push(found(&missing, format!("the {name} is missing: {}", keys(&missing))));
        return;
    }
    for asked in missing {
        findings.push(found(&[asked], format!("the {name} has no `{}`", asked.spec.key)));
    }
}

/// Whether a block that is never closed hides the field: then that is what is wrong.
fn hidden(facts: &Facts<'_>, key: &str) -> bool {
    let needle = format!("**{key}");
    facts.document.blocks.iter().any(|block| match &block.kind {
        BlockKind::Code(code) => code.unclosed && facts.text(block.span).contains(&needle),
        BlockKind::Comment | BlockKind::Html => facts.text(block.span).contains(&needle),
        _ => false,
    })
}
