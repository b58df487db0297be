//! Fields that a template asks for, and what their placeholders say about the value.

use crate::document::{Field, bracketed};
use crate::naming;
use crate::source::Span;

/// A field that the template asks for.
#[derive(Debug, Clone)]
pub struct FieldSpec {
    /// Its name as the template writes it.
    pub key: String,
    /// Its name, normalised.
    pub name: String,
    /// Other names, normalised.
    pub aliases: Vec<String>,
    /// What its value is.
    pub kind: FieldKind,
    /// Whether a document may leave it out.
    pub optional: bool,
    /// Where it stands in the template.
    pub span: Span,
}

/// What the value of a field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// A day.
    Date,
    /// A version.
    Version,
    /// One of these words.
    Choice(Vec<String>),
    /// A person, perhaps with the day: `[Name] on [Date]`.
    Person,
    /// Text that the template already fills in: an example.
    Sample,
    /// What stands below it: a list, a table or code.
    Below,
}

impl FieldSpec {
    /// What a field of the template asks for.
    pub fn infer(field: &Field) -> Self {
        Self {
            key: field.key.clone(),
            name: naming::normalise(&field.key),
            aliases: Vec::new(),
            kind: kind(&field.key, &field.value),
            optional: false,
            span: field.span,
        }
    }

    /// Whether a field of a document is this one: by its name, or with `aliases` by another one.
    pub fn is(&self, name: &str, aliases: bool) -> bool {
        self.name == name || aliases && self.aliases.iter().any(|alias| alias == name)
    }
}

fn kind(key: &str, value: &str) -> FieldKind {
    let lower = value.to_lowercase();
    let single = inner(&lower);
    if value.is_empty() {
        return FieldKind::Below;
    }
    if let Some(complete) = single.and_then(choice) {
        let shown = inner(value)
            .unwrap_or("")
            .split(['/', '|'])
            .map(|word| word.trim().to_owned());
        return if complete {
            FieldKind::Choice(shown.collect())
        } else {
            FieldKind::Text
        };
    }
    let name = naming::normalise(key);
    match single.or(Some(lower.as_str()).filter(|text| text.starts_with("yyyy") || text.starts_with("(fill"))) {
        Some("date") => FieldKind::Date,
        Some(text) if text.contains("yyyy") => FieldKind::Date,
        Some(text) if text.contains("version") => FieldKind::Version,
        Some(text) if text.split(' ').any(|word| matches!(word, "name" | "names")) => FieldKind::Person,
        Some(_) if name.ends_with("date") || name.ends_with("updated") => FieldKind::Date,
        Some(_) => FieldKind::Text,
        None if lower.contains("[name]") => FieldKind::Person,
        None if bracketed(&lower).next().is_some() => FieldKind::Text,
        None => FieldKind::Sample,
    }
}

/// What stands in the brackets, where a value is one placeholder and nothing else.
fn inner(value: &str) -> Option<&str> {
    let pairs = [('[', ']'), ('{', '}'), ('<', '>')];
    let (open, close) = pairs.into_iter().find(|(open, _)| value.starts_with(*open))?;
    let inner = value.strip_prefix(open)?.strip_suffix(close)?;
    (!inner.contains([open, close])).then_some(inner)
}

/// Whether a placeholder lists alternatives, and whether the list is complete.
fn choice(inner: &str) -> Option<bool> {
    let words: Vec<&str> = inner.split(['/', '|']).map(str::trim).collect();
    let open = |word: &&str| word.starts_with("etc") || word.starts_with('…') || word.starts_with("...");
    let short = |word: &&str| !word.is_empty() && word.split(' ').count() <= 3;
    let ending = words.iter().any(open);
    let listed = words.len() > 1 && words.iter().all(|word| short(word) || ending);
    listed.then_some(!ending)
}

impl FieldKind {
    /// What the template leaves for the author to fill in, as opposed to what it gives as an example.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Sample)
    }
}
