//! `template`: the templates that there are, what one demands, and whether it contradicts itself.

use super::{Failure, Form, Outcome, args, load, print, say};
use crate::files::Files;
use crate::settings::Problem;
use crate::site::BOOK_TOML;
use crate::template::{BUILTINS, Template, builtin, json, load as load_template, markdown, problems, tree};

/// Runs one of its three commands.
pub fn run(command: &args::TemplateCommand) -> Result<Outcome, Failure> {
    match command {
        args::TemplateCommand::List => {
            let width = BUILTINS.iter().map(|builtin| builtin.name.len()).max().unwrap_or(0);
            for builtin in BUILTINS {
                print(Form::Text, &format!("{:width$}  {}\n", builtin.name, builtin.about))?;
            }
            print(
                Form::Text,
                &format!(
                    "\nAny Markdown file of the book is a template too: `template = \"docs/template.md\"` in {BOOK_TOML}.\n"
                ),
            )?;
            Ok(Outcome::Clean)
        }
        args::TemplateCommand::Show { name, format } => {
            let template = found(name)?;
            let (form, text) = match format {
                args::TemplateFormat::Markdown => (Form::Text, markdown(&template)),
                args::TemplateFormat::Tree => (Form::Text, tree(&template)),
                args::TemplateFormat::Json => (Form::Json, json(&template)),
            };
            print(form, &text)?;
            Ok(Outcome::Clean)
        }
        args::TemplateCommand::Check { name } => check(&found(name)?),
    }
}

/// A built-in template, one of the book around the current folder with what that says of it, or a file.
pub fn found(name: &str) -> Result<Template, Failure> {
    if let Some(refined) = of_book_refined(name) {
        return refined;
    }
    if builtin(name).is_none() {
        let path = std::path::Path::new(name);
        let (folder, file) = match (path.parent(), path.file_name()) {
            (Some(folder), Some(file)) if path.is_file() => (folder, file.to_string_lossy().into_owned()),
            _ => return of_book(name),
        };
        let folder = if folder.as_os_str().is_empty() {
            std::path::Path::new(".")
        } else {
            folder
        };
        return loaded(&file, &Files::new(folder));
    }
    loaded(name, &Files::new("."))
}

/// The template as the book around the current folder uses it: its own, or that of a kind, by the name of either.
fn of_book_refined(name: &str) -> Option<Result<Template, Failure>> {
    let book = load::book(&[]).ok()?;
    let settings = &book.session.config.settings;
    let kind = settings
        .kinds
        .iter()
        .find(|kind| kind.name == name || kind.template == name);
    let (template, refinements) = match kind {
        Some(kind) => (kind.template.as_str(), &kind.refinements),
        None if settings.template == name => (name, &settings.refinements),
        None => return None,
    };
    let (template, trouble) = load_template(template, None, &book.session.files, refinements);
    Some(template.ok_or_else(|| failure(name, trouble)))
}

fn of_book(name: &str) -> Result<Template, Failure> {
    let names: Vec<&str> = BUILTINS.iter().map(|builtin| builtin.name).collect();
    let help = match crate::naming::nearest(name, names) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`mdbook-archdoc template list` names the built-in ones; any other name is a path".to_owned(),
    };
    match load::book(&[]) {
        Ok(book) => loaded(name, &book.session.files).map_err(|failure| Failure {
            help: Some(help),
            ..failure
        }),
        Err(_) => Err(Failure::with_help(format!("there is no template `{name}`"), help)),
    }
}

fn loaded(name: &str, files: &Files) -> Result<Template, Failure> {
    let (template, trouble) = load_template(name, None, files, &Default::default());
    template.ok_or_else(|| failure(name, trouble))
}

fn failure(name: &str, trouble: Vec<Problem>) -> Failure {
    let first = trouble.into_iter().next();
    first.map_or_else(
        || Failure::new(format!("the template `{name}` cannot be used")),
        Failure::from,
    )
}

fn check(template: &Template) -> Result<Outcome, Failure> {
    let found = problems(template);
    for (span, message) in &found {
        let place = template.text.place(*span);
        let at = place.map_or(template.name.clone(), |place| {
            format!("{}:{}", place.file.path(), place.file.position(place.span.start).line)
        });
        print(Form::Text, &format!("{at}: {message}\n"))?;
    }
    let sections = template.sections.len();
    say(&format!("archdoc: {sections} sections, {} problems\n", found.len()));
    Ok(if found.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}
