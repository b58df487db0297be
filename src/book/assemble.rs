//! Which chapters make a document together.
//!
//! Usually each is one for itself. A chapter whose sub-chapters bear the names of the template's sections is one
//! document with them, and `documents = "book"` makes one of the whole book.

use super::Chapter;
use super::select::is_excluded;
use crate::directive;
use crate::naming;
use crate::settings::{Documents, Settings};
use crate::template::Template;

/// This many sub-chapters, or headings of the chapter itself, named as sections make a tree one document.
const SECTIONS: usize = 3;

/// Chapters that are read as one text, the first of them being the document's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembly {
    /// The chapters, in the book's order.
    pub members: Vec<Member>,
    /// Whether the chapters are a document because of how they are put together.
    pub is_document: bool,
}

/// A chapter of an assembly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its index among the chapters.
    pub chapter: usize,
    /// By how many levels its headings stand deeper in the whole.
    pub deeper: u8,
}

/// Puts the chapters together. Every chapter is in one assembly.
pub fn assemble(chapters: &[Chapter], settings: &Settings, template: Option<&Template>) -> Vec<Assembly> {
    let alone = |chapter| Assembly {
        members: vec![Member { chapter, deeper: 0 }],
        is_document: false,
    };
    let Some(template) = template else {
        return (0..chapters.len()).map(alone).collect();
    };
    let excluded = |chapter: &Chapter| is_excluded(chapter, settings);
    if settings.documents == Documents::Book {
        return whole_book(chapters, template, excluded);
    }
    let mut assemblies = Vec::new();
    let mut at = 0;
    while let Some(root) = chapters.get(at) {
        let below = chapters
            .iter()
            .skip(at + 1)
            .take_while(|chapter| chapter.depth > root.depth)
            .count();
        let parts = parts(chapters, at, at + 1 + below, template, excluded);
        let named = parts.iter().filter(|member| member.deeper == 1).count();
        let enough = named >= SECTIONS || named > 0 && named + own_sections(root, template) >= SECTIONS;
        if !enough || excluded(root) {
            assemblies.push(alone(at));
            at += 1;
            continue;
        }
        // Sub-chapters that are no sections stand for themselves, behind the document.
        let others = (at + 1..at + 1 + below).filter(|index| !parts.iter().any(|member| member.chapter == *index));
        let others: Vec<Assembly> = others.map(alone).collect();
        let mut members = vec![Member { chapter: at, deeper: 0 }];
        members.extend(parts);
        assemblies.push(Assembly {
            members,
            is_document: true,
        });
        assemblies.extend(others);
        at += 1 + below;
    }
    assemblies
}

/// The sub-chapters of the chapter at `root` that are sections, each with all that stands below it.
fn parts(
    chapters: &[Chapter],
    root: usize,
    end: usize,
    template: &Template,
    excluded: impl Fn(&Chapter) -> bool,
) -> Vec<Member> {
    let base = chapters.get(root).map_or(0, |root| root.depth);
    let mut members = Vec::new();
    let mut inside = false;
    for (chapter, found) in chapters.iter().enumerate().take(end).skip(root + 1) {
        if found.depth == base + 1 {
            inside = !excluded(found) && is_section(found, template);
        }
        if inside && !excluded(found) {
            let deeper = u8::try_from(found.depth - base).unwrap_or(u8::MAX);
            members.push(Member { chapter, deeper });
        }
    }
    members
}

fn whole_book(chapters: &[Chapter], template: &Template, excluded: impl Fn(&Chapter) -> bool) -> Vec<Assembly> {
    // The first chapter holds the title and the header, unless it is a section itself.
    let first = chapters.iter().position(|chapter| !excluded(chapter));
    let members = chapters
        .iter()
        .enumerate()
        .filter(|(_, chapter)| !excluded(chapter))
        .map(|(chapter, found)| {
            let titles = first == Some(chapter) && !is_section(found, template);
            let deeper = if titles {
                0
            } else {
                u8::try_from(found.depth + 1).unwrap_or(u8::MAX)
            };
            Member { chapter, deeper }
        });
    let members: Vec<Member> = members.collect();
    let rest = chapters
        .iter()
        .enumerate()
        .filter(|(_, chapter)| excluded(chapter))
        .map(|(chapter, _)| Assembly {
            members: vec![Member { chapter, deeper: 0 }],
            is_document: false,
        });
    let mut assemblies = Vec::new();
    if !members.is_empty() {
        assemblies.push(Assembly {
            members,
            is_document: true,
        });
    }
    assemblies.extend(rest);
    assemblies
}

/// Whether a chapter bears the name of a section at the top, in the summary or in its title.
fn is_section(chapter: &Chapter, template: &Template) -> bool {
    let text = directive::without(chapter.file.text());
    let title = text.lines().find_map(|line| line.strip_prefix("# "));
    std::iter::once(chapter.name.as_str())
        .chain(title)
        .any(|name| !template.tops_named(&naming::normalise(name)).is_empty())
}

fn own_sections(chapter: &Chapter, template: &Template) -> usize {
    let text = directive::without(chapter.file.text());
    let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
    headings
        .filter(|name| !template.tops_named(&naming::normalise(name)).is_empty())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Files;
    use crate::source::SourceFile;
    use crate::template;

    fn book(listed: &[(&str, usize, &str)]) -> Vec<Chapter> {
        let chapter = |(index, (name, depth, text)): (usize, &(&str, usize, &str))| Chapter {
            name: (*name).to_owned(),
            path: format!("{index}.md"),
            page: format!("{index}.md"),
            file: SourceFile::new(format!("src/{index}.md"), *text),
            unread: None,
            index,
            depth: *depth,
        };
        listed.iter().enumerate().map(chapter).collect()
    }

    fn shape(chapters: &[Chapter], settings: &Settings) -> Vec<(Vec<(usize, u8)>, bool)> {
        let (template, _) = template::load(template::DEFAULT, None, &Files::new("."), &Default::default());
        let members = |assembly: Assembly| {
            let members = assembly
                .members
                .iter()
                .map(|member| (member.chapter, member.deeper))
                .collect();
            (members, assembly.is_document)
        };
        assemble(chapters, settings, template.as_ref())
            .into_iter()
            .map(members)
            .collect()
    }

    #[test]
    fn sub_chapters_named_as_sections_belong_to_their_chapter() {
        let chapters = book(&[
            ("Welcome", 0, "# Welcome\n"),
            ("Payments", 0, "# Payments\n"),
            ("Security", 1, "# Security\n"),
            ("Keys", 2, "# Keys\n"),
            ("Team news", 1, "# News\n"),
            ("Scaling", 1, "# Scalability\n"),
            ("Roadmap", 1, ""),
            ("Orders", 0, "# Orders\n"),
            ("Security", 1, "# Security\n"),
        ]);
        let expected = vec![
            (vec![(0, 0)], false),
            (vec![(1, 0), (2, 1), (3, 2), (5, 1), (6, 1)], true),
            (vec![(4, 0)], false),
            (vec![(7, 0)], false),
            (vec![(8, 0)], false),
        ];
        assert_eq!(shape(&chapters, &Settings::default()), expected);
    }

    #[test]
    fn a_whole_book_is_one_document() {
        let settings = Settings {
            documents: Documents::Book,
            ..Settings::default()
        };
        let chapters = book(&[("Welcome", 0, "# W\n"), ("Security", 0, "# S\n"), ("Keys", 1, "# K\n")]);
        assert_eq!(shape(&chapters, &settings), [(vec![(0, 0), (1, 1), (2, 2)], true)]);
    }
}
