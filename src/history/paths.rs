//! Paths of chapters, relative and with forward slashes, as the repository names them.
//! Apart from the question whether a directory is a repository of its own, no disk is read.

use std::collections::BTreeMap;
use std::path::Path;

/// The directory below the root, relative to it, that is a repository of its own and holds the chapter; else empty.
pub(super) fn nested_repository(root: &Path, chapter: &str, known: &mut BTreeMap<String, bool>) -> String {
    let mut found = String::new();
    let mut directory = String::new();
    let inside = chapter.rsplit_once('/').map_or("", |(directory, _)| directory);
    for part in inside.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." {
            return found;
        }
        if !directory.is_empty() {
            directory.push('/');
        }
        directory.push_str(part);
        let is_top = *known
            .entry(directory.clone())
            .or_insert_with(|| root.join(&directory).join(".git").exists());
        if is_top {
            found.clone_from(&directory);
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
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
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
            ("", ".", Some("")),
        ];
        for (base, path, expected) in cases {
            assert_eq!(join(base, path).as_deref(), expected, "{base} {path}");
        }
        assert_eq!(below("src/a", "src"), Some("a"));
        assert_eq!(below("srcs/a", "src"), None);
    }
}
