//! Builds a book with archdoc on, through mdBook's own library: nothing has to be installed.
//!
//! `cargo run --release --example build` builds `example-book`; a path after it, `... --example build path/to/book`,
//! builds that book. The pages go where `mdbook build` puts them. It never changes a book's configuration: a book
//! without `[preprocessor.archdoc]` is built as if it had it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mdbook_archdoc::Archdoc;
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let book = args.next().map(PathBuf::from);
    if args.next().is_some() {
        say("error: expected one book\n  = help: cargo run --release --example build [BOOK]\n");
        return ExitCode::from(2);
    }
    let book = book.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("example-book"));
    match build(&book) {
        Ok(page) => {
            say(&format!("The book is built: open {}\n", page.display()));
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&format!("error: `{}` is not built: {error}\n", book.display()));
            ExitCode::FAILURE
        }
    }
}

/// Builds the book in the folder `root` for all its outputs, and returns its first page.
fn build(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let root = std::path::absolute(root)?;
    if !root.join("book.toml").is_file() && !root.join("src/SUMMARY.md").is_file() {
        return Err("there is no book.toml and no src/SUMMARY.md in this folder".into());
    }
    let config = config(&root).map_err(|error| format!("{error:#}"))?;
    let outputs: Vec<String> = config.outputs::<toml::Value>()?.into_keys().collect();
    let mut book = MDBook::load_with_config(&root, config).map_err(|error| format!("{error:#}"))?;
    // In the place of the command that mdBook would look for, at the same point of the order.
    book.with_preprocessor(Archdoc::new(today()?, say));
    book.build().map_err(|error| format!("{error:#}"))?;
    Ok(match outputs.first() {
        Some(other) if outputs.iter().all(|output| output != "html") => book.build_dir_for(other),
        _ => book.build_dir_for("html").join("index.html"),
    })
}

/// What mdBook would read: book.toml and the environment's overrides; with archdoc turned on.
#[allow(
    clippy::disallowed_methods,
    reason = "it is what mdBook does, in a program of its own"
)]
fn config(root: &Path) -> Result<Config, mdbook_driver::errors::Error> {
    let file = root.join("book.toml");
    let mut config = if file.is_file() {
        Config::from_disk(file)?
    } else {
        Config::default()
    };
    config.update_from_env()?;
    if !config.contains_key("preprocessor.archdoc") {
        config.set("preprocessor.archdoc", toml::Table::new())?;
    }
    Ok(config)
}

/// The day that counts as today: that of `SOURCE_DATE_EPOCH`, else of the clock.
#[allow(clippy::disallowed_methods, reason = "a program of its own, and this is its edge")]
fn today() -> Result<Date, Box<dyn Error>> {
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) if !seconds.is_empty() => Timestamp::from_second(seconds.parse()?)?,
        _ => Timestamp::now(),
    };
    Ok(now.to_zoned_datetime(TimeZone::UTC).date())
}

#[allow(clippy::print_stderr, reason = "a program of its own, and this is its edge")]
fn say(text: &str) {
    eprint!("{text}");
}
