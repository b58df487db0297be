//! A value of the settings together with the place that says it, and what can be wrong with it.
//!
//! It knows values and positions, not keys: which keys there are is the readers' business.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Problem, ProblemKind};
use crate::naming::nearest;
use crate::source::Span;

/// A key, its value in the merged configuration, and where the file says so.
#[derive(Debug)]
pub struct Item<'a> {
    pub(super) key: &'a str,
    pub(super) value: &'a Value,
    /// The key's place and the value in the file; none where the file does not say this value.
    written: Option<(Span, &'a Spanned<DeValue<'a>>)>,
    /// The file's name, and the environment variable that would set it instead; none where the environment does not reach.
    variable: Option<(&'a str, String)>,
}

impl<'a> Item<'a> {
    /// The value of `key`, with its place in `table`, the file's table that should say it.
    pub fn new(
        key: &'a str,
        value: &'a Value,
        table: Option<&'a DeTable<'a>>,
        variable: Option<(&'a str, String)>,
    ) -> Self {
        let written = table.and_then(|table| table.get_key_value(key));
        Self {
            key,
            value,
            written: written
                .filter(|(_, written)| says(written.get_ref(), value))
                .map(|(key, written)| (key.span().into(), written)),
            variable,
        }
    }

    /// The keys of a table, in code-point order; none where the value is not a table.
    pub(super) fn table(&self) -> Option<Vec<Item<'a>>> {
        let entries = self.value.as_object().filter(|_| date_text(self.value).is_none())?;
        let table = self.written.and_then(|(_, written)| written.get_ref().as_table());
        let child = |(key, value): (&'a String, &'a Value)| {
            let variable = self.variable.as_ref();
            let variable = variable.map(|(file, parent)| (*file, variable_below(parent, key)));
            Item::new(key, value, table, variable)
        };
        let mut items: Vec<_> = entries.iter().map(child).collect();
        items.sort_by_key(|item| item.key);
        Some(items)
    }

    /// The keys of a table, none where the value is no table: that is a problem, for which see [`Item::wrong_type`].
    pub(super) fn keys(&self, expected: &str, example: &str, problems: &mut Vec<Problem>) -> Vec<Item<'a>> {
        self.table().unwrap_or_else(|| {
            problems.push(self.wrong_type(expected, example));
            Vec::new()
        })
    }

    /// The elements of a list, each under the list's key; none where the value is not a list.
    pub(super) fn list(&self) -> Option<Vec<Item<'a>>> {
        let written = self
            .written
            .and_then(|(key, list)| Some((key, list.get_ref().as_array()?)));
        let element = |(at, value): (usize, &'a Value)| Item {
            key: self.key,
            value,
            written: written.and_then(|(key, list)| Some((key, list.get(at)?))),
            variable: self.variable.clone(),
        };
        Some(self.value.as_array()?.iter().enumerate().map(element).collect())
    }

    /// Where the key stands.
    pub(super) fn key_span(&self) -> Option<Span> {
        self.written.map(|(key, _)| key)
    }

    /// Where the value stands; for a table, which may be spread over the file, its key.
    pub(super) fn span(&self) -> Option<Span> {
        let (key, written) = self.written?;
        let spread = match written.get_ref() {
            DeValue::Table(_) => true,
            DeValue::Array(list) => list.iter().any(|element| element.get_ref().is_table()),
            _ => false,
        };
        Some(if spread { key } else { written.span().into() })
    }

    fn problem(&self, kind: ProblemKind, span: Option<Span>, message: String, help: String) -> Problem {
        let help = match self.variable.as_ref().filter(|_| span.is_none()) {
            Some((file, variable)) => {
                let link = if help.ends_with('?') { " " } else { "; " };
                format!("{help}{link}it does not come from `{file}`: look at the environment variable `{variable}`")
            }
            None => help,
        };
        Problem {
            kind,
            span,
            message,
            help: Some(help),
        }
    }

    /// A problem with the value.
    pub(super) fn bad_value(&self, message: impl Into<String>, help: impl Into<String>) -> Problem {
        let span = self.span();
        self.problem(ProblemKind::InvalidConfig, span, message.into(), help.into())
    }

    /// A problem with the key.
    pub(super) fn bad_key(&self, kind: ProblemKind, message: impl Into<String>, help: impl Into<String>) -> Problem {
        self.problem(kind, self.key_span(), message.into(), help.into())
    }

    /// The key is none of `known`; `message` says what it is not.
    pub(super) fn unknown_key(&self, message: String, known: &[&str]) -> Problem {
        self.bad_key(
            ProblemKind::InvalidConfig,
            message,
            did_you_mean(self.key, "keys", known),
        )
    }

    /// The value is not of the type that is `expected`, `a boolean or a table`; `example` is what to write.
    pub(super) fn wrong_type(&self, expected: &str, example: &str) -> Problem {
        let found = type_of(self.value);
        let help = match self.value.as_str() {
            Some(word @ ("true" | "false")) if expected.contains("boolean") => {
                format!("write `{word}` without quotes")
            }
            _ => format!("write `{example}`"),
        };
        self.bad_value(format!("`{}`: expected {expected}, found {found}", self.key), help)
    }

    /// The value, where it is a boolean.
    pub(super) fn boolean(&self, problems: &mut Vec<Problem>) -> Option<bool> {
        let value = self.value.as_bool();
        if value.is_none() {
            problems.push(self.wrong_type("a boolean", &format!("{} = true", self.key)));
        }
        value
    }

    /// The value, where it is a string that says something.
    pub(super) fn string(&self, example: &str, problems: &mut Vec<Problem>) -> Option<&'a str> {
        match self.value.as_str() {
            Some(text) if !text.trim().is_empty() => return Some(text),
            Some(_) => problems.push(self.bad_value(
                format!("`{}`: expected text, found an empty string", self.key),
                format!("write `{example}`"),
            )),
            None => problems.push(self.wrong_type("a string", example)),
        }
        None
    }

    /// The elements that are strings which say something, where the value is a list.
    pub(super) fn strings(&self, example: &str, problems: &mut Vec<Problem>) -> Vec<(&'a str, Item<'a>)> {
        let Some(list) = self.list() else {
            let mine = self.value.as_str().filter(|text| !text.trim().is_empty());
            let mine = mine.map(|text| format!("{} = [{text:?}]", self.key));
            problems.push(self.wrong_type("a list of strings", mine.as_deref().unwrap_or(example)));
            return Vec::new();
        };
        let read = |item: Item<'a>| item.string(example, problems).map(|text| (text, item));
        list.into_iter().filter_map(read).collect()
    }
}

/// The variable that sets `key` below the table that `parent` sets.
fn variable_below(parent: &str, key: &str) -> String {
    format!("{parent}__{}", key.to_uppercase().replace('-', "_"))
}

/// The name that `word` is meant to be, else all that are `known`; `what` they are, in the plural.
pub(super) fn did_you_mean(word: &str, what: &str, known: &[&str]) -> String {
    suggestion(word, what, known).unwrap_or_else(|| listing(what, known))
}

/// The one of `known` that `word` is plainly meant to be.
pub(super) fn suggestion(word: &str, what: &str, known: &[&str]) -> Option<String> {
    let kebab = word.to_lowercase().replace('_', "-");
    if let Some(name) = known.iter().find(|name| **name == kebab) {
        let way = if word.contains('_') {
            "with hyphens"
        } else {
            "in lower case"
        };
        return Some(format!("write `{name}`: {what} are written {way}"));
    }
    let name = nearest(word, known.iter().copied())?;
    Some(format!("did you mean `{name}`?"))
}

/// All that are `known`.
pub(super) fn listing(what: &str, known: &[&str]) -> String {
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    format!("the {what} are {}", names.join(", "))
}

/// The text of a date that stands in the TOML without quotes, in the form that it takes in JSON.
pub(super) fn date_text(value: &Value) -> Option<&str> {
    value.as_object()?.get("$__toml_private_datetime")?.as_str()
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) if date_text(value).is_some() => "a date",
        Value::Object(_) => "a table",
    }
}

/// Whether the file says this value. Where it does not, the environment overrode it, and its line is not the cause.
fn says(written: &DeValue<'_>, value: &Value) -> bool {
    match (written, value) {
        (DeValue::Table(_), Value::Object(_)) => date_text(value).is_none(),
        (DeValue::Datetime(date), Value::Object(_)) => date_text(value) == Some(date.to_string().as_str()),
        (DeValue::String(text), Value::String(value)) => text.as_ref() == value,
        (DeValue::Boolean(flag), Value::Bool(value)) => flag == value,
        (DeValue::Integer(number), Value::Number(value)) => {
            i64::from_str_radix(number.as_str(), number.radix()).ok() == value.as_i64()
        }
        (DeValue::Float(number), Value::Number(value)) => number.as_str().parse().ok() == value.as_f64(),
        (DeValue::Array(list), Value::Array(values)) => {
            list.len() == values.len() && list.iter().zip(values).all(|(one, value)| says(one.get_ref(), value))
        }
        _ => false,
    }
}
