//! Titles that would begin a block, or end one.

use super::*;

#[test]
fn a_title_begins_no_block() {
    let draft = |title: &str| {
        format!(
            "# Architecture Documentation: {}\n\n**Version**: 1.0\n**Status**: Draft\n\n## Executive Summary\n\nIt is.\n",
            numbered(title)
        )
    };
    let with = |titles: &[&str]| {
        let book = BookTest::new();
        let mut chapters: Vec<(String, String)> = titles
            .iter()
            .enumerate()
            .map(|(at, title)| (format!("d{at}.md"), draft(title)))
            .collect();
        let pages = [
            "overview; limit=500",
            "changes",
            "recovery; group=document",
            "limitations; document=\"- none\"",
            "reviews",
        ];
        for (at, page) in pages.iter().enumerate() {
            chapters.push((format!("p{at}.md"), format!("# P\n\n<!-- archdoc: {page} -->\n")));
        }
        let chapters: Vec<(&str, &str)> = chapters
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        book.toml("fail-on = \"never\"\ndocuments = [\"d*.md\"]\n[output.html]\n[output.markdown]\n")
            .chapters(&chapters);
        let built = book.build();
        assert_eq!(built.code, 0, "{}", built.stderr);
        let mut texts: Vec<String> = (0..pages.len())
            .map(|at| book.read(&format!("book/markdown/p{at}.md")))
            .collect();
        texts.push(book.run(&["status", "--format", "markdown"]).stdout);
        texts.push(book.run(&["changelog"]).stdout);
        for at in 0..pages.len() {
            let html = book.read(&format!("book/html/p{at}.html"));
            assert_eq!(alive(&content(&html)), Vec::<String>::new());
        }
        texts
    };
    let (hostile, harmless) = (with(&TITLES), with(&["Harmless"; TITLES.len()]));
    let harmless = all_plainly_built(&harmless);
    let built = all_plainly_built(&hostile);
    for (at, (page, harmless)) in built.iter().zip(&harmless).enumerate() {
        let parts = content(page);
        assert_eq!(alive(&parts), Vec::<String>::new(), "{}", hostile[at]);
        assert_eq!(elements(&parts), elements(&content(harmless)), "{}", hostile[at]);
        // The overview, and what both commands print.
        if ![0, 5, 6].contains(&at) {
            continue;
        }
        let shown = shown(&parts);
        for title in TITLES {
            assert!(shown.contains(title), "{title} is not in {shown}");
        }
    }
}
