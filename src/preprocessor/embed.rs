//! The same preprocessor for Rust programs that drive mdBook themselves.

use jiff::civil::Date;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::envelope::Host;
use super::run::Run;
use super::{Build, supports};
use crate::book::Listed;
use crate::site::BOOK_TOML;

/// archdoc as an implementation of mdBook's [`Preprocessor`], for programs that build books in their own process.
///
/// It reads its configuration where the program `mdbook-archdoc` does, in `[preprocessor.archdoc]` of the book, and says and
/// does the same. The crate's first page shows a whole build with it.
///
/// ```
/// use mdbook_archdoc::Archdoc;
/// use mdbook_preprocessor::Preprocessor;
///
/// let archdoc = Archdoc::new("2026-11-22".parse().unwrap(), |messages| eprint!("{messages}"));
/// assert_eq!(archdoc.name(), "archdoc");
/// assert!(archdoc.supports_renderer("html").unwrap());
/// ```
pub struct Archdoc<F> {
    as_of: Date,
    tell: F,
}

impl<F: Fn(&str)> Archdoc<F> {
    /// The preprocessor, for which `as_of` is today; `tell` gets what people should read, once for each run.
    ///
    /// The day is that of [jiff](https://docs.rs/jiff) and can be parsed, as above.
    pub fn new(as_of: Date, tell: F) -> Self {
        Self { as_of, tell }
    }
}

impl<F> std::fmt::Debug for Archdoc<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archdoc")
            .field("as_of", &self.as_of)
            .finish_non_exhaustive()
    }
}

impl<F: Fn(&str)> Preprocessor for Archdoc<F> {
    fn name(&self) -> &str {
        "archdoc"
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let sources: Vec<Option<String>> = book.iter().filter_map(chapter).map(source).collect();
        let pages: Vec<Option<String>> = book.iter().filter_map(chapter).map(page).collect();
        let listed =
            book.iter()
                .filter_map(chapter)
                .zip(sources.iter().zip(&pages))
                .map(|(chapter, (source, page))| Listed {
                    name: &chapter.name,
                    source: source.as_deref(),
                    page: page.as_deref(),
                    content: Some(&chapter.content),
                    depth: chapter.parent_names.len(),
                });
        let host = Host {
            root: ctx.root.clone(),
            renderer: ctx.renderer.clone(),
            version: ctx.mdbook_version.clone(),
            config: serde_json::to_value(&ctx.config)?,
        };
        let build = Build {
            as_of: self.as_of,
            colour: false,
            pipeline: None,
        };
        let listed: Vec<Listed<'_>> = listed.collect();
        let run = Run::new(host, build);
        let judged = run.whole(&listed, None);
        let texts = run.texts(&judged, &listed);
        let texts = listed.iter().enumerate().map(|(index, chapter)| {
            let content = chapter.content.unwrap_or("");
            texts.of(index, content).map(|change| change.of(content))
        });
        let texts: Vec<Option<String>> = texts.collect();
        (self.tell)(&judged.messages);
        if judged.failed {
            return Err(Error::msg(format!(
                "archdoc: the findings fail this build, see `fail-on` in {BOOK_TOML}"
            )));
        }
        hand_back(&mut book.items, &mut texts.into_iter());
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(supports(renderer))
    }
}

/// Puts the new texts into their chapters, which count as they were listed: a chapter before those below it.
/// `Book::for_each_mut` comes to the inner ones first.
fn hand_back(items: &mut [BookItem], texts: &mut impl Iterator<Item = Option<String>>) {
    for item in items {
        if let BookItem::Chapter(chapter) = item {
            if let Some(text) = texts.next().flatten() {
                chapter.content = text;
            }
            hand_back(&mut chapter.sub_items, texts);
        }
    }
}

fn chapter(item: &BookItem) -> Option<&Chapter> {
    match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    }
}

fn page(chapter: &Chapter) -> Option<String> {
    chapter.path.as_ref().map(|path| path.to_string_lossy().into_owned())
}

fn source(chapter: &Chapter) -> Option<String> {
    let path = chapter.path.as_ref().and(chapter.source_path.as_ref())?;
    Some(path.to_string_lossy().into_owned())
}
