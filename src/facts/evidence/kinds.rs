//! What is worked out for each kind of evidence, once its section is known to be there and filled in.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Evidence, fail, fail_outside, pass, untold};
use crate::facts::standing::Reviewed;
use crate::facts::{Facts, count};
use crate::history::{Revision, Trailer};
use crate::naming;
use crate::outline::{Node, Standing};
use crate::record::{Component, Decision, Phase, Said, Technology, TechnologySource};
use crate::source::Span;

impl Facts<'_> {
    pub(super) fn diagrams(&self) -> Option<Evidence> {
        let of_system: Vec<_> = self.architecture_diagrams().collect();
        if of_system.is_empty() {
            let name = self.name_of("system-architecture");
            return fail("the architecture has no diagram of its own", name);
        }
        let all = count(of_system.len(), "diagram", "diagrams");
        // What an image shows is not known, but it cannot show what came after it.
        if of_system.iter().any(|diagram| !diagram.is_readable()) {
            return match self.newer_than_diagrams() {
                Some(why) => untold(why),
                None => pass(all),
            };
        }
        let components = &self.records.components;
        if let Some(component) = self.undrawn().first() {
            let mut why = format!("no diagram shows `{}`", component.name.text);
            if let Some(since) = self.added(component) {
                let _ = write!(why, ", added on {since}");
            }
            return fail(why, Some(component.name.span));
        }
        match components.len() {
            0 => pass(all),
            shown => pass(format!("{all}, showing {}", count(shown, "component", "components"))),
        }
    }

    /// That a component was first described after the section with the diagrams last changed, as far as git knows.
    fn newer_than_diagrams(&self) -> Option<String> {
        let (_, node) = self.outline.section(self.template, "system-architecture")?;
        let heading = node.heading(self.document)?;
        let name = naming::normalise(&heading.text);
        let mut revisions = self.revisions();
        let drawn = revisions.find_map(|revision| {
            let changes = revision.sections.as_ref()?;
            changes
                .iter()
                .any(|change| change.section == name)
                .then_some(revision.commit.date?)
        })?;
        let added = |component: &Component| Some((self.added(component)?, component.name.text.clone()));
        let newest = self.records.components.iter().filter_map(added).max()?;
        let (since, component) = Some(newest).filter(|(since, _)| *since > drawn)?;
        Some(format!(
            "an image cannot be read, and the section last changed on {drawn}, before `{component}` was added on {since}"
        ))
    }

    fn revisions(&self) -> impl Iterator<Item = &Revision> {
        let chapters = self.past.iter().flat_map(|past| &past.chapters);
        chapters.flat_map(|chapter| &chapter.revisions)
    }

    /// Where the heading of a section of the template names it.
    fn name_of(&self, path: &str) -> Option<Span> {
        let (_, node) = self.outline.section(self.template, path)?;
        node.name_span(self.document)
    }

    /// The day on which a component was first described, where git knows it.
    fn added(&self, component: &Component) -> Option<Date> {
        let key = naming::normalise(&component.name.text);
        let mut chapters = self.past.iter().flat_map(|past| &past.chapters);
        chapters.find_map(|chapter| chapter.first_seen("component", &key)?.commit.date)
    }

    pub(super) fn responsibilities(&self) -> Option<Evidence> {
        let components = &self.records.components;
        if components.is_empty() {
            return fail("no component is described", None);
        }
        let thin = components
            .iter()
            .find(|component| component.purpose.is_none() || component.responsibilities.len() < 2);
        if let Some(component) = thin {
            let name = &component.name.text;
            let lacks = match component.responsibilities.len() {
                _ if component.purpose.is_none() => format!("`{name}` has no purpose"),
                0 => format!("`{name}` has no responsibilities"),
                _ => format!("`{name}` has only one responsibility"),
            };
            return fail(lacks, Some(component.name.span));
        }
        pass(match components.len() {
            1 => "the one component has a purpose and responsibilities".to_owned(),
            count => format!("each of {count} components has a purpose and responsibilities"),
        })
    }

    pub(super) fn scalability(&self) -> Option<Evidence> {
        let figure = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        let (id, section) = self.outline.section(self.template, "scalability")?;
        let is_in = |node: &&Node| node.heading.is_some_and(|heading| section.region.contains(heading));
        let nodes = &self.outline.nodes;
        let mut nodes = nodes[nodes.ids().from(id)].iter().filter(is_in);
        let stated = nodes.any(|node| {
            node.parts
                .iter()
                .any(|part| part.standing == Standing::Own && figure(&part.unit.text))
        });
        let mut required = self
            .records
            .requirements
            .iter()
            .filter(|requirement| !requirement.functional);
        let demanded = required
            .any(|requirement| naming::normalise(&requirement.id).contains("scal") && figure(&requirement.text.text));
        if stated || demanded {
            pass("the strategy has figures")
        } else {
            fail("no figure says how far it scales", section.name_span(self.document))
        }
    }

    pub(super) fn recovery(&self) -> Option<Evidence> {
        let recovery = &self.records.recovery;
        if recovery.objectives.iter().any(|objective| objective.elsewhere) {
            return pass("the objectives stand where the section says");
        }
        let name = self.name_of("disaster-recovery");
        let said = |stated: &Option<Said>| stated.as_ref().map(|said| said.span).or(name);
        match (recovery.rto_seconds, recovery.rpo_seconds) {
            (Some(_), Some(_)) => {
                let text = |stated: &Option<Said>| stated.as_ref().map_or("", |said| said.text.as_str()).to_owned();
                pass(format!("RTO {}, RPO {}", text(&recovery.rto), text(&recovery.rpo)))
            }
            (None, None) => fail("neither RTO nor RPO is a time", said(&recovery.rto)),
            (None, Some(_)) => fail("RTO is no time", said(&recovery.rto)),
            (Some(_), None) => fail("RPO is no time", said(&recovery.rpo)),
        }
    }

    pub(super) fn stakeholders(&self) -> Option<Evidence> {
        let people = self
            .records
            .stakeholders
            .iter()
            .flat_map(|stakeholder| &stakeholder.people);
        // Who has two roles is one person.
        let mut seen = BTreeSet::new();
        let people: Vec<&String> = people.filter(|person| seen.insert(naming::normalise(person))).collect();
        if people.is_empty() {
            return self.lacking("stakeholders");
        }
        let asked = self.reviewed_by()?;
        let trailers = self.reviewed_since_last_change();
        let trailers: Vec<String> = trailers.iter().map(|name| worded(name)).collect();
        let reviewers: Vec<String> = asked.names.iter().map(|name| worded(name)).collect();
        let reviewers = [reviewers.as_slice(), &trailers].concat();
        let missing: Vec<&&String> = people.iter().filter(|person| !is_among(person, &reviewers)).collect();
        let again = || people.iter().all(|person| is_among(person, &trailers));
        let stale = self.stale_review(asked).filter(|_| missing.is_empty() && !again());
        if stale.is_some() {
            return stale;
        }
        match missing.as_slice() {
            [] => pass(match people.len() {
                1 => "the one stakeholder has reviewed".to_owned(),
                count => format!("all {count} stakeholders have reviewed"),
            }),
            [first, rest @ ..] => {
                let others = if rest.is_empty() {
                    String::new()
                } else {
                    format!(" and {}", count(rest.len(), "other", "others"))
                };
                let done = people.len() - missing.len();
                fail(
                    format!(
                        "{done} of {} stakeholders have reviewed; {first}{others} not yet",
                        people.len()
                    ),
                    asked.span,
                )
            }
        }
    }

    /// That sections changed since the review that the footer names: who reviewed has reviewed what stood there then.
    fn stale_review(&self, reviewed: &Reviewed) -> Option<Evidence> {
        let (date, changed) = (reviewed.date?, self.changed_since_review()?);
        let (first, others) = changed.split_first()?;
        let others = match others.len() {
            0 => String::new(),
            many => format!(" and {}", count(many, "other section", "other sections")),
        };
        fail(
            format!("`{first}`{others} changed since the review on {date}"),
            reviewed.span,
        )
    }

    /// Who has reviewed the document since its content last changed, as commits say.
    fn reviewed_since_last_change(&self) -> Vec<String> {
        let Some(last) = self.past.as_ref().and_then(|past| past.last_content()) else {
            return Vec::new();
        };
        let since = self
            .revisions()
            .filter(|revision| revision.commit.time >= last.commit.time);
        let trailers = since.flat_map(|revision| &revision.commit.trailers);
        trailers
            .filter_map(|trailer| match trailer {
                Trailer::ReviewedBy(name) => Some(name.clone()),
                _ => None,
            })
            .collect()
    }

    pub(super) fn technologies(&self) -> Option<Evidence> {
        let of_stack: Vec<_> = self
            .records
            .technologies
            .iter()
            .filter(|technology| matches!(technology.source, TechnologySource::Stack(_)))
            .collect();
        if of_stack.is_empty() {
            return None;
        }
        let decided = LazyCell::new(|| -> Vec<String> { self.records.decisions.iter().map(words).collect() });
        let justified = |technology: &&&Technology| {
            let named = || {
                let name = naming::normalise(&technology.name.text);
                !name.is_empty() && decided.iter().any(|words| words.contains(&format!(" {name} ")))
            };
            technology.reason.is_some() || named()
        };
        let unjustified: Vec<_> = of_stack.iter().filter(|technology| !justified(technology)).collect();
        match unjustified.first() {
            None => pass(match of_stack.len() {
                1 => "the one technology has a reason".to_owned(),
                count => format!("each of {count} technologies has a reason or a decision"),
            }),
            Some(first) => {
                let name = &first.name.text;
                let why = match unjustified.len() {
                    1 => format!("`{name}` has no reason, and no decision names it"),
                    many => format!(
                        "{many} of {} technologies have no reason and no decision that names them, the first is `{name}`",
                        of_stack.len()
                    ),
                };
                fail(why, Some(first.name.span))
            }
        }
    }

    pub(super) fn roadmap(&self) -> Option<Evidence> {
        let phases = &self.records.roadmap;
        let tasks: usize = phases.iter().map(|phase| phase.tasks.len()).sum();
        let name = self.name_of("future-roadmap");
        if tasks == 0 {
            return fail("no phase has a task", name);
        }
        // Without boxes nobody can say that something is done.
        let late = |phase: &&Phase| {
            let open = || phase.tasks.iter().any(|task| task.boxed && task.open);
            phase.last.is_some_and(|last| last < self.as_of) && open()
        };
        if phases.iter().filter(late).count() == phases.len() {
            let first = phases.first().map(|phase| phase.name.span);
            return fail_outside("every phase is over, with open tasks", first);
        }
        pass(format!(
            "{} in {}",
            count(tasks, "task", "tasks"),
            count(phases.len(), "phase", "phases")
        ))
    }

    pub(super) fn references(&self) -> Option<Evidence> {
        let references = &self.records.references;
        let dead = references
            .iter()
            .find(|reference| reference.target.is_none() && !reference.citation);
        if let Some(reference) = dead {
            return fail(
                format!("`{}` leads nowhere", reference.text.text),
                Some(reference.text.span),
            );
        }
        if let Some(dead) = self.dead_references.first() {
            let said = &dead.text;
            return fail_outside(format!("`{}` {}", said.text, dead.why), Some(said.span));
        }
        match references.len() {
            0 => fail("there is no reference", None),
            many => pass(count(many, "reference leads somewhere", "references lead somewhere")),
        }
    }
}

/// Whether one of the names, as [`worded`] has them, is that of a person, perhaps with more words around it.
fn is_among(person: &str, names: &[String]) -> bool {
    let person = worded(person);
    names.iter().any(|name| name.contains(&person))
}

/// A name, normalised, with blanks around it.
fn worded(name: &str) -> String {
    format!(" {} ", naming::normalise(name))
}

/// All that a decision says, normalised, with blanks around it.
fn words(decision: &Decision) -> String {
    let parts = [
        &decision.context,
        &decision.decision,
        &decision.rationale,
        &decision.consequences,
    ];
    let parts = parts
        .into_iter()
        .flatten()
        .chain(&decision.options)
        .chain([&decision.title]);
    let words: Vec<String> = parts.map(|part| naming::normalise(&part.text)).collect();
    format!(" {} ", words.join(" "))
}
