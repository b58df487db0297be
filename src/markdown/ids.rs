//! The ids that mdBook 0.5 gives headings, as its private `id_from_content` and `unique_id` do. Must give exactly those,
//! whatever one would wish them to be: links in generated text stand on them.

use std::collections::HashMap;

/// The id that mdBook gives a heading, before equal ones are told apart. `📋 Executive Summary` is
/// `-executive-summary`; a heading without letters and digits has the empty id.
///
/// `text` is what the host renders: with smart punctuation on, its default, `--` outside code is a dash by then and
/// falls out of the id, where two hyphens would stay; a footnote reference counts with its number, an image not at all.
/// A heading with an id of its own, `{#id}`, keeps that.
fn heading_id(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            '_' | '-' => Some(c),
            _ if c.is_alphanumeric() => Some(c),
            _ if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

/// Tells equal ids of one chapter apart as mdBook does: `foo`, `foo-1`, `foo-2`.
#[derive(Debug, Default)]
pub struct HeadingIds {
    /// The ids given, each with the first suffix that may be free.
    given: HashMap<String, u32>,
}

impl HeadingIds {
    /// The id of the next heading or definition-list term of the chapter, in order of the text. Those with an id of
    /// their own, and headings written in HTML, are left out: mdBook does not count them, even where ids then recur.
    pub fn next(&mut self, text: &str) -> String {
        let id = heading_id(text);
        let Some(&first) = self.given.get(&id) else {
            self.given.insert(id.clone(), 1);
            return id;
        };
        let mut suffix = first;
        let unique = loop {
            let candidate = format!("{id}-{suffix}");
            suffix = suffix.saturating_add(1);
            if !self.given.contains_key(&candidate) {
                break candidate;
            }
        };
        self.given.insert(id, suffix);
        self.given.insert(unique.clone(), 1);
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text and id as mdbook-driver 0.5.4 gave them, in one chapter, in this order.
    const FROM_THE_HOST: &[(&str, &str)] = &[
        ("Executive Summary", "executive-summary"),
        ("📋 Executive Summary", "-executive-summary"),
        ("🏗\u{fe0f} System Architecture", "-system-architecture"),
        ("🏗 System Architecture", "-system-architecture-1"),
        ("System 🗺\u{fe0f}", "system-"),
        ("📊 Monitoring & Observability", "-monitoring--observability"),
        ("👩🏽\u{200d}💻 Team", "-team"),
        ("1\u{fe0f}\u{20e3} First", "1-first"),
        ("🇩🇪 Germany", "-germany"),
        ("🚀", ""),
        ("🔄", "-1"),
        ("→", "-2"),
        ("Foo", "foo"),
        ("Foo", "foo-1"),
        ("foo-1", "foo-1-1"),
        ("FOO", "foo-2"),
        ("Foo 1", "foo-1-2"),
        ("foo", "foo-3"),
        ("7.1.2 - Scope", "712---scope"),
        ("Section 7: Scope", "section-7-scope"),
        ("§ 7", "-7"),
        ("CI/CD Pipeline", "cicd-pipeline"),
        ("C# Guidelines", "c-guidelines"),
        ("C++ API", "c-api"),
        (".NET Services", "net-services"),
        ("24/7 Support", "247-support"),
        ("A  B", "a--b"),
        ("A\u{a0}B", "a-b"),
        ("A\u{3000}B", "a-b-1"),
        ("A\u{200b}B", "ab"),
        ("A—B – C", "ab--c"),
        ("snake_case name", "snake_case-name"),
        ("-dash- -", "-dash---"),
        ("What’s New?", "whats-new"),
        ("变更日志", "变更日志"),
        ("Журнал изменений", "журнал-изменений"),
        ("Änderungsverlauf", "änderungsverlauf"),
        ("A\u{308}nderung", "anderung"),
        ("İstanbul", "istanbul"),
        ("ΑΣ ΟΔΟΣ", "ας-οδος"),
        ("Größe ẞ", "größe-ß"),
        ("Ⅶ ② ² ½ ℹ\u{fe0f} Ⓜ\u{fe0f} 🅰", "ⅶ-②-²-½-ℹ-ⓜ-🅰"),
        ("हिन\u{94d}दी दस\u{94d}ताव\u{947}ज\u{93c}", "हिनदी-दसताव\u{947}ज"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("のログ", "のログ"),
        ("(Q1 2026)", "q1-2026"),
        ("100% Coverage", "100-coverage"),
        ("E=mc²", "emc²"),
        ("ﬁnal", "ﬁnal"),
        ("ﷺ", "ﷺ"),
        ("Ｓｅｃｕｒｉｔｙ\u{3000}＆", "ｓｅｃｕｒｉｔｙ-"),
        ("x\u{301}\u{20e3}", "x"),
        ("\u{e000} Icon", "-icon"),
        ("Price: $5, €6", "price-5-6"),
        ("a@b.c", "abc"),
        ("# hash", "-hash"),
        ("Phase 1, Phase 2", "phase-1-phase-2"),
    ];

    #[test]
    fn ids_are_the_hosts() {
        let mut ids = HeadingIds::default();
        for (text, id) in FROM_THE_HOST {
            assert_eq!(ids.next(text), *id, "{text:?}");
        }
    }

    /// A page of very many headings of one name, with a page of the book on it that links to one of them. This ends soon
    /// only where the work grows with the page.
    #[test]
    fn many_equal_headings_are_quick() {
        let headings = "### Example\n\n".repeat(100_000);
        let text = format!(
            "# A\n\n<!-- archdoc: limitations -->\n\n## Known Limitations\n\n{headings}- **Limitation 1**: Slow\n"
        );
        let (built, messages) = crate::fuzzing::build(&text, "");
        assert!(built.contains("#example-99999\""), "{messages}");
    }
}
