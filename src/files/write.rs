//! Whole writes: what stands at a path is the old text or the new one at every moment, whatever happens in between.
//!
//! The new text is written beside the file and then takes its name. It never writes into a file that is there, and it never
//! decides which file may be written.

use std::fs::Metadata;
use std::io::{ErrorKind, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::FileError;

/// Why nothing was written.
#[derive(Debug)]
pub(super) enum Trouble {
    NotPlain,
    ReadOnly,
    Changed,
    Exists,
    System(std::io::Error),
}

impl Trouble {
    /// The error about the file that people know as `path`.
    pub(super) fn of(self, path: &str) -> FileError {
        let path = path.to_owned();
        match self {
            Self::NotPlain => FileError::NotPlain(path),
            Self::ReadOnly => FileError::ReadOnly(path),
            Self::Changed => FileError::Changed(path),
            Self::Exists => FileError::Exists(path),
            Self::System(error) => FileError::Unwritten(path, error.to_string()),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::System(error)
    }
}

/// Puts `text` into the plain file at `target`, which holds `expected` where that is given, and need not be there else.
/// Mode and, where that is allowed, owner stay.
pub(super) fn replace(target: &Path, expected: Option<&[u8]>, text: &str) -> Result<(), Trouble> {
    let before = match target.symlink_metadata() {
        Ok(about) if !about.is_file() => return Err(Trouble::NotPlain),
        Ok(about) if about.permissions().readonly() => return Err(Trouble::ReadOnly),
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound && expected.is_some() => return Err(Trouble::Changed),
        Err(error) if error.kind() == ErrorKind::NotFound => return create(target, text),
        Err(error) => return Err(error.into()),
    };
    if let Some(expected) = expected
        && plain(target, expected.len()).as_deref() != Some(expected)
    {
        return Err(Trouble::Changed);
    }
    // Whoever may not write into the file may not put another one in its place either.
    match std::fs::OpenOptions::new().write(true).open(target) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Err(Trouble::ReadOnly),
        _ => {}
    }
    // Until it has the file's mode, it is for nobody else to read.
    let new = beside(target, text, 0o600)?;
    keep_owner(&new, &before);
    new.as_file().set_permissions(before.permissions())?;
    new.as_file().sync_all()?;
    match expected {
        Some(expected) => exchange(new, target, expected, text.as_bytes()),
        None => take_name(new, target),
    }
}

/// Writes `text` to `target`, where nothing stands yet.
pub(super) fn create(target: &Path, text: &str) -> Result<(), Trouble> {
    // The process's mask takes away from it.
    let new = beside(target, text, 0o666)?;
    new.as_file().sync_all()?;
    match new.persist_noclobber(target) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(Trouble::Exists),
        Err(error) => Err(error.error.into()),
    }
}

/// A new file with `text` in the folder of `target`, gone again unless it gets another name. mdBook publishes what it finds
/// among the chapters, but no `.md` that SUMMARY.md does not list: so what a kill leaves behind is on no page.
#[cfg_attr(not(unix), allow(unused_variables, reason = "only Unix has modes"))]
fn beside(target: &Path, text: &str, mode: u32) -> std::io::Result<NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".archdoc-").suffix(".md");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    let mut new = builder.tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    Ok(new)
}

#[cfg(unix)]
fn keep_owner(new: &NamedTempFile, before: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Only root may give files away; for everybody else the file is theirs from now on, as after most editors.
    let both = fchown(new, Some(before.uid()), Some(before.gid()));
    let _ = both.or_else(|_| fchown(new, None, Some(before.gid())));
}

#[cfg(not(unix))]
fn keep_owner(_: &NamedTempFile, _: &Metadata) {}

/// The bytes of a plain file that has no more than `most` of them.
fn plain(path: &Path, most: usize) -> Option<Vec<u8>> {
    let about = path.symlink_metadata().ok().filter(Metadata::is_file)?;
    (about.len() <= most as u64).then(|| std::fs::read(path).ok())?
}

/// Gives `new` the name `target`. On Windows this waits a moment for those who have the file open.
fn take_name(new: NamedTempFile, target: &Path) -> Result<(), Trouble> {
    let mut new = new;
    let mut tries = if cfg!(windows) { 20 } else { 1 };
    loop {
        tries -= 1;
        match new.persist(target) {
            Ok(_) => return Ok(()),
            Err(error) if tries > 0 => {
                std::thread::sleep(std::time::Duration::from_millis(50));
                new = error.file;
            }
            Err(error) => return Err(error.error.into()),
        }
    }
}

/// Gives `new`, which holds `text`, the name `target`, if that holds `expected` at this very moment: the two change places,
/// and if it was something else that stood there, an author's save, it gets its place back.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(new: NamedTempFile, target: &Path, expected: &[u8], text: &[u8]) -> Result<(), Trouble> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    let (mut should_be, mut placed) = (expected.to_vec(), text.to_vec());
    loop {
        match renameat_with(CWD, new.path(), CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => {}
            Err(rustix::io::Errno::NOENT) => return Err(Trouble::Changed),
            // Few file systems cannot do it.
            Err(_) => return take_name(new, target),
        }
        let Some(stood) = plain(new.path(), usize::MAX) else {
            // A folder, a pipe or what cannot be read took the place meanwhile. It gets it back, or is at least kept.
            if renameat_with(CWD, new.path(), CWD, target, RenameFlags::EXCHANGE).is_err() {
                let _ = new.keep();
            }
            return Err(Trouble::Changed);
        };
        if stood == should_be {
            return match placed == text {
                true => Ok(()),
                false => Err(Trouble::Changed),
            };
        }
        (should_be, placed) = (placed, stood);
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(new: NamedTempFile, target: &Path, _: &[u8], _: &[u8]) -> Result<(), Trouble> {
    take_name(new, target)
}
