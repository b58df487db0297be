//! Templates: an ordinary Markdown file, compiled to what it demands of a document.
//!
//! What the file implies is inferred; comments in it, the data beside a built-in template and the team's
//! configuration refine it. This room never looks at a document that is to be checked.

mod compile;
mod extend;
mod field;
#[cfg(test)]
mod laws;
mod marks;
mod problems;
mod scaffold;
mod sections;
mod show;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub use field::{FieldKind, FieldPlace, FieldSpec};
pub use problems::problems;
pub use scaffold::{filled_in, is_numbered, section_text};
pub use show::{json, markdown, tree};

use crate::files::Files;
use crate::ids::{Id, IdList};
use crate::naming;
use crate::settings::{Binding, Problem, ProblemKind, Refinements, read_refinements};
use crate::site::book_toml;
use crate::source::{Place, SourceFile, Span, Text};

/// The name of the template that is used where nothing else is said.
pub const DEFAULT: &str = "architecture";

/// The path of the section that holds the change log.
pub const CHANGE_LOG: &str = "change-log";

/// The path of the section that holds the review checklist.
pub const CHECKLIST: &str = "review-checklist";

/// A compiled template.
#[derive(Debug)]
pub struct Template {
    /// Its built-in name, or its path in the book.
    pub name: String,
    /// Its Markdown, which knows for each byte the file that it stands in: all spans here are of this text.
    pub text: Text,
    /// The level of the headings of its sections at the top: 2, or 1 where it has no title.
    pub base: u8,
    /// The literal beginning of the title, normalised: `architecture documentation`; empty where any title will do.
    pub title: String,
    /// The title as the template writes it.
    pub title_text: String,
    /// Where the title stands; `None` where the template has none.
    pub title_at: Option<Span>,
    /// The fields in front of the first section.
    pub header: Vec<FieldSpec>,
    /// The fields behind the last section's rule.
    pub footer: Vec<FieldSpec>,
    /// The sections, a parent before its children.
    pub sections: IdList<SectionSpec>,
    /// The sections that stand at the top.
    pub top: Vec<SpecId>,
    /// The tasks that the section [`CHECKLIST`] names, in order, without those that are placeholders.
    pub checklist: Vec<String>,
    /// What speaks for the items of a checklist, by their normalised text.
    pub evidence: BTreeMap<String, Binding>,
    tops: HashMap<String, Vec<Top>>,
    units: HashMap<String, UnitClass>,
    shapes: HashSet<String>,
    placeholders: HashSet<String>,
}

/// A section at the top that has a name.
#[derive(Debug, Clone, Copy)]
pub struct Top {
    /// The section.
    pub section: SpecId,
    /// Whether the name is its own, and not only another one for it.
    pub exact: bool,
}

/// Where a section stands in [`Template::sections`].
pub type SpecId = Id<SectionSpec>;

/// What the template demands of one section.
#[derive(Debug, Clone)]
pub struct SectionSpec {
    /// The path of normalised names, `disaster-recovery/backup-strategy`.
    pub id: String,
    /// The heading without its emoji, as messages name the section: `Backup Strategy`.
    pub title: String,
    /// The whole heading as the template has it.
    pub heading: String,
    /// The heading's normalised name.
    pub name: String,
    /// Where the heading stands in the template.
    pub span: Span,
    /// The whole section in the template, without the rule that ends it.
    pub body: Span,
    /// 1 for the sections at the top.
    pub depth: u8,
    /// The section that holds it.
    pub parent: Option<SpecId>,
    /// Its sub-sections.
    pub children: Vec<SpecId>,
    /// Other names, normalised.
    pub aliases: Vec<String>,
    /// Whether a document may leave it out.
    pub optional: bool,
    /// Where that is said, or the contrary, if it is said.
    pub refined: Option<Place>,
    /// For a repeated group, what an instance of it is called: `Component`.
    pub group: Option<String>,
    /// For a repeated group, which headings are its instances.
    pub instances: Instances,
    /// The section's fields.
    pub fields: Vec<FieldSpec>,
    /// The words with which it numbers its items: `FR`, where it asks for `FR1`.
    pub labels: Vec<String>,
    /// Whether it holds tasks, itself or in a sub-section.
    pub tasks: bool,
    /// Whether it has a diagram.
    pub diagram: Option<DiagramKind>,
    /// Whether it has code that is neither a diagram nor the value of a field.
    pub code: bool,
}

/// Which headings are instances of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instances {
    /// Those with its label and a number: `Component 2: Orders`.
    Numbered,
    /// Those that begin with these words, normalised: `Service: Orders`.
    Beginning(String),
    /// Every heading that is nothing else.
    Any,
}

/// What kind of diagram a section of a template has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiagramKind {
    /// One that shows parts and how they lie: numbered steps cannot stand for it.
    Parts,
    /// Nothing but names and arrows between them: what comes after what.
    Flow,
}

/// What a part of the template is to a document in which it stands word for word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitClass {
    /// Text to be filled in.
    Placeholder,
    /// An example of what could stand there.
    Sample,
    /// What the template wants to stand there: a checklist's item, a table's header, a field's name.
    Demand,
}

/// A template that ships with the program.
#[derive(Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Its Markdown.
    pub markdown: &'static str,
    /// The refinements beside it.
    pub refinements: &'static str,
}

/// The templates that ship with the program.
pub static BUILTINS: &[Builtin] = &[
    Builtin {
        name: "adr",
        about: "a decision record: status, context, decision, consequences",
        markdown: include_str!("builtin/adr.md"),
        refinements: include_str!("builtin/adr.toml"),
    },
    Builtin {
        name: "arc42",
        about: "twelve sections from goals to glossary",
        markdown: include_str!("builtin/arc42.md"),
        refinements: include_str!("builtin/arc42.toml"),
    },
    Builtin {
        name: DEFAULT,
        about: "a header, 21 sections, a review checklist and a footer",
        markdown: include_str!("builtin/architecture.md"),
        refinements: include_str!("builtin/architecture.toml"),
    },
    Builtin {
        name: "madr",
        about: "a decision record with its options and drivers",
        markdown: include_str!("builtin/madr.md"),
        refinements: include_str!("builtin/madr.toml"),
    },
];

/// The built-in template of this name.
pub fn builtin(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.name == name)
}

impl Template {
    /// Whether a bracketed text, with its brackets, is one of the template's placeholders; numbers do not matter.
    pub fn is_placeholder(&self, bracketed: &str) -> bool {
        self.placeholders.contains(bracketed) || self.placeholders.contains(&placeholder_shape(bracketed))
    }

    /// What a unit's text is in the template, if it stands there word for word.
    pub fn unit(&self, text: &str) -> Option<UnitClass> {
        self.units.get(text).copied()
    }

    /// Whether a unit's text stands in the template word for word; numbers do not matter.
    pub fn has_words(&self, text: &str) -> bool {
        self.units.contains_key(text) || self.shapes.contains(&placeholder_shape(text))
    }

    /// The section with this path.
    pub fn section(&self, id: &str) -> Option<&SectionSpec> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The sections at the top that have a normalised name, as their own or as another one.
    pub fn tops_named(&self, name: &str) -> &[Top] {
        self.tops.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a title has the form that the template gives it: its literal beginning.
    pub fn title_matches(&self, title: &str) -> bool {
        !self.title.is_empty() && naming::normalise(title).starts_with(&self.title)
    }
}

impl SectionSpec {
    /// Whether a heading has the form of the group's instances. One of any form has it.
    pub fn is_instance(&self, heading: &str) -> bool {
        let Some(label) = &self.group else { return false };
        match &self.instances {
            Instances::Numbered => {
                naming::numbered(heading).is_some_and(|numbered| numbered.label.eq_ignore_ascii_case(label))
            }
            Instances::Beginning(words) => {
                let name = naming::normalise(heading);
                name.strip_prefix(words.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            }
            Instances::Any => true,
        }
    }

    /// How messages name an instance that is not there.
    pub fn example(&self) -> String {
        match (&self.group, &self.instances) {
            (Some(label), Instances::Numbered) => format!("{label} 1"),
            (Some(_), _) => self.heading.clone(),
            (None, _) => self.title.clone(),
        }
    }
}

/// A text without what varies between copies of it: numbers, case and spacing.
fn placeholder_shape(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !shape.is_empty() {
            shape.push(' ');
        }
        let mut digits = false;
        for char in word.chars().flat_map(char::to_lowercase) {
            let digit = char.is_ascii_digit();
            if !digit {
                shape.push(char);
            } else if !digits {
                shape.push('#');
            }
            digits = digit;
        }
    }
    shape
}

/// The template `name`, a built-in one or a Markdown file of the book, refined by `own`, what the book says of it.
///
/// What is wrong comes back beside it; without a template where there is none to be had. `span` is where it
/// names it.
pub fn load(name: &str, span: Option<Span>, files: &Files, own: &Refinements) -> (Option<Template>, Vec<Problem>) {
    let invalid = |span, message, help| Problem {
        kind: ProblemKind::InvalidConfig,
        span,
        message,
        help,
    };
    let (text, mut refinements) = match source(name, files, &mut Vec::new()) {
        Ok(found) => found,
        Err((message, help)) => return (None, vec![invalid(span, message, Some(help))]),
    };
    let said = *own != Refinements::default();
    let book_toml = said.then(|| book_toml(files)).flatten();
    refinements.push((own.clone(), book_toml));
    let Some((template, unknown)) = compile::compile(name, text, &refinements) else {
        let help = Some("write its sections as headings of level 2".to_owned());
        return (
            None,
            vec![invalid(span, format!("the template `{name}` has no section"), help)],
        );
    };
    // The data beside a built-in template may speak of sections that a template which extends it takes out.
    let unknown = unknown.into_iter().filter_map(|unknown| {
        let section = unknown.path.as_ref().map(|path| own.sections.get(path));
        let fields = match section {
            Some(section) => &section?.fields,
            None => &own.fields,
        };
        let at = match &unknown.field {
            Some(field) => Some(fields.get(field)?),
            None => section.flatten(),
        };
        let message = match (&unknown.path, &unknown.field) {
            (Some(path), Some(field)) => format!("`{field}` is not a field of `{path}` in the template `{name}`"),
            (None, Some(field)) => {
                format!("`{field}` is not a field of the header or the footer of the template `{name}`")
            }
            (path, None) => format!(
                "`{}` is not a section of the template `{name}`",
                path.as_deref().unwrap_or_default()
            ),
        };
        let help = unknown.nearest.map(|nearest| format!("did you mean `{nearest}`?"));
        Some(invalid(at.and_then(|refinement| refinement.span), message, help))
    });
    let mut problems: Vec<Problem> = unknown.collect();
    for (at, message) in problems::comments(&template) {
        let place = template.text.place(at);
        let place = place.map_or_else(String::new, |place| {
            format!("{}:{}: ", place.file.path(), place.file.position(place.span.start).line)
        });
        let help = format!("`mdbook-archdoc template check {name}` lists all that is wrong with it");
        problems.push(invalid(span, format!("{place}{message}"), Some(help)));
    }
    (Some(template), problems)
}

/// Refinements and the file that they stand in.
type Refining = (Refinements, Option<Arc<SourceFile>>);

/// The Markdown of a template with that of the templates that it extends, and what refines them.
fn source(name: &str, files: &Files, above: &mut Vec<String>) -> Result<(Text, Vec<Refining>), (String, String)> {
    if let Some(builtin) = builtin(name) {
        let file = SourceFile::new(format!("{name} template"), builtin.markdown);
        let refinements = read_refinements(builtin.refinements).unwrap_or_default();
        let data = SourceFile::new(format!("{name} refinements"), builtin.refinements);
        return Ok((Text::of_file(&file), vec![(refinements, Some(data))]));
    }
    // Books are built on more than one system.
    let file = files.read(&name.replace('\\', "/")).map_err(|error| {
        let help = match naming::nearest(name, BUILTINS.iter().map(|builtin| builtin.name)) {
            Some(builtin) => format!("did you mean `{builtin}`?"),
            None => {
                "name a Markdown file relative to the book's root, or a built-in one: `mdbook-archdoc template list`"
                    .to_owned()
            }
        };
        (format!("no template `{name}`: {error}"), help)
    })?;
    let Some(base) = extend::extended_by(&file) else {
        return Ok((Text::of_file(&file), Vec::new()));
    };
    if above.contains(&base) || base == name {
        let help = "take `extends` out of one of them".to_owned();
        return Err((format!("the template `{name}` extends itself"), help));
    }
    above.push(name.to_owned());
    let (text, refinements) = source(&base, files, above)?;
    if let Some((line, path, nearest)) = extend::removed_in_vain(&text, &file) {
        let help = match nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "take the heading and its comment out".to_owned(),
        };
        return Err((
            format!("{name}:{line}: `{path}` cannot be removed, the template `{base}` does not have it"),
            help,
        ));
    }
    Ok((extend::extended(&text, &file), refinements))
}
