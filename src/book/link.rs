//! Whether a link from one chapter of the book leads somewhere: the file is there, and the page has such a heading.
//!
//! Only what the book's own files show to be wrong is called dead. Addresses, what lies outside the book, and pages that
//! another program makes are not known here, and so they are not judged.

use std::sync::Arc;

use super::expand;
use crate::files::{FileError, Files, beside, normal};
use crate::markdown::Dialect;
use crate::source::SourceFile;

/// Why a link from the chapter `from` leads nowhere, as the end of a sentence; none where it may lead somewhere.
pub fn dead_link(files: &Files, from: &Arc<SourceFile>, target: &str, dialect: Dialect) -> Option<String> {
    if is_elsewhere(target) {
        return None;
    }
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    let path = decoded(path.split('?').next().unwrap_or(path));
    let page = if path.is_empty() {
        Arc::clone(from)
    } else {
        let place = normal(&beside(from.path(), &path))?;
        match source(files, &place) {
            Ok(file) => file.filter(|file| file.path().ends_with(".md"))?,
            Err(()) => return Some(format!("leads to `{path}`, which does not exist")),
        }
    };
    let id = decoded(id);
    let lacks = !id.is_empty() && !has_id(files, &page, &id, dialect);
    lacks.then(|| {
        if path.is_empty() {
            format!("leads to `#{id}`, and no heading of the page has that id")
        } else {
            format!("leads to `#{id}` of `{path}`, and no heading there has that id")
        }
    })
}

/// An address, or a path from the root of a site that is not the book alone.
fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split(['/', '?', '#']).next().unwrap_or("");
    scheme.contains([':', '@', '{']) || target.starts_with(['/', '\\']) || target.starts_with("www.")
}

/// The file that a link to `place` is about; none where that is not known.
fn source(files: &Files, place: &str) -> Result<Option<Arc<SourceFile>>, ()> {
    if let Some(stem) = place.strip_suffix(".html") {
        // A page of the built book, which other programs make pages for, too.
        let readme = stem.strip_suffix("index").map(|folder| format!("{folder}README.md"));
        let chapters = [Some(format!("{stem}.md")), readme];
        return Ok(chapters.into_iter().flatten().find_map(|path| files.read(&path).ok()));
    }
    let name = place.rsplit('/').next().unwrap_or(place);
    match files.read(place) {
        Ok(file) => Ok(Some(file)),
        // Without an ending it may be a page that a server finds.
        Err(FileError::Missing(_)) if name.contains('.') => Err(()),
        Err(_) => Ok(None),
    }
}

fn has_id(files: &Files, page: &Arc<SourceFile>, id: &str, dialect: Dialect) -> bool {
    let expanded = expand(files, page);
    let text = expanded.text.as_str();
    // What another preprocessor puts in, and archdoc's own pages, have headings that stand in no file.
    let made = text.contains("{{") || text.contains("archdoc:") || id.starts_with("footnote");
    let written = [format!("\"{id}\""), format!("'{id}'")];
    made || written.iter().any(|id| text.contains(id.as_str()))
        || dialect.heading_ids(text).values().any(|known| known == id)
}

/// `%20` and its kin as what they stand for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or(&[]);
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_books_files_show_to_be_wrong_is_dead() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("src/sub")).expect("made");
        let page = "# Guide\n\n## 📋 Set-up & Run\n\n## Run\n\n## Run\n\n### Own {#mine}\n\n<a id=\"spot\"></a>\n";
        for (path, text) in [
            ("src/a.md", "# A\n\n## Limits\n"),
            ("src/sub/the guide.md", page),
            ("src/sub/README.md", "# Sub\n"),
            ("src/made.md", "# Made\n\n{{#drawio x}}\n"),
            ("src/plan.pdf", "x"),
        ] {
            std::fs::write(folder.path().join(path), text).expect("written");
        }
        let files = Files::new(folder.path());
        let from = files.read("src/a.md").expect("there");
        for (target, dead) in [
            ("sub/the%20guide.md", false),
            ("./sub/../sub/the%20guide.md#-set-up--run", false),
            ("sub/the%20guide.md#set-up--run", true),
            ("sub/the%20guide.md#run-1", false),
            ("sub/the%20guide.md#run-2", true),
            ("sub/the%20guide.md#mine", false),
            ("sub/the%20guide.md#spot", false),
            ("sub/the%20guide.html#run", false),
            ("sub/the%20guide.html#gone", true),
            ("sub/index.html", false),
            ("#limits", false),
            ("#Limits", true),
            ("made.md#anything", false),
            ("plan.pdf", false),
            ("plan.pdf#page=3", false),
            ("gone.md", true),
            ("sub/gone.pdf", true),
            ("sub", false),
            ("nowhere/", false),
            ("api/index.html", false),
            ("../../README.md", false),
            ("../README.md", true),
            ("/site/x.md", false),
            ("https://example.org/gone.md", false),
            ("mailto:a@example.org", false),
            ("a@example.org", false),
        ] {
            let why = dead_link(&files, &from, target, Dialect::default());
            assert_eq!(why.is_some(), dead, "{target}: {why:?}");
        }
    }
}
