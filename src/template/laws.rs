//! Laws that hold for every template, also for those that other people wrote.

use super::*;
use crate::config::Config;

fn of_markdown(text: &str) -> Template {
    let refinements = Refinements::default();
    compile::compile("t", Text::of_file(&SourceFile::new("t.md", text)), &[&refinements])
        .expect("it has sections")
        .0
}

/// A template's demands without the places where they stand.
fn demands(template: &Template) -> Vec<String> {
    let field = |field: &FieldSpec| format!("{} {:?} {} {:?}", field.key, field.kind, field.optional, field.aliases);
    let section = |spec: &SectionSpec| {
        let fields: Vec<String> = spec.fields.iter().map(field).collect();
        format!(
            "{} {} {:?} {:?} {fields:?}",
            spec.id, spec.optional, spec.group, spec.aliases
        )
    };
    let header = template.header.iter().map(field);
    header
        .chain(template.sections.iter().map(section))
        .chain(template.footer.iter().map(field))
        .collect()
}

#[test]
fn what_is_shown_compiles_to_the_same_template() {
    for builtin in BUILTINS {
        let (template, problems) = load(builtin.name, None, &Files::new("."), &BTreeMap::new());
        assert!(problems.is_empty(), "{}", builtin.name);
        let template = template.expect(builtin.name);
        let again = of_markdown(&markdown(&template));
        assert_eq!(demands(&again).len(), demands(&template).len(), "{}", builtin.name);
        for (again, first) in demands(&again).iter().zip(demands(&template)) {
            assert_eq!(*again, first, "{}", builtin.name);
        }
        assert!(super::problems(&template).is_empty(), "{}", builtin.name);
    }
}

#[test]
fn the_configuration_has_a_default_that_exists() {
    assert!(builtin(&Config::default().template).is_some());
}

#[test]
fn a_template_takes_from_the_one_that_it_extends() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write(
        "base.md",
        "# T: [Name]\n\n**Version**: [Version]\n\n## A\n\n[a]\n\n### A1\n\n[a1]\n\n## B\n\n[b]\n\n---\n\n**End**: [Date]\n",
    );
    write(
        "own.md",
        "<!-- archdoc: extends; template=\"base.md\" -->\n\n## A\n\n[our a]\n\n## New\n\n[new]\n\n## B\n\n<!-- archdoc: remove -->\n",
    );
    let (template, problems) = load("own.md", None, &Files::new(folder.path()), &BTreeMap::new());
    assert_eq!(problems, []);
    let template = template.expect("it can be used");
    let ids: Vec<&str> = template.sections.iter().map(|spec| spec.id.as_str()).collect();
    assert_eq!(ids, ["a", "a/a1", "new"]);
    assert_eq!(template.header[0].key, "Version");
    assert_eq!(template.footer[0].key, "End");
    assert!(template.is_placeholder("[our a]") && !template.is_placeholder("[a]"));
    let place = template.text.place(template.sections[1].span).expect("a place");
    assert_eq!(
        (place.file.path(), place.file.position(place.span.start).line),
        ("base.md", 9)
    );
    write("round.md", "<!-- archdoc: extends; template=\"round.md\" -->\n\n## A\n");
    let (_, problems) = load("round.md", None, &Files::new(folder.path()), &BTreeMap::new());
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("extends itself"), "{problems:?}");
}

/// Shapes of templates that people hand out, in our own words.
#[test]
fn templates_of_other_families_demand_what_a_person_would_say() {
    let proposal = of_markdown(
        "- Feature Name: (fill me in with a name)\n- Start Date: (fill me in with the day, YYYY-MM-DD)\n\n# Summary\n[summary]: #summary\n\nOne paragraph.\n\n# Motivation\n[motivation]: #motivation\n\nWhy?\n",
    );
    assert_eq!((proposal.base, proposal.sections.len()), (1, 2));
    let keys: Vec<&str> = proposal.header.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["Feature Name", "Start Date"]);
    let enhancement = of_markdown(
        "# KEP-NNNN: A title\n\n<!-- guidance -->\n\n## Summary\n\n<!--\nWhat it is.\n-->\n\n## Proposal\n\n### User Stories (Optional)\n\n#### Story 1\n\n#### Story 2\n\n### Risks\n",
    );
    let shown: Vec<(&str, bool)> = enhancement
        .sections
        .iter()
        .map(|spec| (spec.id.as_str(), spec.optional))
        .collect();
    assert_eq!(
        shown,
        [
            ("summary", false),
            ("proposal", false),
            ("proposal/user-stories", true),
            ("proposal/user-stories/story", false),
            ("proposal/risks", false),
        ]
    );
    assert_eq!(enhancement.title, "kep");
    let views = of_markdown(
        "# Goals\n\n# Runtime View\n\n## \\<Scenario 1\\>\n\n## \\<Scenario 2\\>\n\n# Glossary\n\n| Term | Definition |\n|---|---|\n| *\\<Term-1\\>* | *\\<definition-1\\>* |\n",
    );
    assert!(views.is_placeholder("<Term-1\\>"));
    assert_eq!(views.top.len(), 3);
}
