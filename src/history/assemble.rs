//! Puts the walk, the renames and the facts together into the history of each document.
//! It is pure: the same walk and texts give the same history, whoever read them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::follow::Touch;
use super::parse::{FileChange, Status, Walk, says_skip};
use super::people::fits;
use super::{
    Change, Chapter, Commit, Derive, DocumentHistory, Ignored, Kind, Options, Revision, RevisionFacts, SectionChange,
    SectionEdit, Working,
};

/// A chapter within its repository.
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    pub(super) chapter: Chapter<'a>,
    /// Path relative to the top of the repository; `None` where the chapter lies outside of it.
    pub(super) path: Option<String>,
}

/// The committed text of a chapter.
#[derive(Clone, Debug, Default)]
pub(super) enum Head {
    /// It was not asked for, or is no text.
    #[default]
    Unknown,
    /// There is none.
    Missing,
    /// It is there.
    Read(Arc<RevisionFacts>, Working),
}

/// The facts of each text, derived once for each document and text: what is read out may depend on the chapter.
pub(super) struct Texts<'a> {
    derive: Derive<'a>,
    members: &'a [Member<'a>],
    facts: HashMap<(usize, String), Arc<RevisionFacts>>,
    heads: Vec<Head>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(derive: Derive<'a>, members: &'a [Member<'a>]) -> Self {
        Self {
            derive,
            members,
            facts: HashMap::new(),
            heads: members.iter().map(|_| Head::Unknown).collect(),
        }
    }

    /// Takes in a text that a document had.
    pub(super) fn add(&mut self, member: usize, id: &str, text: &str) -> Option<Arc<RevisionFacts>> {
        let path = self.members.get(member)?.chapter.path;
        let derive = self.derive;
        let facts = self
            .facts
            .entry((member, id.to_owned()))
            .or_insert_with(|| Arc::new(derive(path, text)));
        Some(Arc::clone(facts))
    }

    /// Takes in the committed text, and holds the one on disk against it.
    pub(super) fn add_head(&mut self, member: usize, id: &str, text: &str) {
        let Some(facts) = self.add(member, id, text) else {
            return;
        };
        let Some(chapter) = self.members.get(member).map(|member| member.chapter) else {
            return;
        };
        let working = match chapter.text {
            None => Working::Unknown,
            Some(own) if same_lines(own, text) => Working::Clean,
            Some(own) => {
                let now = (self.derive)(chapter.path, own);
                let kind = kind(&Change::Modified, false, Some(&facts), Some(&now));
                Working::Edited(kind, section_changes(Some(&facts), Some(&now)))
            }
        };
        self.set_head(member, Head::Read(facts, working));
    }

    pub(super) fn set_head(&mut self, member: usize, head: Head) {
        if let Some(place) = self.heads.get_mut(member) {
            *place = head;
        }
    }

    fn get(&self, member: usize, id: Option<&String>) -> Option<Arc<RevisionFacts>> {
        self.facts.get(&(member, id?.clone())).cloned()
    }
}

/// Everything about one repository.
pub(super) struct Material<'a> {
    pub(super) walk: &'a Walk,
    pub(super) options: &'a Options,
    /// Commits without parents are where a shallow clone was cut off, not beginnings.
    pub(super) shallow: bool,
    /// Full hashes that the ignore-revs file lists.
    pub(super) listed: BTreeSet<String>,
    pub(super) texts: Texts<'a>,
}

/// The history of one member of the repository.
pub(super) fn document(
    material: &Material<'_>,
    repository: usize,
    member: usize,
    touches: &[Touch],
) -> DocumentHistory {
    let (head, working) = match material.texts.heads.get(member) {
        Some(Head::Read(facts, working)) => (Some(Arc::clone(facts)), working.clone()),
        Some(Head::Missing) => (None, Working::Untracked),
        _ => (None, Working::Unknown),
    };
    let path = material
        .texts
        .members
        .get(member)
        .map_or("", |member| member.chapter.path)
        .to_owned();
    let mut revisions = Vec::with_capacity(touches.len());
    let mut baselines = Vec::new();
    for (entry, file) in touches {
        let Some(entry) = material.walk.entries.get(*entry) else {
            continue;
        };
        let Some(file) = entry.files.get(*file) else {
            continue;
        };
        if material.shallow && material.walk.graph.parents(entry.commit.index).is_empty() {
            baselines.push(material.texts.get(member, file.after.as_ref()));
        } else {
            revisions.push(revision(material, member, &entry.commit, file));
        }
    }
    revisions.sort_by(|a, b| {
        let order = |one: &Revision| (std::cmp::Reverse(one.commit.time), one.commit.index);
        order(a).cmp(&order(b)).then_with(|| a.commit.hash.cmp(&b.commit.hash))
    });
    DocumentHistory {
        path,
        repository,
        revisions,
        head,
        working,
        baselines,
    }
}

/// The history of a chapter of which nothing is known.
pub(super) fn blank(path: &str, repository: usize, working: Working) -> DocumentHistory {
    let path = path.to_owned();
    DocumentHistory {
        path,
        repository,
        revisions: Vec::new(),
        head: None,
        working,
        baselines: Vec::new(),
    }
}

fn revision(material: &Material<'_>, member: usize, commit: &Arc<Commit>, file: &FileChange) -> Revision {
    let before = material.texts.get(member, file.before.as_ref());
    let after = material.texts.get(member, file.after.as_ref());
    let change = match file.status {
        Status::Added => Change::Added,
        Status::Modified => Change::Modified,
        Status::Deleted => Change::Deleted,
        Status::Renamed => Change::Renamed(file.from.clone().unwrap_or_default()),
    };
    let known = (before.is_some() || change == Change::Added) && (after.is_some() || change == Change::Deleted);
    let same = file.before.is_some() && file.before == file.after;
    let sections = match (known, same) {
        (true, _) => Some(section_changes(before.as_deref(), after.as_deref())),
        (false, true) => Some(Vec::new()),
        (false, false) => None,
    };
    let kind = match ignored(material, commit) {
        Some(why) => Kind::Ignored(why),
        None => kind(&change, same, before.as_deref(), after.as_deref()),
    };
    Revision {
        commit: Arc::clone(commit),
        path: file.path.clone(),
        change,
        kind,
        sections,
        before,
        after,
    }
}

fn ignored(material: &Material<'_>, commit: &Commit) -> Option<Ignored> {
    if material.listed.contains(&commit.hash) {
        Some(Ignored::Listed)
    } else if material
        .options
        .ignore_authors
        .iter()
        .any(|pattern| fits(pattern, &commit.author))
    {
        Some(Ignored::Author)
    } else {
        says_skip(commit).then_some(Ignored::Trailer)
    }
}

/// What a change amounts to. A text that is not known may have changed anything.
fn kind(change: &Change, same: bool, before: Option<&RevisionFacts>, after: Option<&RevisionFacts>) -> Kind {
    if same {
        return if matches!(change, Change::Renamed(_)) {
            Kind::RenameOnly
        } else {
            Kind::Formatting
        };
    }
    match (before, after) {
        (Some(before), Some(after)) if before == after => Kind::Formatting,
        (Some(before), Some(after)) if before.content == after.content => Kind::Bookkeeping,
        _ => Kind::Content,
    }
}

/// The sections that differ: those that stand, in order, then those that are gone. Sections of one name are held
/// against each other together.
fn section_changes<'f>(before: Option<&'f RevisionFacts>, after: Option<&'f RevisionFacts>) -> Vec<SectionChange> {
    let of = |facts: Option<&'f RevisionFacts>| facts.map_or(&[][..], |facts| &facts.sections);
    let (old, new) = (of(before), of(after));
    if old.iter().map(|(name, _)| name).eq(new.iter().map(|(name, _)| name)) {
        return edited(old, new);
    }
    let (old, new) = (grouped(old), grouped(new));
    let was: HashMap<&str, &Vec<u64>> = old.iter().map(|(name, hashes)| (*name, hashes)).collect();
    let stands: BTreeSet<&str> = new.iter().map(|(name, _)| *name).collect();
    let standing = new.iter().filter_map(|(name, hashes)| match was.get(name) {
        None => Some((name, SectionEdit::Added)),
        Some(earlier) => (*earlier != hashes).then_some((name, SectionEdit::Edited)),
    });
    let gone = old
        .iter()
        .filter(|(name, _)| !stands.contains(name))
        .map(|(name, _)| (name, SectionEdit::Removed));
    standing
        .chain(gone)
        .map(|(name, what)| SectionChange {
            section: (*name).to_owned(),
            what,
        })
        .collect()
}

/// The sections that differ, where the names are the same and in the same order: most commits change a few words.
fn edited(old: &[(String, u64)], new: &[(String, u64)]) -> Vec<SectionChange> {
    let first = |name: &String| new.iter().position(|(other, _)| other == name);
    let differ = old.iter().zip(new).filter(|((_, was), (_, is))| was != is);
    let mut places: Vec<usize> = differ.filter_map(|(_, (name, _))| first(name)).collect();
    places.sort_unstable();
    places.dedup();
    let names = places.into_iter().filter_map(|at| new.get(at));
    let change = |(name, _): &(String, u64)| SectionChange {
        section: name.clone(),
        what: SectionEdit::Edited,
    };
    names.map(change).collect()
}

/// The hashes under each name, in order of first appearance.
fn grouped(all: &[(String, u64)]) -> Vec<(&str, Vec<u64>)> {
    let mut positions: HashMap<&str, usize> = HashMap::new();
    let mut sections: Vec<(&str, Vec<u64>)> = Vec::new();
    for (name, hash) in all {
        let at = *positions.entry(name).or_insert(sections.len());
        match sections.get_mut(at) {
            Some((_, hashes)) => hashes.push(*hash),
            None => sections.push((name, vec![*hash])),
        }
    }
    sections
}

/// Whether two texts are the same but for their line ends, which a checkout may change.
fn same_lines(a: &str, b: &str) -> bool {
    a == b || a.lines().eq(b.lines()) && a.ends_with('\n') == b.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(content: u64, sections: &[(&str, u64)]) -> RevisionFacts {
        let sections = sections
            .iter()
            .map(|(name, hash)| ((*name).to_owned(), *hash))
            .collect();
        RevisionFacts {
            content,
            sections,
            ..RevisionFacts::default()
        }
    }

    #[test]
    fn kinds_of_change() {
        let (one, other) = (facts(1, &[("A", 1)]), facts(2, &[("A", 2)]));
        let log = facts(1, &[("A", 1), ("Log", 1)]);
        let renamed = Change::Renamed("x".to_owned());
        let cases = [
            (&Change::Modified, false, Some(&one), Some(&other), Kind::Content),
            (&Change::Modified, false, Some(&one), Some(&log), Kind::Bookkeeping),
            (&Change::Modified, false, Some(&one), Some(&one), Kind::Formatting),
            (&Change::Modified, true, None, None, Kind::Formatting),
            (&Change::Modified, false, None, Some(&one), Kind::Content),
            (&renamed, true, None, None, Kind::RenameOnly),
            (&renamed, false, Some(&one), Some(&other), Kind::Content),
            (&Change::Added, false, None, Some(&one), Kind::Content),
            (&Change::Deleted, false, Some(&one), None, Kind::Content),
        ];
        for (at, (change, same, before, after, expected)) in cases.into_iter().enumerate() {
            assert_eq!(kind(change, same, before, after), expected, "case {at}");
        }
    }

    #[test]
    fn sections_that_differ() {
        let before = facts(0, &[("A", 1), ("B", 1), ("Twice", 1), ("Gone", 1), ("Twice", 2)]);
        let after = facts(0, &[("New", 1), ("B", 2), ("A", 1), ("Twice", 2), ("Twice", 1)]);
        let changes = section_changes(Some(&before), Some(&after));
        let told: Vec<_> = changes
            .iter()
            .map(|change| (change.section.as_str(), change.what))
            .collect();
        let expected = [
            ("New", SectionEdit::Added),
            ("B", SectionEdit::Edited),
            ("Twice", SectionEdit::Edited),
            ("Gone", SectionEdit::Removed),
        ];
        assert_eq!(told, expected);
        assert_eq!(section_changes(Some(&after), Some(&after)), []);
        // Where the names stay, in the order in which they first stand.
        let before = facts(0, &[("B", 1), ("A", 1), ("Twice", 1), ("C", 1), ("Twice", 2)]);
        let after = facts(0, &[("B", 2), ("A", 1), ("Twice", 1), ("C", 2), ("Twice", 3)]);
        let names: Vec<_> = section_changes(Some(&before), Some(&after))
            .into_iter()
            .map(|change| (change.section, change.what))
            .collect();
        let expected = ["B", "Twice", "C"].map(|name| (name.to_owned(), SectionEdit::Edited));
        assert_eq!(names, expected);
    }

    #[test]
    fn line_ends_are_no_edit() {
        assert!(same_lines("a\r\nb\r\n", "a\nb\n"));
        assert!(!same_lines("a\nb", "a\nb\n"));
        assert!(!same_lines("a \n", "a\n"));
    }
}
