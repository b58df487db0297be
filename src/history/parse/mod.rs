//! Reads what `git log` and `git cat-file` print. Pure: bytes in, values out; it starts nothing and panics on nothing.
//! An answer that ends early or has another form is an error, never a shorter history.

#[cfg(test)]
mod tests;

use std::io::{BufRead, Read};
use std::sync::Arc;

use jiff::civil::Date;
use thiserror::Error;

use super::graph::Graph;
use super::people::{message, name_only, one_line, trailers};
use super::{Commit, Trailer};

/// What [`walk`] expects of `git log -z --raw --no-abbrev`. A NUL cannot stand in a commit, and each field ends in one.
pub(super) const LOG_FORMAT: &str = "--format=%x01%H%x00%P%x00%as%x00%at%x00%aN%x00%s%x00%b%x00";

/// A text longer than this is no chapter; it is read past, and its facts are unknown.
const LARGEST_TEXT: u64 = 8 << 20;

/// What a log may come to, in bytes that are kept: more than three million commits. A git that prints for ever ends here,
/// or where its time is over.
const LARGEST_LOG: usize = 1 << 30;

/// What a commit or a file takes beside its words, about.
const EACH: usize = 200;

/// What one part of an answer may come to: a path, a whole message.
const LONGEST_PART: u64 = 64 << 20;

/// Why an answer of git cannot be used.
#[derive(Debug, Error)]
pub(super) enum Malformed {
    #[error("it ends in the middle")]
    Truncated,
    #[error("`{0}` is not what was expected")]
    Unexpected(String),
    #[error("object `{0}` is missing")]
    Missing(String),
    #[error("it is longer than that of any repository")]
    TooMuch,
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// All commits, and what those in the book's directory did.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// How all commits descend.
    pub(super) graph: Graph,
    /// Commits that touched files, in walk order.
    pub(super) entries: Vec<Entry>,
}

/// A commit that touched files.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) commit: Arc<Commit>,
    pub(super) files: Vec<FileChange>,
}

/// One file in one commit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileChange {
    pub(super) status: Status,
    /// Ids of the texts; `None` where there is none, or where it is no ordinary file.
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// Path relative to the top of the repository.
    pub(super) path: String,
    /// Path before a rename.
    pub(super) from: Option<String>,
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Added,
    Modified,
    Deleted,
    Renamed,
}

/// Reads the whole log. `repository` goes into the commits.
pub(super) fn walk(reader: impl BufRead, repository: usize) -> Result<Walk, Malformed> {
    walk_within(LARGEST_LOG, reader, repository)
}

fn walk_within(room: usize, reader: impl BufRead, repository: usize) -> Result<Walk, Malformed> {
    let mut tokens = Tokens {
        reader,
        next: None,
        room,
    };
    let mut nodes: Vec<(String, Vec<String>)> = Vec::new();
    let mut entries = Vec::new();
    while let Some(start) = tokens.take()? {
        let hash = match start.strip_prefix(b"\x01") {
            Some(hash) if is_id(hash) => text(hash),
            _ => return Err(unexpected(&start)),
        };
        tokens.keep(EACH)?;
        let parents = text(&tokens.must()?).split_whitespace().map(str::to_owned).collect();
        let fields = [
            tokens.must()?,
            tokens.must()?,
            tokens.must()?,
            tokens.must()?,
            tokens.must()?,
        ];
        let end = tokens.must()?;
        if !end.is_empty() {
            return Err(unexpected(&end));
        }
        let files = files(&mut tokens)?;
        if files.is_empty() {
            tokens.room += fields.iter().map(Vec::len).sum::<usize>();
        } else {
            let commit = Arc::new(commit(repository, nodes.len(), &hash, &fields));
            entries.push(Entry { commit, files });
        }
        nodes.push((hash, parents));
    }
    Ok(Walk {
        graph: Graph::new(&nodes),
        entries,
    })
}

fn commit(repository: usize, index: usize, hash: &str, [date, time, author, subject, body]: &[Vec<u8>; 5]) -> Commit {
    Commit {
        repository,
        index,
        hash: hash.to_owned(),
        date: text(date).parse::<Date>().ok(),
        time: text(time).parse().unwrap_or(0),
        author: name_only(&text(author)),
        subject: message(&text(subject)),
        trailers: trailers(&text(body)),
    }
}

/// The raw lines of one commit; the first one follows a line feed.
fn files(tokens: &mut Tokens<impl BufRead>) -> Result<Vec<FileChange>, Malformed> {
    let mut files = Vec::new();
    while let Some(head) = tokens.take()? {
        let line = head.strip_prefix(b"\n").unwrap_or(&head);
        let Some(line) = line.strip_prefix(b":") else {
            tokens.next = Some(head);
            break;
        };
        let line = text(line);
        let parts: Vec<&str> = line.split(' ').collect();
        let [old_mode, new_mode, before, after, letter] = parts.as_slice() else {
            return Err(unexpected(&head));
        };
        let (status, from) = match letter.bytes().next() {
            Some(b'A') => (Status::Added, None),
            Some(b'D') => (Status::Deleted, None),
            Some(b'M' | b'T') => (Status::Modified, None),
            Some(b'R') => (Status::Renamed, Some(text(&tokens.must()?))),
            _ => return Err(unexpected(&head)),
        };
        let path = text(&tokens.must()?);
        tokens.keep(EACH)?;
        files.push(FileChange {
            status,
            before: file(old_mode, before),
            after: file(new_mode, after),
            path,
            from,
        });
    }
    Ok(files)
}

/// The id of an ordinary file; not that of a link, of a submodule, or of nothing.
fn file(mode: &str, id: &str) -> Option<String> {
    (mode.starts_with("100") && id.bytes().any(|byte| byte != b'0')).then(|| id.to_owned())
}

fn is_id(bytes: &[u8]) -> bool {
    bytes.len() >= 40 && bytes.iter().all(u8::is_ascii_hexdigit)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn unexpected(bytes: &[u8]) -> Malformed {
    Malformed::Unexpected(one_line(&text(bytes)).chars().take(80).collect())
}

/// What stands between NULs, with one to look ahead.
struct Tokens<R> {
    reader: R,
    next: Option<Vec<u8>>,
    /// How many bytes more may be kept.
    room: usize,
}

impl<R: BufRead> Tokens<R> {
    fn take(&mut self) -> Result<Option<Vec<u8>>, Malformed> {
        if let Some(token) = self.next.take() {
            return Ok(Some(token));
        }
        let mut token = Vec::new();
        if part(&mut self.reader, 0, &mut token)? == 0 {
            return Ok(None);
        }
        self.keep(token.len())?;
        match token.pop() {
            Some(0) => Ok(Some(token)),
            _ => Err(Malformed::Truncated),
        }
    }

    fn keep(&mut self, bytes: usize) -> Result<(), Malformed> {
        self.room = self.room.checked_sub(bytes).ok_or(Malformed::TooMuch)?;
        Ok(())
    }

    fn must(&mut self) -> Result<Vec<u8>, Malformed> {
        self.take()?.ok_or(Malformed::Truncated)
    }
}

/// Reads up to and with `end`, but no more than a part of an answer can come to.
fn part(reader: &mut impl BufRead, end: u8, into: &mut Vec<u8>) -> Result<usize, Malformed> {
    let length = reader.take(LONGEST_PART).read_until(end, into)?;
    if into.last() != Some(&end) && u64::try_from(length).is_ok_and(|length| length == LONGEST_PART) {
        return Err(Malformed::TooMuch);
    }
    Ok(length)
}

/// One answer of `git cat-file --batch`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Object {
    /// No such object here.
    Missing,
    /// It is there, but is no text that could be a chapter.
    Other,
    /// Id and text.
    Text(String, String),
}

/// Reads the next answer.
pub(super) fn object(reader: &mut impl BufRead) -> Result<Object, Malformed> {
    let mut header = Vec::new();
    part(reader, b'\n', &mut header)?;
    if header.pop() != Some(b'\n') {
        return Err(Malformed::Truncated);
    }
    if header.ends_with(b" missing") {
        return Ok(Object::Missing);
    }
    let line = text(&header);
    let parts: Vec<&str> = line.split(' ').collect();
    let [id, kind, size] = parts.as_slice() else {
        return Err(unexpected(&header));
    };
    let size: u64 = size.parse().map_err(|_| unexpected(&header))?;
    if *kind != "blob" || size > LARGEST_TEXT {
        let skipped = std::io::copy(&mut reader.take(size), &mut std::io::sink())?;
        return line_feed(reader, skipped == size).map(|()| Object::Other);
    }
    let mut body = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    let read = reader.take(size).read_to_end(&mut body)?;
    line_feed(reader, u64::try_from(read).is_ok_and(|read| read == size))?;
    // Nearly all texts are UTF-8, which is much sooner seen than what is wrong with one.
    let body = String::from_utf8(body).unwrap_or_else(|error| text(error.as_bytes()));
    Ok(Object::Text((*id).to_owned(), body))
}

fn line_feed(reader: &mut impl Read, whole: bool) -> Result<(), Malformed> {
    let mut end = [0];
    match reader.read_exact(&mut end) {
        Ok(()) if whole && end == *b"\n" => Ok(()),
        _ => Err(Malformed::Truncated),
    }
}

/// The hashes of an ignore-revs file: one a line, `#` begins a comment.
pub(super) fn ignore_revs(file: &str) -> impl Iterator<Item = &str> {
    file.lines()
        .map(|line| line.split('#').next().unwrap_or("").trim())
        .filter(|hash| is_id(hash.as_bytes()))
}

/// Whether the commit says `Arch-Change: skip`.
pub(super) fn says_skip(commit: &Commit) -> bool {
    commit
        .trailers
        .iter()
        .any(|one| matches!(one, Trailer::ArchChange(text) if text.eq_ignore_ascii_case("skip")))
}
