//! The host's message while it comes in. mdBook writes it in very many small pieces, which takes longer than to judge the
//! book: so that begins as soon as the host has said where the book is, with what the book's files say.
//!
//! It must never say anything else than what the whole message says: what was done ahead counts only if the host's
//! chapters turn out to be those of SUMMARY.md.

use std::sync::Arc;
use std::thread::{JoinHandle, spawn};

use super::envelope::{self, Envelope, EnvelopeError, HostChapter};
use super::run::{Judged, Run};
use super::{Answer, Build};
use crate::book::Listed;
use crate::cores::Cores;

/// How much of a message may pass without a whole context, in bytes, before nothing is done ahead.
const LONGEST_CONTEXT: usize = 1 << 20;

/// A message of which the host has not written all yet.
#[derive(Debug)]
pub struct Incoming {
    message: Vec<u8>,
    build: Build,
    ahead: Ahead,
}

/// What is done before the message is whole.
#[derive(Debug)]
enum Ahead {
    /// The context is not there yet.
    Waiting,
    /// The book is judged meanwhile, but for a core that the host needs to write.
    Working(JoinHandle<(Run, Option<Judged>)>, Arc<Cores>),
    /// Nothing: the message does not begin as a host's does.
    Nothing,
}

impl Incoming {
    /// A message that is about to come.
    pub fn new(build: Build) -> Self {
        Self {
            message: Vec::new(),
            build,
            ahead: Ahead::Waiting,
        }
    }

    /// Takes the next bytes of the message.
    pub fn take(&mut self, piece: &[u8]) {
        self.message.extend_from_slice(piece);
        if matches!(self.ahead, Ahead::Waiting) {
            self.ahead = match envelope::host(&self.message) {
                Some(host) => {
                    let (build, cores) = (self.build, Arc::new(Cores::all_but_one()));
                    let own = Arc::clone(&cores);
                    Ahead::Working(spawn(move || ahead(Run::new(host, build), &own)), cores)
                }
                None if self.message.len() > LONGEST_CONTEXT => Ahead::Nothing,
                None => Ahead::Waiting,
            };
        }
    }

    /// Answers the message, which has come to its end.
    ///
    /// # Errors
    /// Where it is not what mdBook sends.
    pub fn answer(&mut self) -> Result<Answer<'_>, EnvelopeError> {
        let ahead = match std::mem::replace(&mut self.ahead, Ahead::Nothing) {
            Ahead::Working(work, cores) => {
                cores.take_all();
                work.join().ok()
            }
            Ahead::Waiting | Ahead::Nothing => None,
        };
        let judged = ahead.as_ref().and_then(|(_, judged)| judged.as_ref());
        let on_disk = judged.map(Judged::texts).unwrap_or_default();
        let envelope = Envelope::decode_beside(&self.message, &on_disk)?;
        answer(envelope, self.build, ahead)
    }
}

/// Answers a whole message. `ahead` is the run for it, if one has begun, and what it has judged.
pub(super) fn answer<'m>(
    envelope: Envelope<'m>,
    build: Build,
    ahead: Option<(Run, Option<Judged>)>,
) -> Result<Answer<'m>, EnvelopeError> {
    let (run, judged) = match ahead {
        Some(ahead) => ahead,
        None => (Run::new(envelope.host().clone(), build), None),
    };
    let listed: Vec<Listed<'_>> = envelope.chapters().iter().map(listed).collect();
    let judged = run.whole(&listed, judged);
    let texts = run.texts(&judged, &listed);
    Ok(Answer {
        book: envelope.encode(|index, content| texts.of(index, content)),
        failed: judged.failed,
        messages: judged.messages,
    })
}

fn listed(chapter: &HostChapter) -> Listed<'_> {
    Listed {
        name: &chapter.name,
        source: chapter.path.as_ref().and(chapter.source_path.as_deref()),
        page: chapter.path.as_deref(),
        content: Some(&chapter.content),
        depth: chapter.depth,
    }
}

/// Judges the book that the files below the host's root are.
fn ahead(run: Run, cores: &Cores) -> (Run, Option<Judged>) {
    let judged = run.on_disk(cores);
    (run, judged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const BUILD: Build = Build {
        as_of: jiff::civil::Date::constant(2026, 11, 22),
        colour: false,
        pipeline: None,
    };

    fn chapter(name: &str, path: &str, content: &str) -> Value {
        json!({"Chapter": {"name": name, "path": path, "source_path": path, "content": content, "number": null,
            "sub_items": [], "parent_names": []}})
    }

    /// Whether what was judged ahead is taken for the answer to this book.
    fn is_taken(folder: &tempfile::TempDir, items: &[Value]) -> bool {
        let context = json!({"root": folder.path(), "renderer": "html", "mdbook_version": "0.5.4", "config":
            {"preprocessor": {"archdoc": {"documents": "all", "history": false}}}});
        let message = json!([context, {"items": items}]).to_string();
        // Byte by byte: the context is seen as soon as it is whole.
        let mut incoming = Incoming::new(BUILD);
        for piece in message.as_bytes().chunks(1) {
            incoming.take(piece);
        }
        let Ahead::Working(work, cores) = std::mem::replace(&mut incoming.ahead, Ahead::Nothing) else {
            panic!("nothing was done ahead");
        };
        let (run, judged) = work.join().expect("no panic");
        let mut judged = judged.expect("a book");
        let said = std::mem::replace(&mut judged.messages, "ahead".to_owned());
        incoming.ahead = Ahead::Working(spawn(move || (run, Some(judged))), cores);
        let answer = incoming.answer().expect("an answer");
        assert!(
            answer.messages == "ahead" || !answer.messages.contains("ahead"),
            "{said}"
        );
        answer.messages == "ahead"
    }

    #[test]
    fn what_was_done_ahead_is_taken_for_the_same_chapters_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).expect("written");
        std::fs::create_dir(folder.path().join("src")).expect("made");
        write("src/SUMMARY.md", "- [A](a.md)\n- [B](README.md)\n- [Draft]()\n");
        write("src/a.md", "# A\n");
        write("src/README.md", "# B\n");
        write("src/c.md", "# C\n");
        let (a, b) = (chapter("A", "a.md", "# A\n"), chapter("B", "README.md", "# B\n"));
        let draft = json!({"Chapter": {"name": "Draft", "path": null, "source_path": null, "content": "", "number": null,
            "sub_items": [], "parent_names": []}});
        let separator = json!("Separator");
        for (items, taken) in [
            (vec![a.clone(), separator, b.clone(), draft.clone()], true),
            // What another preprocessor makes of a text is no matter here.
            (vec![chapter("A", "a.md", "# Made\n"), b.clone()], true),
            // But if it asks for pages, the documents have more to say.
            (
                vec![chapter("A", "a.md", "<!-- archdoc: overview -->\n"), b.clone()],
                false,
            ),
            (vec![a.clone()], false),
            (vec![b.clone(), a.clone()], false),
            (vec![draft, a.clone(), b.clone()], false),
            (vec![a.clone(), chapter("C", "README.md", "# B\n")], false),
            (vec![a.clone(), chapter("B", "gone.md", "# B\n")], false),
            (vec![a, b, chapter("C", "c.md", "# C\n")], false),
        ] {
            assert_eq!(is_taken(&folder, &items), taken, "{items:?}");
        }
    }
}
