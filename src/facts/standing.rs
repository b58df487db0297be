//! Where a document stands: how far it is, how its review is, what changed since.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Facts;
use crate::diagnostic::Stage;
use crate::history::{Kind, Revision, Working};
use crate::outline::{FieldState, State};
use crate::source::Span;
use crate::template::FieldKind;
use crate::values::read_date;

/// Where a document stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// How far it says it has come.
    pub stage: Stage,
    /// How many of its sections are complete or do not apply.
    pub complete: usize,
    /// How many sections at the top the template asks for.
    pub sections: usize,
    /// How many items of the review checklist are ticked, and how many count.
    pub review: Option<(usize, usize)>,
    /// The day of the last commit that changed what it says; none where that is not known.
    pub last_change: Option<Date>,
    /// Whether it has changes that are not committed.
    pub uncommitted: bool,
    /// The day of the last review.
    pub last_reviewed: Option<Date>,
    /// The day of the next review.
    pub next_review: Option<Date>,
    /// Whether the day of the next review is past.
    pub overdue: bool,
    /// The sections that changed since the last review, as the document names them; none where that is not known.
    pub changed: Option<Vec<String>>,
}

/// Who reviewed a document.
#[derive(Debug, Clone, Default)]
pub struct Reviewed {
    /// Their names; none where nobody is named.
    pub names: Vec<String>,
    /// The day.
    pub date: Option<Date>,
    /// The value in the document, where there is one.
    pub span: Option<Span>,
}

impl<'a> Facts<'a> {
    /// Where the document stands.
    pub fn standing(&self) -> &Standing {
        self.once.standing.get_or_init(|| self.stands())
    }

    fn stands(&self) -> Standing {
        let top = self
            .nodes()
            .filter(|(_, node, spec)| spec.depth == 1 && !(spec.optional && node.heading.is_none()));
        let states: Vec<State> = top.map(|(_, node, _)| node.state).collect();
        let next_review = self.next_review().map(|(_, date)| date);
        Standing {
            stage: self.outline.stage,
            complete: states
                .iter()
                .filter(|state| matches!(state, State::Complete | State::NotApplicable))
                .count(),
            sections: states.len(),
            review: self.records.review.as_ref().map(|review| review.progress()),
            last_change: self.past.as_ref().and_then(|past| past.last_change()),
            uncommitted: self.past.as_ref().is_some_and(|past| past.is_uncommitted()),
            last_reviewed: self.reviewed_by().and_then(|reviewed| reviewed.date),
            next_review,
            overdue: next_review.is_some_and(|next| next < self.as_of),
            changed: self.changed_since_review(),
        }
    }

    /// Who reviewed it, as its footer says; none where the template does not ask.
    pub fn reviewed_by(&self) -> Option<&Reviewed> {
        self.once.reviewed.get_or_init(|| self.read_reviewed_by()).as_ref()
    }

    fn read_reviewed_by(&self) -> Option<Reviewed> {
        let asked = self
            .footer()
            .iter()
            .find(|asked| asked.spec.kind == FieldKind::Person)?;
        let Some(field) = asked.field.filter(|_| asked.slot.state == FieldState::Filled) else {
            return Some(Reviewed {
                span: asked.field.map(|field| field.value_span),
                ..Reviewed::default()
            });
        };
        let (names, date) = names_and_day(&field.value);
        let names = names
            .split([',', ';', '&'])
            .flat_map(|name| name.split(" and "))
            .map(str::trim);
        Some(Reviewed {
            names: names.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            date,
            span: Some(field.value_span),
        })
    }

    /// The day of the next review, with the place where it is said.
    pub fn next_review(&self) -> Option<(Span, Date)> {
        *self.once.next_review.get_or_init(|| self.read_next_review())
    }

    fn read_next_review(&self) -> Option<(Span, Date)> {
        let asked = self.footer().iter().find(|asked| {
            let next = asked.spec.name.split(' ').any(|word| word == "next");
            asked.spec.kind == FieldKind::Date && next && asked.slot.state == FieldState::Filled
        })?;
        let field = asked.field?;
        Some((field.value_span, read_date(&field.value).iso()?))
    }

    /// The sections that commits after the day of the last review changed, and edits that no commit has yet.
    pub(super) fn changed_since_review(&self) -> Option<Vec<String>> {
        let past = self
            .past
            .as_ref()
            .filter(|past| !past.untracked && !past.chapters.is_empty())?;
        let reviewed = self.reviewed_by()?.date?;
        let mut changed = BTreeSet::new();
        for chapter in &past.chapters {
            chapter.head.as_ref()?;
            let since = chapter
                .revisions
                .iter()
                .filter(|revision| revision.commit.date.is_none_or(|date| date > reviewed));
            // What was reviewed is known only where git has a text that is not younger than the review.
            let old = |revision: &Revision| revision.commit.date.is_some_and(|date| date <= reviewed);
            if !chapter.revisions.iter().any(old) {
                return None;
            }
            for revision in since.filter(|revision| revision.kind == Kind::Content) {
                changed.extend(revision.sections.as_ref()?.iter().map(|change| change.section.as_str()));
            }
            // Edits that nobody has committed are of today: a review of today has seen them.
            let edited = match &chapter.working {
                Working::Edited(Kind::Content, sections) if reviewed < self.as_of => sections.as_slice(),
                _ => &[],
            };
            changed.extend(edited.iter().map(|change| change.section.as_str()));
        }
        let names = self.section_names().into_iter();
        Some(
            names
                .filter(|(name, _)| changed.contains(name.as_str()))
                .map(|(_, shown)| shown)
                .collect(),
        )
    }
}

/// The names in `Jane Doe on 2026-10-14`, and the day. People also write `Jane Doe, 2026-10-14`, `Jane Doe (14 Oct
/// 2026)`, or the day alone.
fn names_and_day(value: &str) -> (&str, Option<Date>) {
    let value = value.trim().trim_end_matches('.');
    if let Some(date) = read_date(value).iso() {
        return ("", Some(date));
    }
    // A day that cannot be read stands behind `on` all the same.
    if let Some((names, date)) = value.rsplit_once(" on ") {
        return (names, read_date(date).iso());
    }
    let day = |at: usize| {
        let (names, date) = value.split_at_checked(at)?;
        let date = date.trim_matches([' ', ',', ';', '(', ')', '–', '—', '-', '@']);
        Some((names.trim_end(), Some(read_date(date).iso()?)))
    };
    let starts = value
        .match_indices([',', ';', '(', '–', '—', '-', '@'])
        .map(|(at, _)| at);
    // `Jane Doe, October 14, 2026`: the longest that is a day.
    starts.into_iter().find_map(day).unwrap_or((value, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_and_when() {
        let day = Some(jiff::civil::date(2026, 10, 14));
        for (value, names, date) in [
            ("Jane Doe on 2026-10-14", "Jane Doe", day),
            ("Jane Doe, Ola Nord on 14 October 2026", "Jane Doe, Ola Nord", day),
            ("Jane Doe, Ola Nord, 2026-10-14", "Jane Doe, Ola Nord", day),
            ("Jane Doe, October 14, 2026", "Jane Doe", day),
            ("Jane Doe (2026-10-14)", "Jane Doe", day),
            ("Jane Doe – 2026-10-14", "Jane Doe", day),
            ("Anne-Marie Doe - 2026-10-14", "Anne-Marie Doe", day),
            ("2026-10-14", "", day),
            ("Jane Doe on Monday", "Jane Doe", None),
            ("Jane Doe (QA), Ola Nord", "Jane Doe (QA), Ola Nord", None),
        ] {
            assert_eq!(names_and_day(value), (names, date), "{value}");
        }
    }
}
