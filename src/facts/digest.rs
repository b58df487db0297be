//! What the book needs to know of one document when all are read: its standing, its sections, its records.
//!
//! Taken from facts while the document is at hand; the documents themselves are not kept. `status` prints it as JSON,
//! and the book's pages are made of it.

use jiff::civil::Date;

use super::{AskedField, Facts, LogEntry, Outcome, Standing, Target, Targets};
use crate::diagnostic::{Diagnostic, Severity};
use crate::naming;
use crate::outline::State;
use crate::record::{self, Said, kinds, log_section};
use crate::template::FieldKind;

/// What is kept of one document.
#[derive(Debug)]
pub struct Digest {
    /// The path of its chapter's file, relative to the book's root.
    pub path: String,
    /// Its name, without the words that the template gives every title.
    pub title: String,
    /// The name of its template.
    pub template: String,
    /// How far it says it has come.
    pub stage: &'static str,
    /// The fields of its header and footer.
    pub fields: Vec<DigestField>,
    /// The template's sections in its order.
    pub sections: Vec<DigestSection>,
    /// The headings that the template does not speak of.
    pub extra: Vec<DigestHeading>,
    /// Its merged change log, in its own order.
    pub change_log: Vec<LogEntry>,
    /// Whether its newest row is the first one.
    pub newest_first: bool,
    /// Its review; none where it has neither checklist nor footer.
    pub review: Option<DigestReview>,
    /// Its records.
    pub records: DigestRecords,
    /// Where it stands.
    pub standing: Standing,
    /// The header's version.
    pub version: String,
    /// The header's status, as written.
    pub status: String,
    /// Who reviewed it last.
    pub reviewers: Vec<String>,
    /// Where it mentions what it numbers: `FR12` and the place.
    pub mentions: Vec<(String, Target)>,
    /// Whether its API documentation tells of all endpoints.
    pub documents_endpoints: bool,
    /// How many errors, warnings and infos it has.
    pub findings: [usize; 3],
    /// How many commits its change log does not tell of.
    pub behind: usize,
    /// Where it begins.
    pub target: Target,
}

macro_rules! digest_records {
    (
        placed { $($(#[$about:meta])* $name:ident: $list:ty = $read:expr, by $one:ident.$at:ident
            $(, followed as $kind:literal in $path:expr)?;)* }
        whole { $($(#[$whole_about:meta])* $whole:ident: $type:ident = $read_whole:expr;)* }
        inner { $($inner:tt)* }
    ) => {
        /// The records of a document that are kept.
        #[derive(Debug)]
        pub struct DigestRecords {
            $($(#[$about])* pub $name: Vec<Placed<record::$one>>,)*
            $($(#[$whole_about])* pub $whole: record::$type,)*
        }

        impl Taker<'_, '_> {
            /// The records, those that history follows with the day that each was first seen.
            fn records(&self) -> DigestRecords {
                let records = self.facts.records;
                let mut kept = DigestRecords {
                    $($name: self.placed(&records.$name, |one| &one.$at),)*
                    $($whole: records.$whole.clone(),)*
                };
                $($(self.follow($kind, &mut kept.$name, |one| &one.$at);)?)*
                // A decision record is a decision itself.
                if let Some(decision) = self.facts.as_decision() {
                    kept.decisions = vec![Placed {
                        line: self.facts.line(decision.title.span),
                        target: self.targets.start(),
                        first_seen: self.facts.first_day(),
                        record: decision,
                    }];
                }
                kept
            }
        }
    };
}
kinds!(digest_records);

/// A record with its place.
#[derive(Debug)]
pub struct Placed<T> {
    /// The record.
    pub record: T,
    /// The line of its file that it stands on, from 1.
    pub line: Option<usize>,
    /// Where a reader finds it.
    pub target: Target,
    /// The day of the commit that first had it; none where that is not known, and for what is not followed.
    pub first_seen: Option<Date>,
}

/// A field of header or footer.
#[derive(Debug)]
pub struct DigestField {
    /// `header` or `footer`.
    pub block: &'static str,
    /// Its name, as written.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A section of the template.
#[derive(Debug)]
pub struct DigestSection {
    /// Its path in the template.
    pub id: String,
    /// Its heading in the document; none where it is missing.
    pub heading: Option<String>,
    /// The heading's line, from 1.
    pub line: Option<usize>,
    /// How far it is filled in.
    pub state: State,
    /// Its name in the template.
    pub title: String,
    /// 1 for a section at the top.
    pub depth: u8,
    /// Whether the template wants it in every document.
    pub asked: bool,
    /// Where a reader finds it.
    pub target: Target,
}

/// A heading beyond the template.
#[derive(Debug)]
pub struct DigestHeading {
    /// Its text.
    pub heading: String,
    /// How deep it is, from 1.
    pub level: u8,
    /// Its line, from 1.
    pub line: Option<usize>,
}

/// The review of a document.
#[derive(Debug)]
pub struct DigestReview {
    /// How many items are ticked.
    pub done: usize,
    /// How many count.
    pub total: usize,
    /// The items.
    pub items: Vec<DigestItem>,
    /// The day of the last review, `YYYY-MM-DD`.
    pub last_reviewed: Option<String>,
    /// The day of the next review, `YYYY-MM-DD`.
    pub next_review: Option<String>,
    /// Whether that is past.
    pub overdue: bool,
}

/// An item of the review checklist.
#[derive(Debug)]
pub struct DigestItem {
    /// Its text.
    pub text: String,
    /// Whether its box is ticked.
    pub ticked: bool,
    /// Whether the document says that it does not apply.
    pub waived: bool,
    /// What the document says about it, `pass` or `fail`; none where nothing in it can tell.
    pub evidence: Option<&'static str>,
    /// How the tick and the document stand together.
    pub outcome: Outcome,
    /// Why.
    pub why: String,
}

/// Takes what is kept of a document out of its facts.
pub struct Taker<'t, 'f> {
    facts: &'t Facts<'f>,
    targets: &'t Targets,
}

impl Digest {
    /// What is kept of the document whose chapter's file is at `path`, with what was found in it.
    pub fn of(path: &str, facts: &Facts<'_>, found: &[Diagnostic], targets: &Targets) -> Self {
        let take = Taker { facts, targets };
        let records = facts.records;
        let count = |severity: Severity| found.iter().filter(|one| one.severity == severity).count();
        let value = |kind: FieldKind| {
            let asked = facts.header().iter().find(|asked| asked.spec.kind == kind);
            asked.and_then(|asked| asked.field).map(|field| field.value.clone())
        };
        let status = facts.outline.status.map(|status| &facts.document.fields[status]);
        Self {
            path: path.to_owned(),
            title: facts.title(),
            template: facts.template.name.clone(),
            stage: facts.outline.stage.name(),
            fields: fields("header", facts.header())
                .chain(fields("footer", facts.footer()))
                .collect(),
            sections: take.sections(),
            extra: take.extra(),
            change_log: facts.log(),
            newest_first: facts.begins_with_newest(),
            review: take.review(),
            records: take.records(),
            standing: facts.standing().clone(),
            version: value(FieldKind::Version).unwrap_or_default(),
            status: status
                .map(|field| field.value.clone())
                .or_else(|| facts.decision_status())
                .unwrap_or_default(),
            reviewers: facts
                .reviewed_by()
                .map(|reviewed| reviewed.names.clone())
                .unwrap_or_default(),
            mentions: records
                .mentions
                .iter()
                .map(|mention| (mention.id.clone(), targets.of(mention.text.span)))
                .collect(),
            documents_endpoints: records.endpoints.coverage.documentation,
            findings: [Severity::Error, Severity::Warning, Severity::Info].map(count),
            behind: if records.change_log.is_some() || log_section(facts.outline, facts.template).is_some() {
                facts.unlogged().len()
            } else {
                0
            },
            target: targets.start(),
        }
    }

    /// Its name, or its path where it has none.
    pub fn name(&self) -> &str {
        if self.title.is_empty() { &self.path } else { &self.title }
    }
}

impl Taker<'_, '_> {
    /// Records with their places; `said` is what of a record stands there.
    fn placed<T: Clone>(&self, records: &[T], said: impl Fn(&T) -> &Said) -> Vec<Placed<T>> {
        let placed = records.iter().map(|record| Placed {
            line: self.facts.line(said(record).span),
            target: self.targets.of(said(record).span),
            first_seen: None,
            record: record.clone(),
        });
        placed.collect()
    }

    /// Asks history for the day that each of some records was first seen.
    fn follow<T>(&self, kind: &str, placed: &mut [Placed<T>], key: impl Fn(&T) -> &Said) {
        for one in placed {
            one.first_seen = self.facts.first_seen(kind, &naming::normalise(&key(&one.record).text));
        }
    }

    fn sections(&self) -> Vec<DigestSection> {
        let sections = self.facts.nodes().map(|(_, node, spec)| {
            let heading = node.heading(self.facts.document);
            DigestSection {
                id: spec.id.clone(),
                heading: heading.map(|heading| heading.text.clone()),
                line: heading.and_then(|heading| self.facts.line(heading.span)),
                state: node.state,
                title: spec.title.clone(),
                depth: spec.depth,
                asked: !spec.optional,
                target: heading.map(|heading| self.targets.of(heading.span)).unwrap_or_default(),
            }
        });
        sections.collect()
    }

    fn extra(&self) -> Vec<DigestHeading> {
        let headings = self.facts.outline.extras.iter();
        let headings = headings.map(|id| &self.facts.document.headings[*id]);
        headings
            .map(|heading| DigestHeading {
                heading: heading.text.clone(),
                level: heading.level,
                line: self.facts.line(heading.span),
            })
            .collect()
    }

    fn review(&self) -> Option<DigestReview> {
        let standing = self.facts.standing();
        let iso = |date: Option<Date>| date.map(|date| date.to_string());
        let (done, total) = match standing.review {
            Some(progress) => progress,
            None if standing.last_reviewed.is_none() && standing.next_review.is_none() => return None,
            None => (0, 0),
        };
        let items = self.facts.judged_items().iter().map(|judged| DigestItem {
            text: judged.item.text.clone(),
            ticked: judged.item.ticked,
            waived: judged.item.waived.is_some(),
            evidence: judged.evidence.map(|pass| if pass { "pass" } else { "fail" }),
            outcome: judged.outcome,
            why: judged.why.clone(),
        });
        Some(DigestReview {
            done,
            total,
            items: items.collect(),
            last_reviewed: iso(standing.last_reviewed),
            next_review: iso(standing.next_review),
            overdue: standing.overdue,
        })
    }
}

fn fields(block: &'static str, asked: &[AskedField<'_>]) -> impl Iterator<Item = DigestField> {
    asked.iter().filter_map(move |asked| {
        Some(DigestField {
            block,
            key: asked.spec.key.clone(),
            value: asked.field?.value.clone(),
        })
    })
}

impl DigestField {
    /// The key and the value.
    pub fn words(&self) -> (&str, &str) {
        (&self.key, &self.value)
    }
}
