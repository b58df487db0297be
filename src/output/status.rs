//! The state of a book's documents as JSON: the contract's shape, and nothing of how it was found.

use jiff::civil::Date;
use serde::Serialize;

use crate::facts::Facts;
use crate::outline::State;
use crate::record::LogRow;

/// All documents of a book.
#[derive(Debug, Serialize)]
struct Status<'a> {
    schema: u8,
    as_of: String,
    documents: Vec<DocumentStatus<'a>>,
}

#[derive(Debug, Serialize)]
struct DocumentStatus<'a> {
    path: &'a str,
    title: String,
    template: &'a str,
    stage: &'static str,
    fields: Vec<FieldStatus<'a>>,
    sections: Vec<SectionStatus<'a>>,
    extra: Vec<HeadingStatus<'a>>,
    change_log: Vec<LogRowStatus<'a>>,
    review: Option<ReviewStatus<'a>>,
}

#[derive(Debug, Serialize)]
struct FieldStatus<'a> {
    block: &'static str,
    key: &'a str,
    value: &'a str,
}

#[derive(Debug, Serialize)]
struct SectionStatus<'a> {
    id: &'a str,
    heading: Option<&'a str>,
    line: Option<usize>,
    state: State,
}

#[derive(Debug, Serialize)]
struct HeadingStatus<'a> {
    heading: &'a str,
    level: u8,
    line: Option<usize>,
}

#[derive(Debug, Serialize)]
struct LogRowStatus<'a> {
    date: Option<&'a str>,
    iso_date: Option<String>,
    version: Option<&'a str>,
    author: Option<&'a str>,
    changes: Option<&'a str>,
    source: &'static str,
    commit: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ReviewStatus<'a> {
    done: usize,
    total: usize,
    items: Vec<ReviewItemStatus<'a>>,
}

#[derive(Debug, Serialize)]
struct ReviewItemStatus<'a> {
    text: &'a str,
    ticked: bool,
    waived: bool,
}

/// The documents with their states, one line of JSON. Each comes with the path of its chapter.
pub fn json<'a>(as_of: Date, documents: impl IntoIterator<Item = (&'a str, Facts<'a>)>) -> String {
    let documents: Vec<(&str, Facts<'_>)> = documents.into_iter().collect();
    let status = Status {
        schema: 1,
        as_of: as_of.to_string(),
        documents: documents.iter().map(|(path, facts)| document(path, facts)).collect(),
    };
    let mut text = serde_json::to_string(&status).unwrap_or_default();
    text.push('\n');
    text
}

fn document<'a>(path: &'a str, facts: &'a Facts<'a>) -> DocumentStatus<'a> {
    let line = |span| facts.line(span);
    let heading = |index: usize| facts.document.headings.get(index);
    DocumentStatus {
        path,
        title: facts.title(),
        template: &facts.template.name,
        stage: facts.outline.stage.name(),
        fields: fields("header", facts.header())
            .chain(fields("footer", facts.footer()))
            .collect(),
        sections: facts
            .nodes()
            .map(|(_, node, spec)| {
                let heading = node.heading.and_then(heading);
                SectionStatus {
                    id: &spec.id,
                    heading: heading.map(|heading| heading.text.as_str()),
                    line: heading.and_then(|heading| line(heading.span)),
                    state: node.state,
                }
            })
            .collect(),
        extra: facts
            .outline
            .extras
            .iter()
            .filter_map(|index| heading(*index))
            .map(|heading| HeadingStatus {
                heading: &heading.text,
                level: heading.level,
                line: line(heading.span),
            })
            .collect(),
        change_log: facts
            .records
            .change_log
            .iter()
            .flat_map(|log| &log.rows)
            .map(row)
            .collect(),
        review: facts.records.review.as_ref().map(|review| {
            let (done, total) = review.progress();
            let items = review.items.iter().map(|item| ReviewItemStatus {
                text: &item.text,
                ticked: item.ticked,
                waived: item.waived.is_some(),
            });
            ReviewStatus {
                done,
                total,
                items: items.collect(),
            }
        }),
    }
}

fn fields<'a>(block: &'static str, asked: Vec<crate::facts::AskedField<'a>>) -> impl Iterator<Item = FieldStatus<'a>> {
    asked.into_iter().filter_map(move |asked| {
        Some(FieldStatus {
            block,
            key: &asked.spec.key,
            value: &asked.field?.value,
        })
    })
}

fn row(row: &LogRow) -> LogRowStatus<'_> {
    LogRowStatus {
        date: row.date.as_deref(),
        iso_date: row.reading.iso_text(),
        version: row.version.as_deref(),
        author: row.author.as_deref(),
        changes: row.changes.as_deref(),
        source: "table",
        commit: None,
    }
}

/// The documents with their states, for people.
pub fn text<'a>(as_of: Date, documents: impl IntoIterator<Item = (&'a str, Facts<'a>)>) -> String {
    let mut text = String::new();
    for (path, facts) in documents {
        let outline = facts.outline;
        text.push_str(&format!("{} ({path}): {}\n", facts.title(), outline.stage.name()));
        for asked in facts.header().into_iter().chain(facts.footer()) {
            let value = asked.field.map_or("-", |field| field.value.as_str());
            text.push_str(&format!("  {}: {value}\n", asked.spec.key));
        }
        for (_, node, spec) in facts.nodes().filter(|(_, _, spec)| spec.depth == 1) {
            text.push_str(&format!("  {:14}  {}\n", node.state.name(), spec.title));
        }
        if let Some(review) = &facts.records.review {
            let (done, total) = review.progress();
            text.push_str(&format!("  review: {done} of {total}\n"));
        }
        text.push('\n');
    }
    text.push_str(&format!("as of {as_of}\n"));
    text
}
