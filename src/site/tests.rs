//! The whole of the configuration, key by key: each right, each wrong, with the text of the file as the oracle.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::diagnostic::{Level, Levels};
use crate::settings::{Documents, Enrich, FailOn, Glob, HistoryMode, Refinement};

const RULES: [&str; 3] = ["missing-section", "template-text", "unfilled-placeholder"];

/// What the host would send for this file, with some values overridden as its environment variables do.
fn host(toml: &str, overrides: &[(&str, Value)]) -> Value {
    let mut config: Config = toml.parse().expect("a book.toml");
    for (key, value) in overrides {
        config.set(key, value).expect("a key of the host");
    }
    serde_json::to_value(&config).expect("JSON")
}

fn read(value: &Value, file: Option<Arc<SourceFile>>) -> (Settings, Vec<Problem>) {
    let read = Configuration::read(value, file, &RULES);
    (read.settings, read.problems)
}

fn read_with(toml: &str, overrides: &[(&str, Value)]) -> (Settings, Vec<Problem>) {
    read(&host(toml, overrides), Some(SourceFile::new("book.toml", toml)))
}

fn read_right(toml: &str) -> Settings {
    let (settings, problems) = read_with(toml, &[]);
    assert_eq!(problems, [], "{toml}");
    settings
}

/// Reads the lines as the table's, and gives back what is set with the positions taken out of it.
fn archdoc(lines: &str) -> Settings {
    let mut settings = read_right(&format!("[preprocessor.archdoc]\n{lines}"));
    settings.template_span = None;
    settings
}

/// The only place of `needle` in the file, found without a parser.
fn place(toml: &str, needle: &str) -> Span {
    assert_eq!(toml.matches(needle).count(), 1, "{needle} in {toml}");
    let at = toml.find(needle).expect("in the file");
    Span::new(at, at + needle.len())
}

#[test]
fn no_table_and_an_empty_one_give_the_defaults() {
    for toml in [
        "",
        "[book]\ntitle = \"A\"\n",
        "[preprocessor.archdoc]\n",
        "[preprocessor.other]\nfail-onn = 1\n",
    ] {
        assert_eq!(read_right(toml), Settings::default(), "{toml}");
        assert_eq!(Site::read(&host(toml, &[])), Site::read(&Value::Null), "{toml}");
    }
    let (settings, site) = (Settings::default(), Site::read(&Value::Null));
    assert_eq!((settings.template.as_str(), site.src.as_str()), ("architecture", "src"));
    assert_eq!((settings.documents, settings.fail_on), (Documents::Auto, FailOn::Error));
    assert_eq!(settings.enrich, Enrich::all(true));
    assert_eq!((settings.history.mode, settings.history.show), (HistoryMode::On, true));
    assert_eq!((site.outputs, site.serving), (vec!["html".to_owned()], false));
    assert_eq!(read(&Value::Null, None), (Settings::default(), Vec::new()));
}

#[test]
fn each_key_sets_its_own_part_and_no_other() {
    type Change = fn(&mut Settings);
    let cases: [(&str, Change); 22] = [
        ("template = 'docs/own.md'", |c| c.template = "docs/own.md".to_owned()),
        ("documents = 'auto'", |_| {}),
        ("documents = 'all'", |c| c.documents = Documents::All),
        ("documents = 'book'", |c| c.documents = Documents::Book),
        ("fail-on = 'error'", |_| {}),
        ("fail-on = 'warning'", |c| c.fail_on = FailOn::Warning),
        ("fail-on = 'never'", |c| c.fail_on = FailOn::Never),
        ("exclude = []", |_| {}),
        ("enrich = true", |_| {}),
        ("enrich = false", |c| c.enrich = Enrich::all(false)),
        ("enrich = { header = false }", |c| c.enrich.header = false),
        ("enrich.change-log = false\nenrich.pages = true", |c| {
            c.enrich.change_log = false
        }),
        (
            "[preprocessor.archdoc.enrich]\nreview = false\nfooter = false\npages = false",
            |c| {
                (c.enrich.review, c.enrich.footer, c.enrich.pages) = (false, false, false);
            },
        ),
        ("history = true", |_| {}),
        ("history = false", |c| c.history.set_mode(HistoryMode::Off)),
        ("history = 'check'", |c| c.history.set_mode(HistoryMode::Check)),
        ("history = { show = true }", |_| {}),
        ("history = { show = false, require = true }", |c| {
            c.history.set_mode(HistoryMode::Check);
            c.history.require = true;
        }),
        (
            "history = { since = '2025-02-28', ignore-authors = ['*[bot]', 'Ada'] }",
            |c| {
                c.history.since = Some(jiff::civil::date(2025, 2, 28));
                c.history.ignore_authors = vec!["*[bot]".to_owned(), "Ada".to_owned()];
            },
        ),
        ("history.since = 2025-02-28", |c| {
            c.history.since = Some(jiff::civil::date(2025, 2, 28))
        }),
        ("history.timeout = 86_400", |c| {
            c.history.timeout = Duration::from_secs(86_400)
        }),
        (
            "command = 'x'\nbefore = ['links']\nafter = []\noptional = true\nrenderers = ['html']",
            |_| {},
        ),
    ];
    for (lines, change) in cases {
        let mut expected = Settings::default();
        change(&mut expected);
        assert_eq!(archdoc(lines), expected, "{lines}");
    }
}

#[test]
fn globs_know_where_they_stand_and_where_the_book_lies() {
    let toml =
        "[book]\nsrc = './docs/'\n[preprocessor.archdoc]\ndocuments = ['docs/a/*.md']\nexclude = ['b.md', 'c.md']\n";
    let settings = read_right(toml);
    assert_eq!(Site::read(&host(toml, &[])).src, "docs");
    let Documents::Globs(globs) = &settings.documents else {
        panic!("{:?}", settings.documents);
    };
    assert!(globs[0].matches("a/x.md") && !globs[0].matches("a/b/x.md"));
    assert_eq!(
        (globs[0].pattern(), globs[0].span()),
        ("docs/a/*.md", Some(place(toml, "'docs/a/*.md'")))
    );
    let excluded: Vec<_> = settings.exclude.iter().map(Glob::span).collect();
    assert_eq!(excluded, [Some(place(toml, "'b.md'")), Some(place(toml, "'c.md'"))]);
}

#[test]
fn rules_are_set_by_level_or_by_stage() {
    let settings = archdoc(
        "[preprocessor.archdoc.rules]\nmissing-section = 'off'\ntemplate-text = { draft = 'info', final = 'error' }\n",
    );
    let own = Levels::by_stage(Level::Info, Level::Warning, Level::Warning);
    assert_eq!(settings.rules["missing-section"].over(own), Levels::always(Level::Off));
    let expected = Levels::by_stage(Level::Info, Level::Warning, Level::Error);
    assert_eq!(settings.rules["template-text"].over(own), expected);
    assert_eq!(settings.rules.len(), 2);
}

#[test]
fn sections_and_kinds_keep_the_place_of_their_keys() {
    let toml = "[preprocessor.archdoc]\ntemplate = 'own.md'\n[preprocessor.archdoc.section.'a/b']\noptional = true\nalias = ['X', 'Y']\n\
        [preprocessor.archdoc.section]\nc = { optional = false }\n[preprocessor.archdoc.kind.rfc]\ntemplate = 'rfc.md'\n\
        [preprocessor.archdoc.kind.adr]\ntemplate = 'adr'\ndocuments = ['adr/*.md']\n";
    let settings = read_right(toml);
    assert_eq!(settings.template_span, Some(place(toml, "'own.md'")));
    let refinement = |optional, alias: &[&str], needle| Refinement {
        optional: Some(optional),
        alias: alias.iter().map(|name| (*name).to_owned()).collect(),
        span: Some(place(toml, needle)),
        ..Refinement::default()
    };
    let sections = &settings.refinements.sections;
    assert_eq!(sections["a/b"], refinement(true, &["X", "Y"], "'a/b'"));
    let mut c = refinement(false, &[], "c = ");
    c.span = c.span.map(|span| Span::new(span.start, span.start + 1));
    assert_eq!(sections["c"], c);
    let kinds = settings.kinds.iter();
    let kinds = kinds.map(|kind| (kind.name.as_str(), kind.template.as_str()));
    assert!(kinds.eq([("adr", "adr"), ("rfc", "rfc.md")]));
    assert_eq!(settings.kinds[0].template_span, Some(place(toml, "'adr'")));
    assert!(
        matches!(settings.kinds[0].documents, Documents::Globs(_)) && settings.kinds[1].documents == Documents::Auto
    );
}

#[test]
fn the_book_itself_is_read() {
    let toml = "[book]\nsrc = '.'\n[output.markdown]\n[output.html]\ndefinition-lists = false\ngit-repository-url = 'https://x.example/r'\n[output.Epub]\n";
    let site = Site::read(&host(toml, &[]));
    assert_eq!((site.src.as_str(), site.serving), ("", false));
    assert_eq!(site.outputs, ["Epub", "html", "markdown"]);
    assert_eq!((site.dialect.definition_lists, site.dialect.admonitions), (false, true));
    assert_eq!(site.repository_url.as_deref(), Some("https://x.example/r"));
    let serve = [("output.html.live-reload-endpoint", json!("__livereload"))];
    let site = Site::read(&host("[output.markdown]\n", &serve));
    assert!(site.serving);
    assert_eq!(site.outputs, ["html", "markdown"]);
}

/// What the table says (`\n` ends a line) => the text that the problem points at => the message => a part of the help.
const MISTAKES: &str = r#"
fail-onn = 'never' => fail-onn => unknown key `fail-onn` => did you mean `fail-on`?
fail_on = 'never' => fail_on => unknown key `fail_on` => write `fail-on`: keys are written with hyphens
Template = 'a' => Template => unknown key `Template` => write `template`: keys are written in lower case
renderer = ['html'] => renderer => unknown key `renderer` => did you mean `renderers`?
doc = 'all' => doc => unknown key `doc` => did you mean `documents`?
zzzzzz = 1 => zzzzzz => unknown key `zzzzzz` => the keys are `documents`, `enrich`, `exclude`, `fail-on`, `field`, `history`, `kind`, `rules`, `section`, `template`
missing-section = 'off' => missing-section => unknown key `missing-section` => set it in `[preprocessor.archdoc.rules]`
template = 1 => 1 => `template`: expected a string, found a number => write `template = "architecture"`
template = ' ' => ' ' => `template`: expected text, found an empty string => write `template = 
documents = 'al' => 'al' => unknown value `al` of `documents` => did you mean `all`?
documents = 'zzzzzz' => 'zzzzzz' => unknown value `zzzzzz` of `documents` => are `auto`, `all`, `book`, or a list of globs
documents = 'a/*.md' => 'a/*.md' => unknown value `a/*.md` of `documents` => `documents = ["a/*.md"]`
documents = [] => [] => `documents` has no glob, so that no chapter would be checked => `documents = "auto"`
documents = true => true => `documents`: expected a string or a list of globs, found a boolean => documents = "auto"
documents = ['a.md', 3] => 3 => `documents`: expected a string, found a number => documents = ["services/**/*.md"]
documents = ['a/'] => 'a/' => the glob `a/` names a folder, no chapter => write `a/**`
documents = ['a**.md'] => 'a**.md' => the glob `a**.md` has `**` beside other text in a segment => `a**/*.md`
exclude = 'a.md' => 'a.md' => `exclude`: expected a list of strings, found a string => write `exclude = ["a.md"]`
exclude = [''] => '' => `exclude`: expected text, found an empty string => exclude = [
exclude = ['/a.md'] => '/a.md' => the glob `/a.md` is absolute => write `a.md`
exclude = ['..\a.md'] => '..\a.md' => the glob `..\a.md` has a backslash => write `../a.md`
exclude = ['{a,b}.md'] => '{a,b}.md' => the glob `{a,b}.md` has brackets or braces => one glob for each
fail-on = 'eror' => 'eror' => unknown value `eror` of `fail-on` => did you mean `error`?
fail-on = 'Warning' => 'Warning' => unknown value `Warning` of `fail-on` => write `warning`: values are written in lower case
fail-on = false => false => `fail-on`: expected a string, found a boolean => write `fail-on = "error"`
enrich = 'yes' => 'yes' => `enrich`: expected a boolean or a table, found a string => write `enrich = false`
enrich = 'false' => 'false' => `enrich`: expected a boolean or a table, found a string => write `false` without quotes
enrich = { headr = true } => headr => unknown part `headr` of `enrich` => did you mean `header`?
enrich = { change_log = true } => change_log => unknown part `change_log` of `enrich` => write `change-log`
enrich = { header = 1 } => 1 => `header`: expected a boolean, found a number => write `header = true`
[preprocessor.archdoc.enrich]\nfail-on = 'never' => fail-on => unknown part `fail-on` of `enrich` => belongs in `[preprocessor.archdoc]`
history = 'chek' => 'chek' => unknown value `chek` of `history` => did you mean `check`?
history = 'true' => 'true' => `history`: expected a boolean, `"check"` or a table, found a string => write `true` without quotes
history = 1 => 1 => `history`: expected a boolean, `"check"` or a table, found a number => history = "check"
history = { shwo = true } => shwo => unknown key `shwo` of `history` => did you mean `show`?
history = { ignore_authors = [] } => ignore_authors => unknown key `ignore_authors` of `history` => write `ignore-authors`
history = { show = 'check' } => 'check' => `show`: expected a boolean, found a string => show = true
history = { require = 'false' } => 'false' => `require`: expected a boolean, found a string => write `false` without quotes
history = { since = '2025-02-30' } => '2025-02-30' => `2025-02-30` is not a date => write `since = "2026-01-31"`
history = { since = '20250228' } => '20250228' => `20250228` is not a date => write `since = 
history.since = 2025-02-28T10:00:00 => 2025-02-28T10:00:00 => `2025-02-28T10:00:00` is not a date => write `since = 
history.since = 2025 => 2025 => `since`: expected a date, found a number => write `since = 
history.timeout = 0 => 0 => `timeout`: expected a whole number of seconds from 1 to 86400, found `0` => write `history = false` to ask git nothing, or `timeout = 1`
history.timeout = -5 => -5 => `timeout`: expected a whole number of seconds from 1 to 86400, found `-5` => write `timeout = 120`
history.timeout = 86401 => 86401 => `timeout`: expected a whole number of seconds from 1 to 86400, found `86401` => write `timeout = 86400`
history.timeout = 9223372036854775807 => 9223372036854775807 => `timeout`: expected a whole number of seconds from 1 to 86400, found `9223372036854775807` => write `timeout = 86400`
history.timeout = 0.5 => 0.5 => `timeout`: expected a whole number of seconds from 1 to 86400, found `0.5` => write `timeout = 1`
history.timeout = 30.0 => 30.0 => `timeout`: expected a whole number of seconds from 1 to 86400, found `30.0` => write `timeout = 30`
history.timeout = '30s' => '30s' => `timeout`: expected a whole number of seconds from 1 to 86400, found `"30s"` => write `timeout = 30`
history.timeout = '2m' => '2m' => `timeout`: expected a whole number of seconds from 1 to 86400, found `"2m"` => write `timeout = 120`
history.timeout = 'NaN' => 'NaN' => `timeout`: expected a whole number of seconds from 1 to 86400, found `"NaN"` => write `timeout = 120`
history.timeout = 'inf' => 'inf' => `timeout`: expected a whole number of seconds from 1 to 86400, found `"inf"` => write `timeout = 86400`
history.timeout = true => true => `timeout`: expected a whole number of seconds from 1 to 86400, found a boolean => timeout = 120
history.timeout = [1] => [1] => `timeout`: expected a whole number of seconds from 1 to 86400, found a list => timeout = 120
history.ignore-authors = '*[bot]' => '*[bot]' => `ignore-authors`: expected a list of strings, found a string => ["*[bot]"]
rules.missing-sections = 'off' => missing-sections => unknown rule `missing-sections` => did you mean `missing-section`?
rules.missing_section = 'off' => missing_section => unknown rule `missing_section` => write `missing-section`: rules are written with hyphens
rules.zzzzzz = 'off' => zzzzzz => unknown rule `zzzzzz` => the rules are `missing-section`, `template-text`, `unfilled-placeholder`
[preprocessor.archdoc.rules]\nfail-on = 'never' => fail-on => unknown rule `fail-on` => above its first sub-table
rules = 'off' => 'off' => `rules`: expected a table of rules, found a string => rules = { missing-section
rules.missing-section = 'warn' => 'warn' => unknown level `warn` of `missing-section` => did you mean `warning`?
rules.missing-section = false => false => `missing-section`: expected a level or a table by stage, found a boolean => missing-section = "off"
rules.missing-section = { complete = 'off' } => complete => unknown stage `complete` => the stages are `draft`, `review`, `final`
rules.missing-section = { draft = 'zzzzzz' } => 'zzzzzz' => unknown level `zzzzzz` of `draft` => the levels are `off`, `info`, `warning`, `error`
rules.missing-section = { final = true } => true => `final`: expected a level, found a boolean => final = "warning"
section.'a/b' = false => false => `a/b`: expected a table, found a boolean => section."a/b".optional = true
section.'a/b'.optinal = true => optinal => unknown key `optinal` of a section => did you mean `optional`?
section.'a/b'.alias = 'X' => 'X' => `alias`: expected a list of strings, found a string => write `alias = ["X"]`
section.'a/b'.field.Owner.evidence = {} => evidence => unknown key `evidence` of a field => the keys are `alias`, `optional`
field = true => true => `field`: expected a table of fields, found a boolean => field."Author".optional = true
field.Owner = false => false => `Owner`: expected a table, found a boolean => field."Owner".optional = true
field.Owner.optinal = true => optinal => unknown key `optinal` of a field => did you mean `optional`?
section = ['a'] => ['a'] => `section`: expected a table of sections, found a list => section."change-log"
kind.adr.documents = ['adr/*.md'] => adr. => the kind `adr` has no template => kind.adr.template
kind.adr = 'adr' => 'adr' => `adr`: expected a table, found a string => kind.adr.template
kind.x = { template = 'adr', files = [] } => files => unknown key `files` of a kind => the keys are `documents`, `field`, `section`, `template`
kind.x = { template = 'adr', documents = 'boook' } => 'boook' => unknown value `boook` of `documents` => did you mean `book`?
[[preprocessor.archdoc.kind]]\nname = 'adr' => kind => `kind`: expected a table of kinds, found a list => kind.adr.template = "adr"
"#;

/// The rows of [`MISTAKES`].
fn mistakes() -> Vec<[String; 4]> {
    let row = |line: &str| {
        let cells: Vec<String> = line.split(" => ").map(|cell| cell.replace("\\n", "\n")).collect();
        cells.try_into().expect("four cells")
    };
    MISTAKES.lines().skip(1).map(row).collect()
}

#[test]
fn each_mistake_is_one_problem_at_its_place() {
    for [lines, needle, message, help] in &mistakes() {
        // A byte order mark, other line ends and wide characters before the table must not move anything.
        for head in [
            "[preprocessor.archdoc]\n",
            "\u{feff}# 👥 é\r\n[book]\r\n\r\n[preprocessor.archdoc]\r\n",
        ] {
            let toml = format!("{head}{lines}\n");
            let (settings, problems) = read_with(&toml, &[]);
            let [problem] = problems.as_slice() else {
                panic!("{lines}: {problems:?}");
            };
            let start = head.len() + place(lines, needle).start;
            let expected = Span::new(start, start + needle.trim_end_matches('.').len());
            assert_eq!(problem.span, Some(expected), "{lines}");
            assert_eq!(&problem.message, message);
            let found = problem.help.as_deref().unwrap_or_default();
            assert!(found.contains(help.as_str()), "{lines}: {found}");
            assert!(!found.contains("environment"), "{lines}: {found}");
            let rule = problem.kind == ProblemKind::UnknownRule;
            assert_eq!(rule, message.starts_with("unknown rule"), "{lines}");
            let fallback = (settings.template, settings.fail_on, settings.enrich, settings.history);
            let default = Settings::default();
            assert_eq!(
                fallback,
                (default.template, default.fail_on, default.enrich, default.history),
                "{lines}"
            );
        }
    }
}

#[test]
fn all_mistakes_are_collected_in_the_order_of_the_file() {
    let (lines, needles) = (
        ["template = 1", "fail-on = 'eror'", "enrich = 'yes'"],
        ["1", "'eror'", "'yes'"],
    );
    let toml = format!(
        "[preprocessor.archdoc]\nhistory = 'check'\n{}\nzzzzzz = 0\n",
        lines.join("\n")
    );
    let (settings, problems) = read_with(&toml, &[]);
    let expected: Vec<_> = needles
        .into_iter()
        .chain(["zzzzzz"])
        .map(|needle| Some(place(&toml, needle)))
        .collect();
    assert_eq!(
        problems.iter().map(|problem| problem.span).collect::<Vec<_>>(),
        expected
    );
    assert_eq!(settings.history.mode, HistoryMode::Check);
}

#[test]
fn a_value_from_the_environment_has_no_place_but_a_variable() {
    let toml = "[preprocessor.archdoc]\nfail-on = 'never'\ndocuments = ['a.md']\n[preprocessor.archdoc.rules]\ntemplate-text = 'off'\n";
    let cases = [
        (
            "fail-on",
            json!("eror"),
            "FAIL_ON",
            "did you mean `error`? it does not come from `book.toml`",
        ),
        ("fail-onn", json!("error"), "FAIL_ONN", "did you mean `fail-on`?"),
        (
            "documents",
            json!(["b/"]),
            "DOCUMENTS",
            "write `b/**`; it does not come from `book.toml`",
        ),
        (
            "enrich.change-log",
            json!("no"),
            "ENRICH__CHANGE_LOG",
            "change-log = true",
        ),
        ("history", json!({ "since": "soon" }), "HISTORY__SINCE", "2026-01-31"),
        ("history.timeout", json!(0), "HISTORY__TIMEOUT", "`timeout = 1`"),
        (
            "rules.template-text",
            json!("warn"),
            "RULES__TEMPLATE_TEXT",
            "did you mean `warning`?",
        ),
        (
            "rules.template-txt",
            json!("off"),
            "RULES__TEMPLATE_TXT",
            "did you mean `template-text`?",
        ),
    ];
    for (key, value, variable, help) in cases {
        let (_, problems) = read_with(toml, &[(&format!("preprocessor.archdoc.{key}"), value)]);
        let [problem] = problems.as_slice() else {
            panic!("{key}: {problems:?}");
        };
        let found = problem.help.as_deref().unwrap_or_default();
        assert!(found.contains(help), "{key}: {found}");
        let variable = format!("`MDBOOK_PREPROCESSOR__ARCHDOC__{variable}`");
        assert!(found.ends_with(&variable), "{key}: {found}");
        assert_eq!(problem.span, None, "{key}");
    }
    // The same value as in the file is no override, whoever says it; and a right one needs no place.
    let (settings, problems) = read_with(toml, &[("preprocessor.archdoc.fail-on", json!("warning"))]);
    assert_eq!((settings.fail_on, problems), (FailOn::Warning, Vec::new()));
    let (settings, _) = read_with(toml, &[("preprocessor.archdoc", json!({ "documents": ["c.md"] }))]);
    assert!(
        matches!(settings.documents, Documents::Globs(globs) if globs[0].matches("c.md") && globs[0].span().is_none())
    );
}

#[test]
fn without_the_text_of_the_file_the_values_are_the_same() {
    let toml = "[preprocessor.archdoc]\nfail-on = 'never'\nenrich = { header = false }\nzzz = 1\n";
    let (settings, problems) = read(&host(toml, &[]), None);
    assert_eq!((settings.fail_on, settings.enrich.header), (FailOn::Never, false));
    assert_eq!(problems.iter().map(|problem| problem.span).collect::<Vec<_>>(), [None]);
    // A file that is broken further down still gives the positions above.
    let broken = SourceFile::new("book.toml", format!("{toml}[broken\n"));
    let (_, problems) = read(&host(toml, &[]), Some(broken));
    assert_eq!(problems[0].span, Some(place(toml, "zzz")));
}

#[test]
fn no_value_of_any_shape_stops_it() {
    let shapes = [
        json!(null),
        json!(1),
        json!("x"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "": null }),
        json!([{}]),
    ];
    for key in [
        "template",
        "documents",
        "exclude",
        "fail-on",
        "enrich",
        "history",
        "rules",
        "section",
        "kind",
        "x",
    ] {
        for shape in &shapes {
            for inner in &shapes {
                let value = json!({ "book": shape, "output": { "html": inner }, "preprocessor": { "archdoc": { key: shape, "kind": { "a": inner }, "rules": { "template-text": inner } } } });
                for problem in read(&value, None).1 {
                    assert!(problem.help.is_some() && !problem.message.ends_with('.'), "{problem:?}");
                }
            }
        }
    }
}
