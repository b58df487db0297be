//! The readers of the keys of `[preprocessor.archdoc]`, one function a key.
//!
//! A bad part becomes a problem and leaves the default in its place. Nothing here stops at the first problem, and
//! nothing asks whether a template, a chapter or a section exists.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;
use serde_json::Value;

use super::glob::fault;
use super::item::{Item, date_text, did_you_mean, listing, suggestion};
use super::refinement::{fields, sections};
use super::{
    Documents, Enrich, FailOn, Glob, HistoryConfig, HistoryMode, Kind, PARTS, Problem, ProblemKind, RuleLevels,
    Settings,
};
use crate::diagnostic::{Level, Stage};

/// Our own keys.
const KEYS: [&str; 10] = [
    "documents",
    "enrich",
    "exclude",
    "fail-on",
    "field",
    "history",
    "kind",
    "rules",
    "section",
    "template",
];
/// The host's keys, which stand in the same table and are its own to check.
const HOST_KEYS: [&str; 5] = ["after", "before", "command", "optional", "renderers"];
const HISTORY_KEYS: [&str; 5] = ["ignore-authors", "require", "show", "since", "timeout"];
const KIND_KEYS: [&str; 4] = ["documents", "field", "section", "template"];
const DOCUMENTS: [&str; 3] = ["auto", "all", "book"];

/// Reads the table of archdoc's settings, for a book whose chapters lie in `src`; `rules` are the names of all rules.
///
/// Every mistake is a [`Problem`]; where a part is wrong its default stands.
pub fn read(archdoc: &Item<'_>, src: &str, rules: &[&str], problems: &mut Vec<Problem>) -> Settings {
    let mut settings = Settings::default();
    for item in &archdoc.keys("a table", "[preprocessor.archdoc]", problems) {
        match item.key {
            "template" => {
                if let Some(name) = item.string("template = \"architecture\"", problems) {
                    settings.template = name.to_owned();
                    settings.template_span = item.span();
                }
            }
            "documents" => settings.documents = documents(item, src, problems),
            "exclude" => settings.exclude = globs(item, src, problems),
            "fail-on" => {
                let word = choice(item, &FailOn::ALL.map(|(name, _)| name), problems);
                settings.fail_on = word.and_then(FailOn::named).unwrap_or_default();
            }
            "enrich" => settings.enrich = enrich(item, problems),
            "history" => settings.history = history(item, problems),
            "rules" => settings.rules = rule_levels(item, rules, problems),
            "section" => settings.refinements.sections = sections(item, problems),
            "field" => settings.refinements.fields = fields(item, problems),
            "kind" => settings.kinds = kinds(item, src, problems),
            key if HOST_KEYS.contains(&key) => {}
            key => problems.push(unknown(item, key, rules)),
        }
    }
    settings
}

fn unknown(item: &Item<'_>, key: &str, rules: &[&str]) -> Problem {
    let message = format!("unknown key `{key}`");
    if rules.contains(&key) {
        let help = format!("`{key}` is a rule: set it in `[preprocessor.archdoc.rules]`");
        return item.bad_key(ProblemKind::InvalidConfig, message, help);
    }
    // `renderer`, which many a README teaches, is a key that the host ignores in silence.
    let known: Vec<&str> = KEYS.iter().chain(&HOST_KEYS).copied().collect();
    let help = suggestion(key, "keys", &known).unwrap_or_else(|| listing("keys", &KEYS));
    item.bad_key(ProblemKind::InvalidConfig, message, help)
}

/// A key that a sub-table does not know.
fn unknown_below(item: &Item<'_>, message: String, known: &[&str]) -> Problem {
    let help = strayed(item.key).unwrap_or_else(|| did_you_mean(item.key, "keys", known));
    item.bad_key(ProblemKind::InvalidConfig, message, help)
}

/// The cure for a key of ours in a sub-table: TOML puts there what is written below the sub-table's header.
fn strayed(key: &str) -> Option<String> {
    let ours = KEYS.contains(&key) || HOST_KEYS.contains(&key);
    ours.then(|| format!("`{key}` belongs in `[preprocessor.archdoc]`, above its first sub-table"))
}

/// One of the words that the key knows.
fn choice<'a>(item: &Item<'a>, names: &[&str], problems: &mut Vec<Problem>) -> Option<&'a str> {
    let example = format!("{} = \"{}\"", item.key, names.first().copied().unwrap_or_default());
    match item.value.as_str() {
        Some(word) if names.contains(&word) => return Some(word),
        Some(word) => problems.push(item.bad_value(
            format!("unknown value `{word}` of `{}`", item.key),
            did_you_mean(word, "values", names),
        )),
        None => problems.push(item.wrong_type("a string", &example)),
    }
    None
}

fn documents(item: &Item<'_>, src: &str, problems: &mut Vec<Problem>) -> Documents {
    match item.value.as_str() {
        Some("auto") => Documents::Auto,
        Some("all") => Documents::All,
        Some("book") => Documents::Book,
        Some(word) => {
            let help = if word.contains(['*', '/', '.', '?']) {
                format!("write a list of globs: `documents = [{word:?}]`")
            } else {
                suggestion(word, "values", &DOCUMENTS)
                    .unwrap_or_else(|| format!("{}, or a list of globs", listing("values", &DOCUMENTS)))
            };
            problems.push(item.bad_value(format!("unknown value `{word}` of `documents`"), help));
            Documents::Auto
        }
        None if item.value.is_array() => {
            let globs = globs(item, src, problems);
            if item.value.as_array().is_some_and(Vec::is_empty) {
                let help = "name the chapters, `documents = [\"services/**/*.md\"]`, or write `documents = \"auto\"`";
                problems.push(item.bad_value("`documents` has no glob, so that no chapter would be checked", help));
            }
            if globs.is_empty() {
                Documents::Auto
            } else {
                Documents::Globs(globs)
            }
        }
        None => {
            problems.push(item.wrong_type("a string or a list of globs", "documents = \"auto\""));
            Documents::Auto
        }
    }
}

fn globs(item: &Item<'_>, src: &str, problems: &mut Vec<Problem>) -> Vec<Glob> {
    let example = format!("{} = [\"services/**/*.md\"]", item.key);
    let mut globs = Vec::new();
    for (pattern, element) in item.strings(&example, problems) {
        match fault(pattern) {
            Some((message, help)) => problems.push(element.bad_value(message, help)),
            None => globs.push(Glob::new(pattern, src, element.span())),
        }
    }
    globs
}

fn enrich(item: &Item<'_>, problems: &mut Vec<Problem>) -> Enrich {
    let mut enrich = Enrich::default();
    if let Some(on) = item.value.as_bool() {
        return Enrich::all(on);
    }
    for part in &item.keys("a boolean or a table", "enrich = false", problems) {
        let Some(flag) = enrich.part(part.key) else {
            let message = format!("unknown part `{}` of `enrich`", part.key);
            problems.push(unknown_below(part, message, PARTS));
            continue;
        };
        *flag = part.boolean(problems).unwrap_or(*flag);
    }
    enrich
}

fn history(item: &Item<'_>, problems: &mut Vec<Problem>) -> HistoryConfig {
    let mut history = HistoryConfig::default();
    match (item.value.as_bool(), item.value.as_str()) {
        (Some(on), _) => {
            history.set_mode(if on { HistoryMode::On } else { HistoryMode::Off });
            return history;
        }
        (_, Some("check")) => {
            history.set_mode(HistoryMode::Check);
            return history;
        }
        (_, Some(word)) if !matches!(word, "true" | "false") => {
            let help = did_you_mean(word, "values", &["check", "true", "false"]);
            problems.push(item.bad_value(format!("unknown value `{word}` of `history`"), help));
            return history;
        }
        _ => {}
    }
    for key in &item.keys("a boolean, `\"check\"` or a table", "history = \"check\"", problems) {
        match key.key {
            "show" => {
                let show = key.boolean(problems).unwrap_or(true);
                history.set_mode(if show { HistoryMode::On } else { HistoryMode::Check });
            }
            "require" => history.require = key.boolean(problems).unwrap_or_default(),
            "since" => history.since = date(key, problems),
            "timeout" => history.timeout = seconds(key, problems).unwrap_or(history.timeout),
            "ignore-authors" => {
                let authors = key.strings("ignore-authors = [\"*[bot]\"]", problems);
                if key.list().is_some() {
                    history.ignore_authors = authors.into_iter().map(|(author, _)| author.to_owned()).collect();
                }
            }
            name => {
                let message = format!("unknown key `{name}` of `history`");
                problems.push(unknown_below(key, message, &HISTORY_KEYS));
            }
        }
    }
    history
}

/// A time to wait: whole seconds.
fn seconds(item: &Item<'_>, problems: &mut Vec<Problem>) -> Option<Duration> {
    let whole = "a whole number of seconds from 1 to 86400";
    let (nearest, text) = match item.value {
        Value::Number(number) => (number.as_f64(), number.to_string()),
        // As a shell, a person and a habit of other tools write it: `"30"`, `"30s"`, `"1e9"`.
        Value::String(text) => (text.trim().trim_end_matches('s').parse().ok(), format!("{text:?}")),
        _ => {
            problems.push(item.wrong_type(whole, "timeout = 120"));
            return None;
        }
    };
    let seconds = item.value.as_u64();
    if let Some(seconds) = seconds.filter(|seconds| (1..=HistoryConfig::LONGEST_TIMEOUT).contains(seconds)) {
        return Some(Duration::from_secs(seconds));
    }
    let help = match nearest.map(f64::ceil).filter(|nearest| !nearest.is_nan()) {
        Some(0.0) => "write `history = false` to ask git nothing, or `timeout = 1`".to_owned(),
        Some(nearest) if nearest < 0.0 => "write `timeout = 120`".to_owned(),
        Some(nearest) => format!("write `timeout = {}`", nearest.min(86_400.0)),
        None => "write `timeout = 120`".to_owned(),
    };
    problems.push(item.bad_value(format!("`timeout`: expected {whole}, found `{text}`"), help));
    None
}

fn date(item: &Item<'_>, problems: &mut Vec<Problem>) -> Option<Date> {
    let example = "since = \"2026-01-31\"";
    let Some(text) = item.value.as_str().or_else(|| date_text(item.value)) else {
        problems.push(item.wrong_type("a date", example));
        return None;
    };
    // The parser also takes times of day and other forms of ISO 8601, which would be read as something else here.
    let plain = text.split('-').map(str::len).eq([4, 2, 2]);
    let date = text.parse().ok().filter(|_| plain);
    if date.is_none() {
        problems.push(item.bad_value(format!("`{text}` is not a date"), format!("write `{example}`")));
    }
    date
}

fn rule_levels(item: &Item<'_>, known: &[&str], problems: &mut Vec<Problem>) -> BTreeMap<String, RuleLevels> {
    let mut levels = BTreeMap::new();
    for rule in &item.keys(
        "a table of rules",
        "rules = { missing-section = \"warning\" }",
        problems,
    ) {
        if known.contains(&rule.key) {
            levels.insert(rule.key.to_owned(), levels_of(rule, problems));
            continue;
        }
        let help = strayed(rule.key).unwrap_or_else(|| did_you_mean(rule.key, "rules", known));
        problems.push(rule.bad_key(ProblemKind::UnknownRule, format!("unknown rule `{}`", rule.key), help));
    }
    levels
}

fn levels_of(rule: &Item<'_>, problems: &mut Vec<Problem>) -> RuleLevels {
    if rule.value.is_string() {
        let level = level(rule, problems);
        return RuleLevels {
            draft: level,
            review: level,
            final_: level,
        };
    }
    let mut levels = RuleLevels::default();
    let off = rule.value.as_bool() == Some(false);
    let example = format!("{} = \"{}\"", rule.key, if off { "off" } else { "warning" });
    for item in &rule.keys("a level or a table by stage", &example, problems) {
        let stage = Stage::ALL.into_iter().find(|stage| stage.name() == item.key);
        match stage {
            Some(Stage::Draft) => levels.draft = level(item, problems),
            Some(Stage::Review) => levels.review = level(item, problems),
            Some(Stage::Final) => levels.final_ = level(item, problems),
            None => {
                let help = did_you_mean(item.key, "stages", &Stage::ALL.map(Stage::name));
                let message = format!("unknown stage `{}`", item.key);
                problems.push(item.bad_key(ProblemKind::InvalidConfig, message, help));
            }
        }
    }
    levels
}

fn level(item: &Item<'_>, problems: &mut Vec<Problem>) -> Option<Level> {
    let example = format!("{} = \"warning\"", item.key);
    match item.value.as_str().map(|word| (word, word.parse())) {
        Some((_, Ok(level))) => return Some(level),
        Some((word, Err(()))) => problems.push(item.bad_value(
            format!("unknown level `{word}` of `{}`", item.key),
            did_you_mean(word, "levels", &Level::NAMES),
        )),
        None => problems.push(item.wrong_type("a level", &example)),
    }
    None
}

fn kinds(item: &Item<'_>, src: &str, problems: &mut Vec<Problem>) -> Vec<Kind> {
    let kinds = item.keys("a table of kinds", "kind.adr.template = \"adr\"", problems);
    kinds.iter().filter_map(|item| kind(item, src, problems)).collect()
}

fn kind(item: &Item<'_>, src: &str, problems: &mut Vec<Problem>) -> Option<Kind> {
    let example = format!("kind.{0}.template = \"{0}.md\"", item.key);
    let Some(keys) = item.table() else {
        problems.push(item.wrong_type("a table", &example));
        return None;
    };
    let mut kind = Kind {
        name: item.key.to_owned(),
        ..Kind::default()
    };
    let mut named = false;
    for key in &keys {
        match key.key {
            "template" => {
                named = true;
                kind.template = key
                    .string("template = \"adr\"", problems)
                    .unwrap_or_default()
                    .to_owned();
                kind.template_span = key.span();
            }
            "documents" => kind.documents = documents(key, src, problems),
            "section" => kind.refinements.sections = sections(key, problems),
            "field" => kind.refinements.fields = fields(key, problems),
            name => {
                let message = format!("unknown key `{name}` of a kind");
                problems.push(unknown_below(key, message, &KIND_KEYS));
            }
        }
    }
    if !named {
        let message = format!("the kind `{}` has no template", item.key);
        problems.push(item.bad_key(ProblemKind::InvalidConfig, message, format!("write `{example}`")));
    }
    // Without a template its chapters cannot be held to anything; the problem stands for them.
    (!kind.template.is_empty()).then_some(kind)
}
