//! Messages as hosts write them and as no host would, read and answered.

use std::collections::BTreeMap;

use super::error::{BY_HAND, MAX_LEVELS};
use super::*;
use crate::source::Span;
use mdbook_preprocessor::book::{Book as HostBook, BookItem};
use proptest::prelude::*;
use serde_json::Value;

const CONTEXT: &str = r#"{"root":"/b","config":{"book":{"src":"docs"}},"renderer":"html",
"mdbook_version":"0.5.4","new":[1]}"#;
const CHAPTER: &str = r#""number":null,"path":"a.md","source_path":null,"parent_names":[]"#;

fn message(book: &str) -> String {
    format!(" [\n{CONTEXT} ,\t{book}\r\n] ")
}

/// The book with new texts for some of its chapters, whole.
fn encoded(envelope: &Envelope<'_>, new: &BTreeMap<usize, String>) -> Vec<u8> {
    let envelope = envelope.clone();
    envelope
        .clone()
        .encode(|index, _| new.get(&index).cloned().map(Change::Text))
        .concat()
}

/// `levels` chapters, each in the one before.
fn nested(levels: usize) -> String {
    let open = format!(r#"{{"Chapter":{{"name":"n","content":"c",{CHAPTER},"sub_items":["#);
    let (open, close) = (open.repeat(levels), "]}}".repeat(levels));
    format!(r#"{{"items":[{open}{close}]}}"#)
}

#[derive(Debug, Clone)]
enum Node {
    Chapter(String, Option<String>, String, Vec<Node>),
    Other(String),
}

fn nodes() -> impl Strategy<Value = Vec<Node>> {
    let other = prop_oneof![
        Just(r#""Separator""#.to_owned()),
        Just(r#"{ "PartTitle" : "A \u00e9 part" }"#.to_owned()),
        Just(r#""Later""#.to_owned()),
        Just(r#"{"Later":{"content":"x","sub_items":[{"Chapter":1}]}}"#.to_owned()),
    ];
    let text = "([a-z#\\\\\"/\n\r\t\u{8}\u{7f} |é🔄\u{fe0f}\u{2028}]|\\PC){0,12}";
    let path = proptest::option::of("[a-zü/]{1,6}");
    let parts = move || (text, path.clone(), text);
    let leaf = prop_oneof![
        other.prop_map(Node::Other),
        parts().prop_map(|(name, path, content)| Node::Chapter(name, path, content, vec![])),
    ];
    let node = leaf.prop_recursive(6, 24, 4, move |inner| {
        (parts(), prop::collection::vec(inner, 0..4))
            .prop_map(|((name, path, content), below)| Node::Chapter(name, path, content, below))
    });
    prop::collection::vec(node, 0..5)
}

/// Writes a tree as a host of odd habits might; `choices` say which. A content is written as `<U+1 index U+1>`,
/// which nothing else can contain, and listed with its noisy JSON string.
struct Writer<'n> {
    choices: std::iter::Cycle<std::slice::Iter<'n, u8>>,
    contents: Vec<(String, String)>,
}

impl Writer<'_> {
    fn choose<T: Copy>(&mut self, options: &[T]) -> T {
        options[usize::from(*self.choices.next().unwrap()) % options.len()]
    }

    fn string(&mut self, text: &str) -> String {
        let mut out = String::from("\"");
        for c in text.chars() {
            if self.choose(&[true, false, false]) {
                let units = c.encode_utf16(&mut [0; 2]).to_vec();
                units.iter().for_each(|unit| out += &format!("\\u{unit:04X}"));
            } else if c == '/' {
                out += self.choose(&["/", "\\/"]);
            } else {
                let json = serde_json::to_string(&c).unwrap();
                out += json.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
            }
        }
        out + "\""
    }

    fn list(&mut self, open: char, values: Vec<String>, close: char) -> String {
        let mut out = String::from(open);
        for (index, value) in values.iter().enumerate() {
            out += if index > 0 { "," } else { "" };
            out += self.choose(&["", " ", "\n\t", "\r\n  "]);
            out += value;
            out += self.choose(&["", "  ", "\n"]);
        }
        out.push(close);
        out
    }

    fn items(&mut self, nodes: &[Node]) -> String {
        let items = nodes.iter().map(|node| match node {
            Node::Other(json) => json.clone(),
            Node::Chapter(name, path, content, below) => {
                let json = self.string(content);
                let marker = format!("\u{1}{}\u{1}", self.contents.len());
                self.contents.push((content.clone(), json));
                let name = self.string(name);
                let path = path.as_ref().map_or("null".to_owned(), |p| self.string(p));
                let mut members = vec![
                    format!(r#""name":{name}"#),
                    format!(r#""content" : {marker}"#),
                    format!(r#""path":{path}"#),
                    format!(r#""sub_items" :{}"#, self.items(below)),
                    r#""number":[1, 2]"#.to_owned(),
                ];
                if self.choose(&[true, false]) {
                    members.push(r#""later":{"content":"\ud800","n":1.50e+3}"#.to_owned());
                    members.push(format!(r#""source_path":{path}"#));
                }
                let first = self.choose(&[0, 1, 2, 3, 4]);
                members.rotate_left(first);
                let chapter = self.list('{', members, '}');
                self.list('{', vec![format!(r#""Chapter":{chapter}"#)], '}')
            }
        });
        let items = items.collect();
        self.list('[', items, ']')
    }
}

/// The oracle: the same edit on a decoded book.
fn edit(items: &mut Value, next: &mut usize, new: &BTreeMap<usize, String>) {
    for item in items.as_array_mut().unwrap() {
        let Some(chapter) = item.get_mut("Chapter") else {
            continue;
        };
        if let Some(text) = new.get(next) {
            chapter["content"] = text.as_str().into();
        }
        *next += 1;
        edit(&mut chapter["sub_items"], next, new);
    }
}

/// The oracle: how many chapters enclose each one of a decoded book.
fn depths(items: &Value, depth: usize) -> Vec<usize> {
    let chapters = items.as_array().unwrap().iter().filter_map(|item| item.get("Chapter"));
    let below = chapters.flat_map(|chapter| [vec![depth], depths(&chapter["sub_items"], depth + 1)].concat());
    below.collect()
}

proptest! {
    #[test]
    fn only_replaced_contents_change(
        nodes in nodes(),
        choices in prop::collection::vec(any::<u8>(), 1..40),
        new in prop::collection::btree_map(0..12_usize, "(\\PC|[\n\"\\\\]){0,9}", 0..6),
        old in any::<bool>(),
    ) {
        let mut writer = Writer { choices: choices.iter().cycle(), contents: vec![] };
        let items = writer.items(&nodes);
        let key = if old { "sections" } else { "items" };
        let members = vec![r#""__non_exhaustive":null"#.to_owned(), format!(r#""{key}":{items}"#)];
        let book = writer.list('{', members, '}');
        let mut new = new;
        if let Some((content, _)) = writer.contents.get(3) {
            // What the chapter has already, whatever its escapes.
            new.insert(3, content.clone());
        }
        let mut before = book.clone();
        let mut after = book;
        for (index, (content, json)) in writer.contents.iter().enumerate() {
            let marker = format!("\u{1}{index}\u{1}");
            before = before.replace(&marker, json);
            let changed = new.get(&index).filter(|text| *text != content);
            let changed = changed.map(|text| serde_json::to_string(text).unwrap());
            after = after.replace(&marker, changed.as_ref().unwrap_or(json));
        }
        let message = message(&before);
        let envelope = Envelope::decode(message.as_bytes()).unwrap();
        let contents = envelope.chapters().iter().map(|chapter| &*chapter.content);
        prop_assert!(contents.eq(writer.contents.iter().map(|(content, _)| content.as_str())));
        prop_assert_eq!(encoded(&envelope, &BTreeMap::new()), before.as_bytes());
        let answer = encoded(&envelope, &new);
        prop_assert_eq!(std::str::from_utf8(&answer), Ok(after.as_str()));
        // `Value` cannot hold a lone surrogate, which members that nobody reads may have.
        let value = |text: &str| serde_json::from_str::<Value>(&text.replace(r"\ud800", "")).unwrap();
        let mut expected = value(&before);
        let found: Vec<usize> = envelope.chapters().iter().map(|chapter| chapter.depth).collect();
        prop_assert_eq!(found, depths(&expected[key], 0));
        edit(&mut expected[key], &mut 0, &new);
        prop_assert_eq!(value(&after), expected);
    }

    #[test]
    fn no_damage_panics(at in 0..2000_usize, len in 0..4_usize, by in prop::collection::vec(any::<u8>(), 0..5)) {
        let mut bytes = message(&nested(6)).into_bytes();
        let start = at.min(bytes.len());
        let end = (start + len).min(bytes.len());
        bytes.splice(start..end, by);
        match Envelope::decode(&bytes) {
            Ok(envelope) => prop_assert!(!encoded(&envelope, &BTreeMap::from([(0, "x".into())])).is_empty()),
            Err(error) => prop_assert!(!error.to_string().contains('\n')),
        }
    }
}

#[test]
fn the_typed_host_reads_the_answer() {
    let book = format!(
        r#"{{"items":[{{"Chapter":{{"name":"A","content":"a\n",{CHAPTER},"sub_items":[
                {{"Chapter":{{"name":"B","content":"b","number":[1],"sub_items":[],"path":"b.md","source_path":"b.md",
                "parent_names":["A"]}}}}]}}}},"Separator",{{"PartTitle":"P"}},{{"Chapter":{{"name":"Draft","content":"",
                "number":null,"sub_items":[],"path":null,"source_path":null,"parent_names":[]}}}}]}}"#
    );
    let message = message(&book);
    let envelope = Envelope::decode(message.as_bytes()).unwrap();
    let seen = envelope.chapters().iter().map(|c| {
        (
            c.name.as_str(),
            c.path.as_deref(),
            c.source_path.as_deref(),
            c.content.as_str(),
            c.depth,
        )
    });
    let expected = [
        ("A", Some("a.md"), None, "a\n", 0),
        ("B", Some("b.md"), Some("b.md"), "b", 1),
        ("Draft", None, None, "", 0),
    ];
    assert!(seen.eq(expected));

    let (_, mut typed) = mdbook_preprocessor::parse_input(message.as_bytes()).unwrap();
    typed.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item {
            chapter.content = format!("{} \u{1f504} \"new\"\r\n", chapter.name);
        }
    });
    let new = ["A", "B", "Draft"].map(|name| format!("{name} \u{1f504} \"new\"\r\n"));
    let answer = encoded(&envelope, &new.into_iter().enumerate().collect());
    assert_eq!(serde_json::from_slice::<HostBook>(&answer).unwrap(), typed);
}

#[test]
fn the_context_is_read() {
    let message = message(r#"{"items":[]}"#);
    let envelope = Envelope::decode(message.as_bytes()).unwrap();
    let host = envelope.host();
    assert_eq!((host.root.to_str(), host.renderer.as_str()), (Some("/b"), "html"));
    assert_eq!(host.version, "0.5.4");
    assert_eq!(envelope.host().config["book"]["src"], "docs");
    assert!(envelope.chapters().is_empty());
    assert_eq!(
        encoded(&envelope, &BTreeMap::from([(7, "x".into())])),
        br#"{"items":[]}"#
    );

    for config in ["", r#","config":{"book":{}}"#, r#","config":[]"#] {
        let context = format!(r#"{{"root":"","renderer":"","mdbook_version":"1"{config}}}"#);
        let text = format!(r#"[{context},{{"sections":[]}}]"#);
        let envelope = Envelope::decode(text.as_bytes()).unwrap();
        assert_eq!(envelope.host().config.is_null(), config.is_empty());
    }
}

#[test]
fn levels_end_where_the_host_ends() {
    for levels in [1, 6, MAX_LEVELS, MAX_LEVELS + 1, 100, 50_000] {
        let book = nested(levels);
        let host = serde_json::from_str::<HostBook>(&book);
        assert_eq!(host.is_ok(), levels <= MAX_LEVELS, "{levels}");
        let message = message(&book);
        match Envelope::decode(message.as_bytes()) {
            Ok(envelope) => {
                assert_eq!(envelope.chapters().last().unwrap().depth + 1, levels);
                assert_eq!(encoded(&envelope, &BTreeMap::new()), book.as_bytes());
            }
            Err(error) => assert!(
                levels > MAX_LEVELS && matches!(error, EnvelopeError::TooDeep { .. }),
                "{levels}: {error}"
            ),
        }
    }
}

#[test]
fn every_shorter_message_ends_in_the_middle() {
    let whole = message(&nested(2).replace("\"c\"", "\"é🔄\\ud83d\\udd04\""));
    let whole = whole.trim_end().as_bytes();
    let with_context = CONTEXT.len() + 10;
    for end in 0..whole.len() {
        match Envelope::decode(&whole[..end]).unwrap_err() {
            EnvelopeError::Empty => assert!(end < 2),
            EnvelopeError::Truncated { byte, host } => {
                assert_eq!(byte, end);
                assert!(end < with_context || host.as_deref() == Some("0.5.4"), "{end}");
            }
            other => panic!("{end}: {other}"),
        }
    }
    assert!(Envelope::decode(whole).is_ok());
}

/// What is wrong, where it begins (text of the input that occurs once there), and why.
#[test]
fn bad_input_is_explained() {
    const SENT: &str = "mdBook 0.5.4 sent what it should not: please report this";
    const NEWER: &str = "sent by mdBook 0.9.1, but this version of mdbook-archdoc knows 0.4 and 0.5: update it";
    let newer = |root: &str| format!(r#"[{{{root}"mdbook_version":"0.9.1"}},{{"items":[]}}]"#);
    let chapter = |members: &str| message(&format!(r#"{{"items":[{{"Chapter":{{{members}}}}}]}}"#));
    let m = "mdBook's message";
    let long = format!(r#""{}, expected""#, "long ".repeat(9999));
    #[rustfmt::skip]
        let cases = [
            ("[]".to_owned(), "]", m, "expected the array `[context, book]`, found one of length 0", BY_HAND),
            ("[{}]".into(), "]", m, "expected the array `[context, book]`, found one of length 1", BY_HAND),
            (message("{}, 3"), "] ", m, "expected the array `[context, book]`, found one of length 3", SENT),
            ("{}".into(), "{", m, "expected the array `[context, book]`, found an object", BY_HAND),
            ("# é\n".into(), "#", m, "not JSON (expected value)", BY_HAND),
            (message("{} x"), "x\r", m, "not JSON (expected `,` or `]`)", SENT),
            (r#"["a",{}]"#.into(), "\"a", m, "expected the context, an object, found string \"a\"", BY_HAND),
            (newer(""), "{\"mdb", "`root` of mdBook's context", "expected a string, found nothing", NEWER),
            (newer(r#""root": [],"#), "[],", "`root` of mdBook's context", "expected a string, found an array", NEWER),
            (message("{ }"), "{ }", m,
                "expected `items` (mdBook 0.5) or `sections` (mdBook 0.4) in the book, found neither", SENT),
            (message(r#"{"items":5}"#), "5}", m, "expected an array, found integer `5`", SENT),
            (message(r#"{"items":[5]}"#), "5]", m,
                "expected an item of the book, a string or an object, found integer `5`", SENT),
            (chapter(r#""name":"é\nb","path":null"#), "\"é", "`content` of chapter `é b`",
                "expected a string, found nothing", SENT),
            (chapter(r#""name":"A","content": null"#), "null}", "`content` of chapter `A`",
                "expected a string, found null", SENT),
            (chapter(r#""name":"é","content":"é\ud800\u0041""#), "1\"}", "`content` of chapter `é`",
                "expected a string, found a broken one (lone leading surrogate in hex escape)", SENT),
            (chapter(r#""path":"x.md","content":"""#), "\"\"}", "`name` of chapter `x.md`",
                "expected a string, found nothing", SENT),
            (chapter(r#""name":"A","content":"","path":{ }"#), "{ }", "`path` of chapter `A`",
                "expected a string, found an object", SENT),
            (chapter(""), "{\"items", "`name` of chapter 1 of the book", "expected a string, found nothing", SENT),
            (chapter(r#""name":"A","name":"B""#), "\":\"B", m, "duplicate field `name`", SENT),
            (message(&long), "\"\r\n]", m, "…", SENT),
        ];
    for (input, start, subject, why, cure) in cases {
        let byte = input.find(start).unwrap();
        let before = input.get(..byte).unwrap();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        let expected = format!("{subject} at byte {byte} (line {line}, column {column}): {why}; {cure}");
        let error = Envelope::decode(input.as_bytes()).unwrap_err().to_string();
        if why == "…" {
            assert!(
                error.len() < 420 && error.contains(why) && error.ends_with(cure),
                "{error}"
            );
        } else {
            assert_eq!(error, expected, "{input}");
        }
    }
    for (input, expected) in [
        (&b""[..], "expected mdBook's message on standard input, found nothing"),
        (b" \n", "expected mdBook's message on standard input, found nothing"),
        (
            b"[\n\"\xc3\xa9\xff\"]",
            "mdBook's message at byte 5 (line 2, column 3): expected UTF-8, found another encoding",
        ),
        (
            b"[{}]\xc3",
            "mdBook's message at byte 4 (line 1, column 5): expected UTF-8, found another encoding",
        ),
    ] {
        let error = Envelope::decode(input).unwrap_err();
        assert_eq!(error.to_string(), format!("{expected}; {BY_HAND}"));
    }
}

proptest! {
    /// However a host writes a string, its edited text is that of the edits, and all its other bytes are as they came.
    #[test]
    fn edits_are_made_in_the_hosts_own_bytes(
        text in "[a\"\\\\/\n\té表👥\u{1}]{0,40}",
        ways in prop::collection::vec(0..3u8, 40),
        cuts in prop::collection::btree_set(0usize..60, 0..6),
    ) {
        let mut ways = ways.into_iter();
        let written = |c: char| match ways.next() {
            Some(0) => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect(),
            Some(1) if c == '/' => "\\/".to_owned(),
            _ => {
                let quoted = serde_json::to_string(&c).unwrap();
                quoted[1..quoted.len() - 1].to_owned()
            }
        };
        let json = format!("\"{}\"", text.chars().map(written).collect::<String>());
        prop_assert_eq!(&serde_json::from_str::<String>(&json).unwrap(), &text);
        let message = message(&format!(r#"{{"items":[{{"Chapter":{{"name":"n","content":{json},{CHAPTER},"sub_items":[]}}}}]}}"#));
        let bounds: Vec<usize> = cuts.into_iter().filter(|at| *at <= text.len() && text.is_char_boundary(*at)).collect();
        let edits: Vec<Edit> = bounds.chunks_exact(2).map(|cut| Edit::replace(Span::new(cut[0], cut[1]), "\"é\n")).collect();
        let envelope = Envelope::decode(message.as_bytes()).unwrap();
        let answer = envelope.encode(|_, _| Some(Change::Edits(edits.clone()))).concat();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let (expected, _) = apply(&text, &edits);
        prop_assert_eq!(answer["items"][0]["Chapter"]["content"].as_str(), Some(expected.as_str()));
    }
}
