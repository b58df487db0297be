//! `new`: a document from a template, with what can be known filled in.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Failure, Outcome, args, load, say, template, today};
use crate::book::{Chapter, NotListed, Selection, Why, below, expand, is_excluded, listing_line, select, with_chapter};
use crate::diagnostic::Stage;
use crate::document::parse;
use crate::files::FileError;
use crate::outline::{StageWord, stage_of};
use crate::settings::Kind;
use crate::site::BOOK_TOML;
use crate::source::{SourceFile, Text};
use crate::template::{FieldKind, Template, builtin, filled_in, is_numbered};

/// Writes the document, and adds it to the summary on request. Nothing that is there is overwritten.
pub fn run(command: &args::New, as_of: Option<Date>) -> Result<Outcome, Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("`{}`: {error}", command.path.display()));
    let path = std::path::absolute(&command.path).map_err(failed)?;
    if path.exists() {
        let help = "choose another name; nothing was written";
        return Err(Failure::with_help(
            format!("`{}` is there already", command.path.display()),
            help,
        ));
    }
    let book = load::book(&[existing(&path)])?;
    let listed = path_in_src(&book, &path)?;
    let kind = book
        .session
        .config
        .settings
        .kinds
        .iter()
        .find(|kind| kind.name == command.kind);
    let template_name = kind.map_or(command.kind.as_str(), |kind| kind.template.as_str());
    let template: Template = match builtin(template_name) {
        Some(_) => template::found(template_name)?,
        None => load::template(&book, template_name)?,
    };
    let (number, name) = title_of(&path);
    let title = command.title.as_deref().map_or(name, on_one_line);
    let (number, title) = match numbered(&title) {
        Some((own, rest)) if is_numbered(&template) => (Some(own.to_owned()), rest.to_owned()),
        _ => (number, title),
    };
    let values = |kind: &FieldKind| match kind {
        FieldKind::Date => Some(today::as_of(as_of).ok()?.to_string()),
        FieldKind::Person => command.author.clone(),
        // Whatever is new is a draft, where the template has a word for that.
        FieldKind::Choice(choices) => choices.first().filter(|first| is_draft(first)).cloned(),
        _ => None,
    };
    let text = filled_in(&template, number.as_deref(), &title, values);
    let text = marked(&book, listed.as_deref(), (kind, template_name), text);
    book.session.files.create(&path, &text).map_err(|error| {
        let help = match error {
            FileError::NotOurs(_) => "write it where the link leads, as a document of the book there",
            _ => "nothing was written",
        };
        Failure::with_help(error.to_string(), help)
    })?;
    say(&format!("archdoc: wrote {}\n", command.path.display()));
    match listed {
        Some(listed) => list(&book, &listed, &title, command.summary)?,
        None => {
            let src = book.session.files.root().join(&book.session.config.site.src);
            let message = format!("it does not lie in `{}`, so that mdBook does not see it", src.display());
            say(&format!("archdoc: {message}\n"));
        }
    }
    Ok(Outcome::Clean)
}

/// The text with the comment that makes it a document of its template, where nothing else in the book does.
fn marked(book: &load::Loaded, listed: Option<&str>, (kind, name): (Option<&Kind>, &str), text: String) -> String {
    let Some(relative) = listed.map(str::to_owned) else {
        return text;
    };
    let config = &book.session.config;
    let (site, settings) = (&config.site, &config.settings);
    let wanted = settings.kinds.iter().position(|other| match kind {
        Some(kind) => other.name == kind.name,
        None => other.template == name,
    });
    let templates: Vec<Option<Template>> = std::iter::once(settings.template.as_str())
        .chain(settings.kinds.iter().map(|kind| kind.template.as_str()))
        .map(|name| load::template(book, name).ok())
        .collect();
    let file = SourceFile::new(below(&site.src, &relative), text.as_str());
    let chapter = Chapter {
        name: String::new(),
        page: relative.clone(),
        path: relative,
        index: 0,
        depth: 0,
        unread: None,
        file,
    };
    let index = match wanted {
        Some(kind) => kind + 1,
        None if name == settings.template => 0,
        None => usize::MAX,
    };
    match select(
        &chapter,
        &expand(&book.session.files, &chapter.file),
        config,
        &templates,
    ) {
        Selection::Document(found, _) if found == index => return text,
        Selection::Skipped(Why::Excluded) if is_excluded(&chapter, settings) => {
            say(&format!(
                "archdoc: `exclude` in {BOOK_TOML} leaves it out, so that nothing checks it\n"
            ));
            return text;
        }
        _ => {}
    }
    let asked = kind.map_or(name, |kind| kind.name.as_str());
    let mark = if index == 0 {
        "<!-- archdoc: document -->".to_owned()
    } else if wanted.is_some() || builtin(name).is_some() {
        format!("<!-- archdoc: document; template=\"{asked}\" -->")
    } else {
        say(&format!(
            "archdoc: no kind in {BOOK_TOML} has its template, so that nothing checks it\n"
        ));
        return text;
    };
    let start = parse(Text::of_file(&chapter.file), site.dialect)
        .front_matter
        .map_or(0, |matter| matter.end);
    let (before, behind) = text.split_at_checked(start).unwrap_or(("", &text));
    let gap = if before.is_empty() { "" } else { "\n" };
    format!("{before}{gap}{mark}\n\n{}", behind.trim_start_matches(['\r', '\n']))
}

/// The path as SUMMARY.md lists it, relative to the folder of the chapters, with forward slashes; `None` where the file
/// lies outside.
fn path_in_src(book: &load::Loaded, path: &Path) -> Result<Option<String>, Failure> {
    let src = book.session.files.root().join(&book.session.config.site.src);
    // As it is written or, where the two are reached through different links, as it is.
    let around = existing(path);
    let real = || Some(around.canonicalize().ok()?.join(path.strip_prefix(&around).ok()?));
    let relative = path.strip_prefix(&src).map(Path::to_path_buf).ok();
    let relative = relative.or_else(|| Some(real()?.strip_prefix(src.canonicalize().ok()?).ok()?.to_path_buf()));
    let Some(relative) = relative else {
        return Ok(None);
    };
    let names: Option<Vec<&str>> = relative.iter().map(OsStr::to_str).collect();
    let names = names.ok_or_else(|| {
        let message = format!("`{}` is not UTF-8, which SUMMARY.md has to be", relative.display());
        Failure::with_help(message, "choose another name; nothing was written")
    })?;
    Ok(Some(names.join("/")))
}

fn is_draft(word: &str) -> bool {
    stage_of(word) == StageWord::Known(Stage::Draft)
}

/// The nearest folder that exists.
fn existing(path: &Path) -> PathBuf {
    let found = path.ancestors().skip(1).find(|folder| folder.is_dir());
    found.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// A heading is a line, and so is a chapter's name.
fn on_one_line(title: &str) -> String {
    let lines = title.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// A title that begins with a number, `3. Use queues`.
fn numbered(title: &str) -> Option<(&str, &str)> {
    let (number, rest) = title.split_once(". ")?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| (number, rest.trim()))
}

/// `order-service.md` is `Order Service`, and `0003-use-queues.md` the third one, `Use Queues`.
fn title_of(path: &Path) -> (Option<String>, String) {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut words: Vec<&str> = stem.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    let number = words.first().and_then(|word| word.parse::<u32>().ok());
    let number = number.filter(|_| words.len() > 1).map(|number| number.to_string());
    if number.is_some() {
        words.remove(0);
    }
    let words = words.into_iter().map(|word| {
        let mut chars = word.chars();
        chars
            .next()
            .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())
            .unwrap_or_default()
    });
    (number, words.collect::<Vec<_>>().join(" "))
}

/// Adds the chapter to SUMMARY.md where that is wanted, else says how to.
fn list(book: &load::Loaded, path: &str, title: &str, wanted: bool) -> Result<(), Failure> {
    let failed = |error: FileError| Failure::new(error.to_string());
    let summary = below(&book.session.config.site.src, "SUMMARY.md");
    let line = listing_line(title, path);
    let file = book.session.files.read(&summary).map_err(failed)?;
    match with_chapter(file.text(), title, path) {
        Err(NotListed::Already) => say("archdoc: SUMMARY.md lists it already\n"),
        _ if !wanted => say(&format!(
            "archdoc: list it in SUMMARY.md (`--summary` does it): {line}\n"
        )),
        Ok(text) => {
            book.session.files.write(&file, &text).map_err(failed)?;
            say(&format!("archdoc: added it to {summary}\n"));
        }
        Err(why) => {
            return Err(Failure::with_help(
                format!("it is not listed: {why}"),
                format!("add a line by hand, such as `{line}`"),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_numbers_of_file_names() {
        for (file, number, title) in [
            ("order-service.md", None, "Order Service"),
            ("0003-use-queues.md", Some("3"), "Use Queues"),
            ("12_grid.md", Some("12"), "Grid"),
            // Nothing would be left of the name.
            ("2026.md", None, "2026"),
            ("4g-modem.md", None, "4g Modem"),
        ] {
            let (found, name) = title_of(Path::new(file));
            assert_eq!((found.as_deref(), name.as_str()), (number, title), "{file}");
        }
        assert_eq!(numbered("3. Use queues"), Some(("3", "Use queues")));
        assert_eq!(numbered("Version 3. Beta"), None);
        assert_eq!(numbered("Use queues"), None);
    }
}
