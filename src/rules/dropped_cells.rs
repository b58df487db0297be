//! `dropped-cells`: a table's row has more cells than its header, and the page shows none of the rest.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::document::{Block, BlockKind, Row, Table, dropped_cells};
use crate::facts::Facts;
use crate::source::Span;

pub static RULE: Rule = Rule {
    name: "dropped-cells",
    group: Group::Content,
    levels: Levels::always(Level::Error),
    page: include_str!("dropped_cells.md"),
    check: Check::Document(check),
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    blocks(facts, &facts.document.blocks, findings);
}

fn blocks(facts: &Facts<'_>, of: &[Block], findings: &mut Findings) {
    for block in of {
        match &block.kind {
            BlockKind::Table(table) => {
                let rows = table.rows.iter();
                findings.extend(rows.filter_map(|row| finding(facts, table, row)));
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| blocks(facts, &item.blocks, findings)),
            BlockKind::Quote(inner) | BlockKind::Other(inner) => blocks(facts, inner, findings),
            _ => {}
        }
    }
}

fn finding(facts: &Facts<'_>, table: &Table, row: &Row) -> Option<Finding> {
    let span = dropped_cells(facts.document, row)?;
    // No backticks within backticks.
    let dropped = facts.text(span).replace('`', "");
    let cells = match table.header.cells.len() {
        1 => "1 cell".to_owned(),
        many => format!("{many} cells"),
    };
    Some(Finding {
        label: "more than the header has cells".to_owned(),
        related: vec![(
            Span::new(
                table.header.span.start,
                table.header.span.start + facts.text(table.header.span).trim_end().len(),
            ),
            format!("the header has {cells}"),
        )],
        help: Some(
            "add a cell to the header and the line below it, or write `\\|` where the sign belongs to the text"
                .to_owned(),
        ),
        ..Finding::at(span, format!("`{dropped}` is not on the page"))
    })
}
