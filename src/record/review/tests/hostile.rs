//! Texts that nobody wrote: none panics, none takes longer than it should.

use proptest::prelude::*;

use super::review_of;

/// Pieces of checklists, so that what is put together of them comes near to one.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "- ",
        "  - ",
        "1. ",
        "> ",
        "[x]",
        "[ ]",
        "[",
        "]",
        "[x ]",
        "\\[",
        "☐",
        "☑ Yes",
        "✅",
        "❌ ",
        ":x:",
        "~~",
        "**",
        "`",
        "N/A",
        " - ",
        " (not required for ",
        ")",
        ": ",
        "/",
        "| ",
        "|-|-|\n",
        "| Item | Status |\n|-|-|\n",
        "| a | Yes | No |\n|-|-|-|\n",
        "\n",
        "\n\n",
        "### H\n",
        "<input type=checkbox checked>",
        "<!--",
        "-->",
        "<li>",
        "<s>",
        "<",
        "Pass",
        "Fail",
        "100%",
        "3/",
        "Ports",
        "é",
        "[x]: a\n",
        "\t",
    ];
    prop_oneof![
        proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        "\\PC{0,4}"
    ]
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(pieces in prop::collection::vec(piece(), 0..60)) {
        let body = pieces.concat();
        let (document, review) = review_of(&format!("## Review Checklist\n\n{body}\n"));
        for item in review.iter().flat_map(|review| &review.items) {
            let text = document.text.as_str();
            prop_assert!(text.get(item.span.start..item.span.end).is_some(), "{:?}", item);
            prop_assert!(text.get(item.mark_span.start..item.mark_span.end).is_some(), "{:?}", item);
            prop_assert!(!(item.ticked && item.waived.is_some()));
            prop_assert!(!item.withdrawn || item.waived.is_some());
        }
    }
}

/// Minutes if it were quadratic, and well below a second each as it is.
#[test]
fn long_texts_are_read_to_their_end() {
    let pieces = [
        ("- [ ] Ports - N/A\n", 2_000),
        ("[x] a\n", 2_000),
        ("b\n", 20_000),
        ("[", 20_000),
        ("- ", 20_000),
        ("☐ Yes ", 20_000),
        ("y/", 20_000),
        ("<input ", 20_000),
        ("<", 20_000),
        ("- [x]: a\n", 20_000),
        ("N/A - (", 20_000),
        (": ", 20_000),
        ("~~a~~ ", 20_000),
        ("| [ ] a ", 20_000),
    ];
    for (piece, count) in pieces {
        let body = piece.repeat(count);
        let (_, review) = review_of(&format!("## Review Checklist\n\n- [ ] {body}\n\n[x] a\n{body}\n"));
        assert!(review.is_some_and(|review| !review.items.is_empty()), "{piece}");
    }
}
