//! From edits of a document's text to edits of the chapter that the host sent.
//!
//! The two differ where a file is included and where another preprocessor ran first. An edit inside an included file
//! replaces the directive by the file's text; one where the host's text has changed is left out. What archdoc has put
//! there before gives way to what it says now, be it in the file or by another run in the same build.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::book::relative;
use crate::directive::{self, among, host, joined};
use crate::document::Document;
use crate::edit::{Alignment, Edit, applied, apply};
use crate::files::{beside, normal};
use crate::source::{SourceFile, Span};

/// The edits of the chapter's `file`, in its bytes, among those of a document's text.
pub fn file_edits(document: &Document, file: &SourceFile, edits: &[Edit]) -> Vec<Edit> {
    let (mut placed, mut expanded) = (Vec::new(), Vec::new());
    let mut included: BTreeMap<(Span, Span), Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        if let Some((includer, directive, area)) = document.text.inclusion_at(edit.span.start) {
            let edit = clipped(document, edit, area).filter(|_| includer.path() == file.path());
            if let Some(edit) = edit {
                included.entry((directive, area)).or_default().push(edit);
            }
            continue;
        }
        let place = document.text.whole_place(edit.span);
        if let Some(place) = place.filter(|place| place.file.path() == file.path()) {
            placed.push(Edit::replace(place.span, edit.text.clone()));
        }
    }
    // What was taken out of an included file must not come back with it.
    let altered = document.text.altered().iter();
    let altered: Vec<(Span, Span)> = altered
        .filter(|one| one.file.path() == file.path())
        .map(|one| (one.directive, one.area))
        .collect();
    for place in &altered {
        included.entry(*place).or_default();
    }
    for ((directive, area), edits) in included {
        // Another preprocessor puts a template's arguments in: its directive must stay.
        let words = file.text().get(directive.start..directive.end).unwrap_or("");
        if words.trim_start_matches(['{', ' ']).starts_with("#template") {
            continue;
        }
        let must = altered.contains(&(directive, area));
        expanded.extend(expansion(document, file, area, &edits, must).map(|text| Edit::replace(directive, text)));
    }
    if stays_apart(file.text(), &expanded) {
        placed.extend(expanded);
    }
    placed
}

/// Whether what was included and what stands around it do not make a directive of the host's together: it reads each of
/// them alone.
fn stays_apart(text: &str, expanded: &[Edit]) -> bool {
    let (mut borders, mut done, mut page) = (Vec::new(), 0, 0);
    for edit in applied(text, expanded).0 {
        page += edit.span.start - done;
        borders.extend([page, page + edit.text.len()]);
        (page, done) = (page + edit.text.len(), edit.span.end);
    }
    !host::any_across(&apply(text, expanded).0, borders)
}

/// The edits of the host's `content`, for a chapter with these edits of its `file`. `asks` says whether a word for archdoc
/// may stand in it at all.
pub fn host_edits(file: &SourceFile, edits: &[Edit], content: &str, asks: bool) -> Vec<Edit> {
    let new = match asks {
        true => directive::without(content),
        false => Cow::Borrowed(content),
    };
    let plain = matches!(new, Cow::Borrowed(_));
    if edits.is_empty() && plain {
        return Vec::new();
    }
    let text = file.text().get(file.mark_len()..).unwrap_or("");
    let same = plain && text == content;
    let own = if same { None } else { directive::authored(text) };
    let edits: Vec<Edit> = edits
        .iter()
        .filter_map(|edit| {
            let start = edit.span.start.checked_sub(file.mark_len())?;
            let span = Span::new(start, start + edit.span.len());
            let span = own.as_ref().map_or(Some(span), |own| among(own, span))?;
            Some(Edit::replace(span, edit.text.clone()))
        })
        .collect();
    if same {
        return edits;
    }
    let old = own.map_or(Cow::Borrowed(text), |own| Cow::Owned(joined(text, &own)));
    if plain {
        return aligned(&old, &edits, content);
    }
    let page = renewed(&old, &edits, &new);
    let changed = page != content;
    let whole = Span::new(0, content.len());
    changed.then(|| Edit::replace(whole, page)).into_iter().collect()
}

/// The edits of `old` that can be made in `new`, there.
fn aligned(old: &str, edits: &[Edit], new: &str) -> Vec<Edit> {
    let alignment = Alignment::of(old, new);
    let placed = edits.iter();
    let placed = placed.filter_map(|edit| Some(Edit::replace(alignment.map(edit.span)?, edit.text.clone())));
    placed.collect()
}

/// The host's text with the edits of `old` anew, where archdoc has run before; `new` is that text without what it put
/// there. That may have been in the very file; in the same build it was after the edits that leave no mark, too.
fn renewed(old: &str, edits: &[Edit], new: &str) -> String {
    let direct = aligned(old, edits, new);
    if direct.len() < edits.len() {
        let target = apply(old, edits).0;
        let before = directive::without(&target);
        let marked = marked(&target);
        let again = aligned(&before, &marked, new);
        if marked.len() - again.len() < edits.len() - direct.len() {
            return apply(new, &again).0;
        }
    }
    apply(new, &direct).0
}

/// What is marked in a text, as edits of the text without it.
fn marked(text: &str) -> Vec<Edit> {
    let kept = directive::authored(text).unwrap_or_default();
    let (mut edits, mut at, mut done) = (Vec::new(), 0, 0);
    for span in kept.into_iter().chain([Span::at(text.len())]) {
        let gap = text.get(done..span.start).unwrap_or("");
        if !gap.is_empty() {
            edits.push(Edit::insert(at, gap));
        }
        (at, done) = (at + span.len(), span.end);
    }
    edits
}

/// An edit of what was included. The end of its last line is the chapter's: a line that goes leaves it there.
fn clipped(document: &Document, edit: &Edit, area: Span) -> Option<Edit> {
    let rest = document.text.get(Span::new(area.end, edit.span.end.max(area.end)));
    let end = edit.span.end.min(area.end);
    (rest.is_empty() || edit.text.is_empty() && rest.trim().is_empty())
        .then(|| Edit::replace(Span::new(edit.span.start, end), edit.text.clone()))
}

/// The text that stands for a directive of the chapter's `file`, edited. Where directives are left in it the file stays
/// included as it is, unless it `must` not: then they are read from the chapter's folder.
fn expansion(document: &Document, file: &SourceFile, area: Span, edits: &[Edit], must: bool) -> Option<String> {
    let text = document.text.get(area);
    if !must && text.contains("{{#") {
        return None;
    }
    let mut inside = Vec::new();
    for directive in host::directives(text) {
        // One of two files together is none for the host.
        let place = document.text.whole_place(directive.span.shifted(area.start))?;
        if host::NAME_FILES.contains(&directive.word) {
            let target = text.get(directive.target.start..directive.target.end).unwrap_or("");
            let (path, _) = target.split_once(':').unwrap_or((target, ""));
            let at = Span::new(directive.target.start, directive.target.start + path.len());
            inside.extend(from_chapter(file, place.file.path(), path).map(|path| Edit::replace(at, path)));
        }
    }
    inside.extend(edits.iter().map(|edit| {
        Edit::replace(
            Span::new(edit.span.start - area.start, edit.span.end - area.start),
            edit.text.clone(),
        )
    }));
    // mdBook ends the lines that it includes with a line feed alone.
    Some(apply(text, &inside).0.replace("\r\n", "\n"))
}

/// The way from the chapter's folder to what the file `of` calls `path`; none where it is the same.
fn from_chapter(chapter: &SourceFile, of: &str, path: &str) -> Option<String> {
    // An absolute path is the same from everywhere.
    let own = normal(path)?;
    let way = relative(&normal(chapter.path())?, &normal(&beside(of, path))?);
    (own != way).then_some(way)
}

#[cfg(test)]
mod tests {
    use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
    use mdbook_preprocessor::book::{Book, BookItem, Chapter};
    use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
    use proptest::prelude::*;

    use super::*;
    use crate::book::expand;
    use crate::files::Files;

    proptest! {
        /// What is checked is what the host's own `links` makes of the text that goes back to it, whatever is marked.
        #[test]
        fn the_host_includes_what_was_checked(pieces in prop::collection::vec(prop::sample::select(vec![
            "{{#include x.md}}", "{{#include x.md}}", "{{#inc", "lude x.md}}", "{{", "}}", "{", "}", "#include", " ", "x.md", "\\", "\n",
            "<!-- archdoc: computed -->", "<!-- archdoc: computed -->y<!-- archdoc: end -->", "<!-- archdoc: end -->",
            "<!-- archdoc: computed; instead=\"#include\" -->y<!-- archdoc: end -->", "z <!-- archdoc: computed; line -->\n",
            "<!-- archdoc: computed; instead=\"{\" -->y<!-- archdoc: end -->", "`",
            "<!-- archdoc: computed; instead=\"{{#include x.md}}\" -->y<!-- archdoc: end -->",
        ]), 0..12)) {
            let text = format!("a {}", pieces.concat());
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir(folder.path().join("src")).unwrap();
            std::fs::write(folder.path().join("src/x.md"), "INCLUDED").unwrap();
            let file = std::sync::Arc::new(SourceFile::new("src/a.md", text.as_str()));
            let checked = expand(&Files::new(folder.path()), &file).text;
            let page = apply(&text, &host_edits(&file, &[], &text, true)).0;
            let context = PreprocessorContext::new(folder.path().to_owned(), Default::default(), "html".to_owned());
            let chapter = Chapter::new("A", page, "a.md", Vec::new());
            let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
            let book = LinkPreprocessor::new().run(&context, book).unwrap();
            // The host takes the backslash of an escape away.
            let shown = book.chapters().next().unwrap().content.replace('\\', "");
            prop_assert_eq!(checked.as_str().replace('\\', ""), shown, "{}", text);
        }
    }
}
