//! Runs the pages: what each of them shows is what archdoc prints.
//!
//! `SNAPSHOTS=overwrite cargo test pages` writes anew what a page shows archdoc print and the fixes make.

mod comments;
mod kin;
mod page;
mod past;

use page::{Book, Page, folder, read};

use super::*;
use crate::files::Files;
use crate::template;

/// The sections of a page.
const HEADINGS: [&str; 5] = ["What it does", "Why it matters", "Example", "Instead", "Configuration"];
/// The fences that a section of a page may have, in their order.
const FENCES: [(&str, &[&str]); 3] = [
    (
        "Example",
        &["toml", "markdown template", "markdown", "git", "text", "markdown fixed"],
    ),
    ("Instead", &["toml", "markdown", "git"]),
    ("Configuration", &["toml"]),
];
/// Words of pages that look like names of rules.
const OTHER_NAMES: [&str; 1] = ["fail-on"];

/// What a page says of the rule's own levels.
fn default_levels(rule: &Rule) -> String {
    let [draft, review, last] = [rule.levels.draft, rule.levels.review, rule.levels.final_].map(|level| level.name());
    if matches!(rule.check, Check::Book) {
        assert!(draft == review && review == last, "a book has no stage");
        return format!("Default level: `{review}`.");
    }
    if draft == review && review == last {
        return format!("Default level: `{review}` at every stage.");
    }
    format!("Default level: `{draft}` in a draft, `{review}` in review, `{last}` in a final document.")
}

fn kebab(name: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    name.split('-').all(word)
}

#[test]
fn rules_are_sorted_and_every_file_is_one() {
    let names = names();
    assert!(names.is_sorted_by(|a, b| a < b), "sorted and unique: {names:?}");
    assert!(names.iter().all(|name| kebab(name)), "{names:?}");
    let files = std::fs::read_dir(folder()).expect("the folder");
    let mut stems: Vec<String> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().replace('_', "-"))
        .filter(|stem| stem != "mod" && stem != "tests")
        .collect();
    stems.sort();
    assert_eq!(stems, names);
}

#[test]
fn pages_have_their_sections_and_fences() {
    for rule in RULES {
        let page = Page::of(rule);
        let sections = HEADINGS.iter().map(|heading| format!("## {heading}"));
        let expected: Vec<String> = std::iter::once(format!("# {}", rule.name)).chain(sections).collect();
        assert_eq!(page.headings, expected, "{}", rule.name);
        for heading in HEADINGS {
            assert!(!page.section(heading).trim().is_empty(), "{}: {heading}", rule.name);
        }
        let mut last = (0, 0);
        for fence in &page.fences {
            let place = |(at, (section, infos)): (usize, &(&str, &[&str]))| {
                let info = infos.iter().position(|info| *info == fence.info)?;
                (*section == fence.section).then_some((at + 1, info + 1))
            };
            let place = FENCES.iter().enumerate().find_map(place);
            let place = place.unwrap_or_else(|| panic!("{}: {} in {}", rule.name, fence.info, fence.section));
            assert!(
                place > last,
                "{}: {} in {} comes too late",
                rule.name,
                fence.info,
                fence.section
            );
            last = place;
        }
        for (section, info) in [("Example", "text"), ("Configuration", "toml")] {
            assert!(page.shown(section, info).is_some(), "{}: {info}", rule.name);
        }
        let fixable = page.book("Example").fixed(rule).1 > 0;
        assert_eq!(
            page.shown("Example", "markdown fixed").is_some(),
            fixable,
            "{}",
            rule.name
        );
    }
}

/// Lists show the summary, `explain` the page.
#[test]
fn pages_can_be_explained() {
    for rule in RULES {
        let known = super::rule(rule.name).expect("explain finds it by name");
        assert!(known.page.starts_with(&format!("# {}\n\n", rule.name)), "{}", rule.name);
        assert!(
            known.page.ends_with('\n') && !known.page.ends_with("\n\n"),
            "{}",
            rule.name
        );
        assert!(known.page.lines().count() > 20, "{}", rule.name);
        // What the rule does is said in a sentence or two.
        let body = known.page.split("## What it does\n\n").nth(1).expect(rule.name);
        let summary = body.split("\n\n").next().expect(rule.name);
        assert!(
            summary.ends_with('.') && summary.len() < 200,
            "{}: {summary}",
            rule.name
        );
        assert!(summary.matches(". ").count() <= 1, "{}: {summary}", rule.name);
    }
}

#[test]
fn pages_show_what_archdoc_prints() {
    for rule in RULES {
        let page = Page::of(rule);
        let found = page.book("Example");
        assert!(found.of(rule).next().is_some(), "{}: {}", rule.name, found.printed());
        let data = snapbox::Data::read_from(&page.path, Some(snapbox::data::DataFormat::Text)).raw();
        snapbox::assert_data_eq!(page.redone(rule), data);
    }
}

#[test]
fn pages_show_a_way_without_findings() {
    for rule in RULES {
        let page = Page::of(rule);
        assert!(
            page.fences.iter().any(|fence| fence.section == "Instead"),
            "{}",
            rule.name
        );
        for ends in ["\n", "\r\n"] {
            let book = page.book("Instead");
            let book = book.with(&book.chapter.replace('\n', ends));
            assert_eq!(book.printed(), "", "{}", rule.name);
            assert_eq!(book.checked.documents.len(), 1, "{}", rule.name);
        }
    }
}

/// Each rule's fixes, on the examples of all pages.
#[test]
fn fixes_converge_in_one_pass_whatever_the_line_ends() {
    let mut fixable = Vec::new();
    for shown in RULES {
        let plain = Page::of(shown).book("Example");
        let windows = plain.with(&plain.chapter.replace('\n', "\r\n"));
        for rule in RULES {
            let (text, count) = windows.fixed(rule);
            assert_eq!((text.replace("\r\n", "\n"), count), plain.fixed(rule), "{}", rule.name);
            assert_eq!(
                text.matches('\n').count(),
                text.matches("\r\n").count(),
                "{}",
                rule.name
            );
            for book in [&plain, &windows].into_iter().filter(|_| count > 0) {
                let (text, _) = book.fixed(rule);
                let again = book.with(&text);
                let left = book.of(rule).count() - count;
                assert_eq!(again.of(rule).count(), left, "{}: {}", rule.name, again.printed());
                assert_eq!(again.fixed(rule), (text, 0), "{}", rule.name);
                fixable.push((shown.name, rule.name));
            }
        }
    }
    assert!(fixable.contains(&("missing-section", "missing-section")), "{fixable:?}");
}

#[test]
fn what_a_fix_would_break_has_none() {
    let template = "# T\n\n## One\n\n[a]\n\n## Two\n\n[b]\n";
    let toml = "[preprocessor.archdoc]\ntemplate = \"template.md\"\ndocuments = \"all\"\n";
    for (name, chapter) in [
        ("missing-section", "# T\n\n## One\n\n```sh\nls\n"),
        ("missing-section", "# T\n\n## One\n\nText\n\n<!-- open\n"),
        (
            "lost-list-item",
            "# T\n\n## One\n\nSee [Wiki].\n\n- [wiki]: https://a.example\n",
        ),
    ] {
        let rule = rule(name).expect("a rule");
        let book = Book::new(toml, template, chapter);
        assert_eq!(book.of(rule).count(), 1, "{name}: {}", book.printed());
        assert_eq!(book.fixed(rule), (chapter.to_owned(), 0), "{name}");
    }
}

#[test]
fn pages_speak_of_what_there_is() {
    for rule in RULES {
        let page = Page::of(rule);
        let configuration = page.section("Configuration").replace('\n', " ");
        let levels = default_levels(rule);
        assert!(
            configuration.trim_start().starts_with(&levels),
            "{}: {levels}",
            rule.name
        );

        let toml = page.shown("Configuration", "toml").expect("some TOML");
        let mut config = read(toml, None);
        let book = page.book("Example");
        let files = Files::new(book.folder.path());
        let name = if book.template.is_empty() {
            template::DEFAULT
        } else {
            "template.md"
        };
        let trouble = template::load(name, None, &files, &config.settings.refinements).1;
        config.problems.extend(trouble);
        assert_eq!(config.problems, [], "{}", rule.name);

        let mut prose = page.text.clone();
        for fence in page.fences.iter().rev() {
            prose.replace_range(fence.body.clone(), "");
        }
        for name in prose.split('`').skip(1).step_by(2) {
            let known = super::rule(name).is_some() || OTHER_NAMES.contains(&name);
            assert!(known || !kebab(name) || !name.contains('-'), "{}: {name}", rule.name);
        }
    }
}
