//! What holds for findings: positions lie in their files, fixes end, and what decorates a heading changes nothing.

use super::*;

/// A heading's name as people write it: the name stays, all else changes.
fn decorated() -> impl Strategy<Value = fn(&str) -> String> {
    let forms: [fn(&str) -> String; 14] = [
        |name| name.to_owned(),
        |name| format!("🗺️ {name}"),
        |name| format!("{name} 🗺"),
        |name| format!("3. {name}"),
        |name| format!("3.1 {name}"),
        |name| format!("IV. {name}"),
        |name| format!("Section 7: {name}"),
        |name| name.to_uppercase(),
        |name| name.to_lowercase(),
        |name| format!("**{name}**"),
        |name| format!("{name} {{#its-own-id .class}}"),
        |name| format!("{name} ##"),
        |name| name.replace('&', "and"),
        |name| format!("👩🏽\u{200d}💻 {}:", name.replace(' ', "\u{a0}")),
    ];
    prop::sample::select(forms.to_vec())
}

/// The lines of a text that are headings of level 2 and 3, code left out, without those that are numbered instances.
fn headings(text: &str) -> Vec<usize> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        fenced ^= line.starts_with("```");
        let name = line.trim_start_matches('#');
        let section = (2..=3).contains(&(line.len() - name.len()));
        if !fenced && section && !name.contains(|c: char| c.is_ascii_digit()) {
            found.push(number);
        }
    }
    found
}

proptest! {
    #![proptest_config(books())]

    /// Findings as rule and line, which do not change when headings are written in another way.
    #[test]
    fn what_decorates_a_heading_changes_no_result(
        forms in prop::collection::vec(decorated(), 80),
        dropped in prop::option::of(0usize..60),
    ) {
        let text = example_chapter("returns-portal.md");
        let lines: Vec<&str> = text.lines().collect();
        let at = headings(&text);
        // A heading that is gone is missed in the same place, whatever the others look like.
        let dropped = dropped.and_then(|index| at.get(index)).copied();
        let build = |decorate: bool| -> String {
            let mut forms = forms.iter();
            let line = |(number, line): (usize, &&str)| {
                if Some(number) == dropped {
                    return String::new();
                }
                if !decorate || !at.contains(&number) {
                    return (*line).to_owned();
                }
                let (marks, name) = line.split_once(' ').unwrap();
                let plain = name.trim_start_matches(|c: char| !c.is_alphanumeric());
                let form = forms.next().unwrap();
                format!("{marks} {}", form(plain))
            };
            lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
        };
        let book = BookTest::new();
        book.toml("documents = \"all\"\n").chapters(&[("a.md", build(false)), ("b.md", build(true))]);
        let findings = book.findings();
        let of = |path: &str| -> Vec<(u64, String, Option<String>, String)> {
            let found = findings.iter().filter(|it| it.path == path);
            found.map(|it| (it.line, it.rule.clone(), it.section.clone(), it.severity.clone())).collect()
        };
        prop_assert!(!of("src/a.md").is_empty());
        prop_assert_eq!(of("src/a.md"), of("src/b.md"), "{}", build(true));
    }

    /// Sections of one's own, wherever they stand and in whatever order, change nothing of what is said about the others.
    #[test]
    fn the_order_of_extra_sections_never_matters(
        extras in prop::collection::vec(
            (0usize..22, prop::sample::select(&["Glossary", "Cost Model", "FAQ", "Team Rituals", "Naming", "Risk Register"][..]), any::<bool>()),
            0..5,
        ),
        gone in prop::option::of(0usize..21),
        draft in any::<bool>(),
    ) {
        let text = example_chapter(if draft { "returns-portal.md" } else { "parcel-tracking.md" });
        let lines: Vec<&str> = text.lines().collect();
        let mut starts: Vec<usize> = headings(&text).into_iter().filter(|at| lines[*at].starts_with("## ")).collect();
        starts.push(lines.iter().rposition(|line| *line == "---").unwrap());
        let count = starts.len() - 1;
        let gone = gone.map(|index| starts[index % count]..starts[index % count + 1]);
        let extras: Vec<(usize, &str, bool)> = extras.into_iter().map(|(at, name, deep)| (at % (count + 1), name, deep)).collect();
        // The lines, each with the number that it has without the further sections.
        let build = |extras: &[(usize, &str, bool)]| -> (String, Vec<usize>) {
            let (mut text, mut numbers) = (String::new(), vec![0]);
            for (number, line) in lines.iter().enumerate() {
                let own = extras.iter().filter(|extra| starts[extra.0] == number);
                for (_, name, deep) in own {
                    let below = if *deep { "\n### Our Own Part\n\nMore.\n" } else { "" };
                    let section = format!("## {name}\n\nWhat we think of it.\n{below}\n");
                    numbers.extend(section.lines().map(|_| 0));
                    text.push_str(&section);
                }
                if gone.as_ref().is_none_or(|gone| !gone.contains(&number)) {
                    text.push_str(line);
                    text.push('\n');
                    numbers.push(number + 1);
                }
            }
            (text, numbers)
        };
        let mut other = extras.clone();
        other.reverse();
        let (plain, plain_numbers) = build(&[]);
        let (some, some_numbers) = build(&extras);
        let (others, other_numbers) = build(&other);
        let book = BookTest::new();
        book.toml("documents = \"all\"\nhistory = false\n").chapters(&[("a.md", plain), ("b.md", some), ("c.md", others)]);
        let findings = book.findings();
        let of = |path: &str, numbers: &[usize]| -> Vec<(usize, String, Option<String>, String, String)> {
            let found = findings.iter().filter(|it| it.path == path);
            let mut found: Vec<_> = found
                .map(|it| {
                    let line = numbers.get(usize::try_from(it.line).unwrap()).copied().unwrap_or_default();
                    // What is missing is expected where the section before it ends: that may be in front of one's own.
                    let line = if it.rule.starts_with("missing-s") { 0 } else { line };
                    (line, it.rule.clone(), it.section.clone(), it.severity.clone(), it.message.clone())
                })
                .collect();
            found.sort();
            found
        };
        let expected = of("src/a.md", &plain_numbers);
        prop_assert_eq!(&of("src/b.md", &some_numbers), &expected);
        prop_assert_eq!(&of("src/c.md", &other_numbers), &expected);
    }

    /// Every position lies in its file, and every fix can be made.
    #[test]
    fn positions_lie_in_the_file(texts in prop::collection::vec(documents(), 20)) {
        let book = BookTest::new();
        let names: Vec<String> = (0..texts.len()).map(|at| format!("{at:02}.md")).collect();
        let chapters: Vec<(&str, &str)> = names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
        book.toml("documents = \"all\"\n").chapters(&chapters);
        let report = book.json();
        for finding in report["findings"].as_array().unwrap() {
            let path = finding["path"].as_str().unwrap();
            let text = book.read(path);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let lines: Vec<&str> = text.split('\n').collect();
            for (line, column) in [("line", "column"), ("end_line", "end_column")] {
                let at = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
                let line = lines.get(at(line) - 1);
                prop_assert!(line.is_some(), "{finding}");
                prop_assert!((1..=line.unwrap().chars().count() + 1).contains(&at(column)), "{finding}");
            }
            for edit in finding["fix"]["edits"].as_array().into_iter().flatten() {
                let text = book.read(edit["path"].as_str().unwrap());
                let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
                prop_assert!(text.get(at("start")..at("end")).is_some(), "{finding}");
            }
        }
    }

    /// Fixes come to an end: after one pass there is nothing left to fix.
    #[test]
    fn fixes_converge(texts in prop::collection::vec(documents(), 10)) {
        let book = BookTest::new();
        let names: Vec<String> = (0..texts.len()).map(|at| format!("{at:02}.md")).collect();
        let chapters: Vec<(&str, &str)> = names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
        book.toml("documents = \"all\"\n").chapters(&chapters);
        prop_assert_eq!(book.run(&["fix", "--write"]).code, 0);
        let once: Vec<String> = names.iter().map(|name| book.read(&format!("src/{name}"))).collect();
        prop_assert_eq!(book.run(&["fix", "--write"]).code, 0);
        let twice: Vec<String> = names.iter().map(|name| book.read(&format!("src/{name}"))).collect();
        prop_assert_eq!(once, twice);
        let report: Value = book.json();
        let open: Vec<&Value> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["fix"]["applicability"] == "safe")
            .collect();
        prop_assert!(open.is_empty(), "{open:#?}\n{}", open.first().map_or(String::new(), |it| book.read(it["path"].as_str().unwrap())));
    }
}
