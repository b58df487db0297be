//! The one port to the disk, confined to the book.
//!
//! Everything that archdoc reads of a book is read here. A path that leads out of the book is refused, also through
//! a symbolic link. Nothing here writes: `fix` writes through [`Files::write`], which takes the same confined paths.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use thiserror::Error;

use crate::source::SourceFile;

/// Why a file could not be read or written.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum FileError {
    /// Nothing stands at the path.
    #[error("the file `{0}` does not exist")]
    Missing(String),
    /// The path leads out of the book.
    #[error("`{0}` lies outside the book")]
    Outside(String),
    /// It is there and is not UTF-8.
    #[error("`{0}` is not UTF-8 text: the first bad byte is at {1}")]
    NotText(String, usize),
    /// The system refused.
    #[error("`{0}` cannot be read: {1}")]
    System(String, String),
}

/// The files below a book's root.
#[derive(Debug)]
pub struct Files {
    root: PathBuf,
    read: Mutex<BTreeMap<String, Result<Arc<SourceFile>, FileError>>>,
    linked: Mutex<BTreeMap<String, bool>>,
}

impl Files {
    /// The files below `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            read: Mutex::default(),
            linked: Mutex::default(),
        }
    }

    /// The book's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The same files, those at `texts` with another text: one that is about to be written.
    pub fn with_texts<'t>(&self, texts: impl Iterator<Item = (&'t str, &'t str)>) -> Self {
        let mut read = self.known().clone();
        read.extend(texts.map(|(path, text)| (path.to_owned(), Ok(SourceFile::new(path, text)))));
        Self {
            read: Mutex::new(read),
            ..Self::new(&self.root)
        }
    }

    /// The file at `path`, relative to the root with forward slashes; each is read once.
    ///
    /// # Errors
    /// Where there is none, it is no text, or it lies outside the book.
    pub fn read(&self, path: &str) -> Result<Arc<SourceFile>, FileError> {
        let path = normal(path).ok_or_else(|| FileError::Outside(path.to_owned()))?;
        if let Some(known) = self.known().get(&path) {
            return known.clone();
        }
        let result = self.load(&path);
        // Somebody else may have been faster, and there is one of each file.
        self.known().entry(path).or_insert(result).clone()
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Result<Arc<SourceFile>, FileError>>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn load(&self, path: &str) -> Result<Arc<SourceFile>, FileError> {
        let full = self.root.join(path);
        let system = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => FileError::Missing(path.to_owned()),
            _ => FileError::System(path.to_owned(), error.to_string()),
        };
        // Before the first byte is read: what lies outside may be a device that never ends.
        if full.is_symlink() || self.folder_is_linked(path) {
            full.canonicalize().map_err(system)?;
            self.confined(&full, path)?;
        }
        let bytes = std::fs::read(&full).map_err(system)?;
        let text = String::from_utf8(bytes)
            .map_err(|error| FileError::NotText(path.to_owned(), error.utf8_error().valid_up_to()))?;
        Ok(SourceFile::new(path, text))
    }

    /// Whether a symbolic link stands among the folders of `path`, below the root. Each folder is asked once.
    fn folder_is_linked(&self, path: &str) -> bool {
        let Some((folder, _)) = path.rsplit_once('/') else {
            return false;
        };
        let known = self
            .linked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(folder)
            .copied();
        known.unwrap_or_else(|| {
            let linked = self.root.join(folder).is_symlink() || self.folder_is_linked(folder);
            self.linked
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(folder.to_owned(), linked);
            linked
        })
    }

    fn confined(&self, full: &Path, path: &str) -> Result<(), FileError> {
        let inside = match (full.canonicalize(), self.root.canonicalize()) {
            (Ok(full), Ok(root)) => full.starts_with(root),
            _ => false,
        };
        if inside {
            Ok(())
        } else {
            Err(FileError::Outside(path.to_owned()))
        }
    }

    /// Replaces the text of a file that was read before. The only way in which archdoc changes a book.
    ///
    /// # Errors
    /// Where the path leads out of the book or the system refuses.
    pub fn write(&self, path: &str, text: &str) -> Result<(), FileError> {
        let path = normal(path).ok_or_else(|| FileError::Outside(path.to_owned()))?;
        let full = self.root.join(&path);
        self.confined(&full, &path)?;
        std::fs::write(&full, text).map_err(|error| FileError::System(path, error.to_string()))
    }
}

/// A relative path without `.` and `..`, with forward slashes; `None` if it leads out of where it starts.
pub fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in Path::new(&path.replace('\\', "/")).components() {
        match part {
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// `name`, as it is meant in a file of the folder that holds `path`.
pub fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(normal("src/./a/../b.md").as_deref(), Some("src/b.md"));
        assert_eq!(normal("../b.md"), None);
        assert_eq!(normal("/etc/passwd"), None);
        assert_eq!(beside("src/a/b.md", "../c.md"), "src/a/../c.md");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_nowhere_outside() {
        use std::os::unix::fs::symlink;

        let (book, other) = (
            tempfile::tempdir().expect("a folder"),
            tempfile::tempdir().expect("a folder"),
        );
        std::fs::create_dir_all(other.path().join("deep/er")).expect("made");
        std::fs::create_dir_all(book.path().join("src/own")).expect("made");
        std::fs::write(other.path().join("deep/er/a.md"), "theirs").expect("written");
        std::fs::write(book.path().join("src/own/a.md"), "ours").expect("written");
        for (link, target) in [
            ("file.md", other.path().join("deep/er/a.md")),
            ("folder", other.path().join("deep/er")),
            ("high", other.path().to_path_buf()),
            ("endless", PathBuf::from("/dev/zero")),
            ("inside.md", book.path().join("src/own/a.md")),
            ("own", book.path().join("src/own")),
            ("gone.md", book.path().join("src/own/b.md")),
        ] {
            symlink(target, book.path().join(link)).expect("linked");
        }
        let files = Files::new(book.path());
        for path in ["file.md", "folder/a.md", "high/deep/er/a.md", "endless"] {
            assert_eq!(files.read(path).unwrap_err(), FileError::Outside(path.into()));
            assert!(path == "endless" || files.write(path, "ours").is_err());
        }
        for path in ["inside.md", "own/a.md"] {
            assert_eq!(files.read(path).expect("inside").text(), "ours");
        }
        assert_eq!(files.read("gone.md").unwrap_err(), FileError::Missing("gone.md".into()));
        let theirs = std::fs::read_to_string(other.path().join("deep/er/a.md"));
        assert_eq!(theirs.expect("there"), "theirs");
    }

    #[test]
    fn a_file_is_read_once_and_trouble_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.md"), "one").expect("written");
        std::fs::write(folder.path().join("b.md"), b"x\xff").expect("written");
        let files = Files::new(folder.path());
        assert_eq!(files.read("a.md").expect("there").text(), "one");
        std::fs::write(folder.path().join("a.md"), "two").expect("written");
        assert_eq!(files.read("./a.md").expect("there").text(), "one");
        assert_eq!(files.read("b.md").unwrap_err(), FileError::NotText("b.md".into(), 1));
        assert_eq!(files.read("c.md").unwrap_err(), FileError::Missing("c.md".into()));
        assert_eq!(files.read("../c.md").unwrap_err(), FileError::Outside("../c.md".into()));
    }
}
