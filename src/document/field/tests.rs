//! Fields in every form that people write them in.

use super::*;
use crate::document::parse;
use crate::markdown::Dialect;
use crate::source::SourceFile;

fn fields(text: &str) -> (Document, Vec<Field>) {
    let document = parse(Text::of_file(&SourceFile::new("a.md", text)), Dialect::default());
    let fields = document.fields.clone().into();
    (document, fields)
}

/// A text with one field: its key, its value, the value's bytes, and the form.
#[test]
fn fields_in_every_form() {
    use Carrier::{FrontMatter, Plain, PlainItem, Row, Strong, StrongItem};
    for (text, key, value, bytes, carrier) in [
        ("**Key**: v", "Key", "v", "v", Strong),
        ("**Key:** v", "Key", "v", "v", Strong),
        ("__Key__: v", "Key", "v", "v", Strong),
        ("**Key** : v", "Key", "v", "v", Strong),
        ("**Key**:v", "Key", "v", "v", Strong),
        ("**Key**：v", "Key", "v", "v", Strong),
        ("**Key：** v", "Key", "v", "v", Strong),
        ("**Key :** v", "Key", "v", "v", Strong),
        ("**Key**:\u{a0}v\u{a0}", "Key", "v", "v", Strong),
        ("***Key***: v", "Key", "v", "v", Strong),
        ("**Two `words`**: v", "Two words", "v", "v", Strong),
        ("**Key**: v  \n", "Key", "v", "v", Strong),
        ("**Key**: v\\\n", "Key", "v\\", "v\\", Strong),
        ("**Key**: one\n  two", "Key", "one two", "one\n  two", Strong),
        ("**Key**: 1.2 & 3: x", "Key", "1.2 & 3: x", "1.2 & 3: x", Strong),
        ("**Key**: *v*", "Key", "v", "*v*", Strong),
        ("**Key**: **v**", "Key", "v", "**v**", Strong),
        ("**Key:** **v**", "Key", "v", "**v**", Strong),
        ("**Key**: `v`", "Key", "v", "`v`", Strong),
        ("**Key**: [v](w)", "Key", "v", "[v](w)", Strong),
        ("**Key**: a [v](w), *x*", "Key", "a v, x", "a [v](w), *x*", Strong),
        ("**Key**: [Name]", "Key", "[Name]", "[Name]", Strong),
        ("**Key**: &lt;v&gt;", "Key", "<v>", "&lt;v&gt;", Strong),
        ("**Key**:", "Key", "", "", Strong),
        ("**Key:**", "Key", "", "", Strong),
        ("**Key**: \n", "Key", "", "", Strong),
        ("> **Key**: v", "Key", "v", "v", Strong),
        ("- **Key**: v", "Key", "v", "v", StrongItem),
        ("* **Key:** v", "Key", "v", "v", StrongItem),
        ("1. **Key**: [v](w)", "Key", "v", "[v](w)", StrongItem),
        ("- Key: v", "Key", "v", "v", PlainItem),
        ("- Key : v", "Key", "v", "v", PlainItem),
        ("Key: v", "Key", "v", "v", Plain),
        ("Key : v", "Key", "v", "v", Plain),
        ("Key：v", "Key", "v", "v", Plain),
        ("Key: *v* w", "Key", "v w", "*v* w", Plain),
        ("Key: [v](w)", "Key", "v", "[v](w)", Plain),
        ("# T\n\nKey: v\n\n## S\n\nNot: one\n", "Key", "v", "v", Plain),
        ("| | |\n|-|-|\n| Key | v |", "Key", "v", "v", Row),
        ("| **Key:** | *v* |\n|-|-|", "Key", "v", "*v*", Row),
        ("---\nkey: \"v\"\n---\n", "key", "v", "\"v\"", FrontMatter),
        (
            "---\nkey: v # not a key: x\n  deep: w\n- list: z\n---\n",
            "key",
            "v # not a key: x",
            "v # not a key: x",
            FrontMatter,
        ),
        ("+++\nkey = 'v'\n+++\n", "key", "v", "'v'", FrontMatter),
        ("---\r\nkey: v\r\n---\r\n", "key", "v", "v", FrontMatter),
    ] {
        let (document, found) = fields(text);
        let [field] = found.as_slice() else {
            panic!("{text:?}: {found:?}")
        };
        assert_eq!(
            (field.key.as_str(), field.value.as_str(), field.carrier),
            (key, value, carrier),
            "{text:?}"
        );
        assert_eq!(document.text.get(field.value_span), bytes, "{text:?}");
        assert_eq!(field.follows, None, "{text:?}");
        if !value.is_empty() {
            assert_eq!(field.span.end, field.value_span.end, "{text:?}");
        }
    }
}

#[test]
fn what_is_no_field() {
    for text in [
        "A sentence with **Key**: v",
        "**Key** v",
        "**Key** (more): v",
        "See this. Then: that",
        "http://a.b",
        "10:30 it began",
        "**:** v",
        "A long sentence that goes on and on: and on",
        "[Key]: v",
        "`Key`: v",
        "## Key: v",
        "```\n**Key**: v\n```",
        "<!-- **Key**: v -->",
        "<div>\n**Key**: v\n</div>",
        "| a | b | c |\n|-|-|-|\n| Key | v | w |",
    ] {
        let (_, found) = fields(text);
        assert!(found.is_empty(), "{text:?}: {found:?}");
    }
}

#[test]
fn a_block_of_lines_is_a_field_each() {
    let lines = "**A**: 1  \n**B:** two\nlines\n**C**:\n**D** : [x](y)\\\n**E**: 5";
    for text in [
        lines.to_owned(),
        lines.replace('\n', "\r\n"),
        format!("> {}", lines.replace('\n', "\n> ")),
    ] {
        let (document, found) = fields(&text);
        let read: Vec<(&str, &str)> = found.iter().map(|f| (f.key.as_str(), f.value.as_str())).collect();
        assert_eq!(
            read,
            [("A", "1"), ("B", "two lines"), ("C", ""), ("D", "x"), ("E", "5")],
            "{text:?}"
        );
        let bytes: Vec<&str> = found.iter().map(|field| document.text.get(field.value_span)).collect();
        assert_eq!(
            (bytes[0], bytes[2], bytes[3], bytes[4]),
            ("1", "", "[x](y)", "5"),
            "{text:?}"
        );
    }
}

/// A text whose only field has no value of its own, and whether the next block is the value.
#[test]
fn values_below_the_key() {
    for (text, follows) in [
        ("**Key**:\n- a\n- b\n", true),
        ("**Key:**\n\n- a\n", true),
        ("**Key**:\n```\ncode\n```\n", true),
        ("**Key**:\n\n| a | b | c |\n|-|-|-|\n", true),
        ("**Key**:\n\n> a\n", true),
        ("**Key**:\n\ntext\n", true),
        ("**Key**:\n\n## Next\n", false),
        ("**Key**:\n\n---\n", false),
        ("**Key**:\n\n<!-- later -->\n", false),
        ("**Key**:\n", false),
    ] {
        let (_, found) = fields(text);
        let [field] = found.as_slice() else {
            panic!("{text:?}: {found:?}")
        };
        assert_eq!(
            (field.value.as_str(), field.follows.is_some()),
            ("", follows),
            "{text:?}"
        );
    }
    let (_, found) = fields("**A**:\n\n**B**: v\n");
    assert_eq!(found[0].follows, None);
}
