//! `missing-field`: the header, the footer or a section lacks a field that the template asks for.

use super::{Check, Finding, Findings, Group, Rule, listed, required};
use crate::diagnostic::{Level, Levels, Severity};
use crate::document::{HeadingId, UnitKind};
use crate::facts::{Answer, AskedField, Facts, SectionField};
use crate::naming;
use crate::outline::{FieldState, Node, SectionUnit, Standing};
use crate::source::Span;
use crate::template::{FieldKind, FieldPlace, FieldSpec, SectionSpec, SpecId};

pub static RULE: Rule = Rule {
    name: "missing-field",
    group: Group::Fields,
    levels: Levels::by_stage(Level::Info, Level::Warning, Level::Error),
    page: include_str!("missing_field.md"),
    check: Check::WholeDocument(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    block(
        facts,
        "header",
        facts.header(),
        facts.outline.header.insertion,
        findings,
    );
    block(
        facts,
        "footer",
        facts.footer(),
        facts.outline.footer.insertion,
        findings,
    );
    sections(facts, findings);
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
    let html = facts.document.blocks.iter().filter(|block| block.is_html());
    let mut hiding = facts.document.unclosed_blocks().chain(html);
    hiding.any(|block| facts.text(block.span).contains(&needle))
}

/// A section and what it is asked for.
struct Asked<'a> {
    node: &'a Node,
    spec: &'a SectionSpec,
    heading: &'a str,
    fields: Vec<SectionField<'a>>,
}

impl<'a> Asked<'a> {
    fn missing(&self) -> impl Iterator<Item = &'a FieldSpec> + '_ {
        let missing = self
            .fields
            .iter()
            .filter(|field| matches!(field.answer, Answer::Missing));
        missing.map(|field| field.spec)
    }

    /// Whether it names none of its fields: it is written in a form of its own.
    fn has_none(&self) -> bool {
        self.fields
            .iter()
            .all(|field| matches!(field.answer, Answer::Missing | Answer::Told))
    }
}

fn sections(facts: &Facts<'_>, findings: &mut Findings) {
    let mut groups: Vec<(SpecId, Vec<Asked<'_>>)> = Vec::new();
    for (id, node, spec) in facts.nodes() {
        let fields = facts.section_fields(id).iter();
        let fields = fields.filter(|field| field.spec.open && !field.spec.optional);
        let fields: Vec<SectionField<'_>> = fields.copied().collect();
        let heading = node.heading(facts.document);
        let Some(heading) = heading.filter(|_| !fields.is_empty()) else {
            continue;
        };
        let asked = Asked {
            node,
            spec,
            heading: &heading.text,
            fields,
        };
        if asked.has_none() && facts.points_elsewhere(id) {
            continue;
        }
        match groups.last_mut() {
            Some((last, group)) if *last == node.spec => group.push(asked),
            _ => groups.push((node.spec, vec![asked])),
        }
    }
    for (_, group) in &groups {
        match group.as_slice() {
            [one] => section(facts, one, &[], findings),
            all => instances(facts, all, findings),
        }
    }
}

/// What no instance of a group has is one finding: the team writes them in another way.
fn instances(facts: &Facts<'_>, all: &[Asked<'_>], findings: &mut Findings) {
    let Some(first) = all.first() else { return };
    let lacks = |asked: &Asked<'_>, name: &str| asked.missing().any(|spec| spec.name == name);
    let nowhere: Vec<&FieldSpec> = first
        .missing()
        .filter(|spec| all.iter().all(|asked| lacks(asked, &spec.name)))
        .collect();
    if !nowhere.is_empty() {
        let group = first.spec.group.as_deref().unwrap_or(&first.spec.title);
        let message = format!("none of the {} sections `{group}` has {}", all.len(), keys(&nowhere));
        findings.extend(found(facts, first, &nowhere, message, Severity::Info));
    }
    let nowhere: Vec<&str> = nowhere.iter().map(|spec| spec.name.as_str()).collect();
    for asked in all {
        section(facts, asked, &nowhere, findings);
    }
}

fn section(facts: &Facts<'_>, asked: &Asked<'_>, but: &[&str], findings: &mut Findings) {
    let missing: Vec<&FieldSpec> = asked
        .missing()
        .filter(|spec| !but.contains(&spec.name.as_str()))
        .collect();
    let group = asked.spec.group.is_some();
    // A list that a team shapes as it likes, or a section in a form of its own, is one finding.
    let free = missing.iter().all(|spec| spec.place == FieldPlace::Item && !group);
    if free || asked.has_none() {
        if missing.is_empty() || is_other(asked) {
            return;
        }
        let all = missing.len() > 1 && missing.len() == asked.fields.len();
        let verb = if all { "has none of" } else { "has no" };
        let message = format!("`{}` {verb} {}", asked.heading, keys(&missing));
        findings.extend(found(facts, asked, &missing, message, Severity::Info));
        return;
    }
    for spec in missing {
        let listed = spec.kind == FieldKind::Below && (!follows(asked) || has_loose_list(facts, asked));
        let free = spec.place == FieldPlace::Item && !group;
        let info = listed || free || is_loose(facts, asked);
        let most = if info { Severity::Info } else { Severity::Warning };
        let message = format!("`{}` has no `{}`", asked.heading, spec.key);
        findings.extend(found(facts, asked, &[spec], message, most));
    }
}

/// Whether a section has more of its fields than not, and no table: then it follows the template, whatever else is said
/// there.
fn follows(asked: &Asked<'_>) -> bool {
    let tabled = asked.node.parts.iter().any(|part| part.unit.kind == UnitKind::Row);
    asked.fields.len() > 2 * asked.missing().count() && !tabled
}

/// Whether a section has a list or code that stands below none of its fields: what is missing may be in it.
fn has_loose_list(facts: &Facts<'_>, asked: &Asked<'_>) -> bool {
    let mut below = false;
    facts
        .reader()
        .lines(asked.node)
        .iter()
        .any(|line| match line.unit.kind {
            UnitKind::Label(_) => {
                let name = line
                    .field
                    .map(|field| naming::normalise(&field.key))
                    .unwrap_or_default();
                below = asked.spec.fields.iter().any(|spec| spec.is(&name, true));
                false
            }
            UnitKind::Item { .. } | UnitKind::Code => !below && line.field.is_none(),
            _ => {
                below &= line.unit.depth > 0;
                false
            }
        })
}

/// Whether a section says more than its fields do, or is no more than likely an instance of its group: then what is
/// missing may stand there in another form.
fn is_loose(facts: &Facts<'_>, asked: &Asked<'_>) -> bool {
    let own = |part: &SectionUnit| {
        part.standing == Standing::Own && matches!(part.unit.kind, UnitKind::Prose | UnitKind::Row)
    };
    let section = |heading: HeadingId| facts.outline.nodes.iter().any(|node| node.heading == Some(heading));
    let divided = asked.node.region.iter().skip(1).any(|heading| !section(heading));
    divided || !follows(asked) && asked.node.parts.iter().any(own) || is_other(asked)
}

/// Whether a section is likely no instance of its group: it does not have the label.
fn is_other(asked: &Asked<'_>) -> bool {
    asked.spec.group.is_some() && !asked.spec.is_instance(asked.heading)
}

fn keys(specs: &[&FieldSpec]) -> String {
    listed(specs.iter().map(|spec| spec.key.as_str()), 6)
}

/// A finding about fields of a section, where the first of them should stand.
fn found(
    facts: &Facts<'_>,
    asked: &Asked<'_>,
    missing: &[&FieldSpec],
    message: String,
    most: Severity,
) -> Option<Finding> {
    let first = missing.first()?;
    let (span, label) = place(facts, asked, first)?;
    let line = |spec: &&FieldSpec| match spec.place {
        FieldPlace::Line => format!("**{}**: …", spec.key),
        FieldPlace::Item | FieldPlace::Below => format!("- **{}**: …", spec.key),
    };
    let lines: Vec<String> = missing.iter().map(line).collect();
    Some(Finding {
        label: label.to_owned(),
        template: Some((first.span, "the template has it here".to_owned())),
        help: Some(format!("add {}", listed(lines.iter().map(String::as_str), 6))),
        section: Some(asked.spec.id.clone()),
        at_most: Some(most),
        ..Finding::at(span, message)
    })
}

/// Behind the field in front of it that is there, else in front of the one behind it, else at the section's heading.
fn place(facts: &Facts<'_>, asked: &Asked<'_>, missing: &FieldSpec) -> Option<(Span, &'static str)> {
    let lines = facts.reader().lines(asked.node);
    let of = |spec: &FieldSpec| {
        lines
            .iter()
            .position(|line| line.field.is_some() && spec.is(line.name, true))
    };
    let before = asked
        .spec
        .fields
        .iter()
        .take_while(|spec| spec.name != missing.name)
        .filter(|spec| spec.place != FieldPlace::Below)
        .filter_map(of)
        .max();
    if let Some(at) = before {
        let depth = lines.get(at)?.unit.depth;
        let rest = lines.get(at + 1..).unwrap_or(&[]);
        let last = rest.iter().take_while(|line| match depth {
            0 => line.field.is_none() || line.unit.depth > 0,
            _ => line.unit.depth > depth,
        });
        let end = last.last().or(lines.get(at))?.unit.span;
        let end = end.start + facts.text(end).trim_end().len();
        return Some((Span::at(end), "expected after this line"));
    }
    let after = asked
        .spec
        .fields
        .iter()
        .skip_while(|spec| spec.name != missing.name)
        .filter_map(of)
        .min();
    if let Some(line) = after.and_then(|at| lines.get(at)) {
        return Some((Span::at(line.unit.span.start), "expected before this line"));
    }
    Some((asked.node.name_span(facts.document)?, "expected under this heading"))
}
