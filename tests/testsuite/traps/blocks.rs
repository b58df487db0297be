//! Blocks, headings and brackets that are not what they look like.

use super::*;

#[test]
fn list_items_that_are_link_definitions() {
    let item = |item: &str| with("- A gauge and a table\n", &format!("- A gauge and a table\n{item}\n"));
    check(
        SMALL_TEMPLATE,
        &[
            (
                "one word behind the colon",
                item("- [Kafka]: messaging"),
                &["13:3 error lost-list-item"],
            ),
            ("two words are text", item("- [Kafka]: message bus"), &[]),
            (
                "an address",
                item("- [Kafka]: https://kafka.apache.org/"),
                &["13:3 error lost-list-item"],
            ),
            (
                "a title",
                item("- [Kafka]: messaging \"and more\""),
                &["13:3 error lost-list-item"],
            ),
            (
                "numbered",
                item("1. [Kafka]: messaging"),
                &["13:4 error lost-list-item"],
            ),
            ("nested", item("  - [Kafka]: messaging"), &["13:5 error lost-list-item"]),
            (
                "in a quote",
                item("\n> - [Kafka]: messaging"),
                &["14:5 error lost-list-item"],
            ),
            ("in a task", item("- [ ] [Kafka]: messaging"), &[]),
            (
                "three of them",
                item("- [A]: a\n- [B]: b\n- [C]: c"),
                &[
                    "13:3 error lost-list-item",
                    "14:3 error lost-list-item",
                    "15:3 error lost-list-item",
                ],
            ),
            (
                "used as it is meant",
                format!("{SMALL_DOCUMENT}\nSee the [summary].\n\n[summary]: #summary\n"),
                &[],
            ),
            ("in a code block", item("\n```text\n- [Kafka]: messaging\n```\n"), &[]),
            (
                "the template's own placeholder",
                item("- [Part]: messaging"),
                &["13:3 error unfilled-placeholder"],
            ),
        ],
    );
}

#[test]
fn text_right_above_a_rule() {
    check(
        SMALL_TEMPLATE,
        &[
            (
                "the header",
                with("Complete\n\n---", "Complete\n---"),
                &["5:1 error swallowed-heading"],
            ),
            (
                "the last paragraph of a section",
                with("wind.\n", "wind.\n---\n"),
                &["16:1 error swallowed-heading"],
            ),
            (
                "a real heading, underlined",
                with("## Limits\n", "Limits\n------\n"),
                &[],
            ),
            (
                "a table above it",
                with("First version |\n", "First version |\n---\n"),
                &[],
            ),
            ("a list above it", with("table\n", "table\n---\n"), &[]),
            ("an empty line between", with("wind.\n", "wind.\n\n---\n"), &[]),
        ],
    );
}

#[test]
fn headings_that_are_none() {
    let limits = |heading: &str| with("## Limits\n", heading);
    check(
        SMALL_TEMPLATE,
        &[
            (
                "in a quote",
                limits("> ## Limits\n\n"),
                &["14:3 error swallowed-heading"],
            ),
            (
                "in a list",
                limits("- ## Limits\n\n"),
                &["14:3 error swallowed-heading"],
            ),
            (
                "without its space",
                limits("##Limits\n\n"),
                &["14:1 error swallowed-heading"],
            ),
            (
                "indented",
                limits("    ## Limits\n\n"),
                &["14:5 error swallowed-heading"],
            ),
            (
                "below HTML",
                limits("<div>\n## Limits\n</div>\n\n"),
                &["15:1 error swallowed-heading"],
            ),
            (
                "taken out on purpose",
                with(LIMITS, "<!--\n## Limits\nNothing.\n-->\n"),
                &["19:1 error missing-section"],
            ),
            (
                "a no-break space behind the marks",
                limits("##\u{a0}Limits\n\n"),
                &["14:1 error swallowed-heading"],
            ),
            ("quoted beside the real one", limits("> ## Limits\n\n## Limits\n"), &[]),
            (
                "in a code block beside the real one",
                limits("```sh\n## Limits\n```\n\n## Limits\n"),
                &[],
            ),
            ("an empty heading", limits("##\n\n## Limits\n"), &[]),
            ("a hash tag", limits("#hash is no heading\n\n## Limits\n"), &[]),
        ],
    );
}

#[test]
fn headings_that_are_some() {
    let limits = |heading: &str| with("## Limits\n", heading);
    let names = [
        "## Limits ##\n",
        "##\tLimits\n",
        " ## Limits\n",
        "Limits\n------\n",
        "## LIMITS\n",
        "## limits:\n",
        "## **Limits**\n",
        "## `Limits`\n",
        "## [Limits](#limits)\n",
        "## Limits {#limits .wide}\n",
        "## <a id=\"x\"></a>Limits\n",
        "## 3. Limits\n",
        "## 3) Limits\n",
        "## 3.1 Limits\n",
        "## III. Limits\n",
        "## Section 3: Limits\n",
        "## 🗺️ Limits\n",
        "## 🗺 Limits\n",
        "## Limits 🚧\n",
        "## 👩🏽\u{200d}💻 Limits\n",
        "## 1️⃣ Limits\n",
        "## 🇩🇪 Limits\n",
        "## :map: Limits\n",
        "## \u{a0}Limits\u{a0}\n",
        "## &#76;imits\n",
        "## Limits <!-- here -->\n",
    ];
    let cases: Vec<Case> = names.iter().map(|name| (*name, limits(name), &[][..])).collect();
    check(SMALL_TEMPLATE, &cases);
}

#[test]
fn names_are_compared_without_what_decorates_them() {
    let template = SMALL_TEMPLATE
        .replace("## Purpose", "## 🗺️ What's it -- \"for\"")
        .replace("## Parts", "## 7. Parts & pieces")
        .replace("## Limits", "## Known Limits");
    let document = |first: &str, second: &str, third: &str| {
        SMALL_DOCUMENT
            .replace("Purpose", first)
            .replace("## Parts", second)
            .replace("Limits", third)
    };
    check(
        &template,
        &[
            (
                "plain",
                document("What's it -- \"for\"", "## Parts and pieces", "Known Limits"),
                &[],
            ),
            (
                "typographic",
                document("🗺 What’s it – “for”", "## Parts & Pieces", "Known\u{a0}Limits"),
                &[],
            ),
            (
                "without marks",
                document("Whats it for", "## Parts &amp; pieces", "known  limits"),
                &[],
            ),
        ],
    );
}

#[test]
fn blocks_that_are_never_closed() {
    let part = |text: &str| with("- A gauge and a table\n", text);
    check(
        SMALL_TEMPLATE,
        &[
            (
                "a fence",
                part("```rust\nfn main() {}\n\n"),
                &["12:1 error unclosed-block"],
            ),
            (
                "another fence",
                part("~~~~\ntext\n~~~\n\n"),
                &["12:1 error unclosed-block"],
            ),
            (
                "a fence that an inner one does not close",
                part("````md\n```\nx\n```\n\n"),
                &["12:1 error unclosed-block"],
            ),
            ("a comment", part("<!-- to do:\n\n"), &["12:1 error unclosed-block"]),
            (
                "a fence at the end",
                format!("{SMALL_DOCUMENT}\n```\nx\n"),
                &["23:1 error unclosed-block"],
            ),
            ("a fence that the end of its list closes", part("- ```\n  x\n\n"), &[]),
            (
                "closed ones",
                part("````md\n```\n## Limits\n```\n````\n\n<!--\n\nx\n\n-->\n\n~~~\n# Base image\n~~~\n"),
                &[],
            ),
            ("closed by a longer one", part("```\n## Limits\n`````\n"), &[]),
            ("indented", part("- x\n\n  ```sh\n  # Base image\n  ```\n"), &[]),
        ],
    );
}

#[test]
fn brackets_that_are_no_placeholders() {
    let part = |text: &str| with("- A gauge and a table\n", text);
    let kept = "- Option[datetime], Result[T], [0,1], [1.0.0], [1], [Unit], [Verified]\n\
        - [kubernetes/enhancements], [S18], [TOC], [x](y.md), [[wiki]], \\[Part\\], ![alt](a.png)\n\
        - [x] done\n- [ ] to do\n- [ ]no task\n- A note[^1]\n\n> [!NOTE]\n> Text.\n\n[^1]: Here.\n\n\
        ```json\n{ \"cmd\": [\"python\", \"app.py\"] }\n```\n";
    check(
        SMALL_TEMPLATE,
        &[
            ("other brackets", part(kept), &[]),
            ("a link of that name", part("- [Part](a.md)\n"), &[]),
            ("a reference of that name", part("- [Part]\n\n[Part]: a.md\n"), &[]),
            (
                "the placeholder",
                part("- A gauge\n- [Part]\n"),
                &["13:3 error unfilled-placeholder"],
            ),
            (
                "in other words",
                part("- A gauge\n- The [Part] of it\n"),
                &["13:7 error unfilled-placeholder"],
            ),
        ],
    );
}
