//! What the document itself says about the claims of its review checklist. A tick is a claim; it is never changed.
//!
//! All of it follows from records, from the states of sections and from git. Nothing here reads Markdown, and nothing
//! here judges whether what is written is good: that is what reviewers are for.

mod kinds;

use super::{Facts, count};
use crate::naming;
use crate::outline::{Node, Standing, State};
use crate::record::ReviewItem;
use crate::settings::{Binding, EvidenceKind};
use crate::source::Span;

/// How a claim stands to what the document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Ticked, and the document bears it out.
    Done,
    /// Ticked, and the document says otherwise.
    Contradicted,
    /// Ticked, and nothing in the document can tell.
    Attested,
    /// Open, though the document says that it could be ticked.
    Ready,
    /// Open, with something missing.
    Pending,
    /// It does not count.
    Waived,
}

impl Outcome {
    /// The word that pages, messages and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Contradicted => "contradicted",
            Self::Attested => "attested",
            Self::Ready => "ready",
            Self::Pending => "pending",
            Self::Waived => "waived",
        }
    }
}

/// An item of the checklist with what the document says about it.
#[derive(Debug)]
pub struct JudgedItem<'a> {
    /// The item.
    pub item: &'a ReviewItem,
    /// Whether the document bears it out; none where it cannot tell.
    pub evidence: Option<bool>,
    /// How the two stand together.
    pub outcome: Outcome,
    /// Why: one phrase, lower case, no full stop.
    pub why: String,
    /// Where what is missing should stand.
    pub at: Option<Span>,
    /// The sections that speak for it, by their paths.
    pub sections: Vec<String>,
    /// Whether what speaks against it lies outside the document: the days that went by, another file.
    pub from_outside: bool,
}

/// What the document says about a claim.
struct Evidence {
    /// Whether it bears the claim out; none where it cannot tell.
    pass: Option<bool>,
    why: String,
    at: Option<Span>,
    /// Whether what speaks against it lies outside the document: the days that went by, another file.
    from_outside: bool,
}

fn evidence(pass: Option<bool>, why: impl Into<String>, at: Option<Span>) -> Option<Evidence> {
    let why = why.into();
    Some(Evidence {
        pass,
        why,
        at,
        from_outside: false,
    })
}

fn pass(why: impl Into<String>) -> Option<Evidence> {
    evidence(Some(true), why, None)
}

fn fail(why: impl Into<String>, at: Option<Span>) -> Option<Evidence> {
    evidence(Some(false), why, at)
}

/// That something outside the document speaks against it.
fn fail_outside(why: impl Into<String>, at: Option<Span>) -> Option<Evidence> {
    fail(why, at).map(|evidence| Evidence {
        from_outside: true,
        ..evidence
    })
}

fn untold(why: impl Into<String>) -> Option<Evidence> {
    evidence(None, why, None)
}

impl<'a> Facts<'a> {
    /// The items of the review checklist, each with what the document says about it.
    pub fn judged_items(&self) -> &[JudgedItem<'a>] {
        self.once.judged_items.get_or_init(|| {
            let items = self.records.review.iter().flat_map(|review| &review.items);
            items.map(|item| self.judged(item)).collect()
        })
    }

    fn judged(&self, item: &'a ReviewItem) -> JudgedItem<'a> {
        let binding = self.binding(item);
        let sections = binding.map(sections_of).unwrap_or_default();
        let (
            outcome,
            Evidence {
                pass,
                why,
                at,
                from_outside,
            },
        ) = self.outcome(item, binding);
        JudgedItem {
            item,
            evidence: pass,
            outcome,
            why,
            at,
            sections,
            from_outside,
        }
    }

    fn outcome(&self, item: &ReviewItem, binding: Option<&Binding>) -> (Outcome, Evidence) {
        let unknown = |why: &str| Evidence {
            pass: None,
            why: why.to_owned(),
            at: None,
            from_outside: false,
        };
        if let Some(reason) = &item.waived {
            let why = match (reason.as_str(), item.withdrawn) {
                ("", true) => "withdrawn",
                ("", false) => "does not apply",
                (reason, _) => reason,
            };
            return (Outcome::Waived, unknown(why));
        }
        let lacks = |evidence: &Evidence| evidence.pass == Some(false) && !evidence.from_outside;
        let evidence = match binding.and_then(|binding| self.evidence(binding)) {
            Some(evidence) if lacks(&evidence) && !self.outline.is_whole => {
                unknown("a part of the document was not read")
            }
            Some(evidence) => evidence,
            None if item.ticked => unknown("nothing in the document can tell"),
            None => unknown("not ticked"),
        };
        let outcome = match (item.ticked, evidence.pass) {
            (true, Some(true)) => Outcome::Done,
            (true, Some(false)) => Outcome::Contradicted,
            (true, None) => Outcome::Attested,
            (false, Some(true)) => Outcome::Ready,
            (false, _) => Outcome::Pending,
        };
        (outcome, evidence)
    }

    /// What speaks for an item: bound by its own words, or by those of the template's item that it is.
    fn binding(&self, item: &ReviewItem) -> Option<&'a Binding> {
        let of = |text: &str| self.template.evidence.get(&naming::normalise(text));
        let template = item.template_item.and_then(|index| self.template.checklist.get(index));
        of(&item.text).or_else(|| of(template?))
    }

    fn evidence(&self, binding: &Binding) -> Option<Evidence> {
        let kind = match binding {
            Binding::Sections(paths) => {
                let lacking = paths.iter().find_map(|path| self.lacking(path));
                return lacking
                    .or_else(|| pass(format!("{} complete", count(paths.len(), "section is", "sections are"))));
            }
            Binding::Kind(kind) => *kind,
        };
        // A section that is missing, or still the template's, answers every question about it.
        let sections = sections_of(binding);
        if let Some(lacking) = sections.iter().find_map(|path| self.lacking(path)) {
            return Some(lacking);
        }
        let waived = |path: &String| {
            let section = self.outline.section(self.template, path);
            section.is_some_and(|(_, node)| node.state == State::NotApplicable)
        };
        if sections.iter().all(waived) {
            return pass("does not apply to this system, as its section says");
        }
        match kind {
            EvidenceKind::Diagrams => self.diagrams(),
            EvidenceKind::Responsibilities => self.responsibilities(),
            EvidenceKind::Security => pass("the section is complete"),
            EvidenceKind::Scalability => self.scalability(),
            EvidenceKind::Recovery => self.recovery(),
            EvidenceKind::Stakeholders => self.stakeholders(),
            EvidenceKind::Technologies => self.technologies(),
            EvidenceKind::Limitations => match self.records.limitations.len() {
                0 => pass("the section says that there are none"),
                many => pass(count(many, "limitation is documented", "limitations are documented")),
            },
            EvidenceKind::Roadmap => self.roadmap(),
            EvidenceKind::References => self.references(),
        }
    }

    /// What a section lacks, or that nobody can tell; none where it is complete or does not apply, or the template does not have it.
    fn lacking(&self, path: &str) -> Option<Evidence> {
        let (id, node) = self.outline.section(self.template, path)?;
        let title = &node.spec(self.template).title;
        let name = node.name_span(self.document);
        match node.state {
            State::Complete | State::NotApplicable => None,
            State::Unread => untold(format!("`{title}` may stand in a file that was not read")),
            State::Missing => fail(format!("`{title}` is missing"), Some(Span::at(node.insertion))),
            State::Empty => fail(format!("`{title}` is empty"), name),
            State::Template => fail(format!("`{title}` is still the template's text"), name),
            State::Placeholder => match self.open_part(node) {
                Some(span) => fail(format!("`{title}` still says `{}`", self.text(span)), Some(span)),
                None => fail(format!("`{title}` is not filled in"), name),
            },
            State::Partial => {
                let open =
                    |child: &&Node| !matches!(child.state, State::Complete | State::NotApplicable | State::Unread);
                let below = self.outline.children(id).map(|(_, child)| child).find(open);
                let below = below.map_or("", |child| &child.spec(self.template).title);
                fail(format!("`{title}` lacks `{below}`"), name)
            }
        }
    }

    /// The first placeholder in a section or below it.
    fn open_part(&self, section: &Node) -> Option<Span> {
        let inside = |node: &&Node| node.heading.is_some_and(|heading| section.region.contains(heading));
        let parts = self.outline.nodes.iter().filter(inside).flat_map(|node| &node.parts);
        let open = parts.filter_map(|part| match &part.standing {
            Standing::Placeholder(spans) => spans.first().copied(),
            Standing::Marker => Some(part.unit.span),
            _ => None,
        });
        open.min_by_key(|span| span.start)
    }
}

/// What stands for the footer among the paths of sections.
pub const FOOTER: &str = "(footer)";

/// The sections that speak for an item.
fn sections_of(binding: &Binding) -> Vec<String> {
    let paths: &[&str] = match binding {
        Binding::Sections(paths) => return paths.clone(),
        Binding::Kind(kind) => match kind {
            EvidenceKind::Diagrams => &["system-architecture"],
            EvidenceKind::Responsibilities => &["component-details"],
            EvidenceKind::Security => &["security-architecture"],
            EvidenceKind::Scalability => &["scalability"],
            EvidenceKind::Recovery => &["disaster-recovery"],
            EvidenceKind::Stakeholders => &["stakeholders", FOOTER],
            EvidenceKind::Technologies => &["technology-stack"],
            EvidenceKind::Limitations => &["known-limitations"],
            EvidenceKind::Roadmap => &["future-roadmap"],
            EvidenceKind::References => &["references"],
        },
    };
    paths.iter().map(|path| (*path).to_owned()).collect()
}
