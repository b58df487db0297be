//! Books on disk: where one is, and what the command line knows of it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Failure, pipeline};
use crate::check::{Asked, Checked, CheckedDocument, Cured, Request, Session};
use crate::cores::Cores;
use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::files::Files;
use crate::history::Git;
use crate::site::BOOK_TOML;

/// A book that the command line was pointed at.
pub struct Loaded {
    /// The book.
    pub session: Session,
    /// The files of the chapters that it was pointed at; empty for all.
    only: Vec<String>,
    cores: Cores,
}

impl Loaded {
    /// Checks it, with the edits of `fixes` where they are asked for; `keep` makes of each document what the command needs
    /// of it.
    pub fn check<T: Send>(
        &self,
        as_of: Date,
        fixes: bool,
        keep: impl Fn(&CheckedDocument, &Facts<'_>, &[Diagnostic]) -> T + Sync,
    ) -> Checked<T> {
        self.session.check(self.request(as_of, fixes, &Git::default()), keep)
    }

    /// The book with the cures of its findings made, on disk as it was.
    pub fn cure(&self, as_of: Date, suggested: bool) -> Cured {
        let git = Git::default();
        self.session
            .cure(self.request(as_of, true, &git), suggested, |_, _, _| ())
    }

    fn request<'a>(&'a self, as_of: Date, fixes: bool, git: &'a Git) -> Request<'a> {
        Request {
            as_of,
            history: Asked {
                source: git,
                pipeline: pipeline::of_environment(),
            },
            fixes,
            cores: &self.cores,
            only: &self.only,
        }
    }
}

/// The book that `paths` name: its folder, or some of its chapters; without any, the book around the current folder.
pub fn book(paths: &[PathBuf]) -> Result<Loaded, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let (mut root, mut only) = (None, Vec::new());
    for path in paths {
        let found = root_of(path)?;
        let same = |root: &PathBuf| *root == found || root.canonicalize().ok() == found.canonicalize().ok();
        if !root.as_ref().is_none_or(same) {
            let help = "run it once for each book";
            return Err(Failure::with_help("the paths belong to different books", help));
        }
        if path.is_file() {
            only.push(path);
        }
        root = Some(found);
    }
    let root = root.unwrap_or_default();
    let session = load(root.clone())?;
    if only.len() < paths.len() {
        only.clear();
    }
    let only = only.iter().map(|path| chapter_at(&session, &root, path));
    let only = only.collect::<Result<_, _>>()?;
    let cores = Cores::all();
    Ok(Loaded { session, only, cores })
}

/// The folder with book.toml: the path itself, or the nearest one around it, as the path is written; for a link that leads
/// into a book from elsewhere, the one around its target.
fn root_of(path: &Path) -> Result<PathBuf, Failure> {
    let full = path.canonicalize().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::new(format!("there is no file or folder `{}`", path.display())),
        _ => Failure::new(format!("`{}` cannot be read: {error}", path.display())),
    })?;
    let written = std::path::absolute(path).unwrap_or_else(|_| full.clone());
    let mut folders = written.ancestors().chain(full.ancestors());
    let found = folders.find(|folder| folder.join(BOOK_TOML).is_file());
    let missing = || {
        let message = format!(
            "there is no {BOOK_TOML} in `{}` or in a folder around it",
            path.display()
        );
        Failure::with_help(
            message,
            "name the folder of an mdBook: `mdbook-archdoc check path/to/book`",
        )
    };
    found.map(Path::to_path_buf).ok_or_else(missing)
}

/// The chapter that is this file, by its path in the book.
fn chapter_at(session: &Session, root: &Path, path: &Path) -> Result<String, Failure> {
    let full = path.canonicalize().unwrap_or_default();
    let is_it = |place: &str| root.join(place).canonicalize().is_ok_and(|chapter| chapter == full);
    let mut chapters = session.chapters.there.iter();
    let chapter = chapters.find(|chapter| is_it(chapter.file.path()));
    let missing = || {
        let message = format!("`{}` is not a chapter of the book", path.display());
        Failure::with_help(message, "list it in SUMMARY.md, or name the book's folder")
    };
    let chapter = chapter.ok_or_else(missing)?;
    match &chapter.unread {
        Some(why) => Err(Failure::new(format!("{why}, and is not read"))),
        None => Ok(chapter.file.path().to_owned()),
    }
}

#[allow(clippy::disallowed_methods, reason = "a book is configured by the environment, too")]
fn load(root: PathBuf) -> Result<Session, Failure> {
    Ok(Session::open(Files::new(root), std::env::vars_os().collect())?)
}

/// A template of the book: a Markdown file relative to its root.
pub fn template(book: &Loaded, name: &str) -> Result<crate::template::Template, Failure> {
    let (template, trouble) = crate::template::load(name, None, &book.session.files, &Default::default());
    template.ok_or_else(|| trouble.into_iter().next().map_or(Failure::new(""), Failure::from))
}
