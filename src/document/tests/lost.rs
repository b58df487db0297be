//! What is lost in blocks that nothing closes, and in definitions.

use super::*;

#[test]
fn unclosed_fences_are_known() {
    for (text, unclosed) in [
        ("```\na\n```\n", false),
        ("```\na\n", true),
        ("````\na\n```\n", true),
        ("```\n", true),
        ("```\n```", false),
        ("~~~\na\n```\n", true),
        ("```\na\n   ```  \n", false),
        ("  ```\na\n`````\n", false),
        ("    a\n", false),
    ] {
        let document = parsed(text);
        assert!(
            matches!(document.blocks.first().expect("a block").kind, BlockKind::Code(_)),
            "{text:?} is no code"
        );
        assert_eq!(!document.unclosed.is_empty(), unclosed, "{text:?}");
    }
}

#[test]
fn html_that_nothing_closes_is_known_and_so_is_what_would_close_it() {
    for (open, mark) in [
        ("<style", "</style>"),
        ("<STYLE x", "</style>"),
        ("<script>\n\n</style>", "</script>"),
        ("<textarea\n\n", "</textarea>"),
        ("<style><!-- </style", "</style>"),
        ("x\n<pre", "</pre>"),
        ("<!-- x", "-->"),
        ("  <? x", "?>"),
        ("<!X ", ">"),
        ("<![CDATA[ x", "]]>"),
        ("~~~~\n~~~", "~~~~"),
    ] {
        let document = parsed(open);
        let blocks: Vec<&Block> = document.unclosed_blocks().collect();
        assert_eq!(blocks.len(), 1, "{open:?}");
        let closing = closing(document.text.get(blocks[0].span));
        assert!(headings(&parsed(&format!("{open}\n\n## A\n"))).is_empty(), "{open:?}");
        assert_eq!(closing, mark, "{open:?}");
        let closed = parsed(&format!("{open}\n{closing}\n\n## A\n"));
        assert_eq!(headings(&closed), ["2 A"], "{open:?}");
        assert!(parsed(&format!("{open}\n{closing}\n")).unclosed.is_empty(), "{open:?}");
    }
    for closed in [
        "<div>\n",
        "<x-y>\n",
        "<style></style>\n",
        "<pre></pre><pre>\n",
        "<!-->\n",
        "<!-- a -->\n",
        "> <style\n",
        "- ```\n",
        "    <pre\n",
        "<a href='\n",
    ] {
        assert!(parsed(closed).unclosed.is_empty(), "{closed:?}");
    }
}

#[test]
fn list_items_that_are_link_definitions_are_lost_and_known() {
    let document = parsed("- [Kafka]: messaging\n- [Redis]: message bus\n- **[A]**: b\n\n[docs]: #docs\n");
    let held: Vec<(&str, bool)> = document
        .definitions
        .iter()
        .map(|definition| (definition.label.as_str(), definition.item.is_some()))
        .collect();
    assert_eq!(held, [("Kafka", true), ("docs", false)]);
    let texts: Vec<String> = units(&document, &document.blocks)
        .into_iter()
        .map(|unit| unit.text)
        .collect();
    assert_eq!(texts, ["[Kafka]: messaging", "[Redis]: message bus", "[A]: b"]);
}
