//! The one port to the disk: what archdoc reads of a book, and what it writes.
//!
//! Nothing is read beyond the repository that holds the book, or beyond the book's folder where there is none: neither by a
//! path that leads out nor through a symbolic link. Only plain files are read, and only up to a stated size. Every write is
//! whole: see `files/write.rs`.

mod write;

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf, is_separator};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use thiserror::Error;

use crate::source::SourceFile;

/// The largest file that is read, in bytes. No chapter of any known book has a hundredth of it.
pub const MAX_FILE: u64 = 256 << 20;

/// Why a file could not be read or written.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum FileError {
    /// Nothing stands at the path.
    #[error("the file `{0}` does not exist")]
    Missing(String),
    /// The path, or a link in it, leads out of the repository, or of the book's folder where there is no repository.
    #[error("`{path}` lies outside the {}", if *.repository { "repository" } else { "book's folder" })]
    Outside {
        /// The path as it was asked for.
        path: String,
        /// Whether the book lies in a repository.
        repository: bool,
    },
    /// A folder, a device, a pipe: whoever reads it may wait for ever.
    #[error("`{0}` is not a plain file")]
    NotPlain(String),
    /// It has more than [`MAX_FILE`] bytes.
    #[error("`{0}` has more than {limit} MB", limit = MAX_FILE >> 20)]
    TooLarge(String),
    /// It is there and is not UTF-8.
    #[error("`{0}` is not UTF-8 text: the first bad byte is at {1}")]
    NotText(String, usize),
    /// The system refused to read it.
    #[error("`{0}` cannot be read: {1}")]
    System(String, String),
    /// It lies outside the book's folder, directly or as the target of a link: others may have a say in it.
    #[error("`{0}` lies outside the book's folder")]
    NotOurs(String),
    /// Its text is not the one that was read.
    #[error("`{0}` was changed meanwhile")]
    Changed(String),
    /// There is a file already, where a new one was to be.
    #[error("`{0}` is there already")]
    Exists(String),
    /// Its owner wants no change.
    #[error("`{0}` is read-only")]
    ReadOnly(String),
    /// The system refused to write it.
    #[error("`{0}` cannot be written: {1}")]
    Unwritten(String, String),
}

/// Files that are not what they were, by the paths that they have relative to the book's root: to a text from memory, or to
/// what is on the disk now.
pub type Changes = BTreeMap<String, Option<String>>;

type Loaded = Result<Arc<SourceFile>, FileError>;

/// The files of a book.
#[derive(Debug, Clone)]
pub struct Files {
    root: PathBuf,
    /// The root without symbolic links.
    real_root: PathBuf,
    /// The folder beyond which nothing is read, without symbolic links.
    reach: PathBuf,
    /// Whether `reach` is a repository's folder.
    repository: bool,
    /// The texts from memory, by the paths that the files have without links.
    texts: BTreeMap<String, String>,
    read: Arc<Mutex<BTreeMap<String, Loaded>>>,
    linked: Arc<Mutex<BTreeMap<String, bool>>>,
}

impl Files {
    /// The files of the book in the folder `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let real_root = root.canonicalize().unwrap_or_else(|_| root.clone());
        let repository = real_root
            .ancestors()
            .find(|folder| folder.join(".git").symlink_metadata().is_ok());
        Self {
            reach: repository.map_or_else(|| real_root.clone(), Path::to_path_buf),
            repository: repository.is_some(),
            root,
            real_root,
            texts: BTreeMap::new(),
            read: Arc::default(),
            linked: Arc::default(),
        }
    }

    /// The book's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The same files after these have changed; what leads to one of them through a link has its text, too.
    pub fn after(&self, changes: &Changes) -> Self {
        let mut files = Self {
            texts: self.texts.clone(),
            ..Self::new(&self.root)
        };
        let mut kept = lock(&self.read).clone();
        for (path, text) in changes {
            let path = &normal(path).unwrap_or_else(|| path.clone());
            let target = |full: PathBuf| files.way_to(&full.canonicalize().ok()?);
            let linked = files.is_linked(path).then(|| target(self.root.join(path)));
            let real = linked.flatten().unwrap_or_else(|| path.clone());
            kept.retain(|place, file| place != path && file.as_ref().is_ok_and(|file| file.real_path() != real));
            match text {
                Some(text) => files.texts.insert(real, text.clone()),
                None => files.texts.remove(&real),
            };
        }
        files.read = Arc::new(Mutex::new(kept));
        files
    }

    /// The file at `path`, relative to the root with forward slashes; each is read once. It may begin with `..`.
    ///
    /// # Errors
    /// Where there is none, it is no plain file, too large or no text, or it lies outside the repository.
    pub fn read(&self, path: &str) -> Loaded {
        let place = self.place(path)?;
        if let Some(known) = lock(&self.read).get(&place) {
            return known.clone();
        }
        let result = self.load(&place);
        // Somebody else may have been faster, and there is one of each file.
        lock(&self.read).entry(place).or_insert(result).clone()
    }

    /// `path` without `.` and `..`, but for those that lead out of the root. Behind a folder that is a link, `..` is the
    /// folder around the link's target, as it is for the system.
    fn place(&self, path: &str) -> Result<String, FileError> {
        let outside = || self.outside(path);
        let normal = normal(path).ok_or_else(outside)?;
        let mut up = path.match_indices("/..");
        if !up.any(|(at, _)| self.is_linked(path.get(..at).unwrap_or(""))) {
            return Ok(normal);
        }
        match self.root.join(path).canonicalize() {
            Ok(real) => self.way_to(&real).ok_or_else(outside),
            Err(_) => Err(FileError::Missing(path.to_owned())),
        }
    }

    fn load(&self, path: &str) -> Loaded {
        let full = self.root.join(path);
        let system = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => FileError::Missing(path.to_owned()),
            _ => FileError::System(path.to_owned(), error.to_string()),
        };
        // What leads out in so many words is not even looked for.
        let up = path.split('/').take_while(|part| *part == "..").count();
        let depth = self
            .real_root
            .strip_prefix(&self.reach)
            .map_or(0, |way| way.components().count());
        if up > depth {
            return Err(self.outside(path));
        }
        let linked = self.is_linked(path);
        let mut real = None;
        if linked || up > 0 {
            let target = full.canonicalize().map_err(system)?;
            if !target.starts_with(&self.reach) {
                return Err(self.outside(path));
            }
            real = self.way_to(&target).filter(|_| linked);
        }
        // What git keeps for itself is no text of the repository's: addresses with passwords, for one.
        let private = |path: &str| path.split('/').any(|part| part.eq_ignore_ascii_case(".git"));
        if private(path) || real.as_deref().is_some_and(private) {
            return Err(self.outside(path));
        }
        if let Some(text) = self.texts.get(real.as_deref().unwrap_or(path)) {
            return Ok(SourceFile::linked(path, real, text.as_str()));
        }
        // Before it is opened, which for a pipe means to wait until somebody writes.
        let about = std::fs::metadata(&full).map_err(system)?;
        if !about.is_file() {
            return Err(FileError::NotPlain(path.to_owned()));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(about.len().min(MAX_FILE)).unwrap_or(0));
        let file = std::fs::File::open(&full).map_err(system)?;
        let read = match about.len() {
            0..=MAX_FILE => file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(system)?,
            _ => usize::MAX,
        };
        if read as u64 > MAX_FILE {
            return Err(FileError::TooLarge(path.to_owned()));
        }
        let text = String::from_utf8(bytes)
            .map_err(|error| FileError::NotText(path.to_owned(), error.utf8_error().valid_up_to()))?;
        Ok(SourceFile::linked(path, real, text))
    }

    /// Whether `path` or a folder in it, below the root, is a symbolic link. Each folder is asked once.
    fn is_linked(&self, path: &str) -> bool {
        let is_link = |path: &str| self.root.join(path).is_symlink();
        let Some((folder, _)) = path.rsplit_once('/') else {
            return is_link(path);
        };
        let known = lock(&self.linked).get(folder).copied();
        let folder_is = known.unwrap_or_else(|| {
            let linked = self.is_linked(folder);
            lock(&self.linked).insert(folder.to_owned(), linked);
            linked
        });
        folder_is || is_link(path)
    }

    fn outside(&self, path: &str) -> FileError {
        FileError::Outside {
            path: path.to_owned(),
            repository: self.repository,
        }
    }

    /// The way from the root to a path without symbolic links, with forward slashes; none where it is not UTF-8 or there is
    /// no way.
    fn way_to(&self, real: &Path) -> Option<String> {
        let common = self.real_root.ancestors().find(|folder| real.starts_with(folder))?;
        let up = self.real_root.strip_prefix(common).ok()?.components().count();
        let down = real.strip_prefix(common).ok()?.components();
        let down = down.map(|part| part.as_os_str().to_str()).collect::<Option<Vec<_>>>()?;
        let parts: Vec<&str> = std::iter::repeat_n("..", up).chain(down).collect();
        Some(parts.join("/"))
    }

    /// Puts `text` in the place of what was read as `file`, whole or not at all. A link stays, and its target changes.
    ///
    /// # Errors
    /// Where the file lies outside the book's folder, is not as it was read, is read-only or no plain file, or the system
    /// refuses. Then it is as it was.
    pub fn write(&self, file: &SourceFile, text: &str) -> Result<(), FileError> {
        if !file.is_in_book() {
            return Err(FileError::NotOurs(file.path().to_owned()));
        }
        let target = self.real_root.join(file.real_path());
        write::replace(&target, Some(file.text().as_bytes()), text).map_err(|error| error.of(file.path()))
    }

    /// Puts `text` into a file of somebody's choice, in the place of what it holds. A link there is followed only into the
    /// book's folder.
    ///
    /// # Errors
    /// Where the link leads elsewhere, the file is read-only or no plain file, or the system refuses. Then it is as it was.
    pub fn output(&self, path: &Path, text: &str) -> Result<(), FileError> {
        let shown = path.display().to_string();
        let target = self.target(path, &shown)?;
        write::replace(&target, None, text).map_err(|error| error.of(&shown))
    }

    /// Where somebody's path leads: through no link out of the book's folder, be it the file or a folder of the book.
    fn target(&self, path: &Path, shown: &str) -> Result<PathBuf, FileError> {
        let failed = |error: std::io::Error| FileError::Unwritten(shown.to_owned(), error.to_string());
        let path = std::path::absolute(path).map_err(failed)?;
        // What is there yet, and what is to be made below it.
        let there = path.ancestors().find(|part| part.symlink_metadata().is_ok());
        let there = there.unwrap_or(&path);
        let real = there.canonicalize().map_err(failed)?;
        let ours = path.starts_with(&self.root) || path.starts_with(&self.real_root) || path.is_symlink();
        if ours && !real.starts_with(&self.real_root) {
            return Err(FileError::NotOurs(shown.to_owned()));
        }
        let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
        // A path that ends in nothing would be a folder's.
        Ok(if rest.as_os_str().is_empty() {
            real
        } else {
            real.join(rest)
        })
    }

    /// Writes a new file, whole or not at all, with the folders that it needs.
    ///
    /// # Errors
    /// Where something is there already, a link leads out of the book's folder, or the system refuses.
    pub fn create(&self, path: &Path, text: &str) -> Result<(), FileError> {
        let target = self.target(path, &path.display().to_string())?;
        let folder = target.parent().map_or(Ok(()), std::fs::create_dir_all);
        let written = folder
            .map_err(write::Trouble::System)
            .and_then(|()| write::create(&target, text));
        written.map_err(|error| error.of(&path.display().to_string()))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A relative path without `.` and `..`, but for those `..` that lead out of where it starts, with forward slashes; none for
/// an absolute one.
pub fn normal(path: &str) -> Option<String> {
    let absolute = path.starts_with(is_separator) || Path::new(path).is_absolute() || has_drive(path);
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(is_separator) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (!absolute).then(|| parts.join("/"))
}

/// `C:a.md`, which on Windows is relative to a folder that nobody here knows.
fn has_drive(path: &str) -> bool {
    cfg!(windows) && path.as_bytes().get(1) == Some(&b':')
}

/// `name`, as it is meant in a file of the folder that holds `path`.
pub fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) if !name.starts_with(is_separator) => format!("{folder}/{name}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
