//! What each stage costs at 1, 100 and 1,000 chapters: `cargo bench`, or a part of it, `cargo bench -- read`.
//!
//! Stages that run on all cores are measured so. A figure is worth something next to the same figure of the same machine
//! before a change, and nothing by itself.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use divan::{Bencher, counter::ItemsCount};
use jiff::civil::{Date, date};
use mdbook_archdoc::cli::stages::{Stages, build};

/// A finished document of real size, and the template as nobody has filled it in yet: few findings, and many.
const TEXTS: [(&str, &str); 2] = [
    ("finished", include_str!("../example-book/src/parcel-tracking.md")),
    ("untouched", include_str!("../src/template/builtin/architecture.md")),
];
const CHAPTERS: [usize; 3] = [1, 100, 1000];
const AS_OF: Date = date(2026, 11, 22);

fn main() {
    divan::main();
}

fn stages(text: &str, chapters: usize) -> Stages {
    let (_, text) = TEXTS.iter().find(|(name, _)| *name == text).unwrap();
    Stages::new(text, chapters).unwrap()
}

/// Markdown to documents, on one core.
#[divan::bench(args = CHAPTERS, sample_count = 10)]
fn parse(bencher: Bencher<'_, '_>, chapters: usize) {
    let stages = stages("finished", chapters);
    bencher.counter(ItemsCount::new(chapters)).bench(|| stages.parse());
}

/// Documents to outlines and records, on one core.
#[divan::bench(args = CHAPTERS, sample_count = 10)]
fn read(bencher: Bencher<'_, '_>, chapters: usize) {
    let stages = stages("finished", chapters);
    let parsed = stages.parse();
    bencher
        .counter(ItemsCount::new(chapters))
        .bench(|| stages.read(&parsed));
}

/// A host's message to its answer, with findings and without a page changed.
#[divan::bench(args = CHAPTERS, consts = [0, 1], sample_count = 10)]
fn check<const TEXT: usize>(bencher: Bencher<'_, '_>, chapters: usize) {
    whole(bencher, TEXTS[TEXT].0, chapters, false);
}

/// The same with the pages enriched.
#[divan::bench(args = CHAPTERS, consts = [0, 1], sample_count = 10)]
fn enrich<const TEXT: usize>(bencher: Bencher<'_, '_>, chapters: usize) {
    whole(bencher, TEXTS[TEXT].0, chapters, true);
}

/// The message with which a host hands over the chapters, in a folder that does not exist: they are what it sends.
fn message(text: &str, chapters: usize, enrich: bool) -> Vec<u8> {
    let (_, text) = TEXTS.iter().find(|(name, _)| *name == text).unwrap();
    let (title, rest) = text.split_once('\n').unwrap();
    let config = serde_json::json!({ "history": false, "enrich": enrich, "fail-on": "never" });
    let context = serde_json::json!({
        "root": "no-such-folder",
        "config": { "book": { "src": "src" }, "preprocessor": { "archdoc": config } },
        "renderer": "html",
        "mdbook_version": "0.5.4",
    });
    let chapter = |number| {
        let path = format!("{number}.md");
        serde_json::json!({ "Chapter": {
            "name": path, "content": format!("{title} {number}\n{rest}"), "number": [1], "sub_items": [],
            "path": path, "source_path": path, "parent_names": [],
        } })
    };
    let items: Vec<serde_json::Value> = (0..chapters).map(chapter).collect();
    serde_json::to_vec(&(context, serde_json::json!({ "items": items }))).unwrap()
}

fn whole(bencher: Bencher<'_, '_>, text: &str, chapters: usize, enrich: bool) {
    let message = message(text, chapters, enrich);
    bencher
        .counter(ItemsCount::new(chapters))
        .bench(|| build(&message, AS_OF).unwrap());
}
