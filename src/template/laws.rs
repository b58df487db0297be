//! Laws that hold for every template, also for those that other people wrote.

use proptest::prelude::*;

use super::*;
use crate::settings::{Refinement, Settings};

fn of_markdown(text: &str) -> Template {
    compile::compile("t", Text::of_file(&SourceFile::new("t.md", text)), &[])
        .expect("it has sections")
        .0
}

/// A template's demands without the places where they stand.
fn demands(template: &Template) -> Vec<String> {
    let field = |field: &FieldSpec| {
        let FieldSpec {
            key,
            kind,
            optional,
            aliases,
            open,
            place,
            ..
        } = field;
        format!("{key} {kind:?} {optional} {aliases:?} {open} {place:?}")
    };
    let section = |spec: &SectionSpec| {
        let fields: Vec<String> = spec.fields.iter().map(field).collect();
        format!(
            "{} {} {:?} {:?} {:?} {:?} {} {fields:?}",
            spec.id,
            spec.optional,
            spec.group,
            spec.instances,
            spec.aliases,
            (spec.diagram, spec.code),
            spec.tasks
        )
    };
    let title = format!("{:?} {:?} {}", template.title, template.title_text, template.base);
    let header = template.header.iter().map(field);
    std::iter::once(title)
        .chain(header)
        .chain(template.checklist.iter().cloned())
        .chain(template.sections.iter().map(section))
        .chain(template.footer.iter().map(field))
        .collect()
}

#[test]
fn what_is_shown_compiles_to_the_same_template() {
    for builtin in BUILTINS {
        let (template, problems) = load(builtin.name, None, &Files::new("."), &Default::default());
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
    assert!(builtin(&Settings::default().template).is_some());
}

#[test]
fn a_template_takes_from_the_one_that_it_extends() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write(
        "base.md",
        "# T: [Name]\n\n**Version**: [Version]\n\n## A\n\n[a]\n\n### A1\n\n[a1]\n\n## B (optional)\n\n[b]\n\n---\n\n**End**: [Date]\n",
    );
    write(
        "own.md",
        "<!-- archdoc: extends; template=\"base.md\" -->\n\n## A\n\n[our a]\n\n## New\n\n[new]\n\n## B\n\n<!-- archdoc: remove -->\n",
    );
    let (template, problems) = load("own.md", None, &Files::new(folder.path()), &Default::default());
    assert_eq!(problems, []);
    let template = template.expect("it can be used");
    let ids: Vec<&str> = template.sections.iter().map(|spec| spec.id.as_str()).collect();
    assert_eq!(ids, ["a", "a/a1", "new"]);
    assert_eq!(template.header[0].key, "Version");
    assert_eq!(template.footer[0].key, "End");
    assert!(template.is_placeholder("[our a]") && !template.is_placeholder("[a]"));
    let place = template
        .text
        .place(template.sections.get(1).expect("a section").span)
        .expect("a place");
    assert_eq!(
        (place.file.path(), place.file.position(place.span.start).line),
        ("base.md", 9)
    );
    write("round.md", "<!-- archdoc: extends; template=\"round.md\" -->\n\n## A\n");
    let (_, problems) = load("round.md", None, &Files::new(folder.path()), &Default::default());
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("extends itself"), "{problems:?}");
}

/// One section of a made-up template: its marks and what stands in it.
fn section() -> impl Strategy<Value = String> {
    let name = prop::sample::select(
        &[
            "Purpose",
            "Risks",
            "How It Runs",
            "Costs & Limits",
            "Data",
            "Step 1",
            "Step 1: [Name]",
            "[Part]",
            "API: [Name]",
            "",
        ][..],
    );
    let suffix = prop::sample::select(&["", "", "", " (optional)", " (if applicable)"][..]);
    let above = prop::sample::select(&["", "", "<!-- optional -->\n"][..]);
    let mark = prop::sample::select(
        &[
            "",
            "",
            "",
            "<!-- archdoc: optional -->\n\n",
            "<!-- archdoc: required -->\n\n",
            "<!-- archdoc: alias; name=\"Dangers, Perils\" -->\n\n",
            "<!-- archdoc: repeat -->\n\n",
            "<!-- archdoc: field; name=\"Owner\"; optional; alias=\"Who\" -->\n\n",
        ][..],
    );
    let body = prop::collection::vec(
        prop::sample::select(
            &[
                "[What it is]\n",
                "**Owner**: [Name]\n",
                "**Since**: [Date]\n",
                "**Kind**: Backend\n",
                "- **Cure**: [Cure]\n",
                "**Parts**:\n- [Part 1]\n",
                "| Risk | Cure |\n|---|---|\n",
                "```\nA → B\n```\n",
                "- [ ] Look at it\n",
                "[Repeat structure]\n",
            ][..],
        ),
        0..4,
    );
    (2usize..5, name, suffix, above, mark, body).prop_map(|(level, name, suffix, above, mark, body)| {
        format!(
            "{above}{} {name}{suffix}\n\n{mark}{}\n",
            "#".repeat(level),
            body.join("\n")
        )
    })
}

/// A made-up template and what a book says of it: for the sections at these places, optional or not, another name.
fn templates() -> impl Strategy<Value = (String, Vec<(usize, Option<bool>, bool)>)> {
    let head = prop::sample::select(
        &[
            "",
            "# T: [Name]\n\n",
            "# T: [Name]\n\n**Version**: [Version]\n**Status**: [Draft/Done]\n\n",
        ][..],
    );
    let foot = prop::sample::select(&["", "---\n\n**Checked By**: [Name] on [Date]\n"][..]);
    let refined = prop::collection::vec((0usize..8, any::<Option<bool>>(), any::<bool>()), 0..4);
    let text = (head, prop::collection::vec(section(), 1..8), foot)
        .prop_map(|(head, sections, foot)| format!("{head}{}{foot}", sections.concat()));
    (text, refined)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_template_that_is_shown_compiles_to_the_same((text, refined) in templates()) {
        let of = |text: &str, refinements: &[Refining]| {
            compile::compile("t", Text::of_file(&SourceFile::new("t.md", text)), refinements).map(|(template, _)| template)
        };
        let of_field = |optional| Refinement { optional, alias: vec!["Its Other Name".to_owned()], ..Refinement::default() };
        let Some(plain) = of(&text, &[]) else { return Ok(()) };
        let mut book = Refinements::default();
        for (at, optional, renamed) in refined {
            let Some(spec) = plain.sections.get(at) else { continue };
            let refinement = book.sections.entry(spec.id.clone()).or_default();
            refinement.optional = optional;
            refinement.alias = renamed.then(|| "Another Name".to_owned()).into_iter().collect();
            if let Some(field) = spec.fields.first() {
                refinement.fields.insert(field.key.clone(), of_field(optional));
            }
            if let Some(field) = plain.header.first().or(plain.footer.first()) {
                book.fields.insert(field.key.clone(), of_field(optional));
            }
        }
        let template = of(&text, &[(book, None)]).expect("it has sections");
        let shown = markdown(&template);
        let again = of(&shown, &[]).expect("it has sections still");
        prop_assert_eq!(demands(&again), demands(&template), "{}\n=====\n{}", text, shown);
        // And it is shown in the same way once more.
        prop_assert_eq!(demands(&of(&markdown(&again), &[]).expect("sections")), demands(&template));
    }
}
