//! `unknown-directive`: a comment speaks to archdoc in words that archdoc does not know.

use super::{Check, Finding, Findings, Group, Rule, names, removed, rule};
use crate::diagnostic::{Applicability, Level, Levels, Severity};
use crate::directive::{Directive, DirectiveOption, MARKS, PAGES};
use crate::document::Document;
use crate::edit::Edit;
use crate::facts::pages::{GROUPS, PAGE_KEYS, is_named, kinds};
use crate::facts::{Facts, off_parts};
use crate::naming::nearest;
use crate::settings::PARTS;
use crate::site::BOOK_TOML;
use crate::source::Span;
use crate::template::Template;
use crate::values::{DateReading, read_date};

pub static RULE: Rule = Rule {
    name: "unknown-directive",
    group: Group::Comments,
    levels: Levels::always(Level::Error),
    page: include_str!("unknown_directive.md"),
    check: Check::Document(check),
};

/// Words that a chapter may use.
const WORDS: [&str; 3] = ["allow", "document", "enrich"];
/// Words that only a template uses.
const TEMPLATE: [&str; 7] = ["alias", "extends", "field", "optional", "remove", "repeat", "required"];

/// The keys that a word may have.
fn keys(word: &str) -> &'static [&'static str] {
    /// A page without kinds has the keys of the others but this one.
    const WITHOUT_KIND: [&str; 3] = ["document", "group", "limit"];
    match word {
        "allow" => &["reason", "rule", "section", "until"],
        "document" => &["template"],
        "enrich" => &["off"],
        word if PAGES.contains(&word) && kinds(word).is_none() => &WITHOUT_KIND,
        word if PAGES.contains(&word) => &PAGE_KEYS,
        word => mark_keys(word).unwrap_or(&[]),
    }
}

/// The keys of a mark around what archdoc has computed; none for another word.
fn mark_keys(word: &str) -> Option<&'static [&'static str]> {
    MARKS.iter().find(|(mark, _)| *mark == word).map(|(_, keys)| *keys)
}

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    for directive in &facts.document.directives {
        if TEMPLATE.contains(&directive.word.as_str()) {
            findings.push(of_template(facts, directive));
        }
        if directive.word == "allow" && directive.trouble.is_none() {
            allow(facts, directive, findings);
        }
    }
    words(facts.document, findings);
    let other = facts
        .document
        .directives
        .iter()
        .filter(|directive| directive.is_marker() && directive.trouble.is_none())
        .filter_map(|directive| Some((directive, directive.find("document")?)))
        .filter(|(_, option)| !is_named(&[facts.title()], &option.value));
    findings.extend(other.map(|(directive, option)| Finding {
        label: "archdoc shows nothing of another document here".to_owned(),
        help: Some("a marker in a document speaks of that document; move it to a chapter that is none".to_owned()),
        ..Finding::at(
            option.at.shifted(directive.span.start),
            format!("`{}` cannot have another `document` in a document", directive.word),
        )
    }));
}

/// The markers of a chapter that is no document which ask for a document that the book does not have. `known` holds the
/// names of each.
pub fn documents(document: &Document, known: &[Vec<String>], findings: &mut Findings) {
    for directive in document.directives.iter().filter(|directive| directive.is_marker()) {
        let option = directive.find("document").filter(|_| directive.trouble.is_none());
        let unknown_here = |option: &&DirectiveOption| !known.iter().any(|names| is_named(names, &option.value));
        let Some(option) = option.filter(unknown_here) else {
            continue;
        };
        let at = option.value_at.shifted(directive.span.start);
        let meant = nearest(&option.value, known.iter().flatten().map(String::as_str));
        findings.push(unknown(
            at,
            format!("the book has no document `{}`", option.value),
            meant,
            "write the title of a document, or the path of its chapter",
        ));
    }
}

/// The directives that no chapter can mean anything with, be it a document or not.
pub fn words(document: &Document, findings: &mut Findings) {
    for directive in &document.directives {
        let word = directive.word.as_str();
        let known = || WORDS.iter().chain(PAGES).chain(&TEMPLATE).copied();
        if let Some(trouble) = directive.trouble {
            // A comment that is never closed is reported for that.
            let mut unclosed = document.unclosed_blocks();
            if !unclosed.any(|block| block.span.contains(directive.span)) {
                findings.push(Finding {
                    label: "archdoc cannot read this".to_owned(),
                    help: Some("write `<!-- archdoc: WORD; key=value; key=\"quoted value\" -->`".to_owned()),
                    ..Finding::at(first_line(document, directive.span), trouble)
                });
            }
        } else if let Some(keys) = mark_keys(word) {
            let strange = |option: &&DirectiveOption| !keys.contains(&option.key.as_str());
            findings.push(match directive.options.iter().find(strange) {
                Some(option) => of_key(directive, option),
                None => of_mark(directive),
            });
        } else if !known().any(|known| known == word) {
            let meant = nearest(word, known());
            findings.push(Finding {
                label: "archdoc does nothing here".to_owned(),
                help: Some(match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!(
                        "write `{}`, or the name of a page: `{}`",
                        WORDS.join("`, `"),
                        PAGES.join("`, `")
                    ),
                }),
                fix: meant.map(|meant| {
                    (
                        Applicability::Suggested,
                        vec![Edit::replace(directive.word_span, meant)],
                    )
                }),
                ..Finding::at(directive.word_span, format!("`{word}` is no word of archdoc's"))
            });
        } else if !TEMPLATE.contains(&word) {
            if directive.is_marker() && document.block_of_comment(directive.span).is_none() {
                findings.push(Finding {
                    label: "archdoc makes no page here".to_owned(),
                    help: Some("put it on a line of its own, with an empty line above and below".to_owned()),
                    ..Finding::at(
                        directive.span,
                        format!("`{word}` stands in a list, a quote, a table or a sentence"),
                    )
                });
            }
            findings.extend(
                directive
                    .options
                    .iter()
                    .filter_map(|option| of_option(directive, option)),
            );
        }
    }
}

/// A mark that is still there when what is marked was taken out: one that has lost its counterpart.
fn of_mark(directive: &Directive) -> Finding {
    let message = match directive.word.as_str() {
        "end" => "`end` has no `computed` in front of it",
        _ if directive.find("line").is_some() => "`computed` stands where archdoc would not write it",
        _ => "`computed` has no `end` behind it",
    };
    Finding {
        label: "archdoc takes nothing out here".to_owned(),
        help: Some("take the comment out; archdoc writes it itself, around what it has computed".to_owned()),
        fix: Some((Applicability::Suggested, vec![Edit::replace(directive.span, "")])),
        ..Finding::at(directive.span, message)
    }
}

/// The templates that chapters ask for and that are none of `known`.
pub fn template_names(document: &Document, known: &[&str], findings: &mut Findings) {
    let marks = document
        .directives
        .iter()
        .filter(|directive| directive.word == "document");
    for (mark, option) in marks.filter_map(|mark| Some((mark, mark.find("template")?))) {
        let name = option.value.as_str();
        if known.contains(&name) {
            continue;
        }
        let form =
            "name a kind of `[preprocessor.archdoc.kind]` or a built-in template: `mdbook-archdoc template list`";
        findings.push(unknown(
            option.value_at.shifted(mark.span.start),
            format!("there is no template `{name}`"),
            nearest(name, known.iter().copied()),
            form,
        ));
    }
}

fn first_line(document: &Document, span: Span) -> Span {
    let line = document.text.get(span).lines().next().unwrap_or("");
    Span::new(span.start, span.start + line.trim_end().len())
}

/// Whoever starts from a copy of the template has its comments too. They do no harm.
fn of_template(facts: &Facts<'_>, directive: &Directive) -> Finding {
    Finding {
        label: "means nothing in a document".to_owned(),
        help: Some("take the comment out".to_owned()),
        fix: Some((Applicability::Safe, vec![removed(facts, directive.span)])),
        at_most: Some(Severity::Info),
        ..Finding::at(
            directive.word_span,
            format!("`{}` belongs in a template", directive.word),
        )
    }
}

fn allow<'a>(facts: &Facts<'a>, directive: &'a Directive, findings: &mut Findings) {
    let allow = facts.allow(directive);
    if allow.rules.is_empty() {
        findings.push(Finding {
            label: "it allows nothing".to_owned(),
            help: Some("write `allow; rule=NAME; reason=\"…\"`; `mdbook-archdoc rules` lists the names".to_owned()),
            ..Finding::at(directive.span, "this comment does not say what it allows")
        });
    }
    findings.extend(allow.rules.iter().filter_map(|(name, span)| of_rule(name, *span)));
    findings.extend(
        directive
            .find("section")
            .and_then(|option| of_section(facts.template, directive, option)),
    );
    findings.extend(directive.find("until").and_then(|option| of_day(directive, option)));
}

/// What is wrong with a key or its value, as far as that can be said without the document's template.
fn of_option(directive: &Directive, option: &DirectiveOption) -> Option<Finding> {
    let value = |wrong: &str, known: &[&str], form: &str| {
        let at = option.value_at.shifted(directive.span.start);
        let lead = option.value.find(wrong).unwrap_or(0);
        let at = Span::new(at.start + lead, at.start + lead + wrong.len());
        Some(unknown(
            at,
            format!("`{}` cannot be `{wrong}`", option.key),
            nearest(wrong, known.iter().copied()),
            form,
        ))
    };
    match option.key.as_str() {
        key if !keys(&directive.word).contains(&key) => Some(of_key(directive, option)),
        "off" => {
            let wrong = off_parts(&option.value)
                .into_iter()
                .find(|part| !PARTS.contains(part))?;
            value(wrong, PARTS, &format!("write `{}`", PARTS.join("`, `")))
        }
        "group" if !GROUPS.contains(&option.value.as_str()) => {
            value(&option.value, &GROUPS, &format!("write `{}`", GROUPS.join("`, `")))
        }
        "kind" => {
            let known = kinds(&directive.word)?;
            let unknown = !known.is_empty() && !known.contains(&option.value.as_str());
            unknown.then(|| value(&option.value, known, &format!("write `{}`", known.join("` or `"))))?
        }
        "limit" if option.value.parse::<usize>().is_err() => value(&option.value, &[], "write a number of rows"),
        _ => None,
    }
}

/// A finding about a name that is not known, and the one that may be meant.
fn unknown(at: Span, message: String, meant: Option<&str>, form: &str) -> Finding {
    Finding {
        label: "archdoc does not know this".to_owned(),
        help: Some(meant.map_or_else(|| form.to_owned(), |meant| format!("did you mean `{meant}`?"))),
        fix: meant.map(|meant| (Applicability::Suggested, vec![Edit::replace(at, meant)])),
        ..Finding::at(at, message)
    }
}

fn of_key(directive: &Directive, option: &DirectiveOption) -> Finding {
    let keys = keys(&directive.word);
    let meant = nearest(&option.key, keys.iter().copied());
    let at = option.at.shifted(directive.span.start);
    let key = Span::new(at.start, at.start + option.key.len());
    let message = format!("`{}` has no `{}`", directive.word, option.key);
    Finding {
        label: format!("not a key of `{}`", directive.word),
        ..unknown(key, message, meant, &format!("it has `{}`", keys.join("`, `")))
    }
}

fn of_rule(name: &str, span: Span) -> Option<Finding> {
    let meant = match rule(name) {
        Some(rule) if rule.can_be_allowed() => return None,
        Some(_) => {
            return Some(Finding {
                label: format!("its level is set in {BOOK_TOML}"),
                help: Some(format!("write `{name} = \"off\"` under `[preprocessor.archdoc.rules]`")),
                ..Finding::at(span, format!("a comment cannot allow `{name}`"))
            });
        }
        None => nearest(
            name,
            names()
                .into_iter()
                .filter(|name| rule(name).is_some_and(Rule::can_be_allowed)),
        ),
    };
    Some(Finding {
        label: "not the name of a rule".to_owned(),
        help: Some(match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`mdbook-archdoc rules` lists the names".to_owned(),
        }),
        fix: meant.map(|meant| (Applicability::Suggested, vec![Edit::replace(span, meant)])),
        ..Finding::at(span, format!("there is no rule `{name}`"))
    })
}

fn of_section(template: &Template, directive: &Directive, option: &DirectiveOption) -> Option<Finding> {
    let path = option.value.as_str();
    if template.section(path).is_some() {
        return None;
    }
    let at = option.value_at.shifted(directive.span.start);
    let meant = nearest(path, template.sections.iter().map(|section| section.id.as_str()));
    Some(Finding {
        label: "not a section of the template".to_owned(),
        help: Some(match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write the path of a section, as `check --format json` shows it".to_owned(),
        }),
        fix: meant.map(|meant| (Applicability::Suggested, vec![Edit::replace(at, meant)])),
        ..Finding::at(at, format!("there is no section `{path}` in the template"))
    })
}

fn of_day(directive: &Directive, option: &DirectiveOption) -> Option<Finding> {
    let at = option.value_at.shifted(directive.span.start);
    (!matches!(read_date(&option.value), DateReading::Date(_))).then(|| Finding {
        label: "archdoc cannot read this as a day".to_owned(),
        help: Some("write the last day on which it holds, as `YYYY-MM-DD`".to_owned()),
        ..Finding::at(at, format!("`{}` is not a day", option.value))
    })
}
