//! Summaries as people write them, and any others: mdBook's own reader says what became of each.

use mdbook_summary::{Summary, SummaryItem, parse_summary};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};

use super::*;

/// Nothing of the text is gone, and what is new stands in one place.
#[track_caller]
fn assert_kept(before: &str, after: &str) {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let is_kept = (0..=same).any(|at| after.as_bytes().ends_with(&before.as_bytes()[at..]));
    assert!(is_kept, "{before:?} {after:?}");
}

/// The new line, and the one above it.
#[track_caller]
fn assert_stands(before: &str, path: &str, expected: &str) {
    let after = with_chapter(before, "N", path).unwrap();
    assert_kept(before, &after);
    let lines: Vec<&str> = after.lines().collect();
    let at = lines.iter().position(|line| line.contains("[N]")).unwrap();
    let above = at.checked_sub(1).map_or("", |above| lines[above]);
    assert_eq!(format!("{above}\n{}", lines[at]), expected, "{after}");
}

#[test]
fn the_line_stands_where_the_folder_s_chapters_stand() {
    let parts = "# Summary\n\n[Preface](preface.md)\n\n# Services\n\n- [Services](services/README.md)\n  - [A](services/a.md)\n    \
                 - [A2](services/a/two.md)\n  - [B](services/b.md)\n- [Other](other.md)\n\n# Decisions\n\n* [Decisions](adr/index.md)\n  \
                 * [One](adr/1.md)\n    * [More](more/one.md)\n\n---\n\n[Imprint](imprint.md)\n[Terms](appendix/terms.md)\n";
    for (path, behind) in [
        ("services/n.md", "  - [B](services/b.md)\n  - [N](services/n.md)"),
        (
            "services/a/n.md",
            "    - [A2](services/a/two.md)\n    - [N](services/a/n.md)",
        ),
        // Beside the folders that lie in the same folder.
        ("services/b/n.md", "  - [B](services/b.md)\n  - [N](services/b/n.md)"),
        ("adr/n.md", "    * [More](more/one.md)\n  * [N](adr/n.md)"),
        ("n.md", "- [Other](other.md)\n- [N](n.md)"),
        ("new/n.md", "    * [More](more/one.md)\n* [N](new/n.md)"),
        ("appendix/n.md", "[Terms](appendix/terms.md)\n[N](appendix/n.md)"),
    ] {
        assert_stands(parts, path, behind);
        assert_stands(
            &parts.replace("](", "](./"),
            path,
            &behind.replace("](", "](./").replace("[N](./", "[N]("),
        );
    }
}

#[test]
fn summaries_of_every_shape_get_a_line() {
    for (before, behind) in [
        ("", "\n- [N](n.md)"),
        ("\n\n", "\n- [N](n.md)"),
        ("# Summary", "\n- [N](n.md)"),
        ("# Summary\n", "\n- [N](n.md)"),
        ("[A](a.md)\n", "\n- [N](n.md)"),
        ("# Summary\n\n[A](a.md)\n[B](b.md)", "\n- [N](n.md)"),
        ("---\n\n---\n", "\n- [N](n.md)"),
        ("# Summary\n\n# Part\n", "\n- [N](n.md)"),
        ("# S\n\n# Part\n\n---\n\n[I](i.md)\n", "\n- [N](n.md)"),
        ("# S\n\n# Part\n---\n[I](i.md)\n", "\n- [N](n.md)"),
        ("- [A](a.md)", "- [A](a.md)\n- [N](n.md)"),
        ("- [A]()\n- [B]()\n", "- [B]()\n- [N](n.md)"),
        (
            "+ [A](a.md)\n\n+ [B](b.md)\n\n---\n\n[C](c.md)\n",
            "+ [B](b.md)\n+ [N](n.md)",
        ),
        ("1. [A](a.md)\n2. [B](b.md)\n", "2. [B](b.md)\n3. [N](n.md)"),
        ("1) [A](a.md)\n1) [B](b.md)\n", "1) [B](b.md)\n1) [N](n.md)"),
        ("9. [A](a.md)\n", "9. [A](a.md)\n10. [N](n.md)"),
        ("- [A](a.md)\n<!-- - [X](x.md) -->\n", "- [A](a.md)\n- [N](n.md)"),
        (
            "- [A](a.md)\n  - [B]()\n  - [C](x/c.md)\n",
            "  - [C](x/c.md)\n- [N](n.md)",
        ),
        ("   - [A](a.md)\n\n[C](c.md)\n", "   - [A](a.md)\n   - [N](n.md)"),
        ("-\t[A](a.md)\n\t- [B](b/b.md)\n", "\t- [B](b/b.md)\n- [N](n.md)"),
        ("- [A](a.md)\nlazy\n- [B](b/b.md)\n", "lazy\n- [N](n.md)"),
    ] {
        assert_stands(before, "n.md", behind);
        let windows = before.replace('\n', "\r\n");
        let after = with_chapter(&windows, "N", "n.md").unwrap();
        assert!(
            !after.replace("\r\n", "").contains(['\r', '\n']) || !before.contains('\n'),
            "{after:?}"
        );
        with_chapter(&format!("\u{feff}{before}"), "N", "n.md").unwrap();
    }
}

#[test]
fn what_is_listed_is_not_listed_twice() {
    for before in [
        "- [A](a/n.md)\n",
        "- [A](./a/n.md)\n",
        "- [A](b/../a/n.md)\n",
        "[A](a/n.md)\n",
        "- [X](x.md)\n  - [A](a/./n.md)\n\n[Y](y.md)\n",
        "- [X](x.md)\n\n[A](a//n.md)\n",
    ] {
        assert_eq!(with_chapter(before, "N", "a/n.md"), Err(NotListed::Already), "{before}");
    }
}

#[test]
fn what_mdbook_cannot_read_is_left_alone() {
    for before in [
        "- no link\n",
        "- [A](a.md)\n- [B](a.md)\n",
        "[A](a.md)\n\n- [B](b.md)\n\n[C](c.md)\n\n- [D](d.md)\n",
    ] {
        let refused = with_chapter(before, "N", "n.md");
        assert!(matches!(refused, Err(NotListed::Unreadable(_))), "{refused:?}");
    }
    // mdBook takes it for a blank, and there is no other way to write it.
    assert_eq!(with_chapter("", "N", "a%20b.md"), Err(NotListed::NoLine));
}

#[test]
fn titles_and_paths_are_read_as_they_are() {
    for title in [
        "Ends with \\",
        "a [b](c) ![d] [e]",
        "`code` and ``",
        "*a* _b_ **c** __d__ snake_case",
        "<b> &amp; & <!-- x --> <https://x.y>",
        "{{#include x.md}} {{ #title y }}",
        "# a",
        "1. a",
        "- a",
        "a\\\\[\\]",
        "  two  blanks  ",
        "~~a~~ $b$ |c| [x] [^1] (d) !",
        "日本語 é 🧭 \u{a0}",
        "&#91; &#x5d; &lbrack;",
        "http://a.b/c a@b.c",
        "",
    ] {
        let summary = with_chapter("# S\n\n- [A](a.md)\n", title, "n.md").unwrap();
        let read = parse_summary(&summary).unwrap();
        let SummaryItem::Link(link) = &read.numbered_chapters[1] else {
            panic!("{summary}")
        };
        assert_eq!(link.name, title);
    }
}

/// Everything of a summary, in its order: what it is, how deep it stands, its title and its path.
fn flat(summary: &Summary) -> Vec<(String, usize, String, Option<String>)> {
    fn add(part: &str, items: &[SummaryItem], depth: usize, flat: &mut Vec<(String, usize, String, Option<String>)>) {
        for item in items {
            match item {
                SummaryItem::Link(link) => {
                    let path = link.location.as_ref().map(|path| path.to_str().unwrap().to_owned());
                    flat.push((format!("{part} chapter"), depth, link.name.clone(), path));
                    add(part, &link.nested_items, depth + 1, flat);
                }
                SummaryItem::PartTitle(title) => flat.push((format!("{part} title"), depth, title.clone(), None)),
                other => flat.push((format!("{part} {other:?}"), depth, String::new(), None)),
            }
        }
    }
    let mut all = Vec::new();
    add("prefix", &summary.prefix_chapters, 0, &mut all);
    add("numbered", &summary.numbered_chapters, 0, &mut all);
    add("suffix", &summary.suffix_chapters, 0, &mut all);
    all
}

const FOLDERS: [&str; 6] = ["", "adr/", "a b/", "services/x/", "services/y (old)/", "é/"];

/// A line of a summary, by a number: what it is, how deep, in which folder. `at` makes its path the only one.
fn written(kind: usize, depth: usize, folder: usize, at: usize, (bullet, wide): (&str, usize)) -> String {
    let path = format!("{}{at}.md", FOLDERS[folder])
        .replace(' ', "%20")
        .replace(['(', ')'], "\\$0");
    let path = path.replace("\\$0old\\$0", "\\(old\\)");
    match kind {
        0 => format!("{}{bullet} [Draft {at}]()\n", " ".repeat(depth * wide)),
        1 => format!("{}{bullet} [**B** {at}](./{path})\n", " ".repeat(depth * wide)),
        _ => format!("{}{bullet} [Chapter {at}]({path})\n", " ".repeat(depth * wide)),
    }
}

prop_compose! {
    /// A list: its depths go down one step at a time.
    fn list(first: usize)(
        bullet in prop::sample::select(vec![("-", 2), ("*", 2), ("+", 4), ("-", 4), ("1.", 3), ("7)", 3)]),
        items in prop::collection::vec((0usize..5, 0usize..4, 0..FOLDERS.len(), 0usize..8), 1..6),
    ) -> String {
        let (mut text, mut above) = (String::new(), None);
        for (at, (kind, depth, folder, gap)) in items.into_iter().enumerate() {
            let depth = above.map_or(0, |above: usize| depth.min(above + 1));
            text.push_str(&written(kind, depth, folder, first + at, bullet));
            text.push_str(match gap {
                0 => "\n",
                1 => "\n<!-- a comment -->\n\n",
                _ => "",
            });
            above = if gap == 1 { None } else { Some(depth) };
        }
        text
    }
}

fn summary() -> impl Strategy<Value = String> {
    let affix = |name: &'static str| {
        prop::collection::vec((0..FOLDERS.len(), 0usize..4), 0..3).prop_map(move |links| {
            let mut text = String::new();
            for (at, (folder, gap)) in links.into_iter().enumerate() {
                let folder = FOLDERS[folder].replace(' ', "%20").replace("(old)", "\\(old\\)");
                text.push_str(&format!("[{name} {at}]({folder}{name}-{at}.md)\n"));
                text.push_str(["\n---\n\n", "\n", "", ""][gap]);
            }
            text
        })
    };
    let part = |first| (prop::option::of("[A-Z][a-z]{1,5}"), list(first), 0usize..3);
    let start = prop::sample::select(vec![
        "",
        "# Summary\n\n",
        "<!-- c -->\n# Summary\n",
        "\u{feff}# Summary\n\n",
        "\n",
    ]);
    let parts = (
        prop::option::of(part(100)),
        prop::option::of(part(200)),
        prop::option::of(part(300)),
    );
    (start, affix("pre"), parts, affix("post"), any::<bool>(), any::<bool>()).prop_map(
        |(start, prefix, parts, suffix, crlf, end)| {
            let mut text = format!("{start}{prefix}\n");
            for (title, list, rule) in [parts.0, parts.1, parts.2].into_iter().flatten() {
                text.push_str(&title.map_or(String::new(), |title| format!("# {title}\n\n")));
                text.push_str(&format!("{list}\n{}", if rule == 0 { "---\n\n" } else { "" }));
            }
            text.push_str(&suffix);
            let text = if end { text.trim_end().to_owned() } else { text };
            if crlf { text.replace('\n', "\r\n") } else { text }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_summary_is_read_as_before_and_with_this_chapter(
        before in summary(),
        title in "([ -~]|[éß日🧭])([ -~]|[\\\\\\[\\]`*_<&é{#]){0,12}",
        folder in 0..FOLDERS.len(),
        name in "([ -~&&[^/]]|[é日\t]|[\\\\()<>%#?&;]){1,8}",
    ) {
        let Ok(old) = parse_summary(&before) else {
            return Err(TestCaseError::reject("no summary"));
        };
        let path = format!("{}{name}n.md", FOLDERS[folder]);
        prop_assume!(!path.contains("%20"));
        let after = match with_chapter(&before, &title, &path) {
            Err(NotListed::Already) => return Err(TestCaseError::reject("listed")),
            after => after,
        };
        prop_assert!(after.is_ok(), "{:?} in {:?}", path, before);
        let after = after.unwrap();
        let new = parse_summary(&after).unwrap();
        // One more, and it is this one.
        let (old, new) = (flat(&old), flat(&new));
        let at = new.iter().position(|(.., place)| place.as_deref() == Some(path.as_str()));
        prop_assert!(at.is_some(), "{}", after);
        let at = at.unwrap();
        prop_assert_eq!(&new[at].2, &title);
        let mut rest = new.clone();
        rest.remove(at);
        prop_assert_eq!(&rest, &old, "{:?}", after);
        // Every byte is there as it was.
        assert_kept(&before, &after);
        // Where the folder has chapters in a list, it is in their list: behind one of them and what is below that one.
        let own = |place: &Option<String>| {
            let place = place.as_ref().map(|it| it.trim_start_matches("./"))?;
            Some(place.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned())
        };
        let same: Vec<usize> = (0..new.len())
            .filter(|it| *it != at && new[*it].0 == "numbered chapter" && own(&new[*it].3) == own(&Some(path.clone())))
            .collect();
        if !same.is_empty() && !name.contains('\\') {
            let beside = (0..at).rfind(|it| new[*it].1 <= new[at].1).unwrap();
            prop_assert!(new[beside].1 == new[at].1 && same.contains(&beside), "{}", after);
            // Behind the last of them, but for those that are nested below another one.
            for later in same.iter().filter(|it| **it > at) {
                let above = (0..*later).rev().scan(new[*later].1, |depth, it| {
                    Some((new[it].1 < *depth).then(|| { *depth = new[it].1; it }))
                });
                prop_assert!(above.flatten().any(|it| same.contains(&it)), "{}", after);
            }
        }
    }
}

/// What a summary may be made of, in any order.
const PIECES: [&str; 22] = [
    "- ",
    "* ",
    "1. ",
    "[A{}](a{}.md)",
    "[B{}](x/b{}.md)",
    "[C{}]()",
    "\n",
    "\n\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n\n# P\n\n",
    "\n---\n",
    "> ",
    "<!-- ",
    " -->",
    "`",
    "text",
    "\t",
    "\n\n[r{}]: r{}.md\n\n",
    "[r{}]",
    "\n```\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    /// Whatever mdBook reads, it still reads.
    #[test]
    fn no_summary_is_broken(pieces in prop::collection::vec(0..PIECES.len(), 0..14), folder in 0usize..2) {
        let text = |(at, piece): (usize, usize)| PIECES[piece].replace("{}", &(at / 3).to_string());
        let before: String = pieces.into_iter().enumerate().map(text).collect();
        let path = ["n.md", "x/n.md"][folder];
        match (parse_summary(&before), with_chapter(&before, "N", path)) {
            (Err(_), written) => prop_assert!(matches!(written, Err(NotListed::Unreadable(_)))),
            (Ok(old), Ok(after)) => {
                assert_kept(&before, &after);
                let mut new = flat(&parse_summary(&after).unwrap());
                new.retain(|(.., place)| place.as_deref() != Some(path));
                prop_assert_eq!(new, flat(&old));
            }
            // A list has a place, but for what is never closed, and for links that mdBook passes over as it is.
            (Ok(old), refused) => {
                prop_assert_eq!(&refused, &Err(NotListed::NoLine));
                let is_link = |event: &Event<'_>| matches!(event, Event::Start(Tag::Link { .. }));
                let links = Parser::new(&before).filter(is_link).count();
                let flat = flat(&old);
                let read = flat.iter().filter(|(kind, ..)| kind.ends_with("chapter")).count();
                let is_list = flat.iter().any(|(kind, ..)| kind == "numbered chapter");
                let is_closed = !before.contains("<!--") && !before.contains("```");
                prop_assert!(!is_list || !is_closed || links > read, "{:?}", before);
            }
        }
    }
}
