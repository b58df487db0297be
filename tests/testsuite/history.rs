//! What git knows, on the pages: words that mean harm, settings that mean nothing, branches, drafts, and a page for all.

use std::fs;

use super::change_log::{Repository, document};

const ROW: &str = "| 1.0 | 2026-01-10 | First version | Ada |";

/// Subjects, and how a reader reads each of them.
const SUBJECTS: [(&str, &str); 14] = [
    ("a | b \\| c", "a | b \\| c"),
    (
        "<script>alert(1)</script> <img src=x onerror=alert(1)>",
        "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    ),
    (
        "{{#include /etc/passwd}} {{ #title x }} {{#playground b.rs}}",
        "{{#include /etc/passwd}} {{ #title x }} {{#playground b.rs}}",
    ),
    ("two\nlines\n\nand a body {{#include /etc/passwd}}", "two lines"),
    ("esc \u{1b}[31m bell \u{7} del \u{7f}", "esc [31m bell del"),
    ("bidi \u{202e}reversed\u{2066} \u{2028}line", "bidi reversed line"),
    ("`code` ```` *em* **b** _u_ ~~s~~", "`code` ```` *em* **b** _u_ ~~s~~"),
    (
        "[l](javascript:alert(1)) ![i](x.png) <https://evil.example>",
        "[l](javascript:alert(1)) ![i](x.png) <https://evil.example>",
    ),
    ("[x]: javascript:alert(1)", "[x]: javascript:alert(1)"),
    ("foot[^1] [^1]: note", "foot[^1] [^1]: note"),
    ("&lt;b&gt; &amp; &#60;i&#62;", "&lt;b&gt; &amp; &#60;i&#62;"),
    ("<!-- archdoc: changes --> <!-- x", "<!-- archdoc: changes --> <!-- x"),
    ("# h {#id} ::: $x$ [[w]] > q", "# h {#id} ::: $x$ [[w]] > q"),
    ("by eve@evil.example", "by eve"),
];

/// What a browser shows of a page, without its tags.
fn shown(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split('<').enumerate() {
        text.push_str(if at == 0 {
            part
        } else {
            part.split_once('>').map_or("", |(_, rest)| rest)
        });
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    text.replace(['–', '—'], "--")
}

/// A repository whose commits say what could come alive on a page or act on a terminal.
fn hostile_repository() -> Repository {
    let repository = Repository::new("");
    let toml = repository.book.read("book.toml");
    repository
        .book
        .file("book.toml", format!("{toml}\n[output.markdown]\n"));
    repository
        .book
        .file("src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [Changes](changes.md)\n");
    repository
        .book
        .file("src/changes.md", "# Changes\n\n<!-- archdoc: changes -->\n");
    for (at, (subject, _)) in SUBJECTS.iter().enumerate() {
        repository.git(&[
            "config",
            "user.name",
            &format!("Eve {subject}").replace(['\n', '<', '>'], " "),
        ]);
        repository.write(&format!("Text {at}."), &[ROW]).commit(subject);
    }
    let long = format!("{}\u{fffd}", "x".repeat(1 << 20));
    let file = repository.book.path("message");
    let mut bytes = long.into_bytes();
    bytes.extend(b"\xff\xfe");
    fs::write(&file, bytes).unwrap();
    repository.write("Last.", &[ROW]);
    repository.git(&["add", "src"]);
    repository.git(&["commit", "-q", "-F", file.to_str().unwrap()]);
    fs::remove_file(file).unwrap();
    repository
}

#[test]
fn hostile_history_is_dead_on_every_page_and_in_every_output() {
    let repository = hostile_repository();
    assert_eq!(repository.book.build().code, 0);
    for page in ["html/a.html", "html/changes.html"] {
        let html = repository.book.read(&format!("book/{page}"));
        let main = html.split("<main>").nth(1).unwrap().split("</main>").next().unwrap();
        let text = shown(main);
        for (_, read) in SUBJECTS {
            assert!(text.contains(read), "{page}: {read}\n{text}");
        }
        for alive in [
            "<script",
            "<img",
            "<em>",
            "<del>",
            "<sup",
            "<code",
            "javascript:alert(1)\"",
            "evil.example\"",
            "root:",
        ] {
            assert!(!main.contains(alive), "{page}: {alive}\n{main}");
        }
        assert!(!main.contains("@evil") && main.len() < 100_000, "{page}");
        assert_eq!(
            main.matches("<tr>").count() - main.matches("<thead>").count(),
            SUBJECTS.len() + 2,
            "{page}"
        );
    }
    let markdown = repository.book.read("book/markdown/a.md");
    let again = mdbook_driver::MDBook::load(repository.book.path("")).is_ok();
    assert!(
        again && markdown.contains("\\<script>") && !markdown.contains("@evil"),
        "{markdown}"
    );
    for run in [repository.book.run(&["changelog"]), repository.book.run(&["check"])] {
        let all = format!("{}{}", run.stdout, run.stderr);
        assert!(
            !all.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{2066}', '\u{2028}']),
            "{all}"
        );
        assert!(!all.contains("@evil") && all.len() < 50_000, "{all}");
    }
    // What the fix writes is dead as well, and the rows are read again.
    repository.book.run(&["fix", "--write"]);
    assert!(repository.behind().is_empty());
    assert_eq!(repository.book.build().code, 0);
    let html = repository.book.read("book/html/a.html");
    let text = shown(html.split("<main>").nth(1).unwrap().split("</main>").next().unwrap());
    for (_, read) in SUBJECTS {
        assert!(text.contains(read), "fixed: {read}\n{text}");
    }
}

/// Settings of git that change what it prints, or run something.
const SETTINGS: [(&str, &str); 24] = [
    ("log.follow", "true"),
    ("log.showSignature", "true"),
    ("log.showRoot", "false"),
    ("log.date", "relative"),
    ("log.mailmap", "false"),
    ("log.decorate", "full"),
    ("log.diffMerges", "on"),
    ("format.pretty", "oneline"),
    ("core.quotePath", "true"),
    ("core.abbrev", "4"),
    ("core.pager", "false"),
    ("core.fsmonitor", "touch fsmonitor-ran"),
    ("core.hooksPath", "hooks"),
    ("diff.renames", "false"),
    ("diff.external", "touch external-ran"),
    ("diff.orderFile", "order"),
    ("diff.relative", "true"),
    ("diff.noprefix", "true"),
    ("color.ui", "always"),
    ("color.diff", "always"),
    ("i18n.logOutputEncoding", "UTF-16"),
    ("alias.log", "!touch alias-ran"),
    ("pager.log", "touch pager-ran"),
    ("uploadpack.packObjectsHook", "touch hook-ran"),
];

/// Variables of the environment that do.
const VARIABLES: [(&str, &str); 10] = [
    ("TZ", "Pacific/Kiritimati"),
    ("LC_ALL", "tr_TR.UTF-8"),
    ("LANG", "de_DE.UTF-8"),
    ("LANGUAGE", "de"),
    ("GIT_PAGER", "false"),
    ("GIT_DIR", "/nonexistent"),
    ("GIT_EXTERNAL_DIFF", "false"),
    ("GIT_LITERAL_PATHSPECS", "1"),
    ("GIT_TRACE", "1"),
    ("GIT_DIFF_OPTS", "-u9"),
];

#[test]
fn no_setting_and_no_environment_changes_a_byte() {
    let repository = Repository::new("");
    repository.book.file(
        "src/SUMMARY.md",
        "# Summary\n\n- [A](a.md)\n- [ü](ü.md)\n- [Changes](changes.md)\n",
    );
    repository
        .book
        .file("src/changes.md", "# Changes\n\n<!-- archdoc: changes -->\n");
    repository
        .book
        .file("src/ü.md", document("Bojen.", &[ROW]).replace("# Ports", "# Bojen"));
    repository.commit("Größer");
    repository.git(&["mv", "src/a.md", "src/b.md"]);
    repository.book.file(
        "src/SUMMARY.md",
        "# Summary\n\n- [A](b.md)\n- [ü](ü.md)\n- [Changes](changes.md)\n",
    );
    repository.book.file("src/b.md", document("Ships.", &[ROW]));
    repository.commit("Move");
    let all = |variables: &[(&str, &str)]| {
        assert_eq!(repository.book.build_with(variables).code, 0);
        repository.book.pages()
    };
    let first = all(&[("TZ", "UTC"), ("LC_ALL", "C")]);
    for (name, value) in SETTINGS {
        repository.git(&["config", name, value]);
    }
    assert!(first == all(&VARIABLES), "the pages differ");
    for ran in ["fsmonitor-ran", "external-ran", "alias-ran", "pager-ran", "hook-ran"] {
        assert!(
            !repository.book.path(ran).exists() && !repository.book.path("src").join(ran).exists(),
            "{ran}"
        );
    }
    let page = repository.book.read("book/b.html");
    assert!(page.contains("<td>Move (Overview; "), "{page}");
}

#[test]
fn rows_of_two_branches_cover_what_each_of_them_knew() {
    let repository = Repository::new("");
    let two = "## Overview\n\nBoats.\n\n## Depth\n\nDeep.\n\n";
    let base = document("Boats.", &[ROW]).replace("## Overview\n\nBoats.\n\n", two);
    repository.book.file("src/a.md", &base);
    repository.commit("Depth\n\nArch-Change: skip");
    let (left, right) = (
        "| 1.1 | 2026-03-04 | Ships | Ada |\n",
        "| 1.2 | 2026-03-06 | Deeper | Ada |\n",
    );
    repository.git(&["checkout", "-q", "-b", "left"]);
    let ships = base.replace("Boats.", "Ships.");
    repository.book.file("src/a.md", &ships);
    repository.commit("Left, without a row");
    repository.book.file(
        "src/a.md",
        ships.replace("\n\n## Notes", &format!("\n{left}\n## Notes")),
    );
    repository.commit("Row of the left");
    repository.git(&["checkout", "-q", "main"]);
    let deeper = base.replace("Deep.", "Deeper.");
    repository.book.file("src/a.md", &deeper);
    repository.commit("Right, without a row");
    repository.book.file(
        "src/a.md",
        deeper.replace("\n\n## Notes", &format!("\n{right}\n## Notes")),
    );
    repository.commit("Row of the right");
    repository.git(&["merge", "-q", "-s", "ours", "--no-ff", "-m", "Both", "left"]);
    let merged = ships
        .replace("Deep.", "Deeper.")
        .replace("\n\n## Notes", &format!("\n{left}{right}\n## Notes"));
    repository.book.file("src/a.md", &merged);
    repository.git(&["commit", "-q", "-a", "--amend", "-m", "Both"]);
    assert!(repository.behind().is_empty(), "{:?}", repository.log(&[]));
    // What came on a branch that wrote no row is not told of.
    repository.git(&["checkout", "-q", "-b", "third", "left~2"]);
    repository.book.file("src/a.md", base.replace("None.", "Some."));
    let third = repository.commit("Third");
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["merge", "-q", "--no-ff", "-m", "Third, too", "third"]);
    assert_eq!(repository.behind(), [third]);
}

#[test]
fn a_draft_without_a_log_gets_one_of_commits_at_its_place() {
    let repository = Repository::new("fail-on = \"never\"");
    let draft = "<!-- archdoc: document -->\n\n# Ports\n\n**Version**: 0.2\n**Status**: Draft\n**Last Updated**: [Date]\n\n## Overview\n\nBoats.\n";
    let template = repository.book.read("template.md");
    repository.book.file(
        "template.md",
        template.replace("**Last", "**Status**: [Draft/In Progress/Complete]\n**Last"),
    );
    repository.book.file("src/a.md", draft);
    let first = repository.commit("Begin");
    repository.book.file("src/a.md", draft.replace("Boats", "Ships"));
    let second = repository.commit("Ships");
    let page = repository.book.built("a.html");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}\n{page}"));
    let order = [
        at("id=\"overview\""),
        at("id=\"change-log\""),
        at(&second[..10]),
        at(&first[..10]),
    ];
    assert!(order.is_sorted(), "{order:?}");
    let updated =
        "<strong>Last Updated</strong>: <!-- archdoc: computed; instead=\"[Date]\" -->2026-03-04<!-- archdoc: end -->";
    assert!(page.contains(updated), "{page}");
    assert!(!repository.book.read("src/a.md").contains("Change Log"));
    repository
        .book
        .file("src/a.md", draft.replace("Boats", "Ships").replace("Draft", "Complete"));
    assert!(!repository.book.built("a.html").contains(&second[..10]));
}

#[test]
fn one_commit_is_one_row_of_the_page_for_all_documents() {
    let repository = Repository::new("history = { ignore-authors = [\"*bot*\"], since = \"2026-03-03\" }");
    let book = &repository.book;
    book.file(
        "src/SUMMARY.md",
        "# Summary\n\n- [A](a.md)\n- [B](b.md)\n- [Changes](changes.md)\n",
    );
    book.file("src/changes.md", "# Changes\n\n<!-- archdoc: changes -->\n");
    let other =
        |text: &str| document(text, &[ROW, "| 1.1 | 2026-01-10 | Later that day | Bo |"]).replace("# Ports", "# Locks");
    book.file("src/b.md", other("Gates."));
    repository.commit("Second document");
    book.file("src/b.md", other("Sluices."));
    repository.write("Ships.", &[ROW]).commit("fix: Both at once");
    repository.git(&["config", "user.name", "Robot"]);
    repository.write("Ships, ships.", &[ROW]).commit("Bump");
    let page = repository.book.built("changes.html");
    let main = page.split("<main>").nth(1).unwrap().split("</main>").next().unwrap();
    assert_eq!(main.matches("Both at once").count(), 1, "{main}");
    let row = main.lines().find(|line| line.contains("Both at once")).unwrap();
    assert!(
        row.contains("href=\"a.html\"") && row.contains("href=\"b.html\""),
        "{row}"
    );
    assert!(!main.contains("Bump") && !main.contains("example.org"));
    let order = [
        "<strong>2026-03",
        "Both at once",
        "<strong>2026-01",
        "Later that day",
        "First version",
    ];
    let order = order.map(|words| main.rfind(words).unwrap_or_else(|| panic!("no {words}\n{main}")));
    assert!(order.is_sorted(), "{order:?}\n{main}");
}

#[test]
fn a_change_log_under_another_name_is_one_too() {
    let repository = Repository::new("");
    let renamed = |text: String| text.replace("## Change Log", "## Revision History");
    let template = repository.book.read("template.md");
    repository.book.file("template.md", renamed(template));
    repository.book.file("src/a.md", renamed(document("Boats.", &[ROW])));
    repository.commit("Another name\n\nArch-Change: skip");
    // The log alone is no content.
    let reworded = ROW.replace("First version", "The first version");
    repository.book.file(
        "src/a.md",
        renamed(document("Boats.", &["| 2.0 | TBD | Later | |", &reworded])),
    );
    repository.commit("Plans");
    assert!(repository.behind().is_empty(), "{:?}", repository.behind());
    repository.book.file(
        "src/a.md",
        renamed(document("Ships.", &["| 3.0 | TBD | Later | |", &reworded])),
    );
    let hash = repository.commit("Ships");
    assert_eq!(repository.behind(), [hash]);
    let page = repository.book.built("a.html");
    assert!(page.contains("Ships (Overview; <a"), "{page}");

    // A log that stands below a heading about something else.
    let inside = |rows: &str| {
        document("Boats.", &[])
            .split("## Change Log")
            .next()
            .unwrap()
            .to_owned()
            + "## About\n\nMaintained by all.\n\n### Revisions\n\n| Version | Date | Change |\n|---|---|---|\n| 1.0 | 2026-01-10 | First |\n"
            + rows
    };
    repository.book.file(
        "template.md",
        "# [Name]\n\n## Overview\n\n[Text]\n\n## About\n\n[Text]\n",
    );
    repository.book.file("src/a.md", inside(""));
    repository.commit("About");
    repository.book.file("src/a.md", inside("| 2.0 | TBD | Later |\n"));
    repository.commit("A plan");
    assert!(repository.behind().is_empty(), "{:?}", repository.behind());
    repository.book.file("src/a.md", inside("").replace("all.", "a few."));
    let hash = repository.commit("A few");
    assert_eq!(repository.behind(), [hash]);
}

#[test]
fn a_change_log_in_a_file_of_its_own_covers_what_was_there() {
    let repository = Repository::new("");
    let text = document("Boats.", &[]);
    let (before, rest) = text.split_once("| Version").unwrap();
    let (table, after) = rest.split_once("\n\n").unwrap();
    let chapter = format!("{before}{{{{#include parts/log.md}}}}\n\n{after}");
    let log = format!("| Version{table}\n{ROW}\n");
    repository
        .book
        .file("src/parts/log.md", &log)
        .file("src/a.md", &chapter);
    repository.commit("All at once");
    assert!(repository.behind().is_empty(), "{:?}", repository.log(&[]));
    repository.book.file("src/a.md", chapter.replace("Boats", "Ships"));
    let hash = repository.commit("Ships");
    assert_eq!(repository.behind(), std::slice::from_ref(&hash));
    let page = repository.book.built("a.html");
    assert!(page.find("First version") < page.find("Ships (Overview; <a"), "{page}");
    // Somebody writes the row, commits it, and all is told.
    repository
        .book
        .file("src/parts/log.md", format!("{log}| 1.1 | 2026-03-04 | Ships | Ada |\n"));
    assert!(repository.behind().is_empty());
    repository.commit("A row");
    assert!(repository.behind().is_empty());
    repository.book.file("src/a.md", chapter.replace("Boats", "Tugs"));
    let hash = repository.commit("Tugs");
    assert_eq!(repository.behind(), std::slice::from_ref(&hash));
    repository.book.run(&["fix", "--write"]);
    let fixed = (
        repository.book.read("src/a.md"),
        repository.book.read("src/parts/log.md"),
    );
    assert!(
        fixed.0.contains(&hash[..10]) || fixed.1.contains(&hash[..10]),
        "{fixed:?}"
    );
    assert!(repository.behind().is_empty());
    repository.book.run(&["fix", "--write"]);
    assert_eq!(
        (
            repository.book.read("src/a.md"),
            repository.book.read("src/parts/log.md")
        ),
        fixed
    );
}
