//! Paths of chapters, relative and with forward slashes, as the repository names them.
//! Apart from the question whether a directory is a repository of its own, no disk is read.

use std::collections::BTreeMap;
use std::path::Path;

use crate::files::normal;

/// The directory that is a repository of its own within the book's and holds the chapter, relative to the root; else
/// empty. It may lie beside the book.
pub(super) fn nested_repository(root: &Path, chapter: &str, known: &mut BTreeMap<String, bool>) -> String {
    let mut is_top = |directory: &str| {
        *known
            .entry(directory.to_owned())
            .or_insert_with(|| root.join(directory).join(".git").exists())
    };
    let mut found = String::new();
    let chapter = relative(chapter);
    let mut end = 0;
    for part in chapter.split_inclusive('/').filter(|part| part.ends_with('/')) {
        let above = chapter.get(..end).unwrap_or_default();
        // The way up leaves the book's repository, and nothing beyond is nested in it.
        if part == "../" && is_top(above) {
            return String::new();
        }
        end += part.len();
        let directory = chapter.get(..end - 1).unwrap_or_default();
        if part != "../" && is_top(directory) {
            directory.clone_into(&mut found);
        }
    }
    found
}

/// Whether a directory looks like a part of a repository.
pub(super) fn in_repository(directory: &Path) -> bool {
    directory.ancestors().any(|one| one.join(".git").exists())
}

/// Whether a directory belongs to something that is called a repository and cannot be one.
pub(super) fn is_broken(directory: &Path) -> bool {
    let mut all = directory.ancestors().map(|one| one.join(".git"));
    let nearest = all.find(|git| git.symlink_metadata().is_ok());
    nearest.is_some_and(|git| !["HEAD", "objects", "refs"].iter().all(|part| git.join(part).exists()))
}

/// `path` from `base`, both relative and with forward slashes, without `.` and `..`; `None` where it leads outside.
pub(super) fn join(base: &str, path: &str) -> Option<String> {
    let joined = relative(&format!("{base}/{path}"));
    (joined != ".." && !joined.starts_with("../")).then_some(joined)
}

/// A relative path with forward slashes, without `.`, and with `..` at its beginning alone.
pub(super) fn relative(path: &str) -> String {
    normal(&format!("./{path}")).unwrap_or_default()
}

/// `path` below `directory`, or `None`.
pub(super) fn below<'p>(path: &'p str, directory: &str) -> Option<&'p str> {
    if directory.is_empty() {
        Some(path)
    } else {
        path.strip_prefix(directory)?.strip_prefix('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let cases = [
            ("docs/book/", "src/a.md", Some("docs/book/src/a.md")),
            ("docs/book/", "../x/./a.md", Some("docs/x/a.md")),
            ("", "src//a.md", Some("src/a.md")),
            ("docs/", "../../a.md", None),
            ("docs/", "..", Some("")),
            ("docs/", "../..", None),
            ("", "..a/b", Some("..a/b")),
            ("", ".", Some("")),
        ];
        for (base, path, expected) in cases {
            assert_eq!(join(base, path).as_deref(), expected, "{base} {path}");
        }
        for (path, expected) in [
            ("./a/../b.md", "b.md"),
            ("../svc//x.md", "../svc/x.md"),
            ("a/../../svc/./x.md", "../svc/x.md"),
            ("../../..", "../../.."),
            (".", ""),
        ] {
            assert_eq!(relative(path), expected);
        }
        assert_eq!(below("src/a", "src"), Some("a"));
        assert_eq!(below("srcs/a", "src"), None);
    }
}
