//! Boxes that people write as HTML, `<input type="checkbox" checked>`, and the text that belongs to each.
//!
//! Not an HTML parser: tags, comments and their ends are told apart, and nothing is ever given back as HTML.

use super::words::Tick;
use crate::source::Span;

/// A box in a block of HTML.
#[derive(Debug, PartialEq, Eq)]
pub struct Input {
    /// Whether it is ticked.
    pub ticked: bool,
    /// Whether its text is struck.
    pub struck: bool,
    /// Its text, white space folded.
    pub text: String,
    /// The tag's bytes.
    pub mark: Span,
    /// The tag and the text behind it.
    pub span: Span,
}

/// Elements that do not end a label.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "small", "span", "strike", "strong",
    "sub", "sup", "u", "wbr", "label",
];
/// Elements whose text is not the page's.
const HIDDEN: &[&str] = &["pre", "script", "style", "template", "textarea", "svg"];

/// Whether a tag is a box, and ticked.
pub fn checkbox(tag: &str) -> Option<bool> {
    let inner = tag.strip_prefix('<')?.trim_end_matches(['>', '/', ' ']);
    let rest = super::words::after(inner, "input")?;
    let mut attributes = Attributes { rest };
    let (mut checkbox, mut ticked) = (false, false);
    while let Some((name, value)) = attributes.next() {
        checkbox |= name.eq_ignore_ascii_case("type") && value.eq_ignore_ascii_case("checkbox");
        ticked |= name.eq_ignore_ascii_case("checked");
    }
    checkbox.then_some(ticked)
}

struct Attributes<'t> {
    rest: &'t str,
}

impl<'t> Attributes<'t> {
    fn next(&mut self) -> Option<(&'t str, &'t str)> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=' || c == '/')
            .unwrap_or(rest.len());
        let (name, rest) = rest.split_at_checked(end)?;
        let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
            self.rest = rest;
            return (!name.is_empty()).then_some((name, ""));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quote {
            Some(quote) => value.get(1..)?.split_once(quote)?,
            None => value.split_at_checked(value.find(char::is_whitespace).unwrap_or(value.len()))?,
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// The boxes of a block of HTML whose first byte is at `at`.
pub fn inputs(html: &str, at: usize) -> Vec<Input> {
    let mut inputs: Vec<Input> = Vec::new();
    let mut open = false;
    // The text since the last block began: a label may stand in front of its box.
    let (mut lead, mut from) = (String::new(), 0);
    while let Some(rest) = html.get(from..) {
        let next = rest.find('<').unwrap_or(rest.len());
        let text = rest.get(..next).unwrap_or("");
        match inputs.last_mut().filter(|_| open) {
            Some(input) => {
                input.text.push_str(text);
                input.span.end = at + from + next;
            }
            None => lead.push_str(text),
        }
        from += next;
        let Some(tag) = html.get(from..).and_then(tag) else {
            break;
        };
        let start = from;
        from += tag.len();
        if let Some(ticked) = checkbox(tag) {
            close(&mut inputs, &mut lead, open);
            let mark = Span::new(at + start, at + from);
            inputs.push(Input {
                ticked,
                struck: false,
                text: String::new(),
                mark,
                span: mark,
            });
            open = true;
            continue;
        }
        let name = name(tag);
        if HIDDEN.contains(&name.as_str()) && !tag.starts_with("</") {
            let end = html
                .get(from..)
                .and_then(|rest| Some(rest.find(&format!("</{name}"))? + from));
            let Some(end) = end else { break };
            from = end;
        } else if let (true, Some(input)) = (
            matches!(name.as_str(), "s" | "del" | "strike"),
            inputs.last_mut().filter(|_| open),
        ) {
            input.struck |= input.text.trim().is_empty();
        } else if !(name.is_empty() || INLINE.contains(&name.as_str())) {
            close(&mut inputs, &mut lead, open);
            open = false;
            lead.clear();
        }
    }
    close(&mut inputs, &mut lead, open);
    inputs
}

/// Ends the last box; what stood in front of it is its text where nothing stands behind it.
fn close(inputs: &mut [Input], lead: &mut String, open: bool) {
    if let Some(input) = inputs.last_mut().filter(|_| open) {
        let text = if input.text.trim().is_empty() {
            lead.as_str()
        } else {
            input.text.as_str()
        };
        input.text = plain(text);
        lead.clear();
    }
}

/// The tag or comment that `html` begins with; a `<` that opens none stands for itself. `None` where it never ends.
fn tag(html: &str) -> Option<&str> {
    if html.starts_with("<!--") {
        return html.get(..html.find("-->")? + 3);
    }
    if !html
        .get(1..)?
        .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
    {
        return html.get(..1);
    }
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '>') => return html.get(..=at),
            _ => {}
        }
    }
    None
}

/// A tag's name in lower case; empty for comments.
fn name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    name.get(..end).unwrap_or("").to_ascii_lowercase()
}

/// Text without the entities that people type, white space folded.
fn plain(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.contains('&') {
        for (entity, char) in [
            ("&nbsp;", " "),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&amp;", "&"),
        ] {
            words = words.replace(entity, char);
        }
        words = words.trim().to_owned();
    }
    words
}

impl Input {
    /// What the box says.
    pub fn tick(&self) -> Tick {
        if self.ticked { Tick::Done } else { Tick::Open }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<(bool, bool, String)> {
        inputs(html, 0)
            .into_iter()
            .map(|input| (input.ticked, input.struck, input.text))
            .collect()
    }

    #[test]
    fn boxes_with_their_text() {
        let html = "<ul>\n<li><input type=\"checkbox\" checked> Ports are <b>listed</b></li>\n<!-- <input type=checkbox> old -->\n\
                    <li><label><input disabled type='checkbox'/> A &amp; B\n  too</label></li>\n\
                    <li>In front <input type=checkbox checked=\"\"></li>\n\
                    <li><input type=\"checkbox\"> <s>gone</s> no queue</li></ul>\n\
                    <pre><input type=checkbox> code</pre><input type=\"text\" value=\"a > b\"> x";
        let expected = [
            (true, false, "Ports are listed"),
            (false, false, "A & B too"),
            (true, false, "In front"),
            (false, true, "gone no queue"),
        ];
        assert_eq!(
            read(html),
            expected.map(|(ticked, struck, text)| (ticked, struck, text.to_owned()))
        );
    }

    #[test]
    fn what_never_ends_ends_the_reading() {
        for html in [
            "<input type=\"checkbox",
            "<!-- <input type=checkbox> a",
            "<pre><input type=checkbox> a",
            "a < b",
        ] {
            assert_eq!(read(html), [], "{html}");
        }
    }
}
