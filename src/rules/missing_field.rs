//! `missing-field`: the header or the footer lacks a field that the template asks for.

use super::{Check, Finding, Findings, Group, Rule, listed};
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
    let hidden = |key: &str| hidden(facts, key);
    let missing: Vec<&AskedField<'_>> = fields
        .iter()
        .filter(|asked| asked.slot.state == FieldState::Missing && !asked.spec.optional && !hidden(&asked.spec.key))
        .collect();
    let Some(first) = missing.first() else { return };
    let line = format!("**{}**: …", first.spec.key);
    let demand = |asked: &AskedField<'_>| Some((asked.spec.span, format!("asked for here, {}", facts.strictness())));
    if missing.len() > 1 && missing.len() == fields.len() {
        let names = listed(missing.iter().map(|asked| asked.spec.key.as_str()), 6);
        findings.push(Finding {
            label: "expected after this".to_owned(),
            template: demand(first),
            help: Some(format!("add its lines, beginning with `{line}`")),
            ..Finding::at(Span::at(insertion), format!("the {name} is missing: {names}"))
        });
        return;
    }
    for asked in missing {
        findings.push(Finding {
            label: "expected after this".to_owned(),
            template: demand(asked),
            help: Some(format!("add a line `**{}**: …`", asked.spec.key)),
            ..Finding::at(Span::at(insertion), format!("the {name} has no `{}`", asked.spec.key))
        });
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
