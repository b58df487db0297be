//! The forms in which people write checklists, read and counted.

mod hostile;

use std::sync::LazyLock;

use super::{Mark, Review, ReviewItem, read};
use crate::document::{Document, parse};
use crate::files::Files;
use crate::markdown::Dialect;
use crate::outline::outline;
use crate::source::{SourceFile, Text};
use crate::template::{self, Template};

static ARCHITECTURE: LazyLock<Template> = LazyLock::new(|| {
    let (template, _) = template::load(template::DEFAULT, None, &Files::new("."), &Default::default());
    template.expect("it ships with the program")
});

/// The checklist of a document with these sections behind the title.
fn review_of(sections: &str) -> (Document, Option<Review>) {
    let text = format!("# Architecture Documentation: Ports\n\n{sections}");
    let document = parse(Text::of_file(&SourceFile::new("src/a.md", text)), Dialect::default());
    let outline = outline(&document, &ARCHITECTURE);
    let review = read(crate::record::Reader {
        document: &document,
        outline: &outline,
        template: &ARCHITECTURE,
    });
    (document, review)
}

/// The checklist whose section holds `body`.
fn checklist(body: &str) -> Option<Review> {
    review_of(&format!("## ✅ Review Checklist\n\n{body}\n")).1
}

/// An item in short: `x` ticked, `-` waived, `~` withdrawn, else a space; then its text.
fn short(item: &ReviewItem) -> String {
    let mark = match item {
        _ if item.withdrawn => '~',
        _ if item.waived.is_some() => '-',
        _ if item.ticked => 'x',
        _ => ' ',
    };
    format!("{mark} {}", item.text)
}

fn shorts(body: &str) -> Vec<String> {
    checklist(body).map_or(Vec::new(), |review| review.items.iter().map(short).collect())
}

/// Checklists as lists, and what they hold: a mark and the text of each item.
const LISTS: &[(&str, &str, &[&str])] = &[
    (
        "boxes",
        "- [x] Ports\n- [X] Hosts\n- [ ] Keys",
        &["x Ports", "x Hosts", "  Keys"],
    ),
    (
        "other marks",
        "* [x] Ports\n+ [ ] Hosts\n\n1. [x] Keys\n2) [ ] Logs",
        &["x Ports", "  Hosts", "x Keys", "  Logs"],
    ),
    (
        "malformed",
        "- [] Ports\n- [x ] Hosts\n- [✓] Keys\n- [ ]x Logs\n- [x]Jobs\n- \\[ \\] Queues\n- **[x] Caches**\n- [-] Mail",
        &[
            "  Ports", "x Hosts", "x Keys", "x Logs", "x Jobs", "  Queues", "x Caches", "- Mail",
        ],
    ),
    (
        "begun",
        "- [x] Ports\n- [~] Hosts, half of them\n- [/] Keys",
        &["x Ports", "  Hosts, half of them", "  Keys"],
    ),
    (
        "half a circle",
        "- ☑ Ports\n- ◐ Hosts\n- ☐ Keys",
        &["x Ports", "  Hosts", "  Keys"],
    ),
    (
        "a definition of a link",
        "- [x]: ports\n- [ ] Hosts",
        &["x ports", "  Hosts"],
    ),
    (
        "links and code are no boxes",
        "- [x](ports.md) Ports\n- `[ ]` Hosts\n- [ ] Keys",
        &["  Keys"],
    ),
    (
        "wrapped",
        "- [x] Ports\n  and hosts\n- [ ] Keys of\nall",
        &["x Ports and hosts", "  Keys of all"],
    ),
    (
        "loose",
        "- [x] Ports\n\n  See below.\n\n- [ ] Hosts",
        &["x Ports", "  Hosts"],
    ),
    (
        "nested",
        "- [x] Ports\n  - [ ] open ones\n  - a remark\n    - [x] on it\n- Hosts\n  - [x] named",
        &["x Ports", "  open ones", "x on it", "x named"],
    ),
    (
        "under headings",
        "### Ports\n\n- [x] Listed\n\n### Hosts\n\n> - [ ] Named",
        &["x Listed", "  Named"],
    ),
    ("no text", "- [ ]", &["  "]),
    (
        "signs",
        "- ✅ Ports\n- ⚠️ Hosts are half done\n- ❌ Keys\n- plain",
        &["x Ports", "  Hosts are half done", "  Keys"],
    ),
    (
        "ballots",
        "- ☑ Ports\n- ☐ Hosts\n- ☒ Keys",
        &["x Ports", "  Hosts", "  Keys"],
    ),
    ("crosses as ticks", "- ☒ Ports\n- ☐ Hosts", &["x Ports", "  Hosts"]),
    (
        "short codes",
        "- :white_check_mark: Ports\n- :x: Hosts",
        &["x Ports", "  Hosts"],
    ),
    ("hints alone are remarks", "- ⚠️ Mind the gap\n- 🚧 Wet paint", &[]),
    (
        "the box counts",
        "- [x] Ports ⏳ (to do)\n- [ ] ✅ Hosts\n- [ ] Keys: done",
        &["x Ports ⏳ (to do)", "  ✅ Hosts", "  Keys: done"],
    ),
    (
        "signs beside boxes",
        "- [x] Ports\n  - ✅ inner\n  - ❌ outer\n\nNotes:\n\n- ✅ all well",
        &["x Ports"],
    ),
    (
        "behind the item",
        "- Ports listed: yes\n- Hosts named — no\n- Keys kept ✅",
        &["x Ports listed", "  Hosts named", "x Keys kept"],
    ),
    (
        "choices",
        "- Ports? ☐ Yes ☑ No\n- Hosts? [x] Yes [ ] No\n- Keys? ☐ Yes ☐ No",
        &["  Ports?", "x Hosts?", "  Keys?"],
    ),
    (
        "lines",
        "[x] Ports\n[ ] Hosts\nand more",
        &["x Ports", "  Hosts and more"],
    ),
    ("lines of signs", "✅ Ports  \n❌ Hosts", &["x Ports", "  Hosts"]),
    ("a line with a sign is prose", "✅ All is well.", &[]),
    ("code", "```text\n- [x] Ports\n```\n\n    - [ ] Hosts", &[]),
    (
        "comments",
        "<!--\n- [x] Ports\n-->\n\n- [ ] Hosts <!-- - [x] -->",
        &["  Hosts"],
    ),
    (
        "HTML",
        "<ul><li><input type=\"checkbox\" checked> Ports</li>\n<li><input type=checkbox> Hosts</li></ul>",
        &["x Ports", "  Hosts"],
    ),
    (
        "HTML in text",
        "- <input type=\"checkbox\" checked> Ports\n\n<input type=checkbox> Keys<br><input type=checkbox checked> Logs",
        &["x Ports", "  Keys", "x Logs"],
    ),
    (
        "details",
        "<details><summary>More</summary>\n\n- [x] Ports\n\n</details>",
        &["x Ports"],
    ),
    ("questions", "1. Are the ports listed?\n2. Are the hosts named?", &[]),
    ("nothing", "To be done.", &[]),
];

#[test]
fn lists_of_boxes_and_signs() {
    for (name, body, expected) in LISTS {
        assert_eq!(shorts(body), *expected, "{name}");
    }
}

/// Items that do not count, in every way to say so.
const WAIVED: &[(&str, &[&str])] = &[
    (
        "- [ ] Ports - N/A (no network)\n- [x] Hosts - N/A",
        &["- Ports - N/A (no network)", "x Hosts - N/A"],
    ),
    ("- [ ] N/A: no ports here", &["- N/A: no ports here"]),
    (
        "- [ ] Ports N/A: there is no network\n- [ ] Hosts show N/A when empty",
        &["- Ports N/A: there is no network", "  Hosts show N/A when empty"],
    ),
    (
        "- [ ] N/A Ports\n- [ ] N/A values are listed",
        &["- N/A Ports", "  N/A values are listed"],
    ),
    (
        "- [ ] Ports (not required for the pilot)",
        &["- Ports (not required for the pilot)"],
    ),
    (
        "- [ ] Ports — not directly applicable unless we listen",
        &["  Ports — not directly applicable unless we listen"],
    ),
    (
        "- [ ] Ports — not applicable unless we listen",
        &["  Ports — not applicable unless we listen"],
    ),
    (
        "- [ ] Replace N/A values in the port list",
        &["  Replace N/A values in the port list"],
    ),
    (
        "- [ ] Ports (deferred)\n- [ ] Hosts (optional)",
        &["  Ports (deferred)", "  Hosts (optional)"],
    ),
    ("- [ ] ~~Ports~~\n- [x] ~~Hosts~~", &["~ Ports", "x Hosts"]),
    (
        "- [ ] ~~Ports of all hosts~~ nobody listens",
        &["~ Ports of all hosts nobody listens"],
    ),
    ("- [ ] ~~Ports~~ Sockets are listed", &["  Ports Sockets are listed"]),
    ("- [ ] <del>Ports</del>", &["~ Ports"]),
    ("- ~~[ ] Ports~~\n- [ ] ~~Hosts~~: gone", &["~ Ports", "~ Hosts: gone"]),
    (
        "- [ ] Ports: N/A\n  - [ ] inner\n  - [x] outer",
        &["- Ports: N/A", "- inner", "x outer"],
    ),
];

#[test]
fn what_does_not_count() {
    for (body, expected) in WAIVED {
        assert_eq!(shorts(body), *expected, "{body}");
    }
    let reasons = |body: &str| {
        checklist(body)
            .expect(body)
            .items
            .into_iter()
            .map(|item| item.waived)
            .collect::<Vec<_>>()
    };
    let why = |text: &str| Some(text.to_owned());
    assert_eq!(
        reasons(
            "- [ ] Ports - N/A (no network)\n- [ ] Hosts (not required for the pilot)\n- [ ] ~~Keys~~ (kept elsewhere)\n\
             - [ ] Logs: N/A\n- [ ] N/A: no jobs\n- [ ] (N/A) Known limitations are documented\n- [ ] Mail"
        ),
        [
            why("no network"),
            why("not required for the pilot"),
            why("kept elsewhere"),
            why(""),
            why("no jobs"),
            why(""),
            None
        ]
    );
}

/// Checklists as tables.
const TABLES: &[(&str, &str, &[&str])] = &[
    (
        "status",
        "| # | Item | Status |\n|-|-|-|\n| 1 | Ports | ✅ |\n| 2 | Hosts | ❌ |\n| 3 | Keys | N/A |",
        &["x Ports", "  Hosts", "- Keys"],
    ),
    (
        "words",
        "| Check | Result |\n|-|-|\n| Ports | Pass with a remark |\n| Hosts | NOT IMPLEMENTED |\n| Keys | TBD |",
        &["x Ports", "  Hosts", "  Keys"],
    ),
    (
        "named in other words",
        "| Nr | Prüfpunkt | Status (Pass/Fail) |\n|-|-|-|\n| 1 | Ports | Pass |\n| 2 | Hosts | ☐ Pass ☐ Fail |",
        &["x Ports", "  Hosts"],
    ),
    (
        "unfilled",
        "| Check | Yes/No | Notes |\n|-|-|-|\n| Ports | | |\n| Hosts | | |",
        &["  Ports", "  Hosts"],
    ),
    (
        "a column an answer",
        "| Item | Yes | No | N/A |\n|-|-|-|-|\n| Ports | x | | |\n| Hosts | | ✓ | |\n| Keys | | | ● |\n| Logs | | | |",
        &["x Ports", "  Hosts", "- Keys", "  Logs"],
    ),
    (
        "ballots in them",
        "| Item | Pass | Fail |\n|-|-|-|\n| Ports | ☑ | ☐ |\n| Hosts | ☐ | ☐ |",
        &["x Ports", "  Hosts"],
    ),
    (
        "boxes first",
        "| | Item |\n|-|-|\n| [x] | Ports |\n| [ ] | Hosts |",
        &["x Ports", "  Hosts"],
    ),
    (
        "boxes in the item",
        "| Task | Owner |\n|-|-|\n| [x] Ports | Ann |\n| ☐ Hosts | Bo |",
        &["x Ports", "  Hosts"],
    ),
    (
        "groups and sums",
        "| Item | Status |\n|-|-|\n| **Net** | |\n| Ports | Yes |\n| Total | 1/1 |",
        &["x Ports"],
    ),
    (
        "struck",
        "| Item | Done |\n|-|-|\n| ~~Ports~~ | no |\n| Hosts | yes |",
        &["~ Ports", "x Hosts"],
    ),
    ("questions", "| Area | Questions |\n|-|-|\n| Ports | Which ones? |", &[]),
    ("counts", "| Area | Pass | Fail |\n|-|-|-|\n| Ports | 3 | 1 |", &[]),
    (
        "descriptions",
        "| Area | Pass | Fail |\n|-|-|-|\n| Ports | All of them are listed | Some lack |",
        &[],
    ),
    (
        "signatures",
        "| Role | Name | Signature | Date |\n|-|-|-|-|\n| Lead | Ann | | |",
        &[],
    ),
    (
        "approvals",
        "| Reviewer | Status |\n|-|-|\n| Ann | Approved |\n| Bo | Pending |",
        &[],
    ),
    (
        "a legend",
        "| Symbol | Meaning |\n|-|-|\n| ✅ | Done |\n| ❌ | Open |",
        &[],
    ),
    (
        "beside boxes",
        "- [x] Ports\n\n| Section | Status |\n|-|-|\n| Hosts | open |",
        &["x Ports"],
    ),
];

#[test]
fn tables() {
    for (name, body, expected) in TABLES {
        assert_eq!(shorts(body), *expected, "{name}");
    }
}

#[test]
fn a_choice_of_outcomes_is_no_checklist() {
    let decoys = [
        "- [ ] **PASS**: go on\n- [x] **CONDITIONAL PASS**: go on, with remarks\n- [ ] **FAIL**: stop",
        "- [ ] ✅ Complete\n- [ ] ⚠️ In progress\n- [ ] ❌ Not started\n- [ ] 🚨 Trouble",
        "- [x] Approved\n- [ ] Approved with conditions\n- [ ] Rejected",
        "- [ ] Draft\n- [x] In review\n- [ ] Final",
        "- [ ] Yes\n- [ ] No",
        "- ✅ Done\n- 🚧 In progress\n- ❌ Not started",
        "Decision (check one):\n\n- [ ] Build it\n- [x] Buy it",
    ];
    for body in decoys {
        assert_eq!(shorts(body), [""; 0], "{body}");
    }
    let both = "- [x] Ports\n- [ ] Hosts\n\n**Result**\n\n- [ ] Pass\n- [x] Fail";
    assert_eq!(shorts(both), ["x Ports", "  Hosts"]);
    let real = "- [x] Approved by the owner\n- [ ] Reviewed by two people\n- [ ] No open questions";
    assert_eq!(checklist(real).expect(real).progress(), (1, 3));
}

#[test]
fn boxes_elsewhere_are_not_the_checklist() {
    let sections = "## 🗺️ Future Roadmap\n\n### Phase 1 (Q1 2026)\n\n- [x] Ports\n\n## ✅ Review Checklist\n\n- [x] Hosts\n- [ ] Keys\n\n\
                    ## Appendix\n\n- [x] Logs\n";
    let (_, review) = review_of(sections);
    assert_eq!(review.expect("it is there").progress(), (1, 2));
    assert!(review_of("## 🗺️ Future Roadmap\n\n- [x] Ports\n").1.is_none());
    let inside = "## ✅ Review Checklist\n\n- [x] Hosts\n\n### Future Roadmap\n\n- [ ] Ports\n";
    assert_eq!(review_of(inside).1.expect("it is there").progress(), (1, 1));
}

#[test]
fn the_template_itself() {
    assert_eq!(ARCHITECTURE.checklist.len(), 10);
    let tasks: Vec<&str> = ARCHITECTURE
        .sections
        .iter()
        .filter(|section| section.tasks)
        .map(|section| section.id.as_str())
        .collect();
    assert!(
        tasks.contains(&"review-checklist") && tasks.contains(&"future-roadmap"),
        "{tasks:?}"
    );
    let (_, review) = review_of(ARCHITECTURE.text.as_str());
    let review = review.expect("it has one");
    assert_eq!(review.progress(), (0, 10));
    let recognised: Vec<Option<usize>> = review.items.iter().map(|item| item.template_item).collect();
    assert_eq!(recognised, (0..10).map(Some).collect::<Vec<_>>());
}

#[test]
fn where_items_and_their_boxes_stand() {
    let body =
        "- [x] Ports\n  - [x ] inner ones\n- \\[ ] Hosts\n- ✅ Keys\n- Known limitations are documented\n- [ ]Logs";
    let (document, review) = review_of(&format!("## Review Checklist\n\n{body}\n"));
    let review = review.expect("it has items");
    let found: Vec<_> = review
        .items
        .iter()
        .map(|item| {
            (
                document.text.get(item.span),
                item.mark,
                document.text.get(item.mark_span),
            )
        })
        .collect();
    let expected = [
        ("- [x] Ports", Mark::Task, "[x]"),
        ("- [x ] inner ones", Mark::Malformed, "[x ]"),
        ("- \\[ ] Hosts", Mark::Malformed, "\\[ ]"),
        ("- ✅ Keys", Mark::Sign, "✅"),
        ("- Known limitations are documented", Mark::Missing, ""),
        ("- [ ]Logs", Mark::Malformed, "[ ]"),
    ];
    assert_eq!(found, expected);
    assert_eq!(review.items[4].template_item, Some(7));
}
