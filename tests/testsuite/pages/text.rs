//! What documents say stays text on the pages that are made of it.

use super::*;

#[test]
fn text_from_documents_stays_text() {
    let hostile = hostile(HOSTILE);
    for options in ["", "; group=document"] {
        let book = book(&[("a.md", &hostile)], options);
        book.file("src/secret.md", "SECRET-OF-THE-BOOK")
            .file("secret.md", "SECRET-OF-THE-BOOK");
        let run = book.build();
        assert_eq!(run.code, 0, "{}", run.stderr);
        for word in WORDS {
            let html = book.read(&format!("book/html/pages/{word}.html"));
            let page = content(&html);
            assert!(
                !page.contains("<script>alert") && !page.contains("SECRET"),
                "{word}: {page}"
            );
            // As its author meant it: the words in the code, the directive that is none, the bar.
            // What stands in code is no name of a person.
            let texts: &[&str] = match word {
                "stakeholders" => &["a|b"],
                _ => &[
                    "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
                    "{{#include ../secret.md}}",
                    "a|b",
                ],
            };
            for text in texts {
                assert!(
                    page.contains(text) || page.replace("&#123;", "{").contains(text),
                    "{word}: {text} in {page}"
                );
            }
            let text = book.read(&format!("book/markdown/pages/{word}.md"));
            assert!(!text.contains("SECRET"), "{word}: {text}");
            for event in new_cmark_parser(&text, &MarkdownOptions::default()) {
                if let Event::Html(html) | Event::InlineHtml(html) = event {
                    assert!(html.starts_with("<!-- archdoc: "), "{word}: {html}");
                }
            }
        }
    }
}

#[test]
fn links_and_comments_of_documents_stay_text() {
    let book = book(&[("a.md", &hostile(HOSTILE_LINKS))], "");
    let run = book.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    for word in WORDS {
        let html = book.read(&format!("book/html/pages/{word}.html"));
        let page = content(&html);
        for alive in ["href=\"javascript", "<img", "Needs attention (0"] {
            assert!(!page.contains(alive), "{word}: {page}");
        }
        // The marker's own, and the two around what stands below it.
        assert_eq!(page.matches("<!--").count(), 3, "{word}: {page}");
        if word != "stakeholders" {
            assert!(
                page.contains("[x](javascript:alert(1)) ![](x.png) &lt;!-- archdoc: overview --&gt; $x$"),
                "{word}: {page}"
            );
        }
        let text = book.read(&format!("book/markdown/pages/{word}.md"));
        for event in new_cmark_parser(&text, &MarkdownOptions::default()) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(!dest_url.starts_with("javascript"), "{word}: {text}")
                }
                Event::Start(Tag::Image { .. }) => panic!("{word}: {text}"),
                Event::Html(html) | Event::InlineHtml(html) => {
                    // An element that shows nothing ends what MathJax would take for a formula.
                    let apart = &*html == "<wbr/>" || MARKS.contains(&html.trim());
                    assert!(
                        apart || html.starts_with(&format!("<!-- archdoc: {word}")),
                        "{word}: {html}"
                    );
                }
                _ => {}
            }
        }
    }
}
