//! What stands in each section, unit by unit, and how far the section is filled in.

use super::{Found, Node, NodeId, Outline};
use crate::document::{Block, Document, Unit, UnitKind, is_marker, units};
use crate::ids::{IdList, Ids};
use crate::source::Span;
use crate::template::{Template, UnitClass};

/// A unit of a section and whose words it is.
#[derive(Debug, Clone)]
pub struct SectionUnit {
    /// The unit.
    pub unit: Unit,
    /// Whose words it is.
    pub standing: Standing,
}

/// Whose words a unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The author's.
    Own,
    /// Partly the template's: these placeholders are left.
    Placeholder(Vec<Span>),
    /// The author's, and they say no more than that it is still to be written: `TBD`.
    Marker,
    /// What the template says to its author and to no reader: `[Repeat structure]`.
    Instruction,
    /// The template's example, word for word.
    Sample,
    /// What the template wants to stand there; neither content nor leftover.
    Demand,
    /// Nothing: an empty row.
    Blank,
}

/// How far a section is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is not there.
    Missing,
    /// It may be in a part of the document that was not read.
    Unread,
    /// It holds nothing.
    Empty,
    /// Everything in it is the template's own text.
    Template,
    /// Parts of it are not filled in.
    Placeholder,
    /// Parts that it should have are missing.
    Partial,
    /// It is filled in.
    Complete,
    /// It says that it does not apply, and why.
    NotApplicable,
}

/// A section's statement that it does not apply.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Why; empty if it does not say.
    pub reason: String,
    /// The statement's bytes.
    pub span: Span,
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    own: usize,
    open: usize,
    left: usize,
}

/// Fills in parts, waivers and states.
pub fn fill(outline: &mut Outline, document: &Document, template: &Template) {
    let footer = outline.footer_blocks;
    for node in &mut outline.nodes {
        if node.heading.is_none() {
            continue;
        }
        node.parts = parts(node, document, template, footer);
        node.waiver = node
            .parts
            .iter()
            .find(|part| part.standing != Standing::Demand)
            .and_then(waiver);
    }
    let mut tallies: IdList<Tally, Node> = outline.nodes.map(|(_, node)| tally(node, template));
    // Children stand behind their parents: from the back, each is whole before its parent is asked.
    for id in outline.nodes.ids().iter().rev() {
        let own = tallies[id];
        let state = state(outline, template, id, own);
        outline.nodes[id].state = state;
        let Some(parent) = outline.nodes[id].parent.map(|parent| &mut tallies[parent]) else {
            continue;
        };
        if state == State::NotApplicable {
            parent.own += 1;
        } else {
            parent.own += own.own;
            parent.open += own.open;
            parent.left += own.left;
        }
    }
}

fn tally(node: &Node, template: &Template) -> Tally {
    let mut tally = Tally::default();
    for part in &node.parts {
        match &part.standing {
            Standing::Own => tally.own += 1,
            Standing::Placeholder(_) => {
                tally.open += 1;
                // A placeholder between words of the author's.
                tally.own += usize::from(!template.has_words(&part.unit.text));
            }
            Standing::Marker => {
                tally.own += 1;
                tally.open += 1;
            }
            Standing::Sample | Standing::Instruction => tally.left += 1,
            // A list of things to tick is there, and says nothing until something is ticked.
            Standing::Demand if matches!(part.unit.kind, UnitKind::Item { .. }) => tally.left += 1,
            Standing::Demand | Standing::Blank => {}
        }
    }
    tally
}

fn state(outline: &Outline, template: &Template, id: NodeId, tally: Tally) -> State {
    let node = &outline.nodes[id];
    if node.heading.is_none() {
        return match node.found {
            Found::Elsewhere => State::Complete,
            Found::Unread => State::Unread,
            _ => State::Missing,
        };
    }
    match &node.waiver {
        Some(waiver) if !waiver.reason.is_empty() => return State::NotApplicable,
        Some(_) => return State::Empty,
        None => {}
    }
    if tally.own + tally.open + tally.left == 0 {
        return State::Empty;
    }
    if tally.own == 0 {
        return State::Template;
    }
    if tally.open > 0 {
        return State::Placeholder;
    }
    let lacking = outline.children(id).any(|(_, child)| match child.state {
        State::Missing => !child.spec(template).optional,
        State::Empty | State::Template | State::Partial => true,
        State::Unread | State::Placeholder | State::Complete | State::NotApplicable => false,
    });
    if lacking { State::Partial } else { State::Complete }
}

/// What stands in a section and in none of its sub-sections.
fn parts(node: &Node, document: &Document, template: &Template, footer: Ids<Block>) -> Vec<SectionUnit> {
    let mut found = Vec::new();
    for heading in node.own_headings() {
        let own = document.own_blocks(heading).until(footer);
        let units = units(document, &document.blocks[own]);
        found.extend(units.into_iter().map(|unit| {
            let standing = standing(&unit, document, template);
            SectionUnit { unit, standing }
        }));
    }
    found
}

fn standing(unit: &Unit, document: &Document, template: &Template) -> Standing {
    let open: Vec<Span> = unit
        .brackets
        .iter()
        .copied()
        .filter(|bracket| template.is_placeholder(document.text.get(*bracket)))
        .collect();
    let whole = matches!(unit.kind, UnitKind::Prose | UnitKind::Item { .. }) && is_instruction(&unit.text);
    if whole && (!open.is_empty() || unit.text.starts_with('[') || template.unit(&unit.text).is_some()) {
        return Standing::Instruction;
    }
    if !open.is_empty() {
        return Standing::Placeholder(open);
    }
    match unit.kind {
        UnitKind::Label(_) | UnitKind::Header => return Standing::Demand,
        UnitKind::Row if unit.text.chars().all(|c| c == '|' || c.is_whitespace()) => return Standing::Blank,
        // Whoever ticks a box says something.
        UnitKind::Item { task: Some(true) } => return Standing::Own,
        UnitKind::Item { .. } if unit.text.is_empty() => return Standing::Blank,
        _ => {}
    }
    match template.unit(&unit.text) {
        Some(UnitClass::Sample) => Standing::Sample,
        Some(UnitClass::Demand) => Standing::Demand,
        Some(UnitClass::Placeholder) => Standing::Placeholder(vec![unit.span]),
        None if is_text(unit.kind) && is_marker(&unit.text) => Standing::Marker,
        None => Standing::Own,
    }
}

fn is_text(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::Prose | UnitKind::Item { .. } | UnitKind::Field(_))
}

/// How a template begins what it says to whoever fills it in about the template itself.
const INSTRUCTIONS: [&str; 12] = [
    "repeat ",
    "copy ",
    "duplicate ",
    "delete this ",
    "remove this ",
    "delete if ",
    "remove if ",
    "add more ",
    "add further ",
    "add additional ",
    "add as many ",
    "continue ",
];

/// Whether a text tells its author what to do with the template, and not what to write.
pub fn is_instruction(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '(', ')', '*', '_', ' ']);
    let begins = |start: &&str| {
        let head = inner.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    if !INSTRUCTIONS.iter().any(begins) || inner.contains(['[', ']']) {
        return false;
    }
    let lower = inner.to_lowercase();
    let bracketed = text.starts_with('[') && text.ends_with(']');
    bracketed
        || ["structure", "section", "as needed"]
            .iter()
            .any(|word| lower.contains(word))
}

/// `Not applicable: reason`, `N/A — reason`.
fn waiver(part: &SectionUnit) -> Option<Waiver> {
    if !matches!(
        part.unit.kind,
        UnitKind::Prose | UnitKind::Field(_) | UnitKind::Label(_) | UnitKind::Item { task: None }
    ) {
        return None;
    }
    let lower = part.unit.text.to_ascii_lowercase();
    let phrase = ["not applicable", "n/a", "does not apply"]
        .into_iter()
        .find(|phrase| lower.starts_with(phrase))?;
    let rest = part.unit.text.get(phrase.len()..).unwrap_or("");
    let separated = rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
    let reason =
        rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '-' | '–' | '—' | '(' | ')' | ','));
    separated.then(|| Waiver {
        reason: reason.to_owned(),
        span: part.unit.span,
    })
}

impl State {
    /// The word that pages, messages and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unread => "unread",
            Self::Empty => "empty",
            Self::Template => "template",
            Self::Placeholder => "placeholder",
            Self::Partial => "partial",
            Self::Complete => "complete",
            Self::NotApplicable => "not-applicable",
        }
    }
}
