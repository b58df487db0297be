//! `new`: a document from a template, with what can be known filled in.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Failure, Outcome, args, load, say, template, today};
use crate::diagnostic::Stage;
use crate::outline::{StageWord, stage_of};
use crate::template::{FieldKind, Template, builtin, filled_in};

/// Writes the document, and adds it to the summary on request. Nothing that is there is overwritten.
pub fn run(command: &args::New, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let path = std::path::absolute(&command.path)
        .map_err(|error| Failure::new(format!("`{}`: {error}", command.path.display())))?;
    if path.exists() {
        let help = "choose another name; nothing was written";
        return Err(Failure::with_help(
            format!("`{}` is there already", command.path.display()),
            help,
        ));
    }
    let around = existing(&path);
    let book = load::book(&[around])?;
    let kind = book.config.kinds.iter().find(|kind| kind.name == command.kind);
    let name = kind.map_or(command.kind.as_str(), |kind| kind.template.as_str());
    let template: Template = match builtin(name) {
        Some(_) => template::found(name)?,
        None => load::template(&book, name)?,
    };
    let title = command.title.clone().unwrap_or_else(|| title_of(&path));
    let values = |kind: &FieldKind| match kind {
        FieldKind::Date => Some(today::as_of(as_of).ok()?.to_string()),
        FieldKind::Person => command.author.clone(),
        // Whatever is new is a draft, where the template has a word for that.
        FieldKind::Choice(choices) => choices.first().filter(|first| is_draft(first)).cloned(),
        _ => None,
    };
    let text = filled_in(&template, &title, values);
    let write = |path: &Path, text: &str| {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::new(format!("`{}`: {error}", folder.display())))?;
        }
        std::fs::write(path, text).map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))
    };
    write(&path, &text)?;
    say(&format!("archdoc: wrote {}\n", command.path.display()));
    add_to_summary(&book, &path, &title, command.summary)?;
    Ok(Outcome::Clean)
}

fn is_draft(word: &str) -> bool {
    stage_of(word) == StageWord::Known(Stage::Draft)
}

/// The nearest folder that exists.
fn existing(path: &Path) -> PathBuf {
    let found = path.ancestors().skip(1).find(|folder| folder.is_dir());
    found.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// `order-service.md` is `Order Service`.
fn title_of(path: &Path) -> String {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let words = stem.split(['-', '_', ' ']).filter(|word| !word.is_empty()).map(|word| {
        let mut chars = word.chars();
        chars
            .next()
            .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())
            .unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

fn add_to_summary(book: &load::Loaded, path: &Path, title: &str, wanted: bool) -> Result<(), Failure> {
    let src = book.files.root().join(&book.config.src);
    let relative = path
        .strip_prefix(&src)
        .ok()
        .map(|path| path.to_string_lossy().replace('\\', "/"));
    let Some(relative) = relative else {
        say(&format!(
            "archdoc: it does not lie in `{}`, so that mdBook does not see it\n",
            src.display()
        ));
        return Ok(());
    };
    let line = format!(
        "- [{}]({})\n",
        title.replace(['[', ']'], ""),
        relative.replace(' ', "%20")
    );
    if !wanted {
        say(&format!("archdoc: list it in SUMMARY.md (`--summary` does it): {line}"));
        return Ok(());
    }
    let summary = crate::book::below(&book.config.src, "SUMMARY.md");
    let file = book
        .files
        .read(&summary)
        .map_err(|error| Failure::new(error.to_string()))?;
    let gap = if file.text().ends_with('\n') { "" } else { "\n" };
    let text = format!("{}{gap}{line}", file.text());
    book.files
        .write(&summary, &text)
        .map_err(|error| Failure::new(error.to_string()))?;
    say(&format!("archdoc: added it to {summary}\n"));
    Ok(())
}
