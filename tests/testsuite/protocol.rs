//! The program's stdin and stdout, with messages made by hand: what a host may send, and what it must get back.

use std::io::{Read, Write};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use super::support::{BookTest, Run, SMALL_DOCUMENT, enriched, program};

/// A message as a host of `version` writes it, with this book.
fn message(book: &BookTest, version: &str, config: &Value, items: &str) -> String {
    let context = json!({
        "root": book.path("").to_str().unwrap(),
        "config": config,
        "renderer": "html",
        "mdbook_version": version,
    });
    let (before, after) = match version.starts_with("0.4") {
        true => ("{\"sections\":", ",\"__non_exhaustive\":null}"),
        false => ("{\"items\":", "}"),
    };
    format!("[{context},{before}{items}{after}]")
}

/// The configuration of [`BookTest::small`] as a host sends it.
fn config() -> Value {
    json!({ "preprocessor": { "archdoc": { "template": "template.md", "documents": "all" } } })
}

fn chapter(path: &str, content: &str) -> Value {
    json!({ "Chapter": {
        "name": path, "content": content, "number": [1], "sub_items": [], "path": path, "source_path": path,
        "parent_names": [],
    } })
}

/// The book of a message: its second half, as it lies there.
fn book_of(message: &str) -> &str {
    let stream = serde_json::Deserializer::from_str(&message[1..]).into_iter::<Value>();
    let mut stream = stream;
    stream.next().unwrap().unwrap();
    message[1 + stream.byte_offset()..]
        .strip_prefix(',')
        .unwrap()
        .trim()
        .strip_suffix(']')
        .unwrap()
        .trim_end()
}

fn ok(run: Run) -> String {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

#[test]
fn both_hosts_get_their_own_book_back() {
    let book = BookTest::small(SMALL_DOCUMENT);
    for (version, member) in [
        ("0.4.52", "sections"),
        ("0.5.0", "items"),
        ("0.5.4", "items"),
        ("0.9.0", "items"),
    ] {
        let items = json!([chapter("a.md", SMALL_DOCUMENT), "Separator", { "PartTitle": "More" }]).to_string();
        let message = message(&book, version, &config(), &items);
        let answer: Value = serde_json::from_str(&ok(book.answer(message.as_bytes()))).unwrap();
        let content = answer[member][0]["Chapter"]["content"].as_str().unwrap();
        assert_eq!(content, enriched(SMALL_DOCUMENT, 4), "{version}");
        assert_eq!(answer[member][1], "Separator");
        assert_eq!(
            answer.as_object().unwrap().contains_key("__non_exhaustive"),
            version == "0.4.52"
        );
    }
}

/// The program begins with the chapters of SUMMARY.md while the host still writes; without that file it cannot.
#[test]
fn what_the_host_sends_counts_whatever_the_summary_says() {
    let book = BookTest::small(SMALL_DOCUMENT);
    let other = SMALL_DOCUMENT
        .replace("Tide tables", "Buoys")
        .replace("- A gauge and a table\n", "");
    book.chapters(&[
        ("a.md", SMALL_DOCUMENT),
        ("b/README.md", &other),
        ("words.md", "# Words\n\n<!-- archdoc: overview -->\n"),
    ]);
    let summary = book.read("src/SUMMARY.md");
    let own = |path: &str| chapter(path, &book.read(&format!("src/{path}")));
    let (a, b, words) = (own("a.md"), own("b/README.md"), own("words.md"));
    let mut made = chapter("made.md", &other.replace("Buoys", "Bells"));
    made["Chapter"]["source_path"] = Value::Null;
    let mut renamed = b.clone();
    renamed["Chapter"]["name"] = json!("Another name");
    let mut moved = b.clone();
    moved["Chapter"]["path"] = json!("elsewhere.md");
    let mut below = a.clone();
    below["Chapter"]["sub_items"] = json!([b]);
    let changed = chapter(
        "a.md",
        &format!(
            "<!-- made -->\n\n{}",
            SMALL_DOCUMENT.replace("Says nothing", "Says no word")
        ),
    );
    let asking = chapter("a.md", &format!("{SMALL_DOCUMENT}\n<!-- archdoc: decisions -->\n"));
    for items in [
        vec![&a, &b, &words],
        vec![&a, &b],
        vec![&b, &a, &words],
        vec![&words, &below],
        vec![&a, &renamed, &words],
        vec![&a, &moved, &words],
        vec![&a, &b, &words, &made],
        vec![&changed, &b, &words],
        vec![&changed, &b],
        vec![&asking, &b],
    ] {
        let message = message(&book, "0.5.4", &config(), &json!(items).to_string());
        book.file("src/SUMMARY.md", &summary);
        let ahead = book.answer(message.as_bytes());
        std::fs::remove_file(book.path("src/SUMMARY.md")).unwrap();
        let alone = book.answer(message.as_bytes());
        assert_eq!((ahead.code, &ahead.stderr), (alone.code, &alone.stderr), "{items:?}");
        assert_eq!(ahead.stdout, alone.stdout, "{items:?}");
        assert!(
            ahead.stderr.contains("b/README.md") || !items.contains(&&b),
            "{}",
            ahead.stderr
        );
    }
}

#[test]
fn what_is_not_understood_goes_back_byte_for_byte() {
    let book = BookTest::small(SMALL_DOCUMENT);
    // Spellings that a decoder and an encoder would change: white space, escapes, numbers, doubled and unknown members.
    let item = |content: &str| {
        format!(
            "{{ \"Chapter\" : {{\"future\":[1.0e2, 0.10, 12345678901234567890123, \"\\u00e9\\/\"],\n\t\"name\":\"\\u0041\",\
             \"content\":{content},\"number\":[1],\"sub_items\":[ {{\"Appendix\":{{\"z\":1,\"a\":2}}}} ],\
             \"path\":\"a.md\",\"source_path\":\"a.md\",\"parent_names\":[ ]}} }}"
        )
    };
    let raw = Value::from(SMALL_DOCUMENT).to_string().replace('/', "\\/");
    let items = format!("[ {}, {{\"Interlude\" : null}} ]", item(&raw));
    let first = message(&book, "0.5.4", &config(), &items);
    let page = Value::from(enriched(SMALL_DOCUMENT, 4)).to_string();
    let expected = book_of(&first).replace(&item(&raw), &item(&page));
    assert_eq!(ok(book.answer(first.as_bytes())), expected);

    // Where nothing is to be changed, all bytes stay, those of the content too.
    let mut config = config();
    config["preprocessor"]["archdoc"]["enrich"] = Value::Bool(false);
    let second = message(&book, "0.5.4", &config, &items);
    assert_eq!(ok(book.answer(second.as_bytes())), book_of(&second));
}

#[test]
fn drafts_and_chapters_without_files_and_six_levels() {
    let book = BookTest::small(SMALL_DOCUMENT);
    let draft = json!({ "Chapter": {
        "name": "Draft", "content": "", "number": null, "sub_items": [], "path": null, "source_path": null,
        "parent_names": [],
    } });
    // What another preprocessor made: a page without a file.
    let made = json!({ "Chapter": {
        "name": "Made", "content": SMALL_DOCUMENT.replace("2026-04-02", "soon"), "number": null, "sub_items": [],
        "path": "made.md", "source_path": null, "parent_names": [],
    } });
    let mut nested = chapter("a.md", SMALL_DOCUMENT);
    for _ in 0..6 {
        let mut parent = draft.clone();
        parent["Chapter"]["sub_items"] = json!([nested]);
        nested = parent;
    }
    let items = json!([draft, made, "Separator", { "PartTitle": "Part" }, nested]).to_string();
    let message = message(&book, "0.5.4", &config(), &items);
    let run = book.answer(message.as_bytes());
    let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let mut at = &answer["items"][4];
    for _ in 0..6 {
        assert_eq!(at["Chapter"]["name"], "Draft");
        at = &at["Chapter"]["sub_items"][0];
    }
    assert!(at["Chapter"]["content"].as_str().unwrap().contains("Oltmanns  \n"));
    assert_eq!(answer["items"][0], draft);
    assert_eq!(answer["items"][1]["Chapter"]["name"], "Made");
}

#[test]
fn what_another_preprocessor_did_stays() {
    let book = BookTest::small(&SMALL_DOCUMENT.replace("Says nothing", "[What it cannot do]"));
    // It took a line away and wrote others: positions in the host's text are not those in the file.
    let sent = book
        .read("src/a.md")
        .replace("## Purpose\nTells", "<!-- made -->\n\n## Purpose\nIt tells");
    let mut config = config();
    config["preprocessor"]["archdoc"]["fail-on"] = "never".into();
    let items = json!([chapter("a.md", &sent)]).to_string();
    let run = book.answer(message(&book, "0.5.4", &config, &items).as_bytes());
    assert!(run.stderr.contains("--> src/a.md:15:1"), "{}", run.stderr);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    let content = answer["items"][0]["Chapter"]["content"].as_str().unwrap();
    assert_eq!(content, enriched(&sent, 3));
}

#[test]
fn messages_that_are_none_are_one_clear_line_and_no_book() {
    let book = BookTest::small(SMALL_DOCUMENT);
    let whole = message(
        &book,
        "0.5.4",
        &config(),
        &json!([chapter("a.md", SMALL_DOCUMENT)]).to_string(),
    );
    let cases: [(&str, &[u8], &str); 9] = [
        ("nothing", b"", "found nothing"),
        ("white space", b" \r\n\t", "found nothing"),
        ("no JSON", b"hello", "mdBook's message"),
        ("another encoding", b"[{\"root\":\"\xff\"},{}]", "expected UTF-8"),
        ("cut off", &whole.as_bytes()[..whole.len() / 2], "ends in the middle"),
        ("no array", b"{}", "[context, book]"),
        ("an empty array", b"[]", "[context, book]"),
        ("one too many", b"[{},{},{}]", "[context, book]"),
        (
            "no items",
            b"[{\"root\":\"/\",\"renderer\":\"html\",\"mdbook_version\":\"0.5.4\"},{}]",
            "expected `items`",
        ),
    ];
    for (what, input, expected) in cases {
        let run = book.answer(input);
        assert_eq!(run.code, 2, "{what}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{what}");
        assert!(
            run.stderr.starts_with("error: ") && run.stderr.contains(expected),
            "{what}: {}",
            run.stderr
        );
        assert_eq!(run.stderr.lines().count(), 1, "{what}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{what}");
    }
}

#[test]
fn a_message_cut_off_anywhere_is_an_error() {
    let book = BookTest::small("A\n");
    let whole = message(&book, "0.5.4", &config(), &json!([chapter("a.md", "é\n")]).to_string());
    for end in (0..whole.len()).step_by(7) {
        let run = book.answer(&whole.as_bytes()[..end]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{end}: {}", run.stderr);
    }
}

#[test]
fn an_empty_book_has_no_document() {
    let book = BookTest::new();
    let run = book.answer(message(&book, "0.5.4", &json!({}), "[]").as_bytes());
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[no-document]"), "{}", run.stderr);
}

/// A book of about 2 MB, most of it one chapter with many findings.
fn big(book: &BookTest) -> String {
    let mut text = SMALL_DOCUMENT.to_owned();
    while text.len() < 2_000_000 {
        text.push_str("\n## More\n\n- [Part]: word\n\nSome text, \"quoted\", with a \\ and é.\n");
    }
    book.chapters(&[("a.md", &text)]);
    let mut config = config();
    config["preprocessor"]["archdoc"]["fail-on"] = "never".into();
    message(book, "0.5.4", &config, &json!([chapter("a.md", &text)]).to_string())
}

#[test]
fn a_host_that_writes_everything_before_it_reads_is_not_kept_waiting() {
    let book = BookTest::small("");
    let message = big(&book);
    assert!(message.len() > 2_000_000);
    let mut child = program(&book.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let expected = book_of(&message).len();
    let (done, written) = mpsc::channel();
    let writer = std::thread::spawn(move || {
        // Small pieces, as an unbuffered host writes them.
        for piece in message.as_bytes().chunks(1000) {
            stdin.write_all(piece).unwrap();
        }
        drop(stdin);
        done.send(()).unwrap();
    });
    // Nobody reads stdout yet: a program that answers early hangs here, and so would mdBook.
    let on_time = written.recv_timeout(Duration::from_secs(120));
    if on_time.is_err() {
        child.kill().unwrap();
    }
    let mut answer = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut answer).unwrap();
    assert!(child.wait().unwrap().success() && on_time.is_ok());
    writer.join().unwrap();
    assert!(answer.len() >= expected);
    serde_json::from_slice::<Value>(&answer).unwrap();
}

#[test]
fn the_message_is_read_to_its_end_even_where_there_is_nothing_to_say_but_an_error() {
    // Writing must succeed: mdBook would add "broken pipe" to the real error.
    let book = BookTest::new();
    let mut child = program(&book.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&vec![b'x'; 1_000_000]).unwrap();
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn supports_cannot_fail() {
    let book = BookTest::new();
    let cases: [(&[&str], i32); 9] = [
        (&["supports", "html"], 0),
        (&["supports", "markdown"], 0),
        (&["supports", "linkcheck"], 0),
        (&["supports", "my-own renderer"], 0),
        (&["supports", ""], 0),
        (&["supports", "-x"], 0),
        (&["supports", "--"], 0),
        (&["supports", "Test"], 0),
        (&["supports", "test"], 1),
    ];
    for (args, code) in cases {
        let run = book.run(args);
        assert_eq!(
            (run.code, run.stdout.as_str(), run.stderr.as_str()),
            (code, "", ""),
            "{args:?}"
        );
    }
    // Not what a host asks.
    let help = book.run(&["supports", "--help"]);
    assert_eq!(
        (help.code, help.stdout.is_empty(), help.stderr.as_str()),
        (0, false, "")
    );
    for args in [&["supports"][..], &["supports", "html", "more"][..]] {
        assert_eq!(book.run(args).code, 2, "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn supports_takes_names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"\xff\xfe");
    assert_eq!(BookTest::new().run(&[std::ffi::OsStr::new("supports"), name]).code, 0);
}

#[test]
fn findings_never_stop_a_preview() {
    let broken = SMALL_DOCUMENT.replace("## Limits\nSays nothing about wind.\n\n", "");
    let book = BookTest::small(&broken);
    let items = json!([chapter("a.md", &broken)]).to_string();
    let build = book.answer(message(&book, "0.5.4", &config(), &items).as_bytes());
    assert_eq!((build.code, build.stdout.as_str()), (1, ""));
    let mut serving = config();
    serving["output"] = json!({ "html": { "live-reload-endpoint": "__livereload", "site-url": "/" } });
    let preview = book.answer(message(&book, "0.5.4", &serving, &items).as_bytes());
    assert!(preview.stderr.contains("error[missing-section]"), "{}", preview.stderr);
    let answer: Value = serde_json::from_str(&ok(preview)).unwrap();
    assert!(
        answer["items"][0]["Chapter"]["content"]
            .as_str()
            .unwrap()
            .contains("Oltmanns  \n")
    );

    // Nor does a mistake in book.toml, which is being written.
    serving["preprocessor"]["archdoc"]["tempalte"] = "x".into();
    let preview = book.answer(message(&book, "0.5.4", &serving, &items).as_bytes());
    assert!(preview.stderr.contains("error[invalid-config]"), "{}", preview.stderr);
    ok(preview);
}

#[test]
fn findings_are_said_for_one_output_alone() {
    let broken = SMALL_DOCUMENT.replace("## Limits\nSays nothing about wind.\n\n", "");
    let book = BookTest::small(&broken);
    let mut config = config();
    config["preprocessor"]["archdoc"]["fail-on"] = "never".into();
    config["output"] = json!({ "html": {}, "markdown": {}, "pdf": { "command": "x" } });
    let items = json!([chapter("a.md", &broken)]).to_string();
    let mut said = Vec::new();
    for renderer in ["html", "markdown", "pdf"] {
        let message = message(&book, "0.5.4", &config, &items)
            .replace("\"renderer\":\"html\"", &format!("\"renderer\":\"{renderer}\""));
        let run = book.answer(message.as_bytes());
        if !run.stderr.is_empty() {
            said.push(renderer);
        }
        // Every output gets the same book.
        assert!(ok(run).contains("Oltmanns  \\n"), "{renderer}");
    }
    assert_eq!(said, ["html"]);
}

#[test]
fn the_same_message_has_the_same_answer() {
    let book = BookTest::example();
    let chapters: Vec<Value> = [
        "introduction.md",
        "parcel-tracking.md",
        "returns-portal.md",
        "archdoc.md",
    ]
    .map(|path| chapter(path, &book.read(&format!("src/{path}"))))
    .into();
    let message = message(&book, "0.5.4", &json!({}), &Value::from(chapters).to_string());
    let runs: Vec<(i32, String, String)> = (0..3)
        .map(|_| book.answer(message.as_bytes()))
        .map(|run| (run.code, run.stdout, run.stderr))
        .collect();
    assert!(runs.windows(2).all(|pair| pair[0] == pair[1]));
}
