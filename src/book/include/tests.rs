//! What includes bring in, and what stays of them.

use super::*;

fn book(files: &[(&str, &str)]) -> (tempfile::TempDir, Files) {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let full = folder.path().join(path);
        std::fs::create_dir_all(full.parent().expect("a parent")).expect("made");
        std::fs::write(full, text).expect("written");
    }
    let files = Files::new(folder.path());
    (folder, files)
}

fn expanded(files: &Files, path: &str) -> Expanded {
    expand(files, &files.read(path).expect("there"))
}

#[test]
fn ranges_anchors_and_nesting() {
    let (_folder, files) = book(&[
        (
            "src/a.md",
            "A\n{{#include p/b.md}}\n{{#include c.txt:2:3}}\n{{#include c.txt:here}}\n\\{{#include c.txt}}\nZ\n",
        ),
        ("src/p/b.md", "B {{ #include ../c.txt:1 }}\n"),
        (
            "src/c.txt",
            "one\ntwo\nthree\n// ANCHOR: here\nfour\n// ANCHOR: other\nfive\n// ANCHOR_END: here\nsix\n",
        ),
    ]);
    let result = expanded(&files, "src/a.md");
    assert_eq!(
        result.text.as_str(),
        "A\nB one\ntwo\nthree\nfour\nfive\n\\{{#include c.txt}}\nZ\n"
    );
    assert!(result.broken.is_empty());
    let at = result.text.as_str().find("one").expect("there");
    let place = result.text.place(Span::new(at, at + 3)).expect("a place");
    assert_eq!((place.file.path(), place.span), ("src/c.txt", Span::new(0, 3)));
    let via: Vec<&str> = place.included_from.iter().map(|(file, _)| file.path()).collect();
    assert_eq!(via, ["src/p/b.md", "src/a.md"]);
}

#[test]
fn broken_includes_keep_their_directive() {
    let (_folder, files) = book(&[
        (
            "src/a.md",
            "A\n{{#include no.md}}\n{{#include b.md:gone}}\n{{#include a.md}}\n{{#include ../../out.md}}\n",
        ),
        ("src/b.md", "b\n"),
    ]);
    let result = expanded(&files, "src/a.md");
    assert_eq!(result.text.as_str(), files.read("src/a.md").expect("there").text());
    let found: Vec<(&str, &str)> = result
        .broken
        .iter()
        .map(|broken| (result.text.get(broken.span), broken.why.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("{{#include no.md}}", "the file `src/no.md` does not exist"),
            ("{{#include b.md:gone}}", "`src/b.md` has no anchor `gone`"),
            ("{{#include a.md}}", "`src/a.md` includes itself"),
            (
                "{{#include ../../out.md}}",
                "`../out.md` lies outside the book's folder, and was not read"
            ),
        ]
    );
}

#[test]
fn programs_and_templates_are_read_too() {
    let (_folder, files) = book(&[
        (
            "src/a.md",
            "{{#playground no.rs}}\n{{#playground b.rs editable}}\n{{#template t.md name=x}}\n",
        ),
        ("src/b.rs", "fn main() {}\n"),
        ("src/t.md", "## [[#name]]\n"),
    ]);
    let result = expanded(&files, "src/a.md");
    assert_eq!(
        result.text.as_str(),
        "{{#playground no.rs}}\n{{#playground b.rs editable}}\n## [[#name]]\n"
    );
    let found: Vec<&str> = result.broken.iter().map(|broken| broken.why.as_str()).collect();
    assert_eq!(found, ["the file `src/no.rs` does not exist"]);
}
