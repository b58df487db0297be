//! What reaches a real terminal: text from everywhere, by every command, and none of it acts there.
//!
//! Only on systems that have pseudo-terminals; elsewhere these tests are left out.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::{Value, json};

use super::change_log::{Repository, document};
use super::support::{BookTest, program};

/// What acts on a terminal, in all its kinds: colours, the cursor, the window's title, links, a bell, rubbing out,
/// the same as C1 characters, and changes of direction. `HERE` is what is looked for.
const ACTS: &str = "HERE\u{1b}[35mx\u{1b}[2J\u{1b}]0;t\u{7}\u{1b}]8;;x:evil\u{7}y\u{8}\u{7f}\u{9b}35m\u{9d}0;z\u{9c}\
                    \u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}END";

/// The same where a lone carriage return is a character as any other.
fn acts() -> String {
    ACTS.replace("END", "\rEND")
}

/// Runs a command whose stdout and stderr are a terminal: how it ends, and what the terminal gets.
fn on_terminal(mut command: Command, input: &[u8]) -> (i32, String) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let terminal = OpenOptions::new()
        .read(true)
        .write(true)
        .open(OsStr::from_bytes(name.to_bytes()))
        .unwrap();
    command
        .stdin(Stdio::piped())
        .stdout(terminal.try_clone().unwrap())
        .stderr(terminal);
    let mut child = command.spawn().unwrap();
    // The test's own ends of the terminal: as long as they are open, it does not end.
    drop(command);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let mut master = File::from(master);
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = master.read(&mut piece) {
        bytes.extend(&piece[..count]);
    }
    writer.join().unwrap();
    let code = child.wait().unwrap().code().unwrap_or(-1);
    // The terminal itself puts a carriage return before each line feed.
    (code, String::from_utf8(bytes).unwrap().replace("\r\n", "\n"))
}

fn coloured(book: &BookTest) -> Command {
    let mut command = program(&book.path(""));
    command.env("TERM", "xterm-256color");
    command
}

/// The text without the program's own colours, and those colours.
fn without_colours(text: &str) -> (String, Vec<&str>) {
    let (mut plain, mut colours) = (String::new(), Vec::new());
    for (at, part) in text.split("\u{1b}[").enumerate() {
        let end = part
            .find(|c: char| !(c.is_ascii_digit() || c == ';'))
            .unwrap_or(part.len());
        if at > 0 && part[end..].starts_with('m') {
            colours.push(&part[..end]);
            plain.push_str(&part[end + 1..]);
        } else {
            plain.push_str(if at > 0 { "\u{1b}[" } else { "" });
            plain.push_str(part);
        }
    }
    (plain, colours)
}

#[track_caller]
fn assert_nothing_acts(what: &str, shown: &str) {
    let (plain, colours) = without_colours(shown);
    let acts = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!plain.contains(acts), "{what}: {shown:?}");
    assert!(!colours.contains(&"35"), "{what}: {shown:?}");
}

/// A book that holds [`ACTS`] wherever a text can stand.
fn hostile() -> Repository {
    let repository = Repository::new("");
    let book = &repository.book;
    let toml = format!(
        "[book]\ntitle = {acts}\n\n[preprocessor.archdoc]\ntemplate = \"template.md\"\n{acts} = 1\nexclude = [{acts}]\n\
         [preprocessor.archdoc.rules]\nempty-section = {acts}\n[preprocessor.archdoc.kind.{acts}]\ntemplate = {acts}\n\
         documents = [{acts}]\n[preprocessor.archdoc.section.{acts}]\noptional = true\n",
        acts = toml_string(&acts())
    );
    let row = format!("| 1.0 | 2026-01-10 | {ACTS} | {ACTS} |");
    let text = document(
        &format!("{ACTS} [Text]\n\n<!-- archdoc: {ACTS} -->\n\nTODO {ACTS}"),
        &[&row],
    )
    .replace("# Ports", &format!("# Ports {ACTS}"))
    .replace("**Version**: 1.0", &format!("**Version**: {ACTS}\n**{ACTS}**: {ACTS}"))
    .replace("## Notes", &format!("## Overvieww {ACTS}\n\n## {ACTS}\n\n## Notes"));
    let name = format!("{ACTS}.md");
    let template = book
        .read("template.md")
        .replace("[Text]", &format!("[{ACTS}]\n\n**{ACTS}**: [{ACTS}]"));
    book.file("book.toml", toml)
        .file(
            "template.md",
            format!("{template}\n## {ACTS}\n\n<!-- archdoc: optional -->\n\n<!-- archdoc: required -->\n\n[x]\n"),
        )
        .file(&format!("src/{name}"), &text)
        .file("src/a.md", &text)
        .file("src/b.md", format!("# {ACTS}\n"))
        .file(
            "src/SUMMARY.md",
            format!("# {ACTS}\n\n- [{ACTS}](a.md)\n- [b {ACTS}](b.md)\n- [gone](<gone{ACTS}.md>)\n- [odd](<{name}>)\n"),
        );
    repository.git(&["config", "user.name", &format!("Eve {ACTS}")]);
    repository.commit(ACTS);
    repository
        .write(&format!("{ACTS} more"), &[&row])
        .commit(&format!("feat: {ACTS}"));
    repository
}

fn toml_string(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[test]
fn nothing_in_a_text_acts_on_a_terminal() {
    let repository = hostile();
    let book = &repository.book;
    let odd = acts();
    let odd_path = format!("src/{ACTS}.md");
    let new_path = format!("src/new{odd}.md");
    let nowhere = format!("no-such-folder{odd}/x");
    #[rustfmt::skip]
    let commands: &[&[&str]] = &[
        &["check"], &["check", "--format", "concise", "--skipped"], &["check", "--format", "json"],
        &["check", &odd_path], &["check", "src/b.md"], &["check", &odd],
        &["status"], &["status", &odd_path], &["status", "--format", "json"], &["status", "--format", "markdown"],
        &["status", "--output", &nowhere],
        &["changelog"], &["changelog", "--format", "json"], &["changelog", "--since", &odd],
        &["changelog", "--document", &odd], &["changelog", "--document", "src/a.md", "--since", "1.0"],
        &["fix"], &["fix", "--suggested"], &["fix", &odd],
        &["template", "show", "template.md"], &["template", "show", "template.md", "--format", "tree"],
        &["template", "show", "template.md", "--format", "json"], &["template", "check", "template.md"],
        &["template", "show", &odd], &["template", "check", &odd], &["template", "list"],
        &["new", "template.md", &new_path, "--title", &odd, "--author", &odd, "--summary"],
        &["new", "template.md", &new_path], &["new", &odd, "src/n.md"],
        &["new", "template.md", "src/o.md", "--title", &odd],
        &["explain", &odd], &["explain", "missing-section"], &["rules"], &["rules", &odd], &[&odd],
        &["check", "--format", &odd], &["check", &format!("--{odd}")], &["--as-of", &odd, "check"],
        &["supports", "x", &odd], &["--help"], &["check", "--help"], &["--version"], &["help", &odd],
    ];
    let mut silent = Vec::new();
    for args in commands {
        let mut command = coloured(book);
        command.args(*args).arg0(OsStr::new(&odd));
        let (_, shown) = on_terminal(command, b"");
        assert_nothing_acts(&format!("{args:?}"), &shown);
        assert!(!shown.contains("panicked"), "{args:?}: {shown}");
        silent.extend((!shown.contains("HERE")).then(|| args.join(" ")));
        // JSON is the same value, on a terminal as in a pipe.
        if args.contains(&"json") {
            let piped = book.run(args);
            let piped: Value = serde_json::from_str(&piped.stdout).unwrap_or_else(|_| panic!("{args:?}: {piped:?}"));
            let json = &shown[shown.find('{').unwrap()..=shown.rfind('}').unwrap()];
            assert_eq!(serde_json::from_str::<Value>(json).unwrap(), piped, "{args:?}");
        }
    }
    // The texts do come that far: but for commands that print the program's own words alone, each shows some.
    assert_eq!(
        silent,
        ["template list", "explain missing-section", "rules", "--version"]
    );
}

#[test]
fn nothing_in_the_environment_or_a_broken_book_acts_on_a_terminal() {
    let odd = acts();
    let repository = hostile();
    let book = &repository.book;
    for (name, value) in [
        ("MDBOOK_BOOK__SRC", odd.as_str()),
        ("MDBOOK_BOOK__TITLE", &format!("[\"{odd}")),
        ("SOURCE_DATE_EPOCH", &odd),
        (&format!("MDBOOK_BOOK__{odd}"), "1"),
    ] {
        let mut command = coloured(book);
        command.arg("check").env(name, value);
        assert_nothing_acts(name, &on_terminal(command, b"").1);
    }
    for (file, text) in [
        ("book.toml", format!("[book]\n{odd}")),
        ("src/SUMMARY.md", format!("- {odd}\n")),
    ] {
        let before = book.read(file);
        book.file(file, text);
        let mut command = coloured(book);
        command.arg("check");
        let (code, shown) = on_terminal(command, b"");
        assert_eq!(code, 2, "{file}: {shown}");
        assert_nothing_acts(file, &shown);
        book.file(file, before);
    }
}

#[test]
fn a_build_s_messages_and_its_answer_do_not_act_on_a_terminal() {
    let book = BookTest::small(&format!("# Service: {ACTS}\n"));
    let text = book.read("src/a.md");
    let message = json!([
        { "root": book.path("").to_str().unwrap(), "renderer": "html", "mdbook_version": "0.5.4",
          "config": { "preprocessor": { "archdoc": { "template": "template.md", "documents": "all", "fail-on": "never" } } } },
        { "items": [{ "Chapter": { "name": ACTS, "content": text, "number": [1], "sub_items": [], "path": "a.md",
          "source_path": "a.md", "parent_names": [] } }] },
    ]);
    let (code, shown) = on_terminal(coloured(&book), message.to_string().as_bytes());
    assert_eq!(code, 0, "{shown}");
    assert_nothing_acts("build", &shown);
    assert!(
        shown.contains("\"items\"") && shown.contains("missing-section"),
        "{shown}"
    );
}

#[test]
fn what_is_piped_keeps_its_bytes() {
    let repository = hostile();
    let book = &repository.book;
    let shown = book.run(&["template", "show", "template.md"]).stdout;
    assert!(shown.contains(ACTS), "{shown:?}");
    let tree = book
        .run(&["template", "show", "template.md", "--format", "tree"])
        .stdout;
    assert!(tree.contains("HERE\u{1b}[35mx"), "{tree:?}");
    let diff = book.run(&["fix", "--suggested"]).stdout;
    assert!(
        diff.contains(&format!("| 1.0 | 2026-01-10 | {ACTS} | {ACTS} |")),
        "{diff:?}"
    );
}

#[test]
fn the_program_s_own_colours_are_shown_where_they_are_wanted() {
    let book = BookTest::small("# Service: x\n");
    #[rustfmt::skip]
    let commands: &[&[&str]] = &[
        &["check"], &["check", "--format", "concise"], &["status"], &["--help"], &["chekc"],
    ];
    for args in commands {
        let mut command = coloured(&book);
        command.args(*args);
        let (code, shown) = on_terminal(command, b"");
        let mut plain = coloured(&book);
        plain.args(*args).env("NO_COLOR", "1");
        let (plain_code, plain) = on_terminal(plain, b"");
        let (text, colours) = without_colours(&shown);
        assert!(!colours.is_empty(), "{args:?}: {shown:?}");
        assert_eq!((text, code), (plain, plain_code), "{args:?}");
    }
}
