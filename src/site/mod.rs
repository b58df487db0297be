//! The host: `book.toml`, and what it says of the book besides what the team asks of archdoc, which the settings read.
//!
//! No other room reads `book.toml` or names it. The values come from the host's merged configuration, the positions from the
//! text of the file. It never reads the environment, and leaves what is wrong with the host's own tables to the host.

mod environment;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::sync::Arc;

use mdbook_preprocessor::config::Config;
use semver::Version;
use serde_json::Value;
use toml::de::DeTable;

use crate::files::{FileError, Files};
use crate::markdown::Dialect;
use crate::settings::{self, Item, Problem, ProblemKind, Settings};
use crate::source::{Place, SourceFile, Span};

/// The name of the file, in the book's root, that configures a book.
pub const BOOK_TOML: &str = "book.toml";

/// The table that turns archdoc on.
const TABLE: &str = "[preprocessor.archdoc]";

/// What the host is, with its defaults for what is not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The folder of the chapters, relative to the book's root, without `./` and closing slash; empty for the root.
    pub src: String,
    /// How the host parses chapters.
    pub dialect: Dialect,
    /// Whether this is `mdbook serve`, where findings must not stop the preview.
    pub serving: bool,
    /// The repository that the book's pages link to.
    pub repository_url: Option<String>,
    /// The outputs for which the host runs archdoc, in the order in which it makes them.
    pub outputs: Vec<String>,
    /// Whether mdBook's `index` preprocessor, which runs after archdoc, makes `README.md` an `index.md`.
    pub index: bool,
}

impl Site {
    /// Reads mdBook's whole configuration.
    fn read(value: &Value) -> Self {
        let text = |pointer| value.pointer(pointer).and_then(Value::as_str);
        let html = |key| value.pointer("/output/html")?.get(key);
        let html_text = |key| html(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let on = |key| html(key).map_or(Some(true), Value::as_bool);
        // As for the host, one that is neither on nor off spoils them all.
        let dialect = || {
            Some(Dialect {
                definition_lists: on("definition-lists")?,
                admonitions: on("admonitions")?,
                smart_punctuation: on("smart-punctuation")?,
            })
        };
        let src = text("/book/src").unwrap_or("src").replace('\\', "/");
        let src = src.trim_start_matches("./").trim_end_matches('/');
        let outputs = value.get("output").and_then(Value::as_object);
        let outputs = outputs.filter(|outputs| !outputs.is_empty());
        let outputs = outputs.map_or_else(|| vec!["html".to_owned()], |all| all.keys().cloned().collect());
        let only = value
            .pointer("/preprocessor/archdoc/renderers")
            .and_then(Value::as_array);
        let runs = |output: &String| only.is_none_or(|only| only.iter().any(|name| name.as_str() == Some(output)));
        let mut outputs: Vec<String> = outputs.into_iter().filter(runs).collect();
        outputs.sort();
        let standard = value
            .pointer("/build/use-default-preprocessors")
            .and_then(Value::as_bool);
        Self {
            src: if src == "." { "" } else { src }.to_owned(),
            dialect: dialect().unwrap_or_default(),
            serving: html_text("live-reload-endpoint").is_some(),
            repository_url: html_text("git-repository-url").map(str::to_owned),
            outputs,
            index: standard != Some(false) || value.pointer("/preprocessor/index").is_some(),
        }
    }

    /// Where mdBook serves a page.
    pub fn served(&self, page: &str) -> String {
        let (folder, name) = page.rsplit_once('/').unwrap_or(("", page));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        match (self.index && stem.eq_ignore_ascii_case("readme"), folder) {
            (false, _) => page.to_owned(),
            (true, "") => "index.md".to_owned(),
            (true, folder) => format!("{folder}/index.md"),
        }
    }
}

/// What book.toml says: the host's part and the team's.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// What the host is.
    pub site: Site,
    /// What the team asks for.
    pub settings: Settings,
    /// What is wrong with it: in the order of the file, what comes from the environment last.
    pub problems: Vec<Problem>,
    /// The file, to show where; none where the book has none that can be read.
    file: Option<Arc<SourceFile>>,
}

impl Configuration {
    /// Reads `value`, mdBook's whole configuration after its environment overrides; `file`, book.toml, gives the positions,
    /// and `rules` are the names of all rules.
    pub fn read(value: &Value, file: Option<Arc<SourceFile>>, rules: &[&str]) -> Self {
        let site = Site::read(value);
        let (mut settings, mut problems) = (Settings::default(), Vec::new());
        // A file that is not TOML is the host's to refuse; what can be read of it still gives positions.
        let written = file.as_ref().map(|file| DeTable::parse_recoverable(file.text()).0);
        let written = written.as_ref().and_then(|root| root.get_ref().get("preprocessor"));
        let written = written.and_then(|preprocessor| preprocessor.get_ref().as_table());
        if let Some(table) = value.get("preprocessor").and_then(|all| all.get("archdoc")) {
            let variable = (BOOK_TOML, "MDBOOK_PREPROCESSOR__ARCHDOC".to_owned());
            let archdoc = Item::new("archdoc", table, written, Some(variable));
            settings = settings::read(&archdoc, &site.src, rules, &mut problems);
        }
        problems.sort_by_key(|problem| (problem.span.is_none(), problem.span));
        Self {
            site,
            settings,
            problems,
            file,
        }
    }

    /// What a host of this version has made of book.toml, in the book with these files.
    pub fn of_host(value: &Value, version: &str, files: &Files, rules: &[&str]) -> Self {
        let mut configuration = Self::read(value, book_toml(files), rules);
        // mdBook 0.4 has none of them, whatever is said.
        if Version::parse(version).is_ok_and(|version| version < Version::new(0, 5, 0)) {
            configuration.site.dialect = Dialect {
                definition_lists: false,
                admonitions: false,
                smart_punctuation: false,
            };
        }
        configuration
    }

    /// What mdBook would make of the book.toml among these files, where `variables` are those of its environment.
    ///
    /// # Errors
    /// Where mdBook cannot read it, or would not take it.
    pub fn on_disk(files: &Files, variables: &[(OsString, OsString)], rules: &[&str]) -> Result<Self, Problem> {
        let unreadable = |error: FileError| refused(error.to_string(), None);
        let file = files.read(BOOK_TOML).map_err(unreadable)?;
        let parsed = file.text().parse();
        let mut host: Config =
            parsed.map_err(|error| refused(format!("{BOOK_TOML} cannot be read: {error:#}"), None))?;
        environment::override_by(&mut host, variables)?;
        // mdBook takes them for tables without looking, and panics where they are none.
        let tables = (host.outputs::<toml::Value>(), host.preprocessors::<toml::Value>());
        if let (Err(_), _) | (_, Err(_)) = tables {
            let help = "they are tables, such as `[output.html]`, in book.toml and in mdBook's environment variables";
            return Err(refused(
                "`output` or `preprocessor` is not a table".to_owned(),
                Some(help),
            ));
        }
        let value = serde_json::to_value(&host).map_err(|error| refused(format!("{BOOK_TOML}: {error}"), None))?;
        Ok(Self::read(&value, Some(file), rules))
    }

    /// A place in book.toml: the span, or the table that turns archdoc on.
    pub fn place(&self, span: Option<Span>) -> Place {
        let file = self.file.clone().unwrap_or_else(|| SourceFile::unsaved(BOOK_TOML, ""));
        let table = || file.text().find(TABLE).map(|at| Span::new(at, at + TABLE.len()));
        let span = span.or_else(table).unwrap_or(Span::at(0));
        Place::new(file, span)
    }
}

/// The book.toml among a book's files.
pub fn book_toml(files: &Files) -> Option<Arc<SourceFile>> {
    files.read(BOOK_TOML).ok()
}

/// Why a book's configuration cannot be used at all.
fn refused(message: String, help: Option<&str>) -> Problem {
    Problem {
        kind: ProblemKind::InvalidConfig,
        span: None,
        message,
        help: help.map(str::to_owned),
    }
}
