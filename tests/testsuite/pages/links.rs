//! Every marker makes a page, and every link of it lands.

use super::*;

#[test]
fn every_marker_makes_a_page_whose_links_land() {
    let (parcel, returns) = (
        example_chapter("parcel-tracking.md"),
        example_chapter("returns-portal.md"),
    );
    // Names that need care in an address, and headings that occur twice.
    let twice = parcel.replace(
        "# Architecture Documentation: Parcel Tracking",
        "# Architecture Documentation: Twice",
    );
    let book = book(
        &[
            ("parcel-tracking.md", &parcel),
            ("deep/er/returns & more (1).md", &returns),
            ("twice/README.md", &twice),
        ],
        "",
    );
    book.build();
    let pages: Vec<String> = WORDS.iter().map(|word| format!("pages/{word}.html")).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    assert_eq!(dead_links(&book, &pages), Vec::<String>::new());
    for word in WORDS {
        let html = book.read(&format!("book/html/pages/{word}.html"));
        assert!(content(&html).contains("<table"), "{word}");
        let text = book.read(&format!("book/markdown/pages/{word}.md"));
        assert!(text.contains("| --- |") && !text.contains("<table"), "{word}: {text}");
        assert!(text.trim_end().ends_with("The end."), "{word}: {text}");
    }
    // The page with all of the book in it is whole.
    let print = book.read("book/html/print.html");
    assert_eq!(print.matches("The end.").count(), WORDS.len());
}

/// The ids of the links are those that mdBook makes, whatever a heading holds.
#[test]
fn links_know_the_ids_of_headings() {
    let names = [
        "🏗️ Load  Balancer",
        "Load Balancer",
        "`code` & *more* <b>bold</b>",
        "Don't \"quote\" -- it ... all",
        "A [link](x.md) ![picture](y.png) end",
        "Über straße É",
        "own {#my-own}",
        "own {#my-own-2 .class}",
        "under_score-and-hyphen",
        "&amp; &lt;",
        "!!!",
        "???",
        "1.2 Numbers",
        "日本語 の 見出し",
        "<em>All</em> of it <!-- said -->",
        "Two\u{a0}words",
        "Load Balancer",
    ];
    let sections: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            format!(
                "### {name}\n\n- **Limitation {}**: Number {number} is slow. Workaround: none\n",
                number + 1
            )
        })
        .collect();
    let document = format!(
        "# Architecture Documentation: Ids\n\n**Status**: Draft\n\n## Glossary\n\nTerm\n: Load Balancer\n\nLoad Balancer\n\
         : Twice\n\n<h3>Load Balancer</h3>\n\n<h3 id=\"by-hand\">By <b>hand</b></h3>\n\n## Known Limitations\n\n{}",
        sections.join("\n")
    );
    let (start, end) = document.split_at(document.find("### own {#my-own}").unwrap());
    let included = format!("{start}{{{{#include parts/rest.md}}}}\n");
    for (smart, document) in [("true", &document), ("false", &document), ("true", &included)] {
        let book = book(&[("a.md", document)], "");
        book.file("src/parts/rest.md", end);
        book.toml(&format!(
            "[output.html]\nsmart-punctuation = {smart}\n[output.markdown]\n"
        ));
        book.build();
        assert_eq!(dead_links(&book, &["pages/limitations.html"]), Vec::<String>::new());
        let page = book.read("book/html/pages/limitations.html");
        let mut found: Vec<&str> = values(content(&page), "href");
        found.retain(|href| href.starts_with("../a.html#"));
        found.dedup();
        // One has no letter: its link leads to the page.
        assert_eq!(found.len(), names.len() - 1, "{found:?}");
        // Each leads to the heading that its limitation stands under, whose text follows the id.
        let html = book.read("book/html/a.html");
        for (number, href) in found.iter().enumerate() {
            let id = decoded(href.split_once('#').unwrap().1);
            let rest = html.split_once(&format!("id=\"{id}\"")).unwrap().1;
            let told = rest.split_once("Number ").unwrap().1;
            let told: usize = told.split(' ').next().unwrap().parse().unwrap();
            // The one without a letter is not among them.
            let expected = if number < 10 { number } else { number + 1 };
            assert_eq!(told, expected, "{href}");
        }
    }
}
