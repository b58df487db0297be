//! Phases in every form, and what is none.

use super::super::reader::tests::reading;
use super::*;

fn read_in(body: &str) -> Vec<String> {
    let text =
        format!("# A\n\n## Future Roadmap\n\n{body}\n\n## Scalability\n\n### Phase 9 (Q1 2020)\n\n- [ ] not this\n");
    let mark = |task: &RoadmapTask| match (task.done, task.open, task.boxed) {
        (true, false, _) => "x",
        (false, true, true) => "o",
        (false, true, false) => "-",
        _ => "~",
    };
    let shown = |phase: &Phase| {
        let number = phase.number.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let last = phase.last.map_or_else(|| "?".to_owned(), |last| last.to_string());
        let tasks: Vec<String> = phase
            .tasks
            .iter()
            .map(|task| format!("{}{}", mark(task), task.text.text))
            .collect();
        format!("{number} {} {last} {}", phase.name.text, tasks.join(","))
    };
    reading(&text, |reader| read(reader).iter().map(shown).collect())
}

#[test]
fn phases_are_read_in_every_form() {
    let cases: [(&str, &[&str]); 14] = [
        (
            "### Phase 1 (Q1 2027)\n- [ ] a\n- [x] b\n### Phase 2 (Q2 2027)\n- [ ] c",
            &["1 Q1 2027 2027-03-31 oa,xb", "2 Q2 2027 2027-06-30 oc"],
        ),
        (
            "### Q1 2027\n\n- a\n- ✅ b\n- c (done)",
            &["- Q1 2027 2027-03-31 -a,x✅ b,xc (done)"],
        ),
        (
            "### Q3 2027: Growth\n- [ ] ~~a~~\n- [ ] b (moved to Phase 3)",
            &["- Q3 2027: Growth 2027-09-30 ~a,~b (moved to Phase 3)"],
        ),
        (
            "### Phase 1: Base\n\n**Timeline**: Q1 2027\n\n- [ ] a",
            &["1 Base 2027-03-31 oa"],
        ),
        (
            "### Phase 1\n- Timeline: by May 2027\n- a",
            &["1 Phase 1 2027-05-31 -a"],
        ),
        ("### ✅ Phase 1 (Q1 2024)\n- a", &["1 Q1 2024 2024-03-31 xa"]),
        ("### Short-term (3-6 months)\n- a", &["- Short-term (3-6 months) ? -a"]),
        (
            "- **Q1 2027**: a\n- **Phase 2 (Q2 2027)**:\n  - [ ] b\n  - [ ] c",
            &["- Q1 2027 2027-03-31 -a", "2 Q2 2027 2027-06-30 ob,oc"],
        ),
        (
            "**Phase 1 (Q1 2027)**\n\n- a\n\n**Phase 2 (Q2 2027)**\n\n- b",
            &["1 Q1 2027 2027-03-31 -a", "2 Q2 2027 2027-06-30 -b"],
        ),
        ("**Phase 1**: a\n**Phase 2**: b", &["1 Phase 1 ? -a", "2 Phase 2 ? -b"]),
        (
            "| Phase | Timeline | Deliverables |\n|--|--|--|\n| Phase 1 | Q1 2027 | a |\n| Phase 2 | 2028 | b |",
            &["1 Phase 1 2027-03-31 -a", "2 Phase 2 2028-12-31 -b"],
        ),
        (
            "| Feature | Quarter | Status |\n|--|--|--|\n| a | Q1 2027 | Done |\n| b | Q1 2027 | open |",
            &["- Q1 2027 2027-03-31 xa,-b"],
        ),
        (
            "### Phase 1 (Q1 2027)\n- [ ] a\n  - [x] b\n  - c",
            &["1 Q1 2027 2027-03-31 oa,xb"],
        ),
        (
            "### Phase 1 (Q1 2027)\n- [ ] [Feature/improvement]\n- [ ] a",
            &["1 Q1 2027 2027-03-31 oa"],
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(read_in(body), expected, "{body}");
    }
}

#[test]
fn other_text_is_no_phase() {
    for body in [
        "We plan from quarter to quarter.",
        "- Move to a new data centre\n- **Caching**: more of it",
        "### Phase 1 (Q1 2026)\n- [ ] [Feature/improvement]",
        "Not applicable: the system is being retired",
    ] {
        assert_eq!(read_in(body), [] as [&str; 0], "{body}");
    }
}
